//! A day of one UE on S1 and N2, from octets to events.

#![allow(clippy::arithmetic_side_effects, clippy::cast_possible_truncation)]

use crate::dissect::dissect;
use crate::event::{Event, EventKind, Interface, Rat, ResolvedBy, Result, Source};
use crate::health::Health;
use crate::identity::Names;
use crate::message::{Exchange, Message};
use crate::reassembly::{Carrier, Flow, Octets, Pdu};
use crate::session::{Listener, Origin, Sessions};
use crate::time::SECOND;
use crate::wire::testing::octets as hex;
use std::net::{IpAddr, Ipv4Addr};

#[derive(Default)]
struct Seen {
    messages: Vec<(String, Exchange)>,
    events: Vec<Event>,
}

impl Listener for Seen {
    fn wants_messages(&self) -> bool {
        true
    }
    fn message(&mut self, message: &Message<'_>) {
        let shown = format!("{} {} {}", message.protocol.name(), message.operation, message.role);
        self.messages.push((shown, message.exchange));
    }
    fn event(&mut self, event: &Event, _names: &Names) {
        self.events.push(*event);
    }
}

/// A message: its kind, its procedure and its elements, as id and value.
fn message(kind: u8, procedure: u8, elements: &[(u16, Vec<u8>)]) -> Vec<u8> {
    let mut body = vec![0];
    body.extend((elements.len() as u16).to_be_bytes());
    for (id, value) in elements {
        body.extend(id.to_be_bytes());
        body.extend([0x40, value.len() as u8]);
        body.extend(value);
    }
    let length = 0x8000 | body.len() as u16;
    [&[kind, procedure, 0x40][..], &length.to_be_bytes(), &body].concat()
}

/// An octet string within its element.
fn nas(text: &str) -> Vec<u8> {
    let octets = hex(text);
    [&[octets.len() as u8][..], &octets].concat()
}

/// The tap between one radio node and its core; a message is a second after the one before.
struct Tap {
    sessions: Sessions,
    seen: Seen,
    health: Health,
    ppid: u32,
    radio_node: u8,
    frame: u64,
}

impl Tap {
    fn new(ppid: u32) -> Self {
        let (sessions, seen, health) = (Sessions::default(), Seen::default(), Health::default());
        Self { sessions, seen, health, ppid, radio_node: 1, frame: 0 }
    }

    fn send(&mut self, up: bool, octets: &[u8]) {
        self.frame += 1;
        let host = |last| IpAddr::V4(Ipv4Addr::new(192, 0, 2, last));
        let flow = Flow { src: host(self.radio_node), dst: host(100), src_port: 40000, dst_port: 36412 };
        let flow = if up { flow } else { flow.reversed() };
        let (time, carrier) = (self.frame as i64 * SECOND, Carrier::Sctp { ppid: self.ppid, stream: 1 });
        let place = Octets::Packet(0..octets.len());
        let (frame, frames) = (self.frame, 0..0);
        let pdu = Pdu { file: 0, frame, time, flow, carrier, octets: place, frames, truncated: false };
        let what = dissect(&pdu, octets, &mut self.health);
        let origin = Origin { source: Source { file: 0, frame }, frames: &[frame], time, flow };
        self.sessions.consume(origin, &what, &mut self.health, &mut self.seen);
    }

    fn up(&mut self, procedure: u8, elements: &[(u16, Vec<u8>)]) {
        self.send(true, &message(0, procedure, elements));
    }

    fn down(&mut self, procedure: u8, elements: &[(u16, Vec<u8>)]) {
        self.send(false, &message(0, procedure, elements));
    }

    fn end(mut self) -> Seen {
        self.sessions.finish(&mut self.health, &mut self.seen);
        self.seen
    }
}

const MME: u16 = 0;
const ENB: u16 = 8;
const NAS: u16 = 26;

