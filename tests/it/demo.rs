//! The demo organisations, loaded into a real database.

use attune::{
    domain::{id::MemberId, policy::Reach},
    store::{self, Scope},
    usecases::demo,
};
use diesel_async::{AsyncConnection, AsyncPgConnection};

use crate::support::{database, world::newest_events};

#[actix_web::test]
async fn the_demo_fills_an_empty_database_once_and_its_trail_is_whole() {
    let mut conn = AsyncPgConnection::establish(&database::fresh().await).await.unwrap();
    let now = "2026-11-23T13:02:00Z".parse().unwrap();

    assert!(demo::load(&mut conn, "a hash", now, "http://127.0.0.1:8080").await.unwrap());
    assert!(!demo::load(&mut conn, "a hash", now, "http://127.0.0.1:8080").await.unwrap());

    let organisations = store::organisation::named(&mut conn, "Nordlys Support AB").await.unwrap();
    let scope = Scope { org: organisations[0].id, member: MemberId::new(), reach: Reach::All, blind: true };
    let jobs = store::record::jobs(&mut conn, &scope).await.unwrap();
    assert_eq!(jobs.iter().map(|job| job.scorecards).sum::<i64>(), 69);

    let mut events = newest_events(&mut conn, &scope, 2000).await;
    events.reverse();
    let mut previous = vec![0; 32];
    for (event, number) in events.iter().zip(1..) {
        assert_eq!((event.number, &event.previous_hash), (number, &previous));
        assert_eq!(event.hash, store::event::hash(event));
        previous.clone_from(&event.hash);
    }
    assert!(events.iter().any(|event| event.action == "decision.recorded"));
}
