//! Interviews: scheduled, changed, cancelled; the letters with their calendar files; who may do what.

use attune::{
    domain::{id::InterviewId, letter::LetterState, medium::Medium, policy::Role},
    mail::{self, PartKind},
    store::{self, interview::Interview, job::Job, round::Round},
};

use calcard::{
    Entry, Parser,
    icalendar::{ICalendarComponent, ICalendarComponentType, ICalendarProperty, ICalendarValue},
};

use crate::support::{
    scenario::Applied,
    world::{Answer, Who, World, newest_events},
};

struct Scene {
    world: World,
    job: Job,
    round: Round,
    applied: Applied,
    jonas: Who,
}

async fn scene() -> Scene {
    let world = World::new().await;
    let job = world.job(&world.home, "Support agent").await;
    let round = world.round(&job, 1, Medium::Video, &["listening"]).await;
    let applied = world.candidate(&job, "Eva Lind").await;
    let jonas = world.member(&world.home, "Jonas Berg", &[Role::Interviewer]).await;
    Scene { world, job, round, applied, jonas }
}

impl Scene {
    fn recruiter(&self) -> &Who {
        self.world.who(Role::Recruiter)
    }

    async fn schedule(&self, other: &[(&str, &str)]) -> Answer {
        let (round, panel) = (self.round.id.to_string(), self.jonas.id.to_string());
        let mut fields = vec![
            ("round", round.as_str()),
            ("date", "2026-11-24"),
            ("time", "10:00"),
            ("time_zone", "Europe/Stockholm"),
            ("minutes", ""),
            ("place", "https://meet.example/7"),
            ("panel", panel.as_str()),
        ];
        for (name, value) in other {
            match fields.iter().position(|(known, _)| known == name && *name != "panel") {
                Some(at) => fields[at].1 = value,
                None => fields.push((name, value)),
            }
        }
        let path = format!("/applications/{}/interviews", self.applied.application.id);
        self.world.post(self.recruiter(), &path, &fields).await
    }

    async fn scheduled(&self) -> InterviewId {
        let answer = self.schedule(&[]).await.assert_status(303);
        answer.location().trim_start_matches("/interviews/").split('?').next().unwrap().parse().unwrap()
    }

    async fn interview(&self, id: InterviewId) -> Interview {
        store::interview::find(&mut *self.world.conn().await, &self.recruiter().scope(), id).await.unwrap().interview
    }

    /// Kind, recipient and words of every letter, in the order in which they were written.
    async fn letters(&self) -> Vec<(String, String, mail::Letter)> {
        let mut conn = self.world.conn().await;
        let scope = self.world.who(Role::Admin).scope();
        let list = store::letter::list(&mut conn, &scope, &[LetterState::Waiting], None, 100).await.unwrap().items;
        let mut letters = Vec::new();
        for letter in list.into_iter().rev() {
            let (_, words) = store::letter::find(&mut conn, &scope, letter.id).await.unwrap();
            letters.push((letter.kind, letter.to_name, words));
        }
        letters
    }

    async fn change(&self, id: InterviewId, fields: &[(&str, &str)]) -> Answer {
        let interview = self.interview(id).await;
        let (sequence, panel) = (interview.sequence.to_string(), self.jonas.id.to_string());
        let mut all = vec![
            ("sequence", sequence.as_str()),
            ("date", "2026-11-24"),
            ("time", "10:00"),
            ("time_zone", "Europe/Stockholm"),
            ("minutes", "45"),
            ("place", "https://meet.example/7"),
        ];
        if !fields.iter().any(|(name, _)| *name == "panel") {
            all.push(("panel", panel.as_str()));
        }
        for (name, value) in fields {
            match all.iter().position(|(known, _)| known == name && *name != "panel") {
                Some(at) => all[at].1 = value,
                None => all.push((name, value)),
            }
        }
        self.world.post(self.recruiter(), &format!("/interviews/{id}"), &all).await
    }
}

fn calendar(letter: &mail::Letter) -> String {
    raw_calendar(letter).replace("\r\n ", "")
}

