//! Numbers as MAP and CAP carry them.
//!
//! ```text
//! AddressString (TS 29.002 §17.7.8)      Called/Calling Party Number (Q.763 §3.9, §3.10)
//! +---+---------+-------------+          +---+-----------------------+
//! | 1 | nature  | plan        |          |o/e| nature of address     |
//! +---+---------+-------------+          +---+-------+-------+-------+
//! | digit 2     | digit 1     |          |inn|  plan | (presentation)|
//! +-------------+-------------+          +---+-------+-------+-------+
//! | 1111 filler | digit 3     |          | digit 2       | digit 1   |
//! +-------------+-------------+          +---------------+-----------+
//! ```
//!
//! Called by the MAP and CAP decoders, and of use to any decoder of Q.763 numbers. Calls nothing.
//!
//! **Handled:** nature and digits. **Not handled:** presentation and screening indicators; sub-addresses.

use crate::identity::{LongDigits, Nature, Number};

/// Numbering plan of land mobile (E.212): the digits of an AddressString are an IMSI.
pub const PLAN_LAND_MOBILE: u8 = 6;

/// The digits of TBCD octets; further digits than fit, or none, make it no number.
fn digits(octets: &[u8]) -> Option<LongDigits> {
    let digits = LongDigits::from_tbcd(octets)?;
    (!digits.is_empty()).then_some(digits)
}

/// An AddressString or ISDN-AddressString.
pub fn address_string(octets: &[u8]) -> Option<Number> {
    let (first, rest) = octets.split_first()?;
    let nature = match (first >> 4) & 0x07 {
        1 => Nature::International,
        2 => Nature::National,
        3 => Nature::NetworkSpecific,
        4 => Nature::Subscriber,
        _ => Nature::Unknown,
    };
    Some(Number::new(digits(rest)?, nature))
}

/// The numbering plan of an AddressString.
pub fn numbering_plan(octets: &[u8]) -> Option<u8> {
    octets.first().map(|first| first & 0x0f)
}

/// A called party BCD number from its octet 3 on (TS 24.008 §10.5.4.7). Unlike in an AddressString, type 4 is a
/// dedicated access short code.
pub fn called_party_bcd(octets: &[u8]) -> Option<Number> {
    let (first, rest) = octets.split_first()?;
    let nature = match (first >> 4) & 0x07 {
        1 => Nature::International,
        2 => Nature::National,
        3 | 4 => Nature::NetworkSpecific,
        _ => Nature::Unknown,
    };
    Some(Number::new(digits(rest)?, nature))
}

/// A number that may be presented or not: presentation stands in octet 3a where octet 3 is extended (TS 24.008
/// §10.5.4.9).
pub fn presented_bcd(octets: &[u8]) -> Option<Number> {
    match octets {
        [first, rest @ ..] if first & 0x80 != 0 => with_first(*first, rest),
        [first, _, rest @ ..] => with_first(*first, rest),
        _ => None,
    }
}

fn with_first(first: u8, digits: &[u8]) -> Option<Number> {
    let mut octets = [0u8; 24];
    let len = digits.len().saturating_add(1);
    let (head, rest) = octets.get_mut(..len)?.split_first_mut()?;
    *head = first;
    rest.copy_from_slice(digits);
    called_party_bcd(octets.get(..len)?)
}

/// A Called or Calling Party Number of ISUP. A Redirecting Number and an Original Called Number have the same form.
pub fn isup(octets: &[u8]) -> Option<Number> {
    let ([first, _], rest) = octets.split_first_chunk::<2>()?;
    let nature = match first & 0x7f {
        1 => Nature::Subscriber,
        3 => Nature::National,
        4 => Nature::International,
        5 => Nature::NetworkSpecific,
        _ => Nature::Unknown,
    };
    let mut number = digits(rest)?;
    let sent = rest.len().saturating_mul(2);
    if first & 0x80 != 0 && number.len() == sent {
        // An odd count of digits: the last place is a filler, whatever its value.
        number = number.prefix(sent.saturating_sub(1));
    }
    Some(Number::new(number, nature))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn known_answers() {
        // 91: international, ISDN plan; 1 555 0100
        let number = address_string(&[0x91, 0x51, 0x55, 0x10, 0x00]).unwrap();
        assert_eq!(number.international().unwrap().to_string(), "15550100");
        // a1: national
        let number = address_string(&[0xa1, 0x55, 0x05, 0xf1]).unwrap();
        assert_eq!((number.to_string().as_str(), number.nature), ("55501", Nature::National));
        // c0: dedicated access
        let number = called_party_bcd(&[0xc0, 0x11, 0xf2]).unwrap();
        assert_eq!((number.to_string().as_str(), number.nature), ("112", Nature::NetworkSpecific));
        assert_eq!(address_string(&[0x91]), None);
        assert_eq!(address_string(&[]), None);
        assert_eq!(numbering_plan(&[0x96]), Some(PLAN_LAND_MOBILE));
    }

    #[test]
    fn isup_numbers() {
        // 84: odd, international; 10: plan E.164; 1 555 0100 1 with filler 0
        let number = isup(&[0x84, 0x10, 0x51, 0x55, 0x10, 0x00, 0x01]).unwrap();
        assert_eq!(number.international().unwrap().to_string(), "155501001");
        // 03: even, national, with the end-of-pulsing digit ST
        let number = isup(&[0x03, 0x10, 0x55, 0xf5]).unwrap();
        assert_eq!((number.to_string().as_str(), number.nature), ("555", Nature::National));
        assert_eq!(isup(&[0x84]), None);
    }

    proptest! {
        #[test]
        fn any_octets(octets in prop::collection::vec(any::<u8>(), 0..40)) {
            let _ = (address_string(&octets), called_party_bcd(&octets), isup(&octets));
        }
    }
}
