//! Every letter in every language, and its way to a real mail server.

use std::time::Duration;

use attune::{
    config::SmtpSecurity,
    domain::{email::EmailAddress, medium::Medium},
    i18n::Locale,
    mail::{
        AccountNotice, DebriefOpened, Envelope, Figure, InterviewCancelled, InterviewChanged, InterviewDetails,
        InterviewScheduled, InterviewToday, Invitation, Letter, Mail, Mailbox, Outcome, PaperEntered, PartKind,
        PasswordReset, Reason, Reminder, SECRET_LINK, ScorecardDue, ScorecardLate, SeatCode, SeatLink, Smtp,
        SmtpSettings, Summary, SummaryCandidate, Transport, compose,
    },
};
use mailparse::{MailHeaderMap, ParsedMail};
use uuid::Uuid;

use crate::support::smtp::{SmtpServer, Tls};

fn address(text: &str) -> EmailAddress {
    EmailAddress::parse(text).expect("a valid address")
}

fn envelope() -> Envelope {
    Envelope {
        id: Uuid::from_u128(7),
        to: Mailbox::new("Eva Lind", address("eva@nordlys.example")),
        reply_to: Some(Mailbox::new("Jonas Berg", address("jonas@nordlys.example"))),
        organisation: "Nordlys Support AB".into(),
        site: "https://attune.example".into(),
        at: "2026-11-20T08:00:00Z".parse().expect("an instant"),
    }
}

fn zoned(text: &str) -> jiff::Zoned {
    text.parse().expect("a moment with its zone")
}

fn interview(candidate: &str) -> InterviewDetails {
    InterviewDetails {
        id: Uuid::from_u128(42),
        sequence: 3,
        candidate: candidate.into(),
        job: "Customer support agent, Oslo".into(),
        round: "Second conversation".into(),
        medium: Medium::Video,
        place: Some("https://meet.nordlys.example/room-7".into()),
        starts: zoned("2026-11-23T14:05:00+01:00[Europe/Oslo]"),
        ends: zoned("2026-11-23T15:05:00+01:00[Europe/Oslo]"),
        panel: vec!["Eva Lind".into(), "Jonas Berg".into()],
        organiser: Mailbox::new("Jonas Berg", address("jonas@nordlys.example")),
        kit_url: "https://attune.example/interviews/0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b/kit".into(),
        link_days: None,
        preparation_url: "https://attune.example/interviews/0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b/preparation".into(),
    }
}

/// A PNG of one dot.
const DOT: &[u8] = &[
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 1, 0, 0, 0, 1, 8,
    6, 0, 0, 0, 0x1f, 0x15, 0xc4, 0x89, 0, 0, 0, 0x0d, 0x49, 0x44, 0x41, 0x54, 0x78, 0x9c, 0x63, 0xf8, 0xcf, 0xc0,
    0xf0, 0x1f, 0, 5, 0, 1, 0xff, 0x89, 0x99, 0x3d, 0x1d, 0, 0, 0, 0, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82,
];

fn summary(name: &str) -> Summary {
    let candidate = |name: &str, mean: f64, raters: usize| SummaryCandidate {
        name: name.into(),
        mean: Some(mean),
        plain: (raters > 1).then_some(mean + 0.1),
        best: (raters > 1).then_some(0.25),
        interval: (raters > 1).then_some((mean - 0.4, mean + 0.35)),
        values: vec![Some(mean), Some(mean - 0.3), Some(mean + 0.3), None, Some(4.7), Some(1.2)],
        raters,
        agreement: "good, split on attitude (2 · 3 · 5)".into(),
    };
    Summary {
        subject: "Two of six stand apart – Customer support agent, Oslo".into(),
        job: "Customer support agent, Oslo".into(),
        sentence: format!(
            "{name} and Wei stand apart from the rest. On this evidence they can't be told from each other."
        ),
        author: "Jonas Berg".into(),
        note: Some("I would like to see both again.\n\nCould we meet on Thursday?".into()),
        figure: Figure {
            png: DOT.to_vec(),
            alt: "Amara 4.3, Wei 4.1; the others are below 3.5.".into(),
            caption: "Dot: weighted mean.".into(),
        },
        dimensions: ["Listening", "Communication", "Attitude", "Problem solving", "Sincerity", "Growth"]
            .map(String::from)
            .to_vec(),
        candidates: vec![
            candidate(name, 4.3, 3),
            candidate("Li Wei", 4.1, 3),
            candidate("Ingrid Dahl", 3.4, 3),
            candidate("Pavel Orlov", 3.1, 2),
            candidate("Sam Reyes", 2.3, 1),
            SummaryCandidate {
                name: "Nora Falk".into(),
                mean: None,
                plain: None,
                best: None,
                interval: None,
                values: vec![None; 6],
                raters: 0,
                agreement: "not rated yet".into(),
            },
        ],
        debriefs: vec![format!("{name} was debriefed by the panel: one rating moved.")],
        level: Some(0.95),
        remarks: vec!["They met different panels: Amara (Kim Berg); Li Wei (Noor Haddad).".into()],
        scorecards_in: 12,
        scorecards_expected: 15,
        comparison_url: "https://attune.example/jobs/0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b/comparison".into(),
    }
}