#[actix_web::test]
async fn scheduling_seats_the_panel_pins_the_job_and_writes_a_letter_with_a_calendar_file_to_each() {
    let scene = scene().await;
    let form = format!("/applications/{}/interviews/new?round={}", scene.applied.application.id, scene.round.id);
    scene
        .world
        .get(scene.recruiter(), &form)
        .await
        .assert_status(200)
        .assert_says("This is the first interview of the job.");

    let recruiter = scene.recruiter().id.to_string();
    let answer = scene.schedule(&[("panel", &recruiter)]).await.assert_status(303);

    let page = scene.world.get(&scene.jonas, answer.location()).await.assert_status(200);
    let page = page.assert_says("Tue 24 November 2026, 10:00–10:45 (Europe/Stockholm).").assert_says("Open the kit");
    assert!(page.text().contains("/kit\""));
    let letters = scene.letters().await;
    let to: Vec<_> = letters.iter().map(|(kind, to, _)| (kind.as_str(), to.as_str())).collect();
    assert_eq!(to, [("interview_scheduled", "recruiter"), ("interview_scheduled", "Jonas Berg")]);
    let file = calendar(&letters[0].2);
    for line in ["METHOD:REQUEST", "SEQUENCE:0", "DTSTART:20261124T090000Z", "DTEND:20261124T094500Z", "ATTENDEE;"] {
        assert!(file.contains(line), "{line} is not in {file}");
    }
    assert!(letters[0].2.text.contains("/kit"));
    let job = store::job::find(&mut *scene.world.conn().await, &scene.recruiter().scope(), scene.job.id).await.unwrap();
    assert!(job.is_pinned());
    let trail = newest_events(&mut *scene.world.conn().await, &scene.recruiter().scope(), 50).await;
    let actions: Vec<_> = trail.iter().map(|event| event.action.as_str()).collect();
    assert_eq!(actions, ["interview.scheduled", "job.pinned"]);
}

#[actix_web::test]
async fn what_is_no_plan_is_refused_and_nothing_is_written() {
    let scene = scene().await;
    let stranger = scene.world.neighbour.who(Role::Interviewer).id.to_string();
    let foreign_job = scene.world.job(&scene.world.home, "Other").await;
    let foreign = scene.world.round(&foreign_job, 1, Medium::Phone, &["growth"]).await.id.to_string();
    for (fields, words) in [
        (vec![("date", "2026-11-22")], "The date is in the past"),
        (vec![("date", "2066-11-22")], "The date is more than two years away"),
        (vec![("date", "tomorrow")], "Enter a date such as 2026-11-24"),
        (vec![("time", "25:99")], "Enter a time such as 14:30"),
        (vec![("date", "2027-03-28"), ("time", "02:30")], "skip this time that night. 03:30 exists."),
        (vec![("date", "2027-10-31"), ("time", "02:30")], "this time comes twice. Choose which."),
        (vec![("time_zone", "Mars/Base")], "Choose one of the options"),
        (vec![("minutes", "4")], "Enter a whole number from 5 to 480"),
        (vec![("panel", &stranger)], "Choose one of the options"),
        (vec![("round", &foreign)], "Choose one of the options"),
        (vec![("place", "Room 3\r\nX: y")], "This must be a single line"),
    ] {
        scene.schedule(&fields).await.assert_status(422).assert_says(words);
    }
    let path = format!("/applications/{}/interviews", scene.applied.application.id);
    let round = scene.round.id.to_string();
    let without_panel =
        [("round", round.as_str()), ("date", "2026-11-24"), ("time", "10:00"), ("time_zone", "UTC"), ("minutes", "30")];
    scene
        .world
        .post(scene.recruiter(), &path, &without_panel)
        .await
        .assert_status(422)
        .assert_says("Choose at least one interviewer");
    assert!(scene.letters().await.is_empty());
}

#[actix_web::test]
async fn a_time_that_comes_twice_is_planned_as_chosen() {
    let scene = scene().await;

    let answer =
        scene.schedule(&[("date", "2027-10-31"), ("time", "02:30"), ("fold", "later")]).await.assert_status(303);

    let id = answer.location().trim_start_matches("/interviews/").split('?').next().unwrap().parse().unwrap();
    assert_eq!(scene.interview(id).await.starts_at.to_jiff().to_string(), "2027-10-31T01:30:00Z");
}

#[actix_web::test]
async fn a_panel_member_who_is_wanted_elsewhere_is_named_and_it_goes_ahead_all_the_same() {
    let scene = scene().await;
    scene.scheduled().await;

    let doubted = scene.schedule(&[("time", "10:30")]).await.assert_status(409);

    doubted
        .assert_says("Jonas Berg has another interview on Tue 24 November, 10:00–10:45.")
        .assert_says("The candidate already has an interview in this round")
        .assert_says("Tue 24 November 2026, 10:30–11:15 (Europe/Stockholm).");
    assert_eq!(scene.letters().await.len(), 1);
    scene.schedule(&[("time", "10:30"), ("anyway", "1")]).await.assert_status(303);
    assert_eq!(scene.letters().await.len(), 2);
}

