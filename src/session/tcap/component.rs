//! One message as its components are looked at: what is read, recorded, and what becomes of it.

use super::operation::map_interface;
use super::record::envelope;
use super::{Dialogue, Invoke, Operated, Read, note};
use crate::dissect::Transaction;
use crate::event::{Direction, Event, EventKind, Interface, ResolvedBy, Result, Source};
use crate::health::Layer;
use crate::identity::Imsi;
use crate::message::{Message, Operation, Protocol, Role};
use crate::session::{Context, Origin};
use crate::wire::ss7::family_of_ssn;
use crate::wire::ss7::tcap::{ApplicationContext, Component, ComponentKind, Family};
use crate::wire::ss7::{cap, map};
use crate::wire::{DecodeError, Named};

/// One message as its components are looked at.
pub(super) struct Seen<'s, 'a> {
    pub(super) origin: &'s Origin<'a>,
    pub(super) message: &'s Transaction<'a>,
    pub(super) repeat_of: Option<Source>,
    /// The subscriber that MAP-OPEN names.
    pub(super) opened: Option<Imsi>,
    /// The side that began the dialogue sent it.
    pub(super) from_first: bool,
}

impl Seen<'_, '_> {
    pub(super) fn components(&self, context: &mut Context<'_>, dialogue: &mut Dialogue) {
        let Self { origin, message, repeat_of, opened, .. } = *self;
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
            let exchange = dialogue.exchange;
            context.listener.message(&Message { named, exchange, ..envelope(origin, message, repeat_of, stop) });
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
        // A result answers an invoke of the other side.
        let answers = |invoke: &Invoke| invoke.id == component.invoke_id && invoke.from_first != self.from_first;
        let waiting = dialogue.invokes.iter().rposition(answers);
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
            let message = self.record(dialogue, component, operation, inferred, &read, defect);
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
        dialogue: &Dialogue,
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
            version: dialogue.context.map(|context| context.version),
            exchange: dialogue.exchange,
            named: read.named.clone(),
            cause: cause.map(i64::from),
            inferred,
            ..base
        }
    }

    pub(super) fn event(
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
        let invoke = Invoke {
            from_first: self.from_first,
            id: component.invoke_id,
            operation,
            event: event.map(Box::new),
            named: Box::new(read.named),
        };
        // Just made room where there was none.
        let _ = dialogue.invokes.try_push(invoke);
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
        // The invoke stays: its result may come again, on another leg.
        let Some(mut event) = invoke.event.take() else { return };
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
