ALTER TABLE decisions DROP CONSTRAINT decisions_pinned_whole;
ALTER TABLE decisions DROP COLUMN figures_digest;
ALTER TABLE decisions DROP COLUMN inputs;