#[actix_web::test]
async fn a_change_counts_up_and_tells_who_stays_who_comes_and_who_goes() {
    let scene = scene().await;
    let astrid = scene.world.member(&scene.world.home, "Astrid Holm", &[Role::Interviewer]).await;
    let cilla = scene.world.member(&scene.world.home, "Cilla Ek", &[Role::Interviewer]).await;
    let (a, c) = (astrid.id.to_string(), cilla.id.to_string());
    let answer = scene.schedule(&[("panel", &a)]).await.assert_status(303);
    let id: InterviewId =
        answer.location().trim_start_matches("/interviews/").split('?').next().unwrap().parse().unwrap();

    scene.change(id, &[("panel", &a), ("panel", &c), ("time", "13:00")]).await.assert_status(303);

    assert_eq!(scene.interview(id).await.sequence, 1);
    let letters = scene.letters().await.split_off(2);
    let mut to: Vec<_> = letters.iter().map(|(kind, to, _)| (to.as_str(), kind.as_str())).collect();
    to.sort_unstable();
    assert_eq!(
        to,
        [
            ("Astrid Holm", "interview_changed"),
            ("Cilla Ek", "interview_scheduled"),
            ("Jonas Berg", "interview_cancelled"),
        ]
    );
    for (kind, _, letter) in &letters {
        let file = calendar(letter);
        assert!(file.contains("SEQUENCE:1"), "{file}");
        assert_eq!(file.contains("METHOD:CANCEL"), kind == "interview_cancelled");
    }
}

#[actix_web::test]
async fn a_change_that_changes_nothing_writes_to_nobody() {
    let scene = scene().await;
    let id = scene.scheduled().await;

    scene.change(id, &[]).await.assert_status(303);

    assert_eq!((scene.interview(id).await.sequence, scene.letters().await.len()), (0, 1));
}

#[actix_web::test]
async fn who_changes_an_interview_that_somebody_else_has_changed_meanwhile_is_told() {
    let scene = scene().await;
    let id = scene.scheduled().await;
    scene.change(id, &[("time", "11:00")]).await.assert_status(303);

    scene
        .change(id, &[("time", "12:00"), ("sequence", "0")])
        .await
        .assert_status(409)
        .assert_says("Somebody else has changed this interview meanwhile.");
}

#[actix_web::test]
async fn a_seat_with_a_begun_scorecard_stays() {
    let scene = scene().await;
    let id = scene.scheduled().await;
    let seat = store::interview::seats(&mut *scene.world.conn().await, &scene.recruiter().scope(), id).await.unwrap();
    scene.world.draft(&seat[0], &[("listening", "", "Just begun")]).await;
    let recruiter = scene.recruiter().id.to_string();

    scene
        .change(id, &[("panel", &recruiter)])
        .await
        .assert_status(422)
        .assert_says("Somebody whom you took out has already opened the kit");

    let seats = store::interview::seats(&mut *scene.world.conn().await, &scene.recruiter().scope(), id).await.unwrap();
    assert_eq!(seats[0].id, seat[0].id);
}

#[actix_web::test]
async fn a_cancelled_interview_leaves_the_calendars_and_cannot_be_changed_again() {
    let scene = scene().await;
    let id = scene.scheduled().await;
    let path = format!("/interviews/{id}/cancellation");
    scene.world.get(scene.recruiter(), &path).await.assert_says("One person gets a letter");

    scene.world.post(scene.recruiter(), &path, &[("reason", " ")]).await.assert_status(422).assert_says("Fill this in");
    let reason = [("reason", "The candidate has withdrawn")];
    scene.world.post(scene.recruiter(), &path, &reason).await.assert_status(303);

    let letters = scene.letters().await;
    let (kind, _, letter) = &letters[1];
    assert_eq!(kind, "interview_cancelled");
    assert!(letter.text.contains("The candidate has withdrawn"));
    let file = calendar(letter);
    assert!(file.contains("METHOD:CANCEL") && file.contains("STATUS:CANCELLED") && file.contains("SEQUENCE:1"));
    let page = scene.world.get(&scene.jonas, &format!("/interviews/{id}")).await;
    page.assert_says("Cancelled").assert_says("The candidate has withdrawn");
    let candidate = format!("/candidates/{}", scene.applied.candidate.id);
    scene.world.get(&scene.jonas, &candidate).await.assert_says("Cancelled: The candidate has withdrawn");
    scene.world.post(scene.recruiter(), &path, &reason).await.assert_status(409);
    scene.change(id, &[("time", "12:00")]).await.assert_status(409).assert_says("This interview is cancelled.");
    scene.world.get(scene.recruiter(), &format!("/interviews/{id}/edit")).await.assert_status(409);
}

