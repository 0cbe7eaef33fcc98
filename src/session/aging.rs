//! A table that forgets: bounded in size and in capture time, at the cost of two hash maps.
//!
//! Entries live in a young and an old generation. What is used moves to the young one; when that is full or a timeout
//! has passed, the old one is given up and the young one becomes the old. So an entry stays for at least the timeout
//! after its last use (while there is room), at most twice that, and nothing ever scans the table.

use hashbrown::HashMap;
use std::hash::Hash;

type Generation<K, V> = HashMap<K, V, foldhash::fast::FixedState>;

/// See the module.
#[derive(Debug, Clone)]
pub(crate) struct Aging<K, V> {
    young: Generation<K, V>,
    old: Generation<K, V>,
    half: usize,
    timeout: i64,
    turned: Option<i64>,
}

impl<K: Hash + Eq + Copy + Ord, V> Aging<K, V> {
    /// Room for `capacity` entries, each kept for `timeout` nanoseconds after its last use.
    pub(crate) fn new(capacity: usize, timeout: i64) -> Self {
        Self {
            young: Generation::default(),
            old: Generation::default(),
            half: (capacity / 2).max(1),
            timeout,
            turned: None,
        }
    }

    /// Lets time pass; gives what is given up, in the order of keys.
    pub(crate) fn pass(&mut self, now: i64) -> Vec<(K, V)> {
        let turned = *self.turned.get_or_insert(now);
        // A clock that jumps, either way, lets the time pass as well.
        if now.abs_diff(turned) < self.timeout.unsigned_abs() && self.young.len() < self.half {
            return Vec::new();
        }
        self.turned = Some(now);
        let young = std::mem::take(&mut self.young);
        sorted(std::mem::replace(&mut self.old, young))
    }

    /// The entry of a key; it counts as used.
    pub(crate) fn get_mut(&mut self, key: &K) -> Option<&mut V> {
        if !self.young.contains_key(key) {
            let (key, value) = self.old.remove_entry(key)?;
            self.young.insert(key, value);
        }
        self.young.get_mut(key)
    }

    /// The entry of a key, without using it.
    pub(crate) fn peek(&self, key: &K) -> Option<&V> {
        self.young.get(key).or_else(|| self.old.get(key))
    }

    /// Sets the entry of a key; gives the one before.
    pub(crate) fn insert(&mut self, key: K, value: V) -> Option<V> {
        let before = self.old.remove(&key);
        self.young.insert(key, value).or(before)
    }

    /// Takes the entry of a key out.
    pub(crate) fn remove(&mut self, key: &K) -> Option<V> {
        self.young.remove(key).or_else(|| self.old.remove(key))
    }

    /// Takes everything out, in the order of keys.
    pub(crate) fn drain(&mut self) -> Vec<(K, V)> {
        let mut all = std::mem::take(&mut self.old);
        all.extend(std::mem::take(&mut self.young));
        sorted(all)
    }
}

fn sorted<K: Ord + Copy, V>(entries: Generation<K, V>) -> Vec<(K, V)> {
    let mut entries: Vec<(K, V)> = entries.into_iter().collect();
    entries.sort_unstable_by_key(|(key, _)| *key);
    entries
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_used_stays() {
        let mut table = Aging::new(100, 10);
        table.pass(0);
        table.insert(1, 'a');
        table.insert(2, 'b');
        assert!(table.pass(10).is_empty());
        assert_eq!(table.get_mut(&1), Some(&mut 'a'));
        assert_eq!(table.pass(20), [(2, 'b')]);
        assert_eq!((table.peek(&1), table.peek(&2)), (Some(&'a'), None));
    }

    #[test]
    fn a_clock_that_jumps_back_does_not_stop_it() {
        let mut table = Aging::new(100, 10);
        table.pass(i64::MAX / 2);
        table.insert(1, ());
        assert!(table.pass(0).is_empty());
        assert_eq!(table.pass(10), [(1, ())]);
    }

    #[test]
    fn it_never_grows_beyond_its_capacity() {
        let mut table = Aging::new(8, i64::MAX);
        let mut given_up = 0;
        for key in 0..1000 {
            table.insert(key, ());
            given_up += table.pass(0).len();
            assert!(table.young.len() + table.old.len() <= 8);
        }
        assert_eq!(given_up + table.drain().len(), 1000);
    }
}
