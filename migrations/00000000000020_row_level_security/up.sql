-- The second wall: behind the queries' own filter, Postgres itself keeps every row within its organisation.
--
-- Three roles own nothing and cannot sign in; a connection takes one on whenever it leaves the pool (store/wall.rs).
-- attune_serving is the account that the product signs in with: by itself it may read nothing.
-- Roles belong to the whole server, so they may be there already; an owner who may not create them finds out here
-- what to ask the server's administrator for.

DO $$
DECLARE
  wanted record;
BEGIN
  FOR wanted IN SELECT * FROM (VALUES
    ('attune_member', 'NOLOGIN'), ('attune_guest', 'NOLOGIN'), ('attune_worker', 'NOLOGIN'), ('attune_serving', 'LOGIN')
  ) AS roles (name, login) LOOP
    BEGIN
      IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted.name) THEN
        EXECUTE format('CREATE ROLE %I %s NOINHERIT', wanted.name, wanted.login);
      END IF;
    EXCEPTION
      -- Another database of this server was migrated at the same moment.
      WHEN duplicate_object OR unique_violation THEN NULL;
      WHEN insufficient_privilege THEN
        RAISE EXCEPTION 'the role % is missing and this account may not create it: let an administrator of the server run the statements under "Two accounts" in docs/operations.md', wanted.name;
    END;
  END LOOP;

  IF EXISTS (SELECT FROM pg_roles WHERE rolname IN ('attune_member', 'attune_guest', 'attune_worker')
               AND NOT pg_has_role('attune_serving', oid, 'MEMBER')) THEN
    GRANT attune_member, attune_guest, attune_worker TO attune_serving;
  END IF;
  -- An installation with one account for everything takes the roles on as the owner.
  IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
    BEGIN
      GRANT attune_member, attune_guest, attune_worker TO CURRENT_USER;
    EXCEPTION WHEN insufficient_privilege THEN NULL;
    END;
  END IF;
  -- Nothing that a request waits for takes longer, and nothing that hangs keeps its locks.
  BEGIN
    ALTER ROLE attune_serving SET statement_timeout = '30s';
    ALTER ROLE attune_serving SET idle_in_transaction_session_timeout = '60s';
  EXCEPTION WHEN insufficient_privilege THEN NULL;
  END;
END $$;

CREATE FUNCTION current_org() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  RETURN nullif(current_setting('attune.org', true), '')::uuid;
COMMENT ON FUNCTION current_org() IS 'The organisation that this connection was opened for; null when it was opened for none.';

-- Puts a table behind the wall, and says what each role may do with it: a list of privileges as in GRANT, or nothing.
-- Every later migration that makes a table calls it; `attune migrate` raises walls that were forgotten (raise_walls).
CREATE FUNCTION raise_wall(
  wall regclass,
  for_member text DEFAULT 'SELECT, INSERT, UPDATE, DELETE',
  for_guest text DEFAULT '',
  for_worker text DEFAULT ''
) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  key text := CASE WHEN wall = to_regclass('public.organisations') THEN 'id' ELSE 'org_id' END;
  found record;
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', wall);
  EXECUTE format('REVOKE ALL ON %s FROM PUBLIC, attune_member, attune_guest, attune_worker', wall);
  FOR found IN SELECT polname FROM pg_policy WHERE polrelid = wall LOOP
    EXECUTE format('DROP POLICY %I ON %s', found.polname, wall);
  END LOOP;
  -- With FORCE even the owner needs a policy: what migrations and the command line may do can be read like the rest.
  EXECUTE format(
    'CREATE POLICY owner ON %s TO %s USING (true) WITH CHECK (true)',
    wall, (SELECT relowner::regrole FROM pg_class WHERE oid = wall)
  );
  IF for_member <> '' THEN
    EXECUTE format('GRANT %s ON %s TO attune_member', for_member, wall);
    EXECUTE format(
      'CREATE POLICY own_organisation ON %1$s TO attune_member USING (%2$I = current_org()) WITH CHECK (%2$I = current_org())',
      wall, key
    );
  END IF;
  IF for_guest <> '' THEN
    EXECUTE format('GRANT %s ON %s TO attune_guest', for_guest, wall);
    EXECUTE format('CREATE POLICY guest ON %s TO attune_guest USING (true) WITH CHECK (true)', wall);
  END IF;
  IF for_worker <> '' THEN
    EXECUTE format('GRANT %s ON %s TO attune_worker', for_worker, wall);
    EXECUTE format('CREATE POLICY worker ON %s TO attune_worker USING (true) WITH CHECK (true)', wall);
  END IF;
END $$;
COMMENT ON FUNCTION raise_wall(regclass, text, text, text) IS 'Puts a table behind row-level security, with what members, guests and the worker may do with it.';

CREATE FUNCTION raise_walls() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  bare record;
BEGIN
  FOR bare IN
    SELECT c.oid::regclass AS name FROM pg_class c
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'org_id' AND NOT a.attisdropped
     WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND NOT (c.relrowsecurity AND c.relforcerowsecurity)
  LOOP
    PERFORM raise_wall(bare.name);
  END LOOP;
