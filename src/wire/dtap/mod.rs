//! DTAP: what mobile and core say to each other in 2G and 3G (3GPP TS 24.008 V17; short messages TS 24.011 V17;
//! supplementary services TS 24.080 V17; layer 3 in general TS 24.007 V17).
//!
//! ```text
//! | transaction or skip | protocol discriminator |   one octet; transaction 7 takes a second one
//! | N(SD) | message type                         |   N(SD) in MM, CC, SS and their like, from the mobile
//! | mandatory elements: V, LV | optional elements: TV, TLV ...
//! ```
//!
//! Called by `dissect` with the layer 3 messages that BSSAP, RANAP and BSSGP carry. It gives the TPDU of a short message,
//! which `dissect` reads.
//!
//! **Handled:** all messages of RR, MM, GMM, CC, SM, short messages and supplementary services by name. Decoded are the
//! identities (mobile identity, location and routing area, calling, called, connected and redirecting numbers, service
//! centre), causes, transactions, and the step that a message is in its procedure. A CP-DATA is named by the RP
//! message in it. **Not handled:** capabilities, keys, channels, quality of service, PDP addresses; the contents of
//! supplementary services beside the operation; group calls, positioning and test messages beyond their names; the
//! direction, where the message does not tell it (the caller may).

mod call;
mod message;
mod mobility;
mod packet;
mod radio;
mod reader;
mod short_message;
mod supplementary;

use super::layer3::{Layer3, Step};
use super::mobile_identity::MobileIdentity;
use super::{DecodeError, Named};
use crate::identity::CellId;
use reader::{LAYER, Reader};

/// Protocol discriminators (TS 24.007 §11.2.3.1.1).
const GROUP_CALL: u8 = 0;
const BROADCAST_CALL: u8 = 1;
const CALL: u8 = 3;
const MOBILITY: u8 = 5;
const RADIO: u8 = 6;
const PACKET_MOBILITY: u8 = 8;
const SHORT_MESSAGE: u8 = 9;
const SESSION: u8 = 10;
const SUPPLEMENTARY: u8 = 11;

/// The transaction identifier that goes on in a second octet.
const EXTENDED: u8 = 7;

/// Reads one message. `uplink`: the mobile sent it; `None` where nobody can tell. An error only where not even its name
/// can be read.
pub fn parse(octets: &[u8], uplink: Option<bool>) -> Result<Layer3<'_>, DecodeError> {
    let mut reader = Reader::new(octets);
    let first = reader.octet()?;
    let discriminator = first & 0x0f;
    let has_transaction =
        matches!(discriminator, GROUP_CALL | BROADCAST_CALL | CALL | SHORT_MESSAGE | SESSION | SUPPLEMENTARY);
    let mut transaction = has_transaction.then_some((first & 0x80) | ((first >> 4) & 0x07));
    if transaction.is_some_and(|transaction| transaction & 0x07 == EXTENDED)
        && matches!(discriminator, CALL | SHORT_MESSAGE | SESSION | SUPPLEMENTARY)
    {
        transaction = Some((first & 0x80) | (reader.octet()? & 0x7f));
    }
    let code = reader.octet()?;
    // The two highest bits count messages where the mobile numbers them (TS 24.007 §11.2.3.2.1).
    let numbered = matches!(discriminator, GROUP_CALL | BROADCAST_CALL | CALL | MOBILITY | SUPPLEMENTARY);
    let code = if numbered { code & 0x3f } else { code };
    let name = match discriminator {
        GROUP_CALL | BROADCAST_CALL => message::group_call(code),
        CALL => message::call(code),
        MOBILITY => message::mobility(code),
        RADIO => message::radio(code),
        PACKET_MOBILITY => message::packet_mobility(code),
        SHORT_MESSAGE => short_message::name(code),
        SESSION => message::session(code),
        SUPPLEMENTARY => message::supplementary(code),
        other => {
            let what = "protocol discriminator of layer 3";
            return Err(DecodeError::unsupported(LAYER, 0, what, u32::from(other)));
        }
    };
    let what = "layer 3 message type";
    let name = name.ok_or(DecodeError::unsupported(LAYER, 1, what, u32::from(code)))?;
    let mut layer3 = Layer3::new(name, Step::Other);
    layer3.transaction = transaction;
    layer3.stop = match discriminator {
        CALL => call::read(&mut layer3, code, &mut reader, uplink),
        MOBILITY => mobility::read(&mut layer3, code, &mut reader),
        RADIO => radio::read(&mut layer3, code, &mut reader),
        PACKET_MOBILITY => packet::mobility(&mut layer3, code, &mut reader, uplink),
        SHORT_MESSAGE => short_message::read(&mut layer3, code, &mut reader),
        SESSION => packet::session(&mut layer3, code, &mut reader),
        SUPPLEMENTARY => supplementary::read(&mut layer3, code, &mut reader),
        _ => Ok(()),
    }
    .err();
    Ok(layer3)
}

/// Who sends a message, where it tells by itself: the direction of those that only one side can send.
pub fn sender(octets: &[u8]) -> Option<bool> {
    let (first, rest) = octets.split_first()?;
    let code = rest.first()?;
    match first & 0x0f {
        MOBILITY => match code & 0x3f {
            0x01 | 0x08 | 0x14 | 0x1c | 0x19 | 0x1b | 0x24 | 0x28 => Some(true),
            0x02 | 0x04 | 0x11 | 0x12 | 0x18 | 0x1a | 0x21 | 0x22 | 0x29 | 0x32 => Some(false),
            _ => None,
        },
        RADIO => matches!(code, 0x27 | 0x32).then_some(true),
        PACKET_MOBILITY => match code {
            0x01 | 0x03 | 0x08 | 0x0a | 0x0c | 0x11 | 0x13 | 0x16 | 0x1c => Some(true),
            0x02 | 0x04 | 0x09 | 0x0b | 0x0d | 0x0e | 0x10 | 0x12 | 0x14 | 0x15 | 0x21 => Some(false),
            _ => None,
        },
        CALL => match code & 0x3f {
            0x02 => Some(false), // CALL PROCEEDING
            0x08 => Some(true),  // CALL CONFIRMED
            0x0e => Some(true),  // EMERGENCY SETUP
            _ => None,
        },
        SHORT_MESSAGE if *code == 1 => match rest.get(2)? & 0x07 {
            0 | 2 | 4 | 6 => Some(true),
            1 | 3 | 5 => Some(false),
            _ => None,
        },
        _ => None,
    }
}

/// A mobile identity, where there is one: a mobile may have none.
fn identity(named: &mut Named, reader: &Reader<'_>, octets: &[u8]) -> Result<(), DecodeError> {
    match MobileIdentity::parse(octets) {
        Some(identity) => identity.name(named),
        None if octets.first().is_none_or(|first| matches!(first & 0x07, 0 | 5)) => {}
        None => return Err(reader.malformed("mobile identity")),
    }
    Ok(())
}

/// A location area, or the start of a routing area. Its network may be none (all digits filled).
fn area(named: &mut Named, octets: &[u8]) {
    if let Some(area) = octets.first_chunk().and_then(|area| CellId::from_lai_octets(*area)) {
        named.cell(area);
    }
}

#[cfg(test)]
mod tests;
