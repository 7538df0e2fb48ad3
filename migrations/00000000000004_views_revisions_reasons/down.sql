ALTER TABLE interviews DROP COLUMN cancel_reason;
ALTER TABLE jobs DROP COLUMN revision;
DROP TABLE views;
