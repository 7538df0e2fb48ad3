//! Debriefs: when they open, what a rater may say, what stays, and to whom they show.

use attune::{
    domain::{comparison::compare, id::DebriefId, medium::Medium, policy::Role},
    store::{
        self,
        job::Job,
        round::Round,
        scorecard::{Scorecard, ScorecardState},
    },
};
use serde_json::Value;

use super::shortlist::hidden_field;
use crate::support::{
    scenario::{Applied, Interviewed},
    world::{Answer, Who, World},
};

/// Amara, met by Kim, Noor and Tove, who rate listening 2, 3 and 5 and growth 3 each.
pub struct Panel {
    pub job: Job,
    pub round: Round,
    pub amara: Applied,
    pub met: Interviewed,
    pub kim: Who,
    pub noor: Who,
    pub tove: Who,
    /// Of Kim, Noor and Tove, as far as they are in.
    pub cards: Vec<Scorecard>,
}

impl Panel {
    pub async fn complete(world: &World) -> Panel {
        Panel::with(world, 3).await
    }

    /// The first `submitted` of the three have submitted.
    pub async fn with(world: &World, submitted: usize) -> Panel {
        let home = &world.home;
        let job = world.job(home, "Customer support agent").await;
        let round = world.round(&job, 1, Medium::Video, &["listening", "growth"]).await;
        let kim = world.member(home, "Kim Berg", &[Role::Interviewer]).await;
        let noor = world.member(home, "Noor Haddad", &[Role::Interviewer]).await;
        let tove = world.member(home, "Tove Lind", &[Role::Interviewer]).await;
        let amara = world.candidate(&job, "Amara Okafor").await;
        let met = world.interview(&amara, &round, &[&kim, &noor, &tove]).await;
        let mut cards = Vec::new();
        for ((seat, points), note) in met
            .seats
            .iter()
            .zip(["2", "3", "5"])
            .zip(["Lost the thread", "Asked once", "Gave it all back"])
            .take(submitted)
        {
            let ratings = [("listening", points, note), ("growth", "3", "Keeps a list")];
            cards.push(world.submitted(seat, &ratings).await);
        }
        Panel { job, round, amara, met, kim, noor, tove, cards }
    }

    fn new_page(&self) -> String {
        format!("/applications/{}/debriefs/new", self.amara.application.id)
    }

    async fn try_open(&self, world: &World, who: &Who) -> Answer {
        world.post(who, &format!("/applications/{}/debriefs", self.amara.application.id), &[]).await
    }

    pub async fn open(&self, world: &World) -> DebriefId {
        let answer = self.try_open(world, world.who(Role::Recruiter)).await.assert_status(303);
        let path = answer.location().split('?').next().unwrap();
        path.strip_prefix("/debriefs/").unwrap().parse().unwrap()
    }

    fn target(&self, debrief: DebriefId, card: usize, dimension: &str) -> String {
        format!("/debriefs/{debrief}/scorecards/{}/ratings/{dimension}", self.cards[card].id)
    }

    fn note(&self, card: usize) -> String {
        format!("{}/note", self.cards[card].id)
    }

    /// Kim moves from 2 to 3 on Tove's note.
    async fn move_kim(&self, world: &World, debrief: DebriefId, revision: &str) -> Answer {
        let cited = self.note(2);
        let fields = [
            ("base_revision", revision),
            ("rating", "3"),
            ("reason", "She did give it back, I had missed it"),
            ("evidence", cited.as_str()),
        ];
        world.post(&self.kim, &self.target(debrief, 0, "listening"), &fields).await
    }

    async fn close(&self, world: &World, debrief: DebriefId) -> Answer {
        let manager = world.who(Role::HiringManager);
        let closure = format!("/debriefs/{debrief}/closure");
        let revision = hidden_field(&world.get(manager, &closure).await.assert_status(200), "revision");
        let fields = [("revision", revision.as_str()), ("summary", "We talked about listening.")];
        world.post(manager, &closure, &fields).await
    }
}

fn page(debrief: DebriefId) -> String {
    format!("/debriefs/{debrief}")
}

