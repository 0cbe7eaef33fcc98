//! Layer 3 between mobile and SGSN (TS 24.008): mobility management and sessions of packet data.

use super::dtap::{Area, Identity};
use super::ranap::ROUTING_AREA;

/// Network capability (§10.5.5.12): GEA1 to GEA3, short messages, UCS2.
const CAPABILITY: [u8; 2] = [0xe5, 0xe0];
/// DRX parameter (§10.5.5.6).
const DRX: [u8; 2] = [0x0a, 0x00];
/// Radio access capability (§10.5.5.12a): GSM 900 E of power class 4 with A5/1 and A5/3, no multislot class.
const RADIO: [u8; 5] = [0x12, 0x73, 0x46, 0x08, 0x00];
/// Quality of service (§10.5.6.5): interactive, of Release 99.
const QUALITY: [u8; 11] = [0x23, 0x92, 0x1f, 0x71, 0x96, 0x40, 0x68, 0x74, 0x02, 0x40, 0x68];

fn sized(value: &[u8]) -> Vec<u8> {
    [&[value.len() as u8], value].concat()
}

fn element(identifier: u8, value: &[u8]) -> Vec<u8> {
    [&[identifier], sized(value).as_slice()].concat()
}

/// Routing area identification (§10.5.5.15).
fn routing(area: Area) -> Vec<u8> {
    [area.as_slice(), &[ROUTING_AREA]].concat()
}

/// ATTACH REQUEST (§9.4.1) of GPRS alone, with the routing area that it had.
pub fn attach_request(identity: Identity, old: Area) -> Vec<u8> {
    let key = if matches!(identity, Identity::Imsi(_)) { 0x71 } else { 0x01 };
    [
        &[0x08, 0x01],
        sized(&CAPABILITY).as_slice(),
        &[key],
        &DRX,
        &sized(&identity.octets()),
        &routing(old),
        &sized(&RADIO),
    ]
    .concat()
}

/// ATTACH ACCEPT (§9.4.2) with a P-TMSI.
pub fn attach_accept(area: Area, tmsi: u32) -> Vec<u8> {
    let given = element(0x18, &Identity::Tmsi(tmsi).octets());
    [&[0x08, 0x02, 0x01, 0x49, 0x44], routing(area).as_slice(), &given].concat()
}

/// ATTACH COMPLETE (§9.4.3).
pub fn attach_complete() -> Vec<u8> {
    vec![0x08, 0x03]
}

/// DETACH REQUEST (§9.4.5.2) of a mobile that switches off.
pub fn detach_request(tmsi: u32) -> Vec<u8> {
    [&[0x08, 0x05, 0x09], element(0x18, &Identity::Tmsi(tmsi).octets()).as_slice()].concat()
}

/// ROUTING AREA UPDATE REQUEST (§9.4.14).
pub fn update_request(tmsi: u32, old: Area) -> Vec<u8> {
    let known = element(0x18, &Identity::Tmsi(tmsi).octets());
    [&[0x08, 0x08, 0x00], routing(old).as_slice(), &sized(&RADIO), &known].concat()
}

/// ROUTING AREA UPDATE ACCEPT (§9.4.15) with a new P-TMSI.
pub fn update_accept(area: Area, tmsi: u32) -> Vec<u8> {
    let given = element(0x18, &Identity::Tmsi(tmsi).octets());
    [&[0x08, 0x09, 0x00, 0x49], routing(area).as_slice(), &given].concat()
}

/// ROUTING AREA UPDATE COMPLETE (§9.4.16).
pub fn update_complete() -> Vec<u8> {
    vec![0x08, 0x0a]
}

/// AUTHENTICATION AND CIPHERING REQUEST (§9.4.9) with RAND and AUTN; ciphering is that of the radio network.
pub fn authentication_request(rand: &[u8; 16], autn: &[u8]) -> Vec<u8> {
    [&[0x08, 0x12, 0x00, 0x00, 0x21], rand.as_slice(), &[0x80], &element(0x28, autn)].concat()
}

/// AUTHENTICATION AND CIPHERING RESPONSE (§9.4.10): RES, its first four octets apart.
pub fn authentication_response(res: &[u8]) -> Vec<u8> {
    let (head, tail) = res.split_at_checked(4).unwrap_or((res, &[]));
    [&[0x08, 0x13, 0x00, 0x22], head, &element(0x29, tail)].concat()
}

/// SERVICE REQUEST (§9.4.20) for data.
pub fn service_request(tmsi: u32) -> Vec<u8> {
    [&[0x08, 0x0c, 0x10], sized(&Identity::Tmsi(tmsi).octets()).as_slice()].concat()
}

/// Labels of an access point name, each with its length.
pub fn labels(apn: &str) -> Vec<u8> {
    apn.split('.').flat_map(|label| std::iter::once(label.len() as u8).chain(label.bytes())).collect()
}

/// ACTIVATE PDP CONTEXT REQUEST (§9.5.1): session 5, an IPv4 address to be given, the access point.
pub fn activate_request(apn: &str) -> Vec<u8> {
    let head = [[0x0a, 0x41, 0x05, 0x00].as_slice(), &sized(&QUALITY), &sized(&[0x01, 0x21])].concat();
    [head, element(0x28, &labels(apn))].concat()
}

/// ACTIVATE PDP CONTEXT ACCEPT (§9.5.2) with the address.
pub fn activate_accept(address: [u8; 4]) -> Vec<u8> {
    let address = element(0x2b, &[&[0x01, 0x21], address.as_slice()].concat());
    [&[0x8a, 0x42, 0x00], sized(&QUALITY).as_slice(), &[0x04], &address].concat()
}
