//! Any octets as an M2UA message.
#![no_main]

use simhound::wire::sigtran::M2ua;
use simhound_fuzz::within;

simhound_fuzz::target!(|data: &[u8]| {
    match M2ua::parse(data) {
        Ok(message) => {
            let _ = message.name();
            within(message.stop, data);
        }
        Err(error) => within(Some(error), data),
    }
});
