//! The arguments of CAP as tables (TS 29.078 V17, clauses 5 to 8; the types of phases 1 and 2 are subsets).

use super::super::fields::Tag::{Context, Octets, Sequence};
use super::super::fields::{Field, LOCATION, Role, into, take};
use super::Operation;

/// The type of the argument.
pub(super) fn argument(operation: Operation) -> &'static [Field] {
    use Operation as Op;
    match operation {
        Op::InitialDp => INITIAL_DP,
        Op::InitialDpSms => INITIAL_DP_SMS,
        Op::InitialDpGprs => INITIAL_DP_GPRS,
        Op::EventReportBcsm => EVENT_REPORT_BCSM,
        Op::EventReportSms => EVENT_REPORT_SMS,
        Op::ApplyChargingReport => APPLY_CHARGING_REPORT,
        Op::CallInformationReport => CALL_INFORMATION_REPORT,
        Op::ReleaseCall => RELEASE_CALL,
        Op::Connect => CONNECT,
        _ => &[],
    }
}

// InitialDPArgExtension ::= SEQUENCE {..., iMEI [3] IMEI OPTIONAL, ...}
const INITIAL_DP_EXTENSION: &[Field] = &[take(Context(3), Role::Imei)];

// InitialDPArg ::= SEQUENCE {
//     serviceKey [0] ServiceKey, calledPartyNumber [2] CalledPartyNumber OPTIONAL,
//     callingPartyNumber [3] CallingPartyNumber OPTIONAL, ..., cause [17] Cause OPTIONAL, ...,
//     eventTypeBCSM [28] EventTypeBCSM OPTIONAL, redirectingPartyID [29] RedirectingPartyID OPTIONAL, ...,
//     iMSI [50] IMSI OPTIONAL, subscriberState [51] ..., locationInformation [52] LocationInformation OPTIONAL, ...,
//     callReferenceNumber [54] CallReferenceNumber OPTIONAL, mscAddress [55] ISDN-AddressString OPTIONAL,
//     calledPartyBCDNumber [56] CalledPartyBCDNumber OPTIONAL, ...,
//     initialDPArgExtension [59] InitialDPArgExtension OPTIONAL, ...}
const INITIAL_DP: &[Field] = &[into(
    Sequence,
    &[
        take(Context(0), Role::ServiceKey),
        take(Context(2), Role::IsupCalled),
        take(Context(3), Role::IsupCalling),
        take(Context(17), Role::Cause),
        take(Context(28), Role::EventBcsm),
        take(Context(29), Role::IsupRedirecting),
        take(Context(50), Role::Imsi),
        into(Context(52), LOCATION),
        take(Context(54), Role::CallReference),
        take(Context(55), Role::Node),
        take(Context(56), Role::BcdCalled),
        into(Context(59), INITIAL_DP_EXTENSION),
    ],
)];

// LocationInformationGPRS ::= SEQUENCE {
//     cellGlobalIdOrServiceAreaIdOrLAI [0] OCTET STRING OPTIONAL, routeingAreaIdentity [1] RAIdentity OPTIONAL, ...,
//     sgsn-Number [3] ISDN-AddressString OPTIONAL, ..., sai-Present [6] NULL OPTIONAL, ...}
const LOCATION_GPRS: &[Field] = &[
    take(Context(0), Role::CgiOrLai),
    take(Context(1), Role::Rai),
    take(Context(3), Role::Node),
    take(Context(6), Role::SaiPresent),
];

// InitialDPSMSArg ::= SEQUENCE {
//     serviceKey [0] ServiceKey, destinationSubscriberNumber [1] CalledPartyBCDNumber OPTIONAL,
//     callingPartyNumber [2] SMS-AddressString OPTIONAL, eventTypeSMS [3] EventTypeSMS OPTIONAL,
//     iMSI [4] IMSI OPTIONAL, locationInformationMSC [5] LocationInformation OPTIONAL,
//     locationInformationGPRS [6] LocationInformationGPRS OPTIONAL, ...,
//     smsReferenceNumber [14] CallReferenceNumber OPTIONAL, mscAddress [15] ISDN-AddressString OPTIONAL,
//     sgsn-Number [16] ISDN-AddressString OPTIONAL, ..., iMEI [19] IMEI OPTIONAL,
//     calledPartyNumber [20] ISDN-AddressString OPTIONAL}
const INITIAL_DP_SMS: &[Field] = &[into(
    Sequence,
    &[
        take(Context(0), Role::ServiceKey),
        take(Context(1), Role::BcdCalled),
        take(Context(2), Role::SmsCalling),
        take(Context(3), Role::EventSms),
        take(Context(4), Role::Imsi),
        into(Context(5), LOCATION),
        into(Context(6), LOCATION_GPRS),
        take(Context(14), Role::CallReference),
        take(Context(15), Role::Node),
        take(Context(16), Role::Node),
        take(Context(19), Role::Imei),
        take(Context(20), Role::SmsCalled),
    ],
)];

// InitialDPGPRSArg ::= SEQUENCE {
//     serviceKey [0] ServiceKey, gPRSEventType [1] GPRSEventType, mSISDN [2] ISDN-AddressString, iMSI [3] IMSI, ...,
//     routeingAreaIdentity [9] RAIdentity OPTIONAL, ...,
//     locationInformationGPRS [12] LocationInformationGPRS OPTIONAL, ..., iMEI [17] IMEI OPTIONAL}
const INITIAL_DP_GPRS: &[Field] = &[into(
    Sequence,
    &[
        take(Context(0), Role::ServiceKey),
        take(Context(2), Role::Msisdn),
        take(Context(3), Role::Imsi),
        take(Context(9), Role::Rai),
        into(Context(12), LOCATION_GPRS),
        take(Context(17), Role::Imei),
    ],
)];

