//! Link, IP and transport headers of one packet.
//!
//! Stateless and borrowed: a [`Framed`] tells who sent to whom, and where the payload of UDP, TCP or SCTP lies. IP and
//! below by etherparse, laxly: a packet that the capture cut still gives what is there, and says how much is missing.
//!
//! **Handled:** Ethernet with up to [`link::MAX_TAGS`] VLAN tags (IEEE 802.1Q, 802.1ad), MPLS, Linux cooked capture
//! v1 and v2, raw IP, BSD loopback; IPv4 (RFC 791), IPv6 (RFC 8200) with extension headers; UDP (RFC 768), TCP
//! (RFC 9293), SCTP (RFC 9260). Padding after the IP packet is not payload. A total length of 0 (segmentation
//! offload) means "to the end of the packet".
//! **Not handled:** checksums (captures on a sending host have wrong ones), IP fragments (told, not joined), tunnels
//! (GRE, IP in IP, VXLAN, PPPoE), SCTP over UDP (RFC 6951).

#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)]

mod ip;
pub mod link;
mod sctp;

#[cfg(test)]
pub(crate) mod build;
#[cfg(test)]
mod tests;

pub(crate) use ip::offset_in;
pub use ip::parse;
pub use sctp::{Chunk, ChunkKind, Chunks, Data, SctpPacket};

use crate::health::{Layer, Outcome};
use std::net::IpAddr;

/// A packet down to its transport.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Framed<'a> {
    /// Sender.
    pub src: IpAddr,
    /// Receiver.
    pub dst: IpAddr,
    /// What it carries.
    pub transport: Transport<'a>,
    /// Octets that the IP packet had and the capture has not.
    pub missing: usize,
}

/// A transport protocol with its payload.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Transport<'a> {
    /// User datagram.
    Udp { src_port: u16, dst_port: u16, payload: &'a [u8] },
    /// TCP segment.
    Tcp(TcpSegment<'a>),
    /// SCTP packet.
    Sctp(SctpPacket<'a>),
    /// A part of an IP packet, its first as well as the others.
    Fragment,
}

/// A TCP segment (RFC 9293 §3.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct TcpSegment<'a> {
    pub src_port: u16,
    pub dst_port: u16,
    pub sequence: u32,
    pub syn: bool,
    pub ack: bool,
    pub fin: bool,
    pub rst: bool,
    pub payload: &'a [u8],
}

/// Why a packet could not be followed to its transport.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unframed {
    /// The layer that stops it.
    pub layer: Layer,
    /// [`Outcome::Truncated`], [`Outcome::Malformed`] or [`Outcome::Unsupported`]. It is the caller who knows whether
    /// the capture cut the packet: where it did not, a truncated one is malformed.
    pub outcome: Outcome,
    /// A fixed text.
    pub reason: &'static str,
    /// Where in the packet the layer starts.
    pub offset: usize,
}

impl Unframed {
    fn unsupported(layer: Layer, offset: usize, reason: &'static str) -> Self {
        Self { layer, outcome: Outcome::Unsupported, reason, offset }
    }
    fn malformed(layer: Layer, offset: usize, reason: &'static str) -> Self {
        Self { layer, outcome: Outcome::Malformed, reason, offset }
    }
    fn short(layer: Layer, offset: usize) -> Self {
        Self { layer, outcome: Outcome::Truncated, reason: "ends within its headers", offset }
    }
}
