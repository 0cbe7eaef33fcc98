//! SIGTRAN: SS7 over IP (RFC 2719). M3UA carries the user parts of MTP3 between nodes.

pub mod m3ua;

pub use m3ua::M3ua;

/// Service indicators: which user part the data belong to (Q.704 §14.2.1).
#[allow(missing_docs)]
pub mod service_indicator {
    pub const SNM: u8 = 0;
    pub const SCCP: u8 = 3;
    pub const TUP: u8 = 4;
    pub const ISUP: u8 = 5;
    pub const BROADBAND_ISUP: u8 = 9;
    pub const BICC: u8 = 13;
}
