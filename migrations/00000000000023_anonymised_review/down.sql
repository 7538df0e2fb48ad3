ALTER TABLE organisations DROP COLUMN anonymises;
ALTER TABLE jobs DROP COLUMN anonymised;
