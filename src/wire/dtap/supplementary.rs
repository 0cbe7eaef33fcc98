//! Supplementary services (TS 24.080 §2, §3.6): the operation in the facility.

use super::Reader;
use super::reader::LAYER;
use crate::wire::DecodeError;
use crate::wire::asn1::{Class, Elements};
use crate::wire::layer3::{Layer3, Step};

const CAUSE: u8 = 0x08;
const FACILITY: u8 = 0x1c;

const FACILITY_MESSAGE: u8 = 0x3a;
const RELEASE_COMPLETE: u8 = 0x2a;

pub(super) fn read<'a>(message: &mut Layer3<'a>, code: u8, reader: &mut Reader<'a>) -> Result<(), DecodeError> {
    message.step = match code {
        RELEASE_COMPLETE => Step::SupplementaryServiceEnd,
        FACILITY_MESSAGE => Step::Other,
        _ => Step::SupplementaryService,
    };
    if code == FACILITY_MESSAGE {
        return facility(message, reader.sized()?);
    }
    while let Some((identifier, value)) = reader.element(|_| None)? {
        match identifier {
            FACILITY => facility(message, value)?,
            CAUSE => message.cause = value.get(1).map(|cause| cause & 0x7f),
            _ => {}
        }
    }
    Ok(())
}

/// The first component: invoke and result with an operation, error with a code (§3.6.1).
fn facility(message: &mut Layer3<'_>, octets: &[u8]) -> Result<(), DecodeError> {
    for component in Elements::new(octets, LAYER) {
        let component = component?;
        if component.class != Class::Context {
            continue;
        }
        match component.number {
            // Invoke: invoke id, linked id, operation code.
            1 => {
                let mut integers = component.children().flatten().filter(|child| child.tag() == (Class::Universal, 2));
                integers.next();
                message.operation = integers.next().and_then(|code| code.integer().ok());
            }
            // Return error: invoke id, error code.
            3 => {
                let mut integers = component.children().flatten().filter(|child| child.tag() == (Class::Universal, 2));
                integers.next();
                let code = integers.next().and_then(|code| code.integer().ok());
                message.cause = code.and_then(|code| u8::try_from(code).ok()).or(Some(0));
            }
            4 => message.cause = Some(0),
            _ => {}
        }
        return Ok(());
    }
    Ok(())
}
