//! RANAP: RNC (or HNB gateway) and MSC or SGSN (TS 25.413 V17).
//!
//! The frame is in [`super::pdu`]; this file has the information elements that name a UE, a subscriber or a place (RANAP-IEs). RANAP lies in SCCP: in connections, Paging
//! and Reset without.

use super::types::{Extensions, ImsiOctets, PlmnOctets, Span, Unread, area_of_two, number, value};
use super::{Domain, Element, Facts, NO_PLACE, place};
use crate::health::Layer;
use crate::identity::{CellId, CellKind, Imei};
use rasn::prelude::*;

pub(super) const LAYER: Layer = Layer::Ranap;

/// Identifiers of information elements (RANAP-Constants).
mod id {
    pub(super) const AREA_IDENTITY: u16 = 0;
    pub(super) const CN_DOMAIN_INDICATOR: u16 = 3;
    pub(super) const CAUSE: u16 = 4;
    pub(super) const LAI: u16 = 15;
    pub(super) const NAS_PDU: u16 = 16;
    pub(super) const PAGING_AREA_ID: u16 = 21;
    pub(super) const PERMANENT_NAS_UE_ID: u16 = 23;
    pub(super) const SAI: u16 = 58;
    pub(super) const TEMPORARY_UE_ID: u16 = 64;
    pub(super) const UE_ID: u16 = 69;
    pub(super) const IU_SIG_CON_ID: u16 = 79;
    pub(super) const IMSI: u16 = 256;
    pub(super) const P_TMSI: u16 = 287;
}

/// ```text
/// LAI ::= SEQUENCE { pLMNidentity, lAC OCTET STRING (SIZE (2)), iE-Extensions OPTIONAL }
/// ```
#[derive(AsnType, Decode, Debug, Clone)]
#[rasn(automatic_tags)]
struct Lai {
    plmn: PlmnOctets,
    lac: FixedOctetString<2>,
    _extensions: Option<Extensions>,
}

/// ```text
/// SAI ::= SEQUENCE { pLMNidentity, lAC OCTET STRING (SIZE (2)), sAC OCTET STRING (SIZE (2)), iE-Extensions OPTIONAL }
/// ```
#[derive(AsnType, Decode, Debug, Clone)]
#[rasn(automatic_tags)]
struct Sai {
    plmn: PlmnOctets,
    lac: FixedOctetString<2>,
    sac: FixedOctetString<2>,
    _extensions: Option<Extensions>,
}

/// ```text
/// AreaIdentity ::= CHOICE { sAI, geographicalArea, ... }
/// ```
#[derive(AsnType, Decode, Debug, Clone)]
#[rasn(choice, automatic_tags)]
#[non_exhaustive]
enum AreaIdentity {
    Sai(Sai),
    GeographicalArea(Unread),
}

/// ```text
/// PagingAreaID ::= CHOICE { lAI, rAI, ... }
/// RAI ::= SEQUENCE { lAI, rAC OCTET STRING (SIZE (1)), iE-Extensions OPTIONAL, ... }
/// ```
#[derive(AsnType, Decode, Debug, Clone)]
#[rasn(choice, automatic_tags)]
#[non_exhaustive]
enum PagingAreaId {
    Lai(Lai),
    Rai(Rai),
}

#[derive(AsnType, Decode, Debug, Clone)]
#[rasn(automatic_tags)]
#[non_exhaustive]
struct Rai {
    lai: Lai,
    _rac: FixedOctetString<1>,
    _extensions: Option<Extensions>,
}

/// ```text
/// PermanentNAS-UE-ID ::= CHOICE { iMSI OCTET STRING (SIZE (3..8)), ... }
/// ```
#[derive(AsnType, Decode, Debug, Clone)]
#[rasn(choice, automatic_tags)]
#[non_exhaustive]
enum PermanentNasUeId {
    Imsi(ImsiOctets),
}

/// ```text
/// TemporaryUE-ID ::= CHOICE { tMSI OCTET STRING (SIZE (4)), p-TMSI OCTET STRING (SIZE (4)), ... }
/// ```
#[derive(AsnType, Decode, Debug, Clone)]
#[rasn(choice, automatic_tags)]
#[non_exhaustive]
enum TemporaryUeId {
    Tmsi(FixedOctetString<4>),
    PTmsi(FixedOctetString<4>),
}

/// ```text
/// UE-ID ::= CHOICE { imsi OCTET STRING (SIZE (3..8)), imei OCTET STRING (SIZE (8)), ..., imeisv OCTET STRING (SIZE (8)) }
/// ```
#[derive(AsnType, Decode, Debug, Clone)]
#[rasn(choice, automatic_tags)]
#[non_exhaustive]
enum UeId {
    Imsi(ImsiOctets),
    Imei(FixedOctetString<8>),
    #[rasn(extension_addition)]
    Imeisv(FixedOctetString<8>),
}

