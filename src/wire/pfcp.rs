//! PFCP: sessions between control and user plane (3GPP TS 29.244 V17).
//!
//! ```text
//! version (3) | - (2) | FO | MP | S | type | length (2) | [SEID (8)] | sequence (3) | priority | elements
//! element   type (2) | length (2) | value
//! User ID   flags: - PEI GPSI SUPI NAI MSISDN IMEI IMSI | of each: length | digits
//! ```
//!
//! Called by `dissect` with datagrams of port 8805. Calls nothing.
//!
//! **Handled:** all messages by name; User ID, F-SEID, cause. **Not handled:** rules, reports, and all other elements:
//! stepped over; NAI, SUPI, GPSI and PEI of a User ID.

#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)]

use super::{DecodeError, Named};
use crate::health::Layer;
use crate::identity::{Imei, Imsi, LongDigits, Nature, Number};

const LAYER: Layer = Layer::Pfcp;

/// Elements of one message that are read.
const MAX_ELEMENTS: usize = 1024;

macro_rules! messages {
    ($($code:literal => $name:literal,)*) => {
        /// The name of a message type (table 7.3-1).
        pub fn message(code: u8) -> Option<&'static str> {
            match code {
                $($code => Some($name),)*
                _ => None,
            }
        }
    };
}

messages! {
    1 => "PFCP Heartbeat Request",
    2 => "PFCP Heartbeat Response",
    3 => "PFCP PFD Management Request",
    4 => "PFCP PFD Management Response",
    5 => "PFCP Association Setup Request",
    6 => "PFCP Association Setup Response",
    7 => "PFCP Association Update Request",
    8 => "PFCP Association Update Response",
    9 => "PFCP Association Release Request",
    10 => "PFCP Association Release Response",
    11 => "PFCP Version Not Supported Response",
    12 => "PFCP Node Report Request",
    13 => "PFCP Node Report Response",
    14 => "PFCP Session Set Deletion Request",
    15 => "PFCP Session Set Deletion Response",
    16 => "PFCP Session Set Modification Request",
    17 => "PFCP Session Set Modification Response",
    50 => "PFCP Session Establishment Request",
    51 => "PFCP Session Establishment Response",
    52 => "PFCP Session Modification Request",
    53 => "PFCP Session Modification Response",
    54 => "PFCP Session Deletion Request",
    55 => "PFCP Session Deletion Response",
    56 => "PFCP Session Report Request",
    57 => "PFCP Session Report Response",
}

/// One PFCP message.
#[derive(Debug, Clone)]
pub struct Pfcp {
    /// Message type.
    pub message_type: u8,
    /// Session endpoint identifier of the receiver.
    pub seid: Option<u64>,
    /// Sequence number.
    pub sequence: u32,
    /// What it names.
    pub named: Named,
    /// Under which identifier the sender wants to be reached (F-SEID).
    pub own_seid: Option<u64>,
    /// Cause (§8.2.1).
    pub cause: Option<u8>,
    /// Its first defect.
    pub stop: Option<DecodeError>,
}

impl Pfcp {
    /// Reads a message. An error only where its header is not there.
    pub fn parse(octets: &[u8]) -> Result<Self, DecodeError> {
        let short = |needed| DecodeError::short(LAYER, 0, needed, octets.len());
        let ([flags, message_type, l1, l2], rest) = octets.split_first_chunk::<4>().ok_or(short(8))?;
        if flags >> 5 != 1 {
            return Err(DecodeError::unsupported(LAYER, 0, "PFCP version", u32::from(flags >> 5)));
        }
        let (seid, rest) = match flags & 1 {
            0 => (None, rest),
            _ => {
                let (seid, rest) = rest.split_first_chunk().ok_or(short(16))?;
                (Some(u64::from_be_bytes(*seid)), rest)
            }
        };
        let ([s1, s2, s3, _], mut rest) = rest.split_first_chunk::<4>().ok_or(short(8))?;
        let mut pfcp = Self {
            message_type: *message_type,
            seid,
            sequence: u32::from_be_bytes([0, *s1, *s2, *s3]),
            named: Named::default(),
            own_seid: None,
            cause: None,
            stop: None,
        };
        if message(*message_type).is_none() {
            pfcp.stop = Some(DecodeError::unsupported(LAYER, 1, "message type", u32::from(*message_type)));
        }
        let length = usize::from(u16::from_be_bytes([*l1, *l2])).saturating_add(4);
        if length > octets.len() {
            pfcp.defect(DecodeError::short(LAYER, 4, length, octets.len()));
        } else {
            // Another message may follow (FO, §7.2.2.4.1); it is of the same session.
            rest = rest.get(..rest.len().saturating_sub(octets.len().saturating_sub(length))).unwrap_or_default();
        }
        let end = octets.len().min(length);
        for _ in 0..MAX_ELEMENTS {
            if rest.is_empty() {
                return Ok(pfcp);
            }
            let at = end.saturating_sub(rest.len());
            let Some(([t1, t2, l1, l2], after)) = rest.split_first_chunk::<4>() else {
                pfcp.defect(DecodeError::short(LAYER, at, 4, rest.len()));
                return Ok(pfcp);
            };
            let length = usize::from(u16::from_be_bytes([*l1, *l2]));
            let Some((value, more)) = after.split_at_checked(length) else {
                pfcp.defect(DecodeError::short(LAYER, at, length, after.len()));
                return Ok(pfcp);
            };
            if pfcp.element(u16::from_be_bytes([*t1, *t2]), value).is_none() {
                pfcp.defect(DecodeError::malformed(LAYER, at, "element that is not as its flags say"));
            }
            rest = more;
        }
        pfcp.defect(DecodeError::limit(LAYER, end.saturating_sub(rest.len()), "too many information elements"));
        Ok(pfcp)
    }

