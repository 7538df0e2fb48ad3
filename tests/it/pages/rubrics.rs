//! Rubrics: read by everybody, drafted and published by those who may, and never changed once published.

use attune::{
    domain::{
        id::{RubricId, RubricVersionId},
        policy::Role,
        rubric::{self, Rubric},
    },
    store::{
        self,
        rubric_version::{self, RubricVersion},
    },
};
use diesel_async::RunQueryDsl;
use scraper::Selector;

use crate::support::world::{Answer, Home, Who, World, newest_events};

const WHY: &str = "dimensions.listening.why";

/// An organisation's rubric, published as version 1.
async fn rubric(world: &World, home: &Home) -> (RubricId, RubricVersionId) {
    let mut conn = world.conn().await;
    store::rubric::insert_published(&mut conn, home.org, rubric::BUILTIN_KEY, rubric::builtin(), world.now())
        .await
        .unwrap()
}

async fn with_draft(world: &World) -> (RubricId, &Who) {
    let (id, _) = rubric(world, &world.home).await;
    let recruiter = world.who(Role::Recruiter);
    world.post(recruiter, &format!("/rubrics/{id}/draft"), &[]).await.assert_status(303);
    (id, recruiter)
}

async fn draft(world: &World, id: RubricId) -> RubricVersion {
    rubric_version::draft(&mut *world.conn().await, &world.who(Role::Recruiter).scope(), id).await.unwrap()
}

async fn draft_says(world: &World, id: RubricId) -> Rubric {
    draft(world, id).await.rubric().unwrap()
}

/// The fields of the form on a page that save a draft, as a browser would send them, with some of them typed anew.
fn filled(page: &Answer, typed: &[(&str, &str)]) -> Vec<(String, String)> {
    let html = page.html();
    let selector = Selector::parse("main form input, main form textarea").unwrap();
    let mut fields = Vec::new();
    for element in html.select(&selector) {
        let Some(name) = element.value().attr("name") else { continue };
        let kind = element.value().attr("type").unwrap_or_default();
        if matches!(kind, "checkbox" | "radio") && element.value().attr("checked").is_none() {
            continue;
        }
        let value = match element.value().name() {
            "textarea" => element.text().collect::<String>(),
            _ => element.value().attr("value").unwrap_or_default().to_owned(),
        };
        let value = typed.iter().find(|(path, _)| *path == name).map_or(value, |(_, value)| (*value).to_owned());
        fields.push((name.to_owned(), value));
    }
    for (name, value) in typed.iter().filter(|(name, _)| matches!(*name, "step" | "go")) {
        fields.push(((*name).to_owned(), (*value).to_owned()));
    }
    fields
}

async fn send(world: &World, who: &Who, path: &str, fields: &[(String, String)]) -> Answer {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    world.post(who, path, &fields).await
}

async fn publish(world: &World, who: &Who, id: RubricId) -> Answer {
    let revision = draft(world, id).await.revision.to_string();
    world.post(who, &format!("/rubrics/{id}/draft/publication"), &[("revision", &revision)]).await
}

#[actix_web::test]
async fn a_rubric_reads_like_a_document_in_each_of_its_languages_and_for_one_medium() {
    let world = World::new().await;
    let (id, _) = rubric(&world, &world.home).await;
    let interviewer = world.who(Role::Interviewer);

    let list = world.get(interviewer, "/rubrics").await.assert_status(200);
    let english = world.get(interviewer, &format!("/rubrics/{id}")).await.assert_status(200);
    let swedish = world.get(interviewer, &format!("/rubrics/{id}?language=sv&medium=phone")).await.assert_status(200);

    list.assert_says("EQ interview for customer service").assert_says("English, Svenska");
    let listening = &rubric::builtin().dimensions[0];
    let english = english
        .assert_says(listening.questions[0].text.in_language("en"))
        .assert_says(listening.questions[0].probes[1].in_language("en"))
        .assert_says(listening.anchors[&5].in_language("en"))
        .assert_says("Never evidence: eye contact or nodding")
        .assert_says("17% of the whole")
        .assert_silent_about("Edit as draft");
    english.assert_says("Takes up every point of a longer message in the reply");
    swedish
        .assert_says(listening.headline.in_language("sv"))
        .assert_silent_about(rubric::builtin().indicator("lis-p8").unwrap().1.text.in_language("sv"));
}

