//! Any octets as a layer 3 message of a mobile; the first one tells the direction.
#![no_main]

use simhound::wire::dtap;
use simhound::wire::mobile_identity::MobileIdentity;
use simhound_fuzz::within;

simhound_fuzz::target!(|data: &[u8]| {
    let Some((first, data)) = data.split_first() else { return };
    let uplink = [None, Some(true), Some(false)][usize::from(first % 3)];
    match dtap::parse(data, uplink) {
        Ok(message) => {
            within(message.stop, data);
            for identity in &message.named.more {
                let _ = identity.to_string();
            }
        }
        Err(error) => within(Some(error), data),
    }
    let _ = (dtap::sender(data), MobileIdentity::parse(data));
});
