//! What an operation code is: MAP and CAP codes collide, the context decides.

use crate::event::Interface;
use crate::wire::ss7::{cap, map};

/// What an operation code was found to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operated {
    Map(map::Operation),
    Cap(cap::Operation),
    Unknown(Option<i32>),
}

/// The interface of an operation (TS 29.002 §17.2, TS 23.002 §6.4).
pub(super) fn map_interface(operation: map::Operation) -> Interface {
    use map::Operation as Op;
    match operation {
        Op::UpdateGprsLocation | Op::SendRoutingInfoForGprs | Op::NoteMsPresentForGprs | Op::FailureReport => {
            Interface::MapGr
        }
        Op::CheckImei => Interface::MapF,
        Op::MoForwardSm
        | Op::MtForwardSm
        | Op::ForwardSm
        | Op::SendRoutingInfoForSm
        | Op::ReportSmDeliveryStatus
        | Op::AlertServiceCentre
        | Op::InformServiceCentre => Interface::MapSms,
        Op::UpdateLocation
        | Op::CancelLocation
        | Op::PurgeMs
        | Op::InsertSubscriberData
        | Op::DeleteSubscriberData
        | Op::SendAuthenticationInfo
        | Op::SendRoutingInfo
        | Op::ProvideRoamingNumber
        | Op::ProvideSubscriberInfo
        | Op::RestoreData => Interface::MapD,
        _ => Interface::Map,
    }
}
