//! ISUP and BICC: circuits become calls (Q.764 (12/99), Q.1902.4).
//!
//! A call has a circuit between two exchanges from the IAM to the RLC; its messages have nothing else in common. So a
//! circuit remembers its last call until the next IAM. A call is that of a subscriber as far as the resolver knows whose
//! numbers they are; where it knows neither, it is a call by number.
//!
//! The attempt is told with the first answer of the other exchange, when all digits of the called number are there
//! (overlap sending), or with the end.

mod call;
mod record;

use super::aging::Aging;
use super::{Context, Origin, repeat};
use crate::dissect::IsupMessage;
use crate::health::{Example, Layer, Outcome};
use crate::message::{Exchange, Protocol};
use crate::time::{HOUR, SECOND};
use crate::wire::ss7::isup::Phase;
use call::{Circuit, State};
use std::hash::{BuildHasher, Hash, Hasher};

/// Circuits whose calls are followed at the same time.
const CAPACITY: usize = 1 << 18;
/// A call of which nothing is heard for so long is forgotten.
const HOLDS: i64 = 4 * HOUR;
/// The same IAM on the same circuit in this time is the same call on another leg or probe; so is a message after the end.
const SAME_IAM: i64 = 2 * SECOND;

/// Which circuit: of BICC or ISUP, network, both point codes, circuit identification code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
struct Key {
    bicc: bool,
    network: u8,
    low: u32,
    high: u32,
    circuit: u32,
}

impl Key {
    fn new(message: &IsupMessage<'_>) -> Self {
        let (from, to) = (message.route.from(), message.route.to());
        Self {
            bicc: message.bicc,
            network: message.route.network,
            low: from.min(to),
            high: from.max(to),
            circuit: message.circuit,
        }
    }

    /// Which of the two exchanges keeps the circuit when both took it at once: the one with the higher point code the
    /// even circuits, the other the odd ones (Q.764 §2.9.1.4).
    fn keeps(&self, from: u32) -> bool {
        from == if self.circuit.is_multiple_of(2) { self.high } else { self.low }
    }
}

/// What a message of a circuit has to do with the call on it.
enum Place {
    /// It begins a call, which takes the circuit.
    New,
    /// It belongs to the call on the circuit.
    Known,
    /// It belongs to a call whose start was not seen.
    Orphan,
    /// It tries to begin a call, but the other exchange keeps the circuit.
    Lost,
    /// It is about the circuit and no call.
    Apart,
}

/// The circuits.
#[derive(Debug)]
pub(super) struct Circuits {
    circuits: Aging<Key, Circuit>,
}

impl Default for Circuits {
    fn default() -> Self {
        Self { circuits: Aging::new(CAPACITY, HOLDS) }
    }
}

fn layer(bicc: bool) -> Layer {
    if bicc { Layer::Bicc } else { Layer::Isup }
}

fn protocol(bicc: bool) -> Protocol {
    if bicc { Protocol::Bicc } else { Protocol::Isup }
}

/// What a message says, within which call.
fn digest(message: &IsupMessage<'_>, exchange: Exchange) -> u64 {
    let mut hasher = foldhash::quality::FixedState::with_seed(8).build_hasher();
    (message.route.from(), message.route.to(), message.route.network, message.bicc, exchange).hash(&mut hasher);
    hasher.write(message.octets);
    hasher.finish()
}

impl Circuits {
    pub(super) fn pass(&mut self, context: &mut Context<'_>, now: i64) {
        for (key, circuit) in self.circuits.pass(now) {
            give_up(context, key, circuit);
        }
    }

    pub(super) fn finish(&mut self, context: &mut Context<'_>) {
        for (key, circuit) in self.circuits.drain() {
            give_up(context, key, circuit);
        }
    }

