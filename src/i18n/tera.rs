//! The words, numbers and dates of a language, for templates.
//!
//! The language is the template's variable `locale` (a tag such as `sv`); times are shown in the zone of the argument
//! `time_zone`, else the one that the value names itself, else the template's variable `time_zone`. A component sees only
//! what it declares: one that says words begins with `{% component card(@locale: string, …) %}`.

use ::tera::{Error, Kwargs, State, Tera, TeraResult, Value};
use jiff::{
    Timestamp, Zoned,
    civil::Date,
    tz::{self, TimeZone},
};

use super::{FluentValue, Locale};

/// Registers the function `say(key, …)` and the filters `number(decimals=1)`, `percent`, `date`, `day`, `time` and
/// `date_time`. To be called before any template is added: tera checks names while it parses.
///
/// - `say`: every argument but `key` is an argument of the text; strings and numbers only.
/// - `number`: a number with as many decimals (1 unless told); `percent`: a share between 0 and 1; `chance`: a
///   probability, never quite 0 or 1.
/// - `date`, `day`: a date (`2026-11-23`) or a moment; `time`, `date_time`: a moment. A moment is RFC 3339
///   (`2026-11-23T13:05:00Z`) or RFC 9557 (`2026-11-23T14:05:00+01:00[Europe/Oslo]`).
pub fn register(tera: &mut Tera) {
    tera.register_function("say", say);
    tera.register_filter("number", |value: f64, args: Kwargs, state: &State| -> TeraResult<String> {
        let decimals = args.get::<usize>("decimals")?.unwrap_or(1);
        Ok(locale(state)?.number(value, decimals))
    });
    tera.register_filter("percent", |share: f64, _: Kwargs, state: &State| -> TeraResult<String> {
        Ok(locale(state)?.percent(share))
    });
    tera.register_filter("chance", |p: f64, _: Kwargs, state: &State| -> TeraResult<String> {
        Ok(locale(state)?.chance(p))
    });
    tera.register_filter("date", |value: &str, args: Kwargs, state: &State| -> TeraResult<String> {
        Ok(locale(state)?.date(date(value, &args, state)?))
    });
    tera.register_filter("day", |value: &str, args: Kwargs, state: &State| -> TeraResult<String> {
        Ok(locale(state)?.day(date(value, &args, state)?))
    });
    tera.register_filter("time", |value: &str, args: Kwargs, state: &State| -> TeraResult<String> {
        Ok(locale(state)?.time(&moment(value, &args, state)?))
    });
    tera.register_filter("date_time", |value: &str, args: Kwargs, state: &State| -> TeraResult<String> {
        Ok(locale(state)?.date_time(&moment(value, &args, state)?))
    });
}

fn say(args: Kwargs, state: &State) -> TeraResult<String> {
    let key = args.must_get::<&str>("key")?;
    let mut filled: Vec<(&str, FluentValue<'_>)> = Vec::new();
    for (name, value) in args.iter() {
        let Some(name) = name.as_str().filter(|name| *name != "key") else { continue };
        filled.push((name, fluent(key, name, value)?));
    }
    Ok(locale(state)?.say(key, &filled))
}

fn fluent<'v>(key: &str, name: &str, value: &'v Value) -> TeraResult<FluentValue<'v>> {
    if let Some(text) = value.as_str() {
        return Ok(text.into());
    }
    match value.as_f64() {
        Some(number) => Ok(number.into()),
        None => {
            let kind = value.name();
            Err(Error::message(format!("`{name}` of `{key}` must be a string or a number, and is {kind}")))
        }
    }
}

fn locale(state: &State) -> TeraResult<Locale> {
    let tag = state
        .get::<String>("locale")?
        .ok_or_else(|| Error::message("no `locale` here; a component declares it as `@locale: string`"))?;
    Locale::from_tag(&tag).ok_or_else(|| Error::message(format!("`{tag}` is no language of the product")))
}

fn date(value: &str, args: &Kwargs, state: &State) -> TeraResult<Date> {
    if value.len() == "2026-11-23".len() {
        return value.parse().map_err(Error::message);
    }
    moment(value, args, state).map(|at| at.date())
}

fn moment(value: &str, args: &Kwargs, state: &State) -> TeraResult<Zoned> {
    let wished = args.get::<String>("time_zone")?;
    if wished.is_none() && value.ends_with(']') {
        return value.parse().map_err(Error::message);
    }
    let zone = match wished {
        Some(zone) => zone,
        None => state.get::<String>("time_zone")?.ok_or_else(|| Error::message("a time needs a `time_zone`"))?,
    };
    let instant: Timestamp = value.parse().map_err(Error::message)?;
    Ok(instant.to_zoned(time_zone(&zone)?))
}

fn time_zone(name: &str) -> TeraResult<TimeZone> {
    tz::db().get(name).map_err(Error::message)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(template: &str, locale: Locale) -> Result<String, Error> {
        let mut tera = Tera::default();
        register(&mut tera);
        let mut context = ::tera::Context::new();
        context.insert("locale", locale.tag());
        context.insert("time_zone", "Europe/Oslo");
        tera.render_str(template, &context, true)
    }

    #[test]
    fn words_numbers_and_dates_follow_the_templates_language() {
        let cases = [
            ("{{ say(key='date-month-11') }}", "November", "november"),
            ("{{ say(key='date-time', date='<b>', time='14:05') }}", "&lt;b&gt;, 14:05", "&lt;b&gt;, 14:05"),
            ("{{ 4.26 | number }} {{ 4 | number(decimals=2) }}", "4.3 4.00", "4,3 4,00"),
            ("{{ 0.54 | percent }}", "54%", "54\u{a0}%"),
            ("{{ 0.999 | chance }}", "&gt;99%", "&gt;99\u{a0}%"),
            ("{{ '2026-11-23' | date }}", "23 November 2026", "23 november 2026"),
            ("{{ '2026-11-23T23:30:00Z' | day }}", "Tue 24 November", "tis 24 november"),
            ("{{ '2026-11-23T13:05:00Z' | time }}", "14:05", "14:05"),
            ("{{ '2026-11-23T13:05:00Z' | time(time_zone='UTC') }}", "13:05", "13:05"),
            ("{{ '2026-11-23T08:05:00-05:00[America/New_York]' | time }}", "08:05", "08:05"),
            ("{{ '2026-11-23T13:05:00Z' | date_time }}", "23 November 2026, 14:05", "23 november 2026, 14:05"),
        ];
        for (template, english, swedish) in cases {
            assert_eq!(shown(template, Locale::En).expect(template), english);
            assert_eq!(shown(template, Locale::Sv).expect(template), swedish);
        }
    }

    #[test]
    fn a_template_that_gives_nonsense_is_refused_instead_of_shown() {
        for template in [
            "{{ 'soon' | date }}",
            "{{ '2026-11-23T13:05:00Z' | time(time_zone='Mars') }}",
            "{{ say(key='date-time', date=[1]) }}",
        ] {
            assert!(shown(template, Locale::En).is_err(), "{template}");
        }
    }
}
