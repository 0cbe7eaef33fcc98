//! What is due, in order of time.

use super::clock::Time;
use std::cmp::Ordering;
use std::collections::BinaryHeap;

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

/// The heap of all that is due.
pub struct Queue<T> {
    heap: BinaryHeap<Entry<T>>,
    count: u64,
}

impl<T> Default for Queue<T> {
    fn default() -> Self {
        Self { heap: BinaryHeap::new(), count: 0 }
    }
}

impl<T> Queue<T> {
    /// Adds.
    pub fn push(&mut self, time: Time, due: T) {
        self.count += 1;
        self.heap.push(Entry { time, number: self.count, due });
    }

    /// Takes the earliest.
    pub fn pop(&mut self) -> Option<(Time, T)> {
        self.heap.pop().map(|entry| (entry.time, entry.due))
    }

    /// Takes the earliest if it is due before a time.
    pub fn pop_before(&mut self, time: Time) -> Option<(Time, T)> {
        if self.heap.peek()?.time < time { self.pop() } else { None }
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
        let rest: Vec<(Time, char)> = std::iter::from_fn(|| queue.pop()).collect();
        assert_eq!(rest, [(4, 'b'), (5, 'c'), (5, 'd')]);
    }
}
