//! Records in a browser: HR takes a file and finds it in the trail.

use std::time::Duration;

use attune::domain::{medium::Medium, policy::Role};

use crate::support::{
    browser::{Browser, Device},
    world::World,
};

#[actix_web::test]
async fn hr_downloads_the_records_and_sees_it_in_the_trail() {
    let world = World::new().await;
    let job = world.job(&world.home, "Support agent").await;
    let round = world.round(&job, 1, Medium::Video, &["listening", "growth"]).await;
    let amara = world.candidate(&job, "Amara Okafor").await;
    let met = world.interview(&amara, &round, &[world.who(Role::Interviewer)]).await;
    world.submitted(&met.seats[0], &[("listening", "4", "Asked back, twice"), ("growth", "2", "Nöjd")]).await;
    let site = world.serve();
    let browser = Browser::open(&site, Device::Desktop).await;
    let folder = std::env::temp_dir().join(format!("attune-downloads-{}", uuid::Uuid::new_v4()));
    std::fs::create_dir_all(&folder).unwrap();
    browser.download_into(&folder).await;
    browser.sign_in(world.who(Role::Hr)).await;

    browser.press("Records").await;
    browser.wait_until_says("One submitted scorecard").await;
    browser.press("Download CSV").await;

    let file = downloaded(&folder).await;
    let mut reader = csv::Reader::from_reader(file.trim_start_matches('\u{feff}').as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 2);
    assert!(rows.iter().any(|row| row.iter().any(|cell| cell == "Asked back, twice")), "{file}");
    assert!(rows.iter().any(|row| row.iter().any(|cell| cell == "Nöjd")), "{file}");

    browser.goto("/records").await;
    browser.wait_until_says("hr took a file of records").await;
    browser.goto("/events").await;
    browser.wait_until_says("took a file of records").await;
    browser.wait_until_says("received the whole file").await;
    browser.close().await;
    std::fs::remove_dir_all(&folder).unwrap();
}

/// The one file that was downloaded, once it is whole.
async fn downloaded(folder: &std::path::Path) -> String {
    for _ in 0..100 {
        let files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        if let Some(file) = files.iter().find(|file| file.extension().is_some_and(|extension| extension == "csv")) {
            return std::fs::read_to_string(file).unwrap();
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("nothing was downloaded");
}
