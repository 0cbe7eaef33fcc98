//! Any octets as a message of S1AP, NGAP or RANAP, and its NAS-PDUs as messages; all that they say, printed.
//!
//! The first octet chooses the protocol; 3 gives the rest to the NAS decoder.
#![no_main]

use simhound::wire::nas::Nas;
use simhound::wire::ran::{self, Part, Pdu};
use simhound::wire::ss7::Direction;
use simhound_fuzz::within;

fn nas(octets: &[u8], direction: Option<Direction>) {
    match Nas::parse(octets, direction) {
        Ok(nas) => {
            within(nas.message.stop, octets);
            let _ = format!("{:?}", nas.message.named);
            if let Some(contained) = nas.message.contained {
                assert!(contained.len() <= octets.len());
            }
        }
        Err(error) => within(Some(error), octets),
    }
}

simhound_fuzz::target!(|data: &[u8]| {
    let Some((first, octets)) = data.split_first() else { return };
    let part = match first & 3 {
        0 => Part::S1ap,
        1 => Part::Ngap,
        2 => Part::Ranap,
        _ => return nas(octets, None),
    };
    match Pdu::parse(part.layer(), octets) {
        Ok(pdu) => {
            let facts = ran::facts(part, &pdu);
            within(facts.stop, octets);
            let _ = (ran::message_name(part, &pdu), format!("{facts:?}"));
            for octets in &facts.nas {
                nas(octets, ran::direction(part, &pdu));
            }
        }
        Err(error) => within(Some(error), octets),
    }
});
