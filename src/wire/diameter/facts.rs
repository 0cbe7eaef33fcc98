//! What a message says about a subscriber, whatever the application.

use super::Diameter;
use super::walk::Walk;
use crate::wire::{DecodeError, Named};

/// The facts of one message.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts<'a> {
    /// Subscriber, device, place, parties.
    pub named: Named,
    /// The interface as far as the message tells it; `None` for an application that is not in the table. An answer of
    /// S6d looks like one of S6a, and one of Gy like one of Ro: their request tells.
    pub interface: Option<&'static str>,
    /// Session-Id.
    pub session_id: Option<&'a [u8]>,
    /// Origin-Host.
    pub origin_host: Option<&'a [u8]>,
    /// Origin-Realm.
    pub origin_realm: Option<&'a [u8]>,
    /// Destination-Host.
    pub destination_host: Option<&'a [u8]>,
    /// Destination-Realm.
    pub destination_realm: Option<&'a [u8]>,
    /// Result-Code.
    pub result_code: Option<u32>,
    /// Experimental-Result-Code.
    pub experimental_result: Option<u32>,
    /// RAT-Type (TS 29.212 §5.3.31); a 3GPP-RAT-Type is turned into it.
    pub rat_type: Option<u32>,
    /// Cancellation-Type (TS 29.272 §7.3.24).
    pub cancellation_type: Option<u32>,
    /// Equipment-Status (TS 29.272 §7.3.51): 0 permitted, 1 prohibited, 2 tracked.
    pub equipment_status: Option<u32>,
    /// ULR-Flags (TS 29.272 §7.3.7).
    pub ulr_flags: Option<u32>,
    /// CLR-Flags (TS 29.272 §7.3.152).
    pub clr_flags: Option<u32>,
    /// NOR-Flags (TS 29.272 §7.3.49).
    pub nor_flags: Option<u32>,
    /// Alert-Reason (TS 29.272 §7.3.83).
    pub alert_reason: Option<u32>,
    /// CC-Request-Type: 1 initial, 2 update, 3 termination, 4 event.
    pub cc_request_type: Option<u32>,
    /// CC-Request-Number.
    pub cc_request_number: Option<u32>,
    /// Accounting-Record-Type: 1 event, 2 start, 3 interim, 4 stop.
    pub accounting_record_type: Option<u32>,
    /// Termination-Cause.
    pub termination_cause: Option<u32>,
    /// Server-Assignment-Type (TS 29.229 §6.3.15).
    pub server_assignment_type: Option<u32>,
    /// Called-Station-Id or Service-Selection: the APN.
    pub apn: Option<&'a [u8]>,
    /// Service-Context-Id.
    pub service_context: Option<&'a [u8]>,
    /// The first Public-Identity as sent, whether or not a number was read from it.
    pub public_identity: Option<&'a [u8]>,
    /// IDR-Flags (TS 29.272 §7.3.103).
    pub idr_flags: Option<u32>,
    /// Data-Reference (TS 29.329 §6.3.4).
    pub data_reference: Option<u32>,
    /// Monitoring-Type (TS 29.336 §8.4.38).
    pub monitoring_type: Option<u32>,
    /// Role-Of-Node (TS 32.299 §7.2.163): 0 originating, 1 terminating.
    pub role_of_node: Option<u32>,
    /// SM-Message-Type (TS 32.299 §7.2.182).
    pub sm_message_type: Option<u32>,
    /// SIP-Method (TS 32.299 §7.2.206).
    pub sip_method: Option<&'a [u8]>,
    /// Service-URN of Rx: an emergency where it begins with `sos`.
    pub service_urn: Option<&'a [u8]>,
    /// Media is asked for (Media-Component-Description of Rx).
    pub has_media: bool,
    /// Seconds that Used-Service-Units report.
    pub used_seconds: Option<u32>,
    /// AVPs of known vendors that the dictionary does not have.
    pub unknown: u16,
    /// Places in forms that are not kept: positions, nodes, 3GPP2 cells.
    pub other_places: u16,
    /// SM-RP-UI: a short message TPDU of TS 23.040.
    pub sm_rp_ui: Option<&'a [u8]>,
}

/// Walks the AVPs once. The error is the first defect; what comes before it, beside it, and after it where the walk can
/// go on, is in the facts.
pub fn facts<'a>(message: &Diameter<'a>) -> (Facts<'a>, Option<DecodeError>) {
    let mut walk = Walk::new(message.header.application);
    walk.avps(message.avps(), 0);
    walk.finish(message)
}
