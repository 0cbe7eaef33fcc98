//! The closed sets of words in messages: protocols, operations, roles, status.

use super::Shown;
use crate::text::{Text, decimal, displayed};

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
        /// SGs Application Protocol (TS 29.118).
        Sgsap = "sgsap",
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
        /// Packet Forwarding Control Protocol (TS 29.244).
        Pfcp = "pfcp",
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

impl Text for Operation<'_> {
    fn append(&self, to: &mut Vec<u8>) {
        match self {
            Self::Name(name) => name.append(to),
            Self::Text(text) => Shown(text).append(to),
            Self::Code(code) => decimal(to, *code),
            Self::Unknown => "unknown".append(to),
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
    /// From the mobile or its radio network to the core.
    Uplink,
    /// From the core.
    Downlink,
    /// Between them, but nothing tells which way.
    Undirected,
    /// A SIP status code.
    Status(u16),
}

impl Text for Role {
    fn is_plain(&self) -> bool {
        true
    }

    fn append(&self, to: &mut Vec<u8>) {
        let word = match self {
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
            Self::Uplink => "uplink",
            Self::Downlink => "downlink",
            Self::Undirected => "undirected",
            Self::Status(code) => return decimal(to, *code),
        };
        word.append(to);
    }
}

displayed!(Operation<'_>, Role);

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
