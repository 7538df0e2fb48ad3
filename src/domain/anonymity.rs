//! Anonymised review: labels instead of names, and texts in which names are covered.

use super::{
    id::ApplicationId,
    policy::{ExportRecords, Permission, Role, RunJobs},
};
use crate::i18n::Locale;

/// Whether a member with these roles must not know the candidates of an anonymised job by name, unless they meet them. Those
/// who schedule and those who keep the records must.
pub fn hides_from(roles: &[Role]) -> bool {
    !RunJobs::granted_to(roles) && !ExportRecords::granted_to(roles)
}

/// What orders the labels of a job: when the candidate came into it, and among those who came with one file the end of the
/// application's id, which is random; so that neither the alphabet nor a later candidate moves a label.
pub fn place(created_at: jiff::Timestamp, application: ApplicationId) -> (jiff::Timestamp, String) {
    (created_at, shuffled(application))
}

/// The id from its random end.
pub fn shuffled(application: ApplicationId) -> String {
    application.to_string().chars().rev().collect()
}

/// "Candidate A", in the organisation's language, so that it is the same for everybody.
pub fn label(language: &str, number: usize) -> String {
    let locale = Locale::from_tag(language).unwrap_or_default();
    locale.say("anonymity-label", &[("letters", letters(number).into())])
}

/// A, B … Z, AA, AB …, counted from 0.
pub fn letters(number: usize) -> String {
    let mut left = number + 1;
    let mut letters = Vec::new();
    while left > 0 {
        left -= 1;
        letters.push(char::from(b'A' + u8::try_from(left % 26).unwrap_or_default()));
        left /= 26;
    }
    letters.iter().rev().collect()
}

/// Words that must not be read, each with what stands in its place.
#[derive(Clone, Debug, Default)]
pub struct Cover {
    /// The longest first.
    words: Vec<(String, String)>,
}

impl Cover {
    /// Covers a person: the whole name, each part of it, the address and the number.
    pub fn add(&mut self, label: &str, name: &str, email: Option<&str>, phone: Option<&str>) {
        let parts = name.split([' ', '-']).filter(|part| part.chars().count() > 1);
        for word in [name].into_iter().chain(parts).chain(email).chain(phone).map(str::trim) {
            for word in [word.to_owned(), word.to_uppercase(), escaped(word)] {
                if !word.is_empty() && !self.words.iter().any(|(known, _)| *known == word) {
                    self.words.push((word, label.to_owned()));
                }
            }
        }
        self.words.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
    }

    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The text with every one of these words covered, where it stands as a whole word and is written as the person writes it or
    /// in capitals. Pages and files are covered like this: their own small-letter words stay as they are.
    pub fn of(&self, text: &str) -> String {
        self.covered(text, |rest, word| rest.starts_with(word).then_some(word.len()))
    }

    /// The same in any letters, for what somebody wrote.
    pub fn of_note(&self, text: &str) -> String {
        self.covered(text, |rest, word| {
            let mut end = 0;
            let mut there = rest.char_indices();
            for wanted in word.chars() {
                let (at, found) = there.next()?;
                if !found.to_lowercase().eq(wanted.to_lowercase()) {
                    return None;
                }
                end = at + found.len_utf8();
            }
            Some(end)
        })
    }

    /// `begins` answers how many bytes of the text a word takes.
    fn covered(&self, text: &str, begins: impl Fn(&str, &str) -> Option<usize>) -> String {
        if self.words.is_empty() {
            return text.to_owned();
        }
        let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let mut covered = String::with_capacity(text.len());
        let (mut at, mut before) = (0, None);
        while let Some(here) = text[at..].chars().next() {
            let rest = &text[at..];
            // A picture in letters has no words.
            if let Some(picture) = rest.strip_prefix(PICTURE) {
                let of_it = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '=');
                let length = PICTURE.len() + picture.find(|c| !of_it(c)).unwrap_or(picture.len());
                covered.push_str(&rest[..length]);
                (at, before) = (at + length, None);
                continue;
            }
            let hit = (!is_word(before)).then(|| {
                self.words.iter().find_map(|(word, label)| {
                    let length = begins(rest, word)?;
                    (!is_word(rest[length..].chars().next())).then_some((length, label))
                })
            });
            match hit.flatten() {
                Some((length, label)) => {
                    covered.push_str(label);
                    before = rest[..length].chars().next_back();
                    at += length;
                }
                None => {
                    covered.push(here);
                    before = Some(here);
                    at += here.len_utf8();
                }
            }
        }
        covered
    }
}

/// What stands before a picture's letters.
const PICTURE: &str = "base64,";

/// As templates write it into a page.
fn escaped(word: &str) -> String {
    word.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn amara() -> Cover {
        let mut cover = Cover::default();
        cover.add("Candidate A", "Amara Okafor", Some("amara.okafor@mail.example"), Some("+46 70 174 06 05"));
        cover.add("Candidate B", "Li Wei", None, None);
        cover
    }

    #[test]
    fn labels_go_on_after_z() {
        let labels: Vec<String> = [0, 1, 25, 26, 27, 51, 52, 701, 702].into_iter().map(letters).collect();
        assert_eq!(labels, ["A", "B", "Z", "AA", "AB", "AZ", "BA", "ZZ", "AAA"]);
    }

    #[test]
    fn a_page_loses_names_addresses_and_numbers_and_keeps_its_own_words() {
        let page =
            "<li>Amara Okafor, amara.okafor@mail.example, +46 70 174 06 05</li><li>Li and AMARA: Amaranth, lively</li>";

        let covered = amara().of(page);

        assert_eq!(
            covered,
            "<li>Candidate A, Candidate A, Candidate A</li><li>Candidate B and Candidate A: Amaranth, lively</li>"
        );
    }

    #[test]
    fn a_note_loses_names_in_any_letters() {
        let covered = amara().of_note("amara said she (okafor) would. Wei's answer; li; Olives.");

        assert_eq!(covered, "Candidate A said she (Candidate A) would. Candidate B's answer; Candidate B; Olives.");
    }

    #[test]
    fn names_with_signs_that_pages_escape_are_covered_too() {
        let mut cover = Cover::default();
        cover.add("Candidate C", "Sinéad O'Brien", None, None);

        assert_eq!(cover.of("SINÉAD and O&#39;Brien and O'Brien"), "Candidate C and Candidate C and Candidate C");
    }
}
