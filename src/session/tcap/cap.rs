//! CAP and INAP operations as calls, short messages and data sessions (TS 29.078, Q.1218).

use super::{Dialogue, Read, Seen};
use crate::event::{Direction, Event, EventKind, Interface, Peer, ResolvedBy, Result};
use crate::session::Context;
use crate::session::call::Call;
use crate::wire::ss7::Direction as CallDirection;
use crate::wire::ss7::cap::{BcsmEvent, GprsEvent, Operation as Op, SmsEvent};
use crate::wire::ss7::inap::Operation as InOp;
use crate::wire::ss7::{cap, inap};

impl Seen<'_, '_> {
    pub(super) fn cap_invoke(
        &self,
        context: &mut Context<'_>,
        dialogue: &mut Dialogue,
        operation: cap::Operation,
        read: &Read<'_>,
    ) {
        match operation {
            Op::InitialDp => self.call_begins(context, dialogue, Interface::Cap, read),
            Op::EventReportBcsm => self.call_reported(context, dialogue, read),
            Op::ApplyChargingReport | Op::CallInformationReport => charged(dialogue, read),
            Op::ReleaseCall => self.call_released(context, dialogue),
            Op::InitialDpSms => self.message_begins(context, dialogue, read),
            Op::EventReportSms => {
                let failed = matches!(read.extra.sms_event, Some(SmsEvent::O_SMS_FAILURE | SmsEvent::T_SMS_FAILURE));
                message_ends(context, dialogue, if failed { Result::Failure } else { Result::Success });
            }
            Op::ReleaseSms => message_ends(context, dialogue, Result::Failure),
            Op::InitialDpGprs => self.data_begins(context, dialogue, read),
            Op::EventReportGprs => self.data_reported(context, dialogue, read),
            Op::EntityReleasedGprs | Op::ReleaseGprs => self.data_changes(context, dialogue, EventKind::DataEnd, read),
            _ => {}
        }
    }

    pub(super) fn inap_invoke(
        &self,
        context: &mut Context<'_>,
        dialogue: &mut Dialogue,
        operation: inap::Operation,
        read: &Read<'_>,
    ) {
        match operation {
            InOp::InitialDp => self.call_begins(context, dialogue, Interface::Inap, read),
            InOp::EventReportBcsm => self.call_reported(context, dialogue, read),
            InOp::CallInformationReport => charged(dialogue, read),
            InOp::ReleaseCall => self.call_released(context, dialogue),
            _ => {}
        }
    }

    fn call_begins(&self, context: &mut Context<'_>, dialogue: &mut Dialogue, interface: Interface, read: &Read<'_>) {
        let terminating = read.extra.direction == Some(CallDirection::Terminating);
        let direction = if terminating { Direction::Mt } else { Direction::Mo };
        let mut event = self.event(context, EventKind::CallAttempt, direction, interface, &read.named);
        let (own, peer) = match direction {
            Direction::Mt => (read.named.called, read.named.calling),
            _ => (read.named.calling, read.named.called),
        };
        event.peer = peer.map(Peer::Number);
        event.msisdn = event.msisdn.or_else(|| own?.international());
        dialogue.call = Some(Box::new(Call::attempt(context, event, true)));
    }

    fn call_reported(&self, context: &mut Context<'_>, dialogue: &mut Dialogue, read: &Read<'_>) {
        let (time, source, duration) = (self.origin.time, self.origin.source, dialogue.duration_ms);
        let Some(call) = &mut dialogue.call else { return };
        let outcome = match read.extra.event {
            Some(BcsmEvent::O_ANSWER | BcsmEvent::T_ANSWER) => return call.answer(context, time, source),
            Some(BcsmEvent::O_DISCONNECT | BcsmEvent::T_DISCONNECT) => Result::Unknown,
            Some(BcsmEvent::O_CALLED_PARTY_BUSY | BcsmEvent::T_BUSY) => Result::Busy,
            Some(BcsmEvent::O_NO_ANSWER | BcsmEvent::T_NO_ANSWER | BcsmEvent::O_ABANDON | BcsmEvent::T_ABANDON) => {
                Result::NoAnswer
            }
            Some(BcsmEvent::ROUTE_SELECT_FAILURE) => Result::Failure,
            _ => return,
        };
        call.end(context, time, source, outcome, duration);
    }

