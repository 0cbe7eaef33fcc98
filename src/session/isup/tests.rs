#![allow(clippy::arithmetic_side_effects)]

use crate::dissect::dissect;
use crate::event::{Direction, Event, EventKind, Interface, Peer, Result, Source};
use crate::health::{Health, Layer, Outcome};
use crate::identity::{Imsi, Names};
use crate::message::{Exchange, Message};
use crate::reassembly::{Carrier, Flow, Octets, Pdu};
use crate::session::{Listener, Origin, Sessions};
use crate::time::SECOND;
use std::net::{IpAddr, Ipv4Addr};

/// What a message showed: operation, called number, exchange, the frame that it repeats.
type Shown = (String, Option<String>, Exchange, Option<u64>);

#[derive(Default)]
struct Seen {
    messages: Vec<Shown>,
    events: Vec<Event>,
}

impl Listener for Seen {
    fn wants_messages(&self) -> bool {
        true
    }

    fn message(&mut self, message: &Message<'_>) {
        let called = message.named.called.map(|number| number.to_string());
        let repeat_of = message.repeat_of.map(|source| source.frame);
        self.messages.push((message.operation.to_string(), called, message.exchange, repeat_of));
    }

    fn event(&mut self, event: &Event, _names: &Names) {
        self.events.push(*event);
    }
}

impl Seen {
    fn kinds(&self) -> Vec<(EventKind, Direction, Result)> {
        self.events.iter().map(|event| (event.kind, event.direction, event.outcome)).collect()
    }
}

#[derive(Default)]
struct Line {
    sessions: Sessions,
    health: Health,
    seen: Seen,
    frame: u64,
    time: i64,
    leg: u8,
}

impl Line {
    /// A message from one exchange to another on a circuit, half a second after the one before.
    fn say(&mut self, from: u8, to: u8, circuit: u8, message: &[u8]) -> &mut Self {
        self.frame += 1;
        self.time += SECOND / 2;
        let label = u32::from(to) | u32::from(from) << 14;
        let octets = [&[0x85][..], &label.to_le_bytes(), &[circuit, 0], message].concat();
        self.bring(Carrier::Told(Layer::Mtp3), &octets)
    }

    fn bring(&mut self, carrier: Carrier, octets: &[u8]) -> &mut Self {
        let host = IpAddr::V4(Ipv4Addr::new(192, 0, 2, self.leg));
        let flow = Flow { src: host, dst: host, src_port: 1, dst_port: 2 };
        let (frame, time) = (self.frame, self.time);
        let place = Octets::Packet(0..octets.len());
        let pdu = Pdu { file: 0, frame, time, flow, carrier, octets: place, frames: 0..0, truncated: false };
        let what = dissect(&pdu, octets, &mut self.health);
        let origin = Origin { source: Source { file: 0, frame }, frames: &[], time, flow };
        self.sessions.consume(origin, &what, &mut self.health, &mut self.seen);
        self
    }

    /// The subscriber of a number becomes known.
    fn subscriber(&mut self, imsi: &str, msisdn: &str) -> &mut Self {
        let imsi: Imsi = imsi.parse().unwrap();
        self.sessions.resolver.tie_msisdn(imsi, msisdn.parse().unwrap());
        self
    }

    fn end(&mut self) -> &Seen {
        self.sessions.finish(&mut self.health, &mut self.seen);
        &self.seen
    }
}

/// An IAM from 1 555 0100 and two more digits to such a number, both international.
fn iam(from: u8, to: u8) -> Vec<u8> {
    [
        &[0x01, 0x00, 0x60, 0x01, 0x0a, 0x00, 0x02, 0x09, 0x07][..],
        &[0x04, 0x90, 0x51, 0x55, 0x10, 0x00, to],
        &[0x0a, 0x07, 0x04, 0x13, 0x51, 0x55, 0x10, 0x00, from, 0x00],
    ]
    .concat()
}

const ACM: [u8; 4] = [0x06, 0x14, 0x00, 0x00];
const ANM: [u8; 2] = [0x09, 0x00];
const RLC: [u8; 2] = [0x10, 0x00];
const RSC: [u8; 1] = [0x12];

fn rel(cause: u8) -> [u8; 6] {
    [0x0c, 0x02, 0x00, 0x02, 0x80, 0x80 | cause]
}

/// Digits of `from` and `to` of [`iam`]: 0x21 is 12, so the number 1 555 0100 12.
const CALLER: &str = "1555010012";
const CALLEE: &str = "1555010034";

