#![allow(clippy::arithmetic_side_effects)]

mod links;
mod told;
mod tunnels;

use super::build::{A, ACK, B, SYN, chunk, data, ethernet, every_way, ipv4, sctp, tcp, udp};
use super::{ChunkKind, Framed, Place, Space, Transport, Unframed, parse, resume};
use crate::capture::LinkType;
use crate::health::{Layer, Outcome};
use proptest::prelude::*;

fn udp_payload<'a>(framed: &Framed<'a>) -> &'a [u8] {
    match framed.transport {
        Transport::Udp { src_port: 5060, dst_port: 5070, payload } => payload,
        ref other => panic!("{other:?}"),
    }
}

/// Every link type that is read, and some that are not.
const ALL_LINKS: [u16; 23] =
    [0, 1, 9, 12, 14, 50, 51, 101, 104, 105, 108, 113, 139, 140, 141, 142, 177, 228, 229, 248, 252, 276, 9999];

/// A UDP packet in IPv4, without link layer.
fn datagram() -> Vec<u8> {
    ipv4(A, B, 17, &udp((5060, 5070), b"payload"))
}

#[test]
fn padding_is_not_payload_and_length_zero_means_to_the_end() {
    let mut packet = ethernet(&datagram());
    packet.resize(60, 0xee);
    assert_eq!(udp_payload(&parse(LinkType::ETHERNET, &packet).unwrap()), b"payload");
    let mut offloaded = datagram();
    offloaded[2..4].fill(0);
    assert_eq!(udp_payload(&parse(LinkType::RAW, &offloaded).unwrap()), b"payload");
}

