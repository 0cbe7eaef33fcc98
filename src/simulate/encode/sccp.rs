//! SCCP (Q.713) connectionless: UDT, and XUDT in segments where the data do not fit.

use super::digits::tbcd;
use crate::identity::Msisdn;

/// One side of a dialogue: routed on global title, with its subsystem.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Address {
    /// E.164 global title.
    pub title: Msisdn,
    /// Subsystem number.
    pub subsystem: u8,
}

impl Address {
    /// Q.713 §3.4: indicator (SSN, GT of type 4, routing on GT), SSN, translation type, plan, nature, digits.
    fn octets(self) -> Vec<u8> {
        let scheme = if self.title.digits().len() % 2 == 1 { 1 } else { 2 };
        let mut digits = tbcd(self.title.digits());
        if let (1, Some(last)) = (scheme, digits.last_mut()) {
            *last &= 0x0f; // Q.713 §3.4.2.3.1: an odd count is filled with 0
        }
        let mut octets = vec![0x12, self.subsystem, 0x00, 0x10 | scheme, 0x04];
        octets.append(&mut digits);
        octets
    }
}

/// The most data octets that a UDT takes here: its length field has one octet, its parts share 272 octets of MTP.
const UDT_MOST: usize = 210;

/// The messages that carry `data`: one UDT, or XUDT segments of about equal size with the local reference.
pub fn connectionless(called: Address, calling: Address, data: &[u8], reference: u32, split: bool) -> Vec<Vec<u8>> {
    let (called, calling) = (called.octets(), calling.octets());
    if data.len() <= UDT_MOST && !split {
        return vec![udt(&called, &calling, data)];
    }
    let count = data.len().div_ceil(UDT_MOST).max(2);
    let size = data.len().div_ceil(count).max(1);
    let pieces: Vec<&[u8]> = data.chunks(size).collect();
    let last = pieces.len().saturating_sub(1);
    pieces
        .iter()
        .enumerate()
        .map(|(index, piece)| xudt(&called, &calling, piece, index == 0, last - index, reference))
        .collect()
}

/// Q.713 §4.10. Class 0, return on error.
fn udt(called: &[u8], calling: &[u8], data: &[u8]) -> Vec<u8> {
    let called_at = 3;
    let calling_at = called_at + called.len();
    let data_at = calling_at + calling.len();
    let mut message = vec![0x09, 0x80, called_at as u8, calling_at as u8, data_at as u8];
    for part in [called, calling, data] {
        message.push(part.len() as u8);
        message.extend_from_slice(part);
    }
    message
}

/// Q.713 §4.18, with the segmentation parameter of §3.17. Class 1: segments keep their order.
fn xudt(called: &[u8], calling: &[u8], data: &[u8], first: bool, remaining: usize, reference: u32) -> Vec<u8> {
    let called_at = 4;
    let calling_at = called_at + called.len();
    let data_at = calling_at + calling.len();
    let optional_at = data_at + data.len();
    let mut message = vec![
        0x11,
        0x81,
        0x0f, // hop counter
        called_at as u8,
        calling_at as u8,
        data_at as u8,
        optional_at as u8,
    ];
    for part in [called, calling, data] {
        message.push(part.len() as u8);
        message.extend_from_slice(part);
    }
    let [_, a, b, c] = reference.to_be_bytes();
    let head = u8::from(first) << 7 | 0x40 | (remaining as u8 & 0x0f);
    message.extend([0x10, 4, head, a, b, c, 0x00]);
    message
}
