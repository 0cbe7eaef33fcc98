//! `simhound simulate`: labelled traffic from a scenario.

use super::{Common, DONE, Failure, Misused};
use crate::simulate::{Scenario, Summary, run as simulate, run_events, run_statistics};
use crate::table::Format;
use indicatif::{ProgressBar, ProgressStyle};
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

/// Write simulated, labelled captures from a scenario
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  \
    simhound simulate scenarios/demo.toml --out demo --seed 7\n  \
    simhound simulate scenarios/demo.toml --out demo --events demo/events.parquet\n\n\
    Writes captures, truth.csv (who is what), devices.csv (which card was in which device), frauds.csv (what each \
    fraud was asked for and refused) and events-truth.csv (what happened, and which probe could see it). With --events no packets are made: what probes could see goes into a table \
    of events, as simhound events would write it. The same scenario and seed give the same octets.")]
pub(super) struct Arguments {
    /// The scenario: a TOML file; see scenarios/
    scenario: PathBuf,
    /// The folder to write into
    #[arg(long, short, value_name = "FOLDER", required_unless_present_any = ["events", "statistics"])]
    out: Option<PathBuf>,
    /// Write events into this file instead of captures; its ending chooses the format
    #[arg(long, value_name = "FILE")]
    events: Option<PathBuf>,
    /// Write only what each subscriber did over the whole time, as CSV, one row each
    #[arg(long, value_name = "FILE", conflicts_with_all = ["out", "events"])]
    statistics: Option<PathBuf>,
    /// Seed of all chance; without it the scenario's
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
}

pub(super) fn run(arguments: &Arguments, common: &Common) -> Result<u8, Failure> {
    if let Some(path) = arguments.events.as_deref().filter(|path| Format::of_path(path).is_none()) {
        return Err(Misused(format!("{}: end it in .parquet, .jsonl or .csv", path.display())).into());
    }
    let scenario = Scenario::load(&arguments.scenario)?;
    if !common.quiet {
        for doubt in scenario.doubts() {
            eprintln!("simhound: {}: {doubt}", arguments.scenario.display());
        }
    }
    let shown = !common.quiet && std::io::stderr().is_terminal();
    let bar = if shown { ProgressBar::new(1000) } else { ProgressBar::hidden() };
    let style = ProgressStyle::with_template("{wide_bar} {percent} % of the simulated time, {eta} left");
    let bar = bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    let mut progress = |share: f64| bar.set_position((share * 1000.0) as u64);
    let out = arguments.out.as_deref();
    let seed = arguments.seed.unwrap_or(scenario.seed);
    if let Some(path) = &arguments.statistics {
        let rows = run_statistics(&scenario, seed, path, &mut progress)?;
        bar.finish_and_clear();
        if !common.quiet {
            writeln!(std::io::stdout(), "{}: {rows} subscribers", path.display())?;
        }
        return Ok(DONE);
    }
    let summary = match (&arguments.events, out) {
        (Some(events), _) => run_events(&scenario, seed, events, out, &mut progress),
        (None, Some(out)) => simulate(&scenario, seed, out, &mut progress),
        (None, None) => return Err("neither --out nor --events was given".into()),
    }?;
    bar.finish_and_clear();
    if !common.quiet {
        let Summary { subscribers, events, messages, packets, octets, frauds, files } = summary;
        let mut told = std::io::stdout();
        let place = out.or(arguments.events.as_deref()).unwrap_or(Path::new(""));
        write!(told, "{}: {subscribers} subscribers, {events} events, ", place.display())?;
        if arguments.events.is_none() {
            write!(told, "{messages} messages in {packets} packets, {octets} octets, ")?;
        }
        writeln!(told, "{} files", files.len())?;
        for fraud in frauds {
            let [sent, received] = fraud.messages;
            writeln!(
                told,
                "{} ({}): {} calls asked for, {} placed, {} refused, {sent} messages sent, {received} codes received",
                fraud.name, fraud.kind, fraud.asked, fraud.placed, fraud.refused,
            )?;
        }
    }
    Ok(DONE)
}
