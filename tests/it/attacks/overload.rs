//! Under overload the product says so, stays within its memory, and is there afterwards; most of it against the real binary.

use std::{
    io::{Read, Write},
    net::TcpStream,
    sync::Arc,
    time::{Duration, Instant},
};

use actix_web::{
    App, HttpServer,
    middleware::from_fn,
    web::{self, Data, get},
};
use attune::{domain::policy::Role, web::failure};
use nix::sys::resource::{Resource, getrlimit, setrlimit};
use tokio::net::TcpListener;

use super::product::Product;
use crate::{api::assert_problem, support::world::World};

#[tokio::test]
async fn a_member_who_asks_too_often_is_told_how_long_to_wait_and_nobody_else_is() {
    let world = World::with("requests_per_minute = 20\n").await;
    let (busy, other) = (world.who(Role::Recruiter), world.who(Role::Admin));
    let token = world.token(busy).await;

    let mut refused = 0;
    for _ in 0..25 {
        refused += usize::from(world.get(busy, "/jobs").await.status.as_u16() == 429);
    }
    let page = world.get(busy, "/jobs").await.assert_status(429).assert_says("Slow down");
    let problem = world.read(&token, "/jobs").await;

    assert!((5..=15).contains(&refused), "ten at once: {refused}");
    assert!((1..=4).contains(&page.header("retry-after").parse::<u64>().unwrap()));
    assert_problem(&problem, 429, "too_many");
    assert!(problem.header("retry-after").parse::<u64>().is_ok(), "the limit is the member's, however they come in");
    world.get(other, "/jobs").await.assert_status(200);
    world.get(busy, "/health/ready").await.assert_status(200);
}

#[tokio::test]
async fn a_network_that_floods_is_answered_cheaply_and_others_are_not_held_up() {
    let world = World::with("requests_per_minute = 10\ntrust_proxy = true\n").await;
    let from = async |address: &'static str| {
        let request = actix_web::test::TestRequest::get().uri("/sign-in").insert_header(("x-forwarded-for", address));
        world.send(None, request).await
    };

    let mut answers = Vec::new();
    for _ in 0..150 {
        answers.push(from("192.0.2.1").await);
    }

    // Fifty at once, and a few that were earned again meanwhile.
    let refused = answers.last().unwrap();
    let taken = answers.iter().filter(|answer| answer.status.as_u16() == 200).count();
    assert!((50..100).contains(&taken), "{taken}");
    assert_eq!(refused.status.as_u16(), 429);
    assert!(refused.header("retry-after").parse::<u64>().is_ok());
    assert!(refused.bytes.len() < 300 && refused.header("content-security-policy").contains("default-src 'none'"));
    from("192.0.2.2").await.assert_status(200);
}

#[tokio::test]
async fn whoever_guesses_passwords_is_told_to_wait() {
    let world = World::new().await;
    let who = world.who(Role::Admin);
    let mut last = None;

    for _ in 0..12 {
        last = Some(world.post(None, "/sign-in", &[("email", &who.email), ("password", "not this one")]).await);
    }

    let last = last.unwrap().assert_status(429).assert_says("Too many tries");
    assert!(last.header("retry-after").parse::<u64>().is_ok());
    world.get(who, "/").await.assert_status(200);
}

#[tokio::test]
async fn a_panic_answers_500_and_the_process_serves_on() {
    let world = World::new().await;
    let shared = Arc::clone(&world.shared);
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let (sender, handle) = tokio::sync::oneshot::channel();
    let thread = std::thread::spawn(move || {
        actix_web::rt::System::new().block_on(async move {
            let server = HttpServer::new(move || {
                App::new().app_data(Data::from(Arc::clone(&shared))).service(
                    web::scope("")
                        .wrap(from_fn(failure::render))
                        .route("/panic", get().to(panics))
                        .route("/calm", get().to(async || "calm")),
                )
            })
            .workers(1)
            .disable_signals()
            .listen(listener)
            .unwrap()
            .run();
            let _ = sender.send(server.handle());
            server.await.unwrap();
        });
    });
    let handle = handle.await.unwrap();

    for _ in 0..20 {
        let answer = reqwest::get(format!("{base}/panic")).await.unwrap();
        assert_eq!(answer.status(), 500);
        assert!(!answer.text().await.unwrap().contains("secret"), "the page does not say why");
    }
    assert_eq!(reqwest::get(format!("{base}/calm")).await.unwrap().text().await.unwrap(), "calm");
    handle.stop(false).await;
    thread.join().unwrap();
}

