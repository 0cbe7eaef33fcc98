//! Which layer lies in which: the only file that knows it.
//!
//! A PDU of the transport is taken apart down to the message that sessions understand. No state is kept, so that PDUs
//! can be taken apart on all cores at once; what needs state (SCCP segments, the context of a dialogue) is left to
//! `session`.

#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)]

use crate::health::{Example, Health, Layer, Outcome};
use crate::reassembly::{Carrier, Flow, Framer, Pdu};
use crate::wire::sigtran::m3ua::M3ua;
use crate::wire::ss7::sccp::Address;
use crate::wire::ss7::{Sccp, Tcap};
use crate::wire::{DecodeError, Framing, diameter, sip};

/// MTP3 user SCCP (Q.704 §14.2.1).
const SERVICE_SCCP: u8 = 3;
/// SCTP payload protocol identifiers (IANA).
const PPID_M3UA: u32 = 3;
const PPID_DIAMETER: [u32; 2] = [46, 47];

/// The routing label of a message signal unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Route {
    /// Originating point code.
    pub opc: u32,
    /// Destination point code.
    pub dpc: u32,
}

/// A TCAP message with the addresses around it.
#[derive(Debug, Clone)]
pub struct Transaction<'a> {
    /// The routing label.
    pub route: Route,
    /// Calling party address.
    pub calling: Address<'a>,
    /// Called party address.
    pub called: Address<'a>,
    /// The return cause, when SCCP sent it back.
    pub returned: Option<u8>,
    /// The message.
    pub tcap: Tcap<'a>,
    /// Its octets.
    pub octets: &'a [u8],
}

/// A Diameter message with what it says.
#[derive(Debug, Clone)]
pub struct DiameterMessage<'a> {
    /// The message.
    pub message: diameter::Diameter<'a>,
    /// What it says.
    pub facts: diameter::Facts<'a>,
    /// Its first defect.
    pub stop: Option<DecodeError>,
}

/// A SIP message with what it says.
#[derive(Debug, Clone)]
pub struct SipMessage<'a> {
    /// The message.
    pub message: sip::Sip<'a>,
    /// What it says.
    pub facts: sip::Facts<'a>,
    /// Its first defect.
    pub stop: Option<DecodeError>,
}

/// What a PDU turned out to be.
#[derive(Debug, Clone)]
#[allow(clippy::large_enum_variant, reason = "made once for each PDU, in place; a box would allocate for each")]
pub enum Dissected<'a> {
    /// A TCAP message.
    Transaction(Transaction<'a>),
    /// A segment of one.
    Segment(Route, Sccp<'a>),
    /// A Diameter message, and those that follow it in the same PDU.
    Diameter(DiameterMessage<'a>, Vec<DiameterMessage<'a>>),
    /// A SIP message.
    Sip(SipMessage<'a>),
    /// Nothing that names a subscriber; it is in the counters.
    Nothing,
}

/// Counts for one layer of one PDU.
struct Count<'a> {
    health: &'a mut Health,
    example: Example,
    truncated: bool,
}

impl Count<'_> {
    fn stop(&mut self, error: DecodeError) {
        let error = if self.truncated { error.cut_by_capture() } else { error };
        let example = Example { offset: error.offset, ..self.example.clone() };
        self.health.note(error.layer, error.outcome(), error.reason(), Some(example));
    }

    /// A layer that was read, perhaps with a defect.
    fn layer(&mut self, layer: Layer, octets: usize, stop: Option<DecodeError>) {
        self.health.seen(layer, octets);
        match stop {
            None => self.health.decoded(layer),
            Some(error) => self.stop(DecodeError { layer, ..error }),
        }
    }

    /// A further defect of a layer that was read.
    fn also(&mut self, error: DecodeError) {
        self.health.also(error.layer, error.outcome(), error.reason(), Some(self.example.clone()));
    }

    /// What lies in a transport or in SCCP and is not read.
    fn unread(&mut self, layer: Layer, octets: usize, reason: &'static str) {
        self.health.seen(layer, octets);
        self.health.note(layer, Outcome::Unsupported, reason, Some(self.example.clone()));
    }
}

