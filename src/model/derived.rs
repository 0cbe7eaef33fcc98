//! What trees see beside the features: quotients of two, and how much of a row is zero or absent.

use super::ratio::{self, Ratio};

/// What is derived from a row.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Derived {
    /// The places of the two features of each quotient.
    pub(super) pairs: Vec<[usize; 2]>,
    /// Zeros and absent values of the row are counted.
    pub(super) counts: bool,
}

impl Derived {
    /// Learns what to derive from rows with labels.
    pub(super) fn find(rows: &[Vec<f64>], fraud: &[bool], seed: u64) -> Result<Self, String> {
        Ok(Self { pairs: ratio::find(rows, fraud, seed)?, counts: true })
    }

    /// From its saved form; `place` finds a feature.
    pub(super) fn loaded(ratios: &[Ratio], counts: bool, place: impl Fn(&String) -> Option<usize>) -> Self {
        let pair = |ratio: &Ratio| Some([place(&ratio.over)?, place(&ratio.under)?]);
        Self { pairs: ratios.iter().filter_map(pair).collect(), counts }
    }

    /// Its saved form; `name` is that of a feature.
    pub(super) fn saved(&self, name: impl Fn(usize) -> String) -> Vec<Ratio> {
        let ratio = |[over, under]: &[usize; 2]| Ratio { over: name(*over), under: name(*under) };
        self.pairs.iter().map(ratio).collect()
    }

    /// A row with everything that is derived from it after its features.
    pub(super) fn widened(&self, row: &[f64]) -> Vec<f64> {
        let mut wide = Vec::with_capacity(row.len() + self.pairs.len() + 2);
        wide.extend_from_slice(row);
        wide.extend(ratio::quotients(row, &self.pairs));
        if self.counts {
            wide.push(row.iter().filter(|value| **value == 0.0).count() as f64);
            wide.push(row.iter().filter(|value| value.is_nan()).count() as f64);
        }
        wide
    }

    /// Gives the features what they moved through what was derived of them: a quotient's share goes half to each.
    pub(super) fn give_back(&self, derived: &[f64], features: &mut [f64]) {
        for (pair, moved) in self.pairs.iter().zip(derived) {
            for place in pair {
                features.get_mut(*place).into_iter().for_each(|sum| *sum += moved / 2.0);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn derived() -> Derived {
        Derived { pairs: vec![[0, 1]], counts: true }
    }

    #[test]
    fn a_row_tells_quotients_and_gaps() {
        let wide = derived().widened(&[3.0, 7.0, f64::NAN, -0.0]);
        assert_eq!(wide[4..], [4.0f64.ln() - 8.0f64.ln(), 1.0, 1.0]);
    }

    #[test]
    fn the_saved_form_is_the_same() {
        let names = ["a", "b"].map(str::to_owned);
        let ratios = derived().saved(|place| names[place].clone());
        let loaded = Derived::loaded(&ratios, true, |name| names.iter().position(|known| known == name));
        assert_eq!(loaded, derived());
    }

    #[test]
    fn moves_go_back_to_the_features() {
        let mut features = [0.0, 1.0];
        derived().give_back(&[0.5, 9.0, 9.0], &mut features);
        assert_eq!(features, [0.25, 1.25]);
    }
}
