//! Short messages (MAP-SM-DataTypes).

use super::super::super::fields::Tag::{Context, Enumerated, Octets, Sequence};
use super::super::super::fields::{Field, Role, into, take};

// RoutingInfoForSM-Arg ::= SEQUENCE {msisdn [0] ISDN-AddressString, sm-RP-PRI [1] BOOLEAN,
//     serviceCentreAddress [2] AddressString, ..., imsi [12] IMSI OPTIONAL, ...}
pub(super) const SEND_ROUTING_INFO_FOR_SM: &[Field] = &[into(
    Sequence,
    &[take(Context(0), Role::Msisdn), take(Context(2), Role::SmServiceCentre), take(Context(12), Role::Imsi)],
)];

// RoutingInfoForSM-Res ::= SEQUENCE {imsi IMSI, locationInfoWithLMSI [0] LocationInfoWithLMSI, ...}
// LocationInfoWithLMSI ::= SEQUENCE {networkNode-Number [1] ISDN-AddressString, lmsi LMSI OPTIONAL, ...}
pub(super) const SEND_ROUTING_INFO_FOR_SM_RES: &[Field] = &[into(
    Sequence,
    &[take(Octets(0), Role::Imsi), into(Context(0), &[take(Context(1), Role::Node), take(Octets(0), Role::Lmsi)])],
)];

// MO-ForwardSM-Arg ::= SEQUENCE {sm-RP-DA SM-RP-DA, sm-RP-OA SM-RP-OA, sm-RP-UI SignalInfo, ...,
//     imsi IMSI OPTIONAL, ...}
// MT-ForwardSM-Arg ::= SEQUENCE {sm-RP-DA SM-RP-DA, sm-RP-OA SM-RP-OA, sm-RP-UI SignalInfo, ...}
// SM-RP-DA ::= CHOICE {imsi [0] IMSI, lmsi [1] LMSI, serviceCentreAddressDA [4] AddressString, noSM-RP-DA [5] NULL}
// SM-RP-OA ::= CHOICE {msisdn [2] ISDN-AddressString, serviceCentreAddressOA [4] AddressString, noSM-RP-OA [5] NULL}
pub(super) const FORWARD_SM: &[Field] = &[into(
    Sequence,
    &[
        take(Context(0), Role::SmSubscriber),
        take(Context(1), Role::Lmsi),
        take(Context(2), Role::SmOriginator),
        take(Context(4), Role::SmServiceCentre),
        take(Octets(0), Role::Tpdu),
        take(Octets(1), Role::Imsi),
    ],
)];

// MT-ForwardSM-VGCS-Arg ::= SEQUENCE {asciCallReference ASCI-CallReference, sm-RP-OA SM-RP-OA,
//     sm-RP-UI SignalInfo, ...}
pub(super) const FORWARD_SM_VGCS: &[Field] =
    &[into(Sequence, &[take(Context(4), Role::SmServiceCentre), take(Octets(1), Role::Tpdu)])];

// ReportSM-DeliveryStatusArg ::= SEQUENCE {msisdn ISDN-AddressString, serviceCentreAddress AddressString,
//     sm-DeliveryOutcome SM-DeliveryOutcome, ..., imsi [9] IMSI OPTIONAL, ...}
pub(super) const REPORT_SM_DELIVERY_STATUS: &[Field] = &[into(
    Sequence,
    &[
        take(Octets(0), Role::Msisdn),
        take(Octets(1), Role::SmServiceCentre),
        take(Enumerated, Role::DeliveryOutcome),
        take(Context(9), Role::Imsi),
    ],
)];

// AlertServiceCentreArg ::= SEQUENCE {msisdn ISDN-AddressString, serviceCentreAddress AddressString, ...,
//     imsi IMSI OPTIONAL, ...}
pub(super) const ALERT_SERVICE_CENTRE: &[Field] = &[into(
    Sequence,
    &[take(Octets(0), Role::Msisdn), take(Octets(1), Role::SmServiceCentre), take(Octets(2), Role::Imsi)],
)];

// InformServiceCentreArg ::= SEQUENCE {storedMSISDN ISDN-AddressString OPTIONAL, ...}
pub(super) const INFORM_SERVICE_CENTRE: &[Field] = &[into(Sequence, &[take(Octets(0), Role::Msisdn)])];
