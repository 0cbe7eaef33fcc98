//! Decimal digits packed four bits each, the first digit in the highest bits, unused places filled with `0xF`.
//!
//! Identities of the mobile network are digit strings with meaningful leading zeros. Packed like this they are
//! plain integers: copied, compared and hashed without an allocation. [`Digits`] holds 16 of them (IMSI, IMEI,
//! MSISDN), [`LongDigits`] 32 (dialled numbers).
//!
//! Beside 0-9 a place may hold `*`, `#`, `a`, `b`, `c` (values 10 to 14 of TS 29.002 TBCD-STRING, TS 24.008 table
//! 10.5.118).

use crate::text::{Text, displayed, spread};
use std::fmt;

const CHARS: &[u8; 16] = b"0123456789*#abc?";

fn nibble_of(ascii: u8) -> Option<u8> {
    Some(match ascii {
        b'0'..=b'9' => ascii.wrapping_sub(b'0'),
        b'*' => 10,
        b'#' => 11,
        b'a' => 12,
        b'b' => 13,
        b'c' => 14,
        _ => return None,
    })
}

/// Four octets as eight digits in ASCII, all at once; what is above 9 becomes some other character.
fn eight_decimals(packed: [u8; 4]) -> [u8; 8] {
    (spread(u32::from_be_bytes(packed)) | 0x3030_3030_3030_3030).to_be_bytes()
}

