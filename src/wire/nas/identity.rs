//! Who a message names: mobile identities of TS 24.008 §10.5.1.4 and TS 24.301 §9.9.3.12, 5GS mobile identities of
//! TS 24.501 §9.11.3.4.

use crate::identity::{CellId, CellKind, Digits, Guti, GutiKind, Imei, Imsi, Plmn};
use crate::wire::mobile_identity::{self, MobileIdentity};
use crate::wire::{Identity, Named};

/// What a mobile identity turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mobile {
    Imsi(Imsi),
    Imei(Imei),
    Tmsi(u32),
    Guti(Guti),
    /// 5G-S-TMSI: AMF set and pointer, 5G-TMSI.
    STmsi(u16, u32),
    /// SUCI that the home network alone can read.
    Concealed(Plmn),
    /// None, or of a form that names no subscriber (MAC address, EUI-64, network access identifier).
    Other,
}

const WRONG: &str = "mobile identity is not as its type says";

fn digits(octets: &[u8]) -> Result<Digits, &'static str> {
    let (first, rest) = octets.split_first().ok_or(WRONG)?;
    mobile_identity::digits(*first, rest).ok_or(WRONG)
}

fn imei(octets: &[u8]) -> Result<Mobile, &'static str> {
    Imei::new(digits(octets)?).map(Mobile::Imei).ok_or(WRONG)
}

fn imsi(octets: &[u8]) -> Result<Mobile, &'static str> {
    Imsi::new(digits(octets)?).map(Mobile::Imsi).ok_or(WRONG)
}

/// A mobile identity of TS 24.008; without an identity, or of a group, it names nobody.
pub(super) fn mobile(octets: &[u8]) -> Result<Mobile, &'static str> {
    Ok(match MobileIdentity::parse(octets) {
        Some(MobileIdentity::Imsi(imsi)) => Mobile::Imsi(imsi),
        Some(MobileIdentity::Imei(imei)) => Mobile::Imei(imei),
        Some(MobileIdentity::Tmsi(tmsi)) => Mobile::Tmsi(tmsi),
        None if octets.first().is_some_and(|first| !matches!(first & 0x07, 1..=4)) => Mobile::Other,
        None => return Err(WRONG),
    })
}

/// An EPS mobile identity.
pub(super) fn eps(octets: &[u8]) -> Result<Mobile, &'static str> {
    match (octets.first().ok_or(WRONG)? & 0x07, octets) {
        (1, _) => imsi(octets),
        (3, _) => imei(octets),
        (6, &[_, p1, p2, p3, g1, g2, node, t1, t2, t3, t4]) => Ok(Mobile::Guti(Guti {
            plmn: Plmn::from_octets([p1, p2, p3]).ok_or(WRONG)?,
            group: u32::from(u16::from_be_bytes([g1, g2])),
            node,
            tmsi: u32::from_be_bytes([t1, t2, t3, t4]),
            kind: GutiKind::Eps,
        })),
        (6, _) => Err(WRONG),
        _ => Ok(Mobile::Other),
    }
}

/// A 5GS mobile identity.
pub(super) fn five_gs(octets: &[u8]) -> Result<Mobile, &'static str> {
    match (octets.first().ok_or(WRONG)? & 0x07, octets) {
        (1, _) => suci(octets),
        (2, &[_, p1, p2, p3, region, n1, n2, t1, t2, t3, t4]) => {
            let node = u16::from_be_bytes([n1, n2]);
            Ok(Mobile::Guti(Guti {
                plmn: Plmn::from_octets([p1, p2, p3]).ok_or(WRONG)?,
                group: u32::from(region) << 10 | u32::from(node >> 6),
                node: (node & 0x3f) as u8,
                tmsi: u32::from_be_bytes([t1, t2, t3, t4]),
                kind: GutiKind::FiveGs,
            }))
        }
        (3 | 5, _) => imei(octets),
        (4, &[_, n1, n2, t1, t2, t3, t4]) => {
            Ok(Mobile::STmsi(u16::from_be_bytes([n1, n2]), u32::from_be_bytes([t1, t2, t3, t4])))
        }
        (2 | 4, _) => Err(WRONG),
        _ => Ok(Mobile::Other),
    }
}

/// ```text
/// octet 1    SUPI format (bits 7 to 5: 0 IMSI, 1 network specific identifier), type of identity 1
/// octet 2..4 PLMN | 5..6 routing indicator | 7 protection scheme (bits 4 to 1: 0 null) | 8 key | 9.. scheme output
/// ```
/// In the null scheme the output is the MSIN.
fn suci(octets: &[u8]) -> Result<Mobile, &'static str> {
    let Some((&[head, p1, p2, p3, _, _, scheme, _key], output)) = octets.split_first_chunk() else {
        return if octets.first().is_some_and(|head| head >> 4 & 0x07 == 0) { Err(WRONG) } else { Ok(Mobile::Other) };
    };
    if head >> 4 & 0x07 != 0 {
        return Ok(Mobile::Other);
    }
    let plmn = Plmn::from_octets([p1, p2, p3]).ok_or(WRONG)?;
    if scheme & 0x0f != 0 {
        return Ok(Mobile::Concealed(plmn));
    }
    // MCC, MNC of two digits; the third stands in the middle octet, or a filler.
    let network = [p1 & 0x0f, p1 >> 4, p2 & 0x0f, p3 & 0x0f, p3 >> 4, p2 >> 4];
    let network = network.into_iter().filter(|digit| *digit != 0x0f);
    let subscriber = Digits::from_tbcd(output).ok_or(WRONG)?;
    let digits = network.chain(subscriber.iter()).try_fold(Digits::EMPTY, Digits::push);
    digits.and_then(Imsi::new).map(Mobile::Imsi).ok_or(WRONG)
}

impl Mobile {
    /// Files it under its meaning.
    pub(super) fn name(self, named: &mut Named) {
        match self {
            Self::Imsi(imsi) => named.imsi(imsi),
            Self::Imei(imei) => named.imei(imei),
            Self::Guti(guti) => {
                named.guti = named.guti.or(Some(guti));
                named.tmsi(guti.tmsi);
            }
            Self::Tmsi(tmsi) | Self::STmsi(_, tmsi) => named.tmsi(tmsi),
            Self::Concealed(plmn) => named.plmn = named.plmn.or(Some(plmn)),
            Self::Other => {}
        }
    }
}

/// A place where the mobile was before: it is never the place where it is.
pub(super) fn former(named: &mut Named, octets: &[u8], kind: CellKind) {
    let place = match *octets {
        [p1, p2, p3, a1, a2] => Some((Plmn::from_octets([p1, p2, p3]), u32::from_be_bytes([0, 0, a1, a2]))),
        [p1, p2, p3, a1, a2, a3] => Some((Plmn::from_octets([p1, p2, p3]), u32::from_be_bytes([0, a1, a2, a3]))),
        _ => None,
    };
    if let Some((Some(plmn), area)) = place {
        named.further(Identity::Cell(CellId { plmn, area: Some(area), cell: None, kind }));
    }
}
