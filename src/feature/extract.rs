//! From events to the profiles of subscribers: windows of time, cut where a card moves to another model of device.
//!
//! A window also ends for a card at its first change of model (TAC) in it: a day that a card spent in a watch until
//! noon and in a gateway after it gives two profiles, [`Part::Before`] and [`Part::After`], so that no profile mixes
//! the behaviour of two devices. Further changes stay in the later part, whose churn they are.

use super::{Accumulator, Part, Profile, Span, group};
use crate::event::Event;
use crate::identity::{Imsi, Msisdn, Plmn, Tac};
use crate::time::DAY;
use hashbrown::HashMap;

/// A window that is complete.
#[derive(Debug, Clone)]
pub struct Window {
    /// Where it starts on the clock.
    pub start: i64,
    /// Where it ends on the clock.
    pub end: i64,
    /// Its profiles, by IMSI, then part.
    pub profiles: Vec<Profile>,
}

#[derive(Debug, Clone, Default)]
struct Subscriber {
    msisdn: Option<Msisdn>,
    plmn: Option<Plmn>,
    tac: Option<Tac>,
    /// In a place of its own: it is large, and the table of subscribers grows.
    first: Box<Accumulator>,
    /// When it moved to another model, and what came after.
    moved: Option<(i64, Box<Accumulator>)>,
}

impl Subscriber {
    fn push(&mut self, event: &Event) {
        self.msisdn = event.msisdn.or(self.msisdn);
        self.plmn = event.plmn.or(self.plmn);
        if let Some(imei) = event.imei.filter(|imei| !imei.is_zero()) {
            let other = self.tac.is_some_and(|tac| tac != imei.tac());
            self.tac = Some(imei.tac());
            if other && self.moved.is_none() {
                self.moved = Some((event.time, Box::default()));
            }
        }
        match &mut self.moved {
            Some((_, after)) => after.push(event),
            None => self.first.push(event),
        }
    }

    fn profiles(self, imsi: Imsi, span: Span) -> impl Iterator<Item = Profile> {
        let Self { msisdn, plmn, first, moved, .. } = self;
        let profile = move |part, span: Span, accumulator: Box<Accumulator>| {
            let values = accumulator.finish(span);
            Profile { imsi, msisdn, plmn, part, span, accumulator, values }
        };
        let (head, tail) = match moved {
            None => (profile(Part::Whole, span, first), None),
            Some((at, after)) => (
                profile(Part::Before, Span { end: at, ..span }, first),
                Some(profile(Part::After, Span { start: at, ..span }, after)),
            ),
        };
        std::iter::once(head).chain(tail)
    }
}

/// Gathers events into windows.
pub struct Extractor {
    length: i64,
    clock: i64,
    start: Option<i64>,
    /// First and last event of the window: a capture rarely fills it.
    seen: Option<Span>,
    subscribers: HashMap<u64, Subscriber, foldhash::fast::FixedState>,
    refused: u64,
}

impl Extractor {
    /// Subscribers that one window can hold; events of further ones are counted as refused.
    pub const CAPACITY: usize = 1 << 24;

    /// Windows of `length` nanoseconds, aligned to a clock that is `clock` nanoseconds ahead of UTC.
    pub fn new(length: i64, clock: i64) -> Self {
        let length = if length > 0 { length } else { DAY };
        Self { length, clock, start: None, seen: None, subscribers: HashMap::default(), refused: 0 }
    }

    /// Takes an event. Gives the window that it closes, if it does: events come in time order, and one that is late
    /// counts in the window that is open.
    pub fn push(&mut self, event: &Event) -> Option<Window> {
        let local = event.time.saturating_add(self.clock).div_euclid(self.length).saturating_mul(self.length);
        let start = local.saturating_sub(self.clock);
        let closed = match self.start {
            Some(open) if start > open => self.finish(),
            _ => None,
        };
        self.start.get_or_insert(start);
        let Some(imsi) = event.imsi else {
            return closed;
        };
        let seen = self.seen.get_or_insert(Span { start: event.time, end: event.time, clock: self.clock });
        seen.start = seen.start.min(event.time);
        seen.end = seen.end.max(event.time);
        let full = self.subscribers.len() >= Self::CAPACITY;
        match self.subscribers.get_mut(&imsi.to_bits()) {
            Some(subscriber) => subscriber.push(event),
            None if full => self.refused = self.refused.saturating_add(1),
            None => {
                let mut subscriber = Subscriber::default();
                subscriber.push(event);
                self.subscribers.insert(imsi.to_bits(), subscriber);
            }
        }
        closed
    }

    /// Closes the open window, if there is one.
    pub fn finish(&mut self) -> Option<Window> {
        let start = self.start.take()?;
        let span = self.seen.take()?;
        let mut subscribers: Vec<(u64, Subscriber)> = self.subscribers.drain().collect();
        subscribers.sort_unstable_by_key(|(imsi, _)| *imsi);
        let mut profiles: Vec<Profile> = subscribers
            .into_iter()
            .filter_map(|(imsi, subscriber)| Some(subscriber.profiles(Imsi::from_bits(imsi)?, span)))
            .flatten()
            .collect();
        group::fill(&mut profiles);
        Some(Window { start, end: start.saturating_add(self.length), profiles })
    }

    /// Events of subscribers that found no room.
    pub fn refused(&self) -> u64 {
        self.refused
    }
}
