//! Subscriber data and information, supplementary services and location services.

use super::super::super::fields::Tag::{Context, Octets, Sequence};
use super::super::super::fields::{CELL_OR_LAI, Field, LOCATION, LOCATION_EPS, Role, into, take};
use super::{LOCATION_GPRS, SUBSCRIBER_IDENTITY};

// InsertSubscriberDataArg ::= SEQUENCE {imsi [0] IMSI OPTIONAL, msisdn [1] ISDN-AddressString OPTIONAL, ...,
//     additionalMSISDN [41] ISDN-AddressString OPTIONAL, ...}
pub(super) const INSERT_SUBSCRIBER_DATA: &[Field] =
    &[into(Sequence, &[take(Context(0), Role::Imsi), take(Context(1), Role::Msisdn), take(Context(41), Role::Msisdn)])];

// NoteSubscriberDataModifiedArg ::= SEQUENCE {imsi IMSI, msisdn ISDN-AddressString, ...}
pub(super) const NOTE_SUBSCRIBER_DATA_MODIFIED: &[Field] =
    &[into(Sequence, &[take(Octets(0), Role::Imsi), take(Octets(1), Role::Msisdn)])];

// sendIMSI ARGUMENT ISDN-AddressString RESULT IMSI
pub(super) const SEND_IMSI: &[Field] = &[take(Octets(0), Role::Msisdn)];

// MNPInfoRes ::= SEQUENCE {..., imsi [1] IMSI OPTIONAL, msisdn [2] ISDN-AddressString OPTIONAL, ...}
pub(super) const MNP_INFO: &[Field] = &[take(Context(1), Role::Imsi), take(Context(2), Role::Msisdn)];

// LocationInformation5GS ::= SEQUENCE {nrCellGlobalIdentity [0] NR-CGI OPTIONAL,
//     e-utranCellGlobalIdentity [1] E-UTRAN-CGI OPTIONAL, ..., trackingAreaIdentity [5] TA-Id OPTIONAL, ...,
//     ageOfLocationInformation [7] AgeOfLocationInformation OPTIONAL, vplmnId [8] PLMN-Id OPTIONAL, ...}
pub(super) const LOCATION_5GS: &[Field] = &[
    take(Context(0), Role::NrCgi),
    take(Context(1), Role::Ecgi),
    take(Context(5), Role::Tai),
    take(Context(7), Role::Age),
    take(Context(8), Role::Plmn),
];

// SubscriberInfo ::= SEQUENCE {locationInformation [0] LocationInformation OPTIONAL, ...,
//     locationInformationGPRS [3] LocationInformationGPRS OPTIONAL, ..., imei [5] IMEI OPTIONAL, ...,
//     mnpInfoRes [8] MNPInfoRes OPTIONAL, ..., locationInformationEPS [13] LocationInformationEPS OPTIONAL, ...,
//     locationInformation5GS [16] LocationInformation5GS OPTIONAL, ...}
pub(super) const SUBSCRIBER_INFO: &[Field] = &[
    into(Context(0), LOCATION),
    into(Context(3), LOCATION_GPRS),
    take(Context(5), Role::Imei),
    into(Context(8), MNP_INFO),
    into(Context(13), LOCATION_EPS),
    into(Context(16), LOCATION_5GS),
];

// AnyTimeInterrogationRes ::= SEQUENCE {subscriberInfo SubscriberInfo, ...}
// ProvideSubscriberInfoRes ::= SEQUENCE {subscriberInfo SubscriberInfo, ...}
pub(super) const SUBSCRIBER_INFO_RES: &[Field] = &[into(Sequence, &[into(Sequence, SUBSCRIBER_INFO)])];

// Supplementary services.

// USSD-Arg ::= SEQUENCE {ussd-DataCodingScheme ..., ussd-String ..., alertingPattern ... OPTIONAL,
//     msisdn [0] ISDN-AddressString OPTIONAL}
pub(super) const USSD: &[Field] = &[into(Sequence, &[take(Context(0), Role::Msisdn)])];

