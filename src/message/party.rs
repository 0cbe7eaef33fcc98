//! The two ends of a message.

use crate::identity::{LongDigits, PointCode};
use crate::text::{Text, displayed, octet};
use std::net::IpAddr;

/// One end of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Party<'a> {
    /// Not told.
    None,
    /// An SCCP address.
    Sccp {
        /// Global title.
        title: Option<LongDigits>,
        /// Point code (of the address, else of the routing label).
        point_code: Option<PointCode>,
        /// Subsystem number.
        ssn: Option<u8>,
    },
    /// A host or URI.
    Text(&'a [u8]),
    /// An address of the network layer.
    Address(IpAddr),
}

impl Text for Party<'_> {
    fn is_plain(&self) -> bool {
        !matches!(self, Self::Text(_))
    }

    fn append(&self, to: &mut Vec<u8>) {
        match self {
            Self::None => {}
            Self::Sccp { title, point_code, ssn } => {
                if let Some(title) = title {
                    title.append(to);
                }
                if let Some(point_code) = point_code {
                    if title.is_some() {
                        to.push(b' ');
                    }
                    to.extend_from_slice(b"pc=");
                    point_code.append(to);
                }
                if let Some(ssn) = ssn {
                    if title.is_some() || point_code.is_some() {
                        to.push(b' ');
                    }
                    to.extend_from_slice(b"ssn=");
                    octet(to, *ssn);
                }
            }
            Self::Text(text) => Shown(text).append(to),
            Self::Address(address) => address.append(to),
        }
    }
}

/// Octets as text: what is not printable ASCII or UTF-8 is replaced.
pub struct Shown<'a>(pub &'a [u8]);

impl Text for Shown<'_> {
    fn append(&self, to: &mut Vec<u8>) {
        // Nearly all that comes here; without leaving at the first it is done many octets at once.
        if self.0.iter().fold(true, |all, octet| all & matches!(octet, b' '..=b'~')) {
            to.extend_from_slice(self.0);
            return;
        }
        for chunk in self.0.utf8_chunks() {
            for character in chunk.valid().chars() {
                let shown = if character.is_control() { '\u{fffd}' } else { character };
                shown.encode_utf8(&mut [0; 4]).append(to);
            }
            if !chunk.invalid().is_empty() {
                "\u{fffd}".append(to);
            }
        }
    }
}

displayed!(Party<'_>, Shown<'_>);
