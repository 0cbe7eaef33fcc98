//! IP packets in fragments.

use super::*;

/// A fragment of an IPv4 packet: octets `from..to` of it, and whether more follow.
fn fragment(id: u16, protocol: u8, payload: &[u8], from: usize, to: usize) -> Vec<u8> {
    part(id, protocol, from, &payload[from..to], to < payload.len())
}

fn part(id: u16, protocol: u8, offset: usize, octets: &[u8], more: bool) -> Vec<u8> {
    let mut packet = ipv4(A, B, protocol, octets);
    packet[4..6].copy_from_slice(&id.to_be_bytes());
    let field = u16::try_from(offset / 8).unwrap() | if more { 0x2000 } else { 0 };
    packet[6..8].copy_from_slice(&field.to_be_bytes());
    packet
}

/// The same in IPv6, behind a fragment header.
fn part6(id: u8, next: u8, offset: u16, octets: &[u8], more: bool) -> Vec<u8> {
    let mut packet = vec![0x60, 0, 0, 0];
    packet.extend(u16::try_from(8 + octets.len()).unwrap().to_be_bytes());
    packet.extend([44, 64]);
    packet.extend([0xfd; 32]);
    packet.extend([next, 0]);
    packet.extend((offset | u16::from(more)).to_be_bytes());
    packet.extend([0, 0, 0, id]);
    packet.extend(octets);
    packet
}

const MESSAGE: &[u8] = b"OPTIONS sip:999@192.0.2.1 SIP/2.0";

fn datagram() -> Vec<u8> {
    udp((5060, 5061), MESSAGE)
}

const UNFINISHED: &str = "fragment of a packet that was not completed";

#[test]
fn in_any_order_with_all_frames() {
    let whole_datagram = datagram();
    for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        let mut rig = Rig::new();
        rig.add(&ipv4(A, B, 17, &udp((1, 2), b"x")));
        for index in order {
            let cuts = [0, 16, 24, whole_datagram.len()];
            rig.add(&fragment(7, 17, &whole_datagram, cuts[index], cuts[index + 1]));
        }
        let out = rig.push();
        assert_eq!(seen(&out), [whole(b"x", &[1]), whole(MESSAGE, &[2, 3, 4])]);
        let pdu = &out.pdus[1];
        assert_eq!((pdu.frame, pdu.carrier, pdu.flow.dst_port), (4, Carrier::Udp, 5061));
        rig.finish();
        let ip = rig.health.layers().find(|(layer, _)| *layer == Layer::Ip).unwrap().1;
        assert_eq!((ip.seen, ip.decoded, ip.evicted), (4, 4, 0));
    }
}

#[test]
fn packets_apart_by_addresses_identification_and_protocol() {
    let datagram = datagram();
    let mut rig = Rig::new();
    for (from, to) in [(0, 16), (16, datagram.len())] {
        rig.add(&fragment(7, 17, &datagram, from, to));
        rig.add(&fragment(8, 17, &datagram, from, to));
        let mut reversed = fragment(7, 17, &datagram, from, to);
        let (src, dst) = (A.octets(), B.octets());
        reversed[12..16].copy_from_slice(&dst);
        reversed[16..20].copy_from_slice(&src);
        rig.add(&reversed);
    }
    rig.add(&fragment(7, 6, &datagram, 0, 16)); // another protocol
    assert_eq!(rig.seen(), [whole(MESSAGE, &[1, 4]), whole(MESSAGE, &[2, 5]), whole(MESSAGE, &[3, 6])]);
    rig.finish();
    assert_eq!(rig.count(Layer::Ip, Outcome::Evicted, UNFINISHED), 1);
}

#[test]
fn of_octets_that_come_twice_the_first_copy_wins() {
    let mut rig = Rig::new();
    let datagram = datagram();
    rig.add(&part(7, 17, 8, b"ABCDEFGH", true));
    rig.add(&part(7, 17, 8, b"ABCDEFGH", true)); // a copy
    rig.add(&part(7, 17, 0, &[&datagram[..8], b"xxxxxxxxIJKLMNOP"].concat(), true)); // around it
    rig.add(&part(7, 17, 16, b"yyyyyyyyQRST", false)); // before its end
    let head = &b"ABCDEFGHIJKLMNOPQRST"[..];
    assert_eq!(rig.seen(), [whole(head, &[1, 3, 4])]);
    assert_eq!(rig.count(Layer::Ip, Outcome::Repeated, "fragment seen before"), 1);
    assert_eq!(rig.count(Layer::Ip, Outcome::Malformed, "fragments that overlap"), 2);
}

