//! Link, IP and transport headers of one packet, through the tunnels around them.
//!
//! Stateless and borrowed: a [`Framed`] tells who sent to whom, and where the payload of UDP, TCP or SCTP lies. A
//! packet that the capture cut still gives what is there, and says how much is missing. Of packets in packets only the
//! innermost is told and counted.
//!
//! **Handled:** the link types of [`link`]; Ethernet with tags, MPLS, PPP and their likes ([`ether`](self)); IPv4
//! (RFC 791), IPv6 (RFC 8200) with extension headers, fragments as such; UDP (RFC 768), TCP (RFC 9293), SCTP
//! (RFC 9260), SCTP in UDP (RFC 6951); GRE, ERSPAN, VXLAN, Geneve, TZSP and IP in IP ([`tunnel`](self)), at most
//! [`MAX_TUNNELS`] around each other; exported PDUs and GSMTAP, which tell their protocol. Padding after the IP packet
//! is not payload. A total length of 0 (segmentation offload) means "to the end of the packet".
//! **Not handled:** checksums (captures on a sending host have wrong ones), the user plane in GTP-U (told as a
//! datagram), encrypted tunnels (ESP, MACsec), IEEE 802.11.

#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)]

mod crc32c;
mod cursor;
mod ether;
mod exported;
mod gsmtap;
mod ip;
pub mod link;
mod mpls;
mod sctp;
mod tunnel;

#[cfg(test)]
pub(crate) mod build;
#[cfg(test)]
mod tests;

pub use ip::resume;
pub use link::parse;
pub use sctp::{Chunk, ChunkKind, Chunks, Data, Initiation, Place, SctpPacket, Space};

use crate::health::{Layer, Outcome};
use std::net::{IpAddr, Ipv4Addr};

/// The most packets in packets that are followed.
pub const MAX_TUNNELS: u8 = 8;

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
    /// There is no IP packet: the capture starts above it, and what is missing is not known here.
    pub bare: bool,
}

/// The address of a party that no layer names.
pub const NOBODY: IpAddr = IpAddr::V4(Ipv4Addr::UNSPECIFIED);

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
    Fragment(Fragment<'a>),
    /// No transport, or one that does not matter: the capture itself tells the protocol.
    Told { layer: Layer, src_port: u16, dst_port: u16, payload: &'a [u8] },
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

/// A part of an IP packet (RFC 791 §3.2, RFC 8200 §4.5).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fragment<'a> {
    /// What the fragments of one packet have in common, beside the addresses.
    pub id: u32,
    /// What the packet carries. In IPv6 the fragment with offset 0 tells.
    pub protocol: u8,
    /// Where its octets lie in those of the packet.
    pub offset: usize,
    /// It is not the last part.
    pub more: bool,
    /// Its octets.
    pub payload: &'a [u8],
    /// How many packets are around it.
    pub depth: u8,
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

/// Where a part lies in the octets from which it was borrowed.
pub(crate) fn offset_in(whole: &[u8], part: &[u8]) -> usize {
    part.as_ptr().addr().saturating_sub(whole.as_ptr().addr())
}
