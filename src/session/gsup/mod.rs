//! GSUP: requests and their results become events, as those of MAP, which it stands in for, do.
//!
//! A result belongs to the request of the same kind for the same subscriber on the same connection.

use super::aging::Aging;
use super::{Context, Origin, sms, status};
use crate::event::{Direction, Event, EventKind, Interface, Peer, ResolvedBy, Result};
use crate::health::{Layer, Outcome};
use crate::identity::Imsi;
use crate::message::{Dialogue, Exchange, Message, Operation, Party, Protocol, Role};
use crate::time::SECOND;
use crate::wire::gsup::{Gsup, Kind, PORT};
use crate::wire::sms::Tpdu;
use crate::wire::ss7;
use std::net::IpAddr;

/// Requests that wait for their result, and how long.
const CAPACITY: usize = 1 << 16;
const WAIT: i64 = 60 * SECOND;

/// The sender of a request and its peer, the subscriber, and the kind of request.
type Key = (IpAddr, u16, IpAddr, u16, Imsi, u8);

#[derive(Debug)]
struct Pending {
    event: Option<Event>,
    exchange: Exchange,
}

/// Requests without their results.
#[derive(Debug)]
pub(super) struct Updates {
    pending: Aging<Key, Pending>,
}

impl Default for Updates {
    fn default() -> Self {
        Self { pending: Aging::new(CAPACITY, WAIT) }
    }
}

impl Updates {
    pub(super) fn pass(&mut self, context: &mut Context<'_>, now: i64) {
        unanswered(context, self.pending.pass(now));
    }

    pub(super) fn finish(&mut self, context: &mut Context<'_>) {
        unanswered(context, self.pending.drain());
    }

    pub(super) fn consume(&mut self, context: &mut Context<'_>, origin: &Origin<'_>, message: &Gsup<'_>) {
        let kind = message.message().map_or(Kind::Report, |(_, kind)| kind);
        let flow = origin.flow;
        let (source, destination) = ((flow.src, flow.src_port), (flow.dst, flow.dst_port));
        // The two lowest bits of a type tell request, error and result apart.
        let key = |from: (IpAddr, u16), to: (IpAddr, u16)| {
            Some((from.0, from.1, to.0, to.1, message.named.imsi?, message.message_type & !3))
        };
        let answered = match kind {
            Kind::Error | Kind::Result => key(destination, source).and_then(|key| self.pending.remove(&key)),
            Kind::Request | Kind::Report => None,
        };
        let exchange = exchange(origin, message, answered.as_ref());
        record(context, origin, message, kind, exchange);
        if let (Some(imsi), Some(msisdn)) = (message.named.imsi, message.named.msisdn) {
            context.resolver.tie_msisdn(imsi, msisdn);
        }
        match (kind, answered) {
            (Kind::Request, _) => {
                let event = event(context, origin, message);
                if let Some(key) = key(source, destination)
                    && let Some(Pending { event: Some(before), .. }) =
                        self.pending.insert(key, Pending { event, exchange })
                {
                    // Asked again before it was answered: the first one stays open.
                    context.emit(before);
                }
            }
            (_, Some(Pending { event: Some(mut event), .. })) => {
                event.outcome = if kind == Kind::Result { Result::Success } else { Result::Failure };
                context.emit(event);
            }
            _ => {}
        }
    }
}

/// A session, where the message has one; else a request with its result.
fn exchange(origin: &Origin<'_>, message: &Gsup<'_>, answered: Option<&Pending>) -> Exchange {
    if let Some(pending) = answered {
        return pending.exchange;
    }
    let flow = &origin.flow;
    let ends = if (flow.src, flow.src_port) <= (flow.dst, flow.dst_port) { *flow } else { flow.reversed() };
    match message.session {
        Some(session) => Exchange::of(Protocol::Gsup, (ends, message.named.imsi, session)),
        None => Exchange::of(Protocol::Gsup, (ends, message.named.imsi, origin.source)),
    }
}

