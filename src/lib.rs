//! simhound finds SIM farms in telecom signaling.
pub mod capture;
pub mod frame;
pub mod health;
pub mod identity;
pub mod reassembly;
pub mod wire;
