//! The audit trail as a chain: what a line's hash covers, and whether exported lines are whole. No database is asked.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{
    id::{MemberId, OrgId},
    text_enum::text_enum,
};

/// What comes before the first line.
pub const BEGINNING: [u8; 32] = [0; 32];

text_enum! {
    /// How a trail is written into a file.
    Form {
        /// A JSON object per line.
        Jsonl = "jsonl",
        Csv = "csv",
    }
}

/// A line as it stands in an exported file: a JSON object per line, or a row of a CSV file with these columns.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Line {
    pub org_id: OrgId,
    /// Counts up from 1 without gaps.
    pub number: i64,
    pub at: Timestamp,
    pub member_id: Option<MemberId>,
    pub action: String,
    pub object_kind: String,
    pub object_id: Option<Uuid>,
    pub detail: Value,
    pub outcome: String,
    pub address: String,
    /// In hex, as is the hash.
    pub previous_hash: String,
    pub hash: String,
}

/// The columns of [`Line`] in a CSV file.
pub const COLUMNS: [&str; 12] = [
    "org_id",
    "number",
    "at",
    "member_id",
    "action",
    "object_kind",
    "object_id",
    "detail",
    "outcome",
    "address",
    "previous_hash",
    "hash",
];

impl Line {
    /// The hash that this line must have: SHA-256 over the previous hash and the line's canonical form, which is its
    /// fields as compact JSON in this order, keys of `detail` sorted, times in RFC 3339.
    pub fn digest(&self, previous_hash: &[u8]) -> Vec<u8> {
        let canonical = serde_json::json!([
            self.org_id,
            self.number,
            self.at.to_string(),
            self.member_id,
            self.action,
            self.object_kind,
            self.object_id,
            self.detail,
            self.outcome,
            self.address,
        ]);
        Sha256::new().chain_update(previous_hash).chain_update(canonical.to_string()).finalize().to_vec()
    }

    /// The cells of a CSV row, in the order of [`COLUMNS`].
    pub fn cells(&self) -> Vec<String> {
        let id = |id: Option<String>| id.unwrap_or_default();
        vec![
            self.org_id.to_string(),
            self.number.to_string(),
            self.at.to_string(),
            id(self.member_id.map(|id| id.to_string())),
            self.action.clone(),
            self.object_kind.clone(),
            id(self.object_id.map(|id| id.to_string())),
            self.detail.to_string(),
            self.outcome.clone(),
            self.address.clone(),
            self.previous_hash.clone(),
            self.hash.clone(),
        ]
    }
}

/// What is wrong with a file, by its lines, counted from 1.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    #[error("line {line}: cannot be read: {reason}")]
    Unreadable { line: usize, reason: String },
    #[error("line {line}: event {number} was changed: its hash is not that of what it says")]
    Changed { line: usize, number: i64 },
    #[error("line {line}: event {number} does not continue the one before: it names another hash")]
    Broken { line: usize, number: i64 },
    #[error("line {line}: events {first} to {last} are missing")]
    Missing { line: usize, first: i64, last: i64 },
    #[error("line {line}: event {number} stands where event {expected} should")]
    OutOfOrder { line: usize, number: i64, expected: i64 },
    #[error("line {line}: event {number} belongs to another organisation")]
    OtherOrganisation { line: usize, number: i64 },
    #[error("line {line}: event {number} is not the one that the earlier file has")]
    Rewritten { line: usize, number: i64 },
}

/// What a file holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Checked {
    pub faults: Vec<Fault>,
    /// The first and the last event.
    pub first: Option<i64>,
    pub last: Option<i64>,
    pub events: usize,
    /// The last event's hash, in hex: whoever keeps it can tell later that nothing up to it was rewritten.
    pub head: String,
}

/// Follows the chain through a file. Every fault is named, and what comes after one is judged by itself.
pub fn check(text: &str) -> Checked {
    let mut checked = Checked::default();
    let mut before: Option<Line> = None;
    for (line, read) in read(text) {
        let event = match read {
            Ok(event) => event,
            Err(reason) => {
                checked.faults.push(Fault::Unreadable { line, reason });
                continue;
            }
        };
        checked.faults.extend(faults(line, &event, before.as_ref()));
        checked.first = checked.first.or(Some(event.number));
        checked.last = Some(event.number);
        checked.events += 1;
        checked.head.clone_from(&event.hash);
        before = Some(event);
    }
    checked
}

