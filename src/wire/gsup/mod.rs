//! GSUP: generic subscriber update protocol between MSC or SGSN and HLR, and among MSCs (OsmoHLR user manual, chapter
//! "Generic Subscriber Update Protocol"), in the IPA multiplex (OsmoBTS Abis manual, "IPA").
//!
//! ```text
//! IPA    length (2, of what follows the next octet) | stream: fe connection management, ee extended, ... | [extension: 05 GSUP]
//! GSUP   message type | elements: type | length | value
//! ```
//!
//! Called by `dissect` with the messages of TCP streams. Gives the TPDU of short messages back. Calls nothing.
//!
//! **Handled:** all messages by name; IMSI, MSISDN, IMEI, HLR number, SM-RP addresses and TPDU, causes, domain, session,
//! names of source and destination. **Not handled:** authentication tuples, PDP contexts, supplementary service
//! components, messages of the access network within handovers: stepped over.

#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)]

mod frame;
#[cfg(test)]
mod tests;

pub use frame::{PORT, frame};

use super::ss7::number;
use super::{DecodeError, Named};
use crate::health::Layer;
use crate::identity::{Imei, Imsi, Msisdn, Nature, Number};

const LAYER: Layer = Layer::Gsup;

/// Connection management of IPA: ping, pong, identities.
const STREAM_MANAGEMENT: u8 = 0xfe;
/// Extended stream, of which the next octet tells the kind.
const STREAM_EXTENDED: u8 = 0xee;
/// GSUP in the extended stream.
const EXTENSION_GSUP: u8 = 0x05;

/// What a message of the IPA multiplex holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ipa<'a> {
    /// A GSUP message.
    Gsup(&'a [u8]),
    /// Connection management.
    Management,
    /// Another stream.
    Other(u8),
}

/// Octets of an IPA header with its extension.
pub const IPA_HEADER: usize = 4;

/// Takes the IPA header off.
pub fn ipa(octets: &[u8]) -> Option<Ipa<'_>> {
    let ([_, _, stream], rest) = octets.split_first_chunk::<3>()?;
    Some(match (*stream, rest.split_first()) {
        (STREAM_EXTENDED, Some((&EXTENSION_GSUP, message))) => Ipa::Gsup(message),
        (STREAM_MANAGEMENT, _) => Ipa::Management,
        (other, _) => Ipa::Other(other),
    })
}

/// What a message is within its exchange.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Kind {
    Request,
    Error,
    Result,
    /// It stands alone.
    Report,
}

macro_rules! messages {
    ($($code:literal $kind:ident $name:literal,)*) => {
        /// The name of a message type, and what it is.
        pub fn message(code: u8) -> Option<(&'static str, Kind)> {
            match code {
                $($code => Some(($name, Kind::$kind)),)*
                _ => None,
            }
        }
    };
}

messages! {
    0x04 Request "Update Location Request",
    0x05 Error "Update Location Error",
    0x06 Result "Update Location Result",
    0x08 Request "Send Auth Info Request",
    0x09 Error "Send Auth Info Error",
    0x0a Result "Send Auth Info Result",
    0x0b Report "Authentication Failure Report",
    0x0c Request "Purge MS Request",
    0x0d Error "Purge MS Error",
    0x0e Result "Purge MS Result",
    0x10 Request "Insert Subscriber Data Request",
    0x11 Error "Insert Subscriber Data Error",
    0x12 Result "Insert Subscriber Data Result",
    0x14 Request "Delete Subscriber Data Request",
    0x15 Error "Delete Subscriber Data Error",
    0x16 Result "Delete Subscriber Data Result",
    0x1c Request "Location Cancellation Request",
    0x1d Error "Location Cancellation Error",
    0x1e Result "Location Cancellation Result",
    0x20 Request "Process Supplementary Service Request",
    0x21 Error "Process Supplementary Service Error",
    0x22 Result "Process Supplementary Service Result",
    0x24 Request "MO-forwardSM Request",
    0x25 Error "MO-forwardSM Error",
    0x26 Result "MO-forwardSM Result",
    0x28 Request "MT-forwardSM Request",
    0x29 Error "MT-forwardSM Error",
    0x2a Result "MT-forwardSM Result",
    0x2c Request "READY-FOR-SM Request",
    0x2d Error "READY-FOR-SM Error",
    0x2e Result "READY-FOR-SM Result",
    0x30 Request "CHECK-IMEI Request",
    0x31 Error "CHECK-IMEI Error",
    0x32 Result "CHECK-IMEI Result",
    0x34 Request "E-PREPARE-HANDOVER Request",
    0x35 Error "E-PREPARE-HANDOVER Error",
    0x36 Result "E-PREPARE-HANDOVER Result",
    0x38 Request "E-PREPARE-SUBSEQUENT-HANDOVER Request",
    0x39 Error "E-PREPARE-SUBSEQUENT-HANDOVER Error",
    0x3a Result "E-PREPARE-SUBSEQUENT-HANDOVER Result",
    0x3c Request "E-SEND-END-SIGNAL Request",
    0x3d Error "E-SEND-END-SIGNAL Error",
    0x3e Result "E-SEND-END-SIGNAL Result",
    0x40 Request "E-PROCESS-ACCESS-SIGNALLING Request",
    0x44 Request "E-FORWARD-ACCESS-SIGNALLING Request",
    0x47 Report "E-CLOSE",
    0x4b Report "E-ABORT",
    0x4e Report "E-ROUTING-ERROR",
    0x50 Request "ePDG Tunnel Request",
    0x51 Error "ePDG Tunnel Error",
    0x52 Result "ePDG Tunnel Result",
}

