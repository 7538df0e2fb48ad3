//! The kit as it is opened: what it shows, at which dimension, in which language, and what the device may keep of it.

use attune::domain::{medium::Medium, policy::Role, rubric};
use jiff::SignedDuration;

use super::{Panel, borrowed};
use crate::support::{
    scenario::DIMENSIONS,
    world::{Answer, World},
};

#[actix_web::test]
async fn the_timer_says_when_the_interview_starts_and_then_since_when_it_counts() {
    let panel = Panel::new().await;
    let world = &panel.world;
    let job = world.job(&world.home, "Agent").await;
    let round = world.round(&job, 1, Medium::Phone, &["listening"]).await;
    let candidate = world.candidate(&job, "Li Wei").await;
    let in_two_hours = world.now() + SignedDuration::from_hours(2);
    let met = world.interview_at(&candidate, &round, &[panel.me()], in_two_hours).await;
    let kit = format!("/interviews/{}/kit/listening", met.interview.id);
    let open = async || world.get(panel.me(), &kit).await.assert_status(200);

    // Opened at nine to prepare for eleven.
    open().await.assert_says("starts 11:00 · 45 min");

    world.clock.advance(SignedDuration::from_mins(125));
    let page = open().await.assert_says("05:00 of 45 min");
    assert_eq!(page.attribute("#timer", "aria-label"), "Since the planned start at 11:00");

    world.clock.advance(SignedDuration::from_hours(9));
    assert!(!open().await.has("#timer"));

    let page = panel.page("/listening").await;
    world.clock.advance(SignedDuration::from_mins(7));
    assert_eq!(page.attribute("#timer", "aria-label"), "Since you opened the kit at 20:05");
    panel.page("/listening").await.assert_says("07:00 of 45 min");
}

#[actix_web::test]
async fn the_kit_shows_question_probes_indicators_of_the_medium_anchors_and_who_is_interviewed() {
    let panel = Panel::new().await;
    let attitude = rubric::builtin().dimension("attitude").unwrap();

    let page = panel.page("/attitude").await;

    let words = page.words();
    for said in [
        "Amara Okafor",
        "Customer support agent",
        "Round 1",
        "of 45 min",
        "0 of 6 rated",
        attitude.questions[0].text.in_language("en"),
        attitude.questions[0].probes[0].in_language("en"),
        attitude.anchors[&5].in_language("en"),
        attitude.anchors[&1].in_language("en"),
        "Not enough evidence",
        "Scores of other interviewers stay hidden until you submit yours.",
        "← Communication",
        "Problem solving →",
    ] {
        assert!(words.contains(said), "{said:?} is not in {words}");
    }
    for indicator in &attitude.indicators {
        let shown = page.has(&format!("input[name=tick][value='{}']", indicator.key));
        assert_eq!(shown, indicator.media.contains(&Medium::Video), "{}", indicator.key);
    }
    assert_eq!(page.header("cache-control"), "no-store");
}

#[actix_web::test]
async fn the_kit_resumes_at_the_first_dimension_without_a_rating_and_then_at_the_review() {
    let panel = Panel::new().await;
    let scorecard = panel.scorecard().await;

    let first = panel.world.get(panel.me(), &panel.path("")).await.assert_status(302);
    panel.save(&scorecard, "listening.rating", 0, "3").await.assert_status(200);
    let second = panel.world.get(panel.me(), &panel.path("")).await.assert_status(302);
    for dimension in &DIMENSIONS[1..] {
        panel.save(&scorecard, &format!("{dimension}.rating"), 0, "not_enough_evidence").await.assert_status(200);
    }
    let last = panel.world.get(panel.me(), &panel.path("")).await.assert_status(302);

    assert_eq!(first.location(), panel.path("/listening"));
    assert_eq!(second.location(), panel.path("/communication"));
    assert_eq!(last.location(), panel.path("/review"));
}

#[actix_web::test]
async fn two_tabs_that_open_the_kit_at_once_get_the_same_scorecard() {
    let panel = Panel::new().await;

    let path = panel.path("/growth");
    let open = || panel.world.get(panel.me(), &path);
    let (one, other) = futures_util::future::join(open(), open()).await;

    let id = |answer: Answer| answer.assert_status(200).attribute("form#kit", "data-scorecard");
    assert_eq!(id(one), id(other));
}

#[actix_web::test]
async fn the_questions_are_read_in_the_language_that_is_asked_for() {
    let panel = Panel::new().await;
    let question = &rubric::builtin().dimension("listening").unwrap().questions[0];

    let swedish = panel.page("/listening?language=sv").await;

    assert!(swedish.words().contains(question.text.in_language("sv")));
    assert!(swedish.has("[lang=sv] .q"), "a screen reader must know the language");
    assert!(swedish.words().contains("Rate what you heard"), "the page itself stays in the member's language");
    assert_eq!(swedish.attribute("button[value=communication]", "data-href"), panel.path("/communication?language=sv"));
    let fields = swedish.fields(&[("note", "in between"), ("to_language", "en")]);
    let back = panel.world.post(panel.me(), &swedish.attribute("form#kit", "action"), &borrowed(&fields)).await;
    assert_eq!(back.assert_status(303).location(), panel.path("/listening"), "the switch keeps what was typed");
    panel.page("/listening").await.assert_says("in between");
    panel.page("/listening?language=tlh").await.assert_says(question.text.in_language("en"));
}

