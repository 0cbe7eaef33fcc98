//! Any octets as a TCAP message with all its components.
#![no_main]

use simhound::wire::ss7::Tcap;
use simhound_fuzz::within;

simhound_fuzz::target!(|data: &[u8]| {
    match Tcap::parse(data) {
        Ok(message) => {
            within(message.stop, data);
            let _ = message.application_context().map(|context| context.to_string());
            for (number, component) in message.components.enumerate() {
                assert!(number <= data.len(), "components without octets");
                match component {
                    Ok(component) => {
                        let at = component.parameter_offset..component.parameter_offset + component.parameter.len();
                        assert_eq!(data.get(at), Some(component.parameter));
                    }
                    Err(error) => within(Some(error), data),
                }
            }
        }
        Err(error) => within(Some(error), data),
    }
});
