//! All that a report says: the inputs of a run, what was counted, what was found.

use crate::farm::{Findings, Subject};
use crate::feature::Sight;
use crate::model::Model;
use crate::pipeline::Totals;

/// One input of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunInput {
    /// Its path.
    pub path: String,
    /// Why it, or the rest of it, could not be used.
    pub fault: Option<String>,
}

/// A finished run.
pub struct Run<'a> {
    /// The inputs, in the order in which records name them.
    pub inputs: &'a [RunInput],
    /// Inputs that could not be used at all.
    pub errors: &'a [String],
    /// What was counted.
    pub totals: &'a Totals,
    /// Events by kind, in the order of kinds.
    pub events: &'a [(&'static str, u64)],
    /// The model that scored.
    pub model: &'a Model,
    /// What could be seen.
    pub sight: Sight,
    /// The profile of the tap for which scores are calibrated; none where all is seen.
    pub tap: Option<&'a str>,
    /// The scored subscribers.
    pub subjects: &'a [Subject],
    /// What was found among them.
    pub findings: &'a Findings,
}

impl Run<'_> {
    /// The path of an input.
    pub fn path(&self, file: u32) -> &str {
        self.inputs.get(file as usize).map_or("", |input| &input.path)
    }

    /// The id of a farm as people see it.
    pub fn farm_id(place: usize) -> String {
        format!("farm-{}", place + 1)
    }

    /// The id of a device as people see it.
    pub fn device_id(place: usize) -> String {
        format!("device-{}", place + 1)
    }

    /// The id of a case as people see it.
    pub fn case_id(place: usize) -> String {
        format!("case-{}", place + 1)
    }

    /// Subscribers that were flagged.
    pub fn flagged(&self) -> usize {
        let mut flagged: Vec<_> = self
            .subjects
            .iter()
            .zip(&self.findings.verdicts)
            .filter(|(_, verdict)| verdict.flagged)
            .map(|(subject, _)| subject.profile.imsi)
            .collect();
        flagged.sort_unstable();
        flagged.dedup();
        flagged.len()
    }

    /// All subscribers.
    pub fn subscribers(&self) -> usize {
        let mut all: Vec<_> = self.subjects.iter().map(|subject| subject.profile.imsi).collect();
        all.sort_unstable();
        all.dedup();
        all.len()
    }
}
