//! Scoring: one row of features to archetype, probability and the features that moved it.

use super::derived::Derived;
use super::logistic::Calibration;
use super::mixture::Prepared;
use super::saved::Ensemble;
use super::trees::Walker;
use super::{Model, TapCalibration};
use ndarray::Array1;

/// A feature that moved a score.
#[derive(Debug, Clone, PartialEq)]
pub struct Reason {
    /// Place of the feature in the model.
    pub feature: usize,
    /// Its value.
    pub value: f64,
    /// What it added to the log-odds.
    pub moved: f64,
}

/// The verdict on one row.
#[derive(Debug, Clone, PartialEq)]
pub struct Score {
    /// Calibrated probability of being in a SIM farm.
    pub probability: f64,
    /// The archetype of the mixture.
    pub archetype: String,
    /// The probability of each archetype, in the order of the mixture's names.
    pub shares: Vec<f64>,
    /// What raised the score most, strongest first.
    pub reasons: Vec<Reason>,
}

/// Reasons that are kept.
const REASONS: usize = 4;
/// A score below this has no reasons: nothing says that it is fraud.
const LEAST_TOLD: f64 = 0.001;
/// A smaller push on the log-odds is no reason.
const LEAST_PUSH: f64 = 0.1;

/// A model made ready for many rows: what would be looked up by name for each stands in its place.
pub struct Scorer<'m> {
    model: &'m Model,
    /// Where the probe sits, unless all is seen.
    tap: Option<&'m TapCalibration>,
    mixture: Prepared,
    /// Where the features of the mixture stand among those of the model.
    mixed: Vec<usize>,
    archetypes: Vec<&'m str>,
    /// For each archetype its share in each cluster.
    compositions: Vec<Vec<f64>>,
    trees: Option<Grove>,
}

/// The trees of a model, ready to be walked.
struct Grove {
    logistic_weight: f64,
    derived: Derived,
    /// What each counts, and its trees.
    parts: Vec<(f64, Walker)>,
}

impl Grove {
    /// The voices of the trees, in order.
    fn voices<'g>(&'g self, wide: &'g [f64]) -> impl Iterator<Item = f64> + 'g {
        self.parts.iter().map(|(_, walker)| walker.log_odds(wide))
    }

    fn log_odds(&self, logistic: f64, wide: &[f64]) -> f64 {
        let trees = self.voices(wide).zip(&self.parts).map(|(voice, (weight, _))| voice * weight);
        self.logistic_weight * logistic + trees.sum::<f64>()
    }

    /// What each feature moved: trees and logistic layer together.
    fn contributions(&self, wide: &[f64], logistic: &mut [f64]) {
        logistic.iter_mut().for_each(|moved| *moved *= self.logistic_weight);
        let mut moved = vec![0.0; wide.len()];
        for (weight, walker) in &self.parts {
            walker.contributions(wide, *weight, &mut moved);
        }
        let (features, derived) = moved.split_at(logistic.len().min(moved.len()));
        logistic.iter_mut().zip(features).for_each(|(sum, moved)| *sum += moved);
        self.derived.give_back(derived, logistic);
    }
}

