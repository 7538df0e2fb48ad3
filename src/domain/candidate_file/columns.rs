//! Which column of a file is which: the headings that people and other systems write, in English and Swedish.

use csv::{ReaderBuilder, StringRecord};

use super::FileProblem;
use crate::domain::text_enum::text_enum;

text_enum! {
    /// A column that is read.
    Column {
        Name = "name",
        FirstName = "first_name",
        LastName = "last_name",
        Email = "email",
        Phone = "phone",
        Note = "note",
    }
}

impl Column {
    /// Headings without their spaces, marks and capitals.
    fn headings(self) -> &'static [&'static str] {
        match self {
            Column::Name => &[
                "name",
                "fullname",
                "candidate",
                "candidatename",
                "namn",
                "fullständigtnamn",
                "kandidat",
                "kandidatnamn",
            ],
            Column::FirstName => &["firstname", "givenname", "förnamn", "tilltalsnamn"],
            Column::LastName => &["lastname", "surname", "familyname", "efternamn"],
            Column::Email => &[
                "email",
                "mail",
                "emailaddress",
                "mailaddress",
                "epost",
                "epostadress",
                "mejl",
                "mejladress",
                "mailadress",
            ],
            Column::Phone => &[
                "phone",
                "phonenumber",
                "telephone",
                "tel",
                "mobile",
                "mobilephone",
                "mobilenumber",
                "telefon",
                "telefonnummer",
                "mobil",
                "mobilnummer",
                "mobiltelefon",
            ],
            Column::Note => &[
                "note",
                "notes",
                "comment",
                "comments",
                "anteckning",
                "anteckningar",
                "kommentar",
                "kommentarer",
                "notering",
            ],
        }
    }

    fn of(heading: &str) -> Option<Column> {
        let plain: String = heading.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
        Column::ALL.iter().copied().find(|column| column.headings().contains(&plain.as_str()))
    }
}

/// The separator, and the text without a line that only names it (`sep=;`, as spreadsheets write).
pub(super) fn separator(text: &str) -> (u8, &str) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    if let Some([separator @ (b',' | b';' | b'\t')]) = first.strip_prefix("sep=").map(str::as_bytes) {
        return (*separator, rest);
    }
    let sense = |separator: &u8| {
        let mut reader =
            ReaderBuilder::new().delimiter(*separator).has_headers(false).flexible(true).from_reader(text.as_bytes());
        let mut heading = StringRecord::new();
        let read = reader.read_record(&mut heading).unwrap_or(false);
        let known = heading.iter().filter(|cell| Column::of(cell).is_some()).count();
        if read { (known, heading.len()) } else { (0, 0) }
    };
    // The last of equals wins: the comma.
    ([b'\t', b';', b','].into_iter().max_by_key(sense).unwrap_or(b','), text)
}

/// What each column of the heading is, and the headings that are not read.
pub(super) fn find(heading: &StringRecord) -> Result<(Vec<Option<Column>>, Vec<String>), FileProblem> {
    let columns: Vec<Option<Column>> = heading.iter().map(Column::of).collect();
    for column in Column::ALL {
        if columns.iter().filter(|found| **found == Some(*column)).count() > 1 {
            return Err(FileProblem::RepeatedColumn(*column));
        }
    }
    if !columns.iter().any(|column| matches!(column, Some(Column::Name | Column::FirstName))) {
        return Err(FileProblem::NoNameColumn);
    }
    let ignored = heading
        .iter()
        .zip(&columns)
        .filter(|(heading, column)| column.is_none() && !heading.trim().is_empty())
        .map(|(heading, _)| super::shortened(heading.trim()))
        .collect();
    Ok((columns, ignored))
}
