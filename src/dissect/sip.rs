//! SIP messages, and what lies in their bodies.

use super::{Count, Dissected};
use crate::health::{Layer, Outcome};
use crate::wire::{DecodeError, sip};

/// A SIP message with what it says.
#[derive(Debug, Clone)]
pub struct SipMessage<'a> {
    /// The message.
    pub message: sip::Sip<'a>,
    /// What it says.
    pub facts: sip::Facts<'a>,
    /// Where media of its session go.
    pub endpoint: Option<(std::net::IpAddr, u16)>,
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
            if facts.positions > 0 {
                let what = "location that is no cell (position, civic address)";
                count.health.also(Layer::Sip, Outcome::Unsupported, what, Some(count.example.clone()));
            }
            let endpoint = facts.bodies.sdp.and_then(|sdp| session(sdp, stop, count));
            Dissected::Sip(SipMessage { message, facts, endpoint, stop })
        }
        Err(error) => {
            count.layer(Layer::Sip, octets.len(), Some(error));
            Dissected::Nothing
        }
    }
}

/// Where the media of a session go. What is wrong with a description that the capture cut is not its sender's.
fn session(text: &[u8], cut: Option<DecodeError>, count: &mut Count<'_>) -> Option<(std::net::IpAddr, u16)> {
    let sdp = sip::Sdp::parse(text);
    if let Some(what) = sdp.stop.filter(|_| cut.is_none()) {
        count.also(DecodeError::malformed(Layer::Sip, 0, what));
    }
    sdp.endpoint()
}
