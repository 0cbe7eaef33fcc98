//! One message as its components are looked at: what is read, recorded, and what becomes of it.

use super::record::{dotted, envelope};
use super::{Dialogue, Invoke, Operated, Read, note};
use crate::dissect::Transaction;
use crate::event::{Direction, Event, EventKind, Interface, ResolvedBy, Result, Source};
use crate::message::{Message, Operation, Role};
use crate::session::{Context, Origin};
use crate::wire::ss7::map;
use crate::wire::ss7::tcap::{Code, Component, ComponentKind, Family, Problem};
use crate::wire::{DecodeError, Named};

/// One message as its components are looked at.
pub(super) struct Seen<'s, 'a> {
    pub(super) origin: &'s Origin<'a>,
    pub(super) message: &'s Transaction<'a>,
    pub(super) repeat_of: Option<Source>,
    /// Whom MAP-OPEN names: the subscriber, and what is beside it.
    pub(super) opened: Named,
    /// The side that began the dialogue sent it.
    pub(super) from_first: bool,
    /// The application of other dialogues between its subsystems.
    pub(super) learned: Option<Family>,
}

impl Seen<'_, '_> {
    pub(super) fn components(&self, context: &mut Context<'_>, dialogue: &mut Dialogue) {
        let Self { origin, message, repeat_of, ref opened, .. } = *self;
        let mut empty = true;
        let mut stop = message.tcap.stop;
        for component in message.tcap.components {
            match component {
                Ok(component) => {
                    self.component(context, dialogue, &component, empty);
                    empty = false;
                }
                Err(error) => stop = stop.or(Some(error)),
            }
        }
        if let Some(error) = stop.filter(|_| message.tcap.stop.is_none()) {
            note(context, origin, error);
        }
        if empty && context.listener.wants_messages() {
            let named = opened.clone();
            let exchange = dialogue.exchange;
            context.listener.message(&Message { named, exchange, ..envelope(origin, message, repeat_of, stop) });
        }
    }

    fn component(&self, context: &mut Context<'_>, dialogue: &mut Dialogue, component: &Component<'_>, is_first: bool) {
        let Self { origin, repeat_of, .. } = *self;
        // A result answers an invoke of the other side.
        let answers = |invoke: &Invoke| invoke.id == component.invoke_id && invoke.from_first != self.from_first;
        let waiting = dialogue.invokes.iter().rposition(answers);
        let is_invoke = component.kind == ComponentKind::Invoke;
        let own_code = matches!(
            component.kind,
            ComponentKind::Invoke | ComponentKind::ReturnResultLast | ComponentKind::ReturnResultNotLast
        );
        let (operation, inferred) = match (component.code.filter(|_| own_code), waiting) {
            (Some(code), _) => self.operation(dialogue, component, code),
            (None, Some(place)) => {
                let known = dialogue.invokes.get(place).map(|invoke| invoke.operation);
                (known.unwrap_or(Operated::Unknown(None)), false)
            }
            (None, None) => (Operated::Unknown(None), true),
        };
        let mut read = Read::default();
        let defect = read.parameter(operation, component).err();
        if let Some(error) = defect {
            note(context, origin, error.at(component.parameter_offset));
        }
        read.peer(context, origin);
        read.access(context, origin);
        if let Some(imsi) = self.opened.imsi {
            read.named.imsi(imsi);
        }
        if is_first {
            self.opened.more.iter().for_each(|further| read.named.further(*further));
        }
        if let Some(layer) = operation.layer() {
            context.health.seen(layer, component.parameter.len());
            if defect.is_none() {
                context.health.decoded(layer);
            }
        }
        if context.listener.wants_messages() {
            let global = global_code(component);
            let mut message = self.record(dialogue, component, operation, inferred, &mut read, defect);
            if let Some(oid) = &global {
                message.operation = Operation::Text(oid.as_bytes());
            }
            context.listener.message(&message);
            read.named = message.named;
        }
        if repeat_of.is_some() || self.message.returned.is_some() {
            return;
        }
        dialogue.imsi = dialogue.imsi.or(read.named.imsi);
        if is_invoke {
            self.invoked(context, dialogue, component, operation, &read);
        } else if let Some(place) = waiting {
            let last = component.kind != ComponentKind::ReturnResultNotLast;
            let success = own_code;
            self.concluded(context, dialogue, place, &read, success, last);
        }
    }

    /// The record of a component; what it names goes into it.
    fn record<'a>(
        &'a self,
        dialogue: &Dialogue,
        component: &Component<'_>,
        operation: Operated,
        inferred: bool,
        read: &mut Read<'_>,
        defect: Option<DecodeError>,
    ) -> Message<'a> {
        let base = envelope(self.origin, self.message, self.repeat_of, defect.or(self.message.tcap.stop));
        let (protocol, interface, operation) = operation.words(self);
        let role = match component.kind {
            ComponentKind::Invoke => Role::Invoke,
            ComponentKind::ReturnResultLast => Role::Result,
            ComponentKind::ReturnResultNotLast => Role::ResultNotLast,
            ComponentKind::ReturnError => Role::Error,
            ComponentKind::Reject => Role::Reject,
        };
        let error = matches!(component.kind, ComponentKind::ReturnError)
            .then(|| component.code.and_then(|code| code.number()))
            .flatten()
            .or(component.problem.map(Problem::code));
        let returned = self.message.returned;
        let cause = returned.map(i32::from).or(error).or(read.extra.release_cause.map(i32::from));
        Message {
            protocol,
            interface,
            operation,
            role: if returned.is_some() { Role::Service } else { role },
            version: dialogue.context.map(|context| context.version).filter(|version| *version > 0),
            exchange: dialogue.exchange,
            named: std::mem::take(&mut read.named),
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
            event.serving_node = Some(context.names.written(node));
        }
        event
    }

    fn invoked(
        &self,
        context: &mut Context<'_>,
        dialogue: &mut Dialogue,
        component: &Component<'_>,
        operation: Operated,
        read: &Read<'_>,
    ) {
        let mut event = None;
        match operation {
            Operated::Map(operation) => event = self.map_invoke(context, dialogue, operation, read),
            Operated::Cap(operation) => self.cap_invoke(context, dialogue, operation, read),
            Operated::Inap(operation) => self.inap_invoke(context, dialogue, operation, read),
            Operated::AnsiMap(operation) => event = self.ansi_map_invoke(context, operation, read),
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
            imsi: read.named.imsi,
            msisdn: read.named.msisdn,
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
        read: &Read<'_>,
        success: bool,
        last: bool,
    ) {
        let imsi = dialogue.imsi;
        let Some(invoke) = dialogue.invokes.get_mut(place) else { return };
        let known = read.named.imsi.or(invoke.imsi).or(imsi);
        if let (Some(imsi), Some(msisdn)) = (known, read.named.msisdn.or(invoke.msisdn)) {
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

/// A global operation code as people write it.
fn global_code(component: &Component<'_>) -> Option<String> {
    match component.code? {
        Code::Global(oid) if component.kind != ComponentKind::ReturnError => Some(dotted(oid)),
        _ => None,
    }
}
