use proptest::prelude::*;

use super::*;

fn rows(text: &str) -> Vec<Row> {
    read(&decode(text.as_bytes()).unwrap()).unwrap().rows
}

fn names(text: &str) -> Vec<(usize, String)> {
    rows(text).into_iter().map(|row| (row.line, row.details.unwrap().name)).collect()
}

fn problems(text: &str) -> Vec<(usize, RowProblem)> {
    rows(text).into_iter().filter_map(|row| row.details.err().map(|problem| (row.line, problem))).collect()
}

#[test]
fn comma_semicolon_and_tab_are_told_apart_and_headings_may_be_swedish() {
    for text in [
        "name,email,phone,note\nEva Lind,eva@x.example,070 1,Hears best on the left\n",
        "Namn;E-post;Telefon;Anteckning\nEva Lind;eva@x.example;070 1;Hears best on the left\n",
        "note\tPhone Number\tE-mail\tFull name\r\nHears best on the left\t070 1\teva@x.example\tEva Lind",
        "sep=;\r\nFörnamn;Efternamn;Mejladress;Mobil;Kommentar\r\nEva;Lind;eva@x.example;070 1;Hears best on the left",
    ] {
        let details = rows(text).remove(0).details.unwrap();
        assert_eq!(details.name, "Eva Lind", "{text}");
        assert_eq!(details.email.unwrap().as_str(), "eva@x.example");
        assert_eq!(details.phone.as_deref(), Some("070 1"));
        assert_eq!(details.note, "Hears best on the left");
    }
}

#[test]
fn a_byte_order_mark_is_no_part_of_the_first_heading_in_any_unicode_encoding() {
    let text = "name\n李伟\n";
    let utf8 = [b"\xef\xbb\xbf", text.as_bytes()].concat();
    let little: Vec<u8> = [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect();

    for bytes in [utf8, little, big, text.as_bytes().to_vec()] {
        assert_eq!(decode(&bytes).unwrap(), text);
    }
}

#[test]
fn what_is_no_unicode_text_is_refused_with_its_reason() {
    assert_eq!(decode(b"namn\n\xc5sa Lind\n"), Err(FileProblem::Encoding));
    assert_eq!(decode(b"\xff\xfen\0a"), Err(FileProblem::Encoding));
    assert_eq!(decode(b"\xff\xfe\x00\xd8"), Err(FileProblem::Encoding));
    assert_eq!(decode(b"PK\x03\x04 a workbook"), Err(FileProblem::NotText));
    assert_eq!(decode(b"n\0a\0m\0e\0"), Err(FileProblem::NotText));
    assert_eq!(decode(b"\xef\xbb\xbf \r\n"), Err(FileProblem::Empty));
    assert_eq!(decode(&vec![b'a'; MOST_BYTES + 1]), Err(FileProblem::TooLarge));
}

#[test]
fn lines_are_counted_as_an_editor_counts_them() {
    let text = "sep=,\n\nname,note\n\n\nEva,\"a\nb\n\"\n ,\nLi,\n";
    assert_eq!(names(text), [(6, "Eva".to_owned()), (10, "Li".to_owned())]);
}

#[test]
fn quotes_hold_separators_quotes_and_lines_and_one_that_stays_open_is_an_error() {
    let row = rows("name,note\n\"Lind, Eva\",\"says \"\"hi\"\"\nand more\"\n").remove(0).details.unwrap();
    assert_eq!((row.name.as_str(), row.note.as_str()), ("Lind, Eva", "says \"hi\"\nand more"));

    assert_eq!(read("name,note\nEva,ok\nLi,\"swallows\nBo,all\n"), Err(FileProblem::OpenQuote(3)));
    assert_eq!(names("name,note\nEva,5\" screen\nBo,\n").len(), 2);
}

#[test]
fn a_file_without_a_name_column_or_with_two_is_refused() {
    assert_eq!(read("Eva Lind,eva@x.example\n"), Err(FileProblem::NoNameColumn));
    assert_eq!(read("name,mail,e-mail\n"), Err(FileProblem::RepeatedColumn(Column::Email)));
    assert_eq!(read("name,city,shoe size\nEva,Oslo,38\n").unwrap().ignored, ["city", "shoe size"]);
}

#[test]
fn every_bad_row_is_explained() {
    let long = "x".repeat(121);
    let text = format!(
        "name,email,note\n,a@x.example,\nEva,eva at x,\n\"Eva\nLind\",,\nE\u{7}va,,\n{long},,\nEva,e@x.example,a,b\n\
         Bo,bo@x.example,\nBosse,BO@X.example,\nLi,,\nli,,\n"
    );
    assert_eq!(
        problems(&text),
        [
            (2, RowProblem::NameMissing),
            (3, RowProblem::Email),
            (4, RowProblem::SeveralLines(Column::Name)),
            (6, RowProblem::ControlCharacters(Column::Name)),
            (7, RowProblem::TooLong { column: Column::Name, most: 120 }),
            (8, RowProblem::TooManyCells { found: 4, expected: 3 }),
            (10, RowProblem::SameAddress(9)),
            (12, RowProblem::SameName(11)),
        ]
    );
}

#[test]
fn two_thousand_rows_are_read_and_one_more_is_too_many() {
    let file = |rows: usize| (0..rows).fold("name\n".to_owned(), |text, n| text + &format!("Candidate {n}\n"));
    assert_eq!(rows(&file(MOST_ROWS)).len(), MOST_ROWS);
    assert_eq!(read(&file(MOST_ROWS + 1)), Err(FileProblem::TooManyRows(MOST_ROWS + 1)));
}

proptest! {
    #[test]
    fn no_bytes_break_the_reader(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        if let Ok(text) = decode(&bytes) {
            let _ = read(&text);
        }
    }

    #[test]
    fn whatever_is_read_keeps_the_rules_of_a_candidate(
        body in "[a-zåäö李,;\t\"\n\r @.=\u{202e}\u{0}\u{7}-]{0,300}", separator in prop::sample::select(vec![",", ";", "\t"])
    ) {
        let text = format!("name{separator}email{separator}note\n{body}");
        if let Ok(file) = decode(text.as_bytes()).and_then(|text| read(&text)) {
            let mut last = 1;
            for row in file.rows {
                prop_assert!(row.line > last);
                last = row.line;
                if let Ok(details) = row.details {
                    prop_assert!((1..=NAME_MOST).contains(&details.name.chars().count()));
                    prop_assert!(!details.name.contains('\n') && !details.note.contains('\0'));
                }
            }
        }
    }

    #[test]
    fn what_a_spreadsheet_writes_is_read_back(
        people in proptest::collection::vec(("[A-Za-zåäöÅÄÖ李伟'\"=,; -]{0,30}[a-zö李]", "[a-z \n\",;\t=]{0,40}"), 1..20),
        separator in prop::sample::select(vec![b',', b';', b'\t'])
    ) {
        let mut writer = csv::WriterBuilder::new().delimiter(separator).from_writer(Vec::new());
        writer.write_record(["name", "email", "note"]).unwrap();
        for (number, (name, note)) in people.iter().enumerate() {
            writer.write_record([name.as_str(), &format!("p{number}@x.example"), note]).unwrap();
        }
        let file = read(&decode(&writer.into_inner().unwrap()).unwrap()).unwrap();

        let found: Vec<_> = file.rows.into_iter().map(|row| row.details.unwrap()).map(|row| (row.name, row.note)).collect();
        let meant: Vec<_> = people.iter().map(|(name, note)| (name.trim().to_owned(), note.trim().to_owned())).collect();
        prop_assert_eq!(found, meant);
    }
}
