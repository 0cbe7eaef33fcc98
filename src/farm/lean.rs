//! How far each subscriber leans towards fraud: its log-odds against the threshold.
//!
//! What a card is in one device does not change from window to window, so its windows there speak together, each by as much
//! as was seen in it: a night in which nothing happened says little beside the day after it.

use super::Subject;
use crate::identity::{Digits, Imsi};
use std::collections::BTreeMap;

/// The logarithm of the odds of a probability.
pub(super) fn log_odds(probability: f64) -> f64 {
    let probability = probability.clamp(1e-9, 1.0 - 1e-9);
    (probability / (1.0 - probability)).ln()
}

/// A card in its main device, where it was named.
fn place(subject: &Subject) -> (Imsi, Option<Digits>) {
    (subject.profile.imsi, subject.profile.main_device().map(|imei| imei.device()))
}

/// The lean of each. What a card was before it moved is worth no doubt: it leans one way or not at all.
pub(super) fn leans(subjects: &[Subject], threshold: f64) -> Vec<f64> {
    let own = |subject: &Subject| log_odds(subject.score.probability) - log_odds(threshold);
    let mut together: BTreeMap<(Imsi, Option<Digits>), (f64, f64)> = BTreeMap::new();
    for subject in subjects.iter().filter(|subject| !subject.is_past()) {
        let (sum, weight) = together.entry(place(subject)).or_default();
        let seen = f64::from(subject.profile.events().max(1));
        *sum += own(subject) * seen;
        *weight += seen;
    }
    let lean = |subject: &Subject| match together.get(&place(subject)) {
        _ if subject.is_past() && own(subject) < 0.0 => f64::NEG_INFINITY,
        Some((sum, weight)) if !subject.is_past() => sum / weight,
        _ => own(subject),
    };
    subjects.iter().map(lean).collect()
}
