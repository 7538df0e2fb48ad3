//! Filters: the one comparison that identity providers ask for, `attribute eq "value"`, and paths of what is to be changed,
//! `attribute`, `attribute.part`, `attribute[part eq "value"].part`.

use crate::error::{Error, Result};

/// An attribute and the value that it is to have, as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    /// In lower case, without the name of its schema.
    pub attribute: String,
    pub value: String,
}

/// What an operation of a PATCH changes; every name is in lower case, and without the name of its schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    pub attribute: String,
    /// Which of several values.
    pub filter: Option<Filter>,
    pub part: Option<String>,
}

/// # Errors
/// `Invalid`, about `filter`, for any other filter.
pub fn parse(text: &str) -> Result<Filter> {
    read(text).ok_or_else(|| Error::invalid("filter", "scim-filter-unknown"))
}

/// # Errors
/// `Invalid`, about `path`, for what is no path.
pub fn parse_path(text: &str) -> Result<Path> {
    read_path(text).ok_or_else(|| Error::invalid("path", "scim-path-unknown"))
}

fn read(text: &str) -> Option<Filter> {
    let text = text.trim();
    // `emails[type eq "work"].value eq "…"` asks for the one address that we have.
    let bracket = text.find('[').filter(|open| !text[..*open].contains(' '));
    let from = match bracket {
        Some(_) => text.find(']')?,
        None => 0,
    };
    let (attribute, rest) = text.split_at(from + text[from..].find(' ')?);
    let (operator, value) = rest.trim_start().split_once(' ')?;
    if !operator.eq_ignore_ascii_case("eq") {
        return None;
    }
    let value = match serde_json::from_str(value.trim()).ok()? {
        serde_json::Value::String(text) => text,
        serde_json::Value::Bool(flag) => flag.to_string(),
        _ => return None,
    };
    let path = read_path(attribute)?;
    let attribute = match path.part {
        Some(part) => format!("{}.{part}", path.attribute),
        None => path.attribute,
    };
    (!value.contains('\0')).then_some(Filter { attribute, value })
}

fn read_path(text: &str) -> Option<Path> {
    let text = text.trim();
    let (head, filter, tail) = match text.split_once('[') {
        None => (text, None, ""),
        Some((head, rest)) => {
            // A bracket may stand in the value: the last one closes.
            let (filter, tail) = rest.rsplit_once(']')?;
            (head, Some(read(filter)?), tail)
        }
    };
    let head = without_schema(head);
    let (attribute, part) = match (head.split_once('.'), tail) {
        (None, "") => (head, None),
        (None, tail) => (head, Some(tail.strip_prefix('.')?)),
        (Some((attribute, part)), "") if filter.is_none() => (attribute, Some(part)),
        (Some(_), _) => return None,
    };
    let is_name = |name: &str| {
        name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '$')
            && name.chars().all(|c| c.is_ascii_alphanumeric() || "$-_".contains(c))
    };
    if !is_name(attribute) || !part.is_none_or(is_name) {
        return None;
    }
    Some(Path { attribute: attribute.to_ascii_lowercase(), filter, part: part.map(str::to_ascii_lowercase) })
}

/// `urn:ietf:params:scim:schemas:core:2.0:User:userName` is `userName`.
fn without_schema(name: &str) -> &str {
    let is_named = name.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("urn:"));
    if is_named { name.rsplit(':').next().unwrap_or_default() } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_filters_of_identity_providers_are_read() {
        let filter = |attribute: &str, value: &str| Filter { attribute: attribute.into(), value: value.into() };
        for (text, read) in [
            (r#"userName eq "eva@nordlys.example""#, filter("username", "eva@nordlys.example")),
            (r#"UserName EQ "a \"quoted\" \\ name""#, filter("username", "a \"quoted\" \\ name")),
            (r#"  externalId   eq   "00u1"  "#, filter("externalid", "00u1")),
            (r#"displayName eq "Hiring manager""#, filter("displayname", "Hiring manager")),
            (r#"emails.value eq "eva@nordlys.example""#, filter("emails.value", "eva@nordlys.example")),
            (r#"emails[type eq "work"].value eq "eva@nordlys.example""#, filter("emails.value", "eva@nordlys.example")),
            ("active eq true", filter("active", "true")),
            (r#"urn:ietf:params:scim:schemas:core:2.0:User:userName eq "x""#, filter("username", "x")),
        ] {
            assert_eq!(parse(text).unwrap(), read, "{text}");
        }
        for odd in [
            "",
            "userName",
            "userName eq",
            "userName eq eva",
            r#"userName sw "e""#,
            r#"userName eq "a" and active eq true"#,
            r#"userName eq "a" or "1" eq "1""#,
            r#"userName eq "a\u0000""#,
            r#"1=1 eq "a""#,
            r#"userName eq 1"#,
            r#"å eq "a""#,
        ] {
            assert!(parse(odd).is_err(), "{odd}");
        }
    }

    #[test]
    fn the_paths_of_identity_providers_are_read() {
        let path = |attribute: &str, filter: Option<(&str, &str)>, part: Option<&str>| Path {
            attribute: attribute.into(),
            filter: filter.map(|(name, value)| Filter { attribute: name.into(), value: value.into() }),
            part: part.map(Into::into),
        };
        for (text, read) in [
            ("active", path("active", None, None)),
            ("name.familyName", path("name", None, Some("familyname"))),
            (r#"members[value eq "0193"]"#, path("members", Some(("value", "0193")), None)),
            (r#"emails[type eq "work"].value"#, path("emails", Some(("type", "work")), Some("value"))),
            (r#"roles[primary eq "True"].value"#, path("roles", Some(("primary", "True")), Some("value"))),
            ("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department", path("department", None, None)),
        ] {
            assert_eq!(parse_path(text).unwrap(), read, "{text}");
        }
        for odd in [
            "",
            "a b",
            "members[",
            "members[]",
            "members]",
            "name.",
            ".name",
            "a.b.c",
            r#"a.b[c eq "d"]"#,
            "é",
            "a[b eq \"c\"]d",
        ] {
            assert!(parse_path(odd).is_err(), "{odd}");
        }
    }
}
