-- Organisations, their members, and how members get in.

CREATE TABLE organisations (
  id uuid PRIMARY KEY,
  name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 120),
  locale text NOT NULL,
  time_zone text NOT NULL,
  blind_until_submitted boolean NOT NULL DEFAULT true,
  evidence_per_rating boolean NOT NULL DEFAULT true,
  note_for_extremes boolean NOT NULL DEFAULT true,
  created_at timestamptz NOT NULL
);
COMMENT ON TABLE organisations IS 'A tenant: everything else belongs to exactly one organisation.';
COMMENT ON COLUMN organisations.id IS 'UUID version 7.';
COMMENT ON COLUMN organisations.name IS 'What its members call it.';
COMMENT ON COLUMN organisations.locale IS 'BCP 47 tag of the language for members and letters that have none of their own.';
COMMENT ON COLUMN organisations.time_zone IS 'IANA time zone in which new interviews are planned.';
COMMENT ON COLUMN organisations.blind_until_submitted IS 'Policy: a panel member sees no other scorecard of an interview before submitting their own.';
COMMENT ON COLUMN organisations.evidence_per_rating IS 'Policy: every rating needs a tick or a note.';
COMMENT ON COLUMN organisations.note_for_extremes IS 'Policy: a rating of 1 or 5 needs a written note.';
COMMENT ON COLUMN organisations.created_at IS 'When it was set up.';

CREATE TABLE members (
  org_id uuid NOT NULL REFERENCES organisations (id) ON DELETE CASCADE,
  id uuid NOT NULL,
  email text NOT NULL CHECK (char_length(email) BETWEEN 3 AND 254),
  name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 120),
  roles text[] NOT NULL,
  locale text,
  time_zone text,
  password_hash text,
  disabled_at timestamptz,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (org_id, id)
);
CREATE UNIQUE INDEX members_email ON members (org_id, lower(email));
CREATE INDEX members_sign_in ON members (lower(email));
CREATE INDEX members_name ON members (org_id, name, id);
COMMENT ON TABLE members IS 'A person in an organisation, with roles.';
COMMENT ON COLUMN members.org_id IS 'The organisation.';
COMMENT ON COLUMN members.id IS 'UUID version 7.';
COMMENT ON COLUMN members.email IS 'Where letters go and what signs in; compared in lower case.';
COMMENT ON COLUMN members.name IS 'As shown to colleagues.';
COMMENT ON COLUMN members.roles IS 'Any of admin, recruiter, hiring_manager, interviewer, hr.';
COMMENT ON COLUMN members.locale IS 'Chosen language; null means the browser''s, then the organisation''s.';
COMMENT ON COLUMN members.time_zone IS 'Chosen IANA time zone; null means the organisation''s.';
COMMENT ON COLUMN members.password_hash IS 'Argon2id in PHC form; null until the invitation is taken.';
COMMENT ON COLUMN members.disabled_at IS 'Since when the member can no longer sign in; null while active.';
COMMENT ON COLUMN members.created_at IS 'When the member was added.';

CREATE TABLE sessions (
  org_id uuid NOT NULL,
  id uuid NOT NULL,
  member_id uuid NOT NULL,
  device_key bytea NOT NULL,
  user_agent text NOT NULL,
  address text NOT NULL,
  created_at timestamptz NOT NULL,
  seen_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  ended_at timestamptz,
  PRIMARY KEY (org_id, id),
  FOREIGN KEY (org_id, member_id) REFERENCES members (org_id, id) ON DELETE CASCADE
);
CREATE INDEX sessions_member ON sessions (org_id, member_id, seen_at DESC);
COMMENT ON TABLE sessions IS 'A sign-in on one device; the cookie''s token names a row here, so ending the row ends the sign-in.';
COMMENT ON COLUMN sessions.org_id IS 'The organisation.';
COMMENT ON COLUMN sessions.id IS 'UUID version 7, the token''s subject.';
COMMENT ON COLUMN sessions.member_id IS 'Who signed in.';
COMMENT ON COLUMN sessions.device_key IS '32 random bytes with which the browser encrypts what waits on the device; handed out while the session lasts.';
COMMENT ON COLUMN sessions.user_agent IS 'What the browser said it is, shortened, so that the member can recognise the device.';
COMMENT ON COLUMN sessions.address IS 'The network address of the sign-in.';
COMMENT ON COLUMN sessions.created_at IS 'When the member signed in.';
COMMENT ON COLUMN sessions.seen_at IS 'Last use, to the minute.';
COMMENT ON COLUMN sessions.expires_at IS 'The absolute end.';
COMMENT ON COLUMN sessions.ended_at IS 'When it was ended early; null while it lasts.';

