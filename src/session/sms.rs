//! Short messages in events: the peer, the parts, and a fingerprint of the text. The text itself is read into a buffer
//! on the stack, digested, and gone.

use super::Context;
use super::aging::Aging;
use crate::event::{Direction, Event, Peer, Source};
use crate::health::{Example, Health, Layer, Outcome};
use crate::time::MINUTE;
use crate::wire::sms::{Concatenation, TpAddress, Tpdu, TpduKind};
use crate::wire::{Named, ss7};
use std::hash::{BuildHasher, Hasher};

/// Longest text of one part: 160 characters of at most three octets.
const LONGEST_TEXT: usize = 480;

/// A fingerprint under which texts that differ only in numbers are equal: a template sent to many differs in a code, a
/// name is part of it.
pub(super) fn text_digest(text: &[u8]) -> u64 {
    let mut hasher = foldhash::quality::FixedState::with_seed(5).build_hasher();
    let mut in_number = false;
    for byte in text {
        let digit = byte.is_ascii_digit();
        if !digit {
            hasher.write_u8(*byte);
        } else if !in_number {
            hasher.write_u8(b'0');
        }
        in_number = digit;
    }
    hasher.finish()
}

/// Parts of long messages that are remembered.
const PARTS: usize = 1 << 16;
/// The parts of one message come within this time.
const TOGETHER: i64 = 5 * MINUTE;

/// The fingerprint of the first part of long messages: it is that of the whole message.
#[derive(Debug)]
pub(super) struct Parts {
    first: Aging<u64, u64>,
}

impl Default for Parts {
    fn default() -> Self {
        Self { first: Aging::new(PARTS, TOGETHER) }
    }
}

impl Parts {
    pub(super) fn pass(&mut self, now: i64) {
        self.first.pass(now);
    }

    /// The fingerprint of the message that this is a part of.
    fn whole(&mut self, event: &Event, part: Concatenation, digest: u64) -> u64 {
        let Concatenation { reference, parts, part } = part;
        let hasher = foldhash::quality::FixedState::with_seed(6);
        let key = hasher.hash_one((event.imsi, event.msisdn, event.direction, event.peer, reference, parts));
        if part == 1 {
            self.first.insert(key, digest);
            return digest;
        }
        self.first.peek(&key).copied().unwrap_or(digest)
    }
}

/// Reads a TPDU and counts it.
pub(super) fn read<'a>(
    health: &mut Health,
    source: Source,
    octets: &'a [u8],
    direction: ss7::Direction,
) -> Option<Tpdu<'a>> {
    health.seen(Layer::Sms, octets.len());
    let at = |offset| Some(Example { file: source.file, frame: source.frame, offset });
    match Tpdu::parse(octets, direction) {
        Ok(tpdu) => {
            match tpdu.stop {
                None => health.decoded(Layer::Sms),
                Some(error) => health.note(Layer::Sms, error.outcome(), error.reason(), at(error.offset)),
            }
            if tpdu.national {
                health.also(Layer::Sms, Outcome::Unsupported, "table of a national language", at(0));
            }
            Some(tpdu)
        }
        Err(error) => {
            health.note(Layer::Sms, error.outcome(), error.reason(), at(error.offset));
            None
        }
    }
}

/// Fills peer, parts and fingerprint from a TPDU.
pub(super) fn fill(context: &mut Context<'_>, event: &mut Event, octets: &[u8]) {
    let direction = match event.direction {
        Direction::Mo => ss7::Direction::Originating,
        _ => ss7::Direction::Terminating,
    };
    let Ok(tpdu) = Tpdu::parse(octets, direction) else { return };
    if !matches!(tpdu.kind, TpduKind::Submit | TpduKind::Deliver) {
        return;
    }
    event.peer = match tpdu.address {
        Some(TpAddress::Number(number)) => Some(Peer::Number(number)),
        Some(TpAddress::Text(name)) => Some(Peer::Name(context.names.name(&name))),
        None => event.peer,
    };
    event.sms_parts = tpdu.concatenation.map(|parts| parts.parts);
    let mut buffer = [0u8; LONGEST_TEXT];
    let digest = text_digest(tpdu.text(&mut buffer).as_bytes());
    event.sms_digest = Some(match tpdu.concatenation {
        Some(part) => context.parts.whole(event, part, digest),
        None => digest,
    });
}

/// Names the peer of an SMS over IP in the record of its SIP message. The party that SIP names there is the service
/// centre (TS 24.341 §5.3.1.2, §5.3.2.4).
pub(super) fn name(health: &mut Health, source: Source, named: &mut Named, octets: &[u8], to_network: bool) {
    let (direction, centre) = match to_network {
        true => (ss7::Direction::Originating, named.called),
        false => (ss7::Direction::Terminating, named.calling),
    };
    let Some(tpdu) = read(health, source, octets, direction) else { return };
    if tpdu.address.is_none() {
        return;
    }
    match to_network {
        true => named.called = None,
        false => named.calling = None,
    }
    tpdu.name(named);
    named.serving_node = named.serving_node.or(centre);
}

/// The TPDU of an RP-DATA (TS 24.011 §7.3.1), and whether it goes to the network.
///
/// ```text
/// message type (1) | reference (1) | originator (length, value) | destination (length, value) | user data (length, TPDU)
/// ```
pub(super) fn rp_data(octets: &[u8]) -> Option<(bool, &[u8])> {
    let (kind, rest) = octets.split_first()?;
    let to_network = match kind & 0x07 {
        0 => true,
        1 => false,
        _ => return None,
    };
    let mut rest = rest.get(1..)?;
    for _ in 0..2 {
        let (length, after) = rest.split_first()?;
        rest = after.get(usize::from(*length)..)?;
    }
    let (length, tpdu) = rest.split_first()?;
    Some((to_network, tpdu.get(..usize::from(*length)).unwrap_or(tpdu)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_do_not_change_the_fingerprint() {
        assert_eq!(text_digest(b"Your code is 4711."), text_digest(b"Your code is 83921."));
        assert_ne!(text_digest(b"Your code is 4711."), text_digest(b"Your mode is 4711."));
    }

    #[test]
    fn rp_data_both_ways() {
        let message = [
            0x00, 0x01, // RP-DATA to the network, reference 1
            0x00, // no originator
            0x02, 0x91, 0x21, // destination
            0x03, 0xaa, 0xbb, 0xcc, // user data
        ];
        assert_eq!(rp_data(&message), Some((true, &[0xaa, 0xbb, 0xcc][..])));
        for length in 0..message.len() - 3 {
            assert_eq!(rp_data(&message[..length]), None);
        }
        assert_eq!(rp_data(&[0x02, 0x01]), None, "an acknowledgement");
    }
}
