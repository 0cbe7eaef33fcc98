//! Diameter: requests and their answers become events; which, is in `kind` for each application. Charging of calls is
//! followed as calls, in `charging`.
//!
//! A request that is seen twice (on another hop of a proxy, from another probe) makes one event. After a failover
//! (RFC 6733 §5.5.4) only the second transmission may be answered: then that answer is the event's.

mod charging;
mod kind;
mod sessions;

use super::aging::Aging;
use super::{Context, Origin, sms, status};
use crate::dissect::DiameterMessage;
use crate::event::{Event, EventKind, Interface, Peer, Rat, ResolvedBy, Result, Source};
use crate::health::{Layer, Outcome};
use crate::message::{Dialogue, Exchange, Message, Operation, Party, Protocol, Role};
use crate::reassembly::Flow;
use crate::time::SECOND;
use crate::wire::Named;
use crate::wire::diameter::{Diameter, Facts};
use crate::wire::ss7;

/// Requests that wait for their answer.
const CAPACITY: usize = 1 << 18;
/// For so long at least.
const WAIT: i64 = 30 * SECOND;
/// DIAMETER_SUCCESS and its like (RFC 6733 §7.1: 2xxx).
const SUCCESS: std::ops::Range<u32> = 2000..3000;

#[derive(Debug)]
struct Pending {
    event: Option<Event>,
    /// Told only where the request is refused.
    only_refused: bool,
    named: Named,
    interface: Option<Interface>,
}

/// Hop-by-hop and end-to-end identifiers, the hop, and the command.
type Key = (u32, u32, Hop, u32);

/// The two ends of a hop, the same for both directions.
type Hop = (std::net::IpAddr, std::net::IpAddr, u16, u16);

fn hop(flow: &Flow) -> Hop {
    let (a, b) = ((flow.src, flow.src_port), (flow.dst, flow.dst_port));
    let ((low, low_port), (high, high_port)) = if a <= b { (a, b) } else { (b, a) };
    (low, high, low_port, high_port)
}

/// Requests without their answers, and calls that are charged.
#[derive(Debug)]
pub(super) struct Exchanges {
    pending: Aging<Key, Pending>,
    /// Requests that were sent again, by end-to-end identifier and command: whether one of them was answered.
    again: Aging<(u32, u32), bool>,
    calls: charging::Calls,
    sessions: sessions::Sessions,
}

impl Default for Exchanges {
    fn default() -> Self {
        Self {
            pending: Aging::new(CAPACITY, WAIT),
            again: Aging::new(CAPACITY, 2 * WAIT),
            calls: charging::Calls::default(),
            sessions: sessions::Sessions::default(),
        }
    }
}

impl Exchanges {
    pub(super) fn pass(&mut self, context: &mut Context<'_>, now: i64) {
        let given_up = self.pending.pass(now);
        self.unanswered(context, given_up);
        self.again.pass(now);
        self.calls.pass(context, now);
        self.sessions.pass(now);
    }

    pub(super) fn finish(&mut self, context: &mut Context<'_>) {
        let left = self.pending.drain();
        self.unanswered(context, left);
        self.calls.finish(context);
    }

    fn unanswered(&mut self, context: &mut Context<'_>, given_up: Vec<(Key, Pending)>) {
        for ((_, end_to_end, _, command), pending) in given_up {
            if self.again.peek(&(end_to_end, command)) == Some(&true) {
                // The other transmission was answered.
                continue;
            }
            context.health.note(Layer::Diameter, Outcome::Evicted, "request without an answer", None);
            if let Some(event) = pending.event.filter(|_| !pending.only_refused) {
                context.emit(event);
            }
        }
    }

    pub(super) fn consume(
        &mut self,
        context: &mut Context<'_>,
        origin: &Origin<'_>,
        what: &DiameterMessage<'_>,
        repeat_of: Option<Source>,
    ) {
        let DiameterMessage { message, facts, stop } = what;
        let header = &message.header;
        let key = (header.hop_by_hop, header.end_to_end, hop(&origin.flow), header.command);
        let request = header.is_request();
        let answered = if request { None } else { self.pending.remove(&key) };
        let own = facts.interface.and_then(Interface::from_name);
        // An answer does not tell S6d from S6a, nor Gy from Ro: its request does.
        let interface = answered.as_ref().and_then(|pending| pending.interface).or(own);
        let tpdu = short_message(message, facts)
            .and_then(|(octets, direction)| sms::read(context.health, origin.source, octets, direction));
        if context.listener.wants_messages() {
            let command = message.command();
            let mut named = facts.named.clone();
            if let Some(tpdu) = &tpdu {
                tpdu.name(&mut named);
            }
            context.listener.message(&Message {
                source: origin.source,
                frames: origin.frames,
                time: origin.time,
                protocol: Protocol::Diameter,
                interface,
                operation: command.map_or(Operation::Code(i64::from(message.header.command)), |command| {
                    Operation::Name(command.name)
                }),
                version: None,
                role: if request { Role::Request } else { Role::Answer },
                dialogue: facts.session_id.map_or(Dialogue::None, Dialogue::Text),
                exchange: facts.session_id.map_or(Exchange::NONE, |id| Exchange::of(Protocol::Diameter, id)),
                calling: facts.origin_host.map_or(Party::Address(origin.flow.src), Party::Text),
                called: facts
                    .destination_host
                    .or(facts.destination_realm)
                    .map_or(Party::Address(origin.flow.dst), Party::Text),
                named,
                cause: facts.result_code.or(facts.experimental_result).map(i64::from),
                inferred: false,
                repeat_of,
                status: status(*stop),
            });
        }
        if request {
            self.request(context, origin, what, (interface, repeat_of), key);
        } else if let Some(pending) = answered {
            self.answer(context, origin, facts, pending, key);
        }
    }

