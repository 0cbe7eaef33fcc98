//! Messages between radio network and core, and the layer 3 messages in them.

use super::{Count, access};
use crate::health::Layer;
use crate::wire::layer3::{Layer3, Step};
use crate::wire::nas::{self, Nas, System};
use crate::wire::ran::{self, Facts, Outcome, Part, Pdu};
use crate::wire::ss7::Direction;
use crate::wire::{DecodeError, DecodeErrorKind};

/// Layer 3 messages within each other: a NAS transport, a whole message in it, its session management message.
const DEPTH: usize = 4;

/// Ports of SCTP (IANA).
const PORT_S1AP: u16 = 36412;
const PORT_NGAP: u16 = 38412;

/// A message of S1AP, NGAP or RANAP.
#[derive(Debug, Clone)]
pub struct RanMessage<'a> {
    /// Which protocol.
    pub part: Part,
    /// Its name, where the specification has one.
    pub name: Option<&'static str>,
    /// Procedure code.
    pub procedure: u8,
    /// Which part of the procedure.
    pub outcome: Outcome,
    /// Which way it goes, where it tells.
    pub direction: Option<Direction>,
    /// What it says.
    pub facts: Facts<'a>,
    /// The layer 3 messages in it, and those within them, in order.
    pub layer3: Vec<Layer3Message<'a>>,
    /// It carries a layer 3 message that is ciphered.
    pub ciphered: bool,
    /// Its first defect.
    pub stop: Option<DecodeError>,
}

/// The protocol of a layer 3 message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Layer3Family {
    /// TS 24.008 and TS 24.011.
    Dtap,
    /// TS 24.301.
    Eps,
    /// TS 24.501.
    FiveGs,
}

/// A layer 3 message.
#[derive(Debug, Clone)]
pub struct Layer3Message<'a> {
    /// Its protocol.
    pub family: Layer3Family,
    /// What it says.
    pub message: Layer3<'a>,
}

/// Which of the protocols octets look like on ports that are theirs, where the payload protocol identifier does not
/// tell.
pub(super) fn guess(octets: &[u8], ports: [u16; 2]) -> Option<Part> {
    let part = match () {
        () if ports.contains(&PORT_S1AP) => Part::S1ap,
        () if ports.contains(&PORT_NGAP) => Part::Ngap,
        () => return None,
    };
    Pdu::probe(part.layer(), octets).then_some(part)
}

/// What holds a layer 3 message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Container {
    Transport,
    Session,
    Whole,
}

/// Reads a message. `uplink`: the radio network sent it, as what carries it knows.
pub(super) fn message<'a>(
    part: Part,
    octets: &'a [u8],
    uplink: Option<bool>,
    count: &mut Count<'_>,
) -> Option<RanMessage<'a>> {
    let layer = part.layer();
    let pdu = match Pdu::parse(layer, octets) {
        Ok(pdu) => pdu,
        Err(error) => {
            count.layer(layer, octets.len(), Some(error));
            return None;
        }
    };
    let facts = ran::facts(part, &pdu);
    let name = ran::message_name(part, &pdu);
    let unknown = DecodeError::unsupported(layer, 1, "procedure without a name", u32::from(pdu.procedure));
    let stop = facts.stop.or(name.is_none().then_some(unknown));
    count.layer(layer, octets.len(), stop);
    let told = uplink.map(|uplink| if uplink { Direction::Originating } else { Direction::Terminating });
    let direction = ran::direction(part, &pdu).or(told);
    let mut layer3 = Vec::new();
    let mut ciphered = false;
    for octets in &facts.nas {
        ciphered |= match part {
            Part::S1ap | Part::Ngap => nas(octets, direction, facts.answers_paging, count, &mut layer3),
            Part::Ranap => dtap(octets, direction, count, &mut layer3),
        };
    }
    let (procedure, outcome) = (pdu.procedure, pdu.outcome);
    Some(RanMessage { part, name, procedure, outcome, direction, facts, layer3, ciphered, stop })
}

/// A NAS message and those within it; true where one is ciphered.
pub(super) fn nas<'a>(
    octets: &'a [u8],
    direction: Option<Direction>,
    answers_paging: bool,
    count: &mut Count<'_>,
    out: &mut Vec<Layer3Message<'a>>,
) -> bool {
    let (mut next, mut outer) = (Some(octets), None);
    for _ in 0..DEPTH {
        let Some(octets) = next.take() else { return false };
        // A transport carries the control protocol of short messages, which is of TS 24.008.
        if outer == Some(Container::Transport) && !nas::is_nas(octets) {
            return dtap(octets, direction, count, out);
        }
        let parsed = match (Nas::parse(octets, direction), outer) {
            // A whole message within a message that is not ciphered is ciphered by itself (TS 24.501 §4.4.6).
            (Err(_), Some(Container::Whole)) => Err(nas::ciphered()),
            (Ok(nas), Some(Container::Whole)) if nas.message.stop.is_some() => Err(nas::ciphered()),
            (parsed, _) => parsed,
        };
        match parsed {
            Ok(Nas { system, mut message, concealed, .. }) => {
                count.layer(Layer::Nas, octets.len(), message.stop);
                if concealed {
                    let kind = DecodeErrorKind::Unsupported { what: "subscriber concealed (SUCI)", value: 0 };
                    count.also(DecodeError { layer: Layer::Nas, offset: 0, kind });
                }
                if answers_paging && matches!(message.step, Step::ServiceRequest(_)) {
                    message.step = Step::PagingResponse;
                }
                let family = match system {
                    System::Eps => Layer3Family::Eps,
                    System::FiveGs => Layer3Family::FiveGs,
                };
                next = message.contained.filter(|contained| !contained.is_empty());
                outer = Some(match (system, message.name.ends_with("transport")) {
                    (_, true) => Container::Transport,
                    (System::FiveGs, false) => Container::Whole,
                    (System::Eps, false) => Container::Session,
                });
                out.push(Layer3Message { family, message });
            }
            Err(error) => {
                count.layer(Layer::Nas, octets.len(), Some(error));
                return error.reason() == nas::CIPHERED;
            }
        }
    }
    if let Some(octets) = next {
        count.unread(Layer::Nas, octets.len(), "more layer 3 messages within each other than are read");
    }
    false
}

/// A message of TS 24.008 or TS 24.011.
fn dtap<'a>(
    octets: &'a [u8],
    direction: Option<Direction>,
    count: &mut Count<'_>,
    out: &mut Vec<Layer3Message<'a>>,
) -> bool {
    let told = direction.map(|direction| direction == Direction::Originating);
    let uplink = crate::wire::dtap::sender(octets).or(told);
    if let Ok(message) = access::layer3(octets, uplink, count) {
        out.push(Layer3Message { family: Layer3Family::Dtap, message });
    }
    false
}
