-- Rubrics, jobs, candidates, interviews and the scorecards that come of them.

CREATE TABLE rubrics (
  org_id uuid NOT NULL REFERENCES organisations (id) ON DELETE CASCADE,
  id uuid NOT NULL,
  key text NOT NULL,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (org_id, id)
);
CREATE UNIQUE INDEX rubrics_key ON rubrics (org_id, key);
COMMENT ON TABLE rubrics IS 'A rubric of an organisation; what it says is in its versions.';
COMMENT ON COLUMN rubrics.org_id IS 'The organisation.';
COMMENT ON COLUMN rubrics.id IS 'UUID version 7.';
COMMENT ON COLUMN rubrics.key IS 'A short name for files and the API.';
COMMENT ON COLUMN rubrics.created_at IS 'When it was made or copied.';

CREATE TABLE rubric_versions (
  org_id uuid NOT NULL,
  id uuid NOT NULL,
  rubric_id uuid NOT NULL,
  version integer NOT NULL CHECK (version > 0),
  state text NOT NULL CHECK (state IN ('draft', 'published')),
  content jsonb NOT NULL,
  revision bigint NOT NULL DEFAULT 0,
  created_by uuid,
  created_at timestamptz NOT NULL,
  published_at timestamptz,
  PRIMARY KEY (org_id, id),
  FOREIGN KEY (org_id, rubric_id) REFERENCES rubrics (org_id, id) ON DELETE CASCADE,
  CHECK ((state = 'published') = (published_at IS NOT NULL))
);
CREATE UNIQUE INDEX rubric_versions_number ON rubric_versions (org_id, rubric_id, version);
CREATE UNIQUE INDEX rubric_versions_one_draft ON rubric_versions (org_id, rubric_id) WHERE state = 'draft';
COMMENT ON TABLE rubric_versions IS 'What a rubric says. A published version never changes; a trigger sees to it.';
COMMENT ON COLUMN rubric_versions.org_id IS 'The organisation.';
COMMENT ON COLUMN rubric_versions.id IS 'UUID version 7.';
COMMENT ON COLUMN rubric_versions.rubric_id IS 'The rubric.';
COMMENT ON COLUMN rubric_versions.version IS 'Counts up from 1 within the rubric.';
COMMENT ON COLUMN rubric_versions.state IS 'draft or published; at most one draft per rubric.';
COMMENT ON COLUMN rubric_versions.content IS 'The whole rubric in all its languages (domain::rubric::Rubric).';
COMMENT ON COLUMN rubric_versions.revision IS 'Counts the saves of a draft, so that two editors notice each other.';
COMMENT ON COLUMN rubric_versions.created_by IS 'The member who began it; null for a built-in rubric.';
COMMENT ON COLUMN rubric_versions.created_at IS 'When the draft began.';
COMMENT ON COLUMN rubric_versions.published_at IS 'When it was published; null for a draft.';

CREATE FUNCTION keep_published_rubrics() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state = 'published' THEN
    RAISE EXCEPTION 'a published rubric version never changes' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER rubric_versions_keep BEFORE UPDATE ON rubric_versions FOR EACH ROW EXECUTE FUNCTION keep_published_rubrics();

CREATE TABLE jobs (
  org_id uuid NOT NULL REFERENCES organisations (id) ON DELETE CASCADE,
  id uuid NOT NULL,
  title text NOT NULL CHECK (char_length(title) BETWEEN 1 AND 120),
  place text NOT NULL CHECK (char_length(place) <= 120),
  state text NOT NULL CHECK (state IN ('open', 'closed')),
  rubric_version_id uuid NOT NULL,
  weights jsonb NOT NULL,
  recruiter_id uuid NOT NULL,
  hiring_manager_id uuid NOT NULL,
  pinned_at timestamptz,
  created_at timestamptz NOT NULL,
  closed_at timestamptz,
  PRIMARY KEY (org_id, id),
  FOREIGN KEY (org_id, rubric_version_id) REFERENCES rubric_versions (org_id, id),
  FOREIGN KEY (org_id, recruiter_id) REFERENCES members (org_id, id),
  FOREIGN KEY (org_id, hiring_manager_id) REFERENCES members (org_id, id)
);
CREATE INDEX jobs_newest ON jobs (org_id, state, id DESC);
CREATE INDEX jobs_hiring_manager ON jobs (org_id, hiring_manager_id, id DESC);
CREATE INDEX jobs_rubric_version ON jobs (org_id, rubric_version_id);
COMMENT ON TABLE jobs IS 'An opening. It pins one rubric version and its weights.';
COMMENT ON COLUMN jobs.org_id IS 'The organisation.';
COMMENT ON COLUMN jobs.id IS 'UUID version 7.';
COMMENT ON COLUMN jobs.title IS 'What the job is called.';
COMMENT ON COLUMN jobs.place IS 'Where; may be empty.';
COMMENT ON COLUMN jobs.state IS 'open or closed.';
COMMENT ON COLUMN jobs.rubric_version_id IS 'The published rubric version that its interviews use.';
COMMENT ON COLUMN jobs.weights IS 'Dimension key to weight, whole numbers from 0 to 100.';
COMMENT ON COLUMN jobs.recruiter_id IS 'The recruiter who runs it.';
COMMENT ON COLUMN jobs.hiring_manager_id IS 'Who decides.';
COMMENT ON COLUMN jobs.pinned_at IS 'When the first interview was scheduled; rubric, weights and rounds are fixed from then on.';
COMMENT ON COLUMN jobs.created_at IS 'When it was opened.';
COMMENT ON COLUMN jobs.closed_at IS 'When it was closed; null while open.';

