//! The mobile identity of TS 24.008 §10.5.1.4, which DTAP, BSSMAP, RANAP and the NAS of EPS share.
//!
//! ```text
//! | digit 1 | odd | type (3) |  | digit 3 | digit 2 |  ...  | digit or 1111 | digit |     IMSI, IMEI, IMEISV
//! | 1 1 1 1 |  0  | 1 0 0    |  | TMSI, 4 octets                                   |     TMSI, P-TMSI
//! ```
//!
//! **Handled:** IMSI, IMEI, IMEISV, TMSI. **Not handled:** TMGI (a group is nobody's).

use super::Named;
use crate::identity::{Digits, Imei, Imsi};

/// Who a mobile says it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MobileIdentity {
    /// Subscriber.
    Imsi(Imsi),
    /// Device, IMEI or IMEISV.
    Imei(Imei),
    /// Temporary identity.
    Tmsi(u32),
}

impl MobileIdentity {
    /// Reads the value, after its length. `None` where it names nobody, or is not as it should be.
    pub fn parse(octets: &[u8]) -> Option<Self> {
        let (first, rest) = octets.split_first()?;
        match first & 0x07 {
            1 => Imsi::new(digits(*first, rest)?).map(Self::Imsi),
            2 | 3 => Imei::new(digits(*first, rest)?).map(Self::Imei),
            4 => Some(Self::Tmsi(u32::from_be_bytes(*rest.first_chunk()?))),
            _ => None,
        }
    }

    /// Files it under its kind.
    pub fn name(self, named: &mut Named) {
        match self {
            Self::Imsi(imsi) => named.imsi(imsi),
            Self::Imei(imei) => named.imei(imei),
            Self::Tmsi(tmsi) => named.tmsi(tmsi),
        }
    }
}

/// The first digit stands above the type; an even count ends with a filler, whatever its value.
pub(super) fn digits(first: u8, rest: &[u8]) -> Option<Digits> {
    let mut digits = Digits::EMPTY.push(first >> 4)?;
    let odd = first & 0x08 != 0;
    let last = rest.len().saturating_sub(1);
    for (index, octet) in rest.iter().enumerate() {
        for (high, nibble) in [(false, octet & 0x0f), (true, octet >> 4)] {
            let filler = index == last && high && !odd;
            if nibble == 0x0f || filler {
                return Some(digits);
            }
            digits = digits.push(nibble)?;
        }
    }
    Some(digits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn known_answers() {
        // 0: digit 1; 9: odd, IMSI
        let imsi = MobileIdentity::parse(&[0x09, 0x10, 0x10, 0x00, 0x00, 0x00, 0x00, 0x10]);
        assert_eq!(imsi, Some(MobileIdentity::Imsi("001010000000001".parse().unwrap())));
        // 0: digit 1; 3: even, IMEISV; filler at the end
        let imeisv = MobileIdentity::parse(&[0x03, 0x10, 0x10, 0x10, 0x32, 0x54, 0x76, 0x10, 0xf2]);
        assert_eq!(imeisv, Some(MobileIdentity::Imei("0010101234567012".parse().unwrap())));
        // an even count whose filler is no filler
        let short = MobileIdentity::parse(&[0x01, 0x10, 0x10, 0x00]);
        assert_eq!(short, Some(MobileIdentity::Imsi("001010".parse().unwrap())));
        assert_eq!(MobileIdentity::parse(&[0xf4, 0x01, 0x02, 0x03, 0x04]), Some(MobileIdentity::Tmsi(0x0102_0304)));
        assert_eq!(MobileIdentity::parse(&[0xf4, 0x01, 0x02, 0x03]), None);
        assert_eq!(MobileIdentity::parse(&[0xf0]), None, "no identity");
    }

    proptest! {
        #[test]
        fn any_octets(octets in prop::collection::vec(any::<u8>(), 0..20)) {
            let _ = MobileIdentity::parse(&octets);
        }
    }
}
