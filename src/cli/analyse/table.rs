//! A CSV file with a heading: its columns found by name, and what is wrong with it, line by line. Pure.

use std::{collections::BTreeMap, fmt};

use crate::domain::candidate_file::{open_quote, records};

/// Something that must be put right before anything is computed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// From 1; none if it is about the whole file.
    pub line: Option<usize>,
    pub text: String,
}

pub struct Table {
    heading: Vec<String>,
    pub rows: Vec<Row>,
    /// Lines that cannot be read. Who reads the rows adds theirs.
    pub faults: Vec<Fault>,
}

pub struct Row {
    /// Where it begins in the file, from 1.
    pub line: usize,
    cells: Vec<String>,
}

/// One column of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column(usize);

impl Fault {
    pub fn at(line: usize, text: impl Into<String>) -> Self {
        Self { line: Some(line), text: text.into() }
    }

    pub fn general(text: impl Into<String>) -> Self {
        Self { line: None, text: text.into() }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "line {line}: {}", self.text),
            None => f.write_str(&self.text),
        }
    }
}

impl Table {
    /// Reads the file. Rows that cannot be read are faults; blank ones are passed over.
    ///
    /// # Errors
    /// When there is no heading, or a quotation mark swallows the rest of the file.
    pub fn read(bytes: &[u8]) -> Result<Self, Vec<Fault>> {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let mut faults: BTreeMap<usize, String> = BTreeMap::new();
        for (line, text) in (1..).zip(bytes.split(|&byte| byte == b'\n')) {
            if std::str::from_utf8(text).is_err() {
                faults.insert(line, "is not UTF-8".to_owned());
            }
        }
        let named = |faults: BTreeMap<usize, String>| -> Vec<Fault> {
            faults.into_iter().map(|(line, text)| Fault::at(line, text)).collect()
        };
        let text = String::from_utf8_lossy(bytes).replace("\r\n", "\n").replace('\r', "\n");
        if let Some(line) = open_quote(&text, b',') {
            faults.entry(line).or_insert_with(|| "a quotation mark is not closed".to_owned());
            return Err(named(faults));
        }
        let mut records = records(&text, b',', 0, &text);
        let Some((first, heading)) = records.next() else {
            return Err(vec![Fault::general("the file is empty; it needs a heading with the names of its columns")]);
        };
        let heading: Vec<String> = heading.iter().map(|name| name.trim().to_lowercase()).collect();
        if let [only] = heading.as_slice()
            && only.contains([';', '\t'])
        {
            return Err(vec![Fault::at(first, "the columns are not separated by commas; save the file with commas")]);
        }
        let mut rows = Vec::new();
        for (line, record) in records {
            if record.iter().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            let cells: Vec<String> = record.iter().map(|cell| cell.trim().to_owned()).collect();
            if cells.len() != heading.len() {
                let text = format!("has {} cells, and the heading has {}", cells.len(), heading.len());
                faults.entry(line).or_insert(text);
            } else if !faults.contains_key(&line) {
                rows.push(Row { line, cells });
            }
        }
        Ok(Self { heading, rows, faults: named(faults) })
    }

    /// The columns of these names, or what is missing of them. Of several names for one column, `rater|interviewer`, the
    /// first that is there counts.
    pub fn columns<const N: usize>(&self, names: [&str; N]) -> Result<[Column; N], Vec<Fault>> {
        let found = names.map(|names| {
            let found = names.split('|').map(|name| self.column(name));
            found.reduce(|first, other| if first == Ok(None) { other } else { first }).unwrap_or(Ok(None))
        });
        let mut columns = [Column(0); N];
        let mut faults = Vec::new();
        for ((column, found), name) in columns.iter_mut().zip(found).zip(names) {
            match found {
                Ok(Some(place)) => *column = place,
                Ok(None) => {
                    let name = name.split('|').next().unwrap_or(name);
                    faults.push(Fault::at(1, format!("no column is called {name}")));
                }
                Err(fault) => faults.push(fault),
            }
        }
        if faults.is_empty() { Ok(columns) } else { Err(faults) }
    }

    /// The column of this name, if there is one.
    pub fn column(&self, name: &str) -> Result<Option<Column>, Fault> {
        let mut places = (0..self.heading.len()).filter(|&i| self.heading[i] == name);
        match (places.next(), places.next()) {
            (Some(_), Some(_)) => Err(Fault::at(1, format!("two columns are called {name}"))),
            (place, _) => Ok(place.map(Column)),
        }
    }
}

