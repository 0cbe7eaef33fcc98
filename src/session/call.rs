//! Calls: one subscriber's side of a call from its attempt to its end, and the same call seen on several interfaces.
//!
//! The called side of a call shows on up to three interfaces (routing query and roaming number, terminating CAP
//! dialogue, SIP, the trunk), the calling side as well. The first makes the attempt; another interface that reports
//! the same subscriber, or the same number where the subscriber is not known, within seconds is the same call. On the
//! way through the exchanges a call takes several circuits: the same two numbers on another circuit are the same call,
//! too, until it is over.

use super::Context;
use super::aging::Aging;
use crate::event::{Direction, Event, EventKind, Interface, Peer, Result, Source};
use crate::identity::{Digits, Imsi, Msisdn, Number};
use crate::time::SECOND;
use crate::wire::Named;

/// Calls that are remembered.
const CAPACITY: usize = 1 << 19;
/// Reports from two interfaces this close are of one call.
const SAME_CALL: i64 = 30 * SECOND;

#[derive(Debug, Clone, Copy)]
struct Attempt {
    time: i64,
    interface: Interface,
    /// This interface goes on to report answer and end.
    reports: bool,
    /// The end of the other party's number.
    peer: Option<Digits>,
    ended: bool,
}

/// Whose side of a call it is, as well as that is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Side {
    Subscriber(Imsi),
    /// By the end of its number.
    Number(Digits),
}

/// Digits by which a number is known: national and international forms end with the same.
fn tail(number: Number) -> Option<Digits> {
    const LEAST: usize = 7;
    const ENOUGH: usize = 9;
    let len = number.digits.len();
    (len >= LEAST).then(|| number.digits.skip(len.saturating_sub(ENOUGH)).short())?
}

/// Whether one call shows more than once on it: circuit after circuit, or with a dialog of the caller's and one of the
/// called's.
fn has_legs(interface: Interface) -> bool {
    matches!(interface, Interface::Isup | Interface::Sip)
}

fn sides(imsi: Option<Imsi>, own: Option<Digits>) -> impl Iterator<Item = Side> {
    imsi.map(Side::Subscriber).into_iter().chain(own.map(Side::Number))
}

/// What is remembered of recent calls.
#[derive(Debug)]
pub(super) struct Calls {
    attempts: Aging<(Side, Direction), Attempt>,
    /// Who dialled a number last.
    dialled: Aging<Msisdn, (Number, i64)>,
}

impl Default for Calls {
    fn default() -> Self {
        Self { attempts: Aging::new(CAPACITY, SAME_CALL), dialled: Aging::new(CAPACITY, SAME_CALL) }
    }
}

impl Calls {
    pub(super) fn pass(&mut self, now: i64) {
        self.attempts.forget(now);
        self.dialled.forget(now);
    }

    /// Whether the attempt is news; and whether answer and end on this interface are.
    fn judge(&mut self, event: &Event, own: Option<Digits>, reports: bool) -> (bool, bool) {
        let peer = match event.peer {
            Some(Peer::Number(number)) => tail(number),
            _ => None,
        };
        let new = Attempt { time: event.time, interface: event.interface, reports, peer, ended: false };
        let known = sides(event.imsi, own).find_map(|side| {
            let known = self.attempts.peek(&(side, event.direction))?;
            known.is_same(&new).then_some(*known)
        });
        let attempt = known.map_or(new, |known| Attempt { reports: known.reports || reports, ..known });
        for side in sides(event.imsi, own) {
            self.attempts.insert((side, event.direction), attempt);
        }
        (known.is_none(), known.is_none_or(|known| !known.reports))
    }

    /// A call on circuits is over: the same numbers again are another call.
    fn over(&mut self, attempt: &Event, own: Option<Digits>) {
        for side in sides(attempt.imsi, own) {
            if let Some(known) = self.attempts.get_mut(&(side, attempt.direction)) {
                known.ended = true;
            }
        }
    }
}

impl Attempt {
    fn is_same(&self, new: &Self) -> bool {
        if new.time.saturating_sub(self.time) > SAME_CALL {
            return false;
        }
        let next_leg = has_legs(new.interface) && !self.ended && self.peer.is_some() && self.peer == new.peer;
        self.interface != new.interface || next_leg
    }
}

