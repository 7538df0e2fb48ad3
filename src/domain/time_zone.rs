//! The time zones that people choose from: those of the IANA database that are named after a region and a place.

use std::sync::LazyLock;

const REGIONS: [&str; 10] = [
    "Africa/",
    "America/",
    "Antarctica/",
    "Arctic/",
    "Asia/",
    "Atlantic/",
    "Australia/",
    "Europe/",
    "Indian/",
    "Pacific/",
];

static NAMES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let mut names: Vec<String> = jiff::tz::db()
        .available()
        .map(|name| name.as_str().to_owned())
        .filter(|name| name == "UTC" || REGIONS.iter().any(|region| name.starts_with(region)))
        .collect();
    names.sort_unstable();
    names.dedup();
    names
});

/// Every name that may be chosen, sorted.
pub fn names() -> &'static [String] {
    &NAMES
}

pub fn is_known(name: &str) -> bool {
    NAMES.binary_search_by(|known| known.as_str().cmp(name)).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_known_and_nonsense_is_not() {
        assert!(is_known("Europe/Stockholm") && is_known("UTC") && is_known("America/Argentina/Salta"));
        assert!(!is_known("Mars/Olympus") && !is_known("EST5EDT") && !is_known(""));
    }
}
