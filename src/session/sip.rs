//! SIP: registrations, calls and messages become events (RFC 3261, TS 24.229).

use super::aging::Aging;
use super::call::Call;
use super::{Context, Origin, sms, status};
use crate::dissect::SipMessage;
use crate::event::{Direction, Event, EventKind, Interface, Peer, ResolvedBy, Result, Source};
use crate::health::{Layer, Outcome};
use crate::message::{Dialogue, Exchange, Message, Operation, Party, Protocol, Role};
use crate::time::{HOUR, SECOND};
use crate::wire::sip::{Facts, Method, Party as SipParty, StartLine};
use std::hash::{BuildHasher, Hasher};

/// Dialogs that are followed at the same time.
const CAPACITY: usize = 1 << 18;
/// A call of which nothing is heard for so long is forgotten.
const CALL_HOLDS: i64 = 4 * HOUR;
/// A registration must be answered in this time.
const REGISTER_HOLDS: i64 = 64 * SECOND;

#[derive(Debug)]
struct Registering {
    event: Event,
    challenged: Option<i64>,
    latency_ms: Option<u32>,
}

#[derive(Debug, Default)]
struct Dialog {
    calling: Option<Call>,
    called: Option<Call>,
}

/// Dialogs and registrations that are open, by Call-ID.
#[derive(Debug)]
pub(super) struct Dialogs {
    calls: Aging<u64, Dialog>,
    registering: Aging<u64, Registering>,
}

impl Default for Dialogs {
    fn default() -> Self {
        Self { calls: Aging::new(CAPACITY, CALL_HOLDS), registering: Aging::new(CAPACITY, REGISTER_HOLDS) }
    }
}

fn digest(text: &[u8]) -> u64 {
    let mut hasher = foldhash::quality::FixedState::with_seed(4).build_hasher();
    hasher.write(text);
    hasher.finish()
}

impl Dialogs {
    pub(super) fn pass(&mut self, context: &mut Context<'_>, now: i64) {
        let (calls, registering) = (self.calls.pass(now), self.registering.pass(now));
        give_up(context, calls, registering);
    }

    pub(super) fn finish(&mut self, context: &mut Context<'_>) {
        let (calls, registering) = (self.calls.drain(), self.registering.drain());
        give_up(context, calls, registering);
    }

