//! Registration: how often the card comes and goes.

use super::definition::{NEVER, definitions};
use super::histogram::Histogram;
use super::spot::{Clock, second};
use super::visits::Visits;
use super::{Definition, Family, Span, Spot, Visit, share};
use crate::event::{Direction, Event, EventKind, Result};

/// Registrations and departures whose time and place are kept for the synchrony of groups.
const MAX_VISITS: usize = 48;
/// The same of registrations under a node.
const MAX_ARRIVALS: usize = 24;

const CN: &str = "CN113660721A: cards switched on and off together";
const KOUAM: &str = "Kouam et al. 2024: rotation of cards";

/// Times on and off the air.
#[derive(Debug, Clone, Default, PartialEq)]
struct Cycles {
    online: Histogram,
    offline: Histogram,
    departures: Visits<MAX_VISITS>,
    /// The first departure, where no registration came before.
    unasked: Option<u32>,
    /// On the air from the first registration to the first departure, where it is not known since when.
    head: Option<(u32, u32)>,
    /// When it left, while it did not come back.
    gone: Option<u32>,
}

/// The number of a place, and what it is.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
enum At {
    #[default]
    Nowhere,
    Area(u32),
    Cell(u32),
}

impl At {
    fn of(spot: Spot) -> Self {
        let place = Visit::new(0, spot).place;
        if spot.is_cell() { Self::Cell(place) } else { Self::Area(place) }
    }

    fn place(self) -> u32 {
        match self {
            Self::Nowhere => 0,
            Self::Area(place) | Self::Cell(place) => place,
        }
    }
}

/// See the module.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Registration {
    registers: u32,
    leaves: u32,
    failures: u32,
    attaches: Visits<MAX_VISITS>,
    /// The same by serving node, which knows of every registration.
    arrivals: Visits<MAX_ARRIVALS>,
    /// Where it was last.
    at: At,
    /// The last registration after which no call of its own was seen.
    waiting_since: Clock,
    /// In seconds, one added; 0 for none.
    shortest_wait: u32,
    /// First outgoing call, for merging: it may answer an earlier part's registration.
    first_call: Clock,
    first_register: Clock,
    /// Registered since, in seconds.
    up: Clock,
    cycles: Option<Box<Cycles>>,
}

impl Registration {
    /// When and where it registered, the first times.
    pub(super) fn attaches(&self) -> impl Iterator<Item = Visit> + '_ {
        self.attaches.iter()
    }

    /// Registrations that were not refused.
    pub(super) fn registers(&self) -> u32 {
        self.registers
    }

    /// When and under which node it registered, the first times.
    pub(super) fn arrivals(&self) -> impl Iterator<Item = Visit> + '_ {
        self.arrivals.iter()
    }

    /// When it was switched off, and where it was then; place 0 where that is not known.
    pub(super) fn departures(&self) -> impl Iterator<Item = Visit> + '_ {
        self.cycles.as_deref().into_iter().flat_map(|cycles| cycles.departures.iter())
    }

    /// A cell says more than an area.
    fn is_at(&mut self, at: At) {
        if matches!((self.at, at), (_, At::Cell(_)) | (At::Nowhere | At::Area(_), At::Area(_))) {
            self.at = at;
        }
    }

    /// The next call after a registration.
    fn called(&mut self, since: Clock, call: Clock) {
        if let (Some(since), Some(call)) = (since.get(), call.get()) {
            self.shorter_wait(call.saturating_sub(since).saturating_add(1));
        }
    }

    fn shorter_wait(&mut self, wait: u32) {
        if wait > 0 && (self.shortest_wait == 0 || wait < self.shortest_wait) {
            self.shortest_wait = wait;
        }
    }

    fn register(&mut self, event: &Event) {
        self.registers = self.registers.saturating_add(1);
        let clock = Clock::at(event.time);
        self.first_register = self.first_register.or(clock);
        self.waiting_since = clock;
        if let Some(cell) = event.cell {
            self.attaches.push(Visit::new(event.time, Spot::from(cell)));
        }
        if let Some(node) = event.serving_node {
            self.arrivals.push(Visit::under(event.time, node));
        }
        let now = second(event.time);
        if let Some(cycles) = &mut self.cycles
            && let Some(gone) = cycles.gone.take()
        {
            cycles.offline.add(now.saturating_sub(gone));
        }
        self.up = self.up.or(clock);
    }

    fn leave(&mut self, event: &Event) {
        let now = second(event.time);
        let first = self.cycles.is_none();
        let cycles = self.cycles.get_or_insert_default();
        match self.up.take().get() {
            // It may have been on the air before this part began.
            Some(since) if first => cycles.head = Some((since, now)),
            Some(since) => cycles.online.add(now.saturating_sub(since)),
            None if first => cycles.unasked = Some(now),
            None => {}
        }
        cycles.gone = Some(now);
        cycles.departures.push(Visit { place: self.at.place(), second: now });
    }

    fn merge_cycles(&mut self, later: &Self) {
        let up = self.up.get();
        let place = self.at.place();
        // Where it was when it left, an earlier part may know.
        let placed = |visit: Visit| if visit.place == 0 { Visit { place, ..visit } } else { visit };
        match (&mut self.cycles, &later.cycles) {
            (None, None) => self.up = self.up.or(later.up),
            (Some(cycles), None) => {
                if let (Some(since), Some(gone)) = (later.up.get(), cycles.gone) {
                    cycles.offline.add(since.saturating_sub(gone));
                    cycles.gone = None;
                }
                self.up = self.up.or(later.up);
            }
            (None, Some(next)) => {
                let mut cycles = next.clone();
                cycles.departures = next.departures.iter().map(placed).collect();
                match (up, next.head, next.unasked) {
                    (Some(since), Some((_, left)), _) | (Some(since), _, Some(left)) => {
                        cycles.head = Some((since, left));
                        cycles.unasked = None;
                    }
                    _ => {}
                }
                self.cycles = Some(cycles);
                self.up = later.up;
            }
            (Some(cycles), Some(next)) => {
                if let (Some(gone), Some((since, _))) = (cycles.gone, next.head) {
                    cycles.offline.add(since.saturating_sub(gone));
                }
                match (up, next.head, next.unasked) {
                    (Some(since), Some((_, left)), _)
                    | (Some(since), _, Some(left))
                    | (None, Some((since, left)), _) => {
                        cycles.online.add(left.saturating_sub(since));
                    }
                    _ => {}
                }
                cycles.online.merge(&next.online);
                cycles.offline.merge(&next.offline);
                next.departures.iter().map(placed).for_each(|visit| cycles.departures.push(visit));
                cycles.gone = next.gone;
                self.up = later.up;
            }
        }
    }
}

