//! PFCP: whose session it is. No events: the control plane's own messages (GTP-C, service based interfaces) tell what
//! happens; here its user plane is told to follow.

use super::aging::Aging;
use super::{Context, Origin, status};
use crate::event::Interface;
use crate::health::{Layer, Outcome};
use crate::message::{Dialogue, Exchange, Message, Operation, Party, Protocol, Role};
use crate::time::{DAY, MINUTE};
use crate::wire::pfcp::{Pfcp, message};
use std::net::IpAddr;

/// Sessions that are known at the same time, and how long without messages.
const SESSIONS: usize = 1 << 20;
const KEEP: i64 = DAY;
/// Requests that wait for their answer.
const PENDING: usize = 1 << 16;
const WAIT: i64 = MINUTE;

/// A request: who sent it to whom, and its number.
type Key = (IpAddr, u16, IpAddr, u16, u32);

/// All sessions.
#[derive(Debug)]
pub(super) struct UserPlane {
    by_seid: Aging<(IpAddr, u64), Exchange>,
    pending: Aging<Key, Exchange>,
}

impl Default for UserPlane {
    fn default() -> Self {
        Self { by_seid: Aging::new(SESSIONS, KEEP), pending: Aging::new(PENDING, WAIT) }
    }
}

impl UserPlane {
    pub(super) fn pass(&mut self, context: &mut Context<'_>, now: i64) {
        for _ in self.by_seid.pass(now) {
            context.health.note(Layer::Pfcp, Outcome::Evicted, "session without news", None);
        }
        self.pending.pass(now);
    }

    pub(super) fn consume(&mut self, context: &mut Context<'_>, origin: &Origin<'_>, what: &Pfcp) {
        let flow = origin.flow;
        // Requests have odd numbers up to Association Release, even ones from Node Report on (table 7.3-1).
        let is_request = match what.message_type {
            12.. => what.message_type.is_multiple_of(2),
            kind => !kind.is_multiple_of(2) && kind != 11,
        };
        let exchange = self.exchange(origin, what, is_request);
        if let Some(imsi) = what.named.imsi {
            if let Some(msisdn) = what.named.msisdn {
                context.resolver.tie_msisdn(imsi, msisdn);
            }
            if let Some(imei) = what.named.imei {
                context.resolver.tie_imei(imsi, imei);
            }
        }
        if !context.listener.wants_messages() {
            return;
        }
        let seid = what.seid.map(|seid| format!("seid={seid:016x}"));
        context.listener.message(&Message {
            source: origin.source,
            frames: origin.frames,
            time: origin.time,
            protocol: Protocol::Pfcp,
            interface: Some(Interface::N4),
            operation: match message(what.message_type) {
                Some(name) => Operation::Name(name),
                None => Operation::Code(i64::from(what.message_type)),
            },
            version: None,
            role: if is_request { Role::Request } else { Role::Answer },
            dialogue: seid.as_ref().map_or(Dialogue::None, |seid| Dialogue::Text(seid.as_bytes())),
            exchange,
            calling: Party::Address(flow.src),
            called: Party::Address(flow.dst),
            named: what.named.clone(),
            cause: what.cause.map(i64::from),
            inferred: false,
            repeat_of: None,
            status: status(what.stop),
        });
    }

    /// The session of a message: that of the request, where it answers; that of the receiver's SEID; else a new one.
    fn exchange(&mut self, origin: &Origin<'_>, what: &Pfcp, is_request: bool) -> Exchange {
        let flow = origin.flow;
        let Some(seid) = what.seid else { return Exchange::NONE };
        let asked = (flow.dst, flow.dst_port, flow.src, flow.src_port, what.sequence);
        let answered = if is_request { None } else { self.pending.remove(&asked) };
        let known = answered.or_else(|| self.by_seid.get_mut(&(flow.dst, seid)).copied().filter(|_| seid != 0));
        let new = || Exchange::of(Protocol::Pfcp, (origin.source.file, origin.source.frame, what.sequence));
        let exchange = known.unwrap_or_else(new);
        if known.is_none() && seid != 0 {
            self.by_seid.insert((flow.dst, seid), exchange);
        }
        if let Some(own) = what.own_seid {
            self.by_seid.insert((flow.src, own), exchange);
        }
        if is_request {
            let own = (flow.src, flow.src_port, flow.dst, flow.dst_port, what.sequence);
            self.pending.insert(own, exchange);
        }
        exchange
    }
}

#[cfg(test)]
mod tests {
    use crate::message::Exchange;
    use crate::reassembly::Carrier;
    use crate::session::testing::{octets, run};

    #[test]
    fn a_session_is_followed_by_its_identifiers() {
        let of = |hex: &str| octets(hex);
        let (seen, _) = run(
            Carrier::Udp,
            [8805, 8805],
            &[
                (true, of("2001 0004 000001 00")),
                (
                    true,
                    of(
                        "2132 002b 0000000000000000 000002 00 0039000d 02 0000000000000005 c0000201 008d000a 01 08 0001113254 7698f0",
                    ),
                ),
                (false, of("2133 0022 0000000000000005 000002 00 00130001 01 0039000d 02 0000000000000006 c0000202")),
                (true, of("2136 000c 0000000000000006 000003 00")),
                (false, of("2137 0011 0000000000000005 000003 00 00130001 01")),
            ],
        );
        assert_eq!(seen.messages[1].named.imsi.unwrap().to_string(), "001011234567890");
        assert_eq!(seen.messages[0].exchange, Exchange::NONE);
        assert!(seen.messages[2..].iter().all(|row| row.exchange == seen.messages[1].exchange));
        assert_eq!(seen.messages[3].text, "pfcp PFCP Session Deletion Request request seid=0000000000000006");
        assert!(seen.events.is_empty());
    }
}
