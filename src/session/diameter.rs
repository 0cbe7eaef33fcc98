//! Diameter: requests and their answers become events (TS 29.272 for S6a, S6d and S13; credit control for data
//! sessions; Cx for IMS registration).

use super::aging::Aging;
use super::{Context, Origin, sms, status};
use crate::dissect::DiameterMessage;
use crate::event::{Direction, Event, EventKind, Interface, Rat, ResolvedBy, Result, Source};
use crate::health::{Layer, Outcome};
use crate::message::{Dialogue, Exchange, Message, Operation, Party, Protocol, Role};
use crate::reassembly::Flow;
use crate::time::SECOND;
use crate::wire::Named;
use crate::wire::diameter::{Diameter, Facts};
use crate::wire::sms::Tpdu;
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
    named: Named,
    interface: Option<Interface>,
}

type Key = (u32, u32, Hop);

/// The two ends of a hop, the same for both directions.
type Hop = (std::net::IpAddr, std::net::IpAddr, u16, u16);

fn hop(flow: &Flow) -> Hop {
    let (a, b) = ((flow.src, flow.src_port), (flow.dst, flow.dst_port));
    let ((low, low_port), (high, high_port)) = if a <= b { (a, b) } else { (b, a) };
    (low, high, low_port, high_port)
}

/// Requests without their answers.
#[derive(Debug)]
pub(super) struct Exchanges {
    pending: Aging<Key, Pending>,
}

impl Default for Exchanges {
    fn default() -> Self {
        Self { pending: Aging::new(CAPACITY, WAIT) }
    }
}

impl Exchanges {
    pub(super) fn pass(&mut self, context: &mut Context<'_>, now: i64) {
        let given_up = self.pending.pass(now);
        unanswered(context, given_up);
    }

    pub(super) fn finish(&mut self, context: &mut Context<'_>) {
        let left = self.pending.drain();
        unanswered(context, left);
    }

    pub(super) fn consume(
        &mut self,
        context: &mut Context<'_>,
        origin: &Origin<'_>,
        what: &DiameterMessage<'_>,
        repeat_of: Option<Source>,
    ) {
        let DiameterMessage { message, facts, stop } = what;
        let key = (message.header.hop_by_hop, message.header.end_to_end, hop(&origin.flow));
        let request = message.header.is_request();
        let answered = if request { None } else { self.pending.remove(&key) };
        let own = facts.interface.and_then(Interface::from_name);
        // An answer does not tell S6d from S6a, nor Gy from Ro: its request does.
        let interface = answered.as_ref().and_then(|pending| pending.interface).or(own);
        if context.listener.wants_messages() {
            let command = message.command();
            let mut named = facts.named.clone();
            if let Some((octets, direction)) = short_message(message, facts)
                && let Ok(tpdu) = Tpdu::parse(octets, direction)
            {
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
            let event =
                if repeat_of.is_none() { request_event(context, origin, message, facts, interface) } else { None };
            self.pending.insert(key, Pending { event, named: facts.named.clone(), interface });
        } else if let Some(pending) = answered {
            answer(context, origin, facts, pending);
        }
    }
}

fn unanswered(context: &mut Context<'_>, given_up: Vec<(Key, Pending)>) {
    for (_, pending) in given_up {
        context.health.note(Layer::Diameter, Outcome::Evicted, "request without an answer", None);
        if let Some(event) = pending.event {
            context.emit(event);
        }
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

fn rat(rat_type: u32) -> Option<Rat> {
    // TS 29.212 §5.3.31.
    Some(match rat_type {
        0 => Rat::Wlan,
        1000 => Rat::Utran,
        1001 => Rat::Geran,
        1004 | 1005 => Rat::Eutran,
        1006 => Rat::Nr,
        _ => return None,
    })
}

fn request_event(
    context: &mut Context<'_>,
    origin: &Origin<'_>,
    message: &Diameter<'_>,
    facts: &Facts<'_>,
    interface: Option<Interface>,
) -> Option<Event> {
    let command = message.command()?;
    let (kind, direction) = match command.name {
        "Update-Location" => (EventKind::Register, Direction::Mo),
        "Authentication-Information" | "Multimedia-Auth" => (EventKind::Authenticate, Direction::None),
        "Cancel-Location" => (EventKind::Moved, Direction::None),
        "Purge-UE" => (EventKind::Deregister, Direction::None),
        "ME-Identity-Check" => (EventKind::EquipmentCheck, Direction::None),
        "MO-Forward-Short-Message" => (EventKind::SmsSubmit, Direction::Mo),
        "MT-Forward-Short-Message" => (EventKind::SmsDeliver, Direction::Mt),
        "Send-Routing-Info-for-SM" => (EventKind::RouteQuery, Direction::Mt),
        "Credit-Control" => match facts.cc_request_type? {
            1 => (EventKind::DataStart, Direction::Mo),
            2 => (EventKind::DataUpdate, Direction::None),
            3 => (EventKind::DataEnd, Direction::None),
            _ => return None,
        },
        _ => return None,
    };
    let interface = interface.unwrap_or(Interface::Diameter);
    let mut event = Event::new(kind, origin.time, interface, origin.source);
    event.direction = direction;
    identify(&mut event, &facts.named);
    event.rat = facts.rat_type.and_then(rat).or((interface == Interface::S6a).then_some(Rat::Eutran));
    let node = if kind == EventKind::Moved { facts.destination_host } else { facts.origin_host };
    event.serving_node = node.map(|host| context.name(host));
    if let Some(tpdu) = facts.sm_rp_ui {
        sms::fill(context, &mut event, tpdu);
    }
    Some(event)
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
    let Pending { event, named, .. } = pending;
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
    let Some(mut event) = event else { return };
    if event.imsi.is_none() && answered.imsi.is_some() {
        (event.imsi, event.resolved_by) = (answered.imsi, ResolvedBy::Dialogue);
    }
    event.msisdn = event.msisdn.or(answered.msisdn);
    event.outcome = match (facts.result_code, facts.experimental_result) {
        (Some(code), _) | (None, Some(code)) if SUCCESS.contains(&code) => Result::Success,
        (None, None) => Result::Unknown,
        _ => Result::Failure,
    };
    context.emit(event);
}
