#![allow(clippy::arithmetic_side_effects)]

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
        self.frame += 1;
        let record = Packet {
            file: 0,
            frame: self.frame,
            time: self.time,
            link: LinkType::RAW,
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

const U: u8 = 4;
const FIRST: u8 = 2;
const MIDDLE: u8 = 0;
const LAST: u8 = 1;
const SINGLE: u8 = 3;

#[test]
fn single_chunks_and_datagrams_are_borrowed() {
    let mut rig = Rig::new();
    rig.sctp(&[chunk(3, 0, &[0; 12]), data(1, SINGLE, 3, b"one"), data(2, SINGLE, 5, b"two")]);
    rig.add(&ipv4(A, B, 17, &udp((5060, 5061), b"sip")));
    let out = rig.push();
    assert_eq!(seen(&out), [whole(b"one", &[1]), whole(b"two", &[1]), whole(b"sip", &[2])]);
    assert!(out.assembled.is_empty() && out.frame_lists.is_empty());
    let carriers: Vec<Carrier> = out.pdus.iter().map(|pdu| pdu.carrier).collect();
    let sctp = |ppid| Carrier::Sctp { ppid, stream: 1 };
    assert_eq!(carriers, [sctp(3), sctp(5), Carrier::Udp]);
    let flow = out.pdus[2].flow;
    assert_eq!((flow.src, flow.dst, flow.src_port, flow.dst_port), (A.into(), B.into(), 5060, 5061));
    let counts: Vec<_> = rig.health.layers().map(|(layer, counts)| (layer, counts.seen, counts.decoded)).collect();
    assert_eq!(counts, [(Layer::Link, 2, 2), (Layer::Ip, 2, 2), (Layer::Udp, 1, 1), (Layer::Sctp, 3, 3)]);
}

#[test]
fn fragments_in_any_order_within_and_across_packets() {
    let mut rig = Rig::new();
    // over the end of the TSN space, reversed, across two batches
    rig.sctp(&[data(0, LAST, 3, b"c")]);
    assert_eq!(rig.seen(), []);
    rig.sctp(&[data(u32::MAX - 1, FIRST, 3, b"a"), data(1, SINGLE, 3, b"alone")]);
    rig.sctp(&[data(u32::MAX, MIDDLE, 3, b"b")]);
    let out = rig.push();
    assert_eq!(seen(&out), [whole(b"alone", &[2]), whole(b"abc", &[1, 2, 3])]);
    assert_eq!(out.pdus[1].frame, 3);
    // within one packet: one frame
    rig.sctp(&[data(2, FIRST | U, 3, b"x"), data(3, LAST | U, 3, b"y")]);
    assert_eq!(rig.seen(), [whole(b"xy", &[4])]);
    rig.finish();
    assert_eq!(rig.health.layers().map(|(_, counts)| counts.evicted).sum::<u64>(), 0);
}

#[test]
fn fragments_of_different_messages_are_not_joined() {
    let mut rig = Rig::new();
    rig.sctp(&[data(1, FIRST, 3, b"a"), data(2, FIRST, 3, b"b"), data(3, LAST, 3, b"c"), data(4, LAST, 3, b"d")]);
    rig.sctp(&[data(6, FIRST, 3, b"e"), data(7, LAST, 4, b"another protocol")]);
    assert_eq!(rig.seen(), [whole(b"bc", &[1])]);
    rig.finish();
    let reason = "fragment of a message that was not completed";
    assert_eq!(rig.count(Layer::Sctp, Outcome::Evicted, reason), 4);
}

#[test]
fn repeated_tsns_are_delivered_once_but_other_associations_are_apart() {
    let mut rig = Rig::new();
    let packet = |src, dst, ports, tag| ipv4(src, dst, 132, &sctp(ports, tag, &[data(5, SINGLE, 3, b"x")]));
    rig.add(&packet(A, B, (1, 2), 7));
    rig.add(&packet(A, B, (1, 2), 7)); // second copy from the mirror port
    rig.add(&packet(B, A, (2, 1), 7)); // other direction
    rig.add(&packet(A, B, (1, 3), 7)); // other leg
    rig.add(&packet(A, B, (1, 2), 8)); // restarted with another tag
    assert_eq!(rig.seen().len(), 4);
    assert_eq!(rig.count(Layer::Sctp, Outcome::Repeated, "TSN seen before"), 1);
    // restarted with the same tag: B's INIT ACK asks A to send with tag 7
    let mut init_ack = 7u32.to_be_bytes().to_vec();
    init_ack.extend([0; 12]);
    rig.add(&ipv4(B, A, 132, &sctp((2, 1), 1, &[chunk(2, 0, &init_ack)])));
    rig.add(&packet(A, B, (1, 2), 7));
    assert_eq!(rig.seen().len(), 1);
}

#[test]
fn missing_fragments_are_given_up_after_a_while() {
    let mut rig = Rig::new();
    rig.sctp(&[data(1, FIRST, 3, b"a")]);
    rig.time += 31 * SECOND;
    rig.sctp(&[data(2, LAST, 3, b"b")]);
    assert_eq!(rig.seen(), []);
    let reason = "fragment of a message that was not completed";
    assert_eq!(rig.count(Layer::Sctp, Outcome::Evicted, reason), 1);
}

#[test]
fn a_sender_of_endless_fragments_is_bounded() {
    let mut rig = Rig::new();
    for tsn in 0..3000 {
        rig.sctp(&[data(tsn, MIDDLE, 3, b"x")]);
    }
    assert_eq!(rig.seen(), []);
    let reason = "fragment of a message that was not completed";
    assert_eq!(rig.count(Layer::Sctp, Outcome::Evicted, reason), 3000 - 1024);
}

#[test]
fn cut_chunks_are_delivered_as_such() {
    let mut rig = Rig::new();
    let packet = ipv4(A, B, 132, &sctp((1, 2), 9, &[data(1, SINGLE, 3, b"abcdefgh")]));
    rig.cut(&packet, 5);
    rig.cut(&ipv4(A, B, 17, &udp((1, 2), b"abcdefgh")), 5);
    assert_eq!(rig.seen(), [(b"abc".to_vec(), vec![1], true), (b"abc".to_vec(), vec![2], true)]);
    let ip = "cut by the capture (snaplen)";
    assert_eq!(rig.count(Layer::Ip, Outcome::Truncated, ip), 2);
    assert_eq!(rig.count(Layer::Sctp, Outcome::Truncated, "DATA cut by the capture"), 1);
}

#[test]
fn tcp_messages_borrowed_and_assembled() {
    let mut rig = Rig::new();
    rig.tcp(100, SYN, b"");
    rig.tcp(101, ACK, b"\x02ab\x03cde\x04f"); // two whole ones and the start of a third
    rig.tcp(110, ACK, b"ghi\x01j\r\x02");
    rig.tcp(117, ACK, b"k");
    rig.tcp(118, ACK | FIN, b"l");
    let out = rig.push();
    assert_eq!(
        seen(&out),
        [
            whole(b"\x02ab", &[2]),
            whole(b"\x03cde", &[2]),
            whole(b"\x04fghi", &[2, 3]),
            whole(b"\x01j", &[3]),
            whole(b"\x02kl", &[3, 4, 5]),
        ]
    );
    assert!(matches!(out.pdus[3].octets, Octets::Packet(_)));
    assert_eq!(out.assembled, b"\x04fghi\x02kl");
    rig.finish();
    assert_eq!(rig.health.layers().map(|(_, counts)| counts.evicted + counts.malformed).sum::<u64>(), 0);
}

#[test]
fn tcp_order_overlap_and_repetition() {
    let mut rig = Rig::new();
    rig.tcp(100, SYN, b"");
    rig.tcp(101, ACK, b"\x03a");
    rig.tcp(105, ACK, b"\x02xy"); // early
    rig.tcp(106, ACK, b"XYZ"); // early, of which the first two octets are known
    rig.tcp(101, ACK, b"\x03a"); // again
    rig.tcp(102, ACK, b"AbcQQ"); // overlaps on both sides: the first copies win
    assert_eq!(rig.seen(), [whole(b"\x03abc", &[2, 6]), whole(b"\x02xy", &[3])]);
    rig.tcp(109, ACK, &[0; 90]); // Z is 90
    assert_eq!(rig.seen()[0].1, [4, 7]);
    rig.finish();
    assert_eq!(rig.count(Layer::Tcp, Outcome::Repeated, "octets seen before"), 1);
}

#[test]
fn a_closed_gap_gives_messages_with_their_own_frames() {
    let mut rig = Rig::new();
    rig.tcp(100, SYN, b"");
    rig.tcp(104, ACK, b"\x02xy\x03p"); // frame 2, early
    rig.tcp(101, ACK, b"\x02ab");
    rig.tcp(109, ACK, b"qr");
    assert_eq!(rig.seen(), [whole(b"\x02ab", &[3]), whole(b"\x02xy", &[2]), whole(b"\x03pqr", &[2, 4])]);
}

#[test]
fn a_gap_is_waited_for_and_then_passed_over() {
    let mut rig = Rig::new();
    rig.tcp(100, SYN, b"");
    rig.tcp(101, ACK, b"\x05ab"); // its rest is lost
    rig.tcp(200, ACK, b"xyz\x02de\x04f");
    assert_eq!(rig.seen(), []);
    rig.time += 4 * SECOND;
    rig.tcp(208, ACK, b"ghi");
    assert_eq!(rig.seen(), [whole(b"\x02de", &[3]), whole(b"\x04fghi", &[3, 4])]);
    assert_eq!(rig.count(Layer::Tcp, Outcome::Evicted, "gap in a stream"), 1);
    assert_eq!(rig.count(Layer::Tcp, Outcome::Evicted, "message of which octets were not captured"), 1);
    // at the end of the capture there is nothing more to wait for
    rig.tcp(300, ACK, b"\x01z");
    assert_eq!(rig.seen(), []);
    assert_eq!(rig.finish(), [whole(b"\x01z", &[5])]);
}

#[test]
fn a_stream_with_too_much_behind_a_gap_goes_on() {
    let mut rig = Rig::new();
    rig.tcp(100, SYN, b"");
    for segment in 0..600 {
        rig.tcp(1000 + 4 * segment, ACK, b"\x03abc");
    }
    assert_eq!(rig.seen().len(), 600);
}

#[test]
fn a_cut_segment_is_a_gap() {
    let mut rig = Rig::new();
    rig.tcp(100, SYN, b"");
    rig.cut(&ipv4(A, B, 6, &tcp((1, 2), 101, ACK, b"\x01a\x07bcdefgh")), 5);
    rig.tcp(111, ACK, b"\x01i");
    assert_eq!(rig.seen(), [whole(b"\x01a", &[2]), whole(b"\x01i", &[3])]);
    assert_eq!(rig.count(Layer::Tcp, Outcome::Truncated, "segment cut by the capture"), 1);
}

#[test]
fn streams_start_in_the_middle_and_start_anew() {
    let mut rig = Rig::new();
    rig.tcp(5000, ACK, b"rest of something\x02ab");
    rig.tcp(5020, ACK | RST, b"");
    rig.tcp(90, SYN, b"");
    rig.tcp(90, SYN, b"");
    rig.tcp(91, ACK, b"\x02cd");
    rig.tcp(1 << 30, ACK, b"\x02ef"); // another connection whose SYN is lost
    assert_eq!(rig.seen(), [whole(b"\x02ab", &[1]), whole(b"\x02cd", &[5]), whole(b"\x02ef", &[6])]);
    assert_eq!(rig.count(Layer::Tcp, Outcome::Evicted, "octets before the first whole message"), 17);
}

#[test]
fn foreign_streams_cost_nothing_until_a_new_connection() {
    let mut rig = Rig::new();
    rig.tcp(100, SYN, b"");
    rig.tcp(101, ACK, b"?");
    rig.tcp(102, ACK, b"\x02ab");
    rig.tcp(9000, ACK, b"\x02ab");
    assert_eq!(rig.seen(), []);
    assert_eq!(rig.count(Layer::Tcp, Outcome::Unsupported, "a protocol that is not read"), 2);
    rig.tcp(500, SYN, b"");
    rig.tcp(501, ACK, b"\x02ab");
    assert_eq!(rig.seen(), [whole(b"\x02ab", &[6])]);
}

proptest! {
    #[test]
    fn segments_in_any_order_give_the_same_messages(
        messages in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..30), 1..20),
        sizes in prop::collection::vec(1usize..25, 1..10),
        keys in prop::collection::vec(any::<u32>(), 400),
        start in any::<u32>(),
    ) {
        let framed: Vec<Vec<u8>> = messages.iter().map(|message| {
            let mut framed = vec![message.len() as u8];
            framed.extend(message);
            framed
        }).collect();
        let stream = framed.concat();
        let mut segments = Vec::new();
        let (mut at, mut sizes) = (0, sizes.iter().cycle());
        while at < stream.len() {
            let end = stream.len().min(at + sizes.next().unwrap());
            segments.push((start.wrapping_add(1 + at as u32), stream[at..end].to_vec()));
            // a retransmission that overlaps
            segments.push((start.wrapping_add(1 + at as u32), stream[at..stream.len().min(end + 3)].to_vec()));
            at = end;
        }
        let mut order: Vec<usize> = (0..segments.len()).collect();
        order.sort_by_key(|index| keys[index % keys.len()]);
        // CR would be taken for a keepalive, and 33 and above for garbage: lengths are below 13 or between
        prop_assume!(messages.iter().all(|message| message.len() != 13));
        let mut rig = Rig::new();
        rig.tcp(start, SYN, b"");
        for index in order {
            let (sequence, payload) = &segments[index];
            rig.tcp(*sequence, ACK, payload);
        }
        let mut delivered = rig.seen();
        delivered.extend(rig.finish());
        let delivered: Vec<Vec<u8>> = delivered.into_iter().map(|(octets, _, _)| octets).collect();
        prop_assert_eq!(delivered, framed);
    }

    #[test]
    fn fragments_in_any_order_give_the_message(
        parts in prop::collection::vec(prop::collection::vec(any::<u8>(), 1..20), 2..12),
        keys in prop::collection::vec(any::<u32>(), 12),
        first in any::<u32>(),
    ) {
        let mut order: Vec<usize> = (0..parts.len()).collect();
        order.sort_by_key(|index| keys[*index]);
        let mut rig = Rig::new();
        for index in order {
            let mut flags = MIDDLE;
            if index == 0 { flags |= FIRST }
            if index == parts.len() - 1 { flags |= LAST }
            rig.sctp(&[data(first.wrapping_add(index as u32), flags, 3, &parts[index])]);
        }
        let seen = rig.seen();
        prop_assert_eq!(seen.len(), 1);
        prop_assert_eq!(&seen[0].0, &parts.concat());
    }

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
