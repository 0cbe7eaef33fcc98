//! SCCP and what lies in it, down to the TCAP message.

use super::{Count, Dissected, Settings};
use crate::health::{Example, Health, Layer};
use crate::identity::PointCode;
use crate::wire::sigtran::Variant;
use crate::wire::ss7::sccp::Address;
use crate::wire::ss7::{Sccp, Tcap};

/// The routing label of a message signal unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Route {
    /// Originating point code; `None` where nothing carried a routing label.
    pub opc: Option<PointCode>,
    /// Destination point code.
    pub dpc: Option<PointCode>,
    /// Network indicator.
    pub network: u8,
    /// Whose MTP3 it is: how the point codes in SCCP addresses are to be read, too.
    pub variant: Variant,
}

impl Route {
    /// Of a message that came without a routing label.
    pub const NONE: Self = Self { opc: None, dpc: None, network: 0, variant: Variant::Itu };

    /// The originating point code as a number, for keys; no point code has the one of none.
    pub fn from(&self) -> u32 {
        self.opc.map_or(u32::MAX, PointCode::value)
    }

    /// The destination point code as a number.
    pub fn to(&self) -> u32 {
        self.dpc.map_or(u32::MAX, PointCode::value)
    }

    /// A point code that stands in the message itself.
    pub fn point_code(&self, value: u32) -> PointCode {
        self.variant.point_code(value)
    }
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

pub(super) fn sccp<'a>(route: Route, octets: &'a [u8], count: &mut Count<'_>) -> Dissected<'a> {
    let message = match Sccp::parse(octets) {
        Ok(message) => message,
        Err(error) => {
            count.layer(Layer::Sccp, octets.len(), Some(error));
            return Dissected::Nothing;
        }
    };
    count.layer(Layer::Sccp, octets.len(), message.stop);
    connectionless(route, message, count)
}

/// A connectionless message, of SCCP or of what stands for it.
pub(super) fn connectionless<'a>(route: Route, message: Sccp<'a>, count: &mut Count<'_>) -> Dissected<'a> {
    if message.segmentation.is_some_and(|segmentation| !(segmentation.first && segmentation.remaining == 0)) {
        return Dissected::Segment(route, message);
    }
    let Count { health, example, truncated, .. } = count;
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
    let mut count = Count { health, example, truncated, settings: Settings::default() };
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
