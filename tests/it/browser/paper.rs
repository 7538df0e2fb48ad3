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
    let dimensions = browser.script("return document.querySelectorAll('nav.rail li').length").await.as_u64().unwrap();
    for (width, height) in [A4, LETTER] {
        assert_eq!(browser.sheets(width, height).await, 1, "the kit on {width} by {height}");
    }
    // A cover, a sheet for each dimension, and the recommendation.
    browser.goto(&kit.replace(kit.rsplit('/').next().unwrap(), "paper")).await;
    for (width, height) in [A4, LETTER] {
        let sheets = browser.sheets(width, height).await;
        assert_eq!(u64::try_from(sheets).unwrap(), dimensions + 2, "the paper kit on {width} by {height}");
    }
    browser.close().await;
}
