//! Connections from octets to messages and events.

#![allow(clippy::arithmetic_side_effects)]

use crate::dissect::dissect;
use crate::event::{Event, EventKind, ResolvedBy, Result, Source};
use crate::health::{Health, Layer, Outcome};
use crate::identity::Names;
use crate::message::{Exchange, Message};
use crate::reassembly::{Carrier, Flow, Octets, Pdu};
use crate::session::{Listener, Origin, Sessions};
use crate::time::SECOND;
use proptest::prelude::*;
use std::net::{IpAddr, Ipv4Addr};

/// One record, as far as these tests look.
#[derive(Debug, Clone, PartialEq)]
struct Row {
    what: String,
    exchange: Exchange,
    frames: Vec<u64>,
    repeat_of: Option<u64>,
    inferred: bool,
    parties: [String; 2],
}

#[derive(Default)]
struct Tap {
    sessions: Sessions,
    health: Health,
    rows: Vec<Row>,
    events: Vec<Event>,
    frame: u64,
}

struct Sink<'a>(&'a mut Vec<Row>, &'a mut Vec<Event>);

impl Listener for Sink<'_> {
    fn wants_messages(&self) -> bool {
        true
    }

    fn message(&mut self, message: &Message<'_>) {
        self.0.push(Row {
            what: format!("{} {}", message.operation, message.role),
            exchange: message.exchange,
            frames: message.frames.to_vec(),
            repeat_of: message.repeat_of.map(|source| source.frame),
            inferred: message.inferred,
            parties: [message.calling.to_string(), message.called.to_string()],
        });
    }

    fn event(&mut self, event: &Event, _names: &Names) {
        self.1.push(*event);
    }
}

/// The radio network is node 1, the core node 2.
const UP: bool = true;
const DOWN: bool = false;

impl Tap {
    /// A message of SCCP over M3UA on one leg.
    fn see(&mut self, leg: u16, up: bool, sccp: &[u8]) {
        let (opc, dpc) = if up { (1, 2) } else { (2, 1) };
        let mut data = vec![0, 0, 0, opc, 0, 0, 0, dpc, 3, 2, 0, 0];
        data.extend(sccp);
        let parameter = data.len() as u16 + 4;
        data.resize(data.len().next_multiple_of(4), 0);
        let mut octets = vec![1, 0, 1, 1];
        octets.extend((data.len() as u32 + 12).to_be_bytes());
        octets.extend([0x02, 0x10]);
        octets.extend(parameter.to_be_bytes());
        octets.extend(data);
        self.take(leg, up, Carrier::Sctp { ppid: 3, stream: 0 }, &octets);
    }

    /// A message of SCCP without a routing label.
    fn told(&mut self, leg: u16, up: bool, sccp: &[u8]) {
        self.take(leg, up, Carrier::Told(Layer::Sccp), sccp);
    }

    fn take(&mut self, leg: u16, up: bool, carrier: Carrier, octets: &[u8]) {
        self.frame += 1;
        let (frame, time) = (self.frame, self.frame as i64 * SECOND / 10);
        let node = |number| IpAddr::V4(Ipv4Addr::new(192, 0, 2, number));
        let flow = Flow { src: node(1), dst: node(2), src_port: leg, dst_port: leg };
        let flow = if up { flow } else { flow.reversed() };
        let place = Octets::Packet(0..octets.len());
        let pdu = Pdu { file: 0, frame, time, flow, carrier, octets: place, frames: 0..0, truncated: false };
        let what = dissect(&pdu, octets, &mut self.health);
        let origin = Origin { source: Source { file: 0, frame }, frames: &[frame], time, flow };
        self.sessions.consume(origin, &what, &mut self.health, &mut Sink(&mut self.rows, &mut self.events));
    }

    fn finish(&mut self) {
        self.sessions.finish(&mut self.health, &mut Sink(&mut self.rows, &mut self.events));
    }

    fn rows(&self) -> Vec<&str> {
        self.rows.iter().map(|row| row.what.as_str()).collect()
    }

    fn count(&self, outcome: Outcome, reason: &'static str) -> u64 {
        self.health.count(Layer::Sccp, outcome, reason)
    }
}

fn cr(source: u8, data: &[u8]) -> Vec<u8> {
    let mut octets = vec![1, 0, 0, source, 2, 2, 4, 2, 0x42, 254, 0x0f, data.len() as u8];
    octets.extend(data);
    octets.push(0);
    octets
}

fn cc(destination: u8, source: u8) -> Vec<u8> {
    vec![2, 0, 0, destination, 0, 0, source, 2, 0]
}

fn dt1(destination: u8, more: bool, data: &[u8]) -> Vec<u8> {
    [&[6, 0, 0, destination, u8::from(more), 1, data.len() as u8], data].concat()
}

fn rlsd(destination: u8, source: u8) -> Vec<u8> {
    vec![4, 0, 0, destination, 0, 0, source, 0, 0]
}

fn rlc(destination: u8, source: u8) -> Vec<u8> {
    vec![5, 0, 0, destination, 0, 0, source]
}

