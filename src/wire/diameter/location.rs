//! Places as Diameter carries them: 3GPP-User-Location-Info (TS 29.061 §16.4.7.2, octets of TS 29.274 §8.21) and the
//! OctetStrings of TS 29.272 §7.3.117 and following.

use crate::identity::{CellId, CellKind, Plmn};

/// The cell or area of a 3GPP-User-Location-Info: `None` where the type names no place that is known here (eNodeB and
/// NG-RAN node identities among them), an error where the octets are not as the type says.
///
/// ```text
/// octet 1   geographic location type
///           0 CGI  1 SAI  2 RAI  128 TAI  129 ECGI  130 TAI and ECGI  132, 134 TAI and an eNodeB
///           135 NCGI  136 5GS TAI  137 5GS TAI and NCGI  139 5GS TAI and an NG-RAN node
/// octet 2.. the identities, in the order of the name
/// ```
pub fn user_location(octets: &[u8]) -> Result<Option<CellId>, &'static str> {
    let wrong = "location is not as its type says";
    let (kind, octets) = octets.split_first().ok_or(wrong)?;
    let both = |area_len: usize, cell: fn(&[u8]) -> _, area: fn(&[u8]) -> _| {
        let (first, second) = octets.split_at_checked(area_len)?;
        Some(with_area(cell(second)?, area(first)?))
    };
    let place = match kind {
        0 => cgi(octets),
        1 => sai(octets),
        2 => lai(octets),
        128 | 132 | 134 => tai(octets),
        129 => ecgi(octets),
        130 => both(5, ecgi, tai),
        135 => ncgi(octets),
        136 | 139 => tai_5gs(octets),
        137 => both(6, ncgi, tai_5gs),
        _ => return Ok(None),
    };
    place.map(Some).ok_or(wrong)
}

/// The cell with the area that came with it, where both are of one network; else the cell alone.
pub(super) fn with_area(cell: CellId, area: CellId) -> CellId {
    match area.area {
        Some(code) if area.plmn == cell.plmn => cell.with_area(code),
        _ => cell,
    }
}

/// PLMN, LAC, CI.
pub(super) fn cgi(octets: &[u8]) -> Option<CellId> {
    CellId::from_cgi_octets(*octets.first_chunk()?)
}

/// PLMN, LAC, SAC.
pub(super) fn sai(octets: &[u8]) -> Option<CellId> {
    let kind = CellKind::Sai;
    Some(CellId { kind, ..cgi(octets)? })
}

/// PLMN, LAC; of a routing area the RAC is left out.
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

/// PLMN, TAC of three octets (TS 24.501 §9.11.3.8).
fn tai_5gs(octets: &[u8]) -> Option<CellId> {
    let [a, b, c, t1, t2, t3] = *octets.first_chunk()?;
    Some(CellId {
        plmn: Plmn::from_octets([a, b, c])?,
        area: Some(u32::from_be_bytes([0, t1, t2, t3])),
        cell: None,
        kind: CellKind::Tai,
    })
}

/// PLMN, NCI of 36 bits in five octets.
fn ncgi(octets: &[u8]) -> Option<CellId> {
    let [a, b, c, n1, n2, n3, n4, n5] = *octets.first_chunk()?;
    Some(CellId {
        plmn: Plmn::from_octets([a, b, c])?,
        area: None,
        cell: Some(u64::from_be_bytes([0, 0, 0, n1 & 0x0f, n2, n3, n4, n5])),
        kind: CellKind::Ncgi,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(octets: &[u8]) -> String {
        format!("{:?}", user_location(octets).unwrap().unwrap())
    }

    #[test]
    fn each_type() {
        // PLMN 001-01 is 00 f1 10.
        assert_eq!(text(&[0, 0x00, 0xf1, 0x10, 0, 7, 0, 9]), "cgi 001-01-7-9");
        assert_eq!(text(&[1, 0x00, 0xf1, 0x10, 0, 7, 0, 9]), "sai 001-01-7-9");
        assert_eq!(text(&[2, 0x00, 0xf1, 0x10, 0, 7, 1, 0xff]), "lai 001-01-7");
        assert_eq!(text(&[128, 0x00, 0xf1, 0x10, 0, 7]), "tai 001-01-7");
        assert_eq!(text(&[129, 0x00, 0xf1, 0x10, 0, 0, 1, 1]), "ecgi 001-01-?-257");
        let both = [130, 0x00, 0xf1, 0x10, 0, 7, 0x00, 0xf1, 0x10, 0xf0, 0, 1, 1];
        assert_eq!(text(&both), "ecgi 001-01-7-257");
        let both = [137, 0x00, 0xf1, 0x10, 0, 0, 7, 0x00, 0xf1, 0x10, 0xf1, 0, 0, 0, 1];
        assert_eq!(text(&both), "ncgi 001-01-7-4294967297");
    }

    #[test]
    fn unknown_and_short() {
        assert_eq!(user_location(&[131, 1, 2, 3]), Ok(None));
        assert!(user_location(&[]).is_err());
        assert!(user_location(&[130, 0, 0xf1, 0x10, 0, 7]).is_err());
    }
}