impl Family for Registration {
    const DEFINITIONS: &'static [Definition] = definitions! {
        "registers_per_hour" PerHour: "registrations that were not refused, by the hour",
            says "registered {} times an hour",
            from "3GPP TS 23.012; GSMA on registration patterns", needs [Registers], absent NEVER;
        "register_failures_share" Share: "registrations that were refused / registrations",
            says "{} of its registrations were refused",
            from "3GPP TS 29.002 §8.1.2, TS 29.272 §7.4", needs [Registers], absent "no registration";
        "leaves_per_hour" PerHour: "deregistrations and cancellations by the hour",
            says "left the network {} times an hour", from CN, needs [Leaves], absent NEVER;
        "online_typical" Seconds: "median time from coming on the air to being switched off",
            says "was on the air for {} at a time as a rule",
            from KOUAM, needs [Registers, Leaves], absent "never seen to come and go";
        "offline_typical" Seconds: "median time from being switched off to the next registration",
            says "was off the air for {} at a time as a rule",
            from KOUAM, needs [Registers, Leaves], absent "never seen to go and come back";
        "register_to_call" Seconds: "shortest time from a registration to the next outgoing call",
            says "called {} after it registered at the soonest",
            from CN, needs [Registers, CallsOut], absent "no registration followed by a call";
    };

    fn push(&mut self, event: &Event) {
        if let Some(cell) = event.cell {
            self.is_at(At::of(Spot::from(cell)));
        }
        match event.kind {
            EventKind::Register if event.outcome != Result::Failure => self.register(event),
            EventKind::Register => self.failures = self.failures.saturating_add(1),
            EventKind::Deregister => {
                self.leaves = self.leaves.saturating_add(1);
                self.leave(event);
            }
            // It is on the air elsewhere.
            EventKind::Moved => self.leaves = self.leaves.saturating_add(1),
            EventKind::CallAttempt if event.direction == Direction::Mo => {
                let call = Clock::at(event.time);
                if self.first_register.get().is_none() {
                    self.first_call = self.first_call.or(call);
                }
                let since = self.waiting_since.take();
                self.called(since, call);
            }
            _ => {}
        }
    }

    fn merge(&mut self, later: &Self) {
        if later.first_call.get().is_some() {
            let since = self.waiting_since.take();
            self.called(since, later.first_call);
        }
        self.shorter_wait(later.shortest_wait);
        if later.first_register.get().is_some() {
            self.waiting_since = later.waiting_since;
        }
        if self.first_register.get().is_none() {
            self.first_call = self.first_call.or(later.first_call);
        }
        self.merge_cycles(later);
        self.first_register = self.first_register.or(later.first_register);
        self.registers = self.registers.saturating_add(later.registers);
        self.leaves = self.leaves.saturating_add(later.leaves);
        self.failures = self.failures.saturating_add(later.failures);
        self.attaches.merge(&later.attaches);
        self.arrivals.merge(&later.arrivals);
        self.is_at(later.at);
    }

    fn finish(&self, span: Span, out: &mut Vec<f64>) {
        let (mut online, mut offline) = (f64::NAN, f64::NAN);
        if let Some(cycles) = &self.cycles {
            let mut all = cycles.online.clone();
            if let Some((since, left)) = cycles.head {
                all.add(left.saturating_sub(since));
            }
            (online, offline) = (all.quantile(0.5), cycles.offline.quantile(0.5));
        }
        out.push(f64::from(self.registers) / span.hours());
        out.push(share(self.failures, f64::from(self.registers) + f64::from(self.failures)));
        out.push(f64::from(self.leaves) / span.hours());
        out.push(online);
        out.push(offline);
        out.push(self.shortest_wait.checked_sub(1).map_or(f64::NAN, f64::from));
    }
}