macro_rules! packed_digits {
    ($(#[$doc:meta])* $name:ident, $int:ty, $capacity:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name($int);

        impl $name {
            /// How many digits fit.
            pub const CAPACITY: usize = $capacity;
            /// No digit at all.
            pub const EMPTY: Self = Self(<$int>::MAX);

            /// From ASCII digits; `None` where another character stands or there are too many.
            pub fn from_ascii(text: &[u8]) -> Option<Self> {
                if text.len() > Self::CAPACITY {
                    return None;
                }
                let mut bits: $int = 0;
                for &byte in text {
                    bits = (bits << 4) | <$int>::from(nibble_of(byte)?);
                }
                Some(Self::aligned(bits, text.len()))
            }

            /// From ASCII digits 0-9 alone; `None` where another character stands or there are too many.
            pub fn from_decimals(text: &[u8]) -> Option<Self> {
                if text.len() > Self::CAPACITY || !text.iter().fold(true, |all, octet| all & octet.is_ascii_digit()) {
                    return None;
                }
                let bits = text.iter().fold(0, |bits: $int, octet| (bits << 4) | <$int>::from(octet & 0x0f));
                Some(Self::aligned(bits, text.len()))
            }

            /// From nibbles in the lowest places, `count` of them.
            fn aligned(bits: $int, count: usize) -> Self {
                let free = Self::CAPACITY.saturating_sub(count) as u32;
                match free.wrapping_mul(4) {
                    0 => Self(bits),
                    <$int>::BITS => Self::EMPTY,
                    shift => Self((bits << shift) | !(<$int>::MAX << shift)),
                }
            }

            /// From TBCD octets (TS 29.002 TBCD-STRING): the low nibble comes first, `0xF` ends the string.
            /// Digits beyond the capacity give `None`.
            pub fn from_tbcd(octets: &[u8]) -> Option<Self> {
                /// The low nibble of each octet.
                const LOW: $int = <$int>::MAX / 17;
                let mut packed = [0xff; $capacity / 2];
                let (fits, rest) = octets.split_at(octets.len().min(packed.len()));
                for (place, octet) in packed.iter_mut().zip(fits) {
                    *place = *octet;
                }
                let bits = <$int>::from_be_bytes(packed);
                let digits = Self::from_bits((bits & LOW) << 4 | (bits >> 4) & LOW);
                let goes_on = digits.len() == Self::CAPACITY && rest.first().is_some_and(|octet| octet & 0x0f != 0x0f);
                (!goes_on).then_some(digits)
            }

            /// With one more digit (0 to 14) at the end; `None` when full or not a digit.
            pub fn push(self, nibble: u8) -> Option<Self> {
                let len = self.len();
                if nibble >= 0x0f || len >= Self::CAPACITY {
                    return None;
                }
                let shift = 4u32.wrapping_mul((Self::CAPACITY.wrapping_sub(1).wrapping_sub(len)) as u32);
                let cleared = self.0 & !((0x0f as $int) << shift);
                Some(Self(cleared | ((nibble as $int) << shift)))
            }

            /// The number of digits.
            pub fn len(self) -> usize {
                Self::CAPACITY.wrapping_sub((!self.0).trailing_zeros() as usize / 4)
            }

            /// True without any digit.
            pub fn is_empty(self) -> bool {
                self.0 == <$int>::MAX
            }

            /// The digit at `index` (0 is the first), as its value.
            pub fn digit(self, index: usize) -> Option<u8> {
                if index >= self.len() {
                    return None;
                }
                let shift = 4u32.wrapping_mul((Self::CAPACITY.wrapping_sub(1).wrapping_sub(index)) as u32);
                Some(((self.0 >> shift) & 0x0f) as u8)
            }

            /// The digits as values, in order.
            pub fn iter(self) -> impl Iterator<Item = u8> {
                (0..self.len()).filter_map(move |index| self.digit(index))
            }

            /// The first `count` digits (all of them when there are fewer).
            pub fn prefix(self, count: usize) -> Self {
                if count >= self.len() {
                    return self;
                }
                if count == 0 {
                    return Self::EMPTY;
                }
                Self(self.0 | (<$int>::MAX >> 4u32.wrapping_mul(count as u32)))
            }

            /// Without the first `count` digits.
            pub fn skip(self, count: usize) -> Self {
                if count >= self.len() {
                    return Self::EMPTY;
                }
                let bits = 4u32.wrapping_mul(count as u32);
                if bits == 0 {
                    return self;
                }
                Self((self.0 << bits) | !(<$int>::MAX << bits))
            }

            /// True when every place holds 0-9.
            pub fn is_decimal(self) -> bool {
                /// The highest bit of each place.
                const HIGHEST: $int = <$int>::MAX / 15 * 8;
                // 10 and more have the highest bit and one of the next two
                let above = self.0 & (self.0 << 1 | self.0 << 2) & HIGHEST;
                // Of the fillers, which stand last, it is the only one that is set in each place.
                let free = (!self.0).trailing_zeros();
                above.checked_shr(free).unwrap_or(0) == 0
            }

            /// The value as an integer, where all digits are decimal and it fits.
            pub fn value(self) -> Option<u64> {
                self.iter().try_fold(0u64, |value, digit| {
                    (digit <= 9).then_some(())?;
                    value.checked_mul(10)?.checked_add(u64::from(digit))
                })
            }

            /// The packed form.
            pub const fn to_bits(self) -> $int {
                self.0
            }

            /// From the packed form that [`Self::to_bits`] gave. A place after a filler is dropped.
            pub fn from_bits(bits: $int) -> Self {
                /// The lowest bit of each place.
                const LOWEST: $int = <$int>::MAX / 15;
                let fillers = bits & (bits >> 1) & (bits >> 2) & (bits >> 3) & LOWEST;
                // without any it is all that fit
                match fillers.leading_zeros() / 4 {
                    0 => Self::EMPTY,
                    count => {
                        let free = (Self::CAPACITY as u32).saturating_sub(count).wrapping_mul(4);
                        Self::aligned(bits >> free, count as usize)
                    }
                }
            }
        }

        impl Text for $name {
            fn is_plain(&self) -> bool {
                true
            }

            fn append(&self, to: &mut Vec<u8>) {
                let len = self.len();
                let end = to.len().saturating_add(len);
                let octets = self.0.to_be_bytes();
                let (fours, _) = octets.as_chunks();
                if self.is_decimal() {
                    let needed = fours.iter().take(len.div_ceil(8));
                    needed.for_each(|four| to.extend_from_slice(&eight_decimals(*four)));
                } else {
                    let nibbles = octets.iter().flat_map(|octet| [octet >> 4, octet & 0x0f]);
                    to.extend(nibbles.map(|nibble| CHARS.get(usize::from(nibble)).copied().unwrap_or(b'?')));
                }
                to.truncate(end);
            }
        }

        displayed!($name);

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = super::ParseIdentityError;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::from_ascii(text.as_bytes()).ok_or(super::ParseIdentityError { what: "digits" })
            }
        }
    };
}

