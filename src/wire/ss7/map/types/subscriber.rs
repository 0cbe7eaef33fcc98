//! Subscriber data and information (MAP-MS-DataTypes).

use super::super::super::fields::Tag::{Context, Octets, Sequence};
use super::super::super::fields::{Field, Role, into, take};
use super::super::super::places::{LOCATION, LOCATION_5GS, LOCATION_EPS, LOCATION_GPRS};
use super::SUBSCRIBER_IDENTITY;
use super::services::FORWARDING_FEATURE;

// Ext-SS-InfoList ::= SEQUENCE OF Ext-SS-Info
// Ext-SS-Info ::= CHOICE {forwardingInfo [0] Ext-ForwInfo, ...}
// Ext-ForwInfo ::= SEQUENCE {ss-Code SS-Code, forwardingFeatureList Ext-ForwFeatureList, ...}
// Ext-ForwFeature ::= SEQUENCE {..., forwardedToNumber [5] ISDN-AddressString OPTIONAL, ...,
//     longForwardedToNumber [10] FTN-AddressString OPTIONAL}
const SS_INFO_LIST: &[Field] = &[into(Context(0), &[into(Sequence, &[into(Sequence, FORWARDING_FEATURE)])])];

// SubscriberData ::= SEQUENCE {msisdn [1] ISDN-AddressString OPTIONAL, ..., provisionedSS [7] Ext-SS-InfoList OPTIONAL,
//     ..., eps-SubscriptionData [31] ..., sgsn-Number [34] ISDN-AddressString OPTIONAL, ...,
//     additionalMSISDN [41] ISDN-AddressString OPTIONAL, ...}
// InsertSubscriberDataArg ::= SEQUENCE {imsi [0] IMSI OPTIONAL, COMPONENTS OF SubscriberData, ...}
pub(super) const SUBSCRIBER_DATA: &[Field] = &[
    take(Context(0), Role::Imsi),
    take(Context(1), Role::Msisdn),
    into(Context(7), SS_INFO_LIST),
    take(Context(34), Role::Node),
    take(Context(41), Role::Msisdn),
];
pub(super) const INSERT_SUBSCRIBER_DATA: &[Field] = &[into(Sequence, SUBSCRIBER_DATA)];

// ForwardingInfoFor-CSE ::= SEQUENCE {ss-Code [0] SS-Code, forwardingFeatureList [1] Ext-ForwFeatureList, ...}
const FORWARDING_FOR_CSE: &[Field] = &[into(Context(1), &[into(Sequence, FORWARDING_FEATURE)])];

// AnyTimeSubscriptionInterrogationRes ::= SEQUENCE {
//     callForwardingData [1] SEQUENCE {forwardingFeatureList Ext-ForwFeatureList, ...} OPTIONAL, ...,
//     msisdn-BS-List [10] SEQUENCE OF SEQUENCE {msisdn ISDN-AddressString, ...} OPTIONAL, ...}
pub(super) const SUBSCRIPTION_RES: &[Field] = &[into(
    Sequence,
    &[
        into(Context(1), &[into(Sequence, &[into(Sequence, FORWARDING_FEATURE)])]),
        into(Context(10), &[into(Sequence, &[take(Octets(0), Role::Msisdn)])]),
    ],
)];

// AnyTimeModificationArg ::= SEQUENCE {subscriberIdentity [0] SubscriberIdentity,
//     gsmSCF-Address [1] ISDN-AddressString,
//     modificationRequestFor-CF-Info [2] SEQUENCE {..., forwardedToNumber [3] AddressString OPTIONAL, ...} OPTIONAL, ...}
pub(super) const ANY_TIME_MODIFICATION: &[Field] = &[into(
    Sequence,
    &[
        into(Context(0), SUBSCRIBER_IDENTITY),
        take(Context(1), Role::Node),
        into(Context(2), &[take(Context(3), Role::Called)]),
    ],
)];

// AnyTimeModificationRes ::= SEQUENCE {
//     ss-InfoFor-CSE [0] CHOICE {forwardingInfoFor-CSE [0] ForwardingInfoFor-CSE, ...} OPTIONAL, ...,
//     serviceCentreAddress [9] AddressString OPTIONAL, ...}
pub(super) const ANY_TIME_MODIFICATION_RES: &[Field] =
    &[into(Sequence, &[into(Context(0), &[into(Context(0), FORWARDING_FOR_CSE)]), take(Context(9), Role::Node)])];

// NoteSubscriberDataModifiedArg ::= SEQUENCE {imsi IMSI, msisdn ISDN-AddressString,
//     forwardingInfoFor-CSE [0] ForwardingInfoFor-CSE OPTIONAL, ...}
pub(super) const NOTE_SUBSCRIBER_DATA_MODIFIED: &[Field] = &[into(
    Sequence,
    &[take(Octets(0), Role::Imsi), take(Octets(1), Role::Msisdn), into(Context(0), FORWARDING_FOR_CSE)],
)];

// sendIMSI ARGUMENT ISDN-AddressString RESULT IMSI
pub(super) const SEND_IMSI: &[Field] = &[take(Octets(0), Role::Msisdn)];

// MNPInfoRes ::= SEQUENCE {..., imsi [1] IMSI OPTIONAL, msisdn [2] ISDN-AddressString OPTIONAL, ...}
pub(super) const MNP_INFO: &[Field] = &[take(Context(1), Role::Imsi), take(Context(2), Role::Msisdn)];

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

// AnyTimeInterrogationArg ::= SEQUENCE {subscriberIdentity [0] SubscriberIdentity, ...,
//     gsmSCF-Address [3] ISDN-AddressString, ...}
pub(super) const ANY_TIME_INTERROGATION: &[Field] =
    &[into(Sequence, &[into(Context(0), SUBSCRIBER_IDENTITY), take(Context(3), Role::Node)])];

// AnyTimeSubscriptionInterrogationArg ::= SEQUENCE {subscriberIdentity [0] SubscriberIdentity, ...,
//     gsmSCF-Address [2] ISDN-AddressString, ...}
pub(super) const SUBSCRIPTION_INTERROGATION: &[Field] =
    &[into(Sequence, &[into(Context(0), SUBSCRIBER_IDENTITY), take(Context(2), Role::Node)])];

// ProvideSubscriberInfoArg ::= SEQUENCE {imsi [0] IMSI, lmsi [1] LMSI OPTIONAL, ...}
pub(super) const PROVIDE_SUBSCRIBER_INFO: &[Field] =
    &[into(Sequence, &[take(Context(0), Role::Imsi), take(Context(1), Role::Lmsi)])];

// SendRoutingInfoForGprsArg ::= SEQUENCE {imsi [0] IMSI, ..., ggsn-Number [2] ISDN-AddressString OPTIONAL, ...}
// FailureReportArg ::= SEQUENCE {imsi [0] IMSI, ggsn-Number [1] ISDN-AddressString OPTIONAL, ...}
pub(super) const GPRS_ROUTING: &[Field] =
    &[into(Sequence, &[take(Context(0), Role::Imsi), take(Context(2), Role::Node)])];
pub(super) const FAILURE_REPORT: &[Field] =
    &[into(Sequence, &[take(Context(0), Role::Imsi), take(Context(1), Role::Node)])];