#[test]
fn ipv6_with_extension_headers() {
    let mut packet = vec![0x60, 0, 0, 0, 0, 8 + 15, 0, 64];
    packet.extend([0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
    packet.extend([0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2]);
    packet.extend([17, 0, 1, 4, 0, 0, 0, 0]); // hop-by-hop options: PadN
    packet.extend(udp((5060, 5070), b"payload"));
    let framed = parse(LinkType::IPV6, &packet).unwrap();
    assert_eq!(udp_payload(&framed), b"payload");
    assert_eq!(framed.src.to_string(), "2001:db8::1");
}

#[test]
fn what_is_not_read_is_named() {
    let arp = ethernet(&[]).iter().copied().take(12).chain([8, 6]).collect::<Vec<u8>>();
    let case = |link, packet: &[u8]| {
        let unframed = parse(link, packet).unwrap_err();
        (unframed.layer, unframed.outcome, unframed.reason)
    };
    use Layer::{Ip, Link, Tcp};
    use Outcome::{Malformed, Unsupported};
    assert_eq!(case(LinkType::ETHERNET, &arp), (Link, Unsupported, "ARP"));
    assert_eq!(case(LinkType::RAW, &ipv4(A, B, 1, &[8; 8])), (Ip, Unsupported, "ICMP"));
    assert_eq!(case(LinkType::RAW, &[0x50; 40]), (Ip, Malformed, "not the header of IPv4 or IPv6"));
    let mut segment = tcp((1, 2), 0, ACK, &[]);
    segment[12] = 0x40;
    assert_eq!(case(LinkType::RAW, &ipv4(A, B, 6, &segment)), (Tcp, Malformed, "data offset"));
}

#[test]
fn fragments_and_what_they_make() {
    let mut fragment = datagram();
    fragment[4..6].copy_from_slice(&[1, 2]);
    fragment[6..8].copy_from_slice(&[0x20, 3]); // more fragments, offset 24
    let Transport::Fragment(part) = parse(LinkType::RAW, &fragment).unwrap().transport else { panic!("whole") };
    assert_eq!((part.id, part.protocol, part.offset, part.more, part.payload.len()), (0x102, 17, 24, true, 15));
    let whole = udp((5060, 5070), b"payload");
    let framed = resume((A.into(), B.into()), 17, &whole, 0, 0).unwrap();
    assert_eq!(udp_payload(&framed), b"payload");
    assert_eq!((framed.src, framed.dst, framed.missing), (A.into(), B.into(), 0));
    // IPv6: fragment header of the first part, then of an atomic fragment
    let v6 = |o: u8| {
        let mut packet = vec![0x60, 0, 0, 0, 0, 8 + 15, 44, 64];
        packet.extend([0; 32]);
        packet.extend([17, 0, 0, o, 0, 0, 0, 9]);
        packet.extend(udp((5060, 5070), b"payload"));
        packet
    };
    let packet = v6(1);
    let Transport::Fragment(part) = parse(LinkType::RAW, &packet).unwrap().transport else { panic!("whole") };
    assert_eq!((part.id, part.protocol, part.offset, part.more, part.payload.len()), (9, 17, 0, true, 15));
    assert_eq!(udp_payload(&parse(LinkType::RAW, &v6(0)).unwrap()), b"payload");
}

#[test]
fn a_tcp_segment() {
    let packet = ipv4(A, B, 6, &tcp((3868, 40_000), 7, SYN | ACK, b"x"));
    let Transport::Tcp(segment) = parse(LinkType::RAW, &packet).unwrap().transport else {
        panic!("not TCP");
    };
    assert_eq!((segment.src_port, segment.dst_port, segment.sequence), (3868, 40_000, 7));
    assert!(segment.syn && segment.ack && !segment.fin && !segment.rst);
    assert_eq!(segment.payload, b"x");
}

#[test]
fn chunks_with_padding_and_defects() {
    let packet = sctp((2905, 2906), 0xdead_beef, &[chunk(3, 0, &[0; 12]), data(9, 7, 3, b"12345"), vec![1, 0, 0, 3]]);
    let packet = ipv4(A, B, 132, &packet);
    let Transport::Sctp(packet) = parse(LinkType::RAW, &packet).unwrap().transport else {
        panic!("not SCTP");
    };
    assert_eq!(packet.verification_tag, 0xdead_beef);
    let chunks: Vec<_> = packet.chunks().collect();
    assert_eq!(chunks[0].unwrap().kind, ChunkKind::SACK);
    let data = chunks[1].unwrap().data().unwrap();
    assert_eq!((data.tsn, data.stream, data.stream_sequence, data.ppid), (9, 1, 7, 3));
    assert!(data.beginning && data.ending && data.unordered);
    assert_eq!(data.payload, b"12345");
    assert_eq!(chunks[2].unwrap_err().reason, "chunk length below 4");
    assert_eq!(chunks.len(), 3);
}

#[test]
fn interleaved_data_and_what_is_given_up() {
    let value = [
        &[0, 0, 0, 9][..], // TSN
        &[0, 1, 0, 0],     // stream, reserved
        &[0, 0, 0, 5],     // message
        &[0, 0, 0, 3],     // payload protocol
        b"12345",
    ]
    .concat();
    let first = chunk(64, 2, &value);
    let other = chunk(64, 4, &value);
    // to TSN 9; stream 1, unordered, message 7
    let forward = chunk(194, 0, &[0, 0, 0, 9, 0, 1, 0, 1, 0, 0, 0, 7]);
    let packet = ipv4(A, B, 132, &sctp((1, 2), 3, &[first, other, forward]));
    let Transport::Sctp(packet) = parse(LinkType::RAW, &packet).unwrap().transport else { panic!("not SCTP") };
    let chunks: Vec<_> = packet.chunks().map(Result::unwrap).collect();
    let first = chunks[0].data().unwrap();
    let space = |unordered, message| Space::Message { stream: 1, unordered, message };
    assert_eq!((first.tsn, first.ppid, first.payload), (9, 3, &b"12345"[..]));
    assert_eq!(first.place, Place { space: space(false, 5), number: 0 });
    let other = chunks[1].data().unwrap();
    assert_eq!((other.ppid, other.place), (0, Place { space: space(true, 5), number: 3 }));
    assert_eq!(chunks[2].new_cumulative_tsn(), Some(9));
    assert_eq!(chunks[2].given_up().collect::<Vec<_>>(), [space(true, 7)]);
}

#[test]
fn an_init_lists_its_addresses() {
    let value = [
        &[0, 0, 0, 7][..],                     // initiate tag
        &[0, 1, 0, 0, 0, 9, 0, 9, 0, 0, 0, 1], // window, streams, TSN
        &[0, 5, 0, 8, 192, 0, 2, 1],           // IPv4 address
        &[0x80, 8, 0, 5, 192, 0, 0, 0],        // supported extensions, padded
        &[0, 6, 0, 20, 0x20, 1, 0xd, 0xb8],    // IPv6 address
        &[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1],
        &[0, 5, 0, 3], // a length below 4 ends it
    ]
    .concat();
    let packet = ipv4(A, B, 132, &sctp((1, 2), 0, &[chunk(1, 0, &value)]));
    let Transport::Sctp(packet) = parse(LinkType::RAW, &packet).unwrap().transport else { panic!("not SCTP") };
    let initiation = packet.chunks().next().unwrap().unwrap().initiation().unwrap();
    assert_eq!(initiation.tag, 7);
    let addresses: Vec<String> = initiation.addresses.iter().map(ToString::to_string).collect();
    assert_eq!(addresses, ["192.0.2.1", "2001:db8::1"]);
}

proptest! {
    #[test]
    fn no_octets_panic(link in prop::sample::select(ALL_LINKS.to_vec()),
                       octets in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = parse(LinkType(link), &octets);
        let _ = resume((A.into(), B.into()), octets.first().copied().unwrap_or(0), &octets, 0, 0);
    }

    #[test]
    fn no_mutation_panics(which in any::<prop::sample::Index>(),
                          changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
                          cut in any::<prop::sample::Index>()) {
        let (link, mut packet) = every_way(&datagram()).swap_remove(which.index(every_way(&[]).len()));
        for (at, value) in changes {
            let at = at.index(packet.len());
            packet[at] = value;
        }
        packet.truncate(cut.index(packet.len() + 1));
        let _ = parse(link, &packet);
    }

    #[test]
    fn no_mutation_of_chunks_panics(at in 0usize..100, value in any::<u8>(), cut in 0usize..120) {
        let mut packet = ethernet(&ipv4(A, B, 132, &sctp((1, 2), 3, &[data(9, 3, 3, b"12345"), chunk(3, 0, &[0; 12])])));
        let len = packet.len();
        packet[at % len] = value;
        packet.truncate(cut);
        if let Ok(framed) = parse(LinkType::ETHERNET, &packet)
            && let Transport::Sctp(packet) = framed.transport {
            for chunk in packet.chunks().flatten() {
                let _ = (chunk.data(), chunk.initiation(), chunk.given_up().count());
            }
        }
    }
}
