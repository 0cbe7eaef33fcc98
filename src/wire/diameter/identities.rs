//! Identities in the forms that AVPs give them.

use crate::identity::{Digits, Imei};

/// 14 to 16 digits as text (TS 29.272 §7.3.4, TS 29.061 §16.4.7.2), eight octets of TBCD, or 16 octets of one digit
/// each, as some gateways fill User-Equipment-Info-Value.
pub(super) fn imei_of(octets: &[u8]) -> Option<Imei> {
    match octets.len() {
        7 | 8 => Imei::from_tbcd(octets),
        16 if octets.iter().all(|&octet| octet <= 9) => {
            let digits = octets.iter().try_fold(Digits::EMPTY, |digits, &digit| digits.push(digit));
            Imei::new(digits?)
        }
        _ => Imei::from_ascii(octets),
    }
}

/// 3GPP-RAT-Type (TS 29.061 §16.4.7.2, values of TS 29.274 §8.17) as RAT-Type (TS 29.212 §5.3.31).
pub(super) fn rat_type(octet: u8) -> Option<u32> {
    Some(match octet {
        1 => 1000,       // UTRAN
        2 => 1001,       // GERAN
        3 => 0,          // WLAN
        4 => 1002,       // GAN
        5 => 1003,       // HSPA evolution
        6 => 1004,       // E-UTRAN
        7 => 1,          // virtual
        8 => 1005,       // E-UTRAN-NB-IoT
        9 => 1007,       // LTE-M
        10 | 51 => 1006, // NR
        _ => return None,
    })
}
