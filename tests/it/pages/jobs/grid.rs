//! A job on one page, candidates by rounds, and the list of jobs.

use attune::domain::{decision::Outcome, policy::Role};
use diesel_async::RunQueryDsl;
use jiff::ToSpan;
use scraper::Selector;

use super::{ALL_RATED, decide, job_with_round, names, row};
use crate::support::{
    scenario::Interviewed,
    world::{Who, World},
};

// ── The grid and the sentence ──

#[actix_web::test]
async fn candidates_stand_in_the_order_of_the_readers_language_page_by_page() {
    let world = World::new().await;
    let (job, _) = job_with_round(&world).await;
    for name in ["Örjan Ek", "zoe Falk", "Zara Holm", "Åsa Lund", "Anna Ek"] {
        world.candidate(&job, name).await;
    }
    let page = async |path: &str| world.get(world.who(Role::Recruiter), path).await.assert_status(200);
    let path = format!("/jobs/{}", job.id);

    assert_eq!(names(&page(&path).await), ["Anna Ek", "Åsa Lund", "Örjan Ek", "Zara Holm", "zoe Falk"]);
    diesel::sql_query("UPDATE members SET locale = 'sv'").execute(&mut *world.conn().await).await.unwrap();
    assert_eq!(names(&page(&path).await), ["Anna Ek", "Zara Holm", "zoe Falk", "Åsa Lund", "Örjan Ek"]);

    for number in 10..57 {
        world.candidate(&job, &format!("Ytterberg {number}")).await;
    }
    let first = page(&path).await;
    let selector = Selector::parse("a[rel=next]").unwrap();
    let next = first.html().select(&selector).next().unwrap().attr("href").unwrap().to_owned();
    let second = page(&next).await;

    assert_eq!((names(&first).len(), names(&first)[49].as_str()), (50, "zoe Falk"));
    assert_eq!(names(&second), ["Åsa Lund", "Örjan Ek"]);
}

#[actix_web::test]
async fn every_cell_of_the_grid_says_where_its_interview_stands() {
    let world = World::new().await;
    let recruiter = world.who(Role::Recruiter);
    let (interviewer, hr) = (world.who(Role::Interviewer), world.who(Role::Hr));
    let jonas = world.member(&world.home, "Jonas Berg", &[Role::Interviewer]).await;
    let (job, round) = job_with_round(&world).await;
    let now = world.now();
    let submit = async |interviewed: &Interviewed, seats: usize| {
        for seat in &interviewed.seats[..seats] {
            world.submitted(seat, &ALL_RATED).await;
        }
    };

    world.candidate(&job, "Nobody yet").await;
    let planned = world.candidate(&job, "Planned").await;
    world.interview_at(&planned, &round, &[interviewer], "2026-11-24T09:00:00Z".parse().unwrap()).await;
    let due = world.candidate(&job, "Due").await;
    submit(&world.interview_at(&due, &round, &[interviewer, hr], now - 3.hours()).await, 1).await;
    let late = world.candidate(&job, "Late").await;
    submit(&world.interview_at(&late, &round, &[interviewer, &jonas], now - 50.hours()).await, 1).await;
    let all = world.candidate(&job, "All in").await;
    submit(&world.interview_at(&all, &round, &[interviewer, &jonas], now - 50.hours()).await, 2).await;
    let away = world.candidate(&job, "Away").await;
    decide(&world, away.application.id, Outcome::Withdrawn).await;

    let page = world.get(recruiter, &format!("/jobs/{}", job.id)).await.assert_status(200);

    assert_eq!(row(&page, "Nobody yet"), "Schedule it | Open");
    assert_eq!(row(&page, "Planned"), "Tue 24 November, 10:00 | Open");
    assert_eq!(row(&page, "Due"), "1 of 2 in, due | Open");
    assert_eq!(row(&page, "Late"), "Jonas Berg, 2 days late | Open");
    assert_eq!(row(&page, "All in"), "2 of 2 in | Open");
    assert_eq!(row(&page, "Away"), "Not scheduled | Withdrawn Mon 23 November");
    page.assert_says(
        "4 of 6 scorecards are in. One is due. One is late. One interview is to come. \
         One candidate waits for a decision.",
    );
}

