use proptest::prelude::*;

use super::*;

fn faults(text: &str) -> Vec<String> {
    let found = Table::read(text.as_bytes()).and_then(|table| read(&table));
    found.err().unwrap_or_default().iter().map(ToString::to_string).collect()
}

fn report(text: &str) -> Selections {
    match Table::read(text.as_bytes()).and_then(|table| read(&table)).unwrap() {
        File::Selections(rows) => selections(&rows),
        File::Scores(_) => panic!("these are selections"),
    }
}

#[test]
fn every_row_that_cannot_be_counted_is_named() {
    let found = faults("stage,group,selected,total\nhire,a,5,4\nhire,b,-1,4\nhire,,1,4\nhire,c,1,4\nhire,c,2,4\n");

    assert_eq!(
        found,
        [
            "line 2: more are selected than there are in all",
            "line 3: selected is \"-1\" and must be a whole number from 0 on",
            "line 4: the group is missing",
            "line 6: the same stage and group as on line 5"
        ]
    );
    assert_eq!(faults("stage,group,selected\n"), ["line 1: no column is called total"]);
    assert_eq!(faults("group,score\na,x\n"), ["line 2: the score \"x\" is no number"]);
}

#[test]
fn openings_are_pooled_within_a_stage_beside_the_group_that_does_best_within_openings() {
    // Alike within each opening, though the raw sums differ (Simpson's paradox).
    let found = report(
        "opening,stage,group,selected,total\nhard,hire,a,9,90\nhard,hire,b,1,10\neasy,hire,a,5,10\neasy,hire,b,45,90\n",
    );

    assert_eq!(found.pooled.len(), 1);
    assert_eq!((found.pooled[0].group.as_str(), found.pooled[0].reference.as_str()), ("b", "a"));
    let ratio = found.pooled[0].impact_ratio.value().unwrap().value;
    assert!((ratio - 1.0).abs() < 1e-12, "{ratio}");
}

proptest! {
    #[test]
    fn whatever_the_rows_nothing_panics(
        rows in prop::collection::vec(("[ab]", "[xyz]", 0_u64..9, 0_u64..9), 0..12), cut in 0_usize..200
    ) {
        let row = |(stage, group, a, b): &(String, String, u64, u64)| format!("{stage},{group},{a},{}\n", a.max(b));
        let text = rows.iter().map(row).fold("stage,group,selected,total\n".to_owned(), |text, row| text + &row);
        let cut = &text[..cut.min(text.len())];

        for text in [text.as_str(), cut] {
            if let Ok(File::Selections(rows)) = Table::read(text.as_bytes()).and_then(|table| read(&table)) {
                let json = serde_json::to_string(&selections(&rows)).unwrap();
                prop_assert!(!json.contains("null"), "{}", json);
            }
        }
    }
}
