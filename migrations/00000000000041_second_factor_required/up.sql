-- An organisation may ask every member for a second factor; a session knows whether one was shown in it.

ALTER TABLE organisations ADD COLUMN second_factor_required boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN organisations.second_factor_required IS 'Members reach nothing before they have shown a second factor, or come from the identity provider.';

ALTER TABLE sessions ADD COLUMN second_factor boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN sessions.second_factor IS 'A second factor, a passkey or the identity provider stood behind it: at signing in, or since.';