#[test]
fn a_call_between_two_subscribers() {
    let mut line = Line::default();
    line.subscriber("001010000000001", CALLER).subscriber("001010000000002", CALLEE);
    line.say(1, 2, 7, &iam(0x21, 0x43)).say(2, 1, 7, &ACM).say(2, 1, 7, &ANM);
    line.say(2, 1, 7, &rel(16)).say(1, 2, 7, &RLC);
    let seen = line.end();
    use Direction::{Mo, Mt};
    use EventKind::{CallAnswer, CallAttempt, CallEnd};
    let expected = [
        (CallAttempt, Mo, Result::Unknown),
        (CallAttempt, Mt, Result::Unknown),
        (CallAnswer, Mo, Result::Success),
        (CallAnswer, Mt, Result::Success),
        (CallEnd, Mo, Result::Success),
        (CallEnd, Mt, Result::Success),
    ];
    assert_eq!(seen.kinds(), expected);
    let [attempt, .., end] = &seen.events[..] else { panic!("events") };
    assert_eq!((attempt.imsi.unwrap().to_string(), attempt.interface), ("001010000000001".into(), Interface::Isup));
    assert!(matches!(attempt.peer, Some(Peer::Number(number)) if number.to_string() == CALLEE));
    assert_eq!((attempt.source.frame, attempt.time), (1, SECOND / 2));
    assert_eq!(end.duration_ms, Some(500));
    let names: Vec<&str> = seen.messages.iter().map(|(name, ..)| name.as_str()).collect();
    assert_eq!(names, ["IAM", "ACM", "ANM", "REL", "RLC"]);
    assert!(seen.messages.iter().all(|(_, _, exchange, _)| *exchange == seen.messages[0].2));
}

/// Nobody is known: the call is told by its numbers.
#[test]
fn a_call_by_number() {
    let mut line = Line::default();
    line.say(1, 2, 7, &iam(0x21, 0x43)).say(2, 1, 7, &rel(17)).say(1, 2, 7, &RLC);
    let seen = line.end();
    let ends: Vec<_> = seen.events.iter().filter(|event| event.kind == EventKind::CallEnd).collect();
    assert_eq!((seen.events.len(), ends.len()), (4, 2));
    assert!(ends.iter().all(|end| end.outcome == Result::Busy && end.imsi.is_none()));
    assert_eq!(ends[0].msisdn.unwrap().to_string(), CALLER);
    assert_eq!(ends[1].msisdn.unwrap().to_string(), CALLEE);
}

/// A circuit that is used again without a release; the next call is another one.
#[test]
fn a_circuit_taken_again() {
    let mut line = Line::default();
    line.subscriber("001010000000001", CALLER);
    line.say(1, 2, 7, &iam(0x21, 0x43)).say(2, 1, 7, &ACM).say(1, 2, 7, &iam(0x21, 0x65)).say(2, 1, 7, &ACM);
    let seen = line.end();
    let expected = [EventKind::CallAttempt, EventKind::CallEnd, EventKind::CallAttempt];
    assert_eq!(seen.events.iter().map(|event| event.kind).collect::<Vec<_>>(), expected);
    assert_ne!(seen.messages[1].2, seen.messages[2].2);
    assert_eq!(line.health.count(Layer::Isup, Outcome::Evicted, "call without an end"), 2);
}

/// Both exchanges take an even circuit: that with the higher point code keeps it.
#[test]
fn both_take_it_at_once() {
    let mut line = Line::default();
    line.say(1, 2, 8, &iam(0x21, 0x43)).say(2, 1, 8, &iam(0x65, 0x87)).say(1, 2, 8, &ACM);
    line.say(1, 2, 8, &ANM).say(1, 2, 8, &rel(16)).say(2, 1, 8, &RLC);
    let seen = line.end();
    let callers: Vec<_> = seen.events.iter().map(|event| event.msisdn.unwrap().to_string()).collect();
    assert!(callers.iter().all(|number| number == "1555010056" || number == "1555010078"), "{callers:?}");
    assert_eq!(line.health.count(Layer::Isup, Outcome::Unresolved, "circuit that both exchanges took at once"), 1);
    // On an odd circuit the lower one does.
    let mut line = Line::default();
    line.say(1, 2, 7, &iam(0x21, 0x43)).say(2, 1, 7, &iam(0x65, 0x87)).say(2, 1, 7, &ACM);
    let seen = line.end();
    assert_eq!(seen.events[0].msisdn.unwrap().to_string(), CALLER);
    assert_eq!((seen.messages[0].2, seen.messages.len()), (seen.messages[2].2, 3));
}

#[test]
fn a_reset_ends_the_calls_of_a_group() {
    let mut line = Line::default();
    line.subscriber("001010000000001", CALLER);
    line.say(1, 2, 7, &iam(0x21, 0x43)).say(2, 1, 7, &ACM).say(2, 1, 7, &ANM);
    line.say(1, 2, 5, &[0x17, 0x01, 0x01, 0x04]);
    let seen = line.end();
    assert_eq!(seen.events.last().map(|event| event.kind), Some(EventKind::CallEnd));
    assert_eq!(seen.messages[3].2, Exchange::NONE);
    let mut line = Line::default();
    line.say(1, 2, 7, &iam(0x21, 0x43)).say(1, 2, 7, &RSC).say(2, 1, 7, &RLC);
    assert!(line.end().events.iter().any(|event| event.outcome == Result::Failure));
}

