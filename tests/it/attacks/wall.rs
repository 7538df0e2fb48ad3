//! The second wall: with every filter of ours left out, Postgres itself shows an organisation nothing of another's.

use actix_web::http::Method;
use attune::{
    domain::{
        id::{JobId, OrgId},
        policy::Role,
    },
    store::{
        self, Sight, migrations,
        wall::{self, Account},
    },
};
use diesel::{QueryableByName, sql_query, sql_types::BigInt};
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection};

use crate::{
    access::{Walked, routes},
    support::{
        database,
        world::{World, newest_events},
    },
};

#[tokio::test]
async fn every_table_stands_behind_forced_row_level_security_with_the_same_policy_for_members() {
    let world = World::new().await;

    let bare = world
        .rows(
            "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p', 'v', 'm') AND relnamespace = 'public'::regnamespace
               AND relname <> '__diesel_schema_migrations' AND NOT (relrowsecurity AND relforcerowsecurity)",
        )
        .await;
    let odd = world
        .rows(
            "SELECT c.relname, p.polname, pg_get_expr(p.polqual, c.oid) AS shown, pg_get_expr(p.polwithcheck, c.oid) AS kept
               FROM pg_class c
               LEFT JOIN pg_policy p ON p.polrelid = c.oid AND 'attune_member'::regrole = ANY (p.polroles)
              WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND c.relrowsecurity
                AND NOT COALESCE(p.polpermissive AND p.polcmd = '*'
                  AND pg_get_expr(p.polqual, c.oid) = pg_get_expr(p.polwithcheck, c.oid)
                  AND pg_get_expr(p.polqual, c.oid)
                    = CASE c.relname WHEN 'organisations' THEN '(id = current_org())' ELSE '(org_id = current_org())' END, false)",
        )
        .await;
    let for_everybody = world.rows("SELECT polname FROM pg_policy WHERE 0 = ANY (polroles)").await;

    assert!(bare.is_empty(), "let their migration say: SELECT raise_wall('…'); {bare:?}");
    assert!(odd.is_empty(), "{odd:?}");
    assert!(for_everybody.is_empty(), "{for_everybody:?}");
}

#[tokio::test]
async fn the_roles_that_serve_own_nothing_cannot_get_around_the_wall_and_only_add_to_the_trail() {
    let world = World::new().await;

    let strong = world
        .rows(
            "SELECT rolname FROM pg_roles r WHERE rolname IN ('attune_serving', 'attune_member', 'attune_guest', 'attune_worker')
               AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolinherit
                    OR EXISTS (SELECT FROM pg_class WHERE relowner = r.oid) OR EXISTS (SELECT FROM pg_proc WHERE proowner = r.oid))",
        )
        .await;
    let to_the_trail = world
        .rows(
            "SELECT grantee, privilege_type FROM information_schema.role_table_grants
              WHERE table_name = 'events' AND grantee LIKE 'attune\\_%' ORDER BY 1, 2",
        )
        .await;
    let by_itself = world
        .rows(
            "SELECT table_name FROM information_schema.role_table_grants WHERE grantee IN ('attune_serving', 'PUBLIC')
                AND table_schema = 'public'",
        )
        .await;
    let never = world
        .rows(
            "SELECT grantee, table_name, privilege_type FROM information_schema.role_table_grants
              WHERE grantee LIKE 'attune\\_%' AND (privilege_type IN ('TRUNCATE', 'REFERENCES', 'TRIGGER')
                 OR table_name IN ('amendments', 'decisions', 'operations') AND privilege_type IN ('UPDATE', 'DELETE')
                    AND grantee <> 'attune_worker')",
        )
        .await;

    assert!(strong.is_empty(), "{strong:?}");
    let to_the_trail: Vec<_> = to_the_trail
        .iter()
        .map(|row| format!("{} {}", row["grantee"], row["privilege_type"]).replace('"', ""))
        .collect();
    assert_eq!(to_the_trail, ["attune_guest INSERT", "attune_member INSERT", "attune_member SELECT"]);
    assert!(by_itself.is_empty(), "{by_itself:?}");
    assert!(never.is_empty(), "{never:?}");
    assert_eq!(wall::check(&world.url).await.unwrap(), Account::Bounded);
}

