//! The outbox: what is kept in a transaction reaches a real mail server, once, or a person's eyes.

use std::time::{Duration, Instant};

use attune::{
    clock::Clock,
    config::{Config, SmtpSecurity},
    domain::{
        email::EmailAddress,
        id::{LetterId, MemberId},
        letter::{LetterState, MOST_ATTEMPTS},
        medium::Medium,
        policy::Role,
    },
    mail::{
        Letter, Mailbox, Memory, Outcome, Part, PartKind, Reason, SECRET_LINK, SecretPurpose, Smtp, SmtpSettings,
        Transport,
    },
    store::{
        self,
        letter::{self, Lease, NewLetter, Settlement},
        sweep,
    },
    worker::{
        Wake, Worker,
        outbox::{Outbox, Way},
    },
};
use diesel_async::{AsyncConnection, RunQueryDsl};
use jiff::ToSpan;
use mailparse::MailHeaderMap;
use tokio::sync::watch;

use crate::support::{
    scenario::DIMENSIONS,
    smtp::{SmtpServer, Tls},
    world::{Home, World, newest_events},
};

/// A picture of three bytes is enough for a server that looks at none.
const PICTURE: &[u8] = &[0x89, b'P', b'N'];

fn letter(id: LetterId, to: &str) -> Letter {
    Letter {
        message_id: format!("<{id}@attune.example>"),
        from_name: "Nordlys via Attune".into(),
        to: Mailbox::new("Eva Lind", EmailAddress::parse(to).unwrap()),
        reply_to: Some(Mailbox::new("Jonas Berg", EmailAddress::parse("jonas@nordlys.example").unwrap())),
        subject: "Two of five stand apart".into(),
        text: "Two of five stand apart.\n".into(),
        html: "<html><head></head><body><p>Two of five stand apart.</p><img src=\"cid:figure@attune\"></body></html>"
            .into(),
        parts: vec![
            Part {
                kind: PartKind::Inline { content_id: "figure@attune".into() },
                content_type: "image/png".into(),
                body: PICTURE.to_vec(),
            },
            Part {
                kind: PartKind::Calendar { name: "interview.ics".into() },
                content_type: "text/calendar; charset=utf-8; method=REQUEST".into(),
                body: b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n".to_vec(),
            },
        ],
        secret: None,
        unsubscribe: None,
    }
}

fn invitation(id: LetterId, to: &str) -> Letter {
    Letter {
        subject: "Join Nordlys".into(),
        text: format!("Open {SECRET_LINK}\n"),
        html: format!("<html><head></head><body><a href=\"{SECRET_LINK}\">Join</a></body></html>"),
        parts: Vec::new(),
        secret: Some(SecretPurpose::Invitation),
        ..letter(id, to)
    }
}

async fn put(world: &World, home: &Home, kind: &'static str, words: &Letter, member: Option<MemberId>) -> LetterId {
    let id = words.message_id[1..37].parse().unwrap();
    let new = NewLetter { id, kind, object_id: None, member_id: member, letter: words, at: world.now() };
    letter::insert(&mut *world.conn().await, home.org, &new).await.unwrap();
    id
}

async fn put_to(world: &World, to: &str) -> LetterId {
    put(world, &world.home, "summary", &letter(LetterId::new(), to), None).await
}

fn outbox(world: &World, transport: Transport) -> Outbox {
    Outbox::new(world.pool.clone(), Way::Out(transport), "https://attune.example".into(), world.clock.clone(), None)
}

fn smtp(server: &SmtpServer, deadline: Duration) -> Transport {
    let settings = SmtpSettings {
        host: "localhost".into(),
        port: server.port,
        security: SmtpSecurity::StartTls,
        credentials: Some(("attune".into(), "correct horse".into())),
        ca_file: Some(server.certificate.clone()),
        from: EmailAddress::parse("attune@attune.example").unwrap(),
        deadline,
    };
    Transport::Smtp(Box::new(Smtp::new(&settings).unwrap()))
}

async fn send_due(outbox: &mut Outbox) -> Duration {
    outbox.send_due(&watch::channel(false).1).await
}

async fn kept(world: &World, id: LetterId) -> letter::Letter {
    letter::find(&mut *world.conn().await, &world.who(Role::Admin).scope(), id).await.unwrap().0
}