async fn second_ratings(world: &World) -> Vec<Value> {
    world.rows("SELECT scorecard_id, dimension, score, reason, revision FROM second_ratings ORDER BY 1, 2").await
}

async fn actions(world: &World) -> Vec<String> {
    let rows = world.rows("SELECT action FROM events WHERE object_kind = 'debrief' ORDER BY number").await;
    rows.iter().map(|row| row["action"].as_str().unwrap().to_owned()).collect()
}

#[actix_web::test]
async fn a_debrief_opens_only_when_every_due_scorecard_is_in_and_says_what_is_missing() {
    let world = World::new().await;
    let panel = Panel::with(&world, 1).await;
    let recruiter = world.who(Role::Recruiter);

    world
        .get(recruiter, &panel.new_page())
        .await
        .assert_status(200)
        .assert_says("2 scorecards are still missing")
        .assert_says("Noor Haddad")
        .assert_says("Tove Lind");
    panel.try_open(&world, recruiter).await.assert_status(409).assert_says("2 scorecards are still missing");
    assert!(world.rows("SELECT * FROM debriefs").await.is_empty());

    // Noor, who owes hers, is not told what the others have done.
    world
        .get(&panel.noor, &panel.new_page())
        .await
        .assert_says("One scorecard is still missing")
        .assert_silent_about("Tove Lind");

    for (seat, points) in panel.met.seats[1..].iter().zip(["3", "5"]) {
        world.submitted(seat, &[("listening", points, "a note"), ("growth", "3", "a note")]).await;
    }
    world.get(recruiter, &panel.new_page()).await.assert_says("All 3 scorecards are in.");
    panel.try_open(&world, recruiter).await.assert_status(303);
    panel.try_open(&world, recruiter).await.assert_status(409).assert_says("A debrief of this candidate is open.");
    assert_eq!(actions(&world).await, ["debrief.opened"]);
}

#[actix_web::test]
async fn an_interview_still_to_come_does_not_hold_up_the_debrief_of_what_was_heard() {
    let world = World::new().await;
    let panel = Panel::complete(&world).await;
    let later = world.round(&panel.job, 2, Medium::Phone, &["attitude"]).await;
    let tomorrow = world.now() + jiff::SignedDuration::from_hours(24);
    let next = world.interview_at(&panel.amara, &later, &[&panel.kim, world.who(Role::Hr)], tomorrow).await;
    // HR is early; the round is not complete, so that this scorecard lies on no table.
    world.submitted(&next.seats[1], &[("attitude", "1", "too early to be told")]).await;

    let debrief = panel.open(&world).await;

    world
        .get(&panel.kim, &page(debrief))
        .await
        .assert_status(200)
        .assert_says("Listening")
        .assert_silent_about("Attitude");
}

#[actix_web::test]
async fn recruiters_the_hiring_manager_and_raters_open_a_debrief_and_nobody_else_does() {
    for (who, status) in [("recruiter", 303), ("manager", 303), ("rater", 303), ("hr", 403), ("stranger", 404)] {
        let world = World::new().await;
        let panel = Panel::complete(&world).await;
        let who = match who {
            "recruiter" => world.who(Role::Recruiter),
            "manager" => world.who(Role::HiringManager),
            "rater" => &panel.tove,
            "hr" => world.who(Role::Hr),
            _ => world.who(Role::Interviewer),
        };

        panel.try_open(&world, who).await.assert_status(status);
        assert_eq!(world.rows("SELECT id FROM debriefs").await.len(), usize::from(status == 303), "{}", who.name);
    }
    let world = World::new().await;
    let panel = Panel::complete(&world).await;
    panel.try_open(&world, world.neighbour.who(Role::Recruiter)).await.assert_status(404);
}

#[actix_web::test]
async fn a_panel_of_one_has_nobody_to_discuss_with() {
    let world = World::new().await;
    let panel = Panel::complete(&world).await;
    let wei = world.candidate(&panel.job, "Li Wei").await;
    let met = world.interview(&wei, &panel.round, &[&panel.kim]).await;
    world.submitted(&met.seats[0], &[("listening", "4", "a note"), ("growth", "4", "a note")]).await;

    let target = format!("/applications/{}/debriefs", wei.application.id);
    world.post(&panel.kim, &target, &[]).await.assert_status(409).assert_says("A debrief needs two interviewers");
}

