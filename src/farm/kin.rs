//! Ties of acquaintance: suspects that call each other, and suspects whose cards come out of one lot.

use super::Subject;
use super::tie::{HEAVIEST, Tie, weight};
use std::collections::BTreeMap;

/// IMSIs this close come out of one lot.
const LOT: u64 = 4;
/// P(one of two cards of a farm calls the other): a card calls some of the others to look like a person.
const FARM_CALLS: f64 = 0.05;
/// P(two cards of a farm are of one lot).
const FARM_IN_LOT: f64 = 0.02;

/// Suspects that call each other. At random, a subscriber is called by another as often as all call somebody.
pub(super) fn calls(subjects: &[Subject], suspects: &[usize], subscribers: f64) -> Vec<Tie> {
    let of = |index: &usize| subjects.get(*index).map(|subject| (*index, &subject.profile));
    let numbers: BTreeMap<u64, usize> =
        suspects.iter().filter_map(of).filter_map(|(index, profile)| Some((profile.number_key()?, index))).collect();
    let called: f64 = subjects.iter().map(|subject| subject.profile.called().count() as f64).sum();
    let weight = weight(FARM_CALLS, called / (subscribers * subscribers).max(1.0), HEAVIEST);
    let mut ties = Vec::new();
    for (a, profile) in suspects.iter().filter_map(of) {
        let others = profile.called().filter_map(|key| numbers.get(&key).copied()).filter(|b| *b != a);
        ties.extend(others.map(|b| Tie { a, b, weight }));
    }
    // Both may call: that is one tie.
    ties.sort_unstable_by_key(|tie| (tie.a.min(tie.b), tie.a.max(tie.b)));
    ties.dedup_by_key(|tie| (tie.a.min(tie.b), tie.a.max(tie.b)));
    ties
}

/// Suspects with neighbouring IMSIs. How often that is chance is told by the IMSIs of all.
pub(super) fn lots(subjects: &[Subject], suspects: &[usize]) -> Vec<Tie> {
    let number = |index: &usize| Some((subjects.get(*index)?.profile.imsi.digits().value()?, *index));
    let near = |pair: &&[(u64, usize)]| matches!(pair, [(a, _), (b, _)] if a != b && b.abs_diff(*a) <= LOT);
    let all: Vec<usize> = (0..subjects.len()).collect();
    let sorted = |of: &[usize]| {
        let mut numbers: Vec<(u64, usize)> = of.iter().filter_map(number).collect();
        numbers.sort_unstable();
        numbers
    };
    let everybody = sorted(&all);
    let pairs = everybody.len() as f64 * (everybody.len() as f64 - 1.0).max(1.0) / 2.0;
    let close = everybody.windows(2).filter(near).count() as f64;
    let weight = weight(FARM_IN_LOT, close.max(1.0) / pairs.max(1.0), HEAVIEST);
    let suspected = sorted(suspects);
    let tie = |pair: &[(u64, usize)]| match pair {
        [(_, a), (_, b)] => Some(Tie { a: *a, b: *b, weight }),
        _ => None,
    };
    suspected.windows(2).filter(near).filter_map(tie).collect()
}
