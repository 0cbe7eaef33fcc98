//! One datagram through every link type and every kind of packet in a packet.

use super::*;

const MACS: [u8; 12] = [2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2];

fn framed(kind: &[u8], rest: &[u8]) -> Vec<u8> {
    [&MACS[..], kind, rest].concat()
}

/// PPP with its length, as PPPoE has it.
fn session(ppp: &[u8]) -> Vec<u8> {
    let length = u16::try_from(ppp.len()).unwrap().to_be_bytes();
    [&[0x11, 0, 0, 7][..], &length, ppp].concat()
}

#[test]
fn every_link_type_and_tunnel_leads_to_the_same_datagram() {
    for (number, (link, packet)) in every_way(&datagram()).into_iter().enumerate() {
        let framed = parse(link, &packet).unwrap_or_else(|why| panic!("{number}: {link} {packet:02x?}: {why:?}"));
        assert_eq!(udp_payload(&framed), b"payload", "{number}: {link} {packet:02x?}");
        assert_eq!((framed.src, framed.dst, framed.missing, framed.bare), (A.into(), B.into(), 0, false));
    }
}

#[test]
fn every_prefix_is_truncated_or_tells_what_is_missing() {
    for (number, (link, packet)) in every_way(&datagram()).into_iter().enumerate() {
        for end in 0..packet.len() {
            match parse(link, &packet[..end]) {
                Ok(framed) => assert_eq!(framed.missing, packet.len() - end, "{number}: {link} {end}"),
                // what lies below MPLS is told by its look, which needs its octets
                Err(Unframed { outcome: Outcome::Unsupported, reason, .. }) => {
                    assert!(reason.starts_with("MPLS") || reason.starts_with("an IEEE 802.2"), "{number}: {reason}");
                }
                Err(unframed) => assert_eq!(unframed.outcome, Outcome::Truncated, "{number}: {link} {end}"),
            }
        }
    }
}

#[test]
fn packets_in_packets_have_a_limit() {
    let mut packet = datagram();
    for _ in 0..super::super::MAX_TUNNELS {
        packet = ipv4(A, B, 4, &packet);
    }
    assert_eq!(udp_payload(&parse(LinkType::RAW, &packet).unwrap()), b"payload");
    let unframed = parse(LinkType::RAW, &ipv4(A, B, 4, &packet)).unwrap_err();
    assert_eq!(unframed.reason, "too many packets in packets");
    // by far too many
    for _ in 0..2000 {
        packet = ipv4(A, B, 4, &packet);
    }
    assert_eq!(parse(LinkType::RAW, &packet).unwrap_err().reason, "too many packets in packets");
}

#[test]
fn what_is_not_read_is_named() {
    let eth = |kind: &[u8], rest: &[u8]| (LinkType::ETHERNET, framed(kind, rest));
    let raw = |ip: Vec<u8>| (LinkType::RAW, ip);
    for ((link, packet), reason) in [
        (eth(&[8, 6], &[]), "ARP"),
        (eth(&[0x88, 0x63], &[]), "PPPoE discovery"),
        (eth(&[0x88, 0xe5], &[]), "MACsec"),
        (eth(&[0, 3], &[0x42, 0x42, 3]), "an IEEE 802.2 frame"),
        (eth(&[0x81, 0, 0, 1].repeat(10), &[0; 9]), "too many VLAN tags"),
        (eth(&[0x88, 0x47], &[0; 80]), "too many MPLS labels"),
        (eth(&[0x88, 0x47, 0, 0, 1, 64], &[0x10, 0, 0, 1]), "MPLS associated channel"),
        (eth(&[0x88, 0x64], &session(&[0xc0, 0x21, 1])), "PPP control protocol"),
        ((LinkType::PPP, vec![0xff, 3, 0, 0x3d, 9]), "PPP multilink fragment"),
        ((LinkType::C_HDLC, vec![0x8f, 0, 0x80, 0x35]), "SLARP"),
        (raw(ipv4(A, B, 50, &[8; 8])), "encrypted (ESP)"),
        (raw(ipv4(A, B, 47, &[0x40, 0, 8, 0])), "GRE with source routes"),
        (raw(ipv4(A, B, 47, &[0, 0, 0, 0])), "GRE keepalive"),
        (raw(ipv4(A, B, 17, &udp((9, 37008), &[1, 4, 0, 0]))), "TZSP without a frame"),
        ((LinkType(177), vec![0; 40]), "LAPD (Abis)"),
        ((LinkType(105), vec![0; 40]), "IEEE 802.11"),
        ((LinkType(9999), vec![0; 40]), "a link type that is not read"),
    ] {
        let unframed = parse(link, &packet).unwrap_err();
        assert_eq!((unframed.outcome, unframed.reason), (Outcome::Unsupported, reason));
    }
}
