//! Every word that a person reads: the languages, the catalogues in `locales/`, and numbers and dates as each language writes them.

mod catalogue;
mod format;
pub mod languages;
mod names;
pub mod tera;

pub use fluent_bundle::FluentValue;

use serde::{Deserialize, Serialize};

/// A language that the whole product speaks. A new one is a variant here and a folder in `locales/`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Locale {
    #[default]
    En,
    Sv,
}

impl Locale {
    pub const ALL: [Locale; 2] = [Locale::En, Locale::Sv];

    /// The BCP 47 tag, as in `<html lang>`, the database and the catalogue's folder.
    pub fn tag(self) -> &'static str {
        match self {
            Locale::En => "en",
            Locale::Sv => "sv",
        }
    }

    /// What the language calls itself.
    pub fn own_name(self) -> &'static str {
        match self {
            Locale::En => "English",
            Locale::Sv => "Svenska",
        }
    }

    /// Reads a tag such as `sv` or `sv-FI`; `None` for a language that the product does not speak.
    pub fn from_tag(tag: &str) -> Option<Locale> {
        let primary = tag.split(['-', '_']).next().unwrap_or_default().trim().to_ascii_lowercase();
        Locale::ALL.into_iter().find(|locale| locale.tag() == primary)
    }

    /// The best language for an `Accept-Language` header, English when none fits (RFC 9110, 12.5.4).
    pub fn negotiate(accept_language: &str) -> Locale {
        let mut wishes: Vec<(f32, Locale)> = accept_language
            .split(',')
            .filter_map(|part| {
                let mut fields = part.split(';');
                let locale = Locale::from_tag(fields.next()?)?;
                let quality = fields
                    .find_map(|field| field.trim().strip_prefix("q="))
                    .map_or(1.0, |q| q.trim().parse().unwrap_or(0.0));
                (quality > 0.0).then_some((quality, locale))
            })
            .collect();
        wishes.sort_by(|a, b| b.0.total_cmp(&a.0));
        wishes.first().map_or(Locale::En, |wish| wish.1)
    }

    /// The catalogue's text for `key`, with `args` filled in. A key that no catalogue has is shown as it is and logged:
    /// a test keeps that from happening.
    pub fn say(self, key: &str, args: &[(&str, FluentValue<'_>)]) -> String {
        catalogue::look_up(self, key, args).unwrap_or_else(|| {
            tracing::error!(key, "a word is missing from the catalogues");
            key.to_owned()
        })
    }

    /// The text for `key` without arguments.
    pub fn word(self, key: &str) -> String {
        self.say(key, &[])
    }

    /// Whether the catalogue of this very language has the key.
    pub fn has(self, key: &str) -> bool {
        catalogue::has(self, key)
    }
}

impl std::fmt::Display for Locale {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.tag())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_browsers_first_wish_that_the_product_speaks_is_taken() {
        assert_eq!(Locale::negotiate("de, sv-FI;q=0.8, en;q=0.7"), Locale::Sv);
        assert_eq!(Locale::negotiate("en;q=0.5, sv;q=0.6"), Locale::Sv);
        assert_eq!(Locale::negotiate("fr, sv;q=0"), Locale::En);
        assert_eq!(Locale::negotiate(""), Locale::En);
    }

    #[test]
    fn every_language_has_every_key_with_the_same_arguments() {
        let english = catalogue::keys(Locale::En);
        for locale in Locale::ALL {
            let theirs = catalogue::keys(locale);
            let missing: Vec<_> = english.keys().filter(|key| !theirs.contains_key(*key)).collect();
            let extra: Vec<_> = theirs.keys().filter(|key| !english.contains_key(*key)).collect();
            assert!(missing.is_empty() && extra.is_empty(), "{locale}: missing {missing:?}, extra {extra:?}");
            for (key, arguments) in &english {
                assert_eq!(arguments, &theirs[key], "{locale}: the arguments of {key}");
            }
        }
    }
}