async fn panics() -> &'static str {
    panic!("a secret reason");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_storm_of_connections_leaves_the_process_alive_and_its_memory_bounded() {
    let (now, most) = getrlimit(Resource::RLIMIT_NOFILE).unwrap();
    let _ = setrlimit(Resource::RLIMIT_NOFILE, most.min(16_384).max(now), most);
    let mut product = Product::new(&[]).await;
    let quiet = product.memory();

    // More than a worker holds, each with half a request.
    let storm: Vec<TcpStream> = (0..1500)
        .filter_map(|_| {
            let address = product.address.parse().unwrap();
            let mut stream = TcpStream::connect_timeout(&address, Duration::from_millis(500)).ok()?;
            stream.write_all(b"GET /sign-in HTTP/1.1\r\nHost: x\r\nX-Half: ").ok()?;
            Some(stream)
        })
        .collect();
    assert!(storm.len() > 900, "{} connections", storm.len());
    let during = product.memory();
    // Those that only hold on are cut off by and by, and whoever really asks is served, also while the storm lasts.
    product
        .until("a request is served", Duration::from_secs(60), async || product.status("/sign-in").await == 200)
        .await;
    drop(storm);
    product.until("all is well", Duration::from_secs(30), async || product.status("/health/ready").await == 200).await;

    assert!(product.is_alive());
    assert!(during < quiet + 150, "{during} MB, {quiet} MB before");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_head_and_a_slow_body_are_cut_off() {
    let product = Product::new(&[]).await;
    let address = product.address.clone();
    let trickle = move |head: &'static str| {
        let mut stream = TcpStream::connect(&address).unwrap();
        stream.set_read_timeout(Some(Duration::from_millis(900))).unwrap();
        stream.write_all(head.as_bytes()).unwrap();
        let (begun, mut answer) = (Instant::now(), Vec::new());
        loop {
            // A byte a second; what reads less than the whole body in time never waits for ever.
            let sent = stream.write_all(b"a");
            let mut piece = [0; 4096];
            match stream.read(&mut piece) {
                Ok(0) => break,
                Ok(read) => answer.extend(&piece[..read]),
                Err(error) if matches!(error.kind(), std::io::ErrorKind::WouldBlock | std::io::ErrorKind::TimedOut) => {
                }
                Err(_) => break,
            }
            if sent.is_err() || begun.elapsed() > Duration::from_secs(60) {
                break;
            }
        }
        (begun.elapsed(), String::from_utf8_lossy(&answer).into_owned())
    };
    let also = trickle.clone();

    let head = tokio::task::spawn_blocking(move || trickle("GET /sign-in HTTP/1.1\r\nHost: x\r\nX-Slow: "));
    let body = tokio::task::spawn_blocking(move || {
        also(
            "POST /sign-in HTTP/1.1\r\nHost: x\r\nSec-Fetch-Site: same-origin\r\nContent-Length: 100000\r\n\
             Content-Type: application/x-www-form-urlencoded\r\n\r\nemail=",
        )
    });
    let ((head_took, head), (body_took, body)) = (head.await.unwrap(), body.await.unwrap());

    assert!(head_took < Duration::from_secs(20), "the head: {head_took:?} {head}");
    assert!(body_took < Duration::from_secs(45), "the body: {body_took:?} {body}");
    assert!(body.starts_with("HTTP/1.1 408"), "{body}");
    assert_eq!(product.status("/sign-in").await, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn while_the_database_is_away_readiness_says_so_pages_answer_503_and_all_comes_back() {
    let mut product = Product::new(&[]).await;
    let client = product.sign_in().await;
    let jobs = format!("http://{}/jobs", product.address);
    assert_eq!(client.get(&jobs).send().await.unwrap().status(), 200);

    product.take_the_database_away().await;
    product.until("not ready", Duration::from_secs(20), async || product.status("/health/ready").await == 503).await;
    let page = client.get(&jobs).send().await.unwrap();
    assert_eq!(page.status(), 503, "nobody is sent to sign in again");
    assert!(page.headers().contains_key("retry-after"));
    assert_eq!(product.status("/health/live").await, 200);
    assert_eq!(product.status("/sign-in").await, 200, "what needs no database is there");

    product.bring_the_database_back().await;
    product.until("ready again", Duration::from_secs(30), async || product.status("/health/ready").await == 200).await;
    assert_eq!(client.get(&jobs).send().await.unwrap().status(), 200, "and the session lasts");
    assert!(product.is_alive());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_server_that_hangs_holds_up_no_page_and_no_ending() {
    // It takes every connection and never says a word.
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port().to_string();
    let hangs = tokio::spawn(async move {
        let mut taken = Vec::new();
        loop {
            taken.push(listener.accept().await);
        }
    });
    let settings = [("ATTUNE_SMTP_HOST", "127.0.0.1"), ("ATTUNE_SMTP_PORT", &port), ("ATTUNE_SMTP_SECURITY", "none")];
    let mut product = Product::new(&settings).await;
    let client = product.sign_in().await;
    let form = [("email", product.email.as_str())];
    let asked = client
        .post(format!("http://{}/password-reset", product.address))
        .header("sec-fetch-site", "same-origin")
        .form(&form);
    // Signed in already: the form is for guests, who may ask as well.
    assert!(asked.send().await.unwrap().status().as_u16() < 400);

    for _ in 0..20 {
        let begun = Instant::now();
        assert_eq!(client.get(format!("http://{}/letters", product.address)).send().await.unwrap().status(), 200);
        assert!(begun.elapsed() < Duration::from_secs(3), "{:?}", begun.elapsed());
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert_eq!(product.status("/health/ready").await, 200);
    let ended = product.end();
    hangs.abort();
    assert!(ended < Duration::from_secs(60), "{ended:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn logs_and_error_pages_name_no_person_no_password_and_no_token() {
    let product = Product::new(&[("ATTUNE_LOG", "debug")]).await;
    let client = product.sign_in().await;
    let base = format!("http://{}", product.address);
    for path in
        ["/", "/members", "/account", "/jobs?q=Wexelblatt-in-a-query", "/nothing/Wexelblatt-in-a-path", "/letters"]
    {
        client.get(format!("{base}{path}")).send().await.unwrap();
    }
    let form = [("email", "somebody.wexelblatt@example.org"), ("password", "a password that is wrong")];
    for path in ["/sign-in", "/password-reset", "/invitations/wexelblatt-secret"] {
        client.post(format!("{base}{path}")).header("sec-fetch-site", "same-origin").form(&form).send().await.unwrap();
    }
    client.get(format!("{base}/api/v1/jobs")).bearer_auth("attune_wexelblatt").send().await.unwrap();

    let log = product.log().to_lowercase();

    assert!(!log.is_empty());
    for secret in ["wexelblatt", "a password that is wrong", "green herring", product.name.to_lowercase().as_str()] {
        let line = log.lines().find(|line| line.contains(secret));
        assert!(line.is_none(), "{secret:?} is in the log: {line:?}");
    }
}
