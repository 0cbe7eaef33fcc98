//! S1AP: eNodeB and MME (TS 36.413 V17).
//!
//! The frame is in [`super::pdu`]; this file has the information elements that name a UE, a subscriber or a place (S1AP-IEs, S1AP-PDU-Contents).

use super::types::{Enumerated, Extensions, ImsiOctets, PlmnOctets, Span, area_of_two, number, value};
use super::{Element, Elements, Facts, NO_PLACE, STmsi, place};
use crate::health::Layer;
use crate::identity::{CellId, CellKind};
use rasn::prelude::*;

pub(super) const LAYER: Layer = Layer::S1ap;

/// Identifiers of information elements (S1AP-Constants).
mod id {
    pub(super) const MME_UE_S1AP_ID: u16 = 0;
    pub(super) const CAUSE: u16 = 2;
    pub(super) const ENB_UE_S1AP_ID: u16 = 8;
    pub(super) const E_RAB_TO_BE_SETUP_LIST_BEARER_SU_REQ: u16 = 16;
    pub(super) const E_RAB_TO_BE_SETUP_ITEM_BEARER_SU_REQ: u16 = 17;
    pub(super) const E_RAB_TO_BE_SETUP_LIST_CTXT_SU_REQ: u16 = 24;
    pub(super) const NAS_PDU: u16 = 26;
    pub(super) const E_RAB_TO_BE_MODIFIED_LIST_BEARER_MOD_REQ: u16 = 30;
    pub(super) const E_RAB_TO_BE_MODIFIED_ITEM_BEARER_MOD_REQ: u16 = 36;
    pub(super) const UE_PAGING_ID: u16 = 43;
    pub(super) const TAI_LIST: u16 = 46;
    pub(super) const TAI_ITEM: u16 = 47;
    pub(super) const E_RAB_TO_BE_SETUP_ITEM_CTXT_SU_REQ: u16 = 52;
    pub(super) const TAI: u16 = 67;
    pub(super) const SOURCE_MME_UE_S1AP_ID: u16 = 88;
    pub(super) const S_TMSI: u16 = 96;
    pub(super) const UE_S1AP_IDS: u16 = 99;
    pub(super) const EUTRAN_CGI: u16 = 100;
    pub(super) const RRC_ESTABLISHMENT_CAUSE: u16 = 134;
    pub(super) const MME_UE_S1AP_ID_2: u16 = 158;
    pub(super) const USER_LOCATION_INFORMATION: u16 = 189;
}

/// `INTEGER (0..4294967295)`
#[derive(AsnType, Decode, Debug, Clone, Copy)]
#[rasn(delegate, value("0..=4294967295"))]
struct MmeUeS1apId(u32);

/// `INTEGER (0..16777215)`
#[derive(AsnType, Decode, Debug, Clone, Copy)]
#[rasn(delegate, value("0..=16777215"))]
struct EnbUeS1apId(u32);

/// ```text
/// TAI ::= SEQUENCE { pLMNidentity, tAC OCTET STRING (SIZE (2)), iE-Extensions OPTIONAL, ... }
/// ```
#[derive(AsnType, Decode, Debug, Clone)]
#[rasn(automatic_tags)]
#[non_exhaustive]
struct Tai {
    plmn: PlmnOctets,
    tac: FixedOctetString<2>,
    _extensions: Option<Extensions>,
}

/// ```text
/// TAIItem ::= SEQUENCE { tAI, iE-Extensions OPTIONAL, ... }
/// ```
#[derive(AsnType, Decode, Debug, Clone)]
#[rasn(automatic_tags)]
#[non_exhaustive]
struct TaiItem {
    tai: Tai,
    _extensions: Option<Extensions>,
}

/// ```text
/// EUTRAN-CGI ::= SEQUENCE { pLMNidentity, cell-ID BIT STRING (SIZE (28)), iE-Extensions OPTIONAL, ... }
/// ```
#[derive(AsnType, Decode, Debug, Clone)]
#[rasn(automatic_tags)]
#[non_exhaustive]
struct EutranCgi {
    plmn: PlmnOctets,
    cell: FixedBitString<28>,
    _extensions: Option<Extensions>,
}

