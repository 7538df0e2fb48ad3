//! The question library: found, added, tagged, retired, and used in rubrics and rounds.

use attune::domain::{medium::Medium, policy::Role, rubric::builtin};

use crate::support::world::{Who, World};

const FIELDS: [(&str, &str); 6] = [
    ("dimension", "listening"),
    ("kind", "behavioural"),
    ("tags", "Phone, night shift"),
    ("text.en", "Tell me about a caller who was hard to understand."),
    ("text.sv", "Berätta om någon som var svår att förstå i telefon."),
    ("probes.en", "What did you ask?\nHow did you check?"),
];

/// Adds a question on listening; answers its page and its key.
async fn added(world: &World, who: &Who) -> (String, String) {
    let mut fields = FIELDS.to_vec();
    fields.push(("probes.sv", "Vad frågade du?\nHur kollade du?"));
    let answer = world.post(who, "/questions", &fields).await.assert_status(303);
    let page = answer.location().split('?').next().unwrap().to_owned();
    let row = &world.rows("SELECT key FROM questions ORDER BY id DESC LIMIT 1").await[0];
    (page, row["key"].as_str().unwrap().to_owned())
}

#[actix_web::test]
async fn a_question_is_added_found_tagged_retired_and_offered_again() {
    let world = World::new().await;
    world.job(&world.home, "Support agent").await;
    let (recruiter, interviewer) = (world.who(Role::Recruiter), world.who(Role::Interviewer));
    let words = "Tell me about a caller who was hard to understand.";
    let (page, _) = added(&world, recruiter).await;

    world.get(interviewer, &page).await.assert_says(words).assert_says("Hur kollade du?").assert_says("#night shift");
    for found in
        ["?q=caller", "?q=kollade", "?q=phone", "?dimension=listening", "?tag=night+shift", "?kind=behavioural"]
    {
        world.get(recruiter, &format!("/questions{found}")).await.assert_says(words);
    }
    for not in [
        "?q=xyzzy",
        "?q=%25",
        "?q=en",
        "?dimension=growth",
        "?q=phone&dimension=growth",
        "?kind=situational",
        "?tag=day",
    ] {
        let answer = world.get(recruiter, &format!("/questions{not}")).await.assert_status(200);
        answer.assert_says("No question like this").assert_silent_about(words);
    }
    world.post(recruiter, &format!("{page}/tags"), &[("tags", "chat")]).await.assert_status(303);
    world.get(recruiter, "/questions?tag=chat").await.assert_says(words);

    world.post(recruiter, &format!("{page}/retirement"), &[]).await.assert_status(303);
    for page in ["/questions", "/questions?q=chat"] {
        world.get(recruiter, page).await.assert_silent_about(words);
    }
    world.get(recruiter, "/questions?state=retired").await.assert_says(words);
    world.get(recruiter, &page).await.assert_says("it stays where it is used");
    world.post(recruiter, &format!("{page}/return"), &[]).await.assert_status(303);
    world.get(recruiter, "/questions").await.assert_says(words);

    for role in [Role::Interviewer, Role::HiringManager, Role::Hr] {
        world.post(world.who(role), &format!("{page}/retirement"), &[]).await.assert_status(403);
        world.post(world.who(role), "/questions", &FIELDS).await.assert_status(403);
    }
    let stranger = world.neighbour.who(Role::Recruiter);
    world.get(stranger, &page).await.assert_status(404);
    world.get(stranger, "/questions?q=chat").await.assert_silent_about(words);
}

#[actix_web::test]
async fn what_is_wrong_with_a_new_question_is_said_and_nothing_typed_is_lost() {
    let world = World::new().await;
    world.job(&world.home, "Support agent").await;
    let recruiter = world.who(Role::Recruiter);

    let uneven = world.post(recruiter, "/questions", &[&FIELDS[..], &[("probes.sv", "Bara en")]].concat()).await;
    uneven
        .assert_status(422)
        .assert_says("as many follow-up questions as in the first language: 2")
        .assert_says("Bara en");
    let empty = world.post(recruiter, "/questions", &[("dimension", "charm"), ("kind", "riddle")]).await;
    empty.assert_status(422).assert_says("Write the question in at least one language");
    let long = "x".repeat(601);
    let fields = [("dimension", "listening"), ("kind", "behavioural"), ("text.en", long.as_str())];
    assert!(world.post(recruiter, "/questions", &fields).await.assert_status(422).text().contains(&long));
    assert_eq!(world.rows("SELECT id FROM questions").await.len(), 0);
}

