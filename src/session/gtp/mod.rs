//! GTP-C: tunnels and their subscribers (TS 29.060, TS 29.274, GSM 09.60).
//!
//! A message that makes a tunnel names its subscriber, and the TEID under which its sender wants the messages of that
//! tunnel. Later ones name that TEID alone. So TEIDs lead to sessions, and sessions to subscribers; an answer belongs to
//! the session of its request.
//!
//! Which messages are events: the making, changing and ending of PDP contexts, sessions and bearers; relocations as
//! handovers; the transfer of contexts to another node as a change of data (the register tells the move itself);
//! downlink data and CS paging as paging.

use super::aging::Aging;
use super::{Context, Origin, status};
use crate::dissect::GtpMessage;
use crate::event::{Direction, Event, EventKind, Interface, Rat, ResolvedBy, Result, Source};
use crate::health::{Layer, Outcome};
use crate::identity::{CellId, Imei, Imsi, Msisdn, Plmn};
use crate::message::{Dialogue, Exchange, Message, Operation, Party, Role};
use crate::time::{DAY, SECOND};
use crate::wire::gtp::{Endpoint, Gtp, Kind, Version};
use std::net::IpAddr;

/// Sessions that are known at the same time, and their TEIDs.
const SESSIONS: usize = 1 << 20;
const TUNNELS: usize = 1 << 22;
/// A session without messages is known for so long.
const KEEP: i64 = DAY;
/// Requests that wait for their answer, and how long: N3 times T3 of all nodes on the way.
const PENDING: usize = 1 << 18;
const WAIT: i64 = 60 * SECOND;

/// What is known of the subscriber of a session.
#[derive(Debug, Clone, Copy, Default)]
struct Known {
    imsi: Option<Imsi>,
    msisdn: Option<Msisdn>,
    imei: Option<Imei>,
    cell: Option<CellId>,
    plmn: Option<Plmn>,
    rat: Option<Rat>,
    interface: Option<Interface>,
}

#[derive(Debug)]
struct Pending {
    event: Option<Event>,
    exchange: Exchange,
}

/// A request: who sent it to whom, and its number.
type Key = (IpAddr, u16, IpAddr, u16, Version, u32);

/// A TEID of a node, and the node that uses it; some nodes give the same to peers of different interfaces. Without a
/// peer it is the one that the node gave last.
type End = (IpAddr, u32, Option<IpAddr>);

/// All tunnels.
#[derive(Debug)]
pub(super) struct Tunnels {
    by_teid: Aging<End, Exchange>,
    sessions: Aging<Exchange, Known>,
    pending: Aging<Key, Pending>,
}

impl Default for Tunnels {
    fn default() -> Self {
        Self {
            by_teid: Aging::new(TUNNELS, KEEP),
            sessions: Aging::new(SESSIONS, KEEP),
            pending: Aging::new(PENDING, WAIT),
        }
    }
}

impl Tunnels {
    pub(super) fn pass(&mut self, context: &mut Context<'_>, now: i64) {
        self.by_teid.pass(now);
        for _ in self.sessions.pass(now) {
            context.health.note(Layer::Gtp, Outcome::Evicted, "tunnel without news", None);
        }
        unanswered(context, self.pending.pass(now));
    }

    pub(super) fn finish(&mut self, context: &mut Context<'_>) {
        unanswered(context, self.pending.drain());
    }

