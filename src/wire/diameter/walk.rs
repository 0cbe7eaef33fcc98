//! One walk over the AVPs of a message, into all of its grouped AVPs.

use super::dictionary::{Kind, has_vendor, keys, kind};
use super::{Avp, Avps, Diameter, Facts, MAX_DEPTH, commands, location, malformed};
use crate::health::Layer;
use crate::identity::CellId;
use crate::wire::DecodeError;

/// A type and its value, until their group ends.
#[derive(Default)]
pub(super) struct Pair<'a> {
    pub(super) kind: Option<u32>,
    pub(super) value: Option<&'a [u8]>,
}

/// An IMEI and its software version, until their group or the message ends.
#[derive(Default)]
pub(super) struct Terminal<'a> {
    pub(super) imei: Option<Avp<'a>>,
    pub(super) version: Option<&'a [u8]>,
}

pub(super) struct Walk<'a> {
    pub(super) application: u32,
    pub(super) facts: Facts<'a>,
    error: Option<DecodeError>,
    /// S6d: the other end is an SGSN.
    sgsn: Option<bool>,
    /// Within a Used-Service-Unit.
    used: bool,
    pub(super) pair: Pair<'a>,
    pub(super) terminal: Terminal<'a>,
    /// E-UTRAN cell and tracking area come in two AVPs.
    pub(super) cell: Option<CellId>,
    pub(super) area: Option<CellId>,
}

impl<'a> Walk<'a> {
    pub(super) fn new(application: u32) -> Self {
        Self {
            application,
            facts: Facts::default(),
            error: None,
            sgsn: None,
            used: false,
            pair: Pair::default(),
            terminal: Terminal::default(),
            cell: None,
            area: None,
        }
    }

    fn fail(&mut self, error: DecodeError) {
        self.error.get_or_insert(error);
    }

    pub(super) fn wrong(&mut self, avp: &Avp<'_>, what: &'static str) {
        self.fail(malformed(avp.data_offset(), what));
    }

