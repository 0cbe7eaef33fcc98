//! GTP and PFCP: the control plane read, the user plane and charging records counted.

use super::{Count, Dissected};
use crate::health::Layer;
use crate::wire::DecodeError;
use crate::wire::gtp::{Gtp, Version};
use crate::wire::pfcp::Pfcp;

/// Control plane of the versions 1 and 2.
const CONTROL: u16 = 2123;
/// User plane of version 1.
const USER: u16 = 2152;
/// Version 0, and GTP'.
const VERSION_0: u16 = 3386;
/// Session management between control and user plane (PFCP).
const PFCP: u16 = 8805;
/// A packet of the subscriber, in any version.
const T_PDU: u8 = 255;
/// Messages in one datagram: the second is piggybacked on the first, and no third may be (TS 29.274 §5.5.1).
const MESSAGES: usize = 2;

/// A GTP-C message.
#[derive(Debug, Clone)]
pub struct GtpMessage<'a> {
    /// The message with what it says.
    pub message: Gtp<'a>,
    /// Its octets, and those of messages behind it.
    pub octets: &'a [u8],
}

/// What a datagram of these ports is; `None` where the ports are others.
pub(super) fn datagram<'a>(ports: [u16; 2], octets: &'a [u8], count: &mut Count<'_>) -> Option<Dissected<'a>> {
    let version = octets.first().map_or(7, |flags| flags >> 5);
    let is_prime = octets.first().is_some_and(|flags| flags & 0x10 == 0);
    let between = |port| ports.contains(&port);
    if between(CONTROL) && matches!(version, 1 | 2) || between(VERSION_0) && version <= 2 {
        if version < 2 && octets.get(1) == Some(&T_PDU) && !is_prime {
            count.unread(Layer::Gtp, octets.len(), "user plane");
            return Some(Dissected::Nothing);
        }
        if is_prime && (between(VERSION_0) || version == 1) {
            count.unread(Layer::Gtp, octets.len(), "GTP' (charging records)");
            return Some(Dissected::Nothing);
        }
        return Some(messages(octets, count));
    }
    if between(USER) && version == 1 {
        count.unread(Layer::Gtp, octets.len(), "user plane");
        return Some(Dissected::Nothing);
    }
    if between(PFCP) && version == 1 {
        return Some(pfcp(octets, count));
    }
    None
}

/// A message between control and user plane.
pub(super) fn pfcp<'a>(octets: &'a [u8], count: &mut Count<'_>) -> Dissected<'a> {
    match Pfcp::parse(octets) {
        Ok(message) => {
            count.layer(Layer::Pfcp, octets.len(), message.stop);
            Dissected::Pfcp(message)
        }
        Err(error) => {
            count.layer(Layer::Pfcp, octets.len(), Some(error));
            Dissected::Nothing
        }
    }
}

pub(super) fn messages<'a>(octets: &'a [u8], count: &mut Count<'_>) -> Dissected<'a> {
    let Some(first) = message(octets, count) else { return Dissected::Nothing };
    let mut more = Vec::new();
    let mut behind = first.message.piggybacked;
    while let Some(octets) = behind {
        if more.len().saturating_add(1) >= MESSAGES {
            count.also(DecodeError::limit(Layer::Gtp, 0, "more than one piggybacked message"));
            break;
        }
        let Some(next) = message(octets, count) else { break };
        behind = next.message.piggybacked;
        more.push(next);
    }
    Dissected::Gtp(first, more)
}

fn message<'a>(octets: &'a [u8], count: &mut Count<'_>) -> Option<GtpMessage<'a>> {
    match Gtp::parse(octets) {
        Ok(message) => {
            let behind = message.piggybacked.map_or(0, <[u8]>::len);
            let own = octets.len().saturating_sub(behind);
            let unknown = DecodeError::unsupported(Layer::Gtp, 1, "message type", u32::from(message.message_type));
            let stop = message.stop.or_else(|| message.message().is_none().then_some(unknown));
            count.layer(Layer::Gtp, own, stop);
            Some(GtpMessage { message, octets })
        }
        Err(error) => {
            count.layer(Layer::Gtp, octets.len(), Some(error));
            None
        }
    }
}

impl GtpMessage<'_> {
    /// The protocol in records.
    pub fn protocol(&self) -> crate::message::Protocol {
        use crate::message::Protocol;
        match self.message.version {
            Version::V0 => Protocol::Gtpv0,
            Version::V1 => Protocol::Gtpv1,
            Version::V2 => Protocol::Gtpv2,
        }
    }
}
