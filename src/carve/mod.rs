//! The packets that concern some subscribers, numbers or devices: found through everything that they are tied to.
//!
//! A message belongs to them if it names one of them, if another message of its exchange does (dialogue, connection,
//! session, call, tunnel), or if an event of theirs comes from its frame. A subscriber's numbers are found on the way, a
//! number's subscribers too; the devices that a subscriber used bring in no other cards.
//!
//! An identity may become known only after the messages that it explains. So the captures are read until a reading
//! finds nothing new ([`Search::has_grown`]), seldom more than twice; the frames of that reading are the result. Memory
//! grows with what is found, not with the captures.

mod frames;

pub use frames::Frames;

use crate::event::{Event, Source};
use crate::identity::{Names, Number};
use crate::message::{Exchange, Message, Wanted};
use crate::session::Listener;
use crate::wire::Named;
use std::collections::HashSet;

/// What is looked for, and what was found to belong to it.
#[derive(Debug, Default)]
pub struct Search {
    wanted: Wanted,
    exchanges: HashSet<Exchange>,
    /// Frames of events of theirs.
    events: HashSet<Source>,
    grown: bool,
    frames: Frames,
}

impl Search {
    /// Readings after which the result is taken as it is.
    pub const READINGS: usize = 6;

    /// Looks for these.
    pub fn new(wanted: Wanted) -> Self {
        Self { wanted, ..Self::default() }
    }

    /// Before another reading: forgets the frames, keeps what was learnt.
    pub fn again(&mut self) {
        self.grown = false;
        self.frames = Frames::default();
    }

    /// Whether this reading found something that concerns messages which it had passed already.
    pub fn has_grown(&self) -> bool {
        self.grown
    }

    /// Who it is by now.
    pub fn wanted(&self) -> &Wanted {
        &self.wanted
    }

    /// The frames that were found.
    pub fn into_frames(self) -> Frames {
        self.frames
    }

    /// An event comes from the frame of a message that names nobody (or by a temporary identity).
    fn by_event(&self, message: &Message<'_>) -> bool {
        let Named { imsi, msisdn, imei, .. } = message.named;
        imsi.is_none() && msisdn.is_none() && imei.is_none() && self.events.contains(&message.source)
    }
}

impl Listener for Search {
    fn wants_messages(&self) -> bool {
        true
    }

    fn message(&mut self, message: &Message<'_>) {
        let known = self.exchanges.contains(&message.exchange);
        if !known && !self.wanted.named(&message.named) && !self.by_event(message) {
            return;
        }
        if message.exchange != Exchange::NONE && self.exchanges.insert(message.exchange) {
            self.grown = true;
        }
        self.frames.add(message);
    }

    fn event(&mut self, event: &Event, _names: &Names) {
        let of_subscriber = event.imsi.is_some_and(|imsi| self.wanted.imsi(imsi));
        let of_number = event.msisdn.is_some_and(|msisdn| self.wanted.number(Number::from(msisdn)));
        let in_device = event.imei.is_some_and(|imei| self.wanted.imei(imei));
        if !of_subscriber && !of_number && !in_device {
            return;
        }
        if of_subscriber || of_number {
            let number = event.msisdn.is_some_and(|msisdn| self.wanted.msisdns.insert(msisdn));
            let subscriber = event.imsi.is_some_and(|imsi| self.wanted.imsis.insert(imsi));
            self.grown |= number || subscriber;
        }
        self.grown |= self.events.insert(event.source);
    }
}

#[cfg(test)]
mod tests;
