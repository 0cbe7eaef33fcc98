//! Which layer lies in which: the only room that knows it.
//!
//! A PDU of the transport is taken apart down to the message that sessions understand. No state is kept, so that PDUs
//! can be taken apart on all cores at once; what needs state (SCCP segments, the context of a dialogue) is left to
//! `session`. One file for each stack; this one finds the stack.

#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)]

mod access;
mod diameter;
mod foreign;
mod gsup;
mod gtp;
mod http1;
mod http2;
mod isup;
mod mtp;
mod ran;
mod sgsap;
mod sigtran;
mod sip;
mod ss7;
mod stream;
mod variant;

pub use access::{AccessMessage, BssapMessage, User, access};
pub use diameter::DiameterMessage;
pub use gtp::GtpMessage;
pub use isup::IsupMessage;
pub use ran::{Layer3Family, Layer3Message, RanMessage};
pub use sgsap::SgsMessage;
pub use sip::SipMessage;
pub use ss7::{Route, Transaction, transaction};
pub use stream::StreamFramer;

use crate::health::{Example, Health, Layer, Outcome};
use crate::reassembly::{Carrier, Pdu};
use crate::wire;
use crate::wire::layer3::Layer3;
use crate::wire::sigtran::Variant;
use crate::wire::ss7::Sccp;
use crate::wire::ss7::sccp::management::Management;
use crate::wire::{DecodeError, Framing};

/// SCTP payload protocol identifiers (IANA).
const PPID_M2UA: u32 = 2;
const PPID_M3UA: u32 = 3;
const PPID_SUA: u32 = 4;
const PPID_M2PA: u32 = 5;
const PPID_S1AP: u32 = 18;
const PPID_DIAMETER: [u32; 2] = [46, 47];
const PPID_NGAP: u32 = 60;

/// What the one who reads a capture knows of it, and the capture does not say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Settings {
    /// Whose MTP3 it is; `None` finds it out for each message.
    pub ss7: Option<Variant>,
}

