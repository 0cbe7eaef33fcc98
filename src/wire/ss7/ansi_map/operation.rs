//! The operations of ANSI-41 (X.S0004-540-E, table 11: operation codes of family 9).

use super::super::operations;

/// What an operation is for, as far as it concerns a subscriber.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// A mobile registers with a visited system.
    Registration,
    /// The home system cancels the registration with the system before.
    Cancellation,
    /// A mobile is no longer active.
    Deregistration,
    /// A mobile is authenticated.
    Authentication,
    /// A mobile failed to authenticate.
    AuthenticationFailure,
    /// Where to route a call or message is asked.
    Route,
    /// A route for a call to the mobile is asked of the system that serves it.
    CallTo,
    /// The mobile calls.
    CallFrom,
    /// The mobile changes a feature.
    Feature,
    /// A short message.
    ShortMessage,
    /// The mobile changes the system in a call.
    Handoff,
    /// The mobile is located.
    Position,
    /// Anything else.
    Other,
}

operations! {
    /// An operation of ANSI-41.
    purpose: Purpose = "What it is for.";
    HandoffMeasurementRequest = 1 => "HandoffMeasurementRequest", Purpose::Other;
    FacilitiesDirective = 2 => "FacilitiesDirective", Purpose::Handoff;
    MobileOnChannel = 3 => "MobileOnChannel", Purpose::Other;
    HandoffBack = 4 => "HandoffBack", Purpose::Handoff;
    FacilitiesRelease = 5 => "FacilitiesRelease", Purpose::Other;
    QualificationRequest = 6 => "QualificationRequest", Purpose::Other;
    QualificationDirective = 7 => "QualificationDirective", Purpose::Other;
    Blocking = 8 => "Blocking", Purpose::Other;
    Unblocking = 9 => "Unblocking", Purpose::Other;
    ResetCircuit = 10 => "ResetCircuit", Purpose::Other;
    TrunkTest = 11 => "TrunkTest", Purpose::Other;
    TrunkTestDisconnect = 12 => "TrunkTestDisconnect", Purpose::Other;
    RegistrationNotification = 13 => "RegistrationNotification", Purpose::Registration;
    RegistrationCancellation = 14 => "RegistrationCancellation", Purpose::Cancellation;
    LocationRequest = 15 => "LocationRequest", Purpose::Route;
    RoutingRequest = 16 => "RoutingRequest", Purpose::CallTo;
    FeatureRequest = 17 => "FeatureRequest", Purpose::Feature;
    ServiceProfileRequest = 18 => "ServiceProfileRequest", Purpose::Other;
    ServiceProfileDirective = 19 => "ServiceProfileDirective", Purpose::Other;
    UnreliableRoamerDataDirective = 20 => "UnreliableRoamerDataDirective", Purpose::Other;
    CallDataRequest = 21 => "CallDataRequest", Purpose::Other;
    MsInactive = 22 => "MSInactive", Purpose::Deregistration;
    TransferToNumberRequest = 23 => "TransferToNumberRequest", Purpose::Other;
    RedirectionRequest = 24 => "RedirectionRequest", Purpose::Other;
    HandoffToThird = 25 => "HandoffToThird", Purpose::Handoff;
    FlashRequest = 26 => "FlashRequest", Purpose::Other;
    AuthenticationDirective = 27 => "AuthenticationDirective", Purpose::Other;
    AuthenticationRequest = 28 => "AuthenticationRequest", Purpose::Authentication;
    BaseStationChallenge = 29 => "BaseStationChallenge", Purpose::Other;
    AuthenticationFailureReport = 30 => "AuthenticationFailureReport", Purpose::AuthenticationFailure;
    CountRequest = 31 => "CountRequest", Purpose::Other;
    InterSystemPage = 32 => "InterSystemPage", Purpose::Other;
    UnsolicitedResponse = 33 => "UnsolicitedResponse", Purpose::Other;
    BulkDeregistration = 34 => "BulkDeregistration", Purpose::Other;
    HandoffMeasurementRequest2 = 35 => "HandoffMeasurementRequest2", Purpose::Other;
    FacilitiesDirective2 = 36 => "FacilitiesDirective2", Purpose::Handoff;
    HandoffBack2 = 37 => "HandoffBack2", Purpose::Handoff;
    HandoffToThird2 = 38 => "HandoffToThird2", Purpose::Handoff;
    AuthenticationDirectiveForward = 39 => "AuthenticationDirectiveForward", Purpose::Other;
    AuthenticationStatusReport = 40 => "AuthenticationStatusReport", Purpose::Other;
    InformationDirective = 42 => "InformationDirective", Purpose::Other;
    InformationForward = 43 => "InformationForward", Purpose::Other;
    InterSystemAnswer = 44 => "InterSystemAnswer", Purpose::Other;
    InterSystemPage2 = 45 => "InterSystemPage2", Purpose::Other;
    InterSystemSetup = 46 => "InterSystemSetup", Purpose::Other;
    OriginationRequest = 47 => "OriginationRequest", Purpose::CallFrom;
    RandomVariableRequest = 48 => "RandomVariableRequest", Purpose::Other;
    RedirectionDirective = 49 => "RedirectionDirective", Purpose::Other;
    RemoteUserInteractionDirective = 50 => "RemoteUserInteractionDirective", Purpose::Other;
    SmsDeliveryBackward = 51 => "SMSDeliveryBackward", Purpose::ShortMessage;
    SmsDeliveryForward = 52 => "SMSDeliveryForward", Purpose::ShortMessage;
    SmsDeliveryPointToPoint = 53 => "SMSDeliveryPointToPoint", Purpose::ShortMessage;
    SmsNotification = 54 => "SMSNotification", Purpose::Other;
    SmsRequest = 55 => "SMSRequest", Purpose::Route;
    OtaspRequest = 56 => "OTASPRequest", Purpose::Other;
    InformationBackward = 57 => "InformationBackward", Purpose::Other;
    ChangeFacilities = 58 => "ChangeFacilities", Purpose::Other;
    ChangeService = 59 => "ChangeService", Purpose::Other;
    ParameterRequest = 60 => "ParameterRequest", Purpose::Other;
    TmsiDirective = 61 => "TMSIDirective", Purpose::Other;
    NumberPortabilityRequest = 62 => "NumberPortabilityRequest", Purpose::Other;
    ServiceRequest = 63 => "ServiceRequest", Purpose::Other;
    AnalyzedInformation = 64 => "AnalyzedInformation", Purpose::Other;
    ConnectionFailureReport = 65 => "ConnectionFailureReport", Purpose::Other;
    ConnectResource = 66 => "ConnectResource", Purpose::Other;
    DisconnectResource = 67 => "DisconnectResource", Purpose::Other;
    FacilitySelectedAndAvailable = 68 => "FacilitySelectedAndAvailable", Purpose::Other;
    InstructionRequest = 69 => "InstructionRequest", Purpose::Other;
    Modify = 70 => "Modify", Purpose::Other;
    ResetTimer = 71 => "ResetTimer", Purpose::Other;
    Search = 72 => "Search", Purpose::Other;
    SeizeResource = 73 => "SeizeResource", Purpose::Other;
    SrfDirective = 74 => "SRFDirective", Purpose::Other;
    TBusy = 75 => "TBusy", Purpose::Other;
    TNoAnswer = 76 => "TNoAnswer", Purpose::Other;
    Release = 77 => "Release", Purpose::Other;
    SmsDeliveryPointToPointAck = 78 => "SMSDeliveryPointToPointAck", Purpose::Other;
    MessageDirective = 79 => "MessageDirective", Purpose::Other;
    BulkDisconnection = 80 => "BulkDisconnection", Purpose::Other;
    CallControlDirective = 81 => "CallControlDirective", Purpose::Other;
    OAnswer = 82 => "OAnswer", Purpose::Other;
    ODisconnect = 83 => "ODisconnect", Purpose::Other;
    CallRecoveryReport = 84 => "CallRecoveryReport", Purpose::Other;
    TAnswer = 85 => "TAnswer", Purpose::Other;
    TDisconnect = 86 => "TDisconnect", Purpose::Other;
    UnreliableCallData = 87 => "UnreliableCallData", Purpose::Other;
    OCalledPartyBusy = 88 => "OCalledPartyBusy", Purpose::Other;
    ONoAnswer = 89 => "ONoAnswer", Purpose::Other;
    PositionRequest = 90 => "PositionRequest", Purpose::Position;
    PositionRequestForward = 91 => "PositionRequestForward", Purpose::Other;
    CallTerminationReport = 92 => "CallTerminationReport", Purpose::Other;
    GeoPositionDirective = 93 => "GeoPositionDirective", Purpose::Other;
    GeoPositionRequest = 94 => "GeoPositionRequest", Purpose::Position;
    InterSystemPositionRequest = 95 => "InterSystemPositionRequest", Purpose::Position;
    InterSystemPositionRequestForward = 96 => "InterSystemPositionRequestForward", Purpose::Other;
    AcgDirective = 97 => "ACGDirective", Purpose::Other;
    RoamerDatabaseVerificationRequest = 98 => "RoamerDatabaseVerificationRequest", Purpose::Other;
    AddService = 99 => "AddService", Purpose::Other;
    DropService = 100 => "DropService", Purpose::Other;
    InterSystemSmsPage = 101 => "InterSystemSMSPage", Purpose::Other;
    LcsParameterRequest = 102 => "LCSParameterRequest", Purpose::Other;
    CheckMeid = 103 => "CheckMEID", Purpose::Other;
    PositionEventNotification = 106 => "PositionEventNotification", Purpose::Other;
    StatusRequest = 107 => "StatusRequest", Purpose::Other;
    InterSystemSmsDeliveryPointToPoint = 111 => "InterSystemSMSDeliveryPointToPoint", Purpose::ShortMessage;
    QualificationRequest2 = 112 => "QualificationRequest2", Purpose::Other;
}

/// Family of ANSI-41 in a private operation code (T1.114.5).
const FAMILY: i32 = 9;

/// The operation of a private operation code: family in the high octet, whose bit 8 asks for a reply.
pub fn operation(code: i32) -> Option<Operation> {
    match ((code >> 8) & 0x7f, code & 0xff) {
        (FAMILY, specifier) => Operation::of_code(specifier),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_found_and_unique() {
        for &of_list in Operation::ALL {
            assert_eq!(operation(0x0900 | of_list.code()), Some(of_list));
            assert_eq!(operation(0x8900 | of_list.code()), Some(of_list));
        }
        assert_eq!(operation(13), None);
        assert_eq!(operation(0x0900 | 41), None);
    }
}
