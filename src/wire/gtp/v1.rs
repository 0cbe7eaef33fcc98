//! Version 1: header, extension headers and information elements of TS 29.060 V17.

use super::{Endpoint, Gtp, LAYER, MAX_ELEMENTS, Reader, Version, address, place};
use crate::identity::{Imei, Imsi, Plmn};
use crate::wire::DecodeError;
use crate::wire::ss7::number;

/// Extension headers that are stepped over.
const MAX_EXTENSIONS: usize = 16;

pub(super) fn parse(octets: &[u8]) -> Result<Gtp<'_>, DecodeError> {
    let mut reader = Reader { rest: octets, offset: 0 };
    let [flags, message_type, l1, l2] = reader.array()?;
    if flags & 0x10 == 0 {
        return Err(DecodeError::unsupported(LAYER, 0, "GTP' (charging records)", 1));
    }
    let mut gtp = Gtp::new(Version::V1, message_type);
    gtp.teid = Some(u32::from_be_bytes(reader.array()?));
    let wrong = reader.measure(usize::from(u16::from_be_bytes([l1, l2])));
    if flags & 0x07 != 0 {
        match options(&mut reader, flags) {
            Ok(sequence) => gtp.sequence = sequence,
            Err(error) => {
                gtp.defect(error);
                return Ok(gtp);
            }
        }
    }
    elements(&mut gtp, reader, fixed_length);
    if let Some(wrong) = wrong {
        gtp.defect(wrong);
    }
    Ok(gtp)
}

/// The optional part of the header with its extensions (§6, §6.1); gives the sequence number.
fn options(reader: &mut Reader<'_>, flags: u8) -> Result<Option<u32>, DecodeError> {
    let [s1, s2, _, mut next] = reader.array()?;
    if flags & 0x04 == 0 {
        next = 0;
    }
    let mut steps = 0usize;
    while next != 0 {
        steps = steps.saturating_add(1);
        if steps > MAX_EXTENSIONS {
            return Err(DecodeError::limit(LAYER, reader.offset, "too many extension headers"));
        }
        let at = reader.offset;
        let [units] = reader.array()?;
        // In units of four octets, with the octet of the length and that of the next type.
        let length = usize::from(units).saturating_mul(4);
        let rest = length.checked_sub(1).filter(|rest| *rest > 0);
        let rest = rest.ok_or(DecodeError::malformed(LAYER, at, "extension header of length 0"))?;
        let content = reader.take(rest)?;
        next = content.last().copied().unwrap_or(0);
    }
    Ok((flags & 0x02 != 0).then_some(u32::from(u16::from_be_bytes([s1, s2]))))
}

/// Length of the value of elements without a length field (§7.7, table 37).
fn fixed_length(kind: u8) -> Option<usize> {
    Some(match kind {
        1 | 8 | 11 | 13..=15 | 19..=21 | 23 | 24 | 28 | 29 | 126 => 1,
        2 => 8,
        3 => 6,
        4 | 5 | 16 | 17 | 127 => 4,
        6 | 12 => 3,
        9 => 28,
        18 => 5,
        22 => 9,
        25..=27 => 2,
        _ => return None,
    })
}

/// All elements: type and value below 128, type, length and value from there on.
pub(super) fn elements(gtp: &mut Gtp<'_>, mut reader: Reader<'_>, fixed_length: fn(u8) -> Option<usize>) {
    let mut control = None;
    let mut node = None;
    let mut count = 0usize;
    while !reader.rest.is_empty() {
        count = count.saturating_add(1);
        if count > MAX_ELEMENTS {
            gtp.defect(DecodeError::limit(LAYER, reader.offset, "too many information elements"));
            break;
        }
        let at = reader.offset;
        let (kind, value) = match element(&mut reader, fixed_length) {
            Ok(element) => element,
            Err(error) => {
                gtp.defect(error);
                break;
            }
        };
        match kind {
            17 if gtp.version == Version::V1 => {
                control = value.first_chunk().map(|teid| u32::from_be_bytes(*teid));
            }
            // The first address is that of the control plane (§7.3.1).
            133 => node = node.or_else(|| address(value)),
            _ => {
                if let Err(what) = name(gtp, kind, value) {
                    gtp.defect(DecodeError::malformed(LAYER, at, what));
                }
            }
        }
    }
    if let Some(teid) = control {
        gtp.endpoint(Endpoint { interface: None, address: node, teid });
    }
}

fn element<'a>(reader: &mut Reader<'a>, fixed_length: fn(u8) -> Option<usize>) -> Result<(u8, &'a [u8]), DecodeError> {
    let at = reader.offset;
    let [kind] = reader.array()?;
    let length = if kind < 128 {
        // Where an unknown one ends is not known (§11.1.6).
        let unknown = DecodeError::unsupported(LAYER, at, "element of unknown length", u32::from(kind));
        fixed_length(kind).ok_or(unknown)?
    } else {
        usize::from(u16::from_be_bytes(reader.array()?))
    };
    Ok((kind, reader.take(length)?))
}

/// What one element names.
fn name(gtp: &mut Gtp<'_>, kind: u8, value: &[u8]) -> Result<(), &'static str> {
    let named = &mut gtp.named;
    match kind {
        1 => gtp.cause = gtp.cause.or(value.first().copied()),
        2 => named.imsi(Imsi::from_tbcd(value).ok_or("IMSI is not one")?),
        // Routeing Area Identity
        3 => place::name_area(named, place::lai(value).ok_or("routeing area is not one")?),
        // Packet TMSI
        5 => named.tmsi(u32::from_be_bytes(*value.first_chunk().ok_or("P-TMSI is too short")?)),
        // MS International PSTN/ISDN Number; an empty one is sent where there is none
        134 if value.len() > 1 => {
            let number = number::address_string(value).ok_or("MSISDN is not a number")?;
            match number.digits.short().and_then(crate::identity::Msisdn::new) {
                Some(msisdn) => named.msisdn(msisdn),
                None => named.own_number(number),
            }
        }
        // Target Identification: the area of the RNC
        138 => place::name_area(named, place::lai(value).ok_or("target identification is too short")?),
        // SGSN Number
        147 => named.node(number::address_string(value).ok_or("SGSN number is not a number")?),
        151 => gtp.rat_type = value.first().copied(),
        152 => place::name_location_v1(named, value).ok_or("location is not as its type says")?,
        154 => named.imei(Imei::from_tbcd(value).ok_or("IMEI(SV) is not one")?),
        // Selected PLMN ID
        164 => {
            let plmn = value.first_chunk().and_then(|octets| Plmn::from_octets(*octets));
            named.plmn = named.plmn.or(Some(plmn.ok_or("PLMN is not one")?));
        }
        // Cell Identification: type of the target, then its cell
        174 => {
            let place = value.split_first().and_then(|(_, cell)| place::cgi(cell));
            named.cell(place.ok_or("cell identification is not one")?);
        }
        // C-MSISDN
        210 if value.len() > 1 => named.own_number(number::address_string(value).ok_or("C-MSISDN is not a number")?),
        // STN-SR
        209 if value.len() > 1 => named.called(number::address_string(value).ok_or("STN-SR is not a number")?),
        _ => {}
    }
    Ok(())
}
