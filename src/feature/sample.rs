//! Counting different things in little memory: exact while they are few, a fair sample of them beyond.
//!
//! Of the keys that came, those with the smallest ranks are kept, each with its count; a rank is a fixed scramble of
//! the key, so that which keys stay has nothing to do with what they did. Whatever is among the smallest of a whole is
//! among the smallest of the part where it stood: counting in parts and merging them gives the same sample as counting
//! at once, and two subscribers who share a key either both keep it or both know that it lies beyond. The number of
//! different keys follows from how densely the ranks lie (Beyer et al., SIGMOD 2007), with a standard error of one in
//! the root of `N - 2`.

/// What is counted: its rank is scrambled, and different for different keys.
pub(super) trait Key: Copy {
    /// Where it stands.
    fn rank(self) -> u64;
}

/// A number that was scrambled by [`mix`].
impl Key for u64 {
    fn rank(self) -> u64 {
        self
    }
}

/// Scrambles a number; [`unmix`] gives it back (the finaliser of MurmurHash3 and its inverse).
pub(super) const fn mix(mut bits: u64) -> u64 {
    bits = (bits ^ (bits >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    bits = (bits ^ (bits >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    bits ^ (bits >> 33)
}

/// The number that [`mix`] scrambled.
pub(super) const fn unmix(mut bits: u64) -> u64 {
    bits = (bits ^ (bits >> 33)).wrapping_mul(0x9cb4_b2f8_1293_37db);
    bits = (bits ^ (bits >> 33)).wrapping_mul(0x4f74_430c_22a5_4005);
    bits ^ (bits >> 33)
}

/// What is known of one key.
pub(super) trait Count: Copy + Default {
    /// Takes in what came after.
    fn add(&mut self, later: Self);
    /// How often it came.
    fn times(self) -> u32;
}

impl Count for u32 {
    fn add(&mut self, later: Self) {
        *self = self.saturating_add(later);
    }
    fn times(self) -> u32 {
        self
    }
}

/// Nothing to count, only that it came.
impl Count for () {
    fn add(&mut self, _later: Self) {}
    fn times(self) -> u32 {
        1
    }
}

/// A key with its count, without room between them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(Rust, packed(2))]
pub(super) struct Entry<K, V>(K, V);

/// Counts by key, in the order of their ranks: the `N` smallest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Sample<K: Copy, V: Copy, const N: usize> {
    /// All that most subscribers have.
    One(K, V),
    /// None, or several.
    Several {
        /// No room to spare.
        kept: Box<[Entry<K, V>]>,
        total: u32,
        /// True when there were more keys than are kept.
        more: bool,
    },
}

impl<K: Copy, V: Copy, const N: usize> Default for Sample<K, V, N> {
    fn default() -> Self {
        Self::Several { kept: Box::default(), total: 0, more: false }
    }
}

impl<K: Key, V: Count, const N: usize> Sample<K, V, N> {
    /// Counts `count` of `key`.
    pub(super) fn add(&mut self, key: K, count: V) {
        match self {
            Self::One(known, sum) if known.rank() == key.rank() => sum.add(count),
            Self::One(known, sum) => {
                let (known, sum) = (Entry(*known, *sum), sum.times());
                *self = Self::Several { kept: Box::new([known]), total: sum, more: false };
                self.add(key, count);
            }
            Self::Several { kept, .. } if kept.is_empty() => *self = Self::One(key, count),
            Self::Several { kept, total, more } => {
                *total = total.saturating_add(count.times());
                Self::add_to(kept, more, key, count);
            }
        }
    }

    fn add_to(kept: &mut Box<[Entry<K, V>]>, more: &mut bool, key: K, count: V) {
        let rank = key.rank();
        match kept.binary_search_by(|&Entry(known, _)| known.rank().cmp(&rank)) {
            Ok(place) => {
                if let Some(entry) = kept.get_mut(place) {
                    let Entry(key, mut sum) = *entry;
                    sum.add(count);
                    *entry = Entry(key, sum);
                }
            }
            Err(place) if kept.len() < N => {
                let mut all = std::mem::take(kept).into_vec();
                all.reserve_exact(1);
                all.insert(place, Entry(key, count));
                *kept = all.into_boxed_slice();
            }
            Err(place) => {
                *more = true;
                let later = kept.get_mut(place..).unwrap_or_default();
                if !later.is_empty() {
                    later.rotate_right(1);
                }
                if let Some(entry) = later.first_mut() {
                    *entry = Entry(key, count);
                }
            }
        }
    }

    /// Takes in what was counted after.
    pub(super) fn merge(&mut self, later: &Self) {
        let before = self.total();
        later.iter().for_each(|(key, count)| self.add(key, count));
        if let (Self::Several { total, more, .. }, Self::Several { total: added, more: others, .. }) = (self, later) {
            // What is no longer kept counts, too.
            *total = before.saturating_add(*added);
            *more |= others;
        }
    }

    /// How many of all keys.
    pub(super) fn total(&self) -> u32 {
        match self {
            Self::One(_, count) => count.times(),
            Self::Several { total, .. } => *total,
        }
    }

    /// The last key that is kept, where there were more.
    fn edge(&self) -> Option<K> {
        match self {
            Self::Several { kept, more: true, .. } => kept.last().map(|&Entry(key, _)| key),
            _ => None,
        }
    }

    /// How many keys are kept.
    fn len(&self) -> usize {
        match self {
            Self::One(..) => 1,
            Self::Several { kept, .. } => kept.len(),
        }
    }

    /// How many different keys: exact up to `N`, then an estimate.
    pub(super) fn distinct(&self) -> f64 {
        match self.edge() {
            Some(last) => (N.saturating_sub(1) as f64 * (u64::MAX as f64 / (last.rank() as f64).max(1.0))).round(),
            None => self.len() as f64,
        }
    }

    /// How many different keys there are for each that is kept.
    fn scale(&self) -> f64 {
        self.distinct() / (self.len() as f64).max(1.0)
    }

    /// Share of the keys for which something holds; absent without a key.
    pub(super) fn share(&self, holds: impl Fn(V) -> bool) -> f64 {
        let holding = self.iter().filter(|(_, count)| holds(*count)).count();
        super::share(holding as f64, self.len() as f64)
    }

    /// The most frequent key that is kept; the one with the smallest rank where several are.
    pub(super) fn main(&self) -> Option<(K, V)> {
        self.iter().reduce(|best, next| if next.1.times() > best.1.times() { next } else { best })
    }

    /// Share of the most frequent key; absent without any.
    pub(super) fn main_share(&self) -> f64 {
        super::share(self.main().map_or(0, |(_, count)| count.times()), self.total())
    }

    /// Shannon entropy of the counts in bits; absent when empty.
    pub(super) fn entropy(&self) -> f64 {
        let total = f64::from(self.total());
        if total == 0.0 {
            return f64::NAN;
        }
        super::entropy(self.iter().map(|(_, count)| f64::from(count.times()) / total)) * self.scale()
    }

    /// The keys that are kept with their counts, by rank.
    pub(super) fn iter(&self) -> impl Iterator<Item = (K, V)> + Clone + '_ {
        let (one, several) = match self {
            Self::One(key, count) => (Some((*key, *count)), &[][..]),
            Self::Several { kept, .. } => (None, &kept[..]),
        };
        one.into_iter().chain(several.iter().map(|&Entry(key, count)| (key, count)))
    }

    /// What is known of a key.
    pub(super) fn of(&self, key: K) -> Option<V> {
        match self {
            Self::One(known, count) => (known.rank() == key.rank()).then_some(*count),
            Self::Several { kept, .. } => {
                let place = kept.binary_search_by(|&Entry(known, _)| known.rank().cmp(&key.rank())).ok()?;
                kept.get(place).map(|&Entry(_, count)| count)
            }
        }
    }

    /// The rank beyond which nothing is known.
    pub(super) fn horizon(&self) -> u64 {
        self.edge().map_or(u64::MAX, Key::rank)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn counted(keys: &[u16]) -> Sample<u64, u32, 24> {
        let mut sample = Sample::default();
        keys.iter().for_each(|key| sample.add(mix(u64::from(*key)), 1));
        sample
    }

    proptest! {
        #[test]
        fn merging_equals_counting(a in prop::collection::vec(0u16..60, 0..200), b in prop::collection::vec(0u16..60, 0..200)) {
            let mut merged = counted(&a);
            merged.merge(&counted(&b));
            prop_assert_eq!(merged, counted(&[a, b].concat()));
        }

        #[test]
        fn a_scramble_can_be_undone(bits: u64) {
            prop_assert_eq!(unmix(mix(bits)), bits);
        }
    }

    #[test]
    fn many_are_estimated() {
        let mut sample = Sample::<u64, u32, 256>::default();
        for round in 0..3u64 {
            (0..20_000).for_each(|key| sample.add(mix(key), 1));
            assert_eq!(u64::from(sample.total()), (round + 1) * 20_000);
        }
        // Four times the standard error.
        assert!((sample.distinct() / 20_000.0 - 1.0).abs() < 0.25, "{}", sample.distinct());
        assert_eq!(sample.share(|count| count == 3), 1.0);
        assert!((sample.entropy() - 20_000f64.log2()).abs() < 0.25 * 20_000f64.log2());
    }
}
