//! The dialogues that are open, and finding the one of a message.

use super::applications::Applications;
use super::{Operated, Seen};
use crate::dissect::Transaction;
use crate::event::{Event, Result, Source};
use crate::health::{Example, Layer, Outcome};
use crate::identity::{Imsi, Msisdn};
use crate::message::{Exchange, Protocol};
use crate::session::aging::Aging;
use crate::session::call::Call;
use crate::session::{Context, Origin};
use crate::time::{MINUTE, SECOND};
use crate::wire::ss7::map;
use crate::wire::ss7::sccp::Address;
use crate::wire::ss7::tcap::{ApplicationContext, Family, Kind, TransactionId};
use crate::wire::{DecodeError, Named};
use arrayvec::ArrayVec;

/// Dialogues that are followed at the same time.
const CAPACITY: usize = 1 << 18;
/// A dialogue of which nothing is heard for so long is given up: calls last, their CAP dialogues with them.
const HOLDS: i64 = 120 * MINUTE;
/// A dialogue that ended is remembered for so long: its last message may come again, on another leg.
const ENDED_HOLDS: i64 = 32 * SECOND;
/// Invokes of one dialogue that wait for their result.
const INVOKES: usize = 8;

/// Which side of which dialogue: transaction id and address of who chose it.
type Key = (TransactionId, u128);

#[derive(Debug)]
pub(super) struct Invoke {
    /// The side that began the dialogue sent it; invoke ids are each side's own.
    pub(super) from_first: bool,
    pub(super) id: Option<i8>,
    pub(super) operation: Operated,
    /// The event that waits for the result.
    pub(super) event: Option<Box<Event>>,
    /// Whom it named.
    pub(super) imsi: Option<Imsi>,
    pub(super) msisdn: Option<Msisdn>,
}

#[derive(Debug, Default)]
pub(super) struct Dialogue {
    pub(super) exchange: Exchange,
    pub(super) context: Option<ApplicationContext>,
    /// What it was taken for, without a context.
    pub(super) family: Option<Family>,
    /// What the subsystem numbers of its last message told, for one that has none.
    pub(super) told: Option<Family>,
    pub(super) imsi: Option<Imsi>,
    pub(super) invokes: ArrayVec<Invoke, INVOKES>,
    pub(super) call: Option<Box<Call>>,
    /// How long the call of a CAP dialogue was connected, as its charging reports say.
    pub(super) duration_ms: Option<u32>,
    /// The short message of a CAP dialogue, of which it is not known yet what became.
    pub(super) message: Option<Box<Event>>,
    /// The data session of a CAP dialogue.
    pub(super) data: Option<Box<Event>>,
}

/// Where a message belongs.
#[derive(Clone, Copy)]
struct Found {
    key: Key,
    /// The side that began the dialogue sent it.
    from_first: bool,
    /// The dialogue is open, or ended a moment ago.
    is_known: bool,
}

/// Dialogues that are open.
#[derive(Debug)]
pub(in crate::session) struct Dialogues {
    open: Aging<Key, Box<Dialogue>>,
    /// Those that ended a moment ago.
    ended: Aging<Key, Box<Dialogue>>,
    /// The other side's key leads to the first side's.
    answered: Aging<Key, Key>,
    /// By transaction id alone: the last dialogue with it, and the one before.
    by_id: Aging<TransactionId, (Key, Option<Key>)>,
    applications: Applications,
}

impl Default for Dialogues {
    fn default() -> Self {
        Self {
            open: Aging::new(CAPACITY, HOLDS),
            ended: Aging::new(CAPACITY, ENDED_HOLDS),
            answered: Aging::new(CAPACITY, HOLDS),
            by_id: Aging::new(CAPACITY, HOLDS),
            applications: Applications::default(),
        }
    }
}

/// What tells a side: its global title, else its point code.
fn side(address: &Address<'_>, point_code: u32) -> u128 {
    match address.global_title {
        Some(title) if !title.digits.is_empty() => title.digits.to_bits(),
        _ => u128::from(address.point_code.unwrap_or(point_code)),
    }
}

