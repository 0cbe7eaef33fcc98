//! Any octets as a GTP-C message of any version, with what is piggybacked on it.
#![no_main]

use simhound::wire::gtp::Gtp;
use simhound_fuzz::within;

simhound_fuzz::target!(|data: &[u8]| {
    let mut rest = Some(data);
    while let Some(octets) = rest {
        rest = None;
        match Gtp::parse(octets) {
            Ok(message) => {
                within(message.stop, octets);
                let _ = (message.message(), message.accepted(), format!("{:?}", message.named));
                if let Some(behind) = message.piggybacked {
                    assert!(behind.len() < octets.len());
                    rest = Some(behind);
                }
            }
            Err(error) => within(Some(error), octets),
        }
    }
});
