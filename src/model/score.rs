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

/// A model made ready for many rows: what would be looked up by name for each stands in its place.
pub struct Scorer<'m> {
    model: &'m Model,
    /// Where the features of the mixture stand among those of the model.
    mixed: Vec<usize>,
    archetypes: Vec<&'m str>,
    /// For each archetype its share in each cluster.
    compositions: Vec<Vec<f64>>,
}

impl Scorer<'_> {
    /// The scaled row: features, then the mixture's odds. Also gives the probabilities of the archetypes.
    pub(super) fn scaled(&self, values: &[f64]) -> (Array1<f64>, Vec<f64>) {
        let model = self.model;
        let scales = model.features.iter().enumerate();
        let mut row: Vec<f64> = scales.map(|(i, f)| f.apply(values.get(i).copied().unwrap_or(f64::NAN))).collect();
        let mixed: Array1<f64> = self.mixed.iter().filter_map(|place| row.get(*place).copied()).collect();
        let responsibilities = model.mixture.responsibilities(mixed.view());
        row.push(model.mixture.fraud_odds(&responsibilities));
        let share = |composition: &Vec<f64>| {
            composition.iter().zip(&responsibilities).map(|(part, responsibility)| responsibility * part).sum()
        };
        (Array1::from(row), self.compositions.iter().map(share).collect())
    }

    /// Scores a row whose values stand in the order of the model's features.
    pub fn score(&self, values: &[f64]) -> Score {
        let (row, shares) = self.scaled(values);
        let Model { features, logistic, calibration, .. } = self.model;
        let probability = calibration.probability(logistic.log_odds(row.view()));
        let mut reasons: Vec<Reason> = features
            .iter()
            .enumerate()
            .filter_map(|(feature, _)| {
                let moved = row.get(feature)? * logistic.coefficients.get(feature)?;
                let value = values.get(feature).copied().unwrap_or(f64::NAN);
                (moved > LEAST_PUSH && !value.is_nan()).then_some(Reason { feature, value, moved })
            })
            .collect();
        reasons.sort_by(|a, b| b.moved.total_cmp(&a.moved).then(a.feature.cmp(&b.feature)));
        reasons.truncate(REASONS);
        let likeliest = shares.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1)).map(|(place, _)| place);
        let archetype = likeliest.and_then(|place| self.archetypes.get(place)).copied().unwrap_or("unknown");
        Score { probability, archetype: archetype.to_owned(), shares, reasons }
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
        Scorer {
            model: self,
            mixed: self.mixture.features.iter().filter_map(place).collect(),
            compositions: archetypes.iter().map(composition).collect(),
            archetypes,
        }
    }

    /// Scores one row whose values stand in the order of the model's features; for many see [`Self::scorer`].
    pub fn score(&self, values: &[f64]) -> Score {
        self.scorer().score(values)
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
