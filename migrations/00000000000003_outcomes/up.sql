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
  recipients jsonb NOT NULL CHECK (jsonb_array_length(recipients) BETWEEN 1 AND 20),
  locale text NOT NULL,
  note text NOT NULL CHECK (char_length(note) <= 4000),
  created_at timestamptz NOT NULL,
  inputs_digest text,
  sent_at timestamptz,
  PRIMARY KEY (org_id, id),
  FOREIGN KEY (org_id, job_id) REFERENCES jobs (org_id, id) ON DELETE CASCADE,
  FOREIGN KEY (org_id, member_id) REFERENCES members (org_id, id),
  CHECK ((sent_at IS NULL) = (inputs_digest IS NULL))
);
CREATE INDEX summaries_job ON summaries (org_id, job_id, id DESC);
COMMENT ON TABLE summaries IS 'A comparison as sent by mail, first as its author previews it; an author has one unsent per job.';
COMMENT ON COLUMN summaries.org_id IS 'The organisation.';
COMMENT ON COLUMN summaries.id IS 'UUID version 7.';
COMMENT ON COLUMN summaries.job_id IS 'The job.';
COMMENT ON COLUMN summaries.member_id IS 'Who writes and sends it.';
COMMENT ON COLUMN summaries.recipients IS 'To whom: an array of name, address and, for a member, member_id.';
COMMENT ON COLUMN summaries.locale IS 'The language of its letters.';
COMMENT ON COLUMN summaries.note IS 'The sender''s own words above the figures; may be empty.';
COMMENT ON COLUMN summaries.created_at IS 'When it was written.';
COMMENT ON COLUMN summaries.inputs_digest IS 'SHA-256 of the inputs of the comparison that was sent, in hex; null before.';
COMMENT ON COLUMN summaries.sent_at IS 'When its letters were put into the outbox; null before.';