#[tokio::test]
async fn a_query_without_a_filter_shows_nothing_of_the_neighbour_and_changes_nothing_of_theirs() {
    let Walked { world, .. } = Walked::new().await;
    fill_the_rest(&world).await;
    let (home, neighbour) = (world.home.org, world.neighbour.org);
    let mut conn = eyes(&world, Sight::Organisation(home)).await;

    for table in tables(&world).await {
        let key = if table == "organisations" { "id" } else { "org_id" };
        let ours =
            count(&mut *world.conn().await, &format!("SELECT count(*) FROM {table} WHERE {key} = '{home}'")).await;
        let theirs =
            count(&mut *world.conn().await, &format!("SELECT count(*) FROM {table} WHERE {key} = '{neighbour}'")).await;
        if FILLED.contains(&table.as_str()) {
            assert!(theirs > 0, "the neighbour has nothing in {table}; fill it for this test");
        }

        assert_eq!(count(&mut conn, &format!("SELECT count(*) FROM {table}")).await, ours, "{table}");
        let named = count(&mut conn, &format!("SELECT count(*) FROM {table} WHERE {key} = '{neighbour}'")).await;
        assert_eq!(named, 0, "{table}, asked for the neighbour's");
        for write in [
            format!("UPDATE {table} SET {key} = {key} WHERE {key} <> '{home}'"),
            format!("DELETE FROM {table} WHERE {key} <> '{home}'"),
            format!("UPDATE {table} SET {key} = '{neighbour}'"),
            format!(
                "INSERT INTO {table} SELECT (jsonb_populate_record(t, '{{\"{key}\": \"{neighbour}\"}}')).* FROM {table} t LIMIT 1"
            ),
            format!("TRUNCATE {table}"),
        ] {
            let outcome = attempt(&mut conn, &write).await;
            assert!(outcome.is_err() || outcome == Ok(0), "{write}: {outcome:?}");
        }
        let after =
            count(&mut *world.conn().await, &format!("SELECT count(*) FROM {table} WHERE {key} = '{neighbour}'")).await;
        assert_eq!(after, theirs, "{table} afterwards");
    }
}

#[tokio::test]
async fn without_an_organisation_nothing_is_shown_and_without_a_role_not_even_that() {
    let Walked { world, .. } = Walked::new().await;
    fill_the_rest(&world).await;
    let mut nobody = eyes(&world, Sight::Organisation(OrgId::new())).await;
    let mut unset = AsyncPgConnection::establish(&world.url).await.unwrap();
    unset.batch_execute("SET ROLE attune_member").await.unwrap();
    let mut bare = AsyncPgConnection::establish(&world.url).await.unwrap();

    for table in tables(&world).await {
        let all = format!("SELECT count(*) FROM {table}");
        assert_eq!(count(&mut nobody, &all).await, 0, "{table}, for an organisation that is not");
        assert_eq!(count(&mut unset, &all).await, 0, "{table}, with no organisation set");
        let denied = attempt(&mut bare, &all).await.unwrap_err();
        assert!(denied.contains("permission denied"), "{table}: {denied}");
    }
}

#[tokio::test]
async fn whoever_is_not_signed_in_reaches_no_candidate_no_rating_and_no_letter() {
    let Walked { world, .. } = Walked::new().await;
    let mut guest = eyes(&world, Sight::Guest).await;
    let mut worker = eyes(&world, Sight::Worker).await;
    let behind_the_doors = [
        "organisations",
        "members",
        "sessions",
        "secret_links",
        "seat_links",
        "api_tokens",
        "event_heads",
        "views",
        "authenticators",
        "recovery_codes",
        "passkeys",
        "identities",
        "sign_on_providers",
        "sign_on_domains",
    ];

    for table in tables(&world).await {
        let seen = attempt(&mut guest, &format!("SELECT 1 FROM {table} LIMIT 1")).await.is_ok();
        assert!(!seen || behind_the_doors.contains(&table.as_str()), "{table}");
    }
    for table in
        ["candidates", "applications", "interviews", "scorecards", "ratings", "amendments", "decisions", "events"]
    {
        assert!(attempt(&mut guest, &format!("SELECT 1 FROM {table}")).await.is_err(), "{table}, for a guest");
        assert!(attempt(&mut worker, &format!("SELECT * FROM {table}")).await.is_err(), "{table}, for the worker");
    }
    assert!(attempt(&mut guest, "UPDATE members SET roles = '{admin}'").await.is_err());
    assert!(attempt(&mut guest, "SELECT subject FROM letters").await.is_err());
    assert!(attempt(&mut worker, "UPDATE letters SET to_address = 'mallory@example.org'").await.is_err());
}

#[tokio::test]
async fn our_own_queries_asked_for_the_neighbour_find_nothing_on_a_connection_of_ones_own() {
    let Walked { world, theirs, .. } = Walked::new().await;
    let scope = world.neighbour.who(Role::Admin).scope();
    let job: JobId = theirs.path("/jobs/{id}")[6..].parse().unwrap();
    let mut right = eyes(&world, Sight::Organisation(world.neighbour.org)).await;
    let mut wrong = eyes(&world, Sight::Organisation(world.home.org)).await;

    for (conn, finds) in [(&mut right, true), (&mut wrong, false)] {
        assert_eq!(store::member::choices(conn, &scope).await.unwrap().is_empty(), !finds);
        assert_eq!(store::organisation::find(conn, &scope).await.is_ok(), finds);
        assert_eq!(store::job::find(conn, &scope, job).await.is_ok(), finds);
        assert_eq!(store::record::jobs(conn, &scope).await.unwrap().is_empty(), !finds);
        let imported = newest_events(conn, &scope, 10).await;
        assert!(imported.iter().all(|event| finds && event.org_id == scope.org));
    }
}

