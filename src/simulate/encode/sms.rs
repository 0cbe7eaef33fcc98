//! Short messages: TS 23.040 TPDUs with the 7-bit alphabet of TS 23.038, and TS 24.011 RP-DATA for SMS over IP.

use super::digits::{address_string, sms_address};
use crate::identity::Msisdn;

/// Who a message is from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sender {
    /// A person.
    Number(Msisdn),
    /// An application with a name.
    Name(&'static str),
}

/// SMS-SUBMIT (TS 23.040 §9.2.2.2), relative validity.
pub fn submit(reference: u8, to: Msisdn, text: &str) -> Vec<u8> {
    let mut tpdu = vec![0x11, reference];
    tpdu.extend(sms_address(to));
    tpdu.extend([0x00, 0x00, 0xa7]); // PID, DCS, validity 24 h
    user_data(&mut tpdu, text);
    tpdu
}

/// SMS-DELIVER (TS 23.040 §9.2.2.1); `stamp` is the service centre time stamp.
pub fn deliver(from: &Sender, stamp: [u8; 7], text: &str) -> Vec<u8> {
    let mut tpdu = vec![0x04];
    match from {
        Sender::Number(number) => tpdu.extend(sms_address(*number)),
        Sender::Name(name) => {
            let packed = seven_bit(name);
            // §9.1.2.5: the length counts semi-octets that are used; type of number alphanumeric.
            tpdu.extend([(name.len() * 7).div_ceil(4) as u8, 0xd0]);
            tpdu.extend(packed);
        }
    }
    tpdu.extend([0x00, 0x00]);
    tpdu.extend(stamp);
    user_data(&mut tpdu, text);
    tpdu
}

fn user_data(tpdu: &mut Vec<u8>, text: &str) {
    tpdu.push(text.len() as u8);
    tpdu.extend(seven_bit(text));
}

/// TS 23.038 §6.1.2.1.1. Only characters whose code is that of ASCII are used.
fn seven_bit(text: &str) -> Vec<u8> {
    let (mut octets, mut held, mut bits) = (Vec::new(), 0u32, 0u32);
    for byte in text.bytes() {
        held |= u32::from(byte & 0x7f) << bits;
        bits += 7;
        if bits >= 8 {
            octets.push(held as u8);
            held >>= 8;
            bits -= 8;
        }
    }
    if bits > 0 {
        octets.push(held as u8);
    }
    octets
}

/// RP-DATA (TS 24.011 §7.3.1) from the mobile station (to the service centre) or to it.
pub fn rp_data(from_mobile: bool, reference: u8, smsc: Msisdn, tpdu: &[u8]) -> Vec<u8> {
    let address = address_string(smsc);
    let mut message = vec![u8::from(!from_mobile), reference];
    if from_mobile {
        message.push(0);
    }
    message.push(address.len() as u8);
    message.extend(address);
    if !from_mobile {
        message.push(0);
    }
    message.push(tpdu.len() as u8);
    message.extend_from_slice(tpdu);
    message
}

/// Date and time as swapped BCD (TS 23.040 §9.2.3.11): year, month, day, hour, minute, second.
pub fn swapped(civil: [u32; 6]) -> [u8; 6] {
    civil.map(|value| (value % 10) as u8 * 16 + (value / 10 % 10) as u8)
}