#[actix_web::test]
async fn an_interview_with_a_submitted_scorecard_is_not_cancelled_and_the_refusal_tells_a_blind_member_nothing() {
    let scene = scene().await;
    let held = scene.world.interview(&scene.applied, &scene.round, &[&scene.jonas, scene.recruiter()]).await;
    let path = format!("/interviews/{}/cancellation", held.interview.id);
    let reason = [("reason", "No show")];

    let before = scene.world.post(scene.recruiter(), &path, &reason).await.assert_status(409);
    scene.world.submitted(&held.seats[0], &[("listening", "3", "Some")]).await;
    let after = scene.world.post(scene.recruiter(), &path, &reason).await.assert_status(409);

    assert_eq!(before.text(), after.text());
    let admin = scene.world.post(scene.world.who(Role::Admin), &path, &reason).await.assert_status(409);
    admin.assert_says("A scorecard of this interview has been submitted");
}

/// The calendar and the one event in it, as a parser reads them that knows nothing of ours.
struct Read(ICalendarComponent, ICalendarComponent);

impl Read {
    fn new(text: &str) -> Read {
        let mut parser = Parser::new(text);
        let Entry::ICalendar(calendar) = parser.entry() else { panic!("not a calendar: {text}") };
        assert!(matches!(parser.entry(), Entry::Eof), "more than a calendar: {text}");
        let [whole, event] = calendar.components.as_slice() else { panic!("not one event: {text}") };
        assert_eq!(event.component_type, ICalendarComponentType::VEvent);
        let mut lines = whole.entries.iter().chain(&event.entries);
        assert!(lines.all(|entry| !matches!(entry.name, ICalendarProperty::Other(_))), "an unknown line: {text}");
        Read(whole.clone(), event.clone())
    }

    fn value(&self, name: &ICalendarProperty) -> &ICalendarValue {
        let mut found = self.0.entries.iter().chain(&self.1.entries).filter(|entry| entry.name == *name);
        let entry = found.next().unwrap_or_else(|| panic!("no {name:?}"));
        assert!(found.next().is_none() && entry.values.len() == 1, "several {name:?}");
        &entry.values[0]
    }

    fn word(&self, name: &ICalendarProperty) -> String {
        match self.value(name) {
            ICalendarValue::Text(text) => text.clone(),
            other => format!("{other:?}"),
        }
    }

    /// By the clock on the wall of a place.
    fn at(&self, name: &ICalendarProperty, zone: &str) -> String {
        let ICalendarValue::PartialDateTime(at) = self.value(name) else { panic!("{name:?} is no time") };
        assert_eq!((at.tz_hour, at.tz_minute), (Some(0), Some(0)), "an instant, not a time of some place");
        let at = jiff::Timestamp::from_second(at.to_timestamp().unwrap()).unwrap();
        at.in_tz(zone).unwrap().strftime("%F %R").to_string()
    }
}

#[actix_web::test]
async fn an_independent_parser_follows_an_interview_across_the_change_of_the_clock_until_it_is_cancelled() {
    use ICalendarProperty::{Dtend, Dtstart, Location, Method, Sequence, Status, Uid};
    let scene = scene().await;
    // Clocks go forward on 28 March 2027 in Stockholm, and on 14 March in New York.
    let place = "Room 3; the \"big\" one, at the very end of the corridor on the third floor: åäö 老虎";
    let before = [("date", "2027-03-26"), ("time", "10:00"), ("minutes", "60"), ("place", place)];
    let answer = scene.schedule(&before).await.assert_status(303);
    let id: InterviewId = answer.location()["/interviews/".len()..].split('?').next().unwrap().parse().unwrap();
    let after = [("date", "2027-03-29"), ("time", "10:00"), ("minutes", "60"), ("place", place)];
    scene.change(id, &after).await.assert_status(303);
    let elsewhere = [("date", "2027-03-29"), ("time", "10:00"), ("time_zone", "America/New_York"), ("minutes", "60")];
    scene.change(id, &elsewhere).await.assert_status(303);
    let reason = [("reason", "The candidate has withdrawn")];
    scene.world.post(scene.recruiter(), &format!("/interviews/{id}/cancellation"), &reason).await.assert_status(303);

    let letters = scene.letters().await;
    let files: Vec<Read> = letters.iter().map(|(_, _, letter)| Read::new(&raw_calendar(letter))).collect();

    let told = files.iter().map(|file| {
        let words = [Method, Sequence, Status].map(|name| file.word(&name)).join(" ");
        format!("{words} {} {}", file.at(&Dtstart, "Europe/Stockholm"), file.at(&Dtend, "UTC"))
    });
    let expected = [
        "Method(Request) Integer(0) Status(Confirmed) 2027-03-26 10:00 2027-03-26 10:00",
        "Method(Request) Integer(1) Status(Confirmed) 2027-03-29 10:00 2027-03-29 09:00",
        "Method(Request) Integer(2) Status(Confirmed) 2027-03-29 16:00 2027-03-29 15:00",
        "Method(Cancel) Integer(3) Status(Cancelled) 2027-03-29 16:00 2027-03-29 15:00",
    ];
    assert_eq!(told.collect::<Vec<_>>(), expected);
    assert!(files.iter().all(|file| file.word(&Uid) == files[0].word(&Uid)), "one event from first to last");
    assert_eq!(files[0].word(&Location), place, "what was typed, whatever it is folded and escaped to");
    let taken = scene.world.get(&scene.jonas, &format!("/interviews/{id}/interview.ics")).await.assert_status(200);
    assert_eq!(Read::new(&taken.text()).word(&Method), "Method(Publish)");
}

