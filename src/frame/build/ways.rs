//! All ways in which a packet can travel.

use super::{A, B, ethernet, ipv4, udp};
use crate::capture::LinkType;

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
pub(crate) fn every_way(ip: &[u8]) -> Vec<(LinkType, Vec<u8>)> {
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
        eth(&u16::try_from(8 + ip.len()).unwrap().to_be_bytes(), &[&[0xaa, 0xaa, 3, 0, 0, 0, 8, 0], ip].concat()),
        // labels 16 and 17, the second at the bottom: IP; 48: Ethernet with control word; 49: without
        eth(&[0x88, 0x47, 0, 1, 0, 64, 0, 1, 0x11, 64], ip),
        eth(&[0x88, 0x47, 0, 3, 1, 64, 0, 0, 0, 0], &frame),
        eth(&[0x88, 0x47, 0, 3, 0x11, 64], &frame),
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
        (LinkType::UPPER_PDU, [&b"\0\x0c\0\x10eth_withoutfcs\0\0\0\0\0\0"[..], &frame].concat()),
        (LinkType::UPPER_PDU, ppp(b"\0\x0e\0\x0cethertype\0\0\0\0\x20\0\x04\0\0\x08\0\0\0\0\0")),
    ]
}
