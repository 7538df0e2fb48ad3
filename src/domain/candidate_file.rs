//! A CSV file of candidates: decoded, its separator and columns found, every row read or its fault named. Pure.

mod columns;

use std::collections::HashMap;

use csv::{ReaderBuilder, StringRecord};

use super::{
    candidate::{CandidateDetails, EMAIL_MOST, NAME_MOST, NOTE_MOST, PHONE_MOST},
    email::EmailAddress,
};
pub use columns::Column;

/// How large a file may be, in bytes.
pub const MOST_BYTES: usize = 1024 * 1024;
/// How many rows a file may have below its heading.
pub const MOST_ROWS: usize = 2000;

/// Why a file cannot be read at all.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileProblem {
    #[error("the file is empty")]
    Empty,
    #[error("the file is larger than {MOST_BYTES} bytes")]
    TooLarge,
    #[error("the file has {0} rows, more than {MOST_ROWS}")]
    TooManyRows(usize),
    /// Neither UTF-8 nor UTF-16 with its mark: most often Windows-1252, which nothing tells apart from other encodings.
    #[error("the file is not UTF-8")]
    Encoding,
    /// A spreadsheet, a picture, a PDF.
    #[error("the file is not text")]
    NotText,
    #[error("no column is called name")]
    NoNameColumn,
    #[error("two columns are called {0:?}")]
    RepeatedColumn(Column),
    /// The line of a quotation mark that nothing closes.
    #[error("a quotation mark on line {0} is not closed")]
    OpenQuote(usize),
}

/// Why a row cannot be imported.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RowProblem {
    #[error("the name is missing")]
    NameMissing,
    #[error("the mail address is none")]
    Email,
    #[error("{0:?} goes over several lines")]
    SeveralLines(Column),
    #[error("{0:?} has control characters")]
    ControlCharacters(Column),
    #[error("{column:?} has more than {most} characters")]
    TooLong { column: Column, most: usize },
    /// Most often a separator that should stand in quotation marks.
    #[error("the row has {found} cells under {expected} headings")]
    TooManyCells { found: usize, expected: usize },
    /// The address stands on an earlier line too.
    #[error("the same address as on line {0}")]
    SameAddress(usize),
    /// The name stands on an earlier line too, and no address tells the two apart.
    #[error("the same name as on line {0}, without an address")]
    SameName(usize),
}

/// A file that could be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CandidateFile {
    pub rows: Vec<Row>,
    /// Headings of columns that are not read, as written.
    pub ignored: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Where it begins in the file, from 1.
    pub line: usize,
    /// The name and the address as written, shortened for showing.
    pub written_name: String,
    pub written_email: String,
    pub details: Result<CandidateDetails, RowProblem>,
}

/// The file's text: UTF-8, or UTF-16 that says so by its byte order mark, with `\n` as line ends.
///
/// # Errors
/// When it is empty, too large, in another encoding, or no text.
pub fn decode(bytes: &[u8]) -> Result<String, FileProblem> {
    if bytes.len() > MOST_BYTES {
        return Err(FileProblem::TooLarge);
    }
    let utf16 = |units: &dyn Fn([u8; 2]) -> u16| {
        let (pairs, rest) = bytes[2..].as_chunks::<2>();
        let units: Vec<u16> = pairs.iter().map(|pair| units(*pair)).collect();
        if rest.is_empty() { String::from_utf16(&units).ok() } else { None }
    };
    let text = match bytes {
        [0xff, 0xfe, ..] => utf16(&u16::from_le_bytes).ok_or(FileProblem::Encoding)?,
        [0xfe, 0xff, ..] => utf16(&u16::from_be_bytes).ok_or(FileProblem::Encoding)?,
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8(rest.to_vec()).map_err(|_| FileProblem::Encoding)?,
        _ if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"%PDF") || bytes.contains(&0) => {
            return Err(FileProblem::NotText);
        }
        _ => String::from_utf8(bytes.to_vec()).map_err(|_| FileProblem::Encoding)?,
    };
    if text.contains('\0') {
        return Err(FileProblem::NotText);
    }
    if text.trim().is_empty() {
        return Err(FileProblem::Empty);
    }
    Ok(text.replace("\r\n", "\n").replace('\r', "\n"))
}

/// Reads the text of a file. Comma, semicolon and tab are told apart by which makes sense of the first line.
///
/// # Errors
/// When the file as a whole cannot be understood; what is wrong with single rows stands in the rows.
pub fn read(text: &str) -> Result<CandidateFile, FileProblem> {
    let (separator, body) = columns::separator(text);
    if let Some(line) = open_quote(body, separator) {
        return Err(FileProblem::OpenQuote(line + text[..text.len() - body.len()].matches('\n').count()));
    }
    let mut records = records(body, separator, text.len() - body.len(), text);
    let Some((_, heading)) = records.next() else { return Err(FileProblem::Empty) };
    let (columns, ignored) = columns::find(&heading)?;
    let rows: Vec<(usize, StringRecord)> =
        records.filter(|(_, cells)| cells.iter().any(|cell| !cell.trim().is_empty())).collect();
    if rows.len() > MOST_ROWS {
        return Err(FileProblem::TooManyRows(rows.len()));
    }
    let mut rows: Vec<Row> = rows.iter().map(|(line, cells)| row(*line, cells, &columns)).collect();
    name_repeats(&mut rows);
    Ok(CandidateFile { rows, ignored })
}

