//! Text for records, octet by octet: what is written millions of times goes past the machinery of formatting.
//!
//! A type says once how it is written, in [`Text::append`]; its `Display` follows from that with `displayed!`.

use std::fmt;

/// What can be written at the end of a text.
pub trait Text {
    /// Appends it, in UTF-8.
    fn append(&self, to: &mut Vec<u8>);

    /// True where it is sure to hold letters, digits and marks alone that need no escape in any format.
    fn is_plain(&self) -> bool {
        false
    }
}

impl<T: Text + ?Sized> Text for &T {
    fn append(&self, to: &mut Vec<u8>) {
        (*self).append(to);
    }

    fn is_plain(&self) -> bool {
        (*self).is_plain()
    }
}

impl Text for str {
    fn append(&self, to: &mut Vec<u8>) {
        to.extend_from_slice(self.as_bytes());
    }
}

impl Text for String {
    fn append(&self, to: &mut Vec<u8>) {
        self.as_str().append(to);
    }
}

impl Text for std::net::IpAddr {
    fn append(&self, to: &mut Vec<u8>) {
        match self {
            Self::V4(address) => {
                for (index, octet) in address.octets().into_iter().enumerate() {
                    if index > 0 {
                        to.push(b'.');
                    }
                    self::octet(to, octet);
                }
            }
            // RFC 5952 has its own rules.
            Self::V6(address) => to.extend_from_slice(address.to_string().as_bytes()),
        }
    }
}

impl Text for u64 {
    fn append(&self, to: &mut Vec<u8>) {
        decimal(to, *self);
    }

    fn is_plain(&self) -> bool {
        true
    }
}

/// Several, with a space between.
#[derive(Debug, Clone, Copy)]
pub struct Spaced<'a, T>(pub &'a [T]);

impl<T: Text> Text for Spaced<'_, T> {
    fn append(&self, to: &mut Vec<u8>) {
        for (index, text) in self.0.iter().enumerate() {
            if index > 0 {
                to.push(b' ');
            }
            text.append(to);
        }
    }

    fn is_plain(&self) -> bool {
        self.0.iter().all(Text::is_plain)
    }
}

/// 32 bits in eight hexadecimal digits.
#[derive(Debug, Clone, Copy)]
pub struct Hex32(pub u32);

impl Text for Hex32 {
    fn append(&self, to: &mut Vec<u8>) {
        hexadecimal::<8>(to, u64::from(self.0));
    }

    fn is_plain(&self) -> bool {
        true
    }
}

/// Appends a whole number.
pub fn decimal(to: &mut Vec<u8>, number: impl itoa::Integer) {
    to.extend_from_slice(itoa::Buffer::new().format(number).as_bytes());
}

/// The numbers of one octet in digits, and how many digits each has.
const OCTETS: [([u8; 4], u8); 256] = {
    let mut octets = [([0; 4], 1); 256];
    let (mut rest, mut number) = (octets.as_mut_slice(), 0u8);
    while let [place, after @ ..] = rest {
        let [hundreds, tens, ones] = [number / 100 + b'0', number / 10 % 10 + b'0', number % 10 + b'0'];
        *place = match number {
            0..=9 => ([ones, 0, 0, 0], 1),
            10..=99 => ([tens, ones, 0, 0], 2),
            100.. => ([hundreds, tens, ones, 0], 3),
        };
        number = number.wrapping_add(1);
        rest = after;
    }
    octets
};

/// Appends a whole number of one octet.
pub fn octet(to: &mut Vec<u8>, number: u8) {
    let Some((digits, len)) = OCTETS.get(usize::from(number)) else { return };
    let end = to.len().saturating_add(usize::from(*len));
    to.extend_from_slice(digits);
    to.truncate(end);
}

/// Eight times four bits, each in an octet of its own.
#[inline]
pub(crate) fn spread(number: u32) -> u64 {
    let mut places = u64::from(number);
    places = (places | places << 16) & 0x0000_ffff_0000_ffff;
    places = (places | places << 8) & 0x00ff_00ff_00ff_00ff;
    places = (places | places << 4) & 0x0f0f_0f0f_0f0f_0f0f;
    places
}

/// 32 bits as eight hexadecimal digits, all at once.
fn eight_hexadecimals(number: u32) -> [u8; 8] {
    const EACH: u64 = 0x0101_0101_0101_0101;
    let places = spread(number);
    // Six more than ten is carried into the next four bits.
    let letters = (places.wrapping_add(EACH * 6) >> 4) & EACH;
    let digits = places.wrapping_add(EACH * u64::from(b'0'));
    digits.wrapping_add(letters.wrapping_mul(u64::from(b'a' - b'0' - 10))).to_be_bytes()
}

/// Appends the last `DIGITS` hexadecimal digits of a number, in lower case.
pub fn hexadecimal<const DIGITS: usize>(to: &mut Vec<u8>, number: u64) {
    const { assert!(DIGITS <= 16, "64 bits have sixteen digits") };
    let [high, low] = [(number >> 32) as u32, number as u32].map(eight_hexadecimals);
    let mut text = [0; 16];
    let places = text.iter_mut().zip(high.into_iter().chain(low));
    places.for_each(|(place, digit)| *place = digit);
    to.extend_from_slice(text.last_chunk::<DIGITS>().unwrap_or(&[0; DIGITS]));
}

/// Appends a number with at least `least` digits, the first ones zero where it is small.
pub fn padded(to: &mut Vec<u8>, number: u64, least: usize) {
    let mut buffer = itoa::Buffer::new();
    let digits = buffer.format(number).as_bytes();
    for _ in digits.len()..least {
        to.push(b'0');
    }
    to.extend_from_slice(digits);
}

/// For `Display`: writes as [`Text`] does, padded as the format asks.
pub fn display(text: &dyn Text, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut written = Vec::with_capacity(48);
    text.append(&mut written);
    f.pad(&String::from_utf8_lossy(&written))
}

/// `Display` of types that are [`Text`].
macro_rules! displayed {
    ($($name:ident $(<$life:lifetime>)?),*) => {
        $(impl std::fmt::Display for $name $(<$life>)? {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                $crate::text::display(self, f)
            }
        })*
    };
}
pub(crate) use displayed;

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn text(write: impl FnOnce(&mut Vec<u8>)) -> String {
        let mut to = Vec::new();
        write(&mut to);
        String::from_utf8(to).unwrap()
    }

    proptest! {
        #[test]
        fn as_the_standard_library_writes(number in any::<u32>(), wide in any::<u64>(), ip: std::net::IpAddr) {
            prop_assert_eq!(text(|to| decimal(to, wide)), wide.to_string());
            let byte = number as u8;
            prop_assert_eq!(text(|to| octet(to, byte)), byte.to_string());
            prop_assert_eq!(text(|to| Hex32(number).append(to)), format!("{number:08x}"));
            prop_assert_eq!(text(|to| hexadecimal::<16>(to, wide)), format!("{wide:016x}"));
            prop_assert_eq!(text(|to| padded(to, u64::from(number % 2000), 3)), format!("{:03}", number % 2000));
            prop_assert_eq!(text(|to| ip.append(to)), ip.to_string());
        }
    }
}
