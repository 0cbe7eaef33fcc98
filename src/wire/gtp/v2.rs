//! Version 2: header and information elements of TS 29.274 V17.
//!
//! ```text
//! element   type | length (2) | spare (4), instance (4) | value
//! F-TEID    V4, V6, interface type (6) | TEID (4) | [IPv4 (4)] | [IPv6 (16)]
//! ```

use super::{Endpoint, Gtp, LAYER, MAX_ELEMENTS, Reader, Version, address, context, place};
use crate::identity::{Guti, GutiKind, Imei, Imsi, LongDigits, Msisdn, Nature, Number, Plmn};
use crate::wire::DecodeError;
use crate::wire::ss7::number;

/// Grouped elements within each other.
const MAX_DEPTH: usize = 4;

pub(super) fn parse(octets: &[u8]) -> Result<Gtp<'_>, DecodeError> {
    let mut reader = Reader { rest: octets, offset: 0 };
    let [flags, message_type, l1, l2] = reader.array()?;
    let mut gtp = Gtp::new(Version::V2, message_type);
    let length = usize::from(u16::from_be_bytes([l1, l2]));
    if flags & 0x10 != 0
        && let Some((own, behind)) = reader.rest.split_at_checked(length)
    {
        reader.rest = own;
        gtp.piggybacked = Some(behind).filter(|behind| !behind.is_empty());
    }
    let wrong = reader.measure(length);
    if flags & 0x08 != 0 {
        gtp.teid = Some(u32::from_be_bytes(reader.array()?));
    }
    let [s1, s2, s3, _] = reader.array()?;
    gtp.sequence = Some(u32::from_be_bytes([0, s1, s2, s3]));
    let mut count = 0;
    elements(&mut gtp, reader, 0, &mut count);
    if let Some(wrong) = wrong {
        gtp.defect(wrong);
    }
    Ok(gtp)
}

fn elements(gtp: &mut Gtp<'_>, mut reader: Reader<'_>, depth: usize, count: &mut usize) {
    while !reader.rest.is_empty() {
        *count = count.saturating_add(1);
        if *count > MAX_ELEMENTS {
            return gtp.defect(DecodeError::limit(LAYER, reader.offset, "too many information elements"));
        }
        let at = reader.offset;
        let (kind, instance, value) = match element(&mut reader) {
            Ok(element) => element,
            Err(error) => return gtp.defect(error),
        };
        match kind {
            // Bearer Context, PDN Connection, Overload and Load Control Information, Remote UE Context, SCEF PDN
            // Connection, V2X Context, PC5 QoS Parameters, PGW Change Info: grouped
            93 | 109 | 180 | 181 | 191 | 195 | 208 | 209 | 214 => {
                if depth >= MAX_DEPTH {
                    gtp.defect(DecodeError::limit(LAYER, at, "grouped elements too deep"));
                    continue;
                }
                let inner = Reader { rest: value, offset: at.saturating_add(4) };
                elements(gtp, inner, depth.saturating_add(1), count);
            }
            // The EPS bearer of a whole connection stands outside of all groups, as instance 0 (§7.2.9.2).
            73 => gtp.linked_bearer |= depth == 0 && instance == 0,
            2 if depth > 0 => {} // of one bearer
            _ => {
                if let Err(what) = name(gtp, kind, value) {
                    gtp.defect(DecodeError::malformed(LAYER, at, what));
                }
            }
        }
    }
}

fn element<'a>(reader: &mut Reader<'a>) -> Result<(u8, u8, &'a [u8]), DecodeError> {
    let [kind, l1, l2, instance] = reader.array()?;
    let value = reader.take(usize::from(u16::from_be_bytes([l1, l2])))?;
    Ok((kind, instance & 0x0f, value))
}

/// Digits of an international number without an octet of nature before them.
fn international(octets: &[u8]) -> Option<Number> {
    let digits = LongDigits::from_tbcd(octets).filter(|digits| !digits.is_empty())?;
    Some(Number::new(digits, Nature::International))
}

fn plmn(octets: &[u8]) -> Option<Plmn> {
    Plmn::from_octets(*octets.first_chunk()?)
}

