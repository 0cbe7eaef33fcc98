//! TCP (RFC 9293): one connection with its handshake, data in segments, acknowledgements and close.
//!
//! Faults: a message cut in the middle, a segment sent twice, a segment that arrives late.

use super::super::clock::{MILLISECOND, Time};
use super::super::random::Dice;
use super::super::scenario::Faults;
use super::ip::{self, protocol};
use super::{Agenda, Endpoint, Later, Timer, Way};

/// Most data octets of a segment.
const MSS: usize = 1360;
const DELAYED_ACK: Time = 40 * MILLISECOND;

const FIN: u8 = 0x01;
const SYN: u8 = 0x02;
const PSH: u8 = 0x08;
const ACK: u8 = 0x10;

/// One connection.
#[derive(Debug)]
pub struct Connection {
    ends: [Endpoint; 2],
    next: [u32; 2],
    acknowledged: [u32; 2],
    ready: Time,
    identification: u16,
}

impl Connection {
    /// A connection about to be opened.
    pub fn new(opener: Endpoint, listener: Endpoint, dice: &mut Dice) -> Self {
        let next = [dice.word(), dice.word()];
        Self { ends: [opener, listener], next, acknowledged: next, ready: 0, identification: dice.word() as u16 }
    }

    /// SYN, SYN ACK, ACK; gives the time when data may flow.
    pub fn open(&mut self, at: Time, dice: &mut Dice, agenda: &mut Agenda) -> Time {
        let mut time = at;
        for (way, flags) in [(Way::Forward, SYN), (Way::Back, SYN | ACK), (Way::Forward, ACK)] {
            let packet = self.segment(way, flags, &[]);
            agenda.push((time, Later::Packet(packet)));
            if flags & SYN != 0 {
                self.advance(way, 1);
            }
            time += (dice.between(0.4, 9.0) * MILLISECOND as f64) as Time;
        }
        self.acknowledged = self.next;
        self.ready = time;
        time
    }

    /// FIN from the opener and from the other side.
    pub fn close(&mut self, at: Time, dice: &mut Dice, agenda: &mut Agenda) {
        let mut time = at.max(self.ready);
        for (way, flags) in [(Way::Forward, FIN | ACK), (Way::Back, FIN | ACK), (Way::Forward, ACK)] {
            let packet = self.segment(way, flags, &[]);
            agenda.push((time, Later::Packet(packet)));
            if flags & FIN != 0 {
                self.advance(way, 1);
            }
            time += (dice.between(0.4, 20.0) * MILLISECOND as f64) as Time;
        }
        self.acknowledged = self.next;
    }

    /// Sends one message.
    pub fn send(&mut self, at: Time, way: Way, message: &[u8], faults: &Faults, dice: &mut Dice, agenda: &mut Agenda) {
        let mut cut = message.len();
        if message.len() > 1 && dice.chance(faults.tcp_split) {
            cut = 1 + dice.below(message.len() - 1);
        }
        let (head, tail) = message.split_at_checked(cut).unwrap_or((message, &[]));
        let mut time = at.max(self.ready);
        for piece in head.chunks(MSS).chain(tail.chunks(MSS)) {
            let packet = self.segment(way, PSH | ACK, piece);
            self.advance(way, piece.len() as u32);
            let mut sent = time;
            // Less than any answer takes, so that no answer comes before its question.
            if dice.chance(faults.tcp_reorder) {
                sent += (dice.between(0.1, 1.5) * MILLISECOND as f64) as Time;
            }
            if dice.chance(faults.tcp_retransmit) {
                let again = sent + (dice.between(200.0, 600.0) * MILLISECOND as f64) as Time;
                agenda.push((again, Later::Packet(packet.clone())));
            }
            agenda.push((sent, Later::Packet(packet)));
            time += (dice.between(0.02, 0.3) * MILLISECOND as f64) as Time;
        }
        agenda.push((time + DELAYED_ACK, Later::Timer(way, Timer::Acknowledge)));
    }

    /// The delayed acknowledgement of the direction `way`, unless data going back have carried it.
    pub fn wake(&mut self, at: Time, way: Way, agenda: &mut Agenda) {
        let sent = self.next.get(way.index()).copied().unwrap_or(0);
        if self.acknowledged.get(way.index()) != Some(&sent) {
            let packet = self.segment(way.reverse(), ACK, &[]);
            agenda.push((at, Later::Packet(packet)));
        }
    }

    fn advance(&mut self, way: Way, octets: u32) {
        if let Some(next) = self.next.get_mut(way.index()) {
            *next = next.wrapping_add(octets);
        }
    }

    fn segment(&mut self, way: Way, flags: u8, data: &[u8]) -> Vec<u8> {
        let ([opener, listener], [forward, back]) = (self.ends, self.next);
        let (from, to, sequence, acknowledgement) = match way {
            Way::Forward => (opener, listener, forward, back),
            Way::Back => (listener, opener, back, forward),
        };
        if flags & ACK != 0
            && let Some(seen) = self.acknowledged.get_mut(way.reverse().index())
        {
            *seen = acknowledgement;
        }
        let acknowledgement = if flags & ACK != 0 { acknowledgement } else { 0 };
        let options: &[u8] = if flags & SYN != 0 { &[2, 4, 0x05, 0x50] } else { &[] }; // MSS 1360
        let length = 20 + options.len() + data.len();
        self.identification = self.identification.wrapping_add(1);
        let mut frame = ip::frame(from.ip, to.ip, protocol::TCP, length, self.identification);
        let mut header = Vec::with_capacity(24);
        header.extend(from.port.to_be_bytes());
        header.extend(to.port.to_be_bytes());
        header.extend(sequence.to_be_bytes());
        header.extend(acknowledgement.to_be_bytes());
        header.extend([((20 + options.len()) as u8) << 2, flags, 0xff, 0xff, 0, 0, 0, 0]);
        header.extend_from_slice(options);
        let total = ip::sum(ip::pseudo(from.ip, to.ip, protocol::TCP, length), &header);
        let checksum = ip::finish(ip::sum(total, data)).to_be_bytes();
        for (place, octet) in header.iter_mut().skip(16).zip(checksum) {
            *place = octet;
        }
        frame.extend(header);
        frame.extend_from_slice(data);
        frame
    }
}