/// Takes a PDU apart.
pub fn dissect<'a>(pdu: &Pdu, octets: &'a [u8], health: &mut Health) -> Dissected<'a> {
    let example = Example { file: pdu.file, frame: pdu.frame, offset: 0 };
    let mut count = Count { health, example, truncated: pdu.truncated };
    match pdu.carrier {
        Carrier::Sctp { ppid: PPID_M3UA, .. } => m3ua(octets, &mut count),
        Carrier::Sctp { ppid, .. } if PPID_DIAMETER.contains(&ppid) => diameter(octets, &mut count),
        Carrier::Sctp { ppid, .. } => match guess(octets) {
            Some(Guess::M3ua) => m3ua(octets, &mut count),
            Some(Guess::Diameter) => diameter(octets, &mut count),
            Some(Guess::Sip) => sip(octets, &mut count),
            None => {
                count.unread(Layer::Payload, octets.len(), ppid_name(ppid));
                Dissected::Nothing
            }
        },
        Carrier::Udp => match sip::Sip::probe(octets) {
            true => sip(octets, &mut count),
            false => {
                count.unread(Layer::Payload, octets.len(), "datagram of a protocol that is not read");
                Dissected::Nothing
            }
        },
        Carrier::Tcp => match guess(octets) {
            Some(Guess::Sip) => sip(octets, &mut count),
            _ => diameter(octets, &mut count),
        },
    }
}

enum Guess {
    M3ua,
    Diameter,
    Sip,
}

/// What octets look like, where neither port nor payload protocol identifier tells.
fn guess(octets: &[u8]) -> Option<Guess> {
    let diameter = diameter::length_of(octets).is_some_and(|length| length == octets.len());
    let m3ua = octets.len() >= 8
        && octets.first_chunk::<2>() == Some(&[1, 0])
        && octets.get(2).is_some_and(|class| *class <= 9)
        && octets.get(4..8).and_then(|length| length.try_into().ok()).map(u32::from_be_bytes)
            == u32::try_from(octets.len()).ok();
    match (diameter, m3ua) {
        (true, _) => Some(Guess::Diameter),
        (false, true) => Some(Guess::M3ua),
        (false, false) => sip::Sip::probe(octets).then_some(Guess::Sip),
    }
}

/// The name under which a payload protocol that is not read is counted.
fn ppid_name(ppid: u32) -> &'static str {
    match ppid {
        0 => "payload protocol unspecified",
        1 => "payload protocol IUA",
        2 => "payload protocol M2UA",
        4 => "payload protocol SUA",
        5 => "payload protocol M2PA",
        18 => "payload protocol S1AP",
        27 => "payload protocol X2AP",
        60 => "payload protocol NGAP",
        _ => "payload protocol that is not read",
    }
}

fn m3ua<'a>(octets: &'a [u8], count: &mut Count<'_>) -> Dissected<'a> {
    let message = match M3ua::parse(octets) {
        Ok(message) => message,
        Err(error) => {
            count.layer(Layer::M3ua, octets.len(), Some(error));
            return Dissected::Nothing;
        }
    };
    count.layer(Layer::M3ua, octets.len(), message.stop);
    let Some(data) = message.data else { return Dissected::Nothing };
    if data.si != SERVICE_SCCP {
        let user = match data.si {
            0..=2 => "signalling network management",
            5 => "ISUP",
            13 => "BICC",
            _ => "MTP3 user that is not read",
        };
        count.unread(Layer::Mtp3, data.user_data.len(), user);
        return Dissected::Nothing;
    }
    let route = Route { opc: data.opc, dpc: data.dpc };
    sccp(route, data.user_data, count)
}

