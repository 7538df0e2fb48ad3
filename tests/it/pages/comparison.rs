//! The comparison: what it says, to whom, and what it keeps from those who have not submitted.

use actix_web::test::TestRequest;
use attune::domain::{medium::Medium, policy::Role};

use super::shortlist::{Shortlist, contents, ratings};
use crate::support::{scenario::DIMENSIONS, world::World};

#[actix_web::test]
async fn the_hiring_manager_reads_a_sentence_a_figure_and_every_raters_tick() {
    let world = World::new().await;
    let list = Shortlist::new(&world).await;

    let page = world.get(world.who(Role::HiringManager), &list.page()).await.assert_status(200);

    let page = page
        .assert_says("Customer support agent, Oslo · 2 candidates · 4 of 4 scorecards in")
        .assert_says("Amara Okafor stands apart from the rest.")
        .assert_says("best: ")
        .assert_says("Why these numbers")
        .assert_says("the plain mean is 4.50")
        .assert_says("This describes the interview ratings, not future performance.")
        .assert_says("4 · 5")
        .assert_says("Panel agreement");
    assert!(page.text().contains("<svg class=\"interval-figure\""));
}

#[actix_web::test]
async fn roles_without_the_permission_are_refused_and_strangers_find_nothing() {
    let world = World::new().await;
    let list = Shortlist::new(&world).await;
    let outsider = world.member(&world.home, "Other Manager", &[Role::HiringManager]).await;

    for path in [list.page(), format!("{}/figure", list.page()), format!("{}/listening", list.page())] {
        world.get(&list.kim, &path).await.assert_status(403);
        let hidden = world.get(&outsider, &path).await.assert_status(404);
        let neighbour = world.get(world.neighbour.who(Role::Admin), &path).await.assert_status(404);
        let random = path.replace(&list.job.id.to_string(), &attune::domain::id::JobId::new().to_string());
        let nothing = world.get(world.neighbour.who(Role::Admin), &random).await.assert_status(404);
        assert_eq!(neighbour.text(), nothing.text());
        assert_eq!(hidden.status, nothing.status);
        world.get(None, &path).await.assert_status(303);
    }
}

#[actix_web::test]
async fn while_my_own_seat_is_open_no_byte_depends_on_the_other_seats_of_that_interview() {
    let world = World::new().await;
    let list = Shortlist::new(&world).await;
    let manager = world.who(Role::HiringManager);
    let round = world.round(&list.job, 2, Medium::InPerson, &DIMENSIONS).await;
    let noor = world.member(&world.home, "Noor Haddad", &[Role::Interviewer]).await;
    let interview = world.interview(&list.amara, &round, &[manager, &list.kim, &noor]).await;
    let duel = format!("{}/duel?candidates={},{}", list.page(), list.amara.candidate.id, list.wei.candidate.id);
    let paths = [list.page(), format!("{}/figure", list.page()), format!("{}/listening", list.page()), duel];
    let read = async || {
        let mut all = Vec::new();
        for path in &paths {
            all.push(world.get(manager, path).await.assert_status(200).text());
        }
        all
    };
    let before = read().await;

    let sealed = world.submitted(&interview.seats[1], &ratings("1")).await;
    assert_eq!(read().await, before, "a submission of another seat shows");
    world.draft(&interview.seats[2], &ratings("1")).await;
    assert_eq!(read().await, before, "a draft of another seat shows");

    assert!(before[0].contains("2 scorecards stay closed to you until you have submitted yours."));
    assert!(before[0].contains("4 of 7 scorecards in"), "{}", before[0]);
    assert!(!before[2].contains(&sealed.id.to_string()));

    world.submitted(&interview.seats[0], &ratings("4")).await;
    world
        .get(manager, &list.page())
        .await
        .assert_says("6 of 7 scorecards in")
        .assert_says("1 · 4 · 4 · 5")
        .assert_silent_about("stay closed");
}

#[actix_web::test]
async fn moved_weights_move_the_page_and_change_no_row() {
    let world = World::new().await;
    let list = Shortlist::new(&world).await;
    let manager = world.who(Role::HiringManager);
    let before = contents(&world).await;

    let what_if = world.get(manager, &format!("{}?w.listening=40&w.growth=0", list.page())).await.assert_status(200);
    let fragment = world.get(manager, &format!("{}/figure?w.listening=40", list.page())).await.assert_status(200);

    what_if.assert_says("A what-if: the record keeps the pinned weights.").assert_says("50%");
    assert!(fragment.text().contains("id=\"finding\"") && fragment.text().contains("id=\"figure\""));
    assert!(fragment.text().contains("id=\"order-holds\"") && fragment.text().contains("of sensible weightings"));
    assert!(!fragment.text().contains("<html"));
    assert_eq!(contents(&world).await, before);
    world.get(manager, &list.page()).await.assert_silent_about("A what-if: the record keeps the pinned weights.</p>");
    for bad in ["-1", "101", "NaN", "inf", "x", ""] {
        world.get(manager, &format!("{}?w.listening={bad}", list.page())).await.assert_status(422);
    }
}

