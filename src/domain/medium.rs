//! How an interview is held. What can be observed differs with it.

use super::text_enum::text_enum;

text_enum! {
    /// The medium of a round and of its interviews, from the richest to the leanest.
    Medium {
        InPerson = "in_person",
        Video = "video",
        Phone = "phone",
        /// Chat or mail: everything is written.
        Text = "text",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_medium_reads_back_from_its_name_in_text_and_in_json() {
        for medium in Medium::ALL.iter().copied() {
            let json = serde_json::to_string(&medium).unwrap();

            assert_eq!(medium.as_str().parse(), Ok(medium));
            assert_eq!(json, format!("\"{medium}\""));
            assert_eq!(serde_json::from_str::<Medium>(&json).unwrap(), medium);
        }
        assert_eq!("telepathy".parse::<Medium>(), Err(crate::domain::text_enum::Unknown));
    }
}
