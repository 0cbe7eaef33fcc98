//! SGsAP (TS 29.118) between MME and VLR: registration of mobiles on LTE in the circuit network, paging for calls and
//! short messages, and the messages themselves.

use super::dtap::{Area, Identity};
use super::gmm::labels;
use crate::identity::{Imsi, Plmn};

/// What a mobile is paged for (§9.4.17).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Service {
    /// A call.
    Call = 1,
    /// A short message.
    ShortMessage = 2,
}

fn element(identifier: u8, value: &[u8]) -> Vec<u8> {
    [&[identifier, value.len() as u8], value].concat()
}

fn card(imsi: Imsi) -> Vec<u8> {
    element(0x01, &Identity::Imsi(imsi).octets())
}

fn message(kind: u8, elements: &[Vec<u8>]) -> Vec<u8> {
    [&[kind], elements.concat().as_slice()].concat()
}

/// The name of a node (§9.4.13, §9.4.22).
fn name(identifier: u8, host: &str) -> Vec<u8> {
    element(identifier, &labels(host))
}

/// Where a mobile on LTE is: tracking area and cell.
fn place(plmn: Plmn, (area, cell): (u16, u32)) -> Vec<u8> {
    let network = plmn.to_octets();
    let area = element(0x23, &[network.as_slice(), &area.to_be_bytes()].concat());
    [area, element(0x24, &[network.as_slice(), &cell.to_be_bytes()].concat())].concat()
}

/// LOCATION-UPDATE-REQUEST (§8.11) with an attach for IMSI, or of a mobile that moved.
pub fn update_request(imsi: Imsi, mme: &str, moved: bool, area: Area, (plmn, at): (Plmn, (u16, u32))) -> Vec<u8> {
    let kind = element(0x0a, &[if moved { 2 } else { 1 }]);
    message(0x09, &[card(imsi), name(0x09, mme), kind, element(0x04, &area), place(plmn, at)])
}

/// LOCATION-UPDATE-ACCEPT (§8.9) with a TMSI.
pub fn update_accept(imsi: Imsi, area: Area, tmsi: u32) -> Vec<u8> {
    message(0x0a, &[card(imsi), element(0x04, &area), element(0x0e, &Identity::Tmsi(tmsi).octets())])
}

/// TMSI-REALLOCATION-COMPLETE (§8.18).
pub fn reallocation_complete(imsi: Imsi) -> Vec<u8> {
    message(0x0c, &[card(imsi)])
}

/// PAGING-REQUEST (§8.14).
pub fn paging(imsi: Imsi, vlr: &str, service: Service, tmsi: u32, area: Area) -> Vec<u8> {
    let service = element(0x20, &[service as u8]);
    message(0x01, &[card(imsi), name(0x02, vlr), service, element(0x03, &tmsi.to_be_bytes()), element(0x04, &area)])
}

/// SERVICE-REQUEST (§8.17) of a mobile that was idle.
pub fn service_request(imsi: Imsi, service: Service, (plmn, at): (Plmn, (u16, u32))) -> Vec<u8> {
    message(0x06, &[card(imsi), element(0x20, &[service as u8]), place(plmn, at), element(0x25, &[0])])
}

/// UPLINK-UNITDATA (§8.22).
pub fn uplink(imsi: Imsi, layer3: &[u8], (plmn, at): (Plmn, (u16, u32))) -> Vec<u8> {
    message(0x08, &[card(imsi), element(0x16, layer3), place(plmn, at)])
}

/// DOWNLINK-UNITDATA (§8.4).
pub fn downlink(imsi: Imsi, layer3: &[u8]) -> Vec<u8> {
    message(0x07, &[card(imsi), element(0x16, layer3)])
}

/// RELEASE-REQUEST (§8.23): no more messages.
pub fn release(imsi: Imsi) -> Vec<u8> {
    message(0x1b, &[card(imsi)])
}

/// EPS-DETACH-INDICATION (§8.6) of a mobile that is switched off, and EPS-DETACH-ACK (§8.5).
pub fn detach(imsi: Imsi, mme: &str) -> [Vec<u8>; 2] {
    let reason = element(0x10, &[2]); // UE-initiated (§9.4.7)
    [message(0x11, &[card(imsi), name(0x09, mme), reason]), message(0x12, &[card(imsi)])]
}

/// RESET-INDICATION (§8.16) of an MME that starts, and RESET-ACK (§8.15).
pub fn reset(mme: &str, vlr: &str) -> [Vec<u8>; 2] {
    [message(0x15, &[name(0x09, mme)]), message(0x16, &[name(0x02, vlr)])]
}
