//! M2PA: MTP2 user peer-to-peer adaptation (RFC 4165).
//!
//! ```text
//! +---------------+---------------+---------------+---------------+
//! |  Version (1)  |     Spare     | Class (11)    | Message Type  |
//! +---------------+---------------+---------------+---------------+
//! |             Message Length (header counted)                   |
//! +---------------+-----------------------------------------------+
//! |    unused     |  BSN: the last message that was received      |
//! +---------------+-----------------------------------------------+
//! |    unused     |  FSN: this message                            |
//! +---------------+-----------------------------------------------+
//! | pri(2) spare  |  message signal unit, or link state ...
//! +---------------+--------
//! ```
//!
//! Called by `dissect` with one SCTP user message (payload protocol 5). It gives the message signal unit to MTP3.
//!
//! **Handled:** User Data with its priority, acknowledgements without data, Link Status by name. draft-ietf-sigtran-
//! m2pa-02, where the message type has 16 bits (0x0601, 0x0602) and the sequence numbers have 16.
//! **Not handled:** the state of links; changeover, which M2PA leaves to MTP3.

use super::common::Msu;
use crate::health::Layer;
use crate::wire::{DecodeError, DecodeErrorKind};

const LAYER: Layer = Layer::M2pa;
/// Message class of RFC 4165; in draft 2 the first octet of a message type of two.
const CLASS: u8 = 11;
const DRAFT_CLASS: u8 = 6;
const USER_DATA: u8 = 1;
const LINK_STATUS: u8 = 2;

/// What a message is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content<'a> {
    /// User Data; `None` in one that only acknowledges.
    UserData(Option<Msu<'a>>),
    /// Link Status with the state.
    LinkStatus(u32),
}

/// One M2PA message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct M2pa<'a> {
    /// Backward sequence number.
    pub bsn: u32,
    /// Forward sequence number.
    pub fsn: u32,
    /// What it carries.
    pub content: Content<'a>,
    /// What ended the decoding early.
    pub stop: Option<DecodeError>,
}

impl<'a> M2pa<'a> {
    /// Reads one message. An error where the header cannot be read or is not one of M2PA.
    pub fn parse(octets: &'a [u8]) -> Result<Self, DecodeError> {
        let Some((&[version, _, class, kind, l1, l2, l3, l4], rest)) = octets.split_first_chunk::<8>() else {
            return Err(DecodeError::short(LAYER, 0, 8, octets.len()));
        };
        if version != 1 {
            return Err(DecodeError::unsupported(LAYER, 0, "M2PA version", u32::from(version)));
        }
        let numbers = match class {
            CLASS => rest
                .split_first_chunk::<8>()
                .map(|(&[_, b1, b2, b3, _, f1, f2, f3], rest)| ([0, b1, b2, b3], [0, f1, f2, f3], rest)),
            DRAFT_CLASS => {
                rest.split_first_chunk::<4>().map(|(&[b1, b2, f1, f2], rest)| ([0, 0, b1, b2], [0, 0, f1, f2], rest))
            }
            _ => return Err(DecodeError::unsupported(LAYER, 2, "M2PA message class", u32::from(class))),
        };
        let header = if class == CLASS { 16 } else { 12 };
        let (bsn, fsn, rest) = numbers.ok_or(DecodeError::short(LAYER, 8, header, octets.len()))?;
        let (body, mut stop) = body(octets, rest, header, u32::from_be_bytes([l1, l2, l3, l4]));
        let content = match kind {
            USER_DATA => Content::UserData(body.split_first().map(|(priority, octets)| Msu {
                octets,
                offset: header.saturating_add(1),
                priority: Some(priority >> 6),
            })),
            LINK_STATUS => match body.first_chunk() {
                Some(state) => Content::LinkStatus(u32::from_be_bytes(*state)),
                None => {
                    stop = stop.or(Some(DecodeError::short(LAYER, header, 4, body.len())));
                    Content::LinkStatus(0)
                }
            },
            _ => return Err(DecodeError::unsupported(LAYER, 3, "M2PA message type", u32::from(kind))),
        };
        Ok(Self { bsn: u32::from_be_bytes(bsn), fsn: u32::from_be_bytes(fsn), content, stop })
    }

