//! What happens next: everything that is due, in order of time.

use super::clock::Time;
use super::network::{Link, Send};
use super::transport::Later;
use std::cmp::Ordering;
use std::collections::BinaryHeap;

/// Something that is due.
#[derive(Debug)]
pub enum Due {
    /// A subscriber's next errand.
    Subscriber(usize),
    /// A gateway's next step.
    Gateway(usize),
    /// Messages leave a node.
    Send(Send),
    /// A packet passes the tap, or a transport's timer runs out.
    Transport(Link, Later),
    /// A heartbeat between the applications at the ends of a link.
    Beat(Link),
    /// A UE's connection is closed.
    Close(Link),
}

struct Entry {
    time: Time,
    number: u64,
    due: Due,
}

impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}
impl Eq for Entry {}
impl PartialOrd for Entry {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Entry {
    // Reversed: the heap gives its greatest entry first. Equal times keep the order in which they came.
    fn cmp(&self, other: &Self) -> Ordering {
        (other.time, other.number).cmp(&(self.time, self.number))
    }
}

/// The heap of all that is due.
#[derive(Default)]
pub struct Queue {
    heap: BinaryHeap<Entry>,
    count: u64,
}

impl Queue {
    /// Adds.
    pub fn push(&mut self, time: Time, due: Due) {
        self.count += 1;
        self.heap.push(Entry { time, number: self.count, due });
    }

    /// Takes the earliest.
    pub fn pop(&mut self) -> Option<(Time, Due)> {
        self.heap.pop().map(|entry| (entry.time, entry.due))
    }
}
