//! Any octets as a message of ISUP, its numbers printed; with all widths of circuits before it.
#![no_main]

use simhound::wire::ss7::isup::{CircuitWidth, Isup, circuit, probe};
use simhound_fuzz::within;

simhound_fuzz::target!(|data: &[u8]| {
    for width in [CircuitWidth::Itu, CircuitWidth::Ansi, CircuitWidth::Bicc] {
        if let Err(error) = circuit(data, width) {
            within(Some(error), data);
        }
    }
    match Isup::parse(data) {
        Ok(message) => {
            within(message.stop, data);
            assert!(message.trailing() <= data.len());
            for parameter in message.parameters().flatten() {
                assert_eq!(data.get(parameter.offset..parameter.offset + parameter.value.len()), Some(parameter.value));
            }
            for (name, number) in message.numbers() {
                let _ = (name.name(), number.number.to_string());
            }
            let _ = message.named();
        }
        Err(error) => within(Some(error), data),
    }
    let _ = probe(data);
});
