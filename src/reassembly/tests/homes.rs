//! Associations over several pairs of addresses; interleaved messages; messages that are given up.

use super::*;
use std::net::Ipv4Addr;

const A2: Ipv4Addr = Ipv4Addr::new(192, 0, 2, 101);
const B2: Ipv4Addr = Ipv4Addr::new(198, 51, 100, 102);
/// A tag as an implementation draws it.
const TAG: u32 = 0x5eed_1234;

fn packet(src: Ipv4Addr, dst: Ipv4Addr, tag: u32, chunks: &[Vec<u8>]) -> Vec<u8> {
    ipv4(src, dst, 132, &sctp((2905, 2906), tag, chunks))
}

/// INIT or INIT ACK with its sender's tag and addresses.
fn init(kind: u8, tag: u32, addresses: &[Ipv4Addr]) -> Vec<u8> {
    let mut value = tag.to_be_bytes().to_vec();
    value.extend([0; 12]);
    for address in addresses {
        value.extend([0, 5, 0, 8]);
        value.extend(address.octets());
    }
    chunk(kind, 0, &value)
}

/// I-DATA on stream 1: TSN, flags, message, payload protocol or number of the part.
fn i_data(tsn: u32, flags: u8, message: u32, last: u32, payload: &[u8]) -> Vec<u8> {
    let mut value = tsn.to_be_bytes().to_vec();
    value.extend([0, 1, 0, 0]);
    value.extend(message.to_be_bytes());
    value.extend(last.to_be_bytes());
    value.extend(payload);
    chunk(64, flags, &value)
}

#[test]
fn a_retransmission_on_the_other_path_is_delivered_once() {
    let mut rig = Rig::new();
    rig.add(&packet(A, B, TAG, &[data(5, 3, 3, b"x")]));
    rig.add(&packet(A2, B2, TAG, &[data(5, 3, 3, b"x"), data(6, 3, 3, b"y")]));
    rig.add(&packet(A, B, TAG, &[data(6, 3, 3, b"y")]));
    let out = rig.push();
    assert_eq!(seen(&out), [whole(b"x", &[1]), whole(b"y", &[2])]);
    assert_eq!(rig.count(Layer::Sctp, Outcome::Repeated, "TSN seen before"), 2);
    // both carry the addresses of the first path, so that an answer there belongs to them
    assert!(out.pdus.iter().all(|pdu| pdu.flow == out.pdus[0].flow));
}

#[test]
fn fragments_over_two_paths_are_joined() {
    let mut rig = Rig::new();
    rig.add(&packet(A, B, TAG, &[data(5, 2, 3, b"a")]));
    rig.add(&packet(A, B2, TAG, &[data(6, 0, 3, b"b")]));
    rig.add(&packet(A2, B2, TAG, &[data(7, 1, 3, b"c")]));
    assert_eq!(rig.seen(), [whole(b"abc", &[1, 2, 3])]);
}

#[test]
fn what_only_looks_like_the_same_association_is_apart() {
    let mut rig = Rig::new();
    rig.add(&packet(A, B, 1, &[data(5, 3, 3, b"x")]));
    rig.add(&packet(A2, B2, 1, &[data(5, 3, 3, b"x")])); // a tag of test traffic
    rig.add(&packet(A, B, TAG, &[data(5, 3, 3, b"x")]));
    rig.add(&packet(A2, B2, TAG, &[data(500_000, 3, 3, b"x")])); // a TSN far away
    rig.add(&packet(A2, B2, TAG + 1, &[data(5, 3, 3, b"x")])); // another tag
    assert_eq!(rig.seen().len(), 5);
}

#[test]
fn addresses_in_init_are_those_of_the_association() {
    let mut rig = Rig::new();
    rig.add(&packet(A, B, 0, &[init(1, 7, &[A, A2])]));
    rig.add(&ipv4(B, A, 132, &sctp((2906, 2905), 7, &[init(2, 8, &[B, B2])])));
    rig.add(&packet(A2, B2, 8, &[data(5, 3, 3, b"x")])); // the first path is never used
    rig.add(&packet(A, B, 8, &[data(5, 3, 3, b"x")]));
    // the other direction; even with a small tag, and a TSN far away
    rig.add(&ipv4(B2, A2, 132, &sctp((2906, 2905), 7, &[data(5, 3, 3, b"z")])));
    let out = rig.push();
    assert_eq!(rig.count(Layer::Sctp, Outcome::Repeated, "TSN seen before"), 1);
    assert_eq!(seen(&out), [whole(b"x", &[3]), whole(b"z", &[5])]);
    assert_eq!((out.pdus[0].flow.src, out.pdus[0].flow.dst), (A.into(), B.into()));
}

#[test]
fn an_init_on_both_paths_makes_one_association() {
    let mut rig = Rig::new();
    rig.add(&packet(A, B, 0, &[init(1, 7, &[A, A2])]));
    rig.add(&packet(A2, B2, 0, &[init(1, 7, &[A, A2])]));
    let back = |src, dst| ipv4(src, dst, 132, &sctp((2906, 2905), 7, &[data(5, 3, 3, b"z")]));
    rig.add(&back(B, A)).add(&back(B2, A2));
    assert_eq!(rig.seen().len(), 1);
}

