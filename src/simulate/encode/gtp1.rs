//! GTP version 1 for the control plane (TS 29.060): the PDP contexts of a mobile between SGSN and GGSN.

use super::digits::{address_string, imei_octets};
use super::gmm::labels;
use super::gtp::End;
use super::ranap::ROUTING_AREA;
use crate::identity::{Imei, Imsi, Msisdn};

/// Message types (table 1).
#[allow(missing_docs)]
pub mod kind {
    pub const ECHO_REQUEST: u8 = 1;
    pub const ECHO_RESPONSE: u8 = 2;
    pub const CREATE_REQUEST: u8 = 16;
    pub const CREATE_RESPONSE: u8 = 17;
    pub const UPDATE_REQUEST: u8 = 18;
    pub const UPDATE_RESPONSE: u8 = 19;
    pub const DELETE_REQUEST: u8 = 20;
    pub const DELETE_RESPONSE: u8 = 21;
}

/// The one session of a mobile (NSAPI).
const SESSION: u8 = 5;
/// Priority 2, and the quality of TS 24.008 §10.5.6.5.
const QUALITY: [u8; 12] = [0x02, 0x23, 0x92, 0x1f, 0x71, 0x96, 0x40, 0x68, 0x74, 0x02, 0x40, 0x68];

/// Where a mobile is, and how it is reached there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// CGI, or SAI.
    pub cell: [u8; 7],
    /// The cell is of 3G.
    pub utran: bool,
}

/// What a context is made for.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The card.
    pub imsi: Imsi,
    /// Its number.
    pub msisdn: Msisdn,
    /// The device with its software version.
    pub device: (Imei, u8),
    /// Where it is.
    pub place: Place,
    /// The access point.
    pub apn: &'a str,
    /// The address given to it.
    pub address: [u8; 4],
    /// Charging ID.
    pub charging: u32,
    /// TS 23.040 time zone.
    pub zone: u8,
}

/// Information elements being written, in the order of their types (§7.7).
#[derive(Debug, Default)]
struct Elements(Vec<u8>);

impl Elements {
    /// Type below 128: its length follows from it.
    fn fixed(&mut self, kind: u8, value: &[u8]) -> &mut Self {
        self.0.push(kind);
        self.0.extend_from_slice(value);
        self
    }

    fn sized(&mut self, kind: u8, value: &[u8]) -> &mut Self {
        self.0.push(kind);
        self.0.extend((value.len() as u16).to_be_bytes());
        self.0.extend_from_slice(value);
        self
    }

    /// TEIDs of user and control plane; their addresses follow in [`Self::addresses`].
    fn tunnels(&mut self, end: End) -> &mut Self {
        self.fixed(16, &(end.teid ^ 1).to_be_bytes()).fixed(17, &end.teid.to_be_bytes())
    }

    /// Of control and user plane.
    fn addresses(&mut self, end: End) -> &mut Self {
        self.sized(133, &end.ip).sized(133, &end.ip)
    }

    fn routing(&mut self, place: Place) -> &mut Self {
        let [a, b, c, d, e, ..] = place.cell;
        self.fixed(3, &[a, b, c, d, e, ROUTING_AREA])
    }

    /// RAT type and user location information: CGI in GERAN, SAI in UTRAN.
    fn place(&mut self, place: Place) -> &mut Self {
        self.sized(151, &[if place.utran { 1 } else { 2 }]);
        self.sized(152, &[&[u8::from(place.utran)], place.cell.as_slice()].concat())
    }

    fn user_address(&mut self, address: Option<[u8; 4]>) -> &mut Self {
        let head = [0xf1, 0x21];
        let value = address.map_or_else(|| head.to_vec(), |address| [&head, address.as_slice()].concat());
        self.sized(128, &value)
    }
}

/// The header (§6) with the receiver's TEID and the sequence number, and elements.
fn message(kind: u8, teid: u32, sequence: u32, elements: &Elements) -> Vec<u8> {
    let mut message = vec![0x32, kind];
    message.extend((elements.0.len() as u16 + 4).to_be_bytes());
    message.extend(teid.to_be_bytes());
    message.extend((sequence as u16).to_be_bytes());
    message.extend([0, 0]);
    message.extend_from_slice(&elements.0);
    message
}

/// Create PDP Context Request (§7.3.1).
pub fn create_request(sequence: u32, context: &Context<'_>, sgsn: End) -> Vec<u8> {
    let mut elements = Elements::default();
    let mut imsi = super::digits::tbcd(context.imsi.digits());
    imsi.resize(8, 0xff);
    elements.fixed(2, &imsi).routing(context.place).fixed(15, &[0xfc]).tunnels(sgsn).fixed(20, &[SESSION]);
    elements.fixed(26, &[0x08, 0x00]).user_address(None).sized(131, &labels(context.apn)).addresses(sgsn);
    elements.sized(134, &address_string(context.msisdn)).sized(135, &QUALITY).place(context.place);
    let (imei, version) = context.device;
    elements.sized(153, &[context.zone, 0]).sized(154, &imei_octets(imei, Some(version)));
    message(kind::CREATE_REQUEST, 0, sequence, &elements)
}

/// Create PDP Context Response (§7.3.2): accepted, with the address.
pub fn create_response(sgsn: u32, sequence: u32, context: &Context<'_>, ggsn: End) -> Vec<u8> {
    let mut elements = Elements::default();
    elements.fixed(1, &[128]).fixed(8, &[0xfe]).tunnels(ggsn).fixed(127, &context.charging.to_be_bytes());
    elements.user_address(Some(context.address)).addresses(ggsn).sized(135, &QUALITY);
    message(kind::CREATE_RESPONSE, sgsn, sequence, &elements)
}

/// Update PDP Context Request (§7.3.3): the SGSN's ends, and where the mobile is.
pub fn update_request(ggsn: u32, sequence: u32, place: Place, sgsn: End) -> Vec<u8> {
    let mut elements = Elements::default();
    elements.routing(place).tunnels(sgsn).fixed(20, &[SESSION]).addresses(sgsn).sized(135, &QUALITY).place(place);
    message(kind::UPDATE_REQUEST, ggsn, sequence, &elements)
}

/// Update PDP Context Response (§7.3.4).
pub fn update_response(sgsn: u32, sequence: u32, charging: u32, ggsn: End) -> Vec<u8> {
    let mut elements = Elements::default();
    elements.fixed(1, &[128]).tunnels(ggsn).fixed(127, &charging.to_be_bytes()).addresses(ggsn).sized(135, &QUALITY);
    message(kind::UPDATE_RESPONSE, sgsn, sequence, &elements)
}

/// Delete PDP Context Request (§7.3.5): all contexts of the address.
pub fn delete_request(ggsn: u32, sequence: u32) -> Vec<u8> {
    let mut elements = Elements::default();
    elements.fixed(19, &[0xff]).fixed(20, &[SESSION]);
    message(kind::DELETE_REQUEST, ggsn, sequence, &elements)
}

/// Delete PDP Context Response (§7.3.6).
pub fn delete_response(sgsn: u32, sequence: u32) -> Vec<u8> {
    let mut elements = Elements::default();
    elements.fixed(1, &[128]);
    message(kind::DELETE_RESPONSE, sgsn, sequence, &elements)
}

/// Echo Request (§7.2.1), and Echo Response (§7.2.2) with the restart counter.
pub fn echo(kind: u8, sequence: u32) -> Vec<u8> {
    let mut elements = Elements::default();
    if kind == kind::ECHO_RESPONSE {
        elements.fixed(14, &[4]);
    }
    message(kind, 0, sequence, &elements)
}
