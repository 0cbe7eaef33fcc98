//! Calls: what both sides do, and what their ways through the network show.

use super::super::act::Domain;
use super::super::clock::{MILLISECOND, Time};
use super::super::network::Card;
use super::super::network::call::{Outcome, Party, Timeline};
use super::{Access, Account, By, number, radio};
use crate::event::Interface::{A, Cap, Cx, Isup, IuCs, MapD, Sip};
use crate::event::{Direction, Event, EventKind, Interface, Result};
use crate::identity::Msisdn;

/// Which sides of a call a circuit between exchanges names: the caller, and the called by its own number.
fn on_circuits(caller: &Party, called: &Party, line: &Timeline) -> [bool; 2] {
    let Party::Card(card) = called else { return [true, false] };
    let Party::Card(from) = caller else { return [true, !card.visitor] };
    let absent = line.outcome == Outcome::Absent;
    match (from.access, card.access) {
        _ if card.visitor => [true, true],
        (Access::Volte, Access::Volte) => [false, false],
        (_, Access::Volte) => [!absent, false],
        (Access::Volte, _) => [true, true],
        // The roaming number names nobody.
        _ => [!absent && card.vlr.is_some_and(|vlr| vlr != from.msc), false],
    }
}

fn with_circuits(shown_on: &[Interface], circuits: bool) -> Vec<Interface> {
    shown_on.iter().copied().chain(circuits.then_some(Isup)).collect()
}

impl Account<'_, '_> {
    pub(super) fn call(&mut self, caller: &Party, called: &Party, line: &Timeline) {
        let [calling, to] = on_circuits(caller, called, line);
        if let Party::Card(card) = caller {
            self.calling(card, called.number(), line, calling);
        }
        if let Party::Card(card) = called {
            self.called(card, caller, line, to);
        }
    }

    fn calling(&mut self, card: &Card, other: Msisdn, line: &Timeline, circuits: bool) {
        let shown_on: &[_] = match card.access {
            Access::Volte => &[Sip],
            // A visitor's calls are charged at home.
            _ if card.visitor => radio(card),
            _ if card.utran => &[IuCs, Cap],
            _ => &[A, Cap],
        };
        match card.access {
            Access::Volte => self.bearers(card, line.rings()),
            _ => self.served(card, line.dialled),
        }
        if shown_on.contains(&Cap) {
            self.ties(card, By::Number);
        }
        let shown_on = with_circuits(shown_on, circuits);
        self.half(card, Direction::Mo, other, line, [&shown_on, &shown_on], line.dialled);
    }

    fn called(&mut self, card: &Card, caller: &Party, line: &Timeline, circuits: bool) {
        let invited = line.ringing - (line.ringing - line.dialled) / 3;
        let absent = line.outcome == Outcome::Absent;
        let from_ims = matches!(caller, Party::Card(caller) if caller.access == Access::Volte);
        let in_ims = card.access == Access::Volte;
        // The dialog of a caller in IMS tells what becomes of it at the called, too, whose number is known.
        let dialog: &[_] = if from_ims && self.knows(card, By::Number) { &[Sip] } else { &[] };
        let at = match (in_ims, dialog) {
            (true, [_, ..]) => line.dialled + 150 * MILLISECOND,
            (true, []) if !absent => invited,
            _ => line.dialled + 700 * MILLISECOND,
        };
        self.asked_for(card, caller, line, from_ims, [invited, line.dialled + 700 * MILLISECOND]);
        let found = line.rings() && !in_ims && card.vlr.is_some();
        let radio: &[_] = if found { radio(card) } else { &[] };
        let (attempt, rest): (&[_], &[_]) = if in_ims {
            if absent { (&[], &[]) } else { (&[Sip], &[Sip]) }
        } else if card.terminating_csi {
            (&[Cap, MapD], &[Cap])
        } else if card.vlr.is_none() {
            (&[], &[])
        } else {
            (&[MapD], &[])
        };
        if in_ims && line.rings() {
            self.paged(card, Domain::Packet, invited - 700 * MILLISECOND);
            self.bearers(card, true);
        } else if found {
            self.paged(card, Domain::Circuit, at);
            self.served(card, at + 800 * MILLISECOND);
        }
        let [attempt, rest] =
            [attempt, rest].map(|shown_on| with_circuits(&[shown_on, radio, dialog].concat(), circuits));
        self.half(card, Direction::Mt, caller.number(), line, [&attempt, &rest], at);
    }

    /// The home registers are asked for the way to the called.
    fn asked_for(&mut self, card: &Card, caller: &Party, line: &Timeline, from_ims: bool, [invited, at]: [Time; 2]) {
        let absent = line.outcome == Outcome::Absent;
        let asks = match caller {
            Party::Card(caller) => self.teller.mscs.get(caller.msc),
            Party::Outside(_) => self.teller.mscs.first(),
        };
        let asks = asks.copied();
        let in_ims = card.access == Access::Volte;
        if in_ims && !absent {
            self.step(EventKind::RouteQuery, Direction::Mt, card, invited, &[Cx]);
        }
        let Some(asks) = asks.filter(|_| !(card.visitor || in_ims && from_ims)) else { return };
        // Who charges incoming calls is asked first, and then for the way.
        if card.terminating_csi && !in_ims {
            self.route_query(card, asks, &[MapD], at);
        }
        let event = self.event(EventKind::RouteQuery, Direction::Mt, card, at, &[MapD]);
        let outcome = if absent || !in_ims && card.vlr.is_none() { Result::Failure } else { Result::Success };
        self.put(card, Event { serving_node: Some(asks), outcome, ..event }, &[MapD]);
        if outcome == Result::Success {
            self.ties(card, By::Number);
        }
    }

    /// What one side of a call does.
    fn half(
        &mut self,
        card: &Card,
        direction: Direction,
        other: Msisdn,
        line: &Timeline,
        [attempt, rest]: [&[Interface]; 2],
        at: Time,
    ) {
        let mut step = |kind, at, outcome, shown_on, duration| {
            let event = self.event(kind, direction, card, at, shown_on);
            let event = Event { peer: Some(number(other)), outcome, duration_ms: duration, ..event };
            self.put_until(card, event, shown_on, [at, line.over]);
        };
        step(EventKind::CallAttempt, at, Result::Unknown, attempt, None);
        let (outcome, duration) = match line.outcome {
            Outcome::Answered(duration, _) => {
                step(EventKind::CallAnswer, line.decided, Result::Success, rest, None);
                (Result::Success, u32::try_from(duration / MILLISECOND).ok())
            }
            Outcome::Busy | Outcome::Engaged => (Result::Busy, None),
            Outcome::NoAnswer | Outcome::Abandoned => (Result::NoAnswer, None),
            Outcome::Absent => (Result::Failure, None),
        };
        step(EventKind::CallEnd, line.over.max(at), outcome, rest, duration);
    }
}
