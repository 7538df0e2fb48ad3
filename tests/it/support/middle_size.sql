-- Twenty organisations with 40 members, 40 jobs, 1,000 candidates, interviews and scorecards each, the world's own among them.
-- Foreign keys and triggers rest meanwhile: the rows fit each other.
SET session_replication_role = replica;
INSERT INTO organisations (id, name, locale, time_zone, created_at)
SELECT md5('org' || n)::uuid, 'Organisation ' || n, 'en', 'Europe/Stockholm', now() FROM generate_series(1, 18) n;
CREATE TEMP TABLE o AS SELECT id AS org, row_number() OVER (ORDER BY id) AS o FROM organisations;
CREATE TEMP TABLE content AS SELECT content FROM rubric_versions WHERE state = 'published' LIMIT 1;
INSERT INTO members (org_id, id, email, name, roles, created_at)
SELECT org, md5('member' || o || '.' || n)::uuid, 'member' || n || '@organisation' || o || '.example', 'Member ' || n,
  '{interviewer}', now() FROM o, generate_series(1, 40) n;
INSERT INTO sessions (org_id, id, member_id, device_key, user_agent, address, created_at, seen_at, expires_at)
SELECT org, md5('session' || o || '.' || n)::uuid, md5('member' || o || '.' || (n % 40 + 1))::uuid, '\x00', 'browser', '127.0.0.1',
  now(), now(), now() + interval '30 days' FROM o, generate_series(1, 200) n;
INSERT INTO secret_links (org_id, id, member_id, purpose, secret_hash, created_at, expires_at)
SELECT org, md5('link' || o || '.' || n)::uuid, md5('member' || o || '.' || (n % 40 + 1))::uuid, 'invitation',
  decode(md5('secret' || o || '.' || n), 'hex'), now(), now() FROM o, generate_series(1, 100) n;
INSERT INTO api_tokens (org_id, id, member_id, name, secret_hash, created_at, expires_at)
SELECT org, md5('token' || o || '.' || n)::uuid, md5('member' || o || '.' || (n % 40 + 1))::uuid, 'Token',
  decode(md5('token' || o || '.' || n), 'hex'), now(), now() FROM o, generate_series(1, 100) n;
INSERT INTO rubrics (org_id, id, key, created_at)
SELECT org, md5('rubric' || o || '.' || n)::uuid, 'rubric-' || n, now() FROM o, generate_series(1, 30) n;
INSERT INTO rubric_versions (org_id, id, rubric_id, version, state, content, created_at, published_at)
SELECT org, md5('version' || o || '.' || n)::uuid, md5('rubric' || o || '.' || n)::uuid, 1, 'published',
  (SELECT jsonb_build_object('languages', content -> 'languages', 'name', content -> 'name', 'summary', content -> 'summary',
    'dimensions', '[]'::jsonb) FROM content), now(), now() FROM o, generate_series(1, 30) n;
INSERT INTO jobs (org_id, id, title, place, state, rubric_version_id, weights, recruiter_id, hiring_manager_id, pinned_at, created_at)
SELECT org, md5('job' || o || '.' || n)::uuid, 'Job ' || n, 'Oslo', CASE WHEN n % 4 = 0 THEN 'closed' ELSE 'open' END,
  md5('version' || o || '.1')::uuid, '{"listening": 10}', md5('member' || o || '.1')::uuid,
  md5('member' || o || '.' || (n % 5 + 1))::uuid, now(), now() FROM o, generate_series(1, 40) n;
INSERT INTO rounds (org_id, id, job_id, position, name, medium, minutes, dimensions, questions)
SELECT org, md5('round' || o || '.' || n || '.' || r)::uuid, md5('job' || o || '.' || n)::uuid, r, 'Round ' || r, 'video', 45,
  '{listening,growth}', '{}' FROM o, generate_series(1, 40) n, generate_series(1, 3) r;
INSERT INTO candidates (org_id, id, name, email, note, created_at)
SELECT org, md5('candidate' || o || '.' || n)::uuid, 'Candidate ' || n, 'candidate' || n || '@mail.example', '', now()
FROM o, generate_series(1, 1000) n;
INSERT INTO applications (org_id, id, job_id, candidate_id, created_at)
SELECT org, md5('application' || o || '.' || n)::uuid, md5('job' || o || '.' || (n % 40 + 1))::uuid,
  md5('candidate' || o || '.' || n)::uuid, now() FROM o, generate_series(1, 1000) n;
INSERT INTO candidate_imports (org_id, id, job_id, member_id, file_name, content, created_at)
SELECT org, md5('import' || o || '.' || n)::uuid, md5('job' || o || '.' || n)::uuid, md5('member' || o || '.1')::uuid, 'candidates.csv', '', now()
FROM o, generate_series(1, 40) n;
INSERT INTO interviews (org_id, id, application_id, round_id, starts_at, time_zone, minutes, place, state, created_by, created_at)
SELECT org, md5('interview' || o || '.' || n)::uuid, md5('application' || o || '.' || n)::uuid,
  md5('round' || o || '.' || (n % 40 + 1) || '.' || (n % 3 + 1))::uuid, now() - interval '1 hour' * n, 'Europe/Oslo', 45, '',
  CASE WHEN n % 20 = 0 THEN 'cancelled' ELSE 'scheduled' END, md5('member' || o || '.1')::uuid, now()
FROM o, generate_series(1, 1000) n;
INSERT INTO seats (org_id, id, interview_id, member_id)
SELECT org, md5('seat' || o || '.' || n || '.' || s)::uuid, md5('interview' || o || '.' || n)::uuid,
  md5('member' || o || '.' || ((n + s * 7) % 40 + 1))::uuid FROM o, generate_series(1, 1000) n, generate_series(1, 2) s;
