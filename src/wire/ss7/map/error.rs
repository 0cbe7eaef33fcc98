//! The errors of MAP (TS 29.002 V17, clause 17.6 and MAP-ER-DataTypes).

use super::super::names;
use crate::health::Layer;
use crate::wire::asn1::{Class, Element, Elements, universal};

names! {
    /// The name of an error; `None` for a code that MAP does not have.
    error_name(i32);
    1 => "unknownSubscriber",
    2 => "unknownBaseStation",
    3 => "unknownMSC",
    4 => "secureTransportError",
    5 => "unidentifiedSubscriber",
    6 => "absentSubscriberSM",
    7 => "unknownEquipment",
    8 => "roamingNotAllowed",
    9 => "illegalSubscriber",
    10 => "bearerServiceNotProvisioned",
    11 => "teleserviceNotProvisioned",
    12 => "illegalEquipment",
    13 => "callBarred",
    14 => "forwardingViolation",
    15 => "cug-Reject",
    16 => "illegalSS-Operation",
    17 => "ss-ErrorStatus",
    18 => "ss-NotAvailable",
    19 => "ss-SubscriptionViolation",
    20 => "ss-Incompatibility",
    21 => "facilityNotSupported",
    22 => "ongoingGroupCall",
    23 => "invalidTargetBaseStation",
    24 => "noRadioResourceAvailable",
    25 => "noHandoverNumberAvailable",
    26 => "subsequentHandoverFailure",
    27 => "absentSubscriber",
    28 => "incompatibleTerminal",
    29 => "shortTermDenial",
    30 => "longTermDenial",
    31 => "subscriberBusyForMT-SMS",
    32 => "sm-DeliveryFailure",
    33 => "messageWaitingListFull",
    34 => "systemFailure",
    35 => "dataMissing",
    36 => "unexpectedDataValue",
    37 => "pw-RegistrationFailure",
    38 => "negativePW-Check",
    39 => "noRoamingNumberAvailable",
    40 => "tracingBufferFull",
    42 => "targetCellOutsideGroupCallArea",
    43 => "numberOfPW-AttemptsViolation",
    44 => "numberChanged",
    45 => "busySubscriber",
    46 => "noSubscriberReply",
    47 => "forwardingFailed",
    48 => "or-NotAllowed",
    49 => "ati-NotAllowed",
    50 => "noGroupCallNumberAvailable",
    51 => "resourceLimitation",
    52 => "unauthorizedRequestingNetwork",
    53 => "unauthorizedLCSClient",
    54 => "positionMethodFailure",
    58 => "unknownOrUnreachableLCSClient",
    59 => "mm-EventNotSupported",
    60 => "atsi-NotAllowed",
    61 => "atm-NotAllowed",
    62 => "informationNotAvailable",
    71 => "unknownAlphabet",
    72 => "ussd-Busy",
}

names! {
    /// UnknownSubscriberDiagnostic.
    unknown_subscriber(i64);
    0 => "imsiUnknown",
    1 => "gprs-eps-SubscriptionUnknown",
    2 => "npdbMismatch",
}

names! {
    /// RoamingNotAllowedCause.
    roaming_not_allowed(i64);
    0 => "plmnRoamingNotAllowed",
    3 => "operatorDeterminedBarring",
}

names! {
    /// CallBarringCause.
    call_barring(i64);
    0 => "barringServiceActive",
    1 => "operatorBarring",
}

names! {
    /// AbsentSubscriberReason.
    absent_subscriber(i64);
    0 => "imsiDetach",
    1 => "restrictedArea",
    2 => "noPageResponse",
    3 => "purgedMS",
    4 => "mtRoamingRetry",
    5 => "busySubscriber",
}

names! {
    /// SM-EnumeratedDeliveryFailureCause.
    delivery_failure(i64);
    0 => "memoryCapacityExceeded",
    1 => "equipmentProtocolError",
    2 => "equipmentNotSM-Equipped",
    3 => "unknownServiceCentre",
    4 => "sc-Congestion",
    5 => "invalidSME-Address",
    6 => "subscriberNotSC-Subscriber",
}

names! {
    /// NetworkResource.
    network_resource(i64);
    0 => "plmn",
    1 => "hlr",
    2 => "vlr",
    3 => "pvlr",
    4 => "controllingMSC",
    5 => "vmsc",
    6 => "eir",
    7 => "rss",
}

names! {
    /// AbsentSubscriberDiagnosticSM (TS 23.040 §3.3.2, table 1a).
    absent_subscriber_sm(i64);
    0 => "no paging response via the MSC",
    1 => "IMSI detached",
    2 => "roaming restriction",
    3 => "deregistered in the HLR for non GPRS",
    4 => "MS purged for non GPRS",
    5 => "no paging response via the SGSN",
    6 => "GPRS detached",
    7 => "deregistered in the HLR for GPRS",
    8 => "MS purged for GPRS",
    9 => "unidentified subscriber via the MSC",
    10 => "unidentified subscriber via the SGSN",
    11 => "deregistered in the HSS/HLR for IMS",
    12 => "no response via the IP-SM-GW",
    13 => "the MS is temporarily unavailable",
}

/// The cause that an error names in its parameter; `None` where it names none, or one that is not known.
///
/// In version 1 and 2 the parameter may be the value itself, later it is a SEQUENCE with the value as a member.
pub fn error_cause(code: i32, parameter: &[u8]) -> Option<&'static str> {
    let value = |tags: &[(Class, u32)]| {
        let top = Elements::new(parameter, Layer::Map).next()?.ok()?;
        let found = |element: &Element<'_>| tags.contains(&element.tag());
        let member = match top.constructed {
            true => top.children().map_while(Result::ok).find(found),
            false => found(&top).then_some(top),
        };
        member?.integer().ok()
    };
    const ENUMERATED: (Class, u32) = (Class::Universal, universal::ENUMERATED);
    const INTEGER: (Class, u32) = (Class::Universal, universal::INTEGER);
    match code {
        1 => unknown_subscriber(value(&[ENUMERATED])?),
        6 => absent_subscriber_sm(value(&[INTEGER])?),
        8 => roaming_not_allowed(value(&[ENUMERATED])?),
        13 => call_barring(value(&[ENUMERATED])?),
        27 => absent_subscriber(value(&[ENUMERATED, (Class::Context, 0)])?),
        32 => delivery_failure(value(&[ENUMERATED])?),
        34 => network_resource(value(&[ENUMERATED])?),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn causes() {
        let sequence = [0x30, 0x03, 0x0a, 0x01, 0x00];
        assert_eq!(error_cause(1, &sequence), Some("imsiUnknown"));
        assert_eq!(error_cause(8, &[0x0a, 0x01, 0x03]), Some("operatorDeterminedBarring"));
        let reason = [0x30, 0x03, 0x80, 0x01, 0x03];
        assert_eq!(error_cause(27, &reason), Some("purgedMS"));
        assert_eq!(error_cause(34, &[0x0a, 0x01, 0x01]), Some("hlr"));
        assert_eq!(error_cause(1, &[]), None);
        assert_eq!(error_cause(35, &sequence), None);
        assert_eq!(error_name(35), Some("dataMissing"));
        assert_eq!(error_name(99), None);
    }
}
