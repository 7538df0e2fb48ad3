//! What a draft changes against the published version.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::Rubric;

/// One change between two versions of a rubric.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// Where, for example `dimensions.listening.anchors.3`. A list without keys (rules, probes …) is one place.
    pub path: String,
    /// The language of the text; none for what is no text: weight, minutes, media, kind, sign, order.
    pub language: Option<String>,
    /// The text before, a list with one line per item; none when it is new.
    pub before: Option<String>,
    /// The text after; none when it is gone.
    pub after: Option<String>,
}

/// What happened to a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    Added,
    Removed,
    Changed,
}

impl Difference {
    pub fn change(&self) -> Change {
        match (&self.before, &self.after) {
            (None, _) => Change::Added,
            (_, None) => Change::Removed,
            _ => Change::Changed,
        }
    }

    /// The key of the dimension that it is in; none for the rubric's own texts.
    pub fn dimension(&self) -> Option<&str> {
        self.path.strip_prefix("dimensions.")?.split('.').next()
    }
}

/// Every change from `old` to `new`: first the rubric's own, then dimension by dimension, removed ones last.
pub fn differences(old: &Rubric, new: &Rubric) -> Vec<Difference> {
    let before = places(old);
    let after = places(new);
    let was: BTreeMap<_, _> = before.iter().map(|(place, text)| (place, text)).collect();
    let is: BTreeMap<_, _> = after.iter().map(|(place, text)| (place, text)).collect();

    let of = |(path, language): &Place| Difference {
        path: path.clone(),
        language: language.clone(),
        before: was.get(&(path.clone(), language.clone())).map(|text| text.to_string()),
        after: is.get(&(path.clone(), language.clone())).map(|text| text.to_string()),
    };
    let gone = before.iter().filter(|(place, _)| !is.contains_key(place));
    let mut found: Vec<Difference> = after
        .iter()
        .chain(gone)
        .map(|(place, _)| of(place))
        .filter(|difference| difference.before != difference.after)
        .filter_map(|difference| if is_order(&difference) { reordered(difference) } else { Some(difference) })
        .collect();

    let order = |difference: &Difference| {
        let dimension = difference.dimension()?;
        Some(new.dimensions.iter().position(|one| one.key == dimension).unwrap_or(usize::MAX))
    };
    found.sort_by_key(order);
    found
}

type Place = (String, Option<String>);

/// Everything that a rubric says, by place, in reading order.
fn places(rubric: &Rubric) -> Vec<(Place, String)> {
    let languages = ("languages".to_owned(), rubric.languages.join(" "));
    let facts = [languages].into_iter().chain(rubric.facts());
    let mut places: Vec<(Place, String)> = facts.map(|(path, words)| ((path, None), words)).collect();

    let mut at: BTreeMap<Place, usize> = BTreeMap::new();
    for (path, text) in rubric.texts() {
        // Items have no keys: an item put in front would make every later one look changed.
        let path = path.split('[').next().unwrap_or_default();
        for (language, text) in text.written() {
            let place = (path.to_owned(), Some(language.to_owned()));
            match at.get(&place) {
                Some(&at) => places[at].1 = format!("{}\n{text}", places[at].1),
                None => {
                    at.insert(place.clone(), places.len());
                    places.push((place, text.to_owned()));
                }
            }
        }
    }
    places
}

fn is_order(difference: &Difference) -> bool {
    difference.language.is_none()
        && (difference.path == "dimensions"
            || difference.path.ends_with(".questions")
            || difference.path.ends_with(".indicators"))
}

/// Parts that came or went are told by their own texts; the order is a change only among those that stayed.
fn reordered(difference: Difference) -> Option<Difference> {
    let before: Vec<&str> = difference.before.as_deref()?.split(' ').collect();
    let after: Vec<&str> = difference.after.as_deref()?.split(' ').collect();
    let stayed: BTreeSet<&str> = before.iter().copied().filter(|key| after.contains(key)).collect();
    let keep = |keys: Vec<&str>| keys.into_iter().filter(|key| stayed.contains(key)).collect::<Vec<_>>().join(" ");
    let (before, after) = (keep(before), keep(after));
    (before != after).then(|| Difference { before: Some(before), after: Some(after), ..difference.clone() })
}

#[cfg(test)]
mod tests {
    use super::super::{Localized, builtin};
    use super::*;

    fn after(edit: impl FnOnce(&mut Rubric)) -> Vec<Difference> {
        let mut draft = builtin().clone();
        edit(&mut draft);
        differences(builtin(), &draft)
    }

    #[test]
    fn a_rubric_does_not_differ_from_itself() {
        assert_eq!(after(|_| ()), []);
    }

    #[test]
    fn a_changed_anchor_is_told_in_its_language_with_both_texts() {
        let old = builtin().dimensions[0].anchors[&3].in_language("sv");

        let found = after(|draft| draft.dimensions[0].anchors.get_mut(&3).unwrap().set("sv", "Hör på"));

        let expected = Difference {
            path: "dimensions.listening.anchors.3".to_owned(),
            language: Some("sv".to_owned()),
            before: Some(old.to_owned()),
            after: Some("Hör på".to_owned()),
        };
        assert_eq!(found, [expected]);
        assert_eq!((found[0].change(), found[0].dimension()), (Change::Changed, Some("listening")));
    }

    #[test]
    fn an_item_put_into_a_list_changes_the_list_once_per_language() {
        let found = after(|draft| draft.rules.insert(0, Localized::new("en", "Be kind.")));

        assert_eq!(found.len(), 1);
        assert_eq!((found[0].path.as_str(), found[0].change()), ("rules", Change::Changed));
        assert!(found[0].after.as_ref().unwrap().starts_with("Be kind.\n"));
    }

    #[test]
    fn a_new_indicator_is_added_and_a_removed_dimension_is_removed() {
        let added = after(|draft| {
            let mut indicator = draft.dimensions[0].indicators[0].clone();
            indicator.key = "lis-p9".to_owned();
            draft.dimensions[0].indicators.push(indicator);
        });
        let removed = after(|draft| drop(draft.dimensions.remove(5)));

        assert_eq!(added.len(), 4, "sign, media and two texts: {added:?}");
        assert!(added.iter().all(|one| one.change() == Change::Added && one.path.contains("lis-p9")));
        assert!(removed.iter().all(|one| one.change() == Change::Removed && one.dimension() == Some("growth")));
        assert!(removed.iter().any(|one| one.path == "dimensions.growth.name"));
    }

    #[test]
    fn weight_media_and_order_are_told_without_a_language() {
        let found = after(|draft| {
            draft.dimensions[0].weight = 3;
            draft.dimensions[1].indicators[0].media.pop();
            draft.dimensions.swap(4, 5);
        });

        let told: Vec<_> = found.iter().map(|one| (one.path.as_str(), one.language.as_deref())).collect();
        let expected = [
            ("dimensions", None),
            ("dimensions.listening.weight", None),
            ("dimensions.communication.indicators.com-p1.media", None),
        ];
        assert_eq!(told, expected);
    }
}