/// One side of a call.
#[derive(Debug, Clone)]
pub(super) struct Call {
    attempt: Event,
    /// The end of the subscriber's own number.
    own: Option<Digits>,
    answered: Option<i64>,
    ended: bool,
    /// Another interface reports it.
    silent: bool,
}

impl Call {
    /// An attempt. `reports` tells whether this interface will show the answer and the end.
    pub(super) fn attempt(context: &mut Context<'_>, event: Event, reports: bool) -> Self {
        Self::attempt_of(context, event, None, reports)
    }

    /// An attempt of a number that may not be one that all the world could dial.
    pub(super) fn attempt_of(context: &mut Context<'_>, mut event: Event, own: Option<Number>, reports: bool) -> Self {
        context.resolver.complete(&mut event);
        if event.direction == Direction::Mt && event.peer.is_none() {
            let caller = event.msisdn.and_then(|msisdn| context.calls.dialled.peek(&msisdn).copied());
            let fresh = caller.filter(|(_, time)| event.time.saturating_sub(*time) <= SAME_CALL);
            event.peer = fresh.map(|(caller, _)| Peer::Number(caller));
        }
        let own = own.or(event.msisdn.map(Number::from)).and_then(tail);
        let (news, reports_are_news) = context.calls.judge(&event, own, reports);
        if news {
            event = context.emit(event);
        }
        if let (Direction::Mo, Some(Peer::Number(callee)), Some(caller)) = (event.direction, event.peer, event.msisdn)
            && let Some(callee) = callee.international()
        {
            context.calls.dialled.insert(callee, (caller.into(), event.time));
        }
        Self { attempt: event, own, answered: None, ended: false, silent: !reports_are_news }
    }

    fn report(&self, context: &mut Context<'_>, event: Event) {
        if !self.silent {
            context.emit(event);
        }
    }

    fn later(&self, kind: EventKind, time: i64, source: Source) -> Event {
        let resolved_by = match self.attempt.imsi {
            Some(_) => crate::event::ResolvedBy::Dialogue,
            None => self.attempt.resolved_by,
        };
        Event { kind, time, source, resolved_by, ..self.attempt }
    }

    /// It was answered.
    pub(super) fn answer(&mut self, context: &mut Context<'_>, time: i64, source: Source) {
        if self.answered.is_none() && !self.ended {
            self.answered = Some(time);
            let event = Event { outcome: Result::Success, ..self.later(EventKind::CallAnswer, time, source) };
            self.report(context, event);
        }
    }

    /// It ended. `duration_ms` where the network told it, else the time since the answer.
    pub(super) fn end(
        &mut self,
        context: &mut Context<'_>,
        time: i64,
        source: Source,
        outcome: Result,
        duration_ms: Option<u32>,
    ) {
        if self.ended {
            return;
        }
        self.ended = true;
        if has_legs(self.attempt.interface) {
            context.calls.over(&self.attempt, self.own);
        }
        let since = self.answered.map(|answered| (time.saturating_sub(answered).max(0) / 1_000_000) as u32);
        let outcome = if self.answered.is_some() { Result::Success } else { outcome };
        let duration_ms = since.or(duration_ms);
        self.report(context, Event { outcome, duration_ms, ..self.later(EventKind::CallEnd, time, source) });
    }

    /// What a later message says of the subscriber's device and place.
    pub(super) fn learn(&mut self, context: &mut Context<'_>, named: &Named, time: i64) {
        let event = &mut self.attempt;
        event.imei = named.imei.or(event.imei);
        event.cell = named.cell.or(event.cell);
        if let (Some(imsi), Some(imei)) = (event.imsi, named.imei) {
            context.resolver.tie_imei(imsi, imei);
        }
        if let (Some(imsi), Some(cell)) = (event.imsi, named.cell) {
            context.resolver.tie_cell(imsi, cell, time);
        }
    }

    /// True once its end was seen.
    pub(super) fn is_ended(&self) -> bool {
        self.ended
    }
}
