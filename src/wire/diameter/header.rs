//! The header of 20 octets, RFC 6733 §3.

use super::malformed;
use crate::health::Layer;
use crate::wire::DecodeError;

/// The header of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header {
    /// Always 1.
    pub version: u8,
    /// Octets of the whole message, header included.
    pub length: u32,
    /// The command flags as sent.
    pub flags: u8,
    /// Command code.
    pub command: u32,
    /// Application id.
    pub application: u32,
    /// Ties an answer to its request on one connection.
    pub hop_by_hop: u32,
    /// Finds duplicates of a request.
    pub end_to_end: u32,
}

impl Header {
    /// Octets of the header.
    pub const LEN: usize = 20;

    const REQUEST: u8 = 0x80;
    const PROXIABLE: u8 = 0x40;
    const ERROR: u8 = 0x20;
    const RETRANSMITTED: u8 = 0x10;
    const RESERVED: u8 = 0x0f;

    /// Reads the header. Refuses another version than 1 and a length that cannot hold the header.
    pub fn parse(octets: &[u8]) -> Result<Self, DecodeError> {
        let short = || DecodeError::short(Layer::Diameter, 0, Self::LEN, octets.len());
        let (head, _) = octets.split_first_chunk::<20>().ok_or_else(short)?;
        let [version, l1, l2, l3, flags, c1, c2, c3, a1, a2, a3, a4, rest @ ..] = *head;
        let [h1, h2, h3, h4, e1, e2, e3, e4] = rest;
        if version != 1 {
            return Err(malformed(0, "version is not 1"));
        }
        let length = u32::from_be_bytes([0, l1, l2, l3]);
        if (length as usize) < Self::LEN {
            return Err(malformed(1, "message length is less than the header"));
        }
        Ok(Self {
            version,
            length,
            flags,
            command: u32::from_be_bytes([0, c1, c2, c3]),
            application: u32::from_be_bytes([a1, a2, a3, a4]),
            hop_by_hop: u32::from_be_bytes([h1, h2, h3, h4]),
            end_to_end: u32::from_be_bytes([e1, e2, e3, e4]),
        })
    }

    /// R: a request, not an answer.
    pub fn is_request(&self) -> bool {
        self.flags & Self::REQUEST != 0
    }
    /// P: may be proxied, relayed or redirected.
    pub fn is_proxiable(&self) -> bool {
        self.flags & Self::PROXIABLE != 0
    }
    /// E: an answer with a protocol error.
    pub fn is_error(&self) -> bool {
        self.flags & Self::ERROR != 0
    }
    /// T: possibly sent before, after a link failure.
    pub fn is_retransmitted(&self) -> bool {
        self.flags & Self::RETRANSMITTED != 0
    }
    /// Flags that must be zero are not, or E stands in a request (RFC 6733 §3).
    pub fn has_reserved_flags(&self) -> bool {
        self.flags & Self::RESERVED != 0 || (self.is_request() && self.is_error())
    }
}