impl Scorer<'_> {
    /// The scaled row: features, then the mixture's odds. Also gives the probabilities of the archetypes.
    fn scaled(&self, values: &[f64]) -> (Array1<f64>, Vec<f64>) {
        let model = self.model;
        let scales = model.features.iter().enumerate();
        let mut row: Vec<f64> = scales.map(|(i, f)| f.apply(values.get(i).copied().unwrap_or(f64::NAN))).collect();
        let mixed: Array1<f64> = self.mixed.iter().filter_map(|place| row.get(*place).copied()).collect();
        let responsibilities = self.mixture.responsibilities(mixed.view());
        row.push(model.mixture.fraud_odds(&responsibilities));
        let share = |composition: &Vec<f64>| {
            composition.iter().zip(&responsibilities).map(|(part, responsibility)| responsibility * part).sum()
        };
        (Array1::from(row), self.compositions.iter().map(share).collect())
    }

    /// What each voice says of a row, before it is weighed: the logistic layer where it has a say, then the trees.
    pub(super) fn voices(&self, values: &[f64]) -> Vec<f64> {
        let logistic = &self.model.logistic;
        let speaks = self.trees.is_none() || logistic.coefficients.iter().any(|weight| *weight != 0.0);
        let mut voices = Vec::new();
        if speaks {
            voices.push(logistic.log_odds(self.scaled(values).0.view()));
        }
        if let Some(trees) = &self.trees {
            voices.extend(trees.voices(&trees.derived.widened(values)));
        }
        voices
    }

    /// Chooses the calibration by the features that can be told, in the order of the model.
    pub fn see(&mut self, told: &[bool]) {
        self.tap = self.model.nearest_tap(told);
    }

    /// Takes the calibration for a named profile of a tap; gives, for each feature of the model, whether it is seen there.
    pub fn see_as(&mut self, profile: &str) -> Result<Vec<bool>, String> {
        let tap = self.model.tap(profile)?;
        self.tap = Some(tap);
        Ok(tap.sees(self.model))
    }

    /// The profile of the tap for which probabilities are calibrated; none where all is seen.
    pub fn tap(&self) -> Option<&str> {
        self.tap.map(|tap| tap.name.as_str())
    }

    fn calibration(&self) -> Calibration {
        self.tap.map_or(self.model.calibration, |tap| tap.calibration)
    }

    /// The sum of the voices, before it is calibrated.
    fn spoken(&self, values: &[f64]) -> f64 {
        let logistic = || self.model.logistic.log_odds(self.scaled(values).0.view());
        match &self.trees {
            None => logistic(),
            // Trees alone need no scaled row.
            Some(trees) => {
                let spoken = if trees.logistic_weight == 0.0 { 0.0 } else { logistic() };
                trees.log_odds(spoken, &trees.derived.widened(values))
            }
        }
    }

    /// The calibrated probability alone, without reasons.
    pub fn probability(&self, values: &[f64]) -> f64 {
        self.calibration().probability(self.spoken(values))
    }

    /// The logarithm of its odds.
    pub fn log_odds(&self, values: &[f64]) -> f64 {
        self.calibration().log_odds(self.spoken(values))
    }

    /// Scores a row whose values stand in the order of the model's features.
    pub fn score(&self, values: &[f64]) -> Score {
        let (row, shares) = self.scaled(values);
        let Model { features, logistic, .. } = self.model;
        let calibration = self.calibration();
        let mut log_odds = logistic.log_odds(row.view());
        let wide = self.trees.as_ref().map(|trees| trees.derived.widened(values));
        if let Some((trees, wide)) = self.trees.as_ref().zip(wide.as_ref()) {
            log_odds = trees.log_odds(log_odds, wide);
        }
        let probability = calibration.probability(log_odds);
        let likeliest = shares.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1)).map(|(place, _)| place);
        let archetype = likeliest.and_then(|place| self.archetypes.get(place)).copied().unwrap_or("unknown").to_owned();
        if probability < LEAST_TOLD {
            return Score { probability, archetype, shares, reasons: Vec::new() };
        }
        // The row becomes what each feature moved.
        let mut moved = row.into_raw_vec_and_offset().0;
        moved.truncate(features.len());
        moved.iter_mut().zip(&logistic.coefficients).for_each(|(value, weight)| *value *= weight);
        if let Some((trees, wide)) = self.trees.as_ref().zip(wide.as_ref()) {
            trees.contributions(wide, &mut moved);
        }
        let reason = |(feature, moved): (usize, &f64)| {
            let value = values.get(feature).copied().unwrap_or(f64::NAN);
            (*moved > LEAST_PUSH && !value.is_nan()).then_some(Reason { feature, value, moved: *moved })
        };
        let mut reasons: Vec<Reason> = moved.iter().enumerate().filter_map(reason).collect();
        reasons.sort_by(|a, b| b.moved.total_cmp(&a.moved).then(a.feature.cmp(&b.feature)));
        reasons.truncate(REASONS);
        Score { probability, archetype, shares, reasons }
    }
}

impl Model {
    /// Makes it ready for many rows.
    pub fn scorer(&self) -> Scorer<'_> {
        let place = |name: &String| self.features.iter().position(|feature| feature.name == *name);
        let archetypes = self.mixture.archetypes();
        let composition = |name: &&str| {
            let clusters = self.mixture.clusters.iter();
            clusters.map(|cluster| cluster.composition.get(*name).copied().unwrap_or(0.0)).collect()
        };
        let grove = |ensemble: &Ensemble| Grove {
            logistic_weight: ensemble.logistic_weight,
            derived: Derived::loaded(&ensemble.ratios, ensemble.counts, place),
            parts: ensemble.parts.iter().map(|part| (part.weight, part.trees.walker())).collect(),
        };
        Scorer {
            model: self,
            tap: None,
            mixture: self.mixture.prepared(),
            mixed: self.mixture.features.iter().filter_map(place).collect(),
            compositions: archetypes.iter().map(composition).collect(),
            archetypes,
            trees: self.ensemble.as_ref().map(grove),
        }
    }

    /// Scores one row whose values stand in the order of the model's features; for many see [`Self::scorer`].
    pub fn score(&self, values: &[f64]) -> Score {
        self.scorer().score(values)
    }
}
