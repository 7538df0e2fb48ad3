//! The summary by mail: what was previewed is what is sent, and nobody reads what they must not see yet.

use attune::{
    domain::{letter::LetterState, policy::Role},
    store,
};

use super::shortlist::{Shortlist, count, hidden_field, ratings};
use crate::support::world::{Who, World, newest_events};

fn base(list: &Shortlist) -> String {
    format!("/jobs/{}/summaries", list.job.id)
}

/// Writes one to HR and an outside address; its path.
async fn written(world: &World, who: &Who, list: &Shortlist) -> String {
    let hr = world.who(Role::Hr).id.to_string();
    let fields = [
        ("members", hr.as_str()),
        ("addresses", "board@owner.example\r\n"),
        ("note", "Could we meet on Thursday?"),
        ("locale", "sv"),
    ];
    let answer = world.post(who, &base(list), &fields).await.assert_status(303);
    answer.location().to_owned()
}

#[actix_web::test]
async fn what_was_previewed_is_what_is_sent_to_everybody_chosen() {
    let world = World::new().await;
    let list = Shortlist::new(&world).await;
    let manager = world.who(Role::HiringManager);
    let path = written(&world, manager, &list).await;

    let preview = world.get(manager, &path).await.assert_status(200);
    let digest = hidden_field(&preview, "digest");
    let frame = world.get(manager, &format!("{path}/letter?digest={digest}")).await.assert_status(200);
    let text = world.get(manager, &format!("{path}?part=text")).await.assert_status(200);
    let sent = world.post(manager, &format!("{path}/sending"), &[("digest", &digest)]).await.assert_status(303);

    assert!(frame.header("content-security-policy").starts_with("default-src 'none'; style-src 'unsafe-inline'"));
    assert!(frame.text().contains("data:image/png;base64,") && frame.text().contains("Could we meet on Thursday?"));
    preview.assert_says("hiring manager <hiring.manager@nordlys.example>").assert_says("board@owner.example");
    let mut conn = world.conn().await;
    let letters = store::letter::list(&mut conn, &world.who(Role::Admin).scope(), &[LetterState::Waiting], None, 10)
        .await
        .unwrap()
        .items;
    assert_eq!(letters.len(), 2);
    for kept in &letters {
        let (_, words) = store::letter::find(&mut conn, &world.who(Role::Admin).scope(), kept.id).await.unwrap();
        assert_eq!(words.standalone_html().replacen("<head>", "<head><base target=\"_blank\">", 1), frame.text());
        assert!(text.text().contains("Jämförelse") || words.text.contains("Amara Okafor"));
        assert_eq!(words.reply_to.unwrap().address().as_str(), manager.email);
        assert_eq!((kept.kind.as_str(), kept.object_id), ("summary", Some(list.job.id.0)));
    }
    let line = &newest_events(&mut conn, &manager.scope(), 1).await[0];
    assert_eq!((line.action.as_str(), line.detail["recipients"].as_i64()), ("summary.sent", Some(2)));
    world.get(manager, sent.location()).await.assert_says("The letters to 2 people are on their way.");
    world.get(manager, &format!("{}/new", base(&list))).await.assert_says("hiring manager to hr, board@owner.example");
}

#[actix_web::test]
async fn a_letter_that_would_read_differently_now_is_not_sent_and_the_new_one_is_shown() {
    let world = World::new().await;
    let list = Shortlist::new(&world).await;
    let manager = world.who(Role::HiringManager);
    let path = written(&world, manager, &list).await;
    let digest = hidden_field(&world.get(manager, &path).await, "digest");
    let late = world.candidate(&list.job, "Ingrid Dahl").await;
    let interview = world.interview(&late, &list.round, &[&list.kim]).await;
    world.submitted(&interview.seats[0], &ratings("3")).await;

    let refused = world.post(manager, &format!("{path}/sending"), &[("digest", &digest)]).await.assert_status(409);
    world.get(manager, &format!("{path}/letter?digest={digest}")).await.assert_status(409);

    assert_eq!(count(&world, "letters").await, 0);
    let fresh = hidden_field(&refused, "digest");
    refused.assert_says("Something in the letter has changed since you previewed it, so nothing was sent.");
    let frame = world.get(manager, &format!("{path}/letter?digest={fresh}")).await.assert_status(200);
    frame.assert_says("Ingrid Dahl").assert_says("Could we meet on Thursday?");
    world.post(manager, &format!("{path}/sending"), &[("digest", &fresh)]).await.assert_status(303);
    assert_eq!(count(&world, "letters").await, 2);
}

