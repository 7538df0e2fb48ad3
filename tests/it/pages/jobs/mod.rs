//! Jobs: opening, changing and closing one; the list; a job on one page, and what it must not tell.

mod changing;
mod grid;
mod opening;
mod sight;

use attune::{
    domain::{
        decision::Outcome,
        id::{ApplicationId, DecisionId, JobId},
        medium::Medium,
        policy::Role,
    },
    store::{self, Scope, decision::Decision, job::Job},
};
use scraper::Selector;
use serde_json::json;

use crate::support::{
    scenario::DIMENSIONS,
    world::{Answer, Who, World, newest_events},
};

/// The form of a new job as the page for a template shows it, with every field as it would be sent.
async fn prefilled(world: &World, who: &Who, path: &str) -> Vec<(String, String)> {
    let page = world.get(who, path).await.assert_status(200);
    fields(&page)
}

/// What a browser would send of a page's form without its buttons.
fn fields(page: &Answer) -> Vec<(String, String)> {
    let html = page.html();
    let inputs = Selector::parse("main form input[name]").unwrap();
    let selects = Selector::parse("main form select[name]").unwrap();
    let chosen = Selector::parse("option[selected]").unwrap();
    let mut fields: Vec<(String, String)> = html
        .select(&inputs)
        .map(|input| input.value())
        .filter(|input| input.attr("type") != Some("checkbox") || input.attr("checked").is_some())
        .map(|input| (input.attr("name").unwrap().to_owned(), input.attr("value").unwrap_or_default().to_owned()))
        .collect();
    fields.extend(html.select(&selects).filter_map(|select| {
        let option = select.select(&chosen).next()?;
        Some((select.value().attr("name").unwrap().to_owned(), option.value().attr("value").unwrap().to_owned()))
    }));
    fields
}

fn set(fields: &mut Vec<(String, String)>, name: &str, value: &str) {
    fields.retain(|(known, _)| known != name);
    fields.push((name.to_owned(), value.to_owned()));
}

async fn send(world: &World, who: &Who, path: &str, fields: &[(String, String)]) -> Answer {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    world.post(who, path, &fields).await
}

/// Opens a job from a template as the recruiter does, and gives its id.
async fn open(world: &World) -> JobId {
    let recruiter = world.who(Role::Recruiter);
    // The scenario's job brings a published rubric along.
    world.job(&world.home, "Another job").await;
    let mut form = prefilled(world, recruiter, "/jobs/new?template=support-agent").await;
    set(&mut form, "hiring_manager", &world.who(Role::HiringManager).id.to_string());
    let answer = send(world, recruiter, "/jobs", &form).await.assert_status(303);
    answer.location().trim_start_matches("/jobs/").split('?').next().unwrap().parse().unwrap()
}

async fn rounds(world: &World, job: JobId) -> Vec<store::round::Round> {
    store::round::of_job(&mut *world.conn().await, &world.who(Role::Recruiter).scope(), job).await.unwrap()
}

async fn trail(world: &World) -> Vec<(String, serde_json::Value)> {
    let scope: Scope = world.who(Role::Hr).scope();
    let events = newest_events(&mut *world.conn().await, &scope, 50).await;
    events.into_iter().rev().map(|event| (event.action, event.detail)).collect()
}

async fn decide(world: &World, application: ApplicationId, outcome: Outcome) {
    let decision = Decision {
        org_id: world.home.org,
        id: DecisionId::new(),
        application_id: application,
        outcome,
        reason: "The other one was asked first".to_owned(),
        member_id: world.who(Role::HiringManager).id,
        comparison: json!({}),
        inputs_digest: "0".to_owned(),
        at: world.now().into(),
        inputs: None,
        figures_digest: None,
    };
    store::decision::insert(&mut *world.conn().await, &decision).await.unwrap();
}

const ALL_RATED: [(&str, &str, &str); 1] = [("listening", "4", "Said the number back")];

async fn job_with_round(world: &World) -> (Job, store::round::Round) {
    let job = world.job(&world.home, "Agent").await;
    let round = world.round(&job, 1, Medium::Phone, &DIMENSIONS).await;
    (job, round)
}

/// The candidates of the grid, from top to bottom.
fn names(page: &Answer) -> Vec<String> {
    let rows = Selector::parse("tbody th a").unwrap();
    page.html().select(&rows).map(|name| name.text().collect::<String>().trim().to_owned()).collect()
}

/// The cells of a candidate's row, read aloud.
fn row(page: &Answer, name: &str) -> String {
    let html = page.html();
    let (rows, head, cells) =
        (Selector::parse("tbody tr").unwrap(), Selector::parse("th").unwrap(), Selector::parse("td").unwrap());
    let text = |element: scraper::ElementRef<'_>| {
        element.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let row = html.select(&rows).find(|row| text(row.select(&head).next().unwrap()) == name).unwrap();
    row.select(&cells).map(text).collect::<Vec<_>>().join(" | ")
}
