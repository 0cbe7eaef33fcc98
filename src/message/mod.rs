//! The message: one decoded signaling message as people read it.
//!
//! A TCAP message with several components gives one record for each; what a dialogue knows (the operation of a result)
//! is already filled in.

#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)]

mod cause;
mod exchange;
mod kept;
mod line;
mod party;
mod row;
mod select;
mod words;

pub use exchange::{Dialogue, Exchange};
pub use kept::Kept;
pub use line::Line;
pub use party::{Party, Shown};
pub use row::{MESSAGE_COLUMNS, MESSAGES, MessageRow};
pub use select::{Place, Selection, Times, Wanted};
pub use words::{Operation, Protocol, Role, Status};

use crate::event::{Interface, Source};
use crate::wire::Named;

/// One message.
#[derive(Debug, Clone)]
pub struct Message<'a> {
    /// File and frame that complete it.
    pub source: Source,
    /// All frames, where there are several.
    pub frames: &'a [u64],
    /// Nanoseconds since 1970.
    pub time: i64,
    /// The protocol.
    pub protocol: Protocol,
    /// The interface, where known.
    pub interface: Option<Interface>,
    /// The operation.
    pub operation: Operation<'a>,
    /// The version of the operation's application context or protocol, where it tells.
    pub version: Option<u8>,
    /// What it is within its exchange.
    pub role: Role,
    /// What ties it to the others, as the message says it.
    pub dialogue: Dialogue<'a>,
    /// The exchange that it belongs to: the same for all messages of a dialogue, connection, call or tunnel, and for no
    /// others. The same in every run over the same input. Not part of the product.
    pub exchange: Exchange,
    /// Who sent it.
    pub calling: Party<'a>,
    /// To whom.
    pub called: Party<'a>,
    /// What it names.
    pub named: Named,
    /// Cause, result or error code.
    pub cause: Option<i64>,
    /// True where context was guessed (no application context was seen).
    pub inferred: bool,
    /// The frame that showed it first, when this is the same message on another leg or probe.
    pub repeat_of: Option<Source>,
    /// Whether all of it could be read.
    pub status: Status,
}