#[tokio::test]
async fn every_page_of_an_organisation_is_empty_when_postgres_shows_another() {
    let Walked { world, theirs, .. } = Walked::new().await;
    let admin = world.neighbour.who(Role::Admin);
    let secrets = ["Amara Okafor", "Support agent", "A letter"];
    let told = async || {
        let mut telling = Vec::new();
        for route in routes().into_iter().filter(|(method, _)| *method == Method::GET).map(|(_, route)| route) {
            let answer = world.get(admin, &theirs.path(&route)).await;
            if secrets.iter().any(|secret| answer.text().contains(secret)) {
                telling.push(route);
            }
        }
        telling
    };

    let before = told().await;
    // Whoever asks is still found; for every other table Postgres shows only the home organisation, whatever is asked.
    let mut owner = world.conn().await;
    for known in ["organisations", "members", "sessions"] {
        let policy = format!("CREATE POLICY found ON {known} TO attune_member USING (true)");
        owner.batch_execute(&policy).await.unwrap();
    }
    let pinned = format!(
        "CREATE OR REPLACE FUNCTION current_org() RETURNS uuid LANGUAGE sql STABLE RETURN '{}'::uuid",
        world.home.org
    );
    owner.batch_execute(&pinned).await.unwrap();
    let after = told().await;

    assert!(before.len() > 10, "{before:?}");
    assert!(after.is_empty(), "these show what another connection's organisation has: {after:?}");
}

#[tokio::test]
async fn a_connection_that_comes_back_from_the_pool_has_forgotten_whose_it_was() {
    let world = World::new().await;
    let pool = store::pool(&world.url, 1).unwrap();
    let members = async |sight| {
        let mut conn = store::connection(&pool, sight).await.unwrap();
        count(&mut conn, "SELECT count(*) FROM members").await
    };
    let (ours, theirs) = (Sight::Organisation(world.home.org), Sight::Organisation(world.neighbour.org));
    let each = i64::try_from(Role::ALL.len()).unwrap();

    assert_eq!(members(ours).await, each);
    assert_eq!(members(theirs).await, each);
    assert_eq!(members(Sight::Organisation(OrgId::new())).await, 0);
    assert_eq!(members(Sight::Guest).await, 2 * each);
    {
        // Left in the middle of a transaction with another role: it does not come back at all.
        let mut conn = store::connection(&pool, ours).await.unwrap();
        conn.batch_execute("BEGIN; SET LOCAL ROLE attune_guest").await.unwrap();
    }
    assert_eq!(members(theirs).await, each);
    let mut owner = store::connection(&pool, Sight::Owner).await.unwrap();
    assert!(attempt(&mut owner, "SELECT 1 FROM members").await.is_err(), "the serving account has no owner to be");
}

#[tokio::test]
async fn connections_that_died_with_the_server_are_replaced_before_anybody_gets_one() {
    let world = World::new().await;
    let pool = store::pool(&world.url, 4).unwrap();
    let sight = Sight::Organisation(world.home.org);
    let all = futures_util::future::join_all((0..4).map(|_| store::connection(&pool, sight))).await;
    drop(all);

    let mut owner = world.conn().await;
    let killed = sql_query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
          WHERE datname = current_database() AND usename = 'attune_serving'",
    )
    .execute(&mut owner)
    .await
    .unwrap();

    assert!(killed >= 4, "{killed}");
    for _ in 0..4 {
        let mut conn = store::connection(&pool, sight).await.unwrap();
        assert!(count(&mut conn, "SELECT count(*) FROM members").await > 0);
    }
}

#[tokio::test]
async fn a_table_that_was_made_without_a_wall_stops_the_start_until_migrating_raises_one() {
    let owner = database::fresh().await;
    let serving = database::serving(&owner);
    let mut conn = AsyncPgConnection::establish(&owner).await.unwrap();
    conn.batch_execute(
        "CREATE TABLE forgotten (org_id uuid, word text); INSERT INTO forgotten VALUES (gen_random_uuid(), 'x')",
    )
    .await
    .unwrap();

    let refused = wall::check(&serving).await.unwrap_err();
    migrations::run(&owner).await.unwrap();

    assert!(refused.to_string().contains("forgotten"), "{refused}");
    assert_eq!(wall::check(&serving).await.unwrap(), Account::Bounded);
    let mut member = AsyncPgConnection::establish(&serving).await.unwrap();
    wall::look(&mut member, Sight::Organisation(OrgId::new())).await.unwrap();
    assert_eq!(count(&mut member, "SELECT count(*) FROM forgotten").await, 0);
    assert_eq!(wall::check(&owner).await.unwrap(), Account::Owning, "the owner's account is told from the serving one");
}

