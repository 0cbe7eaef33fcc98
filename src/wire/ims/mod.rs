//! The subscriber's names in text: NAI, SIP and tel URIs, home domains, access networks, instance identities.
//!
//! TS 23.003 §13 (IMS), §14 and §19 (NAI of WLAN and EPS), RFC 3966 (tel), RFC 3261 §19 (sip), RFC 7254 (IMEI URN),
//! TS 24.229 §7.2A.4 (P-Access-Network-Info). SIP carries them in headers, Diameter in AVPs.
//!
//! **Handled**: `<imsi>@ims.mncNNN.mccNNN.3gppnetwork.org` and its kin with the leading digit of EAP; numbers in tel
//! URIs, in SIP URIs with `user=phone`, and in SIP URIs whose user is nothing but a number; documents in XML that name
//! subscribers, devices and cells.
//! **Not handled**: decorated NAIs, pseudonyms and temporary identities, `phone-context` (a local number stays local).

mod access;
mod document;
mod network;
mod uri;
mod xml;

pub use access::{access_network_cell, imei_of_urn};
pub use document::{Registration, imei_in, location, registration};
pub use network::{imsi_contradicts, imsi_of_nai, plmn_of_digits, plmn_of_domain};
pub use uri::{Scheme, Uri};
pub use xml::{Element, base64, elements};

#[inline]
fn is(text: &[u8], lower: &[u8]) -> bool {
    text.eq_ignore_ascii_case(lower)
}

fn hex(digits: &[u8]) -> Option<u64> {
    digits.iter().try_fold(0u64, |value, &digit| {
        let digit = char::from(digit).to_digit(16)?;
        Some(value.checked_mul(16)? | u64::from(digit))
    })
}

fn decimal(digits: &[u8]) -> Option<u32> {
    if digits.is_empty() {
        return None;
    }
    digits.iter().try_fold(0u32, |value, &digit| {
        let digit = char::from(digit).to_digit(10)?;
        value.checked_mul(10)?.checked_add(digit)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn any_octets(octets in proptest::collection::vec(any::<u8>(), 0..80)) {
            let _ = imsi_of_nai(&octets);
            let _ = plmn_of_domain(&octets);
            let _ = access_network_cell(&octets);
            let _ = imei_of_urn(&octets);
            let _ = (imei_in(&octets), registration(&octets), location(&octets, |_| {}));
            if let Some(uri) = Uri::parse(&octets) {
                let _ = (uri.imsi(), uri.number());
            }
        }
    }
}
