//! How good scores are: figures that hold at the base rates of a real network (never accuracy).

use super::tidy::tidy;
use serde::{Deserialize, Serialize};

/// Figures of a set of scores with labels.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Metrics {
    /// Rows.
    pub rows: usize,
    /// Rows labelled as fraud.
    pub fraud: usize,
    /// Area under the ROC curve.
    pub auc: f64,
    /// Average precision (area under the precision-recall curve).
    pub average_precision: f64,
    /// Recall at a false-positive rate of 1 %.
    pub recall_at_fpr_1e2: f64,
    /// Recall at a false-positive rate of 0.1 %.
    pub recall_at_fpr_1e3: f64,
    /// Recall at a false-positive rate of 0.01 %; absent in models that were made before it was measured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recall_at_fpr_1e4: Option<f64>,
    /// Recall at a false-positive rate of 0.001 %.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recall_at_fpr_1e5: Option<f64>,
    /// Mean distance between probability and share of fraud over ten bins, weighted by rows.
    pub calibration_error: f64,
    /// Precision at the threshold.
    pub precision: f64,
    /// Recall at the threshold.
    pub recall: f64,
}

impl Metrics {
    /// With as many digits as a saved model has.
    pub(super) fn tidied(self) -> Self {
        Self {
            auc: tidy(self.auc),
            average_precision: tidy(self.average_precision),
            recall_at_fpr_1e2: tidy(self.recall_at_fpr_1e2),
            recall_at_fpr_1e3: tidy(self.recall_at_fpr_1e3),
            recall_at_fpr_1e4: self.recall_at_fpr_1e4.map(tidy),
            recall_at_fpr_1e5: self.recall_at_fpr_1e5.map(tidy),
            calibration_error: tidy(self.calibration_error),
            precision: tidy(self.precision),
            recall: tidy(self.recall),
            ..self
        }
    }
}

fn ratio(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { part / whole } else { 0.0 }
}

/// False-positive rates at which recall is told. Below one alarm in all normal rows, no alarm is allowed.
const RATES: [f64; 4] = [1e-2, 1e-3, 1e-4, 1e-5];

/// The share of pairs of a fraud and a normal row in which the fraud has the higher value; equal values count half.
#[cfg(test)]
fn auc_of(values: &[f64], fraud: &[bool]) -> f64 {
    let mut order: Vec<(f64, bool)> = values.iter().copied().zip(fraud.iter().copied()).collect();
    order.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
    let (mut good, mut bad, mut pairs) = (0.0, 0.0, 0.0);
    for group in order.chunk_by(|a, b| a.0 == b.0) {
        let hits = group.iter().filter(|(_, fraud)| *fraud).count() as f64;
        let others = group.len() as f64 - hits;
        pairs += hits * (good + others / 2.0);
        good += others;
        bad += hits;
    }
    if good * bad > 0.0 { pairs / (good * bad) } else { 0.5 }
}

/// Computes the figures. Rows with equal scores are taken together, so that their order does not matter.
pub fn evaluate(scores: &[f64], fraud: &[bool], threshold: f64) -> Metrics {
    let order = ranked(scores, fraud);
    let positives = fraud.iter().filter(|fraud| **fraud).count() as f64;
    let negatives = fraud.len() as f64 - positives;
    let (mut hits, mut alarms, mut area, mut precision_sum) = (0.0, 0.0, 0.0, 0.0);
    let mut recall_at = RATES.map(|_| 0.0);
    for group in order.chunk_by(|a, b| a.0 == b.0) {
        let good = group.iter().filter(|(_, fraud)| *fraud).count() as f64;
        let bad = group.len() as f64 - good;
        area += bad * (hits + good / 2.0);
        hits += good;
        alarms += bad;
        precision_sum += good * ratio(hits, hits + alarms);
        for (recall, rate) in recall_at.iter_mut().zip(RATES) {
            if alarms <= negatives * rate {
                *recall = ratio(hits, positives);
            }
        }
    }
    let [at_1e2, at_1e3, at_1e4, at_1e5] = recall_at;
    let flagged =
        |wanted: bool| order.iter().filter(|(score, fraud)| *score >= threshold && *fraud == wanted).count() as f64;
    let (true_flags, false_flags) = (flagged(true), flagged(false));
    Metrics {
        rows: fraud.len(),
        fraud: positives as usize,
        auc: ratio(area, positives * negatives),
        average_precision: ratio(precision_sum, positives),
        recall_at_fpr_1e2: at_1e2,
        recall_at_fpr_1e3: at_1e3,
        recall_at_fpr_1e4: Some(at_1e4),
        recall_at_fpr_1e5: Some(at_1e5),
        calibration_error: calibration_error(&order),
        precision: ratio(true_flags, true_flags + false_flags),
        recall: ratio(true_flags, positives),
    }
}

