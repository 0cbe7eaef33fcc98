//! `simhound train`: fit and calibrate a model.

use super::learning::{Labelled, Learning};
use super::{Common, DONE, Failure};
use crate::model::{Model, train};
use std::io::Write;
use std::path::PathBuf;

/// Fit and calibrate a model on a table of features with labels
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    simhound train features.parquet --id imsi --label truth.csv --out model.json\n  \
    simhound train users.csv --id phone --label is_fraud --out model.json\n  \
    simhound train features.parquet --id imsi --label cases.csv --base-rate 0.0002 --out model.json\n\n\
    A second table with labels has the id column, a column fraud, label or verdict, and perhaps archetype, becomes and \
    moved_at: what the subscriber was, what it became, and when. A verdict is one of confirmed, fraud, blocked, \
    legitimate, cleared, normal, or open (which is left out).")]
pub(super) struct Arguments {
    /// Features: a .csv, .jsonl or .parquet file
    table: PathBuf,
    #[command(flatten)]
    labelled: Labelled,
    /// Where to write the model
    #[arg(long, short, value_name = "FILE")]
    out: PathBuf,
    #[command(flatten)]
    learning: Learning,
    /// The model of a first look, by which the company in the table was measured (simhound features --first)
    #[arg(long, value_name = "FILE")]
    first: Option<PathBuf>,
    /// What the data is, in words, for the model's card
    #[arg(long, default_value = "", value_name = "TEXT")]
    data: String,
}

pub(super) fn run(arguments: &Arguments, common: &Common) -> Result<u8, Failure> {
    common.use_threads()?;
    let data = arguments.labelled.read(&arguments.table)?;
    let options = arguments.learning.options(None, &arguments.data);
    let first = arguments.first.as_ref().map(|path| Model::load(path)).transpose()?;
    let model = train(&data, &options)?;
    let model = match first {
        Some(first) => model.after(first),
        None => model,
    };
    model.save(&arguments.out)?;
    if !common.quiet {
        let training = &model.training;
        let mut out = std::io::stdout().lock();
        let learner = options.learner.name();
        let (rows, fraud) = (training.rows, training.fraud_rows);
        writeln!(out, "{}: {learner}, {rows} rows, {fraud} of them fraud", arguments.out.display())?;
        writeln!(out, "held out: {}", super::evaluate::figures(&training.held_out))?;
    }
    Ok(DONE)
}