#[actix_web::test]
async fn a_round_asks_a_question_of_the_library_and_its_use_is_counted() {
    let world = World::new().await;
    let job = world.job(&world.home, "Support agent").await;
    let round = world.round(&job, 1, Medium::Video, &["listening"]).await;
    let applied = world.candidate(&job, "Amara Okafor").await;
    let (recruiter, interviewer) = (world.who(Role::Recruiter), world.who(Role::Interviewer));
    let met = world.interview(&applied, &round, &[interviewer]).await;
    let (page, key) = added(&world, recruiter).await;
    let words = "Tell me about a caller who was hard to understand.";
    let choose = format!("/rounds/{}/questions", round.id);

    world.get(recruiter, &choose).await.assert_says(words).assert_says("from the library");
    world.post(recruiter, &choose, &[("seen", "lis-b1"), ("question", &key)]).await.assert_status(303);
    world.get(recruiter, &page).await.assert_says("Chosen in one round, not asked yet.");
    // Retired after it was chosen, it is asked all the same.
    world.post(recruiter, &format!("{page}/retirement"), &[]).await.assert_status(303);

    let kit = format!("/interviews/{}/kit", met.interview.id);
    world.get(interviewer, &format!("{kit}/listening")).await.assert_says(words).assert_says("How did you check?");
    world.get(recruiter, &page).await.assert_says("Chosen in one round, asked in one interview.");
    let card = &world.rows("SELECT id FROM scorecards").await[0];
    let card = card["id"].as_str().unwrap();
    let operation = |value: &str| serde_json::json!({ "op_id": uuid::Uuid::now_v7(), "field": "listening.asked", "base_revision": 0, "value": value });
    let operations = format!("/scorecards/{card}/operations");
    world.post_json(interviewer, &operations, &operation("lib-listening-00000000")).await.assert_status(422);
    world.post_json(interviewer, &operations, &operation(&format!("{key} {key}.2"))).await.assert_status(200);
    world.get(interviewer, &format!("{kit}/review")).await.assert_says("How did you check?");
}

#[actix_web::test]
async fn a_draft_of_a_rubric_takes_a_question_from_the_library_once() {
    let world = World::new().await;
    world.job(&world.home, "Support agent").await;
    let recruiter = world.who(Role::Recruiter);
    let (_, key) = added(&world, recruiter).await;
    let rubric = world.rows(&format!("SELECT id FROM rubrics WHERE org_id = '{}'", world.home.org)).await;
    let draft = format!("/rubrics/{}/draft", rubric[0]["id"].as_str().unwrap());
    world.post(recruiter, &draft, &[]).await.assert_status(303);
    let choose = format!("{draft}/dimensions/listening/questions");
    let id = world.rows("SELECT id FROM questions").await[0]["id"].as_str().unwrap().to_owned();
    let words = "Tell me about a caller who was hard to understand.";

    world.get(recruiter, &choose).await.assert_status(200).assert_says(words).assert_says("Insert");
    let inserted = world.post(recruiter, &choose, &[("question", &id)]).await.assert_status(303);

    assert!(inserted.location().contains(&key));
    world.get(recruiter, &format!("{draft}/dimensions/listening")).await.assert_says("How did you check?");
    world.get(recruiter, &choose).await.assert_says("In the draft");
    world.post(recruiter, &choose, &[("question", &id)]).await.assert_status(409);
    world
        .post(recruiter, &format!("{draft}/dimensions/charm/questions"), &[("question", &id)])
        .await
        .assert_status(404);
    let questions = builtin().dimension("listening").unwrap().questions.len();
    let listed = world.rows(
        "SELECT jsonb_array_length(d -> 'questions') AS n FROM rubric_versions, jsonb_array_elements(content -> 'dimensions') d
         WHERE state = 'draft' AND d ->> 'key' = 'listening'",
    );
    assert_eq!(listed.await[0]["n"], questions + 1);
}

#[actix_web::test]
async fn the_database_keeps_the_words_of_a_question() {
    let world = World::new().await;
    world.job(&world.home, "Support agent").await;
    added(&world, world.who(Role::Recruiter)).await;
    let mut conn = world.conn().await;

    let changed = diesel_async::RunQueryDsl::execute(
        diesel::sql_query("UPDATE questions SET text = '{\"en\": \"Other words\"}'"),
        &mut conn,
    );

    assert!(changed.await.unwrap_err().to_string().contains("never changes"));
}
