//! Candidates: found, added by hand, changed; and what their page must not show.

use attune::{
    domain::{id::CandidateId, medium::Medium, policy::Role},
    store::{self, candidate::Candidate, job::Job},
};

use crate::support::world::{World, newest_events};

async fn world_with_job() -> (World, Job) {
    let world = World::new().await;
    let job = world.job(&world.home, "Support agent").await;
    (world, job)
}

async fn all(world: &World) -> Vec<Candidate> {
    let scope = world.who(Role::Admin).scope();
    store::candidate::list(&mut *world.conn().await, &scope, "", None, 100).await.unwrap().items
}

#[actix_web::test]
async fn a_recruiter_adds_a_candidate_by_hand_and_lands_on_their_page() {
    let (world, job) = world_with_job().await;
    let recruiter = world.who(Role::Recruiter);

    let fields = [
        ("name", "Li Wei 李伟"),
        ("email", " Li.Wei@Example.com "),
        ("phone", "+46 70 1"),
        ("note", "Hears best on the left.\r\n<script>alert(1)</script>"),
    ];
    let answer = world.post(recruiter, &format!("/jobs/{}/candidates", job.id), &fields).await.assert_status(303);

    world
        .get(recruiter, answer.location())
        .await
        .assert_status(200)
        .assert_says("Li Wei 李伟")
        .assert_says("The candidate was added.")
        .assert_says("Applies for Support agent, Oslo.")
        .assert_says("<script>alert(1)</script>")
        .assert_silent_about("<script>alert");
    assert_eq!(all(&world).await[0].email.as_deref(), Some("Li.Wei@example.com"));
}

#[actix_web::test]
async fn an_address_that_is_known_is_offered_and_linked_instead_of_doubled() {
    let (world, job) = world_with_job().await;
    let other = world.job(&world.home, "Team lead").await;
    let recruiter = world.who(Role::Recruiter);
    let person = [("name", "Eva Lind"), ("email", "eva@example.com"), ("phone", ""), ("note", "")];
    world.post(recruiter, &format!("/jobs/{}/candidates", job.id), &person).await.assert_status(303);
    let eva = all(&world).await.remove(0).id.to_string();

    let again = [("name", "E. Lind"), ("email", "EVA@example.com"), ("phone", ""), ("note", "")];
    world
        .post(recruiter, &format!("/jobs/{}/candidates", other.id), &again)
        .await
        .assert_status(409)
        .assert_says("Eva Lind has this email and is already in your organisation. Nothing was added.");
    let path = format!("/jobs/{}/candidates", other.id);
    world.post(recruiter, &path, &[("known", &eva)]).await.assert_status(303);
    world.post(recruiter, &path, &[("known", &eva)]).await.assert_status(303);

    world
        .post(recruiter, &path, &again)
        .await
        .assert_status(422)
        .assert_says("A candidate with this email is already in this job");
    assert_eq!(all(&world).await.len(), 1);
    world.get(recruiter, &format!("/candidates/{eva}")).await.assert_says("Applies for 2 jobs.");
}

#[actix_web::test]
async fn what_cannot_be_a_candidate_is_refused_and_shown_again() {
    let (world, job) = world_with_job().await;
    let long = "李".repeat(4001);
    for (fields, words) in [
        ([("name", " "), ("email", ""), ("note", "")], "Fill this in"),
        ([("name", "Eva"), ("email", "eva at home"), ("note", "")], "Enter an address such as name@example.com"),
        ([("name", "Eva\r\nBcc: x"), ("email", ""), ("note", "")], "This must be a single line"),
        ([("name", "Eva\0"), ("email", ""), ("note", "")], "Remove the invisible control characters"),
        ([("name", "Eva"), ("email", ""), ("note", &long)], "Shorten this to at most 4000 characters"),
    ] {
        world
            .post(world.who(Role::Recruiter), &format!("/jobs/{}/candidates", job.id), &fields)
            .await
            .assert_status(422)
            .assert_says(words);
    }
    assert!(all(&world).await.is_empty());
}

#[actix_web::test]
async fn nobody_comes_into_a_closed_job() {
    let (world, mut job) = world_with_job().await;
    let recruiter = world.who(Role::Recruiter);
    job.id = attune::domain::id::JobId::new();
    job.state = store::job::JobState::Closed;
    store::job::insert(&mut *world.conn().await, &job).await.unwrap();

    world
        .post(recruiter, &format!("/jobs/{}/candidates", job.id), &[("name", "Eva")])
        .await
        .assert_status(409)
        .assert_says("This job is closed.");
    assert!(all(&world).await.is_empty());
}

