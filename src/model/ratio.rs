//! Quotients of two features, found by what they tell beyond both: calls by number, numbers by cell, and what a foreign
//! table has that nobody named.

use super::auc_of;
use serde::{Deserialize, Serialize};

/// Quotients that are kept.
const RATIOS: usize = 40;
/// Columns that are paired: those that tell most alone.
const PAIRED: usize = 40;
/// Rows that the search looks at, at most.
const ROWS: usize = 2000;

/// The quotient of two features, as the difference of the logarithms of one more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ratio {
    /// The feature above the line.
    pub over: String,
    /// The feature below the line.
    pub under: String,
}

/// The value of a quotient; absent where one of its features is, or is negative.
fn quotient(over: f64, under: f64) -> f64 {
    if over < 0.0 || under < 0.0 { f64::NAN } else { over.ln_1p() - under.ln_1p() }
}

/// A row with the quotients of pairs after its features.
pub(super) fn widened(row: &[f64], pairs: &[[usize; 2]]) -> Vec<f64> {
    let mut wide = Vec::with_capacity(row.len() + pairs.len());
    wide.extend_from_slice(row);
    let at = |place: usize| row.get(place).copied().unwrap_or(f64::NAN);
    wide.extend(pairs.iter().map(|[over, under]| quotient(at(*over), at(*under))));
    wide
}

/// How well a column tells fraud, in either direction: 0 is chance, 0.5 is perfect.
fn tells(column: &[f64], fraud: &[bool]) -> f64 {
    let (values, labels): (Vec<f64>, Vec<bool>) = column.iter().zip(fraud).filter(|(value, _)| !value.is_nan()).unzip();
    if values.len() * 2 < column.len() { 0.0 } else { (auc_of(&values, &labels) - 0.5).abs() }
}

/// Finds quotients that tell more than their two features do; gives the places of these.
pub(super) fn find(rows: &[Vec<f64>], fraud: &[bool]) -> Vec<[usize; 2]> {
    use rayon::prelude::*;
    let step = rows.len().div_ceil(ROWS).max(1);
    let fraud: Vec<bool> = fraud.iter().step_by(step).copied().collect();
    let column = |place: usize| -> Vec<f64> {
        rows.iter().step_by(step).map(|row| row.get(place).copied().unwrap_or(f64::NAN)).collect()
    };
    let mut alone: Vec<(usize, Vec<f64>, f64)> = (0..rows.first().map_or(0, Vec::len))
        .map(|place| (place, column(place)))
        .filter(|(_, values)| values.iter().all(|value| value.is_nan() || *value >= 0.0))
        .map(|(place, values)| {
            let told = tells(&values, &fraud);
            (place, values, told)
        })
        .collect();
    alone.sort_by(|a, b| b.2.total_cmp(&a.2).then(a.0.cmp(&b.0)));
    alone.truncate(PAIRED);
    let pairs: Vec<(usize, usize)> = (0..alone.len()).flat_map(|a| (a + 1..alone.len()).map(move |b| (a, b))).collect();
    let gain = |(a, b): &(usize, usize)| {
        let (over, under) = (alone.get(*a)?, alone.get(*b)?);
        let values: Vec<f64> = over.1.iter().zip(&under.1).map(|(x, y)| quotient(*x, *y)).collect();
        let gain = tells(&values, &fraud) - over.2.max(under.2);
        (gain > 0.0).then_some((gain, [over.0, under.0]))
    };
    let mut found: Vec<(f64, [usize; 2])> = pairs.par_iter().filter_map(gain).collect();
    found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    found.into_iter().take(RATIOS).map(|(_, pair)| pair).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_the_quotient_tells_is_found() {
        // Fraud calls as many numbers as it makes calls; how many says nothing.
        let rows: Vec<Vec<f64>> = (0..400u32)
            .map(|i| {
                let calls = f64::from(10 + i * 7919 % 90);
                vec![calls, if i % 4 == 0 { calls } else { calls / 3.0 }, f64::from(i * 31 % 17)]
            })
            .collect();
        let fraud: Vec<bool> = (0..400).map(|i| i % 4 == 0).collect();
        let first = find(&rows, &fraud)[0];
        assert!(first == [0, 1] || first == [1, 0]);
        assert!(quotient(f64::NAN, 1.0).is_nan() && quotient(-1.0, 1.0).is_nan());
    }
}
