//! SCCP messages of connections in any order, on two associations: records of two legs, connections that begin in the
//! middle, segments, and whatever the layer 3 messages in them do to the state of mobiles.
//!
//! Input: records of `time and leg | length | SCCP message`.
#![no_main]

use simhound::dissect::dissect;
use simhound::event::Source;
use simhound::health::{Health, Layer};
use simhound::reassembly::{Carrier, Flow, Octets, Pdu};
use simhound::session::{Origin, Sessions};
use simhound_fuzz::Printer;
use std::net::{IpAddr, Ipv4Addr};

simhound_fuzz::target!(|data: &[u8]| {
    let (mut sessions, mut health, mut printer) = (Sessions::default(), Health::default(), Printer::default());
    let node = |number| IpAddr::V4(Ipv4Addr::new(192, 0, 2, number));
    let (mut rest, mut frame, mut time) = (data, 0, 0i64);
    while let [head, length, after @ ..] = rest {
        let (octets, next) = after.split_at(usize::from(*length).min(after.len()));
        rest = next;
        frame += 1;
        time += i64::from(head >> 2) * 50_000_000;
        let flow = Flow { src: node(1), dst: node(2), src_port: u16::from(head & 1), dst_port: 1 };
        let flow = if head & 2 == 0 { flow } else { flow.reversed() };
        let pdu = Pdu {
            file: 0,
            frame,
            time,
            flow,
            carrier: Carrier::Told(Layer::Sccp),
            octets: Octets::Packet(0..octets.len()),
            frames: 0..0,
            truncated: false,
        };
        let what = dissect(&pdu, octets, &mut health);
        let origin = Origin { source: Source { file: 0, frame }, frames: &[frame], time, flow };
        sessions.consume(origin, &what, &mut health, &mut printer);
    }
    sessions.finish(&mut health, &mut printer);
});
