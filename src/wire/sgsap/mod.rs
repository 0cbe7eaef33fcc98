//! SGsAP: between MME and VLR, for calls that fall back to circuits and for short messages (3GPP TS 29.118 V17).
//!
//! ```text
//! message:  type(1) elements...
//! element:  identifier(1) length(1) value(length)
//! ```
//!
//! Called by `dissect` for SCTP on port 29118 (payload protocol 0). The layer 3 message of a UE in it (short messages)
//! is given as octets.
//!
//! **Handled:** all messages by name; IMSI, TMSI, IMEI, IMEISV, location and tracking area, E-UTRAN cell, calling
//! line, causes. **Not handled:** names of MME and VLR, times, classmarks.

mod message;
#[cfg(test)]
mod tests;

pub use message::MessageType;

use crate::health::Layer;
use crate::identity::{CellId, Imei};
use crate::wire::mobile_identity::MobileIdentity;
use crate::wire::ss7::number;
use crate::wire::{DecodeError, Named};

const LAYER: Layer = Layer::Sgsap;
/// Elements of one message: the longest has a dozen.
const ELEMENTS: usize = 64;

/// Identifiers of elements (§9.3).
mod element {
    pub(super) const IMSI: u8 = 0x01;
    pub(super) const TMSI: u8 = 0x03;
    pub(super) const LOCATION_AREA: u8 = 0x04;
    pub(super) const SGS_CAUSE: u8 = 0x08;
    pub(super) const MOBILE_IDENTITY: u8 = 0x0e;
    pub(super) const REJECT_CAUSE: u8 = 0x0f;
    pub(super) const IMEISV: u8 = 0x15;
    pub(super) const NAS_MESSAGE: u8 = 0x16;
    pub(super) const CALLING_LINE: u8 = 0x1c;
    pub(super) const SERVICE: u8 = 0x20;
    pub(super) const TRACKING_AREA: u8 = 0x23;
    pub(super) const CELL: u8 = 0x24;
}

/// An SGsAP message.
#[derive(Debug, Clone)]
pub struct Sgsap<'a> {
    /// Message type.
    pub message_type: MessageType,
    /// What it names. The cell is where the UE is; the new area of LOCATION-UPDATE-REQUEST and the one that
    /// LOCATION-UPDATE-ACCEPT gives are areas.
    pub named: Named,
    /// SGs or reject cause.
    pub cause: Option<u8>,
    /// What the UE is paged for: 1 a call, 2 a short message (§9.4.17).
    pub service: Option<u8>,
    /// The layer 3 message of the UE, or for it.
    pub layer3: Option<&'a [u8]>,
    /// Its first defect.
    pub stop: Option<DecodeError>,
}

impl<'a> Sgsap<'a> {
    /// Reads a message.
    pub fn parse(octets: &'a [u8]) -> Result<Self, DecodeError> {
        let (code, mut rest) = octets.split_first().ok_or(DecodeError::short(LAYER, 0, 1, 0))?;
        let mut message = Self {
            message_type: MessageType(*code),
            named: Named::default(),
            cause: None,
            service: None,
            layer3: None,
            stop: None,
        };
        for _ in 0..ELEMENTS {
            let at = octets.len().saturating_sub(rest.len());
            let ([identifier, len], after) = match rest.split_first_chunk::<2>() {
                Some(split) => split,
                None if rest.is_empty() => return Ok(message),
                None => {
                    message.stop(DecodeError::short(LAYER, at, 2, rest.len()));
                    return Ok(message);
                }
            };
            let Some((value, after)) = after.split_at_checked(usize::from(*len)) else {
                message.stop(DecodeError::short(LAYER, at, usize::from(*len).saturating_add(2), rest.len()));
                return Ok(message);
            };
            if message.element(*identifier, value).is_none() {
                message.stop(DecodeError::malformed(LAYER, at, "value of an element"));
            }
            rest = after;
        }
        if !rest.is_empty() {
            message.stop(DecodeError::limit(LAYER, octets.len().saturating_sub(rest.len()), "too many elements"));
        }
        Ok(message)
    }

    fn stop(&mut self, error: DecodeError) {
        self.stop = self.stop.or(Some(error));
    }

    /// Takes what an element says; `None` where its value is not as it should be.
    fn element(&mut self, identifier: u8, value: &'a [u8]) -> Option<()> {
        match identifier {
            element::IMSI | element::MOBILE_IDENTITY => MobileIdentity::parse(value)?.name(&mut self.named),
            // §9.4.9: digits alone, without type and parity.
            element::IMEISV => self.named.imei(Imei::from_tbcd(value)?),
            element::TMSI => self.named.tmsi(u32::from_be_bytes(*value.first_chunk()?)),
            element::LOCATION_AREA => self.named.cell(CellId::from_lai_octets(*value.first_chunk()?)?),
            element::TRACKING_AREA => self.named.cell(CellId::from_tai_octets(*value.first_chunk()?)?),
            element::CELL => self.named.cell(CellId::from_ecgi_octets(*value.first_chunk()?)?),
            element::SGS_CAUSE | element::REJECT_CAUSE => self.cause = Some(*value.first()?),
            element::SERVICE => self.service = Some(*value.first()?),
            element::NAS_MESSAGE => self.layer3 = Some(value),
            element::CALLING_LINE => self.named.calling = self.named.calling.or(number::presented_bcd(value)),
            _ => {}
        }
        Some(())
    }

    /// True where the first octet is the type of a message. That is little: only for its own port.
    pub fn probe(octets: &[u8]) -> bool {
        octets.first().is_some_and(|code| MessageType(*code).name().is_some())
    }
}
