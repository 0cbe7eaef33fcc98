//! The operations of INAP (Q.1218 (10/95) clause 2.1 for capability set 1, Q.1228 (09/97) for capability set 2).

use super::super::operations;
use super::super::tcap::{ApplicationContext, Family};

operations! {
    /// An operation of INAP.
    capability_set: u8 = "The capability set that brought it.";
    InitialDp = 0 => "initialDP", 1;
    OriginationAttemptAuthorized = 1 => "originationAttemptAuthorized", 1;
    CollectedInformation = 2 => "collectedInformation", 1;
    AnalysedInformation = 3 => "analysedInformation", 1;
    RouteSelectFailure = 4 => "routeSelectFailure", 1;
    OCalledPartyBusy = 5 => "oCalledPartyBusy", 1;
    ONoAnswer = 6 => "oNoAnswer", 1;
    OAnswer = 7 => "oAnswer", 1;
    ODisconnect = 8 => "oDisconnect", 1;
    TermAttemptAuthorized = 9 => "termAttemptAuthorized", 1;
    TBusy = 10 => "tBusy", 1;
    TNoAnswer = 11 => "tNoAnswer", 1;
    TAnswer = 12 => "tAnswer", 1;
    TDisconnect = 13 => "tDisconnect", 1;
    OMidCall = 14 => "oMidCall", 1;
    TMidCall = 15 => "tMidCall", 1;
    AssistRequestInstructions = 16 => "assistRequestInstructions", 1;
    EstablishTemporaryConnection = 17 => "establishTemporaryConnection", 1;
    DisconnectForwardConnection = 18 => "disconnectForwardConnection", 1;
    ConnectToResource = 19 => "connectToResource", 1;
    Connect = 20 => "connect", 1;
    HoldCallInNetwork = 21 => "holdCallInNetwork", 1;
    ReleaseCall = 22 => "releaseCall", 1;
    RequestReportBcsmEvent = 23 => "requestReportBCSMEvent", 1;
    EventReportBcsm = 24 => "eventReportBCSM", 1;
    RequestNotificationChargingEvent = 25 => "requestNotificationChargingEvent", 1;
    EventNotificationCharging = 26 => "eventNotificationCharging", 1;
    CollectInformation = 27 => "collectInformation", 1;
    AnalyseInformation = 28 => "analyseInformation", 1;
    SelectRoute = 29 => "selectRoute", 1;
    SelectFacility = 30 => "selectFacility", 1;
    Continue = 31 => "continue", 1;
    InitiateCallAttempt = 32 => "initiateCallAttempt", 1;
    ResetTimer = 33 => "resetTimer", 1;
    FurnishChargingInformation = 34 => "furnishChargingInformation", 1;
    ApplyCharging = 35 => "applyCharging", 1;
    ApplyChargingReport = 36 => "applyChargingReport", 1;
    RequestCurrentStatusReport = 37 => "requestCurrentStatusReport", 1;
    RequestEveryStatusChangeReport = 38 => "requestEveryStatusChangeReport", 1;
    RequestFirstStatusMatchReport = 39 => "requestFirstStatusMatchReport", 1;
    StatusReport = 40 => "statusReport", 1;
    CallGap = 41 => "callGap", 1;
    ActivateServiceFiltering = 42 => "activateServiceFiltering", 1;
    ServiceFilteringResponse = 43 => "serviceFilteringResponse", 1;
    CallInformationReport = 44 => "callInformationReport", 1;
    CallInformationRequest = 45 => "callInformationRequest", 1;
    SendChargingInformation = 46 => "sendChargingInformation", 1;
    PlayAnnouncement = 47 => "playAnnouncement", 1;
    PromptAndCollectUserInformation = 48 => "promptAndCollectUserInformation", 1;
    SpecializedResourceReport = 49 => "specializedResourceReport", 1;
    Cancel = 53 => "cancel", 1;
    CancelStatusReportRequest = 54 => "cancelStatusReportRequest", 1;
    ActivityTest = 55 => "activityTest", 1;
    FacilitySelectedAndAvailable = 80 => "facilitySelectedAndAvailable", 2;
    OriginationAttempt = 81 => "originationAttempt", 2;
    TerminationAttempt = 82 => "terminationAttempt", 2;
    OAbandon = 83 => "oAbandon", 2;
    OSuspended = 84 => "oSuspended", 2;
    TSuspended = 85 => "tSuspended", 2;
    DisconnectForwardConnectionWithArgument = 86 => "disconnectForwardConnectionWithArgument", 2;
    AuthorizeTermination = 87 => "authorizeTermination", 2;
    ContinueWithArgument = 88 => "continueWithArgument", 2;
    CreateCallSegmentAssociation = 89 => "createCallSegmentAssociation", 2;
    DisconnectLeg = 90 => "disconnectLeg", 2;
    MergeCallSegments = 91 => "mergeCallSegments", 2;
    MoveCallSegments = 92 => "moveCallSegments", 2;
    MoveLeg = 93 => "moveLeg", 2;
    Reconnect = 94 => "reconnect", 2;
    SplitLeg = 95 => "splitLeg", 2;
    EntityReleased = 96 => "entityReleased", 2;
    ManageTriggerData = 97 => "manageTriggerData", 2;
    RequestReportUtsi = 98 => "requestReportUTSI", 2;
    SendStui = 100 => "sendSTUI", 2;
    ReportUtsi = 101 => "reportUTSI", 2;
    SendFacilityInformation = 102 => "sendFacilityInformation", 2;
    RequestReportFacilityEvent = 103 => "requestReportFacilityEvent", 2;
    EventReportFacility = 104 => "eventReportFacility", 2;
    PromptAndReceiveMessage = 107 => "promptAndReceiveMessage", 2;
    ScriptInformation = 108 => "scriptInformation", 2;
    ScriptEvent = 109 => "scriptEvent", 2;
    ScriptRun = 110 => "scriptRun", 2;
    ScriptClose = 111 => "scriptClose", 2;
}

/// The operation of a code, within a dialogue of the given context.
///
/// `None` for a code that INAP does not have, and for any code in a dialogue of another application: MAP and CAP have the
/// same codes. A dialogue of unknown context has to be told to be INAP by its subsystem number.
pub fn operation(context: Option<ApplicationContext>, code: i32) -> Option<Operation> {
    if context.is_some_and(|context| context.family != Family::Inap) {
        return None;
    }
    Operation::of_code(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_found_and_unique() {
        for &of_list in Operation::ALL {
            assert_eq!(operation(None, of_list.code()), Some(of_list));
            assert!((1..=2).contains(&of_list.capability_set()));
        }
        assert_eq!(operation(None, 50), None);
    }
}
