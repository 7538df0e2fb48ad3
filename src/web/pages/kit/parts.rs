//! What the templates of the kit are filled with.

use serde::Serialize;

use crate::store::kit::EarlierNote;

#[derive(Serialize)]
pub struct Top {
    pub interview: String,
    pub candidate: String,
    pub job: String,
    pub round: String,
    pub medium: &'static str,
    pub minutes: i64,
    /// RFC 3339, empty until it began.
    pub started: String,
    /// "24:10", for browsers without script and until the script has begun.
    pub elapsed: String,
    /// Nothing when nothing can be written.
    pub pen: Option<Pen>,
    pub why_not: String,
    pub blind: bool,
}

#[derive(Serialize)]
pub struct Pen {
    pub scorecard: String,
    pub device_key: String,
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
    /// Of rating, ticks and note.
    pub revisions: [i64; 3],
    pub seen: [String; 3],
    pub previous: Option<Link>,
    pub next: Option<Link>,
    pub here: String,
    pub review: String,
    pub operation: String,
    pub copies: Vec<Copy>,
    pub candidate_note: String,
    pub earlier_notes: Vec<Earlier>,
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
    pub text: String,
    pub probes: Vec<String>,
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
    /// Label and text.
    pub unsaved: Vec<(String, String)>,
}
