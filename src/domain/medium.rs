//! How an interview is held. What can be observed differs with it.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The medium of a round and of its interviews.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Medium {
    InPerson,
    Video,
    Phone,
    /// Chat or mail: everything is written.
    Text,
}

impl Medium {
    /// Every medium, from the richest to the leanest.
    pub const ALL: [Medium; 4] = [Medium::InPerson, Medium::Video, Medium::Phone, Medium::Text];

    /// The name in the database, the API and files: `in_person`, `video`, `phone` or `text`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Medium::InPerson => "in_person",
            Medium::Video => "video",
            Medium::Phone => "phone",
            Medium::Text => "text",
        }
    }
}

impl fmt::Display for Medium {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The text names no medium.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a medium: expected in_person, video, phone or text")]
pub struct NotAMedium;

impl FromStr for Medium {
    type Err = NotAMedium;

    fn from_str(text: &str) -> Result<Self, NotAMedium> {
        Self::ALL.into_iter().find(|medium| medium.as_str() == text).ok_or(NotAMedium)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_medium_reads_back_from_its_name_in_text_and_in_json() {
        for medium in Medium::ALL {
            let json = serde_json::to_string(&medium).unwrap();

            assert_eq!(medium.as_str().parse(), Ok(medium));
            assert_eq!(json, format!("\"{medium}\""));
            assert_eq!(serde_json::from_str::<Medium>(&json).unwrap(), medium);
        }
        assert_eq!("telepathy".parse::<Medium>(), Err(NotAMedium));
    }
}
