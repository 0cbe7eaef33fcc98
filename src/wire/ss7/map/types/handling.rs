//! Call handling (MAP-CH-DataTypes).

use super::super::super::fields::Tag::{Context, Octets, Sequence};
use super::super::super::fields::{Field, Role, into, take};
use super::{ACCESS_SIGNAL, PAGING_AREA, SUBSCRIBER_INFO};

// SendRoutingInfoArg ::= SEQUENCE {msisdn [0] ISDN-AddressString, ...,
//     gmsc-OrGsmSCF-Address [6] ISDN-AddressString, callReferenceNumber [7] CallReferenceNumber OPTIONAL, ...}
pub(super) const SEND_ROUTING_INFO: &[Field] = &[into(
    Sequence,
    &[take(Context(0), Role::Msisdn), take(Context(6), Role::Node), take(Context(7), Role::CallReference)],
)];

// ForwardingData ::= SEQUENCE {forwardedToNumber [5] ISDN-AddressString OPTIONAL, ...,
//     longForwardedToNumber [8] FTN-AddressString OPTIONAL}
pub(super) const FORWARDING_DATA: &[Field] = &[take(Context(5), Role::Called), take(Context(8), Role::Called)];

// SendRoutingInfoRes ::= SEQUENCE {imsi IMSI, routingInfo RoutingInfo, ...}       -- versions 1 and 2
// SendRoutingInfoRes ::= [3] SEQUENCE {imsi [9] IMSI OPTIONAL, extendedRoutingInfo ExtendedRoutingInfo OPTIONAL, ...,
//     subscriberInfo [7] SubscriberInfo OPTIONAL, ..., vmsc-Address [2] ISDN-AddressString OPTIONAL, ...,
//     msisdn [12] ISDN-AddressString OPTIONAL, ..., routingInfo2 [17] RoutingInfo OPTIONAL, ...}
// ExtendedRoutingInfo ::= CHOICE {routingInfo RoutingInfo, camelRoutingInfo [8] CamelRoutingInfo}
// RoutingInfo ::= CHOICE {roamingNumber ISDN-AddressString, forwardingData ForwardingData}
// CamelRoutingInfo ::= SEQUENCE {forwardingData ForwardingData OPTIONAL, ...}
pub(super) const SEND_ROUTING_INFO_RES: &[Field] = &[
    into(Sequence, &[take(Octets(0), Role::Imsi), take(Octets(1), Role::Called), into(Sequence, FORWARDING_DATA)]),
    into(
        Context(3),
        &[
            take(Context(9), Role::Imsi),
            take(Octets(0), Role::Called),
            into(Sequence, FORWARDING_DATA),
            into(Context(8), &[into(Sequence, FORWARDING_DATA)]),
            into(Context(7), SUBSCRIBER_INFO),
            take(Context(2), Role::Node),
            take(Context(12), Role::Msisdn),
            into(Context(17), &[take(Octets(0), Role::Called), into(Sequence, FORWARDING_DATA)]),
        ],
    ),
];

// ProvideRoamingNumberArg ::= SEQUENCE {imsi [0] IMSI, msc-Number [1] ISDN-AddressString,
//     msisdn [2] ISDN-AddressString OPTIONAL,
//     previousRoamingNumber [3] ISDN-AddressString OPTIONAL (version 1), lmsi [4] LMSI OPTIONAL, ...,
//     gmsc-Address [8] ISDN-AddressString OPTIONAL, callReferenceNumber [9] CallReferenceNumber OPTIONAL, ...,
//     pagingArea [22] PagingArea OPTIONAL, ..., oldMSC-Number [25] ISDN-AddressString OPTIONAL,
//     lastUsedLtePLMN-Id [26] PLMN-Id OPTIONAL}
pub(super) const PROVIDE_ROAMING_NUMBER: &[Field] = &[into(
    Sequence,
    &[
        take(Context(0), Role::Imsi),
        take(Context(1), Role::Node),
        take(Context(2), Role::Msisdn),
        take(Context(3), Role::Called),
        take(Context(4), Role::Lmsi),
        take(Context(8), Role::Node),
        take(Context(9), Role::CallReference),
        into(Context(22), PAGING_AREA),
        take(Context(25), Role::Node),
    ],
)];

