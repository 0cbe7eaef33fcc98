//! Any octets as a PFCP message.
#![no_main]

use libfuzzer_sys::fuzz_target;
use simhound::wire::pfcp::Pfcp;
use simhound_fuzz::within;

fuzz_target!(|data: &[u8]| {
    match Pfcp::parse(data) {
        Ok(message) => within(message.stop, data),
        Err(error) => within(Some(error), data),
    }
});