/// As it is sent.
fn raw_calendar(letter: &mail::Letter) -> String {
    let part = letter.parts.iter().find(|part| matches!(part.kind, PartKind::Calendar { .. })).unwrap();
    String::from_utf8(part.body.clone()).unwrap()
}

#[actix_web::test]
async fn the_calendar_file_can_be_taken_along_by_whoever_sees_the_interview() {
    let scene = scene().await;
    let id = scene.scheduled().await;

    let file = scene.world.get(&scene.jonas, &format!("/interviews/{id}/interview.ics")).await.assert_status(200);

    assert!(file.header("content-type").starts_with("text/calendar"));
    let text = file.text();
    assert!(text.contains("METHOD:PUBLISH") && text.contains(&format!("UID:{id}@")) && !text.contains("ATTENDEE"));
}

#[actix_web::test]
async fn only_who_runs_jobs_plans_and_the_neighbours_interview_does_not_exist() {
    let scene = scene().await;
    let id = scene.scheduled().await;
    let schedule = format!("/applications/{}/interviews", scene.applied.application.id);
    let (page, cancel) = (format!("/interviews/{id}"), format!("/interviews/{id}/cancellation"));
    for role in [Role::HiringManager, Role::Interviewer, Role::Hr] {
        for path in [&schedule, &page, &cancel] {
            scene.world.post(scene.world.who(role), path, &[]).await.assert_status(403);
        }
    }
    let neighbour = scene.world.neighbour.who(Role::Recruiter);
    let random = InterviewId::new();
    for suffix in ["", "/edit", "/cancellation", "/interview.ics"] {
        let theirs = scene.world.get(neighbour, &format!("{page}{suffix}")).await.assert_status(404);
        let missing = scene.world.get(neighbour, &format!("/interviews/{random}{suffix}")).await;
        assert_eq!(theirs.words(), missing.words());
    }
    for path in [&schedule, &page, &cancel] {
        scene.world.post(neighbour, path, &[("reason", "x")]).await.assert_status(404);
    }
    // An interviewer without a seat in the job, and a hiring manager of it.
    scene.world.get(scene.world.who(Role::Interviewer), &page).await.assert_status(404);
    scene.world.get(scene.world.who(Role::HiringManager), &page).await.assert_status(200);
}

#[actix_web::test]
async fn the_form_names_who_would_link_this_candidate_with_the_others() {
    let scene = scene().await;
    let path = format!("/applications/{}/interviews/new", scene.applied.application.id);
    scene.world.get(scene.recruiter(), &path).await.assert_status(200).assert_silent_about("can be compared");

    let kim = scene.world.member(&scene.world.home, "Kim Berg", &[Role::Interviewer]).await;
    let other = scene.world.candidate(&scene.job, "Amara Okafor").await;
    scene.world.interview(&other, &scene.round, &[&scene.jonas, &kim]).await;

    let shown = scene.world.get(scene.recruiter(), &path).await.words();
    let hint = shown.split("So that this candidate can be compared with the others of the job, seat ").nth(1).unwrap();
    assert!(hint.starts_with("Jonas Berg and Kim Berg.") || hint.starts_with("Kim Berg and Jonas Berg."), "{hint}");
}
