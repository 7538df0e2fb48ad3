//! The way in for an interviewer without an account: how long a link works, and the code that it asks for.

use jiff::{SignedDuration, Timestamp};

/// How often one code may be tried.
pub const TRIES: i16 = 5;
/// So many wrong codes end a link: whoever holds a stolen one cannot go on guessing. Another link can be sent.
pub const MOST_WRONG: i16 = 30;
/// How long a session at a seat lasts; then the link asks for a code again.
pub const SESSION: SignedDuration = SignedDuration::from_hours(72);

/// When the links of an interview that ends then are over.
pub fn ends(interview_ends_at: Timestamp, days: i16) -> Timestamp {
    interview_ends_at + SignedDuration::from_hours(24 * i64::from(days))
}

/// Six digits, of a number as large as dice can throw.
pub fn code(thrown: u64) -> String {
    format!("{:06}", thrown % 1_000_000)
}

/// A code as a person types it, with spaces or a dash in it; `None` for what is none.
pub fn typed(text: &str) -> Option<String> {
    let digits: String = text.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    (digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_digit())).then_some(digits)
}

/// An address for whoever holds the link and may not be its owner: `k•••@mail.example`.
pub fn masked(email: &str) -> String {
    let (name, domain) = email.rsplit_once('@').unwrap_or((email, ""));
    format!("{}•••@{domain}", name.chars().next().unwrap_or('•'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_six_digits_and_is_read_as_people_type_it() {
        assert_eq!(code(7), "000007");
        assert_eq!(code(u64::MAX).len(), 6);
        assert_eq!(typed(" 012 345\n").as_deref(), Some("012345"));
        assert_eq!(typed("012-345").as_deref(), Some("012345"));
        for odd in ["", "12345", "1234567", "12345a", "１２３４５６"] {
            assert_eq!(typed(odd), None, "{odd}");
        }
    }

    #[test]
    fn an_address_is_hinted_at_and_not_told() {
        assert_eq!(masked("karin.holm@mail.example"), "k•••@mail.example");
        assert_eq!(masked("öl@mail.example"), "ö•••@mail.example");
    }
}