    pub(super) fn avps(&mut self, mut avps: Avps<'a>, depth: usize) {
        while let Some(step) = avps.next() {
            match step {
                Ok(avp) => self.avp(&avp, depth),
                Err(error) => {
                    self.fail(error);
                    if let Some(cut) = avps.cut()
                        && kind(cut.key()) == Some(Kind::Group)
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
        let key = avp.key();
        let used = self.used;
        self.used |= key == keys::USED_SERVICE_UNIT;
        self.avps(avp.group(), depth.saturating_add(1));
        self.used = used;
        match key {
            keys::SUBSCRIPTION_ID => self.subscription_id(avp),
            keys::USER_EQUIPMENT_INFO => self.user_equipment_info(avp),
            keys::TERMINAL_INFORMATION => self.terminal_information(),
            keys::ORIGINATOR_ADDRESS
            | keys::ORIGINATOR_RECEIVED_ADDRESS
            | keys::RECIPIENT_ADDRESS
            | keys::RECIPIENT_RECEIVED_ADDRESS => self.address_of_party(key),
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
            keys::SERVICE_URN => facts.service_urn = Some(data),
            keys::SIP_METHOD => facts.sip_method = Some(data),
            keys::SM_RP_UI => facts.sm_rp_ui = Some(data),
            keys::SUBSCRIPTION_ID_DATA | keys::USER_EQUIPMENT_INFO_VALUE | keys::ADDRESS_DATA => {
                self.pair.value = Some(data);
            }
            keys::SUBSCRIPTION_ID_TYPE | keys::USER_EQUIPMENT_INFO_TYPE | keys::ADDRESS_TYPE => match avp.u32() {
                Ok(value) => self.pair.kind = Some(value),
                Err(error) => self.fail(error),
            },
            keys::IMEI => self.terminal.imei = Some(*avp),
            keys::SOFTWARE_VERSION => self.terminal.version = Some(data),
            keys::USER_NAME => self.user_name(avp),
            keys::TGPP_IMSI | keys::SUBSCRIPTION_ID_IMSI => self.imsi(avp, data),
            keys::MSISDN | keys::A_MSISDN => self.msisdn(avp),
            keys::CALLING_STATION_ID => self.calling_station(data),
            keys::SUBSCRIPTION_ID_E164 => self.e164(avp, data),
            keys::SUBSCRIPTION_ID_SIP_URI | keys::PUBLIC_IDENTITY | keys::SIP_AOR => {
                facts.public_identity.get_or_insert(data);
                self.own_uri(data);
            }
            keys::SUBSCRIPTION_ID_NAI => self.nai(data),
            keys::TGPP_IMEISV | keys::USER_EQUIPMENT_INFO_IMEISV | keys::USER_EQUIPMENT_INFO_IMEI => {
                self.imei(avp, data);
            }
            keys::TGPP2_MEID => self.meid(avp),
            keys::LMSI => self.lmsi(avp),
            keys::USER_DATA_OF_CX | keys::USER_DATA_OF_SH => self.document(data),
            keys::CALLING_PARTY_ADDRESS | keys::ORIGINATING_SIP_URI => self.calling_uri(data),
            keys::CALLED_PARTY_ADDRESS
            | keys::APPLICATION_PROVIDED_CALLED_PARTY_ADDRESS
            | keys::CALLED_ASSERTED_IDENTITY
            | keys::REQUESTED_PARTY_ADDRESS
            | keys::CALLED_IDENTITY
            | keys::DESTINATION_SIP_URI => self.called_uri(data),
            keys::ASSOCIATED_PARTY_ADDRESS => self.associated_uri(data),
            keys::SM_RP_SMEA => self.short_message_entity(avp),
            keys::SGSN_NUMBER
            | keys::MSC_NUMBER
            | keys::GMLC_NUMBER
            | keys::IP_SM_GW_NUMBER
            | keys::MME_NUMBER_FOR_MT_SMS
            | keys::SMS_GMSC_ADDRESS
            | keys::SC_ADDRESS => self.node(avp),
            keys::ORIGINATOR_SCCP_ADDRESS | keys::RECIPIENT_SCCP_ADDRESS | keys::SMSC_ADDRESS => {
                self.node_address(data);
            }
            // Further in they are equivalent networks, or where a gateway was chosen.
            keys::VISITED_PLMN_ID | keys::VISITED_NETWORK_IDENTIFIER if depth > 0 => {}
            keys::VISITED_PLMN_ID | keys::VISITED_NETWORK_IDENTIFIER | keys::TGPP_SGSN_MCC_MNC => {
                self.visited(avp);
            }
            keys::E_UTRAN_CELL_GLOBAL_IDENTITY
            | keys::TRACKING_AREA_IDENTITY
            | keys::CELL_GLOBAL_IDENTITY
            | keys::ROUTING_AREA_IDENTITY
            | keys::LOCATION_AREA_IDENTITY
            | keys::SERVICE_AREA_IDENTITY
            | keys::ECGI
            | keys::TGPP_USER_LOCATION_INFO
            | keys::ACCESS_NETWORK_INFORMATION
            | keys::CELLULAR_NETWORK_INFORMATION => self.place(avp),
            keys::LOCATION_ESTIMATE
            | keys::GEOGRAPHICAL_INFORMATION
            | keys::GEODETIC_INFORMATION
            | keys::LOCATION_INFORMATION
            | keys::TGPP2_BSID => facts.other_places = facts.other_places.saturating_add(1),
            keys::REQUESTED_EUTRAN_AUTHENTICATION_INFO => {
                self.sgsn = Some(false);
                self.group(avp, depth);
            }
            keys::REQUESTED_UTRAN_GERAN_AUTHENTICATION_INFO => {
                self.sgsn.get_or_insert(true);
                self.group(avp, depth);
            }
            keys::FAILED_AVP => {
                // RFC 6733 §7.5: what was wrong with the request, perhaps with an empty value.
                let error = self.error;
                self.group(avp, depth);
                self.error = error;
            }
            keys::MEDIA_COMPONENT_DESCRIPTION => {
                facts.has_media = true;
                self.group(avp, depth);
            }
            keys::TGPP_RAT_TYPE => {
                let rat = data.first().and_then(|&octet| super::identities::rat_type(octet));
                facts.rat_type = facts.rat_type.or(rat);
            }
            keys::CC_TIME => self.cc_time(avp),
            keys::RESULT_CODE => self.integer(avp, |facts| &mut facts.result_code),
            keys::EXPERIMENTAL_RESULT_CODE => self.integer(avp, |facts| &mut facts.experimental_result),
            keys::RAT_TYPE => self.integer(avp, |facts| &mut facts.rat_type),
            keys::CANCELLATION_TYPE => self.integer(avp, |facts| &mut facts.cancellation_type),
            keys::EQUIPMENT_STATUS => self.integer(avp, |facts| &mut facts.equipment_status),
            keys::ULR_FLAGS => self.integer(avp, |facts| &mut facts.ulr_flags),
            keys::CLR_FLAGS => self.integer(avp, |facts| &mut facts.clr_flags),
            keys::NOR_FLAGS => self.integer(avp, |facts| &mut facts.nor_flags),
            keys::IDR_FLAGS => self.integer(avp, |facts| &mut facts.idr_flags),
            keys::ALERT_REASON => self.integer(avp, |facts| &mut facts.alert_reason),
            keys::CC_REQUEST_TYPE => self.integer(avp, |facts| &mut facts.cc_request_type),
            keys::CC_REQUEST_NUMBER => self.integer(avp, |facts| &mut facts.cc_request_number),
            keys::ACCOUNTING_RECORD_TYPE => self.integer(avp, |facts| &mut facts.accounting_record_type),
            keys::TERMINATION_CAUSE => self.integer(avp, |facts| &mut facts.termination_cause),
            keys::SERVER_ASSIGNMENT_TYPE => self.integer(avp, |facts| &mut facts.server_assignment_type),
            keys::DATA_REFERENCE => self.integer(avp, |facts| &mut facts.data_reference),
            keys::MONITORING_TYPE => self.integer(avp, |facts| &mut facts.monitoring_type),
            keys::ROLE_OF_NODE => self.integer(avp, |facts| &mut facts.role_of_node),
            keys::SM_MESSAGE_TYPE => self.integer(avp, |facts| &mut facts.sm_message_type),
            _ => match kind(key) {
                Some(Kind::Group) => self.group(avp, depth),
                Some(Kind::Bits32) if data.len() != 4 => self.wrong(avp, "AVP of 32 bits has another length"),
                Some(Kind::Bits64) if data.len() != 8 => self.wrong(avp, "AVP of 64 bits has another length"),
                None if has_vendor(key) => facts.unknown = facts.unknown.saturating_add(1),
                _ => {}
            },
        }
    }

    fn integer(&mut self, avp: &Avp<'a>, field: impl for<'f> FnOnce(&'f mut Facts<'a>) -> &'f mut Option<u32>) {
        match avp.u32() {
            Ok(value) => *field(&mut self.facts) = Some(value),
            Err(error) => self.fail(error),
        }
    }

    /// Seconds that were used; those that are granted are another matter.
    fn cc_time(&mut self, avp: &Avp<'a>) {
        if self.used {
            match avp.u32() {
                Ok(value) => {
                    let sum = self.facts.used_seconds.unwrap_or(0).saturating_add(value);
                    self.facts.used_seconds = Some(sum);
                }
                Err(error) => self.fail(error),
            }
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
