//! Registrations: REGISTER and its answers, challenges and their latency, and the end of a registration that the network
//! tells by NOTIFY (RFC 3680).

use super::party::event;
use crate::event::{Direction, Event, EventKind, ResolvedBy, Result};
use crate::health::{Layer, Outcome};
use crate::identity::{Imsi, Msisdn};
use crate::session::aging::Aging;
use crate::session::{Context, Origin};
use crate::time::SECOND;
use crate::wire::ims::Uri;
use crate::wire::sip::Facts;

/// Registrations that are followed at the same time.
const CAPACITY: usize = 1 << 18;
/// A registration must be answered in this time; several nodes are told of its end in it.
const HOLDS: i64 = 64 * SECOND;

#[derive(Debug)]
struct Registering {
    event: Event,
    challenged: Option<i64>,
    latency_ms: Option<u32>,
}

/// Registrations that wait for their answer, by Call-ID.
#[derive(Debug)]
pub(super) struct Registrations {
    open: Aging<u64, Registering>,
    /// Of whom the end was told.
    ended: Aging<(Option<Imsi>, Option<Msisdn>), ()>,
}

impl Default for Registrations {
    fn default() -> Self {
        Self { open: Aging::new(CAPACITY, HOLDS), ended: Aging::new(CAPACITY, HOLDS) }
    }
}

impl Registrations {
    pub(super) fn pass(&mut self, context: &mut Context<'_>, now: i64) {
        self.ended.pass(now);
        give_up(context, self.open.pass(now));
    }

    pub(super) fn finish(&mut self, context: &mut Context<'_>) {
        give_up(context, self.open.drain());
    }

    pub(super) fn register(&mut self, context: &mut Context<'_>, origin: &Origin<'_>, facts: &Facts<'_>, key: u64) {
        if is_third_party(facts) {
            return;
        }
        let leaves = facts.contact_all || facts.registration_expires() == Some(0);
        let kind = if leaves { EventKind::Deregister } else { EventKind::Register };
        let mut event = event(context, kind, Direction::Mo, origin, facts);
        let party = facts.originating;
        event.imsi = facts.named.imsi.or(party.imsi);
        event.msisdn = facts.named.msisdn.or_else(|| party.number?.international());
        if event.imsi.is_some() {
            event.resolved_by = ResolvedBy::Direct;
        }
        let known = self.open.get_mut(&key).map(|known| (known.challenged, known.latency_ms));
        let (challenged, latency_ms) = match known {
            // The answer to a challenge: the time since is that of the card (and of the way to it).
            Some((Some(challenged), _)) => {
                let latency = origin.time.saturating_sub(challenged).max(0) / 1_000_000;
                (None, u32::try_from(latency).ok())
            }
            _ => (None, None),
        };
        // The HSS may tell of the registration before it is answered here.
        context.acts.expect(&Event { auth_latency_ms: latency_ms, ..event });
        self.open.insert(key, Registering { event, challenged, latency_ms });
    }

    pub(super) fn registered(
        &mut self,
        context: &mut Context<'_>,
        origin: &Origin<'_>,
        facts: &Facts<'_>,
        key: u64,
        code: u16,
    ) {
        match code {
            100..=199 => {}
            401 | 407 => {
                if let Some(open) = self.open.get_mut(&key) {
                    open.challenged = Some(origin.time);
                }
            }
            _ => {
                let Some(open) = self.open.remove(&key) else { return };
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

    /// The network ends a registration; the handset and several nodes are told of it.
    pub(super) fn notified(&mut self, context: &mut Context<'_>, origin: &Origin<'_>, facts: &Facts<'_>) {
        let key = (facts.named.imsi, facts.named.msisdn);
        if !facts.unregistered || key == (None, None) || self.ended.insert(key, ()).is_some() {
            return;
        }
        let mut event = event(context, EventKind::Deregister, Direction::None, origin, facts);
        // The sender is a node of the network.
        event.client = None;
        (event.imsi, event.msisdn) = key;
        if event.imsi.is_some() {
            event.resolved_by = ResolvedBy::Direct;
        }
        event.outcome = Result::Success;
        context.emit(event);
    }
}

/// A registration that a node makes for the subscriber with an application server (TS 24.229 §5.4.1.7): From is the
/// node, which has no user name. It tells what the subscriber's own told before.
fn is_third_party(facts: &Facts<'_>) -> bool {
    let has_user = |uri: Option<&[u8]>| uri.and_then(Uri::parse).map(|uri| !uri.user.is_empty());
    has_user(facts.from) == Some(false) && has_user(facts.to) == Some(true)
}

/// Registrations without an answer are told as they are.
fn give_up(context: &mut Context<'_>, left: Vec<(u64, Registering)>) {
    for (_, open) in left {
        context.health.note(Layer::Sip, Outcome::Evicted, "registration without an answer", None);
        context.emit(open.event);
    }
}
