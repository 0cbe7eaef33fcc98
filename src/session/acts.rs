//! Acts: what a subscriber does once shows on several interfaces, from the radio network to its home.
//!
//! A location update is seen between base station and exchange, and again between exchange and home register. The
//! first interface that reports it makes the event. The same of the same subscriber on another interface, within
//! seconds, is the same act and makes none; what it alone knew of place, device and challenge goes to the next event.
//! On an interface that has shown the act already it is another act. So is what a subscriber does under another kind of
//! network: who switches on registers in the VLR, in the MME and in IMS, and proves itself to each.
//!
//! Calls have rules of their own (`call.rs`). Changes of data sessions are left as they come: several follow one another
//! closely, and nothing tells which are the same.

use super::aging::Aging;
use crate::event::{Direction, Event, EventKind, Interface, Result};
use crate::identity::{CellId, Imei, Imsi};
use crate::time::SECOND;

/// Subscribers' kinds of acts that are remembered.
const CAPACITY: usize = 1 << 18;
/// Reports of two interfaces this close are of one act.
const SAME_ACT: i64 = 10 * SECOND;
/// Acts of one kind that are remembered of a subscriber.
const ACTS: usize = 4;

#[derive(Debug, Clone, Copy)]
struct Act {
    time: i64,
    /// One bit for each interface that showed it.
    interfaces: u128,
    /// The kinds of network that it may be under, by what showed it.
    networks: u8,
    outcome: Result,
    sms_digest: Option<u64>,
    /// What the event that told it knew.
    told: Known,
}

/// What goes from an event that is not told to the next that is.
#[derive(Debug, Clone, Copy)]
struct Known {
    cell: Option<CellId>,
    imei: Option<Imei>,
    auth_latency_ms: Option<u32>,
}

/// What an event knew that was not told.
#[derive(Debug, Clone, Copy)]
struct Untold {
    time: i64,
    known: Known,
}

/// What is remembered of recent acts.
#[derive(Debug)]
pub(super) struct Acts {
    acts: Aging<(Imsi, EventKind, Direction), [Option<Act>; ACTS]>,
    untold: Aging<Imsi, Untold>,
}

impl Default for Acts {
    fn default() -> Self {
        Self { acts: Aging::new(CAPACITY, SAME_ACT), untold: Aging::new(CAPACITY, SAME_ACT) }
    }
}

impl Acts {
    pub(super) fn pass(&mut self, now: i64) {
        self.acts.forget(now);
        self.untold.forget(now);
    }

    /// Whether the event is of an act that another interface has told.
    pub(super) fn is_told(&mut self, event: &Event) -> bool {
        let Some(imsi) = event.imsi.filter(|_| joins(event.kind)) else { return false };
        let acts = self.acts.get_or_default((imsi, event.kind, event.direction));
        if let Some(act) = acts.iter_mut().flatten().find(|act| act.is_of(event)) {
            act.interfaces |= bit(event.interface);
            act.networks &= networks(event.interface);
            act.sms_digest = act.sms_digest.or(event.sms_digest);
            let untold = Known::of(event).without(act.told);
            self.keep(imsi, event.time, untold);
            return true;
        }
        // The newest is the last.
        acts.rotate_left(1);
        if let Some(last) = acts.last_mut() {
            let Event { time, interface, outcome, sms_digest, .. } = *event;
            let (interfaces, networks) = (bit(interface), networks(interface));
            *last = Some(Act { time, interfaces, networks, outcome, sms_digest, told: Known::of(event) });
        }
        false
    }

    /// What is known of a subscriber before the event that it belongs to.
    pub(super) fn expect(&mut self, event: &Event) {
        if let Some(imsi) = event.imsi {
            self.keep(imsi, event.time, Known::of(event));
        }
    }

