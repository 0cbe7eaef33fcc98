//! The arguments of CAP as tables (TS 29.078 V17, clauses 5 to 8; the types of phases 1 and 2 are subsets).

use super::super::fields::Tag::{AnyOctets, Context, Octets, Sequence};
use super::super::fields::{Field, Role, into, take};
use super::super::places::LOCATION;
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
        Op::ConnectSms => CONNECT_SMS,
        Op::ContinueWithArgument => CONTINUE_WITH_ARGUMENT,
        Op::EstablishTemporaryConnection => ESTABLISH_TEMPORARY_CONNECTION,
        Op::InitiateCallAttempt => INITIATE_CALL_ATTEMPT,
        Op::DisconnectLeg => DISCONNECT_LEG,
        Op::EntityReleased => ENTITY_RELEASED,
        Op::EventReportGprs => EVENT_REPORT_GPRS,
        Op::EntityReleasedGprs | Op::ReleaseGprs => RELEASE_GPRS,
        Op::ApplyChargingReportGprs => APPLY_CHARGING_REPORT_GPRS,
        _ => &[],
    }
}

// InitialDPArgExtension ::= SEQUENCE {gmscAddress [0] ISDN-AddressString OPTIONAL,
//     forwardingDestinationNumber [1] CalledPartyNumber OPTIONAL, ..., iMEI [3] IMEI OPTIONAL, ...}
const INITIAL_DP_EXTENSION: &[Field] =
    &[take(Context(0), Role::Node), take(Context(1), Role::IsupForwarded), take(Context(3), Role::Imei)];