/// A UE attaches and is released; `given` is its GUTI.
fn attach(tap: &mut Tap, ciphered: bool) {
    let both = || [(MME, hex("0005")), (ENB, hex("0001"))];
    let with = |pdu: &str| [&both()[..], &[(NAS, nas(pdu))]].concat();
    tap.up(
        12,
        &[
            (ENB, hex("0001")),
            (NAS, nas("0741 71 08 0910100000000071 02e060 0004 0201d011")),
            (67, hex("00 00f110 0007")),
            (100, hex("00 00f110 01234010")),
        ],
    );
    tap.down(11, &with("0755 01")); // Identity request
    tap.up(13, &with("0756 08 0910100000000071"));
    tap.down(11, &with("0752 00 00000000000000000000000000000000 10 00000000000080000000000000000000"));
    tap.up(13, &with("0753 08 0000000000000000"));
    tap.down(11, &with("37 00000000 00 075d 02 00 02e060"));
    tap.up(13, &with("47 00000000 00 075e 2309 031000214365 8709f1"));
    let accept = if ciphered {
        "27 11223344 01 93 aa bb cc dd ee ff 00 11 22 33 44 55"
    } else {
        "27 00000000 01 0742 01 49 06 0000f1100007 0008 5201c1 0109 01 00 00 50 0bf600f110800107c0000001"
    };
    tap.down(9, &[&both()[..], &[(NAS, nas(accept))]].concat());
    tap.down(23, &[(99, hex("00 05 00 01")), (2, hex("24"))]);
    tap.send(true, &message(0x20, 23, &both()));
}

#[test]
fn an_attach_and_a_page_by_s_tmsi() {
    let mut tap = Tap::new(18);
    attach(&mut tap, false);
    let before = tap.seen.messages.len();
    // Paging by S-TMSI, answered.
    tap.down(10, &[(43, hex("00 70 c0000001")), (46, hex("00 002f 40 06 00 00f110 0007"))]);
    tap.up(
        12,
        &[
            (ENB, hex("0002")),
            (NAS, nas("c7 05 1234")),
            (67, hex("00 00f110 0007")),
            (100, hex("00 00f110 01234020")),
            (134, hex("20")),
            (96, hex("01c0 c0000001")),
        ],
    );
    let seen = tap.end();
    let exchanges: Vec<Exchange> = seen.messages.iter().map(|(_, exchange)| *exchange).collect();
    assert!(exchanges[..before].iter().all(|exchange| *exchange == exchanges[0] && *exchange != Exchange::NONE));
    assert_eq!(exchanges[before], Exchange::NONE, "paging is of no connection");
    assert!(exchanges[before + 1..].iter().all(|exchange| *exchange == exchanges[before + 1]));
    assert_ne!(exchanges[before + 1], exchanges[0]);
    assert_eq!(seen.messages[0].0, "s1ap InitialUEMessage uplink");
    assert_eq!(seen.messages[1].0, "nas_eps Attach request uplink");

    let find = |kind| *seen.events.iter().find(|event| event.kind == kind).unwrap();
    for event in &seen.events {
        assert_eq!(event.imsi.unwrap().to_string(), "001010000000017", "{event:?}");
        assert_eq!((event.interface, event.rat), (Interface::S1, Some(Rat::Eutran)));
    }
    let register = find(EventKind::Register);
    assert_eq!((register.outcome, register.source.frame), (Result::Success, 1));
    assert_eq!(register.cell.unwrap().to_string(), "001-01-7-1192961");
    let authenticate = find(EventKind::Authenticate);
    assert_eq!((authenticate.outcome, authenticate.auth_latency_ms), (Result::Success, Some(1000)));
    assert_eq!(find(EventKind::EquipmentCheck).imei.unwrap().to_string(), "0010012345678901");
    assert_eq!(find(EventKind::DataStart).outcome, Result::Success);
    let page = find(EventKind::Paging);
    assert_eq!((page.outcome, page.resolved_by), (Result::Success, ResolvedBy::Tmsi));
    assert_eq!(page.cell.unwrap().to_string(), "001-01-7-1192962");
}

