//! What ties messages to each other: as they say it, and as sessions follow it.

use super::{Protocol, Shown};
use crate::text::{Hex32, Text, decimal, displayed, hexadecimal};

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

impl Text for Dialogue<'_> {
    fn is_plain(&self) -> bool {
        !matches!(self, Self::Text(_))
    }

    fn append(&self, to: &mut Vec<u8>) {
        match self {
            Self::None | Self::Tcap { otid: None, dtid: None } => {}
            Self::Tcap { otid, dtid } => pair(to, otid.map(Hex32), dtid.map(Hex32)),
            Self::Text(text) => Shown(text).append(to),
            Self::Connection { source, destination } => pair(to, source.map(Reference), destination.map(Reference)),
            Self::Circuit(code) => {
                "cic=".append(to);
                decimal(to, *code);
            }
            Self::Ue { core, radio } => pair(to, *core, *radio),
            Self::Tunnel(endpoint) => {
                "teid=".append(to);
                Hex32(*endpoint).append(to);
            }
        }
    }
}

displayed!(Dialogue<'_>);

/// A local reference: 24 bits.
struct Reference(u32);

impl Text for Reference {
    fn append(&self, to: &mut Vec<u8>) {
        hexadecimal::<6>(to, u64::from(self.0));
    }
}

/// Two sides of which either may not be known.
fn pair(to: &mut Vec<u8>, one: Option<impl Text>, other: Option<impl Text>) {
    if let Some(one) = one {
        one.append(to);
    }
    to.push(b':');
    if let Some(other) = other {
        other.append(to);
    }
}
