//! What a draft changes against the published version, or against what it was copied from, word by word.

use actix_web::{HttpResponse, web::Path};
use serde::Serialize;
use similar::{ChangeTag, TextDiff};

use super::{draft::name, language, place::Places};
use crate::{
    domain::{
        id::RubricId,
        policy::EditRubrics,
        rubric::{Difference, Rubric, differences},
    },
    error::Result,
    i18n::languages::language_name,
    store::rubric_version::{self, RubricVersion},
    web::{forms::Query, who::May},
};

#[derive(Serialize)]
struct DifferencesPage {
    id: RubricId,
    name: String,
    version: i32,
    revision: i64,
    /// The number of the published version; none when there is none yet.
    before: Option<i32>,
    /// The name of the rubric that it was copied from, while there is none.
    copied_from: Option<String>,
    count: usize,
    groups: Vec<Group>,
    /// How many things keep the draft from being published.
    complaints: usize,
    pinned_jobs: usize,
}

/// The changes of one dimension, or of the rubric as a whole.
#[derive(Serialize)]
struct Group {
    title: String,
    entries: Vec<Entry>,
}

#[derive(Serialize)]
struct Entry {
    place: String,
    href: String,
    tag: String,
    language: Option<String>,
    change: &'static str,
    before: Vec<Piece>,
    after: Vec<Piece>,
}

/// A run of words that stayed (`same`), went (`del`) or came (`ins`).
#[derive(Serialize, Debug, PartialEq)]
struct Piece {
    kind: &'static str,
    text: String,
}

pub async fn show(may: May<EditRubrics>, id: Path<RubricId>, Query(query): Query) -> Result<HttpResponse> {
    let mut conn = may.db().await?;
    let scope = may.scope();
    let draft = rubric_version::draft(&mut conn, &scope, *id).await?;
    let newest = rubric_version::newest(&mut conn, &scope, *id).await?;
    let is_new = newest.is_draft();
    let (base, jobs) = if is_new {
        (rubric_version::origin(&mut conn, &scope, *id).await?, Vec::new())
    } else {
        let jobs = rubric_version::pinned_jobs(&mut conn, &scope, *id, 100).await?;
        (Some(newest), jobs)
    };
    let after = draft.rubric()?;
    let before = base.as_ref().map(RubricVersion::rubric).transpose()?;
    let reading = language(&after, query.get("language"), may.locale());
    let mut found = before.as_ref().map(|before| differences(before, &after)).unwrap_or_default();
    // A copy has a key of its own, always.
    found.retain(|difference| !is_new || difference.path != "key");
    let page = DifferencesPage {
        id: *id,
        name: name(&after, &reading),
        version: draft.version,
        revision: draft.revision,
        before: base.filter(|_| !is_new).map(|base| base.version),
        copied_from: before.as_ref().filter(|_| is_new).map(|before| name(before, &reading)),
        count: found.len(),
        complaints: after.check().len(),
        pinned_jobs: jobs.len(),
        groups: match &before {
            Some(before) => {
                let places = Places { locale: may.locale(), language: &reading, rubrics: vec![&after, before] };
                groups(&found, &places, *id)
            }
            None => Vec::new(),
        },
    };
    may.frame().page("rubrics/differences.html", &page)
}

fn groups(found: &[Difference], places: &Places<'_>, id: RubricId) -> Vec<Group> {
    let mut groups: Vec<(Option<&str>, Group)> = Vec::new();
    for difference in found {
        let dimension = difference.dimension();
        if groups.last().is_none_or(|(last, _)| *last != dimension) {
            let title = match dimension {
                Some(key) => places.words(&format!("dimensions.{key}")),
                None => places.locale.word("rubric-as-a-whole"),
            };
            groups.push((dimension, Group { title, entries: Vec::new() }));
        }
        if let Some((_, group)) = groups.last_mut() {
            group.entries.push(Entry::new(difference, places, id));
        }
    }
    groups.into_iter().map(|(_, group)| group).collect()
}

impl Entry {
    fn new(difference: &Difference, places: &Places<'_>, id: RubricId) -> Entry {
        let read = |value: &Option<String>| match (value, &difference.language) {
            (None, _) => String::new(),
            (Some(text), Some(_)) => text.clone(),
            (Some(fact), None) => fact_words(places, &difference.path, fact),
        };
        let (before, after) = pieces(&read(&difference.before), &read(&difference.after));
        let mut crumbs = places.words(&difference.path);
        if difference.dimension().is_some()
            && let Some((_, rest)) = crumbs.split_once(" · ")
        {
            crumbs = rest.to_owned();
        }
        Entry {
            place: crumbs,
            href: places.href(id, &difference.path, difference.language.as_deref().unwrap_or(places.language)),
            tag: difference.language.clone().unwrap_or_else(|| places.locale.tag().to_owned()),
            language: difference.language.as_deref().map(|tag| language_name(tag).to_owned()),
            change: match (&difference.before, &difference.after) {
                (None, _) => "added",
                (_, None) => "removed",
                _ => "changed",
            },
            before,
            after,
        }
    }
}

