use super::*;
use crate::figures::png;

fn slope(name: &str, before: Option<f64>, after: Option<f64>, apart: bool) -> Slope {
    Slope { name: name.into(), before, after, apart }
}

fn panel() -> Slopes {
    Slopes {
        id: "listening".into(),
        title: "Listening".into(),
        description: "One of four interviewers moved.".into(),
        lines: vec![
            slope("Fatima El-Amrani", Some(2.0), Some(3.0), false),
            slope("Jonas Bergström", Some(5.0), Some(5.0), true),
            slope("Priya Raman", Some(3.0), Some(3.0), false),
            slope("Tove Lind", None, None, false),
        ],
        mean: Some((10.0 / 3.0, 11.0 / 3.0)),
    }
}

#[test]
fn the_figure_names_every_line_and_says_the_finding() {
    let svg = slope_figure(&panel(), Locale::En, Theme::Page);

    let doc = resvg::usvg::roxmltree::Document::parse(&svg.text).unwrap();
    let classes =
        |wanted: &str| doc.descendants().filter(|n| n.attribute("class").is_some_and(|class| class == wanted)).count();
    assert_eq!((classes("fig-slope moved"), classes("fig-slope apart"), classes("fig-slope stayed")), (1, 1, 2));
    assert_eq!(classes("fig-mean"), 1);
    let labels: Vec<&str> = doc
        .descendants()
        .filter(|n| n.attribute("class").is_some_and(|class| class.starts_with("fig-name")))
        .filter_map(|n| n.text())
        .collect();
    assert_eq!(labels, ["5 Jonas Bergström", "3.7 Mean", "3 Fatima El-Amrani", "3 Priya Raman", "– Tove Lind"]);
    assert!(svg.text.contains("<title>Fatima El-Amrani: from 2 to 3</title>"), "{}", svg.text);
    assert!(svg.text.contains("One of four interviewers moved."));
    assert!(!svg.text.contains('#') && !svg.text.contains("<style") && !svg.text.contains("style="));
}

#[test]
fn names_never_stand_on_each_other_however_many_there_are() {
    for many in [2, 9, 20] {
        let places = apart(&vec![84.0; many], HEAD, HEAD + 104.0);
        assert!(places.windows(2).all(|pair| pair[1] - pair[0] >= LINE - 0.1), "{places:?}");
        assert!(places[0] >= HEAD - 0.1, "{places:?}");
    }
    assert_eq!(apart(&[32.0, 84.0], 32.0, 136.0), [32.0, 84.0]);
}

#[test]
fn the_table_has_the_numbers_of_the_figure() {
    let table = slope_table(&panel(), "Interviewer".into(), Locale::En);

    assert_eq!(table.headings, ["Interviewer", "Before", "After"]);
    assert_eq!(table.rows[0], ["Fatima El-Amrani", "2", "3"]);
    assert_eq!(table.rows[3], ["Tove Lind", "–", "–"]);
    assert_eq!(table.sums, [["Mean", "3.3", "3.7"].map(String::from), ["Spread", "3", "2"].map(String::from)]);
}

#[test]
fn hostile_names_stay_text_and_the_picture_can_be_made() {
    let mut slopes = panel();
    slopes.lines[0].name = "\"><script>alert(1)</script>\u{0}\u{202e}".into();

    let svg = slope_figure(&slopes, Locale::Sv, Theme::Light);

    assert!(!svg.text.contains("<script"));
    assert!(resvg::usvg::roxmltree::Document::parse(&svg.text).is_ok());
    let picture = png(&svg, 2.0).unwrap();
    assert!(picture.starts_with(b"\x89PNG"));
    // To look at it: FIGURES=folder cargo test --lib figures::slope
    if let Ok(folder) = std::env::var("FIGURES") {
        std::fs::write(
            format!("{folder}/slope.png"),
            png(&slope_figure(&panel(), Locale::En, Theme::Light), 2.0).unwrap(),
        )
        .unwrap();
    }
}
