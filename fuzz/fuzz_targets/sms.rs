//! Any octets as a short message in both directions, with its text.
#![no_main]

use simhound::wire::Named;
use simhound::wire::sms::Tpdu;
use simhound::wire::ss7::Direction;
use simhound_fuzz::within;

simhound_fuzz::target!(|data: &[u8]| {
    for direction in [Direction::Originating, Direction::Terminating] {
        match Tpdu::parse(data, direction) {
            Ok(tpdu) => {
                within(tpdu.stop, data);
                let mut buffer = [0; 512];
                for size in [0, 1, 7, 512] {
                    assert!(tpdu.text(&mut buffer[..size]).len() <= size);
                }
                let mut named = Named::default();
                tpdu.name(&mut named);
                let _ = format!("{named:?} {:?}", tpdu.address);
            }
            Err(error) => within(Some(error), data),
        }
    }
});