#[actix_web::test]
async fn a_version_can_be_taken_home_as_a_file_that_reads_back() {
    let world = World::new().await;
    let (id, _) = rubric(&world, &world.home).await;

    let file = world.get(world.who(Role::Interviewer), &format!("/rubrics/{id}/versions/1.yaml?language=sv")).await;
    let file = file.assert_status(200);

    let read = rubric::RubricFile::from_yaml(&file.text()).unwrap();
    assert_eq!(read, rubric::builtin().in_language("sv"));
    assert!(file.header("content-disposition").contains("eq-customer-service-1.sv.yaml"));
}

#[actix_web::test]
async fn a_form_sent_back_as_it_came_changes_nothing_in_any_language() {
    let world = World::new().await;
    let (id, recruiter) = with_draft(&world).await;
    let mut pages = vec![format!("/rubrics/{id}/draft/basics"), format!("/rubrics/{id}/draft/guide")];
    pages.extend(rubric::builtin().dimensions.iter().map(|one| format!("/rubrics/{id}/draft/dimensions/{}", one.key)));

    for page in pages {
        for language in ["en", "sv"] {
            let form = world.get(recruiter, &format!("{page}?language={language}")).await.assert_status(200);
            send(&world, recruiter, &page, &filled(&form, &[])).await.assert_status(303);
        }
    }

    let draft = draft(&world, id).await;
    assert_eq!(&draft.rubric().unwrap(), rubric::builtin());
    assert_eq!(draft.revision, 0);
}

#[actix_web::test]
async fn a_draft_is_written_compared_and_published_and_jobs_keep_their_version() {
    let world = World::new().await;
    let recruiter = world.who(Role::Recruiter);
    let job = world.job(&world.home, "Customer support agent").await;
    let rubrics = rubric_version::list(&mut *world.conn().await, &recruiter.scope(), None, 9).await.unwrap();
    let id = rubrics.items[0].id;
    world.post(recruiter, &format!("/rubrics/{id}/draft"), &[]).await.assert_status(303);
    let page = format!("/rubrics/{id}/draft/dimensions/listening");

    let form = world.get(recruiter, &page).await;
    let typed = [(WHY, "Most contacts that repeat begin with a problem that was heard only halfway."), ("go", "draft")];
    let saved = send(&world, recruiter, &page, &filled(&form, &typed)).await.assert_status(303);
    let overview = world.get(recruiter, saved.location()).await.assert_status(200);
    let differences = world.get(recruiter, &format!("/rubrics/{id}/draft/differences")).await.assert_status(200);
    let published = publish(&world, recruiter, id).await.assert_status(303);

    overview.assert_says("One place differs from the published version.");
    let marks = |tag: &str| -> String {
        let selector = Selector::parse(tag).unwrap();
        differences.html().select(&selector).flat_map(|element| element.text().collect::<Vec<_>>()).collect()
    };
    assert_eq!((marks("ins").trim(), marks("del").trim()), ("contacts that repeat", "repeat contacts"));
    let newest = world.get(recruiter, published.location()).await;
    newest
        .assert_says("Version 2, published 23 November 2026")
        .assert_says("Most contacts that repeat begin")
        .assert_says("Customer support agent, Oslo");
    let old = world.get(recruiter, &format!("/rubrics/{id}/versions/1")).await;
    old.assert_says("Most repeat contacts begin").assert_says("You are reading version 1.");
    let kept = store::job::find(&mut *world.conn().await, &recruiter.scope(), job.id).await.unwrap();
    assert_eq!(kept.rubric_version_id, job.rubric_version_id);
}

#[actix_web::test]
async fn a_published_version_never_changes_not_even_by_sql() {
    let world = World::new().await;
    let (id, version) = rubric(&world, &world.home).await;
    let mut conn = world.conn().await;

    for change in ["content = '{}'", "revision = 7", "state = 'draft', published_at = NULL", "version = 9"] {
        let sql = format!("UPDATE rubric_versions SET {change} WHERE id = '{version}'");
        let refused = diesel::sql_query(sql).execute(&mut conn).await.unwrap_err();
        assert!(refused.to_string().contains("never changes"), "{change}: {refused}");
    }

    let kept = rubric_version::newest(&mut conn, &world.who(Role::Admin).scope(), id).await.unwrap();
    assert_eq!(&kept.rubric().unwrap(), rubric::builtin());
}

#[actix_web::test]
async fn an_incomplete_draft_is_kept_but_not_published_and_the_places_are_named() {
    let world = World::new().await;
    let (id, recruiter) = with_draft(&world).await;
    let steps = format!("/rubrics/{id}/draft/steps");

    let add = [("step", "add dimension"), ("dimension", "Calm"), ("in", "en")];
    world.post(recruiter, &steps, &add).await.assert_status(303);
    let refused = publish(&world, recruiter, id).await.assert_status(422);

    refused
        .assert_says("Not published: there is something to put right first.")
        .assert_says("7 things to put right before it can be published")
        .assert_says("Calm · Anchor 3 : Write this text")
        .assert_says("Calm · Questions : Add at least one question");
    assert_eq!(draft_says(&world, id).await.dimensions[6].key, "calm");
}

