//! The rules of a scorecard, below HTTP: races, the seal, the trail.

use attune::{
    domain::{
        id::{InterviewId, ScorecardId},
        medium::Medium,
        policy::Role,
        rating::{EvidencePolicy, Rating},
    },
    error::Error,
    store::{self, kit::Kit},
    usecases::scorecard::{self, Change, Missing, Saved},
};
use uuid::Uuid;

use crate::support::{
    scenario::DIMENSIONS,
    world::{Who, World, newest_events},
};

const STRICT: EvidencePolicy = EvidencePolicy { evidence_per_rating: true, note_for_extremes: true };
const LAX: EvidencePolicy = EvidencePolicy { evidence_per_rating: false, note_for_extremes: false };

async fn interview(world: &World) -> (InterviewId, &Who) {
    let job = world.job(&world.home, "Customer support agent").await;
    let round = world.round(&job, 1, Medium::Video, &DIMENSIONS).await;
    let amara = world.candidate(&job, "Amara Okafor").await;
    let me = world.who(Role::Interviewer);
    (world.interview(&amara, &round, &[me]).await.interview.id, me)
}

async fn open(world: &World, me: &Who, interview: InterviewId) -> (Kit, ScorecardId) {
    let mut conn = world.conn().await;
    let (kit, _) = scorecard::open(&mut conn, &me.scope(), interview, world.now()).await.unwrap();
    let id = kit.scorecard.as_ref().unwrap().id;
    (kit, id)
}

fn change(scorecard: ScorecardId, field: &str, base_revision: i64, value: &str) -> Change {
    let (field, value) = (field.to_owned(), value.to_owned());
    Change { operation: Uuid::now_v7(), scorecard, field, base_revision, value }
}

async fn save(world: &World, me: &Who, change: &Change) -> Saved {
    let mut conn = world.conn().await;
    scorecard::save(&mut conn, &me.scope(), change, world.now()).await.unwrap()
}

#[actix_web::test]
async fn of_twenty_tabs_that_write_the_same_field_at_once_one_is_kept_and_the_others_texts_too() {
    let world = World::new().await;
    let (interview, me) = interview(&world).await;
    let (_, id) = open(&world, me, interview).await;

    let changes: Vec<Change> = (0..20).map(|n| change(id, "listening.note", 0, &format!("tab {n}"))).collect();
    let saved = futures_util::future::join_all(changes.iter().map(|change| save(&world, me, change))).await;

    let kept = saved.iter().filter(|saved| matches!(saved, Saved::Kept { revision: 1, .. })).count();
    let conflicts = saved.iter().filter(|saved| matches!(saved, Saved::Conflict { revision: 1, .. })).count();
    assert_eq!((kept, conflicts), (1, 19));
    let (kit, _) = open(&world, me, interview).await;
    let mut texts: Vec<String> = kit.conflicts.iter().map(|copy| copy.value.clone()).collect();
    texts.push(kit.rating("listening").unwrap().note.clone());
    texts.sort();
    let mut sent: Vec<String> = changes.iter().map(|change| change.value.clone()).collect();
    sent.sort();
    assert_eq!(texts, sent);
}

#[actix_web::test]
async fn one_operation_sent_twenty_times_at_once_is_applied_once() {
    let world = World::new().await;
    let (interview, me) = interview(&world).await;
    let (_, id) = open(&world, me, interview).await;
    let change = change(id, "growth.ticks", 0, "gro-p1");

    let saved = futures_util::future::join_all((0..20).map(|_| save(&world, me, &change))).await;

    assert!(saved.iter().all(|one| *one == saved[0] && matches!(one, Saved::Kept { revision: 1, .. })), "{saved:?}");
    let (kit, _) = open(&world, me, interview).await;
    assert_eq!(kit.rating("growth").unwrap().ticks, ["gro-p1"]);
}