/// What a PDU turned out to be.
#[derive(Debug, Clone)]
#[allow(clippy::large_enum_variant, reason = "made once for each PDU, in place; a box would allocate for each")]
pub enum Dissected<'a> {
    /// A TCAP message.
    Transaction(Transaction<'a>),
    /// A segment of one.
    Segment(Route, Sccp<'a>),
    /// A message of an SCCP connection; its data are read by whoever knows the connection.
    Connection(Route, Sccp<'a>, Cut),
    /// A message between radio access network and core without a connection, with the addresses around it.
    Access(Route, Option<Sccp<'a>>, AccessMessage<'a>),
    /// A layer 3 message of a mobile, of which nothing else is known.
    Layer3(Result<Layer3<'a>, DecodeError>, Option<bool>),
    /// Management of SCCP.
    Management(Route, Sccp<'a>, Management),
    /// A Diameter message, and those that follow it in the same PDU.
    Diameter(DiameterMessage<'a>, Vec<DiameterMessage<'a>>),
    /// A SIP message.
    Sip(SipMessage<'a>),
    /// A GTP-C message, and one that is piggybacked on it.
    Gtp(GtpMessage<'a>, Vec<GtpMessage<'a>>),
    /// A GSUP message.
    Gsup(wire::gsup::Gsup<'a>),
    /// A PFCP message.
    Pfcp(wire::pfcp::Pfcp),
    /// A message of HTTP/1.1.
    Http1(wire::http1::Http1<'a>),
    /// A frame of HTTP/2.
    Http2(wire::http2::Http2<'a>),
    /// A message between MME and VLR.
    Sgs(Box<SgsMessage<'a>>),
    /// A message about a circuit: ISUP or BICC.
    Isup(IsupMessage<'a>),
    /// A message of S1AP or NGAP.
    Ran(RanMessage<'a>),
    /// NAS messages, one within the other, without what carried them.
    Nas(Vec<Layer3Message<'a>>),
    /// Nothing that names a subscriber; it is in the counters.
    Nothing,
}

/// The capture cut the PDU.
pub type Cut = bool;

/// Counts for one layer of one PDU.
struct Count<'a> {
    health: &'a mut Health,
    example: Example,
    truncated: bool,
    settings: Settings,
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

    /// A message that was read and leads no further, by its name.
    fn named(&mut self, layer: Layer, name: &'static str) {
        self.health.also(layer, Outcome::Decoded, name, Some(self.example.clone()));
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
    dissect_with(Settings::default(), pdu, octets, health)
}

/// Takes a PDU apart, with settings.
pub fn dissect_with<'a>(settings: Settings, pdu: &Pdu, octets: &'a [u8], health: &mut Health) -> Dissected<'a> {
    let example = Example { file: pdu.file, frame: pdu.frame, offset: 0 };
    let mut count = Count { health, example, truncated: pdu.truncated, settings };
    match pdu.carrier {
        Carrier::Sctp { ppid, .. } => of_sctp(ppid, [pdu.flow.src_port, pdu.flow.dst_port], octets, &mut count),
        Carrier::Udp => of_udp([pdu.flow.src_port, pdu.flow.dst_port], octets, &mut count),
        Carrier::Tcp => of_tcp([pdu.flow.src_port, pdu.flow.dst_port], octets, &mut count),
        Carrier::Told(layer) => told(layer, octets, &mut count),
    }
}

/// By the payload protocol identifier; by what it looks like, where that says nothing.
fn of_sctp<'a>(ppid: u32, ports: [u16; 2], octets: &'a [u8], count: &mut Count<'_>) -> Dissected<'a> {
    // RFC 6083: with DTLS the identifier stays that of the protocol in it
    if foreign::is_dtls(octets) {
        count.unread(Layer::Payload, octets.len(), foreign::ENCRYPTED_DTLS);
        return Dissected::Nothing;
    }
    match ppid {
        PPID_M3UA => sigtran::m3ua(octets, count),
        PPID_M2UA => sigtran::m2ua(octets, count),
        PPID_M2PA => sigtran::m2pa(octets, count),
        PPID_SUA => sigtran::sua(octets, count),
        ppid if PPID_DIAMETER.contains(&ppid) => diameter::messages(octets, count),
        PPID_S1AP => ran(wire::ran::Part::S1ap, octets, count),
        PPID_NGAP => ran(wire::ran::Part::Ngap, octets, count),
        ppid => match guess(octets) {
            Some(Guess::M3ua) => sigtran::m3ua(octets, count),
            Some(Guess::M2pa) => sigtran::m2pa(octets, count),
            Some(Guess::M2ua) => sigtran::m2ua(octets, count),
            Some(Guess::Sua) => sigtran::sua(octets, count),
            Some(Guess::Diameter) => diameter::messages(octets, count),
            Some(Guess::Sip) => sip::message(octets, count),
            None if ports.contains(&PORT_SGSAP) && wire::sgsap::Sgsap::probe(octets) => sgsap::message(octets, count),
            None => match ran::guess(octets, ports) {
                Some(part) => ran(part, octets, count),
                None => {
                    count.unread(Layer::Payload, octets.len(), ppid_name(ppid));
                    Dissected::Nothing
                }
            },
        },
    }
}

fn ran<'a>(part: wire::ran::Part, octets: &'a [u8], count: &mut Count<'_>) -> Dissected<'a> {
    ran::message(part, octets, None, count).map_or(Dissected::Nothing, Dissected::Ran)
}

fn of_udp<'a>(ports: [u16; 2], octets: &'a [u8], count: &mut Count<'_>) -> Dissected<'a> {
    if let Some(dissected) = gtp::datagram(ports, octets, count) {
        return dissected;
    }
    if wire::sip::Sip::probe(octets) {
        return sip::message(octets, count);
    }
    count.unread(Layer::Payload, octets.len(), foreign::datagram(ports, octets));
    Dissected::Nothing
}

fn of_tcp<'a>(ports: [u16; 2], octets: &'a [u8], count: &mut Count<'_>) -> Dissected<'a> {
    let is_ipa = ports.contains(&wire::gsup::PORT) || wire::gsup::frame(octets, false, false) != Framing::NotMine;
    if is_ipa {
        return gsup::message(octets, count);
    }
    if http2::is_frame(octets) {
        return http2::message(octets, count);
    }
    if wire::http1::Http1::probe(octets) {
        return http1::message(octets, count);
    }
    match guess(octets) {
        Some(Guess::Sip) => sip::message(octets, count),
        _ => diameter::messages(octets, count),
    }
}

/// The capture tells what it is.
fn told<'a>(layer: Layer, octets: &'a [u8], count: &mut Count<'_>) -> Dissected<'a> {
    match layer {
        Layer::M3ua => sigtran::m3ua(octets, count),
        Layer::M2pa => sigtran::m2pa(octets, count),
        Layer::M2ua => sigtran::m2ua(octets, count),
        Layer::Sua => sigtran::sua(octets, count),
        Layer::Mtp2 => mtp::mtp2(octets, count),
        Layer::Mtp3 => mtp::mtp3(octets, count),
        Layer::Isup | Layer::Bicc => isup::message(Route::NONE, layer, octets, count),
        Layer::Diameter => diameter::messages(octets, count),
        Layer::Sip => sip::message(octets, count),
        Layer::Gtp => gtp::messages(octets, count),
        Layer::Sccp => ss7::sccp(Route::NONE, octets, count),
        Layer::Bssap => match access::bssap(octets, None, count) {
            Some(message) => Dissected::Access(Route::NONE, None, AccessMessage::Bssap(message)),
            None => Dissected::Nothing,
        },
        Layer::Dtap => {
            let uplink = wire::dtap::sender(octets);
            Dissected::Layer3(access::layer3(octets, uplink, count), uplink)
        }
        Layer::Tcap => ss7::alone(octets, count),
        Layer::Pfcp => gtp::pfcp(octets, count),
        Layer::Gsup => gsup::message(octets, count),
        Layer::S1ap => ran(wire::ran::Part::S1ap, octets, count),
        Layer::Ngap => ran(wire::ran::Part::Ngap, octets, count),
        Layer::Ranap => match ran::message(wire::ran::Part::Ranap, octets, None, count) {
            Some(message) => Dissected::Access(Route::NONE, None, AccessMessage::Ranap(message)),
            None => Dissected::Nothing,
        },
        Layer::Nas => {
            let mut layer3 = Vec::new();
            ran::nas(octets, None, false, count, &mut layer3);
            if layer3.is_empty() { Dissected::Nothing } else { Dissected::Nas(layer3) }
        }
        Layer::Http1 => http1::message(octets, count),
        Layer::Http2 => http2::message(octets, count),
        layer => {
            count.unread(layer, octets.len(), "a protocol that is not read");
            Dissected::Nothing
        }
    }
}

/// SGsAP has no payload protocol identifier (TS 29.118 §7.2).
const PORT_SGSAP: u16 = 29118;

enum Guess {
    M3ua,
    M2pa,
    M2ua,
    Sua,
    Diameter,
    Sip,
}

/// What octets look like, where neither port nor payload protocol identifier tells.
fn guess(octets: &[u8]) -> Option<Guess> {
    let diameter = wire::diameter::length_of(octets).is_some_and(|length| length == octets.len());
    if diameter {
        return Some(Guess::Diameter);
    }
    adaptation(octets).or_else(|| wire::sip::Sip::probe(octets).then_some(Guess::Sip))
}

/// The user adaptation layers have one header; the message class tells them apart, as far as each has its own.
fn adaptation(octets: &[u8]) -> Option<Guess> {
    let (&[version, reserved, class, _, l1, l2, l3, l4], _) = octets.split_first_chunk::<8>()?;
    let length = u32::from_be_bytes([l1, l2, l3, l4]);
    if (version, reserved) != (1, 0) || Some(length) != u32::try_from(octets.len()).ok() {
        return None;
    }
    match class {
        0..=4 | 9 => Some(Guess::M3ua),
        6 | 10 => Some(Guess::M2ua),
        7 | 8 => Some(Guess::Sua),
        11 => Some(Guess::M2pa),
        _ => None,
    }
}

/// The name under which a payload protocol that is not read is counted.
fn ppid_name(ppid: u32) -> &'static str {
    match ppid {
        0 => "payload protocol unspecified",
        1 => "payload protocol IUA",
        19 => "payload protocol RUA",
        20 => "payload protocol HNBAP",
        24 => "payload protocol SBc-AP",
        25 => "payload protocol NBAP",
        27 => "payload protocol X2AP",
        29 => "payload protocol LCS-AP",
        43 => "payload protocol M2AP",
        44 => "payload protocol M3AP",
        58 | 59 => "payload protocol XwAP",
        61 => "payload protocol XnAP",
        62 => "payload protocol F1AP",
        66 => "payload protocol NGAP over DTLS: encrypted",
        67..=69 => "payload protocol over DTLS: encrypted",
        _ => "payload protocol that is not read",
    }
}
