//! Any octets as a signal unit of MTP2, and as a message signal unit of MTP3 of all variants.
#![no_main]

use simhound::wire::sigtran::{Mtp2, Mtp3, Variant};
use simhound_fuzz::within;

simhound_fuzz::target!(|data: &[u8]| {
    match Mtp2::parse(data) {
        Ok(unit) => {
            let _ = unit.name();
            within(unit.stop, data);
        }
        Err(error) => within(Some(error), data),
    }
    for variant in Variant::ALL {
        match Mtp3::parse(data, variant) {
            Ok(msu) => {
                let _ = (msu.opc.to_string(), msu.dpc.to_string());
                assert_eq!(data.get(msu.data_offset..), Some(msu.data));
            }
            Err(error) => within(Some(error), data),
        }
    }
});