CREATE TABLE rounds (
  org_id uuid NOT NULL,
  id uuid NOT NULL,
  job_id uuid NOT NULL,
  position integer NOT NULL,
  name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 120),
  medium text NOT NULL CHECK (medium IN ('in_person', 'video', 'phone', 'text')),
  minutes integer NOT NULL CHECK (minutes BETWEEN 5 AND 480),
  dimensions text[] NOT NULL,
  questions text[] NOT NULL,
  PRIMARY KEY (org_id, id),
  FOREIGN KEY (org_id, job_id) REFERENCES jobs (org_id, id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX rounds_job ON rounds (org_id, job_id, position);
COMMENT ON TABLE rounds IS 'A step of a job''s interview plan.';
COMMENT ON COLUMN rounds.org_id IS 'The organisation.';
COMMENT ON COLUMN rounds.id IS 'UUID version 7.';
COMMENT ON COLUMN rounds.job_id IS 'The job.';
COMMENT ON COLUMN rounds.position IS 'Order in the plan, from 1.';
COMMENT ON COLUMN rounds.name IS 'What the round is called.';
COMMENT ON COLUMN rounds.medium IS 'in_person, video, phone or text.';
COMMENT ON COLUMN rounds.minutes IS 'Planned length.';
COMMENT ON COLUMN rounds.dimensions IS 'Keys of the dimensions that it covers, in order.';
COMMENT ON COLUMN rounds.questions IS 'Keys of the questions that every candidate gets in it.';

CREATE TABLE candidates (
  org_id uuid NOT NULL REFERENCES organisations (id) ON DELETE CASCADE,
  id uuid NOT NULL,
  name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 120),
  email text CHECK (char_length(email) <= 254),
  phone text CHECK (char_length(phone) <= 40),
  note text NOT NULL CHECK (char_length(note) <= 4000),
  created_at timestamptz NOT NULL,
  PRIMARY KEY (org_id, id)
);
CREATE UNIQUE INDEX candidates_email ON candidates (org_id, lower(email)) WHERE email IS NOT NULL;
CREATE INDEX candidates_name ON candidates (org_id, name, id);
COMMENT ON TABLE candidates IS 'A person who applies.';
COMMENT ON COLUMN candidates.org_id IS 'The organisation.';
COMMENT ON COLUMN candidates.id IS 'UUID version 7.';
COMMENT ON COLUMN candidates.name IS 'The name that the candidate uses.';
COMMENT ON COLUMN candidates.email IS 'Their address; null when unknown.';
COMMENT ON COLUMN candidates.phone IS 'Their number; null when unknown.';
COMMENT ON COLUMN candidates.note IS 'What the panel may know, for example an accommodation.';
COMMENT ON COLUMN candidates.created_at IS 'When the candidate was added.';

