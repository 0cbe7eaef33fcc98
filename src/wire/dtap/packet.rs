//! Mobility and sessions of the packet domain (TS 24.008 §9.4, §9.5).

use super::{Reader, area, identity};
use crate::wire::DecodeError;
use crate::wire::layer3::{Layer3, Service, Step};

/// Octets of a routing area identification.
const AREA: usize = 6;

/// Optional elements of fixed length (tables 9.4.1 to 9.4.23): timers and causes; DRX parameter; signature; RES; RAND.
fn fixed(identifier: u8) -> Option<usize> {
    Some(match identifier {
        0x17 | 0x25 => 1,
        0x27 => 2,
        0x19 => 3,
        0x22 => 4,
        0x21 => 16,
        _ => return None,
    })
}

pub(super) fn mobility<'a>(
    message: &mut Layer3<'a>,
    code: u8,
    reader: &mut Reader<'a>,
    uplink: Option<bool>,
) -> Result<(), DecodeError> {
    message.step = match code {
        0x01 | 0x08 => Step::Register { periodic: false },
        0x02 | 0x09 => Step::Registered,
        0x03 | 0x0a => Step::RegistrationComplete,
        0x04 | 0x0b => Step::RegistrationRejected,
        0x05 => Step::Deregister,
        0x0c => Step::ServiceRequest(Service::Data),
        0x0d => Step::ServiceAccepted,
        0x0e => Step::ServiceRejected,
        0x10 => Step::Reallocation,
        0x11 => Step::ReallocationComplete,
        0x12 => Step::AuthenticationRequest,
        0x13 => Step::AuthenticationResponse,
        0x14 => Step::AuthenticationRejected,
        0x15 => Step::IdentityRequest,
        0x16 => Step::IdentityResponse,
        0x1c => Step::AuthenticationFailure,
        _ => Step::Other,
    };
    match code {
        0x01 => {
            reader.sized()?; // network capability
            reader.take(3)?; // attach type, DRX parameter
            mobile(message, reader)?;
            area(&mut message.named, reader.take(AREA)?);
            reader.sized()?; // radio access capability
        }
        0x02 => {
            reader.take(3)?; // result, timer, priority
            area(&mut message.named, reader.take(AREA)?);
        }
        0x04 | 0x0b | 0x0e | 0x1c | 0x20 => {
            message.cause = Some(reader.octet()?);
        }
        0x05 => {
            reader.octet()?;
            // Only the mobile adds its P-TMSI and the signature, which has a length here.
            if uplink == Some(false) {
                return optional(message, reader);
            }
            while let Some((identifier, value)) = reader.element(|identifier| (identifier == 0x25).then_some(1))? {
                if identifier == 0x18 {
                    identity(&mut message.named, reader, value)?;
                }
            }
            return Ok(());
        }
        0x08 => {
            let kind = reader.octet()? & 0x07;
            message.step = Step::Register { periodic: kind == 3 };
            area(&mut message.named, reader.take(AREA)?);
            reader.sized()?; // radio access capability
        }
        0x09 => {
            reader.take(2)?; // result, timer
            area(&mut message.named, reader.take(AREA)?);
        }
        0x0c => {
            reader.octet()?;
            mobile(message, reader)?;
        }
        0x10 => {
            mobile(message, reader)?;
            area(&mut message.named, reader.take(AREA)?);
            reader.octet()?;
        }
        0x12 => {
            reader.take(2)?;
        }
        0x13 => {
            reader.octet()?;
        }
        0x16 => return mobile(message, reader),
        _ => return Ok(()),
    }
    optional(message, reader)
}

/// The mobile identity that must be there.
fn mobile(message: &mut Layer3<'_>, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
    let value = reader.sized()?;
    identity(&mut message.named, reader, value)
}

/// P-TMSI, and the identity of the circuit domain or of the device.
fn optional(message: &mut Layer3<'_>, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
    while let Some((identifier, value)) = reader.element(fixed)? {
        if matches!(identifier, 0x18 | 0x23) {
            identity(&mut message.named, reader, value)?;
        }
    }
    Ok(())
}

pub(super) fn session<'a>(message: &mut Layer3<'a>, code: u8, reader: &mut Reader<'a>) -> Result<(), DecodeError> {
    message.step = match code {
        0x41 | 0x4d => Step::SessionRequest,
        0x42 | 0x4e => Step::SessionAccepted,
        0x43 | 0x4f => Step::SessionRejected,
        0x46 => Step::SessionEnd,
        _ => Step::Other,
    };
    if matches!(code, 0x43 | 0x45 | 0x46 | 0x4c | 0x4f | 0x55 | 0x58) {
        message.cause = Some(reader.octet()?);
    }
    Ok(())
}
