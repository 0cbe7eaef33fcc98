//! Numbers as they are dialled and shown: digits with their nature of address.

use super::{LongDigits, Msisdn};
use crate::text::{Text, displayed};
use std::fmt;

/// Nature of address, reduced to what changes the meaning of the digits (Q.713 §3.4.2.3.1, TS 29.002
/// AddressString, Q.763 §3.9).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Nature {
    /// Not said, or a nature of no further meaning here.
    #[default]
    Unknown,
    /// Country code first.
    International,
    /// National significant number.
    National,
    /// Subscriber number, without area code.
    Subscriber,
    /// Network specific, short code.
    NetworkSpecific,
}

/// A number with its nature. Equality is on the digits and the nature.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Number {
    /// The digits as they were sent (`*`, `#`, a-c possible).
    pub digits: LongDigits,
    /// How they are to be read.
    pub nature: Nature,
}

impl Number {
    /// A number with the given nature.
    pub fn new(digits: LongDigits, nature: Nature) -> Self {
        Self { digits, nature }
    }

    /// From text: `+86138...` is international; visual separators (RFC 3966 `-.()`) are dropped.
    pub fn from_text(text: &[u8]) -> Option<Self> {
        let (nature, rest) = match text.split_first() {
            Some((b'+', rest)) => (Nature::International, rest),
            _ => (Nature::Unknown, text),
        };
        let mut digits = LongDigits::EMPTY;
        for &byte in rest {
            if matches!(byte, b'-' | b'.' | b'(' | b')') {
                continue;
            }
            digits = digits.push(LongDigits::from_ascii(&[byte])?.digit(0)?)?;
        }
        (!digits.is_empty()).then_some(Self { digits, nature })
    }

    /// The international number, where the nature (or a dialled `00`) tells that it is one.
    pub fn international(self) -> Option<Msisdn> {
        let digits = match self.nature {
            Nature::International => self.digits,
            Nature::Unknown if self.digits.digit(0) == Some(0) && self.digits.digit(1) == Some(0) => {
                self.digits.skip(2)
            }
            _ => return None,
        };
        Msisdn::new(digits.short()?)
    }
}

impl From<Msisdn> for Number {
    fn from(msisdn: Msisdn) -> Self {
        Self { digits: msisdn.digits().into(), nature: Nature::International }
    }
}

impl Text for Number {
    fn is_plain(&self) -> bool {
        true
    }

    fn append(&self, to: &mut Vec<u8>) {
        self.digits.append(to);
    }
}

displayed!(Number);

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({:?})", self.digits, self.nature)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_forms() {
        let number = Number::from_text(b"+1-555-0100").unwrap();
        assert_eq!(number.international().unwrap().to_string(), "15550100");
        let dialled = Number::from_text(b"0015550100").unwrap();
        assert_eq!(dialled.international().unwrap().to_string(), "15550100");
        assert_eq!(Number::from_text(b"5550100").unwrap().international(), None);
        assert_eq!(Number::from_text(b"alice"), None);
        assert_eq!(Number::from_text(b"+"), None);
    }
}
