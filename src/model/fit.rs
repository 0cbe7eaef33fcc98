//! Fitting one model to rows: scales, mixture, logistic layer, trees. What each voice counts is learnt elsewhere.

use super::derived::Derived;
use super::grow::{self, Columns};
use super::logistic::Logistic;
use super::saved::{Ensemble, Part, Recipe};
use super::{Dataset, FeatureScale, Learner, Model, TrainError, isolate, kinds, logistic, mixture, random, rules};
use ndarray::{Array2, Axis, concatenate};

/// The features that the mixture looks at: those that tell archetypes apart, few enough for full covariances.
const MIXTURE_FEATURES: [&str; 25] = [
    "imsis_per_imei",
    "imei_neighbours",
    "cells",
    "cell_main_share",
    "cell_changes_per_hour",
    "calls_out_per_hour",
    "calls_in_per_hour",
    "inbound_share",
    "callee_ratio",
    "callees",
    "contacts",
    "contact_main_share",
    "incoming_answered_share",
    "callee_regions_share",
    "answered_share",
    "duration_typical",
    "gap_typical",
    "gap_burstiness",
    "calls_max_10min",
    "call_hours",
    "sms_out_per_hour",
    "sms_in_per_hour",
    "registers_per_hour",
    "present_share",
    "cell_callers",
];
/// Rows that the mixture is fitted to, at most: clusters of a few features need no more.
const MIXTURE_ROWS: usize = 12_000;
/// Features of a foreign table that the mixture looks at, at most.
const FOREIGN_MIXTURE_FEATURES: usize = 24;

/// The rows that are learnt from.
struct Rows {
    values: Vec<Vec<f64>>,
    fraud: Vec<bool>,
    archetypes: Vec<String>,
}

fn picked(data: &Dataset, rows: &[usize]) -> Rows {
    let of = |row: &usize| data.values.get(*row).cloned().unwrap_or_default();
    Rows {
        values: rows.iter().map(of).collect(),
        fraud: rows.iter().filter_map(|row| data.fraud.get(*row).copied()).collect(),
        archetypes: rows.iter().filter_map(|row| data.archetypes.get(*row).cloned()).collect(),
    }
}

fn scales(features: &[String], rows: &Rows) -> Vec<FeatureScale> {
    let normal: Vec<bool> = rows.fraud.iter().map(|fraud| !fraud).collect();
    let scale = |(place, name): (usize, &String)| {
        let column: Vec<f64> = rows.values.iter().map(|row| row.get(place).copied().unwrap_or(f64::NAN)).collect();
        FeatureScale::fit(name, &column, &normal)
    };
    features.iter().enumerate().map(scale).collect()
}

/// The trees of a learner, and what they see beside the features.
fn ensemble(features: &[String], rows: &Rows, recipe: &Recipe, bags: usize, seed: u64) -> Result<Ensemble, TrainError> {
    let failed = |error| TrainError::Fit { what: "the trees", error };
    let derived = if recipe.learner.sees_derived() {
        Derived::find(&rows.values, &rows.fraud, seed).map_err(failed)?
    } else {
        Derived::default()
    };
    let wide: Vec<Vec<f64>> = rows.values.iter().map(|row| derived.widened(row)).collect();
    let weight = recipe.fraud_weight;
    let part = |learner: &Learner| {
        let trees = match learner {
            Learner::Rules => Ok(rules::fit(&wide, &rows.fraud)),
            Learner::Anomaly => Ok(isolate::fit(&wide, seed)),
            Learner::Forest => Ok(random::forest(&wide, &rows.fraud, weight, seed)),
            Learner::Random => Ok(random::boosted(&wide, &rows.fraud, weight, bags, seed)),
            Learner::Shallow => grow::shallow(&Columns::of(&wide, features.len(), &rows.fraud, weight), seed),
            Learner::Boosted | Learner::Logistic | Learner::Blend => {
                grow::boosted(&Columns::of(&wide, features.len(), &rows.fraud, weight), bags, seed)
            }
        };
        Ok(Part { name: learner.name().to_owned(), weight: 0.0, trees: trees.map_err(failed)? })
    };
    Ok(Ensemble {
        logistic_weight: 0.0,
        ratios: derived.saved(|place| features.get(place).cloned().unwrap_or_default()),
        counts: derived.counts,
        parts: recipe.learner.parts().iter().map(part).collect::<Result<_, _>>()?,
    })
}

/// Fits a model to some of the rows. Its voices have no weights yet, and its probability is not calibrated.
pub(super) fn fit(
    data: &Dataset,
    rows: &[usize],
    recipe: &Recipe,
    bags: usize,
    seed: u64,
) -> Result<Model, TrainError> {
    let rows = picked(data, rows);
    let scales = scales(&data.features, &rows);
    let scaled = Array2::from_shape_fn((rows.values.len(), scales.len()), |(row, place)| {
        let value = rows.values.get(row).and_then(|row| row.get(place)).copied().unwrap_or(f64::NAN);
        scales.get(place).map_or(0.0, |scale| scale.apply(value))
    });

    let mixed = mixture_places(&scales);
    if mixed.is_empty() {
        return Err(TrainError::Data("no feature has different values in different rows".to_owned()));
    }
    let mixed_rows = scaled.select(Axis(1), &mixed);
    let names = mixed.iter().filter_map(|place| scales.get(*place)).map(|scale| scale.name.clone()).collect();
    let clusters = recipe.clusters.min(mixed_rows.nrows() / 4).max(1);
    let some: Vec<usize> = (0..mixed_rows.nrows()).step_by(mixed_rows.nrows().div_ceil(MIXTURE_ROWS).max(1)).collect();
    let mut mixture = mixture::fit(names, &mixed_rows.select(Axis(0), &some), clusters, seed)
        .map_err(|error| TrainError::Fit { what: "the mixture", error })?;
    mixture.name_clusters(&mixed_rows, &rows.archetypes, &rows.fraud);

    let logistic = if recipe.learner.has_logistic() {
        let prepared = mixture.prepared();
        let odds = |row| mixture.fraud_odds(&prepared.responsibilities(row));
        let odds: Vec<f64> = mixed_rows.outer_iter().map(odds).collect();
        let odds = Array2::from_shape_fn((odds.len(), 1), |(row, _)| odds.get(row).copied().unwrap_or(0.0));
        concatenate(Axis(1), &[scaled.view(), odds.view()])
            .map_err(|error| error.to_string())
            .and_then(|seen| logistic::fit(&seen, &rows.fraud))
            .map_err(|error| TrainError::Fit { what: "the logistic layer", error })?
    } else {
        Logistic { coefficients: vec![0.0; scales.len() + 1], intercept: 0.0 }
    };
    let ensemble = match recipe.learner {
        Learner::Logistic => None,
        _ => Some(ensemble(&data.features, &rows, recipe, bags, seed)?),
    };
    let kinds = kinds::find(&rows.values, &rows.fraud, &rows.archetypes);
    Ok(Model { features: scales, logistic, mixture, kinds, ensemble, ..Model::empty() })
}

fn mixture_places(scales: &[FeatureScale]) -> Vec<usize> {
    let varies = |place: &usize| scales.get(*place).is_some_and(|scale| scale.deviation > 0.0);
    let own = MIXTURE_FEATURES.iter().filter_map(|name| scales.iter().position(|scale| scale.name == *name));
    let own: Vec<usize> = own.filter(varies).collect();
    if own.len() >= 4 {
        return own;
    }
    (0..scales.len()).filter(varies).take(FOREIGN_MIXTURE_FEATURES).collect()
}
