use super::*;
use crate::{
    domain::comparison::{
        Inputs, compare,
        examples::{SIX, five_compared, shortlist},
    },
    figures::{RasterError, interval_table, png},
};

fn drawn(inputs: &Inputs, theme: Theme) -> Svg {
    interval_figure(&compare(inputs).unwrap(), Locale::En, theme)
}

fn many(names: &[String]) -> Inputs {
    // One rater, so that nothing has to be fitted.
    let forms: [&[&str]; 4] = [&["555455"], &["444344"], &["433333"], &["212222"]];
    let rows: Vec<(&str, &[&str])> =
        names.iter().enumerate().map(|(i, n)| (n.as_str(), forms[i * 4 / names.len()])).collect();
    shortlist(&SIX, &rows)
}

/// Width and height of a PNG, and how many colours there are among every 41st pixel.
fn decoded(png: &[u8]) -> (u32, u32, usize) {
    let picture = resvg::tiny_skia::Pixmap::decode_png(png).unwrap();
    let colours: std::collections::HashSet<_> =
        picture.data().chunks_exact(4).step_by(41).map(|p| [p[0], p[1], p[2]]).collect();
    (picture.width(), picture.height(), colours.len())
}

#[test]
fn the_figure_says_the_finding_and_names_everybody_in_order() {
    let svg = interval_figure(&five_compared(), Locale::En, Theme::Page);

    let doc = resvg::usvg::roxmltree::Document::parse(&svg.text).unwrap();
    let text =
        |tag: &str| doc.descendants().find(|n| n.has_tag_name(("http://www.w3.org/2000/svg", tag))).unwrap().text();
    assert!(text("desc").unwrap().starts_with("Amara and Wei stand apart from the rest."));
    let names: Vec<_> =
        doc.descendants().filter(|n| n.attribute("class") == Some("fig-name")).filter_map(|n| n.text()).collect();
    assert_eq!(names, ["Amara Okafor", "Li Wei", "Ingrid Dahl", "Pavel Orlov", "Sam Reyes"]);
    assert_eq!(doc.descendants().filter(|n| n.attribute("class") == Some("fig-tick")).count(), 5);
    assert_eq!(doc.descendants().filter(|n| n.attribute("class") == Some("fig-dot")).count(), 5);
    assert!(svg.text.contains("<title>Amara Okafor: 4."), "{}", svg.text);
}

#[test]
fn the_page_gives_the_colours_and_a_letters_figure_brings_its_own() {
    let [page, light] = [Theme::Page, Theme::Light].map(|theme| interval_figure(&five_compared(), Locale::En, theme));

    assert!(!page.text.contains('#') && !page.text.contains("<style") && !page.text.contains("style="));
    assert!(light.text.contains("<style") && !light.text.contains("var("));
    assert!(matches!(png(&page, 1.0), Err(RasterError::NotSelfContained)));
}

#[test]
fn hostile_names_stay_text() {
    let name = "\"><script>alert(1)</script>&amp;\u{0}\u{202e}'";
    let svg = drawn(&shortlist(&SIX, &[(name, &["444444", "333333"]), ("B", &["222222"])]), Theme::Light);

    assert!(!svg.text.contains("<script"));
    let doc = resvg::usvg::roxmltree::Document::parse(&svg.text).unwrap();
    assert!(doc.descendants().filter_map(|n| n.text()).any(|t| t.starts_with("\"><script>alert(1)</script>&amp;':")));
    assert!(png(&svg, 1.0).is_ok());
}

#[test]
fn a_name_of_sixty_letters_is_cut_and_its_title_whole() {
    let name = "Maximiliane Wolfeschlegelsteinhausenbergerdorff von Hohenzollern";
    let svg = drawn(&shortlist(&SIX, &[(name, &["444444"]), ("B", &["222222"])]), Theme::Page);

    assert!(svg.text.contains("…</text>"));
    assert!(svg.text.contains(&format!("<title>{name}: 4.0</title>")));
}

#[test]
fn the_figure_grows_with_the_shortlist_and_a_very_long_one_stays_drawable() {
    let height =
        |n: usize| drawn(&many(&(0..n).map(|i| format!("Candidate {i:03}")).collect::<Vec<_>>()), Theme::Light);
    let (none, one, five, many) = (drawn(&shortlist(&SIX, &[]), Theme::Light), height(1), height(5), height(200));

    assert!(none.height <= one.height && one.height < five.height && five.height < many.height);
    let (width, height, colours) = decoded(&png(&many, 2.0).unwrap());
    assert!(f64::from(width) * f64::from(height) <= 8.1e6 && colours > 8);
    assert!(decoded(&png(&none, 1.0).unwrap()).2 > 1);
}

