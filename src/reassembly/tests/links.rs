//! What the capture tells, and what becomes of packets that can't be followed.

use super::*;

#[test]
fn told_pdus_have_no_ip() {
    let mut rig = Rig::new();
    rig.on(LinkType::MTP3, b"one", 0).on(LinkType::SCCP, b"three", 2);
    rig.on(LinkType::SCTP, &sctp((1, 2), 9, &[data(1, 3, 3, b"four")]), 0);
    let out = rig.push();
    assert_eq!(seen(&out), [whole(b"one", &[1]), (b"thr".to_vec(), vec![2], true), whole(b"four", &[3])]);
    let carriers: Vec<Carrier> = out.pdus.iter().map(|pdu| pdu.carrier).collect();
    let sctp = Carrier::Sctp { ppid: 3, stream: 1 };
    assert_eq!(carriers, [Carrier::Told(Layer::Mtp3), Carrier::Told(Layer::Sccp), sctp]);
    assert!(out.pdus.iter().all(|pdu| pdu.flow.src == crate::frame::NOBODY));
    let counts: Vec<_> = rig.health.layers().map(|(layer, counts)| (layer, counts.seen, counts.decoded)).collect();
    assert_eq!(counts, [(Layer::Link, 3, 3), (Layer::Sctp, 1, 1)]);
}

#[test]
fn gsmtap_is_a_datagram_too() {
    let mut rig = Rig::new();
    let gsmtap = [&[2, 4, 0x12][..], &[0; 13], b"nas"].concat();
    rig.add(&ipv4(A, B, 17, &udp((9, 4729), &gsmtap)));
    let out = rig.push();
    assert_eq!((seen(&out), out.pdus[0].carrier), (vec![whole(b"nas", &[1])], Carrier::Told(Layer::Nas)));
    let counts: Vec<_> = rig.health.layers().map(|(layer, counts)| (layer, counts.seen, counts.decoded)).collect();
    assert_eq!(counts, [(Layer::Link, 1, 1), (Layer::Ip, 1, 1), (Layer::Udp, 1, 1)]);
}

#[test]
fn each_layer_counts_what_it_could_not_follow() {
    let mut rig = Rig::new();
    rig.on(LinkType(9999), b"x", 0).on(LinkType::SCTP, b"short", 0).add(&ipv4(A, B, 50, b"esp"));
    rig.add(&ipv4(A, B, 17, b"udp"));
    assert_eq!(rig.seen(), []);
    assert_eq!(rig.count(Layer::Link, Outcome::Unsupported, "a link type that is not read"), 1);
    assert_eq!(rig.count(Layer::Sctp, Outcome::Malformed, "ends within its headers"), 1);
    assert_eq!(rig.count(Layer::Ip, Outcome::Unsupported, "encrypted (ESP)"), 1);
    assert_eq!(rig.count(Layer::Udp, Outcome::Malformed, "ends within its headers"), 1);
    for (_, counts) in rig.health.layers() {
        assert_eq!(counts.seen, counts.decoded + counts.malformed + counts.unsupported);
    }
}
