//! A bounded table of state, which gives up what was not used for longest.

use foldhash::fast::RandomState;
use hashbrown::HashMap;
use hashbrown::hash_map::Entry;
use std::hash::Hash;

/// State by key. Nothing depends on the order of its entries.
pub(super) struct Table<K, V> {
    entries: HashMap<K, Used<V>, RandomState>,
    capacity: usize,
    /// Entries that were not used for so long are given up.
    idle: i64,
    swept: Option<i64>,
}

struct Used<V> {
    /// When it was last used.
    time: i64,
    value: V,
}

impl<K: Hash + Eq + Copy, V> Table<K, V> {
    pub(super) fn new(capacity: usize, idle: i64) -> Self {
        Self { entries: HashMap::default(), capacity, idle, swept: None }
    }

    /// The state of a key, without using it.
    pub(super) fn peek_mut(&mut self, key: &K) -> Option<&mut V> {
        self.entries.get_mut(key).map(|used| &mut used.value)
    }

    /// The state of a key, made where there is none; `true` where it was made.
    pub(super) fn get_or(&mut self, key: K, time: i64, make: impl FnOnce() -> V) -> (&mut V, bool) {
        match self.entries.entry(key) {
            Entry::Occupied(entry) => {
                let used = entry.into_mut();
                used.time = time;
                (&mut used.value, false)
            }
            Entry::Vacant(entry) => {
                let value = make();
                (&mut entry.insert(Used { time, value }).value, true)
            }
        }
    }

    /// Whether a further key would be one too many: time for [`Self::evict_oldest`].
    pub(super) fn is_over(&self) -> bool {
        self.entries.len() > self.capacity
    }

    /// Gives up the quarter that was not used for longest.
    pub(super) fn evict_oldest(&mut self, dropped: impl FnMut(V)) {
        let mut times: Vec<i64> = self.entries.values().map(|used| used.time).collect();
        let quarter = times.len().checked_div(4).unwrap_or(0);
        if times.is_empty() {
            return;
        }
        let (_, limit, _) = times.select_nth_unstable(quarter);
        let limit = *limit;
        self.drop_until(limit, dropped);
    }

    /// Now and then gives up what was idle for too long; whether it did so now.
    pub(super) fn sweep(&mut self, now: i64, dropped: impl FnMut(V)) -> bool {
        const EVERY: u64 = 60 * super::SECOND.unsigned_abs();
        if self.swept.is_some_and(|swept| now.abs_diff(swept) < EVERY) {
            return false;
        }
        self.swept = Some(now);
        self.drop_until(now.saturating_sub(self.idle), dropped);
        true
    }

    fn drop_until(&mut self, limit: i64, mut dropped: impl FnMut(V)) {
        for (_, used) in self.entries.extract_if(|_, used| used.time <= limit) {
            dropped(used.value);
        }
    }

    /// Everything, in no order.
    pub(super) fn drain(&mut self) -> impl Iterator<Item = V> {
        self.entries.drain().map(|(_, used)| used.value)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::arithmetic_side_effects)]

    use super::*;

    #[test]
    fn the_oldest_quarter_goes_first() {
        let mut table = Table::new(8, i64::MAX);
        for key in 0..9i64 {
            table.get_or(key, key, || key);
        }
        table.get_or(0, 100, || 0); // used again
        assert!(table.is_over());
        let mut gone = Vec::new();
        table.evict_oldest(|value| gone.push(value));
        gone.sort_unstable();
        assert_eq!(gone, [1, 2, 3]);
        assert!(!table.is_over());
    }

    #[test]
    fn idle_entries_are_swept() {
        let mut table = Table::new(8, 10 * super::super::SECOND);
        table.get_or(1, 0, || ());
        table.get_or(2, 100 * super::super::SECOND, || ());
        table.sweep(100 * super::super::SECOND, |()| {});
        assert!(table.peek_mut(&1).is_none());
        assert!(table.peek_mut(&2).is_some());
    }
}
