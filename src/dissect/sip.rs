//! SIP messages.

use super::{Count, Dissected};
use crate::health::Layer;
use crate::wire::{DecodeError, sip};

/// A SIP message with what it says.
#[derive(Debug, Clone)]
pub struct SipMessage<'a> {
    /// The message.
    pub message: sip::Sip<'a>,
    /// What it says.
    pub facts: sip::Facts<'a>,
    /// Its first defect.
    pub stop: Option<DecodeError>,
}

pub(super) fn message<'a>(octets: &'a [u8], count: &mut Count<'_>) -> Dissected<'a> {
    match sip::Sip::parse(octets) {
        Ok(message) => {
            let facts = sip::facts(&message);
            let stop = facts.stop;
            let mut odd = facts.oddities.iter().map(|oddity| oddity.error(0));
            count.layer(Layer::Sip, octets.len(), stop.or_else(|| odd.next()));
            odd.for_each(|error| count.also(error));
            Dissected::Sip(SipMessage { message, facts, stop })
        }
        Err(error) => {
            count.layer(Layer::Sip, octets.len(), Some(error));
            Dissected::Nothing
        }
    }
}
