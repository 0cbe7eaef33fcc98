//! A histogram of whole numbers in a few octets: classes that are 3 to 6 % wide, and only those that came.
//!
//! Classes are those of an HDR histogram with 16 in each doubling; up to 32 each number has its own.

/// Classes in each doubling.
const FINE: u32 = 16;
const FINE_BITS: u32 = FINE.ilog2();

/// How often each class came, in their order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Histogram {
    classes: Box<[(u16, u16)]>,
    total: u32,
}

fn class(value: u32) -> u16 {
    let shift = value.max(1).ilog2().saturating_sub(FINE_BITS);
    (shift.saturating_mul(FINE).saturating_add(value >> shift)) as u16
}

/// The greatest number of a class.
fn greatest(class: u16) -> f64 {
    let class = u32::from(class);
    let shift = (class / FINE).saturating_sub(1);
    let within = class.saturating_sub(shift.saturating_mul(FINE));
    (f64::from(within) + 1.0) * f64::from(shift).exp2() - 1.0
}

impl Histogram {
    /// One more.
    pub(super) fn add(&mut self, value: u32) {
        self.add_class(class(value), 1);
        self.total = self.total.saturating_add(1);
    }

    fn add_class(&mut self, class: u16, count: u16) {
        match self.classes.binary_search_by_key(&class, |(known, _)| *known) {
            Ok(place) => {
                if let Some((_, known)) = self.classes.get_mut(place) {
                    *known = known.saturating_add(count);
                }
            }
            Err(place) => {
                let mut classes = std::mem::take(&mut self.classes).into_vec();
                classes.reserve_exact(1);
                classes.insert(place, (class, count));
                self.classes = classes.into_boxed_slice();
            }
        }
    }

    /// Takes in another.
    pub(super) fn merge(&mut self, later: &Self) {
        later.classes.iter().for_each(|(class, count)| self.add_class(*class, *count));
        self.total = self.total.saturating_add(later.total);
    }

    /// How many numbers.
    pub(super) fn total(&self) -> u32 {
        self.total
    }

    /// The number that a share of all does not exceed, at the upper end of its class; absent without any.
    pub(super) fn quantile(&self, share: f64) -> f64 {
        let wanted = (f64::from(self.total) * share).ceil().max(1.0);
        let mut sum = 0.0;
        for (class, count) in &self.classes {
            sum += f64::from(*count);
            if sum >= wanted {
                return greatest(*class);
            }
        }
        f64::NAN
    }

    /// Share of the most frequent class; absent without any.
    pub(super) fn main_share(&self) -> f64 {
        super::share(self.classes.iter().map(|(_, count)| *count).max().unwrap_or(0), self.total)
    }

    /// Shannon entropy over doublings (1, 2-3, 4-7 and so on), in bits.
    pub(super) fn entropy(&self) -> f64 {
        let total = f64::from(self.total);
        let doubling = |class: u16| (greatest(class) + 1.0).max(1.0).log2().ceil() as u32;
        let chunks = self.classes.chunk_by(|(a, _), (b, _)| doubling(*a) == doubling(*b));
        super::entropy(chunks.map(|chunk| chunk.iter().map(|(_, count)| f64::from(*count)).sum::<f64>() / total))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_class_is_narrow_and_holds_its_numbers(value in 0u32..u32::MAX) {
            let upper = greatest(class(value));
            prop_assert!(upper >= f64::from(value) && upper <= f64::from(value) * (1.0 + 1.0 / f64::from(FINE)) + 1e-9);
        }
    }

    #[test]
    fn quantiles_are_exact_for_small_numbers() {
        let mut histogram = Histogram::default();
        (1..=20).for_each(|value| histogram.add(value));
        assert_eq!((histogram.quantile(0.5), histogram.quantile(0.1), histogram.quantile(1.0)), (10.0, 2.0, 20.0));
        assert!(Histogram::default().quantile(0.5).is_nan());
    }
}
