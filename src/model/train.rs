//! Training: three fifths of the subscribers fit scales, mixture and logistic layer, one fifth calibrates, one fifth is
//! only ever measured on. A subscriber's rows stay together. Everything follows from the seed.

use super::logistic::Calibration;
use super::{Dataset, FeatureScale, Metrics, Model, Training, evaluate, logistic, mixture};
use ndarray::{Array2, Axis, concatenate};
use sha2::{Digest, Sha256};

/// What training may be told.
#[derive(Debug, Clone, PartialEq)]
pub struct TrainOptions {
    /// Clusters of the mixture.
    pub clusters: usize,
    /// The seed of all chance.
    pub seed: u64,
    /// The score from which a subscriber is suspected.
    pub threshold: f64,
    /// What the data is, in words, for the card.
    pub data: String,
    /// The length of the windows that the rows are of, in seconds.
    pub window_seconds: u64,
}

impl Default for TrainOptions {
    fn default() -> Self {
        Self { clusters: 24, seed: 1, threshold: 0.5, data: String::new(), window_seconds: 86_400 }
    }
}

/// Training cannot be done.
#[derive(Debug, thiserror::Error)]
pub enum TrainError {
    /// There are too few rows or only one label.
    #[error("cannot train: {0}")]
    Data(String),
    /// A fit failed.
    #[error("{what} could not be fitted: {error}")]
    Fit {
        /// Which part.
        what: &'static str,
        /// What the library says.
        error: String,
    },
}

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
/// Features of a foreign table that the mixture looks at, at most.
const FOREIGN_MIXTURE_FEATURES: usize = 24;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Fold {
    Fit,
    Calibrate,
    Measure,
}

fn fold(id: &str) -> Fold {
    match Sha256::digest(id.as_bytes()).first().copied().unwrap_or(0) % 5 {
        0 => Fold::Measure,
        1 => Fold::Calibrate,
        _ => Fold::Fit,
    }
}