    pub(super) fn consume(
        &mut self,
        context: &mut Context<'_>,
        origin: &Origin<'_>,
        what: &GtpMessage<'_>,
        repeat_of: Option<Source>,
    ) {
        let message = &what.message;
        let kind = message.message().map_or(Kind::Request, |(_, kind)| kind);
        let flow = origin.flow;
        let key = |from: (IpAddr, u16), to: (IpAddr, u16)| {
            let sequence = message.sequence?;
            Some((from.0, from.1, to.0, to.1, message.version, sequence))
        };
        let (source, destination) = ((flow.src, flow.src_port), (flow.dst, flow.dst_port));
        let answered = match kind {
            Kind::Request => None,
            _ if repeat_of.is_some() => None,
            _ => key(destination, source).and_then(|key| self.pending.remove(&key)),
        };
        let exchange = self.exchange(origin, what, answered.as_ref());
        let known =
            if repeat_of.is_none() { self.learn(context, origin, what, exchange) } else { self.known(exchange) };
        let interface = interface(message, &known);
        if context.listener.wants_messages() {
            record(context, origin, what, kind, interface, exchange, repeat_of);
        }
        if repeat_of.is_some() {
            return;
        }
        match (kind, answered) {
            (Kind::Request, _) => {
                let event = event(context, origin, message, &known, interface);
                match key(source, destination) {
                    Some(key) if message.message_type > 2 => {
                        self.pending.insert(key, Pending { event, exchange });
                    }
                    _ => {
                        if let Some(event) = event {
                            context.emit(event);
                        }
                    }
                }
            }
            (_, Some(Pending { event: Some(event), .. })) => {
                let outcome = match (kind, message.accepted()) {
                    (Kind::Failure, _) | (_, Some(false)) => Result::Failure,
                    (_, Some(true)) => Result::Success,
                    (_, None) => Result::Unknown,
                };
                let mut event = complete(event, &known);
                event.outcome = outcome;
                context.emit(event);
            }
            _ => {}
        }
    }

    /// The session of a message: by the TEID of its receiver, by the request that it answers, by the TEID that its
    /// sender gives; a new one where it names a subscriber or gives a TEID.
    fn exchange(&mut self, origin: &Origin<'_>, what: &GtpMessage<'_>, answered: Option<&Pending>) -> Exchange {
        let message = &what.message;
        if let Some(tid) = message.tid {
            return Exchange::of(what.protocol(), tid);
        }
        let teid = message.teid.filter(|teid| *teid != 0 && message.version != Version::V0);
        let by_teid = |teid| self.of_end(origin.flow.dst, teid, origin.flow.src);
        if let Some(exchange) = answered.map(|pending| pending.exchange).or_else(|| teid.and_then(by_teid)) {
            return exchange;
        }
        if let Some(Endpoint { address, teid, .. }) = message.endpoints.first()
            && let Some(exchange) = self.of_end(address.unwrap_or(origin.flow.src), *teid, origin.flow.dst)
        {
            let before = self.sessions.peek(&exchange).and_then(|known| known.imsi);
            // Another subscriber under the same TEID: the end of the session before was not seen.
            if before.is_none() || message.named.imsi.is_none() || before == message.named.imsi {
                return exchange;
            }
        }
        let begins = message.named.imsi.is_some() || !message.endpoints.is_empty() || teid.is_some();
        if !begins {
            return Exchange::NONE;
        }
        let exchange = Exchange::of(what.protocol(), (origin.source.file, origin.source.frame, what.octets.len()));
        if let Some(teid) = teid {
            self.by_teid.insert((origin.flow.dst, teid, Some(origin.flow.src)), exchange);
        }
        exchange
    }

    /// The session of a TEID of `node` that `peer` uses.
    fn of_end(&mut self, node: IpAddr, teid: u32, peer: IpAddr) -> Option<Exchange> {
        let end = (node, teid, Some(peer));
        if let Some(exchange) = self.by_teid.get_mut(&end) {
            return Some(*exchange);
        }
        self.by_teid.get_mut(&(node, teid, None)).copied()
    }

    fn known(&self, exchange: Exchange) -> Known {
        self.sessions.peek(&exchange).copied().unwrap_or_default()
    }

