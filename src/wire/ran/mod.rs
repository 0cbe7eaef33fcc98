//! Application protocols between radio network and core: S1AP (TS 36.413 V17), NGAP (TS 38.413 V18) and RANAP
//! (TS 25.413 V17), in aligned PER (X.691).
//!
//! ```text
//! PDU      choice (initiating, successful, unsuccessful, RANAP also outcome): 1 octet
//!          procedureCode: 1 | criticality: 1 | open type: length, octets
//! message  preamble: 1 octet | number of information elements: 2 | id: 2, criticality: 1, open type ...
//! ```
//!
//! The three share this frame; each has its own codes and information elements. Called by `dissect` with an SCTP user
//! message or the data of an SCCP message; NAS-PDUs are given back for its layer 3 decoders.
//!
//! The frame is walked here by hand (`pdu`), the value of each information element is read by `rasn`: all that lies
//! within is borrowed from the packet, and an element that is broken or not known costs no other. (A derived type for
//! the whole PDU would copy each NAS-PDU, and stop at the first defect.)
//!
//! **Handled:** all procedures by name. UE identities of both sides; IMSI, IMEI(SV), TMSI, S-TMSI, the network of a GUAMI; cells
//! and areas of the UE; cause; NAS-PDUs, also those within lists of bearers and sessions; unknown elements and
//! extensions are stepped over.
//! **Not handled:** transparent containers (handover, RIM), targets of handovers, masked IMEISV, messages within
//! messages (RerouteNASRequest), positioning. An open type of 16K octets or more comes in fragments: elements that
//! cross their borders are stepped over and counted. PrivateMessage by name only.

mod ngap;
mod pdu;
mod procedures;
mod ranap;
mod s1ap;
mod types;

pub use pdu::{Element, Elements, Outcome, Pdu};

use super::ss7::Direction;
use super::{DecodeError, Named};
use crate::health::Layer;
use crate::identity::{CellId, CellKind, Plmn};
use arrayvec::ArrayVec;

/// The protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Part {
    S1ap,
    Ngap,
    Ranap,
}

/// The domain of the core (RANAP CN-DomainIndicator).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Domain {
    /// Circuit switched.
    Cs,
    /// Packet switched.
    Ps,
}

/// The part of a GUTI that paging and service requests name: MME code and M-TMSI, or AMF set, pointer and 5G-TMSI.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct STmsi {
    /// MME code; AMF set (10 bits) and pointer (6 bits).
    pub node: u16,
    /// M-TMSI or 5G-TMSI.
    pub tmsi: u32,
}

/// NAS-PDUs that one message may hold; those beyond it are counted.
pub const NAS_PDUS: usize = 16;

/// What a message says.
#[derive(Debug, Clone, Default)]
pub struct Facts<'a> {
    /// Identity of the UE at the MME or AMF.
    pub core: Option<u64>,
    /// Identity of the UE at the eNodeB or gNodeB.
    pub radio: Option<u64>,
    /// Identity of the UE at the MME or AMF before (path switch).
    pub source_core: Option<u64>,
    /// Identity of the UE at the MME or AMF from now on.
    pub new_core: Option<u64>,
    /// What it names.
    pub named: Named,
    /// S-TMSI, 5G-S-TMSI.
    pub s_tmsi: Option<STmsi>,
    /// The UE answers paging, as it told the radio network (RRC establishment cause mt-Access).
    pub answers_paging: bool,
    /// The domain of the core.
    pub domain: Option<Domain>,
    /// Iu signalling connection identifier.
    pub iu: Option<u32>,
    /// Cause: in RANAP its value; in S1AP and NGAP 100 times the group (0 radio network, 1 transport, 2 NAS, 3 protocol,
    /// 4 miscellaneous) plus the value in the group.
    pub cause: Option<i64>,
    /// NAS-PDUs, in order.
    pub nas: ArrayVec<&'a [u8], NAS_PDUS>,
    /// The first defect.
    pub stop: Option<DecodeError>,
    /// Area of the cell, where it came apart from it.
    area: Option<CellId>,
}