/// One letter of each kind about a candidate, or by a person, of this name.
fn every_mail(name: &str) -> Vec<(&'static str, Mail)> {
    let soon = || zoned("2026-11-24T08:00:00+01:00[Europe/Oslo]");
    let kit_url = || "https://attune.example/interviews/0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b/kit".to_owned();
    let job = || "Customer support agent, Oslo".to_owned();
    let due = |days_late| ScorecardDue {
        candidate: name.into(),
        job: job(),
        round: "Second conversation".into(),
        interviewed: zoned("2026-11-23T14:05:00+01:00[Europe/Oslo]"),
        days_late,
        kit_url: Some(kit_url()),
    };
    vec![
        (
            "invitation",
            Mail::Invitation(Invitation {
                organisation: "Nordlys Support AB".into(),
                invited_by: name.into(),
                expires: soon(),
            }),
        ),
        ("password-reset", Mail::PasswordReset(PasswordReset { expires: soon() })),
        (
            "account-notice",
            Mail::AccountNotice(AccountNotice {
                change: "new-device",
                device: Some((
                    "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0".into(),
                    "192.0.2.7".into(),
                )),
                changed: soon(),
                reset_url: "https://attune.example/password-reset".into(),
            }),
        ),
        ("interview-scheduled", Mail::InterviewScheduled(InterviewScheduled { interview: interview(name) })),
        (
            "interview-changed",
            Mail::InterviewChanged(InterviewChanged {
                interview: interview(name),
                before: Some(zoned("2026-11-22T10:00:00+01:00[Europe/Oslo]")),
            }),
        ),
        (
            "interview-cancelled",
            Mail::InterviewCancelled(InterviewCancelled {
                interview: interview(name),
                reason: Some("The candidate has taken another job.".into()),
            }),
        ),
        (
            "seat-link",
            Mail::SeatLink(SeatLink { interview: InterviewDetails { link_days: Some(5), ..interview(name) } }),
        ),
        ("seat-code", Mail::SeatCode(SeatCode { organisation: "Nordlys Support AB".into(), minutes: 10 })),
        (
            "paper-entered",
            Mail::PaperEntered(PaperEntered {
                candidate: name.into(),
                job: job(),
                entered_by: name.into(),
                scorecard_url: "https://attune.example/scorecards/0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b".into(),
                link_days: Some(1),
            }),
        ),
        (
            "reminder",
            Mail::Reminder(Reminder {
                today: vec![InterviewToday {
                    starts: soon(),
                    candidate: name.into(),
                    job: job(),
                    round: "Second conversation".into(),
                    kit_url: Some(kit_url()),
                }],
                scorecards: vec![due(0), due(3)],
                others: vec![ScorecardLate {
                    interviewer: name.into(),
                    candidate: name.into(),
                    job: job(),
                    days_late: 2,
                }],
                today_url: "https://attune.example/".into(),
                reminders_url: "https://attune.example/reminders".into(),
                asked_by: None,
                linked: None,
            }),
        ),
        (
            "reminder-to-a-seat",
            Mail::Reminder(Reminder {
                today: Vec::new(),
                scorecards: vec![
                    ScorecardDue { kit_url: Some(attune::mail::SECRET_LINK.into()), ..due(3) },
                    ScorecardDue { kit_url: None, ..due(0) },
                ],
                others: Vec::new(),
                today_url: "https://attune.example/".into(),
                reminders_url: "https://attune.example/interviews/0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b/seat".into(),
                asked_by: Some(name.into()),
                linked: Some(name.into()),
            }),
        ),
        (
            "debrief-opened",
            Mail::DebriefOpened(DebriefOpened {
                candidate: name.into(),
                job: "Customer support agent, Oslo".into(),
                opened_by: name.into(),
                debrief_url: "https://attune.example/debriefs/0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b".into(),
            }),
        ),
        ("summary", Mail::Summary(summary(name))),
    ]
}

