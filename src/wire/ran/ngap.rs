//! NGAP: gNodeB and AMF (TS 38.413 V18).
//!
//! The frame is in [`super::pdu`]; this file has the information elements that name a UE, a subscriber or a place (NGAP-IEs). Lists of sessions are plain lists here, not
//! lists of containers as in S1AP: a broken item costs those after it.

use super::types::{Enumerated, Extension, Extensions, PlmnOctets, Span, Unread, number, value};
use super::{Element, Facts, NO_PLACE, STmsi, place};
use crate::health::Layer;
use crate::identity::{CellId, CellKind, Plmn};
use rasn::prelude::*;

pub(super) const LAYER: Layer = Layer::Ngap;

/// Identifiers of information elements (NGAP-Constants).
mod id {
    pub(super) const AMF_UE_NGAP_ID: u16 = 10;
    pub(super) const CAUSE: u16 = 15;
    pub(super) const FIVE_G_S_TMSI: u16 = 26;
    pub(super) const GUAMI: u16 = 28;
    pub(super) const NAS_PDU: u16 = 38;
    pub(super) const NEW_AMF_UE_NGAP_ID: u16 = 40;
    pub(super) const PDU_SESSION_RESOURCE_MODIFY_LIST_MOD_REQ: u16 = 64;
    pub(super) const PDU_SESSION_RESOURCE_SETUP_LIST_CXT_REQ: u16 = 71;
    pub(super) const PDU_SESSION_RESOURCE_SETUP_LIST_SU_REQ: u16 = 74;
    pub(super) const RAN_UE_NGAP_ID: u16 = 85;
    pub(super) const RRC_ESTABLISHMENT_CAUSE: u16 = 90;
    pub(super) const SOURCE_AMF_UE_NGAP_ID: u16 = 100;
    pub(super) const TAI_LIST_FOR_PAGING: u16 = 103;
    pub(super) const UE_NGAP_IDS: u16 = 114;
    pub(super) const UE_PAGING_IDENTITY: u16 = 115;
    pub(super) const USER_LOCATION_INFORMATION: u16 = 121;
}

/// `INTEGER (0..1099511627775)`
#[derive(AsnType, Decode, Debug, Clone, Copy)]
#[rasn(delegate, value("0..=1099511627775"))]
struct AmfUeNgapId(u64);

/// `INTEGER (0..4294967295)`
#[derive(AsnType, Decode, Debug, Clone, Copy)]
#[rasn(delegate, value("0..=4294967295"))]
struct RanUeNgapId(u32);

/// ```text
/// TAI ::= SEQUENCE { pLMNIdentity, tAC OCTET STRING (SIZE (3)), iE-Extensions OPTIONAL, ... }
/// ```
#[derive(AsnType, Decode, Debug, Clone)]
#[rasn(automatic_tags)]
#[non_exhaustive]
struct Tai {
    plmn: PlmnOctets,
    tac: FixedOctetString<3>,
    _extensions: Option<Extensions>,
}

/// ```text
/// TAIListForPaging ::= SEQUENCE (SIZE (1..16)) OF SEQUENCE { tAI, iE-Extensions OPTIONAL, ... }
/// ```
#[derive(AsnType, Decode, Debug, Clone)]
#[rasn(delegate, size("1..=16"))]
struct TaiListForPaging(Vec<TaiListForPagingItem>);

#[derive(AsnType, Decode, Debug, Clone)]
#[rasn(automatic_tags)]
#[non_exhaustive]
struct TaiListForPagingItem {
    tai: Tai,
    _extensions: Option<Extensions>,
}

/// ```text
/// NR-CGI ::= SEQUENCE { pLMNIdentity, nRCellIdentity BIT STRING (SIZE (36)), iE-Extensions OPTIONAL, ... }
/// ```
#[derive(AsnType, Decode, Debug, Clone)]
#[rasn(automatic_tags)]
#[non_exhaustive]
struct NrCgi {
    plmn: PlmnOctets,
    cell: FixedBitString<36>,
    _extensions: Option<Extensions>,
}

