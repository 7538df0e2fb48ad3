//! Candidates from a CSV file: every row explained, nothing half-imported, nothing twice.

use actix_web::test::TestRequest;
use attune::{
    domain::policy::Role,
    store::{self, job::Job},
};

use crate::support::world::{Answer, Who, World, newest_events};

async fn upload(world: &World, who: &Who, job: &Job, bytes: &[u8]) -> Answer {
    let mut body = b"--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"people.csv\"\r\n\r\n".to_vec();
    body.extend(bytes);
    body.extend(b"\r\n--b--\r\n");
    let request = TestRequest::post()
        .uri(&format!("/jobs/{}/candidates/import", job.id))
        .insert_header(("sec-fetch-site", "same-origin"))
        .insert_header(("content-type", "multipart/form-data; boundary=b"))
        .set_payload(body);
    world.send(Some(who), request).await
}

async fn names(world: &World) -> Vec<String> {
    let scope = world.who(Role::Admin).scope();
    let found = store::candidate::list(&mut *world.conn().await, &scope, "", None, 5000).await.unwrap();
    found.items.into_iter().map(|candidate| candidate.name).collect()
}

#[actix_web::test]
async fn a_file_is_looked_at_then_imported_once() {
    let world = World::new().await;
    let job = world.job(&world.home, "Support agent").await;
    let recruiter = world.who(Role::Recruiter);

    let preview = upload(&world, recruiter, &job, "namn;e-post\nÅsa Ek;asa@example.com\n李伟;\n".as_bytes())
        .await
        .assert_status(303);
    let path = preview.location().to_owned();
    world.get(recruiter, &path).await.assert_status(200).assert_says("Åsa Ek").assert_says("Import 2 candidates");
    assert!(names(&world).await.is_empty());

    world.post(recruiter, &path, &[]).await.assert_status(303);
    world.post(recruiter, &path, &[]).await.assert_status(303);
    world.get(recruiter, &path).await.assert_says("2 new candidates came into the job.");
    assert_eq!(names(&world).await.len(), 2);
    let trail = newest_events(&mut *world.conn().await, &recruiter.scope(), 50).await;
    assert_eq!(trail.iter().filter(|event| event.action == "candidate.imported").count(), 1);
}

#[actix_web::test]
async fn two_confirmations_at_once_import_once() {
    let world = World::new().await;
    let job = world.job(&world.home, "Support agent").await;
    let recruiter = world.who(Role::Recruiter);
    let path = upload(&world, recruiter, &job, b"name\nEva\nBo\n").await.location().to_owned();

    let (one, two) = tokio::join!(world.post(recruiter, &path, &[]), world.post(recruiter, &path, &[]));

    one.assert_status(303);
    two.assert_status(303);
    assert_eq!(names(&world).await, ["Bo", "Eva"]);
}

#[actix_web::test]
async fn every_row_says_what_will_become_of_it() {
    let world = World::new().await;
    let job = world.job(&world.home, "Support agent").await;
    let other = world.job(&world.home, "Team lead").await;
    let recruiter = world.who(Role::Recruiter);
    for (job, name, email) in [(&job, "Here Already", "here@example.com"), (&other, "Eva Lind", "eva@example.com")] {
        let fields = [("name", name), ("email", email)];
        world.post(recruiter, &format!("/jobs/{}/candidates", job.id), &fields).await.assert_status(303);
    }
    world.candidate(&job, "No Address").await;
    let neighbours = world.job(&world.neighbour, "Clerk").await;
    world.candidate(&neighbours, "Foreign").await;

    let file = "name,email,city\nHere,HERE@example.com,\nE. Lind,eva@example.com,\nno address,,\nNew One,new@example.com,\nForeign,,\n,nameless@example.com,\n=HYPERLINK(\"x\"),bad,\n";
    let path = upload(&world, recruiter, &job, file.as_bytes()).await.assert_status(303).location().to_owned();

    world
        .get(recruiter, &path)
        .await
        .assert_says("2 new candidates would come into the job. So would one whom you already know. 2 are in it already. 2 rows cannot be read.")
        .assert_says("One column is not read: “city”")
        .assert_says("Known, added to this job Is Eva Lind")
        .assert_says("7 Not given nameless@example.com Cannot be imported The name is missing")
        .assert_says("The email is not an address")
        .assert_says("=HYPERLINK(\"x\")");
    world
        .post(recruiter, &path, &[])
        .await
        .assert_status(422)
        .assert_says("Nothing was imported: leave out the bad rows, or put them right in the file");
    assert_eq!(names(&world).await.len(), 3);
    world.post(recruiter, &path, &[("leave_out_bad", "on")]).await.assert_status(303);
    assert_eq!(names(&world).await.len(), 5);
    world.get(recruiter, &path).await.assert_says("2 rows were left out.");
}