impl Dialogues {
    pub(in crate::session) fn pass(&mut self, context: &mut Context<'_>, now: i64) {
        self.answered.forget(now);
        self.by_id.forget(now);
        self.ended.forget(now);
        self.applications.forget(now);
        for (_, dialogue) in self.open.pass(now) {
            give_up(context, *dialogue);
        }
    }

    pub(in crate::session) fn finish(&mut self, context: &mut Context<'_>) {
        for (_, dialogue) in self.open.drain() {
            give_up(context, *dialogue);
        }
    }

    fn is_known(&self, key: &Key) -> bool {
        self.open.peek(key).is_some() || self.ended.peek(key).is_some()
    }

    fn remember_id(&mut self, id: TransactionId, key: Key) {
        let before = match self.by_id.get_mut(&id) {
            Some((last, before)) if *last == key => *before,
            Some((last, _)) => Some(*last),
            None => None,
        };
        self.by_id.insert(id, (key, before));
    }

    /// The only open dialogue with an id, whatever the addresses; else the last that ended.
    fn of_id(&mut self, id: TransactionId) -> Option<Key> {
        let (last, before) = *self.by_id.get_mut(&id)?;
        let is_open = |key: &Key| self.open.peek(key).is_some();
        match (is_open(&last), before.filter(is_open)) {
            (true, Some(_)) => None,
            (true, None) => Some(last),
            (false, Some(before)) => Some(before),
            (false, None) => self.ended.peek(&last).map(|_| last),
        }
    }

    /// The dialogue of a message.
    fn find(&mut self, message: &Transaction<'_>) -> Option<Found> {
        let own = message.tcap.otid.map(|id| (id, side(&message.calling, message.route.from())));
        let Some(id) = message.tcap.dtid else {
            let key = own?;
            // A Begin begins another, whatever is there.
            let is_known = !message.tcap.kind.begins() && self.is_known(&key);
            return Some(Found { key, from_first: true, is_known });
        };
        // The receiver chose this id: it is the first side, or the one that answered.
        let key = (id, side(&message.called, message.route.to()));
        let found = if self.is_known(&key) {
            Found { key, from_first: false, is_known: true }
        } else if let Some(first) = self.answered.get_mut(&key).copied().filter(|first| self.is_known(first)) {
            Found { key: first, from_first: true, is_known: true }
        } else if let Some(other) = self.of_id(id) {
            Found { key: other, from_first: other.0 != id, is_known: true }
        } else {
            // Its Begin was not seen: whoever receives it is taken for the first side.
            Found { key, from_first: false, is_known: false }
        };
        if let Some(own) = own.filter(|_| !found.from_first) {
            // Mostly it is not its first answer.
            if self.answered.get_mut(&own).is_none_or(|first| *first != found.key) {
                self.answered.insert(own, found.key);
                self.remember_id(own.0, found.key);
            }
        }
        Some(found)
    }

    /// What is known of the dialogue of a message that SCCP sent back. Its called address is that of its sender, whose
    /// transaction id stands where it did.
    fn of_returned(&mut self, message: &Transaction<'_>) -> Dialogue {
        let sender = message.tcap.otid.map(|id| (id, side(&message.called, message.route.to())));
        let receiver = message.tcap.dtid.map(|id| (id, side(&message.calling, message.route.from())));
        let keys = [sender, receiver].into_iter().flatten();
        let mut both = keys.flat_map(|key| [Some(key), self.answered.peek(&key).copied()]).flatten();
        let found = both.find(|key| self.is_known(key));
        let found = found.or_else(|| self.of_id(message.tcap.otid.or(message.tcap.dtid)?));
        let known = found.and_then(|key| self.open.peek(&key).or_else(|| self.ended.peek(&key)));
        known.map_or_else(Dialogue::default, |known| Dialogue {
            exchange: known.exchange,
            context: known.context,
            family: known.family,
            told: known.told,
            ..Dialogue::default()
        })
    }