    fn defect(&mut self, error: DecodeError) {
        self.stop = self.stop.or(Some(error));
    }

    fn element(&mut self, kind: u16, value: &[u8]) -> Option<()> {
        match kind {
            19 => self.cause = Some(*value.first()?),
            57 => self.own_seid = Some(u64::from_be_bytes(*value.get(1..)?.first_chunk()?)),
            141 => self.user(value)?,
            _ => {}
        }
        Some(())
    }

    /// User ID (§8.2.101).
    fn user(&mut self, value: &[u8]) -> Option<()> {
        let (flags, mut rest) = value.split_first()?;
        for bit in [1u8, 2, 4] {
            if flags & bit == 0 {
                continue;
            }
            let (length, after) = rest.split_first()?;
            let (digits, more) = after.split_at_checked(usize::from(*length))?;
            rest = more;
            match bit {
                1 => self.named.imsi(Imsi::from_tbcd(digits)?),
                2 => self.named.imei(Imei::from_tbcd(digits)?),
                _ => self.named.own_number(Number::new(LongDigits::from_tbcd(digits)?, Nature::International)),
            }
        }
        Some(())
    }
}

#[cfg(test)]
#[allow(clippy::arithmetic_side_effects)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn establishment() -> Vec<u8> {
        vec![
            0x21, 50, 0x00, 0x47, // version 1 with SEID; Session Establishment Request, 71 octets
            0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9, 0, // SEID 0, sequence 9
            0, 57, 0, 13, 0x02, 0, 0, 0, 0, 0, 0, 0, 5, 192, 0, 2, 1, // F-SEID 5 at 192.0.2.1
            0, 19, 0, 1, 1, // cause: accepted
            0, 141, 0, 0x1a, 0x07, // User ID with IMSI, IMEI, MSISDN
            8, 0x00, 0x01, 0x11, 0x32, 0x54, 0x76, 0x98, 0xf0, // 001011234567890
            8, 0x10, 0x00, 0x00, 0x21, 0x43, 0x65, 0x87, 0xf9, // 010000123456789
            6, 0x51, 0x55, 0x10, 0x00, 0x21, 0xf3, // 15550100123
            0, 159, 0, 0, // another element
        ]
    }

    fn measured(mut octets: Vec<u8>) -> Vec<u8> {
        let length = (octets.len() - 4) as u16;
        octets[2..4].copy_from_slice(&length.to_be_bytes());
        octets
    }

    #[test]
    fn known_answer() {
        let octets = measured(establishment());
        let message = Pfcp::parse(&octets).unwrap();
        assert_eq!(super::message(message.message_type), Some("PFCP Session Establishment Request"));
        assert_eq!((message.seid, message.sequence, message.own_seid), (Some(0), 9, Some(5)));
        assert_eq!(message.named.imsi.unwrap().to_string(), "001011234567890");
        assert_eq!(message.named.imei.unwrap().to_string(), "010000123456789");
        assert_eq!(message.named.msisdn.unwrap().to_string(), "15550100123");
        assert_eq!((message.cause, message.stop), (Some(1), None));
    }

    #[test]
    fn every_prefix() {
        let octets = measured(establishment());
        for length in 0..octets.len() {
            match Pfcp::parse(&octets[..length]) {
                Ok(message) => assert!(message.stop.is_some_and(|stop| stop.offset <= length), "{length}"),
                Err(error) => assert!(error.offset <= length),
            }
        }
        assert!(Pfcp::parse(&[0x41, 1, 0, 4, 0, 0, 0, 0]).is_err(), "a version to come");
    }

    proptest! {
        #[test]
        fn any_octets(octets in prop::collection::vec(any::<u8>(), 0..160)) {
            if let Ok(message) = Pfcp::parse(&octets) {
                prop_assert!(message.stop.is_none_or(|stop| stop.offset <= octets.len()));
            }
        }

        #[test]
        fn mutated(place in any::<prop::sample::Index>(), value: u8) {
            let mut octets = measured(establishment());
            let place = place.index(octets.len());
            octets[place] = value;
            let _ = Pfcp::parse(&octets);
        }
    }
}
