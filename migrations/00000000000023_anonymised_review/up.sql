-- Jobs whose candidates are compared without their names.

ALTER TABLE jobs ADD COLUMN anonymised boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN jobs.anonymised IS 'Whoever compares sees labels instead of names until a candidate is decided about; fixed once a scorecard of the job is submitted.';

ALTER TABLE organisations ADD COLUMN anonymises boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN organisations.anonymises IS 'The organisation has had an anonymised job: only then is it asked whom a member must not know by name.';
