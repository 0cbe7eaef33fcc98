//! Mobility management (TS 24.008 §9.2).

use super::{Reader, area, identity};
use crate::wire::DecodeError;
use crate::wire::layer3::{Layer3, Service, Step};

/// Octets of a location area identification.
const AREA: usize = 5;

/// Optional elements of fixed length: location area (§9.2.4).
fn fixed(identifier: u8) -> Option<usize> {
    (identifier == 0x13).then_some(AREA)
}

pub(super) fn read<'a>(message: &mut Layer3<'a>, code: u8, reader: &mut Reader<'a>) -> Result<(), DecodeError> {
    message.step = match code {
        0x01 => Step::Deregister,
        0x02 => Step::Registered,
        0x04 => Step::RegistrationRejected,
        0x08 => Step::Register { periodic: false },
        0x11 => Step::AuthenticationRejected,
        0x12 => Step::AuthenticationRequest,
        0x14 => Step::AuthenticationResponse,
        0x18 => Step::IdentityRequest,
        0x19 => Step::IdentityResponse,
        0x1a => Step::Reallocation,
        0x1b => Step::ReallocationComplete,
        0x1c => Step::AuthenticationFailure,
        0x21 => Step::ServiceAccepted,
        0x22 => Step::ServiceRejected,
        0x24 | 0x28 => Step::ServiceRequest(Service::Other),
        _ => Step::Other,
    };
    match code {
        0x01 => {
            reader.octet()?; // classmark 1
            mobile(message, reader)
        }
        0x02 => {
            area(&mut message.named, reader.take(AREA)?);
            optional(message, reader)
        }
        0x04 | 0x1c | 0x22 | 0x29 | 0x31 => {
            message.cause = Some(reader.octet()?);
            Ok(())
        }
        0x08 => {
            let kind = reader.octet()? & 0x03;
            message.step = Step::Register { periodic: kind == 1 };
            area(&mut message.named, reader.take(AREA)?);
            reader.octet()?; // classmark 1
            mobile(message, reader)?;
            optional(message, reader)
        }
        0x19 => mobile(message, reader),
        0x1a => {
            area(&mut message.named, reader.take(AREA)?);
            mobile(message, reader)
        }
        0x24 | 0x28 => {
            let kind = reader.octet()? & 0x0f;
            if code == 0x24 {
                // §10.5.3.3
                message.step = Step::ServiceRequest(match kind {
                    1 => Service::Call,
                    2 => Service::EmergencyCall,
                    4 => Service::ShortMessage,
                    8 => Service::SupplementaryService,
                    _ => Service::Other,
                });
            }
            reader.sized()?; // classmark 2
            mobile(message, reader)?;
            optional(message, reader)
        }
        _ => Ok(()),
    }
}

/// The mobile identity, location area and networks among the optional elements.
fn optional(message: &mut Layer3<'_>, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
    while let Some((identifier, value)) = reader.element(fixed)? {
        match identifier {
            0x17 => identity(&mut message.named, reader, value)?,
            0x13 => area(&mut message.named, value),
            _ => {}
        }
    }
    Ok(())
}

/// The mobile identity that must be there.
fn mobile(message: &mut Layer3<'_>, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
    let value = reader.sized()?;
    identity(&mut message.named, reader, value)
}
