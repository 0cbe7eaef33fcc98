//! The message: one decoded signaling message as people read it.
//!
//! A TCAP message with several components gives one record for each; what a dialogue knows (the operation of a result)
//! is already filled in.

#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)]

mod line;
mod select;

pub use line::Line;
pub use select::{Place, Selection, Wanted};

use crate::event::{Interface, Source};
use crate::identity::{CellId, Imei, LongDigits, PointCode};
use crate::table::{Column, Kind, Product, Record, Value};
use crate::wire::Named;
use std::fmt;
use std::net::IpAddr;

crate::event::words! {
    /// The protocol of a message, as in the `protocol` field.
    Protocol {
        /// Mobile Application Part (TS 29.002).
        Map = "map",
        /// CAMEL Application Part (TS 29.078).
        Cap = "cap",
        /// Intelligent Network Application Part (Q.1218).
        Inap = "inap",
        /// ANSI-41.
        AnsiMap = "ansi_map",
        /// Transaction Capabilities (Q.773, T1.114).
        Tcap = "tcap",
        /// Signalling Connection Control Part (Q.713).
        Sccp = "sccp",
        /// ISDN User Part (Q.763).
        Isup = "isup",
        /// Bearer Independent Call Control (Q.1902.3).
        Bicc = "bicc",
        /// Base Station System Application Part (TS 48.008).
        Bssap = "bssap",
        /// Radio Access Network Application Part (TS 25.413).
        Ranap = "ranap",
        /// S1 Application Protocol (TS 36.413).
        S1ap = "s1ap",
        /// NG Application Protocol (TS 38.413).
        Ngap = "ngap",
        /// Layer 3 between mobile station and core (TS 24.008).
        Dtap = "dtap",
        /// Non-access stratum of EPS (TS 24.301).
        NasEps = "nas_eps",
        /// Non-access stratum of 5GS (TS 24.501).
        Nas5gs = "nas_5gs",
        /// Diameter (RFC 6733).
        Diameter = "diameter",
        /// Session Initiation Protocol (RFC 3261).
        Sip = "sip",
        /// GPRS Tunnelling Protocol, version 0 (GSM 09.60).
        Gtpv0 = "gtpv0",
        /// GPRS Tunnelling Protocol, version 1 (TS 29.060).
        Gtpv1 = "gtpv1",
        /// GPRS Tunnelling Protocol, version 2 (TS 29.274).
        Gtpv2 = "gtpv2",
        /// Generic Subscriber Update Protocol (Osmocom).
        Gsup = "gsup",
        /// Service based interfaces (TS 29.500).
        Sbi = "sbi",
    }
}

/// An operation: its name in the specification, or its number where it has none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operation<'a> {
    /// As the specification names it.
    Name(&'static str),
    /// As the message spells it.
    Text(&'a [u8]),
    /// By number.
    Code(i64),
    /// The message does not tell, and its dialogue was not seen.
    Unknown,
}

impl fmt::Display for Operation<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(name) => f.write_str(name),
            Self::Text(text) => Shown(text).fmt(f),
            Self::Code(code) => write!(f, "{code}"),
            Self::Unknown => f.write_str("unknown"),
        }
    }
}

/// What a message is within its exchange.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Role {
    Invoke,
    Result,
    ResultNotLast,
    Error,
    Reject,
    Begin,
    Continue,
    End,
    Abort,
    Unidirectional,
    Service,
    Request,
    Answer,
    /// A SIP status code.
    Status(u16),
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Invoke => "invoke",
            Self::Result => "result",
            Self::ResultNotLast => "result_not_last",
            Self::Error => "error",
            Self::Reject => "reject",
            Self::Begin => "begin",
            Self::Continue => "continue",
            Self::End => "end",
            Self::Abort => "abort",
            Self::Unidirectional => "unidirectional",
            Self::Service => "service",
            Self::Request => "request",
            Self::Answer => "answer",
            Self::Status(code) => return write!(f, "{code}"),
        })
    }
}

/// What ties a message to the others of its exchange.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialogue<'a> {
    /// Nothing.
    None,
    /// TCAP transaction ids.
    Tcap {
        /// Originating.
        otid: Option<u32>,
        /// Destination.
        dtid: Option<u32>,
    },
    /// Session-Id, Call-ID.
    Text(&'a [u8]),
    /// Local references of an SCCP connection (Q.713 §3.3, §3.2), each chosen by one side.
    Connection {
        /// Of the sender.
        source: Option<u32>,
        /// Of the receiver.
        destination: Option<u32>,
    },
    /// A circuit between two exchanges.
    Circuit(u32),
    /// Identities that core and radio network give the signalling connection of a UE (S1AP, NGAP).
    Ue {
        /// Of the MME or AMF.
        core: Option<u64>,
        /// Of the eNodeB or gNodeB.
        radio: Option<u64>,
    },
    /// Tunnel endpoint identifier of the receiver (GTP).
    Tunnel(u32),
}

