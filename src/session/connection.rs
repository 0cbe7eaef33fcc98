//! Connections of SCCP (ITU-T Q.714 (05/2001) §3): from CR to RLC, or from wherever the capture begins.
//!
//! ```text
//! CR  s=a        ──▶            each side chooses a local reference, which the other side's
//!            ◀──  CC  d=a s=b   messages name as their destination
//! DT1 d=b        ──▶
//!            ◀──  DT1 d=a
//!            ◀──  RLSD d=a s=b
//! RLC d=b s=a    ──▶
//! ```
//!
//! A reference is known by the point code of who chose it. A message to a reference that was never seen begins a
//! connection whose other side is not known yet; one that names both references (CC, RLSD, RLC, IT) ties them. What
//! uses the connection is told by the subsystem in CR, else by what its data look like; then it is `inferred`.
//!
//! A relay between two legs chooses references of its own. Its CR has the same data as the one before it, on another
//! association: then both legs are one connection.
//!
//! Data in several DT1 or DT2 are put together by their more-data bit, for each leg by itself.

use super::Origin;
use super::aging::Aging;
use super::legs::Legs;
use super::repeat::SEEN_BEFORE;
use crate::dissect::{Route, User};
use crate::event::Source;
use crate::health::{Example, Health, Layer, Outcome};
use crate::identity::PointCode;
use crate::message::{Dialogue, Exchange, Message, Operation, Party, Protocol, Role, Status};
use crate::reassembly::Flow;
use crate::time::{MINUTE, SECOND};
use crate::wire::Named;
use crate::wire::ss7::Sccp;
use crate::wire::ss7::sccp::MessageType;
use std::borrow::Cow;
use std::hash::{BuildHasher, Hasher};
use std::net::IpAddr;

/// Connections that are open at the same time.
const CAPACITY: usize = 1 << 18;
/// One of which nothing is heard for so long is given up: T(iar) is 11 to 21 minutes (Q.714 annex C), and inactivity
/// tests may lie outside the capture.
const HOLDS: i64 = 60 * MINUTE;
/// One that ended is remembered for so long: its last messages may come again, on another leg.
const ENDED_HOLDS: i64 = 32 * SECOND;
/// A second leg begins no later than this after the first.
const RELAY: i64 = 4 * SECOND;
/// Data of a CR that are enough to tell it from others.
const TELLING: usize = 8;
/// Octets of one message in several DT1.
const LONGEST: usize = 1 << 14;
/// DT1 of one message.
const SEGMENTS: usize = 256;
/// Octets that wait for their end, in all connections.
const HELD: usize = 1 << 26;
/// Messages of one connection that wait for their end: each way on two legs.
const PARTS: usize = 4;

/// A local reference with the point code of who chose it.
type Side = (u64, u32);
/// Which of the two ends.
type End = bool;

#[derive(Debug)]
struct Part {
    to: End,
    flow: Flow,
    file: u32,
    data: Vec<u8>,
    frames: Vec<u64>,
}

#[derive(Debug)]
struct Connection {
    exchange: Exchange,
    user: Option<User>,
    inferred: bool,
    /// The end that is the radio network.
    radio: Option<End>,
    legs: [Legs; 2],
    parts: Vec<Part>,
    released: bool,
}

/// Connections that are open.
#[derive(Debug)]
pub(super) struct Connections {
    open: Aging<u64, Connection>,
    ended: Aging<u64, Connection>,
    sides: Aging<Side, (u64, End)>,
    /// CRs of the last seconds by their data.
    begun: Aging<u64, (u64, Flow)>,
    next: u64,
    held: usize,
}

impl Default for Connections {
    fn default() -> Self {
        Self {
            open: Aging::new(CAPACITY, HOLDS),
            ended: Aging::new(CAPACITY, ENDED_HOLDS),
            sides: Aging::new(CAPACITY.saturating_mul(4), HOLDS),
            begun: Aging::new(CAPACITY, RELAY),
            next: 0,
            held: 0,
        }
    }
}

