//! simhound finds SIM farms in telecom signaling.
pub mod health;
pub mod identity;
pub mod simulate;
pub mod wire;
