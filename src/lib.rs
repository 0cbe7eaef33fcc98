//! simhound finds SIM farms in telecom signaling.
pub mod event;
pub mod feature;
pub mod health;
pub mod identity;
pub mod message;
pub mod model;
pub mod table;
pub mod time;
pub mod wire;
