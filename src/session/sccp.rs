//! SCCP between radio access network and core: connections and messages without, to the protocol that uses them.

use super::connection::{Carried, Taken, role};
use super::tcap::party;
use super::{Context, Listener, Origin, Sessions, bssap, ran};
use crate::dissect::{AccessMessage, Cut, Route, User, access};
use crate::event::{Interface, Source};
use crate::health::{Example, Health, Layer, Outcome};
use crate::message::{Dialogue, Exchange, Message, Operation, Party, Protocol, Role};
use crate::wire::DecodeError;
use crate::wire::layer3::Layer3;
use crate::wire::ss7::Sccp;
use crate::wire::ss7::sccp::MessageType;
use crate::wire::ss7::sccp::management::Management;
use std::hash::{BuildHasher, Hash, Hasher};

impl Sessions {
    /// A message of a connection.
    pub(super) fn connection(
        &mut self,
        origin: Origin<'_>,
        route: &Route,
        sccp: &Sccp<'_>,
        truncated: Cut,
        health: &mut Health,
        to: &mut dyn Listener,
    ) {
        let Some(taken) = self.connections.take(&origin, route, sccp, health) else { return };
        for gone in &taken.gone {
            let (access, mut context) = (&mut self.access, context!(self, health, to));
            access.release(&mut context, &origin, *gone);
        }
        // The called party address of an answer is the address that answers (Q.713 (03/2001) §4.3, §4.4): its sender.
        // Some nodes put the receiver there; then its point code is that of the label.
        let answers = matches!(sccp.message_type, MessageType::CC | MessageType::CREF)
            && sccp.called.point_code.is_none_or(|value| value != route.to() || value == route.from());
        let (sender, receiver) = if answers { (&sccp.called, &sccp.calling) } else { (&sccp.calling, &sccp.called) };
        let carried = Carried {
            connection: Some(taken.exchange),
            dialogue: Dialogue::Connection { source: sccp.source, destination: sccp.destination },
            calling: party(sender, route, route.opc),
            called: party(receiver, route, route.dpc),
            inferred: taken.inferred,
            repeat_of: taken.repeat_of,
            returned: false,
        };
        let read = self.payload(&origin, &carried, &taken, truncated, health, to);
        if !read && to.wants_messages() && !is_segment(sccp, &taken) {
            let name = sccp.message_type.name();
            to.message(&Message {
                operation: name.map_or(Operation::Unknown, Operation::Name),
                role: role(sccp.message_type),
                cause: sccp.cause.map(i64::from),
                status: super::status(sccp.stop),
                ..carried.record(&origin, None)
            });
        }
        if taken.released && taken.repeat_of.is_none() {
            let (access, mut context) = (&mut self.access, context!(self, health, to));
            access.release(&mut context, &origin, taken.exchange);
        }
    }

    /// The data of a message of a connection; false where none of them is in a record.
    fn payload(
        &mut self,
        origin: &Origin<'_>,
        carried: &Carried<'_>,
        taken: &Taken<'_>,
        truncated: Cut,
        health: &mut Health,
        to: &mut dyn Listener,
    ) -> bool {
        let Some((data, frames)) = &taken.data else { return false };
        let Source { file, frame } = origin.source;
        let example = Example { file, frame, offset: 0 };
        let Some(user) = taken.user else {
            let reason = "data of a connection whose user is not known";
            health.seen(Layer::Payload, data.len());
            health.note(Layer::Payload, Outcome::Unsupported, reason, Some(example));
            return false;
        };
        let Some(message) = access(user, data, taken.uplink, truncated, example, health) else { return false };
        let origin = if frames.is_empty() { *origin } else { Origin { frames, ..*origin } };
        let uplink = self.read(&origin, carried, &message, health, to);
        self.connections.learn(taken, uplink);
        true
    }

