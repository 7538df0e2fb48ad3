-- What a panel reads before an interview: whose rules hold, how a name is said, and what was agreed so that the candidate can take part.

ALTER TABLE organisations ADD COLUMN country text NOT NULL DEFAULT 'EU' CHECK (country IN ('EU', 'SE', 'NO', 'GB', 'US'));
UPDATE organisations SET country = CASE
  WHEN time_zone = 'Europe/Stockholm' THEN 'SE'
  WHEN time_zone = 'Europe/Oslo' THEN 'NO'
  WHEN time_zone = 'Europe/London' THEN 'GB'
  WHEN time_zone IN ('America/New_York', 'America/Detroit', 'America/Chicago', 'America/Denver', 'America/Phoenix', 'America/Los_Angeles', 'America/Anchorage') THEN 'US'
  ELSE 'EU' END;
COMMENT ON COLUMN organisations.country IS 'Whose rules about what must not be asked the preparation page shows: EU, SE, NO, GB or US.';

ALTER TABLE candidates ADD COLUMN pronunciation text NOT NULL DEFAULT '' CHECK (char_length(pronunciation) <= 120);
COMMENT ON COLUMN candidates.pronunciation IS 'How the name is said, as the candidate writes it; may be empty.';

ALTER TABLE applications ADD COLUMN accommodation text NOT NULL DEFAULT '' CHECK (char_length(accommodation) <= 2000);
COMMENT ON COLUMN applications.accommodation IS 'What was agreed so that the candidate can take part; recruiters write it and the panel reads it, nobody else. May be empty.';
