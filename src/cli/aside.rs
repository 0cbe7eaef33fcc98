//! Events handed to a thread of their own, so that what becomes of them does not hold up the decoding.

use super::Common;
use crate::event::Event;
use crate::identity::Names;
use crate::session::Listener;
use crossbeam_channel::{Receiver, Sender, bounded};

/// Events that are handed over together.
const BATCH: usize = 512;
/// Batches on their way.
const IN_FLIGHT: usize = 4;

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
    let (full, filled) = bounded::<Vec<Event>>(IN_FLIGHT);
    let (empty, emptied) = bounded(IN_FLIGHT);
    std::thread::scope(|scope| {
        let taker = scope.spawn(move || {
            for mut events in filled {
                events.iter().for_each(&mut *take);
                events.clear();
                // A full channel drops the buffer; the other side makes another.
                let _ = empty.try_send(events);
            }
        });
        let mut relay = Relay { events: Vec::with_capacity(BATCH), full, emptied };
        let result = read(&mut relay);
        relay.hand_over();
        drop(relay);
        match taker.join() {
            Ok(()) => result,
            Err(panic) => std::panic::resume_unwind(panic),
        }
    })
}

struct Direct<'a>(&'a mut (dyn FnMut(&Event) + Send));

impl Listener for Direct<'_> {
    fn event(&mut self, event: &Event, _names: &Names) {
        (self.0)(event);
    }
}

struct Relay {
    events: Vec<Event>,
    full: Sender<Vec<Event>>,
    emptied: Receiver<Vec<Event>>,
}

impl Relay {
    fn hand_over(&mut self) {
        let next = self.emptied.try_recv().unwrap_or_else(|_| Vec::with_capacity(BATCH));
        let events = std::mem::replace(&mut self.events, next);
        // Nobody takes them any more only after a panic, which is told at the end.
        let _ = self.full.send(events);
    }
}

impl Listener for Relay {
    fn event(&mut self, event: &Event, _names: &Names) {
        self.events.push(*event);
        if self.events.len() >= BATCH {
            self.hand_over();
        }
    }
}
