//! The demo organisations, loaded into a real database.

use attune::{
    domain::{id::MemberId, letter::LetterState, policy::Reach},
    mail::SecretPurpose,
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

#[actix_web::test]
async fn the_demos_interviewer_without_an_account_has_a_letter_with_a_link_and_no_password() {
    let mut conn = AsyncPgConnection::establish(&database::fresh().await).await.unwrap();
    demo::load(&mut conn, "a hash", "2026-11-23T13:02:00Z".parse().unwrap(), "http://127.0.0.1:8080").await.unwrap();

    let guest = store::member::with_email(&mut conn, "clara.nilsen@havfisk.example").await.unwrap().remove(0);
    let scope = Scope { org: guest.org_id, member: guest.id, reach: Reach::All, blind: true };
    let letters = store::letter::list(&mut conn, &scope, &[LetterState::Waiting], None, 100).await.unwrap().items;
    let hers = letters.iter().find(|letter| letter.member_id == Some(guest.id)).unwrap();
    let (_, words) = store::letter::find(&mut conn, &scope, hers.id).await.unwrap();

    assert!(guest.is_outside && guest.roles.is_empty() && guest.password_hash.is_none());
    assert_eq!((hers.kind.as_str(), words.secret), ("interview_scheduled", Some(SecretPurpose::Seat)));
}