#[actix_web::test]
async fn questions_indicators_dimensions_and_languages_come_and_go_by_buttons() {
    let world = World::new().await;
    let (id, recruiter) = with_draft(&world).await;
    let page = format!("/rubrics/{id}/draft/dimensions/listening");
    let steps = format!("/rubrics/{id}/draft/steps");

    for (step, typed) in [
        ("add question listening", "Kept with the first step."),
        ("up question lis-b2", "Kept with the second."),
        ("remove indicator lis-n6", "Kept with the third."),
        ("add negative listening", "Kept with the last."),
    ] {
        let form = world.get(recruiter, &page).await;
        send(&world, recruiter, &page, &filled(&form, &[("step", step), (WHY, typed)])).await.assert_status(303);
        assert_eq!(draft_says(&world, id).await.dimensions[0].why.get("en"), Some(typed));
    }
    for fields in [
        vec![("step", "down dimension listening")],
        vec![("step", "remove dimension growth")],
        vec![("step", "add language"), ("language", "zh-Hans")],
        vec![("step", "remove language sv")],
    ] {
        world.post(recruiter, &steps, &fields).await.assert_status(303);
    }
    world.post(recruiter, &steps, &[("step", "add language"), ("language", "xx")]).await.assert_status(422);
    world.post(recruiter, &steps, &[("step", "remove language en")]).await.assert_status(422);

    let draft = draft_says(&world, id).await;
    let keys: Vec<&str> = draft.dimensions.iter().map(|one| one.key.as_str()).collect();
    assert_eq!(keys, ["communication", "listening", "attitude", "problem_solving", "sincerity"]);
    assert_eq!(draft.languages, ["en", "zh-Hans"]);
    let listening = draft.dimension("listening").unwrap();
    assert_eq!(listening.questions[0].key, "lis-b2");
    assert_eq!(listening.questions.last().unwrap().key, "listening-q1");
    assert!(draft.indicator("lis-n6").is_none() && draft.indicator("listening-n1").is_some());
}

#[actix_web::test]
async fn a_translation_is_written_beside_the_original_and_leaves_it_alone() {
    let world = World::new().await;
    let (id, recruiter) = with_draft(&world).await;
    let page = format!("/rubrics/{id}/draft/dimensions/listening");
    world.post(recruiter, &format!("/rubrics/{id}/draft/steps"), &[("step", "add language"), ("language", "nb")]).await;

    let form = world.get(recruiter, &format!("{page}?language=nb")).await.assert_status(200);
    let typed = [("dimensions.listening.questions.lis-b1.probes[1]", "Hvordan sjekket du det?"), (WHY, "Fordi.")];
    send(&world, recruiter, &page, &filled(&form, &typed)).await.assert_status(303);

    form.assert_says("From English into Norsk bokmål.").assert_says("Most repeat contacts begin");
    let listening = &draft_says(&world, id).await.dimensions[0];
    assert_eq!(listening.why.get("nb"), Some("Fordi."));
    assert_eq!(listening.questions[0].probes[1].get("nb"), Some("Hvordan sjekket du det?"));
    assert_eq!(listening.questions[0].probes[0].get("nb"), None);
    assert_eq!(listening.why.get("en"), rubric::builtin().dimensions[0].why.get("en"));
    world.get(recruiter, &format!("/rubrics/{id}/draft")).await.assert_says("2 of").assert_says("texts translated");
}

