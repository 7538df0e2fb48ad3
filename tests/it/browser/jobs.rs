//! Opening a job, the list, a job on its page, and Today: in both themes, on both sizes, with and without script.

use attune::domain::{medium::Medium, policy::Role};

use crate::support::{
    browser::{Browser, Device, Theme},
    scenario::DIMENSIONS,
    world::World,
};

#[actix_web::test]
async fn a_recruiter_opens_a_job_without_script_and_adds_a_round_to_it() {
    let world = World::new().await;
    // It brings a published rubric along.
    world.job(&world.home, "Another job").await;
    let manager = world.member(&world.home, "Recruits and decides", &[Role::Recruiter, Role::HiringManager]).await;
    let site = world.serve();
    let browser = Browser::open(&site, Device::Desktop).await;
    browser.disable_scripts().await;
    browser.sign_in(&manager).await;

    browser.goto("/jobs").await;
    browser.press("Open a job").await;
    browser.goto("/jobs/new?template=support-agent").await;
    browser.fill("title", "Night agent").await;
    browser.press("Add a round").await;
    browser.wait_until_says("Round 4").await;
    browser.press("Open the job").await;

    browser.wait_until_says("The job is open").await;
    let words = browser.words().await;
    assert!(words.contains("Night agent") && words.contains("No candidate yet"), "{words}");
    browser.close().await;
}

#[actix_web::test]
async fn jobs_and_today_are_accessible_in_both_themes_and_on_both_sizes() {
    let world = World::new().await;
    let (recruiter, interviewer) = (world.who(Role::Recruiter), world.who(Role::Interviewer));
    let job = world.job(&world.home, "Technical support specialist for hospitals and places that never close").await;
    let round = world.round(&job, 1, Medium::Video, &DIMENSIONS).await;
    let long = world.candidate(&job, "Maximiliana Alexandrovna von Hohenlohe-Schillingsfürst-Östberg").await;
    world.interview(&long, &round, &[recruiter, interviewer]).await;
    world.candidate(&job, "李伟").await;
    let site = world.serve();

    for device in [Device::Desktop, Device::Phone] {
        let browser = Browser::open(&site, device).await;
        browser.sign_in(recruiter).await;
        for theme in [Theme::Light, Theme::Dark] {
            browser.set_theme(theme).await;
            let pages = [
                ("today", "/".to_owned()),
                ("jobs", "/jobs".to_owned()),
                ("jobs-closed", "/jobs?state=closed".to_owned()),
                ("job-choose", "/jobs/new".to_owned()),
                ("job-new", "/jobs/new?template=support-agent".to_owned()),
                ("job", format!("/jobs/{}", job.id)),
                ("job-edit", format!("/jobs/{}/edit", job.id)),
                ("job-closing", format!("/jobs/{}/closing", job.id)),
            ];
            for (name, path) in pages {
                browser.goto(&path).await;
                browser.assert_accessible(&format!("{name}, {device:?}, {theme:?}")).await;
                browser.screenshot(&format!("{name}-{device:?}-{theme:?}")).await;
            }
        }
        browser.close().await;
    }
}

#[actix_web::test]
async fn shares_of_the_weights_follow_the_typing() {
    let world = World::new().await;
    world.job(&world.home, "Another job").await;
    let site = world.serve();
    let browser = Browser::open(&site, Device::Desktop).await;
    browser.sign_in(world.who(Role::Recruiter)).await;
    browser.goto("/jobs/new?template=support-agent").await;

    browser.fill("weight.listening", "80").await;

    let share = browser.find("output[for='weight.listening']").await.text().await.unwrap();
    assert_eq!(share, "50%");
    browser.close().await;
}
