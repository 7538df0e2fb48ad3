-- The course of an interview: what was asked, how long each dimension took, which facts of the outline came back.

ALTER TABLE ratings
  ADD COLUMN asked text[] NOT NULL DEFAULT '{}',
  ADD COLUMN asked_revision bigint NOT NULL DEFAULT 0,
  ADD COLUMN seconds integer NOT NULL DEFAULT 0 CHECK (seconds BETWEEN 0 AND 86400),
  ADD COLUMN seconds_revision bigint NOT NULL DEFAULT 0;
COMMENT ON COLUMN ratings.asked IS 'Keys of the questions that were asked; a probe is its question''s key with its place, from 1: lis-b1.2.';
COMMENT ON COLUMN ratings.asked_revision IS 'Counts the changes of what was asked.';
COMMENT ON COLUMN ratings.seconds IS 'How long the interviewer spent on the dimension in the kit, in seconds; 0 when unknown. It only grows.';
COMMENT ON COLUMN ratings.seconds_revision IS 'Counts the changes of the seconds.';

ALTER TABLE scorecards
  ADD COLUMN facts text[] NOT NULL DEFAULT '{}',
  ADD COLUMN facts_revision bigint NOT NULL DEFAULT 0;
COMMENT ON COLUMN scorecards.facts IS 'Numbers, from 1, of the facts of the rubric''s outline that the candidate gave back right.';
COMMENT ON COLUMN scorecards.facts_revision IS 'Counts the changes of the facts.';

ALTER TABLE organisations ADD COLUMN evidence_hints boolean NOT NULL DEFAULT true;
COMMENT ON COLUMN organisations.evidence_hints IS 'Policy: the kit remarks on notes as they are written, by rules that stay on the page.';