/// Moves the letter's time forward, instead of waiting for it.
async fn make_due(world: &World, id: LetterId) {
    diesel::sql_query("UPDATE letters SET due_at = now() - interval '1 second' WHERE id = $1")
        .bind::<diesel::sql_types::Uuid, _>(id.0)
        .execute(&mut *world.conn().await)
        .await
        .unwrap();
}

#[actix_web::test]
async fn a_letter_arrives_once_with_both_parts_and_its_picture() {
    let (world, server) = (World::new().await, SmtpServer::start(Tls::Upgraded).await);
    let id = put_to(&world, "eva@nordlys.example").await;

    let mut outbox = outbox(&world, smtp(&server, Duration::from_secs(10)));
    send_due(&mut outbox).await;
    send_due(&mut outbox).await;

    let [message] = &server.messages()[..] else { panic!("one message") };
    let mail = mailparse::parse_mail(message).unwrap();
    assert_eq!(mail.headers.get_first_value("Message-ID").unwrap(), format!("<{id}@attune.example>"));
    assert_eq!(mail.headers.get_first_value("Reply-To").unwrap(), "\"Jonas Berg\" <jonas@nordlys.example>");
    let parts: Vec<_> = mail.parts().filter(|part| part.subparts.is_empty()).collect();
    let of = |kind: &str| parts.iter().find(|part| part.ctype.mimetype == kind).unwrap().get_body_raw().unwrap();
    assert_eq!(of("image/png"), PICTURE);
    assert!(String::from_utf8(of("text/html")).unwrap().contains("cid:figure@attune"));
    assert!(String::from_utf8(of("text/plain")).unwrap().starts_with("Two of five stand apart."));
    assert_eq!(of("text/calendar"), b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n");
    assert_eq!(kept(&world, id).await.state, LetterState::Sent);
}

#[actix_web::test]
async fn a_letter_of_a_change_that_is_rolled_back_does_not_exist() {
    let world = World::new().await;
    let words = letter(LetterId::new(), "eva@nordlys.example");
    let id = words.message_id[1..37].parse().unwrap();
    let new = NewLetter { id, kind: "summary", object_id: None, member_id: None, letter: &words, at: world.now() };

    let mut conn = world.conn().await;
    let outcome: Result<(), attune::error::Error> = conn
        .transaction(async |conn| {
            letter::insert(conn, world.home.org, &new).await?;
            Err(attune::error::Error::NotFound)
        })
        .await;

    assert!(outcome.is_err());
    assert!(letter::claim(&mut conn, 10, Duration::from_secs(60)).await.unwrap().is_empty());
}

#[actix_web::test]
async fn a_letter_that_is_refused_for_now_is_tried_again_later() {
    let (world, server) = (World::new().await, SmtpServer::start(Tls::Upgraded).await);
    let id = put_to(&world, "temp@nordlys.example").await;
    let mut outbox = outbox(&world, smtp(&server, Duration::from_secs(10)));

    send_due(&mut outbox).await;
    let first = kept(&world, id).await;
    send_due(&mut outbox).await;
    let not_due = kept(&world, id).await;
    make_due(&world, id).await;
    send_due(&mut outbox).await;
    let second = kept(&world, id).await;

    assert_eq!((first.state, first.attempts), (LetterState::Waiting, 1));
    assert_eq!(first.failure.as_deref(), Some("answer 451 4.3.0"));
    let wait = first.due_at.to_jiff().duration_since(jiff::Timestamp::now()).as_secs();
    assert!((20..=60).contains(&wait), "{wait} seconds");
    assert_eq!(not_due.attempts, 1);
    assert_eq!((second.state, second.attempts), (LetterState::Waiting, 2));
}

#[actix_web::test]
async fn a_letter_that_is_refused_for_now_too_often_is_set_aside() {
    let (world, memory) = (World::new().await, Memory::new());
    let id = put_to(&world, "eva@nordlys.example").await;
    let mut outbox = outbox(&world, Transport::Memory(memory.clone()));

    for _ in 0..MOST_ATTEMPTS {
        memory.answer(Outcome::Temporary(Reason::Answer { code: 452, status: None }));
        make_due(&world, id).await;
        send_due(&mut outbox).await;
    }

    let kept = kept(&world, id).await;
    assert_eq!((kept.state, kept.attempts), (LetterState::SetAside, MOST_ATTEMPTS));
}

#[actix_web::test]
async fn a_refused_address_is_set_aside_and_a_person_can_retry_or_cancel_it() {
    let (world, server) = (World::new().await, SmtpServer::start(Tls::Upgraded).await);
    let recruiter = world.who(Role::Recruiter);
    let (retried, cancelled) =
        (put_to(&world, "perm@nordlys.example").await, put_to(&world, "perm@nordlys.example").await);
    let behind = put_to(&world, "eva@nordlys.example").await;
    let mut outbox = outbox(&world, smtp(&server, Duration::from_secs(10)));

    send_due(&mut outbox).await;

    assert_eq!(kept(&world, behind).await.state, LetterState::Sent);
    world
        .get(recruiter, "/letters")
        .await
        .assert_status(200)
        .assert_says("2 letters could not be sent and need you.")
        .assert_says("The mail server does not know this address (550 5.1.1).");
    world.get(recruiter, &format!("/letters/{retried}")).await.assert_status(200).assert_says("Try again");

    world.post(recruiter, &format!("/letters/{retried}/retry"), &[]).await.assert_status(303);
    let waiting = kept(&world, retried).await;
    assert_eq!((waiting.state, waiting.attempts), (LetterState::Waiting, 0));
    world.post(recruiter, &format!("/letters/{cancelled}/cancellation"), &[]).await.assert_status(303);
    send_due(&mut outbox).await;

    assert_eq!(kept(&world, retried).await.state, LetterState::SetAside);
    assert_eq!(kept(&world, cancelled).await.state, LetterState::Cancelled);
    world.post(recruiter, &format!("/letters/{cancelled}/retry"), &[]).await.assert_status(409);
    world.post(recruiter, &format!("/letters/{behind}/cancellation"), &[]).await.assert_status(409);
    let scope = world.who(Role::Admin).scope();
    let trail = newest_events(&mut *world.conn().await, &scope, 10).await;
    let actions: Vec<&str> = trail.iter().map(|event| event.action.as_str()).collect();
    assert_eq!(actions, ["letter.cancelled", "letter.retried"]);
}

#[actix_web::test]
async fn a_letter_that_cannot_be_built_is_set_aside_and_stands_in_nobodys_way() {
    let (world, memory) = (World::new().await, Memory::new());
    let broken = Letter { subject: "Two\r\nBcc: x@y.example".into(), ..letter(LetterId::new(), "eva@nordlys.example") };
    let broken = put(&world, &world.home, "summary", &broken, None).await;
    let nobodys = invitation(LetterId::new(), "eva@nordlys.example");
    let nobodys = put(&world, &world.home, "invitation", &nobodys, None).await;
    let behind = put_to(&world, "eva@nordlys.example").await;

    send_due(&mut outbox(&world, Transport::Memory(memory.clone()))).await;

    let (broken, nobodys) = (kept(&world, broken).await, kept(&world, nobodys).await);
    assert_eq!((broken.state, broken.failure.as_deref()), (LetterState::SetAside, Some("invalid subject")));
    assert_eq!((nobodys.state, nobodys.failure.as_deref()), (LetterState::SetAside, Some("secret_missing")));
    assert_eq!(kept(&world, behind).await.state, LetterState::Sent);
}

#[actix_web::test]
async fn a_server_that_hangs_pauses_the_queue_and_stops_no_page() {
    let (world, server) = (World::new().await, SmtpServer::start(Tls::Upgraded).await);
    let hangs = put_to(&world, "hang@nordlys.example").await;
    let behind = put_to(&world, "eva@nordlys.example").await;
    let mut outbox = outbox(&world, smtp(&server, Duration::from_millis(1500)));

    let started = Instant::now();
    let (wait, answered) = tokio::join!(send_due(&mut outbox), async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        world.get(world.who(Role::Recruiter), "/letters").await.assert_status(200);
        started.elapsed()
    });

    assert!(answered < Duration::from_millis(1400), "the page took {answered:?}");
    assert!(wait > Duration::from_secs(10), "the queue pauses for {wait:?}");
    let (hangs, behind) = (kept(&world, hangs).await, kept(&world, behind).await);
    assert_eq!((hangs.state, hangs.attempts), (LetterState::Waiting, 0), "the attempt does not count");
    assert_eq!(hangs.failure.as_deref(), Some("deadline"));
    assert_eq!((behind.state, behind.attempts, behind.failure), (LetterState::Waiting, 0, None));
    assert!(send_due(&mut outbox).await > Duration::from_secs(5));
    assert!(server.messages().is_empty());
}