    fn request(
        &mut self,
        context: &mut Context<'_>,
        origin: &Origin<'_>,
        what: &DiameterMessage<'_>,
        (interface, repeat_of): (Option<Interface>, Option<Source>),
        key: Key,
    ) {
        let DiameterMessage { message, facts, .. } = what;
        let failed_over = repeat_of.is_some() && message.header.is_retransmitted();
        if failed_over {
            self.again.insert((key.1, key.3), false);
        }
        let known = repeat_of.is_some() && self.pending.get_mut(&key).is_some();
        if known {
            // The same packet from another probe: the first one waits for the answer.
            return;
        }
        let news = repeat_of.is_none() || failed_over;
        let charged = news && self.calls.request(context, origin, facts, interface);
        let asked = if news && !charged { kind::of(message, facts) } else { None };
        let mut event = asked.map(|asked| request_event(context, origin, facts, interface, &asked));
        if let Some(event) = &mut event {
            self.sessions.request(facts, event);
        }
        let only_refused = asked.is_some_and(|asked| asked.only_refused);
        self.pending.insert(key, Pending { event, only_refused, named: facts.named.clone(), interface });
    }

    fn answer(
        &mut self,
        context: &mut Context<'_>,
        origin: &Origin<'_>,
        facts: &Facts<'_>,
        pending: Pending,
        key: Key,
    ) {
        // Both transmissions of a request may be answered.
        let counted = self.again.get_mut(&(key.1, key.3)).is_some_and(|answered| std::mem::replace(answered, true));
        answer(context, origin, facts, Pending { event: pending.event.filter(|_| !counted), ..pending });
    }
}

/// The TPDU of a request on SGd (TS 29.338 §6.2), and which way it goes.
fn short_message<'a>(message: &Diameter<'_>, facts: &Facts<'a>) -> Option<(&'a [u8], ss7::Direction)> {
    let direction = match message.command()?.name {
        "MO-Forward-Short-Message" => ss7::Direction::Originating,
        "MT-Forward-Short-Message" => ss7::Direction::Terminating,
        _ => return None,
    };
    let request = message.header.is_request();
    facts.sm_rp_ui.filter(|_| request).map(|octets| (octets, direction))
}

fn request_event(
    context: &mut Context<'_>,
    origin: &Origin<'_>,
    facts: &Facts<'_>,
    interface: Option<Interface>,
    asked: &kind::Asked,
) -> Event {
    let kind = asked.kind;
    let interface = interface.unwrap_or(Interface::Diameter);
    let mut event = Event::new(kind, origin.time, interface, origin.source);
    event.direction = asked.direction;
    identify(&mut event, &facts.named);
    event.rat = facts.rat_type.and_then(kind::rat).or((interface == Interface::S6a).then_some(Rat::Eutran));
    let node = if kind == EventKind::Moved { facts.destination_host } else { facts.origin_host };
    event.serving_node = node.map(|host| context.name(host));
    match facts.sm_rp_ui {
        Some(tpdu) => sms::fill(context, &mut event, tpdu),
        None if kind == EventKind::SmsSubmit => event.peer = facts.named.called.map(Peer::Number),
        None if kind == EventKind::SmsDeliver => event.peer = facts.named.calling.map(Peer::Number),
        None => {}
    }
    event
}

fn identify(event: &mut Event, named: &Named) {
    event.imsi = named.imsi;
    event.msisdn = named.msisdn;
    event.imei = named.imei;
    event.cell = named.cell;
    event.plmn = named.plmn;
    if named.imsi.is_some() {
        event.resolved_by = ResolvedBy::Direct;
    }
}

fn answer(context: &mut Context<'_>, origin: &Origin<'_>, facts: &Facts<'_>, pending: Pending) {
    let Pending { event, named, only_refused, .. } = pending;
    // What the answer adds: the number of a subscriber whose IMSI the request named, or the other way round.
    let answered = &facts.named;
    let imsi = named.imsi.or(answered.imsi);
    let msisdn = answered.msisdn.or(named.msisdn);
    if let (Some(imsi), Some(msisdn)) = (imsi, msisdn) {
        context.resolver.tie_msisdn(imsi, msisdn);
    }
    if let (Some(imsi), Some(cell)) = (imsi, answered.cell) {
        context.resolver.tie_cell(imsi, cell, origin.time);
    }
    if let (Some(imsi), Some(imei)) = (imsi, answered.imei.or(named.imei.filter(|_| event.is_none()))) {
        context.resolver.tie_imei(imsi, imei);
    }
    let Some(mut event) = event else { return };
    let outcome = outcome(facts);
    if only_refused && outcome != Result::Failure {
        return;
    }
    if event.imsi.is_none() && answered.imsi.is_some() {
        (event.imsi, event.resolved_by) = (answered.imsi, ResolvedBy::Dialogue);
    }
    event.msisdn = event.msisdn.or(answered.msisdn);
    event.outcome = outcome;
    context.emit(event);
}

fn outcome(facts: &Facts<'_>) -> Result {
    match (facts.result_code, facts.experimental_result) {
        // Equipment-Status 1: the device is on the black list.
        _ if facts.equipment_status == Some(1) => Result::Failure,
        (Some(code), _) | (None, Some(code)) if SUCCESS.contains(&code) => Result::Success,
        // DIAMETER_MULTI_ROUND_AUTH (RFC 6733 §7.1.1): not over yet.
        (Some(1000..2000) | None, None) => Result::Unknown,
        _ => Result::Failure,
    }
}

#[cfg(test)]
mod tests;