#[actix_web::test]
async fn a_file_that_cannot_be_read_is_refused_with_its_reason() {
    let world = World::new().await;
    let job = world.job(&world.home, "Support agent").await;
    let large = format!("name\n{}", "x\n".repeat(600_000));
    let rows = format!("name\n{}", (0..2001).map(|n| format!("Candidate {n}\n")).collect::<String>());
    for (bytes, words) in [
        (b"" as &[u8], "Choose a file"),
        (b"name\n", "The file has no rows with candidates"),
        (b"namn\n\xc5sa\n", "Save it as “CSV UTF-8”"),
        (b"PK\x03\x04zip bomb", "This is not a text file"),
        (b"Eva;eva@example.com\n", "No column is called name"),
        (b"name\n\"Eva\n", "A quotation mark on line 2 is never closed"),
        (large.as_bytes(), "The file is larger than 1024 kB"),
        (rows.as_bytes(), "The file has 2001 rows; 2000 can be imported at once"),
        (&[b'x'; 5 * 1024 * 1024], "It may be far too large"),
    ] {
        upload(&world, world.who(Role::Recruiter), &job, bytes).await.assert_status(422).assert_says(words);
    }
    assert!(names(&world).await.is_empty());
}

#[actix_web::test]
async fn two_thousand_rows_come_in_at_once() {
    let world = World::new().await;
    let job = world.job(&world.home, "Support agent").await;
    let recruiter = world.who(Role::Recruiter);
    let rows: String = (0..2000).map(|n| format!("Candidate {n},c{n}@example.com\n")).collect();
    let path = upload(&world, recruiter, &job, format!("name,email\n{rows}").as_bytes()).await.location().to_owned();

    world.post(recruiter, &path, &[]).await.assert_status(303);

    assert_eq!(names(&world).await.len(), 2000);
}

#[actix_web::test]
async fn a_file_belongs_to_who_gave_it_and_to_its_job() {
    let world = World::new().await;
    let job = world.job(&world.home, "Support agent").await;
    let other = world.job(&world.home, "Team lead").await;
    let path =
        upload(&world, world.who(Role::Recruiter), &job, b"name\nEva\n").await.assert_status(303).location().to_owned();
    let elsewhere = path.replace(&job.id.to_string(), &other.id.to_string());

    for (who, path) in [
        (world.who(Role::Admin), &path),
        (world.neighbour.who(Role::Recruiter), &path),
        (world.who(Role::Recruiter), &elsewhere),
    ] {
        world.get(who, path).await.assert_status(404);
        world.post(who, path, &[]).await.assert_status(404);
    }
    for role in [Role::HiringManager, Role::Interviewer, Role::Hr] {
        world.post(world.who(role), &path, &[]).await.assert_status(403);
    }
    upload(&world, world.neighbour.who(Role::Recruiter), &job, b"name\nEva\n").await.assert_status(404);
    assert!(names(&world).await.is_empty());
}

#[actix_web::test]
async fn the_example_is_a_file_that_can_be_imported() {
    let world = World::new().await;
    let job = world.job(&world.home, "Support agent").await;
    let recruiter = world.who(Role::Recruiter);

    let sample =
        world.get(recruiter, &format!("/jobs/{}/candidates/import/sample.csv", job.id)).await.assert_status(200);
    let path = upload(&world, recruiter, &job, &sample.bytes).await.assert_status(303).location().to_owned();

    world.get(recruiter, &path).await.assert_says("Lindqvist, Erik").assert_says("Import 2 candidates");
}
