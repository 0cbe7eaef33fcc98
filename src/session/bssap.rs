//! The A interface (TS 48.008): its messages as records, and what they say of the mobile to `access`.

use super::access::{Access, Handover, Link};
use super::connection::Carried;
use super::temporary::{System, Temporary};
use super::{Context, Origin, status};
use crate::dissect::BssapMessage;
use crate::event::{Interface, Rat, Result as Outcome};
use crate::message::{Message, Operation, Protocol};
use crate::wire::layer3::Layer3;
use crate::wire::ss7::bssap::{Bssmap, MessageType};
use crate::wire::{DecodeError, Identity, Named};

/// Radio interface message: handover successful (TS 48.008 §3.2.2.5).
const HANDOVER_SUCCESSFUL: u8 = 0x0b;

/// Takes a message of a connection, or one without.
pub(super) fn consume(
    context: &mut Context<'_>,
    access: &mut Access,
    origin: &Origin<'_>,
    carried: &Carried<'_>,
    message: &BssapMessage<'_>,
) {
    if context.listener.wants_messages() {
        if let Some(bssmap) = &message.bssmap {
            context.listener.message(&record_of_bssmap(origin, carried, bssmap, message.uplink));
        }
        if let Some(layer3) = &message.layer3 {
            context.listener.message(&record(origin, carried, Interface::A, layer3, message.uplink));
        }
    }
    if carried.repeat_of.is_some() || carried.returned {
        return;
    }
    let Some(key) = carried.connection else {
        if let Some(bssmap) = &message.bssmap
            && bssmap.message_type == MessageType::PAGING
        {
            let area = bssmap.named.cell;
            let temporary = bssmap.named.tmsi.map(|tmsi| Temporary::in_area(System::Circuit, tmsi, area));
            access.page(context, origin, (Interface::A, Rat::Geran), &bssmap.named, temporary);
        }
        return;
    };
    let link = Link { key, interface: Interface::A, rat: Rat::Geran };
    if let Some(bssmap) = &message.bssmap {
        management(context, access, origin, link, bssmap);
    }
    if let Some(Ok(layer3)) = &message.layer3 {
        access.layer3(context, origin, link, message.uplink, layer3);
    }
    if message.bssmap.as_ref().is_some_and(|bssmap| bssmap.message_type == MessageType::CLEAR_COMPLETE) {
        access.release(context, origin, key);
    }
}

fn management(context: &mut Context<'_>, access: &mut Access, origin: &Origin<'_>, link: Link, message: &Bssmap<'_>) {
    let here = match message.message_type {
        MessageType::COMPLETE_LAYER_3_INFORMATION
        | MessageType::HANDOVER_PERFORMED
        | MessageType::PERFORM_LOCATION_REQUEST => message.cell,
        // The cell that serves, then the target, which is where this connection will be.
        MessageType::HANDOVER_REQUEST => message.named.more.iter().rev().find_map(|identity| match identity {
            Identity::Cell(cell) => Some(*cell),
            _ => None,
        }),
        _ => None,
    };
    let Named { imsi, imei, .. } = message.named;
    if here.is_some() || imsi.is_some() || imei.is_some() {
        let named = Named { imsi, imei, cell: here, ..Named::default() };
        access.names(context, origin, link, &named);
    }
    if let (Some(imsi), Some(msisdn)) = (imsi, message.named.msisdn) {
        context.resolver.tie_msisdn(imsi, msisdn);
    }
    let failed = message.cause.map_or(Outcome::Success, |_| Outcome::Failure);
    match message.message_type {
        MessageType::PERFORM_LOCATION_REQUEST => access.locate(context, origin, link, None),
        MessageType::PERFORM_LOCATION_RESPONSE => access.locate(context, origin, link, Some(failed)),
        _ => {}
    }
    let step = match (message.message_type, message.cause) {
        (MessageType::HANDOVER_REQUIRED, _) => Handover::Asked,
        (MessageType::HANDOVER_PERFORMED, _) | (MessageType::CLEAR_COMMAND, Some(HANDOVER_SUCCESSFUL)) => {
            Handover::Done
        }
        (MessageType::HANDOVER_FAILURE | MessageType::HANDOVER_REQUIRED_REJECT, _) => Handover::Failed,
        _ => return,
    };
    access.handover(context, origin, link, step);
}

fn record_of_bssmap<'a>(
    origin: &Origin<'a>,
    carried: &Carried<'a>,
    message: &Bssmap<'_>,
    uplink: Option<bool>,
) -> Message<'a> {
    let name = message.message_type.name();
    Message {
        protocol: Protocol::Bssap,
        interface: Some(Interface::A),
        operation: name.map_or(Operation::Code(i64::from(message.message_type.0)), Operation::Name),
        named: message.named.clone(),
        cause: message.cause.map(i64::from),
        status: status(message.stop),
        ..carried.record(origin, uplink)
    }
}

/// The record of a layer 3 message, whatever carries it.
pub(super) fn record<'a>(
    origin: &Origin<'a>,
    carried: &Carried<'a>,
    interface: Interface,
    message: &Result<Layer3<'_>, DecodeError>,
    uplink: Option<bool>,
) -> Message<'a> {
    record_of_layer3(Message { interface: Some(interface), ..carried.record(origin, uplink) }, message)
}

/// The record of a layer 3 message beside that of the message which it lies in.
pub(super) fn record_of_layer3<'a>(beside: Message<'a>, message: &Result<Layer3<'_>, DecodeError>) -> Message<'a> {
    let base = Message { protocol: Protocol::Dtap, operation: Operation::Unknown, ..beside };
    match message {
        Ok(message) => Message {
            operation: Operation::Name(message.name),
            named: message.named.clone(),
            cause: message.cause.map(i64::from),
            status: status(message.stop),
            ..base
        },
        Err(error) => Message { status: status(Some(*error)), ..base },
    }
}
