//! S1AP, NGAP and RANAP: what they say of a UE, and on S1 and N2 its signalling connection, from its initial message to
//! the release of its context. (That of RANAP is the connection of SCCP.)
//!
//! Core and radio network each give the UE an identity: that of the core is unique at its node, that of the radio
//! network at its own (TS 36.413 §9.2.3.3, TS 38.413 §9.3.3.1). The first message has the radio network's alone, so a
//! connection is found by either, and goes on when one of them changes (path switch).

use super::access::{Access, Handover, Link};
use super::aging::Aging;
use super::connection::Carried;
use super::temporary::{System, Temporary};
use super::{Context, Origin, status};
use crate::dissect::{Layer3Family, Layer3Message, RanMessage};
use crate::event::{Interface, Rat};
use crate::identity::CellKind;
use crate::message::{Dialogue, Exchange, Message, Operation, Party, Protocol};
use crate::time::MINUTE;
use crate::wire::layer3::{Layer3, Step};
use crate::wire::ran::{Domain, Part, STmsi};
use crate::wire::ss7::Direction;
use std::net::IpAddr;

/// Identities of connections that are known at the same time: two for each.
const CAPACITY: usize = 1 << 19;
/// One of which nothing is heard for so long is forgotten.
const HOLDS: i64 = 120 * MINUTE;

/// An identity of a UE, with the node that gave it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Key {
    /// The MME or AMF, by its address.
    Core(IpAddr, u64),
    /// The eNodeB or gNodeB, by its address and port.
    Radio(IpAddr, u16, u64),
}

#[derive(Debug, Clone, Copy)]
struct Connection {
    exchange: Exchange,
    /// A registration was asked for and not yet answered.
    registering: bool,
}

/// The connections by the identities of their UEs.
#[derive(Debug)]
pub(super) struct Connections {
    known: Aging<Key, Connection>,
    /// Of RANAP: the domain of the core, which its first message tells.
    domains: Aging<Exchange, Domain>,
}

impl Default for Connections {
    fn default() -> Self {
        Self { known: Aging::new(CAPACITY, HOLDS), domains: Aging::new(CAPACITY, HOLDS) }
    }
}

/// The keys under which a message's connection may be known.
struct Keys {
    core: Option<Key>,
    radio: Option<Key>,
    /// Before (path switch).
    source: Option<Key>,
    /// From now on.
    new: Option<Key>,
}

impl Keys {
    fn of(origin: &Origin<'_>, message: &RanMessage<'_>) -> Self {
        let flow = &origin.flow;
        let (sender, receiver) = ((flow.src, flow.src_port), (flow.dst, flow.dst_port));
        let (radio, core) = match message.direction {
            Some(Direction::Originating) => (sender, receiver),
            Some(Direction::Terminating) => (receiver, sender),
            // Either may send it: the core has the known port.
            None if matches!(flow.src_port, 36412 | 38412) => (receiver, sender),
            None => (sender, receiver),
        };
        let facts = &message.facts;
        let at_core = |id: Option<u64>| id.map(|id| Key::Core(core.0, id));
        Self {
            core: at_core(facts.core),
            radio: facts.radio.map(|id| Key::Radio(radio.0, radio.1, id)),
            source: at_core(facts.source_core),
            new: at_core(facts.new_core),
        }
    }
}

impl Connections {
    pub(super) fn pass(&mut self, now: i64) {
        self.known.pass(now);
        self.domains.pass(now);
    }

    /// The connection of a message; `None` for one that belongs to no UE.
    fn connection(&mut self, origin: &Origin<'_>, message: &RanMessage<'_>, keys: &Keys) -> Option<Connection> {
        let found = if starts(message) {
            None
        } else {
            [keys.core, keys.source, keys.radio].into_iter().flatten().find_map(|key| self.known.get_mut(&key).copied())
        };
        let first = keys.radio.or(keys.core)?;
        let connection = found.unwrap_or_else(|| {
            let exchange = Exchange::of(protocol(message.part), (first, origin.source));
            Connection { exchange, registering: false }
        });
        for key in [keys.core, keys.radio, keys.new].into_iter().flatten() {
            self.known.insert(key, connection);
        }
        Some(connection)
    }

