//! SCCP and what lies in it, down to the TCAP message.

use super::{Count, Dissected, Settings, User, access};
use crate::health::{Example, Health, Layer};
use crate::identity::PointCode;
use crate::wire::sigtran::Variant;
use crate::wire::ss7::sccp::management::Management;
use crate::wire::ss7::sccp::{Address, AddressForm};
use crate::wire::ss7::{Sccp, Tcap};

/// The subsystem of SCCP management (Q.713 §3.4.2.2).
const MANAGEMENT: u8 = 1;

/// The routing label of a message signal unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
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
    let message = match Sccp::parse_as(octets, form(route.variant)) {
        Ok(message) => message,
        Err(error) => {
            count.layer(Layer::Sccp, octets.len(), Some(error));
            return Dissected::Nothing;
        }
    };
    count.layer(Layer::Sccp, octets.len(), message.stop);
    if message.is_connection() {
        return Dissected::Connection(route, message, count.truncated);
    }
    connectionless(route, message, count)
}

/// How addresses within SCCP are coded.
fn form(variant: Variant) -> AddressForm {
    match variant {
        Variant::Itu => AddressForm::Itu,
        Variant::Ansi => AddressForm::Ansi,
        Variant::China => AddressForm::China,
        Variant::Japan => AddressForm::Japan,
    }
}

/// A connectionless message, of SCCP or of what stands for it.
pub(super) fn connectionless<'a>(route: Route, message: Sccp<'a>, count: &mut Count<'_>) -> Dissected<'a> {
    if message.segmentation.is_some_and(|segmentation| !(segmentation.first && segmentation.remaining == 0)) {
        return Dissected::Segment(route, message);
    }
    let ssn = message.called.ssn.or(message.calling.ssn);
    if ssn == Some(MANAGEMENT) {
        return match Management::parse(message.data) {
            Ok(management) => Dissected::Management(route, message, management),
            Err(error) => {
                count.also(error);
                Dissected::Nothing
            }
        };
    }
    let Count { health, example, truncated, .. } = count;
    if let Some(user) = ssn.and_then(User::of_ssn) {
        return match access(user, message.data, None, *truncated, example.clone(), health) {
            Some(read) => Dissected::Access(route, Some(message), read),
            None => Dissected::Nothing,
        };
    }
    match transaction(route, &message, message.data, *truncated, example.clone(), health) {
        Some(transaction) => Dissected::Transaction(transaction),
        None => Dissected::Nothing,
    }
}

/// A TCAP message of which the capture does not tell what was around it.
pub(super) fn alone<'a>(octets: &'a [u8], count: &mut Count<'_>) -> Dissected<'a> {
    let (calling, called) = (Address::default(), Address::default());
    match Tcap::parse(octets) {
        Ok(tcap) => {
            count.layer(Layer::Tcap, octets.len(), tcap.stop);
            Dissected::Transaction(Transaction { route: Route::NONE, calling, called, returned: None, tcap, octets })
        }
        Err(error) => {
            count.layer(Layer::Tcap, octets.len(), Some(error));
            Dissected::Nothing
        }
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
