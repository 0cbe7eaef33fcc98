//! Short messages: CP and, in CP-DATA, RP (TS 24.011 §7, §8).
//!
//! ```text
//! CP-DATA  length | RPDU
//! RPDU     message type (3 bits, the lowest: from the network) | reference | ...
//! RP-DATA  originator (length, value) | destination (length, value) | user data (length, TPDU)
//! RP-ERROR cause (length, value) ...
//! ```

use super::Reader;
use crate::wire::DecodeError;
use crate::wire::layer3::{Layer3, Step};
use crate::wire::ss7::number::address_string;
use crate::wire::ss7::{Direction, names};

names! {
    /// The name of a message of the connection sublayer.
    name(u8);
    0x01 => "CP-DATA",
    0x04 => "CP-ACK",
    0x10 => "CP-ERROR",
}

pub(super) fn read<'a>(message: &mut Layer3<'a>, code: u8, reader: &mut Reader<'a>) -> Result<(), DecodeError> {
    match code {
        0x01 => {
            let len = reader.octet()?;
            if len == 0 || reader.is_empty() {
                return Err(reader.malformed("CP-DATA without RPDU"));
            }
            relay(message, reader)
        }
        0x10 => {
            message.cause = Some(reader.octet()?);
            message.step = Step::ShortMessageRejected;
            Ok(())
        }
        _ => Ok(()),
    }
}

fn relay<'a>(message: &mut Layer3<'a>, reader: &mut Reader<'a>) -> Result<(), DecodeError> {
    let kind = reader.octet()? & 0x07;
    (message.name, message.step) = match kind {
        0 | 1 => ("RP-DATA", Step::ShortMessage),
        2 | 3 => ("RP-ACK", Step::ShortMessageAccepted),
        4 | 5 => ("RP-ERROR", Step::ShortMessageRejected),
        6 => ("RP-SMMA", Step::Other),
        _ => return Err(reader.malformed("reserved RP message type")),
    };
    reader.octet()?; // reference
    let from_network = kind & 1 != 0;
    match kind {
        0 | 1 => {
            let (originator, destination) = (reader.sized()?, reader.sized()?);
            let centre = if from_network { originator } else { destination };
            if let Some(number) = address_string(centre) {
                message.named.node(number);
            }
            let len = reader.octet()?;
            let way = if from_network { Direction::Terminating } else { Direction::Originating };
            let tpdu = reader.take(usize::from(len))?;
            message.tpdu = Some((tpdu, way));
        }
        4 | 5 => {
            message.cause = reader.sized()?.first().map(|cause| cause & 0x7f);
        }
        _ => {}
    }
    Ok(())
}