#[test]
fn a_ciphered_grant_is_told_by_the_context() {
    let mut tap = Tap::new(18);
    attach(&mut tap, true);
    let seen = tap.end();
    let register: Vec<_> = seen.events.iter().filter(|event| event.kind == EventKind::Register).collect();
    assert_eq!(register.len(), 1);
    assert_eq!(register[0].outcome, Result::Success);
    assert!(seen.messages.iter().all(|(shown, _)| !shown.contains("Attach accept")));
}

#[test]
fn a_path_switch_goes_on_in_another_cell() {
    let mut tap = Tap::new(18);
    tap.up(12, &[(ENB, hex("0001")), (NAS, nas("0741 71 08 0910100000000071 02e060 0004 0201d011"))]);
    tap.down(11, &[(MME, hex("0005")), (ENB, hex("0001")), (NAS, nas("0755 01"))]);
    tap.radio_node = 2;
    tap.up(3, &[(ENB, hex("0009")), (88, hex("0005")), (100, hex("00 00f110 01234030")), (67, hex("00 00f110 0008"))]);
    tap.up(13, &[(MME, hex("0005")), (ENB, hex("0009")), (NAS, nas("0756 08 0910100000000071"))]);
    let seen = tap.end();
    assert!(seen.messages.iter().all(|(_, exchange)| *exchange == seen.messages[0].1));
    let handover = seen.events.iter().find(|event| event.kind == EventKind::Handover).unwrap();
    assert_eq!((handover.outcome, handover.source.frame), (Result::Success, 3));
    assert_eq!(handover.cell.unwrap().to_string(), "001-01-8-1192963");
}

#[test]
fn a_registration_on_n2() {
    let mut tap = Tap::new(60);
    let ids = || [(10, hex("0005")), (85, hex("0001"))];
    let with = |pdu: &str| [&ids()[..], &[(38, nas(pdu))]].concat();
    let here = "50 00f110 1234567890 00f110 000007 e0000000";
    tap.up(
        15,
        &[
            (85, hex("0001")),
            (38, nas("7e0041 79 000d 0100f1100000000000000000 71 2e02e0e0")),
            (121, hex(&here.replace("1234567890 00f110", "123456789000f110"))),
        ],
    );
    tap.down(4, &with("7e0056 00 02 0000 21 00000000000000000000000000000000 20 10 00000000000080000000000000000000"));
    tap.up(46, &with("7e0057 2d10 00000000000000000000000000000000"));
    tap.down(4, &with("7e03 00000000 00 7e005d 02 00 02e0e0"));
    // The whole registration request comes again within the security mode complete.
    let again = "7e0041 79 000d 0100f1100000000000000000 71 2e02e0e0";
    tap.up(46, &with(&format!("7e04 00000000 00 7e005e 770009 051000214365 8709f1 710017 {again}")));
    tap.down(14, &with("7e02 00000000 01 7e0042 0101 77000b f200f110021007c0000001"));
    tap.up(46, &with("7e02 00000000 02 7e0067 01 0007 2e0501c1ffff91 1205"));
    tap.down(4, &with("7e02 00000000 02 7e0068 01 0005 2e0501c211 1205"));
    let seen = tap.end();
    let kinds: Vec<_> = seen.events.iter().map(|event| (event.kind, event.outcome)).collect();
    for kind in [EventKind::Register, EventKind::Authenticate, EventKind::EquipmentCheck, EventKind::DataStart] {
        assert!(kinds.contains(&(kind, Result::Success)), "{kinds:?}");
    }
    assert!(seen.events.iter().all(|event| event.imsi.unwrap().to_string() == "001010000000017"));
    assert_eq!(kinds.iter().filter(|(kind, _)| *kind == EventKind::Register).count(), 1);
    assert!(seen.events.iter().all(|event| event.rat == Some(Rat::Nr) && event.interface == Interface::N2));
    let names: Vec<&str> = seen.messages.iter().map(|(shown, _)| shown.as_str()).collect();
    assert!(names.contains(&"nas_5gs PDU session establishment request uplink"), "{names:?}");
}
