//! TCP streams.

use super::*;

#[test]
fn tcp_messages_borrowed_and_assembled() {
    let mut rig = Rig::new();
    rig.tcp(100, SYN, b"");
    rig.tcp(101, ACK, b"\x02ab\x03cde\x04f"); // two whole ones and the start of a third
    rig.tcp(110, ACK, b"ghi\x01j\r\x02");
    rig.tcp(117, ACK, b"k");
    rig.tcp(118, ACK | FIN, b"l");
    let out = rig.push();
    assert_eq!(
        seen(&out),
        [
            whole(b"\x02ab", &[2]),
            whole(b"\x03cde", &[2]),
            whole(b"\x04fghi", &[2, 3]),
            whole(b"\x01j", &[3]),
            whole(b"\x02kl", &[3, 4, 5]),
        ]
    );
    assert!(matches!(out.pdus[3].octets, Octets::Packet(_)));
    assert_eq!(out.assembled, b"\x04fghi\x02kl");
    rig.finish();
    assert_eq!(rig.health.layers().map(|(_, counts)| counts.evicted + counts.malformed).sum::<u64>(), 0);
}

#[test]
fn tcp_order_overlap_and_repetition() {
    let mut rig = Rig::new();
    rig.tcp(100, SYN, b"");
    rig.tcp(101, ACK, b"\x03a");
    rig.tcp(105, ACK, b"\x02xy"); // early
    rig.tcp(106, ACK, b"XYZ"); // early, of which the first two octets are known
    rig.tcp(101, ACK, b"\x03a"); // again
    rig.tcp(102, ACK, b"AbcQQ"); // overlaps on both sides: the first copies win
    assert_eq!(rig.seen(), [whole(b"\x03abc", &[2, 6]), whole(b"\x02xy", &[3])]);
    rig.tcp(109, ACK, &[0; 90]); // Z is 90
    assert_eq!(rig.seen()[0].1, [4, 7]);
    rig.finish();
    assert_eq!(rig.count(Layer::Tcp, Outcome::Repeated, "octets seen before"), 1);
}

#[test]
fn a_closed_gap_gives_messages_with_their_own_frames() {
    let mut rig = Rig::new();
    rig.tcp(100, SYN, b"");
    rig.tcp(104, ACK, b"\x02xy\x03p"); // frame 2, early
    rig.tcp(101, ACK, b"\x02ab");
    rig.tcp(109, ACK, b"qr");
    assert_eq!(rig.seen(), [whole(b"\x02ab", &[3]), whole(b"\x02xy", &[2]), whole(b"\x03pqr", &[2, 4])]);
}

#[test]
fn a_gap_is_waited_for_and_then_passed_over() {
    let mut rig = Rig::new();
    rig.tcp(100, SYN, b"");
    rig.tcp(101, ACK, b"\x05ab"); // its rest is lost
    rig.tcp(200, ACK, b"xyz\x02de\x04f");
    assert_eq!(rig.seen(), []);
    rig.time += 4 * SECOND;
    rig.tcp(208, ACK, b"ghi");
    assert_eq!(rig.seen(), [whole(b"\x02de", &[3]), whole(b"\x04fghi", &[3, 4])]);
    assert_eq!(rig.count(Layer::Tcp, Outcome::Evicted, "gap in a stream"), 1);
    assert_eq!(rig.count(Layer::Tcp, Outcome::Evicted, "message of which octets were not captured"), 1);
    // at the end of the capture there is nothing more to wait for
    rig.tcp(300, ACK, b"\x01z");
    assert_eq!(rig.seen(), []);
    assert_eq!(rig.finish(), [whole(b"\x01z", &[5])]);
}

#[test]
fn a_stream_with_too_much_behind_a_gap_goes_on() {
    let mut rig = Rig::new();
    rig.tcp(100, SYN, b"");
    for segment in 0..600 {
        rig.tcp(1000 + 4 * segment, ACK, b"\x03abc");
    }
    assert_eq!(rig.seen().len(), 600);
}

