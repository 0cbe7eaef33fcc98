//! Call control (TS 24.008 §9.3).

use super::Reader;
use crate::wire::layer3::{Layer3, Step};
use crate::wire::ss7::number::{called_party_bcd, presented_bcd};
use crate::wire::{DecodeError, Identity};

/// Elements (§10.5.4).
const CAUSE: u8 = 0x08;
const SIGNAL: u8 = 0x34;
const CONNECTED_NUMBER: u8 = 0x4c;
const CALLING_PARTY: u8 = 0x5c;
const CALLED_PARTY: u8 = 0x5e;
const REDIRECTING_PARTY: u8 = 0x74;

/// A cause value (§10.5.4.11): in octet 4, or octet 3 with its extension before it.
fn cause(octets: &[u8]) -> Option<u8> {
    match octets {
        [first, value, ..] if first & 0x80 != 0 => Some(value & 0x7f),
        [_, _, value, ..] => Some(value & 0x7f),
        _ => None,
    }
}

pub(super) fn read<'a>(
    message: &mut Layer3<'a>,
    code: u8,
    reader: &mut Reader<'a>,
    uplink: Option<bool>,
) -> Result<(), DecodeError> {
    message.step = match code {
        0x01 => Step::Alerting,
        0x05 | 0x0e => Step::Setup,
        0x07 => Step::Connect,
        0x25 => Step::Disconnect,
        0x2a | 0x2d => Step::Release,
        _ => Step::Other,
    };
    match code {
        // DISCONNECT, RETRIEVE REJECT and their like begin with the cause.
        0x25 | 0x13 | 0x1a | 0x1e | 0x37 | 0x3d => {
            message.cause = cause(reader.sized()?);
            if code != 0x25 {
                return Ok(());
            }
        }
        0x01..=0x03 | 0x05 | 0x07 | 0x08 | 0x0e | 0x2a | 0x2d => {
            // PROGRESS begins with its indicator.
            if code == 0x03 {
                reader.sized()?;
            }
        }
        _ => return Ok(()),
    }
    while let Some((identifier, value)) = reader.element(|identifier| (identifier == SIGNAL).then_some(1))? {
        let named = &mut message.named;
        match identifier {
            CAUSE => message.cause = message.cause.or(cause(value)),
            CALLING_PARTY => {
                if let Some(number) = presented_bcd(value) {
                    named.calling(number);
                }
            }
            CALLED_PARTY => {
                if let Some(number) = called_party_bcd(value) {
                    named.called(number);
                }
            }
            // To the mobile: who was reached. From it: its own number.
            CONNECTED_NUMBER => match presented_bcd(value) {
                Some(number) if uplink == Some(true) => named.own_number(number),
                Some(number) => named.called(number),
                None => {}
            },
            REDIRECTING_PARTY => {
                if let Some(number) = presented_bcd(value) {
                    named.further(Identity::Called(number));
                }
            }
            _ => {}
        }
    }
    Ok(())
}