/// What one element names.
fn name(gtp: &mut Gtp<'_>, kind: u8, value: &[u8]) -> Result<(), &'static str> {
    let named = &mut gtp.named;
    match kind {
        1 if !value.is_empty() => named.imsi(Imsi::from_tbcd(value).ok_or("IMSI is not one")?),
        2 => gtp.cause = gtp.cause.or(value.first().copied()),
        // STN-SR: an octet of nature and plan, then digits
        51 => named.called(number::address_string(value).ok_or("STN-SR is not a number")?),
        // Target RNC ID, Target Identification
        57 => place::name_area(named, place::lai(value).ok_or("target RNC is too short")?),
        121 => target(named, value).ok_or("target identification is too short")?,
        // Target Global Cell ID
        58 => named.cell(place::cgi(value).ok_or("cell is not one")?),
        // Service Area Identifier
        61 => named.cell(place::sai(value).ok_or("service area is not one")?),
        75 if !value.is_empty() => named.imei(Imei::from_tbcd(value).ok_or("MEI is not one")?),
        // MSISDN, C-MSISDN; an empty one is sent where there is none
        76 if !value.is_empty() => named.own_number(international(value).ok_or("MSISDN is not a number")?),
        82 => gtp.rat_type = value.first().copied(),
        // Serving Network, Selected PLMN ID
        83 => named.plmn = Some(plmn(value).ok_or("PLMN is not one")?),
        120 => named.plmn = named.plmn.or(Some(plmn(value).ok_or("PLMN is not one")?)),
        86 => place::name_location_v2(named, value).ok_or("location is not as its flags say")?,
        87 => gtp_endpoint(gtp, value).ok_or("F-TEID is too short")?,
        // TMSI, P-TMSI
        88 | 111 => named.tmsi(u32::from_be_bytes(*value.first_chunk().ok_or("TMSI is too short")?)),
        // MM Contexts
        103..=108 => {
            if let Some(imei) = context::imei(kind, value) {
                named.imei(imei);
            }
        }
        117 => {
            let guti = guti(value).ok_or("GUTI is not one")?;
            named.tmsi(guti.tmsi);
            named.guti = named.guti.or(Some(guti));
        }
        // Source Identification: the target cell, then its source
        129 => named.cell(place::cgi(value).ok_or("source identification is too short")?),
        // User CSG Information
        145 => named.plmn = named.plmn.or(plmn(value)),
        // Node Number
        175 => {
            let digits = value.split_first().and_then(|(len, rest)| rest.get(..usize::from(*len)));
            named.node(digits.and_then(number::address_string).ok_or("node number is not a number")?);
        }
        // ECGI List
        190 => {
            for cell in value.get(2..).unwrap_or_default().chunks_exact(7) {
                named.cell(place::ecgi(cell).ok_or("ECGI is not one")?);
            }
        }
        192 => remote_user(named, value).ok_or("remote user is too short")?,
        _ => {}
    }
    Ok(())
}

/// Fully Qualified TEID (§8.22). Those of the user plane are left out.
fn gtp_endpoint(gtp: &mut Gtp<'_>, value: &[u8]) -> Option<()> {
    let (&flags, rest) = value.split_first()?;
    let (teid, rest) = rest.split_first_chunk::<4>()?;
    let interface = flags & 0x3f;
    let address = match flags >> 6 {
        0b10 | 0b11 => address(rest.get(..4)?),
        0b01 => address(rest.get(..16)?),
        _ => None,
    };
    if matches!(interface, 6 | 7 | 10..=14 | 17 | 18 | 24..=27 | 30 | 32 | 35 | 36 | 40) {
        gtp.endpoint(Endpoint { interface: Some(interface), address, teid: u32::from_be_bytes(*teid) });
    }
    Some(())
}

/// PLMN, MME group (2), MME code, M-TMSI (§8.67).
fn guti(value: &[u8]) -> Option<Guti> {
    let [a, b, c, g1, g2, node, t1, t2, t3, t4] = *value.first_chunk()?;
    Some(Guti {
        plmn: Plmn::from_octets([a, b, c])?,
        group: u32::from(u16::from_be_bytes([g1, g2])),
        node,
        tmsi: u32::from_be_bytes([t1, t2, t3, t4]),
        kind: GutiKind::Eps,
    })
}

/// Target Identification (§8.51): a type, then a node with its area.
fn target(named: &mut crate::wire::Named, value: &[u8]) -> Option<()> {
    let (kind, rest) = value.split_first()?;
    match kind {
        // RNC ID: PLMN, LAC, RAC, ...
        0 => place::name_area(named, place::lai(rest)?),
        // Cell identifier: the octets of a CGI
        2 => named.cell(place::cgi(rest)?),
        // Macro eNodeB, extended macro eNodeB: PLMN, identity (3), TAC (2). Home eNodeB: PLMN, identity (4), TAC (2).
        1 | 3..=5 => {
            let [a, b, c] = *rest.first_chunk()?;
            let at = if *kind == 3 { 7 } else { 6 };
            let [t1, t2] = *rest.get(at..)?.first_chunk()?;
            named.cell(place::tai(&[a, b, c, t1, t2])?);
        }
        _ => {}
    }
    Some(())
}

/// Remote User ID (§8.123): IMSI, and where flags say so MSISDN (bit 1) and IMEI (bit 2), each with its length.
fn remote_user(named: &mut crate::wire::Named, value: &[u8]) -> Option<()> {
    let (flags, mut rest) = value.split_first()?;
    for (there, kind) in [(true, 0), (flags & 1 != 0, 1), (flags & 2 != 0, 2)] {
        if !there {
            continue;
        }
        let (len, after) = rest.split_first()?;
        let (own, more) = after.split_at_checked(usize::from(*len))?;
        rest = more;
        match kind {
            // The remote user is not the one whose session it is.
            0 => named.other_imsi(Imsi::from_tbcd(own)?),
            1 => {
                named.further(crate::wire::Identity::Msisdn(international(own)?.digits.short().and_then(Msisdn::new)?))
            }
            _ => named.further(crate::wire::Identity::Imei(Imei::from_tbcd(own)?)),
        }
    }
    Some(())
}