fn summary_letter() -> Letter {
    compose(&Mail::Summary(summary("Amara Okafor")), Locale::En, &envelope()).expect("a letter")
}

#[test]
fn every_kind_of_letter_can_be_written_in_every_language() {
    for locale in Locale::ALL {
        for (kind, mail) in every_mail("Amara Okafor") {
            let letter = compose(&mail, locale, &envelope()).unwrap_or_else(|error| panic!("{locale} {kind}: {error}"));

            // To look at them: ATTUNE_TEST_LETTERS names a folder that they are written to.
            if let Ok(folder) = std::env::var("ATTUNE_TEST_LETTERS") {
                let path = std::path::Path::new(&folder).join(format!("{kind}.{locale}"));
                std::fs::write(path.with_extension(format!("{locale}.html")), letter.standalone_html())
                    .expect("written");
                std::fs::write(path.with_extension(format!("{locale}.txt")), &letter.text).expect("written");
            }
            for face in [&letter.subject, &letter.text, &letter.html] {
                assert!(!face.contains("mail-"), "{locale} {kind}: a word is missing in {face}");
                assert!(!face.contains("{{") && !face.contains("{%"), "{locale} {kind}: {face}");
            }
            assert!(
                letter.text.lines().all(|line| line.chars().count() <= 76 || line.contains("https://")),
                "{locale} {kind}: {}",
                letter.text
            );
            assert!(!letter.text.contains('<'), "{locale} {kind}: {}", letter.text);
            assert!(letter.html.contains(&format!("<html lang=\"{locale}\"")), "{locale} {kind}");
            assert!(letter.html.contains("prefers-color-scheme"), "{locale} {kind}: the dark style is lost");
            assert!(letter.html.contains("style=\""), "{locale} {kind}: the style is not inlined");
            assert!(letter.html.matches("class=\"action\"").count() <= 1, "{locale} {kind}: more than one button");
            assert_eq!(letter.message_id, "<00000000-0000-0000-0000-000000000007@attune.example>");
        }
    }
}

#[test]
fn what_a_person_typed_is_text_in_every_letter() {
    for (kind, mail) in every_mail("<script>alert(1)</script> & \"Co\"") {
        let letter = compose(&mail, Locale::En, &envelope()).expect("a letter");

        assert!(!letter.html.contains("<script"), "{kind}: {}", letter.html);
        if letter.text.contains("alert") {
            assert!(letter.text.contains("<script>alert(1)</script> & \"Co\""), "{kind}: {}", letter.text);
        }
    }
}

#[test]
fn the_texts_agree_with_their_numbers() {
    let text = summary_letter().text;

    assert!(text.contains("from 1 interviewer; too few"), "{text}");
    assert!(text.contains("from 3 interviewers"), "{text}");
    let swedish = compose(&Mail::Summary(summary("Amara Okafor")), Locale::Sv, &envelope()).expect("a letter").text;
    assert!(swedish.contains("Rättvist betyg 4,3"), "{swedish}");
}

#[test]
fn a_letter_with_a_secret_holds_only_the_place_of_its_link() {
    let (_, mail) = every_mail("Jonas Berg").remove(0);

    let letter = compose(&mail, Locale::En, &envelope()).expect("a letter");

    assert!(letter.text.contains(SECRET_LINK) && letter.html.contains(SECRET_LINK));
    let sent = letter.with_secret("https://attune.example/invitations/abc");
    assert!(!sent.text.contains(SECRET_LINK) && !sent.html.contains(SECRET_LINK));
    assert_eq!(sent.html.matches("https://attune.example/invitations/abc").count(), 3, "button, address and its link");
}

