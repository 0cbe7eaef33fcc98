//! TCAP dialogues: what a Begin said is known to its Continue and End, and MAP and CAP operations become events
//! (TS 29.002, TS 29.078).
//!
//! A dialogue is found by the transaction id and the global title (else the point code) of the side that chose it. An
//! address may change its form between the messages of a dialogue; then the id alone is taken, where only one open
//! dialogue has it.

use super::aging::Aging;
use super::call::Call;
use super::{Context, Origin, sms, status};
use crate::dissect::{Route, Transaction};
use crate::event::{Direction, Event, EventKind, Interface, Peer, ResolvedBy, Result, Source};
use crate::health::{Example, Layer, Outcome};
use crate::identity::Imsi;
use crate::message::{Dialogue as Ids, Message, Operation, Party, Protocol, Role};
use crate::time::MINUTE;
use crate::wire::sms::Tpdu;
use crate::wire::ss7::cap;
use crate::wire::ss7::map;
use crate::wire::ss7::sccp::Address;
use crate::wire::ss7::tcap::{ApplicationContext, Component, ComponentKind, Family, Kind, TransactionId};
use crate::wire::ss7::{Direction as CallDirection, family_of_ssn};
use crate::wire::{DecodeError, Named};
use arrayvec::ArrayVec;

/// Dialogues that are followed at the same time.
const CAPACITY: usize = 1 << 18;
/// A dialogue of which nothing is heard for so long is given up: calls last, their CAP dialogues with them.
const HOLDS: i64 = 120 * MINUTE;
/// Invokes of one dialogue that wait for their result.
const INVOKES: usize = 8;

/// Which side of which dialogue: transaction id and address of who chose it.
type Key = (TransactionId, u128);

/// What an operation code was found to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Operated {
    Map(map::Operation),
    Cap(cap::Operation),
    Unknown(Option<i32>),
}

#[derive(Debug)]
struct Invoke {
    id: Option<i8>,
    operation: Operated,
    /// The event that waits for the result.
    event: Option<Box<Event>>,
    named: Box<Named>,
}

#[derive(Debug, Default)]
struct Dialogue {
    context: Option<ApplicationContext>,
    imsi: Option<Imsi>,
    invokes: ArrayVec<Invoke, INVOKES>,
    call: Option<Box<Call>>,
    ended: bool,
}

/// Dialogues that are open.
#[derive(Debug)]
pub(super) struct Dialogues {
    open: Aging<Key, Dialogue>,
    /// The other side's key leads to the first side's.
    answered: Aging<Key, Key>,
    /// By transaction id alone.
    by_id: Aging<TransactionId, Key>,
}

impl Default for Dialogues {
    fn default() -> Self {
        Self {
            open: Aging::new(CAPACITY, HOLDS),
            answered: Aging::new(CAPACITY, HOLDS),
            by_id: Aging::new(CAPACITY, HOLDS),
        }
    }
}

/// What tells a side: its global title, else its point code.
fn side(address: &Address<'_>, point_code: u32) -> u128 {
    match address.global_title {
        Some(title) if !title.digits.is_empty() => title.digits.to_bits(),
        _ => u128::from(address.point_code.unwrap_or(point_code)),
    }
}

impl Dialogues {
    pub(super) fn pass(&mut self, context: &mut Context<'_>, now: i64) {
        self.answered.pass(now);
        self.by_id.pass(now);
        for (_, dialogue) in self.open.pass(now) {
            give_up(context, dialogue);
        }
    }

    pub(super) fn finish(&mut self, context: &mut Context<'_>) {
        for (_, dialogue) in self.open.drain() {
            give_up(context, dialogue);
        }
    }

    /// The key of the dialogue of a message.
    fn find(&mut self, message: &Transaction<'_>) -> Option<Key> {
        let own = (message.tcap.otid, side(&message.calling, message.route.opc));
        let other = (message.tcap.dtid, side(&message.called, message.route.dpc));
        if let Some(id) = other.0 {
            // The receiver chose this id: it is the first side, or the one that answered.
            let key = (id, other.1);
            let found = if self.open.peek(&key).is_some() { Some(key) } else { self.answered.get_mut(&key).copied() };
            let found = found.or_else(|| self.by_id.get_mut(&id).copied());
            if let (Some(found), Some(own_id)) = (found, own.0)
                && found != (own_id, own.1)
            {
                self.answered.insert((own_id, own.1), found);
                self.by_id.insert(own_id, found);
            }
            return found;
        }
        Some((own.0?, own.1))
    }

