//! What an interviewer must not ask, by country: data with sources, read once.

use std::sync::LazyLock;

use serde::Deserialize;

use super::text_enum::text_enum;

text_enum! {
    /// Whose rules hold where the organisation interviews.
    Country {
        /// The rules that the whole European Union shares.
        Eu = "EU",
        Se = "SE",
        No = "NO",
        Gb = "GB",
        Us = "US",
    }
}

text_enum! {
    /// What the law says about a question.
    Rule {
        /// Asking is forbidden.
        Forbidden = "forbidden",
        /// The answer must not count, and having asked is taken as a sign that it did.
        Evidence = "evidence",
        /// Asking is forbidden in parts of the country.
        Places = "places",
    }
}

/// The rules of a country, those that forbid the question itself first.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Guidance {
    pub country: Country,
    /// Year and month in which somebody last read the sources.
    pub reviewed: String,
    pub never: Vec<Never>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Never {
    /// Key of a [`Topic`].
    pub topic: String,
    pub rule: Rule,
    /// The law by its own name.
    pub law: String,
    pub url: String,
}

/// What a question is about, with an example of it and what to ask instead.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Topic {
    pub key: String,
    pub name: String,
    pub never: String,
    pub instead: String,
}

impl Country {
    /// The country of a time zone, as far as there are rules of its own for it.
    pub fn of_time_zone(zone: &str) -> Country {
        match zone {
            "Europe/Stockholm" => Country::Se,
            "Europe/Oslo" => Country::No,
            "Europe/London" => Country::Gb,
            _ if zone.starts_with("US/") || AMERICAN.contains(&zone) => Country::Us,
            _ => Country::Eu,
        }
    }

    /// For so many months after the decision an organisation there keeps its records at first; it may change that.
    pub fn retention_months(self) -> i16 {
        if self == Country::No { 12 } else { 24 }
    }
}

/// The time zones of most people in the United States.
const AMERICAN: [&str; 7] = [
    "America/New_York",
    "America/Detroit",
    "America/Chicago",
    "America/Denver",
    "America/Phoenix",
    "America/Los_Angeles",
    "America/Anchorage",
];

pub fn guidance(country: Country) -> &'static Guidance {
    static READ: LazyLock<Vec<Guidance>> = LazyLock::new(|| {
        let mut all: Vec<Guidance> = read("countries", include_str!("../../guidance/countries.yaml"));
        all.iter_mut().for_each(|one| one.never.sort_by_key(|never| never.rule));
        all
    });
    let own = READ.iter().find(|guidance| guidance.country == country);
    own.unwrap_or_else(|| panic!("there are no rules for {country}"))
}

/// The topic in this language or its base, else in English; `None` for an unknown key.
pub fn topic(key: &str, language: &str) -> Option<&'static Topic> {
    static READ: LazyLock<Vec<(&str, Vec<Topic>)>> =
        LazyLock::new(|| FILES.into_iter().map(|(language, yaml)| (language, read(language, yaml))).collect());
    let base = language.split('-').next().unwrap_or(language);
    let topics = READ.iter().find(|(written, _)| *written == base).or(READ.first())?;
    topics.1.iter().find(|topic| topic.key == key)
}

const FILES: [(&str, &str); 2] =
    [("en", include_str!("../../guidance/en.yaml")), ("sv", include_str!("../../guidance/sv.yaml"))];

/// The files are part of the program, and the tests below read them.
fn read<T: for<'de> Deserialize<'de>>(name: &str, yaml: &'static str) -> Vec<T> {
    serde_saphyr::from_str(yaml).unwrap_or_else(|error| panic!("the guidance in {name} is broken: {error}"))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_country_has_its_rules_with_sources_and_each_topic_once() {
        for country in Country::ALL {
            let rules = guidance(*country);
            let topics: BTreeSet<&str> = rules.never.iter().map(|never| never.topic.as_str()).collect();
            assert_eq!(topics.len(), rules.never.len(), "{country}");
            assert!(topics.len() >= 7, "{country}");
            assert!(rules.never.iter().all(|never| never.url.starts_with("https://") && !never.law.is_empty()));
            assert!(rules.never.is_sorted_by_key(|never| never.rule), "{country}");
        }
    }

    #[test]
    fn every_topic_is_written_in_both_languages_in_its_own_words() {
        for never in Country::ALL.iter().flat_map(|country| &guidance(*country).never) {
            let (english, swedish) = (topic(&never.topic, "en").unwrap(), topic(&never.topic, "sv").unwrap());
            assert_ne!(english.name, swedish.name);
            assert_ne!(english.never, swedish.never);
            assert_ne!(english.instead, swedish.instead);
        }
        assert!(topic("weather", "en").is_none());
    }

    #[test]
    fn a_time_zone_tells_the_country_where_it_can() {
        assert_eq!(Country::of_time_zone("Europe/Stockholm"), Country::Se);
        assert_eq!(Country::of_time_zone("America/New_York"), Country::Us);
        assert_eq!(Country::of_time_zone("America/Sao_Paulo"), Country::Eu);
        assert_eq!(Country::of_time_zone("Europe/Paris"), Country::Eu);
    }
}
