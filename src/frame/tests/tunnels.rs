//! What only looks like a tunnel, and SCTP in UDP.

use super::*;

fn is_datagram(ports: (u16, u16), payload: &[u8]) -> bool {
    let packet = ipv4(A, B, 17, &udp(ports, payload));
    matches!(parse(LinkType::RAW, &packet).unwrap().transport, Transport::Udp { .. })
}

#[test]
fn other_datagrams_on_the_ports_of_tunnels() {
    for port in [4789, 8472, 4790, 6081, 37008, 4729, 9899] {
        assert!(is_datagram((5060, port), b"OPTIONS sip:a@b SIP/2.0\r\n\r\n"), "{port}");
        assert!(is_datagram((5060, port), b""), "{port}");
        assert!(is_datagram((5060, port), &[8]), "{port}");
    }
}

/// An SCTP packet with its checksum, worked out bit by bit.
fn with_checksum(mut packet: Vec<u8>) -> Vec<u8> {
    packet[8..12].fill(0);
    let mut crc = u32::MAX;
    for octet in &packet {
        crc ^= u32::from(*octet);
        for _ in 0..8 {
            crc = if crc & 1 == 1 { (crc >> 1) ^ 0x82f6_3b78 } else { crc >> 1 };
        }
    }
    packet[8..12].copy_from_slice(&(!crc).to_le_bytes());
    packet
}

#[test]
fn sctp_over_udp_by_port_or_by_checksum() {
    let packet = sctp((2905, 2906), 0x1234_5678, &[data(1, 3, 3, b"1234"), chunk(132, 0, &[0; 8])]);
    for ports in [(9899, 9899), (9899, 40_000), (40_000, 9899)] {
        assert!(!is_datagram(ports, &packet));
    }
    // elsewhere only with the right checksum
    assert!(is_datagram((40_000, 40_001), &packet));
    let sound = with_checksum(packet.clone());
    assert!(!is_datagram((40_000, 40_001), &sound));
    let outer = ipv4(A, B, 17, &udp((40_000, 40_001), &sound));
    let Transport::Sctp(inner) = parse(LinkType::RAW, &outer).unwrap().transport else { panic!("not SCTP") };
    assert_eq!((inner.src_port, inner.dst_port, inner.chunks().count()), (2905, 2906, 2));
    // what is no chunk is no SCTP, whatever the checksum
    assert!(is_datagram((40_000, 40_001), &with_checksum(sctp((1, 2), 3, &[vec![77, 0, 0, 4]]))));
    assert!(is_datagram((40_000, 40_001), &with_checksum(sctp((1, 2), 3, &[]))));
}

#[test]
fn an_ethernet_pseudowire_that_starts_like_ip() {
    // the address of the receiver starts with 4 and 6
    for first in [0x45, 0x60] {
        let mut frame = ethernet(&datagram());
        frame[0] = first;
        let packet = [&[2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, 0x88, 0x47, 0, 1, 1, 64][..], &frame].concat();
        assert_eq!(udp_payload(&parse(LinkType::ETHERNET, &packet).unwrap()), b"payload");
    }
    // and IP whose addresses look like an ether type is IP where its checksum says so
    let mut ip = datagram();
    ip[12..14].copy_from_slice(&[8, 0]);
    let sum: u32 = ip[..20].chunks(2).map(|word| u32::from(word[0]) << 8 | u32::from(word[1])).sum();
    let checksum = !u16::try_from((sum & 0xffff) + (sum >> 16)).unwrap();
    ip[10..12].copy_from_slice(&checksum.to_be_bytes());
    let packet = [&[2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, 0x88, 0x47, 0, 1, 1, 64][..], &ip].concat();
    assert_eq!(parse(LinkType::ETHERNET, &packet).unwrap().src.to_string(), "8.0.2.1");
}