    pub(super) fn consume(
        &mut self,
        context: &mut Context<'_>,
        origin: &Origin<'_>,
        message: &Transaction<'_>,
        repeat_of: Option<Source>,
    ) {
        let tcap = &message.tcap;
        // MAP-OPEN may name the subscriber for all of its dialogue.
        let mut opened = Named::default();
        let user_information = tcap.dialogue.map_or(&[][..], |dialogue| dialogue.user_information);
        if let Err(error) = map::open(user_information, &mut opened) {
            note(context, origin, error);
        }
        let seen = Seen { origin, message, repeat_of, opened: opened.imsi };
        // SCCP sent it back: it is a message of a dialogue, but not one that its receiver saw.
        if message.returned.is_some() {
            seen.components(context, &mut Dialogue { context: tcap.application_context(), ..Dialogue::default() });
            return;
        }
        let key = self.find(message);
        if let (Kind::Begin, Some(key), None) = (tcap.kind, key, repeat_of) {
            let dialogue = Dialogue { context: tcap.application_context(), ..Dialogue::default() };
            if let Some(reused) = self.open.insert(key, dialogue)
                && !reused.ended
            {
                give_up(context, reused);
            }
            self.by_id.insert(key.0, key);
        }
        let mut none = Dialogue::default();
        let dialogue = key.and_then(|key| self.open.get_mut(&key)).unwrap_or(&mut none);
        if let Some(application) = tcap.application_context() {
            dialogue.context = Some(application);
        }
        dialogue.imsi = dialogue.imsi.or(opened.imsi);
        seen.components(context, dialogue);
        if matches!(tcap.kind, Kind::End | Kind::Abort) && repeat_of.is_none() && !dialogue.ended {
            close(context, origin, dialogue, tcap.kind);
        }
    }
}

fn note(context: &mut Context<'_>, origin: &Origin<'_>, error: DecodeError) {
    let Source { file, frame } = origin.source;
    let example = Example { file, frame, offset: error.offset };
    context.health.note(error.layer, error.outcome(), error.reason(), Some(example));
}

/// A dialogue that nobody ended.
fn give_up(context: &mut Context<'_>, dialogue: Dialogue) {
    if dialogue.ended {
        return;
    }
    context.health.note(Layer::Tcap, Outcome::Evicted, "dialogue without an end", None);
    for invoke in dialogue.invokes {
        if let Some(event) = invoke.event {
            context.emit(*event);
        }
    }
}

/// A dialogue ends: invokes without a result have none, and a call is over.
fn close(context: &mut Context<'_>, origin: &Origin<'_>, dialogue: &mut Dialogue, kind: Kind) {
    dialogue.ended = true;
    let outcome = if kind == Kind::Abort { Result::Failure } else { Result::Unknown };
    for invoke in dialogue.invokes.drain(..) {
        if let Some(event) = invoke.event {
            context.emit(Event { outcome, ..*event });
        }
    }
    if let Some(mut call) = dialogue.call.take() {
        call.end(context, origin.time, origin.source, outcome, None);
    }
}

fn party(address: &Address<'_>, point_code: u32) -> Party<'static> {
    Party::Sccp {
        title: address.global_title.map(|title| title.digits),
        point_code: Some(address.point_code.unwrap_or(point_code)),
        ssn: address.ssn,
    }
}

/// The record of a message without components.
fn envelope<'a>(
    origin: &Origin<'a>,
    message: &Transaction<'a>,
    repeat_of: Option<Source>,
    stop: Option<DecodeError>,
) -> Message<'a> {
    let tcap = &message.tcap;
    let Route { opc, dpc } = message.route;
    let role = if message.returned.is_some() { Role::Service } else { role_of(tcap.kind) };
    Message {
        source: origin.source,
        frames: origin.frames,
        time: origin.time,
        protocol: Protocol::Tcap,
        interface: None,
        operation: Operation::Name(tcap.kind.name()),
        version: tcap.application_context().map(|context| context.version),
        role,
        dialogue: Ids::Tcap { otid: tcap.otid.map(|id| id.value), dtid: tcap.dtid.map(|id| id.value) },
        calling: party(&message.calling, opc),
        called: party(&message.called, dpc),
        named: Named::default(),
        cause: tcap.p_abort_cause.or(message.returned).map(i64::from),
        inferred: false,
        repeat_of,
        status: status(stop),
    }
}

