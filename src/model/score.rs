//! Scoring: one row of features to archetype, probability and the features that moved it.

use super::Model;
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
/// A smaller push on the log-odds is no reason.
const LEAST_PUSH: f64 = 0.1;

impl Model {
    /// The scaled row: features, then the mixture's odds. Also gives the probabilities of the archetypes.
    pub(super) fn scaled(&self, values: &[f64]) -> (Array1<f64>, Vec<f64>) {
        let mut row: Vec<f64> = self
            .features
            .iter()
            .enumerate()
            .map(|(i, f)| f.apply(values.get(i).copied().unwrap_or(f64::NAN)))
            .collect();
        let mixed: Array1<f64> = self.mixture_places().filter_map(|place| row.get(place).copied()).collect();
        let responsibilities = self.mixture.responsibilities(mixed.view());
        row.push(self.mixture.fraud_odds(&responsibilities));
        (Array1::from(row), self.mixture.archetype_shares(&responsibilities))
    }

    fn mixture_places(&self) -> impl Iterator<Item = usize> + '_ {
        let place = |name: &String| self.features.iter().position(|feature| feature.name == *name);
        self.mixture.features.iter().filter_map(place)
    }

    /// Scores a row whose values stand in the order of the model's features.
    pub fn score(&self, values: &[f64]) -> Score {
        let (row, shares) = self.scaled(values);
        let probability = self.calibration.probability(self.logistic.log_odds(row.view()));
        let mut reasons: Vec<Reason> = self
            .features
            .iter()
            .enumerate()
            .filter_map(|(feature, _)| {
                let moved = row.get(feature)? * self.logistic.coefficients.get(feature)?;
                let value = values.get(feature).copied().unwrap_or(f64::NAN);
                (moved > LEAST_PUSH && !value.is_nan()).then_some(Reason { feature, value, moved })
            })
            .collect();
        reasons.sort_by(|a, b| b.moved.total_cmp(&a.moved).then(a.feature.cmp(&b.feature)));
        reasons.truncate(REASONS);
        let likeliest = shares.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1)).map(|(place, _)| place);
        let names = self.mixture.archetypes();
        let archetype = likeliest.and_then(|place| names.get(place)).copied().unwrap_or("unknown").to_owned();
        Score { probability, archetype, shares, reasons }
    }

    /// A reason in words: the value beside what is usual.
    pub fn explain(&self, reason: &Reason) -> String {
        let Some(feature) = self.features.get(reason.feature) else {
            return String::new();
        };
        let [low, _, high] = feature.usual;
        format!("{} {} (usual {}-{})", feature.name, short(reason.value), short(low), short(high))
    }

    /// All reasons of a score in words.
    pub fn explain_all(&self, score: &Score) -> String {
        score.reasons.iter().map(|reason| self.explain(reason)).collect::<Vec<_>>().join("; ")
    }
}

/// A number as people read it: three digits that matter.
fn short(value: f64) -> String {
    if value.abs() >= 100.0 || value == value.trunc() {
        format!("{value:.0}")
    } else if value.abs() >= 10.0 {
        format!("{value:.1}")
    } else {
        format!("{value:.2}")
    }
}