/// A dialogue, connection, session, call or tunnel, as sessions follow it: equal for all of its messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Exchange(pub u64);

impl Exchange {
    /// The message stands alone.
    pub const NONE: Self = Self(0);

    /// Of what messages of a protocol name in common (Session-Id, Call-ID, addresses and a number).
    pub fn of(protocol: Protocol, name: impl std::hash::Hash) -> Self {
        use std::hash::BuildHasher;
        Self(foldhash::quality::FixedState::with_seed(protocol as u64).hash_one(name).max(1))
    }
}

/// One end of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Party<'a> {
    /// Not told.
    None,
    /// An SCCP address.
    Sccp {
        /// Global title.
        title: Option<LongDigits>,
        /// Point code (of the address, else of the routing label).
        point_code: Option<PointCode>,
        /// Subsystem number.
        ssn: Option<u8>,
    },
    /// A host or URI.
    Text(&'a [u8]),
    /// An address of the network layer.
    Address(IpAddr),
}

/// Octets as text: what is not printable ASCII or UTF-8 is replaced.
pub struct Shown<'a>(pub &'a [u8]);

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for chunk in self.0.utf8_chunks() {
            for character in chunk.valid().chars() {
                let shown = if character.is_control() { '\u{fffd}' } else { character };
                fmt::Write::write_char(f, shown)?;
            }
            if !chunk.invalid().is_empty() {
                f.write_str("\u{fffd}")?;
            }
        }
        Ok(())
    }
}

impl fmt::Display for Dialogue<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => Ok(()),
            Self::Tcap { otid: Some(otid), dtid: Some(dtid) } => write!(f, "{otid:08x}:{dtid:08x}"),
            Self::Tcap { otid: Some(otid), dtid: None } => write!(f, "{otid:08x}:"),
            Self::Tcap { otid: None, dtid: Some(dtid) } => write!(f, ":{dtid:08x}"),
            Self::Tcap { otid: None, dtid: None } => Ok(()),
            Self::Text(text) => Shown(text).fmt(f),
            Self::Connection { source, destination } => pair(f, source.map(Reference), destination.map(Reference)),
            Self::Circuit(code) => write!(f, "cic={code}"),
            Self::Ue { core, radio } => pair(f, *core, *radio),
            Self::Tunnel(endpoint) => write!(f, "teid={endpoint:08x}"),
        }
    }
}

/// A local reference: 24 bits.
struct Reference(u32);

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:06x}", self.0)
    }
}

/// Two sides of which either may not be known.
fn pair(f: &mut fmt::Formatter<'_>, one: Option<impl fmt::Display>, other: Option<impl fmt::Display>) -> fmt::Result {
    if let Some(one) = one {
        write!(f, "{one}")?;
    }
    f.write_str(":")?;
    other.map_or(Ok(()), |other| write!(f, "{other}"))
}

impl fmt::Display for Party<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => Ok(()),
            Self::Sccp { title, point_code, ssn } => {
                let mut space = "";
                if let Some(title) = title {
                    write!(f, "{title}")?;
                    space = " ";
                }
                if let Some(point_code) = point_code {
                    write!(f, "{space}pc={point_code}")?;
                    space = " ";
                }
                if let Some(ssn) = ssn {
                    write!(f, "{space}ssn={ssn}")?;
                }
                Ok(())
            }
            Self::Text(text) => Shown(text).fmt(f),
            Self::Address(address) => write!(f, "{address}"),
        }
    }
}

/// Whether all of it could be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// All of it.
    Complete,
    /// The capture cut it.
    Truncated,
    /// It has a defect.
    Malformed,
}

impl Status {
    /// The word in records.
    pub fn name(self) -> &'static str {
        match self {
            Self::Complete => "complete",
            Self::Truncated => "truncated",
            Self::Malformed => "malformed",
        }
    }
}

/// One message.
#[derive(Debug, Clone)]
pub struct Message<'a> {
    /// File and frame that complete it.
    pub source: Source,
    /// All frames, where there are several.
    pub frames: &'a [u64],
    /// Nanoseconds since 1970.
    pub time: i64,
    /// The protocol.
    pub protocol: Protocol,
    /// The interface, where known.
    pub interface: Option<Interface>,
    /// The operation.
    pub operation: Operation<'a>,
    /// The version of the operation's application context or protocol, where it tells.
    pub version: Option<u8>,
    /// What it is within its exchange.
    pub role: Role,
    /// What ties it to the others, as the message says it.
    pub dialogue: Dialogue<'a>,
    /// The exchange that it belongs to: the same for all messages of a dialogue, connection, call or tunnel, and for no
    /// others. The same in every run over the same input. Not part of the product.
    pub exchange: Exchange,
    /// Who sent it.
    pub calling: Party<'a>,
    /// To whom.
    pub called: Party<'a>,
    /// What it names.
    pub named: Named,
    /// Cause, result or error code.
    pub cause: Option<i64>,
    /// True where context was guessed (no application context was seen).
    pub inferred: bool,
    /// The frame that showed it first, when this is the same message on another leg or probe.
    pub repeat_of: Option<Source>,
    /// Whether all of it could be read.
    pub status: Status,
}