/// What a message means in its connection.
pub(super) struct Taken<'a> {
    id: u64,
    to: End,
    pub(super) exchange: Exchange,
    pub(super) user: Option<User>,
    pub(super) inferred: bool,
    pub(super) repeat_of: Option<Source>,
    /// The radio network sent it.
    pub(super) uplink: Option<bool>,
    /// Complete data, and the frames of all their segments where there are several.
    pub(super) data: Option<(Cow<'a, [u8]>, Vec<u64>)>,
    /// This message ends the connection.
    pub(super) released: bool,
    /// Connections whose references it uses again, or that proved to be this one.
    pub(super) gone: Vec<Exchange>,
}

/// What the records of one message have in common.
#[derive(Debug, Clone, Copy)]
pub(super) struct Carried<'a> {
    /// The connection; `None` for a message without.
    pub(super) connection: Option<Exchange>,
    pub(super) dialogue: Dialogue<'a>,
    pub(super) calling: Party<'a>,
    pub(super) called: Party<'a>,
    pub(super) inferred: bool,
    pub(super) repeat_of: Option<Source>,
    /// SCCP sent it back.
    pub(super) returned: bool,
}

impl<'a> Carried<'a> {
    /// The record as far as the connection tells.
    pub(super) fn record(&self, origin: &Origin<'a>, uplink: Option<bool>) -> Message<'a> {
        Message {
            source: origin.source,
            frames: origin.frames,
            time: origin.time,
            protocol: Protocol::Sccp,
            interface: None,
            operation: Operation::Unknown,
            version: None,
            role: match uplink {
                _ if self.returned => Role::Service,
                Some(true) => Role::Uplink,
                Some(false) => Role::Downlink,
                None => Role::Undirected,
            },
            dialogue: self.dialogue,
            exchange: self.connection.unwrap_or(Exchange::NONE),
            calling: self.calling,
            called: self.called,
            named: Named::default(),
            cause: None,
            inferred: self.inferred,
            repeat_of: self.repeat_of,
            status: Status::Complete,
        }
    }
}

/// What a message of a connection is in it.
pub(super) fn role(message_type: MessageType) -> Role {
    match message_type {
        MessageType::CR => Role::Begin,
        MessageType::RLSD | MessageType::RLC => Role::End,
        MessageType::CREF => Role::Abort,
        _ => Role::Continue,
    }
}

fn digest(message_type: MessageType, data: &[u8]) -> u64 {
    let mut hasher = foldhash::quality::FixedState::with_seed(6).build_hasher();
    hasher.write_u8(message_type.0);
    hasher.write(data);
    hasher.finish()
}

/// A node as a key: its point code; where nothing carried one, its address.
fn key(point_code: Option<PointCode>, address: IpAddr, port: u16) -> u64 {
    let hasher = foldhash::quality::FixedState::with_seed(8);
    match point_code {
        Some(point_code) => hasher.hash_one(point_code),
        None => hasher.hash_one((address, port)),
    }
}

impl Connections {
    pub(super) fn pass(&mut self, now: i64, health: &mut Health) {
        self.begun.pass(now);
        self.sides.pass(now);
        let over = self.ended.pass(now).into_iter().chain(self.open.pass(now));
        for (_, connection) in over {
            self.held = self.held.saturating_sub(connection.give_up(health));
        }
    }

    pub(super) fn finish(&mut self, health: &mut Health) {
        for (_, connection) in self.open.drain().into_iter().chain(self.ended.drain()) {
            connection.give_up(health);
        }
    }

    fn is_open(&self, id: u64) -> bool {
        self.open.peek(&id).is_some()
    }

    fn get_mut(&mut self, id: u64) -> Option<&mut Connection> {
        if self.is_open(id) { self.open.get_mut(&id) } else { self.ended.get_mut(&id) }
    }

    /// The connection of a reference.
    fn side(&mut self, side: Side) -> Option<(u64, End)> {
        let found = *self.sides.get_mut(&side)?;
        self.get_mut(found.0).is_some().then_some(found)
    }

    fn begin(&mut self, side: Side, end: End, origin: &Origin<'_>) -> u64 {
        let id = self.next;
        self.next = self.next.wrapping_add(1);
        let connection = Connection {
            exchange: Exchange::of(Protocol::Sccp, (side, origin.source)),
            user: None,
            inferred: false,
            radio: None,
            legs: Default::default(),
            parts: Vec::new(),
            released: false,
        };
        self.open.insert(id, connection);
        self.sides.insert(side, (id, end));
        id
    }

