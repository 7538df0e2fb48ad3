//! The kit and the scorecard, as a browser without script meets them, and the answers that the kit's script gets.

mod opening;
mod plain;
mod saving;
mod sight;
mod submitting;

use attune::domain::{medium::Medium, policy::Role};
use scraper::{Html, Selector};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{
    scenario::{DIMENSIONS, Interviewed},
    world::{Answer, Who, World},
};

/// An interview with all six dimensions by video: the interviewer and the hiring manager are its panel.
struct Panel {
    world: World,
    met: Interviewed,
}

impl Panel {
    async fn new() -> Panel {
        Panel::with(&DIMENSIONS).await
    }

    async fn with(dimensions: &[&str]) -> Panel {
        let world = World::new().await;
        let job = world.job(&world.home, "Customer support agent").await;
        let round = world.round(&job, 1, Medium::Video, dimensions).await;
        let amara = world.candidate(&job, "Amara Okafor").await;
        let panel = [world.who(Role::Interviewer), world.who(Role::HiringManager)];
        let met = world.interview(&amara, &round, &panel).await;
        Panel { world, met }
    }

    fn me(&self) -> &Who {
        self.world.who(Role::Interviewer)
    }

    fn other(&self) -> &Who {
        self.world.who(Role::HiringManager)
    }

    fn path(&self, page: &str) -> String {
        format!("/interviews/{}/kit{page}", self.met.interview.id)
    }

    async fn page(&self, page: &str) -> Answer {
        self.world.get(self.me(), &self.path(page)).await.assert_status(200)
    }

    /// The id of my scorecard; opens the kit.
    async fn scorecard(&self) -> String {
        self.page("/listening").await.attribute("form#kit", "data-scorecard")
    }

    async fn operate(&self, scorecard: &str, body: &Value) -> Answer {
        self.world.post_json(self.me(), &format!("/scorecards/{scorecard}/operations"), body).await
    }

    async fn save(&self, scorecard: &str, field: &str, base: i64, value: &str) -> Answer {
        self.operate(scorecard, &operation(field, base, value)).await
    }

    /// Rates every dimension with a note, by operations.
    async fn rate_all(&self, scorecard: &str) {
        for dimension in DIMENSIONS {
            self.save(scorecard, &format!("{dimension}.rating"), 0, "4").await.assert_status(200);
            self.save(scorecard, &format!("{dimension}.note"), 0, "Named the second question").await.assert_status(200);
        }
    }

    /// Sends the review's form as the page shows it, with these fields changed.
    async fn submit(&self, changes: &[(&str, &str)]) -> Answer {
        let page = self.page("/review").await;
        self.world.post(self.me(), &page.attribute("form#kit", "action"), &borrowed(&page.fields(changes))).await
    }
}

fn operation(field: &str, base: i64, value: &str) -> Value {
    json!({ "op_id": Uuid::now_v7(), "field": field, "base_revision": base, "value": value })
}

fn borrowed(fields: &[(String, String)]) -> Vec<(&str, &str)> {
    fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

impl Answer {
    fn attribute(&self, selector: &str, name: &str) -> String {
        let html = self.html();
        let found = html.select(&Selector::parse(selector).unwrap()).next();
        found.and_then(|element| element.attr(name)).unwrap_or_else(|| panic!("no {name} on {selector}")).to_owned()
    }

    fn has(&self, selector: &str) -> bool {
        self.html().select(&Selector::parse(selector).unwrap()).next().is_some()
    }

    /// What a browser would send of the page's form, with changes.
    fn fields(&self, changes: &[(&str, &str)]) -> Vec<(String, String)> {
        let html: Html = self.html();
        let all = Selector::parse("#kit input[name], #kit textarea[name]").unwrap();
        let mut fields: Vec<(String, String)> = Vec::new();
        for element in html.select(&all) {
            let kind = element.attr("type").unwrap_or_default();
            if matches!(kind, "radio" | "checkbox") && element.attr("checked").is_none() {
                continue;
            }
            let text: String = element.text().collect();
            let value = if element.value().name() == "textarea" {
                text
            } else {
                element.attr("value").unwrap_or_default().to_owned()
            };
            fields.push((element.attr("name").unwrap().to_owned(), value));
        }
        for (name, value) in changes {
            fields.retain(|(known, _)| known != name);
            fields.push((name.to_string(), value.to_string()));
        }
        fields
    }
}
