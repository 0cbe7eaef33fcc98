//! Diameter messages, one after the other where a PDU has several.

use super::{Count, Dissected};
use crate::health::{Layer, Outcome};
use crate::wire::{DecodeError, diameter};

/// A Diameter message with what it says.
#[derive(Debug, Clone)]
pub struct DiameterMessage<'a> {
    /// The message.
    pub message: diameter::Diameter<'a>,
    /// What it says.
    pub facts: diameter::Facts<'a>,
    /// Its first defect.
    pub stop: Option<DecodeError>,
}

pub(super) fn messages<'a>(octets: &'a [u8], count: &mut Count<'_>) -> Dissected<'a> {
    if is_encrypted(octets) {
        count.unread(Layer::Diameter, octets.len(), "encrypted (TLS or DTLS)");
        return Dissected::Nothing;
    }
    let Some(first) = diameter_message(octets, count) else { return Dissected::Nothing };
    // RFC 6733 §2.1 has one message in one SCTP message; some peers put several into it.
    let mut more = Vec::new();
    let mut rest = first.message.rest;
    while !rest.is_empty() {
        let Some(next) = diameter_message(rest, count) else { break };
        rest = next.message.rest;
        more.push(next);
    }
    Dissected::Diameter(first, more)
}

/// A record of TLS (RFC 8446 §5.1) or DTLS (RFC 9147 §4), which RFC 6733 §2.2 has on the same ports.
fn is_encrypted(octets: &[u8]) -> bool {
    matches!(octets, [20..=24, 3, 0..=4, ..] | [20..=26, 0xfe, 0xfd | 0xff, ..])
}

fn diameter_message<'a>(octets: &'a [u8], count: &mut Count<'_>) -> Option<DiameterMessage<'a>> {
    match diameter::Diameter::parse(octets) {
        Ok(message) => {
            let (facts, defect) = diameter::facts(&message);
            let stop = message.stop.or(defect);
            let own = octets.len().saturating_sub(message.rest.len());
            count.layer(Layer::Diameter, own, stop);
            if facts.unknown > 0 {
                left(count, "AVP that the dictionary does not have");
            }
            if facts.other_places > 0 {
                left(count, "place that is no cell or area (position, node, 3GPP2 cell)");
            }
            Some(DiameterMessage { message, facts, stop })
        }
        Err(error) => {
            count.layer(Layer::Diameter, octets.len(), Some(error));
            None
        }
    }
}

/// Something of a message that is not used.
fn left(count: &mut Count<'_>, what: &'static str) {
    count.health.also(Layer::Diameter, Outcome::Unsupported, what, Some(count.example.clone()));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encrypted_records_are_told_from_messages() {
        assert!(is_encrypted(&[22, 3, 1, 0, 100]));
        assert!(is_encrypted(&[23, 0xfe, 0xfd, 0, 0]));
        assert!(!is_encrypted(&[1, 0, 0, 20]));
        assert!(!is_encrypted(&[]));
    }
}