#[actix_web::test]
async fn a_letter_that_alone_gets_no_answer_is_charged_for_it() {
    let (world, memory) = (World::new().await, Memory::new());
    let id = put_to(&world, "eva@nordlys.example").await;
    let transport = || Transport::Memory(memory.clone());

    memory.answer(Outcome::NoAnswer(Reason::Deadline));
    send_due(&mut outbox(&world, transport())).await;
    let at_first = kept(&world, id).await;
    memory.answer(Outcome::NoAnswer(Reason::Deadline));
    make_due(&world, id).await;
    // The pause is over and the server answers others: a new outbox believes it well.
    let mut outbox = outbox(&world, transport());
    send_due(&mut outbox).await;
    let again = kept(&world, id).await;
    let other = put_to(&world, "eva@nordlys.example").await;
    send_due(&mut outbox).await;

    assert_eq!((at_first.state, at_first.attempts), (LetterState::Waiting, 0));
    assert_eq!((again.state, again.attempts), (LetterState::Waiting, 1));
    assert_eq!(kept(&world, other).await.state, LetterState::Sent);
}

#[actix_web::test]
async fn two_workers_share_one_outbox_and_send_nothing_twice() {
    let (world, memory) = (World::new().await, Memory::new());
    for _ in 0..40 {
        put_to(&world, "eva@nordlys.example").await;
    }
    let mut one = outbox(&world, Transport::Memory(memory.clone()));
    let mut two = outbox(&world, Transport::Memory(memory.clone()));

    tokio::join!(send_due(&mut one), send_due(&mut two));

    let mut ids: Vec<String> = memory.letters().into_iter().map(|letter| letter.message_id).collect();
    assert_eq!(ids.len(), 40);
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 40);
}