#[actix_web::test]
async fn opening_writes_to_the_panel_and_shows_on_today_until_everything_is_said() {
    let world = World::new().await;
    let panel = Panel::complete(&world).await;

    let answer = panel.try_open(&world, &panel.noor).await.assert_status(303);

    let letters = world.rows("SELECT to_name, kind, subject FROM letters ORDER BY to_name").await;
    let names: Vec<&str> = letters.iter().map(|letter| letter["to_name"].as_str().unwrap()).collect();
    assert_eq!(names, ["Kim Berg", "Tove Lind"]);
    assert!(letters.iter().all(|letter| letter["kind"] == "debrief_opened"));
    let home = world.get(&panel.noor, "/").await.assert_says("One debrief waits for your word.");
    let debrief = answer.location().split('?').next().unwrap().to_owned();
    assert!(home.text().contains(&format!("href=\"{debrief}\"")));
    world.get(world.who(Role::Interviewer), "/").await.assert_silent_about("Amara");

    let stay = format!("{debrief}/scorecards/{}/stay", panel.cards[1].id);
    world.post(&panel.noor, &stay, &[]).await.assert_status(303);
    world.get(&panel.noor, "/").await.assert_silent_about("One debrief waits");
}

#[actix_web::test]
async fn a_rater_moves_with_a_reason_and_cited_evidence_and_the_first_rating_stays() {
    let world = World::new().await;
    let panel = Panel::complete(&world).await;
    let debrief = panel.open(&world).await;
    let ratings = world.rows("SELECT * FROM ratings ORDER BY scorecard_id, dimension").await;

    panel.move_kim(&world, debrief, "0").await.assert_status(303);

    assert_eq!(world.rows("SELECT * FROM ratings ORDER BY scorecard_id, dimension").await, ratings);
    let said = &second_ratings(&world).await[0];
    assert_eq!((&said["score"], &said["revision"]), (&Value::from(3), &Value::from(1)));
    let shown = world.get(&panel.tove, &format!("/debriefs/{debrief}/dimensions/listening")).await;
    let shown = shown
        .assert_status(200)
        .assert_says("She did give it back, I had missed it")
        .assert_says("Tove Lind noted: “Gave it all back”")
        .assert_says("One of 3 interviewers moved. Mean 3.3 → 3.7, spread 3 → 2.");
    assert!(shown.text().contains("class=\"fig-slope moved\""));
    world.get(&panel.tove, &page(debrief)).await.assert_says("The weighted mean went from 3.2 to 3.3.");
    assert_eq!(actions(&world).await, ["debrief.opened", "debrief.rated"]);
    // Views become lines before the next event.
    assert_eq!(world.rows("SELECT id FROM views WHERE action = 'debrief.viewed'").await.len(), 2);
}

#[actix_web::test]
async fn without_a_reason_or_evidence_nothing_is_kept_and_nothing_typed_is_lost() {
    let world = World::new().await;
    let panel = Panel::complete(&world).await;
    let debrief = panel.open(&world).await;
    let target = panel.target(debrief, 0, "listening");

    let bare = [("base_revision", "0"), ("rating", "4"), ("reason", "Words that stay here")];
    let answer = world.post(&panel.kim, &target, &bare).await.assert_status(422);
    answer.assert_says("Tick the evidence that moved you, or write your own").assert_says("Words that stay here");

    let cited = panel.note(1);
    let mute = [("base_revision", "0"), ("rating", "4"), ("evidence", cited.as_str())];
    let answer = world.post(&panel.kim, &target, &mute).await.assert_status(422).assert_says("Say what moved you");
    let ticked = scraper::Selector::parse("input[name=evidence][checked]").unwrap();
    let ticked: Vec<_> = answer.html().select(&ticked).map(|box_| box_.attr("value").unwrap().to_owned()).collect();
    assert_eq!(ticked, [cited.as_str()], "what was ticked stays ticked");

    let elsewhere = format!("{}/ticks/gro-p1", panel.cards[1].id);
    for evidence in ["not evidence", elsewhere.as_str(), "0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b/note"] {
        let fields = [("base_revision", "0"), ("rating", "4"), ("reason", "Because"), ("evidence", evidence)];
        world.post(&panel.kim, &target, &fields).await.assert_status(422);
    }
    for rating in ["", "6", "0"] {
        let fields = [("base_revision", "0"), ("rating", rating), ("reason", "Because"), ("note", "She rang back")];
        world.post(&panel.kim, &target, &fields).await.assert_status(422).assert_says("She rang back");
    }
    assert!(second_ratings(&world).await.is_empty());

    let own_words = [("base_revision", "0"), ("rating", "4"), ("reason", "Because"), ("note", "She rang back")];
    world.post(&panel.kim, &target, &own_words).await.assert_status(303);
}