#[actix_web::test]
async fn pressing_send_twice_sends_once() {
    let world = World::new().await;
    let list = Shortlist::new(&world).await;
    let manager = world.who(Role::HiringManager);
    let path = written(&world, manager, &list).await;
    let digest = hidden_field(&world.get(manager, &path).await, "digest");

    for _ in 0..2 {
        world.post(manager, &format!("{path}/sending"), &[("digest", &digest)]).await.assert_status(303);
    }

    assert_eq!(count(&world, "letters").await, 2);
    assert_eq!(count(&world, "summaries").await, 1);
}

#[actix_web::test]
async fn whoever_has_a_scorecard_to_submit_gets_no_summary_by_whatever_spelling_and_sends_none() {
    let world = World::new().await;
    let list = Shortlist::new(&world).await;
    let manager = world.who(Role::HiringManager);
    let noor = world.member(&world.home, "Noor Haddad", &[Role::Interviewer]).await;
    let interview = world.interview(&list.wei, &list.round, &[&noor]).await;
    let id = noor.id.to_string();

    for field in [("members", id.as_str()), ("addresses", "NOOR.Haddad@Nordlys.Example")] {
        let fields = [field, ("note", "Kept words"), ("locale", "en")];
        let answer = world.post(manager, &base(&list), &fields).await.assert_status(422);
        answer.assert_says("Noor Haddad has a scorecard of this job to submit").assert_says("Kept words");
    }
    world.submitted(&interview.seats[0], &ratings("3")).await;
    let fields = [("members", id.as_str()), ("locale", "en")];
    let path = world.post(manager, &base(&list), &fields).await.assert_status(303).location().to_owned();
    let digest = hidden_field(&world.get(manager, &path).await, "digest");

    // A seat that came after the preview counts too; its interview is not due, so the letter would read the same.
    let tomorrow = world.now() + jiff::SignedDuration::from_hours(24);
    world.interview_at(&list.wei, &list.round, &[&noor], tomorrow).await;
    let late = world.post(manager, &format!("{path}/sending"), &[("digest", &digest)]).await.assert_status(409);
    late.assert_says("Noor Haddad has a scorecard of this job to submit");
    assert_eq!(count(&world, "letters").await, 0);

    world.interview(&list.amara, &list.round, &[manager]).await;
    world.get(manager, &format!("{}/new", base(&list))).await.assert_status(409).assert_says("Submit it first");
    world.get(manager, &path).await.assert_status(409);
}

#[actix_web::test]
async fn recipients_are_few_real_and_each_once() {
    let world = World::new().await;
    let list = Shortlist::new(&world).await;
    let manager = world.who(Role::HiringManager);
    let many: String = (0..21).map(|n| format!("person{n}@owner.example\n")).collect();
    let hr = world.who(Role::Hr);

    for (field, words) in [
        (("addresses", ""), "Choose at least one person"),
        (("addresses", "not an address"), "“not an address” is not a mail address"),
        (("addresses", many.as_str()), "At most 20 people can get one summary"),
        (("members", "8c1c2f9e-0000-7000-8000-000000000000"), "Choose one of the options"),
    ] {
        world.post(manager, &base(&list), &[field, ("locale", "en")]).await.assert_status(422).assert_says(words);
    }
    let id = hr.id.to_string();
    let twice = [("members", id.as_str()), ("addresses", hr.email.as_str()), ("locale", "en")];
    let path = world.post(manager, &base(&list), &twice).await.assert_status(303).location().to_owned();

    world.get(manager, &path).await.assert_says("One person gets the letter exactly as it stands below.");
    let changed = world.get(manager, &format!("{}/new?from={}", base(&list), path.rsplit('/').next().unwrap())).await;
    let ticked = scraper::Selector::parse("input[name=members][checked]").unwrap();
    assert_eq!(changed.html().select(&ticked).count(), 1);
}

#[actix_web::test]
async fn only_the_jobs_hiring_manager_and_admins_send_and_nobody_opens_anothers_preview() {
    let world = World::new().await;
    let list = Shortlist::new(&world).await;
    let manager = world.who(Role::HiringManager);
    let other = world.member(&world.home, "Other Manager", &[Role::HiringManager]).await;
    let path = written(&world, manager, &list).await;
    let digest = hidden_field(&world.get(manager, &path).await, "digest");

    for (who, status) in [
        (world.who(Role::Interviewer), 403),
        (world.who(Role::Recruiter), 403),
        (world.who(Role::Hr), 403),
        (&other, 404),
        (world.who(Role::Admin), 404),
        (world.neighbour.who(Role::Admin), 404),
    ] {
        world.get(who, &path).await.assert_status(status);
        world.get(who, &format!("{path}/letter?digest={digest}")).await.assert_status(status);
        world.post(who, &format!("{path}/sending"), &[("digest", &digest)]).await.assert_status(status);
    }
    assert_eq!(count(&world, "letters").await, 0);
}
