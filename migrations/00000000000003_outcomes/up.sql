-- What comes of the interviews: decisions, summaries and exports.

CREATE TABLE decisions (
  org_id uuid NOT NULL,
  id uuid NOT NULL,
  application_id uuid NOT NULL,
  outcome text NOT NULL CHECK (outcome IN ('hired', 'rejected', 'on_hold', 'withdrawn')),
  reason text NOT NULL CHECK (char_length(reason) BETWEEN 1 AND 4000),
  member_id uuid NOT NULL,
  comparison jsonb NOT NULL,
  inputs_digest text NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (org_id, id),
  FOREIGN KEY (org_id, application_id) REFERENCES applications (org_id, id) ON DELETE CASCADE,
  FOREIGN KEY (org_id, member_id) REFERENCES members (org_id, id)
);
CREATE INDEX decisions_application ON decisions (org_id, application_id, id DESC);
COMMENT ON TABLE decisions IS 'An outcome with its reason; the newest one holds, earlier ones stay.';
COMMENT ON COLUMN decisions.org_id IS 'The organisation.';
COMMENT ON COLUMN decisions.id IS 'UUID version 7.';
COMMENT ON COLUMN decisions.application_id IS 'The candidate in the job.';
COMMENT ON COLUMN decisions.outcome IS 'hired, rejected, on_hold or withdrawn.';
COMMENT ON COLUMN decisions.reason IS 'Why, in the decider''s words.';
COMMENT ON COLUMN decisions.member_id IS 'Who decided.';
COMMENT ON COLUMN decisions.comparison IS 'The comparison that it was taken on, as it stood (domain::comparison::Comparison).';
COMMENT ON COLUMN decisions.inputs_digest IS 'SHA-256 of the comparison''s inputs, in hex.';
COMMENT ON COLUMN decisions.at IS 'When.';

CREATE TABLE summaries (
  org_id uuid NOT NULL,
  id uuid NOT NULL,
  job_id uuid NOT NULL,
  member_id uuid NOT NULL,
  recipients integer NOT NULL CHECK (recipients > 0),
  note text NOT NULL CHECK (char_length(note) <= 4000),
  inputs_digest text NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (org_id, id),
  FOREIGN KEY (org_id, job_id) REFERENCES jobs (org_id, id) ON DELETE CASCADE,
  FOREIGN KEY (org_id, member_id) REFERENCES members (org_id, id)
);
CREATE INDEX summaries_job ON summaries (org_id, job_id, id DESC);
COMMENT ON TABLE summaries IS 'A comparison as sent by mail; its letters name it.';
COMMENT ON COLUMN summaries.org_id IS 'The organisation.';
COMMENT ON COLUMN summaries.id IS 'UUID version 7.';
COMMENT ON COLUMN summaries.job_id IS 'The job.';
COMMENT ON COLUMN summaries.member_id IS 'Who sent it.';
COMMENT ON COLUMN summaries.recipients IS 'To how many people.';
COMMENT ON COLUMN summaries.note IS 'The sender''s own words above the figures; may be empty.';
COMMENT ON COLUMN summaries.inputs_digest IS 'SHA-256 of the comparison''s inputs, in hex.';
COMMENT ON COLUMN summaries.at IS 'When.';
