//! `simhound train`: fit and calibrate a model.

use super::{Common, DONE, Failure};
use crate::model::{Dataset, LabelSource, TrainOptions, train};
use crate::time::{SECOND, parse_span};
use std::io::Write;
use std::path::PathBuf;

/// Fit and calibrate a model on a table of features with labels
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    simhound train features.parquet --id imsi --label truth.csv --out model.json\n  \
    simhound train users.csv --id phone --label is_fraud --out model.json\n\n\
    A second table with labels has the id column, a column fraud (or label), and perhaps archetype, becomes and \
    moved_at: what the subscriber was, what it became, and when.")]
pub(super) struct Arguments {
    /// Features: a .csv, .jsonl or .parquet file
    table: PathBuf,
    /// The column that identifies a subscriber
    #[arg(long, default_value = "imsi", value_name = "COLUMN")]
    id: String,
    /// The label: a column of the table (0, 1, true, false), or a file that is joined by the id
    #[arg(long, value_name = "COLUMN|FILE")]
    label: String,
    /// Where to write the model
    #[arg(long, short, value_name = "FILE")]
    out: PathBuf,
    /// Clusters of the mixture
    #[arg(long, default_value_t = 24, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    clusters: u16,
    /// The length of the windows that the rows are of; analyze holds its own against it
    #[arg(long, default_value = "1d", value_parser = parse_span)]
    window: i64,
    /// Seed of all chance
    #[arg(long, default_value_t = 1, value_name = "N")]
    seed: u64,
    /// What the data is, in words, for the model's card
    #[arg(long, default_value = "", value_name = "TEXT")]
    data: String,
}

pub(super) fn run(arguments: &Arguments, common: &Common) -> Result<u8, Failure> {
    let labels = LabelSource::parse(&arguments.label);
    let (data, left_out) = Dataset::labelled(&arguments.table, &arguments.id, &labels)?;
    if left_out > 0 {
        eprintln!("simhound: {left_out} rows have no label and are left out");
    }
    let options = TrainOptions {
        clusters: usize::from(arguments.clusters),
        window_seconds: (arguments.window / SECOND).unsigned_abs(),
        seed: arguments.seed,
        data: arguments.data.clone(),
        ..TrainOptions::default()
    };
    let model = train(&data, &options)?;
    model.save(&arguments.out)?;
    if !common.quiet {
        let held_out = &model.training.held_out;
        let mut out = std::io::stdout().lock();
        writeln!(
            out,
            "{}: {} rows, {} of them fraud",
            arguments.out.display(),
            model.training.rows,
            model.training.fraud_rows
        )?;
        writeln!(out, "held out: {}", super::evaluate::figures(held_out))?;
    }
    Ok(DONE)
}
