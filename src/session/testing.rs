//! What tests of sessions share: PDUs between two ends, and what comes out.

#![allow(clippy::arithmetic_side_effects)]

use super::{Listener, Origin, Sessions};
use crate::dissect::dissect;
use crate::event::{Event, Interface, Source};
use crate::health::Health;
use crate::identity::Names;
use crate::message::{Exchange, Message};
use crate::reassembly::{Carrier, Flow, Octets, Pdu};
use crate::wire::Named;
pub(super) use crate::wire::testing::octets;
use std::net::IpAddr;

/// A message, as it was printed.
pub(super) struct Row {
    pub(super) text: String,
    pub(super) interface: Option<Interface>,
    pub(super) exchange: Exchange,
    pub(super) is_repeat: bool,
    pub(super) named: Named,
    pub(super) frames: Vec<u64>,
}

#[derive(Default)]
pub(super) struct Seen {
    pub(super) messages: Vec<Row>,
    pub(super) events: Vec<Event>,
}

impl Listener for Seen {
    fn wants_messages(&self) -> bool {
        true
    }
    fn message(&mut self, message: &Message<'_>) {
        let Message { protocol, operation, role, dialogue, .. } = message;
        self.messages.push(Row {
            text: format!("{protocol} {operation} {role} {dialogue}"),
            interface: message.interface,
            exchange: message.exchange,
            is_repeat: message.repeat_of.is_some(),
            named: message.named.clone(),
            frames: message.frames.to_vec(),
        });
    }
    fn event(&mut self, event: &Event, _names: &Names) {
        self.events.push(*event);
    }
}

/// PDUs between 192.0.2.1 (true: it sends) and 192.0.2.2, a second apart, from the first port to the second and back.
pub(super) fn run(carrier: Carrier, ports: [u16; 2], pdus: &[(bool, Vec<u8>)]) -> (Seen, Health) {
    run_on(carrier, &[(ports, pdus.to_vec())])
}

/// The ports of a connection, and its PDUs.
pub(super) type Connection = ([u16; 2], Vec<(bool, Vec<u8>)>);

/// The same on several connections, one after the other.
pub(super) fn run_on(carrier: Carrier, connections: &[Connection]) -> (Seen, Health) {
    let (mut sessions, mut seen, mut health) = (Sessions::default(), Seen::default(), Health::default());
    let ends: [IpAddr; 2] = ["192.0.2.1".parse().unwrap(), "192.0.2.2".parse().unwrap()];
    let pdus = connections.iter().flat_map(|(ports, pdus)| pdus.iter().map(move |pdu| (ports, pdu)));
    for (frame, (ports, (first, octets))) in (1u64..).zip(pdus) {
        let time = frame as i64 * 1_000_000_000;
        let forth = Flow { src: ends[0], dst: ends[1], src_port: ports[0], dst_port: ports[1] };
        let flow = if *first { forth } else { forth.reversed() };
        let place = Octets::Packet(0..octets.len());
        let pdu = Pdu { file: 0, frame, time, flow, carrier, octets: place, frames: 0..0, truncated: false };
        let what = dissect(&pdu, octets, &mut health);
        let frames = &[frame];
        let origin = Origin { source: Source { file: 0, frame }, frames, time, flow };
        sessions.consume(origin, &what, &mut health, &mut seen);
    }
    sessions.finish(&mut health, &mut seen);
    (seen, health)
}