#[test]
fn a_cut_segment_is_a_gap() {
    let mut rig = Rig::new();
    rig.tcp(100, SYN, b"");
    rig.cut(&ipv4(A, B, 6, &tcp((1, 2), 101, ACK, b"\x01a\x07bcdefgh")), 5);
    rig.tcp(111, ACK, b"\x01i");
    assert_eq!(rig.seen(), [whole(b"\x01a", &[2]), whole(b"\x01i", &[3])]);
    assert_eq!(rig.count(Layer::Tcp, Outcome::Truncated, "segment cut by the capture"), 1);
}

#[test]
fn streams_start_in_the_middle_and_start_anew() {
    let mut rig = Rig::new();
    rig.tcp(5000, ACK, b"rest of something\x02ab");
    rig.tcp(5020, ACK | RST, b"");
    rig.tcp(90, SYN, b"");
    rig.tcp(90, SYN, b"");
    rig.tcp(91, ACK, b"\x02cd");
    rig.tcp(1 << 30, ACK, b"\x02ef"); // another connection whose SYN is lost
    assert_eq!(rig.seen(), [whole(b"\x02ab", &[1]), whole(b"\x02cd", &[5]), whole(b"\x02ef", &[6])]);
    assert_eq!(rig.count(Layer::Tcp, Outcome::Evicted, "octets before the first whole message"), 17);
}

#[test]
fn foreign_streams_cost_nothing_until_a_new_connection() {
    let mut rig = Rig::new();
    rig.tcp(100, SYN, b"");
    rig.tcp(101, ACK, b"?");
    rig.tcp(102, ACK, b"\x02ab");
    rig.tcp(9000, ACK, b"\x02ab");
    assert_eq!(rig.seen(), []);
    assert_eq!(rig.count(Layer::Tcp, Outcome::Unsupported, "a protocol that is not read"), 3);
    rig.tcp(500, SYN, b"");
    rig.tcp(501, ACK, b"\x02ab");
    assert_eq!(rig.seen(), [whole(b"\x02ab", &[6])]);
}

proptest! {
    #[test]
    fn segments_in_any_order_give_the_same_messages(
        messages in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..30), 1..20),
        sizes in prop::collection::vec(1usize..25, 1..10),
        keys in prop::collection::vec(any::<u32>(), 400),
        start in any::<u32>(),
    ) {
        let framed: Vec<Vec<u8>> = messages.iter().map(|message| {
            let mut framed = vec![message.len() as u8];
            framed.extend(message);
            framed
        }).collect();
        let stream = framed.concat();
        let mut segments = Vec::new();
        let (mut at, mut sizes) = (0, sizes.iter().cycle());
        while at < stream.len() {
            let end = stream.len().min(at + sizes.next().unwrap());
            segments.push((start.wrapping_add(1 + at as u32), stream[at..end].to_vec()));
            // a retransmission that overlaps
            segments.push((start.wrapping_add(1 + at as u32), stream[at..stream.len().min(end + 3)].to_vec()));
            at = end;
        }
        let mut order: Vec<usize> = (0..segments.len()).collect();
        order.sort_by_key(|index| keys[index % keys.len()]);
        // CR would be taken for a keepalive, and 33 and above for garbage: lengths are below 13 or between
        prop_assume!(messages.iter().all(|message| message.len() != 13));
        let mut rig = Rig::new();
        rig.tcp(start, SYN, b"");
        for index in order {
            let (sequence, payload) = &segments[index];
            rig.tcp(*sequence, ACK, payload);
        }
        let mut delivered = rig.seen();
        delivered.extend(rig.finish());
        let delivered: Vec<Vec<u8>> = delivered.into_iter().map(|(octets, _, _)| octets).collect();
        prop_assert_eq!(delivered, framed);
    }
}
