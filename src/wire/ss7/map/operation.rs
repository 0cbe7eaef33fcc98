//! The operations of MAP and their application contexts (TS 29.002 V17, clauses 17.2 and 17.5; those of earlier
//! versions and releases included).

use super::super::operations;
use super::super::tcap::{ApplicationContext, Family};

operations! {
    /// An operation of MAP.
    contexts: &'static [u8] =
        "The application contexts, by number, whose dialogues may invoke it.";
    UpdateLocation = 2 => "updateLocation", &[1];
    CancelLocation = 3 => "cancelLocation", &[2];
    ProvideRoamingNumber = 4 => "provideRoamingNumber", &[3];
    NoteSubscriberDataModified = 5 => "noteSubscriberDataModified", &[22];
    ResumeCallHandling = 6 => "resumeCallHandling", &[6];
    InsertSubscriberData = 7 => "insertSubscriberData", &[1, 16, 32, 46];
    DeleteSubscriberData = 8 => "deleteSubscriberData", &[16];
    SendParameters = 9 => "sendParameters", &[1, 14];
    RegisterSs = 10 => "registerSS", &[18];
    EraseSs = 11 => "eraseSS", &[18];
    ActivateSs = 12 => "activateSS", &[18];
    DeactivateSs = 13 => "deactivateSS", &[18];
    InterrogateSs = 14 => "interrogateSS", &[18];
    AuthenticationFailureReport = 15 => "authenticationFailureReport", &[39];
    RegisterPassword = 17 => "registerPassword", &[18];
    GetPassword = 18 => "getPassword", &[18];
    ProcessUnstructuredSsData = 19 => "processUnstructuredSS-Data", &[18];
    ReleaseResources = 20 => "releaseResources", &[44];
    MtForwardSmVgcs = 21 => "mt-ForwardSM-VGCS", &[41];
    SendRoutingInfo = 22 => "sendRoutingInfo", &[5];
    UpdateGprsLocation = 23 => "updateGprsLocation", &[32];
    SendRoutingInfoForGprs = 24 => "sendRoutingInfoForGprs", &[33];
    FailureReport = 25 => "failureReport", &[34];
    NoteMsPresentForGprs = 26 => "noteMsPresentForGprs", &[35];
    PerformHandover = 28 => "performHandover", &[11];
    SendEndSignal = 29 => "sendEndSignal", &[11];
    PerformSubsequentHandover = 30 => "performSubsequentHandover", &[11];
    ProvideSiwfsNumber = 31 => "provideSIWFSNumber", &[12];
    SiwfsSignallingModify = 32 => "sIWFSSignallingModify", &[12];
    AllocateHandoverNumber = 31 => "allocateHandoverNumber", &[11];
    SendHandoverReport = 32 => "sendHandoverReport", &[11];
    ProcessAccessSignalling = 33 => "processAccessSignalling", &[11];
    ForwardAccessSignalling = 34 => "forwardAccessSignalling", &[11];
    NoteInternalHandover = 35 => "noteInternalHandover", &[11];
    CancelVcsgLocation = 36 => "cancelVcsgLocation", &[47];
    Reset = 37 => "reset", &[10];
    ForwardCheckSsIndication = 38 => "forwardCheckSS-Indication", &[1];
    PrepareGroupCall = 39 => "prepareGroupCall", &[31];
    SendGroupCallEndSignal = 40 => "sendGroupCallEndSignal", &[31];
    ProcessGroupCallSignalling = 41 => "processGroupCallSignalling", &[31];
    ForwardGroupCallSignalling = 42 => "forwardGroupCallSignalling", &[31];
    CheckImei = 43 => "checkIMEI", &[13];
    MtForwardSm = 44 => "mt-ForwardSM", &[25];
    SendRoutingInfoForSm = 45 => "sendRoutingInfoForSM", &[20];
    MoForwardSm = 46 => "mo-ForwardSM", &[21];
    ForwardSm = 46 => "forwardSM", &[21, 25];
    ReportSmDeliveryStatus = 47 => "reportSM-DeliveryStatus", &[20];
    NoteSubscriberPresent = 48 => "noteSubscriberPresent", &[24];
    AlertServiceCentreWithoutResult = 49 => "alertServiceCentreWithoutResult", &[23];
    ActivateTraceMode = 50 => "activateTraceMode", &[1, 17, 32];
    DeactivateTraceMode = 51 => "deactivateTraceMode", &[17];
    TraceSubscriberActivity = 52 => "traceSubscriberActivity", &[11];
    UpdateVcsgLocation = 53 => "updateVcsgLocation", &[46];
    BeginSubscriberActivity = 54 => "beginSubscriberActivity", &[18];
    SendIdentification = 55 => "sendIdentification", &[15];
    SendAuthenticationInfo = 56 => "sendAuthenticationInfo", &[14];
    RestoreData = 57 => "restoreData", &[1];
    SendImsi = 58 => "sendIMSI", &[26];
    ProcessUnstructuredSsRequest = 59 => "processUnstructuredSS-Request", &[19];
    UnstructuredSsRequest = 60 => "unstructuredSS-Request", &[19];
    UnstructuredSsNotify = 61 => "unstructuredSS-Notify", &[19];
    AnyTimeSubscriptionInterrogation = 62 => "anyTimeSubscriptionInterrogation", &[43];
    InformServiceCentre = 63 => "informServiceCentre", &[20];
    AlertServiceCentre = 64 => "alertServiceCentre", &[23];
    AnyTimeModification = 65 => "anyTimeModification", &[43];
    ReadyForSm = 66 => "readyForSM", &[24];
    PurgeMs = 67 => "purgeMS", &[27];
    PrepareHandover = 68 => "prepareHandover", &[11];
    PrepareSubsequentHandover = 69 => "prepareSubsequentHandover", &[11];
    ProvideSubscriberInfo = 70 => "provideSubscriberInfo", &[28];
    AnyTimeInterrogation = 71 => "anyTimeInterrogation", &[29];
    SsInvocationNotification = 72 => "ss-InvocationNotification", &[36];
    SetReportingState = 73 => "setReportingState", &[7];
    StatusReport = 74 => "statusReport", &[7];
    RemoteUserFree = 75 => "remoteUserFree", &[7];
    RegisterCcEntry = 76 => "registerCC-Entry", &[8];
    EraseCcEntry = 77 => "eraseCC-Entry", &[8];
    SecureTransportClass1 = 78 => "secureTransportClass1", &[40];
    SecureTransportClass2 = 79 => "secureTransportClass2", &[40];
    SecureTransportClass3 = 80 => "secureTransportClass3", &[40];
    SecureTransportClass4 = 81 => "secureTransportClass4", &[40];
    ProvideSubscriberLocation = 83 => "provideSubscriberLocation", &[38];
    SendGroupCallInfo = 84 => "sendGroupCallInfo", &[45];
    SendRoutingInfoForLcs = 85 => "sendRoutingInfoForLCS", &[37];
    SubscriberLocationReport = 86 => "subscriberLocationReport", &[38];
    IstAlert = 87 => "ist-Alert", &[4];
    IstCommand = 88 => "ist-Command", &[9];
    NoteMmEvent = 89 => "noteMM-Event", &[42];
}