/// ```text
/// EUTRA-CGI ::= SEQUENCE { pLMNIdentity, eUTRACellIdentity BIT STRING (SIZE (28)), iE-Extensions OPTIONAL, ... }
/// ```
#[derive(AsnType, Decode, Debug, Clone)]
#[rasn(automatic_tags)]
#[non_exhaustive]
struct EutraCgi {
    plmn: PlmnOctets,
    cell: FixedBitString<28>,
    _extensions: Option<Extensions>,
}

/// ```text
/// UserLocationInformation ::= CHOICE { userLocationInformationEUTRA, userLocationInformationNR,
///     userLocationInformationN3IWF, choice-Extensions }
/// ```
#[derive(AsnType, Decode, Debug, Clone)]
#[rasn(choice, automatic_tags)]
enum UserLocationInformation {
    Eutra(UserLocationInformationEutra),
    Nr(UserLocationInformationNr),
    N3iwf(Unread),
    Extension(Extension),
}

/// ```text
/// SEQUENCE { eUTRA-CGI, tAI, timeStamp OPTIONAL, iE-Extensions OPTIONAL, ... }
/// ```
#[derive(AsnType, Decode, Debug, Clone)]
#[rasn(automatic_tags)]
#[non_exhaustive]
struct UserLocationInformationEutra {
    cell: EutraCgi,
    area: Tai,
    _time: Option<FixedOctetString<4>>,
    _extensions: Option<Extensions>,
}

/// ```text
/// SEQUENCE { nR-CGI, tAI, timeStamp OPTIONAL, iE-Extensions OPTIONAL, ... }
/// ```
#[derive(AsnType, Decode, Debug, Clone)]
#[rasn(automatic_tags)]
#[non_exhaustive]
struct UserLocationInformationNr {
    cell: NrCgi,
    area: Tai,
    _time: Option<FixedOctetString<4>>,
    _extensions: Option<Extensions>,
}

/// ```text
/// FiveG-S-TMSI ::= SEQUENCE { aMFSetID BIT STRING (SIZE (10)), aMFPointer BIT STRING (SIZE (6)),
///     fiveG-TMSI OCTET STRING (SIZE (4)), iE-Extensions OPTIONAL, ... }
/// ```
#[derive(AsnType, Decode, Debug, Clone)]
#[rasn(automatic_tags)]
#[non_exhaustive]
struct FiveGSTmsi {
    set: FixedBitString<10>,
    pointer: FixedBitString<6>,
    tmsi: FixedOctetString<4>,
    _extensions: Option<Extensions>,
}

/// ```text
/// UEPagingIdentity ::= CHOICE { fiveG-S-TMSI, choice-Extensions }
/// ```
#[derive(AsnType, Decode, Debug, Clone)]
#[rasn(choice, automatic_tags)]
enum UePagingIdentity {
    FiveGSTmsi(FiveGSTmsi),
    Extension(Extension),
}

/// ```text
/// GUAMI ::= SEQUENCE { pLMNIdentity, aMFRegionID, aMFSetID, aMFPointer, iE-Extensions OPTIONAL, ... }
/// ```
/// Only its network is read.
#[derive(AsnType, Decode, Debug, Clone)]
#[rasn(automatic_tags)]
#[non_exhaustive]
struct Guami {
    plmn: PlmnOctets,
    _region: FixedBitString<8>,
    _set: FixedBitString<10>,
    _pointer: FixedBitString<6>,
    _extensions: Option<Extensions>,
}

/// ```text
/// UE-NGAP-IDs ::= CHOICE { uE-NGAP-ID-pair, aMF-UE-NGAP-ID, choice-Extensions }
/// ```
#[derive(AsnType, Decode, Debug, Clone)]
#[rasn(choice, automatic_tags)]
enum UeNgapIds {
    Pair(UeNgapIdPair),
    Amf(AmfUeNgapId),
    Extension(Extension),
}

