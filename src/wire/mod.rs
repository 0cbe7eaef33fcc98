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

mod error;
mod named;

pub use error::{DecodeError, DecodeErrorKind, LenSource};
pub use named::{Identity, Named};
