//! CSV (RFC 4180): CRLF, quoted where needed, and no cell that a spreadsheet would run as a formula.

/// Rows to bytes.
pub struct Csv;

impl Csv {
    /// One or more lines.
    pub fn lines<R: AsRef<[String]>>(rows: impl IntoIterator<Item = R>) -> Vec<u8> {
        let mut writer =
            csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).flexible(true).from_writer(Vec::new());
        for row in rows {
            // Writing into memory cannot fail, and rows may differ in length.
            let written = writer.write_record(row.as_ref().iter().map(|cell| neutral(cell)));
            debug_assert!(written.is_ok());
        }
        writer.into_inner().unwrap_or_default()
    }
}

/// A cell that begins like a formula gets an apostrophe in front, as OWASP advises; spreadsheets hide it. So does one that
/// begins with a byte order mark, which readers drop from the beginning of a file, and with it what it hides.
fn neutral(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\u{feff}', '＝', '＋', '－', '＠']) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(cells: &[&str]) -> String {
        String::from_utf8(Csv::lines([cells.iter().map(ToString::to_string).collect::<Vec<_>>()])).unwrap()
    }

    #[test]
    fn cells_with_quotes_commas_and_line_ends_are_quoted() {
        assert_eq!(
            line(&["a", "say \"hi\"", "one,two", "up\ndown"]),
            "a,\"say \"\"hi\"\"\",\"one,two\",\"up\ndown\"\r\n"
        );
    }

    #[test]
    fn a_cell_that_begins_like_a_formula_is_only_text() {
        for cell in ["=HYPERLINK(\"http://evil.example\")", "+1", "-2", "@SUM(A1)", "\tcmd", "\n=1", "\u{feff}=1"] {
            let text = line(&[cell]);
            assert!(text.trim_start_matches('"').starts_with('\''), "{text}");
        }
    }

    #[test]
    fn what_is_written_reads_back_in_any_script() {
        let text = line(&["李伟", "Åsa; \"Öberg\"", ""]);
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
        let record = reader.records().next().unwrap().unwrap();
        assert_eq!(record.iter().collect::<Vec<_>>(), ["李伟", "Åsa; \"Öberg\"", ""]);
    }
}
