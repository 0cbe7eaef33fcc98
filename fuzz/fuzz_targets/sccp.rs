//! Any octets as an SCCP message, its addresses printed.
#![no_main]

use simhound::wire::ss7::Sccp;
use simhound_fuzz::within;

simhound_fuzz::target!(|data: &[u8]| {
    match Sccp::parse(data) {
        Ok(message) => {
            within(message.stop, data);
            for address in [message.called, message.calling] {
                let _ = (address.to_string(), address.number());
            }
            assert_eq!(data.get(message.data_offset..message.data_offset + message.data.len()), Some(message.data));
        }
        Err(error) => within(Some(error), data),
    }
});