    pub(super) fn consume(
        &mut self,
        context: &mut Context<'_>,
        origin: &Origin<'_>,
        what: &SipMessage<'_>,
        repeat_of: Option<Source>,
    ) {
        let SipMessage { message, facts, stop } = what;
        if context.listener.wants_messages() {
            let method = facts.method.map_or(Operation::Unknown, |method| Operation::Text(method.name()));
            let (role, cause) = match message.start {
                StartLine::Request { .. } => {
                    (Role::Request, facts.reason.and_then(|reason| reason.cause).map(i64::from))
                }
                StartLine::Response { code, .. } => (Role::Status(code), None),
            };
            let mut named = facts.named.clone();
            if let Some((to_network, tpdu)) = short_message_of(facts) {
                sms::name(&mut named, tpdu, to_network);
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
        if repeat_of.is_some() {
            return;
        }
        let Some(key) = facts.call_id.map(digest) else { return };
        match (message.start, facts.method) {
            (StartLine::Request { .. }, Some(Method::Register)) => self.register(context, origin, facts, key),
            (StartLine::Response { code, .. }, Some(Method::Register)) => {
                self.registered(context, origin, facts, key, code);
            }
            (StartLine::Request { .. }, Some(Method::Invite)) if facts.to_tag.is_none() => {
                self.invite(context, origin, facts, key);
            }
            (StartLine::Response { code, .. }, Some(Method::Invite)) => {
                self.invited(context, origin, key, code);
            }
            (StartLine::Request { .. }, Some(Method::Bye)) => {
                self.end(context, origin, key, Result::Unknown);
            }
            (StartLine::Request { .. }, Some(Method::Cancel)) => {
                self.end(context, origin, key, Result::NoAnswer);
            }
            (StartLine::Request { .. }, Some(Method::Message)) => short_message(context, origin, facts),
            _ => {}
        }
    }

    fn register(&mut self, context: &mut Context<'_>, origin: &Origin<'_>, facts: &Facts<'_>, key: u64) {
        let leaves = facts.contact_all || facts.registration_expires() == Some(0);
        let kind = if leaves { EventKind::Deregister } else { EventKind::Register };
        let mut event = event(context, kind, Direction::Mo, origin, facts);
        let party = facts.originating;
        event.imsi = facts.named.imsi.or(party.imsi);
        event.msisdn = facts.named.msisdn.or_else(|| party.number?.international());
        if event.imsi.is_some() {
            event.resolved_by = ResolvedBy::Direct;
        }
        let known = self.registering.get_mut(&key).map(|known| (known.challenged, known.latency_ms));
        let (challenged, latency_ms) = match known {
            // The answer to a challenge: the time since is that of the card (and of the way to it).
            Some((Some(challenged), _)) => {
                let latency = origin.time.saturating_sub(challenged).max(0) / 1_000_000;
                (None, u32::try_from(latency).ok())
            }
            _ => (None, None),
        };
        self.registering.insert(key, Registering { event, challenged, latency_ms });
    }

    fn registered(&mut self, context: &mut Context<'_>, origin: &Origin<'_>, facts: &Facts<'_>, key: u64, code: u16) {
        match code {
            100..=199 => {}
            401 | 407 => {
                if let Some(open) = self.registering.get_mut(&key) {
                    open.challenged = Some(origin.time);
                }
            }
            _ => {
                let Some(open) = self.registering.remove(&key) else { return };
                let mut event = open.event;
                event.msisdn = facts.named.msisdn.or(event.msisdn);
                event.outcome = if code < 300 { Result::Success } else { Result::Failure };
                if open.latency_ms.is_some() {
                    let authenticate = Event {
                        kind: EventKind::Authenticate,
                        direction: Direction::None,
                        auth_latency_ms: open.latency_ms,
                        ..event
                    };
                    context.emit(authenticate);
                }
                context.emit(event);
            }
        }
    }

    fn invite(&mut self, context: &mut Context<'_>, origin: &Origin<'_>, facts: &Facts<'_>, key: u64) {
        if self.calls.get_mut(&key).is_some() {
            return;
        }
        let (calling, called) = two_sides(context, origin, facts, EventKind::CallAttempt, EventKind::CallAttempt);
        let dialog = Dialog {
            calling: calling.map(|event| Call::attempt(context, event, true)),
            called: called.map(|event| Call::attempt(context, event, true)),
        };
        self.calls.insert(key, dialog);
    }

    fn invited(&mut self, context: &mut Context<'_>, origin: &Origin<'_>, key: u64, code: u16) {
        let outcome = match code {
            0..=199 | 401 | 407 => return,
            200..=299 => {
                if let Some(dialog) = self.calls.get_mut(&key) {
                    for call in [&mut dialog.calling, &mut dialog.called].into_iter().flatten() {
                        call.answer(context, origin.time, origin.source);
                    }
                }
                return;
            }
            486 | 600 => Result::Busy,
            408 | 480 | 487 => Result::NoAnswer,
            _ => Result::Failure,
        };
        self.end(context, origin, key, outcome);
    }

    fn end(&mut self, context: &mut Context<'_>, origin: &Origin<'_>, key: u64, outcome: Result) {
        if let Some(dialog) = self.calls.get_mut(&key) {
            for call in [&mut dialog.calling, &mut dialog.called].into_iter().flatten() {
                call.end(context, origin.time, origin.source, outcome, None);
            }
        }
    }
}

/// Calls without an end are counted, registrations without an answer are told as they are.
fn give_up(context: &mut Context<'_>, calls: Vec<(u64, Dialog)>, registering: Vec<(u64, Registering)>) {
    for (_, dialog) in calls {
        let open = [dialog.calling, dialog.called].into_iter().flatten().any(|call| !call.is_ended());
        if open {
            context.health.note(Layer::Sip, Outcome::Evicted, "call without an end", None);
        }
    }
    for (_, open) in registering {
        context.health.note(Layer::Sip, Outcome::Evicted, "registration without an answer", None);
        context.emit(open.event);
    }
}

/// An event with what the sender of a message says of itself.
fn event(
    context: &mut Context<'_>,
    kind: EventKind,
    direction: Direction,
    origin: &Origin<'_>,
    facts: &Facts<'_>,
) -> Event {
    let mut event = Event::new(kind, origin.time, Interface::Sip, origin.source);
    event.direction = direction;
    event.imei = facts.named.imei;
    event.cell = facts.named.cell;
    event.plmn = facts.named.plmn;
    event.client = facts.user_agent.map(|agent| context.name(agent));
    event
}

fn peer(context: &mut Context<'_>, party: SipParty, uri: Option<&[u8]>) -> Option<Peer> {
    match (party.number, uri) {
        (Some(number), _) => Some(Peer::Number(number)),
        (None, Some(uri)) => Some(Peer::Name(context.name(uri))),
        (None, None) => None,
    }
}

/// Puts a party into an event; true when it is a subscriber that is known.
fn identify(context: &mut Context<'_>, event: &mut Event, party: SipParty) -> bool {
    let by_number = party.number.and_then(|number| context.resolver.of_number(number));
    event.imsi = party.imsi.or(by_number);
    event.msisdn = party.number.and_then(|number| number.international());
    event.resolved_by = match (party.imsi, by_number) {
        (Some(_), _) => ResolvedBy::Direct,
        (None, Some(_)) => ResolvedBy::Msisdn,
        (None, None) => ResolvedBy::Unresolved,
    };
    event.imsi.is_some()
}

/// The events of both parties of a request, as far as they are known subscribers. Where neither is, the sender's is
/// given all the same, so that it is counted.
fn two_sides(
    context: &mut Context<'_>,
    origin: &Origin<'_>,
    facts: &Facts<'_>,
    sends: EventKind,
    receives: EventKind,
) -> (Option<Event>, Option<Event>) {
    let mut calling = event(context, sends, Direction::Mo, origin, facts);
    let mut called = Event::new(receives, origin.time, Interface::Sip, origin.source);
    called.direction = Direction::Mt;
    calling.peer = peer(context, facts.terminating, facts.to);
    called.peer = peer(context, facts.originating, facts.from);
    let calling_known = identify(context, &mut calling, facts.originating);
    let called_known = identify(context, &mut called, facts.terminating);
    (Some(calling).filter(|_| calling_known || !called_known), Some(called).filter(|_| called_known))
}

/// Whether the body is an SMS over IP (TS 24.341 §5.3).
fn is_sms(facts: &Facts<'_>) -> bool {
    let Some(kind) = facts.content_type else { return false };
    let end = kind.iter().position(|byte| *byte == b';').unwrap_or(kind.len());
    let kind = kind.get(..end).unwrap_or(kind).trim_ascii();
    kind.eq_ignore_ascii_case(b"application/vnd.3gpp.sms")
}

/// The TPDU of an SMS over IP, and whether it goes to the network.
fn short_message_of<'a>(facts: &Facts<'a>) -> Option<(bool, &'a [u8])> {
    sms::rp_data(facts.body).filter(|_| is_sms(facts))
}

fn short_message(context: &mut Context<'_>, origin: &Origin<'_>, facts: &Facts<'_>) {
    let (sent, received) = two_sides(context, origin, facts, EventKind::SmsSubmit, EventKind::SmsDeliver);
    if !is_sms(facts) {
        let digest = sms::text_digest(facts.body);
        for event in [sent, received].into_iter().flatten() {
            context.emit(Event { sms_digest: Some(digest), outcome: Result::Success, ..event });
        }
        return;
    }
    // RP-DATA to the network is the sender's, RP-DATA to the handset the receiver's; acknowledgements are no message.
    let Some((to_network, tpdu)) = short_message_of(facts) else { return };
    let one = if to_network { sent } else { received };
    if let Some(mut event) = one {
        event.outcome = Result::Success;
        sms::fill(context, &mut event, tpdu);
        context.emit(event);
    }
}