#[actix_web::test]
async fn two_can_be_put_side_by_side_and_nobody_from_elsewhere() {
    let world = World::new().await;
    let list = Shortlist::new(&world).await;
    let manager = world.who(Role::HiringManager);
    let third = world.candidate(&list.job, "Ingrid Dahl").await;
    let (amara, wei) = (list.amara.candidate.id, list.wei.candidate.id);

    let two = world.get(manager, &format!("{}?candidates={amara},{wei}", list.page())).await.assert_status(200);
    let form = world.get(manager, &format!("{}?candidates={amara}&candidates={wei}", list.page())).await;

    two.assert_says("You see 2 of 3 candidates.").assert_silent_about(&third.candidate.name);
    form.assert_status(200).assert_silent_about(&third.candidate.name);
    let stranger = Shortlist::of(&world, &world.neighbour).await.amara.candidate.id;
    world.get(manager, &format!("{}?candidates={stranger}", list.page())).await.assert_status(404);
    world.get(manager, &format!("{}?candidates=everybody", list.page())).await.assert_status(404);
}

#[actix_web::test]
async fn the_evidence_of_a_dimension_stands_side_by_side_with_amendments_beside_the_first_rating() {
    let world = World::new().await;
    let list = Shortlist::new(&world).await;
    let manager = world.who(Role::HiringManager);
    list.amend(&world, 1).await;

    let evidence = world.get(manager, &format!("{}/listening", list.page())).await.assert_status(200);
    let page = world.get(manager, &list.page()).await;

    evidence
        .assert_says("Listening: the evidence")
        .assert_says("Kim Berg")
        .assert_says("recommends yes")
        .assert_says("Asked what the caller had tried")
        .assert_says("Amended; the figures keep the first rating.")
        .assert_says("Read the notes again");
    page.assert_says("the plain mean is 4.50");
    world.get(manager, &format!("{}/charisma", list.page())).await.assert_status(404);
}

#[actix_web::test]
async fn what_is_missing_is_named_once_its_interview_has_begun_and_never_for_a_cancelled_one() {
    let world = World::new().await;
    let list = Shortlist::new(&world).await;
    let manager = world.who(Role::HiringManager);
    let late = world.candidate(&list.job, "Pavel Orlov").await;
    let tomorrow = world.now() + jiff::SignedDuration::from_hours(24);
    world.interview_at(&late, &list.round, &[&list.kim], tomorrow).await;
    world.get(manager, &list.page()).await.assert_says("4 of 4 scorecards in").assert_silent_about("Still missing");

    world.clock.advance(jiff::SignedDuration::from_hours(25));

    let page = world.get(manager, &list.page()).await;
    page.assert_says("4 of 5 scorecards in").assert_says("Still missing Candidate Round Interviewer Pavel Orlov");
}

#[actix_web::test]
async fn a_job_without_candidates_or_scorecards_says_what_will_be_there() {
    let world = World::new().await;
    let manager = world.who(Role::HiringManager);
    let job = world.job(&world.home, "Night shift").await;
    let path = format!("/jobs/{}/comparison", job.id);
    world.get(manager, &path).await.assert_status(200).assert_says("No candidates yet");

    let name = "王".repeat(60);
    world.candidate(&job, &name).await;

    world
        .get(manager, &path)
        .await
        .assert_status(200)
        .assert_says("No scorecards are in yet. The comparison begins with the first one.")
        .assert_says(&name);
}

#[actix_web::test]
async fn two_hundred_candidates_fit_on_the_page() {
    let world = World::new().await;
    let list = Shortlist::new(&world).await;
    for n in 0..200 {
        let applied = world.candidate(&list.job, &format!("Candidate {n} <script>")).await;
        if n % 20 == 0 {
            let interview = world.interview(&applied, &list.round, &[&list.kim]).await;
            world.submitted(&interview.seats[0], &ratings("3")).await;
        }
    }

    let page = world.get(world.who(Role::HiringManager), &list.page()).await.assert_status(200);

    page.assert_says("202 candidates")
        .assert_silent_about("<script>\"")
        .assert_silent_about("199 <script>")
        .assert_silent_about("Among the best 5");
    let five = world.get(world.who(Role::HiringManager), &format!("{}?places=5", list.page())).await.assert_status(200);
    five.assert_says("Among the best 3").assert_says("Among the best 5");
    for bad in ["0", "100", "-1", "5.5", "x"] {
        world.get(world.who(Role::HiringManager), &format!("{}?places={bad}", list.page())).await.assert_status(422);
    }
}

