DROP TABLE recovery_codes;
DROP TABLE authenticators;
ALTER TABLE sessions DROP COLUMN device_hash;
ALTER TABLE sessions DROP COLUMN confirmed_at;
ALTER TABLE members DROP COLUMN password_short;