/// Scores with their labels, the highest first.
pub(super) fn ranked(scores: &[f64], fraud: &[bool]) -> Vec<(f64, bool)> {
    let mut order: Vec<(f64, bool)> = scores.iter().copied().zip(fraud.iter().copied()).collect();
    order.sort_by(|a, b| b.0.total_cmp(&a.0));
    order
}

/// Sum of scores, fraud and rows of each tenth of the scale.
pub(super) fn tenths(rows: &[(f64, bool)]) -> [[f64; 3]; 10] {
    let mut bins = [[0.0f64; 3]; 10];
    for (score, fraud) in rows {
        if let Some([sum, bad, count]) = bins.get_mut(((score * 10.0) as usize).min(9)) {
            *sum += score;
            *bad += f64::from(u8::from(*fraud));
            *count += 1.0;
        }
    }
    bins
}

fn calibration_error(rows: &[(f64, bool)]) -> f64 {
    tenths(rows).iter().map(|[sum, bad, count]| ratio((sum - bad).abs(), *count) * count).sum::<f64>()
        / (rows.len() as f64).max(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_figures() {
        // sklearn.metrics on the same numbers: roc_auc_score 0.75, average_precision_score 0.8333.
        let metrics = evaluate(&[0.1, 0.4, 0.35, 0.8], &[false, false, true, true], 0.3);
        assert!((metrics.auc - 0.75).abs() < 1e-12);
        assert!((metrics.average_precision - 0.833_333).abs() < 1e-5);
        assert!((metrics.precision - 2.0 / 3.0).abs() < 1e-12 && metrics.recall == 1.0);
    }

    #[test]
    fn recall_is_told_at_each_rate() {
        // A thousand normal rows below 0.5, one of them at 0.9; four frauds at 0.95, 0.92, 0.6 and 0.1.
        let mut scores: Vec<f64> = (0..999).map(|i| f64::from(i) / 2000.0).collect();
        scores.extend([0.9, 0.95, 0.92, 0.6, 0.1]);
        let fraud: Vec<bool> = (0..1004).map(|row| row >= 1000).collect();
        let metrics = evaluate(&scores, &fraud, 0.5);
        assert_eq!((metrics.recall_at_fpr_1e2, metrics.recall_at_fpr_1e3), (0.75, 0.75));
        assert_eq!((metrics.recall_at_fpr_1e4, metrics.recall_at_fpr_1e5), (Some(0.5), Some(0.5)));
        assert!((metrics.auc - auc_of(&scores, &fraud)).abs() < 1e-12);
    }

    #[test]
    fn equal_scores_are_chance() {
        let metrics = evaluate(&[0.5; 4], &[true, false, true, false], 0.6);
        assert!((metrics.auc - 0.5).abs() < 1e-12 && (metrics.average_precision - 0.5).abs() < 1e-12);
        assert_eq!((metrics.recall, metrics.precision), (0.0, 0.0));
    }
}