#[test]
fn the_calendar_file_can_be_read_and_follows_the_interview() {
    let file = |mail: &Mail| {
        let letter = compose(mail, Locale::En, &envelope()).expect("a letter");
        let part =
            letter.parts.into_iter().find(|part| matches!(part.kind, PartKind::Calendar { .. })).expect("a calendar");
        (part.content_type, String::from_utf8(part.body).expect("UTF-8"))
    };
    let name = "Amara; Okafor, the \"second\" of a very long name that does not fit on any line: åäö 老虎";
    let scheduled = Mail::InterviewScheduled(InterviewScheduled { interview: interview(name) });
    let cancelled = Mail::InterviewCancelled(InterviewCancelled { interview: interview(name), reason: None });

    let (kind, text) = file(&scheduled);
    let (cancel_kind, cancel) = file(&cancelled);

    assert_eq!(kind, "text/calendar; method=REQUEST; charset=UTF-8");
    assert_eq!(cancel_kind, "text/calendar; method=CANCEL; charset=UTF-8");
    assert!(text.ends_with("END:VCALENDAR\r\n") && !text.replace("\r\n", "").contains(['\r', '\n']));
    assert!(text.split("\r\n").all(|line| line.len() <= 75), "{text}");
    let lines = unfolded(&text);
    for expected in [
        "BEGIN:VCALENDAR",
        "METHOD:REQUEST",
        "UID:00000000-0000-0000-0000-00000000002a@attune.example",
        "SEQUENCE:3",
        "DTSTAMP:20261120T080000Z",
        "DTSTART:20261123T130500Z",
        "DTEND:20261123T140500Z",
        "STATUS:CONFIRMED",
        "LOCATION:https://meet.nordlys.example/room-7",
        "ORGANIZER;CN=Jonas Berg:mailto:jonas@nordlys.example",
        "ATTENDEE;CN=Eva Lind;PARTSTAT=NEEDS-ACTION;ROLE=REQ-PARTICIPANT;RSVP=TRUE:mailto:eva@nordlys.example",
    ] {
        assert!(lines.iter().any(|line| line == expected), "{expected} is not in\n{text}");
    }
    assert!(
        lines.iter().any(|line| line.starts_with("SUMMARY:Interview: Amara\\; Okafor\\, the \"second\"")),
        "{text}"
    );
    assert!(unfolded(&cancel).iter().any(|line| line == "STATUS:CANCELLED"));
    assert_eq!(uid(&text), uid(&cancel));
}

fn unfolded(text: &str) -> Vec<String> {
    text.replace("\r\n ", "").split_terminator("\r\n").map(str::to_owned).collect()
}

fn uid(text: &str) -> String {
    unfolded(text).into_iter().find(|line| line.starts_with("UID:")).expect("a UID")
}

fn smtp(server: &SmtpServer) -> SmtpSettings {
    SmtpSettings {
        host: "localhost".into(),
        port: server.port,
        security: SmtpSecurity::StartTls,
        credentials: Some(("attune".into(), "correct horse".into())),
        ca_file: Some(server.certificate.clone()),
        from: address("attune@attune.example"),
        deadline: Duration::from_secs(5),
    }
}

fn transport(settings: &SmtpSettings) -> Transport {
    Transport::Smtp(Box::new(Smtp::new(settings).expect("settings")))
}

fn to(recipient: &str, letter: &Letter) -> Letter {
    Letter { to: Mailbox::new("Eva Lind", address(recipient)), ..letter.clone() }
}