#[actix_web::test]
async fn what_a_killed_worker_held_is_sent_after_its_lease_with_the_same_message_id() {
    let (world, memory) = (World::new().await, Memory::new());
    let id = put_to(&world, "eva@nordlys.example").await;
    let mut outbox = outbox(&world, Transport::Memory(memory.clone()));

    let mut conn = world.conn().await;
    let [killed] = &letter::claim(&mut conn, 10, Duration::from_millis(800)).await.unwrap()[..] else { panic!("one") };
    send_due(&mut outbox).await;
    assert!(memory.letters().is_empty(), "the lease holds");
    tokio::time::sleep(Duration::from_secs(1)).await;
    send_due(&mut outbox).await;

    let [sent] = &memory.letters()[..] else { panic!("one letter") };
    assert_eq!(sent.message_id, format!("<{id}@attune.example>"));
    let late = Settlement::SetAside { failure: "deadline".into() };
    assert!(!letter::settle(&mut conn, killed, &late).await.unwrap(), "the fence holds");
    assert_eq!(kept(&world, id).await.state, LetterState::Sent);
}

#[actix_web::test]
async fn only_the_holder_of_the_current_lease_settles_a_letter() {
    let world = World::new().await;
    let id = put_to(&world, "eva@nordlys.example").await;
    let mut conn = world.conn().await;
    let first = claim_one(&world).await;
    make_due(&world, id).await;
    let second = claim_one(&world).await;

    let sent = Settlement::Sent { mailbox_link: None };
    assert!(!letter::settle(&mut conn, &first, &sent).await.unwrap());
    assert!(letter::settle(&mut conn, &second, &sent).await.unwrap());
    assert!(!letter::settle(&mut conn, &second, &sent).await.unwrap(), "and only once");
}

async fn claim_one(world: &World) -> Lease {
    let mut leases = letter::claim(&mut *world.conn().await, 10, Duration::from_secs(60)).await.unwrap();
    assert_eq!(leases.len(), 1);
    leases.remove(0)
}

#[actix_web::test]
async fn a_secret_link_is_minted_at_sending_and_never_shown_in_the_outbox() {
    let (world, memory) = (World::new().await, Memory::new());
    let recruiter = world.who(Role::Recruiter);
    let words = invitation(LetterId::new(), &recruiter.email);
    let id = put(&world, &world.home, "invitation", &words, Some(recruiter.id)).await;

    send_due(&mut outbox(&world, Transport::Memory(memory.clone()))).await;

    let [sent] = &memory.letters()[..] else { panic!("one letter") };
    let link = sent.text.trim_start_matches("Open ").trim();
    let path = link.strip_prefix("https://attune.example").unwrap();
    assert!(path.starts_with("/invitations/"));
    let secret = path.rsplit('/').next().unwrap();
    for page in ["", "?face=text", "/body"] {
        let page = world.get(recruiter, &format!("/letters/{id}{page}")).await.assert_status(200);
        assert!(!page.text().contains(secret) && !page.text().contains(SECRET_LINK));
    }
    let page = world.get(recruiter, &format!("/letters/{id}?face=text")).await;
    page.assert_says("Open •••").assert_says("The link in this letter is for its reader only.");
}

