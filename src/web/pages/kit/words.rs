//! How the kit and the scorecard say what is in a field.

use sha2::{Digest, Sha256};

use super::parts::SaidTick;
use crate::{
    domain::{
        localized::Localized,
        rating::{Gap, Rating, Recommendation},
        rubric::{Dimension, Rubric, Sign},
        scorecard::Field,
    },
    i18n::Locale,
};

/// What the page showed of a field, short: a form sends it back, so that what nobody touched is not taken for a change.
pub fn seen(value: &str) -> String {
    Sha256::digest(value).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// "24:10", from an hour on "1:24:10".
pub fn elapsed(seconds: i64) -> String {
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes:02}:{seconds:02}") }
}

/// The class that colours each step of the scale.
pub const STEPS: [&str; 5] = ["r1", "r2", "r3", "r4", "r5"];

/// The class that colours a rating.
pub fn class(rating: Rating) -> &'static str {
    match rating {
        Rating::Score(score) => STEPS[usize::from(score.get()) - 1],
        Rating::NotEnoughEvidence => "none",
    }
}

/// A rating in one character.
pub fn mark(rating: Rating) -> String {
    match rating {
        Rating::Score(score) => score.get().to_string(),
        Rating::NotEnoughEvidence => "–".to_owned(),
    }
}

/// "4, Strong".
pub fn rating_words(rubric: &Rubric, locale: Locale, rating: Rating) -> String {
    let first = rubric.languages.first().map(String::as_str);
    let own = |text: &Localized| text.in_first_of([locale.tag()].into_iter().chain(first)).to_owned();
    match rating {
        Rating::Score(score) => {
            let name = rubric.scale.get(&score.get()).map(|label| own(&label.name)).unwrap_or_default();
            format!("{}, {name}", score.get())
        }
        Rating::NotEnoughEvidence => own(&rubric.not_enough_evidence.name),
    }
}

/// The ticked indicators of a dimension in the rubric's order, whatever the medium.
pub fn said_ticks(dimension: &Dimension, ticked: &[String], locale: Locale) -> Vec<SaidTick> {
    dimension
        .indicators
        .iter()
        .filter(|indicator| ticked.contains(&indicator.key))
        .map(|indicator| SaidTick {
            text: indicator.text.in_language(locale.tag()).to_owned(),
            against: indicator.sign == Sign::Negative,
        })
        .collect()
}

pub fn recommendation_key(choice: Recommendation) -> &'static str {
    match choice {
        Recommendation::StrongNo => "scorecard-strong-no",
        Recommendation::No => "scorecard-no",
        Recommendation::Yes => "scorecard-yes",
        Recommendation::StrongYes => "scorecard-strong-yes",
    }
}

pub fn gap_key(gap: Gap) -> &'static str {
    match gap {
        Gap::Unrated => "kit-gap-unrated",
        Gap::NoEvidence => "kit-gap-no-evidence",
        Gap::NoNote => "kit-gap-no-note",
    }
}

/// What a field is called on a page; `name` knows the dimensions.
pub fn label(locale: Locale, field: &Field, name: impl Fn(&str) -> Option<String>) -> String {
    let of = |key: &str, dimension: &str| {
        let name = name(dimension).unwrap_or_else(|| dimension.to_owned());
        locale.say(key, &[("dimension", name.into())])
    };
    match field {
        Field::Rating(dimension) => of("kit-label-rating", dimension),
        Field::Ticks(dimension) => of("kit-label-ticks", dimension),
        Field::Note(dimension) => of("kit-label-note", dimension),
        Field::Asked(dimension) => of("kit-label-asked", dimension),
        Field::Seconds(dimension) => of("kit-label-seconds", dimension),
        Field::Recommendation => locale.word("kit-recommendation"),
        Field::PrivateNote => locale.word("kit-private-note"),
        Field::NextNote => locale.word("kit-next-note"),
        Field::Facts => locale.word("kit-facts"),
    }
}