#[test]
fn the_picture_has_the_size_of_its_scale_and_is_not_blank_in_any_script() {
    let plain = interval_figure(&five_compared(), Locale::En, Theme::Light);
    let (width, height, colours) = decoded(&png(&plain, 2.0).unwrap());
    assert_eq!((f64::from(width), f64::from(height)), (plain.width * 2.0, plain.height * 2.0));
    assert!(colours > 20);

    let named = |name: &str| png(&drawn(&shortlist(&SIX, &[(name, &[])]), Theme::Light), 1.0).unwrap();
    for [one, other] in [["王小明", "李四光"], ["Ольга", "Павел"], ["Åsa", "Ösa"]] {
        assert_ne!(named(one), named(other), "{one} and {other} look alike: the font lacks them");
    }
}

#[test]
fn the_first_says_that_its_share_is_that_of_being_the_best() {
    let svg = interval_figure(&five_compared(), Locale::En, Theme::Page);

    assert_eq!(svg.text.matches(">best: ").count(), 1);
    assert!(svg.text.contains("fig-tie"), "the two who tie share a ground");
}

#[test]
fn lists_of_different_panels_say_who_saw_them() {
    let rows: [(&str, &[&str]); 3] =
        [("A", &["445454", "444444"]), ("B", &["333343", "343333"]), ("C", &["", "", "444444", "454444"])];

    let svg = drawn(&shortlist(&SIX, &rows), Theme::Page);

    assert!(svg.text.contains(">Seen by Kim Berg and Noor Haddad</text>"));
    assert!(svg.text.contains(">Seen by Tove Lind and Jonas Ek</text>"));
    let grid = svg.text.split("fig-grid\" d=\"").nth(1).unwrap().split('"').next().unwrap();
    assert_eq!(grid.matches('M').count(), 2 * 5, "the scale's lines stop where the words stand");
}

#[test]
fn the_table_has_the_numbers_of_the_figure() {
    let comparison = five_compared();

    let table = interval_table(&comparison, Some(4), Locale::En);

    let headings = [
        "Candidate",
        "Fair score",
        "95% interval",
        "Plain mean",
        "Adjustment",
        "Best",
        "Among the best 2",
        "Among the best 3",
        "Among the best 4",
        "Rank (90%)",
        "Ratings",
    ];
    assert_eq!(table.headings, headings);
    let first = &table.rows[0];
    assert!(first.score.ends_with(" from 3 interviewers"), "{}", first.score);
    assert_eq!((first.cells.len(), first.cells[1].as_str()), (headings.len() - 2, "4.2"));
    assert_eq!((first.ratings, first.band, first.begins), (18, Some(1), true));
    assert!(!table.rows[1].begins && table.rows[2].begins);
    assert!(caption(&comparison, Locale::Sv).contains("95\u{a0}%"));
    // Of five, everybody is among the best five.
    assert_eq!(interval_table(&comparison, Some(5), Locale::En).headings.len(), headings.len() - 1);
    let none = interval_table(&compare(&shortlist(&SIX, &[("A", &[])])).unwrap(), None, Locale::En);
    assert_eq!((none.rows[0].score.as_str(), none.headings.len()), ("no ratings yet", 3));
}

/// Writes pictures to look at: `FIGURES=folder cargo test --lib figures_to_look_at`.
#[test]
fn figures_to_look_at() {
    let Ok(folder) = std::env::var("FIGURES") else { return };
    let apart: [(&str, &[&str]); 4] = [
        ("Ann Lee", &["445454", "444444"]),
        ("Bo Ek", &["333343", "343333"]),
        ("Cy Dahl", &["", "", "444444", "454444"]),
        ("Zed", &[]),
    ];
    let long = "Maximiliane Wolfeschlegelsteinhausenbergerdorff von Hohenzollern";
    let hard = shortlist(
        &SIX,
        &[
            ("王小明", &["555555", "555555"]),
            (long, &["555553", "555553"]),
            ("Ольга Петрова", &["555533", "555533", "551111"]),
            ("Zed", &[]),
        ],
    );
    let pictures = [
        ("five", five_compared()),
        ("apart", compare(&shortlist(&SIX, &apart)).unwrap()),
        ("hard", compare(&hard).unwrap()),
        ("few", compare(&shortlist(&SIX, &[("Ann", &["555444"]), ("Bo", &["333333"])])).unwrap()),
        ("many", compare(&many(&(0..60).map(|i| format!("Candidate {i:02}")).collect::<Vec<_>>())).unwrap()),
    ];
    for (name, comparison) in pictures {
        let svg = interval_figure(&comparison, Locale::En, Theme::Light);
        std::fs::write(format!("{folder}/{name}.png"), png(&svg, 2.0).unwrap()).unwrap();
        let page = interval_figure(&comparison, Locale::En, Theme::Page);
        std::fs::write(format!("{folder}/{name}.svg"), page.text).unwrap();
    }
}