#[derive(AsnType, Decode, Debug, Clone)]
#[rasn(automatic_tags)]
#[non_exhaustive]
struct UeNgapIdPair {
    amf: AmfUeNgapId,
    ran: RanUeNgapId,
    _extensions: Option<Extensions>,
}

/// ```text
/// Cause ::= CHOICE { radioNetwork, transport, nas, protocol, misc, choice-Extensions }
/// ```
#[derive(AsnType, Decode, Debug, Clone)]
#[rasn(choice, automatic_tags)]
enum Cause {
    RadioNetwork(Enumerated<45>),
    Transport(Enumerated<2>),
    Nas(Enumerated<4>),
    Protocol(Enumerated<7>),
    Misc(Enumerated<6>),
    Extension(Extension),
}

/// ```text
/// PDUSessionResourceSetupListCxtReq, PDUSessionResourceSetupListSUReq ::= SEQUENCE (SIZE (1..256)) OF SEQUENCE {
///     pDUSessionID INTEGER (0..255), nAS-PDU OPTIONAL, s-NSSAI, transfer OCTET STRING, iE-Extensions OPTIONAL, ... }
/// ```
#[derive(AsnType, Decode, Debug, Clone)]
#[rasn(delegate, size("1..=256"))]
struct SetupList(Vec<SetupItem>);

#[derive(AsnType, Decode, Debug, Clone)]
#[rasn(automatic_tags)]
#[non_exhaustive]
struct SetupItem {
    #[rasn(value("0..=255"))]
    _session: u16,
    nas: Option<Span>,
    _slice: SNssai,
    _transfer: Span,
    _extensions: Option<Extensions>,
}

/// ```text
/// S-NSSAI ::= SEQUENCE { sST OCTET STRING (SIZE (1)), sD OCTET STRING (SIZE (3)) OPTIONAL, iE-Extensions OPTIONAL, ... }
/// ```
#[derive(AsnType, Decode, Debug, Clone)]
#[rasn(automatic_tags)]
#[non_exhaustive]
struct SNssai {
    _kind: FixedOctetString<1>,
    _differentiator: Option<FixedOctetString<3>>,
    _extensions: Option<Extensions>,
}

/// ```text
/// PDUSessionResourceModifyListModReq ::= SEQUENCE (SIZE (1..256)) OF SEQUENCE { pDUSessionID INTEGER (0..255),
///     nAS-PDU OPTIONAL, transfer OCTET STRING, iE-Extensions OPTIONAL, ... }
/// ```
#[derive(AsnType, Decode, Debug, Clone)]
#[rasn(delegate, size("1..=256"))]
struct ModifyList(Vec<ModifyItem>);

#[derive(AsnType, Decode, Debug, Clone)]
#[rasn(automatic_tags)]
#[non_exhaustive]
struct ModifyItem {
    #[rasn(value("0..=255"))]
    _session: u16,
    nas: Option<Span>,
    _transfer: Span,
    _extensions: Option<Extensions>,
}

impl Tai {
    fn code(&self) -> u32 {
        let [high, middle, low] = *self.tac;
        u32::from_be_bytes([0, high, middle, low])
    }

    fn place(&self) -> Option<CellId> {
        place(*self.plmn, Some(self.code()), None, CellKind::Tai)
    }
}

