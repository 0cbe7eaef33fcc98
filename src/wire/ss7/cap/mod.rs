//! CAP: CAMEL application part (3GPP TS 29.078 V17; phases 1 and 2 from TS 09.78).
//!
//! Called by `dissect` with the parameters of TCAP components. Calls no other decoder.
//!
//! **Handled:** the names of all operations and errors of phases 1 to 4; all arguments that name a party, a subscriber,
//! a node or a place: of calls, short messages and GPRS; detection points, durations and causes.
//! **Not handled:** results (none names anyone); call segments and legs beyond their numbers; tariffs; data volumes;
//! digits that are entered in a call or spoken to the caller; locationNumber; gap criteria.
//!
//! Which fields of [`Named`] are filled: `calling` and `called` are the numbers of the call as sent. The subscriber is
//! whom the service belongs to: the calling party in the originating half of a call (its detection points say which),
//! or the party that forwarded it; the called party in the terminating half. Its number is in `msisdn` when it is
//! international.

mod error;
mod event;
mod operation;
pub(super) mod types;

pub use error::error_name;
pub use event::{BcsmEvent, GprsEvent, SmsEvent};
pub use operation::{Operation, operation};

use super::Direction;
use super::fields::{Field, Role, address, name, read};
use super::number;
use crate::health::Layer;
use crate::identity::Number;
use crate::wire::asn1::Element;
use crate::wire::{DecodeError, Named};

const LAYER: Layer = Layer::Cap;

/// What a CAP message says beside the identities.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CallExtra<'a> {
    /// Detection point of a call.
    pub event: Option<BcsmEvent>,
    /// Detection point of a short message.
    pub sms_event: Option<SmsEvent>,
    /// Detection point of GPRS.
    pub gprs_event: Option<GprsEvent>,
    /// Which half, by the detection point.
    pub direction: Option<Direction>,
    /// The leg that is reported: 1 is the calling party's, 2 the called party's.
    pub leg: Option<u8>,
    /// How long the call was connected, in applyChargingReport (so far) and callInformationReport.
    pub duration_ms: Option<u64>,
    /// Cause value (Q.850) of a failure or release.
    pub release_cause: Option<u8>,
    /// Call reference number: the same in MAP and CAP for one call.
    pub call_reference: Option<&'a [u8]>,
    /// Which service of the gsmSCF is asked.
    pub service_key: Option<u32>,
}

/// The numbers of a call before it is known whose call it is.
#[derive(Default)]
struct Parties {
    calling: Option<Number>,
    called: Option<Number>,
    /// As dialled; it stands beside `called` or in its place.
    dialled: Option<Number>,
    redirecting: Option<Number>,
    /// Parties beside them.
    more_calling: Option<Number>,
    more_called: [Option<Number>; 2],
}

/// Reads the argument of an invoke. What stands before or after a defect is read all the same; the first defect is
/// returned. The type of an argument is the same in all phases but for members that were added, so that the phase need
/// not be known.
pub fn argument<'a>(
    operation: Operation,
    parameter: &'a [u8],
    named: &mut Named,
    extra: &mut CallExtra<'a>,
) -> Result<(), DecodeError> {
    let begins = matches!(operation, Operation::InitialDp | Operation::InitialDpSms);
    call(LAYER, types::argument(operation), begins, parameter, named, extra)
}

/// Reads an argument of CAP or of INAP, whose profile CAP is. `begins` says that it tells of a new call or message, so
/// that its parties tell the subscriber.
pub(super) fn call<'a>(
    layer: Layer,
    fields: &'static [Field],
    begins: bool,
    parameter: &'a [u8],
    named: &mut Named,
    extra: &mut CallExtra<'a>,
) -> Result<(), DecodeError> {
    let mut parties = Parties::default();
    let read = read(parameter, layer, fields, &mut |role, element| {
        if !name(role, element, named)? && !parties.take(role, element)? {
            extra.take(role, element)?;
        }
        Ok(())
    });
    let event = extra.event.and_then(BcsmEvent::direction);
    extra.direction = event.or(extra.sms_event.and_then(SmsEvent::direction));
    parties.file(begins, extra.direction, named);
    read
}