impl<'a> Facts<'a> {
    /// A NAS-PDU that was found in an element.
    fn nas(&mut self, element: &Element<'a>, nas: types::Span) -> Result<(), &'static str> {
        let octets = nas.within(element.value).ok_or("NAS-PDU in fragments")?;
        self.nas.try_push(octets).map_err(|_| "more NAS-PDUs than are read")
    }

    fn s_tmsi(&mut self, s_tmsi: STmsi) {
        self.s_tmsi = Some(s_tmsi);
        self.named.tmsi = Some(s_tmsi.tmsi);
    }

    fn defect(&mut self, error: DecodeError) {
        self.stop = self.stop.or(Some(error));
    }

    /// An area that stands beside the cell.
    fn area(&mut self, area: CellId) {
        self.area = self.area.or(Some(area));
    }

    /// Puts together what came apart.
    fn finish(&mut self) {
        if let Some(area) = self.area {
            match self.named.cell {
                Some(cell) if cell.is_cell() && cell.area.is_none() && cell.plmn == area.plmn => {
                    self.named.cell = Some(CellId { area: area.area, ..cell });
                }
                // The area of a service area identity is the location area.
                Some(cell) if cell.plmn == area.plmn && cell.area == area.area => {}
                _ => self.named.cell(area),
            }
        }
        self.named.plmn = self.named.plmn.or(self.named.cell.map(|cell| cell.plmn));
    }
}

/// An alternative that the specification did not have yet.
const LATER: &str = "alternative of a later version";

/// What is wrong with an element.
fn defect(layer: Layer, element: &Element<'_>, what: &'static str) -> DecodeError {
    match what {
        LATER => DecodeError::unsupported(layer, element.offset, what, u32::from(element.id)),
        _ => DecodeError::malformed(layer, element.offset, what),
    }
}

const NO_PLACE: &str = "place of an unknown form";

/// See [`Facts::cause`].
fn cause(group: i64, value: u16) -> i64 {
    group.saturating_mul(100).saturating_add(i64::from(value))
}

/// PrivateMessage has elements of another form.
fn is_private(part: Part, pdu: &Pdu<'_>) -> bool {
    message_name(part, pdu) == Some("PrivateMessage")
}

/// The three octets of a PLMN identity and what follows it.
fn place(plmn: [u8; 3], area: Option<u32>, cell: Option<u64>, kind: CellKind) -> Option<CellId> {
    Some(CellId { plmn: Plmn::from_octets(plmn)?, area, cell, kind })
}

/// Reads an element.
type Read<'a> = fn(&mut Facts<'a>, &Element<'a>) -> Result<(), &'static str>;

/// What a PDU of one of the protocols says.
pub fn facts<'a>(part: Part, pdu: &Pdu<'a>) -> Facts<'a> {
    let mut facts = Facts::default();
    let (layer, read): (_, Read<'a>) = match part {
        Part::S1ap => (s1ap::LAYER, s1ap::read),
        Part::Ngap => (ngap::LAYER, ngap::read),
        Part::Ranap => (ranap::LAYER, ranap::read),
    };
    if is_private(part, pdu) {
        return facts;
    }
    for element in pdu.elements(layer) {
        match element {
            Ok(element) => {
                if let Err(what) = read(&mut facts, &element) {
                    facts.defect(defect(layer, &element, what));
                }
            }
            Err(error) => facts.defect(error),
        }
    }
    facts.finish();
    facts
}

impl Part {
    /// Its layer in the counters.
    pub fn layer(self) -> Layer {
        match self {
            Self::S1ap => Layer::S1ap,
            Self::Ngap => Layer::Ngap,
            Self::Ranap => Layer::Ranap,
        }
    }
}

/// Which way a message goes: originating from the radio network. `None` where either side may send it.
pub fn direction(part: Part, pdu: &Pdu<'_>) -> Option<Direction> {
    let initiator = procedures::initiator(part, pdu.procedure)?;
    Some(match (pdu.outcome, initiator) {
        (Outcome::Initiating, initiator) => initiator,
        (_, Direction::Originating) => Direction::Terminating,
        (_, Direction::Terminating) => Direction::Originating,
    })
}

/// The name of a PDU's message, `None` where the specification has none.
pub fn message_name(part: Part, pdu: &Pdu<'_>) -> Option<&'static str> {
    procedures::name(part, pdu.procedure, pdu.outcome)
}

#[cfg(test)]
mod tests;
