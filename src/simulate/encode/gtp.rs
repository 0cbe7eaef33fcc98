//! GTP version 2 for the control plane (TS 29.274): the sessions of a mobile between MME and serving gateway.

use super::digits::tbcd;
use super::policy::Described;
use crate::identity::Plmn;

/// Message types (table 6.1-1).
#[allow(missing_docs)]
pub mod kind {
    pub const ECHO_REQUEST: u8 = 1;
    pub const ECHO_RESPONSE: u8 = 2;
    pub const CREATE_SESSION_REQUEST: u8 = 32;
    pub const CREATE_SESSION_RESPONSE: u8 = 33;
    pub const MODIFY_BEARER_REQUEST: u8 = 34;
    pub const MODIFY_BEARER_RESPONSE: u8 = 35;
    pub const DELETE_SESSION_REQUEST: u8 = 36;
    pub const DELETE_SESSION_RESPONSE: u8 = 37;
}

/// Interface types of an F-TEID (§8.22).
#[allow(missing_docs)]
mod end {
    pub const S1U_ENODEB: u8 = 0;
    pub const S1U_SGW: u8 = 1;
    pub const S5_PGW_USER: u8 = 5;
    pub const S5_PGW: u8 = 7;
    pub const S11_MME: u8 = 10;
    pub const S11_SGW: u8 = 11;
}

/// One end of a tunnel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct End {
    /// Its identifier.
    pub teid: u32,
    /// Its address.
    pub ip: [u8; 4],
}

/// Information elements being written.
#[derive(Debug, Default)]
struct Elements(Vec<u8>);

impl Elements {
    /// §8.2.1: type, length, instance, value.
    fn add(&mut self, kind: u8, instance: u8, value: &[u8]) -> &mut Self {
        self.0.push(kind);
        self.0.extend((value.len() as u16).to_be_bytes());
        self.0.push(instance);
        self.0.extend_from_slice(value);
        self
    }

    fn end(&mut self, instance: u8, interface: u8, end: End) -> &mut Self {
        let value = [&[0x80 | interface], end.teid.to_be_bytes().as_slice(), &end.ip].concat();
        self.add(87, instance, &value)
    }

    fn group(&mut self, kind: u8, write: impl FnOnce(&mut Self)) -> &mut Self {
        let mut inner = Self::default();
        write(&mut inner);
        self.add(kind, 0, &inner.0)
    }

    /// User location information: TAI and ECGI (§8.21).
    fn place(&mut self, plmn: Plmn, (area, cell): (u16, u32)) -> &mut Self {
        let network = plmn.to_octets();
        self.add(86, 0, &[&[0x18], network.as_slice(), &area.to_be_bytes(), &network, &cell.to_be_bytes()].concat())
    }

    /// Bearer quality (§8.15): class, no guaranteed rate.
    fn quality(&mut self, class: u32) -> &mut Self {
        self.add(80, 0, &[&[8 << 2 | 1, class as u8], [0; 20].as_slice()].concat())
    }
}

/// The header (§5.5.1) with the receiver's TEID, and elements.
fn message(kind: u8, teid: u32, sequence: u32, elements: &Elements) -> Vec<u8> {
    let mut message = vec![0x48, kind];
    message.extend((elements.0.len() as u16 + 8).to_be_bytes());
    message.extend(teid.to_be_bytes());
    message.extend((sequence << 8).to_be_bytes());
    message.extend_from_slice(&elements.0);
    message
}

/// Echo Request or Response: no TEID, the restart counter.
pub fn echo(kind: u8, sequence: u32, restarts: u8) -> Vec<u8> {
    let mut message = vec![0x40, kind, 0, 9];
    message.extend((sequence << 8).to_be_bytes());
    message.extend([3, 0, 1, 0, restarts]);
    message
}

/// APN (§8.6): labels with their lengths.
fn labels(apn: &str) -> Vec<u8> {
    apn.split('.').flat_map(|label| std::iter::once(label.len() as u8).chain(label.bytes())).collect()
}

