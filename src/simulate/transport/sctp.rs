//! SCTP (RFC 9260): one association with its handshake, DATA in streams, selective acknowledgement and heartbeats.
//!
//! Faults: a packet sent twice (same TSN), a packet that arrives late (the next ones overtake it, the receiver
//! reports the gap), several DATA chunks in one packet, a message cut into B, middle and E chunks.

use super::super::clock::{MILLISECOND, Time};
use super::super::random::Dice;
use super::super::scenario::Faults;
use super::ip::{self, protocol};
use super::{Agenda, Endpoint, Later, Timer, Way};
use std::collections::BTreeSet;

/// Payload protocol identifiers.
#[allow(missing_docs)]
pub mod ppid {
    pub const M3UA: u32 = 3;
    pub const S1AP: u32 = 18;
    pub const DIAMETER: u32 = 46;
}

/// RFC 9260 §6.2: an acknowledgement waits at most this long.
const DELAYED_ACK: Time = 200 * MILLISECOND;
/// Chunks of one packet share this many octets.
const PACKET_MOST: usize = 1400;
/// Streams in each direction.
const STREAMS: u16 = 16;

/// What one end sends and what the other has received.
#[derive(Debug)]
struct Half {
    tag: u32,
    tsn: u32,
    sequence: [u16; STREAMS as usize],
    cumulative: u32,
    beyond: BTreeSet<u32>,
    duplicates: Vec<u32>,
    unacknowledged: u32,
    last_sent: Time,
}

/// One association.
#[derive(Debug)]
pub struct Association {
    ends: [Endpoint; 2],
    halves: [Half; 2],
    ppid: u32,
    heartbeat: Time,
    identification: u16,
}

impl Association {
    /// An association that is about to be set up.
    pub fn new(opener: Endpoint, listener: Endpoint, ppid: u32, heartbeat: Time, dice: &mut Dice) -> Self {
        let mut half = || {
            let tsn = dice.word();
            Half {
                tag: dice.word() | 1,
                tsn,
                sequence: [0; STREAMS as usize],
                cumulative: tsn.wrapping_sub(1),
                beyond: BTreeSet::new(),
                duplicates: Vec::new(),
                unacknowledged: 0,
                last_sent: 0,
            }
        };
        Self { ends: [opener, listener], halves: [half(), half()], ppid, heartbeat, identification: dice.word() as u16 }
    }

    fn half(&mut self, way: Way) -> &mut Half {
        let [forward, back] = &mut self.halves;
        match way {
            Way::Forward => forward,
            Way::Back => back,
        }
    }

    /// INIT, INIT ACK, COOKIE ECHO, COOKIE ACK; gives the time when data may flow.
    pub fn open(&mut self, at: Time, dice: &mut Dice, agenda: &mut Agenda) -> Time {
        let cookie: [u8; 32] = dice.octets();
        let [forward, back] = &self.halves;
        let init = |half: &Half, cookie: Option<&[u8]>| {
            let mut value = Vec::with_capacity(52);
            value.extend(half.tag.to_be_bytes());
            value.extend(131_072u32.to_be_bytes());
            value.extend(STREAMS.to_be_bytes());
            value.extend(STREAMS.to_be_bytes());
            value.extend(half.tsn.to_be_bytes());
            if let Some(cookie) = cookie {
                value.extend([0, 7]);
                value.extend((cookie.len() as u16 + 4).to_be_bytes());
                value.extend_from_slice(cookie);
            }
            value
        };
        let steps = [
            (Way::Forward, 0, chunk(1, 0, &init(forward, None))),
            (Way::Back, forward.tag, chunk(2, 0, &init(back, Some(&cookie)))),
            (Way::Forward, back.tag, chunk(10, 0, &cookie)),
            (Way::Back, forward.tag, chunk(11, 0, &[])),
        ];
        let mut time = at;
        for (way, tag, chunks) in steps {
            let packet = self.packet_tagged(way, tag, &chunks);
            agenda.push((time, Later::Packet(packet)));
            time += (dice.between(0.3, 1.2) * MILLISECOND as f64) as Time;
        }
        for way in [Way::Forward, Way::Back] {
            self.half(way).last_sent = time;
            if self.heartbeat > 0 {
                agenda.push((time + self.heartbeat, Later::Timer(way, Timer::Heartbeat)));
            }
        }
        time
    }

