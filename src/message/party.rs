//! The two ends of a message.

use crate::identity::{LongDigits, PointCode};
use std::fmt;
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

impl fmt::Display for Party<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => Ok(()),
            Self::Sccp { title, point_code, ssn } => {
                let mut space = "";
                if let Some(title) = title {
                    write!(f, "{title}")?;
                    space = " ";
                }
                if let Some(point_code) = point_code {
                    write!(f, "{space}pc={point_code}")?;
                    space = " ";
                }
                if let Some(ssn) = ssn {
                    write!(f, "{space}ssn={ssn}")?;
                }
                Ok(())
            }
            Self::Text(text) => Shown(text).fmt(f),
            Self::Address(address) => write!(f, "{address}"),
        }
    }
}

/// Octets as text: what is not printable ASCII or UTF-8 is replaced.
pub struct Shown<'a>(pub &'a [u8]);

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Nearly all that comes here.
        if self.0.iter().all(|octet| matches!(octet, b' '..=b'~'))
            && let Ok(text) = std::str::from_utf8(self.0)
        {
            return f.write_str(text);
        }
        for chunk in self.0.utf8_chunks() {
            for character in chunk.valid().chars() {
                let shown = if character.is_control() { '\u{fffd}' } else { character };
                fmt::Write::write_char(f, shown)?;
            }
            if !chunk.invalid().is_empty() {
                f.write_str("\u{fffd}")?;
            }
        }
        Ok(())
    }
}