    /// Takes over what a message tells of its session; gives all that is known then.
    fn learn(
        &mut self,
        context: &mut Context<'_>,
        origin: &Origin<'_>,
        what: &GtpMessage<'_>,
        exchange: Exchange,
    ) -> Known {
        let Gtp { named, endpoints, .. } = &what.message;
        if exchange == Exchange::NONE {
            return Known::default();
        }
        for (place, Endpoint { address, teid, .. }) in endpoints.iter().enumerate().filter(|(_, end)| end.teid != 0) {
            let node = address.unwrap_or(origin.flow.src);
            // The first is the sender's own; others are those of nodes further away, which may have told theirs.
            if place == 0 {
                self.by_teid.insert((node, *teid, Some(origin.flow.dst)), exchange);
                self.by_teid.insert((origin.flow.src, *teid, None), exchange);
            }
            if place == 0 || self.by_teid.get_mut(&(node, *teid, None)).is_none() {
                self.by_teid.insert((node, *teid, None), exchange);
            }
        }
        let mut known = self.sessions.get_mut(&exchange).copied().unwrap_or_default();
        known.imsi = known.imsi.or(named.imsi);
        known.msisdn = named.msisdn.or(known.msisdn);
        known.imei = named.imei.or(known.imei);
        known.cell = named.cell.or(known.cell);
        known.plmn = named.plmn.or(known.plmn);
        known.rat = what.message.rat_type.and_then(rat).or(known.rat);
        known.interface = known.interface.or_else(|| told_interface(&what.message));
        self.sessions.insert(exchange, known);
        if let Some(imsi) = known.imsi {
            if let Some(msisdn) = named.msisdn {
                context.resolver.tie_msisdn(imsi, msisdn);
            }
            if let Some(imei) = named.imei {
                context.resolver.tie_imei(imsi, imei);
            }
            if let Some(cell) = named.cell {
                context.resolver.tie_cell(imsi, cell, origin.time);
            }
        }
        known
    }
}

fn unanswered(context: &mut Context<'_>, given_up: Vec<(Key, Pending)>) {
    for (_, pending) in given_up {
        context.health.note(Layer::Gtp, Outcome::Evicted, "request without an answer", None);
        if let Some(event) = pending.event {
            context.emit(event);
        }
    }
}

fn record(
    context: &mut Context<'_>,
    origin: &Origin<'_>,
    what: &GtpMessage<'_>,
    kind: Kind,
    interface: Interface,
    exchange: Exchange,
    repeat_of: Option<Source>,
) {
    let message = &what.message;
    context.listener.message(&Message {
        source: origin.source,
        frames: origin.frames,
        time: origin.time,
        protocol: what.protocol(),
        interface: Some(interface),
        operation: match message.message() {
            Some((name, _)) => Operation::Name(name),
            None => Operation::Code(i64::from(message.message_type)),
        },
        version: None,
        role: match kind {
            Kind::Request => Role::Request,
            Kind::Answer => Role::Answer,
            Kind::Failure => Role::Error,
        },
        dialogue: message.teid.map_or(Dialogue::None, Dialogue::Tunnel),
        exchange,
        calling: Party::Address(origin.flow.src),
        called: Party::Address(origin.flow.dst),
        named: message.named.clone(),
        cause: message.cause.map(i64::from),
        inferred: false,
        repeat_of,
        status: status(message.stop),
    });
}

/// RAT Type (TS 29.274 table 8.17-1).
fn rat(rat_type: u8) -> Option<Rat> {
    Some(match rat_type {
        1 | 5 => Rat::Utran,
        2 => Rat::Geran,
        3 => Rat::Wlan,
        6 | 8 | 9 => Rat::Eutran,
        10 => Rat::Nr,
        _ => return None,
    })
}

