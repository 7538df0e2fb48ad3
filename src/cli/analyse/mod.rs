//! `attune analyse`: the statistics of the comparison on a CSV file, without a server, a database or settings.

mod comparison;
mod design;
mod fairness;
mod figure;
mod options;
mod pool;
mod raters;
mod reliability;
mod report;
mod table;
mod text;
mod validity;
mod words;

use std::{
    io::{ErrorKind, Read, Write},
    path::PathBuf,
    process::ExitCode,
    time::Instant,
};

use clap::{Args, ValueEnum};
use serde::Serialize;

use crate::stats::{ratings::Scale, variances::Variances};
use options::{GivenWeights, What};
use table::{Fault, Table};

/// What to analyse, and how.
#[derive(Args)]
#[command(after_long_help = HELP)]
pub struct Arguments {
    /// The CSV file, UTF-8, with a heading; `-` reads standard input.
    #[arg(value_name = "FILE.csv")]
    file: PathBuf,
    /// The lowest and the highest step of the scale. Without it: the least and the greatest score seen, rounded outwards.
    #[arg(long, value_name = "LOW..HIGH", value_parser = options::scale, allow_hyphen_values = true)]
    scale: Option<Scale>,
    /// What each dimension counts in the score, as in `listening=2,growth=1`. Without it all count alike.
    #[arg(long, value_name = "DIMENSION=WEIGHT,…", value_parser = options::weights)]
    weights: Option<GivenWeights>,
    /// Where the random numbers begin: the same file and seed give the same figures.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// `all`, or some of `design`, `reliability`, `comparison`, `raters`, `mfrm`, separated by commas; or `fairness`, or
    /// `validity`, which read other columns. `all` leaves out `mfrm`.
    #[arg(long, value_name = "PARTS", default_value = "all", value_parser = options::what)]
    what: What,
    /// How to print it.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Take the six variances as known and compute the posterior in closed form, as in
    /// `candidate=0.25,candidate_dimension=0.09,rater=0.09,rater_dimension=0.04,candidate_rater=0.16,residual=0.36`.
    #[arg(long, value_name = "NAME=VARIANCE,…", value_parser = options::variances)]
    variances: Option<Variances>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// To be read.
    Text,
    /// Every figure in full, to be computed with.
    Json,
}

const HELP: &str = "\
THE FILE
  A row per rating, in any order, with these columns in any order; others are passed over:

      candidate,rater,dimension,score
      Ada,Kim,listening,4
      Ada,Kim,growth,IE

  Without the column dimension everything is one dimension. A score is a number on the
  scale; an empty cell or IE (insufficient evidence) is missing, never low. Records from
  attune export, with interviewer and rating, are read too.

  --what fairness reads stage,group,selected,total, and opening where several openings are
  pooled; or group,score. --what validity reads predictor,hired,outcome.

  Every line that cannot be read is named with its reason on standard error; then nothing
  is computed, and the exit status is 2.

WHAT COMES OUT
  design       who rated whom, whether it hangs together, and which ratings to add
  reliability  how far raters agree, and what more raters would buy
  comparison   fair scores with intervals, who is above whom, what the weights decide
  raters       severity and habits of each rater, from five forms on
  mfrm         the many-facet Rasch model, from thirty candidates on

  A value that the data cannot carry is a reason, not a number. docs/analyse.md explains
  every field, docs/statistics.md every formula.

EXAMPLES
  attune analyse ratings.csv
  attune analyse ratings.csv --scale 1..5 --weights listening=2,growth=1 --format json
  attune export --organisation \"Your company\" --job ID | attune analyse - --scale 1..5
  attune analyse --what fairness selections.csv";

/// Prints the analysis, or names everything that is wrong with the file.
pub fn run(arguments: &Arguments) -> ExitCode {
    match analyse(arguments) {
        Ok(text) => match std::io::stdout().lock().write_all(text.as_bytes()) {
            // Whoever reads, as `head` does, may have read enough.
            Err(error) if error.kind() != ErrorKind::BrokenPipe => {
                eprintln!("attune: the analysis cannot be written: {error}");
                ExitCode::FAILURE
            }
            _ => ExitCode::SUCCESS,
        },
        Err(faults) => {
            let name =
                if is_standard_input(arguments) { "standard input".into() } else { arguments.file.to_string_lossy() };
            for fault in &faults {
                eprintln!("attune: {name}: {fault}");
            }
            eprintln!("attune: nothing was computed; put right what is named above and run it again");
            ExitCode::from(2)
        }
    }
}

fn analyse(arguments: &Arguments) -> Result<String, Vec<Fault>> {
    let table = Table::read(&bytes(arguments)?)?;
    match &arguments.what {
        What::Ratings(parts) => {
            let pool = pool::read(&table, arguments.scale, arguments.weights.as_ref())?;
            let start = Instant::now();
            let mut report = report::report(&pool, parts, arguments.variances.as_ref(), arguments.seed);
            if let Some(diagnostics) = &mut report.diagnostics {
                diagnostics.seconds = start.elapsed().as_secs_f64();
            }
            printed(arguments, &report, text::ratings)
        }
        What::Fairness => match fairness::read(&table)? {
            fairness::File::Selections(selections) => {
                printed(arguments, &fairness::selections(&selections), text::selections)
            }
            fairness::File::Scores(scores) => printed(arguments, &fairness::scores(&scores), text::scores),
        },
        What::Validity => printed(arguments, &validity::report(&validity::read(&table)?), text::validity),
    }
}

fn printed<T: Serialize>(arguments: &Arguments, report: &T, text: fn(&T) -> String) -> Result<String, Vec<Fault>> {
    match arguments.format {
        Format::Text => Ok(text(report)),
        Format::Json => match serde_json::to_string_pretty(report) {
            Ok(json) => Ok(json + "\n"),
            Err(error) => Err(vec![Fault::general(format!("the analysis cannot be written as JSON: {error}"))]),
        },
    }
}

fn bytes(arguments: &Arguments) -> Result<Vec<u8>, Vec<Fault>> {
    let read = if is_standard_input(arguments) {
        let mut bytes = Vec::new();
        std::io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes)
    } else {
        std::fs::read(&arguments.file)
    };
    read.map_err(|error| vec![Fault::general(format!("cannot be read: {error}"))])
}

fn is_standard_input(arguments: &Arguments) -> bool {
    arguments.file.as_os_str() == "-"
}
