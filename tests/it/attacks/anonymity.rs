//! Anonymised review: whatever the hiring manager can reach tells no name, address or number before the decision.

use actix_web::http::Method;
use attune::{
    domain::{decision::Outcome, id::DebriefId, letter::LetterState, medium::Medium, policy::Role},
    store,
    web::api::ROUTES,
};

use crate::{
    access::{Objects, ask, routes},
    pages::shortlist::hidden_field,
    support::{
        scenario::{Applied, DIMENSIONS},
        world::World,
    },
};

/// Nothing of this may be read: names and their parts, addresses, numbers, and how a name is said.
const SECRETS: [&str; 13] = [
    "Amara",
    "Okafor",
    "amara,",
    "okafor.",
    "AMARA",
    "Zebulon",
    "Ek-Quist",
    "Quist",
    "amara.ok@mail",
    "zeb@mail",
    "174 06 05",
    "ah-MAH-ra",
    "Uppsala",
];

struct Anonymised {
    world: World,
    objects: Objects,
    job: String,
    amara: Applied,
}

impl Anonymised {
    /// Two candidates whom the interviewer met and wrote about by name; a debrief is open on one.
    async fn new() -> Anonymised {
        let world = World::with("mailbox = true").await;
        let job = world.job(&world.home, "Support agent").await;
        world.sql(&format!("UPDATE jobs SET anonymised = true WHERE id = '{}'", job.id)).await;
        world.sql("UPDATE organisations SET anonymises = true").await;
        let round = world.round(&job, 1, Medium::Video, &DIMENSIONS).await;
        let (interviewer, hr) = (world.who(Role::Interviewer), world.who(Role::Hr));
        // Added in the alphabet's order, as from a sorted file.
        let amara = world.candidate(&job, "Amara Okafor").await;
        let zebulon = world.candidate(&job, "Zebulon Ek-Quist").await;
        for (applied, email, phone) in
            [(&amara, "amara.ok@mail.example", "+46 70 174 06 05"), (&zebulon, "zeb@mail.example", "+46 70 174 06 05")]
        {
            world
                .sql(&format!(
                    "UPDATE candidates SET email = '{email}', phone = '{phone}', note = 'Studied in Uppsala.',
                       pronunciation = 'ah-MAH-ra' WHERE id = '{}'",
                    applied.candidate.id
                ))
                .await;
        }
        let mut first = None;
        for (applied, said) in [
            (&amara, "Amara asked twice; OKAFOR style; amara, okafor."),
            (&zebulon, "Mr Ek-Quist waited, as Amara did."),
        ] {
            let met = world.interview(applied, &round, &[interviewer, hr]).await;
            for (seat, rate) in met.seats.iter().zip(["4", "2"]) {
                let ratings: Vec<(&str, &str, &str)> = DIMENSIONS.iter().map(|key| (*key, rate, said)).collect();
                let card = world.submitted(seat, &ratings).await;
                world.write_next_note(&card, said).await;
                first.get_or_insert((met.interview.id, card));
            }
        }
        let (interview, card) = first.unwrap();
        let debrief = DebriefId::new();
        let recruiter = world.who(Role::Recruiter).scope();
        let mut conn = world.conn().await;
        let opened =
            store::debrief::open(&mut conn, &recruiter, debrief, amara.application.id, &[card.id], world.now()).await;
        opened.unwrap();
        drop(conn);
        let objects = Objects::of([
            ("jobs", job.id.to_string()),
            ("applications", amara.application.id.to_string()),
            ("candidates", amara.candidate.id.to_string()),
            ("interviews", interview.to_string()),
            ("scorecards", card.id.to_string()),
            ("debriefs", debrief.to_string()),
            ("rounds", round.id.to_string()),
        ]);
        Anonymised { world, objects, job: job.id.to_string(), amara }
    }

    /// Everything that a member with this role reads: each page, each answer of the API, with what leads on.
    async fn read_by(&self, role: Role) -> Vec<(String, String)> {
        let (world, mut read) = (&self.world, Vec::new());
        let who = world.who(role);
        let token = world.token(who).await;
        let mut paths: Vec<String> = routes()
            .into_iter()
            .filter(|(method, _)| method == Method::GET)
            .map(|(_, route)| self.objects.path(&route))
            .collect();
        paths.extend(["/candidates?q=Amara", "/candidates?q=zeb"].map(str::to_owned));
        for path in paths {
            let answer = if path.contains("comparison") {
                world.get(who, &path).await
            } else {
                ask(world, Some(who), &Method::GET, &path).await
            };
            read.push((path, format!("{:?} {}", answer.headers, answer.text())));
        }
        for (path, _) in ROUTES.iter().filter(|(_, methods)| methods.contains(&"get")) {
            let path = self.objects.path(&format!("/api/v1{path}"));
            let answer = world.call(&token, Method::GET, &path, None).await;
            read.push((path, format!("{:?} {}", answer.headers, answer.text())));
        }
        let found = world.read(&token, "/candidates?search=Amara").await;
        read.push(("the API's search".to_owned(), found.text()));
        read
    }
}