// ProvideRoamingNumberRes ::= ISDN-AddressString      -- versions 1 and 2
// ProvideRoamingNumberRes ::= SEQUENCE {roamingNumber ISDN-AddressString, ...,
//     vmsc-Address ISDN-AddressString OPTIONAL}
pub(super) const PROVIDE_ROAMING_NUMBER_RES: &[Field] =
    &[take(Octets(0), Role::Called), into(Sequence, &[take(Octets(0), Role::Called), take(Octets(1), Role::Node)])];

// ResumeCallHandlingArg ::= SEQUENCE {callReferenceNumber [0] CallReferenceNumber OPTIONAL, ...,
//     forwardingData [2] ForwardingData OPTIONAL, imsi [3] IMSI OPTIONAL, ...,
//     msisdn [9] ISDN-AddressString OPTIONAL, ...}
pub(super) const RESUME_CALL_HANDLING: &[Field] = &[into(
    Sequence,
    &[
        take(Context(0), Role::CallReference),
        into(Context(2), FORWARDING_DATA),
        take(Context(3), Role::Imsi),
        take(Context(9), Role::Msisdn),
    ],
)];

// SetReportingStateArg ::= SEQUENCE {imsi [0] IMSI OPTIONAL, lmsi [1] LMSI OPTIONAL, ...}
pub(super) const SET_REPORTING_STATE: &[Field] =
    &[into(Sequence, &[take(Context(0), Role::Imsi), take(Context(1), Role::Lmsi)])];

// CCBS-Feature ::= SEQUENCE {ccbs-Index [0] ..., b-subscriberNumber [1] ISDN-AddressString OPTIONAL, ...}
pub(super) const CCBS_FEATURE: &[Field] = &[take(Context(1), Role::Called)];

// RemoteUserFreeArg ::= SEQUENCE {imsi [0] IMSI, ..., ccbs-Feature [2] CCBS-Feature,
//     translatedB-Number [3] ISDN-AddressString, ...}
pub(super) const REMOTE_USER_FREE: &[Field] =
    &[into(Sequence, &[take(Context(0), Role::Imsi), into(Context(2), CCBS_FEATURE), take(Context(3), Role::Called)])];

// ReleaseResourcesArg ::= SEQUENCE {msrn ISDN-AddressString, ...}
pub(super) const RELEASE_RESOURCES: &[Field] = &[into(Sequence, &[take(Octets(0), Role::Called)])];

// Group calls (MAP-GR-DataTypes).

// PrepareGroupCallRes ::= SEQUENCE {groupCallNumber ISDN-AddressString, ...}
pub(super) const PREPARE_GROUP_CALL_RES: &[Field] = &[into(Sequence, &[take(Octets(0), Role::Called)])];

// ForwardGroupCallSignallingArg ::= SEQUENCE {imsi IMSI OPTIONAL, ..., an-APDU [10] AccessNetworkSignalInfo OPTIONAL, ...}
// ProcessGroupCallSignallingArg ::= SEQUENCE {..., an-APDU [6] AccessNetworkSignalInfo OPTIONAL, ...}
pub(super) const FORWARD_GROUP_CALL_SIGNALLING: &[Field] =
    &[into(Sequence, &[take(Octets(0), Role::Imsi), into(Context(10), ACCESS_SIGNAL)])];
pub(super) const PROCESS_GROUP_CALL_SIGNALLING: &[Field] = &[into(Sequence, &[into(Context(6), ACCESS_SIGNAL)])];

// SendGroupCallInfoArg ::= SEQUENCE {requestedInfo ..., groupId ..., ..., cellId [0] GlobalCellId OPTIONAL,
//     imsi [1] IMSI OPTIONAL, tmsi [2] TMSI OPTIONAL, ...}
pub(super) const SEND_GROUP_CALL_INFO: &[Field] =
    &[into(Sequence, &[take(Context(0), Role::CgiOrLai), take(Context(1), Role::Imsi), take(Context(2), Role::Tmsi)])];
// SendGroupCallInfoRes ::= SEQUENCE {anchorMSC-Address [0] ISDN-AddressString OPTIONAL, ...,
//     imsi [2] IMSI OPTIONAL, ...}
pub(super) const SEND_GROUP_CALL_INFO_RES: &[Field] =
    &[into(Sequence, &[take(Context(0), Role::Node), take(Context(2), Role::Imsi)])];