#[actix_web::test]
async fn whoever_stands_apart_says_why_they_stay_and_others_stay_with_one_click() {
    let world = World::new().await;
    let panel = Panel::complete(&world).await;
    let debrief = panel.open(&world).await;
    let stay = |card: usize| format!("/debriefs/{debrief}/scorecards/{}/stay", panel.cards[card].id);

    world
        .post(&panel.tove, &stay(2), &[])
        .await
        .assert_status(409)
        .assert_says("In one dimension you stand two points or more from the others.");
    let silent = [("base_revision", "0"), ("rating", "5"), ("reason", " ")];
    world
        .post(&panel.tove, &panel.target(debrief, 2, "listening"), &silent)
        .await
        .assert_status(422)
        .assert_says("You stand two points or more from the others; say why you stay");
    assert!(second_ratings(&world).await.is_empty());

    let why = [("base_revision", "0"), ("rating", "5"), ("reason", "All eight facts, unasked")];
    world.post(&panel.tove, &panel.target(debrief, 2, "listening"), &why).await.assert_status(303);
    world.post(&panel.tove, &stay(2), &[]).await.assert_status(303);
    world.post(&panel.noor, &stay(1), &[]).await.assert_status(303);
    assert_eq!(second_ratings(&world).await.len(), 4);

    // Then the minority report has Tove's words, and of Kim that nothing was said.
    let told = world.get(&panel.noor, &page(debrief)).await.words();
    let report = told.split("Minority report").nth(1).unwrap().split("Who moved").next().unwrap();
    assert!(
        report.contains("Tove Lind · Listening The 2 others were at 2.5 on average. All eight facts, unasked"),
        "{report}"
    );
    assert!(report.contains("Kim Berg · Listening The 2 others were at 4 on average. Gave no reason."), "{report}");
}

#[actix_web::test]
async fn nobody_writes_for_another_seat() {
    let world = World::new().await;
    let panel = Panel::complete(&world).await;
    let debrief = panel.open(&world).await;
    let fields = [("base_revision", "0"), ("rating", "1"), ("reason", "Because"), ("note", "forged")];

    for who in [&panel.kim, world.who(Role::Admin), world.who(Role::HiringManager), world.who(Role::Hr)] {
        world.post(who, &panel.target(debrief, 2, "listening"), &fields).await.assert_status(404);
        let bad = [("rating", "9")];
        world.post(who, &panel.target(debrief, 2, "listening"), &bad).await.assert_status(404);
        let stay = format!("/debriefs/{debrief}/scorecards/{}/stay", panel.cards[2].id);
        world.post(who, &stay, &[]).await.assert_status(404);
    }
    // Nor in a dimension that one did not rate, nor on a scorecard that lies on another table.
    world.post(&panel.kim, &panel.target(debrief, 0, "attitude"), &fields).await.assert_status(404);
    let wei = world.candidate(&panel.job, "Li Wei").await;
    let met = world.interview(&wei, &panel.round, &[&panel.kim]).await;
    let other = world.submitted(&met.seats[0], &[("listening", "4", "a note"), ("growth", "4", "a note")]).await;
    let target = format!("/debriefs/{debrief}/scorecards/{}/ratings/listening", other.id);
    world.post(&panel.kim, &target, &fields).await.assert_status(404);
    assert!(second_ratings(&world).await.is_empty());
}