/// Fits a model to labelled rows.
pub fn train(data: &Dataset, options: &TrainOptions) -> Result<Model, TrainError> {
    let folds: Vec<Fold> = data.ids.iter().map(|id| fold(id)).collect();
    let of = |wanted: Fold| (0..data.ids.len()).filter(|row| folds.get(*row) == Some(&wanted)).collect::<Vec<_>>();
    let (fitting, calibrating, measuring) = (of(Fold::Fit), of(Fold::Calibrate), of(Fold::Measure));
    for (rows, what) in [(&fitting, "fitting"), (&calibrating, "calibration"), (&measuring, "measuring")] {
        let bad = rows.iter().filter(|row| data.fraud.get(**row) == Some(&true)).count();
        if bad == 0 || bad == rows.len() || rows.len() < 10 {
            let found =
                format!("{bad} of {} rows for {what} are fraud; both kinds are needed, and ten rows", rows.len());
            return Err(TrainError::Data(found));
        }
    }
    let pick = |rows: &[usize]| -> (Vec<Vec<f64>>, Vec<bool>, Vec<String>) {
        let at = |row: &usize| {
            let values = data.values.get(*row).cloned().unwrap_or_default();
            (
                values,
                data.fraud.get(*row).copied().unwrap_or(false),
                data.archetypes.get(*row).cloned().unwrap_or_default(),
            )
        };
        let mut picked = (Vec::new(), Vec::new(), Vec::new());
        for (values, fraud, archetype) in rows.iter().map(at) {
            picked.0.push(values);
            picked.1.push(fraud);
            picked.2.push(archetype);
        }
        picked
    };
    let (values, fraud, archetypes) = pick(&fitting);
    let normal: Vec<bool> = fraud.iter().map(|fraud| !fraud).collect();
    let scales: Vec<FeatureScale> = data
        .features
        .iter()
        .enumerate()
        .map(|(place, name)| {
            let column: Vec<f64> = values.iter().map(|row| row.get(place).copied().unwrap_or(f64::NAN)).collect();
            FeatureScale::fit(name, &column, &normal)
        })
        .collect();
    let scaled = Array2::from_shape_fn((values.len(), scales.len()), |(row, place)| {
        let value = values.get(row).and_then(|row| row.get(place)).copied().unwrap_or(f64::NAN);
        scales.get(place).map_or(0.0, |scale| scale.apply(value))
    });

    let mixed = mixture_places(&scales);
    if mixed.is_empty() {
        return Err(TrainError::Data("no feature has different values in different rows".to_owned()));
    }
    let mixed_rows = scaled.select(Axis(1), &mixed);
    let names = mixed.iter().filter_map(|place| scales.get(*place)).map(|scale| scale.name.clone()).collect();
    let mut mixture =
        mixture::fit(names, &mixed_rows, options.clusters.min(mixed_rows.nrows() / 4).max(1), options.seed)
            .map_err(|error| TrainError::Fit { what: "the mixture", error })?;
    mixture.name_clusters(&mixed_rows, &archetypes, &fraud);

    let odds: Vec<f64> =
        mixed_rows.outer_iter().map(|row| mixture.fraud_odds(&mixture.responsibilities(row))).collect();
    let odds = Array2::from_shape_fn((odds.len(), 1), |(row, _)| odds.get(row).copied().unwrap_or(0.0));
    let rows = concatenate(Axis(1), &[scaled.view(), odds.view()])
        .map_err(|error| TrainError::Fit { what: "the logistic layer", error: error.to_string() })?;
    let layer = logistic::fit(&rows, &fraud).map_err(|error| TrainError::Fit { what: "the logistic layer", error })?;

    let training = Training {
        data: options.data.clone(),
        rows: data.ids.len(),
        fraud_rows: data.fraud.iter().filter(|fraud| **fraud).count(),
        seed: options.seed,
        window_seconds: options.window_seconds,
        held_out: Metrics::default(),
    };
    let plain = Calibration { slope: 1.0, offset: 0.0 };
    let model = Model::new(training, options.threshold, scales, mixture, layer, plain);
    let (values, fraud, _) = pick(&calibrating);
    let scorer = model.scorer();
    let log_odds: Vec<f64> = values.iter().map(|row| model.logistic.log_odds(scorer.scaled(row).0.view())).collect();
    let calibration = Calibration::fit(&log_odds, &fraud);

    let Model { mut training, features, mixture, logistic, .. } = model;
    let model = Model::new(training.clone(), options.threshold, features, mixture, logistic, calibration);
    let (values, fraud, _) = pick(&measuring);
    let scorer = model.scorer();
    let scores: Vec<f64> = values.iter().map(|row| scorer.score(row).probability).collect();
    training.held_out = evaluate(&scores, &fraud, options.threshold).tidied();
    let Model { features, mixture, logistic, .. } = model;
    Ok(Model::new(training, options.threshold, features, mixture, logistic, calibration))
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

#[cfg(test)]
mod tests {
    use super::*;

    fn data() -> Dataset {
        let mut data = Dataset { features: ["a", "b", "c", "d"].map(str::to_owned).into(), ..Dataset::default() };
        for row in 0..600u32 {
            let fraud = row % 5 == 0;
            let noise = |k: u32| f64::from((row * 7919 + k * 104_729) % 1000) / 1000.0;
            let shift = if fraud { 1.5 } else { 0.0 };
            data.ids.push(format!("id{row}"));
            data.values.push(vec![
                noise(1) + shift,
                noise(2) - shift,
                noise(3),
                if row % 9 == 0 { f64::NAN } else { noise(4) },
            ]);
            data.fraud.push(fraud);
            data.archetypes.push(if fraud { "gateway" } else { "person" }.to_owned());
        }
        data
    }

    #[test]
    fn learns_and_repeats_itself_to_the_byte() {
        let options = TrainOptions { clusters: 3, ..TrainOptions::default() };
        let model = train(&data(), &options).unwrap();
        assert!(model.training.held_out.auc > 0.95, "{:?}", model.training.held_out);
        assert_eq!(model, train(&data(), &options).unwrap());
        let text = serde_json::to_string(&model).unwrap();
        assert_eq!(Model::parse(&text, "m").unwrap(), model);
        let score = model.score(&[2.1, -1.1, 0.5, 0.5]);
        assert!(score.probability > 0.8 && score.archetype == "gateway", "{score:?}");
    }

    #[test]
    fn a_changed_file_is_refused() {
        let options = TrainOptions { clusters: 2, ..TrainOptions::default() };
        let mut model = train(&data(), &options).unwrap();
        model.threshold = 0.1;
        let text = serde_json::to_string(&model).unwrap();
        assert!(matches!(Model::parse(&text, "m"), Err(super::super::ModelError::Checksum { .. })));
        model.version = 99;
        let text = serde_json::to_string(&model).unwrap();
        assert!(matches!(Model::parse(&text, "m"), Err(super::super::ModelError::Version { found: 99, .. })));
        assert!(Model::parse("{}", "m").is_err());
    }

    #[test]
    fn columns_that_say_nothing_are_refused() {
        for nothing in [1.0, f64::NAN] {
            let mut one = data();
            one.values.iter_mut().for_each(|row| row.fill(nothing));
            assert!(train(&one, &TrainOptions::default()).unwrap_err().to_string().contains("different values"));
        }
    }

    #[test]
    fn one_label_is_not_enough() {
        let mut one = data();
        one.fraud.fill(false);
        assert!(train(&one, &TrainOptions::default()).unwrap_err().to_string().contains("both kinds"));
    }
}
