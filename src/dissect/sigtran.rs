//! SS7 over IP: M3UA, M2UA, M2PA and SUA.

use super::ss7::{self, Route};
use super::variant::of_point_codes;
use super::{Count, Dissected, mtp};
use crate::health::Layer;
use crate::wire::sigtran::m2pa::Content;
use crate::wire::sigtran::{M2pa, M2ua, M3ua, Sua, sua as sua_wire};
use crate::wire::ss7::Sccp;
use crate::wire::ss7::sccp::{Address, GlobalTitle, MessageType, Segmentation};

pub(super) fn m3ua<'a>(octets: &'a [u8], count: &mut Count<'_>) -> Dissected<'a> {
    let message = match M3ua::parse(octets) {
        Ok(message) => message,
        Err(error) => {
            count.layer(Layer::M3ua, octets.len(), Some(error));
            return Dissected::Nothing;
        }
    };
    count.layer(Layer::M3ua, octets.len(), message.stop);
    if let Some(msu) = message.msu {
        return mtp::mtp3(msu.octets, count);
    }
    let Some(data) = message.data else {
        count.named(Layer::M3ua, message.name());
        return Dissected::Nothing;
    };
    let variant = count.settings.ss7.unwrap_or_else(|| of_point_codes(data.opc, data.dpc, data.si, data.user_data));
    let route = Route {
        opc: Some(variant.point_code(data.opc)),
        dpc: Some(variant.point_code(data.dpc)),
        network: data.ni,
        variant,
    };
    mtp::user(route, data.si, data.user_data, count)
}

pub(super) fn m2ua<'a>(octets: &'a [u8], count: &mut Count<'_>) -> Dissected<'a> {
    match M2ua::parse(octets) {
        Ok(message) => {
            count.layer(Layer::M2ua, octets.len(), message.stop);
            if let Some(msu) = message.msu {
                return mtp::mtp3(msu.octets, count);
            }
            count.named(Layer::M2ua, message.name());
        }
        Err(error) => count.layer(Layer::M2ua, octets.len(), Some(error)),
    }
    Dissected::Nothing
}

pub(super) fn m2pa<'a>(octets: &'a [u8], count: &mut Count<'_>) -> Dissected<'a> {
    match M2pa::parse(octets) {
        Ok(message) => {
            count.layer(Layer::M2pa, octets.len(), message.stop);
            if let Content::UserData(Some(msu)) = message.content {
                return mtp::mtp3(msu.octets, count);
            }
            count.named(Layer::M2pa, message.name());
        }
        Err(error) => count.layer(Layer::M2pa, octets.len(), Some(error)),
    }
    Dissected::Nothing
}

/// SUA tells what SCCP would: its messages are handed on as those of SCCP.
pub(super) fn sua<'a>(octets: &'a [u8], count: &mut Count<'_>) -> Dissected<'a> {
    let message = match Sua::parse(octets) {
        Ok(message) => message,
        Err(error) => {
            count.layer(Layer::Sua, octets.len(), Some(error));
            return Dissected::Nothing;
        }
    };
    count.layer(Layer::Sua, octets.len(), message.stop);
    match as_sccp(&message) {
        Some(sccp) if sccp.is_connection() => Dissected::Connection(Route::NONE, sccp, count.truncated),
        Some(sccp) => ss7::connectionless(Route::NONE, sccp, count),
        None => {
            count.named(Layer::Sua, message.name());
            Dissected::Nothing
        }
    }
}

/// The message of SCCP that a message of SUA stands for (RFC 3868 §1.6).
fn as_sccp<'a>(message: &Sua<'a>) -> Option<Sccp<'a>> {
    let message_type = match message.message_type {
        sua_wire::MessageType::CLDT => MessageType::XUDT,
        sua_wire::MessageType::CLDR => MessageType::XUDTS,
        sua_wire::MessageType::CORE => MessageType::CR,
        sua_wire::MessageType::COAK => MessageType::CC,
        sua_wire::MessageType::COREF => MessageType::CREF,
        sua_wire::MessageType::RELRE => MessageType::RLSD,
        sua_wire::MessageType::RELCO => MessageType::RLC,
        sua_wire::MessageType::RESRE => MessageType::RSR,
        sua_wire::MessageType::RESCO => MessageType::RSC,
        sua_wire::MessageType::CODT => MessageType::DT1,
        sua_wire::MessageType::CODA => MessageType::AK,
        sua_wire::MessageType::COERR => MessageType::ERR,
        sua_wire::MessageType::COIT => MessageType::IT,
        _ => return None,
    };
    let returned = message.cause.filter(|_| message_type == MessageType::XUDTS);
    Some(Sccp {
        message_type,
        protocol_class: message.protocol_class.map(|class| class & 0x0f),
        return_cause: returned.map(|cause| cause.value),
        cause: message.cause.map(|cause| cause.value).filter(|_| returned.is_none()),
        hop_counter: message.hop_counter,
        destination: message.destination_reference,
        source: message.source_reference,
        more: message.more_data,
        called: address(&message.destination),
        calling: address(&message.source),
        data: message.data,
        data_offset: message.data_offset,
        segmentation: message.segmentation.map(|segmentation| Segmentation {
            first: segmentation.first,
            class: message.protocol_class.unwrap_or(0) & 0x01,
            remaining: segmentation.remaining,
            local_reference: segmentation.reference,
        }),
        importance: message.importance,
        stop: message.stop,
    })
}

fn address<'a>(address: &sua_wire::Address<'a>) -> Address<'a> {
    Address {
        routing_on_gt: address.routing_indicator == 1,
        point_code: address.point_code,
        ssn: address.ssn,
        global_title: address.global_title.map(|title| GlobalTitle {
            gti: title.gti,
            translation_type: Some(title.translation_type).filter(|_| matches!(title.gti, 2..=4)),
            numbering_plan: Some(title.numbering_plan).filter(|_| matches!(title.gti, 3 | 4)),
            encoding_scheme: None,
            nature: Some(title.nature).filter(|_| matches!(title.gti, 1 | 4)),
            digits: title.digits,
        }),
        raw: address.raw,
    }
}
