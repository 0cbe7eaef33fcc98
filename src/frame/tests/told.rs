//! What the capture itself tells.

use super::*;
use crate::frame::NOBODY;

fn told(link: LinkType, packet: &[u8]) -> (Layer, Vec<u8>, Framed<'_>) {
    let framed = parse(link, packet).unwrap();
    let Transport::Told { layer, payload, .. } = framed.transport else { panic!("{:?}", framed.transport) };
    (layer, payload.to_vec(), framed)
}

/// A tag with its padding.
fn tag(tag: u16, value: &[u8]) -> Vec<u8> {
    let mut value = value.to_vec();
    value.resize(value.len().next_multiple_of(4), 0);
    [&tag.to_be_bytes()[..], &u16::try_from(value.len()).unwrap().to_be_bytes(), &value].concat()
}

#[test]
fn signaling_links_have_no_addresses() {
    for (link, head, layer) in [
        (LinkType::MTP2, &[][..], Layer::Mtp2),
        (LinkType::MTP2_WITH_PHDR, &[1, 0, 0, 3], Layer::Mtp2),
        (LinkType::MTP2_WITH_PHDR, &[0, 2, 0, 3], Layer::Mtp2),
        // BSN, FSN and LI of two octets each: 3 octets of a signal unit
        (LinkType::MTP2_WITH_PHDR, &[0, 1, 0, 3, 1, 0x80, 2, 0x80, 3, 0], Layer::Mtp3),
        (LinkType::MTP3, &[], Layer::Mtp3),
        (LinkType::SCCP, &[], Layer::Sccp),
    ] {
        let packet = [head, b"msu"].concat();
        let (told, payload, framed) = told(link, &packet);
        assert_eq!((told, &payload[..]), (layer, &b"msu"[..]));
        assert_eq!((framed.src, framed.dst, framed.bare), (NOBODY, NOBODY, true));
    }
    let fill_in = [0, 1, 0, 3, 1, 0x80, 2, 0x80, 0, 0];
    let unframed = parse(LinkType::MTP2_WITH_PHDR, &fill_in).unwrap_err();
    assert_eq!((unframed.layer, unframed.outcome), (Layer::Mtp2, Outcome::Unsupported));
}

#[test]
fn sctp_without_ip() {
    let packet = sctp((2905, 2906), 9, &[data(1, 3, 3, b"x")]);
    let framed = parse(LinkType::SCTP, &packet).unwrap();
    assert!(framed.bare);
    let Transport::Sctp(sctp) = framed.transport else { panic!("not SCTP") };
    assert_eq!((sctp.src_port, sctp.verification_tag), (2905, 9));
    assert_eq!(parse(LinkType::SCTP, &packet[..11]).unwrap_err().layer, Layer::Sctp);
}

#[test]
fn exported_pdus_by_name_and_by_table() {
    let v6 = [0xfd; 16];
    let packet = [
        &tag(12, b"sip")[..],
        &tag(20, &[192, 0, 2, 1]),
        &tag(23, &v6),
        &tag(24, &[0, 0, 0, 3]),
        &tag(25, &5060u32.to_be_bytes()),
        &tag(26, &5070u32.to_be_bytes()),
        &tag(30, &[0, 0, 0, 9]),
        &tag(0, &[]),
        b"OPTIONS",
    ]
    .concat();
    let (layer, payload, framed) = told(LinkType::UPPER_PDU, &packet);
    assert_eq!((layer, &payload[..]), (Layer::Sip, &b"OPTIONS"[..]));
    assert_eq!((framed.src.to_string(), framed.dst), ("192.0.2.1".to_owned(), v6.into()));
    assert!(matches!(framed.transport, Transport::Told { src_port: 5060, dst_port: 5070, .. }));
    for end in 0..packet.len() - 7 {
        assert_eq!(parse(LinkType::UPPER_PDU, &packet[..end]).unwrap_err().outcome, Outcome::Truncated, "{end}");
    }
    for (name, expected) in [
        (tag(12, b"gsm_map"), Some(Layer::Map)),
        (tag(12, b"nas-eps"), Some(Layer::Nas)),
        (tag(12, b"gsm_a_dtap\0"), Some(Layer::Dtap)),
        (tag(13, b"sip_udp"), Some(Layer::Sip)),
        ([tag(14, b"sctp.ppi"), tag(32, &[0, 0, 0, 3])].concat(), Some(Layer::M3ua)),
        ([tag(32, &[0, 0, 0, 5]), tag(14, b"mtp3.service_indicator")].concat(), Some(Layer::Isup)),
        (tag(12, b"rtp"), None),
        (tag(14, b"sctp.ppi"), None),
        (Vec::new(), None),
    ] {
        let packet = [&name[..], &tag(0, &[]), b"x"].concat();
        match (parse(LinkType::UPPER_PDU, &packet), expected) {
            (Ok(Framed { transport: Transport::Told { layer, .. }, .. }), Some(expected)) => {
                assert_eq!(layer, expected);
            }
            (Err(unframed), None) => {
                assert_eq!(unframed.reason, "an exported PDU of a protocol that is not read");
            }
            other => panic!("{other:?}"),
        }
    }
    let endless = tag(30, &[]).repeat(100);
    assert_eq!(parse(LinkType::UPPER_PDU, &endless).unwrap_err().reason, "too many tags of an exported PDU");
}

