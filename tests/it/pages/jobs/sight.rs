//! Who sees which job, and what its pages keep to themselves until a member has submitted.

use attune::{
    domain::{decision::Outcome, id::JobId, medium::Medium, policy::Role},
    store::{self, job::Job},
};
use jiff::ToSpan;

use super::{ALL_RATED, decide, job_with_round};
use crate::support::world::{Who, World};

// ── Who sees what ──

#[actix_web::test]
async fn an_interviewer_and_a_hiring_manager_see_only_their_own_jobs() {
    let world = World::new().await;
    let (own, round) = job_with_round(&world).await;
    let amara = world.candidate(&own, "Amara").await;
    let interviewer = world.who(Role::Interviewer);
    world.interview(&amara, &round, &[interviewer]).await;
    let stranger = world.member(&world.home, "Sigrid Moe", &[Role::Interviewer]).await;
    let manager = world.member(&world.home, "Tor Vik", &[Role::HiringManager]).await;

    for (who, sees) in
        [(interviewer, true), (world.who(Role::HiringManager), true), (&stranger, false), (&manager, false)]
    {
        let list = world.get(who, "/jobs").await.assert_status(200);
        assert_eq!(list.words().contains("Agent"), sees, "{}", who.name);
        world.get(who, &format!("/jobs/{}", own.id)).await.assert_status(if sees { 200 } else { 404 });
    }
    for role in [Role::Admin, Role::Recruiter, Role::Hr] {
        world.get(world.who(role), &format!("/jobs/{}", own.id)).await.assert_status(200);
    }
}

#[actix_web::test]
async fn the_neighbours_job_answers_byte_for_byte_as_one_that_never_was() {
    let world = World::new().await;
    let theirs = world.job(&world.neighbour, "Theirs").await;

    for who in world.home.everybody() {
        for path in ["", "/edit", "/closing"] {
            let known = world.get(who, &format!("/jobs/{}{path}", theirs.id)).await;
            let random = world.get(who, &format!("/jobs/{}{path}", JobId::new())).await;
            assert_eq!(known.status, random.status, "{} {path}", who.name);
            assert_eq!(known.bytes, random.bytes, "{} {path}", who.name);
        }
        for path in ["", "/closing", "/reopening"] {
            let fields = [("title", "Mine now")];
            let known = world.post(who, &format!("/jobs/{}{path}", theirs.id), &fields).await;
            let random = world.post(who, &format!("/jobs/{}{path}", JobId::new()), &fields).await;
            assert_eq!((known.status, &known.bytes), (random.status, &random.bytes), "{} {path}", who.name);
        }
        let copied = world.get(who, &format!("/jobs/new?job={}", theirs.id)).await;
        let random = world.get(who, &format!("/jobs/new?job={}", JobId::new())).await;
        assert_eq!((copied.status, &copied.bytes), (random.status, &random.bytes), "{}", who.name);
        world.get(who, "/jobs").await.assert_silent_about("Theirs");
    }
}

/// Everything a panel member can open here.
async fn seen(world: &World, who: &Who, job: &Job) -> Vec<String> {
    let mut pages = Vec::new();
    for path in ["/".to_owned(), "/jobs".to_owned(), format!("/jobs/{}", job.id), format!("/jobs/{}/closing", job.id)] {
        let page = world.get(who, &path).await;
        pages.push(format!("{} {}", page.status, page.text()));
    }
    pages
}

#[actix_web::test]
async fn until_a_member_submits_nothing_they_see_depends_on_another_seat() {
    let world = World::new().await;
    let (job, round) = job_with_round(&world).await;
    let amara = world.candidate(&job, "Amara").await;
    // Whatever else they are: a recruiter and the hiring manager in a panel are blind like everybody in it.
    let panel = [world.who(Role::Interviewer), world.who(Role::Recruiter), world.who(Role::HiringManager)];
    let interviewed = world.interview_at(&amara, &round, &panel, world.now() - 2.hours()).await;
    let other = world.member(&world.home, "Jonas Berg", &[Role::Interviewer]).await;
    let again = world.interview(&amara, &round, &[&other]).await;
    let mut before = Vec::new();
    for who in panel {
        before.push(seen(&world, who, &job).await);
    }
    assert!(before[0][2].contains("Hidden until you submit yours"));

    // A scorecard of another seat of the same candidate and round, and then a decision.
    world.submitted(&again.seats[0], &ALL_RATED).await;
    for (who, before) in panel.into_iter().zip(&before) {
        assert_eq!(&seen(&world, who, &job).await, before, "{}", who.name);
    }
    decide(&world, amara.application.id, Outcome::Rejected).await;
    for (who, before) in panel.into_iter().zip(&before) {
        assert_eq!(&seen(&world, who, &job).await, before, "{}", who.name);
    }

    // One who has submitted sees the panel as it is.
    world.submitted(&interviewed.seats[0], &ALL_RATED).await;
    let page = world.get(panel[0], &format!("/jobs/{}", job.id)).await;
    page.assert_says("1 of 3 in, due")
        .assert_says("1 of 1 in")
        .assert_says("Rejected")
        .assert_says("2 of 4 scorecards");
}

#[actix_web::test]
async fn another_round_of_the_same_candidate_stays_open_to_see() {
    let world = World::new().await;
    let (job, first) = job_with_round(&world).await;
    let second = world.round(&job, 2, Medium::Video, &["growth"]).await;
    let amara = world.candidate(&job, "Amara").await;
    let interviewer = world.who(Role::Interviewer);
    let done = world.interview(&amara, &first, &[world.who(Role::Recruiter)]).await;
    world.submitted(&done.seats[0], &ALL_RATED).await;
    world.interview(&amara, &second, &[interviewer, world.who(Role::HiringManager)]).await;

    let page = world.get(interviewer, &format!("/jobs/{}", job.id)).await;

    page.assert_says("1 of 1 in").assert_says("Hidden until you submit yours");
}

#[actix_web::test]
async fn without_the_policy_of_blindness_a_panel_sees_what_is_in() {
    let world = World::new().await;
    let (job, round) = job_with_round(&world).await;
    let amara = world.candidate(&job, "Amara").await;
    let interviewer = world.who(Role::Interviewer);
    let interviewed = world.interview(&amara, &round, &[interviewer, world.who(Role::Recruiter)]).await;
    world.submitted(&interviewed.seats[1], &ALL_RATED).await;
    let mut conn = world.conn().await;
    let admin = world.who(Role::Admin).scope();
    let kept = store::organisation::find(&mut conn, &admin).await.unwrap();
    let settings = store::organisation::Settings {
        second_factor_required: false,
        name: kept.name,
        locale: kept.locale,
        time_zone: kept.time_zone,
        blind_until_submitted: false,
        evidence_per_rating: true,
        note_for_extremes: true,
        evidence_hints: true,
        seat_link_days: 5,
        retention_months: 24,
        country: attune::domain::guidance::Country::Se,
    };
    store::organisation::update(&mut conn, &admin, &settings).await.unwrap();

    let page = world.get(interviewer, &format!("/jobs/{}", job.id)).await;

    page.assert_says("1 of 2 in, due").assert_silent_about("Hidden until");
}