    pub(super) fn consume(
        &mut self,
        context: &mut Context<'_>,
        access: &mut Access,
        origin: &Origin<'_>,
        message: &RanMessage<'_>,
    ) {
        let keys = Keys::of(origin, message);
        let before = keys.radio.filter(|_| starts(message)).and_then(|key| self.known.remove(&key));
        if let Some(before) = before {
            // The radio network gives the identity again: the end of the connection before was not seen.
            access.release(context, origin, before.exchange);
        }
        let connection = self.connection(origin, message, &keys);
        let (interface, rat) = network(message);
        if context.listener.wants_messages() {
            let facts = &message.facts;
            let carried = Carried {
                connection: connection.map(|connection| connection.exchange),
                dialogue: match (facts.core, facts.radio) {
                    (None, None) => Dialogue::None,
                    (core, radio) => Dialogue::Ue { core, radio },
                },
                calling: Party::Address(origin.flow.src),
                called: Party::Address(origin.flow.dst),
                inferred: false,
                repeat_of: None,
                returned: false,
            };
            record(context, origin, &carried, message, interface);
        }
        let Some(connection) = connection else {
            if message.name == Some("Paging") {
                let temporary = message.facts.s_tmsi.map(|s_tmsi| temporary(message, s_tmsi));
                access.page(context, origin, (interface, rat), &message.facts.named, temporary);
            }
            return;
        };
        let link = Link { key: connection.exchange, interface, rat };
        let registering = follow(context, access, origin, link, message, connection.registering);
        for key in [keys.core, keys.radio, keys.new].into_iter().flatten() {
            if let Some(connection) = self.known.get_mut(&key) {
                connection.registering = registering;
            }
        }
        if message.name == Some("UEContextReleaseComplete") {
            access.release(context, origin, connection.exchange);
            for key in [keys.core, keys.radio].into_iter().flatten() {
                self.known.remove(&key);
            }
        }
    }
}

impl Connections {
    /// Takes a message of RANAP, in a connection of SCCP or without.
    pub(super) fn ranap(
        &mut self,
        context: &mut Context<'_>,
        access: &mut Access,
        origin: &Origin<'_>,
        carried: &Carried<'_>,
        message: &RanMessage<'_>,
    ) {
        let known = carried.connection.and_then(|key| self.domains.get_mut(&key).copied());
        let domain = message.facts.domain.or(known).or_else(|| domain_of(message)).unwrap_or(Domain::Cs);
        if let Some(key) = carried.connection
            && known != Some(domain)
        {
            self.domains.insert(key, domain);
        }
        let (interface, system) = match domain {
            Domain::Cs => (Interface::IuCs, System::Circuit),
            Domain::Ps => (Interface::IuPs, System::Packet),
        };
        if context.listener.wants_messages() {
            record(context, origin, carried, message, interface);
        }
        if carried.repeat_of.is_some() || carried.returned {
            return;
        }
        match carried.connection {
            Some(key) => {
                follow(context, access, origin, Link { key, interface, rat: Rat::Utran }, message, false);
            }
            None if message.name == Some("Paging") => {
                let named = &message.facts.named;
                let temporary = named.tmsi.map(|tmsi| Temporary::in_area(system, tmsi, named.cell));
                access.page(context, origin, (interface, Rat::Utran), named, temporary);
            }
            None => {}
        }
    }
}

/// The domain of a message that does not tell it: the packet core has mobility and session management of its own.
fn domain_of(message: &RanMessage<'_>) -> Option<Domain> {
    let discriminator = message.facts.nas.first()?.first()? & 0x0f;
    Some(if matches!(discriminator, 8 | 10) { Domain::Ps } else { Domain::Cs })
}

/// Who sent a message, where it tells: the radio network or the core.
pub(super) fn uplink(message: &RanMessage<'_>) -> Option<bool> {
    message.direction.map(|direction| direction == Direction::Originating)
}

/// The first message of a connection.
fn starts(message: &RanMessage<'_>) -> bool {
    message.name == Some("InitialUEMessage")
}

fn protocol(part: Part) -> Protocol {
    match part {
        Part::S1ap => Protocol::S1ap,
        Part::Ngap => Protocol::Ngap,
        Part::Ranap => Protocol::Ranap,
    }
}

/// The interface, and the radio access behind it: an ng-eNodeB has cells of 4G.
fn network(message: &RanMessage<'_>) -> (Interface, Rat) {
    match message.part {
        Part::Ngap if message.facts.named.cell.is_some_and(|cell| cell.kind == CellKind::Ecgi) => {
            (Interface::N2, Rat::Eutran)
        }
        Part::Ngap => (Interface::N2, Rat::Nr),
        Part::S1ap | Part::Ranap => (Interface::S1, Rat::Eutran),
    }
}

fn temporary(message: &RanMessage<'_>, s_tmsi: STmsi) -> Temporary {
    let system = if message.part == Part::Ngap { System::FiveGs } else { System::Eps };
    let plmn = message.facts.named.plmn;
    Temporary { system, plmn, node: Some(u32::from(s_tmsi.node)), tmsi: s_tmsi.tmsi }
}

