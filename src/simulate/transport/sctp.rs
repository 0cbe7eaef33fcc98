//! SCTP (RFC 9260): one association with its handshake, DATA in streams, selective acknowledgement and heartbeats.
//!
//! Faults: a packet sent twice (same TSN), a packet that arrives late (the next ones overtake it, the receiver
//! reports the gap), several DATA chunks in one packet, a message cut into B, middle and E chunks. With two addresses
//! at each end (§6.4) some packets take the second path, and what is sent again takes the other one.

use super::super::clock::{MILLISECOND, Time};
use super::super::random::Dice;
use super::super::scenario::Faults;
use super::crc32c::crc32c;
use super::ip::{self, protocol};
use super::{Agenda, Endpoint, Later, Timer, Way};
use std::collections::BTreeSet;

/// Payload protocol identifiers.
#[allow(missing_docs)]
pub mod ppid {
    pub const M3UA: u32 = 3;
    pub const S1AP: u32 = 18;
    pub const DIAMETER: u32 = 46;
    pub const SGSAP: u32 = 0;
}

/// RFC 9260 §6.2: an acknowledgement waits at most this long.
const DELAYED_ACK: Time = 200 * MILLISECOND;
/// Chunks of one packet share this many octets.
const PACKET_MOST: usize = 1400;
/// No receiver is further behind.
const FURTHEST: i32 = 1 << 16;
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
    /// When its heartbeat is due.
    beat: Time,
}

/// One association.
#[derive(Debug)]
pub struct Association {
    ends: [Endpoint; 2],
    halves: [Half; 2],
    ppid: u32,
    heartbeat: Time,
    two_paths: bool,
    ready: Time,
    identification: u16,
}

/// A way through the network between the two ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Path {
    First,
    Second,
}

impl Path {
    fn other(self) -> Self {
        match self {
            Self::First => Self::Second,
            Self::Second => Self::First,
        }
    }

    /// The address of an end on it: the second is of the shared space of RFC 6598.
    fn address(self, [a, b, c, d]: [u8; 4]) -> [u8; 4] {
        match self {
            Self::First => [a, b, c, d],
            Self::Second => [100, 64 | (b & 0x3f), c, d],
        }
    }
}