#[actix_web::test]
async fn two_editors_notice_each_other_and_nothing_typed_is_lost() {
    let world = World::new().await;
    let (id, recruiter) = with_draft(&world).await;
    let admin = world.who(Role::Admin);
    let page = format!("/rubrics/{id}/draft/dimensions/listening");
    let (mine, theirs) = (world.get(recruiter, &page).await, world.get(admin, &page).await);

    // Different places of one page: both are kept.
    let typed = [("dimensions.listening.headline", "Hears people out"), (WHY, "The admin's reason.")];
    send(&world, admin, &page, &filled(&theirs, &typed)).await.assert_status(303);
    let other = filled(&mine, &[("dimensions.listening.definition", "The recruiter's definition.")]);
    let saved = send(&world, recruiter, &page, &other).await.assert_status(303);
    world.get(recruiter, saved.location()).await.assert_says("both changes are in it");
    let listening = draft_says(&world, id).await.dimensions[0].clone();
    assert_eq!(listening.why.get("en"), Some("The admin's reason."));
    assert_eq!(listening.definition.get("en"), Some("The recruiter's definition."));

    // The same place: both texts are shown, and nothing is saved before the second editor has seen them.
    let clash = send(&world, recruiter, &page, &filled(&mine, &[(WHY, "The recruiter's reason.")])).await;
    let clash = clash
        .assert_status(409)
        .assert_says("Somebody else changed the same text")
        .assert_says("The admin's reason.")
        .assert_says("The recruiter's reason.");
    assert!(clash.text().contains("value=\"Hears people out\""));
    assert_eq!(draft_says(&world, id).await.dimensions[0].why.get("en"), Some("The admin's reason."));
    send(&world, recruiter, &page, &filled(&clash, &[])).await.assert_status(303);
    let after = draft_says(&world, id).await.dimensions[0].clone();
    assert_eq!(after.why.get("en"), Some("The recruiter's reason."));
    assert_eq!(after.headline.get("en"), Some("Hears people out"));

    // The dimension is removed, then the draft is: what was typed is handed back.
    let form = world.get(recruiter, &page).await;
    world.post(admin, &format!("/rubrics/{id}/draft/steps"), &[("step", "remove dimension listening")]).await;
    let typed = filled(&form, &[(WHY, "Typed for nothing.")]);
    send(&world, recruiter, &page, &typed).await.assert_status(409).assert_says("Typed for nothing.");
    world.post(admin, &format!("/rubrics/{id}/draft/removal"), &[]).await.assert_status(303);
    send(&world, recruiter, &page, &typed).await.assert_status(409).assert_says("Typed for nothing.");
}

#[actix_web::test]
async fn what_was_not_looked_at_is_not_published() {
    let world = World::new().await;
    let (id, recruiter) = with_draft(&world).await;
    let publication = format!("/rubrics/{id}/draft/publication");

    let same = world.post(recruiter, &publication, &[("revision", "0")]).await.assert_status(409);
    world
        .post(world.who(Role::Admin), &format!("/rubrics/{id}/draft/steps"), &[("step", "down dimension listening")])
        .await;
    let moved_on = world.post(recruiter, &publication, &[("revision", "0")]).await.assert_status(409);

    same.assert_says("the draft says exactly what the published version says");
    moved_on.assert_says("somebody saved the draft after you opened the comparison");
    assert!(draft(&world, id).await.is_draft());
}

#[actix_web::test]
async fn a_copy_is_a_rubric_of_its_own_and_goes_when_its_only_draft_is_discarded() {
    let world = World::new().await;
    let (id, _) = rubric(&world, &world.home).await;
    let recruiter = world.who(Role::Recruiter);
    let copies = format!("/rubrics/{id}/copies");

    world.post(recruiter, &copies, &[("name", " ")]).await.assert_status(422).assert_says("Fill this in");
    let copied = world.post(recruiter, &copies, &[("name", "EQ for the service desk")]).await.assert_status(303);
    let draft_path = copied.location().split('?').next().unwrap().to_owned();
    let copy = draft_path.trim_end_matches("/draft").to_owned();

    world.get(recruiter, copied.location()).await.assert_says("Draft of EQ for the service desk");
    world.get(recruiter, "/rubrics").await.assert_says("EQ for the service desk").assert_says("Not published yet");
    // It says at once what is different: so far its name, which nobody has translated.
    world
        .get(recruiter, &format!("{draft_path}/differences"))
        .await
        .assert_says("2 places differ from “EQ interview for customer service”, from which this was copied.")
        .assert_says("Publish version 1");
    assert_eq!(
        rubric_version::keys_like(&mut *world.conn().await, &recruiter.scope(), "eq-for").await.unwrap(),
        ["eq-for-the-service-desk"]
    );
    world.get(recruiter, &format!("{draft_path}/removal")).await.assert_says("the whole rubric goes");
    world.post(recruiter, &format!("{draft_path}/removal"), &[]).await.assert_status(303);
    world.get(recruiter, &copy).await.assert_status(404);
    world.get(recruiter, &format!("/rubrics/{id}")).await.assert_status(200);
}

#[actix_web::test]
async fn only_those_who_may_edit_rubrics_see_and_change_drafts() {
    let world = World::new().await;
    let (id, _) = with_draft(&world).await;

    for role in [Role::Interviewer, Role::HiringManager, Role::Hr] {
        let who = world.who(role);
        world.get(who, &format!("/rubrics/{id}")).await.assert_status(200);
        for path in ["", "/basics", "/guide", "/dimensions/listening", "/differences", "/removal"] {
            world.get(who, &format!("/rubrics/{id}/draft{path}")).await.assert_status(403);
        }
        for path in ["draft", "draft/basics", "draft/steps", "draft/publication", "draft/removal", "copies"] {
            world.post(who, &format!("/rubrics/{id}/{path}"), &[("name", "x")]).await.assert_status(403);
        }
    }
}