#[actix_web::test]
async fn nothing_that_the_hiring_manager_reaches_tells_a_name_before_the_decision() {
    let anonymised = Anonymised::new().await;

    let read = anonymised.read_by(Role::HiringManager).await;

    let mut told = Vec::new();
    for (path, text) in &read {
        told.extend(
            SECRETS.iter().filter(|secret| text.contains(*secret)).map(|secret| format!("{path} says {secret}")),
        );
    }
    assert!(told.is_empty(), "{}", told.join("\n"));
    // The walk saw something: the comparison, the candidate, the debrief, each with labels.
    for part in ["/comparison", "/candidates/", "/debriefs/", "/decisions/new"] {
        let said = read.iter().any(|(path, text)| path.contains(part) && text.contains("a nickname is not"));
        assert!(said, "{part} does not say what is not hidden");
    }
    for part in ["/comparison", "/candidates/", "/debriefs/", "/decisions/new", "/api/v1/candidates"] {
        let seen = read.iter().any(|(path, text)| path.contains(part) && text.contains("Candidate "));
        assert!(seen, "{part} was not seen with a label");
    }
}

#[actix_web::test]
async fn a_summary_goes_out_with_labels() {
    let Anonymised { world, job, .. } = Anonymised::new().await;
    let manager = world.who(Role::HiringManager);
    let hr = world.who(Role::Hr).id.to_string();
    let written = world
        .post(manager, &format!("/jobs/{job}/summaries"), &[("members", &hr), ("locale", "en"), ("note", "")])
        .await;
    let path = written.assert_status(303).location().to_owned();
    let digest = hidden_field(&world.get(manager, &path).await, "digest");

    world.post(manager, &format!("{path}/sending"), &[("digest", &digest)]).await.assert_status(303);

    let mut conn = world.conn().await;
    let admin = world.who(Role::Admin).scope();
    let letters = store::letter::list(&mut conn, &admin, &[LetterState::Waiting], None, 10).await.unwrap().items;
    assert!(!letters.is_empty());
    for letter in letters {
        let (_, words) = store::letter::find(&mut conn, &admin, letter.id).await.unwrap();
        for text in [&words.subject, &words.text, &words.html] {
            assert!(SECRETS.iter().all(|secret| !text.contains(secret)), "{text}");
        }
        assert!(words.text.contains("Candidate A") && words.text.contains("Candidate B"));
    }
}

#[actix_web::test]
async fn those_who_meet_and_schedule_see_names_and_everybody_after_the_decision() {
    let Anonymised { world, job, amara, .. } = Anonymised::new().await;
    let candidate = format!("/candidates/{}", amara.candidate.id);
    for role in [Role::Recruiter, Role::Admin, Role::Hr, Role::Interviewer] {
        world.get(world.who(role), &candidate).await.assert_status(200).assert_says("Amara Okafor");
    }
    // Who compares reads labels, whoever they are, and no name in the evidence.
    let evidence = world.get(world.who(Role::Recruiter), &format!("/jobs/{job}/comparison/listening")).await;
    evidence.assert_status(200).assert_says("asked twice").assert_silent_about("Amara").assert_silent_about("OKAFOR");

    for (outcome, is_told) in [(Outcome::OnHold, false), (Outcome::Rejected, true)] {
        world
            .sql(&format!(
                "INSERT INTO decisions (org_id, id, application_id, member_id, outcome, reason, at, comparison, inputs_digest)
                 SELECT org_id, gen_random_uuid(), id, '{}', '{outcome}', 'Because.', now(), '{{}}', '\\x00' FROM applications WHERE id = '{}'",
                world.who(Role::HiringManager).id,
                amara.application.id
            ))
            .await;
        let page = world.get(world.who(Role::HiringManager), &candidate).await.assert_status(200);
        assert_eq!(page.words().contains("Amara Okafor"), is_told, "after {outcome}");
        // The other one is not decided about.
        world.get(world.who(Role::HiringManager), "/candidates").await.assert_silent_about("Zebulon");
    }
}

#[actix_web::test]
async fn the_setting_is_fixed_once_a_scorecard_is_submitted() {
    let Anonymised { world, job, .. } = Anonymised::new().await;
    let recruiter = world.who(Role::Recruiter);
    let row = &world.rows("SELECT title, hiring_manager_id, recruiter_id, revision FROM jobs").await[0];
    let text = |name: &str| row[name].as_str().unwrap().to_owned();
    let revision = row["revision"].to_string();
    let fields = [
        ("title", "Support agent".to_owned()),
        ("place", "Oslo".to_owned()),
        ("hiring_manager", text("hiring_manager_id")),
        ("recruiter", text("recruiter_id")),
        ("revision", revision),
    ];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();

    let late = world.post(recruiter, &format!("/jobs/{job}"), &fields).await;

    late.assert_status(422).assert_says("A scorecard is submitted already.");
    assert_eq!(world.rows("SELECT anonymised FROM jobs").await[0]["anonymised"], true);
    // Before that it may change, and the organisation remembers that it hides names.
    let other = world.job(&world.home, "Team lead").await;
    let fields = [&fields[..], &[("anonymised", "on")]].concat();
    world.post(recruiter, &format!("/jobs/{}", other.id), &fields).await.assert_status(303);
    assert_eq!(
        world.rows(&format!("SELECT anonymised FROM jobs WHERE id = '{}'", other.id)).await[0]["anonymised"],
        true
    );
}
