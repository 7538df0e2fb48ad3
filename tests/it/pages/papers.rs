//! Paper: sheets to print, a scorecard that somebody enters for its interviewer, and what the interviewer says to it.

use actix_web::http::Method;
use attune::domain::{medium::Medium, policy::Role};
use scraper::Selector;

use crate::support::{
    scenario::Interviewed,
    world::{Answer, Who, World},
};

/// An interview an hour ago with the interviewer and HR.
struct Scene {
    world: World,
    job: String,
    met: Interviewed,
}

const FILLED: [(&str, &str); 8] = [
    ("rating.listening", "4"),
    ("note.listening", "Named the second question\nand the first"),
    ("rating.attitude", "not_enough_evidence"),
    ("tick.attitude", "att-p1"),
    ("note.attitude", "Nothing to go by"),
    ("recommendation", "yes"),
    ("next_note", "Ask about shifts"),
    ("other", "is not looked at"),
];

impl Scene {
    async fn new() -> Scene {
        let world = World::new().await;
        let job = world.job(&world.home, "Support agent").await;
        let round = world.round(&job, 1, Medium::Video, &["listening", "attitude"]).await;
        let amara = world.candidate(&job, "Amara Okafor").await;
        let panel = [world.who(Role::Interviewer), world.who(Role::Hr)];
        let met = world.interview(&amara, &round, &panel).await;
        Scene { job: job.id.to_string(), met, world }
    }

    fn recruiter(&self) -> &Who {
        self.world.who(Role::Recruiter)
    }

    fn interviewer(&self) -> &Who {
        self.world.who(Role::Interviewer)
    }

    fn seat(&self, page: &str) -> String {
        format!("/interviews/{}/seats/{}/{page}", self.met.interview.id, self.met.seats[0].id)
    }

    async fn enter(&self, who: &Who) -> Answer {
        let fields: Vec<(&str, &str)> = FILLED.iter().filter(|(name, _)| !name.starts_with("tick")).copied().collect();
        self.world.post(who, &self.seat("scorecard"), &fields).await
    }

    /// The path of the scorecard that was entered.
    async fn entered(&self) -> String {
        self.enter(self.recruiter()).await.assert_status(303).location().to_owned()
    }
}

#[actix_web::test]
async fn the_sheets_hold_every_question_and_anchor_and_nothing_that_was_written() {
    let scene = Scene::new().await;
    let world = &scene.world;
    world.draft(&scene.met.seats[0], &[("listening", "5", "a private thought"), ("attitude", "", "")]).await;
    let rubric = attune::domain::rubric::builtin();
    let dimension = rubric.dimension("listening").unwrap();

    let own = format!("/interviews/{}/kit/paper", scene.met.interview.id);
    for (who, path) in [(scene.interviewer(), own), (scene.recruiter(), scene.seat("paper"))] {
        let page = world.get(who, &path).await.assert_status(200);
        let page = page.assert_says(dimension.questions[0].text.in_language("en"));
        let page = page.assert_says("Amara Okafor").assert_says("interviewer").assert_silent_about("a private thought");
        for anchor in dimension.anchors.values() {
            assert!(page.words().contains(anchor.in_language("en")), "{anchor:?}");
        }
        let html = page.html();
        let sheets = html.select(&Selector::parse(".sheet-of-paper").unwrap()).count();
        assert_eq!(sheets, 4, "a cover, a sheet for each of two dimensions, and the recommendation");
    }
}

