//! `attune verify`: checks an exported audit trail by itself, with no database.

use std::{fs, path::PathBuf};

use anyhow::{Context, bail};
use clap::Args;

use crate::domain::trail::{check, compare};

#[derive(Args)]
pub struct Arguments {
    /// The exported trail: JSON Lines or CSV.
    file: PathBuf,
    /// A file that was exported earlier: what both have must be the same. Without one, a trail that somebody rewrote from
    /// one event to its end, hashes and all, looks whole.
    #[arg(long, value_name = "FILE")]
    earlier: Option<PathBuf>,
}

/// So many faults are named; the first of them says most.
const NAMED: usize = 20;

/// # Errors
/// When anything is missing or was changed; each fault is printed with its line.
pub fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let text = read(&arguments.file)?;
    let checked = check(&text);
    let mut faults = checked.faults;
    if let Some(earlier) = &arguments.earlier {
        let earlier_text = read(earlier)?;
        if let Some(fault) = check(&earlier_text).faults.first() {
            bail!("{} is not whole itself: {fault}", earlier.display());
        }
        faults.extend(compare(&text, &earlier_text));
    }
    for fault in faults.iter().take(NAMED) {
        println!("{fault}");
    }
    let (Some(first), Some(last)) = (checked.first, checked.last) else {
        bail!(
            "{} holds no event; export it from the page Audit trail or with `attune trail`",
            arguments.file.display()
        );
    };
    if !faults.is_empty() {
        let word = if faults.len() == 1 { "fault" } else { "faults" };
        bail!(
            "{} is not whole: {} {word}, the first {NAMED} at most are named",
            arguments.file.display(),
            faults.len()
        );
    }
    println!(
        "{} is whole: events {first} to {last}, {} of them, each chained to the one before.",
        arguments.file.display(),
        checked.events
    );
    if first > 1 {
        println!("It begins with event {first}; what came before it is not in the file.");
    }
    println!(
        "Its last hash is {}. Whoever keeps it, or the file, can tell later whether anything up to here was rewritten.",
        checked.head
    );
    Ok(())
}

fn read(file: &std::path::Path) -> anyhow::Result<String> {
    let bytes = fs::read(file).with_context(|| format!("{} cannot be read", file.display()))?;
    String::from_utf8(bytes).with_context(|| format!("{} is not UTF-8 text", file.display()))
}