fn sccp<'a>(route: Route, octets: &'a [u8], count: &mut Count<'_>) -> Dissected<'a> {
    let message = match Sccp::parse(octets) {
        Ok(message) => message,
        Err(error) => {
            count.layer(Layer::Sccp, octets.len(), Some(error));
            return Dissected::Nothing;
        }
    };
    count.layer(Layer::Sccp, octets.len(), message.stop);
    if message.segmentation.is_some_and(|segmentation| !(segmentation.first && segmentation.remaining == 0)) {
        return Dissected::Segment(route, message);
    }
    let Count { health, example, truncated } = count;
    match transaction(route, &message, message.data, *truncated, example.clone(), health) {
        Some(transaction) => Dissected::Transaction(transaction),
        None => Dissected::Nothing,
    }
}

/// The TCAP message in the data of an SCCP message; `data` may have been put together from segments.
pub fn transaction<'a>(
    route: Route,
    sccp: &Sccp<'a>,
    data: &'a [u8],
    truncated: bool,
    example: Example,
    health: &mut Health,
) -> Option<Transaction<'a>> {
    let mut count = Count { health, example, truncated };
    // Subsystem 1 is SCCP management (Q.714 §5), 142 RANAP, 254 BSSAP.
    let ssn = sccp.called.ssn.or(sccp.calling.ssn);
    if let Some(1 | 142 | 252 | 254) = ssn {
        count.unread(Layer::Payload, data.len(), "SCCP subsystem that is not read");
        return None;
    }
    match Tcap::parse(data) {
        Ok(tcap) => {
            count.layer(Layer::Tcap, data.len(), tcap.stop);
            let returned = sccp.return_cause;
            Some(Transaction { route, calling: sccp.calling, called: sccp.called, returned, tcap, octets: data })
        }
        Err(error) => {
            count.layer(Layer::Tcap, data.len(), Some(error));
            None
        }
    }
}

fn diameter<'a>(octets: &'a [u8], count: &mut Count<'_>) -> Dissected<'a> {
    let Some(first) = diameter_message(octets, count) else { return Dissected::Nothing };
    // RFC 6733 §2.1 has one message in one SCTP message; some peers put several into it.
    let mut more = Vec::new();
    let mut rest = first.message.rest;
    while !rest.is_empty() {
        let Some(next) = diameter_message(rest, count) else { break };
        rest = next.message.rest;
        more.push(next);
    }
    Dissected::Diameter(first, more)
}

fn diameter_message<'a>(octets: &'a [u8], count: &mut Count<'_>) -> Option<DiameterMessage<'a>> {
    match diameter::Diameter::parse(octets) {
        Ok(message) => {
            let (facts, defect) = diameter::facts(&message);
            let stop = message.stop.or(defect);
            let own = octets.len().saturating_sub(message.rest.len());
            count.layer(Layer::Diameter, own, stop);
            Some(DiameterMessage { message, facts, stop })
        }
        Err(error) => {
            count.layer(Layer::Diameter, octets.len(), Some(error));
            None
        }
    }
}

fn sip<'a>(octets: &'a [u8], count: &mut Count<'_>) -> Dissected<'a> {
    match sip::Sip::parse(octets) {
        Ok(message) => {
            let facts = sip::facts(&message);
            let stop = facts.stop;
            let mut odd = facts.oddities.iter().map(|oddity| oddity.error(0));
            count.layer(Layer::Sip, octets.len(), stop.or_else(|| odd.next()));
            odd.for_each(|error| count.also(error));
            Dissected::Sip(SipMessage { message, facts, stop })
        }
        Err(error) => {
            count.layer(Layer::Sip, octets.len(), Some(error));
            Dissected::Nothing
        }
    }
}

/// Cuts TCP streams into messages: by what their first octets look like.
#[derive(Debug, Clone, Copy, Default)]
pub struct StreamFramer;

impl Framer for StreamFramer {
    fn frame(&self, _flow: &Flow, stream: &[u8], resync: bool) -> Framing {
        match (diameter::frame(stream, resync), sip::frame(stream, resync)) {
            (message @ Framing::Message(_), _) | (_, message @ Framing::Message(_)) => message,
            (Framing::NotMine, other) | (other, Framing::NotMine) => other,
            (Framing::Skip(a), Framing::Skip(b)) => Framing::Skip(a.min(b)),
            (Framing::NeedMore, _) | (_, Framing::NeedMore) => Framing::NeedMore,
        }
    }
}
