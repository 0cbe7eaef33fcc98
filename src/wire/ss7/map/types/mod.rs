//! The arguments and results of MAP as tables (TS 29.002 V17, clause 17.7; version 2 from TS 09.02 V5).
//!
//! Above each table stands its type, with the members that are read and with `...` for those between them. A parameter
//! that is a bare value in versions 1 and 2 and a SEQUENCE or `[3] SEQUENCE` later has one table for all: the tag tells.

mod handling;
mod handover;
mod location;
mod messages;
mod mobility;
mod services;
mod subscriber;

use super::super::fields::Tag::{Context, Enumerated, Octets, Sequence};
use super::super::fields::{Field, Role, into, take};
use super::Operation;
use handling::*;
use handover::*;
use location::*;
use messages::*;
use mobility::*;
use services::*;
use subscriber::*;

/// The type of the argument.
pub(super) fn argument(operation: Operation) -> &'static [Field] {
    use Operation as Op;
    match operation {
        Op::UpdateLocation => UPDATE_LOCATION,
        Op::UpdateGprsLocation => UPDATE_GPRS_LOCATION,
        Op::CancelLocation | Op::CancelVcsgLocation => CANCEL_LOCATION,
        Op::PurgeMs => PURGE_MS,
        Op::SendIdentification => SEND_IDENTIFICATION,
        Op::SendAuthenticationInfo => SEND_AUTHENTICATION_INFO,
        Op::SendParameters => SEND_PARAMETERS,
        Op::CheckImei => CHECK_IMEI,
        Op::InsertSubscriberData => INSERT_SUBSCRIBER_DATA,
        Op::RestoreData => RESTORE_DATA,
        Op::Reset => RESET,
        Op::SendImsi => SEND_IMSI,
        Op::ProvideRoamingNumber => PROVIDE_ROAMING_NUMBER,
        Op::SendRoutingInfo => SEND_ROUTING_INFO,
        Op::SendRoutingInfoForSm => SEND_ROUTING_INFO_FOR_SM,
        Op::MoForwardSm | Op::MtForwardSm | Op::ForwardSm => FORWARD_SM,
        Op::MtForwardSmVgcs => FORWARD_SM_VGCS,
        Op::ReportSmDeliveryStatus => REPORT_SM_DELIVERY_STATUS,
        Op::AlertServiceCentre | Op::AlertServiceCentreWithoutResult => ALERT_SERVICE_CENTRE,
        Op::InformServiceCentre => INFORM_SERVICE_CENTRE,
        Op::NoteSubscriberPresent => IMSI_BARE,
        Op::AnyTimeInterrogation => ANY_TIME_INTERROGATION,
        Op::AnyTimeSubscriptionInterrogation => SUBSCRIPTION_INTERROGATION,
        Op::AnyTimeModification => ANY_TIME_MODIFICATION,
        Op::ProvideSubscriberInfo => PROVIDE_SUBSCRIBER_INFO,
        Op::SendRoutingInfoForGprs => GPRS_ROUTING,
        Op::FailureReport => FAILURE_REPORT,
        Op::SendRoutingInfoForLcs => SEND_ROUTING_INFO_FOR_LCS,
        Op::ProvideSubscriberLocation => PROVIDE_SUBSCRIBER_LOCATION,
        Op::SubscriberLocationReport => SUBSCRIBER_LOCATION_REPORT,
        Op::ProcessUnstructuredSsRequest | Op::UnstructuredSsRequest | Op::UnstructuredSsNotify => USSD,
        Op::RegisterSs => REGISTER_SS,
        Op::RegisterCcEntry => REGISTER_CC_ENTRY,
        Op::SsInvocationNotification => SS_INVOCATION_NOTIFICATION,
        Op::NoteSubscriberDataModified => NOTE_SUBSCRIBER_DATA_MODIFIED,
        Op::NoteMmEvent => NOTE_MM_EVENT,
        Op::AuthenticationFailureReport => AUTHENTICATION_FAILURE_REPORT,
        Op::UpdateVcsgLocation => UPDATE_VCSG_LOCATION,
        Op::ResumeCallHandling => RESUME_CALL_HANDLING,
        Op::ReleaseResources => RELEASE_RESOURCES,
        Op::BeginSubscriberActivity => BEGIN_SUBSCRIBER_ACTIVITY,
        Op::PrepareHandover => PREPARE_HANDOVER,
        Op::PerformHandover => PERFORM_HANDOVER,
        Op::PrepareSubsequentHandover => PREPARE_SUBSEQUENT_HANDOVER,
        Op::PerformSubsequentHandover => PERFORM_SUBSEQUENT_HANDOVER,
        Op::SendEndSignal | Op::ProcessAccessSignalling | Op::ForwardAccessSignalling => ACCESS_SIGNALLING,
        Op::NoteInternalHandover => NOTE_INTERNAL_HANDOVER,
        Op::SetReportingState => SET_REPORTING_STATE,
        Op::RemoteUserFree => REMOTE_USER_FREE,
        Op::SendGroupCallEndSignal => IMSI_FIRST,
        Op::ForwardGroupCallSignalling => FORWARD_GROUP_CALL_SIGNALLING,
        Op::ProcessGroupCallSignalling => PROCESS_GROUP_CALL_SIGNALLING,
        Op::SendGroupCallInfo => SEND_GROUP_CALL_INFO,
        Op::DeleteSubscriberData
        | Op::NoteMsPresentForGprs
        | Op::ReadyForSm
        | Op::ActivateTraceMode
        | Op::DeactivateTraceMode
        | Op::TraceSubscriberActivity
        | Op::StatusReport
        | Op::IstAlert
        | Op::IstCommand => IMSI_AT_0,
        _ => &[],
    }
}