CREATE TABLE secret_links (
  org_id uuid NOT NULL,
  id uuid NOT NULL,
  member_id uuid NOT NULL,
  purpose text NOT NULL CHECK (purpose IN ('invitation', 'password_reset')),
  secret_hash bytea NOT NULL,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  used_at timestamptz,
  PRIMARY KEY (org_id, id),
  FOREIGN KEY (org_id, member_id) REFERENCES members (org_id, id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX secret_links_hash ON secret_links (secret_hash);
CREATE INDEX secret_links_member ON secret_links (org_id, member_id);
COMMENT ON TABLE secret_links IS 'An invitation or password reset: minted when its letter is sent, usable once, short-lived.';
COMMENT ON COLUMN secret_links.org_id IS 'The organisation.';
COMMENT ON COLUMN secret_links.id IS 'UUID version 7.';
COMMENT ON COLUMN secret_links.member_id IS 'For whom.';
COMMENT ON COLUMN secret_links.purpose IS 'invitation or password_reset.';
COMMENT ON COLUMN secret_links.secret_hash IS 'SHA-256 of the 32 random bytes in the link; the secret itself is never stored.';
COMMENT ON COLUMN secret_links.created_at IS 'When it was minted.';
COMMENT ON COLUMN secret_links.expires_at IS 'Until when it works.';
COMMENT ON COLUMN secret_links.used_at IS 'When it was used; null before.';

CREATE TABLE api_tokens (
  org_id uuid NOT NULL,
  id uuid NOT NULL,
  member_id uuid NOT NULL,
  name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 120),
  secret_hash bytea NOT NULL,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  used_at timestamptz,
  revoked_at timestamptz,
  PRIMARY KEY (org_id, id),
  FOREIGN KEY (org_id, member_id) REFERENCES members (org_id, id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX api_tokens_hash ON api_tokens (secret_hash);
CREATE INDEX api_tokens_member ON api_tokens (org_id, member_id, created_at DESC);
COMMENT ON TABLE api_tokens IS 'A bearer token with which another system acts as its member.';
COMMENT ON COLUMN api_tokens.org_id IS 'The organisation.';
COMMENT ON COLUMN api_tokens.id IS 'UUID version 7.';
COMMENT ON COLUMN api_tokens.member_id IS 'As whom it acts; what the member may not do, it may not do.';
COMMENT ON COLUMN api_tokens.name IS 'What the member calls it.';
COMMENT ON COLUMN api_tokens.secret_hash IS 'SHA-256 of the token''s 32 random bytes.';
COMMENT ON COLUMN api_tokens.created_at IS 'When it was made.';
COMMENT ON COLUMN api_tokens.expires_at IS 'Until when it works.';
COMMENT ON COLUMN api_tokens.used_at IS 'Last use, to the minute; null before the first.';
COMMENT ON COLUMN api_tokens.revoked_at IS 'When it was revoked; null while it works.';

CREATE TABLE event_heads (
  org_id uuid PRIMARY KEY REFERENCES organisations (id) ON DELETE CASCADE,
  number bigint NOT NULL,
  hash bytea NOT NULL
);
COMMENT ON TABLE event_heads IS 'The end of each organisation''s audit trail; locked while a line is added, so that numbers have no gaps.';
COMMENT ON COLUMN event_heads.org_id IS 'The organisation.';
COMMENT ON COLUMN event_heads.number IS 'The number of the last event; 0 before the first.';
COMMENT ON COLUMN event_heads.hash IS 'The hash of the last event.';

CREATE TABLE events (
  org_id uuid NOT NULL REFERENCES organisations (id) ON DELETE CASCADE,
  number bigint NOT NULL CHECK (number > 0),
  at timestamptz NOT NULL,
  member_id uuid,
  action text NOT NULL,
  object_kind text NOT NULL,
  object_id uuid,
  detail jsonb NOT NULL,
  outcome text NOT NULL CHECK (outcome IN ('done', 'refused')),
  address text NOT NULL,
  previous_hash bytea NOT NULL,
  hash bytea NOT NULL,
  PRIMARY KEY (org_id, number)
);
CREATE INDEX events_object ON events (org_id, object_id, number DESC);
COMMENT ON TABLE events IS 'The audit trail: who did, saw or took what, when. Lines are only added. It holds ids, never names or notes.';
COMMENT ON COLUMN events.org_id IS 'The organisation.';
COMMENT ON COLUMN events.number IS 'Counts up from 1 without gaps.';
COMMENT ON COLUMN events.at IS 'When.';
COMMENT ON COLUMN events.member_id IS 'Who; null for the product itself and for a sign-in that failed.';
COMMENT ON COLUMN events.action IS 'What, as noun.verb, for example scorecard.submitted.';
COMMENT ON COLUMN events.object_kind IS 'The noun of the object, for example scorecard.';
COMMENT ON COLUMN events.object_id IS 'Which object; null where there is none.';
COMMENT ON COLUMN events.detail IS 'Ids, counts, hashes and settings; no personal data.';
COMMENT ON COLUMN events.outcome IS 'done or refused.';
COMMENT ON COLUMN events.address IS 'From which network address; empty for the product itself.';
COMMENT ON COLUMN events.previous_hash IS 'The hash of the line before; 32 zero bytes for the first.';
COMMENT ON COLUMN events.hash IS 'SHA-256 over the previous hash and this line''s canonical form.';

CREATE TABLE letters (
  org_id uuid NOT NULL REFERENCES organisations (id) ON DELETE CASCADE,
  id uuid NOT NULL,
  kind text NOT NULL,
  object_id uuid,
  member_id uuid,
  message_id text NOT NULL,
  from_name text NOT NULL,
  to_name text NOT NULL,
  to_address text NOT NULL,
  reply_to_name text,
  reply_to_address text,
  subject text NOT NULL,
  text_body text NOT NULL,
  html_body text NOT NULL,
  secret_purpose text CHECK (secret_purpose IN ('invitation', 'password_reset')),
  state text NOT NULL CHECK (state IN ('waiting', 'leased', 'sent', 'set_aside', 'cancelled')),
  attempts integer NOT NULL DEFAULT 0,
  due_at timestamptz NOT NULL,
  lease_id uuid,
  leased_until timestamptz,
  failure text,
  created_at timestamptz NOT NULL,
  settled_at timestamptz,
  mailbox_link text,
  PRIMARY KEY (org_id, id)
);
CREATE INDEX letters_due ON letters (due_at) WHERE state IN ('waiting', 'leased');
CREATE INDEX letters_newest ON letters (org_id, id DESC);
CREATE INDEX letters_state ON letters (org_id, state, id DESC);
COMMENT ON TABLE letters IS 'The outbox: one row per mail, inserted in the transaction of the change that causes it.';
COMMENT ON COLUMN letters.org_id IS 'The organisation.';
COMMENT ON COLUMN letters.id IS 'UUID version 7.';
COMMENT ON COLUMN letters.kind IS 'Which letter, for example summary or invitation.';
COMMENT ON COLUMN letters.object_id IS 'What it is about, for example a job or an interview.';
COMMENT ON COLUMN letters.member_id IS 'The member it goes to; null for an outside address.';
COMMENT ON COLUMN letters.message_id IS 'Message-ID (RFC 5322), fixed before the first attempt.';
COMMENT ON COLUMN letters.from_name IS 'The name before the product''s own address.';
COMMENT ON COLUMN letters.to_name IS 'The recipient''s name, without control characters.';
COMMENT ON COLUMN letters.to_address IS 'The recipient''s address.';
COMMENT ON COLUMN letters.reply_to_name IS 'Who answers; null when nobody does.';
COMMENT ON COLUMN letters.reply_to_address IS 'Where answers go.';
COMMENT ON COLUMN letters.subject IS 'The subject line.';
COMMENT ON COLUMN letters.text_body IS 'The plain-text part, exactly as sent but for the secret link.';
COMMENT ON COLUMN letters.html_body IS 'The HTML part, exactly as sent but for the secret link.';
COMMENT ON COLUMN letters.secret_purpose IS 'Which secret link is minted at sending; null for none.';
COMMENT ON COLUMN letters.state IS 'waiting, leased (a worker is sending it), sent, set_aside (needs a person), cancelled.';
COMMENT ON COLUMN letters.attempts IS 'How many times sending was tried.';
COMMENT ON COLUMN letters.due_at IS 'Not before this moment.';
COMMENT ON COLUMN letters.lease_id IS 'The fence of the current lease; only its holder may settle the letter.';
COMMENT ON COLUMN letters.leased_until IS 'When the lease lapses and another worker may take the letter.';
COMMENT ON COLUMN letters.failure IS 'Why the last attempt failed, in words without personal data.';
COMMENT ON COLUMN letters.created_at IS 'When it was written.';
COMMENT ON COLUMN letters.settled_at IS 'When it was sent, set aside or cancelled.';
COMMENT ON COLUMN letters.mailbox_link IS 'The minted secret link, for the mailbox page of a development installation; null wherever letters are really sent.';

CREATE TABLE letter_parts (
  org_id uuid NOT NULL,
  letter_id uuid NOT NULL,
  position integer NOT NULL,
  content_id text,
  file_name text,
  content_type text NOT NULL,
  body bytea NOT NULL,
  PRIMARY KEY (org_id, letter_id, position),
  FOREIGN KEY (org_id, letter_id) REFERENCES letters (org_id, id) ON DELETE CASCADE
);
COMMENT ON TABLE letter_parts IS 'Inline pictures and attached files of a letter.';
COMMENT ON COLUMN letter_parts.org_id IS 'The organisation.';
COMMENT ON COLUMN letter_parts.letter_id IS 'The letter.';
COMMENT ON COLUMN letter_parts.position IS 'Order in the letter, from 0.';
COMMENT ON COLUMN letter_parts.content_id IS 'Content-ID of an inline picture; null for an attachment.';
COMMENT ON COLUMN letter_parts.file_name IS 'Name of an attachment; null for an inline picture.';
COMMENT ON COLUMN letter_parts.content_type IS 'Media type.';
COMMENT ON COLUMN letter_parts.body IS 'The bytes.';
