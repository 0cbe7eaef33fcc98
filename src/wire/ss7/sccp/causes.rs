//! The causes of Q.713 §3.11 to §3.15 by name.

use crate::wire::ss7::names;

names! {
    /// The name of a release cause (Q.713 §3.11).
    release_cause_name(u8);
    0 => "end user originated",
    1 => "end user congestion",
    2 => "end user failure",
    3 => "SCCP user originated",
    4 => "remote procedure error",
    5 => "inconsistent connection data",
    6 => "access failure",
    7 => "access congestion",
    8 => "subsystem failure",
    9 => "subsystem congestion",
    10 => "MTP failure",
    11 => "network congestion",
    12 => "expiration of reset timer",
    13 => "expiration of receive inactivity timer",
    15 => "unqualified",
    16 => "SCCP failure",
}

names! {
    /// The name of a return cause (Q.713 §3.12).
    return_cause_name(u8);
    0 => "no translation for an address of such nature",
    1 => "no translation for this specific address",
    2 => "subsystem congestion",
    3 => "subsystem failure",
    4 => "unequipped user",
    5 => "MTP failure",
    6 => "network congestion",
    7 => "unqualified",
    8 => "error in message transport",
    9 => "error in local processing",
    10 => "destination cannot perform reassembly",
    11 => "SCCP failure",
    12 => "hop counter violation",
    13 => "segmentation not supported",
    14 => "segmentation failure",
}

names! {
    /// The name of a refusal cause (Q.713 §3.15).
    refusal_cause_name(u8);
    0 => "end user originated",
    1 => "end user congestion",
    2 => "end user failure",
    3 => "SCCP user originated",
    4 => "destination address unknown",
    5 => "destination inaccessible",
    6 => "network resource: quality of service not available, non-transient",
    7 => "network resource: quality of service not available, transient",
    8 => "access failure",
    9 => "access congestion",
    10 => "subsystem failure",
    11 => "subsystem congestion",
    12 => "expiration of the connection establishment timer",
    13 => "incompatible user data",
    15 => "unqualified",
    16 => "hop counter violation",
    17 => "SCCP failure",
    18 => "no translation for an address of such nature",
    19 => "unequipped user",
}
