//! Any octets as a stream of SIP messages, and as one message.
#![no_main]

use simhound::wire::sip::{Sdp, Sip, facts, frame};
use simhound_fuzz::{cut, within};

fn message(octets: &[u8]) {
    match Sip::parse(octets) {
        Ok(message) => {
            let facts = facts(&message);
            within(facts.stop, octets);
            let _ = format!("{facts:?}");
            let _ = Sdp::parse(facts.bodies.sdp.unwrap_or(octets)).endpoint();
            assert!(message.headers().count() <= octets.len());
        }
        Err(error) => within(Some(error), octets),
    }
}

simhound_fuzz::target!(|data: &[u8]| {
    let _ = Sip::probe(data);
    message(data);
    cut(data, frame, message);
});
