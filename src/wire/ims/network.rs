//! Home domains and what is built on them: TS 23.003 §13.2, §13.3, §14.3, §19.3.

use super::is;
use crate::identity::{Imsi, Plmn};

/// The IMSI of a NAI `user@realm` made from it: IMPI (TS 23.003 §13.3), WLAN and EPS (§14.3, §19.3.2).
pub fn imsi_of_nai(nai: &[u8]) -> Option<Imsi> {
    let at = memchr::memchr(b'@', nai)?;
    imsi_at(nai.get(..at)?, nai.get(at.saturating_add(1)..)?)
}

/// True where digits stand that could be an IMSI, in a home domain with whose network they do not begin.
pub fn imsi_contradicts(user: &[u8], realm: &[u8]) -> bool {
    matches!(user.len(), 14..=16)
        && user.iter().all(u8::is_ascii_digit)
        && network_of(realm).is_some()
        && imsi_at(user, realm).is_none()
}

/// The IMSI in `user`, if it begins with the network of `realm`. EAP puts 0 (AKA), 1 (SIM) or 6 (AKA') before it.
pub(super) fn imsi_at(user: &[u8], realm: &[u8]) -> Option<Imsi> {
    let first = user.first().filter(|byte| byte.is_ascii_digit())?;
    let (mcc, mnc) = network_of(realm)?;
    let of_network = |digits: &[u8]| {
        let rest = digits.strip_prefix(mcc)?;
        // An MNC of two digits is written with a 0 before it (TS 23.003 §13.2).
        let two = mnc.strip_prefix(b"0").filter(|two| two.len() == 2);
        let fits = rest.starts_with(mnc) || two.is_some_and(|two| rest.starts_with(two));
        fits.then(|| Imsi::from_ascii(digits)).flatten()
    };
    of_network(user).or_else(|| match first {
        b'0' | b'1' | b'6' => of_network(user.get(1..)?),
        _ => None,
    })
}

/// The digits of MCC and MNC in the labels `mncNNN.mccNNN` of a domain.
fn network_of(domain: &[u8]) -> Option<(&[u8], &[u8])> {
    memchr::memchr2_iter(b'm', b'M', domain).find_map(|at| {
        let (mnc, rest) = match domain.get(at..)? {
            [m, n, c, rest @ ..] if is(&[*m, *n, *c], b"mnc") => rest.split_at_checked(memchr::memchr(b'.', rest)?)?,
            _ => return None,
        };
        let (mcc, after) = match rest {
            [b'.', m, c, c2, rest @ ..] if is(&[*m, *c, *c2], b"mcc") => rest.split_at_checked(3)?,
            _ => return None,
        };
        let whole = after.first().is_none_or(|byte| !byte.is_ascii_alphanumeric());
        let digits = |text: &[u8]| text.iter().all(u8::is_ascii_digit);
        (whole && matches!(mnc.len(), 2 | 3) && digits(mnc) && digits(mcc)).then_some((mcc, mnc))
    })
}

/// The network of a domain of TS 23.003. A leading 0 of the MNC is taken as the filler of a two-digit MNC, except in
/// countries where all MNCs have three digits.
pub fn plmn_of_domain(domain: &[u8]) -> Option<Plmn> {
    let (mcc, mnc) = network_of(domain)?;
    let country = number(mcc)?;
    let (value, digits) = (number(mnc)?, mnc.len());
    let filled = digits == 3 && value < 100 && !has_long_mnc(country);
    Plmn::new(country, value, if filled { 2 } else { digits as u8 })
}

/// The network written as five or six digits (3GPP-SGSN-MCC-MNC, TS 29.061 §16.4.7.2).
pub fn plmn_of_digits(text: &[u8]) -> Option<Plmn> {
    let (mcc, mnc) = text.split_at_checked(3)?;
    Plmn::new(number(mcc)?, number(mnc)?, mnc.len() as u8)
}

fn number(digits: &[u8]) -> Option<u16> {
    digits.iter().try_fold(0u16, |value, digit| {
        let digit = digit.is_ascii_digit().then_some(digit & 0x0f)?;
        value.checked_mul(10)?.checked_add(u16::from(digit))
    })
}

/// Canada, United States, Mexico, Honduras, Argentina, Colombia: MNCs of three digits only (ITU-T E.212).
fn has_long_mnc(mcc: u16) -> bool {
    matches!(mcc, 302 | 310..=316 | 334 | 708 | 722 | 732)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imsi_in_nai() {
        let imsi = "001011234567890".parse().ok();
        for nai in [
            "001011234567890@ims.mnc001.mcc001.3gppnetwork.org",
            "0001011234567890@nai.epc.mnc001.mcc001.3gppnetwork.org",
            "6001011234567890@wlan.MNC01.MCC001.3gppnetwork.org",
        ] {
            assert_eq!(imsi_of_nai(nai.as_bytes()), imsi, "{nai}");
        }
        // The domain is another network's: not the subscriber that it claims to be.
        let foreign = b"001011234567890@ims.mnc070.mcc999.3gppnetwork.org";
        assert_eq!(imsi_of_nai(foreign), None);
        assert!(imsi_contradicts(b"001011234567890", b"ims.mnc070.mcc999.3gppnetwork.org"));
        assert!(!imsi_contradicts(b"001011234567890", b"192.0.2.1"));
        assert_eq!(imsi_of_nai(b"001011234567890@192.0.2.1"), None);
        // MNC of three digits
        assert_eq!(imsi_of_nai(b"310150123456789@ims.mnc150.mcc310.3gppnetwork.org"), "310150123456789".parse().ok());
    }

    #[test]
    fn networks() {
        let plmn = |text: &str| plmn_of_domain(text.as_bytes()).map(|plmn| plmn.to_string());
        assert_eq!(plmn("ims.mnc001.mcc001.3gppnetwork.org").unwrap(), "001-01");
        assert_eq!(plmn("mnc150.mcc310").unwrap(), "310-150");
        assert_eq!(plmn("mnc012.mcc310.pub").unwrap(), "310-012");
        assert_eq!(plmn("mnc001.mcc0010"), None);
        assert_eq!(plmn("example.com"), None);
        assert_eq!(plmn_of_digits(b"99970").unwrap().to_string(), "999-70");
        assert_eq!(plmn_of_digits(b"9997"), None);
    }
}
