//! One walk over the AVPs of a message, into its grouped AVPs where facts may lie in them.

use super::dictionary::{is_grouped, keys};
use super::identities::{imei_of, international, number_of_uri, rat_type};
use super::{Avp, Avps, Diameter, Facts, MAX_DEPTH, commands, location, malformed};
use crate::health::Layer;
use crate::identity::{CellId, Imei, Imsi, Msisdn, Number, Plmn};
use crate::wire::{DecodeError, ims};

/// A type and its value, until their group ends.
#[derive(Default)]
struct Pair<'a> {
    kind: Option<u32>,
    value: Option<&'a [u8]>,
}

/// An IMEI and its software version, until their group or the message ends.
#[derive(Default)]
struct Terminal<'a> {
    imei: Option<Avp<'a>>,
    version: Option<&'a [u8]>,
}

pub(super) struct Walk<'a> {
    application: u32,
    facts: Facts<'a>,
    error: Option<DecodeError>,
    /// S6d: the other end is an SGSN.
    sgsn: Option<bool>,
    pair: Pair<'a>,
    terminal: Terminal<'a>,
    /// E-UTRAN cell and tracking area come in two AVPs.
    cell: Option<CellId>,
    area: Option<CellId>,
}

impl<'a> Walk<'a> {
    pub(super) fn new(application: u32) -> Self {
        Self {
            application,
            facts: Facts::default(),
            error: None,
            sgsn: None,
            pair: Pair::default(),
            terminal: Terminal::default(),
            cell: None,
            area: None,
        }
    }

    fn fail(&mut self, error: DecodeError) {
        self.error.get_or_insert(error);
    }

    fn wrong(&mut self, avp: &Avp<'_>, what: &'static str) {
        self.fail(malformed(avp.data_offset(), what));
    }

    pub(super) fn avps(&mut self, mut avps: Avps<'a>, depth: usize) {
        while let Some(step) = avps.next() {
            match step {
                Ok(avp) => self.avp(&avp, depth),
                Err(error) => {
                    self.fail(error);
                    if let Some(cut) = avps.cut()
                        && is_grouped(cut.key())
                    {
                        self.group(&cut, depth);
                    }
                }
            }
        }
    }

    fn group(&mut self, avp: &Avp<'a>, depth: usize) {
        if depth >= MAX_DEPTH {
            self.fail(DecodeError::limit(Layer::Diameter, avp.offset, "grouped AVPs nest too deep"));
            return;
        }
        self.avps(avp.group(), depth.saturating_add(1));
        match avp.key() {
            keys::SUBSCRIPTION_ID => self.subscription_id(avp),
            keys::USER_EQUIPMENT_INFO => self.user_equipment_info(avp),
            keys::TERMINAL_INFORMATION => self.terminal_information(),
            _ => {}
        }
    }

    fn avp(&mut self, avp: &Avp<'a>, depth: usize) {
        let data = avp.data;
        let key = avp.key();
        let facts = &mut self.facts;
        match key {
            keys::SESSION_ID => facts.session_id = Some(data),
            keys::ORIGIN_HOST => facts.origin_host = Some(data),
            keys::ORIGIN_REALM => facts.origin_realm = Some(data),
            keys::DESTINATION_HOST => facts.destination_host = Some(data),
            keys::DESTINATION_REALM => facts.destination_realm = Some(data),
            keys::CALLED_STATION_ID | keys::SERVICE_SELECTION => facts.apn = Some(data),
            keys::SERVICE_CONTEXT_ID => facts.service_context = Some(data),
            keys::SM_RP_UI => facts.sm_rp_ui = Some(data),
            keys::SUBSCRIPTION_ID_DATA | keys::USER_EQUIPMENT_INFO_VALUE => {
                self.pair.value = Some(data);
            }
            keys::IMEI => self.terminal.imei = Some(*avp),
            keys::SOFTWARE_VERSION => self.terminal.version = Some(data),
            keys::USER_NAME => self.user_name(avp),
            keys::TGPP_IMSI | keys::SUBSCRIPTION_ID_IMSI => self.imsi(avp, data),
            keys::MSISDN | keys::A_MSISDN => self.msisdn(avp),
            keys::SUBSCRIPTION_ID_E164 => self.e164(avp, data),
            keys::SUBSCRIPTION_ID_SIP_URI | keys::PUBLIC_IDENTITY => {
                facts.public_identity.get_or_insert(data);
                self.own_uri(data);
            }
            keys::SUBSCRIPTION_ID_NAI => self.nai(data),
            keys::TGPP_IMEISV | keys::USER_EQUIPMENT_INFO_IMEISV | keys::USER_EQUIPMENT_INFO_IMEI => {
                self.imei(avp, data)
            }
            keys::CALLING_PARTY_ADDRESS => {
                facts.named.calling = facts.named.calling.or_else(|| number_of_uri(data));
            }
            keys::CALLED_PARTY_ADDRESS => {
                facts.named.called = facts.named.called.or_else(|| number_of_uri(data));
            }
            keys::SGSN_NUMBER | keys::MSC_NUMBER | keys::MME_NUMBER_FOR_MT_SMS | keys::SC_ADDRESS => {
                let node = international(data);
                facts.named.serving_node = facts.named.serving_node.or(node);
                if node.is_none() {
                    self.wrong(avp, "number of a node is not TBCD digits");
                }
            }
            keys::VISITED_PLMN_ID | keys::VISITED_NETWORK_IDENTIFIER | keys::TGPP_SGSN_MCC_MNC => {
                self.visited(avp);
            }
            keys::REQUESTED_EUTRAN_AUTHENTICATION_INFO => self.sgsn = Some(false),
            keys::REQUESTED_UTRAN_GERAN_AUTHENTICATION_INFO => {
                self.sgsn.get_or_insert(true);
            }
            _ if is_grouped(key) => self.group(avp, depth),
            _ if is_place(key) => self.place(avp),
            _ => self.integer(avp),
        }
    }

