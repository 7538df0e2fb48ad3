-- A decision keeps what its comparison was made from, so that the comparison can be made again and compared to the last digit.

ALTER TABLE decisions ADD COLUMN inputs jsonb;
ALTER TABLE decisions ADD COLUMN figures_digest text;
ALTER TABLE decisions ADD CONSTRAINT decisions_pinned_whole CHECK ((inputs IS NULL) = (figures_digest IS NULL));
COMMENT ON COLUMN decisions.inputs IS
    'What the comparison was made from: first ratings, weights, panels (domain::comparison::Inputs); null in decisions from before.';
COMMENT ON COLUMN decisions.figures_digest IS
    'SHA-256 of every number of the comparison, without names, in hex; null in decisions from before.';
