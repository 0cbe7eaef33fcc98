//! The logistic layer: from scaled features and the mixture's odds to a probability.

use super::tidy::tidy;
use linfa::Dataset;
use linfa::traits::Fit;
use linfa_logistic::LogisticRegression;
use ndarray::{Array1, Array2, ArrayView1};
use serde::{Deserialize, Serialize};

/// Weight of the penalty on large coefficients, for a thousand rows.
const PENALTY: f64 = 0.5;
const MAX_ITERATIONS: u64 = 500;

/// Coefficients of the layer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Logistic {
    /// One for each feature, then one for the mixture's odds.
    pub coefficients: Vec<f64>,
    /// The constant.
    pub intercept: f64,
}

/// Fits coefficients to rows whose last column is the mixture's odds.
pub(super) fn fit(rows: &Array2<f64>, fraud: &[bool]) -> Result<Logistic, String> {
    let data = Dataset::new(rows.clone(), Array1::from_iter(fraud.iter().map(|fraud| i32::from(*fraud))));
    let fitted = LogisticRegression::default()
        .alpha(PENALTY * rows.nrows() as f64 / 1000.0)
        .max_iterations(MAX_ITERATIONS)
        .gradient_tolerance(1e-4)
        .fit(&data)
        .map_err(|error| error.to_string())?;
    let sign = if fitted.labels().pos.class == 1 { 1.0 } else { -1.0 };
    Ok(Logistic {
        coefficients: fitted.params().iter().map(|value| tidy(sign * value)).collect(),
        intercept: tidy(sign * fitted.intercept()),
    })
}

impl Logistic {
    /// Logarithm of the odds for a row.
    pub fn log_odds(&self, row: ArrayView1<'_, f64>) -> f64 {
        self.intercept + row.iter().zip(&self.coefficients).map(|(value, weight)| value * weight).sum::<f64>()
    }
}

/// Slope and offset that turn log-odds into a calibrated probability (Platt 1999).
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Calibration {
    /// Times the log-odds.
    pub slope: f64,
    /// Added.
    pub offset: f64,
}

impl Calibration {
    /// Fits slope and offset by Newton's method on the log-likelihood, with Platt's softened targets.
    pub(super) fn fit(log_odds: &[f64], fraud: &[bool]) -> Self {
        let positives = fraud.iter().filter(|fraud| **fraud).count() as f64;
        let negatives = fraud.len() as f64 - positives;
        let (high, low) = ((positives + 1.0) / (positives + 2.0), 1.0 / (negatives + 2.0));
        let mut calibration = Self { slope: 1.0, offset: 0.0 };
        for _ in 0..100 {
            let (mut g_slope, mut g_offset) = (0.0, 0.0);
            let (mut h_ss, mut h_so, mut h_oo) = (1e-9, 0.0, 1e-9);
            for (x, fraud) in log_odds.iter().zip(fraud) {
                let p = calibration.probability(*x);
                let error = p - if *fraud { high } else { low };
                let curve = p * (1.0 - p);
                g_slope += error * x;
                g_offset += error;
                h_ss += curve * x * x;
                h_so += curve * x;
                h_oo += curve;
            }
            let determinant = h_ss * h_oo - h_so * h_so;
            if determinant.abs() < 1e-12 {
                break;
            }
            let step_slope = (h_oo * g_slope - h_so * g_offset) / determinant;
            let step_offset = (h_ss * g_offset - h_so * g_slope) / determinant;
            // A bounded step keeps Newton from leaping out where the curve is flat.
            calibration.slope = (calibration.slope - step_slope.clamp(-0.5, 0.5)).clamp(0.05, 10.0);
            calibration.offset -= step_offset.clamp(-1.0, 1.0);
            if step_slope.abs() + step_offset.abs() < 1e-9 {
                break;
            }
        }
        Self { slope: tidy(calibration.slope), offset: tidy(calibration.offset) }
    }

    /// The calibrated logarithm of the odds.
    pub fn log_odds(self, log_odds: f64) -> f64 {
        self.slope * log_odds + self.offset
    }

    /// The calibrated probability.
    pub fn probability(self, log_odds: f64) -> f64 {
        1.0 / (1.0 + (-self.log_odds(log_odds)).exp())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coefficients_point_towards_fraud() {
        let rows = Array2::from_shape_fn((400, 2), |(row, column)| {
            if column == 0 { f64::from(u8::from(row % 4 == 0)) } else { (row % 7) as f64 }
        });
        let fraud: Vec<bool> = (0..400).map(|row| row % 4 == 0).collect();
        let layer = fit(&rows, &fraud).unwrap();
        assert!(layer.coefficients[0] > 1.0 && layer.coefficients[1].abs() < 0.5);
        assert!(layer.log_odds(rows.row(0)) > layer.log_odds(rows.row(1)));
    }

    #[test]
    fn calibration_finds_a_shift() {
        // The true log-odds are twice the given ones, plus one.
        let log_odds: Vec<f64> = (0..4000).map(|i| f64::from(i % 80) / 10.0 - 4.0).collect();
        let fraud: Vec<bool> = log_odds
            .iter()
            .enumerate()
            .map(|(i, x)| 1.0 / (1.0 + (-(2.0 * x + 1.0)).exp()) > ((i * 7919) % 1000) as f64 / 1000.0)
            .collect();
        let calibration = Calibration::fit(&log_odds, &fraud);
        assert!((calibration.slope - 2.0).abs() < 0.3, "{calibration:?}");
        assert!((calibration.offset - 1.0).abs() < 0.3, "{calibration:?}");
    }
}
