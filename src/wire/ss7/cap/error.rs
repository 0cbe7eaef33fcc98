//! The errors of CAP (TS 29.078 V17, CAP-errorcodes).

use super::super::names;

names! {
    /// The name of an error; `None` for a code that CAP does not have.
    error_name(i32);
    0 => "canceled",
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
    50 => "unknownPDPID",
    51 => "unknownCSID",
}
