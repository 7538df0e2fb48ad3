DROP TABLE seat_links;
DELETE FROM letters WHERE secret_purpose IN ('seat', 'seat_code');
ALTER TABLE letters DROP CONSTRAINT letters_secret_purpose_check;
ALTER TABLE letters ADD CONSTRAINT letters_secret_purpose_check CHECK (secret_purpose IN ('invitation', 'password_reset'));
DELETE FROM sessions WHERE seat_id IS NOT NULL;
ALTER TABLE sessions DROP COLUMN seat_id;
ALTER TABLE seats DROP COLUMN invited_at, DROP COLUMN revoked_at;
ALTER TABLE organisations DROP COLUMN seat_link_days;
ALTER TABLE members DROP CONSTRAINT members_outside_have_no_account;
-- What they rated stays theirs; without this column they are members whom nobody invited.
UPDATE members SET disabled_at = coalesce(disabled_at, now()) WHERE is_outside;
ALTER TABLE members DROP COLUMN is_outside;
