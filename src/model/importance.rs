//! What a feature is worth to a model: how much worse it gets when the feature's values are dealt to other rows.

use super::{Model, evaluate};
use rand::SeedableRng;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;

/// What one feature is worth.
#[derive(Debug, Clone, PartialEq)]
pub struct Importance {
    /// The feature.
    pub feature: String,
    /// What AUC loses.
    pub auc: f64,
    /// What average precision loses.
    pub average_precision: f64,
}

/// Deals the values of each feature to other rows in turn. Rows stand in the order of the model's features.
pub fn importance(model: &Model, rows: &[Vec<f64>], fraud: &[bool], seed: u64) -> Vec<Importance> {
    let scorer = model.scorer();
    let figures = |rows: &[Vec<f64>]| {
        let scores: Vec<f64> = rows.iter().map(|row| scorer.probability(row)).collect();
        evaluate(&scores, fraud, model.threshold)
    };
    let whole = figures(rows);
    let without = |(place, feature): (usize, &super::FeatureScale)| {
        let mut order: Vec<usize> = (0..rows.len()).collect();
        order.shuffle(&mut ChaCha8Rng::seed_from_u64(seed.wrapping_add(place as u64)));
        let mut dealt = rows.to_vec();
        for (row, other) in dealt.iter_mut().zip(order) {
            let value = rows.get(other).and_then(|row| row.get(place)).copied().unwrap_or(f64::NAN);
            if let Some(slot) = row.get_mut(place) {
                *slot = value;
            }
        }
        let less = figures(&dealt);
        Importance {
            feature: feature.name.clone(),
            auc: whole.auc - less.auc,
            average_precision: whole.average_precision - less.average_precision,
        }
    };
    let mut all: Vec<Importance> = model.features.par_iter().enumerate().map(without).collect();
    all.sort_by(|a, b| b.average_precision.total_cmp(&a.average_precision).then(a.feature.cmp(&b.feature)));
    all
}
