//! Every parser of ours against whatever may come: none panics, none takes long, and what is written reads back.

use std::time::{Duration, Instant};

use attune::{
    config::Config,
    domain::{
        candidate_file::{self, MOST_ROWS},
        email::EmailAddress,
        id::{OrgId, SessionId},
        rating::Rating,
        rubric::{Rubric, RubricFile, builtin},
        scorecard::{Field, Value, form_operation_id, operation_hash},
        time_zone,
    },
    exports::Csv,
    i18n::Locale,
    usecases::api_token,
    web::{
        scim::{filter, patch, user},
        session::Keys,
    },
};
use jiff::{Timestamp, ToSpan};
use proptest::{collection::vec, prelude::*};
use serde_json::json;
use uuid::Uuid;

fn keys() -> Keys {
    Keys::new("a key for tests, longer than needed", &[])
}

/// Text with what breaks parsers in it: quotes, separators, line ends, marks, NUL, brackets, letters of many scripts.
fn nasty() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[a-z]{0,6}",
        Just("\"".to_owned()),
        Just("\"\"".to_owned()),
        Just(",".to_owned()),
        Just(";".to_owned()),
        Just("\t".to_owned()),
        Just("\r\n".to_owned()),
        Just("\n".to_owned()),
        Just("\r".to_owned()),
        Just("\0".to_owned()),
        Just("\u{feff}".to_owned()),
        Just("\u{202e}".to_owned()),
        Just("name".to_owned()),
        Just("email".to_owned()),
        Just("=1+1".to_owned()),
        Just("- &a [*a, *a]".to_owned()),
        Just("{{[".to_owned()),
        Just("%00".to_owned()),
        "\\PC{0,4}",
    ];
    vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_break_the_reading_of_a_candidate_file(bytes in vec(any::<u8>(), 0..600)) {
        if let Ok(text) = candidate_file::decode(&bytes) {
            let _ = candidate_file::read(&text);
        }
        for mark in [&[0xff, 0xfe][..], &[0xfe, 0xff], &[0xef, 0xbb, 0xbf]] {
            if let Ok(text) = candidate_file::decode(&[mark, &bytes].concat()) {
                let _ = candidate_file::read(&text);
            }
        }
    }

    #[test]
    fn whatever_a_candidate_file_says_what_is_read_of_it_can_be_kept(text in nasty()) {
        let text = format!("name,email,phone,note\n{text}");
        if let Ok(text) = candidate_file::decode(text.as_bytes())
            && let Ok(file) = candidate_file::read(&text)
        {
            prop_assert!(file.rows.len() <= MOST_ROWS);
            for details in file.rows.iter().filter_map(|row| row.details.as_ref().ok()) {
                prop_assert!(!details.name.is_empty() && details.name.chars().count() <= 120);
                prop_assert!(!details.name.contains(|c: char| c.is_control() && c != '\t'));
            }
        }
    }

    #[test]
    fn names_and_notes_of_any_script_come_out_of_a_file_as_they_went_in(
        people in vec(("[^\\pC\\pZ'=+@\\-\"]{1,20}", "[^\\pC=+@\\-]{0,40}"), 1..8)
    ) {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(["name", "note"]).unwrap();
        for (at, (name, note)) in people.iter().enumerate() {
            writer.write_record([&format!("{name} {at}"), note]).unwrap();
        }
        let text = candidate_file::decode(&writer.into_inner().unwrap()).unwrap();
        let file = candidate_file::read(&text).unwrap();
        prop_assert_eq!(file.rows.len(), people.len());
        for (row, (at, (name, note))) in file.rows.iter().zip(people.iter().enumerate()) {
            let details = row.details.as_ref().unwrap();
            prop_assert_eq!(&details.name, &format!("{name} {at}"));
            prop_assert_eq!(details.note.trim(), note.trim());
        }
    }

    #[test]
    fn an_exported_file_reads_back_and_holds_no_formula(rows in vec(vec(nasty(), 1..6), 1..6)) {
        let bytes = Csv::lines(&rows);
        let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(&bytes[..]);
        let read: Vec<Vec<String>> =
            reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect();
        prop_assert_eq!(read.len(), rows.len());
        for (written, read) in rows.iter().flatten().zip(read.iter().flatten()) {
            prop_assert!(!read.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\u{feff}']), "{:?}", read);
            prop_assert!(read == written || read == &format!("'{written}"), "{:?} {:?}", read, written);
        }
    }

    #[test]
    fn no_cookie_that_we_did_not_sign_names_a_session(text in nasty(), at in any::<prop::sample::Index>(), to in "[A-Za-z0-9_-]") {
        prop_assert!(keys().check(&text, Timestamp::now()).is_none());
        let (org, session) = (OrgId::new(), SessionId::new());
        let token = keys().token(org, session, Timestamp::now() + 1.hour()).unwrap();
        prop_assert_eq!(keys().check(&token, Timestamp::now()), Some((org, session)));
        prop_assert!(Keys::new("another key, also longer than needed", &[]).check(&token, Timestamp::now()).is_none());
        // One letter changed. The last letter of a part may hold bits that mean nothing.
        let at = at.index(token.len() - 1);
        let is_end = token[at + 1..].starts_with('.') || at + 2 >= token.len();
        let changed = format!("{}{to}{}", &token[..at], &token[at + 1..]);
        prop_assert!(is_end || changed == token || keys().check(&changed, Timestamp::now()).is_none(), "{}", changed);
        for without in ["", "eyJhbGciOiJub25lIn0."] {
            let unsigned = format!("{without}{}.", token.split('.').nth(1).unwrap());
            prop_assert!(keys().check(&unsigned, Timestamp::now()).is_none());
        }
        api_token::hash(&text);
    }

    #[test]
    fn a_change_of_a_scorecard_is_a_value_of_its_field_or_none(name in nasty(), value in nasty(), revision in any::<i64>()) {
        let fields = [name.parse::<Field>().ok(), "growth.note".parse().ok(), "growth.ticks".parse().ok(),
            "growth.rating".parse().ok(), "recommendation".parse().ok(), "next_note".parse().ok()];
        for field in fields.into_iter().flatten() {
            prop_assert_eq!(&field.to_string().parse::<Field>().unwrap(), &field);
            match field.parse(&value, &["open_question".to_owned()]) {
                Ok(Value::Text(text)) => prop_assert!(!text.contains(|c: char| c.is_control() && c != '\n' && c != '\t')),
                Ok(Value::Keys(keys)) => prop_assert!(keys.iter().all(|key| key == "open_question")),
                Ok(Value::Seconds(seconds)) => prop_assert!(seconds >= 0),
                Ok(Value::Rating(_) | Value::Recommendation(_)) | Err(_) => {}
            }
            let same = operation_hash(&field, revision, &value) == operation_hash(&field, revision, &format!("{value}."));
            prop_assert!(!same, "another value is another operation");
            let form = Uuid::now_v7();
            prop_assert_eq!(form_operation_id(form, &field, revision, &value), form_operation_id(form, &field, revision, &value));
        }
        if let Ok(Some(rating)) = Rating::from_text(&value) {
            prop_assert!(rating.score().is_none_or(|score| (1..=5).contains(&score)));
        }
    }

    #[test]
    fn no_rubric_file_breaks_its_reading(text in nasty(), cut in any::<prop::sample::Index>(), with in "[\\[\\]{}&*!|>%@`#:\\- \n\t\"']{0,8}") {
        let _ = RubricFile::from_yaml(&text);
        let whole = serde_saphyr::to_string(&builtin().in_language("sv")).unwrap();
        let at = (0..=cut.index(whole.len())).rev().find(|at| whole.is_char_boundary(*at)).unwrap();
        for changed in [whole[..at].to_owned(), format!("{}{with}{}", &whole[..at], &whole[at..])] {
            if let Ok(file) = RubricFile::from_yaml(&changed) {
                let _ = Rubric::merge(&[file]).map(|rubric| rubric.check());
            }
        }
    }

    #[test]
    fn whatever_an_identity_provider_asks_or_sends_is_read_or_refused(
        text in nasty(),
        value in "\\PC{0,20}",
        name in "[a-zA-Z][a-zA-Z0-9]{0,8}",
        op in prop_oneof![Just("add"), Just("Replace"), Just("remove"), Just("move")],
        whole in prop_oneof![Just(json!("x")), Just(json!(["hr", {"value": "hr"}, 1])), Just(json!({"a": {"b": null}})), Just(json!(true))],
    ) {
        for asked in [text.clone(), format!("userName eq \"{text}\""), format!("{text} eq \"a\""), format!("a[{text}].b")] {
            let _ = (filter::parse(&asked), filter::parse_path(&asked));
        }
        let asked = format!("{name} eq {}", json!(value));
        if !value.contains('\0') {
            let read = filter::parse(&asked).unwrap();
            prop_assert_eq!((&read.attribute, &read.value), (&name.to_lowercase(), &value));
        }
        for path in [text.as_str(), &name, "roles", "name", "name.givenName", "active", "userName", "members[value eq \"a\"]"] {
            for value in [whole.clone(), json!(text)] {
                let body = json!({ "Operations": [{ "op": op, "path": path, "value": value }, { "op": op, "value": { path: value } }] });
                let person = user::read(json!({ "userName": "a@b.example" }).as_object().unwrap(), None).unwrap();
                if let Ok(operations) = patch::parse(body.as_object().unwrap())
                    && let Ok(person) = user::changed(person, &operations)
                {
                    prop_assert!(!person.name.contains(|c: char| c.is_control() && c != '\t') && person.name.chars().count() <= 120);
                }
            }
        }
        let sent = json!({ "userName": text, "displayName": value, "name": whole, "active": whole, "roles": whole });
        let _ = user::read(sent.as_object().unwrap(), None);
    }

    #[test]
    fn addresses_zones_languages_and_settings_are_read_or_refused(text in nasty()) {
        if let Ok(address) = EmailAddress::parse(&text) {
            prop_assert!(!address.as_str().contains(|c: char| c.is_control() || c.is_whitespace() || c == ','));
            prop_assert_eq!(&EmailAddress::parse(address.as_str()).unwrap().key(), &address.key());
        }
        time_zone::is_known(&text);
        Locale::negotiate(&text);
        let _ = Config::read(&text, |_| Some(text.clone()));
        let _ = text.parse::<OrgId>();
    }
}

#[test]
fn every_rubric_reads_back_from_its_own_file() {
    for language in &builtin().languages {
        let file = builtin().in_language(language);
        assert_eq!(RubricFile::from_yaml(&serde_saphyr::to_string(&file).unwrap()).unwrap(), file);
    }
}

#[test]
fn a_file_that_unfolds_without_end_is_refused_at_once() {
    let laughs = (1..12).fold("a0: &a0 [lol,lol,lol,lol,lol,lol,lol,lol,lol]\n".to_owned(), |text, n| {
        let again = format!("*a{}", n - 1);
        format!("{text}a{n}: &a{n} [{}]\n", [again.as_str(); 9].join(","))
    });
    let begun = Instant::now();

    for text in [laughs, "[".repeat(100_000), "- ".repeat(50_000), format!("a: {}", "'".repeat(200_001))] {
        assert!(RubricFile::from_yaml(&text).is_err());
    }

    assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
}