    /// Sends messages that are ready at the same time, in one stream and in order.
    pub fn send(
        &mut self,
        at: Time,
        (way, stream): (Way, u16),
        messages: &[Vec<u8>],
        faults: &Faults,
        dice: &mut Dice,
        agenda: &mut Agenda,
    ) {
        let mut packets: Vec<(Vec<u8>, Vec<u32>)> = Vec::new();
        for message in messages {
            for (index, (tsn, encoded)) in self.data(way, stream, message, faults, dice).into_iter().enumerate() {
                let joins = index == 0 && dice.chance(faults.sctp_bundle);
                match packets.last_mut() {
                    Some((chunks, tsns)) if joins && chunks.len() + encoded.len() <= PACKET_MOST => {
                        chunks.extend_from_slice(&encoded);
                        tsns.push(tsn);
                    }
                    _ => packets.push((encoded, vec![tsn])),
                }
            }
        }
        let mut time = at;
        for (chunks, tsns) in packets {
            let mut sent = time;
            // Less than any answer takes, so that no answer comes before its question; and not between the segments
            // of one SCCP message, which tshark does not put in order.
            if messages.len() == 1 && dice.chance(faults.sctp_reorder) {
                sent += (dice.between(0.1, 1.5) * MILLISECOND as f64) as Time;
            }
            if dice.chance(faults.sctp_retransmit) {
                let again = sent + (dice.between(300.0, 1200.0) * MILLISECOND as f64) as Time;
                let packet = self.packet(way, &chunks);
                agenda.push((again, Later::Chunks(way, packet, tsns.clone())));
            }
            let packet = self.packet(way, &chunks);
            agenda.push((sent, Later::Chunks(way, packet, tsns)));
            time += (dice.between(0.01, 0.08) * MILLISECOND as f64) as Time;
        }
        self.half(way).last_sent = time;
    }

    /// The DATA chunks of one message (RFC 9260 §3.3.1).
    fn data(&mut self, way: Way, stream: u16, message: &[u8], faults: &Faults, dice: &mut Dice) -> Vec<(u32, Vec<u8>)> {
        let stream = stream % STREAMS;
        let ppid = self.ppid;
        let most = if message.len() > 200 && dice.chance(faults.sctp_fragment) {
            message.len().div_ceil(dice.whole(2, 3) as usize)
        } else {
            PACKET_MOST - 16
        };
        let half = self.half(way);
        let sequence = half.sequence.get(usize::from(stream)).copied().unwrap_or(0);
        if let Some(next) = half.sequence.get_mut(usize::from(stream)) {
            *next = next.wrapping_add(1);
        }
        let count = message.len().div_ceil(most.max(1));
        message
            .chunks(most.max(1))
            .enumerate()
            .map(|(index, piece)| {
                let tsn = half.tsn;
                half.tsn = half.tsn.wrapping_add(1);
                let flags = u8::from(index == 0) << 1 | u8::from(index + 1 == count);
                let mut value = Vec::with_capacity(12 + piece.len());
                value.extend(tsn.to_be_bytes());
                value.extend(stream.to_be_bytes());
                value.extend(sequence.to_be_bytes());
                value.extend(ppid.to_be_bytes());
                value.extend_from_slice(piece);
                (tsn, chunk(0, flags, &value))
            })
            .collect()
    }

    /// A packet with these TSNs has passed the tap and arrives.
    pub fn received(&mut self, at: Time, way: Way, tsns: &[u32], agenda: &mut Agenda) {
        let half = self.half(way);
        let mut disorder = false;
        for &tsn in tsns {
            let old = (tsn.wrapping_sub(half.cumulative) as i32) <= 0;
            if old || !half.beyond.insert(tsn) {
                half.duplicates.push(tsn);
                disorder = true;
            }
        }
        while half.beyond.remove(&half.cumulative.wrapping_add(1)) {
            half.cumulative = half.cumulative.wrapping_add(1);
        }
        half.unacknowledged += 1;
        disorder |= !half.beyond.is_empty();
        // §6.2: every second packet at once, disorder at once, the rest after a while.
        let wait = match (half.unacknowledged, disorder) {
            (1, false) => DELAYED_ACK,
            (2, false) | (_, true) => MILLISECOND / 20,
            _ => return,
        };
        agenda.push((at + wait, Later::Timer(way, Timer::Acknowledge)));
    }

    /// A timer has run out.
    pub fn wake(&mut self, at: Time, way: Way, timer: Timer, dice: &mut Dice, agenda: &mut Agenda) {
        match timer {
            Timer::Acknowledge => {
                if let Some(packet) = self.acknowledge(way) {
                    agenda.push((at, Later::Packet(packet)));
                }
            }
            Timer::Heartbeat => self.beat(at, way, dice, agenda),
        }
    }

    /// SACK (§3.3.4) for what came in the direction `way`.
    fn acknowledge(&mut self, way: Way) -> Option<Vec<u8>> {
        let half = self.half(way);
        if half.unacknowledged == 0 {
            return None;
        }
        half.unacknowledged = 0;
        let mut gaps: Vec<[u16; 2]> = Vec::new();
        for &tsn in &half.beyond {
            let offset = tsn.wrapping_sub(half.cumulative) as u16;
            match gaps.last_mut() {
                Some([_, end]) if end.wrapping_add(1) == offset => *end = offset,
                _ => gaps.push([offset, offset]),
            }
        }
        let duplicates = std::mem::take(&mut half.duplicates);
        let mut value = Vec::with_capacity(12);
        value.extend(half.cumulative.to_be_bytes());
        value.extend(131_072u32.to_be_bytes());
        value.extend((gaps.len() as u16).to_be_bytes());
        value.extend((duplicates.len() as u16).to_be_bytes());
        value.extend(gaps.iter().flatten().flat_map(|edge| edge.to_be_bytes()));
        value.extend(duplicates.iter().flat_map(|tsn| tsn.to_be_bytes()));
        Some(self.packet(way.reverse(), &chunk(3, 0, &value)))
    }