// SS-InvocationNotificationArg ::= SEQUENCE {imsi [0] IMSI, msisdn [1] ISDN-AddressString, ...,
//     b-subscriberNumber [5] ISDN-AddressString OPTIONAL, ...}
pub(super) const SS_INVOCATION_NOTIFICATION: &[Field] =
    &[into(Sequence, &[take(Context(0), Role::Imsi), take(Context(1), Role::Msisdn), take(Context(5), Role::Called)])];

// BeginSubscriberActivityArg ::= SEQUENCE {imsi IMSI, originatingEntityNumber ISDN-AddressString}   -- version 1
pub(super) const BEGIN_SUBSCRIBER_ACTIVITY: &[Field] =
    &[into(Sequence, &[take(Octets(0), Role::Imsi), take(Octets(1), Role::Node)])];

// Location services.

// RoutingInfoForLCS-Arg ::= SEQUENCE {mlcNumber [0] ISDN-AddressString, targetMS [1] SubscriberIdentity, ...}
pub(super) const SEND_ROUTING_INFO_FOR_LCS: &[Field] = &[into(Sequence, &[into(Context(1), SUBSCRIBER_IDENTITY)])];

// LCSLocationInfo ::= SEQUENCE {networkNode-Number ISDN-AddressString, lmsi [0] LMSI OPTIONAL, ...}
pub(super) const LCS_LOCATION_INFO: &[Field] = &[take(Octets(0), Role::Node), take(Context(0), Role::Lmsi)];

// RoutingInfoForLCS-Res ::= SEQUENCE {targetMS [0] SubscriberIdentity, lcsLocationInfo [1] LCSLocationInfo, ...}
pub(super) const SEND_ROUTING_INFO_FOR_LCS_RES: &[Field] =
    &[into(Sequence, &[into(Context(0), SUBSCRIBER_IDENTITY), into(Context(1), LCS_LOCATION_INFO)])];

// ProvideSubscriberLocation-Arg ::= SEQUENCE {..., imsi [2] IMSI OPTIONAL,
//     msisdn [3] ISDN-AddressString OPTIONAL, lmsi [4] LMSI OPTIONAL, imei [5] IMEI OPTIONAL, ...}
pub(super) const PROVIDE_SUBSCRIBER_LOCATION: &[Field] = &[into(
    Sequence,
    &[
        take(Context(2), Role::Imsi),
        take(Context(3), Role::Msisdn),
        take(Context(4), Role::Lmsi),
        take(Context(5), Role::Imei),
    ],
)];

// ProvideSubscriberLocation-Res ::= SEQUENCE {locationEstimate ..., ageOfLocationEstimate [0] ... OPTIONAL, ...,
//     cellIdOrSai [6] CellGlobalIdOrServiceAreaIdOrLAI OPTIONAL, sai-Present [7] NULL OPTIONAL, ...}
pub(super) const PROVIDE_SUBSCRIBER_LOCATION_RES: &[Field] = &[into(
    Sequence,
    &[take(Context(0), Role::Age), into(Context(6), CELL_OR_LAI), take(Context(7), Role::SaiPresent)],
)];

// SubscriberLocationReport-Arg ::= SEQUENCE {lcs-Event ..., lcs-ClientID LCS-ClientID,
//     lcsLocationInfo LCSLocationInfo, msisdn [0] ISDN-AddressString OPTIONAL, imsi [1] IMSI OPTIONAL,
//     imei [2] IMEI OPTIONAL, ..., ageOfLocationEstimate [6] ... OPTIONAL, ...,
//     cellIdOrSai [13] CellGlobalIdOrServiceAreaIdOrLAI OPTIONAL, ..., sai-Present [17] NULL OPTIONAL, ...}
// LCS-ClientID has no untagged OCTET STRING: both SEQUENCEs may have the table of the second.
pub(super) const SUBSCRIBER_LOCATION_REPORT: &[Field] = &[into(
    Sequence,
    &[
        into(Sequence, &[take(Octets(0), Role::Node)]),
        take(Context(0), Role::Msisdn),
        take(Context(1), Role::Imsi),
        take(Context(2), Role::Imei),
        take(Context(6), Role::Age),
        into(Context(13), CELL_OR_LAI),
        take(Context(17), Role::SaiPresent),
    ],
)];