#[test]
fn a_restart_counts_from_the_start_on_all_paths() {
    let mut rig = Rig::new();
    rig.add(&packet(A, B, TAG, &[data(5, 3, 3, b"x")]));
    rig.add(&packet(A2, B2, TAG, &[data(5, 3, 3, b"x")]));
    rig.add(&ipv4(B, A, 132, &sctp((2906, 2905), 1, &[init(2, TAG, &[])])));
    rig.add(&packet(A2, B2, TAG, &[data(5, 3, 3, b"x")]));
    assert_eq!(rig.seen(), [whole(b"x", &[1]), whole(b"x", &[4])]);
}

#[test]
fn interleaved_messages() {
    let mut rig = Rig::new();
    rig.sctp(&[i_data(1, 2, 10, 46, b"a"), i_data(2, 2, 11, 3, b"k")]);
    rig.sctp(&[i_data(3, 0, 10, 1, b"b"), i_data(4, 1, 11, 1, b"l")]);
    rig.sctp(&[i_data(5, 3, 12, 5, b"alone")]);
    rig.sctp(&[i_data(3, 0, 10, 1, b"b")]); // again
    rig.sctp(&[i_data(6, 1, 10, 2, b"c")]);
    rig.sctp(&[i_data(7, 1 | 4, 10, 2, b"unordered: another message")]);
    let out = rig.push();
    assert_eq!(seen(&out), [whole(b"kl", &[1, 2]), whole(b"alone", &[3]), whole(b"abc", &[1, 2, 5])]);
    let ppids: Vec<Carrier> = out.pdus.iter().map(|pdu| pdu.carrier).collect();
    assert_eq!(ppids, [3, 5, 46].map(|ppid| Carrier::Sctp { ppid, stream: 1 }));
    assert_eq!(rig.count(Layer::Sctp, Outcome::Repeated, "TSN seen before"), 1);
}

#[test]
fn messages_that_their_sender_gives_up_wait_no_longer() {
    let mut rig = Rig::new();
    rig.sctp(&[data(1, 2, 3, b"a"), data(5, 2, 3, b"later")]);
    rig.sctp(&[chunk(192, 0, &[0, 0, 0, 2])]);
    rig.sctp(&[i_data(10, 2, 3, 3, b"a"), i_data(11, 2, 4, 3, b"b")]);
    rig.sctp(&[chunk(194, 0, &[0, 0, 0, 10, 0, 1, 0, 0, 0, 0, 0, 3])]);
    rig.sctp(&[data(2, 1, 3, b"too late"), data(6, 1, 3, b"!"), i_data(12, 1, 4, 1, b"!")]);
    assert_eq!(rig.seen(), [whole(b"later!", &[1, 5]), whole(b"b!", &[3, 5])]);
    let reason = "fragment of a message that its sender gave up";
    assert_eq!(rig.count(Layer::Sctp, Outcome::Evicted, reason), 2);
}

#[test]
fn chunks_that_are_stepped_over() {
    let mut rig = Rig::new();
    let value = [0; 8];
    let known = [15, 132, 193, 128, 130, 3, 4, 5, 6, 7].map(|kind| chunk(kind, 0, &value));
    rig.sctp(&[&known[..], &[chunk(77, 0, &value), data(1, 3, 3, b"x")]].concat());
    assert_eq!(rig.seen(), [whole(b"x", &[1])]);
    assert_eq!(rig.count(Layer::Sctp, Outcome::Unsupported, "chunk of an unknown type"), 1);
    let sctp = rig.health.layers().find(|(layer, _)| *layer == Layer::Sctp).unwrap().1;
    assert_eq!((sctp.seen, sctp.decoded), (12, 11));
}

proptest! {
    #[test]
    fn any_paths_and_order_give_each_message_once(
        keys in prop::collection::vec((any::<u32>(), any::<bool>(), any::<bool>()), 60),
        first in any::<u32>(),
    ) {
        // 20 messages of three parts, each part on both of two paths or on one
        let mut parts = Vec::new();
        for (index, (key, both, path)) in keys.iter().enumerate() {
            let tsn = first.wrapping_add(index as u32);
            let flags = [2, 0, 1][index % 3];
            let chunk = data(tsn, flags, 3, &[index as u8]);
            parts.push((*key, *path, chunk.clone()));
            if *both {
                parts.push((key.rotate_left(9), !path, chunk));
            }
        }
        parts.sort_by_key(|(key, ..)| *key);
        let mut rig = Rig::new();
        for (_, path, chunk) in parts {
            let (src, dst) = if path { (A, B) } else { (A2, B2) };
            rig.add(&packet(src, dst, TAG, &[chunk]));
        }
        let mut seen: Vec<Vec<u8>> = rig.seen().into_iter().map(|(octets, ..)| octets).collect();
        seen.sort();
        let expected: Vec<Vec<u8>> = (0..20u8).map(|message| (message * 3..message * 3 + 3).collect()).collect();
        prop_assert_eq!(seen, expected);
    }
}
