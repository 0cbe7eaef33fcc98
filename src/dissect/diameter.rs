//! Diameter messages, one after the other where a PDU has several.

use super::{Count, Dissected, foreign};
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
    // RFC 6733 §2.2 has both on the same ports
    if let Some(what) = foreign::record(octets) {
        count.unread(Layer::Diameter, octets.len(), what);
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