#[actix_web::test]
async fn saving_and_submitting_at_once_never_changes_what_was_sealed() {
    let world = World::new().await;
    let (interview, me) = interview(&world).await;
    let (_, id) = open(&world, me, interview).await;
    for dimension in DIMENSIONS {
        save(&world, me, &change(id, &format!("{dimension}.rating"), 0, "3")).await;
    }
    save(&world, me, &change(id, "recommendation", 0, "no")).await;
    let (kit, _) = open(&world, me, interview).await;
    let seen = kit.revisions();

    let submit = async {
        let mut conn = world.conn().await;
        scorecard::submit(&mut conn, &me.scope(), &me.actor(world.now()), id, &seen, LAX).await
    };
    let late = change(id, "listening.note", 0, "at the last moment");
    let (submitted, saved) = futures_util::future::join(submit, save(&world, me, &late)).await;

    let (kit, _) = open(&world, me, interview).await;
    let note = &kit.rating("listening").unwrap().note;
    match saved {
        Saved::Kept { .. } => {
            assert!(matches!(submitted, Err(Error::Refused(message)) if message.key == "scorecard-changed"));
            assert_eq!(note, "at the last moment");
        }
        other => {
            assert_eq!(other, Saved::Sealed);
            submitted.unwrap();
            assert_eq!(note, "");
        }
    }
}

#[actix_web::test]
async fn the_organisations_evidence_policy_decides_what_a_gap_is() {
    let world = World::new().await;
    let (interview, me) = interview(&world).await;
    let (_, id) = open(&world, me, interview).await;
    for dimension in DIMENSIONS {
        save(&world, me, &change(id, &format!("{dimension}.rating"), 0, "5")).await;
    }
    save(&world, me, &change(id, "recommendation", 0, "yes")).await;
    let (kit, _) = open(&world, me, interview).await;
    let mut conn = world.conn().await;
    let actor = me.actor(world.now());

    assert_eq!(scorecard::missing(&kit, STRICT).len(), 6);
    assert_eq!(scorecard::missing(&kit, LAX), []);
    let refused = scorecard::submit(&mut conn, &me.scope(), &actor, id, &kit.revisions(), STRICT).await;
    assert!(matches!(refused, Err(Error::Refused(message)) if message.key == "scorecard-has-gaps"));
    scorecard::submit(&mut conn, &me.scope(), &actor, id, &kit.revisions(), LAX).await.unwrap();
}

#[actix_web::test]
async fn the_trail_holds_the_seal_which_anybody_can_compute_again_and_no_word_of_the_notes() {
    let world = World::new().await;
    let (interview, me) = interview(&world).await;
    let (_, id) = open(&world, me, interview).await;
    for dimension in DIMENSIONS {
        save(&world, me, &change(id, &format!("{dimension}.rating"), 0, "not_enough_evidence")).await;
    }
    save(&world, me, &change(id, "listening.note", 0, "a word of hers")).await;
    save(&world, me, &change(id, "recommendation", 0, "yes")).await;
    let (kit, _) = open(&world, me, interview).await;
    let mut conn = world.conn().await;
    let actor = me.actor(world.now());
    scorecard::submit(&mut conn, &me.scope(), &actor, id, &kit.revisions(), STRICT).await.unwrap();
    let rating = Rating::from_text("2").unwrap().unwrap();
    scorecard::amend(&mut conn, &me.scope(), &actor, id, "growth", rating, "a slip of the key").await.unwrap();

    let trail = newest_events(&mut conn, &me.scope(), 10).await;

    let shown = store::scorecard::find(&mut conn, &me.scope(), id).await.unwrap();
    let (sealed, _) = open(&world, me, interview).await;
    let again: String =
        sealed.sheet().seal(id.0, shown.submitted_at.unwrap()).iter().map(|b| format!("{b:02x}")).collect();
    let actions: Vec<&str> = trail.iter().map(|event| event.action.as_str()).collect();
    assert_eq!(actions, ["scorecard.amended", "scorecard.submitted"]);
    assert_eq!(trail[1].detail["seal"], again);
    assert_eq!(shown.seal.as_deref(), Some(again.as_str()));
    let text = format!("{trail:?}");
    assert!(!text.contains("a word of hers") && !text.contains("slip"));
}

#[actix_web::test]
async fn two_versions_that_wait_for_a_choice_are_a_gap() {
    let world = World::new().await;
    let (interview, me) = interview(&world).await;
    let (_, id) = open(&world, me, interview).await;
    save(&world, me, &change(id, "private_note", 0, "one")).await;
    save(&world, me, &change(id, "private_note", 0, "two")).await;

    let (kit, _) = open(&world, me, interview).await;

    let field = "private_note".parse().unwrap();
    assert!(scorecard::missing(&kit, LAX).contains(&Missing::Conflict(field)));
}
