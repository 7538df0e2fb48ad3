//! What comes out of a printer, on A4 and on Letter.

use crate::support::{
    browser::{Browser, Device},
    demo::{Demo, HIRING_MANAGER, RECRUITER},
};

const A4: (f64, f64) = (8.27, 11.69);
const LETTER: (f64, f64) = (8.5, 11.0);

#[actix_web::test]
async fn a_scorecard_and_a_dimension_of_the_kit_fit_on_one_sheet_each() {
    let site = Demo::new().await.serve();

    let browser = Browser::open(&site, Device::Desktop).await;
    browser.sign_in_to_demo(HIRING_MANAGER).await;
    browser.goto("/candidates?q=Amara").await;
    browser.click("main tbody th a").await;
    browser.wait_for("main a[href^='/scorecards/']").await.click().await.unwrap();
    browser.wait_for(".sheet").await;
    for (width, height) in [A4, LETTER] {
        assert_eq!(browser.sheets(width, height).await, 1, "the scorecard on {width} by {height}");
    }
    browser.close().await;

    let browser = Browser::open(&site, Device::Desktop).await;
    browser.sign_in_to_demo(RECRUITER).await;
    browser.press("Open the kit: Nadia Haddad").await;
    browser.wait_for("#note").await;
    let kit = browser.path().await;
    let paper = kit.replace(kit.rsplit('/').next().unwrap(), "paper");
    let dimensions = browser.script("return document.querySelectorAll('nav.rail li').length").await.as_u64().unwrap();
    for (width, height) in [A4, LETTER] {
        assert_eq!(browser.sheets(width, height).await, 1, "the kit on {width} by {height}");
    }
    browser.goto(&paper).await;
    assert_eq!(kit_sheets(&browser).await, [dimensions + 2; 2], "on A4 and on Letter");
    browser.close().await;

    // Swedish words are longer.
    let site = Demo::new().await.in_swedish().await.serve();
    let browser = Browser::open(&site, Device::Desktop).await;
    browser.sign_in_to_demo(RECRUITER).await;
    browser.goto(&paper).await;
    browser.wait_until_says("Din rekommendation").await;
    assert_eq!(kit_sheets(&browser).await, [dimensions + 2; 2], "in Swedish, on A4 and on Letter");
    browser.close().await;
}

/// The sheets of the paper kit on A4 and on Letter: a cover, one for each dimension, and the recommendation.
async fn kit_sheets(browser: &Browser) -> [u64; 2] {
    let mut sheets = [0; 2];
    for (sheets, (width, height)) in sheets.iter_mut().zip([A4, LETTER]) {
        *sheets = u64::try_from(browser.sheets(width, height).await).unwrap();
    }
    sheets
}
