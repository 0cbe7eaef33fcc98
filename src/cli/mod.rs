//! The command line: one file per command; arguments in, exit code out.

mod analyze;
mod aside;
mod carve;
mod drift;
mod evaluate;
mod events;
mod features;
mod feed;
mod identities;
mod inputs;
mod learning;
mod messages;
mod model;
mod output;
mod score;
mod simulate;
mod tap;
mod train;

use crate::capture::CaptureError;
use clap::{CommandFactory, Parser, Subcommand};
use std::io::Write;
use std::process::ExitCode;

/// Done.
const DONE: u8 = 0;
/// Could not be done, or only in part.
const FAILED: u8 = 1;
/// Done, farms were found, and the caller asked to be told.
const FARM_FOUND: u8 = 3;

/// What was asked makes no sense; the parser of arguments ends with the same.
const USAGE: u8 = 2;

/// Why a command could not be done.
type Failure = Box<dyn std::error::Error>;

/// What is wrong with what was asked.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct Misused(String);

/// Finds SIM farms in telecom signaling.
///
/// Decodes SS7 (SIGTRAN), Diameter and SIP captures, measures every subscriber, flags the devices of SIM farms, and
/// says which of their cards were taken from children's watches.
#[derive(Debug, Parser)]
#[command(
    name = "simhound",
    version,
    max_term_width = 100,
    arg_required_else_help = true,
    after_help = "Examples:\n  \
        simhound analyze pcaps/demo --out out\n  \
        simhound messages capture.pcapng --imsi 001010000000001\n\n\
        RUST_LOG=info (or debug) says more of what is done."
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    common: Common,
}

/// What every command understands.
#[derive(Debug, Clone, clap::Args)]
struct Common {
    /// Say nothing but the result and errors
    #[arg(long, short, global = true)]
    quiet: bool,
    /// Threads to use; 0 is one for each core. The result is the same
    #[arg(long, global = true, default_value_t = 0, value_name = "N", value_parser = threads)]
    threads: usize,
}

#[derive(Debug, Subcommand)]
enum Command {
    Analyze(analyze::Arguments),
    Messages(Box<messages::Arguments>),
    Events(events::Arguments),
    Carve(Box<carve::Arguments>),
    Features(features::Arguments),
    Train(Box<train::Arguments>),
    Evaluate(Box<evaluate::Arguments>),
    Score(score::Arguments),
    Drift(drift::Arguments),
    Simulate(simulate::Arguments),
    Model(model::Arguments),
    Completions(Completions),
}

/// Print a completion script for a shell
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  simhound completions bash > /etc/bash_completion.d/simhound")]
struct Completions {
    /// The shell
    shell: clap_complete::Shell,
}

/// A number of threads that a machine may have.
fn threads(text: &str) -> Result<usize, String> {
    const MOST: usize = 512;
    match text.parse() {
        Ok(count) if count <= MOST => Ok(count),
        _ => Err(format!("a number of threads is 0 to {MOST}")),
    }
}

impl Common {
    /// Sets the number of threads for what has no threads of its own.
    fn use_threads(&self) -> Result<(), Failure> {
        rayon::ThreadPoolBuilder::new().num_threads(self.threads).build_global().map_err(Failure::from)
    }
}

/// Runs the command line of the process.
pub fn main() -> ExitCode {
    env_logger::Builder::from_env(env_logger::Env::default().default_filter_or("warn")).init();
    let Arguments { command, common } = Arguments::parse();
    let result = match command {
        Command::Analyze(arguments) => analyze::run(&arguments, &common),
        Command::Messages(arguments) => messages::run(&arguments, &common),
        Command::Events(arguments) => events::run(&arguments, &common),
        Command::Carve(arguments) => carve::run(&arguments, &common),
        Command::Features(arguments) => features::run(&arguments, &common),
        Command::Train(arguments) => train::run(&arguments, &common),
        Command::Evaluate(arguments) => evaluate::run(&arguments, &common),
        Command::Score(arguments) => score::run(&arguments),
        Command::Drift(arguments) => drift::run(&arguments),
        Command::Simulate(arguments) => simulate::run(&arguments, &common),
        Command::Model(arguments) => model::run(&arguments),
        Command::Completions(Completions { shell }) => {
            // Into memory first: the generator panics when it cannot write.
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Arguments::command(), "simhound", &mut script);
            std::io::stdout().write_all(&script).map(|()| DONE).map_err(Failure::from)
        }
    };
    match result {
        Ok(code) => ExitCode::from(code),
        Err(failure) if is_closed_pipe(&*failure) => ExitCode::from(DONE),
        Err(failure) => {
            // Nobody may be there to read it.
            let _ = writeln!(std::io::stderr(), "simhound: {failure}");
            ExitCode::from(if is_misuse(&*failure) { USAGE } else { FAILED })
        }
    }
}

/// True when another command line is needed, whatever the inputs are.
fn is_misuse(failure: &(dyn std::error::Error + 'static)) -> bool {
    failure.is::<Misused>() || matches!(failure.downcast_ref(), Some(CaptureError::Filter { .. }))
}

/// True when whoever read our output has enough of it (`simhound messages x.pcap | head`).
fn is_closed_pipe(failure: &(dyn std::error::Error + 'static)) -> bool {
    let mut next = Some(failure);
    while let Some(failure) = next {
        let error = failure.downcast_ref::<std::io::Error>();
        if error.is_some_and(|error| error.kind() == std::io::ErrorKind::BrokenPipe) {
            return true;
        }
        // The writers of tables wrap errors of the system, and an io::Error does not name what it wraps as its source.
        let wrapped = error.and_then(std::io::Error::get_ref);
        next = wrapped.map_or_else(|| failure.source(), |wrapped| Some(wrapped as _));
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_holds_together() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn every_command_shows_an_example() {
        for command in Arguments::command().get_subcommands() {
            let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
            let nested = command.get_subcommands().next().is_some();
            assert!(nested || help.contains("simhound "), "{} has no example", command.get_name());
        }
    }
}
