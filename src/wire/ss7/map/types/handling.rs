//! Call handling (MAP-CH-DataTypes).

use super::super::super::fields::Tag::{Context, Octets, Sequence};
use super::super::super::fields::{Field, Role, into, take};
use super::SUBSCRIBER_INFO;

// SendRoutingInfoArg ::= SEQUENCE {msisdn [0] ISDN-AddressString, ...,
//     callReferenceNumber [7] CallReferenceNumber OPTIONAL, ...}
pub(super) const SEND_ROUTING_INFO: &[Field] =
    &[into(Sequence, &[take(Context(0), Role::Msisdn), take(Context(7), Role::CallReference)])];

// ForwardingData ::= SEQUENCE {forwardedToNumber [5] ISDN-AddressString OPTIONAL, ...}
pub(super) const FORWARDING_DATA: &[Field] = &[take(Context(5), Role::Called)];

// SendRoutingInfoRes ::= SEQUENCE {imsi IMSI, routingInfo RoutingInfo, ...}       -- versions 1 and 2
// SendRoutingInfoRes ::= [3] SEQUENCE {imsi [9] IMSI OPTIONAL, extendedRoutingInfo ExtendedRoutingInfo OPTIONAL, ...,
//     subscriberInfo [7] SubscriberInfo OPTIONAL, ..., vmsc-Address [2] ISDN-AddressString OPTIONAL, ...,
//     msisdn [12] ISDN-AddressString OPTIONAL, ...}
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
        ],
    ),
];

// ProvideRoamingNumberArg ::= SEQUENCE {imsi [0] IMSI, msc-Number [1] ISDN-AddressString,
//     msisdn [2] ISDN-AddressString OPTIONAL, ..., lmsi [4] LMSI OPTIONAL, ...,
//     callReferenceNumber [9] CallReferenceNumber OPTIONAL, ...}
pub(super) const PROVIDE_ROAMING_NUMBER: &[Field] = &[into(
    Sequence,
    &[
        take(Context(0), Role::Imsi),
        take(Context(1), Role::Node),
        take(Context(2), Role::Msisdn),
        take(Context(4), Role::Lmsi),
        take(Context(9), Role::CallReference),
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
