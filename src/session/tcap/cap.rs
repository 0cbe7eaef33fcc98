//! CAP operations as calls (TS 29.078).

use super::{Dialogue, Read, Seen};
use crate::event::{Direction, Event, EventKind, Interface, Peer, Result};
use crate::session::Context;
use crate::session::call::Call;
use crate::wire::ss7::Direction as CallDirection;
use crate::wire::ss7::cap;

impl Seen<'_, '_> {
    pub(super) fn cap_invoke(
        &self,
        context: &mut Context<'_>,
        dialogue: &mut Dialogue,
        operation: cap::Operation,
        read: &Read<'_>,
    ) {
        use cap::{BcsmEvent, Operation as Op};
        let (time, source) = (self.origin.time, self.origin.source);
        match operation {
            Op::InitialDp => {
                let terminating = read.extra.direction == Some(CallDirection::Terminating);
                let direction = if terminating { Direction::Mt } else { Direction::Mo };
                let mut event = self.event(context, EventKind::CallAttempt, direction, Interface::Cap, &read.named);
                let (own, peer) = match direction {
                    Direction::Mt => (read.named.called, read.named.calling),
                    _ => (read.named.calling, read.named.called),
                };
                event.peer = peer.map(Peer::Number);
                event.msisdn = event.msisdn.or_else(|| own?.international());
                dialogue.call = Some(Box::new(Call::attempt(context, event, true)));
            }
            Op::InitialDpSms => {
                let event = self.event(context, EventKind::SmsSubmit, Direction::Mo, Interface::Cap, &read.named);
                context.emit(Event { peer: read.named.called.map(Peer::Number), ..event });
            }
            Op::EventReportBcsm => {
                let Some(call) = &mut dialogue.call else { return };
                match read.extra.event {
                    Some(BcsmEvent::O_ANSWER | BcsmEvent::T_ANSWER) => call.answer(context, time, source),
                    Some(BcsmEvent::O_DISCONNECT | BcsmEvent::T_DISCONNECT) => {
                        call.end(context, time, source, Result::Unknown, None);
                    }
                    Some(BcsmEvent::O_CALLED_PARTY_BUSY | BcsmEvent::T_BUSY) => {
                        call.end(context, time, source, Result::Busy, None);
                    }
                    Some(
                        BcsmEvent::O_NO_ANSWER | BcsmEvent::T_NO_ANSWER | BcsmEvent::O_ABANDON | BcsmEvent::T_ABANDON,
                    ) => call.end(context, time, source, Result::NoAnswer, None),
                    Some(BcsmEvent::ROUTE_SELECT_FAILURE) => call.end(context, time, source, Result::Failure, None),
                    _ => {}
                }
            }
            Op::ReleaseCall => {
                if let Some(call) = &mut dialogue.call {
                    call.end(context, time, source, Result::Failure, None);
                }
            }
            _ => {}
        }
    }
}