CREATE TABLE applications (
  org_id uuid NOT NULL,
  id uuid NOT NULL,
  job_id uuid NOT NULL,
  candidate_id uuid NOT NULL,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (org_id, id),
  FOREIGN KEY (org_id, job_id) REFERENCES jobs (org_id, id) ON DELETE CASCADE,
  FOREIGN KEY (org_id, candidate_id) REFERENCES candidates (org_id, id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX applications_job ON applications (org_id, job_id, candidate_id);
CREATE INDEX applications_candidate ON applications (org_id, candidate_id);
COMMENT ON TABLE applications IS 'A candidate in a job.';
COMMENT ON COLUMN applications.org_id IS 'The organisation.';
COMMENT ON COLUMN applications.id IS 'UUID version 7.';
COMMENT ON COLUMN applications.job_id IS 'The job.';
COMMENT ON COLUMN applications.candidate_id IS 'The candidate.';
COMMENT ON COLUMN applications.created_at IS 'When the candidate was added to the job.';

CREATE TABLE candidate_imports (
  org_id uuid NOT NULL,
  id uuid NOT NULL,
  job_id uuid NOT NULL,
  member_id uuid NOT NULL,
  file_name text NOT NULL,
  content text NOT NULL,
  created_at timestamptz NOT NULL,
  imported_at timestamptz,
  PRIMARY KEY (org_id, id),
  FOREIGN KEY (org_id, job_id) REFERENCES jobs (org_id, id) ON DELETE CASCADE,
  FOREIGN KEY (org_id, member_id) REFERENCES members (org_id, id)
);
CREATE INDEX candidate_imports_age ON candidate_imports (created_at);
CREATE INDEX candidate_imports_job ON candidate_imports (org_id, job_id);
COMMENT ON TABLE candidate_imports IS 'A CSV file of candidates between its preview and its import; the text is emptied once imported and swept after a day.';
COMMENT ON COLUMN candidate_imports.org_id IS 'The organisation.';
COMMENT ON COLUMN candidate_imports.id IS 'UUID version 7.';
COMMENT ON COLUMN candidate_imports.job_id IS 'The job that the candidates come into.';
COMMENT ON COLUMN candidate_imports.member_id IS 'Who gave the file.';
COMMENT ON COLUMN candidate_imports.file_name IS 'The file''s name.';
COMMENT ON COLUMN candidate_imports.content IS 'The file''s text, UTF-8.';
COMMENT ON COLUMN candidate_imports.created_at IS 'When it was given.';
COMMENT ON COLUMN candidate_imports.imported_at IS 'When it was imported; null before.';

CREATE TABLE interviews (
  org_id uuid NOT NULL,
  id uuid NOT NULL,
  application_id uuid NOT NULL,
  round_id uuid NOT NULL,
  starts_at timestamptz NOT NULL,
  time_zone text NOT NULL,
  minutes integer NOT NULL CHECK (minutes BETWEEN 5 AND 480),
  place text NOT NULL CHECK (char_length(place) <= 400),
  state text NOT NULL CHECK (state IN ('scheduled', 'cancelled')),
  sequence integer NOT NULL DEFAULT 0,
  created_by uuid NOT NULL,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (org_id, id),
  FOREIGN KEY (org_id, application_id) REFERENCES applications (org_id, id) ON DELETE CASCADE,
  FOREIGN KEY (org_id, round_id) REFERENCES rounds (org_id, id),
  FOREIGN KEY (org_id, created_by) REFERENCES members (org_id, id)
);
CREATE INDEX interviews_application ON interviews (org_id, application_id);
CREATE INDEX interviews_round ON interviews (org_id, round_id);
CREATE INDEX interviews_start ON interviews (org_id, starts_at);
COMMENT ON TABLE interviews IS 'An application in a round, at a time, with a panel.';
COMMENT ON COLUMN interviews.org_id IS 'The organisation.';
COMMENT ON COLUMN interviews.id IS 'UUID version 7.';
COMMENT ON COLUMN interviews.application_id IS 'The candidate in the job.';
COMMENT ON COLUMN interviews.round_id IS 'The round.';
COMMENT ON COLUMN interviews.starts_at IS 'When it starts.';
COMMENT ON COLUMN interviews.time_zone IS 'IANA time zone in which it was planned.';
COMMENT ON COLUMN interviews.minutes IS 'Planned length.';
COMMENT ON COLUMN interviews.place IS 'Room, address, meeting link or number; may be empty.';
COMMENT ON COLUMN interviews.state IS 'scheduled or cancelled.';
COMMENT ON COLUMN interviews.sequence IS 'Counts changes, for calendar files (RFC 5545 SEQUENCE).';
COMMENT ON COLUMN interviews.created_by IS 'Who scheduled it.';
COMMENT ON COLUMN interviews.created_at IS 'When it was scheduled.';

CREATE TABLE seats (
  org_id uuid NOT NULL,
  id uuid NOT NULL,
  interview_id uuid NOT NULL,
  member_id uuid NOT NULL,
  PRIMARY KEY (org_id, id),
  FOREIGN KEY (org_id, interview_id) REFERENCES interviews (org_id, id) ON DELETE CASCADE,
  FOREIGN KEY (org_id, member_id) REFERENCES members (org_id, id)
);
CREATE UNIQUE INDEX seats_interview ON seats (org_id, interview_id, member_id);
CREATE INDEX seats_member ON seats (org_id, member_id, interview_id);
COMMENT ON TABLE seats IS 'One interviewer in a panel.';
COMMENT ON COLUMN seats.org_id IS 'The organisation.';
COMMENT ON COLUMN seats.id IS 'UUID version 7.';
COMMENT ON COLUMN seats.interview_id IS 'The interview.';
COMMENT ON COLUMN seats.member_id IS 'The interviewer.';

CREATE TABLE scorecards (
  org_id uuid NOT NULL,
  id uuid NOT NULL,
  seat_id uuid NOT NULL,
  state text NOT NULL CHECK (state IN ('draft', 'submitted')),
  recommendation text CHECK (recommendation IN ('strong_no', 'no', 'yes', 'strong_yes')),
  recommendation_revision bigint NOT NULL DEFAULT 0,
  private_note text NOT NULL DEFAULT '' CHECK (char_length(private_note) <= 20000),
  private_note_revision bigint NOT NULL DEFAULT 0,
  next_note text NOT NULL DEFAULT '' CHECK (char_length(next_note) <= 20000),
  next_note_revision bigint NOT NULL DEFAULT 0,
  started_at timestamptz NOT NULL,
  submitted_at timestamptz,
  seal bytea,
  PRIMARY KEY (org_id, id),
  FOREIGN KEY (org_id, seat_id) REFERENCES seats (org_id, id) ON DELETE CASCADE,
  CHECK ((state = 'submitted') = (submitted_at IS NOT NULL)),
  CHECK (state = 'draft' OR (recommendation IS NOT NULL AND seal IS NOT NULL))
);
CREATE UNIQUE INDEX scorecards_seat ON scorecards (org_id, seat_id);
COMMENT ON TABLE scorecards IS 'One seat''s ratings of one candidate in one round. Submitting seals it.';
COMMENT ON COLUMN scorecards.org_id IS 'The organisation.';
COMMENT ON COLUMN scorecards.id IS 'UUID version 7.';
COMMENT ON COLUMN scorecards.seat_id IS 'Whose it is.';
COMMENT ON COLUMN scorecards.state IS 'draft or submitted.';
COMMENT ON COLUMN scorecards.recommendation IS 'The overall recommendation, given after the ratings; null while open.';
COMMENT ON COLUMN scorecards.recommendation_revision IS 'Counts the changes of the recommendation.';
COMMENT ON COLUMN scorecards.private_note IS 'The interviewer''s own note; may still have to be disclosed.';
COMMENT ON COLUMN scorecards.private_note_revision IS 'Counts the changes of the private note.';
COMMENT ON COLUMN scorecards.next_note IS 'What the next interviewer should look into.';
COMMENT ON COLUMN scorecards.next_note_revision IS 'Counts the changes of that note.';
COMMENT ON COLUMN scorecards.started_at IS 'When the kit was first opened.';
COMMENT ON COLUMN scorecards.submitted_at IS 'When it was sealed; null before.';
COMMENT ON COLUMN scorecards.seal IS 'SHA-256 over the canonical form of what was submitted.';

CREATE TABLE ratings (
  org_id uuid NOT NULL,
  scorecard_id uuid NOT NULL,
  dimension text NOT NULL,
  score smallint CHECK (score BETWEEN 1 AND 5),
  not_enough_evidence boolean NOT NULL DEFAULT false,
  rating_revision bigint NOT NULL DEFAULT 0,
  ticks text[] NOT NULL DEFAULT '{}',
  ticks_revision bigint NOT NULL DEFAULT 0,
  note text NOT NULL DEFAULT '' CHECK (char_length(note) <= 20000),
  note_revision bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (org_id, scorecard_id, dimension),
  FOREIGN KEY (org_id, scorecard_id) REFERENCES scorecards (org_id, id) ON DELETE CASCADE,
  CHECK (NOT (not_enough_evidence AND score IS NOT NULL))
);
COMMENT ON TABLE ratings IS 'A rating of one dimension with the evidence for it; made empty for every dimension of the round when the kit is first opened.';
COMMENT ON COLUMN ratings.org_id IS 'The organisation.';
COMMENT ON COLUMN ratings.scorecard_id IS 'The scorecard.';
COMMENT ON COLUMN ratings.dimension IS 'Key of the dimension.';
COMMENT ON COLUMN ratings.score IS '1 to 5; null while unrated or with not enough evidence.';
COMMENT ON COLUMN ratings.not_enough_evidence IS 'The interviewer says that there was not enough evidence; never counts as a low score.';
COMMENT ON COLUMN ratings.rating_revision IS 'Counts the changes of the rating.';
COMMENT ON COLUMN ratings.ticks IS 'Keys of the indicators that were heard or seen.';
COMMENT ON COLUMN ratings.ticks_revision IS 'Counts the changes of the ticks.';
COMMENT ON COLUMN ratings.note IS 'Evidence in words.';
COMMENT ON COLUMN ratings.note_revision IS 'Counts the changes of the note.';

CREATE TABLE operations (
  org_id uuid NOT NULL,
  id uuid NOT NULL,
  scorecard_id uuid NOT NULL,
  body_hash bytea NOT NULL,
  status smallint NOT NULL,
  answer jsonb NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (org_id, id),
  FOREIGN KEY (org_id, scorecard_id) REFERENCES scorecards (org_id, id) ON DELETE CASCADE
);
CREATE INDEX operations_scorecard ON operations (org_id, scorecard_id);
COMMENT ON TABLE operations IS 'Answered changes of a scorecard, so that one that is sent twice is answered alike and applied once.';
COMMENT ON COLUMN operations.org_id IS 'The organisation.';
COMMENT ON COLUMN operations.id IS 'The operation id that the page chose.';
COMMENT ON COLUMN operations.scorecard_id IS 'The scorecard.';
COMMENT ON COLUMN operations.body_hash IS 'SHA-256 over field, base revision and value.';
COMMENT ON COLUMN operations.status IS 'The HTTP status that was answered.';
COMMENT ON COLUMN operations.answer IS 'The body that was answered.';
COMMENT ON COLUMN operations.at IS 'When.';

CREATE TABLE conflict_copies (
  org_id uuid NOT NULL,
  id uuid NOT NULL,
  scorecard_id uuid NOT NULL,
  field text NOT NULL,
  value text NOT NULL,
  base_revision bigint NOT NULL,
  at timestamptz NOT NULL,
  settled_at timestamptz,
  PRIMARY KEY (org_id, id),
  FOREIGN KEY (org_id, scorecard_id) REFERENCES scorecards (org_id, id) ON DELETE CASCADE
);
CREATE INDEX conflict_copies_scorecard ON conflict_copies (org_id, scorecard_id);
COMMENT ON TABLE conflict_copies IS 'Text that came for an outdated revision of a field: kept, and shown beside the current text until the interviewer settles it.';
COMMENT ON COLUMN conflict_copies.org_id IS 'The organisation.';
COMMENT ON COLUMN conflict_copies.id IS 'UUID version 7.';
COMMENT ON COLUMN conflict_copies.scorecard_id IS 'The scorecard.';
COMMENT ON COLUMN conflict_copies.field IS 'The field, for example listening.note.';
COMMENT ON COLUMN conflict_copies.value IS 'What was sent.';
COMMENT ON COLUMN conflict_copies.base_revision IS 'The revision that the sender had seen.';
COMMENT ON COLUMN conflict_copies.at IS 'When it came.';
COMMENT ON COLUMN conflict_copies.settled_at IS 'When the interviewer chose; null before.';

CREATE TABLE amendments (
  org_id uuid NOT NULL,
  id uuid NOT NULL,
  scorecard_id uuid NOT NULL,
  dimension text NOT NULL,
  score smallint CHECK (score BETWEEN 1 AND 5),
  not_enough_evidence boolean NOT NULL DEFAULT false,
  reason text NOT NULL CHECK (char_length(reason) BETWEEN 1 AND 4000),
  member_id uuid NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (org_id, id),
  FOREIGN KEY (org_id, scorecard_id) REFERENCES scorecards (org_id, id) ON DELETE CASCADE,
  FOREIGN KEY (org_id, member_id) REFERENCES members (org_id, id),
  CHECK (not_enough_evidence <> (score IS NOT NULL))
);
CREATE INDEX amendments_scorecard ON amendments (org_id, scorecard_id, id);
COMMENT ON TABLE amendments IS 'A later change of a sealed rating, with its reason; the first rating stays.';
COMMENT ON COLUMN amendments.org_id IS 'The organisation.';
COMMENT ON COLUMN amendments.id IS 'UUID version 7.';
COMMENT ON COLUMN amendments.scorecard_id IS 'The scorecard.';
COMMENT ON COLUMN amendments.dimension IS 'Key of the dimension.';
COMMENT ON COLUMN amendments.score IS 'The new score, 1 to 5; null with not enough evidence.';
COMMENT ON COLUMN amendments.not_enough_evidence IS 'The new rating is not enough evidence.';
COMMENT ON COLUMN amendments.reason IS 'Why.';
COMMENT ON COLUMN amendments.member_id IS 'Who amended.';
COMMENT ON COLUMN amendments.at IS 'When.';