/// `SEQUENCE { failureCause or busyCause or releaseCause [0] Cause, ...}`
const WITH_CAUSE: &[Field] = &[take(Context(0), Role::Cause)];
/// `SEQUENCE { destinationAddress [50] CalledPartyNumber OPTIONAL, ...}`
const ANSWER: &[Field] = &[take(Context(50), Role::IsupCalled)];
/// `SEQUENCE { locationInformation [50] LocationInformation OPTIONAL, ...}`
const WITH_LOCATION: &[Field] = &[into(Context(50), LOCATION)];

// EventReportBCSMArg ::= SEQUENCE {
//     eventTypeBCSM [0] EventTypeBCSM, eventSpecificInformationBCSM [2] EventSpecificInformationBCSM OPTIONAL,
//     legID [3] ReceivingSideID OPTIONAL, ...}
// EventSpecificInformationBCSM ::= CHOICE {
//     routeSelectFailureSpecificInfo [2], oCalledPartyBusySpecificInfo [3], oNoAnswerSpecificInfo [4],
//     oAnswerSpecificInfo [5], oMidCallSpecificInfo [6], oDisconnectSpecificInfo [7], tBusySpecificInfo [8],
//     tNoAnswerSpecificInfo [9], tAnswerSpecificInfo [10], tMidCallSpecificInfo [11], tDisconnectSpecificInfo [12],
//     oTermSeizedSpecificInfo [13], callAcceptedSpecificInfo [20], oAbandonSpecificInfo [21],
//     oChangeOfPositionSpecificInfo [50], tChangeOfPositionSpecificInfo [51], ...}
// ReceivingSideID ::= CHOICE {receivingSideID [1] LegType}
const EVENT_REPORT_BCSM: &[Field] = &[into(
    Sequence,
    &[
        take(Context(0), Role::EventBcsm),
        into(
            Context(2),
            &[
                into(Context(2), WITH_CAUSE),
                into(Context(3), WITH_CAUSE),
                into(Context(5), ANSWER),
                into(Context(7), WITH_CAUSE),
                into(Context(8), WITH_CAUSE),
                into(Context(10), ANSWER),
                into(Context(12), WITH_CAUSE),
                into(Context(13), WITH_LOCATION),
                into(Context(20), WITH_LOCATION),
                into(Context(50), WITH_LOCATION),
                into(Context(51), WITH_LOCATION),
            ],
        ),
        into(Context(3), &[take(Context(1), Role::Leg)]),
    ],
)];

// EventReportSMSArg ::= SEQUENCE {eventTypeSMS [0] EventTypeSMS, ...}
const EVENT_REPORT_SMS: &[Field] = &[into(Sequence, &[take(Context(0), Role::EventSms)])];

// ApplyChargingReportArg ::= OCTET STRING (CONTAINING CAMEL-CallResult)
// CAMEL-CallResult ::= CHOICE {timeDurationChargingResult [0] SEQUENCE {
//     partyToCharge [0] ReceivingSideID,
//     timeInformation [1] CHOICE {
//         timeIfNoTariffSwitch [0] INTEGER,
//         timeIfTariffSwitch [1] SEQUENCE {
//             timeSinceTariffSwitch [0] INTEGER, tariffSwitchInterval [1] INTEGER OPTIONAL}},
//     ...}}
// All in units of 100 milliseconds. After a tariff switch the whole is the sum of both.
const APPLY_CHARGING_REPORT: &[Field] = &[into(
    Octets(0),
    &[into(
        Context(0),
        &[
            into(Context(0), &[take(Context(1), Role::Leg)]),
            into(
                Context(1),
                &[
                    take(Context(0), Role::Tenths),
                    into(Context(1), &[take(Context(0), Role::Tenths), take(Context(1), Role::Tenths)]),
                ],
            ),
        ],
    )],
)];

// CallInformationReportArg ::= SEQUENCE {
//     requestedInformationList [0] SEQUENCE OF SEQUENCE {
//         requestedInformationType [0] RequestedInformationType,
//         requestedInformationValue [1] CHOICE {
//             callAttemptElapsedTimeValue [0] INTEGER, callStopTimeValue [1] DateAndTime,
//             callConnectedElapsedTimeValue [2] Integer4, releaseCauseValue [30] Cause}},
//     legID [3] ReceivingSideID, ...}
// callConnectedElapsedTimeValue is in units of 100 milliseconds.
const CALL_INFORMATION_REPORT: &[Field] = &[into(
    Sequence,
    &[
        into(
            Context(0),
            &[into(Sequence, &[into(Context(1), &[take(Context(2), Role::Tenths), take(Context(30), Role::Cause)])])],
        ),
        into(Context(3), &[take(Context(1), Role::Leg)]),
    ],
)];

// ReleaseCallArg ::= CHOICE {allCallSegments Cause,
//     allCallSegmentsWithExtension [2] SEQUENCE {allCallSegments [0] Cause, ...}}
const RELEASE_CALL: &[Field] = &[take(Octets(0), Role::Cause), into(Context(2), &[take(Context(0), Role::Cause)])];

// ConnectArg ::= SEQUENCE {destinationRoutingAddress [0] SEQUENCE SIZE (1) OF CalledPartyNumber, ...}
const CONNECT: &[Field] = &[into(Sequence, &[into(Context(0), &[take(Octets(0), Role::IsupCalled)])])];
