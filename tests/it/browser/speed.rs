//! How fast the kit feels: from a key to the paint, and from a key to the server's acknowledgement. `script/kit-speed` measures.

use super::kit::Interview;
use crate::support::{browser::Device, scenario::DIMENSIONS};

/// Design: a key is painted within 50 ms and a change acknowledged within 100 ms, at the 99th percentile, on loopback.
const PAINT: f64 = 50.0;
const ACKNOWLEDGED: f64 = 100.0;

const PROBE: &str = "
    window.paints = []; window.acks = []; let since = 0;
    addEventListener('keydown', (e) => {
      const at = e.timeStamp; since = at;
      requestAnimationFrame(() => { const c = new MessageChannel(); c.port1.onmessage = () => paints.push(performance.now() - at); c.port2.postMessage(0); });
    }, true);
    document.addEventListener('field-saved', ({ detail }) => { if (detail.name.endsWith('.rating')) acks.push(performance.now() - since); });";

#[actix_web::test]
async fn a_key_is_painted_at_once_and_a_rating_acknowledged_soon_after() {
    let rounds = if std::env::var_os("ATTUNE_MEASURE").is_some() { 300 } else { 30 };
    let interview = Interview::over(&DIMENSIONS[..2]).await;
    let browser = interview.open(Device::Desktop).await;
    browser.goto(&interview.path("/listening")).await;
    browser.wait_until("document.documentElement.dataset.pagesKept == 3").await;
    browser.script(PROBE).await;

    for n in 0..rounds {
        browser.keys(&(n % 5 + 1).to_string()).await;
        browser.wait_until(&format!("window.acks.length === {}", n + 1)).await;
    }
    let note = browser.find("#note").await;
    for _ in 0..rounds / 10 {
        note.send_keys("She said it. ").await.unwrap();
    }
    browser.wait_until("document.getElementById('saved').textContent.startsWith('Saved ')").await;

    let paint = percentiles(&browser.script("return paints").await);
    let acknowledged = percentiles(&browser.script("return acks").await);
    eprintln!("kit: key to paint p50 {:.1} ms, p99 {:.1} ms ({} keys)", paint.0, paint.1, paint.2);
    eprintln!(
        "kit: key to acknowledged p50 {:.1} ms, p99 {:.1} ms ({} ratings)",
        acknowledged.0, acknowledged.1, acknowledged.2
    );
    // Beside other tests on two cores everything waits; the goals hold when it is measured alone.
    let slack = if std::env::var_os("ATTUNE_MEASURE").is_some() { 1.0 } else { 20.0 };
    assert!(paint.1 < PAINT * slack && acknowledged.1 < ACKNOWLEDGED * slack);
    browser.close().await;
}

/// The 50th and 99th percentile, and of how many.
fn percentiles(times: &serde_json::Value) -> (f64, f64, usize) {
    let mut times: Vec<f64> = times.as_array().unwrap().iter().filter_map(serde_json::Value::as_f64).collect();
    times.sort_by(f64::total_cmp);
    let at = |share: usize| times[(times.len() * share).div_ceil(100).max(1) - 1];
    (at(50), at(99), times.len())
}
