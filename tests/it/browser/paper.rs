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
    for (width, height) in [A4, LETTER] {
        assert_eq!(browser.sheets(width, height).await, 1, "the kit on {width} by {height}");
    }
    browser.close().await;
}
