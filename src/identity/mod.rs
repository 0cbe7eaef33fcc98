//! Who, with what, where: the identities of the mobile network as small copyable values.
//!
//! Every identity is packed digits ([`Digits`]) or a few integers; none allocates. `Display` writes what people
//! write; `FromStr` reads it back.

#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)]

mod cell;
mod digits;
mod guti;
mod names;
mod number;
mod point_code;

pub use cell::{CellId, CellKind, PlaceKey, Plmn};
pub use digits::{Digits, LongDigits};
pub use guti::{Guti, GutiKind};
pub use names::{Name, Names};
pub use number::{Nature, Number};
pub use point_code::{PointCode, PointCodeForm};

use crate::text::{Text, displayed};
use std::fmt;
use std::str::FromStr;

/// A text is not the identity that it should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not {what}")]
pub struct ParseIdentityError {
    /// What was expected.
    pub what: &'static str,
}

macro_rules! digit_identity {
    ($(#[$doc:meta])* $name:ident, $what:literal, $len:expr) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(Digits);

        impl $name {
            /// From digits; `None` where they are not decimal or their count cannot be right.
            pub fn new(digits: Digits) -> Option<Self> {
                ($len.contains(&digits.len()) && digits.is_decimal()).then_some(Self(digits))
            }
            /// From TBCD octets as they stand on the wire.
            pub fn from_tbcd(octets: &[u8]) -> Option<Self> {
                Self::new(Digits::from_tbcd(octets)?)
            }
            /// From ASCII digits.
            pub fn from_ascii(text: &[u8]) -> Option<Self> {
                Self::new(Digits::from_ascii(text)?)
            }
            /// The digits.
            pub fn digits(self) -> Digits {
                self.0
            }
            /// The packed form, for tables.
            pub fn to_bits(self) -> u64 {
                self.0.to_bits()
            }
            /// From the packed form.
            pub fn from_bits(bits: u64) -> Option<Self> {
                Self::new(Digits::from_bits(bits))
            }
        }
        impl Text for $name {
            fn is_plain(&self) -> bool {
                true
            }

            fn append(&self, to: &mut Vec<u8>) {
                self.0.append(to);
            }
        }
        displayed!($name);
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!($what, " {}"), self.0)
            }
        }
        impl FromStr for $name {
            type Err = ParseIdentityError;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::from_ascii(text.as_bytes()).ok_or(ParseIdentityError { what: concat!("an ", $what) })
            }
        }
    };
}

digit_identity!(
    /// International mobile subscriber identity: MCC, MNC, MSIN (TS 23.003 §2.2). 5 to 15 digits are let through:
    /// test networks are not strict.
    Imsi, "IMSI", (5..=15)
);
digit_identity!(
    /// The subscriber's number in international form (TS 23.003 §3.3): country code first, no prefix.
    Msisdn, "MSISDN", (3..=15)
);
digit_identity!(
    /// Equipment identity (TS 23.003 §6.2): 14 digits (TAC and serial), 15 (IMEI) or 16 (IMEISV), as the interface
    /// showed it. Two of them are the same device when [`Imei::device`] is equal.
    Imei, "IMEI", (14..=16)
);
digit_identity!(
    /// Type allocation code: the first eight digits of an IMEI; one model of device.
    Tac, "TAC", (8..=8)
);

impl Imsi {
    /// The mobile country code.
    pub fn mcc(self) -> u16 {
        self.0.prefix(3).value().unwrap_or(0) as u16
    }
}

impl Imei {
    /// TAC and serial number: what IMEI and IMEISV of one device have in common.
    pub fn device(self) -> Digits {
        self.0.prefix(14)
    }
    /// The type allocation code.
    pub fn tac(self) -> Tac {
        Tac(self.0.prefix(8))
    }
    /// The six-digit serial number within the TAC.
    pub fn serial(self) -> u32 {
        self.0.skip(8).prefix(6).value().unwrap_or(0) as u32
    }
    /// True for an IMEI of 15 digits whose last is the Luhn check digit of the others (TS 23.003 annex B). On many
    /// interfaces that digit is transmitted as zero instead.
    pub fn luhn_ok(self) -> bool {
        if self.0.len() != 15 {
            return false;
        }
        let sum: u32 = self.0.iter().enumerate().fold(0, |sum, (index, digit)| {
            let digit = u32::from(digit);
            let doubled = digit.wrapping_mul(2);
            let term = if index % 2 == 1 { (doubled / 10).wrapping_add(doubled % 10) } else { digit };
            sum.wrapping_add(term)
        });
        sum.is_multiple_of(10)
    }
    /// True when it holds 16 digits, the last two a software version.
    pub fn is_imeisv(self) -> bool {
        self.0.len() == 16
    }
    /// True for the all-zero identity that some devices send.
    pub fn is_zero(self) -> bool {
        // fourteen zeros, then fillers
        self.device().to_bits() == 0xff
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imei_parts() {
        let imei: Imei = "356938035643809".parse().unwrap();
        assert_eq!(imei.tac().to_string(), "35693803");
        assert_eq!(imei.serial(), 564_380);
        assert!(imei.luhn_ok());
        let imeisv: Imei = "3569380356438001".parse().unwrap();
        assert_eq!(imei.device(), imeisv.device());
        assert!(imeisv.is_imeisv() && !imeisv.luhn_ok());
        assert!(!"356938035643808".parse::<Imei>().unwrap().luhn_ok());
    }

    #[test]
    fn identities_refuse_what_they_are_not() {
        assert!("00101123456789012".parse::<Imsi>().is_err());
        assert!("0010a".parse::<Imsi>().is_err());
        assert!("12".parse::<Msisdn>().is_err());
        assert_eq!("001011234567890".parse::<Imsi>().unwrap().mcc(), 1);
    }
}