#[actix_web::test]
async fn of_two_tabs_the_later_one_is_shown_both_and_loses_nothing() {
    let world = World::new().await;
    let panel = Panel::complete(&world).await;
    let debrief = panel.open(&world).await;
    panel.move_kim(&world, debrief, "0").await.assert_status(303);
    // The same sent twice is one change.
    panel.move_kim(&world, debrief, "0").await.assert_status(303);

    let cited = panel.note(1);
    let other = |revision: &'static str| {
        [("base_revision", revision), ("rating", "4"), ("reason", "The other tab"), ("evidence", cited.as_str())]
    };
    let target = panel.target(debrief, 0, "listening");
    let answer = world.post(&panel.kim, &target, &other("0")).await.assert_status(409);
    let answer = answer
        .assert_says("Your second rating was changed elsewhere")
        .assert_says("The other tab")
        .assert_says("She did give it back, I had missed it");
    assert_eq!(hidden_field(&answer, "base_revision"), "1");
    assert_eq!(second_ratings(&world).await[0]["score"], 3);

    world.post(&panel.kim, &target, &other("1")).await.assert_status(303);
    assert_eq!(second_ratings(&world).await[0]["revision"], 2);
    for revision in ["", "-1", "x"] {
        let fields = [("base_revision", revision), ("rating", "2"), ("reason", "No page of ours sends this")];
        world.post(&panel.kim, &target, &fields).await.assert_status(409);
    }
}

#[actix_web::test]
async fn closing_takes_a_summary_of_what_was_read_and_seals_it() {
    let world = World::new().await;
    let panel = Panel::complete(&world).await;
    let debrief = panel.open(&world).await;
    let (manager, closure) = (world.who(Role::HiringManager), format!("/debriefs/{debrief}/closure"));

    for who in [&panel.kim, world.who(Role::Hr)] {
        world.get(who, &closure).await.assert_status(403);
        world.post(who, &closure, &[("revision", "0"), ("summary", "Mine")]).await.assert_status(403);
    }
    let bare = [("revision", "0"), ("summary", " ")];
    world.post(manager, &closure, &bare).await.assert_status(422).assert_says("Sum up what was discussed");
    panel.move_kim(&world, debrief, "0").await.assert_status(303);
    let outdated = [("revision", "0"), ("summary", "We talked, and this stays typed")];
    world
        .post(manager, &closure, &outdated)
        .await
        .assert_status(409)
        .assert_says("Somebody said something since you opened this page")
        .assert_says("We talked, and this stays typed");

    panel.close(&world, debrief).await.assert_status(303);

    let row = &world.rows("SELECT closed_by, summary, encode(seal, 'hex') AS seal FROM debriefs").await[0];
    assert_eq!(
        (&row["summary"], &row["closed_by"]),
        (&"We talked about listening.".into(), &manager.id.to_string().into())
    );
    let shown = world.get(&panel.noor, &page(debrief)).await;
    shown
        .assert_says("One rating moved.")
        .assert_says("Tove Lind stood apart and stayed.")
        .assert_says("We talked about listening.")
        .assert_says(row["seal"].as_str().unwrap());
    let event = &world.rows("SELECT detail FROM events WHERE action = 'debrief.closed'").await[0]["detail"];
    assert_eq!((&event["seal"], &event["moved"], &event["minority"]), (&row["seal"], &1.into(), &1.into()));
    assert!(!event.to_string().contains("listening."), "the trail holds no words");
}

