//! Killing the product or its database at any moment loses no acknowledged word.

use std::time::{Duration, Instant};

use nix::{
    sys::signal::{Signal, kill},
    unistd::Pid,
};

use crate::support::product::{Product, Writer};

#[actix_web::test]
async fn what_was_acknowledged_survives_the_killing_of_the_server() {
    let mut product = Product::new(1).await;
    let mut writer = writer(&product).await;

    for acknowledged in [7, 40, 23] {
        for _ in 0..acknowledged {
            assert!(writer.write().await, "the server runs");
        }
        let pid = product.server.id();
        let killer = std::thread::spawn(move || {
            std::thread::sleep(Duration::from_millis(15));
            kill(Pid::from_raw(pid.cast_signed()), Signal::SIGKILL).unwrap();
        });
        while writer.write().await {}
        killer.join().unwrap();
        product.server.wait().unwrap();

        product.start().await;

        writer.expect_everything_acknowledged().await;
        assert!(writer.write().await, "the operation without an answer is taken when it comes again");
    }
}

#[actix_web::test]
async fn what_was_acknowledged_survives_the_killing_of_the_database() {
    let product = Product::new(1).await;
    let mut writer = writer(&product).await;

    for acknowledged in [5, 30] {
        for _ in 0..acknowledged {
            assert!(writer.write().await, "the database runs");
        }
        let postmaster = product.postmaster().unwrap();
        kill(Pid::from_raw(postmaster), Signal::SIGKILL).unwrap();
        // The page tries again with the same id until it has an answer. A connection outlives the postmaster by a moment,
        // so that an answer alone does not mean that the new one is there.
        let start = Instant::now();
        let is_new = || product.postmaster().is_some_and(|pid| pid != postmaster);
        while !(writer.write().await && is_new()) {
            assert!(start.elapsed() < Duration::from_secs(30), "the database comes back by itself");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }

        writer.expect_everything_acknowledged().await;
    }
}

async fn writer(product: &Product) -> Writer {
    let (interview, email) = &product.interviews[0];
    Writer::sign_in(&product.base(), interview, email, Duration::from_secs(10)).await
}
