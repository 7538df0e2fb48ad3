DROP TABLE reminders;
ALTER TABLE letters DROP COLUMN unsubscribe;
ALTER TABLE members DROP COLUMN reminders;
ALTER TABLE organisations
  DROP COLUMN reminders,
  DROP COLUMN reminders_from,
  DROP COLUMN reminders_until,
  DROP COLUMN reminders_at_weekends,
  DROP COLUMN escalate_after_days;
