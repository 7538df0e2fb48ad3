-- How long assessment records are kept, what stops their erasure, and erasing a person.

ALTER TABLE organisations ADD COLUMN retention_months smallint NOT NULL DEFAULT 24 CHECK (retention_months BETWEEN 1 AND 120);
COMMENT ON COLUMN organisations.retention_months IS 'So many months after the decision a candidate''s record is due to be erased.';
UPDATE organisations SET retention_months = CASE country WHEN 'NO' THEN 12 ELSE 24 END;

ALTER TABLE jobs ADD COLUMN held_at timestamptz;
ALTER TABLE jobs ADD COLUMN held_by uuid;
ALTER TABLE jobs ADD COLUMN hold_reason text CHECK (char_length(hold_reason) BETWEEN 1 AND 1000);
ALTER TABLE jobs ADD CONSTRAINT jobs_held_by FOREIGN KEY (org_id, held_by) REFERENCES members (org_id, id);
ALTER TABLE jobs ADD CONSTRAINT jobs_held_whole CHECK ((held_at IS NULL) = (held_by IS NULL) AND (held_at IS NULL) = (hold_reason IS NULL));
CREATE INDEX jobs_held_by ON jobs (org_id, held_by);
COMMENT ON COLUMN jobs.held_at IS 'Since when a legal hold keeps every record of the job from being erased; null for none.';
COMMENT ON COLUMN jobs.held_by IS 'Who laid the hold; null for none.';
COMMENT ON COLUMN jobs.hold_reason IS 'Why, in their words; null for none.';

ALTER TABLE candidates ADD COLUMN erased_at timestamptz;
CREATE INDEX candidates_oldest ON candidates (org_id, created_at) WHERE erased_at IS NULL;
COMMENT ON COLUMN candidates.erased_at IS 'When the person was erased: what is left are numbers that point at nobody. Null for everybody else.';

-- Nothing is written about somebody who was erased. The tables of a scorecard's words need no guard of their own: a person is
-- erased only when every scorecard is submitted, and no seat is added afterwards. Whoever writes while a person is being erased
-- waits for the end of it.
CREATE FUNCTION refuse_erased() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
  written jsonb := to_jsonb(NEW);
  person uuid;
  application uuid := written ->> 'application_id';
  interview uuid := written ->> 'interview_id';
  erased boolean;
BEGIN
  IF TG_TABLE_NAME = 'candidates' THEN
    person := written ->> 'id';
  ELSIF TG_TABLE_NAME = 'applications' THEN
    person := written ->> 'candidate_id';
  ELSE
    IF TG_TABLE_NAME = 'amendments' THEN
      SELECT s.interview_id INTO interview FROM scorecards k JOIN seats s ON s.org_id = k.org_id AND s.id = k.seat_id
       WHERE k.org_id = NEW.org_id AND k.id = (written ->> 'scorecard_id')::uuid;
    ELSIF TG_TABLE_NAME = 'second_ratings' THEN
      SELECT d.application_id INTO application FROM debriefs d
       WHERE d.org_id = NEW.org_id AND d.id = (written ->> 'debrief_id')::uuid;
    END IF;
    IF application IS NULL THEN
      SELECT i.application_id INTO application FROM interviews i WHERE i.org_id = NEW.org_id AND i.id = interview;
    END IF;
    SELECT a.candidate_id INTO person FROM applications a WHERE a.org_id = NEW.org_id AND a.id = application;
  END IF;
  SELECT c.erased_at IS NOT NULL INTO erased FROM candidates c WHERE c.org_id = NEW.org_id AND c.id = person FOR SHARE;
  IF erased THEN
    RAISE EXCEPTION 'this person was erased' USING ERRCODE = 'check_violation', CONSTRAINT = 'erased';
  END IF;
  RETURN NEW;
END $$;
COMMENT ON FUNCTION refuse_erased() IS 'Keeps words about somebody who was erased from being written.';
CREATE TRIGGER candidates_erased BEFORE UPDATE ON candidates FOR EACH ROW WHEN (OLD.erased_at IS NOT NULL) EXECUTE FUNCTION refuse_erased();
CREATE TRIGGER applications_erased BEFORE INSERT OR UPDATE ON applications FOR EACH ROW EXECUTE FUNCTION refuse_erased();
CREATE TRIGGER interviews_erased BEFORE INSERT OR UPDATE ON interviews FOR EACH ROW EXECUTE FUNCTION refuse_erased();
CREATE TRIGGER seats_erased BEFORE INSERT ON seats FOR EACH ROW EXECUTE FUNCTION refuse_erased();
CREATE TRIGGER amendments_erased BEFORE INSERT ON amendments FOR EACH ROW EXECUTE FUNCTION refuse_erased();
CREATE TRIGGER decisions_erased BEFORE INSERT ON decisions FOR EACH ROW EXECUTE FUNCTION refuse_erased();
CREATE TRIGGER debriefs_erased BEFORE INSERT OR UPDATE ON debriefs FOR EACH ROW EXECUTE FUNCTION refuse_erased();
CREATE TRIGGER second_ratings_erased BEFORE INSERT OR UPDATE ON second_ratings FOR EACH ROW EXECUTE FUNCTION refuse_erased();

