//! The event: one thing that a subscriber did, or that was done to it.
//!
//! Events are where protocols end. Features, models and farms know events and nothing of packets.

#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)]

mod read;
mod vocabulary;

pub use read::{Texts, read_events};
pub(crate) use vocabulary::words;
pub use vocabulary::{Direction, EventKind, Interface, Rat, ResolvedBy, Result};

use crate::identity::{CellId, Imei, Imsi, Msisdn, Name, Names, Number, Plmn};
use crate::table::{Column, Kind, Product, Put, Record, Value};
use crate::text::{Text, hexadecimal};

/// Where it can be opened: input file (its place in the list of inputs) and frame (from 1, as in Wireshark).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Source {
    /// Place of the file in the list of inputs.
    pub file: u32,
    /// Frame number in the file.
    pub frame: u64,
}

/// The other party: a number, or a name where senders have one (alphanumeric SMS senders, SIP users).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Peer {
    /// A number.
    Number(Number),
    /// A name.
    Name(Name),
}

/// One event.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Event {
    /// Nanoseconds since 1970.
    pub time: i64,
    /// What happened.
    pub kind: EventKind,
    /// Who started it.
    pub direction: Direction,
    /// The subscriber.
    pub imsi: Option<Imsi>,
    /// Its device at that time.
    pub imei: Option<Imei>,
    /// Its number.
    pub msisdn: Option<Msisdn>,
    /// The other party.
    pub peer: Option<Peer>,
    /// Where it was.
    pub cell: Option<CellId>,
    /// The network that served it.
    pub plmn: Option<Plmn>,
    /// The node that served it (global title or host).
    pub serving_node: Option<Name>,
    /// Radio access.
    pub rat: Option<Rat>,
    /// The interface that showed it.
    pub interface: Interface,
    /// How it ended.
    pub outcome: Result,
    /// Length of a call, from answer to end.
    pub duration_ms: Option<u32>,
    /// From the challenge to its answer.
    pub auth_latency_ms: Option<u32>,
    /// Fingerprint of a message's text (never the text).
    pub sms_digest: Option<u64>,
    /// Parts of a concatenated message.
    pub sms_parts: Option<u8>,
    /// Fingerprint of the client (SIP User-Agent).
    pub client: Option<Name>,
    /// How the IMSI was known.
    pub resolved_by: ResolvedBy,
    /// File and frame.
    pub source: Source,
}

impl Event {
    /// An event of which nothing is known but what, when and where it was seen.
    pub fn new(kind: EventKind, time: i64, interface: Interface, source: Source) -> Self {
        Self {
            time,
            kind,
            direction: Direction::None,
            imsi: None,
            imei: None,
            msisdn: None,
            peer: None,
            cell: None,
            plmn: None,
            serving_node: None,
            rat: None,
            interface,
            outcome: Result::Unknown,
            duration_ms: None,
            auth_latency_ms: None,
            sms_digest: None,
            sms_parts: None,
            client: None,
            resolved_by: ResolvedBy::Unresolved,
            source,
        }
    }
}

impl Event {
    /// True when its frame itself names the subscriber, by IMSI or by number: whoever opens it sees who it was.
    pub fn shows_subscriber(&self) -> bool {
        matches!(self.resolved_by, ResolvedBy::Direct | ResolvedBy::Msisdn)
    }
}

/// The product of events.
pub const EVENTS: Product = Product { name: "events", version: 1 };

/// Its columns.
pub const EVENT_COLUMNS: &[Column] = &[
    Column::new("time", Kind::Time),
    Column::new("kind", Kind::Text),
    Column::new("direction", Kind::Text),
    Column::new("imsi", Kind::Text),
    Column::new("imei", Kind::Text),
    Column::new("tac", Kind::Text),
    Column::new("msisdn", Kind::Text),
    Column::new("peer", Kind::Text),
    Column::new("cell", Kind::Text),
    Column::new("cell_kind", Kind::Text),
    Column::new("plmn", Kind::Text),
    Column::new("serving_node", Kind::Text),
    Column::new("rat", Kind::Text),
    Column::new("interface", Kind::Text),
    Column::new("outcome", Kind::Text),
    Column::new("duration_ms", Kind::Int),
    Column::new("auth_latency_ms", Kind::Int),
    Column::new("sms_digest", Kind::Text),
    Column::new("sms_parts", Kind::Int),
    Column::new("client", Kind::Text),
    Column::new("resolved_by", Kind::Text),
    Column::new("file", Kind::Text),
    Column::new("frame", Kind::Int),
];

/// An event with the texts that its names stand for.
pub struct EventRow<'a> {
    /// The event.
    pub event: &'a Event,
    /// The texts of its names.
    pub names: &'a Names,
    /// The path of its file.
    pub file: &'a str,
}

/// The other party as text.
pub(crate) struct PeerText<'a>(pub(crate) Peer, pub(crate) &'a Names);

impl Text for PeerText<'_> {
    fn append(&self, to: &mut Vec<u8>) {
        match self.0 {
            Peer::Number(number) => number.append(to),
            Peer::Name(name) => self.1.text(name).append(to),
        }
    }
}

struct Hex(u64);

impl Text for Hex {
    fn is_plain(&self) -> bool {
        true
    }

    fn append(&self, to: &mut Vec<u8>) {
        hexadecimal::<16>(to, self.0);
    }
}

impl Record for EventRow<'_> {
    fn values(&self, put: &mut impl Put) {
        let Self { event, names, file } = self;
        put.put(Value::Time(event.time));
        put.put(Value::Word(event.kind.name()));
        put.put(Value::Word(event.direction.name()));
        put.put(Value::shown(&event.imsi));
        put.put(Value::shown(&event.imei));
        put.put(Value::shown(&event.imei.map(Imei::tac)));
        put.put(Value::shown(&event.msisdn));
        put.put(Value::shown(&event.peer.map(|peer| PeerText(peer, names))));
        put.put(Value::shown(&event.cell));
        put.put(Value::word(event.cell.map(|cell| cell.kind.name())));
        put.put(Value::shown(&event.plmn));
        put.put(Value::text(event.serving_node.map(|node| names.text(node))));
        put.put(Value::word(event.rat.map(Rat::name)));
        put.put(Value::Word(event.interface.name()));
        put.put(Value::Word(event.outcome.name()));
        put.put(Value::int(event.duration_ms));
        put.put(Value::int(event.auth_latency_ms));
        put.put(Value::shown(&event.sms_digest.map(Hex)));
        put.put(Value::int(event.sms_parts));
        put.put(Value::text(event.client.map(|client| names.text(client))));
        put.put(Value::Word(event.resolved_by.name()));
        put.put(Value::Text(file));
        put.put(Value::Int(event.source.frame as i64));
    }
}