#[test]
fn exported_transports_keep_the_addresses_of_the_tags() {
    let segment = tcp((3868, 9), 7, ACK, b"x");
    let packet = [&tag(12, b"tcp")[..], &tag(20, &[192, 0, 2, 1]), &tag(0, &[]), &segment].concat();
    let framed = parse(LinkType::UPPER_PDU, &packet).unwrap();
    assert_eq!(framed.src, std::net::IpAddr::from(A));
    assert!(matches!(framed.transport, Transport::Tcp(segment) if segment.payload == b"x"));
    let port = 2123u32.to_be_bytes();
    let packet = [&tag(14, b"udp.port")[..], &tag(32, &port), &tag(26, &port), &tag(0, &[]), b"x"].concat();
    let datagram = Transport::Udp { src_port: 0, dst_port: 2123, payload: b"x" };
    assert_eq!(parse(LinkType::UPPER_PDU, &packet).unwrap().transport, datagram);
    let packet = [&tag(12, b"sctp")[..], &tag(0, &[]), &sctp((1, 2), 3, &[])].concat();
    assert!(matches!(parse(LinkType::UPPER_PDU, &packet).unwrap().transport, Transport::Sctp(_)));
}

#[test]
fn gsmtap_of_both_versions() {
    let on = |payload: &[u8]| ipv4(A, B, 17, &udp((40_000, 4729), payload));
    let v2 = |kind: u8| [&[2, 4, kind][..], &[0; 13], b"nas"].concat();
    // a header of 3 words: one of metadata
    let v3 = |kind: [u8; 2]| [&[3, 0, 0, 3][..], &kind, &[0; 6], b"nas"].concat();
    for payload in [v2(0x12), v3([4, 4]), v3([5, 4])] {
        let packet = on(&payload);
        let (layer, payload, framed) = told(LinkType::RAW, &packet);
        assert_eq!((layer, &payload[..], framed.bare), (Layer::Nas, &b"nas"[..], false));
    }
    for (payload, reason) in [
        (v2(1), "GSMTAP Um"),
        (v2(2), "GSMTAP Abis"),
        (v2(4), "GSMTAP SIM"),
        (v2(13), "GSMTAP LTE RRC"),
        (v2(200), "GSMTAP of another type"),
        (v3([2, 0]), "GSMTAP Um"),
        (v3([4, 3]), "GSMTAP LTE"),
    ] {
        let packet = on(&payload);
        let unframed = parse(LinkType::RAW, &packet).unwrap_err();
        assert_eq!((unframed.layer, unframed.outcome, unframed.reason), (Layer::Udp, Outcome::Unsupported, reason));
    }
    // something else on its port
    for payload in [&b"hello, world"[..], &[2, 4, 0x12], &[]] {
        let packet = on(payload);
        assert!(matches!(parse(LinkType::RAW, &packet).unwrap().transport, Transport::Udp { .. }));
    }
}
