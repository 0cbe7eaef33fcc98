//! Diameter (RFC 6733) with the S6a, S6d and S13 applications of TS 29.272 (Release 15).

use super::digits::tbcd;
use crate::identity::{Imei, Imsi, Msisdn, Plmn};

/// Application identifiers.
#[allow(missing_docs)]
pub mod application {
    pub const BASE: u32 = 0;
    pub const CREDIT_CONTROL: u32 = 4;
    pub const S6A: u32 = 16_777_251;
    pub const S13: u32 = 16_777_252;
}

/// Command codes.
#[allow(missing_docs)]
pub mod command {
    pub const CAPABILITIES_EXCHANGE: u32 = 257;
    pub const DEVICE_WATCHDOG: u32 = 280;
    pub const UPDATE_LOCATION: u32 = 316;
    pub const CANCEL_LOCATION: u32 = 317;
    pub const AUTHENTICATION_INFORMATION: u32 = 318;
    pub const PURGE_UE: u32 = 321;
    pub const NOTIFY: u32 = 323;
    pub const ME_IDENTITY_CHECK: u32 = 324;
}

const VENDOR_3GPP: u32 = 10_415;

/// A group of AVPs being written.
#[derive(Debug, Default)]
pub struct Avps(Vec<u8>);

impl Avps {
    /// RFC 6733 §4.1: code, flags, length, vendor, data, padding.
    fn avp(&mut self, code: u32, flags: u8, vendor: Option<u32>, data: &[u8]) {
        let head = if vendor.is_some() { 12 } else { 8 };
        self.0.extend(code.to_be_bytes());
        self.0.push(flags | if vendor.is_some() { 0x80 } else { 0 });
        self.0.extend((data.len() as u32 + head).to_be_bytes().iter().skip(1));
        if let Some(vendor) = vendor {
            self.0.extend(vendor.to_be_bytes());
        }
        self.0.extend_from_slice(data);
        self.0.resize(self.0.len().next_multiple_of(4), 0);
    }

    /// A mandatory AVP of the base protocol.
    pub fn base(&mut self, code: u32, data: &[u8]) -> &mut Self {
        self.avp(code, 0x40, None, data);
        self
    }

    /// An AVP of the base protocol that a receiver may ignore.
    pub fn optional(&mut self, code: u32, data: &[u8]) -> &mut Self {
        self.avp(code, 0, None, data);
        self
    }

    /// A grouped AVP of the base protocol.
    pub fn base_group(&mut self, code: u32, write: impl FnOnce(&mut Self)) -> &mut Self {
        let mut inner = Self::default();
        write(&mut inner);
        self.base(code, &inner.0)
    }

    /// A grouped AVP of the base protocol that a receiver may ignore.
    pub fn optional_group(&mut self, code: u32, write: impl FnOnce(&mut Self)) -> &mut Self {
        let mut inner = Self::default();
        write(&mut inner);
        self.optional(code, &inner.0)
    }

    /// An AVP of 3GPP that a receiver may ignore.
    pub fn plain(&mut self, code: u32, data: &[u8]) -> &mut Self {
        self.avp(code, 0, Some(VENDOR_3GPP), data);
        self
    }

    /// A mandatory AVP of 3GPP.
    pub fn gpp(&mut self, code: u32, data: &[u8]) -> &mut Self {
        self.avp(code, 0x40, Some(VENDOR_3GPP), data);
        self
    }

    /// A number of 3GPP.
    pub fn number(&mut self, code: u32, value: u32) -> &mut Self {
        self.gpp(code, &value.to_be_bytes())
    }

    /// A grouped AVP of 3GPP.
    pub fn group(&mut self, code: u32, write: impl FnOnce(&mut Self)) -> &mut Self {
        let mut inner = Self::default();
        write(&mut inner);
        self.gpp(code, &inner.0)
    }
}

/// The fields of the header that differ from message to message.
#[derive(Debug, Clone, Copy)]
pub struct Header {
    /// Application.
    pub application: u32,
    /// Command.
    pub command: u32,
    /// Request or answer.
    pub request: bool,
    /// Hop-by-hop identifier.
    pub hop: u32,
    /// End-to-end identifier.
    pub end: u32,
}

/// One message: header (RFC 6733 §3) and the AVPs that the closure writes.
pub fn message(header: Header, write: impl FnOnce(&mut Avps)) -> Vec<u8> {
    let mut avps = Avps(Vec::with_capacity(512));
    avps.0.extend([0; 20]);
    write(&mut avps);
    let proxiable: u8 = if header.application == application::BASE { 0 } else { 0x40 };
    let flags = proxiable | if header.request { 0x80 } else { 0 };
    let length = avps.0.len() as u32;
    let head =
        [0x0100_0000 | length, u32::from(flags) << 24 | header.command, header.application, header.hop, header.end];
    for (place, octet) in avps.0.iter_mut().zip(head.iter().flat_map(|word| word.to_be_bytes())) {
        *place = octet;
    }
    avps.0
}