#[actix_web::test]
async fn a_change_is_kept_and_leaves_a_line_without_personal_data_in_the_trail() {
    let (world, job) = world_with_job().await;
    let recruiter = world.who(Role::Recruiter);
    let eva = world.candidate(&job, "Eva Lind").await.candidate;
    let bo = world.candidate(&job, "Bo Ek").await.candidate;
    let path = format!("/candidates/{}", eva.id);

    world.get(recruiter, &format!("{path}/edit")).await.assert_status(200);
    world.post(recruiter, &path, &[("name", "Eva Lund"), ("email", "eva@example.com")]).await.assert_status(303);
    world
        .post(recruiter, &format!("/candidates/{}", bo.id), &[("name", "Bo"), ("email", "eva@example.com")])
        .await
        .assert_status(422)
        .assert_says("Another candidate has this email");

    world.get(recruiter, &path).await.assert_says("Eva Lund").assert_says("eva@example.com");
    attune::worker::views::gather(&world.pool).await.unwrap();
    let trail = newest_events(&mut *world.conn().await, &recruiter.scope(), 50).await;
    let changed = trail.iter().find(|event| event.action == "candidate.changed").unwrap();
    assert_eq!(changed.detail, serde_json::json!({ "fields": ["name", "email"] }));
    assert!(trail.iter().any(|event| event.action == "candidate.viewed"));
    assert!(!trail.iter().any(|event| event.detail.to_string().contains("Lund")));
}

#[actix_web::test]
async fn candidates_are_found_by_a_part_of_their_name_or_address_page_by_page() {
    let (world, job) = world_with_job().await;
    let recruiter = world.who(Role::Recruiter);
    for name in ["Eva Lind", "李伟", "100%_sure", "Maximiliana von Hohenlohe"] {
        world.candidate(&job, name).await;
    }
    let foreign = world.job(&world.neighbour, "Clerk").await;
    world.candidate(&foreign, "Eva Fjord").await;

    world.get(recruiter, "/candidates").await.assert_says("李伟").assert_silent_about("Eva Fjord");
    world.get(recruiter, "/candidates?q=LIND").await.assert_says("Eva Lind").assert_silent_about("李伟");
    world.get(recruiter, "/candidates?q=%E4%BC%9F").await.assert_says("李伟").assert_silent_about("Eva");
    world.get(recruiter, "/candidates?q=%25_").await.assert_says("100%_sure").assert_silent_about("Eva");
    world.get(recruiter, "/candidates?q=nobody").await.assert_says("Nobody of that name");
    world.get(recruiter, "/candidates?q=%00").await.assert_status(422);

    let scope = recruiter.scope();
    let mut conn = world.conn().await;
    let first = store::candidate::list(&mut conn, &scope, "", None, 3).await.unwrap();
    let rest = store::candidate::list(&mut conn, &scope, "", first.next, 3).await.unwrap();
    assert_eq!((first.items.len(), rest.items.len()), (3, 1));
}

#[actix_web::test]
async fn whoever_runs_no_jobs_adds_and_changes_nobody() {
    let (world, job) = world_with_job().await;
    let applied = world.candidate(&job, "Eva Lind").await;
    for role in [Role::HiringManager, Role::Interviewer, Role::Hr] {
        let who = world.who(role);
        for path in [
            format!("/jobs/{}/candidates/new", job.id),
            format!("/jobs/{}/candidates/import", job.id),
            format!("/candidates/{}/edit", applied.candidate.id),
            format!("/applications/{}/interviews/new", applied.application.id),
        ] {
            world.get(who, &path).await.assert_status(403);
        }
        for path in [format!("/jobs/{}/candidates", job.id), format!("/candidates/{}", applied.candidate.id)] {
            world.post(who, &path, &[("name", "Mallory")]).await.assert_status(403);
        }
    }
    assert_eq!(all(&world).await.len(), 1);
}

