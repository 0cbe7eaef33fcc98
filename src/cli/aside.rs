//! Work handed to a thread of its own, so that what becomes of events and messages does not hold up the decoding.

use super::Common;
use crate::event::Event;
use crate::identity::Names;
use crate::session::Listener;
use crossbeam_channel::{Receiver, Sender, bounded};

/// Events that are handed over together.
const BATCH: usize = 512;
/// Batches on their way.
const IN_FLIGHT: usize = 4;

/// A batch that is filled on one thread and used on another.
pub(super) struct Relay<T> {
    /// What is being filled.
    pub(super) batch: T,
    full: Sender<T>,
    emptied: Receiver<T>,
}

impl<T: Default> Relay<T> {
    /// Hands the batch over; `false` when nobody takes it any more.
    pub(super) fn hand_over(&mut self) -> bool {
        let next = self.emptied.try_recv().unwrap_or_default();
        self.full.send(std::mem::replace(&mut self.batch, next)).is_ok()
    }
}

/// Lets `fill` fill batches, which `take` uses and empties in their order on another thread. When `take` says `false`
/// it gets no more.
pub(super) fn relayed<T: Default + Send, R>(
    take: &mut (dyn FnMut(&mut T) -> bool + Send),
    fill: impl FnOnce(&mut Relay<T>) -> R,
) -> R {
    let (full, filled) = bounded::<T>(IN_FLIGHT);
    let (empty, emptied) = bounded(IN_FLIGHT);
    std::thread::scope(|scope| {
        let taker = scope.spawn(move || {
            for mut batch in filled {
                if !take(&mut batch) {
                    return;
                }
                // A full channel drops the batch; the other side makes another.
                let _ = empty.try_send(batch);
            }
        });
        let mut relay = Relay { batch: T::default(), full, emptied };
        let result = fill(&mut relay);
        // Nobody takes it only after a panic, which is told below, or when no more is wanted.
        let _ = relay.hand_over();
        drop(relay);
        match taker.join() {
            Ok(()) => result,
            Err(panic) => std::panic::resume_unwind(panic),
        }
    })
}

/// Lets `read` feed a listener, and gives the events to `take` in their order: on a thread of its own, unless one
/// thread is to do all.
pub(super) fn aside<R>(
    common: &Common,
    take: &mut (dyn FnMut(&Event) + Send),
    read: impl FnOnce(&mut dyn Listener) -> R,
) -> R {
    if common.threads == 1 {
        return read(&mut Direct(take));
    }
    let mut take = |events: &mut Vec<Event>| {
        events.drain(..).for_each(|event| take(&event));
        true
    };
    relayed(&mut take, |relay| read(relay))
}

struct Direct<'a>(&'a mut (dyn FnMut(&Event) + Send));

impl Listener for Direct<'_> {
    fn event(&mut self, event: &Event, _names: &Names) {
        (self.0)(event);
    }
}

impl Listener for Relay<Vec<Event>> {
    fn event(&mut self, event: &Event, _names: &Names) {
        self.batch.push(*event);
        if self.batch.len() >= BATCH {
            let _ = self.hand_over();
        }
    }
}
