//! Slots of the clock: how many had something, and how much the fullest had, without keeping them.

use crate::time::MINUTE;

/// Counts in slots of `M` minutes. Times come in order; one that is late counts in the last slot.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Slots<const M: u32> {
    /// The first and the last slot with their counts: what a merge may join.
    first: (u32, u32),
    last: (u32, u32),
    most: u32,
    distinct: u32,
}

impl<const M: u32> Slots<M> {
    /// One at `time`.
    pub(super) fn add(&mut self, time: i64) {
        let slot = time.div_euclid(MINUTE).div_euclid(i64::from(M.max(1))) as u32;
        self.merge(&Self { first: (slot, 1), last: (slot, 1), most: 1, distinct: 1 });
    }

    /// Takes in the time after.
    pub(super) fn merge(&mut self, later: &Self) {
        if later.distinct == 0 {
            return;
        }
        if self.distinct == 0 {
            *self = *later;
            return;
        }
        let joined = later.first.0 <= self.last.0;
        let alone = self.distinct == 1;
        if joined {
            let count = self.last.1.saturating_add(later.first.1);
            self.most = self.most.max(count);
            self.last.1 = count;
            if alone {
                self.first.1 = count;
            }
        }
        if !joined || later.distinct > 1 {
            self.last = later.last;
        }
        self.most = self.most.max(later.most);
        self.distinct = self.distinct.saturating_add(later.distinct).saturating_sub(u32::from(joined));
    }

    /// Slots that had something.
    pub(super) fn distinct(self) -> u32 {
        self.distinct
    }

    /// What the fullest had.
    pub(super) fn most(self) -> u32 {
        self.most
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    proptest! {
        #[test]
        fn merging_equals_counting(steps in prop::collection::vec(0i64..15, 1..60), cuts in prop::collection::vec(0usize..60, 0..5)) {
            let mut time = 0;
            let mut parts = vec![Slots::<10>::default()];
            let mut counts: BTreeMap<i64, u32> = BTreeMap::new();
            for (index, step) in steps.iter().enumerate() {
                time += step * MINUTE;
                *counts.entry(time / (10 * MINUTE)).or_default() += 1;
                if cuts.contains(&index) {
                    parts.push(Slots::default());
                }
                parts.last_mut().unwrap().add(time);
            }
            let merged = parts.into_iter().reduce(|mut all, part| { all.merge(&part); all }).unwrap();
            prop_assert_eq!(merged.distinct() as usize, counts.len());
            prop_assert_eq!(Some(merged.most()), counts.into_values().max());
        }
    }
}
