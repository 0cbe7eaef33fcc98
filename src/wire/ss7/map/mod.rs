//! MAP: mobile application part (3GPP TS 29.002 V17; versions 1 and 2 of the application contexts from TS 09.02).
//!
//! The arguments and results of operations are ASN.1 types in BER. The tables in `types` list for each which members name
//! a subscriber, a device, a place or another party.
//!
//! Called by `dissect` with the parameters of TCAP components. It gives the short message of forwardSM to `sms`.
//!
//! **Handled:** the names of all operations and errors; every argument, result and error that names a subscriber, a
//! device, a party, a node or a place, in all versions (the tag tells them apart); MAP-OPEN. Extension containers and
//! members that are in no table are stepped over. The signalling of the radio side in handovers is handed on.
//! **Not handled:** authentication vectors; subscription profiles beyond numbers that calls are forwarded to; triggers of
//! CAMEL and their gsmSCF; texts of USSD; locationNumber; addresses of the Internet and Diameter names of nodes.
//! A subscriber's number that is not in international form is not an MSISDN: it is `number` in [`Named::more`].
//!
//! Which fields of [`Named`] are filled: `imsi`, `msisdn`, `imei` are the subscriber's. `called` is the number at which a
//! call can be continued (roaming number, forwarded-to number, handover number). `serving_node` is the MSC, VLR or SGSN,
//! of a short message the service centre. In mo-ForwardSM the subscriber is the originator (SM-RP-OA); in mt-ForwardSM it
//! is the recipient (SM-RP-DA), and the originator is in the short message.

mod error;
mod operation;
mod types;

pub use error::{error_cause, error_name};
pub use operation::{Operation, operation};

use super::Direction;
use super::fields::{Role, address, name, read, walk};
use super::number;
use crate::health::Layer;
use crate::identity::{Imsi, Number};
use crate::wire::asn1::{Class, Element, Elements, universal};
use crate::wire::{DecodeError, Identity, Named};

const LAYER: Layer = Layer::Map;

/// Answer of an EIR (TS 29.002 EquipmentStatus).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum EquipmentStatus {
    WhiteListed,
    BlackListed,
    GreyListed,
}

/// Why a location is cancelled (TS 29.002 CancellationType).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum CancellationType {
    UpdateProcedure,
    SubscriptionWithdraw,
    InitialAttachProcedure,
}

/// What became of a short message (TS 29.002 SM-DeliveryOutcome).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum DeliveryOutcome {
    MemoryCapacityExceeded,
    AbsentSubscriber,
    SuccessfulTransfer,
}

/// What the radio side says in a handover operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Access {
    /// BSSAP (TS 48.006, TS 48.008).
    Bssap,
    /// RANAP (TS 25.413).
    Ranap,
    /// Layer 3 (TS 24.008).
    Layer3,
    /// Another one, or one that is not told.
    Other,
}

/// What a MAP message says beside the identities.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct MapExtra<'a> {
    /// The short message (TS 23.040 TPDU) of a forwardSM.
    pub tpdu: Option<&'a [u8]>,
    /// Which way it goes.
    pub direction: Option<Direction>,
    /// The service centre of a short message.
    pub service_centre: Option<Number>,
    /// Age of the first location, the one in [`Named::cell`], in minutes.
    pub location_age: Option<u32>,
    /// Result of checkIMEI.
    pub equipment_status: Option<EquipmentStatus>,
    /// Why a location is cancelled.
    pub cancellation_type: Option<CancellationType>,
    /// Outcome that reportSM-DeliveryStatus reports.
    pub delivery_outcome: Option<DeliveryOutcome>,
    /// Call reference number: the same in MAP and CAP for one call.
    pub call_reference: Option<&'a [u8]>,
    /// Signalling of the radio side in a handover, and of which protocol it is.
    pub access: Option<(Access, &'a [u8])>,
}

/// Reads the argument of an invoke. What stands before or after a defect is read all the same; the first defect is
/// returned.
pub fn argument<'a>(
    operation: Operation,
    parameter: &'a [u8],
    named: &mut Named,
    extra: &mut MapExtra<'a>,
) -> Result<(), DecodeError> {
    let mut originator = None;
    let mut to_subscriber = false;
    let read = read(parameter, LAYER, types::argument(operation), &mut |role, element| {
        match role {
            Role::SmOriginator => originator = Some(address(element)?),
            Role::SmSubscriber => {
                to_subscriber = true;
                name(Role::Imsi, element, named)?;
            }
            Role::Lmsi => {
                to_subscriber = true;
                name(role, element, named)?;
            }
            Role::SmServiceCentre => {
                let centre = address(element)?;
                extra.service_centre = Some(centre);
                named.node(centre);
            }
            _ if name(role, element, named)? => {}
            _ => extra.take(role, element)?,
        }
        Ok(())
    });
    extra.direction = match operation {
        Operation::MoForwardSm => Some(Direction::Originating),
        Operation::MtForwardSm | Operation::MtForwardSmVgcs => Some(Direction::Terminating),
        // Versions 1 and 2: the addresses tell.
        Operation::ForwardSm if to_subscriber => Some(Direction::Terminating),
        Operation::ForwardSm => Some(Direction::Originating),
        _ => None,
    };
    if let Some(originator) = originator {
        match (extra.direction, originator.international()) {
            (Some(Direction::Originating), Some(msisdn)) => named.msisdn(msisdn),
            _ => named.calling(originator),
        }
    }
    read
}

