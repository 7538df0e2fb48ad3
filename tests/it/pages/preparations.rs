//! The page before the interview, and what was agreed so that a candidate can take part.

use attune::domain::{medium::Medium, policy::Role};

use crate::support::world::World;

#[actix_web::test]
async fn the_preparation_shows_questions_times_and_rules_and_opens_no_scorecard() {
    let world = World::new().await;
    let job = world.job(&world.home, "Support agent").await;
    let round = world.round(&job, 1, Medium::Video, &["listening", "growth"]).await;
    let applied = world.candidate(&job, "Amara Okafor").await;
    let interviewer = world.who(Role::Interviewer);
    let met = world.interview(&applied, &round, &[interviewer]).await;
    world.sql("UPDATE candidates SET pronunciation = 'ah-MAH-ra'").await;

    let page = world.get(interviewer, &format!("/interviews/{}/preparation", met.interview.id)).await;

    // 45 minutes from 8:00 in Stockholm: five for the welcome, 18 and 17 for the dimensions, five for the end.
    page.assert_status(200)
        .assert_says("Prepare: Amara Okafor")
        .assert_says("Support agent, Oslo, Round 1")
        .assert_says("ah-MAH-ra")
        .assert_says("08:00 Welcome 5 min")
        .assert_says("08:05 Listening 18 min")
        .assert_says("08:23 Growth 17 min")
        .assert_says("08:40 The candidate's questions 5 min")
        .assert_says("The rules in Sweden")
        .assert_says("Diskrimineringslag (2008:567)");
    assert_eq!(world.rows("SELECT id FROM scorecards").await.len(), 0);
}

#[actix_web::test]
async fn the_rules_are_those_of_the_organisations_country() {
    let world = World::new().await;
    let job = world.job(&world.home, "Support agent").await;
    let round = world.round(&job, 1, Medium::Video, &["listening"]).await;
    let applied = world.candidate(&job, "Amara Okafor").await;
    let interviewer = world.who(Role::Interviewer);
    let met = world.interview(&applied, &round, &[interviewer]).await;
    let path = format!("/interviews/{}/preparation", met.interview.id);

    for (country, law) in [
        ("NO", "Likestillings- og diskrimineringsloven § 30 a"),
        ("GB", "Equality Act 2010, section 60"),
        ("US", "42 U.S.C. § 12112(d)(2)"),
        ("EU", "Directive 2000/43/EC"),
    ] {
        world.sql(&format!("UPDATE organisations SET country = '{country}'")).await;
        world.get(interviewer, &path).await.assert_says(law).assert_silent_about("Diskrimineringslag");
    }
}

#[actix_web::test]
async fn the_next_interviewer_reads_notes_of_earlier_rounds_only_when_they_are_submitted() {
    let world = World::new().await;
    let job = world.job(&world.home, "Support agent").await;
    let first = world.round(&job, 1, Medium::Phone, &["listening"]).await;
    let second = world.round(&job, 2, Medium::Video, &["growth"]).await;
    let applied = world.candidate(&job, "Amara Okafor").await;
    let (interviewer, hr) = (world.who(Role::Interviewer), world.who(Role::Hr));
    let (recruiter, admin) = (world.who(Role::Recruiter), world.who(Role::Admin));
    let earlier = world.interview(&applied, &first, &[hr, recruiter]).await;
    let now = world.interview(&applied, &second, &[interviewer, admin]).await;
    let submitted = world.submitted(&earlier.seats[0], &[("listening", "4", "a note")]).await;
    world.write_next_note(&submitted, "Ask about the night shifts.").await;
    let draft = world.draft(&earlier.seats[1], &[("listening", "2", "")]).await;
    world.write_next_note(&draft, "Only half a thought").await;
    let beside = world.submitted(&now.seats[1], &[("growth", "2", "")]).await;
    world.write_next_note(&beside, "I was not convinced").await;

    let page = world.get(interviewer, &format!("/interviews/{}/preparation", now.interview.id)).await;

    page.assert_status(200)
        .assert_says("Ask about the night shifts.")
        .assert_silent_about("Only half a thought")
        .assert_silent_about("I was not convinced");
}

#[actix_web::test]
async fn only_the_panel_prepares() {
    let world = World::new().await;
    let job = world.job(&world.home, "Support agent").await;
    let round = world.round(&job, 1, Medium::Video, &["listening"]).await;
    let applied = world.candidate(&job, "Amara Okafor").await;
    let met = world.interview(&applied, &round, &[world.who(Role::Interviewer)]).await;
    let path = format!("/interviews/{}/preparation", met.interview.id);

    for role in [Role::HiringManager, Role::Hr, Role::Admin] {
        world.get(world.who(role), &path).await.assert_status(404);
    }
    world.get(world.neighbour.who(Role::Interviewer), &path).await.assert_status(404);
}

#[actix_web::test]
async fn what_was_agreed_is_written_by_recruiters_read_by_the_panel_and_by_nobody_else() {
    let world = World::new().await;
    let job = world.job(&world.home, "Support agent").await;
    let round = world.round(&job, 1, Medium::Video, &["listening"]).await;
    let applied = world.candidate(&job, "Amara Okafor").await;
    let (recruiter, interviewer) = (world.who(Role::Recruiter), world.who(Role::Interviewer));
    let met = world.interview(&applied, &round, &[interviewer]).await;
    let path = format!("/applications/{}/accommodation", applied.application.id);
    let agreed = "Send the questions the day before.";

    world.get(recruiter, &path).await.assert_status(200).assert_says("Write what to do, not why");
    world.post(recruiter, &path, &[("seen", ""), ("accommodation", agreed)]).await.assert_status(303);

    let (candidate, interview) = (applied.candidate.id, met.interview.id);
    for page in [
        format!("/candidates/{candidate}"),
        format!("/interviews/{interview}/preparation"),
        format!("/interviews/{interview}/kit/listening"),
    ] {
        world.get(interviewer, &page).await.assert_status(200).assert_says(agreed).assert_says("It must not count");
    }
    world.get(recruiter, &format!("/candidates/{candidate}")).await.assert_says(agreed);
    for role in [Role::HiringManager, Role::Hr] {
        let page = world.get(world.who(role), &format!("/candidates/{candidate}")).await;
        page.assert_status(200).assert_silent_about(agreed);
        world.get(world.who(role), &format!("/interviews/{interview}")).await.assert_silent_about(agreed);
        world.get(world.who(role), &path).await.assert_status(403);
    }
    assert!(
        world.rows("SELECT * FROM events").await.iter().all(|event| !event.to_string().contains("questions the day"))
    );

    // Somebody who read it before the change is shown both.
    let late = world.post(recruiter, &path, &[("seen", ""), ("accommodation", "A quiet room.")]).await;
    late.assert_status(409).assert_says(agreed).assert_says("A quiet room.");
}
