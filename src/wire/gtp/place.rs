//! Places: User Location Information of version 1 (TS 29.060 §7.7.51) and version 2 (TS 29.274 §8.21), and the
//! identities that both are made of.

use crate::identity::{CellId, CellKind, Plmn};
use crate::wire::Named;

/// LAC values of an area that was deleted (TS 24.008 §10.5.1.3): they are no place.
const DELETED: [u32; 2] = [0, 0xfffe];

/// PLMN, LAC, CI.
pub(super) fn cgi(octets: &[u8]) -> Option<CellId> {
    CellId::from_cgi_octets(*octets.first_chunk()?)
}

/// PLMN, LAC, SAC.
pub(super) fn sai(octets: &[u8]) -> Option<CellId> {
    Some(CellId { kind: CellKind::Sai, ..cgi(octets)? })
}

/// PLMN, LAC; the RAC of a routing area is left out.
pub(super) fn lai(octets: &[u8]) -> Option<CellId> {
    CellId::from_lai_octets(*octets.first_chunk()?)
}

/// PLMN, TAC of two octets.
pub(super) fn tai(octets: &[u8]) -> Option<CellId> {
    CellId::from_tai_octets(*octets.first_chunk()?)
}

/// PLMN, ECI of 28 bits.
pub(super) fn ecgi(octets: &[u8]) -> Option<CellId> {
    CellId::from_ecgi_octets(*octets.first_chunk()?)
}

/// PLMN, TAC of three octets.
fn tai_5gs(octets: &[u8]) -> Option<CellId> {
    let [a, b, c, t1, t2, t3] = *octets.first_chunk()?;
    let plmn = Plmn::from_octets([a, b, c])?;
    Some(CellId { plmn, area: Some(u32::from_be_bytes([0, t1, t2, t3])), cell: None, kind: CellKind::Tai })
}

/// PLMN, NCI of 36 bits in five octets.
fn ncgi(octets: &[u8]) -> Option<CellId> {
    let [a, b, c, n1, n2, n3, n4, n5] = *octets.first_chunk()?;
    let plmn = Plmn::from_octets([a, b, c])?;
    let cell = u64::from_be_bytes([0, 0, 0, n1 & 0x0f, n2, n3, n4, n5]);
    Some(CellId { plmn, area: None, cell: Some(cell), kind: CellKind::Ncgi })
}

/// A cell with the tracking area that came with it, where both are of one network.
fn in_area(cell: CellId, area: Option<CellId>) -> CellId {
    match area {
        Some(area) if area.plmn == cell.plmn => area.area.map_or(cell, |code| cell.with_area(code)),
        _ => cell,
    }
}

/// Names a routing or location area; one that was deleted tells the network alone.
pub(super) fn name_area(named: &mut Named, area: CellId) {
    named.plmn = named.plmn.or(Some(area.plmn));
    if area.area.is_none_or(|code| !DELETED.contains(&code)) {
        named.cell(area);
    }
}

/// User Location Information of version 1: a type, then what it says. `None` where the octets are not as it says.
pub(super) fn name_location_v1(named: &mut Named, octets: &[u8]) -> Option<()> {
    let (kind, octets) = octets.split_first()?;
    let both = |area_len: usize, cell: fn(&[u8]) -> _, area: fn(&[u8]) -> _| {
        let (first, second) = octets.split_at_checked(area_len)?;
        Some(in_area(cell(second)?, area(first)))
    };
    let place = match kind {
        0 => cgi(octets)?,
        1 => sai(octets)?,
        2 => {
            name_area(named, lai(octets)?);
            return Some(());
        }
        128 | 132 | 134 => tai(octets)?,
        129 => ecgi(octets)?,
        130 => both(5, ecgi, tai)?,
        135 => ncgi(octets)?,
        136 | 139 => tai_5gs(octets)?,
        137 => both(6, ncgi, tai_5gs)?,
        _ => return Some(()),
    };
    named.cell(place);
    Some(())
}

/// User Location Information of version 2: flags, then what each of them says.
///
/// ```text
/// bit  8              7          6    5     4    3    2    1
///      ext. macro eNB macro eNB  LAI  ECGI  TAI  RAI  SAI  CGI      and in the order CGI, SAI, RAI, TAI, ECGI, LAI, ...
/// ```
pub(super) fn name_location_v2(named: &mut Named, octets: &[u8]) -> Option<()> {
    let (flags, mut rest) = octets.split_first()?;
    let mut area = None;
    for bit in 0..8u8 {
        if flags & 1u8.checked_shl(u32::from(bit))? == 0 {
            continue;
        }
        let len = [7, 7, 7, 5, 7, 5, 6, 6].get(usize::from(bit)).copied()?;
        let (own, more) = rest.split_at_checked(len)?;
        rest = more;
        match bit {
            0 => named.cell(cgi(own)?),
            1 => named.cell(sai(own)?),
            2 | 5 => name_area(named, lai(own)?),
            // The tracking area goes with the cell, where one follows.
            3 if flags & 0x10 != 0 => area = Some(tai(own)?),
            3 => named.cell(tai(own)?),
            4 => named.cell(in_area(ecgi(own)?, area)),
            _ => {}
        }
    }
    Some(())
}
