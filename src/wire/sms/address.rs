//! Address fields (TS 23.040 §9.1.2.5).
//!
//! ```text
//! +-----------------------+---+---------+------------+------------------------+
//! | useful semi-octets    | 1 | type    | plan       | digits, or septets     |
//! +-----------------------+---+---------+------------+------------------------+
//! ```

use super::text::{self, Septets};
use crate::identity::{LongDigits, Nature, Number};
use arrayvec::ArrayString;
use std::fmt;

/// Type of number 5: the value is text in the 7-bit alphabet.
const ALPHANUMERIC: u8 = 5;

/// Who sends or is sent to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TpAddress {
    /// A number, or a short code.
    Number(Number),
    /// A name, as applications send.
    Text(ArrayString<{ Self::LONGEST }>),
}

impl TpAddress {
    /// The longest name in octets of UTF-8: 11 characters of at most three octets.
    pub const LONGEST: usize = 33;

    /// From the count of useful semi-octets, the type of address and the value.
    pub(super) fn parse(digits: u8, kind: u8, value: &[u8]) -> Option<Self> {
        let digits = usize::from(digits);
        if (kind >> 4) & 0x07 == ALPHANUMERIC {
            let septets = digits.saturating_mul(4).checked_div(7)?;
            let mut name = ArrayString::new();
            let mut buffer = [0u8; Self::LONGEST];
            let septets = Septets::new(value, 0, septets);
            let characters = text::gsm_characters(septets);
            let text = text::write(characters, &mut buffer);
            name.try_push_str(text).ok()?;
            return Some(Self::Text(name));
        }
        let nature = match (kind >> 4) & 0x07 {
            1 => Nature::International,
            2 => Nature::National,
            3 => Nature::NetworkSpecific,
            4 => Nature::Subscriber,
            _ => Nature::Unknown,
        };
        let number = LongDigits::from_tbcd(value)?.prefix(digits);
        Some(Self::Number(Number::new(number, nature)))
    }

    /// The number, where it is one.
    pub fn number(&self) -> Option<Number> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Text(_) => None,
        }
    }
}

impl fmt::Display for TpAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => fmt::Display::fmt(number, f),
            Self::Text(name) => f.pad(name),
        }
    }
}