fn role_of(kind: Kind) -> Role {
    match kind {
        Kind::Unidirectional => Role::Unidirectional,
        Kind::Begin => Role::Begin,
        Kind::Continue => Role::Continue,
        Kind::End => Role::End,
        Kind::Abort => Role::Abort,
    }
}

/// One message as its components are looked at.
struct Seen<'s, 'a> {
    origin: &'s Origin<'a>,
    message: &'s Transaction<'a>,
    repeat_of: Option<Source>,
    /// The subscriber that MAP-OPEN names.
    opened: Option<Imsi>,
}

impl Seen<'_, '_> {
    fn components(&self, context: &mut Context<'_>, dialogue: &mut Dialogue) {
        let Self { origin, message, repeat_of, opened } = *self;
        let mut empty = true;
        let mut stop = message.tcap.stop;
        for component in message.tcap.components {
            match component {
                Ok(component) => {
                    empty = false;
                    self.component(context, dialogue, &component);
                }
                Err(error) => stop = stop.or(Some(error)),
            }
        }
        if let Some(error) = stop.filter(|_| message.tcap.stop.is_none()) {
            note(context, origin, error);
        }
        if empty && context.listener.wants_messages() {
            let named = Named { imsi: opened, ..Named::default() };
            context.listener.message(&Message { named, ..envelope(origin, message, repeat_of, stop) });
        }
    }

    /// The operation of a code: by the application context, else by the subsystem numbers, else by MAP's list.
    fn operation(&self, application: Option<ApplicationContext>, code: i32) -> (Operated, bool) {
        let by_ssn = || {
            let ssns = [self.message.called.ssn, self.message.calling.ssn];
            ssns.into_iter().flatten().find_map(family_of_ssn)
        };
        let (family, inferred) = match application {
            Some(context) => (Some(context.family), false),
            None => (by_ssn(), true),
        };
        let found = match family {
            Some(Family::Cap) => cap::operation(application, code).map(Operated::Cap),
            Some(Family::Map) | None => map::operation(application, code).map(Operated::Map),
            Some(Family::Other) => None,
        };
        (found.unwrap_or(Operated::Unknown(Some(code))), inferred)
    }

    fn component(&self, context: &mut Context<'_>, dialogue: &mut Dialogue, component: &Component<'_>) {
        let Self { origin, repeat_of, .. } = *self;
        let waiting = dialogue.invokes.iter().position(|invoke| invoke.id == component.invoke_id);
        let code = component.code.and_then(|code| code.local());
        let is_invoke = component.kind == ComponentKind::Invoke;
        let own_code = matches!(
            component.kind,
            ComponentKind::Invoke | ComponentKind::ReturnResultLast | ComponentKind::ReturnResultNotLast
        );
        let (operation, inferred) = match (own_code.then_some(code).flatten(), waiting) {
            (Some(code), _) => self.operation(dialogue.context, code),
            (None, Some(place)) => {
                let known = dialogue.invokes.get(place).map(|invoke| invoke.operation);
                (known.unwrap_or(Operated::Unknown(None)), false)
            }
            (None, None) => (Operated::Unknown(code.filter(|_| own_code)), true),
        };
        let mut read = Read::default();
        let defect = read.parameter(operation, component).err();
        if let Some(error) = defect {
            note(context, origin, error.at(component.parameter_offset));
        }
        read.peer(context, origin);
        if let Some(imsi) = self.opened {
            read.named.imsi(imsi);
        }
        if let Operated::Map(_) | Operated::Cap(_) = operation {
            let layer = if matches!(operation, Operated::Cap(_)) { Layer::Cap } else { Layer::Map };
            context.health.seen(layer, component.parameter.len());
            if defect.is_none() {
                context.health.decoded(layer);
            }
        }
        if context.listener.wants_messages() {
            let message = self.record(dialogue.context, component, operation, inferred, &read, defect);
            context.listener.message(&message);
        }
        if repeat_of.is_some() || self.message.returned.is_some() {
            return;
        }
        dialogue.imsi = dialogue.imsi.or(read.named.imsi);
        if is_invoke {
            self.invoked(context, dialogue, component, operation, read);
        } else if let Some(place) = waiting {
            let last = component.kind != ComponentKind::ReturnResultNotLast;
            let success = own_code;
            self.concluded(context, dialogue, place, read, success, last);
        }
    }

