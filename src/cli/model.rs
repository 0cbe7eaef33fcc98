//! `simhound model show`: what a model is.

use super::{DONE, Failure};
use crate::model::{Dataset, Model, Scorer};
use std::io::Write;
use std::path::{Path, PathBuf};

/// Look at a model
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    Show(Show),
}

/// Print what a model is: its data, its figures, its archetypes, its weightiest features
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  simhound model show models/default.json")]
struct Show {
    /// The model [default: the one built in]
    model: Option<PathBuf>,
}

const BUILT_IN: &str = include_str!("../../models/default.json");

/// The model that is built in.
pub(super) fn built_in() -> Result<Model, crate::model::ModelError> {
    Model::parse_built_in(BUILT_IN, "models/default.json (built in)")
}

/// The model at a path, or the one built in.
pub(super) fn load(path: Option<&PathBuf>) -> Result<Model, crate::model::ModelError> {
    path.map_or_else(built_in, |path| Model::load(path))
}

/// A model for a population with another share of fraud, where one was named.
pub(super) fn for_base_rate(model: Model, rate: Option<f64>) -> Result<Model, Failure> {
    match rate {
        Some(_) if model.training.rows == 0 => {
            Err("the model does not say what share of fraud it was trained on; --base-rate cannot correct its scores"
                .into())
        }
        Some(rate) => Ok(model.at_base_rate(rate)),
        None => Ok(model),
    }
}

/// The rows of a table in the order of a model's features. Features that it lacks are told; a table that has less than
/// half of them is another kind of table.
pub(super) fn rows_for(model: &Model, data: &Dataset, table: &Path) -> Result<Vec<Vec<f64>>, Failure> {
    let (rows, missing) = data.arranged(model.features.iter().map(|feature| feature.name.as_str()));
    let (all, known) = (model.features.len(), model.features.len() - missing.len());
    if known * 2 < all {
        let what = format!("{} has {known} of the {all} features of the model: another kind of table", table.display());
        return Err(what.into());
    }
    if !missing.is_empty() {
        eprintln!("simhound: the table lacks {}; they count as absent", missing.join(", "));
    }
    Ok(rows)
}

/// A scorer that sees what the rows show: of a named profile of a tap, whose other features then count as absent; else by
/// the features that have a value in some row.
pub(super) fn scorer_for<'m>(
    model: &'m Model,
    profile: Option<&str>,
    rows: &mut [Vec<f64>],
) -> Result<Scorer<'m>, Failure> {
    let mut scorer = model.scorer();
    match profile {
        Some(name) => {
            let seen = scorer.see_as(name)?;
            for row in rows {
                row.iter_mut().zip(&seen).filter(|(_, seen)| !**seen).for_each(|(value, _)| *value = f64::NAN);
            }
        }
        None => {
            let told = |place: usize| rows.iter().any(|row| row.get(place).is_some_and(|value| !value.is_nan()));
            let told: Vec<bool> = (0..model.features.len()).map(told).collect();
            scorer.see(&told);
        }
    }
    if let Some(tap) = scorer.tap() {
        eprintln!("simhound: scores are calibrated for what a tap of the profile {tap} shows");
    }
    Ok(scorer)
}

pub(super) fn run(arguments: &Arguments) -> Result<u8, Failure> {
    let Command::Show(Show { model }) = &arguments.command;
    let model = load(model.as_ref())?;
    let training = &model.training;
    let mut out = std::io::stdout().lock();
    writeln!(out, "model version {}, made by {}, checksum {}", model.version, model.made_by, model.checksum)?;
    writeln!(out, "data: {}", training.data)?;
    writeln!(out, "{} rows, {} of them fraud, seed {}", training.rows, training.fraud_rows, training.seed)?;
    writeln!(out, "held out: {}", super::evaluate::figures(&training.held_out))?;
    for tap in &model.taps {
        let (seen, all, figures) = (tap.seen.len(), model.features.len(), &tap.held_out);
        writeln!(
            out,
            "tap profile {:<12} {seen} of {all} features; AUC {:.4}, average precision {:.4}, calibration error {:.4}",
            tap.name, figures.auc, figures.average_precision, figures.calibration_error
        )?;
    }
    writeln!(out, "suspected from a score of {}", model.threshold)?;
    writeln!(out, "\narchetypes (share of rows, share of fraud):")?;
    for cluster in &model.mixture.clusters {
        writeln!(out, "  {:<24} {:.3}  {:.3}", cluster.archetype, cluster.weight, cluster.fraud_share)?;
    }
    if let Some(recipe) = &training.recipe {
        writeln!(out, "learner: {}", recipe.learner.name())?;
    }
    for part in model.ensemble.iter().flat_map(|ensemble| &ensemble.parts) {
        writeln!(out, "  {} trees of {} count {:.3}", part.trees.trees.len(), part.name, part.weight)?;
    }
    let mut weights: Vec<(&str, f64)> = model
        .features
        .iter()
        .map(|feature| feature.name.as_str())
        .zip(model.logistic.coefficients.iter().copied())
        .collect();
    weights.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
    writeln!(out, "\nweightiest features (per deviation, on the log-odds):")?;
    for (name, weight) in weights.into_iter().take(12) {
        writeln!(out, "  {name:<26} {weight:+.3}")?;
    }
    Ok(DONE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_model_is_whole() {
        assert_eq!(Model::parse(BUILT_IN, "models/default.json").unwrap(), built_in().unwrap());
    }
}
