//! The link and its code: how long they live, how often they can be tried, and what ends them.

use attune::{
    domain::{id::OrgId, policy::Role},
    store,
};
use jiff::SignedDuration;

use super::{KARIN, Scene, deliver, scorecard_of};
use crate::support::world::World;

#[actix_web::test]
async fn a_revoked_link_is_over_with_the_next_request_and_another_one_goes_on_where_it_ended() {
    let scene = Scene::new().await;
    let world = &scene.world;
    let (first, karin) = (scene.secret("seat").await, scene.enter().await);
    let page = karin.get(&scene.kit("/listening")).await.assert_status(200);
    karin.save(&scorecard_of(&page), "listening.note", "Named the second question").await.assert_status(200);
    // A second letter is on its way while the links are revoked.
    let again = format!("/interviews/{}/seats/{}/link", scene.interview, scene.seat().await);
    world.post(scene.recruiter(), &again, &[]).await.assert_status(303);

    scene.revoke().await;

    assert_eq!(karin.get(&scene.kit("/listening")).await.location(), "/seats");
    let kept = karin.save(&scorecard_of(&page), "listening.note", "More").await;
    assert_eq!(kept.status.as_u16(), 401, "the page keeps the words until the link is opened again");
    world.get(None, &first).await.assert_status(410);
    world.post(None, &format!("{first}/code"), &[]).await.assert_status(410);
    world.post(None, &first, &[("code", "123456")]).await.assert_status(410);
    deliver(world).await;
    let minted = world.rows("SELECT FROM seat_links").await.len();
    assert_eq!(minted, 1, "what was on its way does not go out");
    world
        .get(world.who(Role::Admin), &format!("/interviews/{}", scene.interview))
        .await
        .assert_says("the link is revoked");

    world.post(scene.recruiter(), &again, &[]).await.assert_status(303);
    let page = scene.enter().await.get(&scene.kit("/listening")).await.assert_status(200);
    page.assert_says("Named the second question");
}

#[actix_web::test]
async fn a_code_is_tried_five_times_lives_ten_minutes_and_belongs_to_its_link() {
    let scene = Scene::new().await;
    let world = &scene.world;
    let link = scene.secret("seat").await;
    let ask = async || {
        // The limit of how often a code may be asked for has its own test.
        world.sql("UPDATE seat_links SET code_tag = NULL").await;
        let id = world.rows("SELECT org_id, id FROM seat_links ORDER BY id LIMIT 1").await.remove(0);
        let (org, id) =
            (id["org_id"].as_str().unwrap().parse::<OrgId>().unwrap(), id["id"].as_str().unwrap().parse().unwrap());
        let mut conn = world.conn().await;
        attune::usecases::seat_link::mint_code(&mut conn, &world.shared.sealing, org, id, world.now()).await.unwrap()
    };
    let other_than = |code: &str| if code == "000000" { "000001" } else { "000000" };
    // The tries are counted per seat in memory as well; a world of one's own knows none yet.
    let try_code = async |code: &str| {
        let found = links(world, &link).await;
        let device = attune::usecases::sign_in::Device {
            address: "192.0.2.1".to_owned(),
            user_agent: String::new(),
            mark: String::new(),
        };
        let mut conn = world.conn().await;
        attune::usecases::seat_link::enter(&mut conn, &world.shared.sealing, &found, code, &device, world.now()).await
    };

    let code = ask().await;
    for _ in 0..5 {
        assert!(try_code(other_than(&code)).await.is_err());
    }
    assert!(try_code(&code).await.is_err(), "five tries are all");

    let code = ask().await;
    world.clock.advance(SignedDuration::from_mins(10));
    assert!(try_code(&code).await.is_err(), "ten minutes are over");

    let code = ask().await;
    let kept = world.rows("SELECT code_tag FROM seat_links").await.remove(0)["code_tag"].as_str().unwrap().to_owned();
    assert!(!kept.contains(&code));
    assert!(try_code(&code).await.is_ok());
    assert!(try_code(&code).await.is_err(), "once is all");
    let refused = world.rows("SELECT FROM events WHERE action = 'session.started' AND outcome = 'refused'").await;
    assert_eq!(refused.len(), 8);

    // Thirty wrong ones in all, and the link itself is over.
    for _ in 0..6 {
        let code = ask().await;
        for _ in 0..5 {
            drop(try_code(other_than(&code)).await);
        }
    }
    world.get(None, &link).await.assert_status(410);
}

