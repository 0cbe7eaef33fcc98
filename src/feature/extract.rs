//! From events to the profiles of subscribers: windows of time, cut where a card moves to another model of device.
//!
//! A window also ends for a card at its first change of model (TAC) in it: a day that a card spent in a watch until
//! noon and in a gateway after it gives two profiles, [`Part::Before`] and [`Part::After`], so that no profile mixes
//! the behaviour of two devices. Further changes stay in the later part, whose churn they are.

//!
//! What a subscriber was in earlier windows is kept as its [`Past`]; what a capture cannot show is taken out of the rows
//! at the end of a window, by the interfaces seen until then.

use super::past::Past;
use super::roster::Roster;
use super::{Accumulator, Interfaces, Part, Profile, Sight, Span, group};
use crate::event::Event;
use crate::identity::{Imsi, Msisdn, Plmn, Tac};
use crate::time::DAY;
use hashbrown::HashMap;

type Map<V> = HashMap<u64, V, foldhash::fast::FixedState>;

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
    first: Accumulator,
    /// When it moved to another model, and what came after.
    moved: Option<Box<(i64, Accumulator)>>,
}

impl Subscriber {
    fn push(&mut self, event: &Event) {
        self.msisdn = event.msisdn.or(self.msisdn);
        self.plmn = event.plmn.or(self.plmn);
        if let Some(imei) = event.imei.filter(|imei| !imei.is_zero()) {
            let other = self.tac.is_some_and(|tac| tac != imei.tac());
            self.tac = Some(imei.tac());
            if other && self.moved.is_none() {
                self.moved = Some(Box::new((event.time, Accumulator::default())));
            }
        }
        match &mut self.moved {
            Some(moved) => moved.1.push(event),
            None => self.first.push(event),
        }
    }

    /// Its profiles in a window, against what it was before.
    fn profiles(self, imsi: Imsi, span: Span, past: &Past) -> impl Iterator<Item = Profile> {
        let Self { msisdn, plmn, first, moved, .. } = self;
        let profile = move |part, span: Span, accumulator: Accumulator, past: &Past| {
            let mut values = accumulator.finish(span);
            past.finish(&accumulator, span, &mut values);
            Profile { imsi, msisdn, plmn, part, span, accumulator: Box::new(accumulator), values }
        };
        let (head, tail) = match moved {
            None => (profile(Part::Whole, span, first, past), None),
            Some(moved) => {
                let (at, after) = *moved;
                let before = Span { end: at, ..span };
                let mut past_of_after = past.clone();
                past_of_after.learn(&first, before);
                (
                    profile(Part::Before, before, first, past),
                    Some(profile(Part::After, Span { start: at, ..span }, after, &past_of_after)),
                )
            }
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
    subscribers: Roster<Subscriber>,
    pasts: Map<Box<Past>>,
    sight: Sight,
    refused: u64,
}

impl Extractor {
    /// Subscribers that one window can hold; events of further ones are counted as refused.
    pub const CAPACITY: usize = 1 << 24;

    /// Windows of `length` nanoseconds, aligned to a clock that is `clock` nanoseconds ahead of UTC.
    pub fn new(length: i64, clock: i64) -> Self {
        let length = if length > 0 { length } else { DAY };
        Self {
            length,
            clock,
            start: None,
            seen: None,
            subscribers: Roster::default(),
            pasts: Map::default(),
            sight: Sight::default(),
            refused: 0,
        }
    }

    /// The same for a tap at these interfaces, whatever they show: what another would have to show is absent.
    pub fn with_interfaces(self, interfaces: Interfaces) -> Self {
        Self { sight: Sight::of(interfaces), ..self }
    }

    /// What can be seen, by the interfaces told or met so far.
    pub fn sight(&self) -> Sight {
        self.sight
    }

    /// Takes an event. Gives the window that it closes, if it does: events come in time order, and one that is late
    /// counts in the window that is open.
    pub fn push(&mut self, event: &Event) -> Option<Window> {
        let local = event.time.saturating_add(self.clock).div_euclid(self.length).saturating_mul(self.length);
        let start = local.saturating_sub(self.clock);
        let closed = match self.start {
            Some(open) if start > open => self.close(true),
            _ => None,
        };
        self.sight.take(event);
        self.start.get_or_insert(start);
        let Some(imsi) = event.imsi else {
            return closed;
        };
        let seen = self.seen.get_or_insert(Span { start: event.time, end: event.time, clock: self.clock });
        seen.start = seen.start.min(event.time);
        seen.end = seen.end.max(event.time);
        match self.subscribers.entry(imsi, Self::CAPACITY) {
            Some(subscriber) => subscriber.push(event),
            None => self.refused = self.refused.saturating_add(1),
        }
        closed
    }

    /// Closes the open window, if there is one. It is the last: nothing is remembered of it.
    pub fn finish(&mut self) -> Option<Window> {
        self.close(false)
    }

    fn close(&mut self, remember: bool) -> Option<Window> {
        let start = self.start.take()?;
        let span = self.seen.take()?;
        let unknown = Past::default();
        let pasts = &self.pasts;
        let known = |imsi: Imsi| pasts.get(&imsi.to_bits()).map_or(&unknown, |past| past);
        let subscribers = self.subscribers.drain();
        let profiles = subscribers.flat_map(|(imsi, subscriber)| subscriber.profiles(imsi, span, known(imsi)));
        let mut profiles: Vec<Profile> = profiles.collect();
        group::fill(&mut profiles);
        if remember {
            self.remember(&profiles);
        }
        self.leave_out_the_unseen(&mut profiles);
        Some(Window { start, end: start.saturating_add(self.length), profiles })
    }

    fn remember(&mut self, profiles: &[Profile]) {
        for profile in profiles {
            let full = self.pasts.len() >= Self::CAPACITY;
            let imsi = profile.imsi.to_bits();
            match self.pasts.get_mut(&imsi) {
                Some(past) => past.learn(&profile.accumulator, profile.span),
                None if full => {}
                None => {
                    let mut past = Box::<Past>::default();
                    past.learn(&profile.accumulator, profile.span);
                    self.pasts.insert(imsi, past);
                }
            }
        }
    }

    /// What no interface showed is not zero but absent.
    fn leave_out_the_unseen(&self, profiles: &mut [Profile]) {
        let told = self.sight.features();
        if told.iter().all(|told| *told) {
            return;
        }
        for profile in profiles {
            for (value, _) in profile.values.iter_mut().zip(&told).filter(|(_, told)| !**told) {
                *value = f64::NAN;
            }
        }
    }

    /// Events of subscribers that found no room.
    pub fn refused(&self) -> u64 {
        self.refused
    }
}
