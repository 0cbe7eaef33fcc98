//! What a report draws: the curves of a set of scores, recall by kind, and how long fraud went unseen.

use super::evaluate::{ranked, tenths};
use crate::time::Rfc3339;
use std::collections::BTreeMap;

/// The curves of scores with labels; each point is of one threshold.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Curves {
    /// Threshold, false-positive rate, recall.
    pub roc: Vec<[f64; 3]>,
    /// Threshold, recall, precision.
    pub precision: Vec<[f64; 3]>,
    /// Mean score, share of fraud and rows of each tenth of the scale that has rows.
    pub calibration: Vec<[f64; 3]>,
}

impl Curves {
    /// Of scores with labels.
    pub fn of(scores: &[f64], fraud: &[bool]) -> Self {
        let order = ranked(scores, fraud);
        let positives = (fraud.iter().filter(|fraud| **fraud).count() as f64).max(1.0);
        let negatives = (fraud.len() as f64 - positives).max(1.0);
        let mut curves = Self::default();
        let (mut hits, mut alarms) = (0.0, 0.0);
        for group in order.chunk_by(|a, b| a.0 == b.0) {
            let good = group.iter().filter(|(_, fraud)| *fraud).count() as f64;
            hits += good;
            alarms += group.len() as f64 - good;
            let threshold = group.first().map_or(0.0, |(score, _)| *score);
            curves.roc.push([threshold, alarms / negatives, hits / positives]);
            curves.precision.push([threshold, hits / positives, hits / (hits + alarms)]);
        }
        let filled = tenths(&order).into_iter().filter(|[.., count]| *count > 0.0);
        curves.calibration = filled.map(|[sum, bad, count]| [sum / count, bad / count, count]).collect();
        curves
    }
}

/// How much of one kind is suspected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KindRecall {
    /// The archetype of the label.
    pub archetype: String,
    /// Rows of it.
    pub rows: usize,
    /// Rows with a score at or above the threshold.
    pub suspected: usize,
}

impl KindRecall {
    /// By what the rows really are.
    pub fn of<'a>(scores: &[f64], archetypes: impl Iterator<Item = &'a String>, threshold: f64) -> Vec<Self> {
        let mut kinds: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
        for (score, archetype) in scores.iter().zip(archetypes) {
            let (rows, suspected) = kinds.entry(archetype).or_default();
            *rows += 1;
            *suspected += usize::from(*score >= threshold);
        }
        let kind = |(archetype, (rows, suspected)): (&str, (usize, usize))| Self {
            archetype: archetype.to_owned(),
            rows,
            suspected,
        };
        kinds.into_iter().map(kind).collect()
    }
}

/// How long one subscriber's fraud went unseen.
#[derive(Debug, Clone, PartialEq)]
pub struct Delay {
    /// The subscriber.
    pub id: String,
    /// From its first row of fraud to the first that is suspected, in the unit of the times (nanoseconds for times of
    /// day); absent when none was.
    pub delay: Option<f64>,
}

/// A time as a number: RFC 3339, or a number already.
fn moment(text: &str) -> f64 {
    Rfc3339::parse(text).map_or_else(|| text.parse().unwrap_or(f64::NAN), |time| time.0 as f64)
}

impl Delay {
    /// Of each subscriber with fraud; rows are (id, time, score, fraud).
    pub fn of<'a>(rows: impl Iterator<Item = (&'a str, &'a str, f64, bool)>, threshold: f64) -> Vec<Self> {
        let mut seen: BTreeMap<&str, (f64, f64)> = BTreeMap::new();
        for (id, time, score, _) in rows.filter(|(.., fraud)| *fraud) {
            let time = moment(time);
            let (first, suspected) = seen.entry(id).or_insert((f64::INFINITY, f64::INFINITY));
            *first = first.min(time);
            if score >= threshold {
                *suspected = suspected.min(time);
            }
        }
        let delay = |(id, (first, suspected)): (&str, (f64, f64))| Self {
            id: id.to_owned(),
            delay: Some(suspected - first).filter(|delay| delay.is_finite()),
        };
        seen.into_iter().map(delay).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_of_a_small_example() {
        let curves = Curves::of(&[0.9, 0.8, 0.8, 0.1], &[true, true, false, false]);
        assert_eq!(curves.roc, [[0.9, 0.0, 0.5], [0.8, 0.5, 1.0], [0.1, 1.0, 1.0]]);
        assert_eq!(curves.precision[1], [0.8, 1.0, 2.0 / 3.0]);
        assert_eq!(curves.calibration.last(), Some(&[0.9, 1.0, 1.0]));
    }

    #[test]
    fn delay_runs_from_the_first_fraud_to_the_first_suspicion() {
        let rows = [
            ("a", "10", 0.9, false),
            ("a", "20", 0.1, true),
            ("a", "50", 0.7, true),
            ("b", "20", 0.2, true),
            ("c", "30", 0.9, true),
        ];
        let delays: Vec<_> = Delay::of(rows.into_iter(), 0.5).into_iter().map(|delay| delay.delay).collect();
        assert_eq!(delays, [Some(30.0), None, Some(0.0)]);
    }
}