#[actix_web::test]
async fn the_one_primary_button_is_the_next_step() {
    let world = World::new().await;
    let (recruiter, manager) = (world.who(Role::Recruiter), world.who(Role::HiringManager));
    let interviewer = world.who(Role::Interviewer);
    let (job, round) = job_with_round(&world).await;
    let path = format!("/jobs/{}", job.id);
    let next = async |who: &Who| -> Vec<String> {
        let page = world.get(who, &path).await;
        let buttons = Selector::parse("a.btn.primary").unwrap();
        page.html().select(&buttons).map(|a| a.value().attr("href").unwrap().to_owned()).collect()
    };

    assert_eq!(next(recruiter).await, [format!("/jobs/{}/candidates/new", job.id)]);
    assert_eq!(next(manager).await, [""; 0]);
    let amara = world.candidate(&job, "Amara").await;
    let schedule = format!("/applications/{}/interviews/new?round={}", amara.application.id, round.id);
    assert_eq!(next(recruiter).await, [schedule]);
    let interviewed = world.interview(&amara, &round, &[interviewer]).await;
    assert_eq!(next(interviewer).await, [format!("/interviews/{}/kit", interviewed.interview.id)]);
    world.submitted(&interviewed.seats[0], &ALL_RATED).await;
    assert_eq!(next(recruiter).await, [format!("/jobs/{}/comparison", job.id)]);
    assert_eq!(next(manager).await, [format!("/jobs/{}/comparison", job.id)]);
    assert_eq!(next(interviewer).await, [""; 0]);
}

#[actix_web::test]
async fn two_hundred_candidates_come_fifty_at_a_time_each_once() {
    let world = World::new().await;
    let (job, _) = job_with_round(&world).await;
    for n in 0..201 {
        // Pairs of the same name sit on both sides of a page's end.
        world.candidate(&job, &format!("Candidate {:03}", n / 2)).await;
    }
    let candidates = Selector::parse("tbody th a").unwrap();
    let next = Selector::parse("a[rel=next]").unwrap();

    let mut path = format!("/jobs/{}", job.id);
    let (mut seen, mut pages) = (Vec::new(), 0);
    loop {
        let page = world.get(world.who(Role::Recruiter), &path).await.assert_status(200);
        let html = page.html();
        seen.extend(html.select(&candidates).map(|a| a.value().attr("href").unwrap().to_owned()));
        pages += 1;
        match html.select(&next).next() {
            Some(next) => path = next.value().attr("href").unwrap().to_owned(),
            None => break,
        }
    }

    let different: std::collections::BTreeSet<&String> = seen.iter().collect();
    assert_eq!((seen.len(), different.len(), pages), (201, 201, 5));
}

#[actix_web::test]
async fn the_list_comes_in_pages_newest_first() {
    let world = World::new().await;
    for n in 0..27 {
        world.job(&world.home, &format!("Job {n:02}")).await;
    }

    let first = world.get(world.who(Role::Recruiter), "/jobs").await;
    let next = first
        .html()
        .select(&Selector::parse("a[rel=next]").unwrap())
        .next()
        .unwrap()
        .value()
        .attr("href")
        .unwrap()
        .to_owned();
    let second = world.get(world.who(Role::Recruiter), &next).await;

    first.assert_says("27 jobs are open").assert_says("Job 26").assert_says("Job 02").assert_silent_about("Job 01");
    second.assert_says("Job 01").assert_says("Job 00").assert_silent_about("Job 02").assert_silent_about("Older jobs");
}

#[actix_web::test]
async fn an_empty_list_says_what_belongs_there_to_whom() {
    let world = World::new().await;

    world.get(world.who(Role::Recruiter), "/jobs").await.assert_says("Opening one takes two minutes");
    world.get(world.who(Role::Hr), "/jobs").await.assert_says("Your recruiters open them");
    world.get(world.who(Role::Interviewer), "/jobs").await.assert_says("No job is yours yet");
    world.get(world.who(Role::Recruiter), "/jobs?state=closed").await.assert_says("No job is closed");
}
