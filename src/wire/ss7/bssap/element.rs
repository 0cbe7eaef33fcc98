//! Information elements (TS 48.008 §3.2.2, table 3.2.2.1): which have a length octet, and how long the others are.

use super::LAYER;
use crate::wire::DecodeError;

pub(super) const CAUSE: u8 = 0x04;
pub(super) const CELL_IDENTIFIER: u8 = 0x05;
pub(super) const IMSI: u8 = 0x08;
pub(super) const TMSI: u8 = 0x09;
pub(super) const LAYER_3_INFORMATION: u8 = 0x17;
pub(super) const CELL_IDENTIFIER_LIST: u8 = 0x1a;
pub(super) const LAYER_3_MESSAGE_CONTENTS: u8 = 0x20;
pub(super) const MOBILE_IDENTITY: u8 = 0x29;
pub(super) const LCS_CAUSE: u8 = 0x47;
pub(super) const APDU: u8 = 0x49;
pub(super) const IMEI: u8 = 0x68;
pub(super) const MSISDN: u8 = 0x7b;
pub(super) const SELECTED_PLMN: u8 = 0x94;
pub(super) const OLD_LOCATION_AREA: u8 = 0x96;

/// How long the value of an element without a length octet is; `None` for one with.
fn fixed(identifier: u8) -> Option<usize> {
    Some(match identifier {
        // Flags and requests: response, talker, connection release, emergency set, redirect attempt, LCLS correlation
        // and break, CSFB, SRVCC, attach.
        0x1b | 0x35 | 0x36 | 0x6b | 0x85 | 0x8c | 0x8e | 0x8f | 0x90 | 0x92 | 0x97 => 0,
        // Periodicity to number of mobiles; interference band, RR cause; DLCI, DTX; resource method, classmark 1; chosen
        // channel; cipher response, channel needed, trace type; forward, algorithm, circuit pool; time; channel type,
        // queuing, assignment; priority, evolution; LSA suppression, speech version; talker priority; interface
        // selector; reroute cause, sequence, outcome; LCLS.
        0x0c..=0x0e | 0x14 | 0x15 | 0x18 | 0x19 | 0x1c | 0x1d | 0x21 | 0x23..=0x25 | 0x2b..=0x2d | 0x2f => 1,
        0x31..=0x33 | 0x38 | 0x39 | 0x3f | 0x40 | 0x6a | 0x81 | 0x86..=0x88 | 0x8a | 0x8b | 0x8d => 1,
        0x01 | 0x27 => 2,               // circuit identity code, trace reference
        0x94 | 0x95 | 0x98..=0x9a => 3, // networks
        0x22 | 0x7f => 4,               // total resource accessible, call identifier
        0x96 => 5,                      // old location area
        0x83 => 16,                     // Kc128
        0x03 => 20,                     // resource available
        _ => return None,
    })
}

/// One element.
#[derive(Debug, Clone, Copy)]
pub(super) struct Element<'a> {
    pub(super) identifier: u8,
    pub(super) value: &'a [u8],
    /// Of the value in the message.
    pub(super) offset: usize,
}

/// The elements of a message, in order.
pub(super) struct Elements<'a> {
    octets: &'a [u8],
    rest: &'a [u8],
}

impl<'a> Elements<'a> {
    pub(super) fn new(octets: &'a [u8], rest: &'a [u8]) -> Self {
        Self { octets, rest }
    }

    fn offset(&self) -> usize {
        self.octets.len().saturating_sub(self.rest.len())
    }

    /// The next one; nothing at the end.
    pub(super) fn next(&mut self) -> Result<Option<Element<'a>>, DecodeError> {
        let Some((&identifier, rest)) = self.rest.split_first() else { return Ok(None) };
        self.rest = rest;
        let short = |at: &Self, needed| DecodeError::short(LAYER, at.offset(), needed, at.rest.len());
        let len = match (fixed(identifier), identifier) {
            (Some(len), _) => len,
            (None, APDU) => {
                let (len, rest) = self.rest.split_first_chunk().ok_or_else(|| short(self, 2))?;
                self.rest = rest;
                usize::from(u16::from_be_bytes(*len))
            }
            (None, _) => {
                let (len, rest) = self.rest.split_first().ok_or_else(|| short(self, 1))?;
                self.rest = rest;
                usize::from(*len)
            }
        };
        let offset = self.offset();
        let (value, rest) = self.rest.split_at_checked(len).ok_or_else(|| short(self, len))?;
        self.rest = rest;
        Ok(Some(Element { identifier, value, offset }))
    }
}