/// One GSUP message.
#[derive(Debug, Clone)]
pub struct Gsup<'a> {
    /// Message type.
    pub message_type: u8,
    /// What it names. The service centre of a short message is the serving node.
    pub named: Named,
    /// Cause (TS 24.008 §10.5.5.14), or that of SM-RP.
    pub cause: Option<u8>,
    /// The domain that it concerns: 1 packet, 2 circuit switched.
    pub domain: Option<u8>,
    /// Session identifier, chosen by who began the session.
    pub session: Option<u32>,
    /// Session state: 1 begins, 2 continues, 3 ends.
    pub session_state: Option<u8>,
    /// The TPDU of a short message.
    pub tpdu: Option<&'a [u8]>,
    /// Name of the peer that sent it.
    pub source: Option<&'a [u8]>,
    /// Name of the peer that it is for.
    pub destination: Option<&'a [u8]>,
    /// Its first defect.
    pub stop: Option<DecodeError>,
}

impl<'a> Gsup<'a> {
    /// Reads a message. An error only for an empty one.
    pub fn parse(octets: &'a [u8]) -> Result<Self, DecodeError> {
        let (message_type, mut rest) = octets.split_first().ok_or(DecodeError::short(LAYER, 0, 1, 0))?;
        let mut gsup = Self {
            message_type: *message_type,
            named: Named::default(),
            cause: None,
            domain: None,
            session: None,
            session_state: None,
            tpdu: None,
            source: None,
            destination: None,
            stop: None,
        };
        if gsup.message().is_none() {
            let kind = u32::from(*message_type);
            gsup.stop = Some(DecodeError::unsupported(LAYER, 0, "message type", kind));
        }
        while let Some((kind, after)) = rest.split_first() {
            let at = octets.len().saturating_sub(rest.len());
            let Some((length, after)) = after.split_first() else {
                gsup.defect(DecodeError::short(LAYER, at, 2, rest.len()));
                break;
            };
            let length = usize::from(*length);
            let Some((value, more)) = after.split_at_checked(length) else {
                gsup.defect(DecodeError::short(LAYER, at, length.saturating_add(2), rest.len()));
                break;
            };
            if let Err(what) = gsup.element(*kind, value) {
                gsup.defect(DecodeError::malformed(LAYER, at, what));
            }
            rest = more;
        }
        Ok(gsup)
    }

    /// Its name and what it is.
    pub fn message(&self) -> Option<(&'static str, Kind)> {
        message(self.message_type)
    }

    fn defect(&mut self, error: DecodeError) {
        self.stop = self.stop.or(Some(error));
    }

    fn element(&mut self, kind: u8, value: &'a [u8]) -> Result<(), &'static str> {
        let first = value.first().copied();
        match kind {
            0x01 => self.named.imsi(Imsi::from_tbcd(value).ok_or("IMSI is not one")?),
            0x02 | 0x44 => self.cause = self.cause.or(first),
            0x08 if value.len() > 1 => match own_number(value) {
                Some(msisdn) => self.named.msisdn(msisdn),
                None => return Err("MSISDN is not a number"),
            },
            0x09 => self.named.node(number::address_string(value).ok_or("HLR number is not a number")?),
            0x28 => self.domain = first,
            0x30 => self.session = value.first_chunk().map(|id| u32::from_be_bytes(*id)),
            0x31 => self.session_state = first,
            0x41 | 0x42 => self.sm_rp_address(value, kind == 0x41)?,
            0x43 => self.tpdu = Some(value),
            0x50 => {
                // Digits, with their number of octets before them.
                let counted = value.split_first().filter(|(count, rest)| usize::from(**count) == rest.len());
                let digits = counted.map_or(value, |(_, rest)| rest);
                self.named.imei(Imei::from_tbcd(digits).ok_or("IMEI is not one")?);
            }
            0x60 => self.source = Some(text(value)),
            0x61 => self.destination = Some(text(value)),
            _ => {}
        }
        Ok(())
    }

    /// SM-RP-DA or SM-RP-OA: the kind of the identity, then the identity.
    fn sm_rp_address(&mut self, value: &[u8], destination: bool) -> Result<(), &'static str> {
        let wrong = "SM-RP address is not one";
        let (kind, value) = value.split_first().ok_or(wrong)?;
        match kind {
            1 => self.named.imsi(Imsi::from_tbcd(value).ok_or(wrong)?),
            // Of who sends it (MO), or of who gets it (MT): both are the subscriber.
            2 => self.named.own_number(number::address_string(value).ok_or(wrong)?),
            3 => self.named.node(number::address_string(value).ok_or(wrong)?),
            0 | 0xff => {}
            _ => {
                return Err(if destination {
                    "SM-RP-DA of a kind that is not known"
                } else {
                    "SM-RP-OA of a kind that is not known"
                });
            }
        }
        Ok(())
    }
}

/// A number behind an octet that is its nature (with the top bit set) or the number of its octets.
fn own_number(value: &[u8]) -> Option<Msisdn> {
    let (first, digits) = value.split_first()?;
    let digits = crate::identity::LongDigits::from_tbcd(digits)?;
    let nature = match first {
        0x91 => Nature::International,
        first if first & 0x80 != 0 => Nature::Unknown,
        _ => Nature::International,
    };
    let number = Number::new(digits, nature);
    number.international().or_else(|| Msisdn::new(digits.short()?))
}

/// A name ends with an octet of zero.
fn text(value: &[u8]) -> &[u8] {
    value.strip_suffix(&[0]).unwrap_or(value)
}
