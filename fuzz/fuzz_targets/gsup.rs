//! Any octets as a stream of IPA messages, and as GSUP.
#![no_main]

use simhound::wire::gsup::{Gsup, frame, ipa};
use simhound_fuzz::{cut, within};

fn own(stream: &[u8], resync: bool) -> simhound::wire::Framing {
    frame(stream, true, resync)
}

simhound_fuzz::target!(|data: &[u8]| {
    cut(data, own, |message| {
        let _ = ipa(message);
    });
    let _ = frame(data, false, false);
    match Gsup::parse(data) {
        Ok(message) => {
            within(message.stop, data);
            let _ = (message.message(), format!("{:?}", message.named));
        }
        Err(error) => within(Some(error), data),
    }
});