/// Brings what a message of a connection says to what follows the UE; gives whether a registration is open.
fn follow(
    context: &mut Context<'_>,
    access: &mut Access,
    origin: &Origin<'_>,
    link: Link,
    message: &RanMessage<'_>,
    mut registering: bool,
) -> bool {
    let facts = &message.facts;
    if facts.named.imsi.is_some() || facts.named.imei.is_some() || facts.named.cell.is_some() {
        access.names(context, origin, link, &facts.named);
    }
    if let Some(s_tmsi) = facts.s_tmsi {
        access.temporary(context, origin, link, temporary(message, s_tmsi));
    }
    let uplink = uplink(message);
    for (place, Layer3Message { message: layer3, .. }) in message.layer3.iter().enumerate() {
        let first = message.layer3.first().map_or(Step::Other, |first| first.message.step);
        if place > 0 && says_again(layer3.step, first, registering) {
            let names = Layer3 { step: Step::Other, ..layer3.clone() };
            access.layer3(context, origin, link, uplink, &names);
            continue;
        }
        registering = match layer3.step {
            Step::Register { .. } => true,
            Step::Registered | Step::RegistrationRejected => false,
            _ => registering,
        };
        access.layer3(context, origin, link, uplink, layer3);
    }
    if registering && message.ciphered && message.name == Some("InitialContextSetupRequest") {
        // The context of a UE is set up where its registration is granted; the grant itself is ciphered.
        access.layer3(context, origin, link, uplink, &Layer3::new("", Step::Registered));
        registering = false;
    }
    if let Some(handover) = handover(message) {
        access.handover(context, origin, link, handover);
    }
    registering
}

/// A message within another may be the same again, whole (TS 24.501 §4.4.6): only what it names is news.
fn says_again(step: Step, outer: Step, registering: bool) -> bool {
    match step {
        Step::Register { .. } => registering,
        Step::Deregister => outer == Step::Deregister,
        Step::ServiceRequest(_) | Step::PagingResponse => {
            matches!(outer, Step::ServiceRequest(_) | Step::PagingResponse)
        }
        _ => false,
    }
}

/// What a message says of a handover.
fn handover(message: &RanMessage<'_>) -> Option<Handover> {
    // successful-handover (TS 36.413 §9.2.1.3, TS 38.413 §9.3.1.2); successful relocation (TS 25.413 §9.2.1.4)
    const SUCCESSFUL: i64 = 2;
    const SUCCESSFUL_RELOCATION: i64 = 11;
    match (message.name?, message.facts.cause) {
        ("HandoverRequired" | "RelocationRequired", _) => Some(Handover::Asked),
        ("HandoverPreparationFailure" | "HandoverCancel", _)
        | ("RelocationPreparationFailure" | "RelocationCancel", _) => Some(Handover::Failed),
        // In the target, by way of the core or directly.
        ("HandoverNotify" | "PathSwitchRequest", _) => Some(Handover::Done),
        // In the source.
        ("UEContextReleaseCommand", Some(SUCCESSFUL)) | ("Iu-ReleaseCommand", Some(SUCCESSFUL_RELOCATION)) => {
            Some(Handover::Done)
        }
        _ => None,
    }
}

/// The records of a message and of the layer 3 messages in it.
fn record(
    context: &mut Context<'_>,
    origin: &Origin<'_>,
    carried: &Carried<'_>,
    message: &RanMessage<'_>,
    interface: Interface,
) {
    let base = Message { interface: Some(interface), ..carried.record(origin, uplink(message)) };
    context.listener.message(&Message {
        protocol: protocol(message.part),
        operation: message.name.map_or(Operation::Code(i64::from(message.procedure)), Operation::Name),
        named: message.facts.named.clone(),
        cause: message.facts.cause,
        status: status(message.stop),
        ..base.clone()
    });
    for layer3 in &message.layer3 {
        context.listener.message(&layer3_record(&base, layer3));
    }
}

/// The record of a layer 3 message, in that of what carries it.
fn layer3_record<'a>(carrier: &Message<'a>, what: &Layer3Message<'_>) -> Message<'a> {
    let Layer3Message { family, message } = what;
    Message {
        protocol: match family {
            Layer3Family::Dtap => Protocol::Dtap,
            Layer3Family::Eps => Protocol::NasEps,
            Layer3Family::FiveGs => Protocol::Nas5gs,
        },
        operation: Operation::Name(message.name),
        named: message.named.clone(),
        cause: message.cause.map(i64::from),
        status: status(message.stop),
        ..carrier.clone()
    }
}

/// Layer 3 messages that nothing carried (GSMTAP, exported PDUs).
pub(super) fn alone(context: &mut Context<'_>, origin: &Origin<'_>, messages: &[Layer3Message<'_>]) {
    if !context.listener.wants_messages() {
        return;
    }
    let carried = Carried {
        connection: None,
        dialogue: Dialogue::None,
        calling: Party::None,
        called: Party::None,
        inferred: false,
        repeat_of: None,
        returned: false,
    };
    for layer3 in messages {
        context.listener.message(&layer3_record(&carried.record(origin, None), layer3));
    }
}

#[cfg(test)]
mod tests;
