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

/// A packet in GRE of these flags and protocol, with these options.
fn gre(head: [u8; 4], options: &[u8], inner: &[u8]) -> Vec<u8> {
    ipv4(B, A, 47, &[&head[..], options, inner].concat())
}

fn ipv6(next: u8, payload: &[u8]) -> Vec<u8> {
    let mut packet = vec![0x60, 0, 0, 0];
    packet.extend(u16::try_from(payload.len()).unwrap().to_be_bytes());
    packet.extend([next, 64]);
    packet.extend([0xfd; 32]);
    packet.extend(payload);
    packet
}

/// The packet in all ways in which it can travel.
pub(super) fn all(ip: &[u8]) -> Vec<(LinkType, Vec<u8>)> {
    let raw = |ip: Vec<u8>| (LinkType::RAW, ip);
    let eth = |kind: &[u8], rest: &[u8]| (LinkType::ETHERNET, framed(kind, rest));
    let on_udp = |port, head: &[u8], inner: &[u8]| raw(ipv4(B, A, 17, &udp((4096, port), &[head, inner].concat())));
    let ppp = |head: &[u8]| [head, ip].concat();
    let frame = ethernet(ip);
    vec![
        eth(&[8, 0], ip),
        // 802.1Q; 802.1ad around 802.1Q; the older type 9100 thrice
        eth(&[0x81, 0, 0, 5, 8, 0], ip),
        eth(&[0x88, 0xa8, 0, 5, 0x81, 0, 0, 6, 8, 0], ip),
        eth(&[0x91, 0, 0, 5, 0x91, 0, 0, 6, 0x91, 0, 0, 7, 8, 0], ip),
        // I-TAG with a frame; R-TAG; VN-TAG
        eth(&[0x88, 0xe7, 0, 0, 1, 2], &frame),
        eth(&[0xf1, 0xc1, 0, 0, 0, 9, 8, 0], ip),
        eth(&[0x89, 0x26, 0, 1, 0, 2, 8, 0], ip),
        // SNAP, with its length
        eth(&[0, u8::try_from(8 + ip.len()).unwrap(), 0xaa, 0xaa, 3, 0, 0, 0, 8, 0], ip),
        // labels 16 and 17, the second at the bottom: IP, Ethernet with control word, Ethernet without
        eth(&[0x88, 0x47, 0, 1, 0, 64, 0, 1, 0x11, 64], ip),
        eth(&[0x88, 0x47, 0, 1, 1, 64, 0, 0, 0, 0], &frame),
        eth(&[0x88, 0x47, 0, 1, 1, 64], &frame),
        eth(&[0x88, 0x64], &session(&ppp(&[0, 0x21]))),
        eth(&[0x88, 0x64], &session(&ppp(&[0x21]))),
        (LinkType::PPP_ETHER, session(&ppp(&[0, 0x21]))),
        (LinkType::PPP, ppp(&[0xff, 3, 0, 0x21])),
        (LinkType::PPP, ppp(&[0, 0x21])),
        (LinkType::PPP, ppp(&[2, 0x81, 0, 1, 1, 64])),
        (LinkType::PPP_HDLC, ppp(&[0xff, 3, 0, 0x21])),
        (LinkType::PPP_HDLC, ppp(&[0x0f, 0, 8, 0])),
        (LinkType::C_HDLC, ppp(&[0x8f, 0, 8, 0])),
        (LinkType::LINUX_SLL, ppp(&[0, 0, 0, 1, 0, 6, 2, 0, 0, 0, 0, 1, 0, 0, 8, 0])),
        (LinkType::LINUX_SLL, ppp(&[0, 0, 0, 1, 0, 6, 2, 0, 0, 0, 0, 1, 0, 0, 0, 4, 0xaa, 0xaa, 3, 0, 0, 0, 8, 0])),
        (LinkType::LINUX_SLL2, ppp(&[8, 0, 0, 0, 0, 0, 0, 2, 0, 1, 0, 6, 2, 0, 0, 0, 0, 1, 0, 0])),
        raw(ip.to_vec()),
        (LinkType::DLT_RAW, ip.to_vec()),
        (LinkType::DLT_RAW_OPENBSD, ip.to_vec()),
        (LinkType::IPV4, ip.to_vec()),
        (LinkType::NULL, ppp(&[2, 0, 0, 0])),
        (LinkType::NULL, ppp(&[0, 0, 0, 2])),
        (LinkType::LOOP, ppp(&[0, 0, 0, 2])),
        // IP in IP, in IPv6, behind options, behind an authentication header of 24 octets
        raw(ipv4(B, A, 4, ip)),
        (LinkType::IPV6, ipv6(4, ip)),
        (LinkType::IPV6, ipv6(60, &[&[4, 0, 1, 4, 0, 0, 0, 0][..], ip].concat())),
        raw(ipv4(B, A, 51, &[&[4, 4][..], &[0; 22], ip].concat())),
        raw(ipv4(B, A, 41, &ipv6(4, ip))),
        raw(ipv4(B, A, 137, &[&[0, 1, 1, 64][..], ip].concat())),
        raw(ipv4(B, A, 97, &[&[0x30, 0][..], &frame].concat())),
        // GRE: bare; with checksum, key and sequence; bridged; NVGRE; PPP in version 1
        raw(gre([0, 0, 8, 0], &[], ip)),
        raw(gre([0xb0, 0, 8, 0], &[1, 2, 0, 0, 0, 0, 0, 5, 0, 0, 0, 6], ip)),
        raw(gre([0, 0, 0x65, 0x58], &[], &frame)),
        raw(gre([0x20, 0, 0x65, 0x58], &[0, 0, 9, 0], &frame)),
        raw(gre([0x30, 0x81, 0x88, 0x0b], &[0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3], &ppp(&[0xff, 3, 0, 0x21]))),
        // ERSPAN I; II; III; III with a platform's octets; III with IP
        raw(gre([0, 0, 0x88, 0xbe], &[], &frame)),
        raw(gre([0x10, 0, 0x88, 0xbe], &[0, 0, 0, 1, 0x10, 5, 0, 1, 0, 0, 0, 0], &frame)),
        raw(gre([0x10, 0, 0x22, 0xeb], &[0, 0, 0, 1, 0x20, 5, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0], &frame)),
        raw(gre(
            [0x10, 0, 0x22, 0xeb],
            &[&[0, 0, 0, 1, 0x20, 5, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1][..], &[0; 8]].concat(),
            &frame,
        )),
        raw(gre([0x10, 0, 0x22, 0xeb], &[0, 0, 0, 1, 0x20, 5, 0, 1, 0, 0, 0, 0, 0, 0, 8, 0], ip)),
        // VXLAN; GPE with IP; Geneve with an option; TZSP with a tag and padding
        on_udp(4789, &[8, 0, 0, 0, 0, 0, 9, 0], &frame),
        on_udp(8472, &[8, 0, 0, 0, 0, 0, 9, 0], &frame),
        on_udp(4790, &[0x0c, 0, 0, 1, 0, 0, 9, 0], ip),
        on_udp(4790, &[0x08, 0, 0, 0, 0, 0, 9, 0], &frame),
        on_udp(6081, &[2, 0, 0x65, 0x58, 0, 0, 9, 0, 0, 1, 2, 1, 0, 0, 0, 7], &frame),
        on_udp(6081, &[0, 0, 8, 0, 0, 0, 9, 0], ip),
        on_udp(37008, &[1, 0, 0, 1, 0, 0x0a, 1, 0xce, 1], &frame),
        // a mirror of an overlay: ERSPAN around VLAN, IP, UDP, VXLAN
        {
            let overlay = ipv4(A, B, 17, &udp((9, 4789), &[&[8, 0, 0, 0, 0, 0, 9, 0][..], &frame].concat()));
            let tagged = framed(&[0x81, 0, 0, 5, 8, 0], &overlay);
            raw(gre([0x10, 0, 0x88, 0xbe], &[0, 0, 0, 1, 0x10, 5, 0, 1, 0, 0, 0, 0], &tagged))
        },
        // exported by Wireshark: as IP, as a frame, by ether type
        (LinkType::UPPER_PDU, ppp(b"\0\x0c\0\x04ip\0\0\0\0\0\0")),
        (LinkType::UPPER_PDU, [&b"\0\x0c\0\x04eth\0\0\0\0\0"[..], &frame].concat()),
        (LinkType::UPPER_PDU, ppp(b"\0\x0e\0\x0cethertype\0\0\0\0\x20\0\x04\0\0\x08\0\0\0\0\0")),
    ]
}

#[test]
fn every_link_type_and_tunnel_leads_to_the_same_datagram() {
    for (number, (link, packet)) in all(&datagram()).into_iter().enumerate() {
        let framed = parse(link, &packet).unwrap_or_else(|why| panic!("{number}: {link} {packet:02x?}: {why:?}"));
        assert_eq!(udp_payload(&framed), b"payload", "{number}: {link} {packet:02x?}");
        assert_eq!((framed.src, framed.dst, framed.missing, framed.bare), (A.into(), B.into(), 0, false));
    }
}

#[test]
fn every_prefix_is_truncated_or_tells_what_is_missing() {
    for (number, (link, packet)) in all(&datagram()).into_iter().enumerate() {
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
