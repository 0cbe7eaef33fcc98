//! Any octets as an SGsAP message.
#![no_main]

use simhound::wire::sgsap::Sgsap;
use simhound_fuzz::within;

simhound_fuzz::target!(|data: &[u8]| {
    if let Ok(message) = Sgsap::parse(data) {
        within(message.stop, data);
        let _ = format!("{:?} {:?}", message.named, message.message_type.name());
    }
});