INSERT INTO scorecards (org_id, id, seat_id, state, recommendation, started_at, submitted_at, seal)
SELECT org, md5('scorecard' || o || '.' || n)::uuid, md5('seat' || o || '.' || n || '.1')::uuid, 'submitted', 'yes', now(), now(), '\x00'
FROM o, generate_series(1, 1000) n;
INSERT INTO ratings (org_id, scorecard_id, dimension, score, note)
SELECT org, md5('scorecard' || o || '.' || n)::uuid, d, 1 + n % 5, 'Said the number back'
FROM o, generate_series(1, 1000) n, unnest('{listening,communication,attitude,problem_solving,sincerity,growth}'::text[]) d;
INSERT INTO operations (org_id, id, scorecard_id, body_hash, status, answer, at)
SELECT org, md5('operation' || o || '.' || n || '.' || x)::uuid, md5('scorecard' || o || '.' || n)::uuid, '\x00', 200, '{}', now()
FROM o, generate_series(1, 1000) n, generate_series(1, 3) x;
INSERT INTO conflict_copies (org_id, id, scorecard_id, field, value, base_revision, at)
SELECT org, md5('copy' || o || '.' || n)::uuid, md5('scorecard' || o || '.' || n)::uuid, 'listening.note', 'words', 0, now()
FROM o, generate_series(1, 100) n;
INSERT INTO amendments (org_id, id, scorecard_id, dimension, score, reason, member_id, at)
SELECT org, md5('amendment' || o || '.' || n)::uuid, md5('scorecard' || o || '.' || n)::uuid, 'listening', 3, 'Mistyped',
  md5('member' || o || '.1')::uuid, now() FROM o, generate_series(1, 100) n;
INSERT INTO debriefs (org_id, id, application_id, opened_by, opened_at, summary, closed_by, closed_at, seal)
SELECT org, md5('debrief' || o || '.' || n)::uuid, md5('application' || o || '.' || n)::uuid, md5('member' || o || '.1')::uuid, now(),
  CASE WHEN n % 10 = 0 THEN '' ELSE 'Discussed' END, CASE WHEN n % 10 <> 0 THEN md5('member' || o || '.1')::uuid END,
  CASE WHEN n % 10 <> 0 THEN now() END, CASE WHEN n % 10 <> 0 THEN '\x00'::bytea END FROM o, generate_series(1, 500) n;
INSERT INTO debrief_scorecards (org_id, debrief_id, scorecard_id)
SELECT org, md5('debrief' || o || '.' || n)::uuid, md5('scorecard' || o || '.' || n)::uuid FROM o, generate_series(1, 500) n;
INSERT INTO second_ratings (org_id, debrief_id, scorecard_id, dimension, score, changed_at)
SELECT org, md5('debrief' || o || '.' || n)::uuid, md5('scorecard' || o || '.' || n)::uuid, d, 3, now()
FROM o, generate_series(1, 500) n, unnest('{listening,growth}'::text[]) d;
INSERT INTO decisions (org_id, id, application_id, outcome, reason, member_id, comparison, inputs_digest, at)
SELECT org, md5('decision' || o || '.' || n)::uuid, md5('application' || o || '.' || n)::uuid, 'rejected', 'Somebody else',
  md5('member' || o || '.2')::uuid, '{}', '', now() FROM o, generate_series(1, 500) n;
INSERT INTO summaries (org_id, id, job_id, member_id, recipients, locale, note, created_at)
SELECT org, md5('summary' || o || '.' || n)::uuid, md5('job' || o || '.' || (n % 40 + 1))::uuid, md5('member' || o || '.2')::uuid,
  '[{"name": "", "address": "a@mail.example", "member_id": null}]', 'en', '', now() FROM o, generate_series(1, 100) n;
INSERT INTO events (org_id, number, at, member_id, action, object_kind, object_id, detail, outcome, address, previous_hash, hash)
SELECT org, 100000 + n, now(), md5('member' || o || '.1')::uuid, CASE WHEN n % 50 = 0 THEN 'record.exported' ELSE 'candidate.viewed' END,
  CASE WHEN n % 50 = 0 THEN 'record' ELSE 'candidate' END, md5('candidate' || o || '.' || (n % 1000))::uuid, '{}', 'done', '127.0.0.1', '\x00', '\x00'
FROM o, generate_series(1, 3000) n;
INSERT INTO views (org_id, id, at, member_id, action, object_id, detail, address)
SELECT org, md5('view' || o || '.' || n)::uuid, now(), md5('member' || o || '.1')::uuid, 'candidate.viewed',
  md5('candidate' || o || '.' || n)::uuid, '{}', '127.0.0.1' FROM o, generate_series(1, 200) n;
INSERT INTO letters (org_id, id, kind, message_id, from_name, to_name, to_address, subject, text_body, html_body, state, due_at, created_at)
SELECT org, md5('letter' || o || '.' || n)::uuid, 'account_notice', 'm' || n, 'Attune', 'Name', 'a@mail.example', 'Subject', 'Words', '<p>Words</p>',
  CASE WHEN n % 100 = 0 THEN 'waiting' ELSE 'sent' END, now(), now() FROM o, generate_series(1, 600) n;
INSERT INTO letter_parts (org_id, letter_id, position, content_type, body)
SELECT org, md5('letter' || o || '.' || n)::uuid, 0, 'text/calendar', '\x00' FROM o, generate_series(1, 300) n;
SET session_replication_role = origin;
ANALYZE;