    pub(super) fn consume(
        &mut self,
        context: &mut Context<'_>,
        repeats: &mut repeat::Repeats,
        origin: &Origin<'_>,
        message: &IsupMessage<'_>,
    ) {
        let key = Key::new(message);
        let fresh = Exchange::of(protocol(key.bicc), (key, origin.source));
        let place = self.place(&key, origin, message);
        let exchange = match place {
            Place::New | Place::Orphan | Place::Lost => fresh,
            Place::Known => self.circuits.peek(&key).map_or(Exchange::NONE, |circuit| circuit.exchange),
            Place::Apart => Exchange::NONE,
        };
        let of_call = if matches!(place, Place::Lost) { Exchange::NONE } else { exchange };
        let repeat_of = repeats.leg(layer(key.bicc), digest(message, of_call), origin, context.health);
        if matches!(place, Place::New | Place::Orphan) {
            let circuit = Circuit::new(exchange, origin, message);
            if let Some(before) = self.circuits.insert(key, circuit) {
                before.taken_over(context, origin, message.route.from(), layer(key.bicc));
            }
        }
        match place {
            Place::Orphan => {
                note(context, origin, key, Outcome::Unresolved, "message of a call whose start was not seen");
            }
            Place::Lost if repeat_of.is_none() => {
                note(context, origin, key, Outcome::Unresolved, "circuit that both exchanges took at once");
            }
            _ => {}
        }
        let mut circuit = match place {
            Place::Lost | Place::Apart => None,
            _ => self.circuits.get_mut(&key),
        };
        if let (Some(circuit), None) = (&mut circuit, repeat_of) {
            circuit.advance(context, origin, message);
        }
        record::tell(context, origin, message, exchange, circuit.as_deref(), repeat_of);
        if message.message.message_type.phase() == Phase::Reset && repeat_of.is_none() {
            self.reset_group(context, origin, key, message);
        }
    }

    fn place(&self, key: &Key, origin: &Origin<'_>, message: &IsupMessage<'_>) -> Place {
        let known = self.circuits.peek(key);
        let phase = message.message.message_type.phase();
        match (phase, known) {
            (Phase::Setup, Some(circuit)) => {
                let same = circuit.iam == Some(digest(message, Exchange::NONE));
                if same && origin.time.saturating_sub(circuit.began) <= SAME_IAM && circuit.state != State::Free {
                    return Place::Known;
                }
                let at_once = circuit.state == State::Seized && circuit.from != message.route.from();
                if at_once && !key.keeps(message.route.from()) { Place::Lost } else { Place::New }
            }
            (Phase::Setup, None) => Place::New,
            // A group is reset by its first circuit; that one may have a call, but the message is not of that call.
            (Phase::Reset, Some(circuit)) if message.message.range_and_status.is_none() => match circuit.state {
                State::Free => Place::Apart,
                _ => Place::Known,
            },
            (Phase::Supervision | Phase::Acknowledgement | Phase::Reset, _) => Place::Apart,
            (_, Some(circuit)) if circuit.is_of_the_past(origin.time, phase) => Place::Orphan,
            (_, Some(_)) => Place::Known,
            (Phase::Complete, None) => Place::Apart,
            (_, None) => Place::Orphan,
        }
    }

    /// The further circuits of a group that is reset (GRS; the range counts from the circuit of the message).
    fn reset_group(&mut self, context: &mut Context<'_>, origin: &Origin<'_>, key: Key, message: &IsupMessage<'_>) {
        let Some((range, _)) = message.message.range_and_status else { return };
        for more in 0..=u32::from(range) {
            let Some(circuit) = key.circuit.checked_add(more) else { break };
            if let Some(circuit) = self.circuits.get_mut(&Key { circuit, ..key }) {
                circuit.reset(context, origin);
            }
        }
    }
}

fn note(context: &mut Context<'_>, origin: &Origin<'_>, key: Key, outcome: Outcome, reason: &'static str) {
    let (file, frame) = (origin.source.file, origin.source.frame);
    context.health.note(layer(key.bicc), outcome, reason, Some(Example { file, frame, offset: 0 }));
}

/// A call of which no more is heard.
fn give_up(context: &mut Context<'_>, key: Key, mut circuit: Circuit) {
    circuit.tell_attempt(context);
    if circuit.is_open() {
        context.health.note(layer(key.bicc), Outcome::Evicted, "call without an end", None);
    }
}

#[cfg(test)]
mod tests;
