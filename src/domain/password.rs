//! What a new password must be: long enough, and none that a guesser tries first. No rules about digits or signs.

use std::{
    collections::{BTreeSet, HashSet},
    sync::LazyLock,
};

use unicode_normalization::UnicodeNormalization;

/// Alone, length is what protects (NIST SP 800-63B-4).
const LEAST: usize = 15;
/// Beside a second factor.
const LEAST_WITH_FACTOR: usize = 8;
const MOST: usize = 256;

/// Whose password it is to be: a guesser knows all of this.
#[derive(Clone, Copy, Debug)]
pub struct Owner<'a> {
    pub name: &'a str,
    pub email: &'a str,
    pub organisation: &'a str,
    /// An authenticator app is asked for as well.
    pub has_second_factor: bool,
}

/// Why a password will not do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weakness {
    TooShort {
        least: usize,
    },
    TooLong {
        most: usize,
    },
    /// Among the first that anybody would try.
    Common,
    /// Made of the person's, the organisation's or the product's name.
    Personal,
}

/// How many characters a password needs.
pub fn least(has_second_factor: bool) -> usize {
    if has_second_factor { LEAST_WITH_FACTOR } else { LEAST }
}

/// # Errors
/// The first thing that is wrong.
pub fn check(password: &str, owner: &Owner<'_>) -> Result<(), Weakness> {
    let password = normal(password);
    let least = least(owner.has_second_factor);
    let length = password.chars().count();
    if length < least {
        return Err(Weakness::TooShort { least });
    }
    if length > MOST {
        return Err(Weakness::TooLong { most: MOST });
    }
    let folded = password.to_lowercase();
    let squeezed = squeezed(&folded);
    if is_common(&folded) || is_common(&squeezed) || COMMON.contains(without_digits_around(&squeezed)) {
        return Err(Weakness::Common);
    }
    if is_personal(&squeezed, owner) { Err(Weakness::Personal) } else { Ok(()) }
}

/// Whether it would be too short without a second factor.
pub fn needs_factor(password: &str) -> bool {
    normal(password).chars().count() < LEAST
}

/// The same characters however a keyboard or a system composes them (NFKC), so that a password is the same everywhere.
pub fn normal(password: &str) -> String {
    password.nfkc().collect()
}

static COMMON: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| include_str!("../../passwords/common.txt").lines().collect());

/// The rows of a keyboard and its columns: a finger that slides along them is no password.
const SLIDES: [&str; 3] =
    ["qwertyuiopåasdfghjklöäzxcvbnm", "qwertyuiopasdfghjklzxcvbnm", "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p"];

fn is_common(text: &str) -> bool {
    let characters: Vec<char> = text.chars().collect();
    let distinct = characters.iter().collect::<BTreeSet<_>>().len();
    let slides = characters.len() > 3 && SLIDES.iter().any(|slide| slide.contains(text));
    distinct < 5 || slides || counts(&characters) || COMMON.contains(text) || repeats(&characters)
}

/// `123456789012345`, `abcdefgh…`: most characters follow from the one before.
fn counts(characters: &[char]) -> bool {
    let step = |pair: &[char]| match (pair[0], pair[1]) {
        ('9', '0') => 1,
        ('0', '9') => -1,
        (a, b) => i64::from(u32::from(b)) - i64::from(u32::from(a)),
    };
    let pairs = characters.len().saturating_sub(1);
    [1, -1].iter().any(|by| characters.windows(2).filter(|pair| step(pair) == *by).count() * 4 > pairs * 3)
}

/// A short or common text, over and over.
fn repeats(characters: &[char]) -> bool {
    let length = characters.len();
    (1..=length / 2).filter(|period| length.is_multiple_of(*period)).any(|period| {
        let is_repeated = characters.iter().zip(&characters[period..]).all(|(a, b)| a == b);
        is_repeated
            && (period < LEAST_WITH_FACTOR || COMMON.contains(String::from_iter(&characters[..period]).as_str()))
    })
}

/// Little is left of it without the names that a guesser knows.
fn is_personal(squeezed: &str, owner: &Owner<'_>) -> bool {
    let known = [owner.name, owner.email, owner.organisation, "attune"];
    let mut names: Vec<String> = known
        .iter()
        .flat_map(|text| {
            let text = normal(text).to_lowercase();
            let words: Vec<String> = text.split(|c: char| !c.is_alphanumeric()).map(ToOwned::to_owned).collect();
            words.into_iter().chain([self::squeezed(&text)])
        })
        .filter(|name| name.chars().count() > 2)
        .collect();
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    let rest = names.iter().fold(squeezed.to_owned(), |rest, name| rest.replace(name.as_str(), ""));
    let is_little = rest.chars().count() < LEAST_WITH_FACTOR || COMMON.contains(without_digits_around(&rest));
    rest.len() < squeezed.len() && is_little
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

fn without_digits_around(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAJA: Owner<'_> = Owner {
        name: "Maja Lindqvist",
        email: "maja@nordlys.example",
        organisation: "Nordlys Support AB",
        has_second_factor: false,
    };

    #[test]
    fn length_is_asked_for_and_nothing_about_digits_or_signs() {
        assert_eq!(check("green herring", &MAJA), Err(Weakness::TooShort { least: 15 }));
        assert_eq!(check("green herring on monday", &MAJA), Ok(()));
        assert_eq!(check(&"green herring on monday, ".repeat(10), &MAJA), Ok(()), "250 characters, from a manager");
        assert_eq!(check(&"green herring on monday, ".repeat(11), &MAJA), Err(Weakness::TooLong { most: 256 }));
    }

    #[test]
    fn eight_are_enough_beside_a_second_factor() {
        let with = Owner { has_second_factor: true, ..MAJA };

        assert_eq!(check("herring", &with), Err(Weakness::TooShort { least: 8 }));
        assert_eq!(check("grönsill", &with), Ok(()));
        assert!(needs_factor("grönsill") && !needs_factor("green herring on monday"));
    }

    #[test]
    fn what_guessers_try_first_is_refused() {
        for password in [
            "passwordpassword",
            "password password",
            "Password-2026-2026",
            "aaaaaaaaaaaaaaaaaaa",
            "abcabcabcabcabc",
            "123456789012345",
            "987654321098765",
            "abcdefghijklmnop",
            "qwertyuiopasdfgh",
            "1qaz2wsx3edc4rfv",
            "correct horse battery staple",
            "Lösenord lösenord",
            "ｐａｓｓｗｏｒｄｐａｓｓｗｏｒｄ",
        ] {
            assert_eq!(check(password, &MAJA), Err(Weakness::Common), "{password}");
        }
        let with = Owner { has_second_factor: true, ..MAJA };
        for password in ["trustno1", "Baseball!", "sunshine99"] {
            assert_eq!(check(password, &with), Err(Weakness::Common), "{password}");
        }
    }

    #[test]
    fn names_that_a_guesser_knows_do_not_count() {
        for password in [
            "maja@nordlys.example",
            "Maja Lindqvist 1987",
            "Nordlys Support 2026!",
            "attune attune 2026",
            "nordlys password 1",
            "MajaMajaMaja2026",
        ] {
            assert_eq!(check(password, &MAJA), Err(Weakness::Personal), "{password}");
        }
        assert_eq!(check("maja eats green herring", &MAJA), Ok(()));
    }

    #[test]
    fn a_password_is_the_same_however_its_letters_are_composed() {
        assert_eq!(normal("gro\u{308}nsill"), normal("grönsill"));
        assert_eq!(normal("ﬁ"), "fi");
    }
}