fn bssmap(message: &[u8]) -> Vec<u8> {
    [&[0, message.len() as u8], message].concat()
}

fn dtap(message: &[u8]) -> Vec<u8> {
    [&[1, 0, message.len() as u8], message].concat()
}

/// COMPLETE LAYER 3 INFORMATION at 001-01-7-9 with a layer 3 message.
fn complete(layer3: &[u8]) -> Vec<u8> {
    let cell = [0x57, 0x05, 0x08, 0x00, 0x00, 0xf1, 0x10, 0x00, 0x07, 0x00, 0x09, 0x17, layer3.len() as u8];
    bssmap(&[&cell, layer3].concat())
}

/// LOCATION UPDATING REQUEST with TMSI 11223344, from 001-01-6.
const UPDATE: &[u8] = &[5, 8, 0x70, 0, 0xf1, 0x10, 0, 6, 0x57, 5, 0xf4, 0x11, 0x22, 0x33, 0x44];
const IDENTITY_REQUEST: &[u8] = &[5, 0x18, 1];
/// IMSI 001010000000001.
const IDENTITY_RESPONSE: &[u8] = &[5, 0x59, 8, 0x09, 0x10, 0x10, 0, 0, 0, 0, 0x10];
/// LOCATION UPDATING ACCEPT in 001-01-7.
const ACCEPT: &[u8] = &[5, 2, 0, 0xf1, 0x10, 0, 7];
const CLEAR: &[u8] = &[0x20, 4, 1, 9];

fn update() -> Vec<(bool, Vec<u8>)> {
    vec![
        (UP, cr(7, &complete(UPDATE))),
        (DOWN, cc(7, 9)),
        (DOWN, dt1(7, false, &dtap(IDENTITY_REQUEST))),
        (UP, dt1(9, false, &dtap(IDENTITY_RESPONSE))),
        (DOWN, dt1(7, false, &dtap(ACCEPT))),
        (DOWN, dt1(7, false, &bssmap(CLEAR))),
        (DOWN, rlsd(7, 9)),
        (UP, rlc(9, 7)),
    ]
}

#[test]
fn an_update_on_two_legs_is_one() {
    let mut tap = Tap::default();
    for (up, sccp) in update() {
        tap.see(1, up, &sccp);
        tap.see(2, up, &sccp);
    }
    tap.finish();
    let first: Vec<&str> = tap.rows.iter().filter(|row| row.repeat_of.is_none()).map(|row| row.what.as_str()).collect();
    assert_eq!(
        first,
        [
            "COMPLETE LAYER 3 INFORMATION uplink",
            "LOCATION UPDATING REQUEST uplink",
            "CC continue",
            "IDENTITY REQUEST downlink",
            "IDENTITY RESPONSE uplink",
            "LOCATION UPDATING ACCEPT downlink",
            "CLEAR COMMAND downlink",
            "RLSD end",
            "RLC end",
        ]
    );
    assert_eq!(tap.rows.len(), 2 * first.len());
    assert_eq!(tap.rows[2].repeat_of, Some(1));
    assert!(tap.rows.iter().all(|row| row.exchange == tap.rows[0].exchange && !row.inferred));
    let [register] = tap.events[..] else { panic!("{:?}", tap.events) };
    assert_eq!((register.kind, register.outcome), (EventKind::Register, Result::Success));
    assert_eq!(register.imsi.map(|imsi| imsi.to_string()).as_deref(), Some("001010000000001"));
    assert_eq!(register.resolved_by, ResolvedBy::Dialogue);
    assert_eq!(register.cell.map(|cell| cell.to_string()).as_deref(), Some("001-01-7-9"));
    assert_eq!(tap.count(Outcome::Evicted, "connection without an end"), 0);
}

/// A relay has references of its own: its CR says the same on another association.
#[test]
fn a_relayed_connection_is_the_same() {
    let mut tap = Tap::default();
    for (up, sccp) in update() {
        tap.told(1, up, &sccp);
        let mut relayed = sccp;
        for at in [3, 6] {
            let names_reference = at == 3 || matches!(relayed[0], 2 | 4 | 5);
            if names_reference {
                relayed[at] += 100;
            }
        }
        tap.told(2, up, &relayed);
    }
    tap.finish();
    assert_eq!(tap.events.len(), 1, "{:?}", tap.events);
    assert_eq!(tap.rows.iter().filter(|row| row.repeat_of.is_some()).count(), tap.rows.len() / 2);
    assert!(tap.rows.iter().all(|row| row.exchange == tap.rows[0].exchange));
}

