//! `[identities]` and `[operator]`: whose numbers they are, and which plans have ranges of their own.

use super::super::people::archetype::Archetype;
use super::check::is_name;
use serde::Deserialize;

/// Whose numbers they are.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Identities {
    /// The simulated network, `001-01`.
    pub plmn: String,
    /// The network that visitors come from.
    pub foreign_plmn: String,
    /// The lowest MSIN (IMSI behind MCC and MNC).
    pub first_msin: u64,
    /// The first six digits of every type allocation code.
    pub tac_block: String,
    /// The two-digit region (in the numbering plan) of the simulated town.
    pub region: u8,
}

/// `[operator]`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Operator {
    /// Plans with ranges of their own; all other cards are of the range of `[identities]`.
    pub plans: Vec<Plan>,
}

/// One plan.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// As in `truth.csv`.
    pub name: String,
    /// Whose cards may be of it.
    pub archetypes: Vec<String>,
    /// Share of their cards that are.
    #[serde(default = "super::one")]
    pub share: f64,
    /// The lowest MSIN of its range.
    pub first_msin: u64,
    /// The digit of its numbers behind the country code; 7 to 9.
    #[serde(default = "eight")]
    pub digit: u8,
}

fn eight() -> u8 {
    8
}

impl Operator {
    /// The plans of an archetype with their numbers.
    pub fn plans_of(&self, archetype: Archetype) -> impl Iterator<Item = (usize, &Plan)> {
        let named = move |plan: &Plan| plan.archetypes.iter().any(|name| name == archetype.name());
        self.plans.iter().enumerate().filter(move |(_, plan)| named(plan))
    }

    /// The first key that makes no sense, and why.
    pub fn problem(&self, first_msin: u64) -> Option<(String, String)> {
        let wrong = |key: &str, problem: String| Some((format!("operator.plans.{key}"), problem));
        if self.plans.len() > 200 {
            return wrong("name", "at most 200 plans".to_owned());
        }
        for (place, plan) in self.plans.iter().enumerate() {
            if !is_name(&plan.name) {
                return wrong("name", "letters, digits, - and _ only".to_owned());
            }
            if let Some(name) = plan.archetypes.iter().find(|name| Archetype::named(name).is_none()) {
                return wrong("archetypes", format!("no archetype {name}"));
            }
            if !(0.0..=1.0).contains(&plan.share) {
                return wrong("share", "0 to 1".to_owned());
            }
            if plan.first_msin >= 900_000_000 {
                return wrong("first_msin", "below 900000000".to_owned());
            }
            if plan.first_msin == first_msin {
                return wrong(
                    "first_msin",
                    format!("{}: that of the operator, its cards could not be told apart", plan.name),
                );
            }
            let others = self.plans.iter().take(place);
            if let Some(other) = others.into_iter().find(|other| other.first_msin == plan.first_msin) {
                return wrong("first_msin", format!("{}: that of {}", plan.name, other.name));
            }
            if !(7..=9).contains(&plan.digit) {
                return wrong("digit", "7, 8 or 9".to_owned());
            }
        }
        for archetype in Archetype::ALL {
            if self.plans_of(archetype).map(|(_, plan)| plan.share).sum::<f64>() > 1.001 {
                return wrong("share", format!("more than all cards of {}", archetype.name()));
            }
        }
        None
    }
}
