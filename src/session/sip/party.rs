//! The subscribers of a message, as events name them.

use crate::event::{Direction, Event, EventKind, Interface, Peer, ResolvedBy};
use crate::session::{Context, Origin};
use crate::wire::sip::{Facts, Party};

/// An event with what the sender of a message says of itself.
pub(super) fn event(
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

fn peer(context: &mut Context<'_>, party: Party, uri: Option<&[u8]>) -> Option<Peer> {
    match (party.number, uri) {
        (Some(number), _) => Some(Peer::Number(number)),
        (None, Some(uri)) => Some(Peer::Name(context.name(uri))),
        (None, None) => None,
    }
}

/// Puts a party into an event.
fn identify(context: &mut Context<'_>, event: &mut Event, party: Party) {
    let by_number = party.number.and_then(|number| context.resolver.of_number(number));
    event.imsi = party.imsi.or(by_number);
    event.msisdn = party.number.and_then(|number| number.international());
    event.resolved_by = match (party.imsi, by_number) {
        (Some(_), _) => ResolvedBy::Direct,
        (None, Some(_)) => ResolvedBy::Msisdn,
        (None, None) => ResolvedBy::Unresolved,
    };
}

/// The event of the party that sends a request, known or not.
pub(super) fn calling(context: &mut Context<'_>, origin: &Origin<'_>, facts: &Facts<'_>, kind: EventKind) -> Event {
    let mut calling = event(context, kind, Direction::Mo, origin, facts);
    // Whatever number was dialled for it.
    let to = if facts.emergency { Some(b"urn:service:sos".as_slice()) } else { facts.to };
    calling.peer = peer(context, facts.terminating, to);
    identify(context, &mut calling, facts.originating);
    calling
}

/// The event of the party that a request is for, known or not.
pub(super) fn called(context: &mut Context<'_>, origin: &Origin<'_>, facts: &Facts<'_>, kind: EventKind) -> Event {
    let mut called = Event::new(kind, origin.time, Interface::Sip, origin.source);
    called.direction = Direction::Mt;
    called.peer = peer(context, facts.originating, facts.from);
    identify(context, &mut called, facts.terminating);
    called
}

/// The events of both parties of a request, as far as they are known subscribers. Where neither is, the sender's is
/// given all the same, so that it is counted.
pub(super) fn two_sides(
    context: &mut Context<'_>,
    origin: &Origin<'_>,
    facts: &Facts<'_>,
    sends: EventKind,
    receives: EventKind,
) -> (Option<Event>, Option<Event>) {
    let calling = calling(context, origin, facts, sends);
    let called = called(context, origin, facts, receives);
    let (calling_known, called_known) = (calling.imsi.is_some(), called.imsi.is_some());
    (Some(calling).filter(|_| calling_known || !called_known), Some(called).filter(|_| called_known))
}
