-- Takes the wall down. The roles stay: they belong to the server, and another database may use them.
DO $$
DECLARE
  wall record;
  found record;
BEGIN
  FOR wall IN
    SELECT c.oid::regclass AS name FROM pg_class c
     WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND c.relrowsecurity
  LOOP
    FOR found IN SELECT polname FROM pg_policy WHERE polrelid = wall.name LOOP
      EXECUTE format('DROP POLICY %I ON %s', found.polname, wall.name);
    END LOOP;
    EXECUTE format('ALTER TABLE %s DISABLE ROW LEVEL SECURITY, NO FORCE ROW LEVEL SECURITY', wall.name);
    EXECUTE format('REVOKE ALL ON %s FROM attune_member, attune_guest, attune_worker', wall.name);
  END LOOP;
END $$;
DROP FUNCTION raise_walls();
DROP FUNCTION raise_wall(regclass, text, text, text);
DROP FUNCTION current_org();