/// The type of the result.
pub(super) fn result(operation: Operation) -> &'static [Field] {
    use Operation as Op;
    match operation {
        Op::UpdateLocation | Op::UpdateGprsLocation | Op::RestoreData => HLR_NUMBER,
        Op::CheckImei => CHECK_IMEI_RES,
        Op::SendImsi => IMSI_BARE,
        Op::SendIdentification => SEND_IDENTIFICATION_RES,
        Op::SendParameters => SEND_PARAMETERS_RES,
        Op::ProvideRoamingNumber => PROVIDE_ROAMING_NUMBER_RES,
        Op::SendRoutingInfo => SEND_ROUTING_INFO_RES,
        Op::SendRoutingInfoForSm => SEND_ROUTING_INFO_FOR_SM_RES,
        Op::ReportSmDeliveryStatus => STORED_MSISDN,
        Op::MtForwardSmVgcs => FORWARD_SM_VGCS_RES,
        Op::AnyTimeInterrogation | Op::ProvideSubscriberInfo => SUBSCRIBER_INFO_RES,
        Op::AnyTimeSubscriptionInterrogation => SUBSCRIPTION_RES,
        Op::AnyTimeModification => ANY_TIME_MODIFICATION_RES,
        Op::SendRoutingInfoForLcs => SEND_ROUTING_INFO_FOR_LCS_RES,
        Op::ProvideSubscriberLocation => PROVIDE_SUBSCRIBER_LOCATION_RES,
        Op::SubscriberLocationReport => SUBSCRIBER_LOCATION_REPORT_RES,
        Op::RegisterSs | Op::EraseSs | Op::ActivateSs | Op::DeactivateSs => SS_INFO,
        Op::InterrogateSs => INTERROGATE_SS_RES,
        Op::RegisterCcEntry => REGISTER_CC_ENTRY_RES,
        Op::PrepareHandover => PREPARE_HANDOVER_RES,
        Op::PerformHandover => PERFORM_HANDOVER_RES,
        Op::PrepareSubsequentHandover | Op::PerformSubsequentHandover => ACCESS_SIGNALLING,
        Op::PrepareGroupCall => PREPARE_GROUP_CALL_RES,
        Op::SendGroupCallInfo => SEND_GROUP_CALL_INFO_RES,
        _ => &[],
    }
}

// AbsentSubscriberSM-Param ::= SEQUENCE {..., imsi [1] IMSI OPTIONAL, ..., userIdentifierAlert [3] IMSI OPTIONAL}
const ABSENT_SUBSCRIBER_SM: &[Field] =
    &[into(Sequence, &[take(Context(1), Role::Imsi), take(Context(3), Role::OtherImsi)])];

/// The type of the parameter of an error, where it names somebody.
pub(super) fn error(code: i32) -> &'static [Field] {
    match code {
        6 => ABSENT_SUBSCRIBER_SM,
        _ => &[],
    }
}

// Members of types in more than one file.

/// `IMSI` by itself.
const IMSI_BARE: &[Field] = &[take(Octets(0), Role::Imsi)];
/// `SEQUENCE { imsi IMSI, ... }`
const IMSI_FIRST: &[Field] = &[into(Sequence, IMSI_BARE)];
/// `SEQUENCE { imsi [0] IMSI, ... }`
const IMSI_AT_0: &[Field] = &[into(Sequence, &[take(Context(0), Role::Imsi)])];

// SubscriberIdentity ::= CHOICE { imsi [0] IMSI, msisdn [1] ISDN-AddressString}
const SUBSCRIBER_IDENTITY: &[Field] = &[take(Context(0), Role::Imsi), take(Context(1), Role::Msisdn)];

// Additional-Number ::= CHOICE {msc-Number [0] ISDN-AddressString, sgsn-Number [1] ISDN-AddressString}
const ADDITIONAL_NUMBER: &[Field] = &[take(Context(0), Role::Node), take(Context(1), Role::Node)];

// PagingArea ::= SEQUENCE OF LocationArea
// LocationArea ::= CHOICE {laiFixedLength [0] LAIFixedLength, lac [1] LAC}
const PAGING_AREA: &[Field] = &[take(Context(0), Role::Lai)];

// AccessNetworkSignalInfo ::= SEQUENCE {accessNetworkProtocolId AccessNetworkProtocolId, signalInfo LongSignalInfo, ...}
const ACCESS_SIGNAL: &[Field] = &[take(Enumerated, Role::AccessNetwork), take(Octets(0), Role::AccessSignal)];

// ExternalSignalInfo ::= SEQUENCE {protocolId ProtocolId, signalInfo SignalInfo, ...}
const EXTERNAL_SIGNAL: &[Field] = &[take(Enumerated, Role::ExternalProtocol), take(Octets(0), Role::AccessSignal)];

// MAP-DialoguePDU ::= CHOICE {map-open [0] MAP-OpenInfo, ...}, the single-ASN1-type [0] of an EXTERNAL
// MAP-OpenInfo ::= SEQUENCE {destinationReference [0] AddressString OPTIONAL,
//     originationReference [1] AddressString OPTIONAL, ...}
// Equipment of Ericsson adds imsi [2] and vlr-Number [3], both as AddressString.
pub(super) const OPEN: &[Field] = &[into(
    Context(0),
    &[into(
        Context(0),
        &[
            take(Context(0), Role::DestinationReference),
            take(Context(1), Role::OriginationReference),
            take(Context(2), Role::DestinationReference),
            take(Context(3), Role::OriginationReference),
        ],
    )],
)];
