//! Any octets as a SUA message.
#![no_main]

use libfuzzer_sys::fuzz_target;
use simhound::wire::sigtran::Sua;
use simhound_fuzz::within;

fuzz_target!(|data: &[u8]| {
    match Sua::parse(data) {
        Ok(message) => {
            let _ = message.name();
            within(message.stop, data);
        }
        Err(error) => within(Some(error), data),
    }
});