#[actix_web::test]
async fn after_closing_nothing_can_be_said_or_closed_again_and_what_was_typed_is_shown() {
    let world = World::new().await;
    let panel = Panel::complete(&world).await;
    let debrief = panel.open(&world).await;
    panel.close(&world, debrief).await.assert_status(303);
    let rows = world.rows("SELECT * FROM debriefs").await;

    panel
        .move_kim(&world, debrief, "0")
        .await
        .assert_status(409)
        .assert_says("This debrief is closed and sealed.")
        .assert_says("She did give it back, I had missed it");
    let stay = format!("/debriefs/{debrief}/scorecards/{}/stay", panel.cards[1].id);
    world.post(&panel.noor, &stay, &[]).await.assert_status(409);
    panel.close(&world, debrief).await.assert_status(409);

    assert!(second_ratings(&world).await.is_empty());
    assert_eq!(world.rows("SELECT * FROM debriefs").await, rows);
    // Another one needs something new to discuss.
    panel.try_open(&world, &panel.kim).await.assert_status(409).assert_says("These scorecards have been debriefed.");
    let later = world.round(&panel.job, 2, Medium::Phone, &["attitude"]).await;
    let next = world.interview(&panel.amara, &later, &[&panel.kim]).await;
    world.submitted(&next.seats[0], &[("attitude", "4", "a note")]).await;
    panel.try_open(&world, &panel.kim).await.assert_status(303);
}

#[actix_web::test]
async fn in_a_closed_job_nothing_is_said_and_an_open_debrief_can_still_be_sealed() {
    let world = World::new().await;
    let panel = Panel::complete(&world).await;
    let debrief = panel.open(&world).await;
    world.close_job(&panel.met).await;

    panel.move_kim(&world, debrief, "0").await.assert_status(409).assert_says("The job is closed");
    panel.close(&world, debrief).await.assert_status(303);
    panel.try_open(&world, &panel.kim).await.assert_status(409);
}

#[actix_web::test]
async fn a_debrief_does_not_exist_for_who_still_has_to_rate_in_its_round() {
    let world = World::new().await;
    let panel = Panel::complete(&world).await;
    let debrief = panel.open(&world).await;
    panel.move_kim(&world, debrief, "0").await.assert_status(303);
    // The recruiter and the hiring manager join a further panel of the same round.
    let (recruiter, manager) = (world.who(Role::Recruiter), world.who(Role::HiringManager));
    let met = world.interview(&panel.amara, &panel.round, &[recruiter, manager]).await;
    let nothing = page(DebriefId::new());

    for who in [recruiter, manager] {
        for (own, random) in [
            (page(debrief), nothing.clone()),
            (format!("{}/dimensions/listening", page(debrief)), format!("{nothing}/dimensions/listening")),
            (format!("{}/closure", page(debrief)), format!("{nothing}/closure")),
        ] {
            let answer = world.get(who, &own).await.assert_status(404);
            assert_eq!(answer.text(), world.get(who, &random).await.text(), "{own}");
        }
        let mut conn = world.conn().await;
        assert!(store::debrief::of_job(&mut conn, &who.scope(), panel.job.id).await.unwrap().is_empty());
        world
            .get(who, &panel.new_page())
            .await
            .assert_silent_about("Kim")
            .assert_says("One scorecard is still missing");
        let comparison = world.get(who, &format!("/jobs/{}/comparison", panel.job.id)).await.assert_status(200);
        comparison.assert_silent_about("missed it").assert_silent_about("Debriefs");
    }
    // Who has rated goes on seeing it, and so does who joins once they have submitted.
    world.get(&panel.noor, &page(debrief)).await.assert_status(200);
    world.submitted(&met.seats[0], &[("listening", "3", "a note"), ("growth", "3", "a note")]).await;
    world.get(recruiter, &page(debrief)).await.assert_status(200);
}

#[actix_web::test]
async fn the_neighbour_and_strangers_in_the_house_find_no_debrief() {
    let world = World::new().await;
    let panel = Panel::complete(&world).await;
    let debrief = panel.open(&world).await;
    let stranger = world.who(Role::Interviewer);

    for who in world.neighbour.everybody().chain([stranger]) {
        world.get(who, &page(debrief)).await.assert_status(404);
        world.get(who, &format!("{}/dimensions/listening", page(debrief))).await.assert_status(404);
        let fields = [("base_revision", "0"), ("rating", "1"), ("reason", "Because"), ("note", "forged")];
        world.post(who, &panel.target(debrief, 0, "listening"), &fields).await.assert_status(404);
    }
    assert!(second_ratings(&world).await.is_empty());
}

