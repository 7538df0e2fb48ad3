-- Interviewers without an account: a link of their own for one seat, opened with a code that goes to their mailbox.

ALTER TABLE members ADD COLUMN is_outside boolean NOT NULL DEFAULT false;
ALTER TABLE members ADD CONSTRAINT members_outside_have_no_account
  CHECK (NOT is_outside OR (roles = '{}' AND password_hash IS NULL AND NOT is_service));
COMMENT ON COLUMN members.is_outside IS 'Interviews without an account: has seats, no role and no password, and gets in by the links of those seats only.';

ALTER TABLE organisations ADD COLUMN seat_link_days smallint NOT NULL DEFAULT 5 CHECK (seat_link_days BETWEEN 1 AND 60);
COMMENT ON COLUMN organisations.seat_link_days IS 'Policy: for so many days after an interview the links of its interviewers without an account work.';

ALTER TABLE seats
  ADD COLUMN invited_at timestamptz,
  ADD COLUMN revoked_at timestamptz;
COMMENT ON COLUMN seats.invited_at IS 'When a letter with a link to this seat was last written; null for a member, who needs none.';
COMMENT ON COLUMN seats.revoked_at IS 'Links of letters written up to then, and the sessions they began, are over; null when none was revoked.';

ALTER TABLE sessions ADD COLUMN seat_id uuid;
ALTER TABLE sessions ADD FOREIGN KEY (org_id, seat_id) REFERENCES seats (org_id, id) ON DELETE CASCADE;
CREATE INDEX sessions_seat ON sessions (org_id, seat_id) WHERE seat_id IS NOT NULL;
COMMENT ON COLUMN sessions.seat_id IS 'The one seat that the session is for, begun with its link; null for a member''s, which is for everything.';

ALTER TABLE letters DROP CONSTRAINT letters_secret_purpose_check;
ALTER TABLE letters ADD CONSTRAINT letters_secret_purpose_check
  CHECK (secret_purpose IN ('invitation', 'password_reset', 'seat', 'seat_code'));

CREATE TABLE seat_links (
  org_id uuid NOT NULL,
  id uuid NOT NULL,
  seat_id uuid NOT NULL,
  secret_hash bytea NOT NULL,
  written_at timestamptz NOT NULL,
  created_at timestamptz NOT NULL,
  code_tag text,
  code_expires_at timestamptz,
  tries_left smallint NOT NULL DEFAULT 0,
  wrong_codes smallint NOT NULL DEFAULT 0,
  PRIMARY KEY (org_id, id),
  FOREIGN KEY (org_id, seat_id) REFERENCES seats (org_id, id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX seat_links_hash ON seat_links (secret_hash);
CREATE INDEX seat_links_seat ON seat_links (org_id, seat_id);
CREATE INDEX seat_links_age ON seat_links (created_at);
COMMENT ON TABLE seat_links IS 'The way in for an interviewer without an account, minted when its letter is sent: to one seat, until some days after its interview.';
COMMENT ON COLUMN seat_links.org_id IS 'The organisation.';
COMMENT ON COLUMN seat_links.id IS 'UUID version 7.';
COMMENT ON COLUMN seat_links.seat_id IS 'The seat.';
COMMENT ON COLUMN seat_links.secret_hash IS 'SHA-256 of the 32 random bytes in the link; the secret itself is never stored.';
COMMENT ON COLUMN seat_links.written_at IS 'When its letter was written: a link revoked meanwhile is not revived by a letter that was on its way.';
COMMENT ON COLUMN seat_links.created_at IS 'When it was minted.';
COMMENT ON COLUMN seat_links.code_tag IS 'Of the code that was sent last: an HMAC under a key of the settings; null when there is none to enter.';
COMMENT ON COLUMN seat_links.code_expires_at IS 'Until when that code works.';
COMMENT ON COLUMN seat_links.tries_left IS 'How often that code may still be tried.';
COMMENT ON COLUMN seat_links.wrong_codes IS 'How many wrong codes were entered in all; too many and the link is over.';

SELECT raise_wall('seat_links', 'SELECT, INSERT, UPDATE', 'SELECT', 'SELECT, DELETE');
