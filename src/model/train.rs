//! Training: what each learner says of rows that it has not seen decides what it counts, calibrates the probability and
//! gives the figures; then the learners see all rows. A subscriber's rows stay together. Everything follows from the seed.

use super::folds::{Splitting, splits};
use super::logistic::Calibration;
use super::saved::Recipe;
use super::{Dataset, Learner, Metrics, Model, TapCalibration, Training, evaluate, fit, origin, stack, tap};
use crate::feature::TapProfile;
use rayon::prelude::*;

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
    /// What learns.
    pub learner: Learner,
    /// What a row of fraud weighs for trees; absent makes fraud weigh as much as all that is normal.
    pub fraud_weight: Option<f64>,
    /// The share of fraud that scores are made for; absent for that of the rows.
    pub base_rate: Option<f64>,
}

impl Default for TrainOptions {
    fn default() -> Self {
        Self {
            clusters: 24,
            seed: 1,
            threshold: 0.5,
            data: String::new(),
            window_seconds: 86_400,
            learner: Learner::Blend,
            fraud_weight: Some(1.0),
            base_rate: None,
        }
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

/// Folds in which the learners are heard on rows that they have not seen.
const FOLDS: usize = 5;
/// Runs of boosted trees: in a fold, and in the model itself.
const BAGS: [usize; 2] = [3, 6];
/// The least rows of fraud and of no fraud that can be learnt from.
const LEAST: usize = 10;

fn check(data: &Dataset) -> Result<(), TrainError> {
    let fraud = data.fraud.iter().filter(|fraud| **fraud).count();
    let rows = data.fraud.len();
    if fraud.min(rows - fraud) >= LEAST {
        return Ok(());
    }
    let what = format!("{fraud} of {rows} rows are fraud; both kinds are needed, and {LEAST} rows of each");
    Err(TrainError::Data(what))
}

/// What the voices say of a row, by learners that have not seen it.
struct Heard {
    fold: usize,
    /// Of the whole row.
    whole: Vec<f64>,
    /// Of what each profile of a tap shows of it.
    at_taps: Vec<Vec<f64>>,
}

/// What is heard of each row; `taps` are the features that each profile of a tap shows.
fn unseen(data: &Dataset, recipe: &Recipe, taps: &[&[bool]], seed: u64) -> Result<Vec<Heard>, TrainError> {
    let splits = splits(data, Splitting::Folds(FOLDS), seed);
    let heard = splits.par_iter().enumerate().map(|(fold, split)| {
        let model = fit::fit(data, &split.learn, recipe, BAGS[0], seed.wrapping_add(fold as u64 + 1))?;
        let scorer = model.scorer();
        let of = |row: &usize| {
            let values = data.values.get(*row)?;
            let at_taps = taps.iter().map(|seen| scorer.voices(&tap::masked(values, seen))).collect();
            Some((*row, Heard { fold, whole: scorer.voices(values), at_taps }))
        };
        Ok(split.measure.iter().filter_map(of).collect::<Vec<_>>())
    });
    let mut heard: Vec<_> = heard.collect::<Result<Vec<_>, TrainError>>()?.into_iter().flatten().collect();
    heard.sort_by_key(|(row, _)| *row);
    Ok(heard.into_iter().map(|(_, heard)| heard).collect())
}

/// What each voice counts, and the calibration of their sum.
struct Say {
    weights: Vec<f64>,
    calibration: Calibration,
}

impl Say {
    fn learn(voices: &[Vec<f64>], fraud: &[bool]) -> Self {
        Self::calibrated(stack::weights(voices, fraud), voices, fraud)
    }

    /// The same with weights that are known.
    fn calibrated(weights: Vec<f64>, voices: &[Vec<f64>], fraud: &[bool]) -> Self {
        let sums: Vec<f64> = voices.iter().map(|voice| Self::sum(&weights, voice)).collect();
        Self { calibration: Calibration::fit(&sums, fraud), weights }
    }

    fn sum(weights: &[f64], voice: &[f64]) -> f64 {
        voice.iter().zip(weights).map(|(voice, weight)| voice * weight).sum()
    }

    fn probability(&self, voice: &[f64]) -> f64 {
        self.calibration.probability(Self::sum(&self.weights, voice))
    }
}

/// Figures on unseen rows: for each fold, also weights and calibration are learnt from the other folds, by `learn`.
fn figures(
    folds: &[usize],
    voices: &[Vec<f64>],
    fraud: &[bool],
    threshold: f64,
    learn: impl Fn(&[Vec<f64>], &[bool]) -> Say,
) -> Metrics {
    let mut scores = vec![0.0; voices.len()];
    for fold in 0..FOLDS {
        let others = folds.iter().zip(voices).zip(fraud).filter(|((own, _), _)| **own != fold);
        let (others, labels): (Vec<Vec<f64>>, Vec<bool>) = others.map(|((_, v), fraud)| (v.clone(), *fraud)).unzip();
        let say = learn(&others, &labels);
        for ((own, voice), score) in folds.iter().zip(voices).zip(&mut scores) {
            if *own == fold {
                *score = say.probability(voice);
            }
        }
    }
    evaluate(&scores, fraud, threshold).tidied()
}

/// Fits a model to labelled rows.
pub fn train(data: &Dataset, options: &TrainOptions) -> Result<Model, TrainError> {
    check(data)?;
    let (rows, fraud_rows) = (data.fraud.len(), data.fraud.iter().filter(|fraud| **fraud).count());
    let recipe = Recipe {
        learner: options.learner,
        clusters: options.clusters,
        fraud_weight: options.fraud_weight.unwrap_or((rows - fraud_rows) as f64 / fraud_rows as f64),
        base_rate: options.base_rate,
    };
    let profiles = tap::profiles(&data.features);
    let seen: Vec<&[bool]> = profiles.iter().map(|(_, seen)| seen.as_slice()).collect();
    let heard = unseen(data, &recipe, &seen, options.seed)?;
    let folds: Vec<usize> = heard.iter().map(|heard| heard.fold).collect();
    let voices: Vec<Vec<f64>> = heard.iter().map(|heard| heard.whole.clone()).collect();
    let held_out = figures(&folds, &voices, &data.fraud, options.threshold, Say::learn);
    let say = Say::learn(&voices, &data.fraud);
    // A tap changes nothing in what a voice counts, but in how sure their sum is.
    let at_tap = |(place, (profile, seen)): (usize, &(&TapProfile, Vec<bool>))| {
        let voices: Vec<Vec<f64>> = heard.iter().filter_map(|heard| heard.at_taps.get(place).cloned()).collect();
        let calibrate = |voices: &[Vec<f64>], fraud: &[bool]| Say::calibrated(say.weights.clone(), voices, fraud);
        let names = data.features.iter().zip(seen).filter(|(_, seen)| **seen).map(|(name, _)| name.clone());
        TapCalibration {
            name: profile.name.to_owned(),
            seen: names.collect(),
            calibration: calibrate(&voices, &data.fraud).calibration,
            held_out: figures(&folds, &voices, &data.fraud, options.threshold, calibrate),
        }
    };
    let taps = profiles.iter().enumerate().map(at_tap).collect();

    let all: Vec<usize> = (0..rows).collect();
    let mut model = fit::fit(data, &all, &recipe, BAGS[1], options.seed)?;
    model.set_weights(&say.weights);
    model.origins = origin::fit(data, options.seed)?;
    model.calibration = say.calibration;
    model.taps = taps;
    model.threshold = options.threshold;
    model.training = Training {
        data: options.data.clone(),
        rows,
        fraud_rows,
        seed: options.seed,
        window_seconds: options.window_seconds,
        held_out,
        recipe: Some(recipe),
    };
    Ok(match options.base_rate {
        Some(rate) => model.at_base_rate(rate),
        None => model.sealed(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn data(rows: u32) -> Dataset {
        let mut data = Dataset { features: ["a", "b", "c", "d"].map(str::to_owned).into(), ..Dataset::default() };
        for row in 0..rows {
            let fraud = row % 5 == 0;
            let noise = |k: u32| f64::from((row * 7919 + k * 104_729) % 1000) / 1000.0;
            let shift = if fraud { 1.5 } else { 0.0 };
            data.ids.push(format!("id{row}"));
            data.groups.push(format!("id{row}"));
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

    fn logistic(clusters: usize) -> TrainOptions {
        TrainOptions { clusters, learner: Learner::Logistic, ..TrainOptions::default() }
    }

    #[test]
    fn every_learner_learns_and_repeats_itself_to_the_byte() {
        let data = data(150);
        for learner in [Learner::Rules, Learner::Logistic, Learner::Blend] {
            let options = TrainOptions { learner, ..logistic(3) };
            let model = train(&data, &options).unwrap();
            assert!(model.training.held_out.auc > 0.9, "{learner:?}: {:?}", model.training.held_out);
            let text = serde_json::to_string(&model).unwrap();
            assert_eq!(serde_json::to_string(&train(&data, &options).unwrap()).unwrap(), text, "{learner:?}");
            assert_eq!(Model::parse(&text, "m").unwrap(), model, "{learner:?}");
            let row = [2.1, -1.1, 0.5, f64::NAN];
            let score = model.score(&row);
            assert!(score.probability > 0.7 && score.archetype == "gateway", "{learner:?}: {score:?}");
            assert_eq!(score.probability, model.scorer().probability(&row));
            assert!(score.reasons.iter().any(|reason| reason.feature < 2), "{learner:?}: {score:?}");
        }
    }

    #[test]
    fn another_base_rate_moves_the_odds_and_keeps_the_order() {
        let data = data(600);
        let model = train(&data, &logistic(2)).unwrap();
        let rare = model.clone().at_base_rate(0.002);
        let odds = |model: &Model, row: &[f64]| {
            let p = model.score(row).probability;
            (p / (1.0 - p)).ln()
        };
        // A fifth of the rows is fraud: odds of 1/4 become 1/499.
        let shift = (499.0f64 / 4.0).ln();
        for row in data.values.iter().take(20) {
            assert!((odds(&model, row) - odds(&rare, row) - shift).abs() < 1e-6);
        }
        assert!(odds(&rare.at_base_rate(0.2), &data.values[0]) - odds(&model, &data.values[0]) < 1e-6);
        let trained = train(&data, &TrainOptions { base_rate: Some(0.002), ..logistic(2) }).unwrap();
        assert!((odds(&model, &data.values[0]) - odds(&trained, &data.values[0]) - shift).abs() < 1e-6);
    }

    #[test]
    fn a_changed_file_is_refused() {
        let mut model = train(&data(600), &logistic(2)).unwrap();
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
            let mut one = data(600);
            one.values.iter_mut().for_each(|row| row.fill(nothing));
            assert!(train(&one, &TrainOptions::default()).unwrap_err().to_string().contains("different values"));
        }
    }

    #[test]
    fn one_label_is_not_enough() {
        let mut one = data(600);
        one.fraud.fill(false);
        assert!(train(&one, &TrainOptions::default()).unwrap_err().to_string().contains("both kinds"));
    }
}
