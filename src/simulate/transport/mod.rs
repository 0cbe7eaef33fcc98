//! From messages to packets: SCTP associations, TCP connections, UDP datagrams over IPv4 and Ethernet.
//!
//! A transport may delay, repeat, bundle or cut what it is given, with the probabilities of the scenario's faults.
//! What it cannot emit at once it gives back to the queue of the simulation as a [`Later`].

mod crc32c;
pub mod ip;
pub mod sctp;
pub mod tcp;

use super::clock::Time;

/// One end of a transport.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Endpoint {
    /// IPv4 address.
    pub ip: [u8; 4],
    /// Port.
    pub port: u16,
}

/// The direction on a transport: forward is from the end that opened it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// From the opener.
    Forward,
    /// Towards the opener.
    Back,
}

impl Way {
    /// The other direction.
    pub fn reverse(self) -> Self {
        match self {
            Self::Forward => Self::Back,
            Self::Back => Self::Forward,
        }
    }

    fn index(self) -> usize {
        match self {
            Self::Forward => 0,
            Self::Back => 1,
        }
    }
}

/// What a transport wants to happen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Later {
    /// This packet goes over the tap.
    Packet(Vec<u8>),
    /// Wake the transport with this number, for this direction.
    Timer(Way, Timer),
    /// This SCTP packet goes over the tap and is received: its TSNs.
    Chunks(Way, Vec<u8>, Vec<u32>),
}

/// Why a transport wakes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Timer {
    /// Acknowledge what came in that direction.
    Acknowledge,
    /// The link was idle: heartbeat.
    Heartbeat,
}

/// Things to do and when.
pub type Agenda = Vec<(Time, Later)>;
