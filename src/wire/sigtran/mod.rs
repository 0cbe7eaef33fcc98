//! SIGTRAN: SS7 over IP (RFC 2719), and the levels of the message transfer part that it replaces.
//!
//! M3UA carries the user parts of MTP3 between nodes, M2UA and M2PA whole message signal units, SUA the users of SCCP.

mod common;
pub mod m2pa;
pub mod m2ua;
pub mod m3ua;
pub mod mtp2;
pub mod mtp3;
pub mod sua;

pub use common::{Msu, Parameter, Parameters};
pub use m2pa::M2pa;
pub use m2ua::M2ua;
pub use m3ua::M3ua;
pub use mtp2::Mtp2;
pub use mtp3::{Mtp3, Variant};
pub use sua::Sua;

/// Service indicators: which user part the data belong to (Q.704 §14.2.1).
#[allow(missing_docs)]
pub mod service_indicator {
    pub const SNM: u8 = 0;
    pub const TESTING: u8 = 1;
    pub const TESTING_SPECIAL: u8 = 2;
    pub const SCCP: u8 = 3;
    pub const TUP: u8 = 4;
    pub const ISUP: u8 = 5;
    pub const BROADBAND_ISUP: u8 = 9;
    pub const BICC: u8 = 13;
}
