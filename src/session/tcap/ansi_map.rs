//! Operations of ANSI MAP as events (TIA-41).

use super::{Read, Seen};
use crate::event::{Direction, Event, EventKind, Interface, Peer, Result};
use crate::session::Context;
use crate::session::call::Call;
use crate::wire::ss7::Direction as CallDirection;
use crate::wire::ss7::ansi_map::{Operation, Purpose};

impl Seen<'_, '_> {
    /// The event of an operation, where it waits for its result.
    pub(super) fn ansi_map_invoke(
        &self,
        context: &mut Context<'_>,
        operation: Operation,
        read: &Read<'_>,
    ) -> Option<Event> {
        let (kind, direction) = match operation.purpose() {
            Purpose::Registration => (EventKind::Register, Direction::Mo),
            Purpose::Cancellation => (EventKind::Moved, Direction::None),
            Purpose::Deregistration => (EventKind::Deregister, Direction::None),
            Purpose::Authentication | Purpose::AuthenticationFailure => (EventKind::Authenticate, Direction::None),
            Purpose::Route => (EventKind::RouteQuery, Direction::Mt),
            Purpose::CallTo => (EventKind::CallAttempt, Direction::Mt),
            Purpose::CallFrom => (EventKind::CallAttempt, Direction::Mo),
            Purpose::Feature => (EventKind::SupplementaryService, Direction::Mo),
            Purpose::Handoff => (EventKind::Handover, Direction::None),
            Purpose::Position => (EventKind::Locate, Direction::Mt),
            Purpose::ShortMessage => match read.sms_direction? {
                CallDirection::Originating => (EventKind::SmsSubmit, Direction::Mo),
                CallDirection::Terminating => (EventKind::SmsDeliver, Direction::Mt),
            },
            Purpose::Other => return None,
        };
        let mut event = self.event(context, kind, direction, Interface::AnsiMap, &read.named);
        let peer = match direction {
            Direction::Mo => read.named.called,
            _ => read.named.calling,
        };
        match kind {
            EventKind::CallAttempt => {
                event.peer = peer.map(Peer::Number);
                Call::attempt(context, event, false);
                None
            }
            EventKind::SmsSubmit | EventKind::SmsDeliver => Some(Event { peer: peer.map(Peer::Number), ..event }),
            // Whose number was dialled is the subscriber that is asked for.
            EventKind::RouteQuery => {
                event.msisdn = event.msisdn.or_else(|| read.named.called?.international());
                Some(event)
            }
            EventKind::Authenticate if operation.purpose() == Purpose::AuthenticationFailure => {
                context.emit(Event { outcome: Result::Failure, ..event });
                None
            }
            _ => Some(event),
        }
    }
}
