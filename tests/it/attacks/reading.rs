//! GET changes nothing: a link on another site, a prefetch or a crawler does no harm.

use actix_web::http::Method;
use attune::{
    domain::policy::Role,
    web::api::{BASE, ROUTES},
};

use super::database::dump;
use crate::access::{Walked, routes};

/// Who looked at what is kept in the trail; when a session or a token was last used, with it.
const KEPT_ON_PURPOSE: [&str; 4] = ["events", "event_heads", "sessions", "api_tokens"];

#[tokio::test]
async fn no_page_and_no_route_of_the_api_changes_anything_when_it_is_only_looked_at() {
    let Walked { world, own, .. } = Walked::new().await;
    // Whoever sits in a panel opens an empty scorecard with the first look into the kit: it is opened here.
    for who in world.home.everybody() {
        world.get(who, &own.path("/interviews/{id}/kit/listening")).await;
    }
    let before = dump(&world, "").await;

    for (_, route) in routes().into_iter().filter(|(method, _)| *method == Method::GET) {
        for who in std::iter::once(None).chain(world.home.everybody().map(Some)) {
            world.get(who, &own.path(&route)).await;
        }
    }
    for role in Role::ALL {
        let token = world.token_of(*role).await;
        for (path, _) in ROUTES.iter().filter(|(_, methods)| methods.contains(&"get")) {
            world.call(&token, Method::GET, &own.path(&format!("{BASE}{path}")), None).await;
        }
    }

    let after = dump(&world, "").await;
    for (table, rows) in &before {
        if !KEPT_ON_PURPOSE.contains(&table.as_str()) {
            assert_eq!(rows, &after[table], "{table} was changed by looking");
        }
    }
    let seldom = |table: &str| (before[table].len(), after[table].len());
    assert_eq!(seldom("sessions").0, seldom("sessions").1, "nobody was signed in or out");
}

#[tokio::test]
async fn the_first_look_into_the_kit_opens_an_empty_scorecard_and_does_nothing_else() {
    let Walked { world, own, .. } = Walked::new().await;
    let before = dump(&world, "").await;

    world.get(world.who(Role::Hr), &own.path("/interviews/{id}/kit/listening")).await.assert_status(200);

    let after = dump(&world, "").await;
    let changed: Vec<&String> = before
        .keys()
        .filter(|table| before[*table] != after[*table] && *table != "events" && *table != "event_heads")
        .collect();
    assert_eq!(changed, ["ratings", "scorecards"]);
    assert_eq!(after["scorecards"].len(), before["scorecards"].len() + 1);
    assert!(before["scorecards"].iter().all(|row| after["scorecards"].contains(row)));
}