    fn call_released(&self, context: &mut Context<'_>, dialogue: &mut Dialogue) {
        let duration = dialogue.duration_ms;
        if let Some(call) = &mut dialogue.call {
            call.end(context, self.origin.time, self.origin.source, Result::Failure, duration);
        }
    }

    /// A short message waits for its report, or for the end of the dialogue.
    fn message_begins(&self, context: &mut Context<'_>, dialogue: &mut Dialogue, read: &Read<'_>) {
        let (kind, direction, peer) = match read.extra.direction {
            Some(CallDirection::Terminating) => (EventKind::SmsDeliver, Direction::Mt, read.named.calling),
            _ => (EventKind::SmsSubmit, Direction::Mo, read.named.called),
        };
        let event = self.event(context, kind, direction, Interface::Cap, &read.named);
        let event = Event { peer: peer.map(Peer::Number), ..event };
        if let Some(before) = dialogue.message.replace(Box::new(event)) {
            context.emit(*before);
        }
    }

    fn data_begins(&self, context: &mut Context<'_>, dialogue: &mut Dialogue, read: &Read<'_>) {
        let event = self.event(context, EventKind::DataStart, Direction::Mo, Interface::Cap, &read.named);
        let kind = gprs_kind(read.extra.gprs_event, false);
        dialogue.data = Some(Box::new(context.emit(Event { kind, outcome: Result::Unknown, ..event })));
    }

    fn data_reported(&self, context: &mut Context<'_>, dialogue: &mut Dialogue, read: &Read<'_>) {
        let kind = gprs_kind(read.extra.gprs_event, dialogue.data.is_some());
        self.data_changes(context, dialogue, kind, read);
    }

    fn data_changes(&self, context: &mut Context<'_>, dialogue: &mut Dialogue, kind: EventKind, read: &Read<'_>) {
        let Some(data) = &mut dialogue.data else { return };
        let (time, source) = (self.origin.time, self.origin.source);
        let resolved_by = if data.imsi.is_some() { ResolvedBy::Dialogue } else { data.resolved_by };
        data.cell = read.named.cell.or(data.cell);
        // A context is set up once, however many reports tell of it.
        let again = kind == data.kind && kind == EventKind::DataStart;
        data.kind = kind;
        if !again {
            context.emit(Event { time, source, resolved_by, ..**data });
        }
        if kind == EventKind::DataEnd {
            dialogue.data = None;
        }
    }
}

/// What an event of the GPRS state models is.
fn gprs_kind(event: Option<GprsEvent>, begun: bool) -> EventKind {
    match event {
        Some(GprsEvent::ATTACH) => EventKind::Register,
        Some(GprsEvent::DETACHED) => EventKind::Deregister,
        Some(GprsEvent::DISCONNECT) => EventKind::DataEnd,
        Some(GprsEvent::ATTACH_CHANGE_OF_POSITION | GprsEvent::PDP_CONTEXT_CHANGE_OF_POSITION) => EventKind::DataUpdate,
        Some(_) => EventKind::DataStart,
        None if begun => EventKind::DataUpdate,
        None => EventKind::DataStart,
    }
}

fn message_ends(context: &mut Context<'_>, dialogue: &mut Dialogue, outcome: Result) {
    if let Some(event) = dialogue.message.take() {
        context.emit(Event { outcome, ..*event });
    }
}

/// A charging report tells how long the call has been connected.
fn charged(dialogue: &mut Dialogue, read: &Read<'_>) {
    let told = read.extra.duration_ms.map(|duration| u32::try_from(duration).unwrap_or(u32::MAX));
    dialogue.duration_ms = told.max(dialogue.duration_ms);
}