/// Events of the file that an earlier file has otherwise, or that it has and the file has not.
pub fn compare(text: &str, earlier: &str) -> Vec<Fault> {
    let known: std::collections::HashMap<i64, String> =
        read(earlier).filter_map(|(_, read)| read.ok()).map(|event| (event.number, event.hash)).collect();
    let mut faults = Vec::new();
    let mut seen = std::collections::HashSet::new();
    let mut end = 0;
    for (line, event) in read(text).filter_map(|(line, read)| read.ok().map(|event| (line, event))) {
        seen.insert(event.number);
        end = line;
        if known.get(&event.number).is_some_and(|hash| *hash != event.hash) {
            faults.push(Fault::Rewritten { line, number: event.number });
        }
    }
    if let Some(last) = known.keys().max()
        && !seen.is_empty()
        && !seen.contains(last)
    {
        faults.push(Fault::Missing { line: end + 1, first: *last, last: *last });
    }
    faults
}

fn faults(line: usize, event: &Line, before: Option<&Line>) -> Vec<Fault> {
    let number = event.number;
    let mut faults = Vec::new();
    let previous = decoded(&event.previous_hash).unwrap_or_default();
    if decoded(&event.hash).as_deref() != Some(&event.digest(&previous)[..]) {
        faults.push(Fault::Changed { line, number });
    }
    match before {
        None if number == 1 && previous != BEGINNING => faults.push(Fault::Broken { line, number }),
        None => {}
        Some(before) if before.org_id != event.org_id => faults.push(Fault::OtherOrganisation { line, number }),
        Some(before) if number > before.number.saturating_add(1) => {
            faults.push(Fault::Missing { line, first: before.number + 1, last: number - 1 });
        }
        Some(before) if number <= before.number => {
            faults.push(Fault::OutOfOrder { line, number, expected: before.number.saturating_add(1) });
        }
        Some(before) if before.hash != event.previous_hash => faults.push(Fault::Broken { line, number }),
        Some(_) => {}
    }
    faults
}

/// The lines of a file in either form, each with its place.
fn read(text: &str) -> Box<dyn Iterator<Item = (usize, Result<Line, String>)> + '_> {
    let text = text.trim_start_matches('\u{feff}');
    if text.starts_with(COLUMNS[0]) {
        let reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
        return Box::new(reader.into_records().map(|record| match record {
            Ok(record) => {
                let line = record.position().map_or(0, |position| position.line());
                (usize::try_from(line).unwrap_or_default(), from_cells(&record))
            }
            Err(error) => (0, Err(error.to_string())),
        }));
    }
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    Box::new(lines.map(|(at, line)| (at + 1, serde_json::from_str(line).map_err(|error| error.to_string()))))
}

fn from_cells(record: &csv::StringRecord) -> Result<Line, String> {
    if record.len() != COLUMNS.len() {
        return Err(format!("{} cells, not {}", record.len(), COLUMNS.len()));
    }
    let cell = |at: usize| record.get(at).unwrap_or_default();
    fn parsed<T: std::str::FromStr>(at: usize, text: &str) -> Result<T, String> {
        text.parse().map_err(|_| format!("{} cannot be {text:?}", COLUMNS[at]))
    }
    fn optional<T: std::str::FromStr>(at: usize, text: &str) -> Result<Option<T>, String> {
        if text.is_empty() { Ok(None) } else { parsed(at, text).map(Some) }
    }
    Ok(Line {
        org_id: parsed(0, cell(0))?,
        number: parsed(1, cell(1))?,
        at: parsed(2, cell(2))?,
        member_id: optional(3, cell(3))?,
        action: cell(4).to_owned(),
        object_kind: cell(5).to_owned(),
        object_id: optional(6, cell(6))?,
        detail: serde_json::from_str(cell(7)).map_err(|_| "detail is no JSON".to_owned())?,
        outcome: cell(8).to_owned(),
        address: cell(9).to_owned(),
        previous_hash: cell(10).to_owned(),
        hash: cell(11).to_owned(),
    })
}

