//! Any octets as a SUA message.
#![no_main]

use simhound::wire::sigtran::Sua;
use simhound_fuzz::within;

simhound_fuzz::target!(|data: &[u8]| {
    match Sua::parse(data) {
        Ok(message) => {
            let _ = message.name();
            within(message.stop, data);
        }
        Err(error) => within(Some(error), data),
    }
});
