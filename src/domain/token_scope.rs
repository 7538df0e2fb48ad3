//! What an API token is for: reading or changing one noun of the API. It never does more than its member may.

use std::{fmt, str::FromStr};

/// The nouns of the API, each with whether there is something to change.
pub const NOUNS: &[(&str, bool)] = &[
    ("jobs", true),
    ("candidates", true),
    ("applications", true),
    ("interviews", true),
    ("scorecards", true),
    ("comparisons", false),
    ("debriefs", true),
    ("decisions", true),
    ("records", false),
    ("rubrics", false),
    ("members", false),
    (PROVISIONING, true),
];

/// Not of the API but of SCIM, beside it: members and their roles, for an identity provider.
const PROVISIONING: &str = "scim";

/// One noun, read or changed: `jobs:read`, `jobs:write`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TokenScope {
    noun: &'static str,
    writes: bool,
}

impl TokenScope {
    pub fn all() -> Vec<TokenScope> {
        let both = |(noun, writable): &(&'static str, bool)| {
            let read = TokenScope { noun, writes: false };
            [Some(read), writable.then_some(TokenScope { noun, writes: true })]
        };
        NOUNS.iter().flat_map(both).flatten().collect()
    }

    /// What a request of an identity provider needs.
    pub fn provisioning(reads: bool) -> TokenScope {
        TokenScope { noun: PROVISIONING, writes: !reads }
    }

    /// What a request to a path below the API's base needs; `None` where no token of ours may go.
    pub fn needed(path: &str, reads: bool) -> Option<TokenScope> {
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        let noun = match parts.as_slice() {
            ["jobs", _, "comparison"] => "comparisons",
            ["jobs", _, "debriefs"] => "debriefs",
            ["jobs", _, "decisions"] => "decisions",
            ["records.csv"] => "records",
            [first, ..] => first,
            [] => return None,
        };
        let (noun, _) = NOUNS.iter().find(|(known, writable)| *known == noun && (reads || *writable))?;
        Some(TokenScope { noun, writes: !reads })
    }
}

impl fmt::Display for TokenScope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.noun, if self.writes { "write" } else { "read" })
    }
}

impl FromStr for TokenScope {
    type Err = super::text_enum::Unknown;

    fn from_str(text: &str) -> Result<TokenScope, Self::Err> {
        TokenScope::all().into_iter().find(|scope| scope.to_string() == text).ok_or(super::text_enum::Unknown)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_needs_the_noun_that_it_reads_or_changes() {
        let needed = |path, reads| TokenScope::needed(path, reads).map(|scope| scope.to_string());

        assert_eq!(needed("/jobs", true).as_deref(), Some("jobs:read"));
        assert_eq!(needed("/jobs/x/closure", false).as_deref(), Some("jobs:write"));
        assert_eq!(needed("/jobs/x/comparison", true).as_deref(), Some("comparisons:read"));
        assert_eq!(needed("/jobs/x/debriefs", true).as_deref(), Some("debriefs:read"));
        assert_eq!(needed("/records.csv", true).as_deref(), Some("records:read"));
        assert_eq!(needed("/members", false), None, "nothing there can be changed");
        assert_eq!(needed("/", true), None);
        assert_eq!(needed("/elsewhere", true), None);
        assert_eq!(TokenScope::provisioning(true).to_string(), "scim:read");
        assert_eq!(TokenScope::provisioning(false).to_string(), "scim:write");
    }

    #[test]
    fn scopes_are_read_as_they_are_written() {
        for scope in TokenScope::all() {
            assert_eq!(scope.to_string().parse(), Ok(scope));
        }
        assert!("records:write".parse::<TokenScope>().is_err() && "".parse::<TokenScope>().is_err());
    }
}
