//! A table that forgets: bounded in size and in capture time.
//!
//! Entries belong to a young or an old generation. What is used becomes young; when the young are too many or a timeout
//! has passed, the old ones are given up and the young ones become old. So an entry stays for at least the timeout
//! after its last use (while there is room), at most twice that. The table is scanned only at such a turn.

use hashbrown::HashMap;
use hashbrown::hash_map::Entry;
use std::hash::Hash;

#[derive(Debug, Clone)]
struct Aged<V> {
    generation: u32,
    value: V,
}

/// See the module.
#[derive(Debug, Clone)]
pub(crate) struct Aging<K, V> {
    entries: HashMap<K, Aged<V>, foldhash::fast::FixedState>,
    /// That of the young; all others are old.
    generation: u32,
    young: usize,
    half: usize,
    timeout: i64,
    turned: Option<i64>,
}

impl<K: Hash + Eq + Copy + Ord, V> Aging<K, V> {
    /// Room for `capacity` entries, each kept for `timeout` nanoseconds after its last use.
    pub(crate) fn new(capacity: usize, timeout: i64) -> Self {
        Self {
            entries: HashMap::default(),
            generation: 0,
            young: 0,
            half: (capacity / 2).max(1),
            timeout,
            turned: None,
        }
    }

    /// Lets time pass; gives what is given up, in the order of keys.
    pub(crate) fn pass(&mut self, now: i64) -> Vec<(K, V)> {
        if !self.turns(now) {
            return Vec::new();
        }
        let young = self.generation;
        let old = self.entries.extract_if(|_, entry| entry.generation != young);
        let old = sorted(old.map(|(key, entry)| (key, entry.value)).collect());
        self.turn();
        old
    }

    /// Lets time pass, where nobody asks for what is given up.
    pub(crate) fn forget(&mut self, now: i64) {
        if self.turns(now) {
            let young = self.generation;
            self.entries.retain(|_, entry| entry.generation == young);
            self.turn();
        }
    }

    /// Whether it is time that the young become old.
    fn turns(&mut self, now: i64) -> bool {
        let turned = *self.turned.get_or_insert(now);
        // A clock that jumps, either way, lets the time pass as well.
        let turns = now.abs_diff(turned) >= self.timeout.unsigned_abs() || self.young >= self.half;
        if turns {
            self.turned = Some(now);
        }
        turns
    }

    /// The old ones are gone, and the young become old.
    fn turn(&mut self) {
        self.generation = self.generation.wrapping_add(1);
        self.young = 0;
        // After a flood the room is given back.
        if self.entries.capacity() / 8 > self.entries.len() {
            self.entries.shrink_to(self.entries.len().saturating_mul(2));
        }
    }

    /// The entry of a key; it counts as used.
    pub(crate) fn get_mut(&mut self, key: &K) -> Option<&mut V> {
        let entry = self.entries.get_mut(key)?;
        if entry.generation != self.generation {
            entry.generation = self.generation;
            self.young = self.young.saturating_add(1);
        }
        Some(&mut entry.value)
    }

    /// The entry of a key, without using it.
    pub(crate) fn peek(&self, key: &K) -> Option<&V> {
        self.entries.get(key).map(|entry| &entry.value)
    }

    /// Sets the entry of a key; gives the one before.
    pub(crate) fn insert(&mut self, key: K, value: V) -> Option<V> {
        let generation = self.generation;
        let fresh = Aged { generation, value };
        match self.entries.entry(key) {
            Entry::Vacant(entry) => {
                entry.insert(fresh);
                self.young = self.young.saturating_add(1);
                None
            }
            Entry::Occupied(mut entry) => {
                let before = entry.insert(fresh);
                if before.generation != generation {
                    self.young = self.young.saturating_add(1);
                }
                Some(before.value)
            }
        }
    }

    /// The entry of a key, without using it; one that was not there is set.
    pub(crate) fn peek_or_insert(&mut self, key: K, value: V) -> Option<&V> {
        let generation = self.generation;
        match self.entries.entry(key) {
            Entry::Occupied(entry) => Some(&entry.into_mut().value),
            Entry::Vacant(entry) => {
                entry.insert(Aged { generation, value });
                self.young = self.young.saturating_add(1);
                None
            }
        }
    }

    /// The entry of a key, made where there is none; it counts as used.
    pub(crate) fn get_or_default(&mut self, key: K) -> &mut V
    where
        V: Default,
    {
        let generation = self.generation;
        let entry = self
            .entries
            .entry(key)
            .or_insert_with(|| Aged { generation: generation.wrapping_sub(1), value: V::default() });
        if entry.generation != generation {
            entry.generation = generation;
            self.young = self.young.saturating_add(1);
        }
        &mut entry.value
    }

    /// Takes the entry of a key out.
    pub(crate) fn remove(&mut self, key: &K) -> Option<V> {
        let entry = self.entries.remove(key)?;
        if entry.generation == self.generation {
            self.young = self.young.saturating_sub(1);
        }
        Some(entry.value)
    }

    /// Takes everything out, in the order of keys.
    pub(crate) fn drain(&mut self) -> Vec<(K, V)> {
        self.young = 0;
        sorted(self.entries.drain().map(|(key, entry)| (key, entry.value)).collect())
    }
}

fn sorted<K: Ord + Copy, V>(mut entries: Vec<(K, V)>) -> Vec<(K, V)> {
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
            assert!(table.entries.len() <= 8);
        }
        assert_eq!(given_up + table.drain().len(), 1000);
    }
}
