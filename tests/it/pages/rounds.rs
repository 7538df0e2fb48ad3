//! The questions of a round: chosen until its first interview begins, and then the same for everybody.

use attune::domain::{medium::Medium, policy::Role};

use crate::support::world::World;

#[actix_web::test]
async fn a_recruiter_chooses_the_questions_of_a_round_and_the_kit_asks_only_these() {
    let world = World::new().await;
    let job = world.job(&world.home, "Support agent").await;
    let round = world.round(&job, 1, Medium::Video, &["listening"]).await;
    let applied = world.candidate(&job, "Amara Okafor").await;
    let (recruiter, interviewer) = (world.who(Role::Recruiter), world.who(Role::Interviewer));
    let met = world.interview(&applied, &round, &[interviewer]).await;
    let path = format!("/rounds/{}/questions", round.id);
    let rubric = attune::domain::rubric::builtin();
    let text = |key: &str| rubric.question(key).unwrap().1.text.in_language("en").to_owned();

    world.get(recruiter, &format!("/jobs/{}", job.id)).await.assert_says("Choose questions");
    world.get(recruiter, &path).await.assert_status(200).assert_says(&text("lis-b2"));
    let chosen = [("seen", "lis-b1"), ("question", "lis-s2"), ("question", "lis-b2")];
    world.post(recruiter, &path, &chosen).await.assert_status(303);

    let kit = world.get(interviewer, &format!("/interviews/{}/kit/listening", met.interview.id)).await;
    kit.assert_says(&text("lis-b2")).assert_says(&text("lis-s2")).assert_silent_about(&text("lis-b1"));
    let preparation = world.get(interviewer, &format!("/interviews/{}/preparation", met.interview.id)).await;
    preparation.assert_says(&text("lis-b2")).assert_silent_about(&text("lis-b1"));
}

#[actix_web::test]
async fn once_a_kit_was_opened_the_questions_stay_and_the_refusal_says_why() {
    let world = World::new().await;
    let job = world.job(&world.home, "Support agent").await;
    let round = world.round(&job, 1, Medium::Video, &["listening"]).await;
    let other = world.round(&job, 2, Medium::Video, &["growth"]).await;
    let applied = world.candidate(&job, "Amara Okafor").await;
    let (recruiter, interviewer) = (world.who(Role::Recruiter), world.who(Role::Interviewer));
    let met = world.interview(&applied, &round, &[interviewer]).await;
    let path = format!("/rounds/{}/questions", round.id);
    // Reading the preparation freezes nothing.
    world.get(interviewer, &format!("/interviews/{}/preparation", met.interview.id)).await.assert_status(200);
    world.post(recruiter, &path, &[("seen", "lis-b1"), ("question", "lis-b2")]).await.assert_status(303);

    world.get(interviewer, &format!("/interviews/{}/kit/listening", met.interview.id)).await.assert_status(200);

    let late = world.post(recruiter, &path, &[("seen", "lis-b2"), ("question", "lis-b3")]).await;
    late.assert_status(409).assert_says("An interview of this round has begun.");
    let page = world.get(recruiter, &path).await;
    page.assert_says("The first interview of this round began on").assert_silent_about("type=\"checkbox\"");
    assert_eq!(
        world.rows(&format!("SELECT questions FROM rounds WHERE id = '{}'", round.id)).await[0]["questions"][0],
        "lis-b2"
    );
    // The other round is not touched.
    let path = format!("/rounds/{}/questions", other.id);
    world.post(recruiter, &path, &[("seen", "gro-b1"), ("question", "gro-b2")]).await.assert_status(303);
}

#[actix_web::test]
async fn a_choice_needs_a_question_for_every_dimension_and_none_that_is_not_offered() {
    let world = World::new().await;
    let job = world.job(&world.home, "Support agent").await;
    let round = world.round(&job, 1, Medium::Video, &["listening", "growth"]).await;
    let (recruiter, path) = (world.who(Role::Recruiter), format!("/rounds/{}/questions", round.id));

    let none = world.post(recruiter, &path, &[("seen", "lis-b1 gro-b1"), ("question", "lis-b1")]).await;
    none.assert_status(422).assert_says("Tick at least one question");
    for key in ["com-b1", "lib-growth-00000000", "<script>"] {
        let fields = [("seen", "lis-b1 gro-b1"), ("question", "lis-b1"), ("question", "gro-b2"), ("question", key)];
        world.post(recruiter, &path, &fields).await.assert_status(422);
    }
    let stale = [("seen", "lis-b2 gro-b1"), ("question", "lis-b3"), ("question", "gro-b1")];
    world.post(recruiter, &path, &stale).await.assert_status(409).assert_says("Somebody else has chosen");
    for role in [Role::Interviewer, Role::HiringManager, Role::Hr] {
        world.post(world.who(role), &path, &[("question", "lis-b1")]).await.assert_status(403);
    }
    world.get(world.neighbour.who(Role::Recruiter), &path).await.assert_status(404);
}
