-- Debriefs: a panel's discussion of one candidate, and what it changed. First ratings stay where they are.

CREATE TABLE debriefs (
  org_id uuid NOT NULL,
  id uuid NOT NULL,
  application_id uuid NOT NULL,
  opened_by uuid NOT NULL,
  opened_at timestamptz NOT NULL,
  revision bigint NOT NULL DEFAULT 0,
  summary text NOT NULL DEFAULT '' CHECK (char_length(summary) <= 4000),
  closed_by uuid,
  closed_at timestamptz,
  seal bytea,
  PRIMARY KEY (org_id, id),
  FOREIGN KEY (org_id, application_id) REFERENCES applications (org_id, id) ON DELETE CASCADE,
  FOREIGN KEY (org_id, opened_by) REFERENCES members (org_id, id),
  FOREIGN KEY (org_id, closed_by) REFERENCES members (org_id, id),
  CHECK ((closed_at IS NULL) = (closed_by IS NULL)),
  CHECK ((closed_at IS NULL) = (seal IS NULL))
);
CREATE INDEX debriefs_application ON debriefs (org_id, application_id, id DESC);
CREATE UNIQUE INDEX debriefs_one_open ON debriefs (org_id, application_id) WHERE closed_at IS NULL;
COMMENT ON TABLE debriefs IS 'A panel''s discussion of one candidate in one job. Closing seals it; at most one is open.';
COMMENT ON COLUMN debriefs.org_id IS 'The organisation.';
COMMENT ON COLUMN debriefs.id IS 'UUID version 7.';
COMMENT ON COLUMN debriefs.application_id IS 'The candidate in the job.';
COMMENT ON COLUMN debriefs.opened_by IS 'Who opened it.';
COMMENT ON COLUMN debriefs.opened_at IS 'When.';
COMMENT ON COLUMN debriefs.revision IS 'Counts the changes of its second ratings, so that what is sealed is what was read.';
COMMENT ON COLUMN debriefs.summary IS 'What was discussed, in the words of whoever closed it; empty while open.';
COMMENT ON COLUMN debriefs.closed_by IS 'Who closed it; null while open.';
COMMENT ON COLUMN debriefs.closed_at IS 'When it was sealed; null while open.';
COMMENT ON COLUMN debriefs.seal IS 'SHA-256 over the canonical form of what was closed (domain::debrief::seal).';

CREATE TABLE debrief_scorecards (
  org_id uuid NOT NULL,
  debrief_id uuid NOT NULL,
  scorecard_id uuid NOT NULL,
  PRIMARY KEY (org_id, debrief_id, scorecard_id),
  FOREIGN KEY (org_id, debrief_id) REFERENCES debriefs (org_id, id) ON DELETE CASCADE,
  FOREIGN KEY (org_id, scorecard_id) REFERENCES scorecards (org_id, id) ON DELETE CASCADE
);
CREATE INDEX debrief_scorecards_scorecard ON debrief_scorecards (org_id, scorecard_id);
COMMENT ON TABLE debrief_scorecards IS 'The scorecards that lie on the table of a debrief: those that were submitted when it was opened.';
COMMENT ON COLUMN debrief_scorecards.org_id IS 'The organisation.';
COMMENT ON COLUMN debrief_scorecards.debrief_id IS 'The debrief.';
COMMENT ON COLUMN debrief_scorecards.scorecard_id IS 'The scorecard.';

CREATE TABLE second_ratings (
  org_id uuid NOT NULL,
  debrief_id uuid NOT NULL,
  scorecard_id uuid NOT NULL,
  dimension text NOT NULL,
  score smallint CHECK (score BETWEEN 1 AND 5),
  not_enough_evidence boolean NOT NULL DEFAULT false,
  reason text NOT NULL DEFAULT '' CHECK (char_length(reason) <= 4000),
  evidence text[] NOT NULL DEFAULT '{}',
  note text NOT NULL DEFAULT '' CHECK (char_length(note) <= 4000),
  revision bigint NOT NULL DEFAULT 1,
  changed_at timestamptz NOT NULL,
  PRIMARY KEY (org_id, debrief_id, scorecard_id, dimension),
  FOREIGN KEY (org_id, debrief_id, scorecard_id) REFERENCES debrief_scorecards (org_id, debrief_id, scorecard_id) ON DELETE CASCADE,
  FOREIGN KEY (org_id, scorecard_id, dimension) REFERENCES ratings (org_id, scorecard_id, dimension) ON DELETE CASCADE,
  CHECK (not_enough_evidence <> (score IS NOT NULL))
);
CREATE INDEX second_ratings_rating ON second_ratings (org_id, scorecard_id, dimension);
COMMENT ON TABLE second_ratings IS 'What a rater says of a dimension after the discussion, beside the first rating; equal to it when they stay.';
COMMENT ON COLUMN second_ratings.org_id IS 'The organisation.';
COMMENT ON COLUMN second_ratings.debrief_id IS 'The debrief.';
COMMENT ON COLUMN second_ratings.scorecard_id IS 'The scorecard with the first rating; its seat is the rater.';
COMMENT ON COLUMN second_ratings.dimension IS 'Key of the dimension.';
COMMENT ON COLUMN second_ratings.score IS '1 to 5; null with not enough evidence.';
COMMENT ON COLUMN second_ratings.not_enough_evidence IS 'The second rating is not enough evidence; never counts as a low score.';
COMMENT ON COLUMN second_ratings.reason IS 'What moved the rater, or why they stay.';
COMMENT ON COLUMN second_ratings.evidence IS 'What is cited of the panel''s evidence in the dimension: scorecard/note or scorecard/ticks/indicator.';
COMMENT ON COLUMN second_ratings.note IS 'Evidence in the rater''s own words that no scorecard holds; may be empty.';
COMMENT ON COLUMN second_ratings.revision IS 'Counts its changes, so that two tabs notice each other.';
COMMENT ON COLUMN second_ratings.changed_at IS 'When it was last changed.';