END $$;
COMMENT ON FUNCTION raise_walls() IS 'Puts every table of an organisation that has no wall yet behind one, open to its members only.';

-- What each role needs, and no more. A guest is whoever has not signed in: addresses, sign-ins and secret links of all
-- organisations, and no candidate. The worker sends the letters of all organisations and sweeps.
SELECT raise_wall(to_regclass(name), member, guest, worker) FROM (VALUES
  ('organisations',     'SELECT, UPDATE',                 'SELECT',                               'SELECT'),
  ('members',           'SELECT, INSERT, UPDATE',
     -- Single sign-on makes members as they come.
     CASE WHEN to_regclass('identities') IS NULL THEN 'SELECT, UPDATE (password_hash)'
          ELSE 'SELECT, INSERT, UPDATE (password_hash, password_short)' END,                            ''),
  ('sessions',          'SELECT, INSERT, UPDATE',         'SELECT, INSERT, UPDATE',               'SELECT, DELETE'),
  ('secret_links',      'SELECT, INSERT, UPDATE, DELETE', 'SELECT, UPDATE (used_at), DELETE',     'SELECT, DELETE'),
  ('api_tokens',        'SELECT, INSERT, UPDATE',         'SELECT, UPDATE (used_at)',             ''),
  ('event_heads',       'SELECT, INSERT, UPDATE',         'SELECT, INSERT, UPDATE',               ''),
  ('events',            'SELECT, INSERT',                 'INSERT',                               ''),
  ('letters',           'SELECT, INSERT, UPDATE',         'INSERT',
     'SELECT, UPDATE (state, attempts, lease_id, leased_until, due_at)'),
  ('letter_parts',      'SELECT, INSERT',                 'INSERT',                               'SELECT'),
  ('reminders',         'SELECT, INSERT',                 '',                                     'SELECT, DELETE'),
  ('rubrics',           'SELECT, INSERT, UPDATE, DELETE', '',                                     ''),
  ('rubric_versions',   'SELECT, INSERT, UPDATE, DELETE', '',                                     ''),
  ('jobs',              'SELECT, INSERT, UPDATE',         '',                                     ''),
  ('rounds',            'SELECT, INSERT, UPDATE, DELETE', '',                                     ''),
  ('candidates',        'SELECT, INSERT, UPDATE',         '',                                     ''),
  ('applications',      'SELECT, INSERT, UPDATE',         '',                                     ''),
  ('candidate_imports', 'SELECT, INSERT, UPDATE',         '',                                     'SELECT, DELETE'),
  ('interviews',        'SELECT, INSERT, UPDATE',         '',                                     ''),
  ('seats',             'SELECT, INSERT, UPDATE, DELETE', '',                                     ''),
  ('scorecards',        'SELECT, INSERT, UPDATE',         '',     'SELECT (org_id, id, submitted_at)'),
  ('ratings',           'SELECT, INSERT, UPDATE',         '',                                     ''),
  ('operations',        'SELECT, INSERT',                 '',     'SELECT (org_id, id, scorecard_id), DELETE'),
  ('conflict_copies',   'SELECT, INSERT, UPDATE',         '',                                     ''),
  ('amendments',        'SELECT, INSERT',                 '',                                     ''),
  ('decisions',         'SELECT, INSERT',                 '',                                     ''),
  ('summaries',         'SELECT, INSERT, UPDATE, DELETE', '',                                     ''),
  -- A line of the trail takes along the views that wait, whoever writes it.
  ('views',             'SELECT, INSERT, DELETE',         'SELECT, DELETE',                       'SELECT'),
  ('debriefs',          'SELECT, INSERT, UPDATE',         '',                                     ''),
  ('debrief_scorecards', 'SELECT, INSERT',                '',                                     ''),
  ('second_ratings',    'SELECT, INSERT, UPDATE',         '',                                     ''),
  ('authenticators',    'SELECT, INSERT, UPDATE, DELETE', 'SELECT, UPDATE',                       'SELECT, UPDATE (sealed_secret)'),
  ('recovery_codes',    'SELECT, INSERT, UPDATE, DELETE', 'SELECT, UPDATE',                       ''),
  ('passkeys',          'SELECT, INSERT, UPDATE, DELETE', 'SELECT, UPDATE',                       ''),
  ('identities',        'SELECT, INSERT, UPDATE, DELETE', 'SELECT, INSERT',                       ''),
  ('sign_on_providers', 'SELECT, INSERT, UPDATE, DELETE', 'SELECT',                               'SELECT, UPDATE (sealed_secret)'),
  ('sign_on_domains',   'SELECT, INSERT, UPDATE, DELETE', 'SELECT',                               '')
) AS walls (name, member, guest, worker) WHERE to_regclass(name) IS NOT NULL;

-- Tables of steps between the third and this one that the list above does not name.
SELECT raise_walls();