impl Row {
    pub fn cell(&self, column: Column) -> &str {
        &self.cells[column.0]
    }

    /// A cell that names somebody or something.
    pub fn name(&self, column: Column, what: &str) -> Result<&str, String> {
        let name = self.cell(column);
        if name.is_empty() {
            return Err(format!("the {what} is missing"));
        }
        if name.chars().any(char::is_control) {
            return Err(format!("the {what} goes over several lines or has control characters"));
        }
        Ok(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::analyse::{fairness, options, pool, validity};

    fn lines(text: &str) -> Vec<usize> {
        Table::read(text.as_bytes()).unwrap().rows.iter().map(|row| row.line).collect()
    }

    #[test]
    fn columns_are_found_by_name_in_any_order_and_capitals() {
        let table = Table::read("\u{feff}Score , note,Candidate\r\n4,\"said \"\"hi\"\"\",Ada\r\n".as_bytes()).unwrap();

        let [candidate, score] = table.columns(["candidate", "score"]).unwrap();
        assert_eq!((table.rows[0].cell(candidate), table.rows[0].cell(score)), ("Ada", "4"));
        assert_eq!(table.columns(["rater|candidate"]).unwrap(), [candidate]);
        assert_eq!(table.column("rater"), Ok(None));
        assert_eq!(table.columns(["rater"]).unwrap_err(), [Fault::at(1, "no column is called rater")]);
    }

    proptest::proptest! {
        /// Lines of what breaks readers: quotation marks, bytes that are no text, numbers that are none.
        #[test]
        fn no_file_and_no_option_breaks_the_reading(
            heading in "(candidate|rater|score|dimension|weight|\"|,|;|\u{feff}){0,9}",
            lines in proptest::collection::vec("([a-c0-9,\"\\r\\t ]|IE|NaN|inf|-1e999|1e-999|ø|\u{0}){0,12}", 0..12),
            bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..40),
            option in "[a-z0-9.,=+-]{0,16}|[0-9NaInf.e+-]{1,6}\\.\\.[0-9NaInf.e+-]{1,6}|\\PC{0,12}",
        ) {
            let (scale, weights) = (options::scale(&option).ok(), options::weights(&option).ok());
            let _ = (options::what(&option), options::variances(&option));
            for heading in [heading.as_str(), "candidate,rater,score", "candidate,rater,dimension,score"] {
                let text = [heading.as_bytes(), b"\n", lines.join("\n").as_bytes(), b"\n", &bytes].concat();
                let Ok(table) = Table::read(&text) else { continue };
                if let Ok(pool) = pool::read(&table, scale, weights.as_ref()) {
                    proptest::prop_assert!(!pool.candidates.is_empty() && !pool.raters.is_empty());
                }
                let _ = (fairness::read(&table), validity::read(&table));
            }
        }
    }

    #[test]
    fn rows_know_their_lines_also_after_blank_ones_and_cells_of_several_lines() {
        assert_eq!(lines("a,b\n\n1,2\n\"x\ny\",3\n , \n4,5\n"), [3, 4, 7]);
    }

    #[test]
    fn a_line_that_cannot_be_read_is_named_and_the_others_are_read() {
        let table = Table::read(b"a,b\n1\n2,3\nx,\xff\n4,5,6\n").unwrap();

        let named: Vec<String> = table.faults.iter().map(ToString::to_string).collect();
        assert_eq!(
            named,
            [
                "line 2: has 1 cells, and the heading has 2",
                "line 4: is not UTF-8",
                "line 5: has 3 cells, and the heading has 2"
            ]
        );
        assert_eq!(table.rows.len(), 1);
    }

    #[test]
    fn a_file_without_heading_commas_or_closing_quotation_mark_is_refused() {
        let refused = |bytes: &[u8]| Table::read(bytes).err().unwrap()[0].to_string();

        assert!(refused(b"").contains("empty"));
        assert!(refused(b"a;b\n1;2\n").contains("commas"));
        assert!(refused(b"a,b\n1,\"2\n3,4\n").contains("line 2: a quotation mark"));
        assert!(Table::read(b"a,a\n").unwrap().columns(["a"]).unwrap_err()[0].text.contains("two columns"));
    }
}
