//! State across messages: TCAP dialogues, Diameter exchanges, SIP dialogs and calls become events.
//!
//! Messages come here in capture order, on one thread, already taken apart. What needs the context of a dialogue (the
//! operation of a result, a Continue without application context) is read here. Every table is bounded and forgets on
//! capture time; what it gives up unfinished is counted.

#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)]

/// What all protocols share of the sessions; the tables of each protocol stay free to be borrowed beside it.
macro_rules! context {
    ($sessions:expr, $health:expr, $listener:expr) => {
        Context {
            names: &mut $sessions.names,
            resolver: &mut $sessions.resolver,
            calls: &mut $sessions.calls,
            acts: &mut $sessions.acts,
            parts: &mut $sessions.parts,
            health: &mut *$health,
            listener: &mut *$listener,
        }
    };
}

mod access;
mod acts;
mod aging;
mod bssap;
mod call;
mod connection;
mod diameter;
mod gsup;
mod gtp;
mod isup;
mod legs;
mod pfcp;
mod ran;
mod repeat;
mod resolver;
mod sbi;
mod sccp;
mod sgs;
mod sip;
mod sms;
mod tcap;
mod temporary;

pub use resolver::Resolver;
pub use temporary::{System, Temporary};

use crate::dissect::{Dissected, Route, Transaction};
use crate::event::{Event, Source};
use crate::health::{Example, Health, Layer, Outcome};
use crate::identity::Names;
use crate::message::{Message, Shown, Status};
use crate::reassembly::{Flow, SccpSegments, Segment, SegmentKey, Segmented};
use crate::time::MINUTE;
use crate::wire::DecodeError;

/// What is known of a PDU beside its octets.
#[derive(Debug, Clone, Copy)]
pub struct Origin<'a> {
    /// File and frame that complete it.
    pub source: Source,
    /// All its frames.
    pub frames: &'a [u64],
    /// Nanoseconds since 1970.
    pub time: i64,
    /// Who sent it to whom.
    pub flow: Flow,
}

/// Who takes what sessions give.
pub trait Listener {
    /// Whether messages are wanted at all: making them costs time.
    fn wants_messages(&self) -> bool {
        false
    }
    /// A message, with what its dialogue knows.
    fn message(&mut self, _message: &Message<'_>) {}
    /// An event, with what is known of its subscriber.
    fn event(&mut self, event: &Event, names: &Names);
}

/// What all protocols share while one message is looked at.
struct Context<'a> {
    names: &'a mut Names,
    resolver: &'a mut Resolver,
    calls: &'a mut call::Calls,
    acts: &'a mut acts::Acts,
    parts: &'a mut sms::Parts,
    health: &'a mut Health,
    listener: &'a mut dyn Listener,
}

impl Context<'_> {
    /// Completes an event and hands it on, unless another interface told the act; gives it back as completed.
    fn emit(&mut self, mut event: Event) -> Event {
        self.resolver.complete(&mut event);
        self.health.seen(Layer::Session, 0);
        let Source { file, frame } = event.source;
        let example = Example { file, frame, offset: 0 };
        if self.acts.is_told(&event) {
            let reason = "the same act on another interface";
            self.health.note(Layer::Session, Outcome::Repeated, reason, Some(example));
            return event;
        }
        if event.imsi.is_some() {
            self.health.decoded(Layer::Session);
        } else {
            let reason = "event of an unknown subscriber";
            self.health.note(Layer::Session, Outcome::Unresolved, reason, Some(example));
        }
        self.listener.event(&self.acts.with_untold(&event), self.names);
        event
    }

    /// The name of a text as it came from the wire.
    fn name(&mut self, text: &[u8]) -> crate::identity::Name {
        match std::str::from_utf8(text) {
            Ok(text) if !text.bytes().any(|octet| octet.is_ascii_control()) => self.names.name(text),
            _ => self.names.name(&Shown(text).to_string()),
        }
    }
}

/// All state across messages.
#[derive(Default)]
pub struct Sessions {
    names: Names,
    resolver: Resolver,
    calls: call::Calls,
    acts: acts::Acts,
    parts: sms::Parts,
    segments: SccpSegments,
    repeats: repeat::Repeats,
    tcap: tcap::Dialogues,
    diameter: diameter::Exchanges,
    sip: sip::Dialogs,
    access: access::Access,
    gtp: gtp::Tunnels,
    connections: connection::Connections,
    gsup: gsup::Updates,
    sbi: sbi::Connections,
    isup: isup::Circuits,
    ran: ran::Connections,
    pfcp: pfcp::UserPlane,
    passed: Option<i64>,
    since_pass: u32,
}

/// Tables let time pass this often on the clock of the capture, and after so many messages in any case: the clock may
/// stand still, or jump.
const TICK: i64 = MINUTE / 12;
const TICK_MESSAGES: u32 = 4096;

impl Sessions {
    /// The texts that names in events stand for.
    pub fn names(&self) -> &Names {
        &self.names
    }