/// Create Session Request (§7.2.1): `gateway` is the control end of the packet gateway, zero in its TEID at an attach.
pub fn create_request(sgw: u32, sequence: u32, session: &Described<'_>, bearer: u8, mme: End, gateway: End) -> Vec<u8> {
    let mut elements = Elements::default();
    let (imei, version) = session.device;
    let mut device = tbcd(imei.digits().prefix(14));
    device.push((version / 10 % 10) | ((version % 10) << 4));
    elements.add(1, 0, &tbcd(session.imsi.digits())).add(76, 0, &tbcd(session.msisdn.digits())).add(75, 0, &device);
    elements.place(session.plmn, session.place).add(83, 0, &session.plmn.to_octets()).add(82, 0, &[6]);
    elements.end(0, end::S11_MME, mme).end(1, end::S5_PGW, gateway).add(71, 0, &labels(session.apn));
    elements.add(128, 0, &[0]).add(99, 0, &[1]).add(79, 0, &[1, 0, 0, 0, 0]).add(127, 0, &[0]);
    let rates = [50_000u32, 150_000].map(u32::to_be_bytes).concat();
    elements.add(72, 0, &rates);
    elements.group(93, |b| {
        b.add(73, 0, &[bearer]).quality(session.quality);
    });
    message(kind::CREATE_SESSION_REQUEST, sgw, sequence, &elements)
}

/// Create Session Response (§7.2.2): the address, and the gateways' ends.
pub fn create_response(
    mme: u32,
    sequence: u32,
    session: &Described<'_>,
    bearer: u8,
    sgw: End,
    gateway: End,
) -> Vec<u8> {
    let mut elements = Elements::default();
    elements.add(2, 0, &[16, 0]).end(0, end::S11_SGW, sgw).end(1, end::S5_PGW, gateway);
    elements.add(79, 0, &[&[1], session.address.as_slice()].concat()).add(127, 0, &[0]);
    elements.group(93, |b| {
        b.add(73, 0, &[bearer]).add(2, 0, &[16, 0]);
        b.end(0, end::S1U_SGW, End { teid: sgw.teid ^ u32::from(bearer), ..sgw });
        b.end(2, end::S5_PGW_USER, End { teid: gateway.teid ^ u32::from(bearer), ..gateway });
        b.quality(session.quality).add(94, 0, &session.charging.to_be_bytes());
    });
    message(kind::CREATE_SESSION_RESPONSE, mme, sequence, &elements)
}

/// Modify Bearer Request (§7.2.7): the base station's end, and where the mobile is.
pub fn modify_request(sgw: u32, sequence: u32, session: &Described<'_>, bearer: u8, station: End) -> Vec<u8> {
    let mut elements = Elements::default();
    elements.place(session.plmn, session.place).add(82, 0, &[6]);
    elements.group(93, |b| {
        b.add(73, 0, &[bearer]).end(0, end::S1U_ENODEB, station);
    });
    message(kind::MODIFY_BEARER_REQUEST, sgw, sequence, &elements)
}

/// Modify Bearer Response (§7.2.8).
pub fn modify_response(mme: u32, sequence: u32, bearer: u8, sgw: End) -> Vec<u8> {
    let mut elements = Elements::default();
    elements.add(2, 0, &[16, 0]);
    elements.group(93, |b| {
        b.add(73, 0, &[bearer]).add(2, 0, &[16, 0]);
        b.end(0, end::S1U_SGW, End { teid: sgw.teid ^ u32::from(bearer), ..sgw });
    });
    message(kind::MODIFY_BEARER_RESPONSE, mme, sequence, &elements)
}

/// Delete Session Request (§7.2.9.1): the default bearer, and where the mobile is.
pub fn delete_request(sgw: u32, sequence: u32, session: &Described<'_>, bearer: u8) -> Vec<u8> {
    let mut elements = Elements::default();
    elements.add(73, 0, &[bearer]).place(session.plmn, session.place);
    message(kind::DELETE_SESSION_REQUEST, sgw, sequence, &elements)
}

/// Delete Session Response (§7.2.10.1).
pub fn delete_response(mme: u32, sequence: u32) -> Vec<u8> {
    let mut elements = Elements::default();
    elements.add(2, 0, &[16, 0]);
    message(kind::DELETE_SESSION_RESPONSE, mme, sequence, &elements)
}
