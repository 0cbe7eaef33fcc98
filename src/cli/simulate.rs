//! `simhound simulate`: labelled traffic from a scenario.

use super::{Common, DONE, Failure};
use crate::simulate::{Scenario, run as simulate};
use indicatif::{ProgressBar, ProgressStyle};
use std::io::{IsTerminal, Write};
use std::path::PathBuf;

/// Write simulated, labelled captures from a scenario
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  \
    simhound simulate scenarios/demo.toml --out demo --seed 7\n\n\
    Writes captures, truth.csv (who is what) and devices.csv. The same scenario and seed give the same octets.")]
pub(super) struct Arguments {
    /// The scenario: a TOML file; see scenarios/
    scenario: PathBuf,
    /// The folder to write into
    #[arg(long, short, value_name = "FOLDER")]
    out: PathBuf,
    /// Seed of all chance
    #[arg(long, default_value_t = 1, value_name = "N")]
    seed: u64,
}

pub(super) fn run(arguments: &Arguments, common: &Common) -> Result<u8, Failure> {
    let scenario = Scenario::load(&arguments.scenario)?;
    let shown = !common.quiet && std::io::stderr().is_terminal();
    let bar = if shown { ProgressBar::new(1000) } else { ProgressBar::hidden() };
    let style = ProgressStyle::with_template("{wide_bar} {percent} % of the simulated time, {eta} left");
    let bar = bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    let summary = simulate(&scenario, arguments.seed, &arguments.out, &mut |share| {
        bar.set_position((share * 1000.0) as u64);
    })?;
    bar.finish_and_clear();
    if !common.quiet {
        writeln!(
            std::io::stdout(),
            "{}: {} subscribers, {} messages in {} packets, {} octets, {} files",
            arguments.out.display(),
            summary.subscribers,
            summary.messages,
            summary.packets,
            summary.octets,
            summary.files.len(),
        )?;
    }
    Ok(DONE)
}
