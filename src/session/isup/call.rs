//! One circuit and the last call on it.

use crate::dissect::IsupMessage;
use crate::event::{Direction, Event, EventKind, Interface, Peer, ResolvedBy, Result, Source};
use crate::health::{Example, Layer, Outcome};
use crate::identity::Number;
use crate::message::Exchange;
use crate::session::call::Call;
use crate::session::{Context, Origin};
use crate::wire::ss7::isup::Phase;

/// How far the call on a circuit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    /// It was asked for.
    Seized,
    /// The other exchange answered that it goes on.
    Going,
    /// It is being released.
    Releasing,
    /// It is over, and the circuit is free.
    Free,
}

/// A circuit with its call.
#[derive(Debug)]
pub(super) struct Circuit {
    pub(super) exchange: Exchange,
    pub(super) state: State,
    /// When it began, and the message that began it; `None` where that was not seen.
    pub(super) began: i64,
    pub(super) iam: Option<u64>,
    /// Who began it.
    pub(super) from: u32,
    source: Source,
    /// When the circuit became free.
    freed: i64,
    pub(super) calling: Option<Number>,
    /// With all digits so far.
    pub(super) called: Option<Number>,
    /// The two sides, once they were told.
    told: bool,
    sides: [Option<Box<Call>>; 2],
}

impl Circuit {
    /// A call that a message begins, or of which it is the first one that is seen.
    pub(super) fn new(exchange: Exchange, origin: &Origin<'_>, message: &IsupMessage<'_>) -> Self {
        let is_start = message.message.message_type.phase() == Phase::Setup;
        let number = |number: Option<crate::wire::ss7::isup::PartyNumber>| Some(number.filter(|_| is_start)?.number);
        Self {
            exchange,
            state: if is_start { State::Seized } else { State::Going },
            began: origin.time,
            iam: is_start.then(|| super::digest(message, Exchange::NONE)),
            from: message.route.from(),
            source: origin.source,
            freed: origin.time,
            calling: number(message.message.calling_number()),
            called: number(message.message.called_number()),
            told: false,
            sides: [None, None],
        }
    }

    /// True while the call was neither released nor reset.
    pub(super) fn is_open(&self) -> bool {
        self.iam.is_some() && matches!(self.state, State::Seized | State::Going)
    }

    /// True when the call was over for so long that a message is not of it, but of one whose start was not seen.
    pub(super) fn is_of_the_past(&self, now: i64, phase: Phase) -> bool {
        self.state == State::Free && phase != Phase::Complete && now.saturating_sub(self.freed) > super::SAME_IAM
    }

    /// What a further message of the call changes.
    pub(super) fn advance(&mut self, context: &mut Context<'_>, origin: &Origin<'_>, message: &IsupMessage<'_>) {
        let message = &message.message;
        match message.message_type.phase() {
            Phase::Digits => {
                let more = message.subsequent_number();
                if let (Some(called), Some(more), State::Seized) = (&mut self.called, more, self.state) {
                    for digit in more.number.digits.iter() {
                        called.digits = called.digits.push(digit).unwrap_or(called.digits);
                    }
                }
            }
            Phase::Progress => self.go_on(context),
            Phase::Answer => {
                self.go_on(context);
                for call in self.sides.iter_mut().flatten() {
                    call.answer(context, origin.time, origin.source);
                }
            }
            Phase::Release => {
                let outcome = message.cause.map_or(Result::Unknown, |cause| outcome(cause.value));
                self.end(context, origin, outcome);
                if self.state != State::Free {
                    self.state = State::Releasing;
                }
            }
            Phase::Complete => {
                self.end(context, origin, Result::Unknown);
                self.free(origin);
            }
            Phase::Reset => self.reset(context, origin),
            Phase::Setup | Phase::During | Phase::Supervision | Phase::Acknowledgement => {}
        }
    }

    fn go_on(&mut self, context: &mut Context<'_>) {
        self.tell_attempt(context);
        if self.state == State::Seized {
            self.state = State::Going;
        }
    }

    fn end(&mut self, context: &mut Context<'_>, origin: &Origin<'_>, outcome: Result) {
        self.tell_attempt(context);
        for call in self.sides.iter_mut().flatten() {
            call.end(context, origin.time, origin.source, outcome, None);
        }
    }

    fn free(&mut self, origin: &Origin<'_>) {
        if self.state != State::Free {
            (self.state, self.freed) = (State::Free, origin.time);
        }
    }

    /// The circuit is put into its first state.
    pub(super) fn reset(&mut self, context: &mut Context<'_>, origin: &Origin<'_>) {
        self.end(context, origin, Result::Failure);
        self.free(origin);
    }

    /// Another call begins on the circuit.
    pub(super) fn taken_over(mut self, context: &mut Context<'_>, origin: &Origin<'_>, by: u32, layer: Layer) {
        if !self.is_open() {
            return;
        }
        let (file, frame) = (origin.source.file, origin.source.frame);
        let example = Some(Example { file, frame, offset: 0 });
        if self.state == State::Seized && self.from != by {
            // Both exchanges took it at once: the one that gives way tries again, on another circuit.
            context.health.note(layer, Outcome::Unresolved, "circuit that both exchanges took at once", example);
            return;
        }
        self.end(context, origin, Result::Unknown);
        context.health.note(layer, Outcome::Evicted, "call without an end", example);
    }

    /// Tells the attempt, once, on the side of each subscriber that is known; by number where none is.
    pub(super) fn tell_attempt(&mut self, context: &mut Context<'_>) {
        if self.told || self.iam.is_none() {
            return;
        }
        self.told = true;
        let calling = self.side(context, Direction::Mo, self.calling, self.called);
        let called = self.side(context, Direction::Mt, self.called, self.calling);
        let (calling_known, called_known) = (calling.imsi.is_some(), called.imsi.is_some());
        // Where nobody is known, the caller's side is told in any case, so that the call is counted.
        let tell_calling = calling_known || !called_known;
        let tell_called = called_known || (!calling_known && called.msisdn.is_some());
        let sides = [(calling, self.calling, tell_calling), (called, self.called, tell_called)];
        self.sides =
            sides.map(|(event, own, tell)| tell.then(|| Box::new(Call::attempt_of(context, event, own, true))));
    }

    fn side(
        &self,
        context: &mut Context<'_>,
        direction: Direction,
        own: Option<Number>,
        peer: Option<Number>,
    ) -> Event {
        let mut event = Event::new(EventKind::CallAttempt, self.began, Interface::Isup, self.source);
        event.direction = direction;
        event.msisdn = own.and_then(Number::international);
        event.imsi = own.and_then(|own| context.resolver.of_number(own));
        event.peer = peer.map(Peer::Number);
        if event.imsi.is_some() {
            event.resolved_by = ResolvedBy::Msisdn;
        }
        event
    }
}

/// What a cause value says of a call that was not answered (Q.850 §2.2.7). A caller who gives up is released normally.
fn outcome(cause: u8) -> Result {
    match cause {
        17 => Result::Busy,
        16 | 18 | 19 | 31 => Result::NoAnswer,
        _ => Result::Failure,
    }
}