/// Who speaks.
#[derive(Debug, Clone, Copy)]
pub struct Party<'a> {
    /// Origin-Host or Destination-Host.
    pub host: &'a str,
    /// The realm.
    pub realm: &'a str,
}

/// Session-Id, application, state, origin: what every 3GPP command starts with.
pub fn session(avps: &mut Avps, id: &str, application: u32, from: Party<'_>) {
    let mut inner = Avps::default();
    inner.base(266, &VENDOR_3GPP.to_be_bytes());
    inner.base(258, &application.to_be_bytes());
    avps.base(263, id.as_bytes()).base(260, &inner.0).base(277, &1u32.to_be_bytes()); // NO_STATE_MAINTAINED
    origin(avps, from);
}

/// Origin-Host and Origin-Realm.
pub fn origin(avps: &mut Avps, from: Party<'_>) {
    avps.base(264, from.host.as_bytes()).base(296, from.realm.as_bytes());
}

/// Destination-Realm and, to a known peer, Destination-Host.
pub fn destination(avps: &mut Avps, to: Party<'_>, with_host: bool) {
    if with_host {
        avps.base(293, to.host.as_bytes());
    }
    avps.base(283, to.realm.as_bytes());
}

/// Result-Code DIAMETER_SUCCESS.
pub fn success(avps: &mut Avps) {
    avps.base(268, &2001u32.to_be_bytes());
}

/// User-Name: the IMSI.
pub fn user_name(avps: &mut Avps, imsi: Imsi) {
    avps.base(1, imsi.to_string().as_bytes());
}

/// Host-IP-Address, Vendor-Id, Product-Name, Supported-Vendor-Id, Vendor-Specific-Application-Id of CER and CEA.
pub fn capabilities(avps: &mut Avps, ip: [u8; 4], application: u32) {
    let [a, b, c, d] = ip;
    let mut inner = Avps::default();
    inner.base(266, &VENDOR_3GPP.to_be_bytes());
    inner.base(258, &application.to_be_bytes());
    avps.base(257, &[0, 1, a, b, c, d])
        .base(266, &VENDOR_3GPP.to_be_bytes())
        .optional(269, b"core")
        .base(265, &VENDOR_3GPP.to_be_bytes());
    if application == application::CREDIT_CONTROL {
        avps.base(258, &application.to_be_bytes());
    } else {
        avps.base(260, &inner.0);
    }
}

/// Terminal-Information { IMEI (14 digits and check digit), Software-Version }.
pub fn terminal(avps: &mut Avps, imei: Imei, version: u8) {
    avps.group(1401, |t| {
        t.gpp(1402, imei.to_string().as_bytes());
        t.gpp(1403, format!("{version:02}").as_bytes());
    });
}

/// Visited-PLMN-Id.
pub fn visited_plmn(avps: &mut Avps, plmn: Plmn) {
    avps.gpp(1407, &plmn.to_octets());
}

/// Requested-EUTRAN-Authentication-Info { Number-Of-Requested-Vectors, Immediate-Response-Preferred }.
pub fn vectors_wanted(avps: &mut Avps, count: u32) {
    avps.group(1408, |r| {
        r.number(1410, count).number(1412, 1);
    });
}

/// Authentication-Info { E-UTRAN-Vector { Item-Number, RAND, XRES, AUTN, KASME } ... }.
pub fn vectors(avps: &mut Avps, vectors: &[[u8; 72]]) {
    avps.group(1413, |info| {
        for (index, vector) in vectors.iter().enumerate() {
            info.group(1414, |v| {
                v.number(1419, index as u32 + 1);
                for (code, range) in [(1447, 0..16), (1448, 16..24), (1449, 24..40), (1450, 40..72)] {
                    v.gpp(code, vector.get(range).unwrap_or(&[]));
                }
            });
        }
    });
}

/// Subscription-Data of a phone: MSISDN, status, network access, aggregate bit rate, APNs.
pub fn subscription(avps: &mut Avps, msisdn: Msisdn, apns: &[&str]) {
    avps.group(1400, |s| {
        s.gpp(701, &tbcd(msisdn.digits())).number(1426, 0).number(1424, 0).number(1417, 2);
        s.group(1435, |rate| {
            rate.number(516, 50_000_000).number(515, 150_000_000);
        });
        s.group(1429, |profile| {
            profile.number(1423, 1).number(1428, 0);
            for (index, apn) in apns.iter().enumerate() {
                profile.group(1430, |configuration| {
                    configuration.number(1423, index as u32 + 1).number(1456, 2);
                    configuration.avp(493, 0x40, None, apn.as_bytes());
                    configuration.group(1431, |qos| {
                        qos.number(1028, if index == 0 { 9 } else { 5 });
                        qos.group(1034, |priority| {
                            priority.avp(1046, 0x80, Some(VENDOR_3GPP), &8u32.to_be_bytes());
                            priority.avp(1047, 0x80, Some(VENDOR_3GPP), &1u32.to_be_bytes());
                            priority.avp(1048, 0x80, Some(VENDOR_3GPP), &0u32.to_be_bytes());
                        });
                    });
                });
            }
        });
    });
}
