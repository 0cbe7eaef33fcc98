//! Short messages (MAP-SM-DataTypes).

use super::super::super::fields::Tag::{self, Context, Enumerated, Octets, Sequence};
use super::super::super::fields::{Field, Role, into, take};
use super::ADDITIONAL_NUMBER;

// RoutingInfoForSM-Arg ::= SEQUENCE {msisdn [0] ISDN-AddressString, sm-RP-PRI [1] BOOLEAN,
//     serviceCentreAddress [2] AddressString, ..., imsi [12] IMSI OPTIONAL, ...}
pub(super) const SEND_ROUTING_INFO_FOR_SM: &[Field] = &[into(
    Sequence,
    &[take(Context(0), Role::Msisdn), take(Context(2), Role::SmServiceCentre), take(Context(12), Role::Imsi)],
)];

// RoutingInfoForSM-Res ::= SEQUENCE {imsi IMSI, locationInfoWithLMSI [0] LocationInfoWithLMSI, ...}
// LocationInfoWithLMSI ::= SEQUENCE {networkNode-Number [1] ISDN-AddressString, lmsi LMSI OPTIONAL, ...,
//     additional-Number [6] Additional-Number OPTIONAL, ..., thirdNumber [9] Additional-Number OPTIONAL, ...,
//     smsf-3gpp-Number [12] ISDN-AddressString OPTIONAL, ..., smsf-non-3gpp-Number [14] ISDN-AddressString OPTIONAL, ...}
// Version 2: LocationInfoWithLMSI ::= SEQUENCE {locationInfo CHOICE {roamingNumber [0], msc-Number [1]}, ...}
// Additional-Number ::= CHOICE {msc-Number [0] ISDN-AddressString, sgsn-Number [1] ISDN-AddressString}
pub(super) const SEND_ROUTING_INFO_FOR_SM_RES: &[Field] = &[into(
    Sequence,
    &[
        take(Octets(0), Role::Imsi),
        into(
            Context(0),
            &[
                take(Context(0), Role::Called),
                take(Context(1), Role::Node),
                take(Octets(0), Role::Lmsi),
                into(Context(6), ADDITIONAL_NUMBER),
                into(Context(9), ADDITIONAL_NUMBER),
                take(Context(12), Role::Node),
                take(Context(14), Role::Node),
            ],
        ),
    ],
)];

// MO-ForwardSM-Arg ::= SEQUENCE {sm-RP-DA SM-RP-DA, sm-RP-OA SM-RP-OA, sm-RP-UI SignalInfo, ...,
//     imsi IMSI OPTIONAL, ...}
// MT-ForwardSM-Arg ::= SEQUENCE {sm-RP-DA SM-RP-DA, sm-RP-OA SM-RP-OA, sm-RP-UI SignalInfo, ...,
//     smsGmscAddress [3] ISDN-AddressString OPTIONAL, ...}
// SM-RP-DA ::= CHOICE {imsi [0] IMSI, lmsi [1] LMSI, serviceCentreAddressDA [4] AddressString, noSM-RP-DA [5] NULL}
// SM-RP-OA ::= CHOICE {msisdn [2] ISDN-AddressString, serviceCentreAddressOA [4] AddressString, noSM-RP-OA [5] NULL}
pub(super) const FORWARD_SM: &[Field] = &[into(
    Sequence,
    &[
        take(Context(0), Role::SmSubscriber),
        take(Context(1), Role::Lmsi),
        take(Context(2), Role::SmOriginator),
        take(Context(3), Role::Node),
        take(Context(4), Role::SmServiceCentre),
        take(Octets(0), Role::Tpdu),
        take(Octets(1), Role::Imsi),
    ],
)];

// MT-ForwardSM-VGCS-Arg ::= SEQUENCE {asciCallReference ASCI-CallReference, sm-RP-OA SM-RP-OA,
//     sm-RP-UI SignalInfo, ...}
pub(super) const FORWARD_SM_VGCS: &[Field] = &[into(
    Sequence,
    &[take(Context(2), Role::SmOriginator), take(Context(4), Role::SmServiceCentre), take(Octets(1), Role::Tpdu)],
)];

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

// MT-ForwardSM-VGCS-Res ::= SEQUENCE {sm-RP-UI [0] SignalInfo OPTIONAL,
//     dispatcherList [1] SEQUENCE OF ISDN-AddressString OPTIONAL, ...,
//     additionalDispatcherList [3] SEQUENCE OF ISDN-AddressString OPTIONAL, ...}
pub(super) const FORWARD_SM_VGCS_RES: &[Field] = &[into(
    Sequence,
    &[into(Context(1), &[take(Tag::AnyOctets, Role::Called)]), into(Context(3), &[take(Tag::AnyOctets, Role::Called)])],
)];

// ReportSM-DeliveryStatusRes ::= ISDN-AddressString              -- version 1 and 2
// ReportSM-DeliveryStatusRes ::= SEQUENCE {storedMSISDN ISDN-AddressString OPTIONAL, ...}
pub(super) const STORED_MSISDN: &[Field] =
    &[take(Octets(0), Role::Msisdn), into(Sequence, &[take(Octets(0), Role::Msisdn)])];

// AlertServiceCentreArg ::= SEQUENCE {msisdn ISDN-AddressString, serviceCentreAddress AddressString, ...,
//     imsi IMSI OPTIONAL, ..., newSGSNNumber [3] ISDN-AddressString OPTIONAL, ...,
//     newMMENumber [5] ISDN-AddressString OPTIONAL, ..., newMSCNumber [7] ISDN-AddressString OPTIONAL, ...}
pub(super) const ALERT_SERVICE_CENTRE: &[Field] = &[into(
    Sequence,
    &[
        take(Octets(0), Role::Msisdn),
        take(Octets(1), Role::SmServiceCentre),
        take(Octets(2), Role::Imsi),
        take(Context(3), Role::Node),
        take(Context(5), Role::Node),
        take(Context(7), Role::Node),
    ],
)];

// InformServiceCentreArg ::= SEQUENCE {storedMSISDN ISDN-AddressString OPTIONAL, ...}
pub(super) const INFORM_SERVICE_CENTRE: &[Field] = &[into(Sequence, &[take(Octets(0), Role::Msisdn)])];
