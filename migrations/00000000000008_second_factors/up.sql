-- A second factor beside the password, when a member last showed who they are, and on which device.

ALTER TABLE members ADD COLUMN password_short boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN members.password_short IS 'The password has fewer than 15 characters, so it stands only beside a second factor.';

ALTER TABLE sessions ADD COLUMN confirmed_at timestamptz;
UPDATE sessions SET confirmed_at = created_at;
ALTER TABLE sessions ALTER COLUMN confirmed_at SET NOT NULL;
COMMENT ON COLUMN sessions.confirmed_at IS 'When the member last showed, in this session, who they are: at sign-in, or when a step asked for it once more.';

ALTER TABLE sessions ADD COLUMN device_hash bytea;
COMMENT ON COLUMN sessions.device_hash IS 'SHA-256 of the mark that the browser keeps; tells a known device from a new one. Null for sessions from before marks were kept.';

CREATE TABLE authenticators (
  org_id uuid NOT NULL,
  member_id uuid NOT NULL,
  sealed_secret bytea NOT NULL,
  last_step bigint NOT NULL,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (org_id, member_id),
  FOREIGN KEY (org_id, member_id) REFERENCES members (org_id, id) ON DELETE CASCADE
);
COMMENT ON TABLE authenticators IS 'A member''s authenticator app: with it, signing in by password asks for a code too (RFC 6238).';
COMMENT ON COLUMN authenticators.org_id IS 'The organisation.';
COMMENT ON COLUMN authenticators.member_id IS 'Whose it is.';
COMMENT ON COLUMN authenticators.sealed_secret IS 'The shared secret, encrypted with a key derived from ATTUNE_SECRET_KEY.';
COMMENT ON COLUMN authenticators.last_step IS 'The 30-second step of the last code that was taken; a code works once.';
COMMENT ON COLUMN authenticators.created_at IS 'When it was set up.';

CREATE TABLE recovery_codes (
  org_id uuid NOT NULL,
  id uuid NOT NULL,
  member_id uuid NOT NULL,
  salt bytea NOT NULL,
  code_hash bytea NOT NULL,
  created_at timestamptz NOT NULL,
  used_at timestamptz,
  PRIMARY KEY (org_id, id),
  FOREIGN KEY (org_id, member_id) REFERENCES members (org_id, id) ON DELETE CASCADE
);
CREATE INDEX recovery_codes_member ON recovery_codes (org_id, member_id);
COMMENT ON TABLE recovery_codes IS 'Codes on paper for the day on which the authenticator app is lost; each works once.';
COMMENT ON COLUMN recovery_codes.org_id IS 'The organisation.';
COMMENT ON COLUMN recovery_codes.id IS 'UUID version 7.';
COMMENT ON COLUMN recovery_codes.member_id IS 'Whose it is.';
COMMENT ON COLUMN recovery_codes.salt IS 'Random bytes, the same for the codes of one sheet.';
COMMENT ON COLUMN recovery_codes.code_hash IS 'Argon2id of the code with the salt.';
COMMENT ON COLUMN recovery_codes.created_at IS 'When the sheet was made.';
COMMENT ON COLUMN recovery_codes.used_at IS 'When it was used; null before.';
