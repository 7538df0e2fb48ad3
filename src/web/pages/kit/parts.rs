//! What the templates of the kit are filled with.

use serde::Serialize;

use super::course::Course;
use crate::store::kit::{EarlierNote, Kit};

#[derive(Serialize)]
pub struct Top {
    pub interview: String,
    pub candidate: String,
    pub job: String,
    pub round: String,
    pub medium: &'static str,
    pub minutes: i64,
    pub clock: Clock,
    /// When the interview is planned to start, and the server's time: RFC 3339.
    pub starts: String,
    pub now: String,
    /// Nothing when nothing can be written.
    pub pen: Option<Pen>,
    /// For words that wait on the device although nothing can be written any more.
    pub late: Option<Pen>,
    pub why_not: String,
    pub blind: bool,
}

/// The timer: how long the interview has been going on.
#[derive(Serialize)]
pub struct Clock {
    /// RFC 3339: when it counts from, empty when that is too long ago to matter.
    pub from: String,
    /// "24:10", for browsers without script and until the script has begun; "starts 14:30" before the interview.
    pub shows: String,
    /// What it counts from, in words.
    pub means: String,
    pub is_ahead: bool,
}

impl Clock {
    pub fn none() -> Clock {
        Clock { from: String::new(), shows: String::new(), means: String::new(), is_ahead: false }
    }
}

#[derive(Serialize)]
pub struct Pen {
    pub scorecard: String,
    pub device_key: String,
    /// The address under which all pages of this kit lie.
    pub kit: String,
    /// Their addresses in the interview's order, the review last, separated by spaces.
    pub pages: String,
    /// Languages whose rules remark on notes, separated by spaces; empty where the organisation wants none.
    pub hints: String,
}

#[derive(Serialize)]
pub struct DimensionPage {
    pub top: Top,
    pub steps: Vec<Step>,
    pub rated: usize,
    pub key: String,
    pub name: String,
    pub definition: String,
    pub caution: String,
    pub language: String,
    pub languages: Vec<Language>,
    pub question: Option<Asked>,
    pub others: Vec<Asked>,
    pub signs_for: Vec<Tick>,
    pub signs_against: Vec<Tick>,
    pub anchors: Vec<Anchor>,
    pub note: String,
    /// Of rating, ticks, note, asked and seconds.
    pub revisions: [i64; 5],
    /// Of rating, ticks, note and asked.
    pub seen: [String; 4],
    pub briefing: Option<BriefingPart>,
    pub facts_revision: i64,
    pub facts_seen: String,
    pub seconds: i32,
    pub pace: String,
    /// Minutes that the plan gives to a dimension.
    pub plan: i64,
    /// What was typed for the minutes, without script.
    pub minutes: String,
    pub previous: Option<Link>,
    pub next: Option<Link>,
    pub here: String,
    pub review: String,
    pub operation: String,
    pub copies: Vec<Copy>,
    pub before: Before,
    pub is_first: bool,
    pub errors: Vec<String>,
    pub most: usize,
}

#[derive(Serialize)]
pub struct Step {
    pub key: String,
    pub name: String,
    pub n: usize,
    pub rating: String,
    pub class: &'static str,
    pub shown: String,
    pub href: String,
    pub is_current: bool,
}

#[derive(Serialize)]
pub struct Language {
    pub tag: String,
    pub name: String,
    pub href: String,
    pub is_current: bool,
}

#[derive(Serialize)]
pub struct Asked {
    pub question: Askable,
    pub probes: Vec<Askable>,
}

/// A question or a probe, and whether it was asked.
#[derive(Serialize)]
pub struct Askable {
    pub key: String,
    pub text: String,
    pub checked: bool,
}

/// The outline of the job, and which of its facts came back.
#[derive(Serialize)]
pub struct BriefingPart {
    pub text: String,
    pub steps: Vec<String>,
    pub facts: Vec<Tick>,
}

#[derive(Serialize)]
pub struct Tick {
    pub key: String,
    pub text: String,
    pub checked: bool,
}

#[derive(Serialize)]
pub struct Anchor {
    pub value: String,
    pub mark: String,
    pub class: &'static str,
    pub name: String,
    pub text: String,
    pub hotkey: String,
    pub checked: bool,
}

#[derive(Serialize)]
pub struct Link {
    pub key: String,
    pub name: String,
    pub href: String,
}

#[derive(Serialize)]
pub struct Copy {
    pub id: String,
    pub field: String,
    pub label: String,
    pub copy: String,
    pub current: String,
    pub revision: i64,
    pub is_text: bool,
    pub at: String,
}

/// What to know before the first question.
#[derive(Serialize)]
pub struct Before {
    pub pronunciation: String,
    pub note: String,
    pub accommodation: String,
    pub earlier_notes: Vec<Earlier>,
}

impl Before {
    pub fn new(kit: &Kit) -> Before {
        Before {
            pronunciation: kit.candidate.pronunciation.clone(),
            note: kit.candidate.note.clone(),
            accommodation: kit.candidate.accommodation.clone(),
            earlier_notes: kit.earlier_notes.iter().map(Earlier::new).collect(),
        }
    }
}

#[derive(Serialize)]
pub struct Earlier {
    pub round: String,
    pub by: String,
    pub text: String,
}

impl Earlier {
    pub fn new(note: &EarlierNote) -> Earlier {
        Earlier { round: note.round.clone(), by: note.by.clone(), text: note.text.clone() }
    }
}

#[derive(Serialize)]
pub struct ReviewPage {
    pub top: Top,
    pub sections: Vec<Section>,
    pub rated: usize,
    pub total: usize,
    pub missing: Vec<Named>,
    pub recommendations: Vec<Choice>,
    pub private_note: String,
    pub next_note: String,
    /// Of recommendation, private note and next note.
    pub revisions: [i64; 3],
    pub seen: [String; 3],
    /// A remark on ratings that are all the same; empty without one.
    pub halo: String,
    pub facts: String,
    /// Of what stands on the page and cannot be edited on it.
    pub shown_revisions: Vec<(String, i64)>,
    pub back: String,
    pub operation: String,
    pub copies: Vec<Copy>,
    pub error: String,
    pub most: usize,
}

#[derive(Serialize)]
pub struct Section {
    pub name: String,
    pub mark: String,
    pub class: &'static str,
    pub words: String,
    pub ticks: Vec<SaidTick>,
    pub note: String,
    pub course: Option<Course>,
    pub gap: String,
    pub href: String,
}

#[derive(Serialize)]
pub struct SaidTick {
    pub text: String,
    pub against: bool,
}

#[derive(Serialize)]
pub struct Named {
    pub text: String,
    pub href: String,
}

#[derive(Serialize)]
pub struct Choice {
    pub value: &'static str,
    pub label: String,
    pub checked: bool,
}

#[derive(Serialize)]
pub struct DonePage {
    pub candidate: String,
    pub scorecard: String,
    pub submitted_at: String,
    pub job: String,
    pub late: Option<Pen>,
    /// Label and text.
    pub unsaved: Vec<(String, String)>,
}
