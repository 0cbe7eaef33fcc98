//! NAS of EPS (TS 24.301): attach, tracking area update, service, detach, security; ciphering is that of EEA0, which
//! changes nothing.

use super::dtap::Identity;
use crate::identity::{Imei, Plmn};

/// A globally unique temporary identity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Guti {
    /// The network.
    pub plmn: Plmn,
    /// MME group.
    pub group: u16,
    /// MME code.
    pub code: u8,
    /// M-TMSI.
    pub tmsi: u32,
}

impl Guti {
    /// EPS mobile identity (§9.9.3.12), without length.
    fn octets(self) -> Vec<u8> {
        let parts = [self.plmn.to_octets().as_slice(), &self.group.to_be_bytes(), &[self.code]].concat();
        [&[0xf6], parts.as_slice(), &self.tmsi.to_be_bytes()].concat()
    }
}

/// Security header types (§9.3.1).
#[allow(missing_docs)]
pub mod security {
    pub const INTEGRITY: u8 = 1;
    pub const CIPHERED: u8 = 2;
    pub const NEW_INTEGRITY: u8 = 3;
    pub const NEW_CIPHERED: u8 = 4;
}

/// UE network capability: three ciphering and three integrity algorithms.
const CAPABILITY: [u8; 2] = [0xe0, 0xe0];

fn sized(value: &[u8]) -> Vec<u8> {
    [&[value.len() as u8], value].concat()
}

fn long(value: &[u8]) -> Vec<u8> {
    [(value.len() as u16).to_be_bytes().as_slice(), value].concat()
}

/// A message with its security header, message authentication code and count.
pub fn protected(header: u8, code: [u8; 4], count: u8, message: &[u8]) -> Vec<u8> {
    [&[header << 4 | 7], code.as_slice(), &[count], message].concat()
}

/// Who attaches: the old GUTI, or the card itself.
fn who(identity: Option<Guti>, card: Identity) -> Vec<u8> {
    sized(&identity.map_or_else(|| card.octets(), Guti::octets))
}

/// Attach request (§8.2.4) with a PDN connectivity request.
pub fn attach_request(old: Option<Guti>, card: Identity) -> Vec<u8> {
    let key = if old.is_some() { 0x01 } else { 0x71 };
    let session = [0x02, 0x01, 0xd0, 0x11];
    [&[0x07, 0x41, key], who(old, card).as_slice(), &sized(&CAPABILITY), &long(&session)].concat()
}

/// Authentication request (§8.2.7).
pub fn authentication_request(rand: &[u8], autn: &[u8]) -> Vec<u8> {
    [&[0x07, 0x52, 0x00], rand, &sized(autn)].concat()
}

/// Authentication response (§8.2.8).
pub fn authentication_response(res: &[u8]) -> Vec<u8> {
    [&[0x07, 0x53], sized(res).as_slice()].concat()
}

/// Security mode command (§8.2.20): EEA0, EIA2; the IMEISV is asked for.
pub fn security_command() -> Vec<u8> {
    [&[0x07, 0x5d, 0x02, 0x00], sized(&CAPABILITY).as_slice(), &[0xc1]].concat()
}

/// Security mode complete (§8.2.21) with the IMEISV.
pub fn security_complete(imei: Imei, version: u8) -> Vec<u8> {
    [&[0x07, 0x5e, 0x23], sized(&Identity::Imeisv(imei, version).octets()).as_slice()].concat()
}

/// A list of one tracking area (§9.9.3.33).
fn areas(plmn: Plmn, area: u16) -> Vec<u8> {
    sized(&[&[0x00], plmn.to_octets().as_slice(), &area.to_be_bytes()].concat())
}

/// Attach accept (§8.2.1): areas, the default bearer with its address, the GUTI.
pub fn attach_accept(guti: Guti, area: u16, apn: &str, address: [u8; 4]) -> Vec<u8> {
    let name: Vec<u8> =
        apn.split('.').flat_map(|label| std::iter::once(label.len() as u8).chain(label.bytes())).collect();
    let address = [&[0x01], address.as_slice()].concat();
    let bearer = [&[0x52, 0x01, 0xc1, 0x01, 0x09], sized(&name).as_slice(), &sized(&address)].concat();
    let head = [&[0x07, 0x42, 0x01, 0x49], areas(guti.plmn, area).as_slice(), &long(&bearer)].concat();
    [head.as_slice(), &[0x50], &sized(&guti.octets())].concat()
}

/// Attach complete (§8.2.2) with the answer to the default bearer.
pub fn attach_complete() -> Vec<u8> {
    [&[0x07, 0x43], long(&[0x52, 0x00, 0xc2]).as_slice()].concat()
}

/// Tracking area update request (§8.2.29): a move, or the timer.
pub fn update_request(periodic: bool, old: Guti) -> Vec<u8> {
    [&[0x07, 0x48, if periodic { 0x03 } else { 0x00 }], sized(&old.octets()).as_slice()].concat()
}

/// Tracking area update accept (§8.2.26), with a new GUTI or without.
pub fn update_accept(guti: Option<Guti>, plmn: Plmn, area: u16) -> Vec<u8> {
    let mut message = vec![0x07, 0x49, 0x00];
    if let Some(guti) = guti {
        message.push(0x50);
        message.extend(sized(&guti.octets()));
    }
    message.push(0x54);
    message.extend(areas(plmn, area));
    message
}

/// Tracking area update complete (§8.2.27).
pub fn update_complete() -> Vec<u8> {
    vec![0x07, 0x4a]
}

/// GUTI reallocation command (§8.2.16).
pub fn reallocation_command(guti: Guti) -> Vec<u8> {
    [&[0x07, 0x50], sized(&guti.octets()).as_slice()].concat()
}

/// GUTI reallocation complete (§8.2.17).
pub fn reallocation_complete() -> Vec<u8> {
    vec![0x07, 0x51]
}

/// Service request (§8.2.25): key set and count, short code.
pub fn service_request(count: u8, code: [u8; 2]) -> Vec<u8> {
    [&[0xc7, count & 0x1f], code.as_slice()].concat()
}

/// Detach request (§8.2.11.1) of a mobile that switches off.
pub fn detach_request(guti: Guti) -> Vec<u8> {
    [&[0x07, 0x45, 0x09], sized(&guti.octets()).as_slice()].concat()
}

/// Uplink or downlink NAS transport (§8.2.30, §8.2.12) of a short message.
pub fn transport(uplink: bool, message: &[u8]) -> Vec<u8> {
    [&[0x07, if uplink { 0x63 } else { 0x62 }], sized(message).as_slice()].concat()
}