    fn integer(&mut self, avp: &Avp<'a>) {
        let facts = &mut self.facts;
        let field = match avp.key() {
            keys::RESULT_CODE => &mut facts.result_code,
            keys::EXPERIMENTAL_RESULT_CODE => &mut facts.experimental_result,
            keys::RAT_TYPE => &mut facts.rat_type,
            keys::CANCELLATION_TYPE => &mut facts.cancellation_type,
            keys::EQUIPMENT_STATUS => &mut facts.equipment_status,
            keys::ULR_FLAGS => &mut facts.ulr_flags,
            keys::CLR_FLAGS => &mut facts.clr_flags,
            keys::NOR_FLAGS => &mut facts.nor_flags,
            keys::ALERT_REASON => &mut facts.alert_reason,
            keys::CC_REQUEST_TYPE => &mut facts.cc_request_type,
            keys::CC_REQUEST_NUMBER => &mut facts.cc_request_number,
            keys::ACCOUNTING_RECORD_TYPE => &mut facts.accounting_record_type,
            keys::TERMINATION_CAUSE => &mut facts.termination_cause,
            keys::SERVER_ASSIGNMENT_TYPE => &mut facts.server_assignment_type,
            keys::SUBSCRIPTION_ID_TYPE | keys::USER_EQUIPMENT_INFO_TYPE => &mut self.pair.kind,
            keys::TGPP_RAT_TYPE => {
                let rat = avp.data.first().and_then(|&octet| rat_type(octet));
                facts.rat_type = facts.rat_type.or(rat);
                return;
            }
            _ => return,
        };
        match avp.u32() {
            Ok(value) => *field = Some(value),
            Err(error) => self.fail(error),
        }
    }