/// ```text
/// CN-DomainIndicator ::= ENUMERATED { cs-domain, ps-domain }
/// ```
#[derive(AsnType, Decode, Debug, Clone, Copy, PartialEq)]
#[rasn(enumerated, automatic_tags)]
enum CnDomainIndicator {
    Cs,
    Ps,
}

/// ```text
/// Cause ::= CHOICE { radioNetwork INTEGER (1..64), transmissionNetwork INTEGER (65..80), nAS INTEGER (81..96),
///     protocol INTEGER (97..112), misc INTEGER (113..128), non-Standard INTEGER (129..256), ...,
///     radioNetworkExtension INTEGER (257..512) }
/// ```
#[derive(AsnType, Decode, Debug, Clone)]
#[rasn(choice, automatic_tags)]
#[non_exhaustive]
enum Cause {
    #[rasn(value("1..=64"))]
    RadioNetwork(u16),
    #[rasn(value("65..=80"))]
    TransmissionNetwork(u16),
    #[rasn(value("81..=96"))]
    Nas(u16),
    #[rasn(value("97..=112"))]
    Protocol(u16),
    #[rasn(value("113..=128"))]
    Misc(u16),
    #[rasn(value("129..=256"))]
    NonStandard(u16),
    #[rasn(extension_addition, value("257..=512"))]
    RadioNetworkExtension(u16),
}

impl Lai {
    fn place(&self) -> Option<CellId> {
        area_of_two(&self.plmn, &self.lac, CellKind::Lai)
    }
}

impl Sai {
    fn place(&self) -> Option<CellId> {
        let (area, cell) = (u16::from_be_bytes(*self.lac), u16::from_be_bytes(*self.sac));
        place(*self.plmn, Some(u32::from(area)), Some(u64::from(cell)), CellKind::Sai)
    }
}

impl Cause {
    fn value(&self) -> i64 {
        i64::from(match self {
            Self::RadioNetwork(value)
            | Self::TransmissionNetwork(value)
            | Self::Nas(value)
            | Self::Protocol(value)
            | Self::Misc(value)
            | Self::NonStandard(value)
            | Self::RadioNetworkExtension(value) => *value,
        })
    }
}

pub(super) fn read<'a>(facts: &mut Facts<'a>, element: &Element<'a>) -> Result<(), &'static str> {
    let octets = element.value;
    match element.id {
        id::CN_DOMAIN_INDICATOR => {
            facts.domain = Some(match value(octets)? {
                CnDomainIndicator::Cs => Domain::Cs,
                CnDomainIndicator::Ps => Domain::Ps,
            });
        }
        id::CAUSE => facts.cause = Some(value::<Cause>(octets)?.value()),
        id::NAS_PDU => facts.nas(element, value::<Span>(octets)?)?,
        id::LAI => facts.area(value::<Lai>(octets)?.place().ok_or(NO_PLACE)?),
        id::SAI => facts.named.cell(value::<Sai>(octets)?.place().ok_or(NO_PLACE)?),
        id::AREA_IDENTITY => {
            if let AreaIdentity::Sai(sai) = value(octets)? {
                facts.named.cell(sai.place().ok_or(NO_PLACE)?);
            }
        }
        id::PAGING_AREA_ID => {
            let (PagingAreaId::Lai(lai) | PagingAreaId::Rai(Rai { lai, .. })) = value(octets)?;
            facts.area(lai.place().ok_or(NO_PLACE)?);
        }
        id::PERMANENT_NAS_UE_ID => {
            let PermanentNasUeId::Imsi(imsi) = value(octets)?;
            facts.named.imsi(imsi.value(octets)?);
        }
        id::IMSI => facts.named.imsi(value::<ImsiOctets>(octets)?.value(octets)?),
        id::TEMPORARY_UE_ID => {
            let (tmsi, domain) = match value(octets)? {
                TemporaryUeId::Tmsi(tmsi) => (tmsi, Domain::Cs),
                TemporaryUeId::PTmsi(tmsi) => (tmsi, Domain::Ps),
            };
            facts.named.tmsi = Some(u32::from_be_bytes(*tmsi));
            facts.domain = facts.domain.or(Some(domain));
        }
        id::P_TMSI => facts.named.tmsi = Some(u32::from_be_bytes(*value::<FixedOctetString<4>>(octets)?)),
        id::UE_ID => match value(octets)? {
            UeId::Imsi(imsi) => facts.named.imsi(imsi.value(octets)?),
            UeId::Imei(imei) | UeId::Imeisv(imei) => {
                facts.named.imei(Imei::from_tbcd(&*imei).ok_or("IMEI of an unknown form")?);
            }
        },
        id::IU_SIG_CON_ID => facts.iu = Some(number(&value::<FixedBitString<24>>(octets)?) as u32),
        _ => {}
    }
    Ok(())
}