#[tokio::test]
async fn a_summary_arrives_once_with_both_faces_and_its_picture() {
    let server = SmtpServer::start(Tls::Upgraded).await;
    let transport = transport(&smtp(&server));
    let letter = summary_letter();

    let outcome = transport.send(&letter).await;

    assert_eq!(outcome, Outcome::Sent);
    let messages = server.messages();
    assert_eq!(messages.len(), 1);
    let mail = mailparse::parse_mail(&messages[0]).expect("a message");
    assert_eq!(mail.headers.get_first_value("Message-ID").as_deref(), Some(letter.message_id.as_str()));
    assert_eq!(mail.headers.get_first_value("Subject").as_deref(), Some(letter.subject.as_str()));
    assert_eq!(
        mail.headers.get_first_value("From").as_deref(),
        Some("\"Jonas Berg via Attune\" <attune@attune.example>")
    );
    assert_eq!(mail.headers.get_first_value("Reply-To").as_deref(), Some("\"Jonas Berg\" <jonas@nordlys.example>"));
    assert_eq!(shape(&mail), "multipart/related(multipart/alternative(text/plain text/html) image/png)");
    let alternative = &mail.subparts[0];
    let text = alternative.subparts[0].get_body().expect("text").replace("\r\n", "\n");
    assert_eq!(text.trim_end(), letter.text.trim_end());
    let picture = &mail.subparts[1];
    assert_eq!(picture.get_body_raw().expect("bytes"), DOT);
    let content_id = picture.headers.get_first_value("Content-ID").expect("an id");
    let source = format!("src=\"cid:{}\"", content_id.trim_matches(['<', '>']));
    assert!(alternative.subparts[1].get_body().expect("html").contains(&source));
}

#[tokio::test]
async fn an_interview_arrives_with_its_calendar_file_for_programs_and_for_people() {
    let server = SmtpServer::start(Tls::Upgraded).await;
    let (_, mail) = every_mail("Amara Okafor").remove(3);

    let outcome = transport(&smtp(&server)).send(&compose(&mail, Locale::Sv, &envelope()).expect("a letter")).await;

    assert_eq!(outcome, Outcome::Sent);
    let messages = server.messages();
    let mail = mailparse::parse_mail(&messages[0]).expect("a message");
    assert_eq!(
        shape(&mail),
        "multipart/mixed(multipart/alternative(text/plain text/html text/calendar) application/ics)"
    );
    let calendar = &mail.subparts[0].subparts[2];
    assert_eq!(calendar.ctype.params.get("method").map(String::as_str), Some("REQUEST"));
    assert_eq!(calendar.get_body_raw().expect("bytes"), mail.subparts[1].get_body_raw().expect("bytes"));
}

/// The tree of a message's types on one line.
fn shape(mail: &ParsedMail<'_>) -> String {
    if mail.subparts.is_empty() {
        return mail.ctype.mimetype.clone();
    }
    let parts: Vec<String> = mail.subparts.iter().map(shape).collect();
    format!("{}({})", mail.ctype.mimetype, parts.join(" "))
}

#[tokio::test]
async fn what_the_server_refuses_is_temporary_or_final_and_no_name_is_told() {
    let server = SmtpServer::start(Tls::Upgraded).await;
    let transport = transport(&smtp(&server));
    let letter = summary_letter();

    let temporary = transport.send(&to("temp@nordlys.example", &letter)).await;
    let refused = transport.send(&to("perm@nordlys.example", &letter)).await;
    let after = transport.send(&letter).await;

    assert_eq!(temporary, Outcome::Temporary(Reason::Answer { code: 451, status: Some("4.3.0".into()) }));
    assert_eq!(refused, Outcome::Refused(Reason::Answer { code: 550, status: Some("5.1.1".into()) }));
    assert_eq!(after, Outcome::Sent);
    assert_eq!(server.messages().len(), 1);
}

#[tokio::test]
async fn a_server_that_hangs_costs_no_more_than_the_deadline_and_the_next_letter_gets_its_own_answer() {
    let server = SmtpServer::start(Tls::Upgraded).await;
    let transport = transport(&SmtpSettings { deadline: Duration::from_secs(1), ..smtp(&server) });
    let letter = summary_letter();
    let started = std::time::Instant::now();

    let hung = transport.send(&to("hang@nordlys.example", &letter)).await;
    let took = started.elapsed();
    let after = transport.send(&letter).await;

    assert_eq!(hung, Outcome::NoAnswer(Reason::Deadline));
    assert!(took.as_secs_f64() < 2.0, "{took:?}");
    assert_eq!(after, Outcome::Sent);
    assert_eq!(server.messages().len(), 1);
}

#[tokio::test]
async fn a_connection_that_breaks_after_the_letter_was_given_is_no_answer() {
    let server = SmtpServer::start(Tls::Upgraded).await;
    let transport = transport(&smtp(&server));

    let outcome = transport.send(&to("drop@nordlys.example", &summary_letter())).await;

    assert_eq!(outcome, Outcome::NoAnswer(Reason::Dropped));
    assert_eq!(server.messages().len(), 1, "the server had it all the same");
}

