//! Text that came for an outdated revision, beside what stands.

use super::{
    Desk, course,
    parts::Copy,
    words::{elapsed, rating_words, recommendation_key},
};
use crate::domain::{rating::Rating, scorecard::Field};

impl Desk<'_> {
    /// The kept copies of a dimension's fields, or those of the whole scorecard.
    pub(super) fn copies(&self, dimension: Option<&str>) -> Vec<Copy> {
        let revisions = self.kit.revisions();
        self.kit
            .conflicts
            .iter()
            .filter_map(|copy| {
                let field: Field = copy.field.parse().ok()?;
                (field.dimension() == dimension).then(|| Copy {
                    id: copy.id.to_string(),
                    label: self.label(&field),
                    copy: self.described(&field, &copy.value),
                    current: self.described(&field, &self.kit.value(&field)),
                    revision: revisions.get(&copy.field).copied().unwrap_or_default(),
                    is_text: field.is_text(),
                    at: copy.at.to_string(),
                    field: copy.field.clone(),
                })
            })
            .collect()
    }

    /// A value in words.
    fn described(&self, field: &Field, value: &str) -> String {
        let locale = self.may.locale();
        let words = match field {
            Field::Rating(_) => match Rating::from_text(value) {
                Ok(Some(rating)) => rating_words(&self.rubric, locale, rating),
                _ => String::new(),
            },
            Field::Ticks(_) => value
                .split(' ')
                .filter_map(|key| self.rubric.indicator(key))
                .map(|(_, indicator)| self.own(&indicator.text).to_owned())
                .collect::<Vec<_>>()
                .join("\n"),
            Field::Recommendation => {
                value.parse().map(|choice| locale.word(recommendation_key(choice))).unwrap_or_default()
            }
            Field::Asked(key) => {
                let dimension = self.rubric.dimension(key);
                let asked: Vec<String> = value.split(' ').map(str::to_owned).collect();
                dimension
                    .map(|dimension| course::asked(dimension, &asked, |text| self.own(text)))
                    .unwrap_or_default()
                    .join("\n")
            }
            Field::Facts => {
                let returned: Vec<String> = value.split(' ').map(str::to_owned).collect();
                course::facts(&self.rubric, &returned, locale)
            }
            Field::Seconds(_) => value.parse().map(elapsed).unwrap_or_default(),
            Field::Note(_) | Field::PrivateNote | Field::NextNote => value.to_owned(),
        };
        if words.is_empty() { "–".to_owned() } else { words }
    }
}
