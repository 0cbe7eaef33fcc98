//! BSSAP: base station system application part (3GPP TS 48.006 V17), and BSSMAP in it (3GPP TS 48.008 V17).
//!
//! ```text
//! BSSMAP  0000 0000 | length | message type | elements ...
//! DTAP    0000 0001 | DLCI   | length       | layer 3 message of the mobile
//!                     control channel (2) | spare (3) | SAPI (3): 0 calls and mobility, 3 short messages
//! element: identifier | length | value, or of fixed length without one
//! ```
//!
//! Called by `dissect` with the data of SCCP between subsystems 254, of a connection or of a UDT. BSSMAP gives a layer 3
//! message where it carries one; DTAP is one. `dissect` reads it.
//!
//! **Handled:** both headers; all messages by name and direction; cell identifiers and lists of them in all forms that
//! say their network; IMSI, TMSI, IMEI, IMEISV, MSISDN; cause; location areas and networks; the layer 3 messages of
//! COMPLETE LAYER 3 INFORMATION and CIPHER MODE COMPLETE. Elements that name nobody are stepped over by their lengths.
//! **Not handled:** cells named by LAC or CI alone (their network is known to both sides and not said); the transparent
//! containers of handovers; location estimates.

mod cell;
mod element;
mod message;

pub use message::MessageType;

use super::number;
use crate::health::Layer;
use crate::identity::{CellId, Plmn};
use crate::wire::mobile_identity::MobileIdentity;
use crate::wire::{DecodeError, Named};
use element::{Element, Elements};

const LAYER: Layer = Layer::Bssap;

/// A message of either kind, as its header tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bssap<'a> {
    /// BSSMAP: between base station system and MSC.
    Management(&'a [u8]),
    /// DTAP: between mobile and MSC.
    Transfer {
        /// Data link connection identifier.
        dlci: u8,
        /// The layer 3 message.
        data: &'a [u8],
    },
}

impl<'a> Bssap<'a> {
    /// Reads the header. What it leads to ends with the octets where its length goes beyond them; then the defect is
    /// told too.
    pub fn parse(octets: &'a [u8]) -> Result<(Self, Option<DecodeError>), DecodeError> {
        let short = |needed| DecodeError::short(LAYER, 0, needed, octets.len());
        let (discrimination, rest) = octets.split_first().ok_or(short(1))?;
        let cut = |len: u8, rest: &'a [u8]| match rest.get(..usize::from(len)) {
            Some(data) => (data, None),
            None => (rest, Some(short(usize::from(len).saturating_add(octets.len()).saturating_sub(rest.len())))),
        };
        match discrimination {
            0 => {
                let (len, rest) = rest.split_first().ok_or(short(2))?;
                let (data, stop) = cut(*len, rest);
                Ok((Self::Management(data), stop))
            }
            1 => {
                let ([dlci, len], rest) = rest.split_first_chunk().ok_or(short(3))?;
                let (data, stop) = cut(*len, rest);
                Ok((Self::Transfer { dlci: *dlci, data }, stop))
            }
            other => {
                let what = "BSSAP discrimination";
                Err(DecodeError::unsupported(LAYER, 0, what, u32::from(*other)))
            }
        }
    }

    /// True where octets have the form of either kind exactly.
    pub fn probe(octets: &[u8]) -> bool {
        match octets {
            [0, len, message_type, ..] => {
                usize::from(*len).saturating_add(2) == octets.len() && MessageType(*message_type).name().is_some()
            }
            [1, dlci, len, ..] => dlci & 0x38 == 0 && usize::from(*len).saturating_add(3) == octets.len(),
            _ => false,
        }
    }
}

/// One BSSMAP message.
#[derive(Debug, Clone)]
pub struct Bssmap<'a> {
    /// Message type.
    pub message_type: MessageType,
    /// What it names.
    pub named: Named,
    /// The first cell identifier: where the mobile is, but in handovers.
    pub cell: Option<CellId>,
    /// Cause value (TS 48.008 §3.2.2.5), else the one of location services (§3.2.2.66).
    pub cause: Option<u8>,
    /// Layer 3 information, or layer 3 message contents.
    pub layer3: Option<&'a [u8]>,
    /// Its first defect.
    pub stop: Option<DecodeError>,
}

impl<'a> Bssmap<'a> {
    /// Reads one message. An error only for none at all.
    pub fn parse(octets: &'a [u8]) -> Result<Self, DecodeError> {
        let (code, rest) = octets.split_first().ok_or(DecodeError::short(LAYER, 0, 1, 0))?;
        let message_type = MessageType(*code);
        let mut message =
            Self { message_type, named: Named::default(), cell: None, cause: None, layer3: None, stop: None };
        if message_type.name().is_none() {
            let what = "BSSMAP message type";
            message.stop = Some(DecodeError::unsupported(LAYER, 0, what, u32::from(*code)));
            return Ok(message);
        }
        let mut elements = Elements::new(octets, rest);
        loop {
            match elements.next() {
                Ok(Some(found)) => message.element(found),
                Ok(None) => return Ok(message),
                Err(error) => {
                    message.stop.get_or_insert(error);
                    return Ok(message);
                }
            }
        }
    }

    fn element(&mut self, found: Element<'a>) {
        use element as code;
        let value = found.value;
        let sane = match found.identifier {
            code::CAUSE => {
                // With the extension bit the value stands in a second octet.
                self.cause = match value {
                    [first, second, ..] if first & 0x80 != 0 => Some(*second),
                    [first, ..] => Some(first & 0x7f),
                    [] => None,
                };
                self.cause.is_some()
            }
            code::LCS_CAUSE => {
                self.cause = self.cause.or(value.first().copied());
                self.cause.is_some()
            }
            code::CELL_IDENTIFIER => match cell::identifier(value) {
                Some(cell) => {
                    if let Some(cell) = cell {
                        self.cell = self.cell.or(Some(cell));
                        self.named.cell(cell);
                    }
                    true
                }
                None => false,
            },
            code::CELL_IDENTIFIER_LIST => cell::list(value, &mut self.named),
            code::IMSI | code::IMEI | code::MOBILE_IDENTITY => match MobileIdentity::parse(value) {
                Some(identity) => {
                    identity.name(&mut self.named);
                    true
                }
                // A mobile may have no identity, and there are groups.
                None => value.first().is_some_and(|first| matches!(first & 0x07, 0 | 5)),
            },
            code::TMSI => match value.first_chunk() {
                Some(tmsi) => {
                    self.named.tmsi(u32::from_be_bytes(*tmsi));
                    true
                }
                None => false,
            },
            code::MSISDN => match number::address_string(value) {
                Some(number) => {
                    self.named.own_number(number);
                    true
                }
                None => false,
            },
            code::LAYER_3_INFORMATION | code::LAYER_3_MESSAGE_CONTENTS => {
                self.layer3 = self.layer3.or(Some(value));
                true
            }
            code::OLD_LOCATION_AREA => match value.first_chunk().and_then(|area| CellId::from_lai_octets(*area)) {
                Some(area) => {
                    self.named.cell(area);
                    true
                }
                None => false,
            },
            code::SELECTED_PLMN => {
                self.named.plmn = value.first_chunk().and_then(|plmn| Plmn::from_octets(*plmn));
                self.named.plmn.is_some()
            }
            _ => true,
        };
        if !sane {
            let what = "BSSMAP element with a value that is not possible";
            self.stop.get_or_insert(DecodeError::malformed(LAYER, found.offset, what));
        }
    }
}

#[cfg(test)]
mod tests;