    /// A message of a radio access network; gives who sent it.
    fn read(
        &mut self,
        origin: &Origin<'_>,
        carried: &Carried<'_>,
        message: &AccessMessage<'_>,
        health: &mut Health,
        to: &mut dyn Listener,
    ) -> Option<bool> {
        let (access, mut context) = (&mut self.access, context!(self, health, to));
        match message {
            AccessMessage::Bssap(message) => {
                bssap::consume(&mut context, access, origin, carried, message);
                message.uplink
            }
            AccessMessage::Ranap(message) => {
                self.ran.ranap(&mut context, access, origin, carried, message);
                ran::uplink(message)
            }
        }
    }

    /// A message without a connection.
    pub(super) fn connectionless(
        &mut self,
        origin: Origin<'_>,
        route: &Route,
        sccp: Option<&Sccp<'_>>,
        message: &AccessMessage<'_>,
        health: &mut Health,
        to: &mut dyn Listener,
    ) {
        let repeat_of = sccp.and_then(|sccp| {
            let mut hasher = foldhash::quality::FixedState::with_seed(9).build_hasher();
            route.hash(&mut hasher);
            hasher.write(sccp.data);
            self.repeats.leg(Layer::Sccp, hasher.finish(), &origin, health)
        });
        let carried = Carried {
            connection: None,
            dialogue: Dialogue::None,
            calling: sccp.map_or(Party::None, |sccp| party(&sccp.calling, route, route.opc)),
            called: sccp.map_or(Party::None, |sccp| party(&sccp.called, route, route.dpc)),
            inferred: false,
            repeat_of,
            returned: sccp.is_some_and(|sccp| sccp.return_cause.is_some()),
        };
        self.read(&origin, &carried, message, health, to);
    }

    /// The data of segments between radio access network and core; false where they are of another subsystem.
    pub(super) fn connectionless_data(
        &mut self,
        origin: Origin<'_>,
        route: &Route,
        sccp: &Sccp<'_>,
        data: &[u8],
        health: &mut Health,
        to: &mut dyn Listener,
    ) -> bool {
        let ssn = sccp.called.ssn.or(sccp.calling.ssn);
        let Some(user) = ssn.and_then(User::of_ssn) else { return false };
        let Source { file, frame } = origin.source;
        let example = Example { file, frame, offset: 0 };
        if let Some(message) = access(user, data, None, false, example, health) {
            self.connectionless(origin, route, Some(&Sccp { data, ..*sccp }), &message, health, to);
        }
        true
    }
}

/// Data that are only a part are in the record of their whole.
fn is_segment(sccp: &Sccp<'_>, taken: &Taken<'_>) -> bool {
    taken.data.is_none() && !sccp.data.is_empty()
}

/// Management of SCCP, as a record.
pub(super) fn management(
    origin: Origin<'_>,
    route: &Route,
    sccp: &Sccp<'_>,
    message: &Management,
    to: &mut dyn Listener,
) {
    let carried = Carried {
        connection: None,
        dialogue: Dialogue::None,
        calling: party(&sccp.calling, route, route.opc),
        called: party(&sccp.called, route, route.dpc),
        inferred: false,
        repeat_of: None,
        returned: false,
    };
    to.message(&Message {
        operation: Operation::Name(message.name),
        role: Role::Unidirectional,
        status: super::status(sccp.stop),
        ..carried.record(&origin, None)
    });
}

/// A layer 3 message of which the capture tells nothing else.
pub(super) fn layer3(
    context: &mut Context<'_>,
    origin: &Origin<'_>,
    message: &Result<Layer3<'_>, DecodeError>,
    uplink: Option<bool>,
) {
    let carried = Carried {
        connection: None,
        dialogue: Dialogue::None,
        calling: Party::None,
        called: Party::None,
        inferred: false,
        repeat_of: None,
        returned: false,
    };
    let record = bssap::record(origin, &carried, Interface::A, message, uplink);
    context.listener.message(&Message {
        interface: None,
        protocol: Protocol::Dtap,
        exchange: Exchange::NONE,
        ..record
    });
}

#[cfg(test)]
mod tests;
