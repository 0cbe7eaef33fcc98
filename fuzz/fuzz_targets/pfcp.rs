//! Any octets as a PFCP message.
#![no_main]

use simhound::wire::pfcp::Pfcp;
use simhound_fuzz::within;

simhound_fuzz::target!(|data: &[u8]| {
    match Pfcp::parse(data) {
        Ok(message) => within(message.stop, data),
        Err(error) => within(Some(error), data),
    }
});
