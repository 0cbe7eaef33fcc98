//! Places: the types of locations that MAP and CAP share, and where they are filed (TS 29.002 §17.7.1, §17.7.8).
//!
//! Called by `fields`. A location or routeing area that says no more than the cell before it is left out; a tracking
//! area is filed with the cell beside which it stands.

use super::fields::Tag::{Context, Integer};
use super::fields::{Field, Role, into, take};
use crate::identity::{CellId, CellKind, Plmn};
use crate::wire::{Identity, Named};

/// The place that an element of such a role names.
pub(super) fn cell(role: Role, content: &[u8]) -> Option<CellId> {
    match role {
        Role::Cgi => CellId::from_cgi_octets(content.try_into().ok()?),
        Role::Lai => CellId::from_lai_octets(content.try_into().ok()?),
        // TS 23.003 §4.2: LAI and routeing area code.
        Role::Rai => CellId::from_lai_octets(*content.first_chunk()?),
        Role::Ecgi => CellId::from_ecgi_octets(content.try_into().ok()?),
        Role::Tai => CellId::from_tai_octets(content.try_into().ok()?),
        // TS 29.002 NR-CGI: PLMN and 36 bits in five octets, the first half octet spare.
        Role::NrCgi => {
            let [a, b, c, n1, n2, n3, n4, n5] = content.try_into().ok()?;
            let cell = u64::from_be_bytes([0, 0, 0, n1 & 0x0f, n2, n3, n4, n5]);
            Some(CellId { plmn: Plmn::from_octets([a, b, c])?, area: None, cell: Some(cell), kind: CellKind::Ncgi })
        }
        // TS 29.002 NR-TA-Id: PLMN and a tracking area code of three octets.
        Role::NrTai => {
            let [a, b, c, t1, t2, t3] = content.try_into().ok()?;
            let area = Some(u32::from_be_bytes([0, t1, t2, t3]));
            Some(CellId { plmn: Plmn::from_octets([a, b, c])?, area, cell: None, kind: CellKind::Tai })
        }
        // The CHOICE with its own tag and length, or without; a GlobalCellId.
        Role::CgiOrLai => match content {
            [0x80, 7, inner @ ..] => cell(Role::Cgi, inner),
            [0x81, 5, inner @ ..] => cell(Role::Lai, inner),
            [_, _, _, _, _, _, _] => cell(Role::Cgi, content),
            _ => cell(Role::Lai, content),
        },
        _ => None,
    }
}

/// Files the place of an element of such a role.
pub(super) fn file(named: &mut Named, role: Role, cell: CellId) {
    named.plmn.get_or_insert(cell.plmn);
    // A tracking area comes after its cell, in the same structure.
    let beside: &[CellKind] = match role {
        Role::Tai => &[CellKind::Ecgi, CellKind::Ncgi],
        Role::NrTai => &[CellKind::Ncgi],
        _ => &[],
    };
    for kind in beside {
        let further = named.more.iter_mut().filter_map(|more| match more {
            Identity::Cell(cell) => Some(cell),
            _ => None,
        });
        let mut known = named.cell.iter_mut().chain(further);
        if let Some(known) = known.find(|known| known.kind == *kind && known.plmn == cell.plmn && known.area.is_none())
        {
            known.area = cell.area;
            return;
        }
    }
    // A location or routeing area says nothing that the cell did not.
    let told = named.cell.is_some_and(|known| known.is_cell() && (known.plmn, known.area) == (cell.plmn, cell.area));
    if cell.kind != CellKind::Lai || !told {
        named.cell(cell);
    }
}

/// The cell that was filed last is a service area.
pub(super) fn service_area(named: &mut Named) {
    let further = named.more.iter_mut().filter_map(|more| match more {
        Identity::Cell(cell) => Some(cell),
        _ => None,
    });
    let mut all = named.cell.iter_mut().chain(further);
    if let Some(last) = all.rfind(|cell| cell.kind == CellKind::Cgi) {
        last.kind = CellKind::Sai;
    }
}

// CellGlobalIdOrServiceAreaIdOrLAI ::= CHOICE {
//     cellGlobalIdOrServiceAreaIdFixedLength [0] CellGlobalIdOrServiceAreaIdFixedLength,
//     laiFixedLength [1] LAIFixedLength}
pub(super) const CELL_OR_LAI: &[Field] = &[take(Context(0), Role::Cgi), take(Context(1), Role::Lai)];

// LocationInformationEPS ::= SEQUENCE {
//     e-utranCellGlobalIdentity [0] E-UTRAN-CGI OPTIONAL,
//     trackingAreaIdentity [1] TA-Id OPTIONAL, ...,
//     ageOfLocationInformation [6] AgeOfLocationInformation OPTIONAL, ...}
pub(super) const LOCATION_EPS: &[Field] =
    &[take(Context(0), Role::Ecgi), take(Context(1), Role::Tai), take(Context(6), Role::Age)];

// LocationInformation ::= SEQUENCE {
//     ageOfLocationInformation AgeOfLocationInformation OPTIONAL,
//     geographicalInformation [0] ..., vlr-number [1] ISDN-AddressString OPTIONAL, locationNumber [2] ...,
//     cellGlobalIdOrServiceAreaIdOrLAI [3] CellGlobalIdOrServiceAreaIdOrLAI OPTIONAL, ...,
//     msc-Number [6] ISDN-AddressString OPTIONAL, ..., sai-Present [9] NULL OPTIONAL,
//     locationInformationEPS [10] LocationInformationEPS OPTIONAL, ...}
pub(super) const LOCATION: &[Field] = &[
    take(Integer, Role::Age),
    take(Context(1), Role::Node),
    into(Context(3), CELL_OR_LAI),
    take(Context(6), Role::Node),
    take(Context(9), Role::SaiPresent),
    into(Context(10), LOCATION_EPS),
];

// LocationInformationGPRS ::= SEQUENCE {
//     cellGlobalIdOrServiceAreaIdOrLAI [0] CellGlobalIdOrServiceAreaIdOrLAI OPTIONAL,
//     routeingAreaIdentity [1] RAIdentity OPTIONAL, ..., sgsn-Number [3] ISDN-AddressString OPTIONAL, ...,
//     sai-Present [6] NULL OPTIONAL, ..., ageOfLocationInformation [9] AgeOfLocationInformation OPTIONAL, ...}
pub(super) const LOCATION_GPRS: &[Field] = &[
    into(Context(0), CELL_OR_LAI),
    take(Context(1), Role::Rai),
    take(Context(3), Role::Node),
    take(Context(6), Role::SaiPresent),
    take(Context(9), Role::Age),
];

// LocationInformation5GS ::= SEQUENCE {nrCellGlobalIdentity [0] NR-CGI OPTIONAL,
//     e-utranCellGlobalIdentity [1] E-UTRAN-CGI OPTIONAL, ..., trackingAreaIdentity [5] TA-Id OPTIONAL, ...,
//     ageOfLocationInformation [7] AgeOfLocationInformation OPTIONAL, vplmnId [8] PLMN-Id OPTIONAL, ...,
//     nrTrackingAreaIdentity [12] NR-TA-Id OPTIONAL, ...}
pub(super) const LOCATION_5GS: &[Field] = &[
    take(Context(0), Role::NrCgi),
    take(Context(1), Role::Ecgi),
    take(Context(5), Role::Tai),
    take(Context(7), Role::Age),
    take(Context(8), Role::Plmn),
    take(Context(12), Role::NrTai),
];
