//! Two versions of a job that two people edited at once, side by side: what is kept, and what the second one typed.

use serde::Serialize;

use super::job_draft::Draft;
use crate::{
    domain::rubric::Rubric,
    i18n::Locale,
    store::{member::Member, rubric::Published},
};

/// Something that the two say differently.
#[derive(Debug, PartialEq, Serialize)]
pub struct Differing {
    label: String,
    /// "" when it is not there.
    kept: String,
    typed: String,
}

/// What differs, in the order of the form.
pub fn differing(
    kept: &Draft,
    typed: &Draft,
    published: &[Published],
    people: &[Member],
    locale: Locale,
) -> Vec<Differing> {
    let of = |draft: &Draft| published.iter().find(|published| published.id.to_string() == draft.get("rubric"));
    let name = |published: Option<&Published>| {
        published.map_or_else(String::new, |published| super::job_form::named(published, locale))
    };
    let rubric = |published: Option<&Published>| published.map(|published| published.rubric.clone());
    let said = |draft: &Draft, rubric: Option<Rubric>| draft.said(rubric.as_ref(), people, locale);
    let (ours, theirs) = (of(typed), of(kept));
    let mut typed = said(typed, rubric(ours));
    let mut kept = said(kept, rubric(theirs));
    let label = locale.word("job-rubric");
    kept.insert(4, (label.clone(), name(theirs)));
    typed.insert(4, (label, name(ours)));
    laid_beside(&kept, &typed)
}

fn laid_beside(kept: &[(String, String)], typed: &[(String, String)]) -> Vec<Differing> {
    let find = |side: &[(String, String)], label: &str| {
        side.iter().find(|(known, _)| known == label).map(|(_, text)| text.clone()).unwrap_or_default()
    };
    let only_typed = typed.iter().filter(|(label, _)| !kept.iter().any(|(known, _)| known == label));
    kept.iter()
        .chain(only_typed)
        .map(|(label, _)| (label.clone(), find(kept, label), find(typed, label)))
        .filter(|(_, kept, typed)| kept != typed)
        .map(|(label, kept, typed)| Differing { label, kept: own(&kept, &typed), typed: own(&typed, &kept) })
        .collect()
}

/// The first line, which names it, and what the other side does not say.
fn own(text: &str, other: &str) -> String {
    let lines = text.lines().enumerate().filter(|(n, line)| *n == 0 || !other.lines().any(|known| known == *line));
    lines.map(|(_, line)| line).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn side(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(label, text)| (label.to_string(), text.to_string())).collect()
    }

    #[test]
    fn of_a_long_text_only_its_first_line_and_what_differs_is_shown() {
        let kept = "Panel interview\nVideo, 45 min\nListening\nWhat happened?";
        let typed = "Panel interview\nVideo, 60 min\nListening\nWhat happened?\nAnd then?";

        assert_eq!(own(kept, typed), "Panel interview\nVideo, 45 min");
        assert_eq!(own(typed, kept), "Panel interview\nVideo, 60 min\nAnd then?");
    }

    #[test]
    fn what_both_say_is_left_out_and_what_only_one_has_stands_beside_nothing() {
        let kept = side(&[("Title", "Agent"), ("Place", "Oslo"), ("Round 2", "Talk")]);
        let typed = side(&[("Title", "Agent"), ("Place", "Bergen"), ("Round 3", "Visit")]);

        let differing: Vec<(String, String, String)> =
            laid_beside(&kept, &typed).into_iter().map(|both| (both.label, both.kept, both.typed)).collect();

        let expected = [("Place", "Oslo", "Bergen"), ("Round 2", "Talk", ""), ("Round 3", "", "Visit")];
        assert_eq!(differing, expected.map(|(a, b, c)| (a.to_owned(), b.to_owned(), c.to_owned())));
    }
}
