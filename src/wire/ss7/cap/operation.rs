//! The operations of CAP (TS 29.078 V17, §4.1.2 and clauses 6 to 8), with the phase that brought them.

use super::super::operations;
use super::super::tcap::{ApplicationContext, Family};

operations! {
    /// An operation of CAP.
    since_phase: u8 = "The first phase of CAMEL that has it.";
    InitialDp = 0 => "initialDP", 1;
    AssistRequestInstructions = 16 => "assistRequestInstructions", 2;
    EstablishTemporaryConnection = 17 => "establishTemporaryConnection", 2;
    DisconnectForwardConnection = 18 => "disconnectForwardConnection", 2;
    ConnectToResource = 19 => "connectToResource", 2;
    Connect = 20 => "connect", 1;
    ReleaseCall = 22 => "releaseCall", 1;
    RequestReportBcsmEvent = 23 => "requestReportBCSMEvent", 1;
    EventReportBcsm = 24 => "eventReportBCSM", 1;
    CollectInformation = 27 => "collectInformation", 4;
    Continue = 31 => "continue", 1;
    InitiateCallAttempt = 32 => "initiateCallAttempt", 4;
    ResetTimer = 33 => "resetTimer", 2;
    FurnishChargingInformation = 34 => "furnishChargingInformation", 2;
    ApplyCharging = 35 => "applyCharging", 2;
    ApplyChargingReport = 36 => "applyChargingReport", 2;
    CallGap = 41 => "callGap", 3;
    CallInformationReport = 44 => "callInformationReport", 2;
    CallInformationRequest = 45 => "callInformationRequest", 2;
    SendChargingInformation = 46 => "sendChargingInformation", 2;
    PlayAnnouncement = 47 => "playAnnouncement", 2;
    PromptAndCollectUserInformation = 48 => "promptAndCollectUserInformation", 2;
    SpecializedResourceReport = 49 => "specializedResourceReport", 2;
    Cancel = 53 => "cancel", 2;
    ActivityTest = 55 => "activityTest", 1;
    InitialDpSms = 60 => "initialDPSMS", 3;
    FurnishChargingInformationSms = 61 => "furnishChargingInformationSMS", 3;
    ConnectSms = 62 => "connectSMS", 3;
    RequestReportSmsEvent = 63 => "requestReportSMSEvent", 3;
    EventReportSms = 64 => "eventReportSMS", 3;
    ContinueSms = 65 => "continueSMS", 3;
    ReleaseSms = 66 => "releaseSMS", 3;
    ResetTimerSms = 67 => "resetTimerSMS", 3;
    ActivityTestGprs = 70 => "activityTestGPRS", 3;
    ApplyChargingGprs = 71 => "applyChargingGPRS", 3;
    ApplyChargingReportGprs = 72 => "applyChargingReportGPRS", 3;
    CancelGprs = 73 => "cancelGPRS", 3;
    ConnectGprs = 74 => "connectGPRS", 3;
    ContinueGprs = 75 => "continueGPRS", 3;
    EntityReleasedGprs = 76 => "entityReleasedGPRS", 3;
    FurnishChargingInformationGprs = 77 => "furnishChargingInformationGPRS", 3;
    InitialDpGprs = 78 => "initialDPGPRS", 3;
    ReleaseGprs = 79 => "releaseGPRS", 3;
    EventReportGprs = 80 => "eventReportGPRS", 3;
    RequestReportGprsEvent = 81 => "requestReportGPRSEvent", 3;
    ResetTimerGprs = 82 => "resetTimerGPRS", 3;
    SendChargingInformationGprs = 83 => "sendChargingInformationGPRS", 3;
    DisconnectForwardConnectionWithArgument = 86 => "disconnectForwardConnectionWithArgument", 4;
    ContinueWithArgument = 88 => "continueWithArgument", 3;
    DisconnectLeg = 90 => "disconnectLeg", 4;
    MoveLeg = 93 => "moveLeg", 4;
    SplitLeg = 95 => "splitLeg", 4;
    EntityReleased = 96 => "entityReleased", 4;
    PlayTone = 97 => "playTone", 4;
}

/// The operation of a code, within a dialogue of the given context.
///
/// `None` for a code that CAP does not have, and for any code in a dialogue of another application, whose codes collide
/// with those of CAP. A dialogue of unknown context has to be told to be CAP by its subsystem number.
pub fn operation(context: Option<ApplicationContext>, code: i32) -> Option<Operation> {
    if context.is_some_and(|context| context.family != Family::Cap) {
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
            assert!((1..=4).contains(&of_list.since_phase()));
        }
        assert_eq!(operation(None, 1), None);
    }
}
