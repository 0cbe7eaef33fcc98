//! BSSAP between base stations and MSC: BSSMAP messages (TS 48.008) and the header of DTAP (TS 48.006 §9).

use super::dtap::Identity;
use crate::identity::Imsi;

/// DTAP of a layer 3 message: short messages on SAPI 3, all else on SAPI 0.
pub fn transfer(layer3: &[u8]) -> Vec<u8> {
    let short_message = layer3.first().is_some_and(|first| first & 0x0f == 9);
    [&[0x01, if short_message { 0x03 } else { 0x00 }, layer3.len() as u8], layer3].concat()
}

fn management(kind: u8, elements: &[&[u8]]) -> Vec<u8> {
    let rest = elements.concat();
    [&[0x00, rest.len() as u8 + 1, kind], rest.as_slice()].concat()
}

fn element(identifier: u8, value: &[u8]) -> Vec<u8> {
    [&[identifier, value.len() as u8], value].concat()
}

/// COMPLETE LAYER 3 INFORMATION (§3.2.1.32): the cell, and the first message of the mobile.
pub fn complete_layer3(cgi: [u8; 7], layer3: &[u8]) -> Vec<u8> {
    let cell = [&[0x00], cgi.as_slice()].concat();
    management(0x57, &[&element(0x05, &cell), &element(0x17, layer3), &[0x21, 0x09]])
}

/// PAGING (§3.2.1.19) in a location area, with the TMSI where there is one.
pub fn paging(imsi: Imsi, tmsi: Option<u32>, area: [u8; 5]) -> Vec<u8> {
    let tmsi = tmsi.map_or(Vec::new(), |tmsi| element(0x09, &tmsi.to_be_bytes()));
    let area = [&[0x04], area.as_slice()].concat();
    management(0x52, &[&element(0x08, &Identity::Imsi(imsi).octets()), &tmsi, &element(0x1a, &area)])
}

/// CIPHER MODE COMMAND (§3.2.1.30): A5/1 or A5/3 with the key; the answer shall hold the IMEISV.
pub fn cipher_command(key: &[u8; 8]) -> Vec<u8> {
    let information = [&[0x0a], key.as_slice()].concat();
    management(0x53, &[&element(0x0a, &information), &[0x23, 0x01]])
}

/// CIPHER MODE COMPLETE (§3.2.1.31): A5/3, with the mobile's answer.
pub fn cipher_complete(layer3: &[u8]) -> Vec<u8> {
    management(0x55, &[&element(0x20, layer3), &[0x2c, 0x04]])
}

/// COMMON ID (§3.2.1.68).
pub fn common_id(imsi: Imsi) -> Vec<u8> {
    management(0x2f, &[&element(0x08, &Identity::Imsi(imsi).octets())])
}

/// ASSIGNMENT REQUEST (§3.2.1.1): a full or half rate speech channel on a circuit.
pub fn assignment_request(circuit: u16) -> Vec<u8> {
    let [high, low] = circuit.to_be_bytes();
    management(0x01, &[&element(0x0b, &[0x01, 0x0a, 0x91, 0xa1, 0x05]), &element(0x06, &[0x14]), &[0x01, high, low]])
}

/// ASSIGNMENT COMPLETE (§3.2.1.2): full rate AMR on the circuit.
pub fn assignment_complete(circuit: u16) -> Vec<u8> {
    let [high, low] = circuit.to_be_bytes();
    management(0x02, &[&[0x15, 0x00, 0x01, high, low, 0x21, 0x88, 0x2c, 0x04, 0x40, 0x21]])
}

/// CLEAR COMMAND (§3.2.1.21); cause 9: call control.
pub fn clear_command() -> Vec<u8> {
    management(0x20, &[&element(0x04, &[0x09])])
}

/// CLEAR COMPLETE (§3.2.1.22).
pub fn clear_complete() -> Vec<u8> {
    management(0x21, &[])
}