    /// A reference is used for another connection: that before is over.
    fn over(&mut self, id: u64, health: &mut Health, gone: &mut Vec<Exchange>) {
        let open = self.open.remove(&id);
        if let Some(connection) = open.or_else(|| self.ended.remove(&id)) {
            gone.push(connection.exchange);
            self.held = self.held.saturating_sub(connection.give_up(health));
        }
    }

    /// Finds the connection of a message, or begins it.
    fn locate(
        &mut self,
        origin: &Origin<'_>,
        (sender, receiver): (Option<Side>, Option<Side>),
        sccp: &Sccp<'_>,
        health: &mut Health,
        gone: &mut Vec<Exchange>,
    ) -> Option<(u64, End)> {
        if sccp.message_type == MessageType::CR {
            return Some((self.called(origin, sender?, sccp, health, gone), true));
        }
        let to = receiver.and_then(|side| self.side(side));
        let from = sender.and_then(|side| self.side(side));
        match (to, from) {
            (Some((id, end)), Some((other, _))) if id != other => {
                let confirms = sccp.message_type == MessageType::CC;
                // A CC from a reference that was used before; else two halves that prove to be one.
                if confirms || self.is_open(other) {
                    self.over(other, health, gone);
                }
                self.sides.insert(sender?, (id, !end));
                Some((id, end))
            }
            (Some((id, end)), _) => {
                if let Some(sender) = sender.filter(|_| from.is_none()) {
                    self.sides.insert(sender, (id, !end));
                }
                Some((id, end))
            }
            (None, Some((id, end))) => {
                if let Some(receiver) = receiver {
                    self.sides.insert(receiver, (id, !end));
                }
                Some((id, !end))
            }
            (None, None) => {
                let (receiver, end) = (receiver?, false);
                let id = self.begin(receiver, end, origin);
                if let Some(sender) = sender {
                    self.sides.insert(sender, (id, !end));
                }
                let Source { file, frame } = origin.source;
                let example = Example { file, frame, offset: 0 };
                let reason = "connection whose beginning was not seen";
                health.also(Layer::Sccp, Outcome::Unresolved, reason, Some(example));
                Some((id, end))
            }
        }
    }

    /// The connection of a CR: a new one; the same on another leg.
    fn called(
        &mut self,
        origin: &Origin<'_>,
        sender: Side,
        sccp: &Sccp<'_>,
        health: &mut Health,
        gone: &mut Vec<Exchange>,
    ) -> u64 {
        let data = digest(sccp.message_type, sccp.data);
        let relayed = self.begun.peek(&data).copied().filter(|(_, flow)| *flow != origin.flow);
        let relayed = relayed.map(|(id, _)| id).filter(|id| self.is_open(*id));
        let known = self.side(sender).map(|(id, _)| id);
        match (known, relayed) {
            // The same references on another association.
            (Some(id), Some(first)) if id == first => return id,
            (None, Some(first)) if sccp.data.len() >= TELLING => {
                self.sides.insert(sender, (first, false));
                return first;
            }
            (Some(id), _) => self.over(id, health, gone),
            (None, _) => {}
        }
        let id = self.begin(sender, false, origin);
        self.begun.insert(data, (id, origin.flow));
        id
    }

