//! Bringing features onto one scale: logarithm where values spread over powers of ten, then zero mean and unit
//! deviation over the training rows, then a bound, so that no single value can drown the others.

use super::tidy::tidy;
use crate::feature::registry;
use serde::{Deserialize, Serialize};

/// A scaled value never leaves this range.
const BOUND: f64 = 5.0;

/// How one feature is scaled, and what is usual for it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FeatureScale {
    /// The name of the column.
    pub name: String,
    /// True when the logarithm (of one more) is taken first.
    pub logarithm: bool,
    /// Mean over the training rows.
    pub mean: f64,
    /// Standard deviation over the training rows; zero for a feature that never varied, which then says nothing.
    pub deviation: f64,
    /// What 5, 50 and 95 % of the training rows without fraud stay below.
    pub usual: [f64; 3],
    /// Share of training rows in which it was absent.
    pub absent_share: f64,
}

/// The value that a share of sorted values does not exceed.
pub(super) fn quantile(sorted: &[f64], share: f64) -> Option<f64> {
    sorted.get((sorted.len().saturating_sub(1) as f64 * share).round() as usize).copied()
}

impl FeatureScale {
    /// Learns the scale of one column. `normal` tells which rows are without fraud.
    pub fn fit(name: &str, column: &[f64], normal: &[bool]) -> Self {
        let definition = registry().iter().find(|definition| definition.name == name);
        let known = || column.iter().copied().filter(|value| !value.is_nan());
        // A foreign column is taken on the logarithmic scale when it spreads like one.
        let logarithm = definition.map_or_else(
            || known().all(|value| value >= 0.0) && known().fold(0.0, f64::max) > 20.0,
            |definition| definition.unit.is_scale(),
        );
        let transform = |value: f64| {
            if logarithm { value.max(0.0).ln_1p() } else { value }
        };
        let count = known().count() as f64;
        let mean = if count > 0.0 { known().map(transform).sum::<f64>() / count } else { 0.0 };
        let variance = known().map(|value| (transform(value) - mean).powi(2)).sum::<f64>() / count.max(1.0);
        let deviation = if variance > 1e-12 { variance.sqrt() } else { 0.0 };
        let mut usual: Vec<f64> =
            column.iter().zip(normal).filter(|(value, normal)| **normal && !value.is_nan()).map(|(v, _)| *v).collect();
        usual.sort_unstable_by(f64::total_cmp);
        Self {
            name: name.to_owned(),
            logarithm,
            mean: tidy(mean),
            deviation: tidy(deviation),
            usual: [0.05, 0.5, 0.95].map(|share| tidy(quantile(&usual, share).unwrap_or(0.0))),
            absent_share: tidy(1.0 - count / (column.len() as f64).max(1.0)),
        }
    }

    /// The scaled value; absent becomes 0, the mean.
    pub fn apply(&self, value: f64) -> f64 {
        if value.is_nan() || self.deviation == 0.0 {
            return 0.0;
        }
        let value = if self.logarithm { value.max(0.0).ln_1p() } else { value };
        ((value - self.mean) / self.deviation).clamp(-BOUND, BOUND)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn absent_and_constant_say_nothing() {
        let scale = FeatureScale::fit("cells", &[1.0, 1.0, f64::NAN], &[true, true, true]);
        assert_eq!((scale.apply(7.0), scale.deviation), (0.0, 0.0));
        let scale = FeatureScale::fit("inbound_share", &[0.0, 1.0, f64::NAN], &[true, true, false]);
        assert_eq!(scale.apply(f64::NAN), 0.0);
        assert_eq!((scale.apply(0.0), scale.apply(1.0)), (-1.0, 1.0));
        assert!(!scale.logarithm);
        assert!((scale.absent_share - 1.0 / 3.0).abs() < 1e-8);
    }
}