fn unanswered(context: &mut Context<'_>, given_up: Vec<(Key, Pending)>) {
    for (_, pending) in given_up {
        context.health.note(Layer::Gsup, Outcome::Evicted, "request without a result", None);
        if let Some(event) = pending.event {
            context.emit(event);
        }
    }
}

/// The TPDU of a request, and which way it goes.
fn short_message<'a>(message: &Gsup<'a>) -> Option<(&'a [u8], ss7::Direction)> {
    let direction = match message.message_type {
        0x24 => ss7::Direction::Originating,
        0x28 => ss7::Direction::Terminating,
        _ => return None,
    };
    message.tpdu.map(|octets| (octets, direction))
}

fn record(context: &mut Context<'_>, origin: &Origin<'_>, message: &Gsup<'_>, kind: Kind, exchange: Exchange) {
    if !context.listener.wants_messages() {
        return;
    }
    let mut named = message.named.clone();
    if let Some((octets, direction)) = short_message(message)
        && let Ok(tpdu) = Tpdu::parse(octets, direction)
    {
        tpdu.name(&mut named);
    }
    context.listener.message(&Message {
        source: origin.source,
        frames: origin.frames,
        time: origin.time,
        protocol: Protocol::Gsup,
        interface: Some(Interface::Gsup),
        operation: match message.message() {
            Some((name, _)) => Operation::Name(name),
            None => Operation::Code(i64::from(message.message_type)),
        },
        version: None,
        role: match kind {
            Kind::Request => Role::Request,
            Kind::Result => Role::Result,
            Kind::Error => Role::Error,
            Kind::Report => Role::Service,
        },
        dialogue: Dialogue::None,
        exchange,
        calling: message.source.map_or(Party::Address(origin.flow.src), Party::Text),
        called: message.destination.map_or(Party::Address(origin.flow.dst), Party::Text),
        named,
        cause: message.cause.map(i64::from),
        inferred: false,
        repeat_of: None,
        status: status(message.stop),
    });
}

fn event(context: &mut Context<'_>, origin: &Origin<'_>, message: &Gsup<'_>) -> Option<Event> {
    /// A session begins.
    const BEGIN: u8 = 1;
    // The register listens on the port of GSUP: what comes from there is for the subscriber.
    let from_register = origin.flow.src_port == PORT && origin.flow.dst_port != PORT;
    let (kind, direction) = match message.message_type {
        0x04 => (EventKind::Register, Direction::Mo),
        0x08 => (EventKind::Authenticate, Direction::None),
        0x0c => (EventKind::Deregister, Direction::None),
        0x1c => (EventKind::Moved, Direction::None),
        0x20 if message.session_state.is_none_or(|state| state == BEGIN) => {
            (EventKind::Ussd, if from_register { Direction::Mt } else { Direction::Mo })
        }
        0x24 => (EventKind::SmsSubmit, Direction::Mo),
        0x28 => (EventKind::SmsDeliver, Direction::Mt),
        0x30 => (EventKind::EquipmentCheck, Direction::None),
        0x34 | 0x38 => (EventKind::Handover, Direction::None),
        _ => return None,
    };
    let named = &message.named;
    let mut event = Event::new(kind, origin.time, Interface::Gsup, origin.source);
    event.direction = direction;
    event.imsi = named.imsi;
    event.msisdn = named.msisdn;
    event.imei = named.imei;
    if event.imsi.is_some() {
        event.resolved_by = ResolvedBy::Direct;
    }
    if kind == EventKind::Register {
        event.serving_node = message.source.map(|source| context.name(source));
    }
    if let Some((octets, _)) = short_message(message) {
        event.peer = named.called.or(named.calling).map(Peer::Number);
        sms::fill(context, &mut event, octets);
    }
    Some(event)
}

#[cfg(test)]
mod tests;