// InitialDPArg ::= SEQUENCE {
//     serviceKey [0] ServiceKey, calledPartyNumber [2] CalledPartyNumber OPTIONAL,
//     callingPartyNumber [3] CallingPartyNumber OPTIONAL, ...,
//     originalCalledPartyID [12] OriginalCalledPartyID OPTIONAL, ..., cause [17] Cause OPTIONAL, ...,
//     additionalCallingPartyNumber [25] AdditionalCallingPartyNumber OPTIONAL, ...,
//     eventTypeBCSM [28] EventTypeBCSM OPTIONAL, redirectingPartyID [29] RedirectingPartyID OPTIONAL, ...,
//     iMSI [50] IMSI OPTIONAL, subscriberState [51] ..., locationInformation [52] LocationInformation OPTIONAL, ...,
//     callReferenceNumber [54] CallReferenceNumber OPTIONAL, mscAddress [55] ISDN-AddressString OPTIONAL,
//     calledPartyBCDNumber [56] CalledPartyBCDNumber OPTIONAL, ...,
//     initialDPArgExtension [59] InitialDPArgExtension OPTIONAL, ...}
// Of INAP's InitialDPArg (Q.1218 §2.1): dialledDigits [1] CalledPartyNumber.
pub(in super::super) const INITIAL_DP: &[Field] = &[into(
    Sequence,
    &[
        take(Context(0), Role::ServiceKey),
        take(Context(1), Role::IsupDialled),
        take(Context(2), Role::IsupCalled),
        take(Context(3), Role::IsupCalling),
        take(Context(12), Role::IsupOriginalCalled),
        take(Context(17), Role::Cause),
        take(Context(25), Role::GenericCalling),
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
//     locationInformationGPRS [6] LocationInformationGPRS OPTIONAL, sMSCAddress [7] ISDN-AddressString OPTIONAL, ...,
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
        take(Context(7), Role::Node),
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
        take(Context(1), Role::EventGprs),
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
/// `SEQUENCE { busyCause [0] Cause, ..., forwardingDestinationNumber [52] CalledPartyNumber OPTIONAL }`
const BUSY: &[Field] = &[take(Context(0), Role::Cause), take(Context(52), Role::IsupForwarded)];
/// `SEQUENCE { locationInformation [50] LocationInformation OPTIONAL, ...}`
const WITH_LOCATION: &[Field] = &[into(Context(50), LOCATION)];

// ChangeOfPositionSpecificInfo ::= SEQUENCE {locationInformation [50] LocationInformation OPTIONAL, ...,
//     metDPCriteriaList [51] SEQUENCE OF MetDPCriterion OPTIONAL, ...}
// MetDPCriterion ::= CHOICE {enteringCellGlobalId [0] ..., leavingCellGlobalId [1] ..., enteringServiceAreaId [2] ...,
//     leavingServiceAreaId [3] ..., enteringLocationAreaId [4] LAIFixedLength, leavingLocationAreaId [5] ..., ...}
const CHANGE_OF_POSITION: &[Field] = &[
    into(Context(50), LOCATION),
    into(
        Context(51),
        &[
            take(Context(0), Role::CgiOrLai),
            take(Context(1), Role::CgiOrLai),
            take(Context(2), Role::CgiOrLai),
            take(Context(3), Role::CgiOrLai),
            take(Context(4), Role::CgiOrLai),
            take(Context(5), Role::CgiOrLai),
        ],
    ),
];
// DpSpecificInfoAlt ::= SEQUENCE {..., collectedInfoSpecificInfo [2] SEQUENCE {
//     calledPartyNumber [0] CalledPartyNumber OPTIONAL, ...} OPTIONAL, ...}
const DP_SPECIFIC: &[Field] = &[into(Context(2), &[take(Context(0), Role::IsupCalled)])];

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
pub(in super::super) const EVENT_REPORT_BCSM: &[Field] = &[into(
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
                into(Context(8), BUSY),
                into(Context(9), BUSY),
                into(Context(10), ANSWER),
                into(Context(12), WITH_CAUSE),
                into(Context(13), WITH_LOCATION),
                into(Context(20), WITH_LOCATION),
                into(Context(50), CHANGE_OF_POSITION),
                into(Context(51), CHANGE_OF_POSITION),
                into(Context(52), DP_SPECIFIC),
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
pub(in super::super) const APPLY_CHARGING_REPORT: &[Field] = &[into(
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
pub(in super::super) const CALL_INFORMATION_REPORT: &[Field] = &[into(
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
pub(in super::super) const RELEASE_CALL: &[Field] =
    &[take(Octets(0), Role::Cause), into(Context(2), &[take(Context(0), Role::Cause)])];

// ConnectArg ::= SEQUENCE {destinationRoutingAddress [0] SEQUENCE SIZE (1) OF CalledPartyNumber, ...,
//     originalCalledPartyID [6] OriginalCalledPartyID OPTIONAL, ..., genericNumbers [14] SET OF GenericNumber OPTIONAL,
//     ..., redirectingPartyID [29] RedirectingPartyID OPTIONAL, ...}
// Of INAP's ConnectArg: callingPartyNumber [27] CallingPartyNumber.
pub(in super::super) const CONNECT: &[Field] = &[into(
    Sequence,
    &[
        into(Context(0), &[take(AnyOctets, Role::IsupCalled)]),
        take(Context(6), Role::IsupOriginalCalled),
        into(Context(14), &[take(AnyOctets, Role::GenericCalling)]),
        take(Context(27), Role::IsupCalling),
        take(Context(29), Role::IsupRedirecting),
    ],
)];

// ContinueWithArgumentArg ::= SEQUENCE {..., genericNumbers [16] SET OF GenericNumber OPTIONAL, ...}
const CONTINUE_WITH_ARGUMENT: &[Field] =
    &[into(Sequence, &[into(Context(16), &[take(AnyOctets, Role::GenericCalling)])])];

// EstablishTemporaryConnectionArg ::= SEQUENCE {assistingSSPIPRoutingAddress [0] Digits, ...,
//     originalCalledPartyID [52] OriginalCalledPartyID OPTIONAL, callingPartyNumber [53] CallingPartyNumber OPTIONAL, ...}
const ESTABLISH_TEMPORARY_CONNECTION: &[Field] =
    &[into(Sequence, &[take(Context(52), Role::IsupOriginalCalled), take(Context(53), Role::IsupCalling)])];

// InitiateCallAttemptArg ::= SEQUENCE {destinationRoutingAddress [0] SEQUENCE SIZE (1) OF CalledPartyNumber, ...,
//     callingPartyNumber [30] CallingPartyNumber OPTIONAL, ..., gsmSCFAddress [52] ISDN-AddressString OPTIONAL, ...}
pub(in super::super) const INITIATE_CALL_ATTEMPT: &[Field] = &[into(
    Sequence,
    &[
        into(Context(0), &[take(AnyOctets, Role::IsupCalled)]),
        take(Context(30), Role::IsupCalling),
        take(Context(52), Role::Node),
    ],
)];

// DisconnectLegArg ::= SEQUENCE {legToBeReleased [0] LegID, releaseCause [1] Cause OPTIONAL, ...}
const DISCONNECT_LEG: &[Field] = &[into(Sequence, &[take(Context(1), Role::Cause)])];

// EntityReleasedArg ::= CHOICE {
//     callSegmentFailure [0] SEQUENCE {callSegmentID [0] ..., cause [2] Cause OPTIONAL, ...},
//     bCSM-Failure [1] SEQUENCE {legID [0] ..., cause [2] Cause OPTIONAL, ...}}
const ENTITY_RELEASED: &[Field] =
    &[into(Context(0), &[take(Context(2), Role::Cause)]), into(Context(1), &[take(Context(2), Role::Cause)])];

// Short messages and data.

// ConnectSMSArg ::= SEQUENCE {callingPartysNumber [0] SMS-AddressString OPTIONAL,
//     destinationSubscriberNumber [1] CalledPartyBCDNumber OPTIONAL, sMSCAddress [2] ISDN-AddressString OPTIONAL, ...}
const CONNECT_SMS: &[Field] = &[into(
    Sequence,
    &[take(Context(0), Role::SmsCalling), take(Context(1), Role::BcdCalled), take(Context(2), Role::Node)],
)];

// EventReportGPRSArg ::= SEQUENCE {gPRSEventType [0] GPRSEventType, miscGPRSInfo [1] ...,
//     gPRSEventSpecificInformation [2] GPRSEventSpecificInformation OPTIONAL, pDPID [3] PDPID OPTIONAL, ...}
// GPRSEventSpecificInformation ::= CHOICE {
//     attachChangeOfPositionSpecificInformation [0] SEQUENCE {locationInformationGPRS [0] ..., ...},
//     pdp-ContextchangeOfPositionSpecificInformation [1] SEQUENCE {..., locationInformationGPRS [2] ..., ...},
//     detachSpecificInformation [2] ..., disconnectSpecificInformation [3] ...,
//     pDPContextEstablishmentSpecificInformation [4] SEQUENCE {..., locationInformationGPRS [3] ..., ...},
//     pDPContextEstablishmentAcknowledgementSpecificInformation [5] SEQUENCE {..., locationInformationGPRS [4] ..., ...}}
const EVENT_REPORT_GPRS: &[Field] = &[into(
    Sequence,
    &[
        take(Context(0), Role::EventGprs),
        into(
            Context(2),
            &[
                into(Context(0), &[into(Context(0), LOCATION_GPRS)]),
                into(Context(1), &[into(Context(2), LOCATION_GPRS)]),
                into(Context(4), &[into(Context(3), LOCATION_GPRS)]),
                into(Context(5), &[into(Context(4), LOCATION_GPRS)]),
            ],
        ),
    ],
)];

// EntityReleasedGPRSArg, ReleaseGPRSArg ::= SEQUENCE {gPRSCause [0] GPRSCause, pDPID [1] PDPID OPTIONAL, ...}
const RELEASE_GPRS: &[Field] = &[into(Sequence, &[take(Context(0), Role::GprsCause)])];

// ApplyChargingReportGPRSArg ::= SEQUENCE {
//     chargingResult [0] CHOICE {transferredVolume [0] ..., elapsedTime [1] CHOICE {
//         timeGPRSIfNoTariffSwitch [0] INTEGER,
//         timeGPRSIfTariffSwitch [1] SEQUENCE {
//             timeGPRSSinceLastTariffSwitch [0] INTEGER, timeGPRSTariffSwitchInterval [1] INTEGER OPTIONAL}}}, ...}
// In seconds.
const APPLY_CHARGING_REPORT_GPRS: &[Field] = &[into(
    Sequence,
    &[into(
        Context(0),
        &[into(
            Context(1),
            &[
                take(Context(0), Role::Seconds),
                into(Context(1), &[take(Context(0), Role::Seconds), take(Context(1), Role::Seconds)]),
            ],
        )],
    )],
)];
