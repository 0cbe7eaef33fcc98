//! Identities as text (TS 29.571 §5.3.2, TS 23.003 §2.2B).
//!
//! ```text
//! SUPI imsi-<IMSI>    GPSI msisdn-<MSISDN>    PEI imei-<IMEI>, imeisv-<IMEISV>
//! SUCI suci-0-<MCC>-<MNC>-<routing indicator>-<scheme>-<key>-<output: the MSIN where the scheme is 0>
//! 5G-GUTI 5g-guti-<MCC><MNC><AMF identifier: 6 hexadecimal digits><5G-TMSI: 8>
//! ```

use super::Facts;
use crate::identity::{Digits, Guti, GutiKind, Imei, Imsi, Msisdn, Plmn};

/// The longest text that is looked at.
const LONGEST: usize = 256;

/// Names what a text is. Texts that are no identity are most.
pub(super) fn name(facts: &mut Facts, text: &[u8]) {
    if text.len() > LONGEST {
        return;
    }
    let Some(dash) = text.iter().position(|octet| *octet == b'-') else { return };
    let Some((kind, [_, rest @ ..])) = text.split_at_checked(dash) else { return };
    match kind {
        b"imsi" => {
            // Some make names of resources of it, with more behind it.
            let digits = rest.split(|octet| *octet == b'-').next().unwrap_or_default();
            if let Some(imsi) = Imsi::from_ascii(digits) {
                facts.named.imsi(imsi);
            }
        }
        b"msisdn" => {
            if let Some(msisdn) = Msisdn::from_ascii(rest) {
                facts.named.msisdn(msisdn);
            }
        }
        b"imei" | b"imeisv" => {
            if let Some(imei) = Imei::from_ascii(rest) {
                facts.named.imei(imei);
            }
        }
        b"suci" => suci(facts, rest),
        b"5g" => {
            if let Some(guti) = rest.strip_prefix(b"guti-").and_then(guti) {
                facts.named.tmsi(guti.tmsi);
                facts.named.guti = facts.named.guti.or(Some(guti));
            }
        }
        _ => {}
    }
}

/// Digits alone, where the name of a member says what they are.
pub(super) fn supi(facts: &mut Facts, text: &[u8]) {
    match Imsi::from_ascii(text) {
        Some(imsi) => facts.named.imsi(imsi),
        None => name(facts, text),
    }
}

/// As for [`supi`].
pub(super) fn pei(facts: &mut Facts, text: &[u8]) {
    match Imei::from_ascii(text) {
        Some(imei) => facts.named.imei(imei),
        None => name(facts, text),
    }
}

fn suci(facts: &mut Facts, text: &[u8]) {
    let mut parts = text.split(|octet| *octet == b'-');
    let mut next = || parts.next().unwrap_or_default();
    let (kind, mcc, mnc, _routing, scheme, _key, output) = (next(), next(), next(), next(), next(), next(), next());
    if kind != b"0" {
        return;
    }
    if let Some(plmn) = plmn(mcc, mnc) {
        facts.named.plmn = facts.named.plmn.or(Some(plmn));
    }
    if scheme != b"0" {
        facts.concealed = facts.concealed.saturating_add(1);
        return;
    }
    let mut digits = Digits::EMPTY;
    for digit in [mcc, mnc, output].concat() {
        let one = Digits::from_ascii(&[digit]).and_then(|one| one.digit(0));
        let Some(more) = one.and_then(|one| digits.push(one)) else { return };
        digits = more;
    }
    if let Some(imsi) = Imsi::new(digits) {
        facts.named.imsi(imsi);
    }
}

fn guti(text: &[u8]) -> Option<Guti> {
    let text = std::str::from_utf8(text).ok()?;
    // Behind the network stand fourteen hexadecimal digits.
    let (network, rest) = text.split_at_checked(text.len().checked_sub(14)?)?;
    let (mcc, mnc) = network.split_at_checked(3)?;
    let (amf, tmsi) = rest.split_at_checked(6)?;
    let amf = u32::from_str_radix(amf, 16).ok()?;
    Some(Guti {
        plmn: plmn(mcc.as_bytes(), mnc.as_bytes())?,
        group: amf >> 6,
        node: (amf & 0x3f) as u8,
        tmsi: u32::from_str_radix(tmsi, 16).ok()?,
        kind: GutiKind::FiveGs,
    })
}

/// A network from the digits of its codes.
pub(super) fn plmn(mcc: &[u8], mnc: &[u8]) -> Option<Plmn> {
    if mcc.len() != 3 {
        return None;
    }
    let number = |text| u16::try_from(Digits::from_ascii(text)?.value()?).ok();
    Plmn::new(number(mcc)?, number(mnc)?, u8::try_from(mnc.len()).ok()?)
}

/// `5G:mnc001.mcc001.3gppnetwork.org` (TS 24.501 §9.12.1). Two digits of MNC are written as three there.
pub(super) fn network_name(text: &[u8]) -> Option<Plmn> {
    let rest = text.strip_prefix(b"5G:mnc").or_else(|| text.strip_prefix(b"mnc"))?;
    let (mnc, rest) = rest.split_at_checked(3)?;
    let mcc = rest.strip_prefix(b".mcc")?.get(..3)?;
    match mnc {
        [b'0', two @ ..] => plmn(mcc, two),
        _ => plmn(mcc, mnc),
    }
}
