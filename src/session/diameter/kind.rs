//! What a request asks of or for a subscriber, application by application.

use crate::event::{Direction, EventKind, Rat};
use crate::wire::diameter::{Diameter, Facts};

/// The event of a request.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked {
    pub kind: EventKind,
    pub direction: Direction,
    /// Another request tells of the success; this one is told only where it is refused.
    pub only_refused: bool,
}

/// Accounting-Record-Type and CC-Request-Type as the life of a session.
pub(super) fn of_session(facts: &Facts<'_>) -> Option<Life> {
    // RFC 6733 §9.8.1: 1 event, 2 start, 3 interim, 4 stop. RFC 8506 §8.3: 1 initial, 2 update, 3 terminate, 4 event.
    Some(match (facts.cc_request_type, facts.accounting_record_type) {
        (Some(1), _) | (None, Some(2)) => Life::Start,
        (Some(2), _) | (None, Some(3)) => Life::Update,
        (Some(3), _) | (None, Some(4)) => Life::End,
        (Some(4), _) | (None, Some(1)) => Life::Event,
        _ => return None,
    })
}

/// Where a session stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Life {
    Start,
    Update,
    End,
    /// One event without a session.
    Event,
}

/// The service that is charged: the number of its specification in Service-Context-Id (TS 32.299 §7.1.12).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Service {
    Data,
    /// IMS and its multimedia telephony.
    Call,
    ShortMessage,
    Other,
}

/// Which service a charging request is for. Where none is named (Gx, base accounting), data.
pub(super) fn service(facts: &Facts<'_>) -> Service {
    let Some(context) = facts.service_context else { return Service::Data };
    let is = |number: &[u8]| memchr::memmem::find(context, number).is_some();
    if is(b"32251@") {
        Service::Data
    } else if is(b"32260@") || is(b"32275@") {
        Service::Call
    } else if is(b"32274@") {
        Service::ShortMessage
    } else if is(b"3gpp.org") {
        Service::Other
    } else {
        Service::Data
    }
}

/// The event of a request; `None` for one that says nothing of what a subscriber does.
pub(super) fn of(message: &Diameter<'_>, facts: &Facts<'_>) -> Option<Asked> {
    use Direction::{Mo, Mt, None as Neither};
    let command = message.command()?;
    let (kind, direction) = match command.name {
        // S6a, S6d (TS 29.272 §5.2)
        "Update-Location" => (EventKind::Register, Mo),
        "Authentication-Information" => (EventKind::Authenticate, Neither),
        "Cancel-Location" => match facts.cancellation_type {
            // SUBSCRIPTION_WITHDRAWAL: it comes up nowhere else.
            Some(2) => (EventKind::Deregister, Neither),
            _ => (EventKind::Moved, Neither),
        },
        "Purge-UE" => (EventKind::Deregister, Neither),
        // IDR-Flags, §7.3.103: bit 3 asks for the location.
        "Insert-Subscriber-Data" if facts.idr_flags.is_some_and(|flags| flags & 8 != 0) => (EventKind::Locate, Mt),
        // S13 (§6.2)
        "ME-Identity-Check" => (EventKind::EquipmentCheck, Neither),
        // Cx (TS 29.228 §6.1), SWx (TS 29.273 §8.1.2)
        "Multimedia-Auth" => (EventKind::Authenticate, Neither),
        "Server-Assignment" => match facts.server_assignment_type? {
            // REGISTRATION, RE_REGISTRATION
            1 | 2 => (EventKind::Register, Mo),
            // deregistrations: by timeout, by the user (also storing the name), administrative, too much data
            4..=8 | 11 => (EventKind::Deregister, if facts.server_assignment_type == Some(5) { Mo } else { Neither }),
            // AUTHENTICATION_FAILURE, AUTHENTICATION_TIMEOUT
            9 | 10 => (EventKind::Authenticate, Neither),
            _ => return None,
        },
        "Registration-Termination" => (EventKind::Deregister, Neither),
        // Asked at each REGISTER; Server-Assignment tells of the registration itself.
        "User-Authorization" => {
            return Some(Asked { kind: EventKind::Register, direction: Mo, only_refused: true });
        }
        "Location-Info" => (EventKind::RouteQuery, Mt),
        // Sh (TS 29.328 §7.6): 14 location, 26 access domain for terminating calls
        "User-Data" => match facts.data_reference? {
            14 => (EventKind::Locate, Mt),
            26 => (EventKind::RouteQuery, Mt),
            _ => return None,
        },
        // SGd, S6c (TS 29.338)
        "MO-Forward-Short-Message" => (EventKind::SmsSubmit, Mo),
        "MT-Forward-Short-Message" => (EventKind::SmsDeliver, Mt),
        "Send-Routing-Info-for-SM" => (EventKind::RouteQuery, Mt),
        // SLg, SLh (TS 29.172, TS 29.173)
        "Provide-Location" | "LCS-Routing-Info" => (EventKind::Locate, Mt),
        "Location-Report" => (EventKind::Locate, Mo),
        // S6t, T6a: Monitoring-Type 2 is LOCATION_REPORTING (TS 29.336 §8.4.38)
        "Configuration-Information" if facts.monitoring_type == Some(2) => (EventKind::Locate, Mt),
        "AA" | "Diameter-EAP" | "Session-Termination" => of_access(command.name, facts)?,
        "Credit-Control" | "Accounting" => of_charging(facts)?,
        _ => return None,
    };
    Some(Asked { kind, direction, only_refused: false })
}