    /// HEARTBEAT and its answer (§3.3.5, §3.3.6) where the direction was idle.
    fn beat(&mut self, at: Time, way: Way, dice: &mut Dice, agenda: &mut Agenda) {
        let every = self.heartbeat;
        let idle = at.saturating_sub(self.half(way).last_sent);
        if idle >= every {
            let mut information = vec![0, 1, 0, 20];
            information.extend(dice.octets::<16>());
            let asks = self.packet(way, &chunk(4, 0, &information));
            let answers = self.packet(way.reverse(), &chunk(5, 0, &information));
            let round_trip = (dice.between(0.3, 2.0) * MILLISECOND as f64) as Time;
            agenda.push((at, Later::Packet(asks)));
            agenda.push((at + round_trip, Later::Packet(answers)));
        }
        let jitter = (dice.between(0.0, 0.1) * every as f64) as Time;
        let wait = if idle >= every { every } else { every - idle };
        agenda.push((at + wait + jitter, Later::Timer(way, Timer::Heartbeat)));
    }

    fn packet(&mut self, way: Way, chunks: &[u8]) -> Vec<u8> {
        let tag = self.half(way.reverse()).tag;
        self.packet_tagged(way, tag, chunks)
    }

    /// Common header (§3.1) with the CRC32c of §6.8.
    fn packet_tagged(&mut self, way: Way, tag: u32, chunks: &[u8]) -> Vec<u8> {
        let [opener, listener] = self.ends;
        let (from, to) = match way {
            Way::Forward => (opener, listener),
            Way::Back => (listener, opener),
        };
        self.identification = self.identification.wrapping_add(1);
        let mut frame = ip::frame(from.ip, to.ip, protocol::SCTP, 12 + chunks.len(), self.identification);
        let mut header = [0; 12];
        let fields = [from.port.to_be_bytes(), to.port.to_be_bytes()];
        for (place, octet) in header.iter_mut().zip(fields.into_iter().flatten().chain(tag.to_be_bytes())) {
            *place = octet;
        }
        let checksum = !crc32c(crc32c(u32::MAX, &header), chunks);
        for (place, octet) in header.iter_mut().skip(8).zip(checksum.to_le_bytes()) {
            *place = octet;
        }
        frame.extend(header);
        frame.extend_from_slice(chunks);
        frame
    }
}

/// Type, flags, length, value, padding.
fn chunk(kind: u8, flags: u8, value: &[u8]) -> Vec<u8> {
    let mut chunk = Vec::with_capacity(value.len() + 8);
    chunk.extend([kind, flags]);
    chunk.extend((value.len() as u16 + 4).to_be_bytes());
    chunk.extend_from_slice(value);
    chunk.resize(chunk.len().next_multiple_of(4), 0);
    chunk
}

const CRC_TABLE: [[u32; 256]; 8] = crc_table();

#[allow(clippy::indexing_slicing)] // evaluated when compiled
const fn crc_table() -> [[u32; 256]; 8] {
    let mut table = [[0; 256]; 8];
    let mut octet = 0;
    while octet < 256 {
        let mut crc = octet as u32;
        let mut bit = 0;
        while bit < 8 {
            crc = if crc & 1 == 1 { crc >> 1 ^ 0x82f6_3b78 } else { crc >> 1 };
            bit += 1;
        }
        table[0][octet] = crc;
        octet += 1;
    }
    let mut slice = 1;
    while slice < 8 {
        let mut octet = 0;
        while octet < 256 {
            let before = table[slice - 1][octet];
            table[slice][octet] = before >> 8 ^ table[0][(before & 0xff) as usize];
            octet += 1;
        }
        slice += 1;
    }
    table
}

/// CRC32c, eight octets at a time; neither the start nor the end is inverted.
#[allow(clippy::indexing_slicing)] // tables of 256 entries indexed by octets
fn crc32c(start: u32, octets: &[u8]) -> u32 {
    let (eights, rest) = octets.as_chunks::<8>();
    let crc = eights.iter().fold(start, |crc, &[a, b, c, d, e, f, g, h]| {
        let low = crc ^ u32::from_le_bytes([a, b, c, d]);
        let [a, b, c, d] = low.to_le_bytes().map(usize::from);
        CRC_TABLE[7][a]
            ^ CRC_TABLE[6][b]
            ^ CRC_TABLE[5][c]
            ^ CRC_TABLE[4][d]
            ^ CRC_TABLE[3][usize::from(e)]
            ^ CRC_TABLE[2][usize::from(f)]
            ^ CRC_TABLE[1][usize::from(g)]
            ^ CRC_TABLE[0][usize::from(h)]
    });
    rest.iter().fold(crc, |crc, &octet| crc >> 8 ^ CRC_TABLE[0][usize::from(crc as u8 ^ octet)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crc32c_check_value() {
        assert_eq!(!crc32c(u32::MAX, b"123456789"), 0xe306_9283);
        assert_eq!(!crc32c(u32::MAX, &[0; 32]), 0x8a91_36aa); // RFC 3720 §B.4
    }
}
