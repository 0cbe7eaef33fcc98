//! The subscriber and its device: what AVPs of identities say.

use super::identities::imei_of;
use super::walk::{Terminal, Walk};
use super::{Avp, commands};
use crate::identity::{CellId, Imei, Imsi, Msisdn, Number};
use crate::wire::Identity;
use crate::wire::ims::{self, base64, elements};

impl<'a> Walk<'a> {
    /// User-Name: IMSI digits, or an identity of TS 23.003 in the form of a NAI. Where digits are due, a realm after
    /// them is reported and the digits used.
    pub(super) fn user_name(&mut self, avp: &Avp<'a>) {
        let digits_due = commands::user_name_is_imsi(self.application);
        match memchr::memchr(b'@', avp.data).and_then(|at| avp.data.get(..at)) {
            None if digits_due => self.imsi(avp, avp.data),
            None => {}
            Some(user) => match ims::imsi_of_nai(avp.data) {
                Some(imsi) => self.facts.named.imsi(imsi),
                None if digits_due => {
                    self.wrong(avp, "IMSI with a realm that is not of its network");
                    self.imsi(avp, user);
                }
                None => {}
            },
        }
    }

    pub(super) fn nai(&mut self, text: &[u8]) {
        if let Some(imsi) = ims::imsi_of_nai(text) {
            self.facts.named.imsi(imsi);
        }
    }

    pub(super) fn imsi(&mut self, avp: &Avp<'_>, digits: &[u8]) {
        match Imsi::from_ascii(digits) {
            Some(imsi) => self.facts.named.imsi(imsi),
            None => self.wrong(avp, "IMSI is not 5 to 15 digits"),
        }
    }

    /// TS 29.329 §6.3.2: TBCD, international, without nature of address. Some peers send the text instead: octets that
    /// are all ASCII digits would be a number of which every second digit is 3.
    pub(super) fn msisdn(&mut self, avp: &Avp<'_>) {
        let text = avp.data.len() >= 7 && avp.data.iter().all(u8::is_ascii_digit);
        let msisdn = if text { Msisdn::from_ascii(avp.data) } else { Msisdn::from_tbcd(avp.data) };
        match msisdn {
            Some(msisdn) => self.facts.named.msisdn(msisdn),
            None => self.wrong(avp, "MSISDN is not TBCD digits"),
        }
    }

    pub(super) fn e164(&mut self, avp: &Avp<'_>, digits: &[u8]) {
        let digits = digits.strip_prefix(b"+").unwrap_or(digits);
        match Msisdn::from_ascii(digits) {
            Some(msisdn) => self.facts.named.msisdn(msisdn),
            None => self.wrong(avp, "E.164 number is not 3 to 15 digits"),
        }
    }

    /// A SIP or tel URI of the subscriber.
    pub(super) fn own_uri(&mut self, text: &[u8]) {
        let Some(uri) = ims::Uri::parse(text) else {
            return;
        };
        if let Some(imsi) = uri.imsi() {
            self.facts.named.imsi(imsi);
        } else if let Some(msisdn) = uri.number().and_then(Number::international) {
            self.facts.named.msisdn(msisdn);
        }
    }

    pub(super) fn imei(&mut self, avp: &Avp<'_>, octets: &[u8]) {
        match imei_of(octets) {
            Some(imei) => self.facts.named.imei(imei),
            None => self.wrong(avp, "IMEI is not 14 to 16 digits"),
        }
    }

    /// RFC 8506 §8.47: 0 E164, 1 IMSI, 2 SIP URI, 3 NAI, 4 private.
    pub(super) fn subscription_id(&mut self, group: &Avp<'_>) {
        let pair = std::mem::take(&mut self.pair);
        let Some(data) = pair.value else { return };
        match pair.kind {
            Some(0) => self.e164(group, data),
            Some(1) => self.imsi(group, data),
            Some(2) => self.own_uri(data),
            Some(3 | 4) => self.nai(data),
            _ => self.wrong(group, "Subscription-Id without a known type"),
        }
    }

    /// RFC 8506 §8.50: type 0 is IMEISV.
    pub(super) fn user_equipment_info(&mut self, group: &Avp<'_>) {
        let pair = std::mem::take(&mut self.pair);
        if let (Some(0), Some(value)) = (pair.kind, pair.value) {
            self.imei(group, value);
        }
    }