/// ```text
/// UserLocationInformation ::= SEQUENCE { eutran-cgi, tai, iE-Extensions OPTIONAL, ... }
/// ```
#[derive(AsnType, Decode, Debug, Clone)]
#[rasn(automatic_tags)]
#[non_exhaustive]
struct UserLocationInformation {
    cell: EutranCgi,
    area: Tai,
    _extensions: Option<Extensions>,
}

/// ```text
/// S-TMSI ::= SEQUENCE { mMEC OCTET STRING (SIZE (1)), m-TMSI OCTET STRING (SIZE (4)), iE-Extensions OPTIONAL, ... }
/// ```
#[derive(AsnType, Decode, Debug, Clone)]
#[rasn(automatic_tags)]
#[non_exhaustive]
struct STmsiSequence {
    code: FixedOctetString<1>,
    tmsi: FixedOctetString<4>,
    _extensions: Option<Extensions>,
}

/// ```text
/// UEPagingID ::= CHOICE { s-TMSI, iMSI OCTET STRING (SIZE (3..8)), ... }
/// ```
#[derive(AsnType, Decode, Debug, Clone)]
#[rasn(choice, automatic_tags)]
#[non_exhaustive]
enum UePagingId {
    STmsi(STmsiSequence),
    Imsi(ImsiOctets),
}

/// ```text
/// UE-S1AP-IDs ::= CHOICE { uE-S1AP-ID-pair, mME-UE-S1AP-ID, ... }
/// ```
#[derive(AsnType, Decode, Debug, Clone)]
#[rasn(choice, automatic_tags)]
#[non_exhaustive]
enum UeS1apIds {
    Pair(UeS1apIdPair),
    Mme(MmeUeS1apId),
}

#[derive(AsnType, Decode, Debug, Clone)]
#[rasn(automatic_tags)]
#[non_exhaustive]
struct UeS1apIdPair {
    mme: MmeUeS1apId,
    enb: EnbUeS1apId,
    _extensions: Option<Extensions>,
}

/// ```text
/// Cause ::= CHOICE { radioNetwork, transport, nas, protocol, misc, ... }
/// ```
#[derive(AsnType, Decode, Debug, Clone)]
#[rasn(choice, automatic_tags)]
#[non_exhaustive]
enum Cause {
    RadioNetwork(Enumerated<36>),
    Transport(Enumerated<2>),
    Nas(Enumerated<4>),
    Protocol(Enumerated<7>),
    Misc(Enumerated<6>),
}

/// ```text
/// E-RABToBeSetupItemCtxtSUReq ::= SEQUENCE { e-RAB-ID, e-RABlevelQoSParameters, transportLayerAddress, gTP-TEID,
///     nAS-PDU OPTIONAL, iE-Extensions OPTIONAL, ... }
/// ```
#[derive(AsnType, Decode, Debug, Clone)]
#[rasn(automatic_tags)]
#[non_exhaustive]
struct SetupItemContext {
    _id: ERabId,
    _quality: Quality,
    _address: TransportLayerAddress,
    _tunnel: FixedOctetString<4>,
    nas: Option<Span>,
    _extensions: Option<Extensions>,
}

/// The same with a mandatory nAS-PDU.
#[derive(AsnType, Decode, Debug, Clone)]
#[rasn(automatic_tags)]
#[non_exhaustive]
struct SetupItemBearer {
    _id: ERabId,
    _quality: Quality,
    _address: TransportLayerAddress,
    _tunnel: FixedOctetString<4>,
    nas: Span,
    _extensions: Option<Extensions>,
}

/// ```text
/// E-RABToBeModifiedItemBearerModReq ::= SEQUENCE { e-RAB-ID, e-RABLevelQoSParameters, nAS-PDU, iE-Extensions OPTIONAL,
///     ... }
/// ```
#[derive(AsnType, Decode, Debug, Clone)]
#[rasn(automatic_tags)]
#[non_exhaustive]
struct ModifyItem {
    _id: ERabId,
    _quality: Quality,
    nas: Span,
    _extensions: Option<Extensions>,
}

