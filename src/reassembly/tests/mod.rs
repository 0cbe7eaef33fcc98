#![allow(clippy::arithmetic_side_effects)]

mod fragments;
mod homes;
mod links;
mod sctp;
mod tcp;
mod tshark;

use super::*;
use crate::capture::{Batch, LinkType, Packet};
use crate::frame::build::{A, ACK, B, FIN, RST, SYN, chunk, data, ipv4, sctp, tcp, udp};
use proptest::prelude::*;

/// Messages of one length octet and so many octets; `!` is garbage, CR a keepalive, `?` a foreign protocol.
#[derive(Clone, Copy)]
struct Lengths;

impl Framer for Lengths {
    fn frame(&self, _: &Flow, stream: &[u8], resync: bool) -> Framing {
        match stream[0] {
            b'?' => Framing::NotMine,
            b'\r' => Framing::Skip(1),
            // a message starts with its length, below 32, after a gap there may be anything before it
            octet if octet == b'!' || (resync && octet >= 32) => Framing::Skip(1),
            len => match stream.len() > usize::from(len) {
                true => Framing::Message(1 + usize::from(len)),
                false => Framing::NeedMore,
            },
        }
    }
}

/// A delivered PDU: octets, frames, carrier and flow as far as tests look at them.
type Seen = (Vec<u8>, Vec<u64>, bool);

struct Rig {
    reassembler: Reassembler<Lengths>,
    health: Health,
    batch: Batch,
    frame: u64,
    time: i64,
}

impl Rig {
    fn new() -> Self {
        Self {
            reassembler: Reassembler::new(Lengths),
            health: Health::default(),
            batch: Batch::default(),
            frame: 0,
            time: 0,
        }
    }

    /// Adds a packet of which `cut` octets are missing.
    fn cut(&mut self, packet: &[u8], cut: usize) -> &mut Self {
        self.on(LinkType::RAW, packet, cut)
    }

    /// The same on another link.
    fn on(&mut self, link: LinkType, packet: &[u8], cut: usize) -> &mut Self {
        self.frame += 1;
        let record = Packet {
            file: 0,
            frame: self.frame,
            time: self.time,
            link,
            offset: 0,
            len: 0,
            original_len: packet.len() as u32,
        };
        self.batch.push(record, &packet[..packet.len() - cut]);
        self
    }

    fn add(&mut self, packet: &[u8]) -> &mut Self {
        self.cut(packet, 0)
    }

    fn sctp(&mut self, chunks: &[Vec<u8>]) -> &mut Self {
        self.add(&ipv4(A, B, 132, &sctp((1, 2), 99, chunks)))
    }

    fn tcp(&mut self, sequence: u32, flags: u8, payload: &[u8]) -> &mut Self {
        self.add(&ipv4(A, B, 6, &tcp((1, 2), sequence, flags, payload)))
    }

    fn push(&mut self) -> PduBatch {
        let mut out = PduBatch::default();
        self.reassembler.push(&mut self.batch, &mut out, &mut self.health);
        assert!(self.batch.packets.is_empty() && self.batch.data.is_empty());
        out
    }

    fn seen(&mut self) -> Vec<Seen> {
        seen(&self.push())
    }

    fn finish(&mut self) -> Vec<Seen> {
        let mut out = PduBatch::default();
        self.reassembler.finish(&mut out, &mut self.health);
        seen(&out)
    }

    fn count(&self, layer: Layer, outcome: Outcome, reason: &'static str) -> u64 {
        self.health.count(layer, outcome, reason)
    }
}

fn seen(out: &PduBatch) -> Vec<Seen> {
    let one = |pdu: &Pdu| (out.bytes(pdu).to_vec(), out.frames(pdu).to_vec(), pdu.truncated);
    out.pdus.iter().map(one).collect()
}

fn whole(octets: &[u8], frames: &[u64]) -> Seen {
    (octets.to_vec(), frames.to_vec(), false)
}

proptest! {
    #[test]
    fn no_octets_panic(packets in prop::collection::vec(
        (prop::sample::select(vec![6u8, 17, 132]), prop::collection::vec(any::<u8>(), 0..80), 0usize..30), 1..20)) {
        let mut rig = Rig::new();
        for (protocol, payload, cut) in packets {
            let packet = ipv4(A, B, protocol, &payload);
            rig.cut(&packet, cut.min(packet.len()));
        }
        rig.push();
        rig.finish();
    }
}
