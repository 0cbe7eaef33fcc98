//! Calls that are charged (Ro and Rf with the contexts of TS 32.260 and TS 32.275): the session of credit control or
//! accounting is the call as its charged party sees it.
//!
//! Online, the session begins with the INVITE, and time that is reported as used tells that the call was answered.
//! Offline, it begins with the answer (TS 32.260 §5.2.2).

use super::kind::{Life, Service, of_session, service};
use crate::event::{Direction, Event, EventKind, Interface, Peer, Result};
use crate::health::{Layer, Outcome};
use crate::message::{Exchange, Protocol};
use crate::session::aging::Aging;
use crate::session::call::Call;
use crate::session::{Context, Origin};
use crate::time::HOUR;
use crate::wire::diameter::Facts;

/// Calls that are followed at the same time.
const CAPACITY: usize = 1 << 18;
/// A call of which nothing is heard for so long is forgotten.
const HOLDS: i64 = 4 * HOUR;

#[derive(Debug)]
struct Charged {
    call: Call,
    seconds: u32,
}

/// Calls by their Session-Id.
#[derive(Debug)]
pub(super) struct Calls {
    open: Aging<Exchange, Charged>,
}

impl Default for Calls {
    fn default() -> Self {
        Self { open: Aging::new(CAPACITY, HOLDS) }
    }
}

impl Calls {
    pub(super) fn pass(&mut self, context: &mut Context<'_>, now: i64) {
        forget(context, self.open.pass(now));
    }

    pub(super) fn finish(&mut self, context: &mut Context<'_>) {
        forget(context, self.open.drain());
    }

    /// Takes a charging request; true where it is one of a call.
    pub(super) fn request(
        &mut self,
        context: &mut Context<'_>,
        origin: &Origin<'_>,
        facts: &Facts<'_>,
        interface: Option<Interface>,
    ) -> bool {
        let Some(life) = of_session(facts) else { return false };
        if service(facts) != Service::Call {
            return false;
        }
        let is_call = facts.sip_method.is_none_or(|method| method == b"INVITE");
        let Some(id) = facts.session_id.filter(|_| is_call) else { return true };
        let offline = facts.accounting_record_type.is_some();
        let key = Exchange::of(Protocol::Diameter, id);
        match life {
            Life::Start | Life::Event => {
                let attempt = attempt(context, origin, facts, interface);
                let mut call = Call::attempt(context, attempt, true);
                if life == Life::Event {
                    // Offline, an event of INVITE is a call that did not come about.
                    call.end(context, origin.time, origin.source, Result::NoAnswer, None);
                    return true;
                }
                if offline {
                    call.answer(context, origin.time, origin.source);
                }
                self.open.insert(key, Charged { call, seconds: 0 });
            }
            Life::Update => {
                if let Some(charged) = self.open.get_mut(&key) {
                    charged.used(context, origin, facts);
                }
            }
            Life::End => {
                if let Some(mut charged) = self.open.remove(&key) {
                    charged.seconds = charged.seconds.saturating_add(facts.used_seconds.unwrap_or(0));
                    let used = Some(charged.seconds.saturating_mul(1000)).filter(|used| *used > 0);
                    let outcome = if used.is_some() { Result::Success } else { Result::NoAnswer };
                    charged.call.end(context, origin.time, origin.source, outcome, used);
                }
            }
        }
        true
    }
}

impl Charged {
    fn used(&mut self, context: &mut Context<'_>, origin: &Origin<'_>, facts: &Facts<'_>) {
        let Some(used) = facts.used_seconds.filter(|used| *used > 0) else { return };
        // The report comes some time after the answer; events stay in the order of their time.
        self.call.answer(context, origin.time, origin.source);
        self.seconds = self.seconds.saturating_add(used);
    }
}

/// The call of the charged party.
fn attempt(context: &mut Context<'_>, origin: &Origin<'_>, facts: &Facts<'_>, interface: Option<Interface>) -> Event {
    let named = &facts.named;
    let interface = interface.unwrap_or(Interface::Ro);
    let mut event = Event::new(EventKind::CallAttempt, origin.time, interface, origin.source);
    super::identify(&mut event, named);
    let is_called = match facts.role_of_node {
        Some(role) => role == 1,
        None => {
            named.called.and_then(|called| called.international()).is_some_and(|called| Some(called) == named.msisdn)
        }
    };
    (event.direction, event.peer) = match is_called {
        false => (Direction::Mo, named.called.map(Peer::Number)),
        true => (Direction::Mt, named.calling.map(Peer::Number)),
    };
    event.rat = facts.rat_type.and_then(super::kind::rat);
    event.serving_node = facts.origin_host.map(|host| context.name(host));
    event
}

fn forget(context: &mut Context<'_>, left: Vec<(Exchange, Charged)>) {
    for _ in left {
        context.health.note(Layer::Diameter, Outcome::Evicted, "charged call without an end", None);
    }
}