#[actix_web::test]
async fn a_scorecard_from_paper_is_shown_as_entered_and_not_confirmed_until_its_interviewer_has_confirmed_it() {
    let scene = Scene::new().await;
    let world = &scene.world;
    let admin = world.who(Role::Admin);
    let form = world.get(scene.recruiter(), &scene.seat("scorecard")).await.assert_status(200);
    form.assert_says("Paper scorecard of interviewer");

    let card = scene.entered().await;

    let unconfirmed = "Entered from paper by recruiter";
    world.get(admin, &card).await.assert_says(unconfirmed).assert_says("Not confirmed");
    world.get(admin, &card).await.assert_says("Named the second question").assert_says("Ask about shifts");
    let interview = format!("/interviews/{}", scene.met.interview.id);
    world.get(admin, &interview).await.assert_says("entered from paper by recruiter · Not confirmed");
    world.submitted(&scene.met.seats[1], &[("listening", "3", "a note"), ("attitude", "3", "a note")]).await;
    let evidence = format!("/jobs/{}/comparison/listening", scene.job);
    world.get(admin, &evidence).await.assert_says("entered from paper by recruiter · Not confirmed");
    world.get(admin, "/events").await.assert_says("entered a paper scorecard for its interviewer");
    let letters = world.rows("SELECT to_name, text_body FROM letters WHERE kind = 'paper_entered'").await;
    assert_eq!((letters.len(), letters[0]["to_name"].as_str().unwrap()), (1, "interviewer"));
    assert!(letters[0]["text_body"].as_str().unwrap().contains(&card), "{letters:?}");
    let token = world.token_of(Role::Admin).await;
    let shown = world.call(&token, Method::GET, &format!("/api/v1{card}"), None).await.assert_status(200).json();
    assert_eq!((&shown["paper"]["by"], &shown["paper"]["confirmed"]), (&"recruiter".into(), &serde_json::Value::Null));
    let seal = world.rows("SELECT detail FROM events WHERE action = 'scorecard.entered'").await.remove(0);
    assert_eq!(seal["detail"]["seal"], shown["seal"]);

    // Only its interviewer answers, and may still amend.
    let answer = format!("{card}/confirmation");
    for who in [scene.recruiter(), admin, world.who(Role::Hr)] {
        world.post(who, &answer, &[("right", "yes")]).await.assert_status(404);
    }
    world.get(scene.interviewer(), &card).await.assert_says("Is this what you wrote on paper?");
    world.post(scene.interviewer(), &answer, &[("right", "no"), ("remark", "")]).await.assert_status(422);
    world.post(scene.interviewer(), &answer, &[("right", "no"), ("remark", "I wrote a 3")]).await.assert_status(303);
    world.get(admin, &card).await.assert_says("says that it is wrong: “I wrote a 3”");
    world.post(scene.interviewer(), &answer, &[("right", "yes")]).await.assert_status(303);
    world.get(admin, &card).await.assert_says("interviewer has confirmed it").assert_silent_about("Not confirmed");
    world.get(admin, &interview).await.assert_silent_about("Not confirmed");
}

#[actix_web::test]
async fn whoever_enters_a_scorecard_sees_nothing_of_a_draft_and_nobody_enters_what_is_begun_submitted_or_theirs() {
    let scene = Scene::new().await;
    let world = &scene.world;
    world.draft(&scene.met.seats[0], &[("listening", "5", "a private thought"), ("attitude", "", "")]).await;

    let refused = world.get(scene.recruiter(), &scene.seat("scorecard")).await.assert_status(409);
    refused.assert_says("already begun").assert_silent_about("a private thought");
    scene.enter(scene.recruiter()).await.assert_status(409).assert_silent_about("a private thought");

    let other = Scene::new().await;
    other.entered().await;
    other.enter(other.recruiter()).await.assert_status(409).assert_says("submitted");
    for role in [Role::Interviewer, Role::Hr, Role::HiringManager] {
        other.world.get(other.world.who(role), &other.seat("scorecard")).await.assert_status(403);
        other.enter(other.world.who(role)).await.assert_status(403);
    }
    // Somebody else's seat in an interview that it is not in, and the neighbour's.
    let foreign = format!("/interviews/{}/seats/{}/scorecard", other.met.interview.id, scene.met.seats[0].id);
    other.world.get(other.recruiter(), &foreign).await.assert_status(404);
    let neighbour = other.world.neighbour.who(Role::Recruiter);
    other.world.get(neighbour, &other.seat("scorecard")).await.assert_status(404);
}

#[actix_web::test]
async fn whoever_has_a_scorecard_of_their_own_to_submit_in_the_round_reads_no_paper_first() {
    let scene = Scene::new().await;
    let world = &scene.world;
    // The recruiter sits in the panel too.
    let recruiter = scene.recruiter();
    let seat = uuid::Uuid::now_v7();
    let (org, interview) = (world.home.org, scene.met.interview.id);
    world.sql(&format!("INSERT INTO seats VALUES ('{org}', '{seat}', '{interview}', '{}')", recruiter.id)).await;

    world.get(recruiter, &scene.seat("scorecard")).await.assert_status(409).assert_says("Submit it first");
    scene.enter(recruiter).await.assert_status(409);
    world.get(recruiter, &format!("/interviews/{interview}")).await.assert_silent_about("Enter a paper scorecard");
    let own = format!("/interviews/{interview}/seats/{seat}/scorecard");
    world.get(recruiter, &own).await.assert_status(409).assert_says("This seat is yours");
}

#[actix_web::test]
async fn what_is_missing_on_paper_is_named_and_nothing_is_kept_until_it_is_there() {
    let scene = Scene::new().await;
    let world = &scene.world;

    let page = world
        .post(
            scene.recruiter(),
            &scene.seat("scorecard"),
            &[("rating.listening", "5"), ("note.attitude", "He <b>said</b> so")],
        )
        .await
        .assert_status(422);

    page.assert_says("He <b>said</b> so")
        .assert_says("things to put right")
        .assert_says("Attitude: not rated yet")
        .assert_says("Your recommendation: Fill this in");
    assert_eq!(world.rows("SELECT FROM scorecards").await.len(), 0);
    let wrong = [("rating.listening", "9"), ("recommendation", "yes")];
    world.post(scene.recruiter(), &scene.seat("scorecard"), &wrong).await.assert_status(422);
    assert_eq!(world.rows("SELECT FROM scorecards").await.len(), 0);
    scene.entered().await;
}