    /// User-Name: IMSI digits, or an identity of TS 23.003 in the form of a NAI. Where digits are due, a realm after
    /// them is reported and the digits used.
    fn user_name(&mut self, avp: &Avp<'a>) {
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

    fn nai(&mut self, text: &[u8]) {
        if let Some(imsi) = ims::imsi_of_nai(text) {
            self.facts.named.imsi(imsi);
        }
    }

    fn imsi(&mut self, avp: &Avp<'_>, digits: &[u8]) {
        match Imsi::from_ascii(digits) {
            Some(imsi) => self.facts.named.imsi(imsi),
            None => self.wrong(avp, "IMSI is not 5 to 15 digits"),
        }
    }

    /// TS 29.329 §6.3.2: TBCD, international, without nature of address. Some peers send the text instead: octets that
    /// are all ASCII digits would be a number of which every second digit is 3.
    fn msisdn(&mut self, avp: &Avp<'_>) {
        let text = avp.data.len() >= 7 && avp.data.iter().all(u8::is_ascii_digit);
        let msisdn = if text { Msisdn::from_ascii(avp.data) } else { Msisdn::from_tbcd(avp.data) };
        match msisdn {
            Some(msisdn) => self.facts.named.msisdn(msisdn),
            None => self.wrong(avp, "MSISDN is not TBCD digits"),
        }
    }

    fn e164(&mut self, avp: &Avp<'_>, digits: &[u8]) {
        let digits = digits.strip_prefix(b"+").unwrap_or(digits);
        match Msisdn::from_ascii(digits) {
            Some(msisdn) => self.facts.named.msisdn(msisdn),
            None => self.wrong(avp, "E.164 number is not 3 to 15 digits"),
        }
    }

    /// A SIP or tel URI of the subscriber.
    fn own_uri(&mut self, text: &[u8]) {
        let Some(uri) = ims::Uri::parse(text) else {
            return;
        };
        if let Some(imsi) = uri.imsi() {
            self.facts.named.imsi(imsi);
        } else if let Some(msisdn) = uri.number().and_then(Number::international) {
            self.facts.named.msisdn(msisdn);
        }
    }

    fn imei(&mut self, avp: &Avp<'_>, octets: &[u8]) {
        match imei_of(octets) {
            Some(imei) => self.facts.named.imei(imei),
            None => self.wrong(avp, "IMEI is not 14 to 16 digits"),
        }
    }

    /// RFC 8506 §8.47: 0 E164, 1 IMSI, 2 SIP URI, 3 NAI, 4 private.
    fn subscription_id(&mut self, group: &Avp<'_>) {
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
    fn user_equipment_info(&mut self, group: &Avp<'_>) {
        let pair = std::mem::take(&mut self.pair);
        if let (Some(0), Some(value)) = (pair.kind, pair.value) {
            self.imei(group, value);
        }
    }

    /// TS 29.272 §7.3.3: IMEI of 14 or 15 digits, Software-Version of two; together the IMEISV.
    fn terminal_information(&mut self) {
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

    fn visited(&mut self, avp: &Avp<'_>) {
        let plmn = match avp.key() {
            keys::VISITED_PLMN_ID => avp.data.try_into().ok().and_then(Plmn::from_octets),
            keys::TGPP_SGSN_MCC_MNC => ims::plmn_of_digits(avp.data),
            _ => match ims::plmn_of_domain(avp.data) {
                // Any text may name a network here (TS 29.229 §6.3.1).
                None => return,
                plmn => plmn,
            },
        };
        match plmn {
            Some(plmn) => {
                self.facts.named.plmn.get_or_insert(plmn);
            }
            None => self.wrong(avp, "PLMN is not three digits and two or three"),
        }
    }

    fn place(&mut self, avp: &Avp<'_>) {
        let data = avp.data;
        let place = match avp.key() {
            keys::EUTRAN_CELL_GLOBAL_IDENTITY | keys::ECGI => {
                let cell = location::ecgi(data);
                if self.cell.is_none() && cell.is_some() {
                    self.cell = cell;
                    return;
                }
                cell
            }
            keys::TRACKING_AREA_IDENTITY => {
                let area = location::tai(data);
                if self.area.is_none() && area.is_some() {
                    self.area = area;
                    return;
                }
                area
            }
            keys::CELL_GLOBAL_IDENTITY => location::cgi(data),
            keys::SERVICE_AREA_IDENTITY => location::sai(data),
            keys::ACCESS_NETWORK_INFORMATION => match ims::access_network_cell(data) {
                Ok(None) => return,
                place => place.ok().flatten(),
            },
            keys::TGPP_USER_LOCATION_INFO => match location::user_location(data) {
                Ok(None) => return,
                place => place.ok().flatten(),
            },
            _ => location::lai(data),
        };
        match place {
            Some(place) => self.facts.named.cell(place),
            None => self.wrong(avp, "location is not as its type says"),
        }
    }

    pub(super) fn finish(mut self, message: &Diameter<'a>) -> (Facts<'a>, Option<DecodeError>) {
        self.terminal_information();
        match (self.cell, self.area) {
            (Some(cell), Some(area)) => {
                let cell = location::with_area(cell, area);
                self.facts.named.cell(cell);
                if cell.area.is_none() {
                    self.facts.named.cell(area);
                }
            }
            (place, area) => {
                if let Some(place) = place.or(area) {
                    self.facts.named.cell(place);
                }
            }
        }
        self.facts.interface = self.interface();
        (self.facts, self.error.or(message.stop))
    }

    /// S6d and Gy share their application with S6a and Ro.
    fn interface(&self) -> Option<&'static str> {
        let facts = &self.facts;
        match self.application {
            commands::S6A_S6D if self.is_s6d() => Some("s6d"),
            commands::CREDIT_CONTROL_APPLICATION
                // TS 32.251 is charging of the packet domain: Gy.
                if facts.service_context.is_some_and(|context| {
                    memchr::memmem::find(context, b"32251@").is_some()
                }) =>
            {
                Some("gy")
            }
            id => commands::interface(id),
        }
    }

    fn is_s6d(&self) -> bool {
        // TS 29.212 §5.3.31: 1000 UTRAN, 1001 GERAN, 1002 GAN, 1003 HSPA evolution: an SGSN's.
        if let Some(rat) = self.facts.rat_type {
            return matches!(rat, 1000..=1003);
        }
        // S6a/S6d-Indicator, set on S6a: ULR-Flags bit 1 (§7.3.7), CLR-Flags bit 0 (§7.3.152).
        if let Some(flags) = self.facts.ulr_flags {
            return flags & 2 == 0;
        }
        if let Some(flags) = self.facts.clr_flags {
            return flags & 1 == 0;
        }
        self.sgsn.unwrap_or(false)
    }
}

fn is_place(key: super::Key) -> bool {
    matches!(
        key,
        keys::EUTRAN_CELL_GLOBAL_IDENTITY
            | keys::TRACKING_AREA_IDENTITY
            | keys::CELL_GLOBAL_IDENTITY
            | keys::ROUTING_AREA_IDENTITY
            | keys::LOCATION_AREA_IDENTITY
            | keys::SERVICE_AREA_IDENTITY
            | keys::ECGI
            | keys::TGPP_USER_LOCATION_INFO
            | keys::ACCESS_NETWORK_INFORMATION
    )
}