/// The operation of a code, within a dialogue of the given context.
///
/// `None` for a code that MAP does not have, and for any code in a dialogue of another application, whose codes collide
/// with those of MAP. Code 46 is mo-ForwardSM from version 3 on; in versions 1 and 2 it is forwardSM, in either
/// direction. A dialogue without a context is one of version 1 (TS 29.002 §5.1), or its beginning was not seen: codes 31
/// and 32 are those of version 1 then.
pub fn operation(context: Option<ApplicationContext>, code: i32) -> Option<Operation> {
    if context.is_some_and(|context| context.family != Family::Map) {
        return None;
    }
    match Operation::of_code(code) {
        Some(Operation::MoForwardSm) if context.is_none_or(|context| context.version < 3) => Some(Operation::ForwardSm),
        Some(Operation::ProvideSiwfsNumber) if context.is_none() => Some(Operation::AllocateHandoverNumber),
        Some(Operation::SiwfsSignallingModify) if context.is_none() => Some(Operation::SendHandoverReport),
        operation => operation,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn context(number: u8, version: u8) -> Option<ApplicationContext> {
        Some(ApplicationContext { family: Family::Map, number, version })
    }

    #[test]
    fn code_46_has_two_names() {
        let name = |context| operation(context, 46).unwrap().name();
        assert_eq!(name(context(21, 3)), "mo-ForwardSM");
        assert_eq!(name(context(21, 2)), "forwardSM");
        assert_eq!(name(context(25, 2)), "forwardSM");
        assert_eq!(name(None), "forwardSM");
    }

    #[test]
    fn codes_are_found_and_unique_but_for_three() {
        for &of_list in Operation::ALL {
            let found = operation(context(1, 3), of_list.code()).unwrap();
            let first = [Operation::ForwardSm, Operation::AllocateHandoverNumber, Operation::SendHandoverReport];
            assert!(found == of_list || first.contains(&of_list));
            assert!(!of_list.contexts().is_empty());
        }
        assert_eq!(operation(None, 31), Some(Operation::AllocateHandoverNumber));
        assert_eq!(operation(None, 27), None);
        assert_eq!(operation(None, -1), None);
    }

    #[test]
    fn contexts_of_an_operation() {
        assert!(Operation::InsertSubscriberData.contexts().contains(&1));
        assert_eq!(Operation::CheckImei.contexts(), [13]);
    }
}
