-- What waits for a member, in one letter a day at most.

ALTER TABLE organisations
  ADD COLUMN reminders boolean NOT NULL DEFAULT true,
  ADD COLUMN reminders_from smallint NOT NULL DEFAULT 8 CHECK (reminders_from BETWEEN 0 AND 23),
  ADD COLUMN reminders_until smallint NOT NULL DEFAULT 18 CHECK (reminders_until BETWEEN 1 AND 24),
  ADD COLUMN reminders_at_weekends boolean NOT NULL DEFAULT false,
  ADD COLUMN escalate_after_days smallint CHECK (escalate_after_days BETWEEN 1 AND 30) DEFAULT 2,
  ADD CONSTRAINT organisations_reminder_hours CHECK (reminders_from < reminders_until);
COMMENT ON COLUMN organisations.reminders IS 'Policy: members get a letter a day while something waits for them.';
COMMENT ON COLUMN organisations.reminders_from IS 'Policy: the hour of a member''s day from which reminders may go out.';
COMMENT ON COLUMN organisations.reminders_until IS 'Policy: the hour of a member''s day from which they stay quiet.';
COMMENT ON COLUMN organisations.reminders_at_weekends IS 'Policy: reminders go out on Saturdays and Sundays too.';
COMMENT ON COLUMN organisations.escalate_after_days IS 'Policy: a scorecard as many days late is named to the job''s recruiter; null for never.';

ALTER TABLE members ADD COLUMN reminders boolean NOT NULL DEFAULT true;
COMMENT ON COLUMN members.reminders IS 'Whether the member wants reminders by mail.';

ALTER TABLE letters ADD COLUMN unsubscribe text;
COMMENT ON COLUMN letters.unsubscribe IS 'Where the reader turns letters of this kind off; null for one that does not repeat.';

CREATE TABLE reminders (
  org_id uuid NOT NULL,
  id uuid NOT NULL,
  member_id uuid NOT NULL,
  day date NOT NULL,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (org_id, id),
  FOREIGN KEY (org_id, member_id) REFERENCES members (org_id, id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX reminders_member ON reminders (org_id, member_id, day);
CREATE INDEX reminders_age ON reminders (created_at);
COMMENT ON TABLE reminders IS 'The days on which a member was reminded, so that nobody is reminded twice a day; swept after 30 days.';
COMMENT ON COLUMN reminders.org_id IS 'The organisation.';
COMMENT ON COLUMN reminders.id IS 'UUID version 7, the letter''s.';
COMMENT ON COLUMN reminders.member_id IS 'The member.';
COMMENT ON COLUMN reminders.day IS 'The day in the member''s time zone.';
COMMENT ON COLUMN reminders.created_at IS 'When the letter was written.';