#[actix_web::test]
async fn the_neighbours_candidate_and_one_out_of_reach_answer_as_one_that_does_not_exist() {
    let (world, job) = world_with_job().await;
    let foreign = world.job(&world.neighbour, "Clerk").await;
    let theirs = world.candidate(&foreign, "Their Candidate").await;
    let ours = world.candidate(&job, "Eva Lind").await;
    let recruiter = world.who(Role::Recruiter);
    let outsider = world.who(Role::Interviewer);
    let random = CandidateId::new();

    for suffix in ["", "/edit"] {
        let missing = world.get(recruiter, &format!("/candidates/{random}{suffix}")).await.assert_status(404);
        let foreign = world.get(recruiter, &format!("/candidates/{}{suffix}", theirs.candidate.id)).await;
        assert_eq!(missing.words(), foreign.assert_status(404).words());
    }
    world.post(recruiter, &format!("/candidates/{}", theirs.candidate.id), &[("name", "X")]).await.assert_status(404);
    let link = theirs.candidate.id.to_string();
    world.post(recruiter, &format!("/jobs/{}/candidates", job.id), &[("known", &link)]).await.assert_status(404);
    world.post(recruiter, &format!("/jobs/{}/candidates", foreign.id), &[("name", "X")]).await.assert_status(404);
    world.get(outsider, &format!("/candidates/{}", ours.candidate.id)).await.assert_status(404);
    world.get(outsider, "/candidates").await.assert_silent_about("Eva Lind");
}

#[actix_web::test]
async fn a_candidates_page_shows_submitted_evidence_by_dimension_and_no_draft() {
    let (world, job) = world_with_job().await;
    let round = world.round(&job, 1, Medium::Video, &["listening", "growth"]).await;
    let applied = world.candidate(&job, "Eva Lind").await;
    let (one, two) =
        (world.member(&world.home, "Jonas Berg", &[Role::Interviewer]).await, world.who(Role::Interviewer));
    let held = world.interview(&applied, &round, &[&one, two]).await;
    let sealed = world
        .submitted(
            &held.seats[0],
            &[("listening", "4", "Gave the question back"), ("growth", "not_enough_evidence", "")],
        )
        .await;
    world.draft(&held.seats[1], &[("listening", "1", "Draft words")]).await;

    let page = world.get(world.who(Role::Recruiter), &format!("/candidates/{}", applied.candidate.id)).await;

    page.assert_status(200)
        .assert_says("One scorecard")
        .assert_says("Gave the question back")
        .assert_says("Not enough evidence")
        .assert_says("Jonas Berg")
        .assert_silent_about("Draft words");
    assert!(sealed.submitted_at.to_jiff().is_some());
}

#[actix_web::test]
async fn until_a_panel_member_submits_nothing_of_the_others_is_on_any_page_of_theirs() {
    let (world, job) = world_with_job().await;
    let round = world.round(&job, 1, Medium::Video, &["listening"]).await;
    let applied = world.candidate(&job, "Eva Lind").await;
    let other = world.member(&world.home, "Jonas Berg", &[Role::Interviewer]).await;
    // A recruiter on the panel has the widest reach there is.
    let reader = world.who(Role::Recruiter);
    let held = world.interview(&applied, &round, &[&other, reader]).await;
    let pages = [format!("/candidates/{}", applied.candidate.id), format!("/interviews/{}", held.interview.id)];
    let mut before = Vec::new();
    for path in &pages {
        before.push(world.get(reader, path).await.assert_status(200).text());
    }

    let sealed = world.submitted(&held.seats[0], &[("listening", "2", "Interrupted twice")]).await;

    for (path, before) in pages.iter().zip(&before) {
        assert_eq!(&world.get(reader, path).await.text(), before, "{path} changed with another seat");
    }
    world.submitted(&held.seats[1], &[("listening", "4", "Mine")]).await;
    world.get(reader, &pages[0]).await.assert_says("Interrupted twice").assert_says("2 scorecards");
    assert!(world.get(reader, &pages[1]).await.text().contains(&sealed.id.to_string()));
}

#[actix_web::test]
async fn another_round_is_open_while_ones_own_is_not() {
    let (world, job) = world_with_job().await;
    let first = world.round(&job, 1, Medium::Phone, &["listening"]).await;
    let second = world.round(&job, 2, Medium::Video, &["listening"]).await;
    let applied = world.candidate(&job, "Eva Lind").await;
    let other = world.member(&world.home, "Jonas Berg", &[Role::Interviewer]).await;
    let reader = world.who(Role::Interviewer);
    let earlier = world.interview(&applied, &first, &[&other]).await;
    world.submitted(&earlier.seats[0], &[("listening", "3", "From the first round")]).await;
    let own = world.interview(&applied, &second, &[&other, reader]).await;
    world.submitted(&own.seats[0], &[("listening", "5", "From my own round")]).await;

    let page = world.get(reader, &format!("/candidates/{}", applied.candidate.id)).await;

    page.assert_says("From the first round")
        .assert_says("Others' scorecards open when you have submitted yours.")
        .assert_silent_about("From my own round");
}
