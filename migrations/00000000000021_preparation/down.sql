ALTER TABLE applications DROP COLUMN accommodation;
ALTER TABLE candidates DROP COLUMN pronunciation;
ALTER TABLE organisations DROP COLUMN country;
