//! ASN.1 types as tables: which member of a SEQUENCE, SET or CHOICE says what.
//!
//! A type is a list of [`Field`]s. [`walk`] goes over the elements of a message, and for each that is in the list it
//! either hands it out with its [`Role`] or goes into it with the list of its own type. Members that are in no list are
//! skipped: they are those that simhound has no use for, and extensions. Since members are told by tag, the versions
//! of a protocol that only added members need one list.
//!
//! Called by the MAP and CAP decoders, which share the types of locations and subscribers. A defect does not end the
//! walk unless the framing is lost; the first one is returned.

use super::{number, places};
use crate::health::Layer;
use crate::identity::{Imei, Imsi, Number, Plmn};
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
    /// Any untagged OCTET STRING: the members of a list.
    AnyOctets,
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

/// One member. Its tag is kept as one number: a list is searched for each element.
#[derive(Debug, Clone, Copy)]
pub(super) struct Field {
    tag: u64,
    then: Then,
}

/// A member that is handed out.
pub(super) const fn take(tag: Tag, role: Role) -> Field {
    Field { tag: tag.number(), then: Then::Take(role) }
}

/// A member with members.
pub(super) const fn into(tag: Tag, fields: &'static [Field]) -> Field {
    Field { tag: tag.number(), then: Then::Into(fields) }
}

/// What a member means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    // Identities, read by `name`.
    Imsi,
    /// The IMSI of another subscriber than the one that the message is about.
    OtherImsi,
    Msisdn,
    Imei,
    Tmsi,
    Lmsi,
    Plmn,
    /// An address of the MSC, VLR, SGSN or SMSF that serves the subscriber, or of another node.
    Node,
    /// An ISDN-AddressString that the subscriber calls or is reached at.
    Called,
    /// An ISDN-AddressString that asks or calls.
    Calling,
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
    /// Tracking area of 5GS: PLMN and 24 bits.
    NrTai,
    // Read by MAP.
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
    /// originationReference of MAP-OPEN.
    OriginationReference,
    /// A member of a CHOICE that says nothing here.
    Ignored,
    EquipmentStatus,
    CallReference,
    CancellationType,
    DeliveryOutcome,
    /// accessNetworkProtocolId of an AccessNetworkSignalInfo.
    AccessNetwork,
    /// protocolId of an ExternalSignalInfo.
    ExternalProtocol,
    /// signalInfo of either.
    AccessSignal,
    // Read by CAP.
    IsupCalling,
    IsupCalled,
    IsupDialled,
    IsupRedirecting,
    IsupOriginalCalled,
    /// Where the call goes on.
    IsupForwarded,
    /// GenericNumber: a qualifier before the number; a further calling party.
    GenericCalling,
    BcdCalled,
    SmsCalling,
    SmsCalled,
    ServiceKey,
    EventBcsm,
    EventSms,
    EventGprs,
    Cause,
    Leg,
    Tenths,
    Seconds,
    GprsCause,
    // Read by ANSI MAP.
    Min,
    Esn,
    Meid,
    NetworkTmsi,
    MscId,
    LocationArea,
    ServingCell,
    /// Digits whose type says whose they are.
    Digits,
    CallingDigits,
    CalledDigits,
    NodeDigits,
    DirectoryNumber,
    SmsDestination,
    SmsOriginator,
}

impl Tag {
    /// Different for different tags.
    const fn number(self) -> u64 {
        match self {
            Self::Context(number) => number as u64,
            Self::Private(number) => 1 << 32 | number as u64,
            Self::Octets(nth) => 2 << 32 | nth as u64,
            Self::AnyOctets => 3 << 32,
            Self::Integer => 4 << 32,
            Self::Enumerated => 5 << 32,
            Self::Sequence => 6 << 32,
            Self::Other => 7 << 32,
        }
    }
}

/// The member that an element of that tag is, searched from a place on: members mostly come in the order of their list.
/// The place becomes that behind it.
fn of_tag(fields: &'static [Field], tag: Tag, from: &mut usize) -> Option<&'static Field> {
    let number = tag.number();
    let any = if matches!(tag, Tag::Octets(_)) { Tag::AnyOctets.number() } else { number };
    let (before, after) = fields.split_at_checked(*from).unwrap_or((fields, &[]));
    let of = |fields: &'static [Field]| fields.iter().position(|field| field.tag == number || field.tag == any);
    let place = of(after).map(|place| place.saturating_add(before.len())).or_else(|| of(before))?;
    *from = place.saturating_add(1);
    fields.get(place)
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
    let mut place = 0;
    for element in elements {
        let element = match element {
            Ok(element) => element,
            Err(error) => return first.or(Some(error)),
        };
        let tag = tag_of(&element, strings);
        if let Tag::Octets(nth) = tag {
            strings = nth.saturating_add(1);
        }
        let Some(field) = of_tag(fields, tag, &mut place) else { continue };
        let defect = match field.then {
            Then::Take(role) => match take(role, &element) {
                Ok(()) => continue,
                Err(error) => Some(error),
            },
            // Only strings contain elements without being constructed; a bare value under the tag of a list is of
            // another type.
            Then::Into(fields) if element.constructed || matches!(tag, Tag::Octets(_)) => {
                walk(element.children(), fields, take)
            }
            Then::Into(_) => None,
        };
        if first.is_none() {
            first = defect;
        }
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
    of_tag(fields, tag_of(&top, 0), &mut 0).is_none()
}

/// The number of an element that holds an AddressString.
pub(super) fn address(element: &Element<'_>) -> Result<Number, DecodeError> {
    number::address_string(element.content).ok_or_else(|| element.malformed("AddressString"))
}

/// Files an identity or a place under its meaning. Roles that are neither are left to the caller: `false`.
pub(super) fn name(role: Role, element: &Element<'_>, named: &mut Named) -> Result<bool, DecodeError> {
    let content = element.content;
    match role {
        Role::Imsi => named.imsi(imsi(element)?),
        Role::OtherImsi => named.other_imsi(imsi(element)?),
        Role::Msisdn => named.own_number(address(element)?),
        Role::Imei => named.imei(Imei::from_tbcd(content).ok_or_else(|| element.malformed("IMEI"))?),
        Role::Tmsi => named.tmsi(four(element)?),
        Role::Lmsi => named.further(Identity::Lmsi(four(element)?)),
        Role::Plmn => {
            let octets = content.try_into().ok();
            let plmn = octets.and_then(Plmn::from_octets);
            named.plmn = Some(plmn.ok_or_else(|| element.malformed("PLMN-Id"))?);
        }
        Role::Node => named.node(address(element)?),
        Role::Called => named.called(address(element)?),
        Role::Calling => named.calling(address(element)?),
        Role::SaiPresent => places::service_area(named),
        Role::Cgi | Role::Lai | Role::Rai | Role::CgiOrLai | Role::Ecgi | Role::Tai | Role::NrCgi | Role::NrTai => {
            let cell = places::cell(role, content).ok_or_else(|| element.malformed("cell or area identity"))?;
            places::file(named, role, cell);
        }
        _ => return Ok(false),
    }
    Ok(true)
}

fn four(element: &Element<'_>) -> Result<u32, DecodeError> {
    let octets = element.content.try_into().map_err(|_| element.malformed("temporary identity not of four octets"))?;
    Ok(u32::from_be_bytes(octets))
}

fn imsi(element: &Element<'_>) -> Result<Imsi, DecodeError> {
    Imsi::from_tbcd(element.content).ok_or_else(|| element.malformed("IMSI"))
}
