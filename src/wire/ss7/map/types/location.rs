//! Location services (MAP-LCS-DataTypes).

use super::super::super::fields::Tag::{Context, Octets, Sequence};
use super::super::super::fields::{Field, Role, into, take};
use super::super::super::places::CELL_OR_LAI;
use super::{ADDITIONAL_NUMBER, SUBSCRIBER_IDENTITY};

// RoutingInfoForLCS-Arg ::= SEQUENCE {mlcNumber [0] ISDN-AddressString, targetMS [1] SubscriberIdentity, ...}
pub(super) const SEND_ROUTING_INFO_FOR_LCS: &[Field] =
    &[into(Sequence, &[take(Context(0), Role::Node), into(Context(1), SUBSCRIBER_IDENTITY)])];

// LCSLocationInfo ::= SEQUENCE {networkNode-Number ISDN-AddressString, lmsi [0] LMSI OPTIONAL, ...,
//     additional-Number [3] Additional-Number OPTIONAL, ...}
pub(super) const LCS_LOCATION_INFO: &[Field] =
    &[take(Octets(0), Role::Node), take(Context(0), Role::Lmsi), into(Context(3), ADDITIONAL_NUMBER)];

// LCS-ClientID ::= SEQUENCE {..., lcsClientExternalID [1] SEQUENCE {externalAddress [0] ISDN-AddressString OPTIONAL, ...}
//     OPTIONAL, lcsClientDialedByMS [2] AddressString OPTIONAL, ...}
const LCS_CLIENT: &[Field] = &[into(Context(1), &[take(Context(0), Role::Calling)]), take(Context(2), Role::Called)];

// RoutingInfoForLCS-Res ::= SEQUENCE {targetMS [0] SubscriberIdentity, lcsLocationInfo [1] LCSLocationInfo, ...}
pub(super) const SEND_ROUTING_INFO_FOR_LCS_RES: &[Field] =
    &[into(Sequence, &[into(Context(0), SUBSCRIBER_IDENTITY), into(Context(1), LCS_LOCATION_INFO)])];

// ProvideSubscriberLocation-Arg ::= SEQUENCE {locationType ..., mlc-Number ISDN-AddressString,
//     lcs-ClientID [0] LCS-ClientID OPTIONAL, ..., imsi [2] IMSI OPTIONAL,
//     msisdn [3] ISDN-AddressString OPTIONAL, lmsi [4] LMSI OPTIONAL, imei [5] IMEI OPTIONAL, ...}
pub(super) const PROVIDE_SUBSCRIBER_LOCATION: &[Field] = &[into(
    Sequence,
    &[
        take(Octets(0), Role::Node),
        into(Context(0), LCS_CLIENT),
        take(Context(2), Role::Imsi),
        take(Context(3), Role::Msisdn),
        take(Context(4), Role::Lmsi),
        take(Context(5), Role::Imei),
    ],
)];

// ServingNodeAddress ::= CHOICE {msc-Number [0] ISDN-AddressString, sgsn-Number [1] ISDN-AddressString, ...}
// ProvideSubscriberLocation-Res ::= SEQUENCE {locationEstimate ..., ageOfLocationEstimate [0] ... OPTIONAL, ...,
//     cellIdOrSai [6] CellGlobalIdOrServiceAreaIdOrLAI OPTIONAL, sai-Present [7] NULL OPTIONAL, ...,
//     targetServingNodeForHandover [13] ServingNodeAddress OPTIONAL, ...}
pub(super) const PROVIDE_SUBSCRIBER_LOCATION_RES: &[Field] = &[into(
    Sequence,
    &[
        take(Context(0), Role::Age),
        into(Context(6), CELL_OR_LAI),
        take(Context(7), Role::SaiPresent),
        into(Context(13), ADDITIONAL_NUMBER),
    ],
)];

// SubscriberLocationReport-Arg ::= SEQUENCE {lcs-Event ..., lcs-ClientID LCS-ClientID,
//     lcsLocationInfo LCSLocationInfo, msisdn [0] ISDN-AddressString OPTIONAL, imsi [1] IMSI OPTIONAL,
//     imei [2] IMEI OPTIONAL, na-ESRD [3] ISDN-AddressString OPTIONAL, na-ESRK [4] ISDN-AddressString OPTIONAL, ...,
//     ageOfLocationEstimate [6] ... OPTIONAL, ...,
//     deferredmt-lrData [9] SEQUENCE {..., lcsLocationInfo [1] LCSLocationInfo OPTIONAL, ...} OPTIONAL, ...,
//     cellIdOrSai [13] CellGlobalIdOrServiceAreaIdOrLAI OPTIONAL, ..., sai-Present [17] NULL OPTIONAL, ...,
//     targetServingNodeForHandover [26] ServingNodeAddress OPTIONAL, ...}
// The first SEQUENCE is the client, the second the node; only the second has an untagged OCTET STRING, and lmsi [0]
// and additional-Number [3] are not those of the first.
pub(super) const SUBSCRIBER_LOCATION_REPORT: &[Field] = &[into(
    Sequence,
    &[
        into(
            Sequence,
            &[
                take(Octets(0), Role::Node),
                into(Context(1), &[take(Context(0), Role::Calling)]),
                into(Context(3), ADDITIONAL_NUMBER),
            ],
        ),
        take(Context(0), Role::Msisdn),
        take(Context(1), Role::Imsi),
        take(Context(2), Role::Imei),
        take(Context(3), Role::Called),
        take(Context(4), Role::Called),
        take(Context(6), Role::Age),
        into(Context(9), &[into(Context(1), LCS_LOCATION_INFO)]),
        into(Context(13), CELL_OR_LAI),
        take(Context(17), Role::SaiPresent),
        into(Context(26), ADDITIONAL_NUMBER),
    ],
)];

// SubscriberLocationReport-Res ::= SEQUENCE {..., na-ESRK [0] ISDN-AddressString OPTIONAL,
//     na-ESRD [1] ISDN-AddressString OPTIONAL, ...}
pub(super) const SUBSCRIBER_LOCATION_REPORT_RES: &[Field] =
    &[into(Sequence, &[take(Context(0), Role::Called), take(Context(1), Role::Called)])];
