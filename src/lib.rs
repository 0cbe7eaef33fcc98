//! simhound finds SIM farms in telecom signaling.
pub mod capture;
pub mod dissect;
pub mod event;
pub mod farm;
pub mod feature;
pub mod frame;
pub mod health;
pub mod identity;
pub mod message;
pub mod model;
pub mod pipeline;
pub mod reassembly;
pub mod session;
pub mod table;
pub mod time;
pub mod wire;