#[test]
fn defects_are_named() {
    let mut rig = Rig::new();
    rig.add(&part(7, 17, 0, b"", true));
    rig.add(&part(7, 17, 0, b"1234567", true));
    rig.add(&part(7, 17, 65_528, b"12345678", false));
    rig.add(&part(7, 17, 16, b"1234", false)).add(&part(7, 17, 24, b"1234", false));
    assert_eq!(rig.seen(), []);
    for reason in [
        "fragment without octets",
        "fragment whose length is no multiple of 8",
        "fragment beyond the longest packet",
        "fragments that end at different places",
    ] {
        assert_eq!(rig.count(Layer::Ip, Outcome::Malformed, reason), 1, "{reason}");
    }
}

#[test]
fn what_waits_too_long_is_given_up() {
    let mut rig = Rig::new();
    let datagram = datagram();
    rig.add(&fragment(7, 17, &datagram, 0, 16));
    rig.time += 31 * SECOND;
    rig.add(&fragment(7, 17, &datagram, 16, datagram.len()));
    assert_eq!(rig.seen(), []);
    assert_eq!(rig.count(Layer::Ip, Outcome::Evicted, UNFINISHED), 1);
    // the identification is used again: the old part is gone
    rig.add(&fragment(7, 17, &datagram, 0, 16));
    assert_eq!(rig.seen(), [whole(MESSAGE, &[2, 3])]);
}

#[test]
fn too_many_packets_that_wait_are_bounded() {
    let mut rig = Rig::new();
    for id in 0..5000u16 {
        rig.add(&part(id, 17, 0, b"12345678", true));
    }
    for offset in 0..600 {
        rig.add(&part(9999, 17, 16 * offset, b"12345678", true));
    }
    assert_eq!(rig.seen(), []);
    let count = rig.count(Layer::Ip, Outcome::Evicted, UNFINISHED);
    assert!(count >= 900 + 513, "{count}");
    rig.finish();
    assert_eq!(rig.count(Layer::Ip, Outcome::Evicted, UNFINISHED), 5600);
}

#[test]
fn a_fragment_that_the_capture_cut_cuts_the_packet() {
    let mut rig = Rig::new();
    let datagram = datagram();
    rig.cut(&fragment(7, 17, &datagram, 0, 24), 4);
    rig.add(&fragment(7, 17, &datagram, 24, datagram.len()));
    assert_eq!(rig.seen(), [(MESSAGE[..12].to_vec(), vec![1, 2], true)]);
}

#[test]
fn ipv6_and_its_extension_headers() {
    let mut rig = Rig::new();
    let datagram = datagram();
    // destination options stand behind the fragment header, in the first part
    let behind = [&[17, 0, 1, 4, 0, 0, 0, 0][..], &datagram].concat();
    rig.add(&part6(1, 17, 16, &behind[16..], false)); // only the first part tells the protocol
    rig.add(&part6(1, 60, 0, &behind[..16], true));
    rig.add(&part6(2, 17, 0, &datagram, false)); // an atomic fragment
    let out = rig.push();
    assert_eq!(seen(&out), [whole(MESSAGE, &[1, 2]), whole(MESSAGE, &[3])]);
    assert!(matches!((&out.pdus[0].octets, &out.pdus[1].octets), (Octets::Assembled(_), Octets::Packet(_))));
}

