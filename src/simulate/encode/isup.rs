//! ISUP (Q.763): the messages of a call.

use super::digits::{isup_called, isup_calling};
use crate::identity::Msisdn;

fn head(circuit: u16, kind: u8) -> Vec<u8> {
    let [low, high] = (circuit & 0x0fff).to_le_bytes();
    vec![low, high, kind]
}

fn sized(value: &[u8]) -> Vec<u8> {
    [&[value.len() as u8], value].concat()
}

/// Initial address (§4, table 32): speech, with the calling number.
pub fn initial_address(circuit: u16, called: Msisdn, calling: Msisdn) -> Vec<u8> {
    let mut message = head(circuit, 0x01);
    // No satellite, no continuity check; national, ISUP all the way, access of ISDN; ordinary; speech.
    message.extend([0x00, 0x60, 0x01, 0x0a, 0x00]);
    let called = sized(&isup_called(called));
    message.extend([0x02, called.len() as u8 + 1]);
    message.extend(called);
    message.push(0x0a); // calling party number
    message.extend(sized(&isup_calling(calling)));
    message.extend([0x1d, 0x03, 0x80, 0x90, 0xa3]); // user service information
    message.extend([0x3d, 0x01, 0x1f]); // hop counter
    message.push(0x00);
    message
}

/// Address complete (table 21): charge; `free`: the subscriber is free, else nothing is said.
pub fn address_complete(circuit: u16, free: bool) -> Vec<u8> {
    let mut message = head(circuit, 0x06);
    message.extend([if free { 0x16 } else { 0x12 }, 0x14, 0x01, 0x29, 0x01, 0x01, 0x00]);
    message
}

/// Call progress (table 23): alerting.
pub fn progress(circuit: u16) -> Vec<u8> {
    [head(circuit, 0x2c).as_slice(), &[0x01, 0x00]].concat()
}

/// Answer (table 22).
pub fn answer(circuit: u16) -> Vec<u8> {
    [head(circuit, 0x09).as_slice(), &[0x00]].concat()
}

/// Release (table 33) with a cause of Q.850; location: network serving the remote user.
pub fn release(circuit: u16, cause: u8) -> Vec<u8> {
    [head(circuit, 0x0c).as_slice(), &[0x02, 0x00, 0x02, 0x84, 0x80 | cause]].concat()
}

/// Release complete (table 34).
pub fn release_complete(circuit: u16) -> Vec<u8> {
    [head(circuit, 0x10).as_slice(), &[0x00]].concat()
}
