//! The built command as its users meet it: what it prints, what it writes, how it ends.
//!
//! Captures are built here octet by octet; all identities are synthetic (PLMN 001-01, numbers +1 555 01xx).

mod bad_input;
mod carve;
mod demo;
mod filters;
mod inputs;
mod learn;
mod octets;
mod schema;
mod shell;
mod support;
mod tables;
mod threads;
mod traffic;
mod truth;
