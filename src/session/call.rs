//! Calls: one subscriber's side of a call from its attempt to its end, and the same call seen on several interfaces.
//!
//! The called side of a call shows on up to three interfaces (routing query and roaming number, terminating CAP
//! dialogue, SIP), the calling side on two. The first makes the attempt; another interface that reports the same
//! subscriber within seconds is the same call.

use super::Context;
use super::aging::Aging;
use crate::event::{Direction, Event, EventKind, Interface, Peer, Result, Source};
use crate::identity::{Imsi, Msisdn, Number};
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
}

/// What is remembered of recent calls.
#[derive(Debug)]
pub(super) struct Calls {
    attempts: Aging<(Imsi, Direction), Attempt>,
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
    fn judge(&mut self, event: &Event, reports: bool) -> (bool, bool) {
        let Some(imsi) = event.imsi else { return (true, true) };
        let key = (imsi, event.direction);
        let attempt = Attempt { time: event.time, interface: event.interface, reports };
        match self.attempts.get_mut(&key) {
            Some(known) if known.interface != event.interface && event.time.saturating_sub(known.time) <= SAME_CALL => {
                let news = !known.reports;
                known.reports |= reports;
                (false, news)
            }
            _ => {
                self.attempts.insert(key, attempt);
                (true, true)
            }
        }
    }
}

/// One side of a call.
#[derive(Debug, Clone)]
pub(super) struct Call {
    attempt: Event,
    answered: Option<i64>,
    ended: bool,
    /// Another interface reports it.
    silent: bool,
}

impl Call {
    /// An attempt. `reports` tells whether this interface will show the answer and the end.
    pub(super) fn attempt(context: &mut Context<'_>, mut event: Event, reports: bool) -> Self {
        context.resolver.complete(&mut event);
        if event.direction == Direction::Mt && event.peer.is_none() {
            let caller = event.msisdn.and_then(|msisdn| context.calls.dialled.peek(&msisdn).copied());
            let fresh = caller.filter(|(_, time)| event.time.saturating_sub(*time) <= SAME_CALL);
            event.peer = fresh.map(|(caller, _)| Peer::Number(caller));
        }
        let (news, reports_are_news) = context.calls.judge(&event, reports);
        if news {
            event = context.emit(event);
        }
        if let (Direction::Mo, Some(Peer::Number(callee)), Some(caller)) = (event.direction, event.peer, event.msisdn)
            && let Some(callee) = callee.international()
        {
            context.calls.dialled.insert(callee, (caller.into(), event.time));
        }
        Self { attempt: event, answered: None, ended: false, silent: !reports_are_news }
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
