//! From scored subscribers to devices, farms and cases.
//!
//! Suspects are tied by evidence that a farm cannot avoid: the same device in turn, devices with neighbouring serials,
//! more suspects in one cell than chance puts there, powering on together. Each kind of tie weighs what it says: the
//! logarithm of how much likelier it is between two cards of one farm than between two subscribers at random, measured
//! on the population at hand. A crowded cell alone ties nobody. What hangs together is a farm; cards that sat in a
//! farm's devices belong to it whatever they did themselves; a card that came out of a watch makes a case.

mod background;
mod case;
mod device;
mod gather;
mod kin;
mod knowledge;
mod lean;
mod tie;
mod union;

#[cfg(test)]
mod tests;

pub use case::{Case, CaseKind, Place};
pub use device::{Device, DeviceKind};
pub use gather::{Farm, Findings, Verdict, gather};
pub use knowledge::{DeviceClass, Knowledge, KnowledgeError};

use crate::event::Source;
use crate::feature::{Moment, Part, Profile};
use crate::model::Score;

/// A subscriber in one window with its score.
#[derive(Debug, Clone)]
pub struct Subject {
    /// What was gathered.
    pub profile: Profile,
    /// What the model says.
    pub score: Score,
}

impl Subject {
    /// True for the part of a window that a later device ended: what the card was before.
    pub fn is_past(&self) -> bool {
        self.profile.part == Part::Before
    }
}

/// A frame that shows something, and what.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    /// File and frame.
    pub source: Source,
    /// Nanoseconds since 1970.
    pub time: i64,
    /// What whoever opens it will see.
    pub what: String,
}

impl Evidence {
    fn new(moment: Moment, what: String) -> Self {
        Self { source: moment.source(), time: moment.time, what }
    }
}