/// The tables that [`Walked`] and [`fill_the_rest`] put a row of each organisation into.
const FILLED: [&str; 26] = [
    "amendments",
    "api_tokens",
    "applications",
    "candidate_imports",
    "candidates",
    "conflict_copies",
    "decisions",
    "event_heads",
    "events",
    "interviews",
    "jobs",
    "letter_parts",
    "letters",
    "members",
    "operations",
    "organisations",
    "ratings",
    "rounds",
    "rubric_versions",
    "rubrics",
    "scorecards",
    "seat_links",
    "seats",
    "secret_links",
    "sessions",
    "summaries",
];

/// A row per organisation in the tables that [`Walked`] leaves empty.
async fn fill_the_rest(world: &World) {
    world
        .conn()
        .await
        .batch_execute(
            "INSERT INTO events SELECT id, 1000000, now(), null, 'a.b', 'a', null, '{}', 'done', '', '\\x00', '\\x00' FROM organisations;
             INSERT INTO event_heads SELECT id, 1, '\\x00' FROM organisations ON CONFLICT DO NOTHING;
             INSERT INTO candidate_imports SELECT org_id, gen_random_uuid(), id, recruiter_id, 'a.csv', 'a', now(), null FROM jobs;
             INSERT INTO secret_links SELECT org_id, gen_random_uuid(), id, 'invitation', sha256(id::text::bytea), now(), now(), null FROM members;
             INSERT INTO seat_links SELECT org_id, gen_random_uuid(), id, sha256(id::text::bytea), now(), now() FROM seats;
             INSERT INTO api_tokens SELECT org_id, gen_random_uuid(), id, 'a', sha256(id::text::bytea), now(), now(), null, null FROM members;
             INSERT INTO letter_parts SELECT org_id, id, 0, null, 'a.txt', 'text/plain', '\\x00' FROM letters;
             INSERT INTO operations SELECT org_id, gen_random_uuid(), id, '\\x00', 200, '{}', now() FROM scorecards;
             INSERT INTO conflict_copies SELECT org_id, gen_random_uuid(), id, 'listening.note', 'a', 0, now(), null FROM scorecards;
             INSERT INTO amendments SELECT k.org_id, gen_random_uuid(), k.id, 'listening', 3, false, 'a', s.member_id, now()
               FROM scorecards k JOIN seats s ON s.org_id = k.org_id AND s.id = k.seat_id;
             INSERT INTO decisions SELECT a.org_id, gen_random_uuid(), a.id, 'hired', 'a', j.recruiter_id, '{}', '', now()
               FROM applications a JOIN jobs j ON j.org_id = a.org_id AND j.id = a.job_id;
             INSERT INTO summaries SELECT org_id, gen_random_uuid(), id, recruiter_id, '[{}]', 'en', '', now(), null, null FROM jobs",
        )
        .await
        .unwrap();
}

async fn tables(world: &World) -> Vec<String> {
    let rows = world
        .rows(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
               AND relname NOT LIKE '\\_\\_%' ORDER BY relname",
        )
        .await;
    let tables: Vec<String> = rows.iter().map(|row| row["relname"].as_str().unwrap().to_owned()).collect();
    assert!(FILLED.iter().all(|table| tables.iter().any(|known| known == table)), "{tables:?}");
    tables
}

async fn eyes(world: &World, sight: Sight) -> AsyncPgConnection {
    let mut conn = AsyncPgConnection::establish(&world.url).await.unwrap();
    wall::look(&mut conn, sight).await.unwrap();
    conn
}

async fn count(conn: &mut AsyncPgConnection, query: &str) -> i64 {
    #[derive(QueryableByName)]
    struct Count {
        #[diesel(sql_type = BigInt)]
        count: i64,
    }
    let count: Count = sql_query(query).get_result(conn).await.unwrap_or_else(|error| panic!("{query}: {error}"));
    count.count
}

/// Runs a statement and takes it back: how many rows it touched, or why it was refused.
async fn attempt(conn: &mut AsyncPgConnection, statement: &str) -> Result<usize, String> {
    conn.batch_execute("BEGIN").await.unwrap();
    let outcome = sql_query(statement).execute(conn).await.map_err(|error| error.to_string());
    conn.batch_execute("ROLLBACK").await.unwrap();
    outcome
}