    fn record<'a>(
        &'a self,
        application: Option<ApplicationContext>,
        component: &Component<'_>,
        operation: Operated,
        inferred: bool,
        read: &Read<'_>,
        defect: Option<DecodeError>,
    ) -> Message<'a> {
        let base = envelope(self.origin, self.message, self.repeat_of, defect.or(self.message.tcap.stop));
        let (protocol, interface, operation) = match operation {
            Operated::Map(operation) => {
                (Protocol::Map, Some(map_interface(operation)), Operation::Name(operation.name()))
            }
            Operated::Cap(operation) => (Protocol::Cap, Some(Interface::Cap), Operation::Name(operation.name())),
            Operated::Unknown(Some(code)) => (Protocol::Tcap, None, Operation::Code(i64::from(code))),
            Operated::Unknown(None) => (Protocol::Tcap, None, Operation::Unknown),
        };
        let role = match component.kind {
            ComponentKind::Invoke => Role::Invoke,
            ComponentKind::ReturnResultLast => Role::Result,
            ComponentKind::ReturnResultNotLast => Role::ResultNotLast,
            ComponentKind::ReturnError => Role::Error,
            ComponentKind::Reject => Role::Reject,
        };
        let error = matches!(component.kind, ComponentKind::ReturnError)
            .then(|| component.code.and_then(|code| code.local()))
            .flatten();
        let returned = self.message.returned;
        let cause = returned.map(i32::from).or(error).or(read.extra.release_cause.map(i32::from));
        Message {
            protocol,
            interface,
            operation,
            role: if returned.is_some() { Role::Service } else { role },
            version: application.map(|context| context.version),
            named: read.named.clone(),
            cause: cause.map(i64::from),
            inferred,
            ..base
        }
    }

    fn event(
        &self,
        context: &mut Context<'_>,
        kind: EventKind,
        direction: Direction,
        interface: Interface,
        named: &Named,
    ) -> Event {
        let mut event = Event::new(kind, self.origin.time, interface, self.origin.source);
        event.direction = direction;
        event.imsi = named.imsi;
        event.msisdn = named.msisdn;
        event.imei = named.imei;
        event.cell = named.cell;
        event.plmn = named.plmn;
        if named.imsi.is_some() {
            event.resolved_by = ResolvedBy::Direct;
        }
        if let Some(node) = named.serving_node {
            event.serving_node = Some(context.names.name(&node.to_string()));
        }
        event
    }

    fn invoked(
        &self,
        context: &mut Context<'_>,
        dialogue: &mut Dialogue,
        component: &Component<'_>,
        operation: Operated,
        read: Read<'_>,
    ) {
        let mut event = None;
        match operation {
            Operated::Map(operation) => event = self.map_invoke(context, dialogue, operation, &read),
            Operated::Cap(operation) => self.cap_invoke(context, dialogue, operation, &read),
            Operated::Unknown(_) => {}
        }
        // What a nested operation says of the subscriber of the dialogue: the number in insertSubscriberData.
        if let (Some(imsi), Some(msisdn)) = (dialogue.imsi, read.named.msisdn)
            && matches!(operation, Operated::Map(map::Operation::InsertSubscriberData))
        {
            context.resolver.tie_msisdn(imsi, msisdn);
        }
        if dialogue.invokes.is_full() {
            let oldest = dialogue.invokes.remove(0);
            if let Some(event) = oldest.event {
                context.emit(*event);
            }
        }
        let invoke =
            Invoke { id: component.invoke_id, operation, event: event.map(Box::new), named: Box::new(read.named) };
        // Just made room where there was none.
        let _ = dialogue.invokes.try_push(invoke);
    }

    /// The event of a MAP operation, where it waits for its result; those that do not wait are handed on at once.
    fn map_invoke(
        &self,
        context: &mut Context<'_>,
        dialogue: &mut Dialogue,
        operation: map::Operation,
        read: &Read<'_>,
    ) -> Option<Event> {
        use map::Operation as Op;
        let interface = map_interface(operation);
        let (kind, direction) = match operation {
            Op::UpdateLocation | Op::UpdateGprsLocation => (EventKind::Register, Direction::Mo),
            Op::SendAuthenticationInfo => (EventKind::Authenticate, Direction::None),
            Op::CancelLocation => (EventKind::Moved, Direction::None),
            Op::PurgeMs => (EventKind::Deregister, Direction::None),
            Op::CheckImei => (EventKind::EquipmentCheck, Direction::None),
            Op::SendRoutingInfo | Op::SendRoutingInfoForSm => (EventKind::RouteQuery, Direction::Mt),
            Op::AnyTimeInterrogation | Op::ProvideSubscriberInfo => (EventKind::Locate, Direction::Mt),
            Op::ProcessUnstructuredSsRequest => (EventKind::Ussd, Direction::Mo),
            Op::UnstructuredSsRequest | Op::UnstructuredSsNotify => (EventKind::Ussd, Direction::Mt),
            Op::RegisterSs | Op::EraseSs | Op::ActivateSs | Op::DeactivateSs => {
                (EventKind::SupplementaryService, Direction::Mo)
            }
            Op::ProvideRoamingNumber => (EventKind::CallAttempt, Direction::Mt),
            Op::MoForwardSm => (EventKind::SmsSubmit, Direction::Mo),
            Op::MtForwardSm => (EventKind::SmsDeliver, Direction::Mt),
            Op::ForwardSm => match read.sms_direction {
                Some(CallDirection::Originating) => (EventKind::SmsSubmit, Direction::Mo),
                Some(CallDirection::Terminating) => (EventKind::SmsDeliver, Direction::Mt),
                None => return None,
            },
            _ => return None,
        };
        let mut event = self.event(context, kind, direction, interface, &read.named);
        if event.imsi.is_none() && event.msisdn.is_none() && dialogue.imsi.is_some() {
            (event.imsi, event.resolved_by) = (dialogue.imsi, ResolvedBy::Dialogue);
        }
        match kind {
            EventKind::CallAttempt => {
                event.peer = read.named.calling.map(Peer::Number);
                Call::attempt(context, event, false);
                None
            }
            EventKind::SmsSubmit | EventKind::SmsDeliver => {
                event.peer = match direction {
                    Direction::Mo => read.named.called.map(Peer::Number),
                    _ => read.named.calling.map(Peer::Number),
                };
                if let Some(tpdu) = read.tpdu {
                    sms::fill(context, &mut event, tpdu);
                }
                Some(event)
            }
            _ => Some(event),
        }
    }

    fn cap_invoke(
        &self,
        context: &mut Context<'_>,
        dialogue: &mut Dialogue,
        operation: cap::Operation,
        read: &Read<'_>,
    ) {
        use cap::{BcsmEvent, Operation as Op};
        let (time, source) = (self.origin.time, self.origin.source);
        match operation {
            Op::InitialDp => {
                let terminating = read.extra.direction == Some(CallDirection::Terminating);
                let direction = if terminating { Direction::Mt } else { Direction::Mo };
                let mut event = self.event(context, EventKind::CallAttempt, direction, Interface::Cap, &read.named);
                let (own, peer) = match direction {
                    Direction::Mt => (read.named.called, read.named.calling),
                    _ => (read.named.calling, read.named.called),
                };
                event.peer = peer.map(Peer::Number);
                event.msisdn = event.msisdn.or_else(|| own?.international());
                dialogue.call = Some(Box::new(Call::attempt(context, event, true)));
            }
            Op::InitialDpSms => {
                let event = self.event(context, EventKind::SmsSubmit, Direction::Mo, Interface::Cap, &read.named);
                context.emit(Event { peer: read.named.called.map(Peer::Number), ..event });
            }
            Op::EventReportBcsm => {
                let Some(call) = &mut dialogue.call else { return };
                match read.extra.event {
                    Some(BcsmEvent::O_ANSWER | BcsmEvent::T_ANSWER) => call.answer(context, time, source),
                    Some(BcsmEvent::O_DISCONNECT | BcsmEvent::T_DISCONNECT) => {
                        call.end(context, time, source, Result::Unknown, None);
                    }
                    Some(BcsmEvent::O_CALLED_PARTY_BUSY | BcsmEvent::T_BUSY) => {
                        call.end(context, time, source, Result::Busy, None);
                    }
                    Some(
                        BcsmEvent::O_NO_ANSWER | BcsmEvent::T_NO_ANSWER | BcsmEvent::O_ABANDON | BcsmEvent::T_ABANDON,
                    ) => call.end(context, time, source, Result::NoAnswer, None),
                    Some(BcsmEvent::ROUTE_SELECT_FAILURE) => call.end(context, time, source, Result::Failure, None),
                    _ => {}
                }
            }
            Op::ReleaseCall => {
                if let Some(call) = &mut dialogue.call {
                    call.end(context, time, source, Result::Failure, None);
                }
            }
            _ => {}
        }
    }

    /// A result, error or reject came.
    fn concluded(
        &self,
        context: &mut Context<'_>,
        dialogue: &mut Dialogue,
        place: usize,
        read: Read<'_>,
        success: bool,
        last: bool,
    ) {
        let imsi = dialogue.imsi;
        let Some(invoke) = dialogue.invokes.get_mut(place) else { return };
        let known = read.named.imsi.or(invoke.named.imsi).or(imsi);
        if let (Some(imsi), Some(msisdn)) = (known, read.named.msisdn.or(invoke.named.msisdn)) {
            context.resolver.tie_msisdn(imsi, msisdn);
        }
        if let (Some(imsi), Some(cell)) = (known, read.named.cell) {
            context.resolver.tie_cell(imsi, cell, self.origin.time);
        }
        if !last {
            return;
        }
        let invoke = dialogue.invokes.remove(place);
        let Some(mut event) = invoke.event else { return };
        if event.imsi.is_none()
            && let Some(imsi) = known
        {
            (event.imsi, event.resolved_by) = (Some(imsi), ResolvedBy::Dialogue);
        }
        event.imei = event.imei.or(read.named.imei);
        event.cell = event.cell.or(read.named.cell);
        event.outcome = if success { Result::Success } else { Result::Failure };
        context.emit(*event);
    }
}

