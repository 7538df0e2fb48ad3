//! The Fluent catalogues of `locales/`, embedded in the binary and parsed once.

use std::{collections::BTreeMap, sync::LazyLock};

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use rust_embed::Embed;

use super::{Locale, format};

#[derive(Embed)]
#[folder = "locales/"]
struct Files;

static BUNDLES: LazyLock<BTreeMap<Locale, FluentBundle<FluentResource>>> =
    LazyLock::new(|| Locale::ALL.into_iter().map(|locale| (locale, bundle(locale))).collect());

pub(super) fn look_up(locale: Locale, key: &str, args: &[(&str, FluentValue<'_>)]) -> Option<String> {
    let bundle = [locale, Locale::En].into_iter().map(|l| &BUNDLES[&l]).find(|bundle| bundle.has_message(key))?;
    let pattern = bundle.get_message(key)?.value()?;
    let args: FluentArgs = args.iter().map(|(name, value)| (*name, value.clone())).collect();
    let mut errors = Vec::new();
    let text = bundle.format_pattern(pattern, Some(&args), &mut errors).into_owned();
    if !errors.is_empty() {
        tracing::error!(key, ?errors, "a word was said without all that it needs");
    }
    Some(text)
}

pub(super) fn has(locale: Locale, key: &str) -> bool {
    BUNDLES[&locale].has_message(key)
}

/// Every key of a language with the names of its arguments, sorted.
#[cfg(test)]
pub(super) fn keys(locale: Locale) -> BTreeMap<String, std::collections::BTreeSet<String>> {
    let mut found = BTreeMap::new();
    for (_, text) in sources(locale) {
        let mut key = String::new();
        for line in text.lines() {
            if line.starts_with(|c: char| c.is_ascii_lowercase())
                && let Some((name, _)) = line.split_once('=')
            {
                key = name.trim().to_owned();
                let before = found.insert(key.clone(), std::collections::BTreeSet::new());
                assert!(before.is_none(), "{locale}: {key} is defined twice");
            }
            for part in line.split('$').skip(1) {
                let name: String = part.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
                if let Some(arguments) = found.get_mut(&key) {
                    arguments.insert(name);
                }
            }
        }
    }
    found
}

fn bundle(locale: Locale) -> FluentBundle<FluentResource> {
    #[expect(clippy::expect_used, reason = "our own tags parse; a test loads every one")]
    let language = locale.tag().parse().expect("a language tag");
    let mut bundle = FluentBundle::new_concurrent(vec![language]);
    // Isolation marks would end up in mail subjects and CSV cells; we fill in names where they stand apart.
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(match locale {
        Locale::En => |value, _| format::fluent_number(Locale::En, value),
        Locale::Sv => |value, _| format::fluent_number(Locale::Sv, value),
    }));
    for (name, text) in sources(locale) {
        let resource = FluentResource::try_new(text).unwrap_or_else(|(resource, errors)| {
            tracing::error!(name, ?errors, "a catalogue has lines that are not Fluent");
            resource
        });
        if let Err(errors) = bundle.add_resource(resource) {
            tracing::error!(name, ?errors, "a catalogue repeats a key");
        }
    }
    bundle
}

fn sources(locale: Locale) -> Vec<(String, String)> {
    Files::iter()
        .filter(|name| name.starts_with(&format!("{locale}/")))
        .filter_map(|name| Some((name.to_string(), String::from_utf8(Files::get(&name)?.data.into_owned()).ok()?)))
        .collect()
}