#[test]
fn fragments_of_a_tunnel_and_in_a_tunnel() {
    let mut rig = Rig::new();
    let datagram = datagram();
    // the inner packet in fragments, each in GRE; then the outer in fragments; then both
    let gre = |inner: &[u8]| [&[0, 0, 8, 0][..], inner].concat();
    let inner = [fragment(1, 17, &datagram, 0, 16), fragment(1, 17, &datagram, 16, datagram.len())];
    for inner in &inner {
        rig.add(&ipv4(B, A, 47, &gre(inner)));
    }
    let outer = gre(&ipv4(A, B, 17, &datagram));
    rig.add(&fragment(2, 47, &outer, 0, 32)).add(&fragment(2, 47, &outer, 32, outer.len()));
    for (id, inner) in inner.iter().enumerate() {
        let outer = gre(inner);
        let id = 3 + u16::try_from(id).unwrap();
        rig.add(&fragment(id, 47, &outer, 0, 32)).add(&fragment(id, 47, &outer, 32, outer.len()));
    }
    let expected = [whole(MESSAGE, &[1, 2]), whole(MESSAGE, &[3, 4]), whole(MESSAGE, &[5, 6, 7, 8])];
    assert_eq!(rig.seen(), expected);
}

#[test]
fn messages_of_sctp_and_tcp_over_fragmented_packets() {
    let mut rig = Rig::new();
    let long = |tsn, flags, octet| sctp((1, 2), 9, &[data(tsn, flags, 3, &[octet; 40])]);
    let (first, last) = (long(1, 2, b'a'), long(2, 1, b'b'));
    rig.add(&fragment(1, 132, &first, 0, 32)).add(&fragment(1, 132, &first, 32, first.len()));
    rig.add(&fragment(2, 132, &last, 0, 32)).add(&fragment(2, 132, &last, 32, last.len()));
    assert_eq!(rig.seen(), [whole(&[[b'a'; 40], [b'b'; 40]].concat(), &[1, 2, 3, 4])]);
    let segment = tcp((1, 2), 101, ACK, b"\x02ab\x05cd");
    rig.tcp(100, SYN, b"");
    rig.add(&fragment(3, 6, &segment, 0, 24)).add(&fragment(3, 6, &segment, 24, segment.len()));
    rig.tcp(107, ACK, b"efg");
    assert_eq!(rig.seen(), [whole(b"\x02ab", &[6, 7]), whole(b"\x05cdefg", &[6, 7, 8])]);
}

proptest! {
    #[test]
    fn any_cuts_in_any_order_give_the_packet(
        message in prop::collection::vec(any::<u8>(), 1..200),
        cuts in prop::collection::vec(0usize..30, 0..8),
        keys in prop::collection::vec(any::<u32>(), 20),
        copies in prop::collection::vec(any::<prop::sample::Index>(), 0..4),
    ) {
        let datagram = udp((1, 2), &message);
        let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut * 8).filter(|cut| *cut < datagram.len()).collect();
        cuts.extend([0, datagram.len()]);
        cuts.sort_unstable();
        cuts.dedup();
        let mut parts: Vec<(usize, usize)> = cuts.windows(2).map(|pair| (pair[0], pair[1])).collect();
        let copied: Vec<(usize, usize)> = copies.iter().map(|copy| *copy.get(&parts)).collect();
        let is_whole = parts.len() == 1;
        parts.sort_by_key(|part| keys[part.0 / 8 % keys.len()]);
        let last = parts.pop().unwrap();
        parts.extend(copied.iter().filter(|part| **part != last));
        parts.push(last);
        let mut rig = Rig::new();
        for (from, to) in &parts {
            rig.add(&fragment(1, 17, &datagram, *from, *to));
        }
        let seen = rig.seen();
        let messages = if is_whole { parts.len() } else { 1 };
        prop_assert_eq!(seen.len(), messages);
        prop_assert_eq!(&seen[0].0, &message);
    }

    #[test]
    fn no_fragments_panic(parts in prop::collection::vec(
        (0u16..3, 0usize..12, prop::collection::vec(any::<u8>(), 0..40), any::<bool>(), 0usize..10,
         prop::sample::select(vec![4u8, 17, 41, 44, 47, 132])), 1..40)) {
        let mut rig = Rig::new();
        for (id, offset, octets, more, cut, protocol) in parts {
            let packet = part(id, protocol, offset * 8, &octets, more);
            rig.cut(&packet, cut.min(packet.len()));
            rig.add(&part6(id as u8, protocol, (offset * 8) as u16, &octets, more));
        }
        rig.push();
        rig.finish();
    }
}