/// `INTEGER (0..15, ...)`
/// (An integer of Rust has bounds of its own, with which `rasn` would lose the extension marker.)
#[derive(AsnType, Decode, Debug, Clone)]
#[rasn(delegate, value("0..=15", extensible))]
struct ERabId(#[allow(dead_code)] Integer);

/// `BIT STRING (SIZE (1..160, ...))`
#[derive(AsnType, Decode, Debug, Clone)]
#[rasn(delegate, size("1..=160", extensible))]
struct TransportLayerAddress(#[allow(dead_code)] BitString);

/// ```text
/// E-RABLevelQoSParameters ::= SEQUENCE { qCI INTEGER (0..255), allocationRetentionPriority,
///     gbrQosInformation OPTIONAL, iE-Extensions OPTIONAL, ... }
/// ```
#[derive(AsnType, Decode, Debug, Clone)]
#[rasn(automatic_tags)]
#[non_exhaustive]
struct Quality {
    #[rasn(value("0..=255"))]
    _qci: u16,
    _priority: Priority,
    _rates: Option<BitRates>,
    _extensions: Option<Extensions>,
}

/// ```text
/// AllocationAndRetentionPriority ::= SEQUENCE { priorityLevel INTEGER (0..15), pre-emptionCapability ENUMERATED (2),
///     pre-emptionVulnerability ENUMERATED (2), iE-Extensions OPTIONAL, ... }
/// ```
#[derive(AsnType, Decode, Debug, Clone)]
#[rasn(automatic_tags)]
#[non_exhaustive]
struct Priority {
    #[rasn(value("0..=15"))]
    _level: u8,
    /// An `ENUMERATED` of two values is laid out as a boolean.
    _capability: bool,
    _vulnerability: bool,
    _extensions: Option<Extensions>,
}

/// `INTEGER (0..10000000000)`
#[derive(AsnType, Decode, Debug, Clone, Copy)]
#[rasn(delegate, value("0..=10000000000"))]
struct BitRate(#[allow(dead_code)] u64);

/// ```text
/// GBR-QosInformation ::= SEQUENCE { four BitRates, iE-Extensions OPTIONAL, ... }
/// ```
#[derive(AsnType, Decode, Debug, Clone)]
#[rasn(automatic_tags)]
#[non_exhaustive]
struct BitRates {
    _maximum_down: BitRate,
    _maximum_up: BitRate,
    _guaranteed_down: BitRate,
    _guaranteed_up: BitRate,
    _extensions: Option<Extensions>,
}

impl Tai {
    fn place(&self) -> Option<CellId> {
        area_of_two(&self.plmn, &self.tac, CellKind::Tai)
    }
}

impl EutranCgi {
    fn place(&self) -> Option<CellId> {
        place(*self.plmn, None, Some(number(&self.cell)), CellKind::Ecgi)
    }
}

impl STmsiSequence {
    fn value(&self) -> STmsi {
        let [code] = *self.code;
        STmsi { node: u16::from(code), tmsi: u32::from_be_bytes(*self.tmsi) }
    }
}

impl Cause {
    fn value(&self) -> i64 {
        let (group, value) = match self {
            Self::RadioNetwork(value) => (0, value.0),
            Self::Transport(value) => (1, value.0),
            Self::Nas(value) => (2, value.0),
            Self::Protocol(value) => (3, value.0),
            Self::Misc(value) => (4, value.0),
        };
        super::cause(group, value)
    }
}

pub(super) fn read<'a>(facts: &mut Facts<'a>, element: &Element<'a>) -> Result<(), &'static str> {
    let octets = element.value;
    match element.id {
        id::MME_UE_S1AP_ID => facts.core = Some(u64::from(value::<MmeUeS1apId>(octets)?.0)),
        id::ENB_UE_S1AP_ID => facts.radio = Some(u64::from(value::<EnbUeS1apId>(octets)?.0)),
        id::SOURCE_MME_UE_S1AP_ID => facts.source_core = Some(u64::from(value::<MmeUeS1apId>(octets)?.0)),
        // Of a path switch: the new identity at the MME.
        id::MME_UE_S1AP_ID_2 => facts.new_core = Some(u64::from(value::<MmeUeS1apId>(octets)?.0)),
        id::UE_S1AP_IDS => match value::<UeS1apIds>(octets)? {
            UeS1apIds::Pair(pair) => {
                (facts.core, facts.radio) = (Some(u64::from(pair.mme.0)), Some(u64::from(pair.enb.0)));
            }
            UeS1apIds::Mme(mme) => facts.core = Some(u64::from(mme.0)),
        },
        // emergency, highPriorityAccess, mt-Access, mo-Signalling, mo-Data ...
        id::RRC_ESTABLISHMENT_CAUSE => facts.answers_paging = value::<Enumerated<5>>(octets)?.0 == 2,
        id::CAUSE => facts.cause = Some(value::<Cause>(octets)?.value()),
        id::NAS_PDU => facts.nas(element, value::<Span>(octets)?)?,
        id::TAI => facts.area(value::<Tai>(octets)?.place().ok_or(NO_PLACE)?),
        id::EUTRAN_CGI => facts.named.cell(value::<EutranCgi>(octets)?.place().ok_or(NO_PLACE)?),
        id::USER_LOCATION_INFORMATION => {
            let UserLocationInformation { cell, area, .. } = value(octets)?;
            facts.named.cell(cell.place().ok_or(NO_PLACE)?);
            facts.area(area.place().ok_or(NO_PLACE)?);
        }
        id::S_TMSI => facts.s_tmsi(value::<STmsiSequence>(octets)?.value()),
        id::UE_PAGING_ID => match value::<UePagingId>(octets)? {
            UePagingId::STmsi(s_tmsi) => facts.s_tmsi(s_tmsi.value()),
            UePagingId::Imsi(imsi) => {
                facts.named.imsi(imsi.value(octets)?);
            }
        },
        id::TAI_LIST => items(facts, element, id::TAI_ITEM, |facts, item| {
            let tai = value::<TaiItem>(item.value)?.tai;
            facts.named.cell(tai.place().ok_or(NO_PLACE)?);
            Ok(())
        }),
        id::E_RAB_TO_BE_SETUP_LIST_CTXT_SU_REQ => {
            items(facts, element, id::E_RAB_TO_BE_SETUP_ITEM_CTXT_SU_REQ, |facts, item| {
                match value::<SetupItemContext>(item.value)?.nas {
                    Some(nas) => facts.nas(item, nas),
                    None => Ok(()),
                }
            });
        }
        id::E_RAB_TO_BE_SETUP_LIST_BEARER_SU_REQ => {
            items(facts, element, id::E_RAB_TO_BE_SETUP_ITEM_BEARER_SU_REQ, |facts, item| {
                facts.nas(item, value::<SetupItemBearer>(item.value)?.nas)
            });
        }
        id::E_RAB_TO_BE_MODIFIED_LIST_BEARER_MOD_REQ => {
            items(facts, element, id::E_RAB_TO_BE_MODIFIED_ITEM_BEARER_MOD_REQ, |facts, item| {
                facts.nas(item, value::<ModifyItem>(item.value)?.nas)
            });
        }
        _ => {}
    }
    Ok(())
}

/// Reads the items of a list; one that is broken costs no other.
fn items<'a>(
    facts: &mut Facts<'a>,
    list: &Element<'a>,
    id: u16,
    read: impl Fn(&mut Facts<'a>, &Element<'a>) -> Result<(), &'static str>,
) {
    for item in Elements::of_list(LAYER, list) {
        match item {
            Ok(item) if item.id == id => {
                if let Err(what) = read(facts, &item) {
                    facts.defect(super::defect(LAYER, &item, what));
                }
            }
            Ok(_) => {}
            Err(error) => facts.defect(error),
        }
    }
}