/// A cell and the tracking area that came with it.
fn cell(facts: &mut Facts<'_>, plmn: PlmnOctets, cell: u64, kind: CellKind, area: &Tai) -> Result<(), &'static str> {
    facts.named.cell(place(*plmn, None, Some(cell), kind).ok_or(NO_PLACE)?);
    facts.area(area.place().ok_or(NO_PLACE)?);
    Ok(())
}

impl FiveGSTmsi {
    fn value(&self) -> STmsi {
        let (set, pointer) = (number(&self.set) as u16, number(&self.pointer) as u16);
        STmsi { node: set << 6 | pointer, tmsi: u32::from_be_bytes(*self.tmsi) }
    }
}

impl Cause {
    fn value(&self) -> Option<i64> {
        let (group, value) = match self {
            Self::RadioNetwork(value) => (0, value.0),
            Self::Transport(value) => (1, value.0),
            Self::Nas(value) => (2, value.0),
            Self::Protocol(value) => (3, value.0),
            Self::Misc(value) => (4, value.0),
            Self::Extension(_) => return None,
        };
        Some(super::cause(group, value))
    }
}

pub(super) fn read<'a>(facts: &mut Facts<'a>, element: &Element<'a>) -> Result<(), &'static str> {
    let octets = element.value;
    match element.id {
        id::AMF_UE_NGAP_ID => facts.core = Some(value::<AmfUeNgapId>(octets)?.0),
        id::RAN_UE_NGAP_ID => facts.radio = Some(u64::from(value::<RanUeNgapId>(octets)?.0)),
        id::SOURCE_AMF_UE_NGAP_ID => facts.source_core = Some(value::<AmfUeNgapId>(octets)?.0),
        id::NEW_AMF_UE_NGAP_ID => facts.new_core = Some(value::<AmfUeNgapId>(octets)?.0),
        id::UE_NGAP_IDS => match value::<UeNgapIds>(octets)? {
            UeNgapIds::Pair(pair) => (facts.core, facts.radio) = (Some(pair.amf.0), Some(u64::from(pair.ran.0))),
            UeNgapIds::Amf(amf) => facts.core = Some(amf.0),
            UeNgapIds::Extension(_) => {}
        },
        // emergency, highPriorityAccess, mt-Access, mo-Signalling, mo-Data, mo-VoiceCall ...
        id::RRC_ESTABLISHMENT_CAUSE => facts.answers_paging = value::<Enumerated<10>>(octets)?.0 == 2,
        id::CAUSE => facts.cause = value::<Cause>(octets)?.value(),
        id::NAS_PDU => facts.nas(element, value::<Span>(octets)?)?,
        id::USER_LOCATION_INFORMATION => match value::<UserLocationInformation>(octets)? {
            UserLocationInformation::Eutra(location) => {
                let UserLocationInformationEutra { cell: EutraCgi { plmn, cell: code, .. }, area, .. } = location;
                cell(facts, plmn, number(&code), CellKind::Ecgi, &area)?;
            }
            UserLocationInformation::Nr(location) => {
                let UserLocationInformationNr { cell: NrCgi { plmn, cell: code, .. }, area, .. } = location;
                cell(facts, plmn, number(&code), CellKind::Ncgi, &area)?;
            }
            UserLocationInformation::N3iwf(_) | UserLocationInformation::Extension(_) => {}
        },
        id::FIVE_G_S_TMSI => facts.s_tmsi(value::<FiveGSTmsi>(octets)?.value()),
        id::UE_PAGING_IDENTITY => {
            if let UePagingIdentity::FiveGSTmsi(s_tmsi) = value(octets)? {
                facts.s_tmsi(s_tmsi.value());
            }
        }
        id::GUAMI => facts.named.plmn = Plmn::from_octets(*value::<Guami>(octets)?.plmn),
        id::TAI_LIST_FOR_PAGING => {
            for item in value::<TaiListForPaging>(octets)?.0 {
                facts.named.cell(item.tai.place().ok_or(NO_PLACE)?);
            }
        }
        id::PDU_SESSION_RESOURCE_SETUP_LIST_CXT_REQ | id::PDU_SESSION_RESOURCE_SETUP_LIST_SU_REQ => {
            for item in value::<SetupList>(octets)?.0 {
                item.nas.map_or(Ok(()), |nas| facts.nas(element, nas))?;
            }
        }
        id::PDU_SESSION_RESOURCE_MODIFY_LIST_MOD_REQ => {
            for item in value::<ModifyList>(octets)?.0 {
                item.nas.map_or(Ok(()), |nas| facts.nas(element, nas))?;
            }
        }
        _ => {}
    }
    Ok(())
}
