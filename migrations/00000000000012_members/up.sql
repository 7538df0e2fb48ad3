-- Members who see their own jobs only, service accounts, tokens for some things only, seats that changed hands, and passkeys.

ALTER TABLE members ADD COLUMN own_jobs_only boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN members.own_jobs_only IS 'The member sees only jobs in which they are recruiter, hiring manager or on a panel, whatever their roles would show; admins see every job all the same.';

ALTER TABLE members ADD COLUMN is_service boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN members.is_service IS 'No person but another system: it has no password and gets no letters, and acts through API tokens that an admin makes.';

ALTER TABLE api_tokens ADD COLUMN scopes text[] NOT NULL DEFAULT '{}';
UPDATE api_tokens SET scopes = ARRAY[
  'members:read', 'rubrics:read', 'jobs:read', 'jobs:write', 'candidates:read', 'candidates:write', 'applications:read', 'applications:write',
  'interviews:read', 'interviews:write', 'scorecards:read', 'scorecards:write', 'comparisons:read', 'decisions:read', 'decisions:write', 'records:read'];
COMMENT ON COLUMN api_tokens.scopes IS 'What the token is for, as noun:read and noun:write; it never does more than its member may.';

CREATE TABLE handovers (
  org_id uuid NOT NULL,
  id uuid NOT NULL,
  interview_id uuid NOT NULL,
  from_member_id uuid NOT NULL,
  to_member_id uuid NOT NULL,
  draft jsonb,
  at timestamptz NOT NULL,
  PRIMARY KEY (org_id, id),
  FOREIGN KEY (org_id, interview_id) REFERENCES interviews (org_id, id) ON DELETE CASCADE,
  FOREIGN KEY (org_id, from_member_id) REFERENCES members (org_id, id),
  FOREIGN KEY (org_id, to_member_id) REFERENCES members (org_id, id)
);
CREATE INDEX handovers_author ON handovers (org_id, from_member_id, id DESC);
CREATE INDEX handovers_interview ON handovers (org_id, interview_id);
CREATE INDEX handovers_receiver ON handovers (org_id, to_member_id);
COMMENT ON TABLE handovers IS 'A seat that went from one member to another before its scorecard was submitted; what was written stays with its author.';
COMMENT ON COLUMN handovers.org_id IS 'The organisation.';
COMMENT ON COLUMN handovers.id IS 'UUID version 7.';
COMMENT ON COLUMN handovers.interview_id IS 'The interview; its erasure takes the draft along.';
COMMENT ON COLUMN handovers.from_member_id IS 'Who had the seat, and whose words the draft holds.';
COMMENT ON COLUMN handovers.to_member_id IS 'Who has had the seat since; began with an empty scorecard.';
COMMENT ON COLUMN handovers.draft IS 'The scorecard as it was then, with its ratings; null when it was not begun. Only its author reads it.';
COMMENT ON COLUMN handovers.at IS 'When.';


CREATE TABLE passkeys (
  org_id uuid NOT NULL,
  id uuid NOT NULL,
  member_id uuid NOT NULL,
  credential_id bytea NOT NULL CHECK (octet_length(credential_id) BETWEEN 16 AND 1023),
  public_state bytea NOT NULL,
  changing_state bytea NOT NULL,
  name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 120),
  created_at timestamptz NOT NULL,
  used_at timestamptz,
  PRIMARY KEY (org_id, id),
  FOREIGN KEY (org_id, member_id) REFERENCES members (org_id, id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX passkeys_credential ON passkeys (credential_id);
CREATE INDEX passkeys_member ON passkeys (org_id, member_id, created_at);
COMMENT ON TABLE passkeys IS 'A passkey of a member (WebAuthn): its private half never leaves the member''s device.';
COMMENT ON COLUMN passkeys.org_id IS 'The organisation.';
COMMENT ON COLUMN passkeys.id IS 'UUID version 7.';
COMMENT ON COLUMN passkeys.member_id IS 'Whom it signs in; also the user handle that the device keeps.';
COMMENT ON COLUMN passkeys.credential_id IS 'By which the device and we name it.';
COMMENT ON COLUMN passkeys.public_state IS 'The public key and what holds for good, as webauthn_rp writes it.';
COMMENT ON COLUMN passkeys.changing_state IS 'Counter, backup and how the device is attached, as webauthn_rp writes them after each use.';
COMMENT ON COLUMN passkeys.name IS 'What the member calls it.';
COMMENT ON COLUMN passkeys.created_at IS 'When it was added.';
COMMENT ON COLUMN passkeys.used_at IS 'The last sign-in with it; an answer to a challenge from before is refused.';