packed_digits!(
    /// Up to 16 digits in a `u64`.
    Digits, u64, 16
);
packed_digits!(
    /// Up to 32 digits in a `u128`.
    LongDigits, u128, 32
);

impl From<Digits> for LongDigits {
    fn from(digits: Digits) -> Self {
        Self((u128::from(digits.to_bits()) << 64) | u128::from(u64::MAX))
    }
}

impl LongDigits {
    /// As a [`Digits`], where they are 16 or fewer.
    pub fn short(self) -> Option<Digits> {
        (self.len() <= Digits::CAPACITY).then(|| Digits::from_bits((self.0 >> 64) as u64))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn tbcd_is_low_nibble_first() {
        // IMSI 001011234567890 as on the wire: 15 digits and a filler.
        let digits = Digits::from_tbcd(&[0x00, 0x01, 0x11, 0x32, 0x54, 0x76, 0x98, 0xf0]).unwrap();
        assert_eq!(digits.to_string(), "001011234567890");
        assert_eq!(digits.len(), 15);
    }

    #[test]
    fn full_and_empty() {
        let full = Digits::from_ascii(b"1234567890123456").unwrap();
        assert_eq!((full.len(), full.push(1)), (16, None));
        assert_eq!(Digits::EMPTY.to_string(), "");
        assert!(Digits::EMPTY.is_empty());
        assert_eq!(Digits::from_ascii(b"12345678901234567"), None);
    }

    proptest! {
        #[test]
        fn text_and_bits_round_trip(text in "[0-9*#abc]{0,16}") {
            let digits = Digits::from_ascii(text.as_bytes()).unwrap();
            prop_assert_eq!(digits.to_string(), text.clone());
            prop_assert_eq!(Digits::from_bits(digits.to_bits()), digits);
            prop_assert_eq!(digits.len(), text.len());
            prop_assert_eq!(LongDigits::from(digits).to_string(), text);
            prop_assert_eq!(LongDigits::from(digits).short(), Some(digits));
        }

        #[test]
        fn any_octets_and_bits(octets in prop::collection::vec(any::<u8>(), 0..10), bits in any::<u64>()) {
            let nibbles = octets.iter().flat_map(|octet| [octet & 0x0f, octet >> 4]);
            let pushed = nibbles.take_while(|nibble| *nibble != 0x0f)
                .try_fold(Digits::EMPTY, |digits, nibble| digits.push(nibble));
            prop_assert_eq!(Digits::from_tbcd(&octets), pushed);
            let nibbles = bits.to_be_bytes().into_iter().flat_map(|octet| [octet >> 4, octet & 0x0f]);
            let pushed = nibbles.take_while(|nibble| *nibble != 0x0f)
                .try_fold(Digits::EMPTY, |digits, nibble| digits.push(nibble)).unwrap();
            prop_assert_eq!(Digits::from_bits(bits), pushed);
            prop_assert_eq!(pushed.is_decimal(), pushed.iter().all(|digit| digit <= 9));
        }

        #[test]
        fn prefix_and_skip_cut_as_on_text(text in "[0-9]{0,32}", at in 0usize..40) {
            let digits = LongDigits::from_ascii(text.as_bytes()).unwrap();
            let at_text = at.min(text.len());
            prop_assert_eq!(digits.prefix(at).to_string(), &text[..at_text]);
            prop_assert_eq!(digits.skip(at).to_string(), &text[at_text..]);
        }
    }
}
