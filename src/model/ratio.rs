//! Quotients of two features, found by the use that trees make of them: calls by number, numbers by cell, and what a
//! foreign table has that nobody named.

use super::grow;
use serde::{Deserialize, Serialize};

/// Quotients that are kept.
const RATIOS: usize = 40;
/// Columns that are paired: those that trees use most.
const PAIRED: usize = 16;
/// Rows that the search looks at, at most.
const ROWS: usize = 6000;

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

/// The quotients of pairs in a row.
pub(super) fn quotients<'a>(row: &'a [f64], pairs: &'a [[usize; 2]]) -> impl Iterator<Item = f64> + 'a {
    let at = |place: usize| row.get(place).copied().unwrap_or(f64::NAN);
    pairs.iter().map(move |[over, under]| quotient(at(*over), at(*under)))
}

/// Finds quotients that trees make use of: those of the features that they use most; gives the places of their two.
pub(super) fn find(rows: &[Vec<f64>], fraud: &[bool], seed: u64) -> Result<Vec<[usize; 2]>, String> {
    let step = rows.len().div_ceil(ROWS).max(1);
    let rows: Vec<&Vec<f64>> = rows.iter().step_by(step).collect();
    let fraud: Vec<bool> = fraud.iter().step_by(step).copied().collect();
    let negative = |place: usize| rows.iter().any(|row| row.get(place).is_some_and(|value| *value < 0.0));
    let plain: Vec<Vec<f64>> = rows.iter().map(|row| (*row).clone()).collect();
    let mut used = most(&grow::gains(&plain, &fraud, seed)?);
    used.retain(|place| !negative(*place));
    used.truncate(PAIRED);
    let behind = |at: usize| used.iter().skip(at + 1);
    let pairs: Vec<[usize; 2]> =
        used.iter().enumerate().flat_map(|(at, over)| behind(at).map(|under| [*over, *under])).collect();
    let wide: Vec<Vec<f64>> =
        rows.iter().map(|row| row.iter().copied().chain(quotients(row, &pairs)).collect()).collect();
    let gains = grow::gains(&wide, &fraud, seed)?;
    let gains = gains.get(rows.first().map_or(0, |row| row.len())..).unwrap_or_default();
    Ok(most(gains).into_iter().take(RATIOS).filter_map(|place| pairs.get(place).copied()).collect())
}

/// The places of what is above zero, the greatest first.
fn most(gains: &[f64]) -> Vec<usize> {
    let mut places: Vec<(usize, f64)> = gains.iter().copied().enumerate().filter(|(_, gain)| *gain > 0.0).collect();
    places.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    places.into_iter().map(|(place, _)| place).collect()
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
        let first = find(&rows, &fraud, 1).unwrap()[0];
        assert!(first == [0, 1] || first == [1, 0]);
        assert!(quotient(f64::NAN, 1.0).is_nan() && quotient(-1.0, 1.0).is_nan());
    }
}
