//! What is due, in order of time.
//!
//! A calendar: what is due in the present second stands in a heap, everything later in the heap of its second, not yet
//! in order. So a million entries cost little more each than a thousand.

use super::clock::Time;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BinaryHeap};

/// A little over a second, as a power of two.
const PAGE: u32 = 30;

struct Entry<T> {
    time: Time,
    number: u64,
    due: T,
}

impl<T> PartialEq for Entry<T> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}
impl<T> Eq for Entry<T> {}
impl<T> PartialOrd for Entry<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl<T> Ord for Entry<T> {
    // Reversed: the heap gives its greatest entry first. Equal times keep the order in which they came.
    fn cmp(&self, other: &Self) -> Ordering {
        (other.time, other.number).cmp(&(self.time, self.number))
    }
}

/// All that is due.
pub struct Queue<T> {
    /// The present page, and what was late for its own.
    heap: BinaryHeap<Entry<T>>,
    present: Time,
    /// Pages to come.
    pages: BTreeMap<Time, Vec<Entry<T>>>,
    count: u64,
}

impl<T> Default for Queue<T> {
    fn default() -> Self {
        Self { heap: BinaryHeap::new(), present: 0, pages: BTreeMap::new(), count: 0 }
    }
}

impl<T> Queue<T> {
    /// Adds.
    pub fn push(&mut self, time: Time, due: T) {
        self.count += 1;
        let entry = Entry { time, number: self.count, due };
        let page = time >> PAGE;
        if page <= self.present {
            self.heap.push(entry);
        } else {
            self.pages.entry(page).or_default().push(entry);
        }
    }

    /// Takes the earliest if it is due before a time.
    pub fn pop_before(&mut self, time: Time) -> Option<(Time, T)> {
        if self.heap.is_empty() {
            let first = self.pages.first_entry().filter(|first| *first.key() <= time >> PAGE)?;
            self.present = *first.key();
            self.heap = BinaryHeap::from(first.remove());
        }
        if self.heap.peek()?.time >= time {
            return None;
        }
        self.heap.pop().map(|entry| (entry.time, entry.due))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_order_of_time_then_as_they_came() {
        let mut queue = Queue::default();
        for (time, due) in [(5, 'c'), (3, 'a'), (5, 'd'), (4, 'b')] {
            queue.push(time, due);
        }
        assert_eq!(queue.pop_before(3), None);
        assert_eq!(queue.pop_before(4), Some((3, 'a')));
        let rest: Vec<(Time, char)> = std::iter::from_fn(|| queue.pop_before(Time::MAX)).collect();
        assert_eq!(rest, [(4, 'b'), (5, 'c'), (5, 'd')]);
    }

    #[test]
    fn pages_follow_one_another_and_the_late_are_not_lost() {
        let page = 1 << PAGE;
        let mut queue = Queue::default();
        for (time, due) in [(3 * page, 'd'), (page + 7, 'b'), (page + 2, 'a'), (5 * page, 'e')] {
            queue.push(time, due);
        }
        assert_eq!(queue.pop_before(page + 3), Some((page + 2, 'a')));
        assert_eq!(queue.pop_before(page + 3), None);
        queue.push(2 * page, 'c');
        queue.push(1, 'z');
        let rest: String = std::iter::from_fn(|| queue.pop_before(4 * page)).map(|(_, due)| due).collect();
        assert_eq!(rest, "zbcd");
        assert_eq!(queue.pop_before(Time::MAX), Some((5 * page, 'e')));
    }
}