    fn keep(&mut self, imsi: Imsi, time: i64, known: Known) {
        let before = self.untold.peek(&imsi).filter(|untold| is_close(untold.time, time));
        let known = before.map_or(known, |before| known.or(before.known));
        self.untold.insert(imsi, Untold { time, known });
    }

    /// The event with what was not told of its subscriber seconds before.
    pub(super) fn with_untold(&mut self, event: &Event) -> Event {
        let Some(imsi) = event.imsi.filter(|_| joins(event.kind)) else { return *event };
        let untold = self.untold.remove(&imsi).filter(|untold| is_close(untold.time, event.time));
        let Some(Untold { time, known }) = untold else { return *event };
        let own = Known::of(event);
        // A challenge is answered once; place and device hold until an event has its own.
        let rest = Known { auth_latency_ms: None, ..known.without(own) };
        self.untold.insert(imsi, Untold { time, known: rest });
        let Known { cell, imei, auth_latency_ms } = own.or(known);
        Event { cell, imei, auth_latency_ms, ..*event }
    }
}

impl Known {
    fn of(event: &Event) -> Self {
        let Event { cell, imei, auth_latency_ms, .. } = *event;
        Self { cell, imei, auth_latency_ms }
    }

    fn or(self, other: Self) -> Self {
        Self {
            cell: self.cell.or(other.cell),
            imei: self.imei.or(other.imei),
            auth_latency_ms: self.auth_latency_ms.or(other.auth_latency_ms),
        }
    }

    /// What the other does not know.
    fn without(self, other: Self) -> Self {
        Self {
            cell: self.cell.filter(|_| other.cell.is_none()),
            imei: self.imei.filter(|_| other.imei.is_none()),
            auth_latency_ms: self.auth_latency_ms.filter(|_| other.auth_latency_ms.is_none()),
        }
    }
}

impl Act {
    fn is_of(&self, event: &Event) -> bool {
        let nearby = is_close(self.time, event.time) && self.interfaces & bit(event.interface) == 0;
        nearby
            && (!is_of_one_network(event.kind) || self.networks & networks(event.interface) != 0)
            && !contradicts(self.outcome, event.outcome)
            && self.sms_digest.zip(event.sms_digest).is_none_or(|(one, other)| one == other)
    }
}

fn is_close(one: i64, other: i64) -> bool {
    one.abs_diff(other) <= SAME_ACT.unsigned_abs()
}

/// Success and failure are both worth telling: vectors were fetched, but the card gave a wrong answer.
fn contradicts(one: Result, other: Result) -> bool {
    one != Result::Unknown && other != Result::Unknown && (one == Result::Success) != (other == Result::Success)
}

/// True for kinds that several interfaces show once each.
fn joins(kind: EventKind) -> bool {
    use EventKind::{DataEnd, DataStart, Paging, SmsDeliver, SmsSubmit};
    is_of_one_network(kind) || matches!(kind, DataStart | DataEnd | SmsSubmit | SmsDeliver | Paging)
}

/// True for what is done with each kind of network by itself.
fn is_of_one_network(kind: EventKind) -> bool {
    use EventKind::{Authenticate, Deregister, EquipmentCheck, Register};
    matches!(kind, Register | Deregister | Authenticate | EquipmentCheck)
}

const fn bit(interface: Interface) -> u128 {
    1 << (interface as u32 % u128::BITS)
}

/// The kinds of network that an interface belongs to, one bit each.
const fn networks(interface: Interface) -> u8 {
    use Interface::{
        A, Cx, Gn, Gx, Gy, IuCs, IuPs, MapD, MapF, MapGc, MapGr, N2, N4, N26, S1, S2a, S2b, S3, S4, S5, S6a, S6b, S6d,
        S10, S11, S13, S16, STa, SWm, SWx, Sbi, Sgs, Sh, Sip,
    };
    const CIRCUIT: u8 = 1;
    const PACKET: u8 = 2;
    const IMS: u8 = 4;
    const WIRELESS_LAN: u8 = 8;
    match interface {
        A | IuCs | Sgs | MapD | MapF => CIRCUIT,
        IuPs | S1 | N2 | Sbi | MapGr | MapGc | S6a | S6d | S13 | Gn | Gx | Gy | S3 | S4 | S5 | S10 | S11 | S16 | N4
        | N26 => PACKET,
        Sip | Cx | Sh => IMS,
        SWx | SWm | STa | S6b | S2a | S2b => WIRELESS_LAN,
        // GSUP serves both kinds of mobile network; of others nothing is known.
        _ => CIRCUIT | PACKET,
    }
}

