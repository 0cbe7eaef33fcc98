//! SCTP messages, and datagrams beside them.

use super::*;

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

proptest! {
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
}
