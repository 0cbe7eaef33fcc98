#![allow(clippy::arithmetic_side_effects)]

use super::build::{A, ACK, B, SYN, chunk, data, ethernet, ipv4, sctp, tcp, udp};
use super::{ChunkKind, Framed, Transport, parse};
use crate::capture::LinkType;
use crate::health::{Layer, Outcome};
use proptest::prelude::*;

fn udp_payload<'a>(framed: &Framed<'a>) -> &'a [u8] {
    match framed.transport {
        Transport::Udp { src_port: 5060, dst_port: 5070, payload } => payload,
        ref other => panic!("{other:?}"),
    }
}

/// A UDP packet in IPv4, without link layer.
fn datagram() -> Vec<u8> {
    ipv4(A, B, 17, &udp((5060, 5070), b"payload"))
}

fn with(prefix: &[u8], ip: &[u8]) -> Vec<u8> {
    [prefix, ip].concat()
}

#[test]
fn every_link_type_leads_to_the_same_datagram() {
    let sll = [0, 0, 0, 1, 0, 6, 2, 0, 0, 0, 0, 1, 0, 0, 8, 0];
    let sll2 = [8, 0, 0, 0, 0, 0, 0, 2, 0, 1, 0, 6, 2, 0, 0, 0, 0, 1, 0, 0];
    let macs = [2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2];
    let vlan = [&macs[..], &[0x81, 0, 0, 5, 8, 0]].concat();
    let qinq = [&macs[..], &[0x88, 0xa8, 0, 5, 0x81, 0, 0, 6, 8, 0]].concat();
    // labels 16 and 17, the second at the bottom
    let mpls = [&macs[..], &[0x88, 0x47, 0, 1, 0, 64, 0, 1, 0x11, 64]].concat();
    for (link, prefix) in [
        (LinkType::ETHERNET, &ethernet(&[])[..]),
        (LinkType::ETHERNET, &vlan),
        (LinkType::ETHERNET, &qinq),
        (LinkType::ETHERNET, &mpls),
        (LinkType::LINUX_SLL, &sll),
        (LinkType::LINUX_SLL2, &sll2),
        (LinkType::RAW, &[]),
        (LinkType::DLT_RAW, &[]),
        (LinkType::DLT_RAW_OPENBSD, &[]),
        (LinkType::IPV4, &[]),
        (LinkType::NULL, &[2, 0, 0, 0]),
        (LinkType::NULL, &[0, 0, 0, 2]),
        (LinkType::LOOP, &[0, 0, 0, 2]),
    ] {
        let packet = with(prefix, &datagram());
        let framed = parse(link, &packet).unwrap();
        assert_eq!(udp_payload(&framed), b"payload", "{link} {prefix:02x?}");
        assert_eq!((framed.src, framed.dst), (A.into(), B.into()));
        assert_eq!(framed.missing, 0);
        for end in 0..packet.len() {
            match parse(link, &packet[..end]) {
                Ok(framed) => assert_eq!(framed.missing, packet.len() - end, "{link} {end}"),
                Err(unframed) => assert_eq!(unframed.outcome, Outcome::Truncated, "{link} {end}"),
            }
        }
    }
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
    assert_eq!(case(LinkType(141), &datagram()), (Link, Unsupported, "a link type that is not read"));
    assert_eq!(case(LinkType::RAW, &ipv4(A, B, 1, &[8; 8])), (Ip, Unsupported, "ICMP"));
    assert_eq!(case(LinkType::RAW, &[0x50; 40]), (Ip, Malformed, "not the header of IPv4 or IPv6"));
    let mut segment = tcp((1, 2), 0, ACK, &[]);
    segment[12] = 0x40;
    assert_eq!(case(LinkType::RAW, &ipv4(A, B, 6, &segment)), (Tcp, Malformed, "data offset"));
    let mut fragment = datagram();
    fragment[6] = 0x20; // more fragments
    assert_eq!(parse(LinkType::RAW, &fragment).unwrap().transport, Transport::Fragment);
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

proptest! {
    #[test]
    fn no_octets_panic(link in prop::sample::select(vec![0u16, 1, 12, 101, 108, 113, 228, 229, 276]),
                       octets in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = parse(LinkType(link), &octets);
    }

    #[test]
    fn no_mutation_panics(at in 0usize..100, value in any::<u8>(), cut in 0usize..120) {
        let mut packet = ethernet(&ipv4(A, B, 132, &sctp((1, 2), 3, &[data(9, 3, 3, b"12345"), chunk(3, 0, &[0; 12])])));
        let len = packet.len();
        packet[at % len] = value;
        packet.truncate(cut);
        if let Ok(framed) = parse(LinkType::ETHERNET, &packet)
            && let Transport::Sctp(packet) = framed.transport {
            for chunk in packet.chunks().flatten() {
                let _ = chunk.data();
            }
        }
    }
}