/// Access through other networks (TS 29.273): EAP authenticates, S6b opens and closes the session at the gateway. Rx
/// (TS 29.214 §4.4.1) asks for the bearer of a call's media.
fn of_access(command: &str, facts: &Facts<'_>) -> Option<(EventKind, Direction)> {
    Some(match (facts.interface?, command) {
        ("sta" | "swm" | "eap", "Diameter-EAP") => (EventKind::Authenticate, Direction::None),
        ("s6b", "AA") => (EventKind::DataStart, Direction::Mo),
        ("s6b", "Session-Termination") => (EventKind::DataEnd, Direction::None),
        ("rx", "AA") if facts.has_media && is_somebody(facts) => (EventKind::DataUpdate, Direction::None),
        _ => return None,
    })
}

/// A function that does not know the subscriber names an address only.
fn is_somebody(facts: &Facts<'_>) -> bool {
    facts.named.imsi.is_some() || facts.named.msisdn.is_some()
}

/// Data sessions on Gx, Gy and Rf; short messages. Calls are followed elsewhere.
fn of_charging(facts: &Facts<'_>) -> Option<(EventKind, Direction)> {
    let life = of_session(facts)?;
    Some(match (service(facts), life) {
        (Service::Data, Life::Start) => (EventKind::DataStart, Direction::Mo),
        (Service::Data, Life::Update) => (EventKind::DataUpdate, Direction::None),
        (Service::Data, Life::End) => (EventKind::DataEnd, Direction::None),
        // SM-Message-Type (TS 32.299 §7.2.182): 0 submission; 3 delivery (later releases). One that is charged by
        // sessions is charged at their start.
        (Service::ShortMessage, Life::Start | Life::Event) => match facts.sm_message_type {
            None | Some(0) => (EventKind::SmsSubmit, Direction::Mo),
            Some(3) => (EventKind::SmsDeliver, Direction::Mt),
            Some(_) => return None,
        },
        _ => return None,
    })
}

/// RAT-Type, TS 29.212 §5.3.31.
pub(super) fn rat(rat_type: u32) -> Option<Rat> {
    Some(match rat_type {
        0 => Rat::Wlan,
        1000 | 1003 => Rat::Utran,
        1001 => Rat::Geran,
        1004 | 1005 | 1007 => Rat::Eutran,
        1006 => Rat::Nr,
        _ => return None,
    })
}
