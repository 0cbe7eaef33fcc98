//! The frauds of a scenario: `[[farms]]`, gateways in a short form, and `[[frauds]]`, all kinds with all that they can do.

use super::super::people::archetype::Archetype;
use super::Scenario;
use super::check::is_name;
use crate::simulate::fraud::{Kind, Plan, label};
use serde::Deserialize;

/// One gateway with its cards.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Farm {
    /// What `truth.csv` calls it.
    pub name: String,
    /// Slots.
    pub ports: usize,
    /// Cards that it starts with.
    #[serde(default)]
    pub own_cards: usize,
    /// Cards taken out of watches while the scenario runs.
    #[serde(default)]
    pub stolen_watches: usize,
    /// Which type of module its slots show: 0, 1 or 2. Meters have them too.
    #[serde(default)]
    pub module: usize,
    /// First serial number of its slots.
    pub first_serial: u32,
    /// The pause of a slot between two calls, from and to.
    pub pause_seconds: [f64; 2],
    /// Local hours of work, from and to.
    pub hours: [f64; 2],
    /// Local hours of the thefts, from and to.
    #[serde(default = "school_hours")]
    pub theft_hours: [f64; 2],
    /// Minutes between two exchanges of cards between slots; 0: never.
    #[serde(default)]
    pub rotate_minutes: u64,
    /// Share of calls to subscribers of this network.
    #[serde(default = "twentieth")]
    pub own_network: f64,
}

fn twentieth() -> f64 {
    0.05
}

fn school_hours() -> [f64; 2] {
    [7.2, 17.5]
}

impl From<&Farm> for Plan {
    fn from(farm: &Farm) -> Self {
        Self {
            sims: farm.own_cards,
            stolen_watches: farm.stolen_watches,
            taken_hours: farm.theft_hours,
            ports: farm.ports,
            module: farm.module,
            first_serial: farm.first_serial,
            rotate_minutes: farm.rotate_minutes as f64,
            hours: farm.hours,
            pause_seconds: farm.pause_seconds,
            own_network: farm.own_network,
            ..Self::new(&farm.name, Kind::Goip)
        }
    }
}

impl Scenario {
    /// All frauds, those of `[[farms]]` first.
    pub fn frauds(&self) -> Vec<Plan> {
        self.farms.iter().map(Plan::from).chain(self.frauds.iter().map(Plan::of)).collect()
    }

    /// A key of one of them, with the number of its table.
    fn fraud_key(&self, index: usize, key: &str) -> String {
        match index.checked_sub(self.farms.len()) {
            Some(index) => format!("frauds[{}].{key}", index + 1),
            None => format!("farms[{}].{}", index + 1, in_farm(key)),
        }
    }

    /// The first value of a fraud that makes no sense: its key, with the number of its table, and why.
    pub(super) fn fraud_problem(&self) -> Option<(String, &'static str)> {
        let plans = self.frauds();
        for (index, plan) in plans.iter().enumerate() {
            let again = plans.iter().take(index).any(|other| other.name == plan.name);
            let problem = match (is_name(&plan.name), again) {
                (false, _) => Some(("name", "letters, digits, - and _ only")),
                (true, true) => Some(("name", "each its own")),
                (true, false) => plan.problem(),
            };
            if let Some((key, problem)) = problem {
                return Some((self.fraud_key(index, key), problem));
            }
        }
        let heads = |of: fn(Archetype) -> bool| -> usize {
            Archetype::ALL.into_iter().filter(|&archetype| of(archetype)).map(|archetype| self.heads(archetype)).sum()
        };
        type Taken = fn(&Plan) -> usize;
        let taken: [(_, Taken, _); 3] = [
            ("stolen_watches", |plan| plan.stolen_watches, heads(|archetype| archetype == Archetype::Watch)),
            ("rented_cards", |plan| plan.rented_cards, heads(label::lends)),
            ("iot_cards", |plan| plan.iot_cards, heads(label::machine)),
        ];
        taken.into_iter().find_map(|(key, of, there)| {
            let too_many = plans.iter().map(of).sum::<usize>() > there;
            let first = plans.iter().position(|plan| of(plan) > 0).filter(|_| too_many)?;
            Some((self.fraud_key(first, key), "together more than there are"))
        })
    }
}

/// What `[[farms]]` calls a parameter.
fn in_farm(key: &str) -> &str {
    match key {
        "sims" => "own_cards",
        "taken_hours" => "theft_hours",
        other => other,
    }
}
