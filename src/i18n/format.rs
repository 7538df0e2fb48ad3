//! Numbers, dates and times as each language writes them.

use fluent_bundle::FluentValue;
use jiff::{Zoned, civil::Date};

use super::Locale;

impl Locale {
    /// `4.25` with one decimal: "4.3" in English, "4,3" in Swedish.
    pub fn number(self, value: f64, decimals: usize) -> String {
        let text = format!("{value:.decimals$}");
        match self {
            Locale::En => text,
            Locale::Sv => text.replace('.', ",").replace('-', "−"),
        }
    }

    /// A share between 0 and 1 in whole per cent: "54%" in English, "54 %" in Swedish.
    pub fn percent(self, share: f64) -> String {
        let whole = format!("{:.0}", share * 100.0);
        match self {
            Locale::En => format!("{whole}%"),
            Locale::Sv => format!("{whole}\u{a0}%"),
        }
    }

    /// A probability from draws in whole per cent, never quite 0 or 1: "<1%", "54%", ">99%".
    pub fn chance(self, p: f64) -> String {
        match p {
            p if p <= 0.005 => format!("<{}", self.percent(0.01)),
            p if p >= 0.995 => format!(">{}", self.percent(0.99)),
            p => self.percent(p),
        }
    }

    /// "23 November 2026".
    pub fn date(self, date: Date) -> String {
        let month = self.word(&format!("date-month-{}", date.month()));
        self.say(
            "date-long",
            &[("day", date.day().into()), ("month", month.into()), ("year", date.year().to_string().into())],
        )
    }

    /// "Mon 23 November", for lists of the coming days.
    pub fn day(self, date: Date) -> String {
        let weekday = self.word(&format!("date-weekday-{}", date.weekday().to_monday_one_offset()));
        let month = self.word(&format!("date-month-{}", date.month()));
        self.say("date-day", &[("weekday", weekday.into()), ("day", date.day().into()), ("month", month.into())])
    }

    /// "14:05".
    pub fn time(self, at: &Zoned) -> String {
        at.strftime("%H:%M").to_string()
    }

    /// "23 November 2026, 14:05".
    pub fn date_time(self, at: &Zoned) -> String {
        self.say("date-time", &[("date", self.date(at.date()).into()), ("time", self.time(at).into())])
    }
}

/// How Fluent writes a number that a text was given: the language's decimal mark, no needless decimals.
pub(super) fn fluent_number(locale: Locale, value: &FluentValue<'_>) -> Option<String> {
    let FluentValue::Number(number) = value else { return None };
    let decimals = number.options.minimum_fraction_digits.unwrap_or(0);
    let text =
        if number.value.fract() == 0.0 { format!("{:.decimals$}", number.value) } else { number.value.to_string() };
    Some(if locale == Locale::En { text } else { text.replace('.', ",") })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_dates_follow_the_language() {
        let date = jiff::civil::date(2026, 11, 23);
        assert_eq!(Locale::En.number(4.25, 1), "4.2");
        assert_eq!(Locale::Sv.number(4.3, 1), "4,3");
        assert_eq!(Locale::Sv.percent(0.54), "54\u{a0}%");
        assert_eq!(
            [0.0, 0.005, 0.006, 0.994, 0.995].map(|p| Locale::En.chance(p)),
            ["<1%", "<1%", "1%", "99%", ">99%"]
        );
        assert_eq!(Locale::En.date(date), "23 November 2026");
        assert_eq!(Locale::Sv.date(date), "23 november 2026");
        assert_eq!(Locale::Sv.day(date), "mån 23 november");
    }
}