#[actix_web::test]
async fn a_neighbours_rubric_answers_as_one_that_does_not_exist() {
    let world = World::new().await;
    let (theirs, _) = rubric(&world, &world.neighbour).await;
    world.post(world.neighbour.who(Role::Admin), &format!("/rubrics/{theirs}/draft"), &[]).await.assert_status(303);
    let admin = world.who(Role::Admin);
    let random = RubricId::new();

    for path in [
        "",
        "/versions/1",
        "/versions/1.yaml",
        "/draft",
        "/draft/basics",
        "/draft/dimensions/listening",
        "/draft/differences",
    ] {
        let neighbour = world.get(admin, &format!("/rubrics/{theirs}{path}")).await.assert_status(404);
        let nobody = world.get(admin, &format!("/rubrics/{random}{path}")).await.assert_status(404);
        assert_eq!(neighbour.words(), nobody.words());
    }
    for path in ["draft", "draft/basics", "draft/steps", "draft/publication", "draft/removal", "copies"] {
        let fields = [("name", "Mine"), ("step", "remove dimension listening"), ("revision", "0")];
        let neighbour = world.post(admin, &format!("/rubrics/{theirs}/{path}"), &fields).await.assert_status(404);
        let nobody = world.post(admin, &format!("/rubrics/{random}/{path}"), &fields).await.assert_status(404);
        assert_eq!(neighbour.words(), nobody.words());
    }
    let kept = rubric_version::draft(&mut *world.conn().await, &world.neighbour.who(Role::Admin).scope(), theirs).await;
    assert_eq!(&kept.unwrap().rubric().unwrap(), rubric::builtin());
}

#[actix_web::test]
async fn hostile_text_is_shown_as_text_and_control_characters_are_refused() {
    let world = World::new().await;
    let (id, recruiter) = with_draft(&world).await;
    let page = format!("/rubrics/{id}/draft/dimensions/listening");
    let hostile = "</textarea><script>alert(1)</script>\"'&{{ x }} 你好 🙂";

    let form = world.get(recruiter, &page).await;
    let typed = [(WHY, hostile), ("dimensions.listening.name", hostile)];
    let saved = send(&world, recruiter, &page, &filled(&form, &typed)).await.assert_status(303);
    let form = world.get(recruiter, saved.location()).await.assert_silent_about("<script>alert");
    let again = filled(&form, &[]);
    let refused =
        send(&world, recruiter, &page, &filled(&form, &[(WHY, "a\u{7}b"), ("dimensions.listening.weight", "200")]))
            .await;

    assert!(again.iter().any(|(name, value)| name == WHY && value == hostile));
    refused
        .assert_status(422)
        .assert_says("Remove the invisible control characters")
        .assert_says("Enter a whole number from 0 to 100");
    publish(&world, recruiter, id).await.assert_status(303);
    for path in ["/rubrics".to_owned(), format!("/rubrics/{id}"), format!("/rubrics/{id}/versions/2")] {
        world
            .get(recruiter, &path)
            .await
            .assert_status(200)
            .assert_silent_about("<script>alert")
            .assert_says("你好 🙂");
    }
}

#[actix_web::test]
async fn every_change_of_a_rubric_is_in_the_trail() {
    let world = World::new().await;
    let (id, recruiter) = with_draft(&world).await;

    world.post(recruiter, &format!("/rubrics/{id}/draft/steps"), &[("step", "down dimension listening")]).await;
    publish(&world, recruiter, id).await.assert_status(303);
    world.post(recruiter, &format!("/rubrics/{id}/copies"), &[("name", "A copy")]).await.assert_status(303);
    world.post(recruiter, &format!("/rubrics/{id}/draft"), &[]).await.assert_status(303);
    world.post(recruiter, &format!("/rubrics/{id}/draft/removal"), &[]).await.assert_status(303);

    let scope = world.who(Role::Admin).scope();
    let trail = newest_events(&mut *world.conn().await, &scope, 20).await;
    let actions: Vec<&str> = trail.iter().rev().map(|event| event.action.as_str()).collect();
    assert_eq!(
        actions,
        [
            "rubric.draft_begun",
            "rubric.draft_saved",
            "rubric.published",
            "rubric.copied",
            "rubric.draft_begun",
            "rubric.draft_discarded"
        ]
    );
}
