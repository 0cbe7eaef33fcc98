//! What is usual for each kind of honest subscriber, so that a reason compares a card with its like.

use super::scale::quantile;
use super::tidy::tidy;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Fewer rows than this tell nothing about what is usual.
const LEAST_ROWS: usize = 20;

/// A kind of honest subscriber.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kind {
    /// Its archetype.
    pub archetype: String,
    /// Rows that are of it.
    pub rows: usize,
    /// For each feature of the model, what 5 and 95 % of its rows stay below; absent where they have no value.
    pub usual: Vec<Option<[f64; 2]>>,
}

/// The kinds among rows without fraud.
pub(super) fn find(rows: &[Vec<f64>], fraud: &[bool], archetypes: &[String]) -> Vec<Kind> {
    let mut by_kind: BTreeMap<&str, Vec<&Vec<f64>>> = BTreeMap::new();
    for ((row, fraud), archetype) in rows.iter().zip(fraud).zip(archetypes) {
        if !fraud {
            by_kind.entry(archetype).or_default().push(row);
        }
    }
    let kind = |(archetype, rows): (&str, Vec<&Vec<f64>>)| Kind {
        archetype: archetype.to_owned(),
        rows: rows.len(),
        usual: (0..rows.first().map_or(0, |row| row.len())).map(|place| usual(&rows, place)).collect(),
    };
    by_kind.into_iter().filter(|(_, rows)| rows.len() >= LEAST_ROWS).map(kind).collect()
}

fn usual(rows: &[&Vec<f64>], place: usize) -> Option<[f64; 2]> {
    let known = rows.iter().filter_map(|row| row.get(place)).copied().filter(|value| !value.is_nan());
    let mut known: Vec<f64> = known.collect();
    known.sort_unstable_by(f64::total_cmp);
    Some([tidy(quantile(&known, 0.05)?), tidy(quantile(&known, 0.95)?)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_has_its_own_range_and_fraud_has_none() {
        let rows: Vec<Vec<f64>> = (0..101).map(|row| vec![f64::from(row), f64::NAN]).collect();
        let kind = |row: usize| if row < 60 { "ordinary" } else { "courier" }.to_owned();
        let archetypes: Vec<String> = (0..101).map(kind).collect();
        let fraud: Vec<bool> = (0..101).map(|row| row == 100).collect();
        let kinds = find(&rows, &fraud, &archetypes);
        assert_eq!((kinds[0].archetype.as_str(), kinds[0].rows), ("courier", 40));
        assert_eq!(kinds[0].usual, [Some([62.0, 97.0]), None]);
        assert_eq!(kinds[1].usual[0], Some([3.0, 56.0]));
        assert!(find(&rows[..19], &fraud, &archetypes).is_empty());
    }
}
