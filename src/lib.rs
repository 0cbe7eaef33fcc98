//! simhound finds SIM farms in telecom signaling.
pub mod event;
pub mod farm;
pub mod feature;
pub mod health;
pub mod identity;
pub mod message;
pub mod model;
pub mod session;
pub mod table;
pub mod time;
pub mod wire;
