//! Slots of the clock: how many had something, and how much the fullest had, without keeping them.

use crate::time::MINUTE;

/// The slot of `M` minutes at `time`.
fn slot<const M: u32>(time: i64) -> u32 {
    time.div_euclid(MINUTE).div_euclid(i64::from(M.max(1))) as u32
}

/// How much the fullest slot of `M` minutes had. Times come in order; one that is late counts in the last slot.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Fullest<const M: u32> {
    /// The first and the last slot with their counts: what a merge may join.
    first: (u32, u32),
    last: (u32, u32),
    most: u32,
}

impl<const M: u32> Fullest<M> {
    /// One at `time`.
    pub(super) fn add(&mut self, time: i64) {
        self.merge(&Self::once(time));
    }

    fn once(time: i64) -> Self {
        let slot = slot::<M>(time);
        Self { first: (slot, 1), last: (slot, 1), most: 1 }
    }

    /// Takes in the time after; gives whether it begins in the last slot.
    pub(super) fn merge(&mut self, later: &Self) -> bool {
        if later.most == 0 {
            return false;
        }
        if self.most == 0 {
            *self = *later;
            return false;
        }
        let joined = later.first.0 <= self.last.0;
        if joined {
            let count = self.last.1.saturating_add(later.first.1);
            self.most = self.most.max(count);
            if self.first.0 == self.last.0 {
                self.first.1 = count;
            }
            self.last.1 = count;
        }
        if later.last.0 > self.last.0 {
            self.last = later.last;
        }
        self.most = self.most.max(later.most);
        joined
    }

    /// What the fullest had.
    pub(super) fn most(self) -> u32 {
        self.most
    }
}

/// The same, and how many slots had something.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Slots<const M: u32> {
    fullest: Fullest<M>,
    distinct: u32,
}

impl<const M: u32> Slots<M> {
    /// One at `time`.
    pub(super) fn add(&mut self, time: i64) {
        self.merge(&Self { fullest: Fullest::once(time), distinct: 1 });
    }

    /// Takes in the time after.
    pub(super) fn merge(&mut self, later: &Self) {
        let joined = self.fullest.merge(&later.fullest);
        self.distinct = self.distinct.saturating_add(later.distinct).saturating_sub(u32::from(joined));
    }

    /// Slots that had something.
    pub(super) fn distinct(self) -> u32 {
        self.distinct
    }

    /// What the fullest had.
    pub(super) fn most(self) -> u32 {
        self.fullest.most()
    }
}

/// How many slots of `M` minutes had something, and no more.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Distinct<const M: u32> {
    first: u32,
    last: u32,
    distinct: u32,
}

impl<const M: u32> Distinct<M> {
    /// Something at `time`.
    pub(super) fn add(&mut self, time: i64) {
        let slot = slot::<M>(time);
        self.merge(&Self { first: slot, last: slot, distinct: 1 });
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
        let joined = u32::from(later.first <= self.last);
        self.last = self.last.max(later.last);
        self.distinct = self.distinct.saturating_add(later.distinct).saturating_sub(joined);
    }

    /// Slots that had something.
    pub(super) fn count(self) -> u32 {
        self.distinct
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
            let mut parts = vec![(Slots::<10>::default(), Distinct::<10>::default())];
            let mut counts: BTreeMap<i64, u32> = BTreeMap::new();
            for (index, step) in steps.iter().enumerate() {
                time += step * MINUTE;
                *counts.entry(time / (10 * MINUTE)).or_default() += 1;
                if cuts.contains(&index) {
                    parts.push(Default::default());
                }
                let (slots, distinct) = parts.last_mut().unwrap();
                slots.add(time);
                distinct.add(time);
            }
            let together = |mut all: (Slots<10>, Distinct<10>), part: (Slots<10>, Distinct<10>)| {
                all.0.merge(&part.0);
                all.1.merge(&part.1);
                all
            };
            let (merged, distinct) = parts.into_iter().reduce(together).unwrap();
            prop_assert_eq!(merged.distinct() as usize, counts.len());
            prop_assert_eq!(distinct.count() as usize, counts.len());
            prop_assert_eq!(Some(merged.most()), counts.into_values().max());
        }
    }
}
