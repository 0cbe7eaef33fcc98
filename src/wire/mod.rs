//! Protocols as octets: stateless, borrowed, one folder per stack.
//!
//! No decoder here calls another protocol's decoder; `dissect` does that. Each has the same four parts: the head with
//! its specification, the borrowed message, the tables of codes, the tests.

#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)]

pub mod asn1;
pub mod diameter;
pub mod dtap;
mod error;
mod framing;
pub mod gsup;
pub mod gtp;
pub mod http1;
pub mod http2;
pub mod ims;
pub mod layer3;
pub mod mobile_identity;
mod named;
pub mod nas;
pub mod pfcp;
pub mod ran;
pub mod sbi;
pub mod sgsap;
pub mod sigtran;
pub mod sip;
pub mod sms;
pub mod ss7;
#[cfg(test)]
pub(crate) mod testing;

pub use error::{DecodeError, DecodeErrorKind, LenSource};
pub use framing::Framing;
pub use named::{Identity, Named};
