//! ASN.1 types as tables: which member of a SEQUENCE, SET or CHOICE says what.
//!
//! A type is a list of [`Field`]s. [`walk`] goes over the elements of a message, and for each that is in the list it
//! either hands it out with its [`Role`] or goes into it with the list of its own type. Members that are in no list are
//! skipped: they are those that simhound has no use for, and extensions. Since members are told by tag, the versions
//! of a protocol that only added members need one list.
//!
//! Called by the MAP and CAP decoders, which share the types of locations and subscribers. A defect does not end the
//! walk unless the framing is lost; the first one is returned.

use super::number;
use crate::health::Layer;
use crate::identity::{CellId, CellKind, Imei, Imsi, Number, Plmn};
use crate::wire::asn1::{Class, Element, Elements, universal};
use crate::wire::{DecodeError, Identity, Named};

/// How a member is told from its siblings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tag {
    /// `[n]`.
    Context(u32),
    /// `[PRIVATE n]`.
    Private(u32),
    /// The untagged OCTET STRING that is the n-th among its siblings, from 0.
    Octets(u8),
    /// An untagged INTEGER.
    Integer,
    /// An untagged ENUMERATED.
    Enumerated,
    /// An untagged SEQUENCE.
    Sequence,
    /// Any other tag: in no list.
    Other,
}

/// What is done with a member.
#[derive(Debug, Clone, Copy)]
pub(super) enum Then {
    /// It is handed out.
    Take(Role),
    /// Its own members are looked at.
    Into(&'static [Field]),
}

/// One member.
#[derive(Debug, Clone, Copy)]
pub(super) struct Field(pub(super) Tag, pub(super) Then);

/// A member that is handed out.
pub(super) const fn take(tag: Tag, role: Role) -> Field {
    Field(tag, Then::Take(role))
}

/// A member with members.
pub(super) const fn into(tag: Tag, fields: &'static [Field]) -> Field {
    Field(tag, Then::Into(fields))
}

/// What a member means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    // Identities, read by `name`.
    Imsi,
    Msisdn,
    Imei,
    Tmsi,
    Plmn,
    /// An address of the MSC, VLR, SGSN or SMSF that serves the subscriber.
    Node,
    /// An ISDN-AddressString that the subscriber calls or is reached at.
    Called,
    // Places, read by `name`.
    Cgi,
    Lai,
    Rai,
    /// A CellGlobalIdOrServiceAreaIdOrLAI within an OCTET STRING.
    CgiOrLai,
    SaiPresent,
    Ecgi,
    Tai,
    NrCgi,
    // Read by MAP.
    Lmsi,
    /// In minutes.
    Age,
    Tpdu,
    /// SM-RP-OA with an MSISDN.
    SmOriginator,
    SmServiceCentre,
    /// SM-RP-DA with an IMSI.
    SmSubscriber,
    /// destinationReference of MAP-OPEN.
    DestinationReference,
    EquipmentStatus,
    CallReference,
    CancellationType,
    DeliveryOutcome,
    // Read by CAP.
    IsupCalling,
    IsupCalled,
    IsupRedirecting,
    BcdCalled,
    SmsCalling,
    SmsCalled,
    ServiceKey,
    EventBcsm,
    EventSms,
    Cause,
    Leg,
    Tenths,
}

fn tag_of(element: &Element<'_>, strings: u8) -> Tag {
    match element.tag() {
        (Class::Context, number) => Tag::Context(number),
        (Class::Private, number) => Tag::Private(number),
        (Class::Universal, universal::OCTET_STRING) => Tag::Octets(strings),
        (Class::Universal, universal::INTEGER) => Tag::Integer,
        (Class::Universal, universal::ENUMERATED) => Tag::Enumerated,
        (Class::Universal, universal::SEQUENCE) => Tag::Sequence,
        _ => Tag::Other,
    }
}

