//! Any octets as BSSAP, BSSMAP and management of SCCP.
#![no_main]

use simhound::wire::ss7::bssap::{Bssap, Bssmap};
use simhound::wire::ss7::sccp::management::Management;
use simhound_fuzz::within;

simhound_fuzz::target!(|data: &[u8]| {
    match Bssap::parse(data) {
        Ok((_, stop)) => within(stop, data),
        Err(error) => within(Some(error), data),
    }
    match Bssmap::parse(data) {
        Ok(message) => {
            within(message.stop, data);
            let _ = (message.message_type.name(), message.message_type.uplink());
        }
        Err(error) => within(Some(error), data),
    }
    within(Management::parse(data).err(), data);
    let _ = Bssap::probe(data);
});