// Each interface has its own bit.
const _: () = assert!(Interface::ALL.len() <= u128::BITS as usize);

#[cfg(test)]
mod tests {
    #![allow(clippy::arithmetic_side_effects)]

    use super::*;
    use crate::event::Source;

    fn event(kind: EventKind, interface: Interface, seconds: i64) -> Event {
        let imsi = "001010000000001".parse().ok();
        let source = Source { file: 0, frame: 1 };
        Event { imsi, outcome: Result::Success, ..Event::new(kind, seconds * SECOND, interface, source) }
    }

    fn told(events: &[Event]) -> Vec<bool> {
        let mut acts = Acts::default();
        events.iter().map(|event| acts.is_told(event)).collect()
    }

    fn of_kind(kind: EventKind, shown: &[(Interface, i64)]) -> Vec<bool> {
        told(&shown.iter().map(|(interface, seconds)| event(kind, *interface, *seconds)).collect::<Vec<_>>())
    }

    #[test]
    fn another_interface_shows_the_same_act() {
        let shown = [(Interface::S6a, 0), (Interface::S1, 1), (Interface::S11, 10), (Interface::Gsup, 3)];
        assert_eq!(of_kind(EventKind::Register, &shown), [false, true, true, true]);
        assert_eq!(of_kind(EventKind::Register, &[(Interface::Cx, 0), (Interface::Sip, 0)]), [false, true]);
        // What began before comes after, too.
        assert_eq!(of_kind(EventKind::Register, &[(Interface::Gsup, 9), (Interface::A, 3)]), [false, true]);
    }

    #[test]
    fn the_same_interface_shows_another_act() {
        let shown = [(Interface::Gx, 0), (Interface::Gx, 0), (Interface::S11, 1), (Interface::S11, 1)];
        assert_eq!(of_kind(EventKind::DataStart, &shown), [false, false, true, true]);
        assert_eq!(of_kind(EventKind::Register, &[(Interface::A, 0), (Interface::A, 1)]), [false, false]);
    }

    #[test]
    fn later_it_is_another_act() {
        assert_eq!(of_kind(EventKind::Register, &[(Interface::Gsup, 0), (Interface::A, 11)]), [false, false]);
        assert_eq!(of_kind(EventKind::Register, &[(Interface::Gsup, 11), (Interface::A, 0)]), [false, false]);
    }

    #[test]
    fn other_kinds_directions_and_subscribers_are_other_acts() {
        let first = event(EventKind::Paging, Interface::Sgs, 0);
        let again = Event { interface: Interface::S1, ..first };
        let other = "001010000000002".parse().ok();
        assert_eq!(told(&[first, again]), [false, true]);
        assert_eq!(told(&[first, Event { kind: EventKind::Register, ..again }]), [false, false]);
        assert_eq!(told(&[first, Event { direction: Direction::Mt, ..again }]), [false, false]);
        assert_eq!(told(&[first, Event { imsi: other, ..again }]), [false, false]);
        assert_eq!(told(&[Event { imsi: None, ..first }, Event { imsi: None, ..again }]), [false, false]);
        for kind in [EventKind::CallAttempt, EventKind::CallAnswer, EventKind::CallEnd, EventKind::DataUpdate] {
            assert_eq!(of_kind(kind, &[(Interface::Gsup, 0), (Interface::A, 0)]), [false, false]);
        }
    }