/// Bytes to lower-case hex.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn decoded(hex: &str) -> Option<Vec<u8>> {
    if hex.len() != 64 || !hex.is_ascii() {
        return None;
    }
    (0..64).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).ok()).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn trail(events: usize) -> Vec<Line> {
        let org = OrgId::new();
        let mut lines: Vec<Line> = Vec::new();
        for number in 1..=events {
            let previous = lines.last().map_or_else(|| hex(&BEGINNING), |line| line.hash.clone());
            let mut line = Line {
                org_id: org,
                number: i64::try_from(number).unwrap(),
                at: "2026-11-23T08:00:00.123456Z".parse().unwrap(),
                member_id: number.is_multiple_of(2).then(MemberId::new),
                action: "scorecard.submitted".to_owned(),
                object_kind: "scorecard".to_owned(),
                object_id: number.is_multiple_of(3).then(Uuid::now_v7),
                detail: serde_json::json!({ "z": number, "a": ["x, \"y\"", null] }),
                outcome: "done".to_owned(),
                address: "::1".to_owned(),
                hash: String::new(),
                previous_hash: previous,
            };
            line.hash = hex(&line.digest(&decoded(&line.previous_hash).unwrap()));
            lines.push(line);
        }
        lines
    }

    fn json(lines: &[Line]) -> String {
        lines.iter().map(|line| format!("{}\n", serde_json::to_string(line).unwrap())).collect()
    }

    fn csv(lines: &[Line]) -> String {
        let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
        writer.write_record(COLUMNS).unwrap();
        lines.iter().for_each(|line| writer.write_record(line.cells()).unwrap());
        String::from_utf8(writer.into_inner().unwrap()).unwrap()
    }

    #[test]
    fn a_whole_trail_has_no_fault_in_either_form() {
        let lines = trail(5);

        for text in [json(&lines), csv(&lines), format!("\u{feff}{}", csv(&lines))] {
            let checked = check(&text);
            assert_eq!((checked.faults, checked.events, checked.first, checked.last), (vec![], 5, Some(1), Some(5)));
            assert_eq!(checked.head, lines[4].hash);
        }
        let later = check(&json(&lines[2..]));
        assert_eq!((later.faults, later.first), (vec![], Some(3)), "a part can be checked by itself");
    }

    #[test]
    fn every_kind_of_tampering_is_named_with_its_line() {
        let lines = trail(6);
        let with = |change: &dyn Fn(&mut Vec<Line>)| {
            let mut changed = lines.clone();
            change(&mut changed);
            check(&json(&changed)).faults
        };

        assert_eq!(with(&|l| l[2].outcome = "refused".into()), [Fault::Changed { line: 3, number: 3 }]);
        assert_eq!(with(&|l| drop(l.remove(2))), [Fault::Missing { line: 3, first: 3, last: 3 }]);
        assert_eq!(with(&|l| l.swap(1, 2)).len(), 3);
        assert_eq!(with(&|l| l.insert(3, l[2].clone())), [Fault::OutOfOrder { line: 4, number: 3, expected: 4 }]);
        // Rewritten with a hash that fits: the next line gives it away.
        let rewritten = with(&|l| {
            l[2].outcome = "refused".into();
            l[2].hash = hex(&l[2].digest(&decoded(&l[2].previous_hash).unwrap()));
        });
        assert_eq!(rewritten, [Fault::Broken { line: 4, number: 4 }]);
        let foreign = with(&|l| l[5] = trail(6)[5].clone());
        assert_eq!(foreign, [Fault::OtherOrganisation { line: 6, number: 6 }]);
        assert!(matches!(&check("{}\n").faults[..], [Fault::Unreadable { line: 1, .. }]));
    }

    #[test]
    fn a_trail_that_was_rewritten_to_its_end_is_told_from_an_earlier_file() {
        let (lines, other) = (trail(6), trail(6));

        assert_eq!(compare(&json(&lines), &csv(&lines[..4])), []);
        assert_eq!(compare(&json(&other), &json(&lines[..1])), [Fault::Rewritten { line: 1, number: 1 }]);
        assert_eq!(compare(&json(&lines[..3]), &json(&lines)), [Fault::Missing { line: 4, first: 6, last: 6 }]);
    }

    proptest! {
        #[test]
        fn no_file_makes_the_check_panic(text in "\\PC{0,400}", lines in proptest::collection::vec("[ -~]{0,60}", 0..8)) {
            check(&text);
            check(&lines.join("\n"));
            check(&format!("{}\n{}", COLUMNS.join(","), lines.join("\n")));
        }

        #[test]
        fn any_changed_byte_of_a_line_is_found(at in 0usize..1200, to in prop::char::range('0', '9')) {
            let text = json(&trail(3));
            let mut changed: Vec<char> = text.chars().collect();
            let at = at % changed.len();
            prop_assume!(changed[at] != to && changed[at] != '\n');
            changed[at] = to;
            let changed: String = changed.into_iter().collect();
            prop_assert!(!check(&changed).faults.is_empty(), "{changed}");
        }
    }
}