/// What the parameter of a component said.
#[derive(Default)]
struct Read<'a> {
    named: Named,
    extra: cap::CallExtra<'a>,
    tpdu: Option<&'a [u8]>,
    sms_direction: Option<CallDirection>,
}

impl<'a> Read<'a> {
    fn parameter(&mut self, operation: Operated, component: &Component<'a>) -> std::result::Result<(), DecodeError> {
        if component.parameter.is_empty() {
            return Ok(());
        }
        match (operation, component.kind) {
            (Operated::Map(operation), ComponentKind::Invoke) => {
                let mut extra = map::MapExtra::default();
                let result = map::argument(operation, component.parameter, &mut self.named, &mut extra);
                (self.tpdu, self.sms_direction) = (extra.tpdu, extra.direction);
                result
            }
            (Operated::Map(operation), ComponentKind::ReturnResultLast | ComponentKind::ReturnResultNotLast) => {
                map::result(operation, component.parameter, &mut self.named, &mut map::MapExtra::default())
            }
            (Operated::Cap(operation), ComponentKind::Invoke) => {
                cap::argument(operation, component.parameter, &mut self.named, &mut self.extra)
            }
            _ => Ok(()),
        }
    }

    /// Names the peer of a short message.
    fn peer(&mut self, context: &mut Context<'_>, origin: &Origin<'_>) {
        let (Some(octets), Some(direction)) = (self.tpdu, self.sms_direction) else { return };
        context.health.seen(Layer::Sms, octets.len());
        match Tpdu::parse(octets, direction) {
            Ok(tpdu) => {
                tpdu.name(&mut self.named);
                match tpdu.stop {
                    Some(error) => note(context, origin, error),
                    None => context.health.decoded(Layer::Sms),
                }
            }
            Err(error) => note(context, origin, error),
        }
    }
}

/// The interface of an operation (TS 29.002 §17.2, TS 23.002 §6.4).
fn map_interface(operation: map::Operation) -> Interface {
    use map::Operation as Op;
    match operation {
        Op::UpdateGprsLocation | Op::SendRoutingInfoForGprs | Op::NoteMsPresentForGprs | Op::FailureReport => {
            Interface::MapGr
        }
        Op::CheckImei => Interface::MapF,
        Op::MoForwardSm
        | Op::MtForwardSm
        | Op::ForwardSm
        | Op::SendRoutingInfoForSm
        | Op::ReportSmDeliveryStatus
        | Op::AlertServiceCentre
        | Op::InformServiceCentre => Interface::MapSms,
        Op::UpdateLocation
        | Op::CancelLocation
        | Op::PurgeMs
        | Op::InsertSubscriberData
        | Op::DeleteSubscriberData
        | Op::SendAuthenticationInfo
        | Op::SendRoutingInfo
        | Op::ProvideRoamingNumber
        | Op::ProvideSubscriberInfo
        | Op::RestoreData => Interface::MapD,
        _ => Interface::Map,
    }
}
