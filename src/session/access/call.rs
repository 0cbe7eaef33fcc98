//! Calls on a connection (TS 24.008 §5): one leg for each transaction. A leg becomes a call once its subscriber is
//! known, or when nobody will tell any more.

use super::ue::{Id, Ue};
use crate::event::{Direction, Event, EventKind, Peer, Result, Source};
use crate::session::call::Call;
use crate::session::{Context, Origin};
use crate::wire::layer3::Layer3;

/// Legs of one UE at the same time: transaction identifiers have three bits, for each side.
const LEGS: usize = 14;

/// One call as its setup, answer and end were seen.
#[derive(Debug)]
pub(super) struct Leg {
    id: Id,
    attempt: Event,
    answered: Option<(i64, Source)>,
    ended: Option<(i64, Source, Result)>,
    call: Option<Call>,
}

/// How a call ended, by its cause (TS 24.008 table 10.5.123).
fn outcome(cause: Option<u8>) -> Result {
    match cause {
        Some(17) => Result::Busy,
        // Normal clearing before the answer: the caller gave up. No user responding; no answer; normal, unspecified.
        Some(16 | 18 | 19 | 31) => Result::NoAnswer,
        Some(_) => Result::Failure,
        None => Result::Unknown,
    }
}

impl Ue {
    pub(super) fn setup(
        &mut self,
        context: &mut Context<'_>,
        origin: &Origin<'_>,
        id: Id,
        uplink: Option<bool>,
        message: &Layer3<'_>,
    ) {
        let named = &message.named;
        self.service = None;
        let terminating = match uplink {
            Some(uplink) => !uplink,
            None => named.calling.is_some() && named.called.is_none(),
        };
        let direction = if terminating { Direction::Mt } else { Direction::Mo };
        let peer = if terminating { named.calling } else { named.called };
        let mut attempt = self.event(EventKind::CallAttempt, direction, origin);
        attempt.peer = peer.map(Peer::Number);
        if let Some(place) = self.legs.iter().position(|leg| leg.id == id) {
            if self.legs.get(place).is_some_and(|leg| leg.ended.is_none()) {
                return;
            }
            self.legs.remove(place);
        } else if self.legs.len() >= LEGS {
            self.progress(context, true);
            self.legs.remove(0);
        }
        self.legs.push(Leg { id, attempt, answered: None, ended: None, call: None });
        self.progress(context, false);
    }

    pub(super) fn connect(&mut self, context: &mut Context<'_>, origin: &Origin<'_>, id: Id) {
        if let Some(leg) = self.legs.iter_mut().find(|leg| leg.id == id) {
            leg.answered.get_or_insert((origin.time, origin.source));
            self.progress(context, false);
        }
    }

    pub(super) fn disconnect(&mut self, context: &mut Context<'_>, origin: &Origin<'_>, id: Id, cause: Option<u8>) {
        if let Some(leg) = self.legs.iter_mut().find(|leg| leg.id == id) {
            leg.ended.get_or_insert((origin.time, origin.source, outcome(cause)));
            self.progress(context, false);
        }
    }

    /// The connection is gone, and its calls with it.
    pub(super) fn hang_up(&mut self, context: &mut Context<'_>, origin: Option<&Origin<'_>>) {
        if let Some(origin) = origin {
            for leg in &mut self.legs {
                leg.ended.get_or_insert((origin.time, origin.source, Result::Unknown));
            }
        }
        self.progress(context, true);
    }

    /// Tells what is news of the legs, where the subscriber is known or will not be (`anyway`).
    pub(super) fn progress(&mut self, context: &mut Context<'_>, anyway: bool) {
        let known = self.imsi.is_some();
        if !known && !anyway {
            return;
        }
        let mut legs = std::mem::take(&mut self.legs);
        for leg in &mut legs {
            if leg.call.is_none() {
                self.fill(&mut leg.attempt);
            }
            let call = leg.call.get_or_insert_with(|| Call::attempt(context, leg.attempt, true));
            if let Some((time, source)) = leg.answered {
                call.answer(context, time, source);
            }
            if let Some((time, source, outcome)) = leg.ended {
                call.end(context, time, source, outcome, None);
            }
        }
        self.legs = legs;
    }
}
