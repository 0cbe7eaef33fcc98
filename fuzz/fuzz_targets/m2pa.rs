//! Any octets as an M2PA message.
#![no_main]

use simhound::wire::sigtran::M2pa;
use simhound_fuzz::within;

simhound_fuzz::target!(|data: &[u8]| {
    match M2pa::parse(data) {
        Ok(message) => {
            let _ = message.name();
            within(message.stop, data);
        }
        Err(error) => within(Some(error), data),
    }
});
