//! What trees see beside the features: quotients of two, how common a value is, how much of a row is zero or absent.
//!
//! Values that many rows share (a price of a plan, a default, a full month) tell kinds apart that thresholds do not.

use super::ratio::{self, Ratio};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Values of one feature that are kept, the most common first.
const VALUES: usize = 64;
/// A value is common from so many rows on, and from so large a part of the rows (one in so many).
const COMMON: (usize, usize) = (3, 1000);

/// The common values of a feature.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Common {
    /// The feature.
    pub feature: String,
    /// Values in ascending order.
    pub values: Vec<f64>,
    /// How many training rows have each.
    pub rows: Vec<u32>,
}

/// What is derived from a row.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Derived {
    /// The places of the two features of each quotient.
    pub(super) pairs: Vec<[usize; 2]>,
    /// The place of a feature, its common values and the logarithm of their rows.
    pub(super) common: Vec<(usize, Vec<(f64, f64)>)>,
    /// Zeros and absent values of the row are counted.
    pub(super) counts: bool,
}

fn ordered(values: &BTreeMap<u64, (f64, u32)>) -> Vec<(f64, u32)> {
    let mut ordered: Vec<(f64, u32)> = values.values().copied().collect();
    ordered.sort_by(|a, b| a.0.total_cmp(&b.0));
    ordered
}

/// The common values of a column.
fn common(rows: &[Vec<f64>], place: usize) -> Vec<(f64, u32)> {
    let mut values: BTreeMap<u64, (f64, u32)> = BTreeMap::new();
    for value in rows.iter().filter_map(|row| row.get(place)).filter(|value| !value.is_nan()) {
        // Both zeros are one.
        let value = value + 0.0;
        values.entry(value.to_bits()).or_insert((value, 0)).1 += 1;
    }
    let least = COMMON.0.max(rows.len() / COMMON.1);
    values.retain(|_, (_, count)| *count as usize >= least);
    let mut counts: Vec<u32> = values.values().map(|(_, count)| *count).collect();
    counts.sort_unstable_by(|a, b| b.cmp(a));
    if let Some(bound) = counts.get(VALUES) {
        values.retain(|_, (_, count)| *count > *bound);
    }
    ordered(&values)
}

fn weights(values: &[f64], rows: &[u32]) -> Vec<(f64, f64)> {
    values.iter().zip(rows).map(|(value, rows)| (*value, f64::from(*rows).ln_1p())).collect()
}

impl Derived {
    /// Learns what to derive from rows with labels.
    pub(super) fn find(rows: &[Vec<f64>], fraud: &[bool], seed: u64) -> Result<Self, String> {
        let columns = rows.first().map_or(0, Vec::len);
        let of = |place| {
            let (values, rows): (Vec<f64>, Vec<u32>) = common(rows, place).into_iter().unzip();
            (place, weights(&values, &rows))
        };
        Ok(Self {
            pairs: ratio::find(rows, fraud, seed)?,
            common: (0..columns).map(of).filter(|(_, values)| values.len() > 1).collect(),
            counts: true,
        })
    }

    /// From its saved form; `place` finds a feature.
    pub(super) fn loaded(
        ratios: &[Ratio],
        common: &[Common],
        counts: bool,
        place: impl Fn(&String) -> Option<usize>,
    ) -> Self {
        let values = |common: &Common| Some((place(&common.feature)?, weights(&common.values, &common.rows)));
        Self {
            pairs: ratios.iter().filter_map(|r| Some([place(&r.over)?, place(&r.under)?])).collect(),
            common: common.iter().filter_map(values).collect(),
            counts,
        }
    }

    /// Its saved form; `name` is that of a feature.
    pub(super) fn saved(&self, name: impl Fn(usize) -> String) -> (Vec<Ratio>, Vec<Common>) {
        let ratio = |[over, under]: &[usize; 2]| Ratio { over: name(*over), under: name(*under) };
        let common = |(place, values): &(usize, Vec<(f64, f64)>)| Common {
            feature: name(*place),
            values: values.iter().map(|(value, _)| *value).collect(),
            rows: values.iter().map(|(_, rows)| rows.exp_m1().round() as u32).collect(),
        };
        (self.pairs.iter().map(ratio).collect(), self.common.iter().map(common).collect())
    }

    /// A row with everything that is derived from it after its features.
    pub(super) fn widened(&self, row: &[f64]) -> Vec<f64> {
        let mut wide = Vec::with_capacity(row.len() + self.pairs.len() + self.common.len() + 2);
        wide.extend_from_slice(row);
        wide.extend(ratio::quotients(row, &self.pairs));
        let how_common = |(place, values): &(usize, Vec<(f64, f64)>)| {
            let value = row.get(*place).copied().unwrap_or(f64::NAN) + 0.0;
            let found = values.binary_search_by(|(known, _)| known.total_cmp(&value));
            found.ok().and_then(|at| values.get(at)).map_or(0.0, |(_, rows)| *rows)
        };
        wide.extend(self.common.iter().map(how_common));
        if self.counts {
            wide.push(row.iter().filter(|value| **value == 0.0).count() as f64);
            wide.push(row.iter().filter(|value| value.is_nan()).count() as f64);
        }
        wide
    }

    /// Gives the features what they moved through what was derived of them: a quotient's share goes half to each.
    pub(super) fn give_back(&self, derived: &[f64], features: &mut [f64]) {
        let mut add = |place: usize, moved: f64| {
            if let Some(sum) = features.get_mut(place) {
                *sum += moved;
            }
        };
        let mut derived = derived.iter();
        for ([over, under], moved) in self.pairs.iter().zip(derived.by_ref()) {
            add(*over, moved / 2.0);
            add(*under, moved / 2.0);
        }
        for ((place, _), moved) in self.common.iter().zip(derived) {
            add(*place, *moved);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn derived() -> Derived {
        Derived { pairs: vec![[0, 1]], common: vec![(1, weights(&[0.0, 7.0], &[12, 3]))], counts: true }
    }

    #[test]
    fn a_row_tells_quotient_commonness_and_gaps() {
        let wide = derived().widened(&[3.0, 7.0, f64::NAN, -0.0]);
        assert_eq!(wide[4], 4.0f64.ln() - 8.0f64.ln());
        assert_eq!(wide[5..], [4.0f64.ln(), 1.0, 1.0]);
        assert_eq!(derived().widened(&[3.0, 5.0])[3], 0.0);
        assert_eq!(derived().widened(&[3.0, -0.0])[3], 13.0f64.ln());
    }

    #[test]
    fn the_saved_form_is_the_same() {
        let names = ["a", "b"].map(str::to_owned);
        let (ratios, common) = derived().saved(|place| names[place].clone());
        let loaded = Derived::loaded(&ratios, &common, true, |name| names.iter().position(|known| known == name));
        assert_eq!(loaded, derived());
    }

    #[test]
    fn moves_go_back_to_the_features() {
        let mut features = [0.0, 1.0];
        derived().give_back(&[0.5, 2.0, 9.0, 9.0], &mut features);
        assert_eq!(features, [0.25, 3.25]);
    }

    #[test]
    fn only_what_many_rows_share_is_common() {
        let rows: Vec<Vec<f64>> = (0..100).map(|row| vec![if row < 5 { 50.0 } else { f64::from(row) }]).collect();
        assert_eq!(common(&rows, 0), [(50.0, 6)]);
    }
}