    #[test]
    fn each_kind_of_network_has_acts_of_its_own() {
        use Interface::{A, Cx, Gsup, MapD, MapF, S1, S6a, S13, SWx, Sgs, Sip};
        let switched_on = [(MapD, 0), (S6a, 0), (Sip, 4), (SWx, 5), (Cx, 4), (A, 0), (S1, 0), (Sgs, 0)];
        let told = [false, false, false, false, true, true, true, true];
        for kind in [EventKind::Register, EventKind::Deregister, EventKind::Authenticate] {
            assert_eq!(of_kind(kind, &switched_on), told);
        }
        let checked = [(S1, 0), (A, 0), (MapF, 0), (S13, 1)];
        assert_eq!(of_kind(EventKind::EquipmentCheck, &checked), [false, false, true, true]);
        // What serves both becomes the one that it is seen with.
        assert_eq!(of_kind(EventKind::Register, &[(Gsup, 0), (A, 0), (S1, 0)]), [false, true, false]);
        // One message goes through several.
        assert_eq!(of_kind(EventKind::SmsSubmit, &[(Sip, 0), (Interface::MapSms, 0)]), [false, true]);
    }

    #[test]
    fn texts_and_outcomes_that_differ_are_other_acts() {
        let first = Event { sms_digest: Some(1), ..event(EventKind::SmsSubmit, Interface::A, 0) };
        let again = Event { interface: Interface::MapSms, ..first };
        assert_eq!(told(&[first, again]), [false, true]);
        assert_eq!(told(&[first, Event { sms_digest: None, ..again }]), [false, true]);
        assert_eq!(told(&[first, Event { sms_digest: Some(2), ..again }]), [false, false]);
        assert_eq!(told(&[first, Event { outcome: Result::Failure, ..again }]), [false, false]);
        assert_eq!(told(&[first, Event { outcome: Result::Unknown, ..again }]), [false, true]);
    }

    #[test]
    fn what_was_not_told_goes_to_the_next_event() {
        let mut acts = Acts::default();
        let imei: Option<Imei> = "001000010000001".parse().ok();
        let core = event(EventKind::Authenticate, Interface::S6a, 0);
        assert!(!acts.is_told(&core));
        let radio = Event { interface: Interface::S1, auth_latency_ms: Some(120), imei, ..core };
        assert!(acts.is_told(&radio));
        let next = event(EventKind::Register, Interface::S6a, 1);
        let call = Event { kind: EventKind::CallAttempt, ..next };
        assert_eq!(acts.with_untold(&call), call);
        let full = acts.with_untold(&next);
        assert_eq!((full.auth_latency_ms, full.imei), (Some(120), imei));
        let full = acts.with_untold(&next);
        assert_eq!((full.auth_latency_ms, full.imei), (None, imei));
        // What an event has of its own holds from there on.
        let moved = Event { imei: "001000020000002".parse().ok(), ..next };
        assert_eq!(acts.with_untold(&moved), moved);
        assert_eq!(acts.with_untold(&next), next);
        assert!(acts.is_told(&Event { interface: Interface::N2, ..radio }));
        let late = event(EventKind::Register, Interface::S6a, 11);
        assert_eq!(acts.with_untold(&late), late);
    }

    #[test]
    fn it_is_bounded() {
        let mut acts = Acts::default();
        let shown = event(EventKind::Register, Interface::A, 0);
        for _ in 0..100 {
            assert!(!acts.is_told(&shown));
        }
        // The next ones are those of the last that are remembered.
        let again = Event { interface: Interface::Gsup, ..shown };
        let joined = (0..100).filter(|_| acts.is_told(&again)).count();
        assert_eq!(joined, ACTS);
        acts.pass(0);
        acts.pass(SAME_ACT);
        acts.pass(2 * SAME_ACT);
        assert!(acts.acts.drain().is_empty() && acts.untold.drain().is_empty());
    }
}