impl Parties {
    fn take(&mut self, role: Role, element: &Element<'_>) -> Result<bool, DecodeError> {
        // A number may come without digits: it is not available.
        let isup = || match element.content.len() {
            0 | 1 => Err(element.malformed("party number")),
            _ => Ok(number::isup(element.content)),
        };
        match role {
            Role::IsupCalling => self.calling = isup()?,
            Role::IsupCalled => match self.called {
                None => self.called = isup()?,
                Some(_) => self.called_too(isup()?),
            },
            Role::IsupDialled => self.dialled = isup()?,
            Role::IsupOriginalCalled | Role::IsupForwarded => self.called_too(isup()?),
            Role::GenericCalling => {
                // Octet 1 is the number qualifier (Q.763 §3.26).
                self.more_calling = element.content.get(1..).and_then(number::isup);
            }
            Role::IsupRedirecting => self.redirecting = isup()?,
            Role::SmsCalling => self.calling = Some(address(element)?),
            Role::SmsCalled => self.called = Some(address(element)?),
            Role::BcdCalled => {
                let dialled = number::called_party_bcd(element.content);
                self.dialled = Some(dialled.ok_or_else(|| element.malformed("CalledPartyBCDNumber"))?);
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn called_too(&mut self, number: Option<Number>) {
        if let (Some(number), Some(free)) = (number, self.more_called.iter_mut().find(|place| place.is_none())) {
            *free = Some(number);
        }
    }

    fn file(self, begins: bool, direction: Option<Direction>, named: &mut Named) {
        named.calling = self.calling.or(named.calling);
        // calledPartyBCDNumber is what the subscriber dialled; only one of both is sent in a mobile originated call.
        named.called = self.dialled.or(self.called).or(named.called);
        if let (Some(_), Some(called)) = (self.dialled, self.called) {
            named.called(called);
        }
        self.more_called.into_iter().flatten().for_each(|number| named.called(number));
        self.redirecting.into_iter().chain(self.more_calling).for_each(|number| named.calling(number));
        if !begins {
            return;
        }
        let subscriber = match direction {
            // A forwarded call: the one who forwarded it is served (TS 29.078 §6.1, redirectingPartyID).
            Some(Direction::Originating) => self.redirecting.or(self.calling),
            Some(Direction::Terminating) => self.called,
            None => None,
        };
        if let Some(msisdn) = subscriber.and_then(Number::international) {
            named.msisdn(msisdn);
        }
    }
}

impl<'a> CallExtra<'a> {
    fn take(&mut self, role: Role, element: &Element<'a>) -> Result<(), DecodeError> {
        let octet = || {
            let value = u8::try_from(element.unsigned()?);
            value.map_err(|_| element.malformed("enumerated value"))
        };
        match role {
            Role::EventBcsm => self.event = Some(BcsmEvent(octet()?)),
            Role::EventSms => self.sms_event = Some(SmsEvent(octet()?)),
            Role::EventGprs => self.gprs_event = Some(GprsEvent(octet()?)),
            Role::Leg => self.leg = Some(octet()?),
            Role::CallReference => self.call_reference = Some(element.content),
            Role::ServiceKey => {
                let key = u32::try_from(element.unsigned()?);
                self.service_key = Some(key.map_err(|_| element.malformed("ServiceKey"))?);
            }
            Role::Cause => {
                let cause = cause(element.content);
                self.release_cause = Some(cause.ok_or_else(|| element.malformed("Cause"))?);
            }
            Role::GprsCause => self.release_cause = element.content.first().copied(),
            Role::Tenths | Role::Seconds => {
                let unit = if role == Role::Tenths { 100 } else { 1000 };
                let before = self.duration_ms.unwrap_or(0);
                self.duration_ms = Some(before.saturating_add(element.unsigned()?.saturating_mul(unit)));
            }
            _ => {}
        }
        Ok(())
    }
}

/// The cause value (Q.850 §2.2.5), after an octet 3a where octet 3 announces one.
fn cause(octets: &[u8]) -> Option<u8> {
    match octets {
        [third, value, ..] if third & 0x80 != 0 => Some(value & 0x7f),
        [_, _, value, ..] => Some(value & 0x7f),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
