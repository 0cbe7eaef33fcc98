//! SGs (TS 29.118): its messages as records, and what they say of the mobile to `access`.
//!
//! There is no connection: every message of a UE names its IMSI, which is the exchange.

use super::access::{Access, Link};
use super::bssap::record_of_layer3;
use super::temporary::{System, Temporary};
use super::{Context, Origin, status};
use crate::dissect::SgsMessage;
use crate::event::{Interface, Rat};
use crate::message::{Dialogue, Exchange, Message, Operation, Party, Protocol, Role};
use crate::wire::Named;
use crate::wire::layer3::{Layer3, Step};
use crate::wire::sgsap::{MessageType, Sgsap};

/// Takes a message.
pub(super) fn consume(context: &mut Context<'_>, access: &mut Access, origin: &Origin<'_>, message: &SgsMessage<'_>) {
    let SgsMessage { sgsap, layer3 } = message;
    let key = sgsap.named.imsi.map_or(Exchange::NONE, |imsi| Exchange::of(Protocol::Sgsap, imsi));
    if context.listener.wants_messages() {
        let record = record(origin, sgsap, key);
        context.listener.message(&record);
        if let Some(layer3) = layer3 {
            let (named, cause) = (Named::default(), None);
            context.listener.message(&record_of_layer3(Message { named, cause, ..record }, layer3));
        }
    }
    if key == Exchange::NONE {
        return;
    }
    let link = Link { key, interface: Interface::Sgs, rat: Rat::Eutran };
    let Named { imsi, imei, cell, tmsi, .. } = sgsap.named;
    let here = cell.filter(|cell| cell.is_cell());
    let own = Named { imsi, imei, cell: here, ..Named::default() };
    match sgsap.message_type {
        MessageType::PAGING_REQUEST => {
            let temporary = tmsi.map(|tmsi| Temporary::in_area(System::Circuit, tmsi, cell));
            access.page(context, origin, (link.interface, link.rat), &own, temporary);
            return;
        }
        _ => access.names(context, origin, link, &own),
    }
    if let Some(step) = step(sgsap.message_type) {
        let named = Named { tmsi, cell: cell.filter(|cell| !cell.is_cell()), ..own };
        let cause = sgsap.cause;
        let name = sgsap.message_type.name().unwrap_or_default();
        let told = Layer3 { named, cause, ..Layer3::new(name, step) };
        access.layer3(context, origin, link, sgsap.message_type.uplink(), &told);
    }
    if let Some(Ok(layer3)) = layer3 {
        access.layer3(context, origin, link, sgsap.message_type.uplink(), layer3);
    }
    if sgsap.message_type == MessageType::RELEASE_REQUEST {
        access.release(context, origin, key);
    }
}

/// What a message does to the registration of the UE in the circuit-switched network.
fn step(message_type: MessageType) -> Option<Step> {
    Some(match message_type {
        MessageType::LOCATION_UPDATE_REQUEST => Step::Register { periodic: false },
        MessageType::LOCATION_UPDATE_ACCEPT => Step::Registered,
        MessageType::LOCATION_UPDATE_REJECT => Step::RegistrationRejected,
        MessageType::TMSI_REALLOCATION_COMPLETE => Step::ReallocationComplete,
        MessageType::SERVICE_REQUEST => Step::PagingResponse,
        MessageType::EPS_DETACH_INDICATION | MessageType::IMSI_DETACH_INDICATION => Step::Deregister,
        _ => return None,
    })
}

fn record<'a>(origin: &Origin<'a>, sgsap: &Sgsap<'_>, exchange: Exchange) -> Message<'a> {
    let name = sgsap.message_type.name();
    Message {
        source: origin.source,
        frames: origin.frames,
        time: origin.time,
        protocol: Protocol::Sgsap,
        interface: Some(Interface::Sgs),
        operation: name.map_or(Operation::Code(i64::from(sgsap.message_type.0)), Operation::Name),
        version: None,
        role: match sgsap.message_type.uplink() {
            Some(true) => Role::Uplink,
            Some(false) => Role::Downlink,
            None => Role::Undirected,
        },
        dialogue: Dialogue::None,
        exchange,
        calling: Party::Address(origin.flow.src),
        called: Party::Address(origin.flow.dst),
        named: sgsap.named.clone(),
        cause: sgsap.cause.map(i64::from),
        inferred: false,
        repeat_of: None,
        status: status(sgsap.stop),
    }
}