/// The capture begins in the middle: what uses the connection is told by its data, the other side by RLSD.
#[test]
fn the_beginning_was_not_seen() {
    let mut tap = Tap::default();
    for (up, sccp) in update().into_iter().skip(2) {
        tap.see(1, up, &sccp);
    }
    tap.finish();
    assert_eq!(tap.rows()[..2], ["IDENTITY REQUEST downlink", "IDENTITY RESPONSE uplink"]);
    assert!(tap.rows[0].inferred && tap.rows[1].inferred);
    assert_eq!(tap.count(Outcome::Unresolved, "connection whose beginning was not seen"), 2);
    // CC alone was lost, too: the answer to the first reference still finds its connection.
    let mut tap = Tap::default();
    for (up, sccp) in update().into_iter().enumerate().filter(|(place, _)| *place != 1).map(|(_, message)| message) {
        tap.see(1, up, &sccp);
    }
    tap.finish();
    let register = tap.events.iter().find(|event| event.kind == EventKind::Register).unwrap();
    assert_eq!(register.outcome, Result::Success);
}

#[test]
fn data_in_segments_are_put_together_on_each_leg() {
    let mut tap = Tap::default();
    tap.see(1, UP, &cr(7, &complete(UPDATE)));
    tap.see(1, DOWN, &cc(7, 9));
    let data = dtap(IDENTITY_RESPONSE);
    let (first, second) = data.split_at(5);
    tap.see(1, UP, &dt1(9, true, first));
    tap.see(2, UP, &dt1(9, true, first));
    tap.see(1, UP, &dt1(9, false, second));
    tap.see(2, UP, &dt1(9, false, second));
    let [.., one, other] = &tap.rows[..] else { panic!("rows") };
    assert_eq!((one.what.as_str(), &one.frames[..], one.repeat_of), ("IDENTITY RESPONSE uplink", &[3, 5][..], None));
    assert_eq!((&other.frames[..], other.repeat_of), (&[4, 6][..], Some(5)));
    // A message that never ends is given up.
    for _ in 0..100 {
        tap.see(1, UP, &dt1(9, true, &[0; 250]));
    }
    assert!(tap.count(Outcome::Evicted, "segmented data of a connection that were not completed") > 0);
}

/// The called party address of an answer is its sender's, unless its point code is the receiver's.
#[test]
fn who_answers() {
    let mut tap = Tap::default();
    tap.see(1, UP, &cr(7, &complete(UPDATE)));
    // Called party address: point code 2, subsystem 254.
    tap.see(1, DOWN, &[2, 0, 0, 7, 0, 0, 9, 2, 1, 0x03, 4, 0x43, 2, 0, 254, 0]);
    let parties: Vec<_> = tap.rows.iter().map(|row| row.parties.each_ref().map(String::as_str)).collect();
    assert_eq!(parties[0], ["pc=0-0-1", "pc=0-0-2 ssn=254"]);
    assert_eq!(parties.last(), Some(&["pc=0-0-2 ssn=254", "pc=0-0-1"]));
    tap.see(1, DOWN, &[2, 0, 0, 7, 0, 0, 9, 2, 1, 0x03, 4, 0x43, 1, 0, 254, 0]);
    let last = tap.rows.last().map(|row| row.parties.each_ref().map(String::as_str));
    assert_eq!(last, Some(["pc=0-0-2", "pc=0-0-1 ssn=254"]));
}

/// RLC was lost and the reference is used again: the events of the old connection are told, those of the new are its own.
#[test]
fn a_reference_is_used_again() {
    let mut tap = Tap::default();
    tap.see(1, UP, &cr(7, &complete(UPDATE)));
    tap.see(1, DOWN, &cc(7, 9));
    tap.see(1, UP, &cr(7, &complete(&[5, 0x24, 1, 3, 0x57, 0x18, 0xa6, 5, 0xf4, 0x11, 0x22, 0x33, 0x55])));
    assert_eq!(tap.events.iter().map(|event| event.kind).collect::<Vec<_>>(), [EventKind::Register]);
    assert_eq!(tap.count(Outcome::Evicted, "connection without an end"), 1);
    assert_ne!(tap.rows[0].exchange, tap.rows.last().unwrap().exchange);
    // A refusal ends what it refuses.
    tap.see(1, DOWN, &[3, 0, 0, 7, 0x0f, 0]);
    assert_eq!(tap.rows.last().unwrap().what, "CREF abort");
    tap.finish();
    assert_eq!(tap.count(Outcome::Evicted, "connection without an end"), 1);
}

proptest! {
    /// Whatever comes in whatever order, nothing panics, and each record of a connection has an exchange.
    #[test]
    fn any_messages(
        messages in prop::collection::vec((0u8..18, 1u8..4, 1u8..4, any::<[bool; 3]>(), prop::collection::vec(any::<u8>(), 0..12)), 0..60)
    ) {
        let mut tap = Tap::default();
        for (kind, destination, source, [leg, up, more], data) in messages {
            let sccp = match kind {
                1 => cr(source, &data),
                2 => cc(destination, source),
                4 => rlsd(destination, source),
                5 => rlc(destination, source),
                6 => dt1(destination, more, &data),
                7 => dt1(destination, false, &dtap(&data)),
                8 => dt1(destination, false, &bssmap(&data)),
                kind => [&[kind, 0, 0, destination, 0, 0, source], &data[..]].concat(),
            };
            tap.see(u16::from(leg), up, &sccp);
        }
        tap.finish();
    }
}