/// The records with the lines on which they begin.
pub(crate) fn records<'t>(
    body: &'t str,
    separator: u8,
    offset: usize,
    text: &'t str,
) -> impl Iterator<Item = (usize, StringRecord)> + 't {
    let reader =
        ReaderBuilder::new().delimiter(separator).has_headers(false).flexible(true).from_reader(body.as_bytes());
    let (mut line, mut counted) = (1, 0);
    // The text is UTF-8 and lengths may differ: nothing is left that the reader could refuse.
    reader.into_records().map_while(Result::ok).map(move |record| {
        let begin =
            record.position().map_or(0, |position| usize::try_from(position.byte()).unwrap_or_default()) + offset;
        // The reader passes over blank lines after it has taken down where a record begins.
        let blank = text[begin..].len() - text[begin..].trim_start_matches('\n').len();
        line += text[counted..begin + blank].matches('\n').count();
        counted = begin + blank;
        (line, record)
    })
}

fn row(line: usize, cells: &StringRecord, columns: &[Option<Column>]) -> Row {
    let cell = |wanted: Column| {
        let found = columns.iter().position(|column| *column == Some(wanted));
        found.and_then(|at| cells.get(at)).unwrap_or_default().trim()
    };
    let name = match cell(Column::Name) {
        "" => [cell(Column::FirstName), cell(Column::LastName)].join(" ").trim().to_owned(),
        name => name.to_owned(),
    };
    let extra = cells.iter().skip(columns.len()).any(|cell| !cell.trim().is_empty());
    let details = if extra {
        Err(RowProblem::TooManyCells { found: cells.len(), expected: columns.len() })
    } else {
        details(&name, cell(Column::Email), cell(Column::Phone), cell(Column::Note))
    };
    Row { line, written_name: shortened(&name), written_email: shortened(cell(Column::Email)), details }
}

fn details(name: &str, email: &str, phone: &str, note: &str) -> Result<CandidateDetails, RowProblem> {
    if name.is_empty() {
        return Err(RowProblem::NameMissing);
    }
    check(Column::Name, name, NAME_MOST)?;
    check(Column::Email, email, EMAIL_MOST)?;
    check(Column::Phone, phone, PHONE_MOST)?;
    check(Column::Note, note, NOTE_MOST)?;
    let email = match email {
        "" => None,
        email => Some(EmailAddress::parse(email).map_err(|_| RowProblem::Email)?),
    };
    let phone = Some(phone.to_owned()).filter(|phone| !phone.is_empty());
    Ok(CandidateDetails { name: name.to_owned(), email, phone, note: note.to_owned(), pronunciation: String::new() })
}

fn check(column: Column, text: &str, most: usize) -> Result<(), RowProblem> {
    if column != Column::Note && text.contains('\n') {
        return Err(RowProblem::SeveralLines(column));
    }
    if text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\t')) {
        return Err(RowProblem::ControlCharacters(column));
    }
    if text.chars().count() > most {
        return Err(RowProblem::TooLong { column, most });
    }
    Ok(())
}

/// The second of two rows about one person is a fault: which of them is right is not for us to say.
fn name_repeats(rows: &mut [Row]) {
    let (mut addresses, mut names) = (HashMap::new(), HashMap::new());
    for row in rows {
        let Ok(details) = &row.details else { continue };
        let problem: fn(usize) -> RowProblem = match &details.email {
            Some(_) => RowProblem::SameAddress,
            None => RowProblem::SameName,
        };
        let (seen, key) = match &details.email {
            Some(email) => (&mut addresses, email.key()),
            None => (&mut names, details.name.to_lowercase()),
        };
        match seen.get(&key) {
            Some(first) => row.details = Err(problem(*first)),
            None => {
                seen.insert(key, row.line);
            }
        }
    }
}

/// The line of a quotation mark that opens a cell and is never closed: it would swallow the rest of the file.
pub(crate) fn open_quote(body: &str, separator: u8) -> Option<usize> {
    let (mut line, mut open, mut cell_begins) = (1, None, true);
    let mut chars = body.chars().peekable();
    while let Some(c) = chars.next() {
        let quote = c == '"';
        match open {
            Some(_) if quote && chars.peek() == Some(&'"') => _ = chars.next(),
            Some(_) if quote => open = None,
            None if quote && cell_begins => open = Some(line),
            _ => {}
        }
        cell_begins = c == '\n' || c == char::from(separator);
        line += usize::from(c == '\n');
    }
    open
}

fn shortened(text: &str) -> String {
    let shown: String = text.chars().take(NAME_MOST).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.chars().count() > NAME_MOST { format!("{shown}…") } else { shown }
}

#[cfg(test)]
mod tests;
