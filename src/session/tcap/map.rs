//! MAP operations as events (TS 29.002).

use super::{Dialogue, Read, Seen};
use crate::event::{Direction, Event, EventKind, Peer, ResolvedBy, Result};
use crate::session::call::Call;
use crate::session::{Context, sms};
use crate::wire::ss7::Direction as CallDirection;
use crate::wire::ss7::map;

impl Seen<'_, '_> {
    /// The event of a MAP operation, where it waits for its result; those that do not wait are handed on at once.
    pub(super) fn map_invoke(
        &self,
        context: &mut Context<'_>,
        dialogue: &mut Dialogue,
        operation: map::Operation,
        read: &Read<'_>,
    ) -> Option<Event> {
        use map::Operation as Op;
        let interface = self.map_interface(operation);
        let (kind, direction) = match operation {
            Op::UpdateLocation | Op::UpdateGprsLocation => (EventKind::Register, Direction::Mo),
            Op::SendAuthenticationInfo => (EventKind::Authenticate, Direction::None),
            Op::CancelLocation => (EventKind::Moved, Direction::None),
            Op::PurgeMs => (EventKind::Deregister, Direction::None),
            Op::CheckImei => (EventKind::EquipmentCheck, Direction::None),
            Op::SendRoutingInfo | Op::SendRoutingInfoForSm | Op::SendRoutingInfoForGprs | Op::SendRoutingInfoForLcs => {
                (EventKind::RouteQuery, Direction::Mt)
            }
            Op::AnyTimeInterrogation
            | Op::ProvideSubscriberInfo
            | Op::ProvideSubscriberLocation
            | Op::SubscriberLocationReport => (EventKind::Locate, Direction::Mt),
            Op::ProcessUnstructuredSsRequest | Op::ProcessUnstructuredSsData => (EventKind::Ussd, Direction::Mo),
            Op::UnstructuredSsRequest | Op::UnstructuredSsNotify => (EventKind::Ussd, Direction::Mt),
            Op::RegisterSs
            | Op::EraseSs
            | Op::ActivateSs
            | Op::DeactivateSs
            | Op::RegisterPassword
            | Op::RegisterCcEntry
            | Op::EraseCcEntry
            | Op::SsInvocationNotification => (EventKind::SupplementaryService, Direction::Mo),
            Op::AuthenticationFailureReport => (EventKind::Authenticate, Direction::None),
            Op::PrepareHandover | Op::PerformHandover => (EventKind::Handover, Direction::None),
            Op::ProvideRoamingNumber => (EventKind::CallAttempt, Direction::Mt),
            Op::MoForwardSm => (EventKind::SmsSubmit, Direction::Mo),
            Op::MtForwardSm => (EventKind::SmsDeliver, Direction::Mt),
            Op::ForwardSm => match read.sms_direction {
                Some(CallDirection::Originating) => (EventKind::SmsSubmit, Direction::Mo),
                Some(CallDirection::Terminating) => (EventKind::SmsDeliver, Direction::Mt),
                None => return None,
            },
            _ => return None,
        };
        let mut event = self.event(context, kind, direction, interface, &read.named);
        if event.imsi.is_none() && event.msisdn.is_none() && dialogue.imsi.is_some() {
            (event.imsi, event.resolved_by) = (dialogue.imsi, ResolvedBy::Dialogue);
        }
        match kind {
            EventKind::CallAttempt => {
                event.peer = read.named.calling.map(Peer::Number);
                Call::attempt(context, event, false);
                None
            }
            EventKind::SmsSubmit | EventKind::SmsDeliver => {
                event.peer = match direction {
                    Direction::Mo => read.named.called.map(Peer::Number),
                    _ => read.named.calling.map(Peer::Number),
                };
                if let Some(tpdu) = read.tpdu {
                    sms::fill(context, &mut event, tpdu);
                }
                Some(event)
            }
            // The report is taken, what it reports is a failure.
            EventKind::Authenticate if operation == Op::AuthenticationFailureReport => {
                context.emit(Event { outcome: Result::Failure, ..event });
                None
            }
            _ => Some(event),
        }
    }
}