#[actix_web::test]
async fn a_comparison_that_is_computed_says_so_and_the_next_look_finds_it() {
    let world = World::new().await;
    let list = Shortlist::new(&world).await;
    let manager = world.who(Role::HiringManager);
    let look = || TestRequest::get().uri(&list.page()).insert_header(("prefer", "wait=0"));

    let meanwhile = world.send(Some(manager), look()).await;

    let meanwhile = meanwhile.assert_status(202).assert_says("Comparing 2 candidates on 4 scorecards.");
    assert!(meanwhile.text().contains("http-equiv=\"refresh\""), "it asks again without script");
    world.get(manager, &list.page()).await.assert_status(200).assert_says("Amara Okafor stands apart");
    world.send(Some(manager), look()).await.assert_status(200);
}

#[actix_web::test]
async fn a_duel_says_how_surely_one_is_above_the_other_with_the_evidence_of_both() {
    let world = World::new().await;
    let list = Shortlist::new(&world).await;
    let manager = world.who(Role::HiringManager);
    let third = world.candidate(&list.job, "Ingrid Dahl").await;
    let (amara, wei) = (list.amara.candidate.id, list.wei.candidate.id);
    let duel = format!("{}/duel", list.page());

    let two = world.get(manager, &format!("{duel}?candidates={wei},{amara}")).await.assert_status(200);

    two.assert_says("Amara Okafor or Li Wei?")
        .assert_says("above Li Wei:")
        .assert_says("by more than 0.25 points")
        .assert_says("Asked what the caller had tried")
        .assert_says("4 · 5");
    world.get(manager, &duel).await.assert_status(200).assert_says("Choose two candidates");
    let one = world.get(manager, &format!("{duel}?candidates={wei}")).await.assert_status(200);
    one.assert_says("A duel takes exactly two candidates.");
    let unrated = world.get(manager, &format!("{duel}?candidates={wei},{}", third.candidate.id)).await;
    unrated.assert_status(200).assert_silent_about("probable");
    world.get(&list.kim, &duel).await.assert_status(403);
    let stranger = Shortlist::of(&world, &world.neighbour).await.amara.candidate.id;
    world.get(manager, &format!("{duel}?candidates={wei},{stranger}")).await.assert_status(404);
}

#[actix_web::test]
async fn who_met_another_panel_in_another_round_is_marked_in_a_sentence_and_nothing_is_when_all_are_alike() {
    let world = World::new().await;
    let list = Shortlist::new(&world).await;
    let manager = world.who(Role::HiringManager);
    world.get(manager, &list.page()).await.assert_silent_about("Not the same interview");
    let phone = world.round(&list.job, 2, Medium::Phone, &DIMENSIONS).await;
    let ingrid = world.candidate(&list.job, "Ingrid Dahl").await;
    let noor = world.member(&world.home, "Noor Haddad", &[Role::Interviewer]).await;
    let met = world.interview(&ingrid, &phone, &[&list.kim, &noor]).await;
    for seat in &met.seats {
        world.submitted(seat, &ratings("3")).await;
    }

    let page = world.get(manager, &list.page()).await.assert_status(200);

    page.assert_says("Not the same interview")
        .assert_says("Ingrid Dahl has not had Round 1, which others have had.")
        .assert_says(
            "They were heard through different media: Amara Okafor and Li Wei (by video); Ingrid Dahl (by phone).",
        )
        .assert_says("They met different panels:");
}

#[actix_web::test]
async fn candidates_seen_by_different_people_stand_in_separate_lists() {
    let world = World::new().await;
    let list = Shortlist::new(&world).await;
    let noor = world.member(&world.home, "Noor Haddad", &[Role::Interviewer]).await;
    let jonas = world.member(&world.home, "Jonas Ek", &[Role::Interviewer]).await;
    for (name, points) in [("Ingrid Dahl", "3"), ("Pavel Orlov", "4")] {
        let applied = world.candidate(&list.job, name).await;
        let met = world.interview(&applied, &list.round, &[&noor, &jonas]).await;
        for seat in &met.seats {
            world.submitted(seat, &ratings(points)).await;
        }
    }

    let page = world.get(world.who(Role::HiringManager), &list.page()).await.assert_status(200);

    page.assert_says("These were seen by different people and stand in separate lists")
        .assert_says("One more rating would join them:")
        .assert_says("Seen by Noor Haddad and Jonas Ek");
}
