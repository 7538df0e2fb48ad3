//! How long an answer takes: that it cannot depend on another seat's ratings is shown without a stopwatch. For every page and
//! list the same statements are sent, and the same rows, byte for byte, leave the database.

use actix_web::{http::Method, test::TestRequest};
use attune::{
    domain::policy::Role,
    web::api::{BASE, ROUTES},
};

use super::{AMENDED, DRAFT, OTHER_DRAFT, OTHERWISE_SUBMITTED, Panel, SUBMITTED};
use crate::{
    access::routes,
    support::{statements::Statements, wire::Wire},
};

#[tokio::test]
async fn before_submitting_every_page_and_list_costs_the_database_the_same_whatever_the_others_rate() {
    let mut panel = Panel::new(Role::ALL).await;
    let (statements, wire) = (Statements::default(), Wire::before(&panel.world.url));
    panel.world.pool = statements.pool(&wire.url);
    let places = panel.places();
    assert!(places.len() > 80, "{}", places.len());
    // The first visit prepares statements and reads rubrics.
    panel.costs(&places, &statements, &wire).await;

    for (state, others) in [(DRAFT, &[OTHER_DRAFT][..]), (SUBMITTED, &[OTHERWISE_SUBMITTED, AMENDED])] {
        panel.set(state).await;
        panel.costs(&places, &statements, &wire).await;
        let first = panel.costs(&places, &statements, &wire).await;
        for other in others {
            panel.set(other).await;
            let second = panel.costs(&places, &statements, &wire).await;
            let all = places.iter().zip(first.iter().zip(&second));
            let telling = all.filter(|(_, (first, second))| first != second);
            let telling: Vec<_> = telling.map(|(place, (first, second))| (place, &first.1, &second.1)).collect();
            assert!(telling.is_empty(), "these cost something else for other ratings of somebody else's: {telling:#?}");
        }
    }

    // The same look sees the difference once the member has submitted.
    panel.submit().await;
    let first = panel.costs(&places, &statements, &wire).await;
    panel.set(SUBMITTED).await;
    let second = panel.costs(&places, &statements, &wire).await;
    assert!(first.iter().zip(&second).filter(|(first, second)| first != second).count() > 5);
}

/// The statements of an answer, and what came back for each.
type Cost = (Vec<String>, Vec<String>);

impl Panel {
    /// Every page, part, file and list that is looked at. The trail grows with what was looked at; it is no place where ratings are.
    fn places(&self) -> Vec<String> {
        let pages = routes().into_iter().filter(|(method, _)| *method == Method::GET).map(|(_, route)| route);
        let lists = ROUTES.iter().filter(|(_, methods)| methods.contains(&"get")).map(|(path, _)| match *path {
            "/records.csv" => format!("{BASE}{path}?form=long"),
            path => format!("{BASE}{path}"),
        });
        pages.chain(lists).filter(|route| !route.starts_with("/events") && !route.contains("/records")).collect()
    }

    async fn costs(&self, places: &[String], statements: &Statements, wire: &Wire) -> Vec<Cost> {
        let mut costs = Vec::new();
        for place in places {
            let request = TestRequest::get().uri(&self.objects.path(place)).insert_header(("prefer", "wait=20"));
            statements.take();
            wire.forget();
            if place.starts_with(BASE) {
                let request = request.insert_header(("authorization", format!("Bearer {}", self.token)));
                self.world.send(None, request).await;
            } else {
                self.world.send(Some(&self.me), request).await;
            }
            let sent = statements.take();
            let heard = wire.heard(sent.len()).await;
            costs.push((sent, heard));
        }
        costs
    }
}