#[tokio::test]
async fn a_server_that_is_not_there_or_not_the_one_we_trust_gets_nothing() {
    let server = SmtpServer::start(Tls::Upgraded).await;
    let other = SmtpServer::start(Tls::Absent).await;
    let letter = summary_letter();
    let nobody =
        std::net::TcpListener::bind("127.0.0.1:0").and_then(|door| door.local_addr()).expect("a free port").port();
    let cases = [
        (SmtpSettings { ca_file: None, ..smtp(&server) }, Reason::Tls),
        (SmtpSettings { ca_file: Some(other.certificate.clone()), ..smtp(&server) }, Reason::Tls),
        // The certificate names localhost only.
        (SmtpSettings { host: "127.0.0.1".into(), ..smtp(&server) }, Reason::Tls),
        (SmtpSettings { credentials: Some(("attune".into(), "wrong".into())), ..smtp(&server) }, Reason::SignIn),
        (SmtpSettings { port: nobody, ..smtp(&server) }, Reason::Unreachable),
        // A server without STARTTLS gets no password and no letter.
        (SmtpSettings { port: other.port, ..smtp(&server) }, Reason::Protocol),
    ];

    for (settings, reason) in cases {
        assert_eq!(transport(&settings).send(&letter).await, Outcome::NoAnswer(reason), "{settings:?}");
    }
    assert!(server.messages().is_empty() && other.messages().is_empty());
}

#[tokio::test]
async fn letters_go_by_tls_from_the_first_byte_and_without_any_to_this_machine() {
    let wrapped = SmtpServer::start(Tls::Wrapped).await;
    let plain = SmtpServer::start(Tls::Absent).await;
    let letter = summary_letter();

    let by_tls = transport(&SmtpSettings { security: SmtpSecurity::Tls, ..smtp(&wrapped) }).send(&letter).await;
    let settings = SmtpSettings { security: SmtpSecurity::None, credentials: None, ca_file: None, ..smtp(&plain) };
    let without = transport(&settings).send(&letter).await;

    assert_eq!((by_tls, without), (Outcome::Sent, Outcome::Sent));
    assert_eq!((wrapped.messages().len(), plain.messages().len()), (1, 1));
}

#[tokio::test]
async fn a_name_cannot_bring_in_a_header() {
    let server = SmtpServer::start(Tls::Upgraded).await;
    let evil = "Eva\r\nBcc: thief@elsewhere.example\r\n\r\nHello";
    let letter = Letter { to: Mailbox::new(evil, address("eva@nordlys.example")), ..summary_letter() };

    let outcome = transport(&smtp(&server)).send(&letter).await;

    assert_eq!(outcome, Outcome::Sent);
    let messages = server.messages();
    let mail = mailparse::parse_mail(&messages[0]).expect("a message");
    assert!(mail.headers.get_first_value("Bcc").is_none());
    let to = mailparse::addrparse_header(mail.headers.get_first_header("To").expect("a recipient")).expect("parses");
    let to = to.extract_single_info().expect("one recipient");
    assert_eq!(to.addr, "eva@nordlys.example");
    assert_eq!(to.display_name.as_deref(), Some("Eva Bcc: thief@elsewhere.example Hello"));
    assert_eq!(server.recipients(), [["eva@nordlys.example"]]);
}

#[tokio::test]
async fn a_letter_in_a_folder_is_one_file_however_often_it_is_sent() {
    let folder = std::env::temp_dir().join(format!("attune-letters-{}", Uuid::now_v7()));
    let transport = Transport::Folder(
        attune::mail::Folder::new(folder.clone(), address("attune@attune.example")).expect("a folder"),
    );

    let outcomes = [transport.send(&summary_letter()).await, transport.send(&summary_letter()).await];

    assert_eq!(outcomes, [Outcome::Sent, Outcome::Sent]);
    let files: Vec<_> =
        std::fs::read_dir(&folder).expect("a folder").map(|file| file.expect("a file").path()).collect();
    assert_eq!(files.len(), 1);
    assert!(mailparse::parse_mail(&std::fs::read(&files[0]).expect("bytes")).is_ok());
    std::fs::remove_dir_all(&folder).expect("removed");
}