-- Takes a person out of everything that is kept: who they are, and every word about them. Ratings, ticks, outcomes and times stay,
-- and so does the audit trail, which holds ids only. It runs as the owner, since nobody else may change sealed words, and only
-- for the organisation that the connection was opened for.
CREATE FUNCTION erase_candidate(org uuid, person uuid, label text, at timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
  known candidates%ROWTYPE;
  apps uuid[];
  met uuid[];
  cards uuid[];
  said text;
BEGIN
  SELECT * INTO known FROM candidates WHERE org_id = org AND id = person AND erased_at IS NULL FOR UPDATE;
  IF NOT FOUND OR org IS DISTINCT FROM current_org() THEN
    RAISE EXCEPTION 'nobody to erase' USING ERRCODE = 'no_data_found';
  END IF;
  apps := ARRAY(SELECT id FROM applications WHERE org_id = org AND candidate_id = person);
  met := ARRAY(SELECT id FROM interviews WHERE org_id = org AND application_id = ANY (apps));
  cards := ARRAY(SELECT k.id FROM seats s JOIN scorecards k ON k.org_id = s.org_id AND k.seat_id = s.id
                  WHERE s.org_id = org AND s.interview_id = ANY (met));

  -- First, since whoever amends a scorecard holds it.
  UPDATE scorecards SET private_note = '', next_note = '' WHERE org_id = org AND id = ANY (cards);

  -- Decisions pin comparisons of the whole shortlist: there the name and the reasons go one by one, and every number stays.
  FOR said IN
    SELECT DISTINCT words FROM (
      SELECT known.name AS words UNION ALL
      SELECT reason FROM amendments WHERE org_id = org AND scorecard_id = ANY (cards)
    ) AS all_words
  LOOP
    UPDATE decisions d SET
      comparison = replace(d.comparison::text, to_jsonb(said)::text, to_jsonb(CASE said WHEN known.name THEN label ELSE '–' END)::text)::jsonb,
      inputs = replace(d.inputs::text, to_jsonb(said)::text, to_jsonb(CASE said WHEN known.name THEN label ELSE '–' END)::text)::jsonb
    FROM applications a
    WHERE d.org_id = org AND a.org_id = org AND a.id = d.application_id
      AND a.job_id IN (SELECT job_id FROM applications WHERE org_id = org AND id = ANY (apps));
  END LOOP;
  UPDATE decisions SET reason = '–' WHERE org_id = org AND application_id = ANY (apps);

  UPDATE ratings SET note = '' WHERE org_id = org AND scorecard_id = ANY (cards) AND note <> '';
  UPDATE amendments SET reason = '–' WHERE org_id = org AND scorecard_id = ANY (cards);
  UPDATE papers SET remark = '' WHERE org_id = org AND scorecard_id = ANY (cards);
  DELETE FROM operations WHERE org_id = org AND scorecard_id = ANY (cards);
  DELETE FROM conflict_copies WHERE org_id = org AND scorecard_id = ANY (cards);
  UPDATE second_ratings SET reason = '', note = '' WHERE org_id = org AND scorecard_id = ANY (cards);
  UPDATE debriefs SET summary = '' WHERE org_id = org AND application_id = ANY (apps);
  UPDATE handovers SET draft = NULL WHERE org_id = org AND interview_id = ANY (met);
  UPDATE interviews SET cancel_reason = '–' WHERE org_id = org AND id = ANY (met) AND cancel_reason IS NOT NULL;
  UPDATE applications SET accommodation = '' WHERE org_id = org AND id = ANY (apps);
  UPDATE summaries SET note = replace(note, known.name, label) WHERE org_id = org AND strpos(note, known.name) > 0;
  DELETE FROM candidate_imports
   WHERE org_id = org AND (strpos(content, known.name) > 0 OR strpos(lower(content), lower(known.email)) > 0);

  -- Letters that name the person, or tell of their interviews: what was sent is gone, what waits is not sent.
  DELETE FROM letter_parts p USING letters l
   WHERE p.org_id = org AND l.org_id = org AND l.id = p.letter_id
     AND (l.object_id = ANY (met) OR strpos(l.subject || l.text_body, known.name) > 0);
  UPDATE letters SET subject = label, text_body = '', html_body = '',
      state = CASE WHEN state IN ('waiting', 'set_aside') THEN 'cancelled' ELSE state END,
      settled_at = CASE WHEN state IN ('waiting', 'set_aside') THEN at ELSE settled_at END
   WHERE org_id = org AND (object_id = ANY (met) OR strpos(subject || text_body, known.name) > 0);

  UPDATE candidates SET name = label, email = NULL, phone = NULL, note = '', pronunciation = '', erased_at = at
   WHERE org_id = org AND id = person;
END $$;
COMMENT ON FUNCTION erase_candidate(uuid, uuid, text, timestamptz) IS 'Removes who a candidate was and every word about them; the numbers stay.';
REVOKE ALL ON FUNCTION erase_candidate(uuid, uuid, text, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION erase_candidate(uuid, uuid, text, timestamptz) TO attune_member;
