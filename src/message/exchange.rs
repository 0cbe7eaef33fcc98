//! What ties messages to each other: as they say it, and as sessions follow it.

use super::{Protocol, Shown};
use std::fmt;

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
