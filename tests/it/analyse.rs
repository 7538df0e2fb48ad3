//! `attune analyse` as it is run: its fields, its figures, its complaints, and what its documentation shows.

use std::{
    fs,
    io::Write,
    process::{Command, Output, Stdio},
};

use attune::stats::{
    ratings::{Rating, Ratings, Scale},
    shown::{Listing, compare},
    weights::Weights,
};
use serde_json::Value;

const RATINGS: &str = "docs/analyse/ratings.csv";

const VARIANCES: &str =
    "candidate=0.25,candidate_dimension=0.09,rater=0.09,rater_dimension=0.04,candidate_rater=0.16,residual=0.36";

fn analyse(arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_attune"))
        .arg("analyse")
        .args(arguments)
        // A setting that is wrong is none of its business.
        .env("ATTUNE_SMTP_PORT", "no port")
        .env_remove("DATABASE_URL")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // It may have refused its options and gone before it reads.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

fn json(arguments: &[&str], input: &str) -> Value {
    let output = analyse(&[arguments, &["--format", "json"]].concat(), input);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn complaints(arguments: &[&str], input: &str) -> String {
    let output = analyse(arguments, input);
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty(), "nothing is computed");
    String::from_utf8(output.stderr).unwrap()
}

/// The same but for the last digit, which reading JSON may turn.
#[track_caller]
fn same(found: &Value, expected: f64) {
    let found = found.as_f64().unwrap();
    assert!((found - expected).abs() < 1e-12, "{found} is not {expected}");
}

/// Every estimate has its three numbers and its level, every reason its code, and nothing is null.
fn sound(value: &Value) {
    match value {
        Value::Null => panic!("a null"),
        Value::Object(fields) if fields.contains_key("reason") => {
            assert!(fields["reason"].is_string() && fields["code"].is_string(), "{value}");
        }
        Value::Object(fields) if fields.contains_key("lower") => {
            let [value, lower, upper, level] =
                ["value", "lower", "upper", "level"].map(|name| fields[name].as_f64().unwrap());
            assert!(lower <= upper && (0.0..1.0).contains(&level), "{value}");
        }
        Value::Object(fields) => fields.values().for_each(sound),
        Value::Array(items) => items.iter().for_each(sound),
        _ => {}
    }
}

#[test]
fn the_fields_of_the_contract_are_all_there() {
    let found = json(&[RATINGS, "--scale", "1..5", "--what", "all,mfrm"], "");

    sound(&found);
    for path in [
        "/input/candidates",
        "/input/raters",
        "/input/dimensions/0",
        "/input/ratings",
        "/input/missing",
        "/input/scale/1",
        "/design/crossed",
        "/design/components/0/candidates/0",
        "/design/components/0/raters/0",
        "/design/rank",
        "/design/rank_needed",
        "/design/harmonic_mean_raters",
        "/design/q",
        "/design/bridges",
        "/design/articulation",
        "/design/suggested_links",
        "/reliability/dimensions/listening/icc/icc1/value",
        "/reliability/dimensions/listening/icc/icc1k/lower",
        "/reliability/dimensions/listening/icc/icca1/upper",
        "/reliability/dimensions/listening/icc/iccak/level",
        "/reliability/dimensions/listening/icc/iccc1/value",
        "/reliability/dimensions/listening/icc/iccck/value",
        "/reliability/dimensions/growth/icc/icc1/code",
        "/reliability/dimensions/listening/krippendorff/nominal/value",
        "/reliability/dimensions/listening/krippendorff/ordinal/value",
        "/reliability/dimensions/listening/krippendorff/interval/value",
        "/reliability/dimensions/listening/krippendorff/ratio/value",
        "/reliability/dimensions/listening/kappa/Kim|Lou/linear",
        "/reliability/dimensions/listening/kappa/Kim|Lou/quadratic",
        "/reliability/dimensions/listening/kappa/Kim|Lou/exact",
        "/reliability/dimensions/listening/kappa/Kim|Lou/within_one",
        "/reliability/composite/icc/icc1",
        "/reliability/composite/krippendorff/ordinal/value",
        "/reliability/composite/alpha/value",
        "/reliability/composite/omega/value",
        "/reliability/composite/sem",
        "/reliability/components/reml/candidate",
        "/reliability/components/reml/candidate_dimension",
        "/reliability/components/reml/rater",
        "/reliability/components/reml/rater_dimension",
        "/reliability/components/reml/candidate_rater",
        "/reliability/components/reml/residual",
        "/reliability/components/panel/candidate_rater/value",
        "/reliability/g/qk/value",
        "/reliability/g/relative/1",
        "/reliability/g/absolute/6",
        "/comparison/candidates/0/candidate",
        "/comparison/candidates/0/fair_score/value",
        "/comparison/candidates/0/raw_mean",
        "/comparison/candidates/0/raters",
        "/comparison/candidates/0/p_best",
        "/comparison/candidates/0/p_top/2",
        "/comparison/candidates/0/expected_rank",
        "/comparison/candidates/0/rank/1",
        "/comparison/candidates/0/band",
        "/comparison/candidates/0/profile/listening/value",
        "/comparison/pairs/0/a",
        "/comparison/pairs/0/b",
        "/comparison/pairs/0/p",
        "/comparison/pairs/0/p_quarter",
        "/comparison/pairs/0/verdict",
        "/comparison/shortlist/0",
        "/comparison/weights/used/listening",
        "/comparison/weights/first_share/Ada",
        "/comparison/weights/leave_one_out/listening",
        "/comparison/weights/flip",
        "/comparison/ordinal_check/run",
        "/comparison/ordinal_check/changed",
        "/raters/0/rater",
        "/raters/0/forms",
        "/raters/0/severity/value",
        "/raters/0/flag",
        "/raters/0/spread",
        "/raters/0/halo_ratio",
        "/raters/0/infit",
        "/raters/0/outfit",
        "/mfrm/code",
        "/diagnostics/model",
        "/diagnostics/seed",
        "/diagnostics/chains",
        "/diagnostics/draws",
        "/diagnostics/rhat_max",
        "/diagnostics/ess_min",
        "/diagnostics/mcse_max",
        "/diagnostics/seconds",
    ] {
        assert!(found.pointer(path).is_some(), "{path}");
    }
    assert_eq!(found["mfrm"]["code"], "few_candidates");
}

#[test]
fn its_numbers_are_those_of_the_core_for_the_same_ratings_and_seed() {
    let text = fs::read_to_string(RATINGS).unwrap();
    let rows: Vec<Vec<&str>> = text.lines().skip(1).map(|line| line.split(',').collect()).collect();
    let place = |which: usize, name: &str| {
        let mut names: Vec<&str> = rows.iter().map(|row| row[which]).collect();
        names.sort_unstable();
        names.dedup();
        names.binary_search(&name).unwrap()
    };
    let given = rows.iter().filter(|row| row[3] != "IE").map(|row| Rating {
        candidate: place(0, row[0]),
        rater: place(1, row[1]),
        dimension: place(2, row[2]),
        value: row[3].parse().unwrap(),
    });
    let ratings = Ratings::new(6, 3, 3, Scale::five_steps(), given).unwrap();
    // In alphabetical order: growth, listening, sincerity.
    let weights = Weights::new(&[1.0, 2.0, 1.0]).unwrap();
    let expected = compare(&ratings, &weights, Listing::Separate, 7).unwrap();

    let options = ["--scale", "1..5", "--weights", "listening=2,growth=1,sincerity=1", "--seed", "7"];
    let found = json(&[&[RATINGS][..], &options].concat(), "");

    for (found, expected) in
        found["comparison"]["candidates"].as_array().unwrap().iter().zip(&expected.lists[0].candidates)
    {
        same(&found["fair_score"]["value"], expected.fair_score.value);
        same(&found["fair_score"]["upper"], expected.fair_score.upper);
        same(&found["p_best"], expected.p_best);
    }
    for (found, expected) in found["comparison"]["pairs"].as_array().unwrap().iter().zip(&expected.lists[0].pairs) {
        same(&found["p"], expected.p);
        assert_eq!(found["verdict"], expected.verdict.code());
    }
}

#[test]
fn the_same_file_in_any_order_and_from_standard_input_gives_the_same_figures() {
    let text = fs::read_to_string(RATINGS).unwrap();
    let (heading, rows) = text.split_once('\n').unwrap();
    let mut lines: Vec<&str> = rows.lines().collect();
    lines.reverse();
    let reversed = format!("{heading}\n{}\n", lines.join("\n"));

    let options = ["--variances", VARIANCES];
    let of = |file: &str, input: &str| json(&[&[file][..], &options].concat(), input);
    let mut found = [of(RATINGS, ""), of("-", &text), of("-", &reversed)];

    for report in &mut found {
        report["diagnostics"]["seconds"] = 0.into();
    }
    assert_eq!(found[0], found[1]);
    assert_eq!(found[0], found[2]);
}

#[test]
fn given_variances_make_the_textbook_score() {
    // Two raters of two candidates on one dimension: the difference of the means times the reliability.
    let file = "candidate,rater,score\nAda,Kim,5\nAda,Lou,4\nBo,Kim,3\nBo,Lou,2\n";
    let variances = "candidate=0.25,candidate_dimension=0,rater=0.09,rater_dimension=0,candidate_rater=0,residual=0.5";

    let found = json(&["-", "--scale", "1..5", "--variances", variances], file);

    sound(&found);
    let score = |i: usize| found["comparison"]["candidates"][i]["fair_score"]["value"].as_f64().unwrap();
    let reliability: f64 = 0.25 / (0.25 + 0.5 / 2.0);
    assert!((score(0) - score(1) - 2.0 * reliability).abs() < 1e-6);
    assert!((score(0) + score(1) - 7.0).abs() < 1e-6);
    let spread = (2.0 * 0.25 * (1.0 - reliability)).sqrt();
    // Φ(1 / 0.5) = 0.977250.
    assert!((spread - 0.5).abs() < 1e-12);
    assert!((found["comparison"]["pairs"][0]["p"].as_f64().unwrap() - 0.977_250).abs() < 1e-6);
    assert_eq!(found["diagnostics"]["closed_form"], true);
}

#[test]
fn what_the_data_cannot_carry_is_a_reason_with_a_code() {
    let alone = json(&["-"], "candidate,rater,score\nAda,Kim,5\nBo,Kim,3\nCem,Kim,IE\n");
    let apart = json(&["-"], "candidate,rater,score\nAda,Kim,5\nBo,Kim,3\nCem,Lou,2\nDina,Lou,4\n");

    sound(&alone);
    assert_eq!(alone["comparison"]["pairs"]["code"], "few_raters");
    assert_eq!(alone["comparison"]["candidates"][0]["raw_mean"], 5.0);
    assert_eq!(alone["comparison"]["candidates"][2]["raw_mean"]["code"], "no_data");
    assert_eq!(alone["reliability"]["composite"]["alpha"]["code"], "few_raters");
    sound(&apart);
    assert_eq!(apart["design"]["components"].as_array().unwrap().len(), 2);
    assert_eq!(apart["design"]["suggested_links"].as_array().unwrap().len(), 2);
    assert_eq!(apart["comparison"]["shortlist"]["code"], "disconnected");
    assert_eq!(apart["comparison"]["pairs"].as_array().unwrap().len(), 2, "only within each list");
    assert_eq!(apart["comparison"]["lists"].as_array().unwrap().len(), 2);
}

#[test]
fn every_bad_line_and_option_is_named_and_nothing_is_computed() {
    let faulty = complaints(&["docs/analyse/faulty.csv", "--scale", "1..5"], "");
    for line in [
        "line 3: the same candidate, rater and dimension as on line 2",
        "line 4: the score \"3,5\" needs a point for its decimals",
        "line 5: the rater is missing",
        "line 6: the score 7 is off the scale 1..5",
    ] {
        assert!(faulty.contains(line), "{faulty}");
    }
    assert!(complaints(&["docs/analyse/none.csv"], "").contains("cannot be read"));
    assert!(complaints(&["-"], "").contains("standard input: the file is empty"));
    assert!(complaints(&[RATINGS, "--weights", "listening=1"], "").contains("gives growth no weight"));
    assert!(complaints(&[RATINGS, "--scale", "5..1"], "").contains("lower one first"));
    assert!(complaints(&[RATINGS, "--what", "desing"], "").contains("desing"));
    assert!(complaints(&[RATINGS, "--variances", "rater=1"], "").contains("candidate is missing"));
    assert!(
        complaints(&["--what", "fairness", "-"], "stage,group,selected,total\nhire,a,5,4\n").contains("line 2: more")
    );
    assert!(complaints(&["--what", "validity", "-"], "predictor,hired,outcome\n3,maybe,\n").contains("line 2: hired"));
}

#[test]
fn the_four_fifths_examples_come_out_in_integers() {
    // Questions and Answers on the Uniform Guidelines (1979): 60, 45, 48 and 51 of a hundred.
    let file = "stage,group,selected,total\nhire,a,60,100\nhire,b,45,100\nhire,c,48,100\nhire,d,51,100\n";

    let found = json(&["--what", "fairness", "-"], file);

    sound(&found);
    let groups = found["groups"].as_array().unwrap();
    let below: Vec<&Value> = groups.iter().map(|group| &group["below_four_fifths"]).collect();
    assert_eq!(below[0]["code"], "reference");
    assert_eq!(below[1..], [&Value::Bool(true), &Value::Bool(false), &Value::Bool(false)]);
    for field in [
        "rate",
        "impact_ratio",
        "fisher",
        "fisher_midp",
        "z",
        "hypergeometric_sd",
        "risk_difference",
        "odds_ratio",
        "cohens_h",
        "shortfall",
        "one_person_changes_it",
        "p_below_four_fifths",
        "smallest_detectable_ratio",
    ] {
        assert!(groups[1].get(field).is_some_and(|value| value.get("code").is_none()), "{field}");
    }
}

#[test]
fn selections_scores_and_outcomes_have_their_figures() {
    let pooled = json(&["--what", "fairness", "docs/analyse/selections.csv"], "");
    let scores = json(&["--what", "fairness", "docs/analyse/scores.csv"], "");
    let validity = json(&["--what", "validity", "docs/analyse/outcomes.csv"], "");

    [&pooled, &scores, &validity].into_iter().for_each(sound);
    assert!(pooled["pooled"][0]["breslow_day"]["p"].is_number());
    assert!(pooled["pooled"][0]["impact_ratio"]["value"].is_number());
    assert!(scores["groups"][0]["scoring_rate"].is_number() && scores["groups"][0]["hedges_g"]["value"].is_number());
    for field in ["r", "corrected", "posterior"] {
        assert!(validity[field]["value"].is_number(), "{field}");
    }
    assert!(validity["spearman"].is_number() && validity["prior_share"].is_number() && validity["n"].is_number());
}

/// The documentation shows commands after `$ ` in blocks of type console, and below each what it prints.
#[test]
fn what_the_documentation_shows_is_what_is_printed() {
    let page = fs::read_to_string("docs/analyse.md").unwrap();
    let blocks: Vec<&str> = page.split("```console\n").skip(1).map(|rest| rest.split("```").next().unwrap()).collect();
    assert!(blocks.len() >= 6, "an example for each kind of analysis");
    for block in blocks {
        let (command, shown) = block.split_once('\n').unwrap();
        let arguments: Vec<&str> = command.strip_prefix("$ attune analyse ").unwrap().split(' ').collect();
        let output = analyse(&arguments, "");
        let printed = [output.stdout, output.stderr].concat();
        let printed = String::from_utf8(printed).unwrap();
        // A block may end early, at a line of three dots.
        match shown.split_once("...\n") {
            Some((beginning, _)) => assert!(printed.starts_with(beginning), "{command}\n{printed}"),
            None => assert_eq!(printed, shown, "{command}"),
        }
    }
}
