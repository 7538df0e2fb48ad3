ALTER TABLE organisations DROP COLUMN evidence_hints;
ALTER TABLE scorecards DROP COLUMN facts, DROP COLUMN facts_revision;
ALTER TABLE ratings DROP COLUMN asked, DROP COLUMN asked_revision, DROP COLUMN seconds, DROP COLUMN seconds_revision;
