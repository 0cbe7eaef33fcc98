//! `simhound evaluate`: how good a model is on labelled rows.

use super::model::rows_for;
use super::{DONE, Failure};
use crate::model::{Dataset, LabelSource, Metrics, Model, evaluate};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;

/// Measure a model on a table with labels that it was not trained on
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  \
    simhound evaluate models/default.json features.parquet --id imsi --label truth.csv")]
pub(super) struct Arguments {
    /// The model
    model: PathBuf,
    /// Features: a .csv, .jsonl or .parquet file
    table: PathBuf,
    /// The column that identifies a subscriber
    #[arg(long, default_value = "imsi", value_name = "COLUMN")]
    id: String,
    /// The label: a column of the table, or a file that is joined by the id
    #[arg(long, value_name = "COLUMN|FILE")]
    label: String,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// The figures on one line.
pub(super) fn figures(metrics: &Metrics) -> String {
    format!(
        "{} rows, {} fraud; AUC {:.4}, average precision {:.4}, recall {:.3} at 1 % and {:.3} at 0.1 % false positives, \
         calibration error {:.4}; at the threshold: precision {:.3}, recall {:.3}",
        metrics.rows,
        metrics.fraud,
        metrics.auc,
        metrics.average_precision,
        metrics.recall_at_fpr_1e2,
        metrics.recall_at_fpr_1e3,
        metrics.calibration_error,
        metrics.precision,
        metrics.recall,
    )
}

pub(super) fn run(arguments: &Arguments) -> Result<u8, Failure> {
    let model = Model::load(&arguments.model)?;
    let (data, left_out) = Dataset::labelled(&arguments.table, &arguments.id, &LabelSource::parse(&arguments.label))?;
    if left_out > 0 {
        eprintln!("simhound: {left_out} rows have no label and are left out");
    }
    let rows = rows_for(&model, &data, &arguments.table)?;
    if data.fraud.iter().all(|fraud| *fraud == data.fraud.contains(&true)) {
        return Err(
            format!("{}: all rows have one label; there is nothing to measure", arguments.table.display()).into()
        );
    }
    let scorer = model.scorer();
    let scores: Vec<f64> = rows.iter().map(|row| scorer.score(row).probability).collect();
    let metrics = evaluate(&scores, &data.fraud, model.threshold);
    // Share at or above the threshold, by what the rows really are.
    let mut by_archetype: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (score, archetype) in scores.iter().zip(&data.archetypes) {
        let (all, above) = by_archetype.entry(archetype).or_default();
        *all += 1;
        *above += usize::from(*score >= model.threshold);
    }
    let mut out = std::io::stdout().lock();
    if arguments.json {
        let archetypes: serde_json::Map<String, serde_json::Value> = by_archetype
            .into_iter()
            .map(|(name, (all, above))| (name.to_owned(), serde_json::json!({"rows": all, "suspected": above})))
            .collect();
        writeln!(out, "{:#}", serde_json::json!({"metrics": metrics, "archetypes": archetypes}))?;
        return Ok(DONE);
    }
    writeln!(out, "{}", figures(&metrics))?;
    for (name, (all, above)) in by_archetype {
        writeln!(out, "  {name:<24} {above:>7} of {all:>7} suspected")?;
    }
    Ok(DONE)
}
