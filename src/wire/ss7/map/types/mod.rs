//! The arguments and results of MAP as tables (TS 29.002 V17, clause 17.7; version 2 from TS 09.02 V5).
//!
//! Above each table stands its type, with the members that are read and with `...` for those between them. A parameter
//! that is a bare value in versions 1 and 2 and a SEQUENCE or `[3] SEQUENCE` later has one table for all: the tag tells.

mod handling;
mod messages;
mod mobility;
mod subscriber;

use super::super::fields::Tag::{Context, Octets, Sequence};
use super::super::fields::{CELL_OR_LAI, Field, Role, into, take};
use super::Operation;
use handling::*;
use messages::*;
use mobility::*;
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
        Op::RestoreData => IMSI_FIRST,
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
        Op::AnyTimeInterrogation | Op::AnyTimeSubscriptionInterrogation | Op::AnyTimeModification => {
            SUBSCRIBER_IDENTITY_FIRST
        }
        Op::SendRoutingInfoForLcs => SEND_ROUTING_INFO_FOR_LCS,
        Op::ProvideSubscriberLocation => PROVIDE_SUBSCRIBER_LOCATION,
        Op::SubscriberLocationReport => SUBSCRIBER_LOCATION_REPORT,
        Op::ProcessUnstructuredSsRequest | Op::UnstructuredSsRequest | Op::UnstructuredSsNotify => USSD,
        Op::SsInvocationNotification => SS_INVOCATION_NOTIFICATION,
        Op::NoteSubscriberDataModified => NOTE_SUBSCRIBER_DATA_MODIFIED,
        Op::NoteMmEvent => NOTE_MM_EVENT,
        Op::AuthenticationFailureReport => AUTHENTICATION_FAILURE_REPORT,
        Op::UpdateVcsgLocation => UPDATE_VCSG_LOCATION,
        Op::ResumeCallHandling => RESUME_CALL_HANDLING,
        Op::BeginSubscriberActivity => BEGIN_SUBSCRIBER_ACTIVITY,
        Op::PrepareHandover => PREPARE_HANDOVER,
        Op::DeleteSubscriberData
        | Op::ProvideSubscriberInfo
        | Op::SendRoutingInfoForGprs
        | Op::FailureReport
        | Op::NoteMsPresentForGprs
        | Op::ReadyForSm
        | Op::ActivateTraceMode
        | Op::DeactivateTraceMode
        | Op::TraceSubscriberActivity
        | Op::SetReportingState
        | Op::StatusReport
        | Op::RemoteUserFree
        | Op::IstAlert
        | Op::IstCommand => IMSI_AT_0,
        _ => &[],
    }
}

/// The type of the result.
pub(super) fn result(operation: Operation) -> &'static [Field] {
    use Operation as Op;
    match operation {
        Op::CheckImei => CHECK_IMEI_RES,
        Op::SendImsi => IMSI_BARE,
        Op::SendIdentification => SEND_IDENTIFICATION_RES,
        Op::ProvideRoamingNumber => PROVIDE_ROAMING_NUMBER_RES,
        Op::SendRoutingInfo => SEND_ROUTING_INFO_RES,
        Op::SendRoutingInfoForSm => SEND_ROUTING_INFO_FOR_SM_RES,
        Op::AnyTimeInterrogation | Op::ProvideSubscriberInfo => SUBSCRIBER_INFO_RES,
        Op::SendRoutingInfoForLcs => SEND_ROUTING_INFO_FOR_LCS_RES,
        Op::ProvideSubscriberLocation => PROVIDE_SUBSCRIBER_LOCATION_RES,
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

// AnyTimeInterrogationArg ::= SEQUENCE {subscriberIdentity [0] SubscriberIdentity, ...}
// AnyTimeSubscriptionInterrogationArg and AnyTimeModificationArg begin likewise.
const SUBSCRIBER_IDENTITY_FIRST: &[Field] = &[into(Sequence, &[into(Context(0), SUBSCRIBER_IDENTITY)])];

// LocationInformationGPRS ::= SEQUENCE {
//     cellGlobalIdOrServiceAreaIdOrLAI [0] CellGlobalIdOrServiceAreaIdOrLAI OPTIONAL,
//     routeingAreaIdentity [1] RAIdentity OPTIONAL, ..., sgsn-Number [3] ISDN-AddressString OPTIONAL, ...,
//     sai-Present [6] NULL OPTIONAL, ..., ageOfLocationInformation [9] AgeOfLocationInformation OPTIONAL, ...}
const LOCATION_GPRS: &[Field] = &[
    into(Context(0), CELL_OR_LAI),
    take(Context(1), Role::Rai),
    take(Context(3), Role::Node),
    take(Context(6), Role::SaiPresent),
    take(Context(9), Role::Age),
];

// MAP-DialoguePDU ::= CHOICE {map-open [0] MAP-OpenInfo, ...}, the single-ASN1-type [0] of an EXTERNAL
// MAP-OpenInfo ::= SEQUENCE {destinationReference [0] AddressString OPTIONAL,
//     originationReference [1] AddressString OPTIONAL, ...}
pub(super) const OPEN: &[Field] =
    &[into(Context(0), &[into(Context(0), &[take(Context(0), Role::DestinationReference)])])];