#[actix_web::test]
async fn hostile_words_are_shown_as_the_text_they_are() {
    let world = World::new().await;
    let panel = Panel::complete(&world).await;
    let debrief = panel.open(&world).await;
    let target = panel.target(debrief, 0, "listening");
    let script = "<script>alert(1)</script>";

    let fields = [("base_revision", "0"), ("rating", "4"), ("reason", script), ("note", script)];
    world.post(&panel.kim, &target, &fields).await.assert_status(303);
    for path in [page(debrief), format!("{}/dimensions/listening", page(debrief))] {
        world.get(&panel.noor, &path).await.assert_says(script).assert_silent_about(script);
    }
    for reason in ["\u{0}", &"x".repeat(4001)] {
        let fields = [("base_revision", "1"), ("rating", "4"), ("reason", reason), ("note", "a note")];
        world.post(&panel.kim, &target, &fields).await.assert_status(422);
    }
}

#[actix_web::test]
async fn first_ratings_and_every_figure_of_the_comparison_are_the_same_whatever_a_debrief_says() {
    let world = World::new().await;
    let panel = Panel::complete(&world).await;
    let manager = world.who(Role::HiringManager);
    let figures = async || {
        let mut conn = world.conn().await;
        let shortlist = store::comparison::load(&mut conn, &manager.scope(), panel.job.id, world.now()).await.unwrap();
        serde_json::to_string(&compare(&shortlist.inputs).unwrap()).unwrap()
    };
    let ratings = async || world.rows("SELECT * FROM ratings ORDER BY scorecard_id, dimension").await;
    let cards = async || world.rows("SELECT * FROM scorecards ORDER BY id").await;
    let before = (figures().await, ratings().await, cards().await);
    let debrief = panel.open(&world).await;

    // Forty words by dice: any rater, dimension, rating.
    let mut dice = 20_261_123_u64;
    let mut roll = |sides: u64| {
        dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (dice >> 33) % sides
    };
    let raters = [&panel.kim, &panel.noor, &panel.tove];
    for _ in 0..40 {
        let (n, dimension) = (roll(3) as usize, ["listening", "growth"][roll(2) as usize]);
        let rating = ["1", "2", "3", "4", "5", "not_enough_evidence"][roll(6) as usize];
        let form = world.get(raters[n], &format!("/debriefs/{debrief}/dimensions/{dimension}")).await;
        let revision = hidden_field(&form, "base_revision");
        let fields =
            [("base_revision", revision.as_str()), ("rating", rating), ("reason", "Because"), ("note", "heard")];
        world.post(raters[n], &panel.target(debrief, n, dimension), &fields).await.assert_status(303);
        assert_eq!((figures().await, ratings().await, cards().await), before);
    }
    panel.close(&world, debrief).await.assert_status(303);
    assert_eq!((figures().await, ratings().await, cards().await), before);
    assert!(panel.cards.iter().all(|card| card.state == ScorecardState::Submitted));
}

#[actix_web::test]
async fn exports_have_the_second_ratings_of_closed_debriefs_beside_the_first() {
    let world = World::new().await;
    let panel = Panel::complete(&world).await;
    let debrief = panel.open(&world).await;
    panel.move_kim(&world, debrief, "0").await.assert_status(303);
    let hr = world.who(Role::Hr);
    let file = async |form: &str| {
        let job = panel.job.id.to_string();
        world.post(hr, "/records/exports", &[("job", job.as_str()), ("form", form)]).await.assert_status(200).text()
    };

    assert!(!file("long").await.contains("I had missed it"), "what is open is not yet the record");
    panel.close(&world, debrief).await.assert_status(303);

    let long = file("long").await;
    assert!(long.contains("She did give it back, I had missed it") && long.contains(&panel.note(2)), "{long}");
    let wide = file("wide").await;
    let columns: Vec<&str> = wide.lines().next().unwrap().split(',').collect();
    let at = |name: &str| columns.iter().position(|column| *column == name).unwrap();
    let kim = wide.lines().find(|line| line.contains("Kim Berg")).unwrap();
    let cells: Vec<&str> = kim.split(',').collect();
    assert_eq!((cells[at("listening")], cells[at("listening_second")], cells[at("growth_second")]), ("2", "3", ""));
}
