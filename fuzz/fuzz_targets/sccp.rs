//! Any octets as an SCCP message of each national form, its addresses printed.
#![no_main]

use simhound::wire::ss7::Sccp;
use simhound::wire::ss7::sccp::AddressForm;
use simhound_fuzz::within;

simhound_fuzz::target!(|data: &[u8]| {
    for form in [AddressForm::Itu, AddressForm::Ansi, AddressForm::China, AddressForm::Japan] {
        match Sccp::parse_as(data, form) {
            Ok(message) => {
                within(message.stop, data);
                for address in [message.called, message.calling] {
                    let _ = (address.to_string(), address.number());
                }
                assert_eq!(data.get(message.data_offset..message.data_offset + message.data.len()), Some(message.data));
            }
            Err(error) => within(Some(error), data),
        }
    }
});