/// Reads the parameter of a result, as [`argument`] does.
pub fn result<'a>(
    operation: Operation,
    parameter: &'a [u8],
    named: &mut Named,
    extra: &mut MapExtra<'a>,
) -> Result<(), DecodeError> {
    read(parameter, LAYER, types::result(operation), &mut |role, element| {
        if !name(role, element, named)? {
            extra.take(role, element)?;
        }
        Ok(())
    })
}

/// Reads the parameter of an error: few name somebody.
pub fn error(code: i32, parameter: &[u8], named: &mut Named) -> Result<(), DecodeError> {
    let fields = types::error(code);
    if fields.is_empty() {
        return Ok(());
    }
    walk(Elements::new(parameter, LAYER), fields, &mut |role, element| name(role, element, named).map(drop))
        .map_or(Ok(()), Err)
}

/// Reads the user information of a dialogue request: MAP-OPEN names the subscriber of a USSD or supplementary service
/// dialogue as its destination reference, when that is an IMSI (TS 29.002 §7.3.1). References in other numbering plans
/// are numbers of nodes or of parties, which it does not tell apart.
pub fn open(user_information: &[u8], named: &mut Named) -> Result<(), DecodeError> {
    let mut first = None;
    for external in Elements::new(user_information, LAYER) {
        let external = match external {
            Ok(external) => external,
            Err(error) => return Err(first.unwrap_or(error)),
        };
        if external.tag() != (Class::Universal, universal::EXTERNAL) {
            continue;
        }
        let defect = walk(external.children(), types::OPEN, &mut |role, element| {
            if number::numbering_plan(element.content) == Some(number::PLAN_LAND_MOBILE) {
                let digits = element.content.get(1..).unwrap_or_default();
                named.imsi(Imsi::from_tbcd(digits).ok_or_else(|| element.malformed("IMSI"))?);
            } else if let Some(number) = number::address_string(element.content) {
                named.further(match role {
                    Role::OriginationReference => Identity::Node(number),
                    _ => Identity::Number(number),
                });
            }
            Ok(())
        });
        first = first.or(defect);
    }
    first.map_or(Ok(()), Err)
}

impl<'a> MapExtra<'a> {
    fn take(&mut self, role: Role, element: &Element<'a>) -> Result<(), DecodeError> {
        match role {
            Role::Tpdu => self.tpdu = Some(element.content),
            Role::CallReference => self.call_reference = Some(element.content),
            Role::AccessNetwork | Role::ExternalProtocol => {
                let access = match (role, element.integer()?) {
                    // AccessNetworkProtocolId
                    (Role::AccessNetwork, 1) => Access::Bssap,
                    (Role::AccessNetwork, 2) => Access::Ranap,
                    // ProtocolId
                    (Role::ExternalProtocol, 1) => Access::Layer3,
                    (Role::ExternalProtocol, 2 | 3) => Access::Bssap,
                    _ => Access::Other,
                };
                self.access = Some((access, &[]));
            }
            Role::AccessSignal => {
                let access = self.access.map_or(Access::Other, |(access, _)| access);
                self.access = Some((access, element.content));
            }
            Role::Age => {
                let age = u32::try_from(element.unsigned()?);
                let age = age.map_err(|_| element.malformed("age of location"))?;
                self.location_age.get_or_insert(age);
            }
            Role::EquipmentStatus => {
                self.equipment_status = match element.integer()? {
                    0 => Some(EquipmentStatus::WhiteListed),
                    1 => Some(EquipmentStatus::BlackListed),
                    2 => Some(EquipmentStatus::GreyListed),
                    _ => return Err(element.malformed("EquipmentStatus")),
                };
            }
            Role::CancellationType => {
                self.cancellation_type = match element.integer()? {
                    0 => Some(CancellationType::UpdateProcedure),
                    1 => Some(CancellationType::SubscriptionWithdraw),
                    2 => Some(CancellationType::InitialAttachProcedure),
                    _ => return Err(element.malformed("CancellationType")),
                };
            }
            Role::DeliveryOutcome => {
                self.delivery_outcome = match element.integer()? {
                    0 => Some(DeliveryOutcome::MemoryCapacityExceeded),
                    1 => Some(DeliveryOutcome::AbsentSubscriber),
                    2 => Some(DeliveryOutcome::SuccessfulTransfer),
                    _ => return Err(element.malformed("SM-DeliveryOutcome")),
                };
            }
            _ => {}
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