/// Hands out the members that `fields` lists. Returns the first defect.
pub(super) fn walk<'a, F>(elements: Elements<'a>, fields: &'static [Field], take: &mut F) -> Option<DecodeError>
where
    F: FnMut(Role, &Element<'a>) -> Result<(), DecodeError>,
{
    let mut first = None;
    let mut strings = 0u8;
    for element in elements {
        let element = match element {
            Ok(element) => element,
            Err(error) => return first.or(Some(error)),
        };
        let tag = tag_of(&element, strings);
        if let Tag::Octets(nth) = tag {
            strings = nth.saturating_add(1);
        }
        let Some(Field(_, then)) = fields.iter().find(|field| field.0 == tag) else {
            continue;
        };
        let defect = match *then {
            Then::Take(role) => take(role, &element).err(),
            Then::Into(fields) => walk(element.children(), fields, take),
        };
        first = first.or(defect);
    }
    first
}

/// Reads a parameter whose type is a CHOICE of `fields`.
pub(super) fn read<'a, F>(
    parameter: &'a [u8],
    layer: Layer,
    fields: &'static [Field],
    take: &mut F,
) -> Result<(), DecodeError>
where
    F: FnMut(Role, &Element<'a>) -> Result<(), DecodeError>,
{
    let mut taken = false;
    let defect = walk(Elements::new(parameter, layer), fields, &mut |role, element| {
        taken = true;
        take(role, element)
    });
    // Not one member of the type, and no defect that would explain it: another type.
    match defect {
        Some(error) => Err(error),
        None if taken || fields.is_empty() || !is_other(parameter, layer, fields) => Ok(()),
        None => Err(DecodeError::malformed(layer, 0, "parameter of another type")),
    }
}

fn is_other(parameter: &[u8], layer: Layer, fields: &'static [Field]) -> bool {
    let top = Elements::new(parameter, layer).next();
    let Some(Ok(top)) = top else { return false };
    !fields.iter().any(|field| field.0 == tag_of(&top, 0))
}

/// The number of an element that holds an AddressString.
pub(super) fn address(element: &Element<'_>) -> Result<Number, DecodeError> {
    number::address_string(element.content).ok_or(element.malformed("AddressString"))
}

/// Files an identity or a place under its meaning. Roles that are neither are left to the caller: `false`.
pub(super) fn name(role: Role, element: &Element<'_>, named: &mut Named) -> Result<bool, DecodeError> {
    let content = element.content;
    match role {
        Role::Imsi => named.imsi(imsi(element)?),
        Role::Msisdn => {
            if let Some(msisdn) = address(element)?.international() {
                named.msisdn(msisdn);
            }
        }
        Role::Imei => named.imei(Imei::from_tbcd(content).ok_or(element.malformed("IMEI"))?),
        Role::Tmsi => {
            let tmsi = content.try_into().map_err(|_| element.malformed("TMSI"))?;
            named.tmsi = Some(u32::from_be_bytes(tmsi));
        }
        Role::Plmn => {
            let octets = content.try_into().ok();
            let plmn = octets.and_then(Plmn::from_octets);
            named.plmn = Some(plmn.ok_or(element.malformed("PLMN-Id"))?);
        }
        Role::Node => {
            if named.serving_node.is_none() {
                named.serving_node = Some(address(element)?);
            }
        }
        Role::Called => {
            if named.called.is_none() {
                named.called = Some(address(element)?);
            }
        }
        Role::SaiPresent => {
            if let Some(cell) = &mut named.cell
                && cell.kind == CellKind::Cgi
            {
                cell.kind = CellKind::Sai;
            }
        }
        Role::Cgi | Role::Lai | Role::Rai | Role::CgiOrLai | Role::Ecgi | Role::Tai | Role::NrCgi => {
            let cell = cell(role, content).ok_or(element.malformed("cell or area identity"))?;
            place(named, cell);
        }
        _ => return Ok(false),
    }
    Ok(true)
}

fn imsi(element: &Element<'_>) -> Result<Imsi, DecodeError> {
    Imsi::from_tbcd(element.content).ok_or(element.malformed("IMSI"))
}

fn cell(role: Role, content: &[u8]) -> Option<CellId> {
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
        // The CHOICE with its own tag and length, or without.
        Role::CgiOrLai => match content {
            [0x80, 7, inner @ ..] => cell(Role::Cgi, inner),
            [0x81, 5, inner @ ..] => cell(Role::Lai, inner),
            [_, _, _, _, _, _, _] => cell(Role::Cgi, content),
            _ => cell(Role::Lai, content),
        },
        _ => None,
    }
}

fn place(named: &mut Named, cell: CellId) {
    named.plmn.get_or_insert(cell.plmn);
    let further = named.more.iter_mut().filter_map(|more| match more {
        Identity::Cell(cell) => Some(cell),
        _ => None,
    });
    let known = named.cell.iter_mut().chain(further);
    // The tracking area comes after its cell, in the same structure.
    if cell.kind == CellKind::Tai
        && let Some(known) = known.into_iter().find(|known| {
            matches!(known.kind, CellKind::Ecgi | CellKind::Ncgi) && known.plmn == cell.plmn && known.area.is_none()
        })
    {
        known.area = cell.area;
        return;
    }
    // A location or routeing area says nothing that the cell did not.
    let told = named.cell.is_some_and(|known| known.is_cell() && (known.plmn, known.area) == (cell.plmn, cell.area));
    if cell.kind != CellKind::Lai || !told {
        named.cell(cell);
    }
}

use Tag::{Context, Integer};

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
