//! SIP: registrations, calls and messages become events (RFC 3261, TS 24.229).

mod dialog;
mod party;
mod register;

use super::{Context, Origin, sms, status};
use crate::dissect::SipMessage;
use crate::event::{Event, EventKind, Interface, Result, Source};
use crate::message::{Dialogue, Exchange, Message, Operation, Party, Protocol, Role};
use crate::wire::sip::{Facts, Method, StartLine};
use party::{called, calling, two_sides};
use std::hash::{BuildHasher, Hasher};

/// Dialogs and registrations that are open, by Call-ID.
#[derive(Debug, Default)]
pub(super) struct Dialogs {
    calls: dialog::Calls,
    registrations: register::Registrations,
}

fn digest(text: &[u8]) -> u64 {
    let mut hasher = foldhash::quality::FixedState::with_seed(4).build_hasher();
    hasher.write(text);
    hasher.finish()
}

impl Dialogs {
    pub(super) fn pass(&mut self, context: &mut Context<'_>, now: i64) {
        self.calls.pass(context, now);
        self.registrations.pass(context, now);
    }

    pub(super) fn finish(&mut self, context: &mut Context<'_>) {
        self.calls.finish(context);
        self.registrations.finish(context);
    }

    pub(super) fn consume(
        &mut self,
        context: &mut Context<'_>,
        origin: &Origin<'_>,
        what: &SipMessage<'_>,
        repeat_of: Option<Source>,
    ) {
        let SipMessage { message, facts, stop, .. } = what;
        if context.listener.wants_messages() {
            let method = facts.method.map_or(Operation::Unknown, |method| Operation::Text(method.name()));
            let (role, cause) = match message.start {
                StartLine::Request { .. } => {
                    (Role::Request, facts.reason.and_then(|reason| reason.cause).map(i64::from))
                }
                StartLine::Response { code, .. } => (Role::Status(code), None),
            };
            let mut named = facts.named.clone();
            if let Some((to_network, octets)) = short_message_of(facts) {
                sms::name(context.health, origin.source, &mut named, octets, to_network);
            }
            context.listener.message(&Message {
                source: origin.source,
                frames: origin.frames,
                time: origin.time,
                protocol: Protocol::Sip,
                interface: Some(Interface::Sip),
                operation: method,
                version: None,
                role,
                dialogue: facts.call_id.map_or(Dialogue::None, Dialogue::Text),
                exchange: facts.call_id.map_or(Exchange::NONE, |id| Exchange::of(Protocol::Sip, id)),
                calling: facts.from.map_or(Party::Address(origin.flow.src), Party::Text),
                called: facts.to.map_or(Party::Address(origin.flow.dst), Party::Text),
                named,
                cause,
                inferred: false,
                repeat_of,
                status: status(*stop),
            });
        }
        let Some(key) = facts.call_id.map(digest) else { return };
        if repeat_of.is_some() {
            // Another leg of a call makes no news, but tells whether all of them failed.
            self.calls.repeated(context, origin, message, facts, key);
            return;
        }
        match (message.start, facts.method) {
            (StartLine::Request { .. }, Some(Method::Register)) => {
                self.registrations.register(context, origin, facts, key);
            }
            (StartLine::Response { code, .. }, Some(Method::Register)) => {
                self.registrations.registered(context, origin, facts, key, code);
            }
            (StartLine::Request { .. }, Some(Method::Notify)) => self.registrations.notified(context, origin, facts),
            (StartLine::Request { .. }, Some(Method::Invite)) => self.calls.invite(context, origin, facts, key),
            (StartLine::Response { code, .. }, Some(Method::Invite)) => {
                self.calls.invited(context, origin, facts, key, code);
            }
            (StartLine::Request { .. }, Some(Method::Bye)) => self.calls.bye(context, origin, facts, key),
            (StartLine::Request { .. }, Some(Method::Cancel)) => self.calls.cancel(context, origin, facts, key),
            (StartLine::Request { .. }, Some(Method::Message)) => short_message(context, origin, facts),
            _ => {}
        }
    }
}

/// The TPDU of an SMS over IP (TS 24.341 §5.3), and whether it goes to the network.
fn short_message_of<'a>(facts: &Facts<'a>) -> Option<(bool, &'a [u8])> {
    sms::rp_data(facts.bodies.sms?)
}

/// A MESSAGE: SMS over IP, or a text in page mode (RFC 3428). Of other bodies (that somebody is typing, that a message
/// was read) no event is made.
fn short_message(context: &mut Context<'_>, origin: &Origin<'_>, facts: &Facts<'_>) {
    if let Some((to_network, tpdu)) = short_message_of(facts) {
        // RP-DATA to the network is the sender's, RP-DATA to the handset the receiver's; acknowledgements are no message.
        let event = match to_network {
            true => calling(context, origin, facts, EventKind::SmsSubmit),
            false => called(context, origin, facts, EventKind::SmsDeliver),
        };
        let mut event = Event { outcome: Result::Success, ..event };
        sms::fill(context, &mut event, tpdu);
        context.emit(event);
        return;
    }
    let Some(text) = facts.bodies.text.filter(|_| facts.bodies.sms.is_none()) else { return };
    let digest = Some(sms::text_digest(text));
    let (sent, received) = two_sides(context, origin, facts, EventKind::SmsSubmit, EventKind::SmsDeliver);
    for event in [sent, received].into_iter().flatten() {
        context.emit(Event { sms_digest: digest, outcome: Result::Success, ..event });
    }
}

#[cfg(test)]
mod tests;
