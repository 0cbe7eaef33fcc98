//! Counting different things in little memory: exact while they are few, bounded always.

/// Counts by key, sorted by key. The first `N` different keys are counted each by itself; what comes beyond is counted
/// together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally<K, const N: usize> {
    counts: Vec<(K, u32)>,
    beyond: u32,
}

impl<K, const N: usize> Default for Tally<K, N> {
    fn default() -> Self {
        Self { counts: Vec::new(), beyond: 0 }
    }
}

impl<K: Ord + Copy, const N: usize> Tally<K, N> {
    /// One more of `key`. True when it is a key not counted before.
    pub fn add(&mut self, key: K) -> bool {
        self.add_many(key, 1)
    }

    /// `count` more of `key`.
    pub fn add_many(&mut self, key: K, count: u32) -> bool {
        match self.counts.binary_search_by(|(known, _)| known.cmp(&key)) {
            Ok(place) => {
                if let Some((_, known)) = self.counts.get_mut(place) {
                    *known = known.saturating_add(count);
                }
                false
            }
            Err(place) if self.counts.len() < N => {
                self.counts.insert(place, (key, count));
                true
            }
            Err(_) => {
                self.beyond = self.beyond.saturating_add(count);
                true
            }
        }
    }

    /// Takes in the counts of another tally.
    pub fn merge(&mut self, other: &Self) {
        for &(key, count) in &other.counts {
            self.add_many(key, count);
        }
        self.beyond = self.beyond.saturating_add(other.beyond);
    }

    /// True when `key` was counted by itself.
    pub fn contains(&self, key: K) -> bool {
        self.counts.binary_search_by(|(known, _)| known.cmp(&key)).is_ok()
    }

    /// How many different keys; those beyond the bound count as different.
    pub fn distinct(&self) -> u32 {
        (self.counts.len() as u32).saturating_add(self.beyond)
    }

    /// How many in all.
    pub fn total(&self) -> u32 {
        self.counts.iter().fold(self.beyond, |sum, (_, count)| sum.saturating_add(*count))
    }

    /// Keys that were counted exactly once.
    pub fn singles(&self) -> u32 {
        (self.counts.iter().filter(|(_, count)| *count == 1).count() as u32).saturating_add(self.beyond)
    }

    /// The most frequent key with its count; the smallest key where several are.
    pub fn main(&self) -> Option<(K, u32)> {
        self.counts.iter().copied().reduce(|best, next| if next.1 > best.1 { next } else { best })
    }

    /// Shannon entropy of the counts in bits; absent when empty.
    pub fn entropy(&self) -> f64 {
        let total = f64::from(self.total());
        if total == 0.0 {
            return f64::NAN;
        }
        let singles = f64::from(self.beyond) * (total.log2() / total);
        self.counts.iter().fold(singles, |sum, (_, count)| {
            let p = f64::from(*count) / total;
            sum - p * p.log2()
        })
    }

    /// The keys that are counted by themselves, with their counts.
    pub fn iter(&self) -> impl Iterator<Item = (K, u32)> + '_ {
        self.counts.iter().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn beyond_the_bound_all_are_single() {
        let mut tally = Tally::<u32, 2>::default();
        for key in [1, 1, 2, 3, 4] {
            tally.add(key);
        }
        assert_eq!((tally.distinct(), tally.total(), tally.singles(), tally.main()), (4, 5, 3, Some((1, 2))));
    }

    proptest! {
        #[test]
        fn merging_equals_counting(a in prop::collection::vec(0u8..20, 0..40), b in prop::collection::vec(0u8..20, 0..40)) {
            let tally = |keys: &[u8]| keys.iter().fold(Tally::<u8, 64>::default(), |mut tally, &key| { tally.add(key); tally });
            let mut merged = tally(&a);
            merged.merge(&tally(&b));
            prop_assert_eq!(merged, tally(&[a, b].concat()));
        }
    }
}
