//! Any octets as a stream of Diameter messages, and as one message.
#![no_main]

use simhound::wire::diameter::{Diameter, facts, frame};
use simhound_fuzz::{cut, within};

fn message(octets: &[u8]) {
    match Diameter::parse(octets) {
        Ok(message) => {
            within(message.stop, octets);
            let (facts, defect) = facts(&message);
            within(defect, octets);
            let _ = format!("{facts:?} {:?}", message.command());
            assert!(message.avps().count() <= octets.len());
        }
        Err(error) => within(Some(error), octets),
    }
}

simhound_fuzz::target!(|data: &[u8]| {
    message(data);
    cut(data, frame, message);
});