/// The interface that the message itself tells: by its type, or by that of its sender's endpoint (TS 29.274 §8.22).
fn told_interface(message: &Gtp<'_>) -> Option<Interface> {
    if message.version != Version::V2 {
        return Some(Interface::Gn);
    }
    if matches!(message.message_type, 25..=31 | 240..=244) {
        return Some(Interface::Sv);
    }
    Some(match message.endpoints.first()?.interface? {
        6 | 7 => Interface::S5,
        10 | 11 => Interface::S11,
        12 => Interface::S10,
        13 | 14 => Interface::S3,
        17 => Interface::S4,
        18 => Interface::S16,
        30 | 32 => Interface::S2b,
        35 | 36 => Interface::S2a,
        40 => Interface::N26,
        _ => return None,
    })
}

fn interface(message: &Gtp<'_>, known: &Known) -> Interface {
    known.interface.or_else(|| told_interface(message)).unwrap_or(Interface::Gtp)
}

/// What a request is to its subscriber.
fn meaning(message: &Gtp<'_>) -> Option<(EventKind, Direction)> {
    use EventKind::{DataEnd, DataStart, DataUpdate, Deregister, Handover, Paging, RouteQuery};
    Some(match (message.version, message.message_type) {
        // Create PDP Context; AA contexts only in version 0.
        (Version::V0 | Version::V1, 16) | (Version::V0, 22) => (DataStart, Direction::Mo),
        (Version::V0 | Version::V1, 18) => (DataUpdate, Direction::None),
        (Version::V0 | Version::V1, 20) | (Version::V0, 24) => (DataEnd, Direction::None),
        // Initiate PDP Context Activation; PDU Notification asks the mobile to begin.
        (Version::V1, 22) => (DataStart, Direction::Mt),
        (Version::V0 | Version::V1, 27) => (Paging, Direction::Mt),
        (Version::V0 | Version::V1, 32) => (RouteQuery, Direction::Mt),
        (Version::V0 | Version::V1, 50) => (DataUpdate, Direction::Mo),
        (Version::V1, 53) => (Handover, Direction::None),
        (Version::V1, 128) => (DataUpdate, Direction::None),
        (Version::V2, 32) => (DataStart, Direction::Mo),
        (Version::V2, 34 | 38 | 95 | 97 | 211) => (DataUpdate, Direction::None),
        (Version::V2, 36) => (DataEnd, Direction::None),
        (Version::V2, 99) => (if message.linked_bearer { DataEnd } else { DataUpdate }, Direction::None),
        (Version::V2, 130) => (DataUpdate, Direction::Mo),
        (Version::V2, 25 | 31 | 133) => (Handover, Direction::None),
        (Version::V2, 149) => (Deregister, Direction::None),
        (Version::V2, 151 | 176) => (Paging, Direction::Mt),
        _ => return None,
    })
}

fn event(
    context: &mut Context<'_>,
    origin: &Origin<'_>,
    message: &Gtp<'_>,
    known: &Known,
    interface: Interface,
) -> Option<Event> {
    let (kind, direction) = meaning(message)?;
    let named = &message.named;
    let mut event = Event::new(kind, origin.time, interface, origin.source);
    event.direction = direction;
    event.imsi = named.imsi;
    event.msisdn = named.msisdn;
    event.imei = named.imei;
    event.cell = named.cell;
    event.plmn = named.plmn;
    event.rat = message.rat_type.and_then(rat);
    if event.imsi.is_some() {
        event.resolved_by = ResolvedBy::Direct;
    }
    if kind == EventKind::DataStart && direction == Direction::Mo {
        event.serving_node = Some(context.names.written(origin.flow.src));
    }
    Some(complete(event, known))
}

/// Adds what the session knows. Where the subscriber was at another time is left to the resolver.
fn complete(mut event: Event, known: &Known) -> Event {
    if event.imsi.is_none() && known.imsi.is_some() {
        (event.imsi, event.resolved_by) = (known.imsi, ResolvedBy::Dialogue);
    }
    event.msisdn = event.msisdn.or(known.msisdn);
    event.imei = event.imei.or(known.imei);
    event.plmn = event.plmn.or(known.plmn);
    event.rat = event.rat.or(known.rat);
    event
}

#[cfg(test)]
mod tests;