impl Association {
    /// An association that is about to be set up.
    pub fn new(ends: [Endpoint; 2], ppid: u32, heartbeat: Time, two_paths: bool, dice: &mut Dice) -> Self {
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
                beat: 0,
            }
        };
        Self {
            ends,
            halves: [half(), half()],
            ppid,
            heartbeat,
            two_paths,
            ready: 0,
            identification: dice.word() as u16,
        }
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
        let ([forward, back], [opener, listener]) = (&self.halves, self.ends);
        let init = |half: &Half, end: Endpoint, cookie: Option<&[u8]>| {
            let mut value = Vec::with_capacity(52);
            value.extend(half.tag.to_be_bytes());
            value.extend(131_072u32.to_be_bytes());
            value.extend(STREAMS.to_be_bytes());
            value.extend(STREAMS.to_be_bytes());
            value.extend(half.tsn.to_be_bytes());
            if self.two_paths {
                for path in [Path::First, Path::Second] {
                    value.extend([0, 5, 0, 8]); // IPv4 address
                    value.extend(path.address(end.ip));
                }
            }
            if let Some(cookie) = cookie {
                value.extend([0, 7]);
                value.extend((cookie.len() as u16 + 4).to_be_bytes());
                value.extend_from_slice(cookie);
            }
            value
        };
        let steps = [
            (Way::Forward, 0, chunk(1, 0, &init(forward, opener, None))),
            (Way::Back, forward.tag, chunk(2, 0, &init(back, listener, Some(&cookie)))),
            (Way::Forward, back.tag, chunk(10, 0, &cookie)),
            (Way::Back, forward.tag, chunk(11, 0, &[])),
        ];
        let mut time = at;
        for (way, tag, chunks) in steps {
            let packet = self.packet_tagged(way, Path::First, tag, &chunks);
            agenda.push((time, Later::Packet(packet)));
            time += (dice.between(0.3, 1.2) * MILLISECOND as f64) as Time;
        }
        self.ready = time;
        for way in [Way::Forward, Way::Back] {
            self.half(way).last_sent = time;
            if self.two_paths {
                self.probe(time, way, Path::Second, dice, agenda);
            }
            if self.heartbeat > 0 {
                self.half(way).beat = time + self.heartbeat;
                agenda.push((time + self.heartbeat, Later::Timer(way, Timer::Heartbeat)));
            }
        }
        time
    }

    /// ABORT (§3.3.7) of the end that has lost it.
    pub fn abort(&mut self, at: Time, way: Way, agenda: &mut Agenda) {
        let packet = self.packet(way, Path::First, &chunk(6, 0, &[]));
        agenda.push((at, Later::Packet(packet)));
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
        let mut time = at.max(self.ready);
        for (chunks, tsns) in packets {
            let second = self.two_paths && dice.chance(faults.sctp_second_path);
            let path = if second { Path::Second } else { Path::First };
            let mut sent = time;
            // Less than any answer takes, so that no answer comes before its question; and not between the segments
            // of one SCCP message, which tshark does not put in order.
            if messages.len() == 1 && dice.chance(faults.sctp_reorder) {
                sent += (dice.between(0.1, 1.5) * MILLISECOND as f64) as Time;
            }
            if dice.chance(faults.sctp_retransmit) {
                let again = sent + (dice.between(300.0, 1200.0) * MILLISECOND as f64) as Time;
                let packet = self.packet(way, if self.two_paths { path.other() } else { path }, &chunks);
                agenda.push((again, Later::Chunks(way, packet, tsns.clone())));
            }
            let packet = self.packet(way, path, &chunks);
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
            if tsn.wrapping_sub(half.cumulative) as i32 > FURTHEST {
                continue; // of the association before
            }
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
        Some(self.packet(way.reverse(), Path::First, &chunk(3, 0, &value)))
    }

    /// HEARTBEAT and its answer (§3.3.5, §3.3.6) on a path.
    fn probe(&mut self, at: Time, way: Way, path: Path, dice: &mut Dice, agenda: &mut Agenda) {
        let mut information = vec![0, 1, 0, 20];
        information.extend(dice.octets::<16>());
        let asks = self.packet(way, path, &chunk(4, 0, &information));
        let answers = self.packet(way.reverse(), path, &chunk(5, 0, &information));
        let round_trip = (dice.between(0.3, 2.0) * MILLISECOND as f64) as Time;
        agenda.push((at, Later::Packet(asks)));
        agenda.push((at + round_trip, Later::Packet(answers)));
    }

    /// Looks after the paths that were idle: the first where nothing was sent, the second always.
    fn beat(&mut self, at: Time, way: Way, dice: &mut Dice, agenda: &mut Agenda) {
        if self.half(way).beat != at {
            return; // a timer of the association before
        }
        let every = self.heartbeat;
        let idle = at.saturating_sub(self.half(way).last_sent);
        if idle >= every {
            self.probe(at, way, Path::First, dice, agenda);
        }
        if self.two_paths {
            self.probe(at, way, Path::Second, dice, agenda);
        }
        let jitter = (dice.between(0.0, 0.1) * every as f64) as Time;
        let wait = if idle >= every { every } else { every - idle };
        self.half(way).beat = at + wait + jitter;
        agenda.push((at + wait + jitter, Later::Timer(way, Timer::Heartbeat)));
    }

    fn packet(&mut self, way: Way, path: Path, chunks: &[u8]) -> Vec<u8> {
        let tag = self.half(way.reverse()).tag;
        self.packet_tagged(way, path, tag, chunks)
    }

    /// Common header (§3.1) with the CRC32c of §6.8.
    fn packet_tagged(&mut self, way: Way, path: Path, tag: u32, chunks: &[u8]) -> Vec<u8> {
        let [opener, listener] = self.ends;
        let (from, to) = match way {
            Way::Forward => (opener, listener),
            Way::Back => (listener, opener),
        };
        self.identification = self.identification.wrapping_add(1);
        let mut frame = ip::frame(
            path.address(from.ip),
            path.address(to.ip),
            protocol::SCTP,
            12 + chunks.len(),
            self.identification,
        );
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
