//! People and machines: what they are, what they do, where they go, whom they know, and with what device.

pub mod archetype;
pub mod contacts;
pub mod device;
pub mod diary;
mod errands;
pub mod habits;
pub mod itinerary;
pub mod law;
mod life;
pub mod numbering;
pub mod person;
pub mod population;
pub mod presence;
pub mod profile;
pub mod rhythm;
#[cfg(test)]
mod tests;
