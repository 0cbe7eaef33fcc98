//! Any octets as an M3UA message.
#![no_main]

use simhound::wire::sigtran::m3ua::M3ua;
use simhound_fuzz::within;

simhound_fuzz::target!(|data: &[u8]| {
    match M3ua::parse(data) {
        Ok(message) => within(message.stop, data),
        Err(error) => within(Some(error), data),
    }
});
