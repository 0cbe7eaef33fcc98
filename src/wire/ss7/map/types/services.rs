//! Supplementary services (MAP-SS-DataTypes).

use super::super::super::fields::Tag::{self, Context, Octets, Sequence};
use super::super::super::fields::{Field, Role, into, take};
use super::handling::CCBS_FEATURE;

// ForwardingFeature ::= SEQUENCE {..., forwardedToNumber [5] ISDN-AddressString OPTIONAL, ...,
//     longForwardedToNumber [9] FTN-AddressString OPTIONAL}
// Ext-ForwFeature has longForwardedToNumber [10], and at [9] octets of options, of which the first has bit 8 zero.
pub(super) const FORWARDING_FEATURE: &[Field] = &[take(Context(5), Role::Called), take(Context(10), Role::Called)];
const FORWARDING_FEATURE_OF_SS: &[Field] = &[take(Context(5), Role::Called), take(Context(9), Role::Called)];

// RegisterSS-Arg ::= SEQUENCE {ss-Code SS-Code, ..., forwardedToNumber [4] AddressString OPTIONAL, ...}
pub(super) const REGISTER_SS: &[Field] = &[into(Sequence, &[take(Context(4), Role::Called)])];

// SS-Info ::= CHOICE {forwardingInfo [0] ForwardingInfo, callBarringInfo [1] ..., ss-Data [3] ...}
// ForwardingInfo ::= SEQUENCE {ss-Code SS-Code OPTIONAL, forwardingFeatureList SEQUENCE OF ForwardingFeature}
pub(super) const SS_INFO: &[Field] =
    &[into(Context(0), &[into(Sequence, &[into(Sequence, FORWARDING_FEATURE_OF_SS)])]), UNREAD_1, UNREAD_3];
const UNREAD_1: Field = into(Context(1), &[]);
const UNREAD_3: Field = into(Context(3), &[]);

// InterrogateSS-Res ::= CHOICE {ss-Status [0] SS-Status, forwardedToNumber [1] ISDN-AddressString (version 1),
//     basicServiceGroupList [2] ..., forwardingFeatureList [3] SEQUENCE OF ForwardingFeature,
//     genericServiceInfo [4] GenericServiceInfo}
// GenericServiceInfo ::= SEQUENCE {..., ccbs-FeatureList [2] SEQUENCE OF CCBS-Feature OPTIONAL, ...}
pub(super) const INTERROGATE_SS_RES: &[Field] = &[
    take(Context(0), Role::Ignored),
    take(Context(1), Role::Called),
    into(Context(2), &[]),
    into(Context(3), &[into(Sequence, FORWARDING_FEATURE_OF_SS)]),
    into(Context(4), &[into(Context(2), &[into(Sequence, CCBS_FEATURE)])]),
];

// RegisterCC-EntryArg ::= SEQUENCE {ss-Code [0] SS-Code, ccbs-Data [1] CCBS-Data OPTIONAL, ...}
// CCBS-Data ::= SEQUENCE {ccbs-Feature [0] CCBS-Feature, translatedB-Number [1] ISDN-AddressString, ...}
pub(super) const REGISTER_CC_ENTRY: &[Field] =
    &[into(Sequence, &[into(Context(1), &[into(Context(0), CCBS_FEATURE), take(Context(1), Role::Called)])])];
// RegisterCC-EntryRes ::= SEQUENCE {ccbs-Feature [0] CCBS-Feature OPTIONAL, ...}
pub(super) const REGISTER_CC_ENTRY_RES: &[Field] = &[into(Sequence, &[into(Context(0), CCBS_FEATURE)])];

// USSD-Arg ::= SEQUENCE {ussd-DataCodingScheme ..., ussd-String ..., alertingPattern ... OPTIONAL,
//     msisdn [0] ISDN-AddressString OPTIONAL}
pub(super) const USSD: &[Field] = &[into(Sequence, &[take(Context(0), Role::Msisdn)])];

// SS-InvocationNotificationArg ::= SEQUENCE {imsi [0] IMSI, msisdn [1] ISDN-AddressString, ...,
//     ss-EventSpecification [3] SEQUENCE OF AddressString OPTIONAL, ...,
//     b-subscriberNumber [5] ISDN-AddressString OPTIONAL, ...}
pub(super) const SS_INVOCATION_NOTIFICATION: &[Field] = &[into(
    Sequence,
    &[
        take(Context(0), Role::Imsi),
        take(Context(1), Role::Msisdn),
        into(Context(3), &[take(Tag::AnyOctets, Role::Called)]),
        take(Context(5), Role::Called),
    ],
)];

// BeginSubscriberActivityArg ::= SEQUENCE {imsi IMSI, originatingEntityNumber ISDN-AddressString}   -- version 1
pub(super) const BEGIN_SUBSCRIBER_ACTIVITY: &[Field] =
    &[into(Sequence, &[take(Octets(0), Role::Imsi), take(Octets(1), Role::Node)])];
