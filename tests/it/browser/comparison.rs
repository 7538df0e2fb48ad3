//! A hiring manager's journey: compare, ask what the order rests on, read the evidence, decide, send the summary.

use attune::{
    domain::{medium::Medium, policy::Role},
    store::job::Job,
    worker::Worker,
};
use serde_json::json;

use crate::support::{
    browser::{Browser, Device, RIGHT},
    scenario::DIMENSIONS,
    world::World,
};

/// Three candidates, each met by the same two interviewers. Amara listens and Wei grows, so that it is the weights that order
/// them.
async fn shortlist(world: &World) -> Job {
    let job = world.job(&world.home, "Customer support agent").await;
    let round = world.round(&job, 1, Medium::Video, &DIMENSIONS).await;
    let panel = [world.who(Role::Interviewer), world.who(Role::Recruiter)];
    for (name, scores) in [
        ("Amara Okafor", [["5", "4"], ["4", "4"], ["4", "4"], ["4", "4"], ["4", "4"], ["1", "2"]]),
        ("Li Wei", [["2", "2"], ["4", "4"], ["4", "3"], ["4", "4"], ["4", "4"], ["5", "4"]]),
        ("Ingrid Dahl", [["2", "2"], ["2", "2"], ["2", "3"], ["2", "2"], ["2", "2"], ["2", "2"]]),
    ] {
        let candidate = world.candidate(&job, name).await;
        let met = world.interview(&candidate, &round, &panel).await;
        for (i, seat) in met.seats.iter().enumerate() {
            let rated = |(dimension, scores): (&&'static str, [&'static str; 2])| {
                (*dimension, scores[i], "Asked what the caller had tried")
            };
            let ratings: Vec<_> = DIMENSIONS.iter().zip(scores).map(rated).collect();
            world.submitted(seat, &ratings).await;
        }
    }
    job
}

#[actix_web::test]
async fn a_hiring_manager_compares_moves_a_weight_reads_the_evidence_decides_and_sends_the_summary() {
    // Given three candidates whom two interviewers have rated
    let world = World::with("mailbox = true").await;
    let job = shortlist(&world).await;
    let (url, outbox) = (world.url.clone(), world.shared.outbox.clone());
    let _worker = Worker::start(&world.shared.config, &url, world.clock.clone(), outbox).unwrap();
    let site = world.serve();
    let browser = Browser::open(&site, Device::Desktop).await;
    browser.sign_in(world.who(Role::HiringManager)).await;
    let comparison = format!("/jobs/{}/comparison", job.id);
    browser.goto(&comparison).await;
    // The page that asks to wait while it is computed has no figure yet.
    browser.wait_for("#figure").await;

    // When a weight is moved by keys, the figure moves with it, on the same page
    let figure = "return document.getElementById('figure').innerHTML";
    let before = browser.script(figure).await;
    let job_before = world.rows("SELECT * FROM jobs").await;
    browser.script("window.stayed = true; document.getElementById('w-growth').focus()").await;
    browser.keys(&RIGHT.repeat(10)).await;
    browser.wait_until("document.getElementById('what-if').textContent !== ''").await;
    browser.wait_until("location.search.includes('w.growth=20')").await;
    browser.wait_until("!document.getElementById('figure').hasAttribute('aria-busy')").await;
    assert_ne!(browser.script(figure).await, before);
    assert_eq!(browser.script("return [window.stayed, document.activeElement.id]").await, json!([true, "w-growth"]));
    browser.assert_accessible("the comparison with a weight moved").await;

    // Then the address shows it to others too, the record keeps its own, and a look without the address shows that
    let moved = browser.script("return document.getElementById('finding').textContent").await;
    browser.goto(&browser.path().await).await;
    assert_eq!(browser.script("return document.getElementById('finding').textContent").await, moved);
    assert_eq!(world.rows("SELECT * FROM jobs").await, job_before);
    browser.goto(&comparison).await;
    assert_eq!(browser.script(figure).await, before);

    // When a cell is opened, its evidence is there
    browser.click(".grid-table a.cell").await;
    browser.wait_until_at(&format!("{comparison}/listening")).await;
    browser.wait_until_says("Asked what the caller had tried").await;

    // When two are ticked for a duel, it says how surely one is above the other, and every figure has its words
    browser.goto(&comparison).await;
    browser.click("details.whys summary").await;
    browser.wait_until_says("the plain mean is").await;
    browser.assert_accessible("the comparison with its reasons open").await;
    browser.click(".grid-table tbody tr:nth-child(1) [name=candidates]").await;
    browser.click(".grid-table tbody tr:nth-child(2) [name=candidates]").await;
    browser.press("Duel of two").await;
    browser.wait_until_says("by more than 0.25 points").await;
    browser.assert_accessible("a duel").await;

    // When a decision is recorded
    browser.goto(&comparison).await;
    browser.press("Record decision").await;
    browser.wait_until_says("About whom?").await;
    browser.click("main a[href*='/decisions/new']").await;
    browser.wait_for("[name=outcome]").await;
    browser.click(".tiles label:has([value=hired])").await;
    browser.fill("reason", "Solved every case we gave her.").await;
    browser.press("Record the decision").await;
    browser.wait_until_at(&comparison).await;
    browser.wait_until_says("Solved every case we gave her.").await;
    let decisions = world.rows("SELECT outcome, reason FROM decisions").await;
    assert_eq!(decisions, [json!({ "outcome": "hired", "reason": "Solved every case we gave her." })]);

    // Then its comparison can be computed again to the same numbers
    browser.click("#decisions a").await;
    browser.press("Compute it again and compare").await;
    browser.wait_until_says("every number is the same").await;
    browser.assert_accessible("a decision computed again").await;
    browser.goto(&comparison).await;

    // When the summary is previewed and sent
    browser.press("Email summary").await;
    browser.wait_for("[name=note]").await;
    let recipient = world.who(Role::Hr);
    browser.click(&format!("[name=members][value='{}']", recipient.id)).await;
    browser.fill("note", "Could we meet on Thursday?").await;
    browser.press("Preview the letter").await;
    browser.wait_for("iframe.letter").await;
    browser.assert_accessible("the preview of the summary").await;
    assert_eq!(world.rows("SELECT id FROM letters WHERE kind = 'summary'").await.len(), 0);
    browser.press("Send to one person").await;
    browser.wait_until_says("Summary sent").await;

    // Then the letter is in the mailbox, to be read as it was previewed
    // The worker puts it there a moment later, and the page does not look again by itself.
    for _ in 0..100 {
        browser.goto("/mailbox").await;
        if browser.words().await.contains(&recipient.email) {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    browser.click("th.name a").await;
    let frame = browser.wait_for("iframe.letter").await;
    frame.enter_frame().await.unwrap();
    browser.wait_until_says("Could we meet on Thursday?").await;
    browser.wait_until("[...document.images].every(image => image.complete && image.naturalWidth > 0)").await;
    browser.close().await;
}
