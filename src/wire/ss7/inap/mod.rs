//! INAP: intelligent network application part (ITU-T Q.1218 (10/95), ETSI EN 301 140-1: capability set 1; the names of
//! capability set 2 from Q.1228 (09/97)).
//!
//! ```text
//! InitialDPArg ::= SEQUENCE {serviceKey [0], dialledDigits [1], calledPartyNumber [2], callingPartyNumber [3], ...,
//!     originalCalledPartyID [12], ..., additionalCallingPartyNumber [25], ..., eventTypeBCSM [28],
//!     redirectingPartyID [29], ...}
//! ```
//!
//! CAP is a profile of INAP: the members that both have bear the same tags, so that both are read with the same tables.
//! Called by `session` with the parameters of TCAP components. It knows no IMSI: subscribers show by their numbers.
//!
//! **Handled:** the names of all operations and errors; initialDP, connect, initiateCallAttempt, eventReportBCSM,
//! applyChargingReport, callInformationReport, releaseCall. **Not handled:** the operations of single detection points
//! (oAnswer and the like), beyond their names; results; the private arguments of vendors.

mod operation;

pub use operation::{Operation, operation};

use super::cap::{self, CallExtra, types};
use super::fields::Field;
use super::names;
use crate::health::Layer;
use crate::wire::{DecodeError, Named};

const LAYER: Layer = Layer::Inap;

/// Reads the argument of an invoke, as that of CAP is read.
pub fn argument<'a>(
    operation: Operation,
    parameter: &'a [u8],
    named: &mut Named,
    extra: &mut CallExtra<'a>,
) -> Result<(), DecodeError> {
    let fields: &'static [Field] = match operation {
        Operation::InitialDp => types::INITIAL_DP,
        Operation::Connect => types::CONNECT,
        Operation::InitiateCallAttempt => types::INITIATE_CALL_ATTEMPT,
        Operation::EventReportBcsm => types::EVENT_REPORT_BCSM,
        Operation::CallInformationReport => types::CALL_INFORMATION_REPORT,
        Operation::ReleaseCall => types::RELEASE_CALL,
        _ => return Ok(()),
    };
    cap::call(LAYER, fields, operation == Operation::InitialDp, parameter, named, extra)
}

names! {
    /// The name of an error (Q.1218 §2.2.1); `None` for a code that INAP does not have.
    error_name(i32);
    0 => "cancelled",
    1 => "cancelFailed",
    3 => "eTCFailed",
    4 => "improperCallerResponse",
    6 => "missingCustomerRecord",
    7 => "missingParameter",
    8 => "parameterOutOfRange",
    10 => "requestedInfoError",
    11 => "systemFailure",
    12 => "taskRefused",
    13 => "unavailableResource",
    14 => "unexpectedComponentSequence",
    15 => "unexpectedDataValue",
    16 => "unexpectedParameter",
    17 => "unknownLegID",
    18 => "unknownResource",
}

#[cfg(test)]
mod tests;