    /// What it is, by name.
    pub fn name(&self) -> &'static str {
        match self.content {
            Content::UserData(Some(_)) => "User Data",
            Content::UserData(None) => "User Data without data (acknowledgement)",
            Content::LinkStatus(state) => link_state_name(state).unwrap_or("Link Status unknown"),
        }
    }
}

/// What the message length leaves after the header.
fn body<'a>(octets: &[u8], rest: &'a [u8], header: usize, length: u32) -> (&'a [u8], Option<DecodeError>) {
    let length = usize::try_from(length).unwrap_or(usize::MAX);
    let Some(len) = length.checked_sub(header) else {
        let what = "message length shorter than the header";
        return (rest, Some(DecodeError::malformed(LAYER, 4, what)));
    };
    let Some((body, after)) = rest.split_at_checked(len) else {
        return (rest, Some(DecodeError::short(LAYER, 4, length, octets.len())));
    };
    // The filler of drafts is not counted.
    let filler = after.len() < 4 && after.iter().all(|octet| *octet == 0);
    let kind = DecodeErrorKind::TrailingData { octets: after.len() };
    (body, (!filler).then_some(DecodeError { layer: LAYER, offset: length, kind }))
}

/// The name of a link state (RFC 4165 §2.3.2).
pub fn link_state_name(state: u32) -> Option<&'static str> {
    Some(match state {
        1 => "Link Status Alignment",
        2 => "Link Status Proving Normal",
        3 => "Link Status Proving Emergency",
        4 => "Link Status Ready",
        5 => "Link Status Processor Outage",
        6 => "Link Status Processor Recovered",
        7 => "Link Status Busy",
        8 => "Link Status Busy Ended",
        9 => "Link Status Out of Service",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const DATA: [u8; 25] = [
        0x01, 0x00, 0x0b, 0x01, 0x00, 0x00, 0x00, 0x19, // version 1, class 11, User Data, 25 octets
        0x00, 0x00, 0x00, 0x07, 0x00, 0x12, 0x34, 0x56, // BSN 7, FSN 0x123456
        0x40, // priority 1
        0x83, 0x05, 0x00, 0xc0, 0x00, 0x09, 0x00, 0x01, // SIO, routing label, data
    ];

    #[test]
    fn known_answers() {
        let message = M2pa::parse(&DATA).unwrap();
        assert_eq!((message.bsn, message.fsn, message.stop), (7, 0x0012_3456, None));
        let Content::UserData(Some(msu)) = message.content else { panic!("{message:?}") };
        assert_eq!((msu.octets, msu.offset, msu.priority), (&DATA[17..], 17, Some(1)));
        let ready = [1, 0, 11, 2, 0, 0, 0, 20, 0, 0xff, 0xff, 0xff, 0, 0xff, 0xff, 0xff, 0, 0, 0, 4];
        let message = M2pa::parse(&ready).unwrap();
        assert_eq!((message.name(), message.stop), ("Link Status Ready", None));
        let acknowledgement = [1, 0, 11, 1, 0, 0, 0, 16, 0, 0, 0, 9, 0, 0, 0, 8];
        assert_eq!(M2pa::parse(&acknowledgement).unwrap().content, Content::UserData(None));
    }

    #[test]
    fn second_draft() {
        let octets = [1, 0, 6, 1, 0, 0, 0, 18, 0, 7, 0, 8, 0x40, 0x83, 0x05, 0x00, 0xc0, 0x00];
        let message = M2pa::parse(&octets).unwrap();
        assert_eq!((message.bsn, message.fsn, message.stop), (7, 8, None));
        let Content::UserData(Some(msu)) = message.content else { panic!("{message:?}") };
        assert_eq!(msu.octets, &octets[13..]);
    }

    #[test]
    fn every_prefix_is_an_error_or_partial() {
        for end in 0..DATA.len() {
            match M2pa::parse(&DATA[..end]) {
                Ok(message) => assert!(message.stop.is_some(), "{end}"),
                Err(_) => assert!(end < 16),
            }
        }
    }

    proptest! {
        #[test]
        fn any_octets(octets in prop::collection::vec(any::<u8>(), 0..60)) {
            let _ = M2pa::parse(&octets).map(|message| message.name());
        }

        #[test]
        fn mutated(at in 0..DATA.len(), value: u8) {
            let mut octets = DATA;
            octets[at] = value;
            let _ = M2pa::parse(&octets);
        }
    }
}