#[actix_web::test]
async fn the_preview_is_the_letter_with_its_picture_in_a_frame_that_can_do_nothing() {
    let world = World::new().await;
    let recruiter = world.who(Role::Recruiter);
    let id = put_to(&world, "eva@nordlys.example").await;

    let page = world.get(recruiter, &format!("/letters/{id}")).await.assert_status(200);
    let body = world.get(recruiter, &format!("/letters/{id}/body")).await.assert_status(200);
    let file = world.get(recruiter, &format!("/letters/{id}/parts/1")).await.assert_status(200);

    assert!(page.text().contains(&format!("src=\"/letters/{id}/body\"")));
    let policy = body.header("content-security-policy");
    assert!(policy.contains("default-src 'none'") && policy.contains("sandbox") && !policy.contains("script"));
    assert!(body.text().contains("<img src=\"data:image/png;base64,iVBO\">"));
    assert_eq!(file.header("content-disposition"), "attachment; filename=\"interview.ics\"");
    world.get(recruiter, &format!("/letters/{id}/parts/0")).await.assert_status(404);
    world.get(recruiter, &format!("/letters/{id}/parts/9")).await.assert_status(404);
}

#[actix_web::test]
async fn another_organisations_letters_do_not_exist() {
    let world = World::new().await;
    let id = put(&world, &world.neighbour, "summary", &letter(LetterId::new(), "eva@fjordbank.example"), None).await;
    let recruiter = world.who(Role::Recruiter);
    let nobodys = LetterId::new();

    for tab in ["waiting", "sent", "set_aside", "cancelled"] {
        let list = world.get(recruiter, &format!("/letters?state={tab}")).await.assert_status(200);
        list.assert_silent_about(&id.to_string()).assert_silent_about("Two of five");
    }
    for path in ["", "/body", "/parts/1"] {
        let theirs = world.get(recruiter, &format!("/letters/{id}{path}")).await.assert_status(404);
        let missing = world.get(recruiter, &format!("/letters/{nobodys}{path}")).await.assert_status(404);
        assert_eq!(theirs.text(), missing.text());
    }
    for path in ["retry", "cancellation"] {
        world.post(recruiter, &format!("/letters/{id}/{path}"), &[]).await.assert_status(404);
    }
    world.get(world.neighbour.who(Role::Recruiter), &format!("/letters/{id}")).await.assert_status(200);
    world.get(world.who(Role::Interviewer), "/letters").await.assert_status(403);
}

#[actix_web::test]
async fn a_summary_does_not_exist_for_a_panel_member_who_has_a_scorecard_to_submit_in_its_job() {
    let world = World::new().await;
    let (recruiter, admin) = (world.who(Role::Recruiter), world.who(Role::Admin));
    let job = world.job(&world.home, "Customer support agent").await;
    let round = world.round(&job, 1, Medium::Video, &DIMENSIONS).await;
    let applied = world.candidate(&job, "Amara Okafor").await;
    let interview = world.interview(&applied, &round, &[recruiter]).await;
    let words = letter(LetterId::new(), "eva@nordlys.example");
    let id = words.message_id[1..37].parse().unwrap();
    let new =
        NewLetter { id, kind: "summary", object_id: Some(job.id.0), member_id: None, letter: &words, at: world.now() };
    letter::insert(&mut *world.conn().await, world.home.org, &new).await.unwrap();
    let page = format!("/letters/{id}");

    world.get(admin, &page).await.assert_status(200);
    world.get(recruiter, &page).await.assert_status(404);
    world.get(recruiter, &format!("{page}/body")).await.assert_status(404);
    world.get(recruiter, "/letters?state=waiting").await.assert_status(200).assert_silent_about("Two of five");
    world.post(recruiter, &format!("{page}/cancellation"), &[]).await.assert_status(404);

    world.submitted(&interview.seats[0], &[]).await;
    world.get(recruiter, &page).await.assert_status(200);
}

