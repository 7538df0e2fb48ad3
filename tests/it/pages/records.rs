//! Records, their export, and the trail of it.

use attune::domain::{medium::Medium, policy::Role};

use super::shortlist::Shortlist;
use crate::support::world::{World, newest_events};

async fn world_with_records() -> World {
    let world = World::new().await;
    let job = world.job(&world.home, "Support agent").await;
    let round = world.round(&job, 1, Medium::Video, &["listening", "growth"]).await;
    let amara = world.candidate(&job, "=HYPERLINK(\"http://evil.example\")").await;
    let met = world.interview(&amara, &round, &[world.who(Role::Interviewer), world.who(Role::Hr)]).await;
    world
        .submitted(
            &met.seats[0],
            &[("listening", "4", "Gave \"the question\" back,\nthen answered"), ("growth", "not_enough_evidence", "")],
        )
        .await;

    let other = world.job(&world.neighbour, "Neighbour's job").await;
    let round = world.round(&other, 1, Medium::Phone, &["listening"]).await;
    let applied = world.candidate(&other, "Neighbour's candidate").await;
    let met = world.interview(&applied, &round, &[world.neighbour.who(Role::Interviewer)]).await;
    world.submitted(&met.seats[0], &[("listening", "2", "a secret")]).await;
    world
}

#[actix_web::test]
async fn the_comparisons_file_has_a_row_per_candidate_of_one_job_with_the_fair_score_of_the_page() {
    let world = World::new().await;
    let list = Shortlist::new(&world).await;
    let admin = world.who(Role::Admin);
    let job = list.job.id.to_string();

    let answer = world.post(admin, "/records/exports", &[("job", &job), ("form", "comparison")]).await;
    let without = world.post(admin, "/records/exports", &[("job", ""), ("form", "comparison")]).await;

    let text = answer.assert_status(200).text();
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let place = |name: &str, of: &csv::StringRecord| of.iter().position(|column| column == name).unwrap();
    let columns = reader.headers().unwrap().clone();
    let (fair, plain) = (place("fair_score", &columns), place("plain_mean", &columns));
    let rows = rows(&text);
    assert_eq!(rows.len(), 2);
    assert_eq!((&rows[0][place("candidate", &columns)], &rows[0][plain]), ("Amara Okafor", "4.5000"));
    let score: f64 = rows[0][fair].parse().unwrap();
    assert!((3.5..4.6).contains(&score), "{score}");
    without.assert_status(422).assert_says("Choose a job: a comparison is of one job");
}

fn rows(text: &str) -> Vec<csv::StringRecord> {
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    reader.records().map(Result::unwrap).collect()
}

#[actix_web::test]
async fn the_long_file_has_a_row_per_rating_with_evidence_and_without_formulas_or_zeros() {
    let world = world_with_records().await;
    let admin = world.who(Role::Admin);

    let answer = world.post(admin, "/records/exports", &[("job", ""), ("form", "long")]).await.assert_status(200);

    assert!(answer.header("content-disposition").contains("attachment"));
    let rows = rows(&answer.text());
    assert_eq!(rows.len(), 2);
    let cells: Vec<&str> = rows.iter().flat_map(|row| row.iter()).collect();
    assert!(cells.contains(&"'=HYPERLINK(\"http://evil.example\")"));
    assert!(cells.contains(&"Gave \"the question\" back,\nthen answered"));
    assert!(!cells.contains(&"0") && !answer.text().contains("Neighbour") && !answer.text().contains("secret"));
}

#[actix_web::test]
async fn the_wide_file_has_a_row_per_scorecard_and_each_export_is_in_the_trail() {
    let world = world_with_records().await;
    let admin = world.who(Role::Admin);

    let answer = world.post(admin, "/records/exports", &[("job", ""), ("form", "wide")]).await.assert_status(200);
    assert_eq!(rows(&answer.text()).len(), 1);

    world
        .get(admin, "/events")
        .await
        .assert_says("took a file of records")
        .assert_says("received the whole file")
        .assert_says("sha256");
    world
        .get(admin, "/records")
        .await
        .assert_says("One submitted scorecard in one job.")
        .assert_says("took a file of records");
}

#[actix_web::test]
async fn whoever_sits_on_a_panel_gets_nothing_of_it_before_submitting() {
    let world = world_with_records().await;
    let hr = world.who(Role::Hr);

    let answer = world.post(hr, "/records/exports", &[("job", ""), ("form", "long")]).await.assert_status(200);

    assert_eq!(rows(&answer.text()).len(), 0);
    world.get(hr, "/records").await.assert_says("No scorecard has been submitted yet.");
}

#[actix_web::test]
async fn only_hr_and_admins_take_files_and_a_neighbours_job_answers_as_one_that_does_not_exist() {
    let world = world_with_records().await;
    let theirs = world.job(&world.neighbour, "Another").await;

    for role in [Role::Recruiter, Role::HiringManager, Role::Interviewer] {
        world.post(world.who(role), "/records/exports", &[("job", ""), ("form", "long")]).await.assert_status(403);
        world.get(world.who(role), "/records").await.assert_status(403);
        world.get(world.who(role), "/events").await.assert_status(403);
    }
    let admin = world.who(Role::Admin);
    let neighbour = world.post(admin, "/records/exports", &[("job", &theirs.id.to_string()), ("form", "long")]).await;
    let random =
        world.post(admin, "/records/exports", &[("job", &uuid::Uuid::new_v4().to_string()), ("form", "long")]).await;
    assert_eq!((neighbour.status, &neighbour.bytes), (random.status, &random.bytes));
    neighbour.assert_status(404);
}

#[actix_web::test]
async fn a_file_without_a_form_is_asked_for_again() {
    let world = world_with_records().await;

    world
        .post(world.who(Role::Admin), "/records/exports", &[("job", "")])
        .await
        .assert_status(422)
        .assert_says("One thing to put right");
}

#[actix_web::test]
async fn the_trail_is_numbered_without_gaps_and_chained() {
    let world = world_with_records().await;
    let admin = world.who(Role::Admin);
    for form in ["wide", "long", "wide"] {
        world.post(admin, "/records/exports", &[("job", ""), ("form", form)]).await.assert_status(200);
    }

    let mut conn = world.conn().await;
    let mut events = newest_events(&mut conn, &admin.scope(), 100).await;
    events.reverse();

    assert_eq!(events.len(), 6);
    let mut previous = vec![0; 32];
    for (event, number) in events.iter().zip(1..) {
        assert_eq!(event.number, number);
        assert_eq!(event.previous_hash, previous);
        assert_eq!(event.hash, attune::store::event::hash(event));
        previous = event.hash.clone();
    }
}