/// A fact as a reader knows it: "phone text" is "Phone, Text"; the order of dimensions is their names.
fn fact_words(places: &Places<'_>, path: &str, fact: &str) -> String {
    let locale = places.locale;
    let each = |word: &dyn Fn(&str) -> String| fact.split(' ').map(word).collect::<Vec<_>>().join(", ");
    match path.rsplit('.').next().unwrap_or_default() {
        "media" => each(&|medium| locale.word(&format!("rubric-medium-{}", medium.replace('_', "-")))),
        "kind" | "sign" => locale.word(&format!("rubric-choice-{fact}")),
        "languages" => each(&|tag| language_name(tag).to_owned()),
        "dimensions" => each(&|key| places.words(&format!("dimensions.{key}"))),
        "questions" => each(&|key| text_of(places, |rubric| Some(&rubric.question(key)?.1.text))),
        "indicators" => each(&|key| text_of(places, |rubric| Some(&rubric.indicator(key)?.1.text))),
        _ => fact.to_owned(),
    }
}

fn text_of<'a>(
    places: &Places<'a>,
    find: impl Fn(&'a Rubric) -> Option<&'a crate::domain::localized::Localized>,
) -> String {
    let found = places.rubrics.iter().find_map(|rubric| find(rubric));
    let quoted = |text: &str| places.locale.say("form-quoted", &[("text", text.into())]);
    found.map(|text| quoted(text.in_language(places.language))).unwrap_or_default()
}

/// Both texts cut where they begin and cease to differ.
fn pieces(before: &str, after: &str) -> (Vec<Piece>, Vec<Piece>) {
    let (from, to) = (words(before), words(after));
    let (mut old, mut new) = (Vec::new(), Vec::new());
    for change in TextDiff::from_slices(&from, &to).iter_all_changes() {
        match change.tag() {
            ChangeTag::Equal => {
                push(&mut old, "same", change.value());
                push(&mut new, "same", change.value());
            }
            ChangeTag::Delete => push(&mut old, "del", change.value()),
            ChangeTag::Insert => push(&mut new, "ins", change.value()),
        }
    }
    (joined(old), joined(new))
}

/// Words, and every mark, space and sign by itself; scripts that write no spaces come sign by sign.
fn words(text: &str) -> Vec<&str> {
    let in_word = |c: char| c.is_alphanumeric() && c < '\u{2E80}';
    let mut words = Vec::new();
    let mut from = 0;
    for (at, c) in text.char_indices() {
        if !in_word(c) {
            words.extend([&text[from..at], &text[at..at + c.len_utf8()]].into_iter().filter(|word| !word.is_empty()));
            from = at + c.len_utf8();
        }
    }
    words.extend(Some(&text[from..]).filter(|word| !word.is_empty()));
    words
}

fn push(pieces: &mut Vec<Piece>, kind: &'static str, text: &str) {
    match pieces.last_mut() {
        Some(last) if last.kind == kind => last.text.push_str(text),
        _ => pieces.push(Piece { kind, text: text.to_owned() }),
    }
}

/// A space between two words that both went is part of what went.
fn joined(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut joined: Vec<Piece> = Vec::new();
    let mut rest = pieces.into_iter().peekable();
    while let Some(piece) = rest.next() {
        let is_gap = piece.kind == "same" && piece.text.trim().is_empty();
        let before = joined.last().map(|last| last.kind);
        match rest.peek().map(|next| next.kind) {
            Some(after) if is_gap && before == Some(after) => push(&mut joined, after, &piece.text),
            _ => push(&mut joined, piece.kind, &piece.text),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(pieces: &[Piece]) -> String {
        let mark = |piece: &Piece| match piece.kind {
            "same" => piece.text.clone(),
            kind => format!("[{kind} {}]", piece.text),
        };
        pieces.iter().map(mark).collect()
    }

    #[test]
    fn words_that_went_and_words_that_came_are_marked_each_on_its_side() {
        let (before, after) = pieces("Polite; the example is ordinary", "Polite; the example is their own");

        assert_eq!(marked(&before), "Polite; the example is [del ordinary]");
        assert_eq!(marked(&after), "Polite; the example is [ins their own]");
    }

    #[test]
    fn a_mark_behind_a_word_is_no_change_and_neighbouring_words_are_one() {
        let (before, after) = pieces("English, Svenska", "English, Svenska, Norsk bokmål");

        assert_eq!(marked(&before), "English, Svenska");
        assert_eq!(marked(&after), "English, Svenska[ins , Norsk bokmål]");
    }

    #[test]
    fn a_script_without_spaces_is_compared_by_characters() {
        let (before, after) = pieces("请讲讲工作", "请说说工作");

        assert_eq!(marked(&before), "请[del 讲讲]工作");
        assert_eq!(marked(&after), "请[ins 说说]工作");
    }
}