#[actix_web::test]
async fn what_earlier_interviewers_noted_for_the_next_is_shown_and_the_same_rounds_notes_are_not() {
    let world = World::new().await;
    let job = world.job(&world.home, "Customer support agent").await;
    let first = world.round(&job, 1, Medium::Phone, &DIMENSIONS).await;
    let second = world.round(&job, 2, Medium::Video, &DIMENSIONS).await;
    let amara = world.candidate(&job, "Amara Okafor").await;
    let (me, other) = (world.who(Role::Interviewer), world.who(Role::HiringManager));
    let earlier = world.interview(&amara, &first, &[other]).await;
    let mine = world.interview(&amara, &second, &[me, other]).await;
    let notes: Vec<_> = DIMENSIONS.iter().map(|key| (*key, "4", "a secret word")).collect();
    let told = world.submitted(&earlier.seats[0], &notes).await;
    let hidden = world.submitted(&mine.seats[1], &notes).await;
    for (scorecard, note) in [(told, "Ask about shifts"), (hidden, "A quiet voice")] {
        world.write_next_note(&scorecard, note).await;
    }

    let page = world.get(me, &format!("/interviews/{}/kit/listening", mine.interview.id)).await;

    page.assert_status(200)
        .assert_says("hiring manager, Round 1 Ask about shifts")
        .assert_silent_about("A quiet voice")
        .assert_silent_about("a secret word");
}

#[actix_web::test]
async fn in_a_closed_job_the_kit_can_be_read_and_saving_says_why_not() {
    let panel = Panel::new().await;
    let scorecard = panel.scorecard().await;
    panel.world.close_job(&panel.met).await;

    let page = panel.page("/listening").await.assert_says("The job is closed, so its ratings stay as they are.");
    let refused = panel.save(&scorecard, "listening.rating", 0, "4").await.assert_status(409).json();
    let other = panel.world.get(panel.other(), &panel.path("/listening")).await.assert_status(200);

    assert!(!page.has("form[data-operations]"));
    assert_eq!(refused["code"], "closed");
    assert!(refused["detail"].as_str().unwrap().contains("closed"));
    assert!(!other.has("[data-scorecard]"), "opening makes no scorecard any more");
}

#[actix_web::test]
async fn the_key_for_text_that_waits_on_a_device_is_one_members_and_nobody_elses() {
    let panel = Panel::new().await;
    let world = &panel.world;
    let key = |page: &Answer| page.attribute("form#kit", "data-device-key");
    let mine = key(&panel.page("/listening").await);

    world.post(panel.me(), "/sign-out", &[]).await.assert_status(303);
    let again = world.sign_in_by_form(panel.me()).await;
    let later = key(&world.get(&again, &panel.path("/listening")).await);
    let others = key(&world.get(panel.other(), &panel.path("/listening")).await);

    assert_eq!(mine, later, "what waits is readable after signing in again");
    assert_ne!(mine, others);
}

#[actix_web::test]
async fn everything_that_the_kits_pages_load_opens_without_network() {
    let panel = Panel::new().await;
    let worker = std::fs::read_to_string("assets/kit-worker.js").unwrap();
    let list = worker.split("const SHELL = [").nth(1).unwrap().split(']').next().unwrap();
    let shell: Vec<&str> = list.split('"').skip(1).step_by(2).collect();

    let mut loaded = Vec::new();
    for page in ["/listening", "/review"] {
        let text = panel.page(page).await.text();
        let files = text.split("/assets/").skip(1).filter_map(|rest| rest.split('"').next()?.split_once('/'));
        loaded.extend(files.map(|(_, name)| name.to_owned()));
    }
    for name in shell.iter().filter(|name| name.ends_with(".js")) {
        let script = std::fs::read_to_string(format!("assets/{name}")).unwrap();
        loaded.extend(script.split("from \"./").skip(1).filter_map(|rest| rest.split('"').next().map(str::to_owned)));
    }

    for name in &loaded {
        assert!(shell.contains(&name.as_str()), "assets/kit-worker.js does not keep {name}");
    }
    let address = loaded_address(&panel.page("/listening").await, "kit.js").replace("kit.js", "kit-worker.js");
    let answer = panel.world.get(None, &address).await.assert_status(200);
    assert_eq!(answer.header("service-worker-allowed"), "/interviews/");
    for name in &shell {
        let file = panel.world.get(None, &address.replace("kit-worker.js", name)).await.assert_status(200);
        assert_eq!(file.header("service-worker-allowed"), "", "{name} must not become a worker");
    }
}

/// The address of a file as the page gives it.
fn loaded_address(page: &Answer, name: &str) -> String {
    let text = page.text();
    let end = text.find(&format!("/{name}\"")).unwrap() + name.len() + 1;
    text[text[..end].rfind("/assets/").unwrap()..end].to_owned()
}