    /// Takes a message. Nothing where it is of no connection.
    pub(super) fn take<'a>(
        &mut self,
        origin: &Origin<'_>,
        route: &Route,
        sccp: &Sccp<'a>,
        health: &mut Health,
    ) -> Option<Taken<'a>> {
        let flow = &origin.flow;
        let sender = sccp.source.map(|reference| (key(route.opc, flow.src, flow.src_port), reference));
        let receiver = sccp.destination.map(|reference| (key(route.dpc, flow.dst, flow.dst_port), reference));
        let mut gone = Vec::new();
        let (id, to) = self.locate(origin, (sender, receiver), sccp, health, &mut gone)?;
        let is_open = self.is_open(id);
        let mut held = self.held;
        let connection = self.get_mut(id)?;
        let data = connection.whole(origin, sccp, to, &mut held, health);
        let digest = match &data {
            Some((data, _)) => Some(digest(sccp.message_type, data)),
            // A segment that is not the last.
            None if !sccp.data.is_empty() => None,
            None => Some(digest(sccp.message_type, &[])),
        };
        let leg = connection.legs.get_mut(usize::from(to))?;
        let repeat_of = digest.and_then(|digest| leg.look(digest, &origin.flow, origin.time, origin.source));
        if repeat_of.is_some() {
            let Source { file, frame } = origin.source;
            let example = Example { file, frame, offset: 0 };
            health.note(Layer::Sccp, Outcome::Repeated, SEEN_BEFORE, Some(example));
        }
        let ssn = sccp.called.ssn.or(sccp.calling.ssn);
        connection.user = connection.user.or(ssn.and_then(User::of_ssn));
        if connection.user.is_none()
            && let Some((data, _)) = &data
        {
            connection.user = User::guess(data);
            connection.inferred = connection.user.is_some();
        }
        let ends = matches!(sccp.message_type, MessageType::RLSD | MessageType::RLC | MessageType::CREF);
        let taken = Taken {
            id,
            to,
            exchange: connection.exchange,
            user: connection.user,
            inferred: connection.inferred,
            repeat_of,
            uplink: connection.radio.map(|radio| radio != to),
            data,
            released: ends && !connection.released,
            gone,
        };
        connection.released |= ends;
        self.held = held;
        let closes = matches!(sccp.message_type, MessageType::RLC | MessageType::CREF);
        if closes
            && is_open
            && let Some(connection) = self.open.remove(&id)
        {
            self.ended.insert(id, connection);
        }
        Some(taken)
    }

    /// What the data told: who sent it.
    pub(super) fn learn(&mut self, taken: &Taken<'_>, uplink: Option<bool>) {
        let Some(uplink) = uplink else { return };
        if let Some(connection) = self.get_mut(taken.id) {
            connection.radio.get_or_insert(if uplink { !taken.to } else { taken.to });
        }
    }
}

impl Connection {
    /// The data of a message, where they are complete with it.
    fn whole<'a>(
        &mut self,
        origin: &Origin<'_>,
        sccp: &Sccp<'a>,
        to: End,
        held: &mut usize,
        health: &mut Health,
    ) -> Option<(Cow<'a, [u8]>, Vec<u64>)> {
        let Source { file, frame } = origin.source;
        let place = self.parts.iter().position(|part| part.to == to && part.flow == origin.flow);
        if !sccp.more && (place.is_none() || sccp.data.is_empty()) {
            return (!sccp.data.is_empty()).then(|| (Cow::Borrowed(sccp.data), Vec::new()));
        }
        let place = match place {
            Some(place) => place,
            None => {
                if self.parts.len() >= PARTS {
                    *held = held.saturating_sub(self.parts.remove(0).give_up(health));
                }
                self.parts.push(Part { to, flow: origin.flow, file, data: Vec::new(), frames: Vec::new() });
                self.parts.len().saturating_sub(1)
            }
        };
        let part = self.parts.get_mut(place)?;
        let longer = part.data.len().saturating_add(sccp.data.len());
        let total = held.saturating_add(sccp.data.len());
        if longer > LONGEST || part.frames.len() >= SEGMENTS || total > HELD {
            *held = held.saturating_sub(self.parts.remove(place).give_up(health));
            return None;
        }
        *held = total;
        part.data.extend_from_slice(sccp.data);
        if part.file != file {
            part.frames.clear();
            part.file = file;
        }
        match origin.frames {
            [] => part.frames.push(frame),
            frames => part.frames.extend_from_slice(frames),
        }
        if sccp.more {
            return None;
        }
        let part = self.parts.remove(place);
        *held = held.saturating_sub(part.data.len());
        Some((Cow::Owned(part.data), part.frames))
    }

    /// Counts what is lost with it; gives the octets that it held.
    fn give_up(self, health: &mut Health) -> usize {
        if !self.released {
            health.also(Layer::Sccp, Outcome::Evicted, "connection without an end", None);
        }
        self.parts.into_iter().fold(0, |held, part| held.saturating_add(part.give_up(health)))
    }
}

impl Part {
    fn give_up(self, health: &mut Health) -> usize {
        let example = self.frames.first().map(|frame| Example { file: self.file, frame: *frame, offset: 0 });
        health.note(Layer::Sccp, Outcome::Evicted, "segmented data of a connection that were not completed", example);
        self.data.len()
    }
}
