//! `simhound evaluate`: how good a model is on labelled rows, or how good a learner would be.

use super::learning::{Labelled, Learning};
use super::model::{for_base_rate, rows_for, scorer_for};
use super::{Common, DONE, Failure};
use crate::model::{
    Curves, Dataset, Delay, KindRecall, Learner, Measured, Metrics, Model, Splitting, TrainOptions, cross_validate,
    evaluate, importance,
};
use crate::report::{Evaluation, write_evaluation};
use std::io::Write;
use std::path::{Path, PathBuf};

/// Measure a model on another table, or a learner by cross-validation
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    simhound evaluate models/default.json features.parquet --id imsi --label truth.csv\n  \
    simhound evaluate users.csv --id phone --label is_fraud --folds 5 --report out\n  \
    simhound evaluate users.csv --id phone --label is_fraud --compare\n\n\
    With a model alone, the model is measured as it is. Without one, or with --folds, a model is learnt for each fold \
    from the others (as the given model was learnt), and measured on the fold.")]
pub(super) struct Arguments {
    /// A model (.json), if one is to be measured, and a table of features (.csv, .jsonl or .parquet)
    #[arg(required = true, num_args = 1..=2, value_name = "[MODEL] TABLE")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    labelled: Labelled,
    /// Cross-validate in so many folds [default without a model: 5]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(2..=100))]
    folds: Option<u8>,
    #[command(flatten)]
    learning: Learning,
    /// Measure the model as at a tap of this profile, as in simhound score
    #[arg(long, value_name = "NAME", conflicts_with_all = ["folds", "compare"])]
    profile: Option<String>,
    /// Cross-validate every learner and print their figures side by side
    #[arg(long, conflicts_with = "report")]
    compare: bool,
    /// Write curves, recall by archetype, delay and importance into this folder, as HTML and CSV
    #[arg(long, value_name = "FOLDER")]
    report: Option<PathBuf>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// The figures on one line.
pub(super) fn figures(metrics: &Metrics) -> String {
    let rare = |recall: Option<f64>| recall.map_or_else(|| "-".to_owned(), |recall| format!("{recall:.3}"));
    format!(
        "{} rows, {} fraud; AUC {:.4}, average precision {:.4}, recall {:.3} at 1 %, {:.3} at 0.1 %, {} at 0.01 % and {} \
         at 0.001 % false positives, calibration error {:.4}; at the threshold: precision {:.3}, recall {:.3}",
        metrics.rows,
        metrics.fraud,
        metrics.auc,
        metrics.average_precision,
        metrics.recall_at_fpr_1e2,
        metrics.recall_at_fpr_1e3,
        rare(metrics.recall_at_fpr_1e4),
        rare(metrics.recall_at_fpr_1e5),
        metrics.calibration_error,
        metrics.precision,
        metrics.recall,
    )
}

/// The figures of several learners, as a table of Markdown.
fn compare(data: &Dataset, options: &TrainOptions, splitting: Splitting, out: &mut dyn Write) -> Result<(), Failure> {
    writeln!(out, "| learner | AUC | average precision | recall at 1 % | at 0.1 % | at 0.01 % | calibration error |")?;
    writeln!(out, "|---|---:|---:|---:|---:|---:|---:|")?;
    for learner in Learner::ALL {
        let measured = cross_validate(data, &TrainOptions { learner, ..options.clone() }, splitting)?;
        let metrics = evaluate(&measured.scores, &measured.fraud, options.threshold);
        writeln!(
            out,
            "| {} | {:.4} | {:.4} | {:.3} | {:.3} | {:.3} | {:.4} |",
            learner.name(),
            metrics.auc,
            metrics.average_precision,
            metrics.recall_at_fpr_1e2,
            metrics.recall_at_fpr_1e3,
            metrics.recall_at_fpr_1e4.unwrap_or(0.0),
            metrics.calibration_error,
        )?;
        out.flush()?;
    }
    Ok(())
}

/// A model as it is, on all rows.
fn measure(model: &Model, data: &Dataset, table: &Path, profile: Option<&str>) -> Result<Measured, Failure> {
    let mut rows = rows_for(model, data, table)?;
    if data.fraud.iter().all(|fraud| *fraud == data.fraud.contains(&true)) {
        return Err(format!("{}: all rows have one label; there is nothing to measure", table.display()).into());
    }
    let scorer = scorer_for(model, profile, &mut rows)?;
    Ok(Measured {
        rows: (0..rows.len()).collect(),
        scores: rows.iter().map(|row| scorer.probability(row)).collect(),
        fraud: data.fraud.clone(),
        ..Measured::default()
    })
}

pub(super) fn run(arguments: &Arguments, common: &Common) -> Result<u8, Failure> {
    common.use_threads()?;
    let (model, table) = match arguments.files.as_slice() {
        [model, table] => (Some(Model::load(model)?), table),
        [table] => (None, table),
        _ => return Err("one model and one table".into()),
    };
    let data = arguments.labelled.read(table)?;
    let options = arguments.learning.options(model.as_ref(), "");
    let splitting = arguments.labelled.splitting(usize::from(arguments.folds.unwrap_or(5)));
    let mut out = std::io::stdout().lock();
    if arguments.compare {
        compare(&data, &options, splitting, &mut out)?;
        return Ok(DONE);
    }
    let model = model.map(|model| for_base_rate(model, arguments.learning.base_rate())).transpose()?;
    let measured = match &model {
        Some(model) if arguments.folds.is_none() => measure(model, &data, table, arguments.profile.as_deref())?,
        _ => cross_validate(&data, &options, splitting)?,
    };
    let at = |row: &usize| data.archetypes.get(*row);
    let archetypes = measured.rows.iter().filter_map(at);
    let evaluation = Evaluation {
        title: table.display().to_string(),
        metrics: evaluate(&measured.scores, &measured.fraud, options.threshold),
        curves: Curves::of(&measured.scores, &measured.fraud),
        kinds: KindRecall::of(&measured.scores, archetypes, options.threshold),
        delays: delays(&data, &measured, options.threshold),
        importance: match (&model, &arguments.report) {
            (Some(model), Some(_)) => importance(model, &rows_for(model, &data, table)?, &data.fraud, options.seed),
            _ => Vec::new(),
        },
    };
    if let Some(folder) = &arguments.report {
        write_evaluation(&evaluation, folder)?;
    }
    if arguments.json {
        print_json(&evaluation, &measured, &mut out)?;
    } else {
        print_lines(&evaluation, &measured, &mut out)?;
    }
    Ok(DONE)
}

fn delays(data: &Dataset, measured: &Measured, threshold: f64) -> Vec<Delay> {
    let scored = measured.rows.iter().zip(&measured.scores).zip(&measured.fraud);
    let row = |((row, score), fraud): ((&usize, &f64), &bool)| {
        Some((data.ids.get(*row)?.as_str(), data.times.get(*row)?.as_str(), *score, *fraud))
    };
    Delay::of(scored.filter_map(row), threshold)
}

fn print_json(evaluation: &Evaluation, measured: &Measured, out: &mut dyn Write) -> Result<(), Failure> {
    let kinds: serde_json::Map<String, serde_json::Value> = evaluation
        .kinds
        .iter()
        .map(|kind| (kind.archetype.clone(), serde_json::json!({"rows": kind.rows, "suspected": kind.suspected})))
        .collect();
    let splits: Vec<serde_json::Value> =
        measured.splits.iter().map(|(name, metrics)| serde_json::json!({"split": name, "metrics": metrics})).collect();
    let all = serde_json::json!({"metrics": evaluation.metrics, "archetypes": kinds, "splits": splits});
    writeln!(out, "{all:#}")?;
    Ok(())
}

fn print_lines(evaluation: &Evaluation, measured: &Measured, out: &mut dyn Write) -> Result<(), Failure> {
    writeln!(out, "{}", figures(&evaluation.metrics))?;
    for (name, metrics) in &measured.splits {
        writeln!(
            out,
            "  {name:<24} AUC {:.4}, average precision {:.4}, recall {:.3} at 1 %, calibration error {:.4}",
            metrics.auc, metrics.average_precision, metrics.recall_at_fpr_1e2, metrics.calibration_error
        )?;
    }
    for (name, why) in &measured.left_out {
        writeln!(out, "  {name:<24} left out: {why}")?;
    }
    for kind in &evaluation.kinds {
        writeln!(out, "  {:<24} {:>7} of {:>7} suspected", kind.archetype, kind.suspected, kind.rows)?;
    }
    Ok(())
}
