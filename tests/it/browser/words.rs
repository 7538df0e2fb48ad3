//! The words of the English catalogue that have no business on a page in another language.

use std::{collections::BTreeSet, fs};

use serde_json::json;

/// A script that returns every text and label of the page which is a message of the English catalogue and of no other.
pub fn english_on_the_page() -> String {
    let english: BTreeSet<String> = messages("en").difference(&messages("sv")).cloned().collect();
    format!(
        "const english = new Set({});
        const said = [...document.querySelectorAll('body *')].flatMap(e => e.closest('script, [lang]:not(html)') ? [] : [
            ...[...e.childNodes].filter(node => node.nodeType === 3).map(node => node.data.trim()),
            ...['aria-label', 'title', 'placeholder', 'data-confirm', 'data-saved'].map(name => e.getAttribute(name)),
        ]);
        return [document.documentElement.lang === 'sv' ? [] : ['the page is in ' + document.documentElement.lang],
            [...new Set(said)].filter(text => english.has(text))].flat()",
        json!(english)
    )
}

/// The messages of a language that are one line of plain words.
fn messages(language: &str) -> BTreeSet<String> {
    let folder = format!("{}/locales/{language}", env!("CARGO_MANIFEST_DIR"));
    let mut found = BTreeSet::new();
    for file in fs::read_dir(folder).unwrap() {
        for line in fs::read_to_string(file.unwrap().path()).unwrap().lines() {
            // "key = words", and the variants of a choice: "[one] words"
            let words =
                line.split_once(" = ").map(|(_, words)| words).or(line.split_once("] ").map(|(_, words)| words));
            found.extend(
                words.map(str::trim).filter(|words| !words.is_empty() && !words.contains('{')).map(str::to_owned),
            );
        }
    }
    found
}

#[test]
fn the_catalogues_differ_in_nearly_every_word() {
    let (english, swedish) = (messages("en"), messages("sv"));
    assert!(english.len() > 500 && english.difference(&swedish).count() > english.len() * 9 / 10);
}