    /// Takes one message.
    pub fn consume(&mut self, origin: Origin<'_>, what: &Dissected<'_>, health: &mut Health, to: &mut dyn Listener) {
        self.pass(origin.time, health, to);
        match what {
            Dissected::Transaction(transaction) => self.transaction(origin, transaction, health, to),
            Dissected::Segment(route, sccp) => self.segment(origin, *route, sccp, health, to),
            Dissected::Connection(route, sccp, cut) => self.connection(origin, route, sccp, *cut, health, to),
            Dissected::Access(route, sccp, message) => {
                self.connectionless(origin, route, sccp.as_ref(), message, health, to);
            }
            Dissected::Layer3(message, uplink) => {
                sccp::layer3(&mut context!(self, health, to), &origin, message, *uplink);
            }
            Dissected::Management(route, sccp, message) => sccp::management(origin, route, sccp, message, to),
            Dissected::Diameter(first, more) => {
                for message in std::iter::once(first).chain(more) {
                    let repeat_of = self.repeats.diameter(&origin, message, health);
                    let (diameter, mut context) = (&mut self.diameter, context!(self, health, to));
                    diameter.consume(&mut context, &origin, message, repeat_of);
                }
            }
            Dissected::Sip(message) => {
                let repeat_of = self.repeats.sip(&origin, message, health);
                let (sip, mut context) = (&mut self.sip, context!(self, health, to));
                sip.consume(&mut context, &origin, message, repeat_of);
            }
            Dissected::Gtp(first, more) => {
                for message in std::iter::once(first).chain(more) {
                    let repeat_of = self.repeats.gtp(&origin, message, health);
                    let (gtp, mut context) = (&mut self.gtp, context!(self, health, to));
                    gtp.consume(&mut context, &origin, message, repeat_of);
                }
            }
            Dissected::Gsup(message) => {
                let (gsup, mut context) = (&mut self.gsup, context!(self, health, to));
                gsup.consume(&mut context, &origin, message);
            }
            Dissected::Http1(message) => {
                let (sbi, mut context) = (&mut self.sbi, context!(self, health, to));
                sbi.message(&mut context, &origin, message);
            }
            Dissected::Http2(what) => {
                let (sbi, mut context) = (&mut self.sbi, context!(self, health, to));
                sbi.consume(&mut context, &origin, what);
            }
            Dissected::Sgs(message) => {
                let (access, mut context) = (&mut self.access, context!(self, health, to));
                sgs::consume(&mut context, access, &origin, message);
            }
            Dissected::Isup(message) => {
                let (isup, repeats) = (&mut self.isup, &mut self.repeats);
                isup.consume(&mut context!(self, health, to), repeats, &origin, message);
            }
            Dissected::Ran(message) => {
                let (ran, access, mut context) = (&mut self.ran, &mut self.access, context!(self, health, to));
                ran.consume(&mut context, access, &origin, message);
            }
            Dissected::Nas(messages) => ran::alone(&mut context!(self, health, to), &origin, messages),
            Dissected::Pfcp(message) => {
                let (pfcp, mut context) = (&mut self.pfcp, context!(self, health, to));
                pfcp.consume(&mut context, &origin, message);
            }
            Dissected::Nothing => {}
        }
    }

    /// Ends everything that is still open.
    pub fn finish(&mut self, health: &mut Health, to: &mut dyn Listener) {
        let mut context = context!(self, health, to);
        self.tcap.finish(&mut context);
        self.diameter.finish(&mut context);
        self.sip.finish(&mut context);
        self.access.finish(&mut context);
        self.gtp.finish(&mut context);
        self.gsup.finish(&mut context);
        self.sbi.finish(&mut context);
        self.isup.finish(&mut context);
        self.segments.finish(health);
        self.connections.finish(health);
    }

    fn pass(&mut self, now: i64, health: &mut Health, to: &mut dyn Listener) {
        self.since_pass = self.since_pass.saturating_add(1);
        let soon = self.passed.is_some_and(|passed| now.abs_diff(passed) < TICK.unsigned_abs());
        if soon && self.since_pass < TICK_MESSAGES {
            return;
        }
        (self.passed, self.since_pass) = (Some(now), 0);
        self.repeats.pass(now);
        self.resolver.pass(now);
        self.calls.pass(now);
        self.acts.pass(now);
        self.connections.pass(now, health);
        self.parts.pass(now);
        self.ran.pass(now);
        let mut context = context!(self, health, to);
        self.tcap.pass(&mut context, now);
        self.diameter.pass(&mut context, now);
        self.sip.pass(&mut context, now);
        self.access.pass(&mut context, now);
        self.gtp.pass(&mut context, now);
        self.gsup.pass(&mut context, now);
        self.sbi.pass(&mut context, now);
        self.isup.pass(&mut context, now);
        self.pfcp.pass(&mut context, now);
    }

    fn transaction(
        &mut self,
        origin: Origin<'_>,
        transaction: &Transaction<'_>,
        health: &mut Health,
        to: &mut dyn Listener,
    ) {
        let repeat_of = self.repeats.tcap(&origin, transaction, health);
        let mut context = context!(self, health, to);
        self.tcap.consume(&mut context, &origin, transaction, repeat_of);
    }

    fn segment(
        &mut self,
        origin: Origin<'_>,
        route: Route,
        sccp: &crate::wire::ss7::Sccp<'_>,
        health: &mut Health,
        to: &mut dyn Listener,
    ) {
        let Some(segmentation) = sccp.segmentation else { return };
        let key = SegmentKey::new(route.from(), route.to(), segmentation.local_reference, sccp.calling.raw);
        let Source { file, frame } = origin.source;
        let segment = Segment {
            key,
            first: segmentation.first,
            remaining: segmentation.remaining,
            data: sccp.data,
            file,
            frame,
            time: origin.time,
        };
        if let Segmented::Complete { data, frames } = self.segments.push(segment, health) {
            let whole = Origin { frames: &frames, ..origin };
            if self.connectionless_data(whole, &route, sccp, &data, health, to) {
                return;
            }
            let example = Example { file, frame, offset: 0 };
            if let Some(transaction) = crate::dissect::transaction(route, sccp, &data, false, example, health) {
                self.transaction(whole, &transaction, health, to);
            }
        }
    }
}

/// The status of a message that ended with `stop`.
fn status(stop: Option<DecodeError>) -> Status {
    match stop.map(DecodeError::outcome) {
        None => Status::Complete,
        Some(Outcome::Truncated) => Status::Truncated,
        Some(_) => Status::Malformed,
    }
}

#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
