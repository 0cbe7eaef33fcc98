//! Tunnels from octets to events.

#![allow(clippy::arithmetic_side_effects)]

use crate::dissect::dissect;
use crate::event::{Event, EventKind, Interface, ResolvedBy, Result, Source};
use crate::health::{Health, Layer, Outcome};
use crate::identity::Names;
use crate::message::{Exchange, Message};
use crate::reassembly::{Carrier, Flow, Octets, Pdu};
use crate::session::{Listener, Origin, Sessions};
use std::net::IpAddr;

#[derive(Default)]
struct Seen {
    messages: Vec<(String, Option<Interface>, Exchange, bool)>,
    events: Vec<Event>,
}

impl Listener for Seen {
    fn wants_messages(&self) -> bool {
        true
    }
    fn message(&mut self, message: &Message<'_>) {
        let name = format!("{} {} {}", message.protocol, message.operation, message.dialogue);
        self.messages.push((name, message.interface, message.exchange, message.repeat_of.is_some()));
    }
    fn event(&mut self, event: &Event, _names: &Names) {
        self.events.push(*event);
    }
}

fn octets(hex: &str) -> Vec<u8> {
    let digits: Vec<u8> = hex.chars().filter_map(|digit| Some(digit.to_digit(16)? as u8)).collect();
    digits.chunks(2).map(|pair| pair[0] << 4 | pair[1]).collect()
}

/// Datagrams from 192.0.2.1 (first) or from 192.0.2.2.
fn run(port: u16, datagrams: &[(bool, &str)]) -> (Seen, Health) {
    let (mut sessions, mut seen, mut health) = (Sessions::default(), Seen::default(), Health::default());
    let ends: [IpAddr; 2] = ["192.0.2.1".parse().unwrap(), "192.0.2.2".parse().unwrap()];
    for (time, (first, hex)) in (0..).zip(datagrams) {
        let octets = octets(hex);
        let frame = time as u64 + 1;
        let (src, dst) = if *first { (ends[0], ends[1]) } else { (ends[1], ends[0]) };
        let flow = Flow { src, dst, src_port: port, dst_port: port };
        let place = Octets::Packet(0..octets.len());
        let carrier = Carrier::Udp;
        let pdu = Pdu { file: 0, frame, time, flow, carrier, octets: place, frames: 0..0, truncated: false };
        let what = dissect(&pdu, &octets, &mut health);
        let origin = Origin { source: Source { file: 0, frame }, frames: &[], time, flow };
        sessions.consume(origin, &what, &mut health, &mut seen);
    }
    sessions.finish(&mut health, &mut seen);
    (seen, health)
}

const CREATE: &str = "4820002c 00000000 000001 00  0100080000011132547698f0 5200010006 57000900 8a 00000033 c0000201 \
                      0300010007";
const CREATED: &str = "48210020 00000033 000001 00  020002001000 57000900 8b 00000044 c0000202 0300010007";

#[test]
fn what_names_no_subscriber_lands_on_its_tunnel() {
    let update = "4826001a 00000044 000002 00  56000d00 18 00f1100007 00f11000000101 ";
    let updated = "4827000e 00000033 000002 00  020002001000";
    let delete = "4824000d 00000044 000003 00  4900010005";
    let deleted = "4825000e 00000033 000003 00  020002004000";
    let (seen, _) = run(
        2123,
        &[
            (true, CREATE),
            (true, CREATE),
            (false, CREATED),
            (true, update),
            (false, updated),
            (true, delete),
            (false, deleted),
        ],
    );
    let events: Vec<_> = seen.events.iter().map(|event| (event.kind, event.outcome, event.resolved_by)).collect();
    assert_eq!(
        events,
        [
            (EventKind::DataStart, Result::Success, ResolvedBy::Direct),
            (EventKind::DataUpdate, Result::Success, ResolvedBy::Dialogue),
            (EventKind::DataEnd, Result::Failure, ResolvedBy::Dialogue),
        ]
    );
    for event in &seen.events {
        assert_eq!(event.imsi.unwrap().to_string(), "001011234567890");
        assert_eq!(event.interface, Interface::S11);
    }
    assert_eq!(seen.events[1].cell.unwrap().to_string(), "001-01-7-257");
    let first = seen.messages[0].2;
    assert!(first != Exchange::NONE && seen.messages.iter().all(|message| message.2 == first));
    assert!(seen.messages[1].3, "the second copy of the request");
    assert_eq!(seen.messages[3].0, "gtpv2 Change Notification Request teid=00000044");
}

#[test]
fn a_teid_that_is_used_again_is_another_session() {
    let other = CREATE.replace("0000011132547698f0", "0000011132547698f1").replace("000001 00", "000009 00");
    let (seen, _) = run(2123, &[(true, CREATE), (false, CREATED), (true, &other)]);
    assert_ne!(seen.messages[0].2, seen.messages[2].2);
    assert_ne!(seen.events[0].imsi, seen.events[1].imsi);
}

#[test]
fn version_1_and_version_0() {
    let create = "32100020 00000000 1234 00 00  020001 1132547698f0 1100000022 850004c0000201 850004c0000201";
    let created = "32110014 00000022 1234 00 00  0180 1100000055 850004c0000202 ";
    let delete = "32140008 00000055 1235 00 00  13ff1405";
    let deleted = "32150006 00000022 1235 00 00  0180";
    let (seen, _) = run(2123, &[(true, create), (false, created), (true, delete), (false, deleted)]);
    let kinds: Vec<_> = seen.events.iter().map(|event| (event.kind, event.interface, event.outcome)).collect();
    let gn = Interface::Gn;
    assert_eq!(kinds, [(EventKind::DataStart, gn, Result::Success), (EventKind::DataEnd, gn, Result::Success)]);
    assert_eq!(seen.events[1].imsi, seen.events[0].imsi);
    assert_eq!(seen.events[1].resolved_by, ResolvedBy::Dialogue);

    let create = "1e100002 1001 0000 ffffffff 0001113254769850 0e04";
    let created = "1e110002 1001 0007 ffffffff 0001113254769850 0180";
    let (seen, _) = run(3386, &[(true, create), (false, created)]);
    assert_eq!(seen.events[0].imsi.unwrap().to_string(), "001011234567890");
    assert_eq!((seen.events[0].outcome, seen.messages.len()), (Result::Success, 2));
    assert_eq!(seen.messages[0].2, seen.messages[1].2);
}

#[test]
fn what_is_not_read_is_counted() {
    let (_, health) = run(3386, &[(true, "0ef00001 0001 00"), (true, "1eff0000 0001 0000 ffffffff 0001113254769850")]);
    let unread = |reason| health.count(Layer::Gtp, Outcome::Unsupported, reason);
    assert_eq!((unread("GTP' (charging records)"), unread("user plane")), (1, 1));
    let (_, health) = run(2152, &[(true, "30ff000400000001 45000000")]);
    assert_eq!(health.count(Layer::Gtp, Outcome::Unsupported, "user plane"), 1);
    let (_, health) = run(2123, &[(true, CREATE)]);
    assert_eq!(health.count(Layer::Gtp, Outcome::Evicted, "request without an answer"), 1);
}
