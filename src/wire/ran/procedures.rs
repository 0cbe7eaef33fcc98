//! The procedures of the three protocols: code, and the names of their messages.

use super::{Outcome, Part};
use crate::wire::ss7::Direction;

/// Names of one procedure's messages: initiating, successful, unsuccessful; of RANAP also outcome. Empty where there is
/// none.
type Names = [&'static str; 4];

/// The list of a protocol's procedures.
macro_rules! procedures {
    ($(#[$doc:meta])* $function:ident; $($code:literal => $($name:literal),+;)*) => {
        $(#[$doc])*
        fn $function(code: u8) -> Option<Names> {
            Some(match code {
                $($code => [$($name),+],)*
                _ => return None,
            })
        }
    };
}

/// The name of a message; `None` for a procedure, or an outcome of it, that the specification does not have.
pub(super) fn name(part: Part, procedure: u8, outcome: Outcome) -> Option<&'static str> {
    let names = match part {
        Part::S1ap => s1ap(procedure),
        Part::Ngap => ngap(procedure),
        Part::Ranap => ranap(procedure),
    };
    names?.get(outcome as usize).copied().filter(|name| !name.is_empty())
}

/// Who starts a procedure: the radio network (originating) or the core. `None` where both may, and for those that are
/// not known.
pub(super) fn initiator(part: Part, procedure: u8) -> Option<Direction> {
    let (either, core): (&[u8], &[u8]) = match part {
        // Reset, ErrorIndication, PrivateMessage; then HandoverRequest, E-RABSetupRequest ...
        Part::S1ap => (
            &[14, 15, 39],
            &[
                1, 5, 6, 7, 9, 10, 11, 19, 21, 23, 25, 26, 27, 30, 31, 34, 35, 36, 38, 41, 43, 44, 46, 48, 52, 54, 59,
                61, 63, 64, 66,
            ],
        ),
        Part::Ngap => (
            &[9, 20, 31],
            &[
                0, 1, 3, 4, 5, 6, 7, 8, 13, 14, 16, 22, 23, 24, 26, 28, 29, 32, 36, 39, 40, 41, 43, 45, 51, 54, 56, 60,
                61, 63, 64, 65, 66, 67, 68, 71, 72, 73, 74, 76, 79,
            ],
        ),
        // Reset, DirectTransfer, Overload, ErrorIndication, PrivateMessage, ResetResource, information
        Part::Ranap => (
            &[9, 20, 21, 22, 25, 27, 28, 31, 33, 34, 45],
            &[0, 1, 3, 5, 6, 7, 14, 15, 16, 17, 23, 26, 30, 32, 35, 36, 37, 38, 40, 46, 47, 48, 49],
        ),
    };
    name(part, procedure, Outcome::Initiating)?;
    match procedure {
        either_side if either.contains(&either_side) => None,
        core_side if core.contains(&core_side) => Some(Direction::Terminating),
        _ => Some(Direction::Originating),
    }
}

procedures! {
    /// S1AP: TS 36.413, ASN.1 module S1AP-PDU-Descriptions.
    s1ap;
    0 => "HandoverRequired", "HandoverCommand", "HandoverPreparationFailure", "";
    1 => "HandoverRequest", "HandoverRequestAcknowledge", "HandoverFailure", "";
    2 => "HandoverNotify", "", "", "";
    3 => "PathSwitchRequest", "PathSwitchRequestAcknowledge", "PathSwitchRequestFailure", "";
    4 => "HandoverCancel", "HandoverCancelAcknowledge", "", "";
    5 => "E-RABSetupRequest", "E-RABSetupResponse", "", "";
    6 => "E-RABModifyRequest", "E-RABModifyResponse", "", "";
    7 => "E-RABReleaseCommand", "E-RABReleaseResponse", "", "";
    8 => "E-RABReleaseIndication", "", "", "";
    9 => "InitialContextSetupRequest", "InitialContextSetupResponse", "InitialContextSetupFailure", "";
    10 => "Paging", "", "", "";
    11 => "DownlinkNASTransport", "", "", "";
    12 => "InitialUEMessage", "", "", "";
    13 => "UplinkNASTransport", "", "", "";
    14 => "Reset", "ResetAcknowledge", "", "";
    15 => "ErrorIndication", "", "", "";
    16 => "NASNonDeliveryIndication", "", "", "";
    17 => "S1SetupRequest", "S1SetupResponse", "S1SetupFailure", "";
    18 => "UEContextReleaseRequest", "", "", "";
    19 => "DownlinkS1cdma2000tunnelling", "", "", "";
    20 => "UplinkS1cdma2000tunnelling", "", "", "";
    21 => "UEContextModificationRequest", "UEContextModificationResponse", "UEContextModificationFailure", "";
    22 => "UECapabilityInfoIndication", "", "", "";
    23 => "UEContextReleaseCommand", "UEContextReleaseComplete", "", "";
    24 => "ENBStatusTransfer", "", "", "";
    25 => "MMEStatusTransfer", "", "", "";
    26 => "DeactivateTrace", "", "", "";
    27 => "TraceStart", "", "", "";
    28 => "TraceFailureIndication", "", "", "";
    29 => "ENBConfigurationUpdate", "ENBConfigurationUpdateAcknowledge", "ENBConfigurationUpdateFailure", "";
    30 => "MMEConfigurationUpdate", "MMEConfigurationUpdateAcknowledge", "MMEConfigurationUpdateFailure", "";
    31 => "LocationReportingControl", "", "", "";
    32 => "LocationReportingFailureIndication", "", "", "";
    33 => "LocationReport", "", "", "";
    34 => "OverloadStart", "", "", "";
    35 => "OverloadStop", "", "", "";
    36 => "WriteReplaceWarningRequest", "WriteReplaceWarningResponse", "", "";
    37 => "ENBDirectInformationTransfer", "", "", "";
    38 => "MMEDirectInformationTransfer", "", "", "";
    39 => "PrivateMessage", "", "", "";
    40 => "ENBConfigurationTransfer", "", "", "";
    41 => "MMEConfigurationTransfer", "", "", "";
    42 => "CellTrafficTrace", "", "", "";
    43 => "KillRequest", "KillResponse", "", "";
    44 => "DownlinkUEAssociatedLPPaTransport", "", "", "";
    45 => "UplinkUEAssociatedLPPaTransport", "", "", "";
    46 => "DownlinkNonUEAssociatedLPPaTransport", "", "", "";
    47 => "UplinkNonUEAssociatedLPPaTransport", "", "", "";
    48 => "UERadioCapabilityMatchRequest", "UERadioCapabilityMatchResponse", "", "";
    49 => "PWSRestartIndication", "", "", "";
    50 => "E-RABModificationIndication", "E-RABModificationConfirm", "", "";
    51 => "PWSFailureIndication", "", "", "";
    52 => "RerouteNASRequest", "", "", "";
    53 => "UEContextModificationIndication", "UEContextModificationConfirm", "", "";
    54 => "ConnectionEstablishmentIndication", "", "", "";
    55 => "UEContextSuspendRequest", "UEContextSuspendResponse", "", "";
    56 => "UEContextResumeRequest", "UEContextResumeResponse", "UEContextResumeFailure", "";
    57 => "NASDeliveryIndication", "", "", "";
    58 => "RetrieveUEInformation", "", "", "";
    59 => "UEInformationTransfer", "", "", "";
    60 => "ENBCPRelocationIndication", "", "", "";
    61 => "MMECPRelocationIndication", "", "", "";
    62 => "SecondaryRATDataUsageReport", "", "", "";
    63 => "UERadioCapabilityIDMappingRequest", "UERadioCapabilityIDMappingResponse", "", "";
    64 => "HandoverSuccess", "", "", "";
    65 => "ENBEarlyStatusTransfer", "", "", "";
    66 => "MMEEarlyStatusTransfer", "", "", "";
}

procedures! {
    /// NGAP: TS 38.413, ASN.1 module NGAP-PDU-Descriptions.
    ngap;
    0 => "AMFConfigurationUpdate", "AMFConfigurationUpdateAcknowledge", "AMFConfigurationUpdateFailure", "";
    1 => "AMFStatusIndication", "", "", "";
    2 => "CellTrafficTrace", "", "", "";
    3 => "DeactivateTrace", "", "", "";
    4 => "DownlinkNASTransport", "", "", "";
    5 => "DownlinkNonUEAssociatedNRPPaTransport", "", "", "";
    6 => "DownlinkRANConfigurationTransfer", "", "", "";
    7 => "DownlinkRANStatusTransfer", "", "", "";
    8 => "DownlinkUEAssociatedNRPPaTransport", "", "", "";
    9 => "ErrorIndication", "", "", "";
    10 => "HandoverCancel", "HandoverCancelAcknowledge", "", "";
    11 => "HandoverNotify", "", "", "";
    12 => "HandoverRequired", "HandoverCommand", "HandoverPreparationFailure", "";
    13 => "HandoverRequest", "HandoverRequestAcknowledge", "HandoverFailure", "";
    14 => "InitialContextSetupRequest", "InitialContextSetupResponse", "InitialContextSetupFailure", "";
    15 => "InitialUEMessage", "", "", "";
    16 => "LocationReportingControl", "", "", "";
    17 => "LocationReportingFailureIndication", "", "", "";
    18 => "LocationReport", "", "", "";
    19 => "NASNonDeliveryIndication", "", "", "";
    20 => "NGReset", "NGResetAcknowledge", "", "";
    21 => "NGSetupRequest", "NGSetupResponse", "NGSetupFailure", "";
    22 => "OverloadStart", "", "", "";
    23 => "OverloadStop", "", "", "";
    24 => "Paging", "", "", "";
    25 => "PathSwitchRequest", "PathSwitchRequestAcknowledge", "PathSwitchRequestFailure", "";
    26 => "PDUSessionResourceModifyRequest", "PDUSessionResourceModifyResponse", "", "";
    27 => "PDUSessionResourceModifyIndication", "PDUSessionResourceModifyConfirm", "", "";
    28 => "PDUSessionResourceReleaseCommand", "PDUSessionResourceReleaseResponse", "", "";
    29 => "PDUSessionResourceSetupRequest", "PDUSessionResourceSetupResponse", "", "";
    30 => "PDUSessionResourceNotify", "", "", "";
    31 => "PrivateMessage", "", "", "";
    32 => "PWSCancelRequest", "PWSCancelResponse", "", "";
    33 => "PWSFailureIndication", "", "", "";
    34 => "PWSRestartIndication", "", "", "";
    35 => "RANConfigurationUpdate", "RANConfigurationUpdateAcknowledge", "RANConfigurationUpdateFailure", "";
    36 => "RerouteNASRequest", "", "", "";
    37 => "RRCInactiveTransitionReport", "", "", "";
    38 => "TraceFailureIndication", "", "", "";
    39 => "TraceStart", "", "", "";
    40 => "UEContextModificationRequest", "UEContextModificationResponse", "UEContextModificationFailure", "";
    41 => "UEContextReleaseCommand", "UEContextReleaseComplete", "", "";
    42 => "UEContextReleaseRequest", "", "", "";
    43 => "UERadioCapabilityCheckRequest", "UERadioCapabilityCheckResponse", "", "";
    44 => "UERadioCapabilityInfoIndication", "", "", "";
    45 => "UETNLABindingReleaseRequest", "", "", "";
    46 => "UplinkNASTransport", "", "", "";
    47 => "UplinkNonUEAssociatedNRPPaTransport", "", "", "";
    48 => "UplinkRANConfigurationTransfer", "", "", "";
    49 => "UplinkRANStatusTransfer", "", "", "";
    50 => "UplinkUEAssociatedNRPPaTransport", "", "", "";
    51 => "WriteReplaceWarningRequest", "WriteReplaceWarningResponse", "", "";
    52 => "SecondaryRATDataUsageReport", "", "", "";
    53 => "UplinkRIMInformationTransfer", "", "", "";
    54 => "DownlinkRIMInformationTransfer", "", "", "";
    55 => "RetrieveUEInformation", "", "", "";
    56 => "UEInformationTransfer", "", "", "";
    57 => "RANCPRelocationIndication", "", "", "";
    58 => "UEContextResumeRequest", "UEContextResumeResponse", "UEContextResumeFailure", "";
    59 => "UEContextSuspendRequest", "UEContextSuspendResponse", "UEContextSuspendFailure", "";
    60 => "UERadioCapabilityIDMappingRequest", "UERadioCapabilityIDMappingResponse", "", "";
    61 => "HandoverSuccess", "", "", "";
    62 => "UplinkRANEarlyStatusTransfer", "", "", "";
    63 => "DownlinkRANEarlyStatusTransfer", "", "", "";
    64 => "AMFCPRelocationIndication", "", "", "";
    65 => "ConnectionEstablishmentIndication", "", "", "";
    66 => "BroadcastSessionModificationRequest", "BroadcastSessionModificationResponse", "BroadcastSessionModificationFailure", "";
    67 => "BroadcastSessionReleaseRequest", "BroadcastSessionReleaseResponse", "", "";
    68 => "BroadcastSessionSetupRequest", "BroadcastSessionSetupResponse", "BroadcastSessionSetupFailure", "";
    69 => "DistributionSetupRequest", "DistributionSetupResponse", "DistributionSetupFailure", "";
    70 => "DistributionReleaseRequest", "DistributionReleaseResponse", "", "";
    71 => "MulticastSessionActivationRequest", "MulticastSessionActivationResponse", "MulticastSessionActivationFailure", "";
    72 => "MulticastSessionDeactivationRequest", "MulticastSessionDeactivationResponse", "", "";
    73 => "MulticastSessionUpdateRequest", "MulticastSessionUpdateResponse", "MulticastSessionUpdateFailure", "";
    74 => "MulticastGroupPaging", "", "", "";
    75 => "BroadcastSessionReleaseRequired", "", "", "";
    76 => "TimingSynchronisationStatusRequest", "TimingSynchronisationStatusResponse", "TimingSynchronisationStatusFailure", "";
    77 => "TimingSynchronisationStatusReport", "", "", "";
    78 => "MTCommunicationHandlingRequest", "MTCommunicationHandlingResponse", "MTCommunicationHandlingFailure", "";
    79 => "RANPagingRequest", "", "", "";
    80 => "BroadcastSessionTransportRequest", "BroadcastSessionTransportResponse", "BroadcastSessionTransportFailure", "";
}

procedures! {
    /// RANAP: TS 25.413, ASN.1 module RANAP-PDU-Descriptions.
    ranap;
    0 => "RAB-AssignmentRequest", "", "", "RAB-AssignmentResponse";
    1 => "Iu-ReleaseCommand", "Iu-ReleaseComplete", "", "";
    2 => "RelocationRequired", "RelocationCommand", "RelocationPreparationFailure", "";
    3 => "RelocationRequest", "RelocationRequestAcknowledge", "RelocationFailure", "";
    4 => "RelocationCancel", "RelocationCancelAcknowledge", "", "";
    5 => "SRNS-ContextRequest", "SRNS-ContextResponse", "", "";
    6 => "SecurityModeCommand", "SecurityModeComplete", "SecurityModeReject", "";
    7 => "DataVolumeReportRequest", "DataVolumeReport", "", "";
    9 => "Reset", "ResetAcknowledge", "", "";
    10 => "RAB-ReleaseRequest", "", "", "";
    11 => "Iu-ReleaseRequest", "", "", "";
    12 => "RelocationDetect", "", "", "";
    13 => "RelocationComplete", "", "", "";
    14 => "Paging", "", "", "";
    15 => "CommonID", "", "", "";
    16 => "CN-InvokeTrace", "", "", "";
    17 => "LocationReportingControl", "", "", "";
    18 => "LocationReport", "", "", "";
    19 => "InitialUE-Message", "", "", "";
    20 => "DirectTransfer", "", "", "";
    21 => "Overload", "", "", "";
    22 => "ErrorIndication", "", "", "";
    23 => "SRNS-DataForwardCommand", "", "", "";
    24 => "ForwardSRNS-Context", "", "", "";
    25 => "PrivateMessage", "", "", "";
    26 => "CN-DeactivateTrace", "", "", "";
    27 => "ResetResource", "ResetResourceAcknowledge", "", "";
    28 => "RANAP-RelocationInformation", "", "", "";
    29 => "RAB-ModifyRequest", "", "", "";
    30 => "LocationRelatedDataRequest", "LocationRelatedDataResponse", "LocationRelatedDataFailure", "";
    31 => "InformationTransferIndication", "InformationTransferConfirmation", "InformationTransferFailure", "";
    32 => "UESpecificInformationIndication", "", "", "";
    33 => "UplinkInformationExchangeRequest", "UplinkInformationExchangeResponse", "UplinkInformationExchangeFailure", "";
    34 => "DirectInformationTransfer", "", "", "";
    35 => "MBMSSessionStart", "MBMSSessionStartResponse", "MBMSSessionStartFailure", "";
    36 => "MBMSSessionUpdate", "MBMSSessionUpdateResponse", "MBMSSessionUpdateFailure", "";
    37 => "MBMSSessionStop", "MBMSSessionStopResponse", "", "";
    38 => "MBMSUELinkingRequest", "", "", "MBMSUELinkingResponse";
    39 => "MBMSRegistrationRequest", "MBMSRegistrationResponse", "MBMSRegistrationFailure", "";
    40 => "MBMSCNDe-RegistrationRequest", "MBMSCNDe-RegistrationResponse", "", "";
    41 => "MBMSRABEstablishmentIndication", "", "", "";
    42 => "MBMSRABReleaseRequest", "MBMSRABRelease", "MBMSRABReleaseFailure", "";
    43 => "EnhancedRelocationCompleteRequest", "EnhancedRelocationCompleteResponse", "EnhancedRelocationCompleteFailure", "";
    44 => "EnhancedRelocationCompleteConfirm", "", "", "";
    45 => "RANAP-EnhancedRelocationInformationRequest", "RANAP-EnhancedRelocationInformationResponse", "", "";
    46 => "SRVCC-CSKeysRequest", "", "", "SRVCC-CSKeysResponse";
    47 => "UeRadioCapabilityMatchRequest", "", "", "UeRadioCapabilityMatchResponse";
    48 => "UeRegistrationQueryRequest", "", "", "UeRegistrationQueryResponse";
    49 => "RerouteNASRequest", "", "", "";
}