/// Digits that come later belong to the called number, also two equal ones.
#[test]
fn overlap_sending() {
    let mut line = Line::default();
    let sam = [0x02, 0x02, 0x00, 0x02, 0x80, 0x05];
    line.say(1, 2, 7, &iam(0x21, 0x43)).say(1, 2, 7, &sam).say(1, 2, 7, &sam).say(2, 1, 7, &ACM);
    let seen = line.end();
    assert_eq!(seen.messages[2].1.as_deref(), Some("155501003455"));
    assert!(matches!(seen.events[0].peer, Some(Peer::Number(number)) if number.to_string() == "155501003455"));
}

/// A tap at a signalling transfer point shows both legs: printed twice, counted once.
#[test]
fn two_legs() {
    let mut line = Line::default();
    let sam = [0x02, 0x02, 0x00, 0x02, 0x80, 0x05];
    for (from, to, message) in
        [(1, 2, iam(0x21, 0x43)), (1, 2, sam.to_vec()), (1, 2, sam.to_vec()), (2, 1, ACM.to_vec())]
    {
        for leg in [1, 2] {
            line.leg = leg;
            line.say(from, to, 7, &message);
        }
    }
    let seen = line.end();
    let repeats: Vec<_> = seen.messages.iter().map(|(_, _, _, repeat_of)| *repeat_of).collect();
    assert_eq!(repeats, [None, Some(1), None, Some(3), None, Some(5), None, Some(7)]);
    assert!(seen.messages.iter().all(|(_, _, exchange, _)| *exchange == seen.messages[0].2));
    assert_eq!(seen.messages[5].1.as_deref(), Some("155501003455"));
    assert_eq!(seen.events.len(), 2);
}

/// An exchange passes the call on, on another circuit to another exchange: one call.
#[test]
fn a_call_in_transit() {
    let mut line = Line::default();
    line.subscriber("001010000000001", CALLER);
    line.say(1, 2, 7, &iam(0x21, 0x43)).say(2, 3, 9, &iam(0x21, 0x43)).say(3, 2, 9, &ACM).say(2, 1, 7, &ACM);
    line.say(3, 2, 9, &ANM).say(2, 1, 7, &ANM).say(1, 2, 7, &rel(16)).say(2, 3, 9, &rel(16));
    // The same two again, when the call is over: another call.
    line.say(1, 2, 11, &iam(0x21, 0x43)).say(2, 1, 11, &ACM);
    let seen = line.end();
    use EventKind::{CallAnswer, CallAttempt, CallEnd};
    let kinds: Vec<_> = seen.events.iter().map(|event| event.kind).collect();
    assert_eq!(kinds, [CallAttempt, CallAnswer, CallEnd, CallAttempt]);
}

/// A media gateway takes the call over to SIP: one call, told by whom it was seen first.
#[test]
fn on_the_trunk_and_in_sip() {
    let invite = format!(
        "INVITE sip:+{CALLEE}@example.net SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1\r\n\
         From: <sip:+{CALLER}@example.net>;tag=1\r\nTo: <sip:+{CALLEE}@example.net>\r\nCall-ID: a\r\n\
         CSeq: 1 INVITE\r\nContent-Length: 0\r\n\r\n"
    );
    let mut line = Line::default();
    line.subscriber("001010000000001", CALLER);
    line.bring(Carrier::Udp, invite.as_bytes()).say(1, 2, 7, &iam(0x21, 0x43)).say(2, 1, 7, &ACM).say(2, 1, 7, &ANM);
    let seen = line.end();
    assert_eq!(seen.kinds(), [(EventKind::CallAttempt, Direction::Mo, Result::Unknown)]);
    assert_eq!(seen.events[0].interface, Interface::Sip);
}

/// The start of the call was not seen: its messages are shown as of one call, and no event is made up.
#[test]
fn without_a_start() {
    let mut line = Line::default();
    line.say(2, 1, 7, &ANM).say(2, 1, 7, &rel(16)).say(1, 2, 7, &RLC);
    let seen = line.end();
    assert!(seen.events.is_empty());
    assert_ne!(seen.messages[0].2, Exchange::NONE);
    assert!(seen.messages.iter().all(|(_, _, exchange, _)| *exchange == seen.messages[0].2));
    let reason = "message of a call whose start was not seen";
    assert_eq!(line.health.count(Layer::Isup, Outcome::Unresolved, reason), 1);
}
