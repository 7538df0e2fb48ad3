//! Eight interviewers type through foul weather while the server and its database are killed: no acknowledged word is lost, none
//! comes twice. Short here; `ATTUNE_SOAK_SECONDS=600 cargo test --test it soak -- --nocapture` is the long form, and
//! `ATTUNE_SOAK_SEED` has a run again.

use std::{
    env,
    time::{Duration, Instant},
};

use futures_util::future::join_all;
use nix::{
    sys::signal::{Signal, kill},
    unistd::Pid,
};

use crate::support::{
    line::{Dice, Line, Weather},
    product::{Product, Writer},
};

const INTERVIEWERS: usize = 8;
const SECONDS: u64 = 20;
/// Nobody writes more operations than this, however long it takes.
const MOST: usize = 20_000;

#[actix_web::test]
async fn eight_interviewers_lose_no_acknowledged_word_in_foul_weather_among_killings() {
    let seed = number("ATTUNE_SOAK_SEED").unwrap_or(20_261_123);
    let length = Duration::from_secs(number("ATTUNE_SOAK_SECONDS").unwrap_or(SECONDS).min(3600));
    let mut dice = Dice::new(seed);
    let mut product = Product::new(INTERVIEWERS).await;
    let line = Line::to(&product.base(), dice.roll(u64::MAX));
    let mut writers = Vec::new();
    for (interview, email) in &product.interviews {
        writers.push(Writer::sign_in(&line.base, interview, email, Duration::from_secs(3)).await);
    }

    line.set(Weather::Foul);
    let end = Instant::now() + length;
    let paces: Vec<Dice> = writers.iter().map(|_| Dice::new(dice.roll(u64::MAX))).collect();
    let typing = join_all(writers.iter_mut().zip(paces).map(|(writer, pace)| type_until(end, writer, pace)));
    let killing = kill_until(end, &mut product, dice);
    let (_, (servers, databases)) = futures_util::future::join(typing, killing).await;

    // Then, in fair weather, what has no answer yet is sent until it has one, and the server holds the ledger, word by word.
    line.set(Weather::Fair);
    let mut acknowledged = 0;
    for writer in &mut writers {
        for _ in 0..400 {
            if !writer.waits() || writer.write().await {
                break;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        assert!(!writer.waits(), "in fair weather everything is answered");
        writer.expect_everything_acknowledged().await;
        acknowledged += writer.ledger.values().map(|(revision, _)| revision).sum::<i64>();
    }
    let (written, tries) = writers.iter().fold((0, 0), |(w, t), writer| (w + writer.written, t + writer.tries));
    eprintln!(
        "soak: seed {seed}, {} s, {INTERVIEWERS} interviewers: {written} changes in {tries} tries, {} faults on the line, \
         {servers} servers and {databases} databases killed; 0 acknowledged words lost, 0 doubled",
        length.as_secs(),
        line.faults(),
    );
    assert_eq!(usize::try_from(acknowledged).unwrap(), written, "every change was applied exactly once");
    assert!(written > INTERVIEWERS * 5 && servers + databases > 0 && line.faults() > 0, "the weather was foul");
}

/// Types at a person's pace, in bursts; tries again when there was no answer.
async fn type_until(end: Instant, writer: &mut Writer, mut dice: Dice) {
    while Instant::now() < end && writer.written < MOST {
        let pause = if writer.write().await { 10 + dice.roll(150) } else { 30 + dice.roll(300) };
        tokio::time::sleep(Duration::from_millis(pause)).await;
    }
}

/// Kills the server or its database every few seconds; answers how many of each.
async fn kill_until(end: Instant, product: &mut Product, mut dice: Dice) -> (usize, usize) {
    let (mut servers, mut databases) = (0, 0);
    loop {
        let pause = Duration::from_millis(1500 + dice.roll(4500));
        if Instant::now() + pause + Duration::from_secs(2) > end {
            tokio::time::sleep(end.saturating_duration_since(Instant::now())).await;
            return (servers, databases);
        }
        tokio::time::sleep(pause).await;
        if dice.roll(2) == 0 {
            kill(Pid::from_raw(product.server.id().cast_signed()), Signal::SIGKILL).unwrap();
            product.server.wait().unwrap();
            product.start().await;
            servers += 1;
        } else if let Some(postmaster) = product.postmaster()
            && kill(Pid::from_raw(postmaster), Signal::SIGKILL).is_ok()
        {
            databases += 1;
        }
    }
}

fn number(name: &str) -> Option<u64> {
    env::var(name).ok()?.parse().ok()
}
