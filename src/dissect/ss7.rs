//! SS7 and what carries it: from M3UA down to the TCAP message.

use super::{Count, Dissected};
use crate::health::{Example, Health, Layer};
use crate::wire::sigtran::m3ua::M3ua;
use crate::wire::ss7::sccp::Address;
use crate::wire::ss7::{Sccp, Tcap};

/// MTP3 user SCCP (Q.704 §14.2.1).
const SERVICE_SCCP: u8 = 3;

/// The routing label of a message signal unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Route {
    /// Originating point code.
    pub opc: u32,
    /// Destination point code.
    pub dpc: u32,
}

/// A TCAP message with the addresses around it.
#[derive(Debug, Clone)]
pub struct Transaction<'a> {
    /// The routing label.
    pub route: Route,
    /// Calling party address.
    pub calling: Address<'a>,
    /// Called party address.
    pub called: Address<'a>,
    /// The return cause, when SCCP sent it back.
    pub returned: Option<u8>,
    /// The message.
    pub tcap: Tcap<'a>,
    /// Its octets.
    pub octets: &'a [u8],
}

pub(super) fn m3ua<'a>(octets: &'a [u8], count: &mut Count<'_>) -> Dissected<'a> {
    let message = match M3ua::parse(octets) {
        Ok(message) => message,
        Err(error) => {
            count.layer(Layer::M3ua, octets.len(), Some(error));
            return Dissected::Nothing;
        }
    };
    count.layer(Layer::M3ua, octets.len(), message.stop);
    let Some(data) = message.data else { return Dissected::Nothing };
    if data.si != SERVICE_SCCP {
        let user = match data.si {
            0..=2 => "signalling network management",
            5 => "ISUP",
            13 => "BICC",
            _ => "MTP3 user that is not read",
        };
        count.unread(Layer::Mtp3, data.user_data.len(), user);
        return Dissected::Nothing;
    }
    let route = Route { opc: data.opc, dpc: data.dpc };
    sccp(route, data.user_data, count)
}

pub(super) fn sccp<'a>(route: Route, octets: &'a [u8], count: &mut Count<'_>) -> Dissected<'a> {
    let message = match Sccp::parse(octets) {
        Ok(message) => message,
        Err(error) => {
            count.layer(Layer::Sccp, octets.len(), Some(error));
            return Dissected::Nothing;
        }
    };
    count.layer(Layer::Sccp, octets.len(), message.stop);
    if message.segmentation.is_some_and(|segmentation| !(segmentation.first && segmentation.remaining == 0)) {
        return Dissected::Segment(route, message);
    }
    let Count { health, example, truncated } = count;
    match transaction(route, &message, message.data, *truncated, example.clone(), health) {
        Some(transaction) => Dissected::Transaction(transaction),
        None => Dissected::Nothing,
    }
}

/// The TCAP message in the data of an SCCP message; `data` may have been put together from segments.
pub fn transaction<'a>(
    route: Route,
    sccp: &Sccp<'a>,
    data: &'a [u8],
    truncated: bool,
    example: Example,
    health: &mut Health,
) -> Option<Transaction<'a>> {
    let mut count = Count { health, example, truncated };
    // Subsystem 1 is SCCP management (Q.714 §5), 142 RANAP, 254 BSSAP.
    let ssn = sccp.called.ssn.or(sccp.calling.ssn);
    if let Some(1 | 142 | 252 | 254) = ssn {
        count.unread(Layer::Payload, data.len(), "SCCP subsystem that is not read");
        return None;
    }
    match Tcap::parse(data) {
        Ok(tcap) => {
            count.layer(Layer::Tcap, data.len(), tcap.stop);
            let returned = sccp.return_cause;
            Some(Transaction { route, calling: sccp.calling, called: sccp.called, returned, tcap, octets: data })
        }
        Err(error) => {
            count.layer(Layer::Tcap, data.len(), Some(error));
            None
        }
    }
}
