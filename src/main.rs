//! The command: read the settings, do what was asked, say plainly what went wrong.

use std::process::ExitCode;

fn main() -> ExitCode {
    match attune::cli::run() {
        Ok(status) => status,
        Err(error) => {
            eprintln!("attune: {error:#}");
            ExitCode::FAILURE
        }
    }
}