#[actix_web::test]
async fn the_mailbox_shows_letters_with_working_links_to_whoever_sits_at_the_machine() {
    let world = World::with("mailbox = true\ntrust_proxy = true").await;
    let recruiter = world.who(Role::Recruiter);
    let words = invitation(LetterId::new(), &recruiter.email);
    let id = put(&world, &world.home, "invitation", &words, Some(recruiter.id)).await;
    let theirs =
        put(&world, &world.neighbour, "summary", &letter(LetterId::new(), "eva@fjordbank.example"), None).await;
    let site = "http://127.0.0.1:8080".to_owned();
    let mut outbox = Outbox::new(world.pool.clone(), Way::Mailbox, site, world.clock.clone(), None);

    send_due(&mut outbox).await;

    world.get(None, "/mailbox").await.assert_status(200).assert_says("Join Nordlys").assert_says("Two of five");
    let body = world.get(None, &format!("/mailbox/{id}/body")).await.assert_status(200).text();
    let link = body.split("href=\"http://127.0.0.1:8080").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    assert!(link.starts_with("/invitations/"), "{link}");
    world.get(None, &format!("/mailbox/{id}")).await.assert_status(200).assert_says("Join Nordlys");
    // Signed in: one's own organisation's only.
    world.get(recruiter, "/mailbox").await.assert_status(200).assert_silent_about(&theirs.to_string());
    world.get(recruiter, &format!("/mailbox/{theirs}/body")).await.assert_status(404);
    // From elsewhere: nothing.
    let elsewhere =
        |path: &str| actix_web::test::TestRequest::get().uri(path).insert_header(("x-forwarded-for", "192.0.2.7"));
    world.send(None, elsewhere("/mailbox")).await.assert_status(404);
    world.send(Some(recruiter), elsewhere(&format!("/mailbox/{id}/body"))).await.assert_status(404);
}

#[actix_web::test]
async fn without_the_mailbox_setting_there_is_no_mailbox() {
    let world = World::new().await;
    world.get(None, "/mailbox").await.assert_status(404);
    world.get(world.who(Role::Admin), "/mailbox").await.assert_status(404);
}

#[test]
fn the_mailbox_is_refused_on_a_public_address() {
    let complaints = Config::read("mailbox = true\npublic_url = \"https://attune.example\"", |_| None).unwrap_err();
    assert!(complaints.iter().any(|complaint| complaint.starts_with("ATTUNE_MAILBOX")), "{complaints:?}");
}

#[actix_web::test]
async fn the_worker_of_a_process_sends_what_it_is_woken_for_and_stops() {
    let (world, server) = (World::new().await, SmtpServer::start(Tls::Absent).await);
    let settings = format!(
        "database_url = \"{}\"\nsecret_key = \"a key for tests, longer than needed\"\nsmtp_host = \"127.0.0.1\"\n\
         smtp_port = {}\nsmtp_security = \"none\"",
        world.url, server.port
    );
    let config = Config::read(&settings, |_| None).unwrap();
    let wake = Wake::default();
    let worker = Worker::start(&config, &world.url, Clock::System, wake.clone()).unwrap();

    put_to(&world, "eva@nordlys.example").await;
    wake.wake();
    let started = Instant::now();
    while server.messages().is_empty() && started.elapsed() < Duration::from_secs(10) {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    worker.stop();

    assert_eq!(server.messages().len(), 1);
    let after = put_to(&world, "eva@nordlys.example").await;
    tokio::time::sleep(Duration::from_millis(1500)).await;
    assert_eq!(kept(&world, after).await.state, LetterState::Waiting);
}

#[actix_web::test]
async fn a_sweep_deletes_what_has_grown_old_and_nothing_else() {
    let world = World::new().await;
    let scope = world.who(Role::Recruiter).scope();
    let mut conn = world.conn().await;
    let (now, later) = (world.now(), world.now() + (60 * 24).hours());

    let young = sweep::delete(&mut conn, sweep::Kind::Sessions, now, 1000).await.unwrap();
    let bounded = sweep::delete(&mut conn, sweep::Kind::Sessions, later, 3).await.unwrap();
    for kind in sweep::Kind::ALL {
        sweep::delete(&mut conn, kind, later, 1000).await.unwrap();
    }

    assert_eq!((young, bounded), (0, 3));
    assert!(store::session::live(&mut conn, &scope, now).await.unwrap().is_empty());
    assert!(store::member::find(&mut conn, &scope, scope.member).await.is_ok());
}