async fn links(world: &World, link: &str) -> store::seat_link::Found {
    let mut conn = world.conn().await;
    let hash = attune::usecases::seat_link::hash(link.rsplit('/').next().unwrap()).unwrap();
    let (org, id) = store::seat_link::named(&mut conn, &hash).await.unwrap();
    store::seat_link::find(&mut conn, org, id).await.unwrap()
}

#[actix_web::test]
async fn codes_cannot_be_asked_for_or_tried_without_end() {
    let scene = Scene::new().await;
    let link = scene.secret("seat").await;
    let ask = format!("{link}/code");
    let asked: Vec<u16> = futures_util::future::join_all((0..6).map(|_| scene.world.post(None, &ask, &[])))
        .await
        .iter()
        .map(|answer| answer.status.as_u16())
        .collect();
    assert_eq!(asked.iter().filter(|status| **status == 303).count(), 3, "{asked:?}");

    let tried: Vec<u16> =
        futures_util::future::join_all((0..8).map(|_| scene.world.post(None, &link, &[("code", "000000")])))
            .await
            .iter()
            .map(|answer| answer.status.as_u16())
            .collect();
    assert_eq!(tried.iter().filter(|status| **status == 429).count(), 3, "{tried:?}");
}

#[actix_web::test]
async fn a_link_works_until_some_days_after_the_interview_as_the_organisation_has_set() {
    let scene = Scene::new().await;
    let (link, karin) = (scene.secret("seat").await, scene.enter().await);

    scene.world.sql("UPDATE organisations SET seat_link_days = 1").await;
    scene.world.clock.advance(SignedDuration::from_hours(25));
    karin.get(&scene.kit("/listening")).await.assert_status(200);
    scene.world.clock.advance(SignedDuration::from_hours(1));

    assert_eq!(karin.get(&scene.kit("/listening")).await.location(), "/seats");
    scene.world.get(None, &link).await.assert_status(410).assert_says("does not work any more");
}

#[actix_web::test]
async fn whoever_is_shut_out_or_taken_off_the_panel_is_a_stranger() {
    let scene = Scene::new().await;
    let karin = scene.enter().await;
    let link = scene.secret("seat").await;

    scene.world.sql("UPDATE members SET disabled_at = now() WHERE is_outside").await;
    assert_eq!(karin.get(&scene.kit("/listening")).await.location(), "/seats");
    scene.world.get(None, &link).await.assert_status(410);
    scene.schedule(&[("outside_name", "Karin"), ("outside_email", KARIN), ("anyway", "1")]).await.assert_status(422);

    scene.world.sql("UPDATE members SET disabled_at = NULL WHERE is_outside").await;
    karin.get(&format!("/interviews/{}/seat", scene.interview)).await.assert_status(200);
    let (seat, manager) = (scene.seat().await, scene.world.who(Role::HiringManager).id.to_string());
    let form = [
        ("date", "2026-11-23"),
        ("time", "10:00"),
        ("time_zone", "Europe/Stockholm"),
        ("minutes", "45"),
        ("place", "Room 3"),
        ("sequence", "0"),
        ("panel", manager.as_str()),
    ];
    scene.world.post(scene.recruiter(), &format!("/interviews/{}", scene.interview), &form).await.assert_status(303);
    assert_eq!(scene.world.rows(&format!("SELECT FROM seats WHERE id = '{seat}'")).await.len(), 0);
    assert_eq!(karin.get(&format!("/interviews/{}/seat", scene.interview)).await.location(), "/seats");
}

#[actix_web::test]
async fn leaving_ends_the_session_on_the_device_and_the_link_begins_another() {
    let scene = Scene::new().await;
    let karin = scene.enter().await;

    let left = karin.post(&format!("/interviews/{}/seat/end", scene.interview), &[]).await.assert_status(303);

    assert_eq!(left.location(), "/seats?left");
    assert_eq!(karin.get(&scene.kit("/listening")).await.location(), "/seats");
    scene.world.clock.advance(SignedDuration::from_mins(1));
    scene.enter().await.get(&scene.kit("/listening")).await.assert_status(200);
}
