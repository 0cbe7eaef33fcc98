//! Digits in the forms of the interfaces: TBCD, MAP address strings, ISUP numbers, SMS addresses.

use crate::identity::{Digits, Imei, Msisdn};

/// TS 29.002 TBCD-STRING: two digits an octet, the first in the low nibble, `0xF` fills.
pub fn tbcd(digits: Digits) -> Vec<u8> {
    packed(digits, 0x0f)
}

fn packed(digits: Digits, filler: u8) -> Vec<u8> {
    let mut octets = Vec::with_capacity(9);
    let mut digits = digits.iter();
    while let Some(low) = digits.next() {
        octets.push(low | digits.next().unwrap_or(filler) << 4);
    }
    octets
}

/// TS 29.002 ISDN-AddressString: no extension, international, E.164.
pub fn address_string(number: Msisdn) -> Vec<u8> {
    [&[0x91], tbcd(number.digits()).as_slice()].concat()
}

/// TS 29.002 IMEI: the 15 digits, or with a two-digit software version in place of the check digit the IMEISV.
pub fn imei_octets(imei: Imei, software_version: Option<u8>) -> Vec<u8> {
    let Some(version) = software_version else {
        return tbcd(imei.digits());
    };
    let mut octets = tbcd(imei.digits().prefix(14));
    octets.push((version / 10 % 10) | ((version % 10) << 4));
    octets
}

/// Q.763 §3.9 Called party number: international, routing to internal network number allowed, ISDN plan.
pub fn isup_called(number: Msisdn) -> Vec<u8> {
    isup(number, 0x10)
}

/// Q.763 §3.10 Calling party number: international, complete, ISDN plan, presentation allowed, network provided.
pub fn isup_calling(number: Msisdn) -> Vec<u8> {
    isup(number, 0x13)
}

fn isup(number: Msisdn, second: u8) -> Vec<u8> {
    let odd = (number.digits().len() % 2) as u8;
    // An odd count is told by the first octet; the filler is 0.
    [&[odd << 7 | 0x04, second], packed(number.digits(), 0).as_slice()].concat()
}

/// TS 23.040 §9.1.2.5: length in digits, type of address, digits.
pub fn sms_address(number: Msisdn) -> Vec<u8> {
    [&[number.digits().len() as u8, 0x91], tbcd(number.digits()).as_slice()].concat()
}