    /// TS 29.272 §7.3.3: IMEI of 14 or 15 digits, Software-Version of two; together the IMEISV.
    pub(super) fn terminal_information(&mut self) {
        let Terminal { imei, version } = std::mem::take(&mut self.terminal);
        let Some(avp) = imei else { return };
        let Some(imei) = imei_of(avp.data) else {
            self.wrong(&avp, "IMEI is not 14 to 16 digits");
            return;
        };
        let imeisv = match version {
            Some([s1 @ b'0'..=b'9', s2 @ b'0'..=b'9']) if !imei.is_imeisv() => {
                let with_first = imei.device().push(s1 & 0x0f);
                with_first.and_then(|digits| Imei::new(digits.push(s2 & 0x0f)?))
            }
            _ => None,
        };
        self.facts.named.imei(imeisv.unwrap_or(imei));
    }

    /// RFC 7155 §4.2.6: the station's number as text in credit control (TS 29.061 §16.4.7), a hardware address in
    /// access to wireless LANs.
    pub(super) fn calling_station(&mut self, text: &[u8]) {
        let digits = text.strip_prefix(b"+").unwrap_or(text);
        if digits.len() >= 7
            && let Some(msisdn) = Msisdn::from_ascii(digits)
        {
            self.facts.named.msisdn(msisdn);
        }
    }

    /// TS 29.272 §7.3.6: 14 hexadecimal digits, packed or as text.
    pub(super) fn meid(&mut self, avp: &Avp<'_>) {
        let meid = match avp.data {
            &[a, b, c, d, e, f, g] => Some(u64::from_be_bytes([0, a, b, c, d, e, f, g])),
            text if text.len() == 14 => {
                std::str::from_utf8(text).ok().and_then(|text| u64::from_str_radix(text, 16).ok())
            }
            _ => None,
        };
        match meid {
            Some(meid) => self.facts.named.further(Identity::Meid(meid)),
            None => self.wrong(avp, "MEID is not 14 hexadecimal digits"),
        }
    }

    /// TS 29.173 §6.4.2.
    pub(super) fn lmsi(&mut self, avp: &Avp<'_>) {
        match <[u8; 4]>::try_from(avp.data) {
            Ok(lmsi) => self.facts.named.further(Identity::Lmsi(u32::from_be_bytes(lmsi))),
            Err(_) => self.wrong(avp, "LMSI is not four octets"),
        }
    }

    /// User-Data of Cx (TS 29.228 Annex B, E) and Sh (TS 29.328 Annex C, D): the elements that name the subscriber and
    /// where it is.
    pub(super) fn document(&mut self, text: &[u8]) {
        let fixed = |text: &[u8], place: fn(&[u8]) -> Option<CellId>| {
            let mut buffer = [0; 8];
            place(base64(text, &mut buffer)?)
        };
        for element in elements(text) {
            let named = &mut self.facts.named;
            let text = element.text;
            let place = match element.name {
                b"PrivateID" => {
                    self.nai(text);
                    continue;
                }
                b"Identity" | b"IMSPublicIdentity" => {
                    self.own_uri(text);
                    continue;
                }
                b"MSISDN" | b"ExtendedMSISDN" => {
                    if let Some(msisdn) = Msisdn::from_ascii(text.strip_prefix(b"+").unwrap_or(text)) {
                        named.msisdn(msisdn);
                    }
                    continue;
                }
                b"MSCNumber" | b"VLRNumber" | b"SGSNNumber" => {
                    if let Some(node) = Number::from_text(text) {
                        named.node(node);
                    }
                    continue;
                }
                b"CellGlobalId" => fixed(text, super::location::cgi),
                b"ServiceAreaId" => fixed(text, super::location::sai),
                b"LocationAreaId" | b"RoutingAreaId" => fixed(text, super::location::lai),
                b"E-UTRANCellGlobalId" => fixed(text, super::location::ecgi),
                b"TrackingAreaId" => fixed(text, super::location::tai),
                _ => continue,
            };
            if let Some(place) = place {
                named.cell(place);
            }
        }
    }
}
