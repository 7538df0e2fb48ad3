//! The trail: it can be taken away and checked by anybody, it names nobody, and no change to it goes unseen.

use std::{fs, process::Command};

use attune::domain::{policy::Role, trail};
use diesel_async::SimpleAsyncConnection;

use crate::support::world::World;

#[tokio::test]
async fn an_exported_trail_is_whole_ends_with_its_own_export_and_is_checked_without_a_database() {
    let world = World::new().await;
    act(&world).await;
    let folder = std::env::temp_dir().join(format!("attune-trail-{}", uuid::Uuid::now_v7()));
    fs::create_dir(&folder).unwrap();
    let (earlier, file, changed) =
        (folder.join("earlier.csv"), folder.join("trail.jsonl"), folder.join("changed.jsonl"));

    let csv = export(&world, "csv").await;
    let jsonl = export(&world, "jsonl").await;
    fs::write(&earlier, &csv).unwrap();
    fs::write(&file, &jsonl).unwrap();
    fs::write(&changed, jsonl.replacen("\"outcome\":\"done\"", "\"outcome\":\"refused\"", 1)).unwrap();

    let checked = trail::check(&jsonl);
    assert_eq!(checked.faults, []);
    assert!(checked.events > 4);
    assert!(jsonl.lines().last().unwrap().contains("event.exported"));
    assert_eq!(trail::check(&csv).events + 1, checked.events, "the later file has one export more");
    let verify = |arguments: &[&std::path::Path]| {
        let output = Command::new(env!("CARGO_BIN_EXE_attune"))
            .arg("verify")
            .args(arguments)
            .current_dir(&folder)
            .env("DATABASE_URL", "postgres://nowhere.invalid/none")
            .output()
            .unwrap();
        let said = [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat();
        (output.status.success(), said)
    };
    let (is_whole, said) = verify(&[&file]);
    assert!(is_whole && said.contains("is whole: events 1 to"), "{said}");
    let (is_whole, said) = verify(&[&file, "--earlier".as_ref(), &earlier]);
    assert!(is_whole, "{said}");
    let (is_whole, said) = verify(&[&changed]);
    assert!(!is_whole && said.contains("line 1: event 1 was changed"), "{said}");
    let (is_whole, said) = verify(&[&folder.join("missing")]);
    assert!(!is_whole && said.contains("cannot be read"), "{said}");
    fs::remove_dir_all(&folder).unwrap();
}

#[tokio::test]
async fn a_line_that_was_changed_deleted_or_put_in_by_the_owner_of_the_database_shows() {
    for tampering in [
        "UPDATE events SET member_id = NULL WHERE number = 2",
        "UPDATE events SET at = at + interval '1 second' WHERE number = 2",
        "DELETE FROM events WHERE number = 2",
        "UPDATE events SET detail = '{\"roles\": []}' WHERE number = 2",
        "UPDATE events SET number = 99 WHERE number = 2; UPDATE events SET number = 2 WHERE number = 3; UPDATE events SET number = 3 WHERE number = 99",
    ] {
        let world = World::new().await;
        act(&world).await;

        world.conn().await.batch_execute(tampering).await.unwrap();

        let faults = trail::check(&export(&world, "jsonl").await).faults;
        assert!(!faults.is_empty(), "{tampering}");
    }
}

#[tokio::test]
async fn the_trail_holds_ids_and_never_names_addresses_or_notes() {
    let world = World::new().await;
    act(&world).await;

    let trail = export(&world, "jsonl").await;

    for personal in ["Zebedee", "Quillfeather", "@", "a private matter", "Old Name", "New Name"] {
        assert!(!trail.contains(personal), "{personal:?} is in the trail");
    }
}

#[tokio::test]
async fn only_who_may_see_the_trail_takes_it_away_and_only_their_own() {
    let world = World::new().await;
    act(&world).await;

    for (role, status) in [(Role::Admin, 200), (Role::Hr, 200), (Role::Recruiter, 403), (Role::Interviewer, 403)] {
        world.post(world.who(role), "/events/exports", &[("form", "jsonl")]).await.assert_status(status);
    }
    let theirs = world.post(world.neighbour.who(Role::Admin), "/events/exports", &[("form", "jsonl")]).await;
    assert_eq!(theirs.text().lines().count(), 1);
    world.post(world.who(Role::Admin), "/events/exports", &[("form", "pdf")]).await.assert_status(422);
}

/// Things that are written into the trail, about people whose names must not be.
async fn act(world: &World) {
    let admin = world.who(Role::Admin);
    let job = world.job(&world.home, "Support agent").await;
    let candidate =
        [("name", "Zebedee Quillfeather"), ("email", "zebedee@quillfeather.example"), ("note", "a private matter")];
    world.post(admin, &format!("/jobs/{}/candidates", job.id), &candidate).await.assert_status(303);
    let member = [("name", "Old Name"), ("email", "old.name@nordlys.example"), ("roles", "interviewer")];
    world.post(admin, "/members", &member).await.assert_status(303);
    world
        .post(admin, "/account", &[("name", "New Name"), ("locale", "en"), ("time_zone", "")])
        .await
        .assert_status(303);
    world.post(None, "/sign-in", &[("email", &admin.email), ("password", "not the password")]).await;
    world.post(admin, "/records/exports", &[("job", ""), ("form", "long")]).await.assert_status(200);
}

async fn export(world: &World, form: &str) -> String {
    let file = world.post(world.who(Role::Hr), "/events/exports", &[("form", form)]).await.assert_status(200);
    assert!(file.header("content-disposition").contains(&format!(".{form}\"")));
    file.text()
}
