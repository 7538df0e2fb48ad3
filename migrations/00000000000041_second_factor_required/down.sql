ALTER TABLE sessions DROP COLUMN second_factor;
ALTER TABLE organisations DROP COLUMN second_factor_required;
