//! Structured logs: what happened and how long it took, never who, and no text that a person wrote.

use tracing_subscriber::EnvFilter;

use crate::config::{Config, LogFormat};

/// Libraries that would log what they work on, which is what people wrote: letters while their style is inlined.
const WORDY: [&str; 3] = ["html5ever=warn", "markup5ever=warn", "selectors=warn"];

pub fn start(config: &Config) -> anyhow::Result<()> {
    let mut filter = EnvFilter::try_new(&config.log).map_err(|error| anyhow::anyhow!("ATTUNE_LOG: {error}"))?;
    for wordy in WORDY {
        filter = filter.add_directive(wordy.parse()?);
    }
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    match config.log_format {
        LogFormat::Json => builder.json().init(),
        LogFormat::Text => builder.init(),
    }
    Ok(())
}
