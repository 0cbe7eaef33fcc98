//! S1AP (TS 36.413) in aligned PER: the messages between base stations and MME that carry NAS, set contexts up, release
//! them and page.

use super::aper::{IGNORE, INITIATING, REJECT, SUCCESSFUL, bits, element, number, pdu, sized};
use super::gtp::End;
use super::nas::Guti;
use crate::identity::Plmn;

/// Why a mobile is released.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// It is silent.
    Inactivity,
    /// The procedure is over.
    Normal,
    /// It has detached.
    Detach,
}

/// Why a mobile connects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Establishment {
    /// It is paged.
    Called = 0x20,
    /// It has something to say to the core.
    Signalling = 0x30,
    /// It has data.
    Data = 0x40,
}

/// The identities of a mobile on both sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ids {
    /// MME UE S1AP ID.
    pub mme: u32,
    /// eNB UE S1AP ID.
    pub enb: u32,
}

impl Ids {
    fn mme(self, criticality: u8) -> Vec<u8> {
        element(0, criticality, &number(self.mme.into(), 0, 2))
    }

    fn enb(self, criticality: u8) -> Vec<u8> {
        element(8, criticality, &number(self.enb.into(), 0, 2))
    }
}

/// Where a mobile is.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    /// The network.
    pub plmn: Plmn,
    /// Tracking area and cell.
    pub at: (u16, u32),
}

impl Place {
    fn area(self) -> Vec<u8> {
        [&[0x00], self.plmn.to_octets().as_slice(), &self.at.0.to_be_bytes()].concat()
    }

    fn cell(self) -> Vec<u8> {
        [&[0x00], self.plmn.to_octets().as_slice(), &(self.at.1 << 4).to_be_bytes()].concat()
    }
}

/// INITIAL UE MESSAGE (§9.1.7.1); with the S-TMSI where the mobile has told it below NAS.
pub fn initial(ids: Ids, nas: &[u8], place: Place, cause: Establishment, known: Option<Guti>) -> Vec<u8> {
    let mut elements = vec![
        ids.enb(REJECT),
        element(26, REJECT, &sized(nas)),
        element(67, REJECT, &place.area()),
        element(100, IGNORE, &place.cell()),
        element(134, IGNORE, &[cause as u8]),
    ];
    if let Some(guti) = known {
        let code = bits(&[(0, 2), (guti.code.into(), 8)]);
        elements.push(element(96, REJECT, &[code.as_slice(), &guti.tmsi.to_be_bytes()].concat()));
    }
    pdu(INITIATING, 12, IGNORE, &elements)
}

/// DOWNLINK NAS TRANSPORT (§9.1.7.2).
pub fn downlink(ids: Ids, nas: &[u8]) -> Vec<u8> {
    pdu(INITIATING, 11, IGNORE, &[ids.mme(REJECT), ids.enb(REJECT), element(26, REJECT, &sized(nas))])
}

/// UPLINK NAS TRANSPORT (§9.1.7.3).
pub fn uplink(ids: Ids, nas: &[u8], place: Place) -> Vec<u8> {
    let nas = element(26, REJECT, &sized(nas));
    let (cell, area) = (element(100, IGNORE, &place.cell()), element(67, IGNORE, &place.area()));
    pdu(INITIATING, 13, IGNORE, &[ids.mme(REJECT), ids.enb(REJECT), nas, cell, area])
}

/// A list of bearers whose entries are elements of their own.
fn bearers(items: &[Vec<u8>]) -> Vec<u8> {
    [&[items.len().saturating_sub(1) as u8], items.concat().as_slice()].concat()
}

/// INITIAL CONTEXT SETUP REQUEST (§9.1.4.1): bearers with their quality class and tunnel; NAS with the first.
pub fn context_request(ids: Ids, tunnels: &[(u8, u32, End)], nas: Option<&[u8]>, key: &[u8; 32]) -> Vec<u8> {
    let items: Vec<Vec<u8>> = tunnels
        .iter()
        .enumerate()
        .map(|(index, (bearer, class, end))| {
            let nas = nas.filter(|_| index == 0);
            let mut item = bits(&[(0, 1), (nas.is_some().into(), 1), (0, 2), ((*bearer).into(), 4)]);
            item.extend([0x00, *class as u8, 0x20, 0x0f, 0x80]);
            item.extend(end.ip);
            item.extend(end.teid.to_be_bytes());
            if let Some(nas) = nas {
                item.extend(sized(nas));
            }
            element(52, REJECT, &item)
        })
        .collect();
    let rates = [number(150_000_000, 2, 3), number(50_000_000, 0, 3)].concat();
    let capability = bits(&[(0, 3), (0xc000, 16), (0, 1), (0xc000, 16)]);
    let elements = [
        ids.mme(REJECT),
        ids.enb(REJECT),
        element(66, REJECT, &rates),
        element(24, REJECT, &bearers(&items)),
        element(107, REJECT, &capability),
        element(73, REJECT, key),
    ];
    pdu(INITIATING, 9, REJECT, &elements)
}

