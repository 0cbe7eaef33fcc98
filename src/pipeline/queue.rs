//! Batches on their way from reading to sessions: in order, and taken apart on the way by whoever has time.
//!
//! The reader appends batches, sessions take them from the front. In between a helper may take a batch apart. A batch
//! that comes to the front as it was read is taken apart by whoever gets it; one that a helper is busy with is waited
//! for. So all threads have work as long as there is any, whichever stage is the slow one.

use super::apart::{Apart, Place};
use crate::dissect::Settings;
use crate::reassembly::PduBatch;
use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Batches on their way.
const CAPACITY: usize = 8;

/// See the module.
#[derive(Default)]
pub(super) struct Queue {
    settings: Settings,
    state: Mutex<State>,
    /// A batch came that a helper may take.
    work: Condvar,
    /// The front moved, or may be taken.
    turn: Condvar,
}

#[derive(Default)]
struct State {
    slots: VecDeque<Slot>,
    /// Batches that left at the front.
    gone: usize,
    /// Emptied, to be filled again.
    spare: Vec<PduBatch>,
    /// Places for what batches are taken apart into.
    places: Vec<Place>,
    /// No more batches come.
    ended: bool,
    /// A thread is gone that others would wait for.
    broken: bool,
}

enum Slot {
    Read(PduBatch),
    /// With a helper.
    Busy,
    Apart(Apart),
}

/// What sessions get.
pub(super) enum Next {
    /// As it was read.
    Read(PduBatch),
    /// Taken apart.
    Apart(Apart),
}

impl State {
    /// The first batch that nobody took apart, with its number and a place for its parts.
    fn take_read(&mut self) -> Option<(usize, PduBatch, Place)> {
        let place = self.slots.iter().position(|slot| matches!(slot, Slot::Read(_)))?;
        let slot = self.slots.get_mut(place)?;
        match std::mem::replace(slot, Slot::Busy) {
            Slot::Read(batch) => {
                let number = self.gone.wrapping_add(place);
                Some((number, batch, self.places.pop().unwrap_or_default()))
            }
            other => {
                *slot = other;
                None
            }
        }
    }
}

impl Queue {
    /// Without batches yet; they will be taken apart with these settings.
    pub(super) fn new(settings: Settings) -> Self {
        Self { settings, ..Self::default() }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// An empty batch.
    pub(super) fn spare(&self) -> PduBatch {
        self.lock().spare.pop().unwrap_or_default()
    }

    /// Gives a batch back, and the place of its parts, where it has one.
    pub(super) fn recycle(&self, batch: PduBatch, place: Option<Place>) {
        let mut state = self.lock();
        if state.spare.len() < CAPACITY {
            state.spare.push(batch);
        }
        if state.places.len() < CAPACITY {
            state.places.extend(place);
        }
    }

    /// Appends a batch. While there is no room, the reader takes batches apart. `false` when nobody wants more.
    pub(super) fn push(&self, batch: PduBatch) -> bool {
        let mut state = self.lock();
        while state.slots.len() >= CAPACITY && !state.broken {
            state = match state.take_read() {
                Some((number, batch, place)) => {
                    drop(state);
                    self.take_apart(number, batch, place);
                    self.lock()
                }
                None => self.turn.wait(state).unwrap_or_else(PoisonError::into_inner),
            };
        }
        state.slots.push_back(Slot::Read(batch));
        let go_on = !state.broken;
        drop(state);
        self.work.notify_one();
        self.turn.notify_all();
        go_on
    }

    /// Takes batches apart until there are no more.
    pub(super) fn help(&self) {
        let mut state = self.lock();
        while !state.broken {
            state = match state.take_read() {
                Some((number, batch, place)) => {
                    drop(state);
                    self.take_apart(number, batch, place);
                    self.lock()
                }
                None if state.ended => return,
                None => self.work.wait(state).unwrap_or_else(PoisonError::into_inner),
            };
        }
    }

    fn take_apart(&self, number: usize, batch: PduBatch, parts: Place) {
        let apart = Apart::of(batch, parts, self.settings);
        let mut state = self.lock();
        let place = number.wrapping_sub(state.gone);
        if let Some(slot) = state.slots.get_mut(place) {
            *slot = Slot::Apart(apart);
        }
        drop(state);
        self.turn.notify_all();
    }

    /// The batch at the front; none after the last.
    pub(super) fn next(&self) -> Option<Next> {
        let mut state = self.lock();
        loop {
            if state.broken {
                return None;
            }
            let ready = match state.slots.front() {
                Some(Slot::Busy) => false,
                Some(_) => true,
                None if state.ended => return None,
                None => false,
            };
            if ready {
                break;
            }
            state = self.turn.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        let next = match state.slots.pop_front()? {
            Slot::Read(batch) => Next::Read(batch),
            Slot::Apart(apart) => Next::Apart(apart),
            Slot::Busy => return None,
        };
        state.gone = state.gone.wrapping_add(1);
        drop(state);
        self.turn.notify_all();
        Some(next)
    }

    fn close(&self, broken: bool) {
        let mut state = self.lock();
        state.ended = true;
        state.broken |= broken;
        drop(state);
        self.work.notify_all();
        self.turn.notify_all();
    }
}

/// Held by each thread of a queue: whoever ends, ends it for the others. Waiting for a thread that panicked would
/// last for ever.
pub(super) struct Hold<'q> {
    queue: &'q Queue,
    /// Others need not be stopped when this one ends.
    last_wish: Wish,
}

/// What becomes of the queue when a thread ends.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Wish {
    /// The reader: what it read is still to be used.
    UseUp,
    /// A helper: nothing, unless it panicked.
    Nothing,
    /// Sessions: nobody is there for whom more could be read.
    Stop,
}

impl<'q> Hold<'q> {
    pub(super) fn new(queue: &'q Queue, last_wish: Wish) -> Self {
        Self { queue, last_wish }
    }
}

impl Drop for Hold<'_> {
    fn drop(&mut self) {
        match (std::thread::panicking(), self.last_wish) {
            (true, _) | (_, Wish::Stop) => self.queue.close(true),
            (_, Wish::UseUp) => self.queue.close(false),
            (_, Wish::Nothing) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn batch(mark: u8) -> PduBatch {
        PduBatch { data: vec![mark], ..PduBatch::default() }
    }

    fn mark(next: Next) -> u8 {
        match next {
            Next::Read(batch) => batch.data[0],
            Next::Apart(apart) => apart.into_emptied().0.data[0],
        }
    }

    #[test]
    fn batches_stay_in_order_with_and_without_helpers() {
        for helpers in 0..3 {
            let queue = Queue::default();
            std::thread::scope(|scope| {
                scope.spawn(|| {
                    let _hold = Hold::new(&queue, Wish::UseUp);
                    (0..100).for_each(|number| assert!(queue.push(batch(number))));
                });
                for _ in 0..helpers {
                    scope.spawn(|| queue.help());
                }
                let seen: Vec<u8> = std::iter::from_fn(|| queue.next()).map(mark).collect();
                assert_eq!(seen, (0..100).collect::<Vec<u8>>());
            });
        }
    }

    #[test]
    fn a_reader_whose_batches_nobody_takes_is_told() {
        let queue = Queue::default();
        drop(Hold::new(&queue, Wish::Stop));
        assert!(!queue.push(batch(0)));
        assert!(queue.next().is_none());
    }
}
