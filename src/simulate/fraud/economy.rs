//! What a fraud earns and what its hiding costs: calls asked for, placed and refused; the `frauds.csv` of a run.

use super::Fraud;
use super::limits::Refusal;
use crate::simulate::clock::{MINUTE, Time};

/// The books of one fraud.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Economy {
    /// Calls that customers or callers wanted to have placed.
    pub asked: u64,
    /// Those that were placed.
    pub placed: u64,
    /// Those that were answered.
    pub answered: u64,
    /// The time of those.
    pub talked: Time,
    /// Refused: closed, no slot, capped, gap.
    pub refused: [u64; 4],
    /// Calls of the operator to find the box, and those of them that sacrificial cards took.
    pub tests: [u64; 2],
    /// Calls among its own cards.
    pub own_calls: u64,
    /// Messages sent, codes received.
    pub messages: [u64; 2],
    /// Cards that were taken from others.
    pub taken: u64,
    /// Cards that the operator closed.
    pub closed: u64,
    /// IMEIs that it has shown in place of others.
    pub imeis: u64,
}

/// The columns of `frauds.csv` after name, kind, cards and slots.
pub const COLUMNS: [&str; 16] = [
    "asked",
    "placed",
    "answered",
    "minutes",
    "refused",
    "refused_closed",
    "refused_no_slot",
    "refused_capped",
    "refused_gap",
    "test_calls",
    "test_calls_sacrificed",
    "own_calls",
    "texts_sent",
    "codes_received",
    "cards_taken",
    "cards_closed",
];

/// A fraud's books in short.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Books {
    /// Its name.
    pub name: String,
    /// Its kind.
    pub kind: &'static str,
    /// Calls that it was asked for.
    pub asked: u64,
    /// Those that it placed.
    pub placed: u64,
    /// Those that it refused.
    pub refused: u64,
    /// Messages that it sent, and codes that it received.
    pub messages: [u64; 2],
}

impl Fraud {
    /// Its books in short.
    pub fn books(&self) -> Books {
        let Economy { asked, placed, messages, .. } = self.economy;
        let (name, kind) = (self.plan.name.clone(), self.plan.kind.name());
        Books { name, kind, asked, placed, refused: self.economy.refusals(), messages }
    }
}

impl Economy {
    /// A call that was not placed.
    pub fn refuse(&mut self, refusal: Refusal) {
        if let Some(count) = self.refused.get_mut(refusal as usize) {
            *count += 1;
        }
    }

    /// All calls that were not placed.
    pub fn refusals(&self) -> u64 {
        self.refused.iter().sum()
    }

    /// The values of [`COLUMNS`].
    pub fn values(&self) -> [u64; 16] {
        let [closed, no_slot, capped, gap] = self.refused;
        let ([tests, sacrificed], [sent, received]) = (self.tests, self.messages);
        [
            self.asked,
            self.placed,
            self.answered,
            self.talked / MINUTE,
            self.refusals(),
            closed,
            no_slot,
            capped,
            gap,
            tests,
            sacrificed,
            self.own_calls,
            sent,
            received,
            self.taken,
            self.closed,
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_refusal_has_its_column() {
        let reasons = [Refusal::Closed, Refusal::NoSlot, Refusal::Capped, Refusal::Gap];
        for (reason, column) in reasons.into_iter().zip(["closed", "no_slot", "capped", "gap"]) {
            let mut economy = Economy::default();
            economy.refuse(reason);
            let at = COLUMNS.iter().position(|name| *name == format!("refused_{column}")).unwrap();
            assert_eq!(economy.values()[at], 1);
            assert_eq!(economy.values().iter().sum::<u64>(), 2);
        }
    }
}
