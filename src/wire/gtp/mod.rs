//! GTP-C: GPRS tunnelling protocol for control, versions 0, 1 and 2.
//!
//! ```text
//! v0 (GSM 09.60 §6)   flags | type | length (2) | sequence (2) | flow label (2) | LLC | ff ff ff | TID (8: IMSI, NSAPI)
//! v1 (TS 29.060 §6)   flags | type | length (2) | TEID (4) | sequence (2) | N-PDU | next extension | [extensions] | IEs
//! v2 (TS 29.274 §5)   flags | type | length (2) | [TEID (4)] | sequence (3) | spare | IEs
//! flags   v0, v1: version (3) | PT | - | E | S | PN       v2: version (3) | P | T | MP | spare (2)
//! ```
//!
//! Called by `dissect` with datagrams of the ports 2123 and 3386. Calls nothing. GTP' (PT is 0) and the user plane
//! (port 2152, or a T-PDU of version 0) are told apart there and not read here.
//!
//! **Handled:** GSM 09.60 V7.10, TS 29.060 V17, TS 29.274 V17: all messages by name; extension headers of version 1;
//! piggybacked messages and grouped elements of version 2; IMSI, MSISDN, IMEI(SV), TMSI, P-TMSI, GUTI, location in all
//! its forms, serving network, radio access, cause, control plane endpoints, the device in MM contexts of version 2.
//! **Not handled:** quality of service, filters, charging, addresses of the user plane, containers of other protocols
//! (RANAP, S1AP, NAS, BSSGP within relocations), MM contexts of version 1: stepped over.

#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)]

mod context;
mod messages;
mod place;
#[cfg(test)]
mod tests;
mod v0;
mod v1;
mod v2;

pub use messages::{Kind, message};

use super::{DecodeError, DecodeErrorKind, Named};
use crate::health::Layer;
use arrayvec::ArrayVec;
use std::net::IpAddr;

const LAYER: Layer = Layer::Gtp;

/// Control plane endpoints of one message that are kept; more belong to other nodes.
pub const ENDPOINTS: usize = 4;

/// Information elements that are read of one message.
pub const MAX_ELEMENTS: usize = 1024;

/// The version of the protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Version {
    /// GSM 09.60.
    V0,
    /// TS 29.060.
    V1,
    /// TS 29.274.
    V2,
}

/// Where a node wants to get the control messages of a tunnel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Endpoint {
    /// Interface type of a fully qualified TEID (TS 29.274 §8.22); version 1 has none.
    pub interface: Option<u8>,
    /// Its address, where it is told.
    pub address: Option<IpAddr>,
    /// Tunnel endpoint identifier.
    pub teid: u32,
}

/// One GTP-C message.
#[derive(Debug, Clone)]
pub struct Gtp<'a> {
    /// The version.
    pub version: Version,
    /// Message type.
    pub message_type: u8,
    /// The tunnel endpoint identifier of the receiver; in version 0 the flow label.
    pub teid: Option<u32>,
    /// Tunnel identifier of version 0: subscriber and NSAPI in eight octets.
    pub tid: Option<u64>,
    /// Sequence number.
    pub sequence: Option<u32>,
    /// What it names.
    pub named: Named,
    /// RAT Type (TS 29.060 §7.7.50, TS 29.274 §8.17: the same values).
    pub rat_type: Option<u8>,
    /// Cause (TS 29.060 §7.7.1, TS 29.274 §8.4).
    pub cause: Option<u8>,
    /// Where the sender wants to be reached on the control plane.
    pub endpoints: ArrayVec<Endpoint, ENDPOINTS>,
    /// A bearer is named as the one that holds the others (Linked EPS Bearer ID).
    pub linked_bearer: bool,
    /// A message that lies behind this one in the same datagram (TS 29.274 §5.5).
    pub piggybacked: Option<&'a [u8]>,
    /// Its first defect.
    pub stop: Option<DecodeError>,
}

impl<'a> Gtp<'a> {
    fn new(version: Version, message_type: u8) -> Self {
        Self {
            version,
            message_type,
            teid: None,
            tid: None,
            sequence: None,
            named: Named::default(),
            rat_type: None,
            cause: None,
            endpoints: ArrayVec::new(),
            linked_bearer: false,
            piggybacked: None,
            stop: None,
        }
    }

    /// Reads a message of any version. An error only where nothing of it could be read.
    pub fn parse(octets: &'a [u8]) -> Result<Self, DecodeError> {
        let flags = octets.first().copied().ok_or(DecodeError::short(LAYER, 0, 1, 0))?;
        match flags >> 5 {
            0 => v0::parse(octets),
            1 => v1::parse(octets),
            2 => v2::parse(octets),
            version => Err(DecodeError::unsupported(LAYER, 0, "GTP version", u32::from(version))),
        }
    }

    /// Its name and what it is.
    pub fn message(&self) -> Option<(&'static str, Kind)> {
        message(self.version, self.message_type)
    }

    /// Whether the cause is one of acceptance; `None` without a cause, or where it gives the reason of a request.
    pub fn accepted(&self) -> Option<bool> {
        match (self.version, self.cause?) {
            (Version::V2, 16..=63) | (Version::V0 | Version::V1, 128..=191) => Some(true),
            (Version::V2, 64..=239) | (Version::V0 | Version::V1, 192..=255) => Some(false),
            _ => None,
        }
    }

    fn defect(&mut self, error: DecodeError) {
        self.stop = self.stop.or(Some(error));
    }

    fn endpoint(&mut self, endpoint: Endpoint) {
        let known = self.endpoints.iter().any(|known| known.teid == endpoint.teid && known.address == endpoint.address);
        if !known {
            let _ = self.endpoints.try_push(endpoint);
        }
    }
}

/// Takes octets off the front, knowing where they stood.
#[derive(Debug, Clone, Copy)]
struct Reader<'a> {
    rest: &'a [u8],
    offset: usize,
}

impl<'a> Reader<'a> {
    fn take(&mut self, len: usize) -> Result<&'a [u8], DecodeError> {
        let error = DecodeError::short(LAYER, self.offset, len, self.rest.len());
        let (taken, rest) = self.rest.split_at_checked(len).ok_or(error)?;
        self.rest = rest;
        self.offset = self.offset.saturating_add(len);
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], DecodeError> {
        let at = self.offset;
        let available = self.rest.len();
        self.take(N)?.first_chunk().copied().ok_or(DecodeError::short(LAYER, at, N, available))
    }

    /// Compares what follows with the length that a header tells. A datagram holds one message, so what a length
    /// leaves out is read nevertheless; some senders count wrongly.
    fn measure(&self, length: usize) -> Option<DecodeError> {
        match self.rest.len().checked_sub(length) {
            Some(0) => None,
            Some(octets) => {
                let kind = DecodeErrorKind::TrailingData { octets };
                Some(DecodeError { layer: LAYER, offset: self.offset.saturating_add(length), kind })
            }
            None => Some(DecodeError::short(LAYER, self.offset, length, self.rest.len())),
        }
    }
}

/// An address of four or sixteen octets.
fn address(octets: &[u8]) -> Option<IpAddr> {
    if let Ok(four) = <[u8; 4]>::try_from(octets) {
        return Some(IpAddr::from(four));
    }
    <[u8; 16]>::try_from(octets).ok().map(IpAddr::from)
}
