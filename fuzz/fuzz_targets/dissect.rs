//! Any octets as a run of PDUs of all carriers, through dissection and sessions, printed.
//!
//! A record is a head of four octets (carrier and direction, seconds since the one before, length) and its octets.
#![no_main]

use simhound::dissect::dissect;
use simhound::event::Source;
use simhound::health::Health;
use simhound::reassembly::{Carrier, Flow, Octets, Pdu};
use simhound::session::{Origin, Sessions};
use simhound_fuzz::Printer;
use std::net::{IpAddr, Ipv4Addr};

simhound_fuzz::target!(|data: &[u8]| {
    let mut rest = data;
    let (mut sessions, mut health, mut printer) = (Sessions::default(), Health::default(), Printer::default());
    let (mut time, mut frame) = (1_767_225_600_000_000_000_i64, 0);
    while let Some(([kind, seconds, high, low], after)) = rest.split_first_chunk() {
        let length = usize::from(u16::from_be_bytes([*high, *low]));
        let (octets, after) = after.split_at(length.min(after.len()));
        rest = after;
        time += i64::from(*seconds) * 1_000_000_000;
        frame += 1;
        let carrier = match kind & 7 {
            0 => Carrier::Udp,
            1 => Carrier::Tcp,
            2 => Carrier::Sctp { ppid: 46, stream: 1 },
            3 => Carrier::Sctp { ppid: 0, stream: 1 },
            6 => Carrier::Sctp { ppid: 18, stream: 1 },
            7 => Carrier::Sctp { ppid: 60, stream: 1 },
            _ => Carrier::Sctp { ppid: 3, stream: 1 },
        };
        let host = |last| IpAddr::V4(Ipv4Addr::new(192, 0, 2, last));
        let flow = Flow { src: host(1), dst: host(2), src_port: 5060, dst_port: 2905 };
        let flow = if kind & 8 == 0 { flow } else { flow.reversed() };
        let pdu = Pdu {
            file: 0,
            frame,
            time,
            flow,
            carrier,
            octets: Octets::Packet(0..octets.len()),
            frames: 0..0,
            truncated: kind & 16 != 0,
        };
        let what = dissect(&pdu, octets, &mut health);
        let origin = Origin { source: Source { file: 0, frame }, frames: &[frame], time, flow };
        sessions.consume(origin, &what, &mut health, &mut printer);
    }
    sessions.finish(&mut health, &mut printer);
});