/// INITIAL CONTEXT SETUP RESPONSE (§9.1.4.3): the base station's ends.
pub fn context_response(ids: Ids, tunnels: &[(u8, End)]) -> Vec<u8> {
    let items: Vec<Vec<u8>> = tunnels
        .iter()
        .map(|(bearer, end)| {
            let head = bits(&[(0, 3), ((*bearer).into(), 4), (0, 1), (31, 8)]);
            element(50, IGNORE, &[head.as_slice(), &end.ip, &end.teid.to_be_bytes()].concat())
        })
        .collect();
    pdu(SUCCESSFUL, 9, REJECT, &[ids.mme(IGNORE), ids.enb(IGNORE), element(51, IGNORE, &bearers(&items))])
}

fn cause(cause: Cause) -> Vec<u8> {
    let value: &[u8] = match cause {
        Cause::Inactivity => &[0x02, 0x80],
        Cause::Normal => &[0x20],
        Cause::Detach => &[0x24],
    };
    element(2, IGNORE, value)
}

/// UE CONTEXT RELEASE REQUEST (§9.1.4.5).
pub fn release_request(ids: Ids, why: Cause) -> Vec<u8> {
    pdu(INITIATING, 18, IGNORE, &[ids.mme(REJECT), ids.enb(REJECT), cause(why)])
}

/// UE CONTEXT RELEASE COMMAND (§9.1.4.6).
pub fn release_command(ids: Ids, why: Cause) -> Vec<u8> {
    let pair = [number(ids.mme.into(), 4, 2), number(ids.enb.into(), 0, 2)].concat();
    pdu(INITIATING, 23, REJECT, &[element(99, REJECT, &pair), cause(why)])
}

/// UE CONTEXT RELEASE COMPLETE (§9.1.4.7).
pub fn release_complete(ids: Ids) -> Vec<u8> {
    pdu(SUCCESSFUL, 23, REJECT, &[ids.mme(IGNORE), ids.enb(IGNORE)])
}

/// PAGING (§9.1.6) in a tracking area.
pub fn paging(index: u16, guti: Guti, place: Place) -> Vec<u8> {
    let code = bits(&[(0, 4), (guti.code.into(), 8)]);
    let who = [code.as_slice(), &guti.tmsi.to_be_bytes()].concat();
    let areas = bearers(&[element(47, IGNORE, &place.area())]);
    let elements = [
        element(80, IGNORE, &bits(&[(u64::from(index & 0x3ff), 10)])),
        element(43, IGNORE, &who),
        element(109, IGNORE, &[0x00]),
        element(46, IGNORE, &areas),
    ];
    pdu(INITIATING, 10, IGNORE, &elements)
}

/// S1 SETUP REQUEST (§9.1.8.4): the station and its tracking areas.
pub fn setup_request(plmn: Plmn, station: u32, areas: &[u16]) -> Vec<u8> {
    let network = plmn.to_octets();
    let id = [&[0x00], network.as_slice(), &[0x00], &bits(&[(station.into(), 20)])].concat();
    let items: Vec<Vec<u8>> =
        areas.iter().map(|&area| [bits(&[(0, 2), (area.into(), 16), (0, 3)]).as_slice(), &network].concat()).collect();
    let elements = [element(59, REJECT, &id), element(64, REJECT, &bearers(&items)), element(137, IGNORE, &[0x40])];
    pdu(INITIATING, 17, REJECT, &elements)
}

/// S1 SETUP RESPONSE (§9.1.8.5): group and code of the MME.
pub fn setup_response(plmn: Plmn, group: u16, code: u8) -> Vec<u8> {
    let served =
        [&[0x00, 0x00], plmn.to_octets().as_slice(), &[0x00, 0x00], &group.to_be_bytes(), &[0x00, code]].concat();
    pdu(SUCCESSFUL, 17, REJECT, &[element(105, REJECT, &served), element(87, IGNORE, &[0xff])])
}
