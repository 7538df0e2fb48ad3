-- Views on their way into the trail, revisions of a job that is edited, and why an interview was cancelled.

CREATE TABLE views (
  org_id uuid NOT NULL REFERENCES organisations (id) ON DELETE CASCADE,
  id uuid NOT NULL,
  at timestamptz NOT NULL,
  member_id uuid NOT NULL,
  action text NOT NULL,
  object_id uuid,
  detail jsonb NOT NULL,
  address text NOT NULL,
  PRIMARY KEY (org_id, id)
);
COMMENT ON TABLE views IS 'Who looked at what, until it becomes a line of the audit trail: with the next event, or within seconds.';
COMMENT ON COLUMN views.org_id IS 'The organisation.';
COMMENT ON COLUMN views.id IS 'UUID version 7: views become lines in this order.';
COMMENT ON COLUMN views.at IS 'When it was looked at.';
COMMENT ON COLUMN views.member_id IS 'Who looked.';
COMMENT ON COLUMN views.action IS 'The noun and the verb of the line, as candidate.viewed.';
COMMENT ON COLUMN views.object_id IS 'The object; null when the detail names several.';
COMMENT ON COLUMN views.detail IS 'Ids and counts, never names or notes.';
COMMENT ON COLUMN views.address IS 'The network address that it came from.';

ALTER TABLE jobs ADD COLUMN revision bigint NOT NULL DEFAULT 0;
COMMENT ON COLUMN jobs.revision IS 'Counts the changes of title, place, people, rubric, weights and rounds, so that two editors notice each other.';

ALTER TABLE interviews ADD COLUMN cancel_reason text
  CHECK (cancel_reason IS NULL OR (char_length(cancel_reason) BETWEEN 1 AND 400 AND state = 'cancelled'));
COMMENT ON COLUMN interviews.cancel_reason IS 'Why it was cancelled, in the words of who did it; null while it stands.';
