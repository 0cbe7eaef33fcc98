//! A run of packets through fragments, associations and streams: what is delivered lies where it should.
//!
//! A record is a head of four octets (link type and direction, seconds since the one before, length) and its octets.
#![no_main]

use simhound::capture::{Batch, LinkType, Packet};
use simhound::dissect::StreamFramer;
use simhound::health::Health;
use simhound::reassembly::{PduBatch, Reassembler};

simhound_fuzz::target!(|data: &[u8]| {
    let mut rest = data;
    let (mut batch, mut out, mut health) = (Batch::default(), PduBatch::default(), Health::default());
    let mut reassembler = Reassembler::new(StreamFramer);
    let (mut time, mut frame, mut octets) = (0, 0, 0);
    while let Some(([kind, seconds, high, low], after)) = rest.split_first_chunk() {
        let length = usize::from(u16::from_be_bytes([*high, *low]));
        let (packet, after) = after.split_at(length.min(after.len()));
        rest = after;
        time += i64::from(*seconds) * 100_000_000;
        frame += 1;
        octets += packet.len();
        let link = LinkType([1, 101, 101, 113, 140, 141, 142, 248, 252, 9, 50, 0][usize::from(kind & 15) % 12]);
        let cut = u32::from(kind >> 4);
        let original_len = packet.len() as u32 + cut;
        batch.push(Packet { file: 0, frame, time, link, offset: 0, len: 0, original_len }, packet);
        if kind & 0x10 != 0 || rest.is_empty() {
            reassembler.push(&mut batch, &mut out, &mut health);
            check(&out, frame, octets);
        }
    }
    reassembler.finish(&mut out, &mut health);
    check(&out, frame, octets);
});

fn check(out: &PduBatch, frame: u64, octets: usize) {
    for pdu in &out.pdus {
        assert!(out.bytes(pdu).len() <= octets);
        let frames = out.frames(pdu);
        assert!(frames.windows(2).all(|pair| pair[0] < pair[1]) && frames.last() == Some(&pdu.frame));
        assert!(pdu.frame <= frame);
    }
}