    pub(in crate::session) fn consume(
        &mut self,
        context: &mut Context<'_>,
        origin: &Origin<'_>,
        message: &Transaction<'_>,
        repeat_of: Option<Source>,
    ) {
        let tcap = &message.tcap;
        // MAP-OPEN may name the subscriber for all of its dialogue.
        let mut opened = Named::default();
        let user_information = tcap.dialogue.map_or(&[][..], |dialogue| dialogue.user_information);
        if let Err(error) = map::open(user_information, &mut opened) {
            note(context, origin, error);
        }
        let first_imsi = opened.imsi;
        let application = tcap.application_context();
        if let Some(application) = application {
            self.applications.learn(message, application);
        }
        let mut seen = Seen { origin, message, repeat_of, opened, from_first: true, learned: None };
        // SCCP sent it back: it is a message of a dialogue, but not one that its receiver saw.
        if message.returned.is_some() {
            let mut dialogue = self.of_returned(message);
            dialogue.context = application.or(dialogue.context);
            seen.learned = self.applications.of(message, dialogue.context);
            seen.components(context, &mut dialogue);
            return;
        }
        let found = self.find(message);
        seen.from_first = found.is_none_or(|found| found.from_first);
        if let (Some(Found { key, is_known, .. }), None) = (found, repeat_of)
            && (tcap.kind.begins() || !tcap.kind.ends() && !is_known)
        {
            let exchange = Exchange::of(Protocol::Tcap, (key, origin.source));
            let dialogue = Dialogue { exchange, context: application, ..Dialogue::default() };
            self.ended.remove(&key);
            if let Some(reused) = self.open.insert(key, Box::new(dialogue)) {
                give_up(context, *reused);
            }
            self.remember_id(key.0, key);
        }
        let key = found.map(|found| found.key);
        let open = key.and_then(|key| self.open.get_mut(&key));
        let is_open = open.is_some();
        let mut none = None;
        let dialogue = match (open, key) {
            (Some(open), _) => open.as_mut(),
            (None, Some(key)) => match self.ended.get_mut(&key) {
                Some(ended) => ended.as_mut(),
                None => none.insert(Dialogue { exchange: Exchange::of(Protocol::Tcap, key), ..Dialogue::default() }),
            },
            (None, None) => none.insert(Dialogue::default()),
        };
        dialogue.context = application.or(dialogue.context);
        dialogue.imsi = dialogue.imsi.or(first_imsi);
        seen.learned = self.applications.of(message, dialogue.context);
        seen.components(context, dialogue);
        if let (true, true, None, Some(key)) = (is_open, tcap.kind.ends(), repeat_of, key)
            && let Some(mut dialogue) = self.open.remove(&key)
        {
            close(context, origin, &mut dialogue, tcap.kind);
            self.ended.insert(key, dialogue);
        }
    }
}

pub(super) fn note(context: &mut Context<'_>, origin: &Origin<'_>, error: DecodeError) {
    let Source { file, frame } = origin.source;
    let example = Example { file, frame, offset: error.offset };
    let (layer, outcome, reason) = (error.layer, error.outcome(), error.reason());
    match layer {
        // The message was counted when it was taken apart; what its components lack is told beside.
        Layer::Tcap => context.health.also(layer, outcome, reason, Some(example)),
        _ => context.health.note(layer, outcome, reason, Some(example)),
    }
}

/// A dialogue that nobody ended.
fn give_up(context: &mut Context<'_>, dialogue: Dialogue) {
    context.health.note(Layer::Tcap, Outcome::Evicted, "dialogue without an end", None);
    let waiting = dialogue.invokes.into_iter().filter_map(|invoke| invoke.event);
    for event in waiting.chain(dialogue.message) {
        context.emit(*event);
    }
}

/// A dialogue ends: invokes without a result have none, and a call is over.
fn close(context: &mut Context<'_>, origin: &Origin<'_>, dialogue: &mut Dialogue, kind: Kind) {
    let outcome = if kind == Kind::Abort { Result::Failure } else { Result::Unknown };
    for invoke in &mut dialogue.invokes {
        if let Some(event) = invoke.event.take() {
            context.emit(Event { outcome, ..*event });
        }
    }
    if let Some(event) = dialogue.message.take() {
        context.emit(Event { outcome, ..*event });
    }
    if let Some(mut call) = dialogue.call.take() {
        call.end(context, origin.time, origin.source, outcome, dialogue.duration_ms);
    }
}