/// The product of messages.
pub const MESSAGES: Product = Product { name: "messages", version: 1 };

/// Its columns.
pub const MESSAGE_COLUMNS: &[Column] = &[
    Column::new("file", Kind::Text),
    Column::new("frame", Kind::Int),
    Column::new("frames", Kind::Text),
    Column::new("time", Kind::Time),
    Column::new("protocol", Kind::Text),
    Column::new("interface", Kind::Text),
    Column::new("operation", Kind::Text),
    Column::new("version", Kind::Int),
    Column::new("role", Kind::Text),
    Column::new("dialogue", Kind::Text),
    Column::new("calling", Kind::Text),
    Column::new("called", Kind::Text),
    Column::new("imsi", Kind::Text),
    Column::new("msisdn", Kind::Text),
    Column::new("imei", Kind::Text),
    Column::new("imeisv", Kind::Text),
    Column::new("tmsi", Kind::Text),
    Column::new("guti", Kind::Text),
    Column::new("cell", Kind::Text),
    Column::new("cell_kind", Kind::Text),
    Column::new("plmn", Kind::Text),
    Column::new("calling_number", Kind::Text),
    Column::new("called_number", Kind::Text),
    Column::new("serving_node", Kind::Text),
    Column::new("also", Kind::Text),
    Column::new("cause", Kind::Int),
    Column::new("inferred", Kind::Bool),
    Column::new("repeat_of", Kind::Int),
    Column::new("status", Kind::Text),
];

/// A message with the path of its file.
pub struct MessageRow<'a> {
    /// The message.
    pub message: &'a Message<'a>,
    /// The path of its file.
    pub file: &'a str,
}

struct Frames<'a>(&'a [u64]);

impl fmt::Display for Frames<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, frame) in self.0.iter().enumerate() {
            let space = if index == 0 { "" } else { " " };
            write!(f, "{space}{frame}")?;
        }
        Ok(())
    }
}

struct Also<'a>(&'a [crate::wire::Identity]);

impl fmt::Display for Also<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, identity) in self.0.iter().enumerate() {
            let space = if index == 0 { "" } else { " " };
            write!(f, "{space}{identity}")?;
        }
        Ok(())
    }
}

impl Record for MessageRow<'_> {
    fn values(&self, put: &mut dyn FnMut(Value<'_>)) {
        let Self { message, file } = self;
        let named = &message.named;
        let (frames, also) = (Frames(message.frames), Also(&named.more));
        let some = |present: bool, value| if present { value } else { Value::Null };
        put(Value::Text(file));
        put(Value::Int(message.source.frame as i64));
        put(some(message.frames.len() > 1, Value::Shown(&frames)));
        put(Value::Time(message.time));
        put(Value::Text(message.protocol.name()));
        put(Value::text(message.interface.map(Interface::name)));
        put(Value::Shown(&message.operation));
        put(Value::int(message.version));
        put(Value::Shown(&message.role));
        put(some(message.dialogue != Dialogue::None, Value::Shown(&message.dialogue)));
        put(some(message.calling != Party::None, Value::Shown(&message.calling)));
        put(some(message.called != Party::None, Value::Shown(&message.called)));
        put(Value::shown(&named.imsi));
        put(Value::shown(&named.msisdn));
        put(Value::shown(&named.imei.filter(|imei| !imei.is_imeisv())));
        put(Value::shown(&named.imei.filter(|imei| Imei::is_imeisv(*imei))));
        put(Value::shown(&named.tmsi.map(|tmsi| format!("{tmsi:08x}"))));
        put(Value::shown(&named.guti));
        put(Value::shown(&named.cell));
        put(Value::text(named.cell.map(|cell: CellId| cell.kind.name())));
        put(Value::shown(&named.plmn));
        put(Value::shown(&named.calling));
        put(Value::shown(&named.called));
        put(Value::shown(&named.serving_node));
        put(some(!named.more.is_empty(), Value::Shown(&also)));
        put(Value::int(message.cause));
        put(some(message.inferred, Value::Bool(true)));
        put(Value::int(message.repeat_of.map(|source| source.frame as i64)));
        put(Value::Text(message.status.name()));
    }
}
