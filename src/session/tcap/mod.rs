//! TCAP dialogues: what a Begin said is known to its Continue and End, and the operations of MAP, CAP, INAP and ANSI MAP
//! become events (TS 29.002, TS 29.078, Q.1218, TIA-41).
//!
//! A dialogue is found by the transaction id and the global title (else the point code) of the side that chose it. An
//! address may change its form between the messages of a dialogue; then the id alone is taken, where only one open
//! dialogue has it. A message in the midst of a dialogue that is not known begins one: its Begin was not seen.

mod ansi_map;
mod applications;
mod cap;
mod component;
mod dialogue;
mod map;
mod operation;
mod read;
mod record;

use component::Seen;
pub(super) use dialogue::Dialogues;
use dialogue::{Dialogue, Invoke, note};
use operation::Operated;
use read::Read;
pub(super) use record::party;

#[cfg(test)]
mod tests;
