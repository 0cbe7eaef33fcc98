//! `[population]`: how many of each archetype, by count and by share.

use super::super::people::archetype::Archetype;
use serde::Deserialize;
use std::collections::BTreeMap;

/// How many of each kind.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Population {
    /// All subscribers that shares are of.
    pub size: usize,
    /// Shares of `size` by archetype; without any, those of [`USUAL`].
    pub shares: BTreeMap<String, f64>,
    /// Further subscribers by archetype.
    pub counts: BTreeMap<String, usize>,
    /// Ordinary people, parents included.
    pub ordinary: usize,
    /// Children's watches, each with one or two parents among the people.
    pub watches: usize,
    /// Agents of one call centre.
    pub call_centre: usize,
    /// Couriers.
    pub couriers: usize,
    /// Meters.
    pub meters: usize,
    /// Visitors of the foreign network.
    pub visitors: usize,
    /// Watches whose card moves to another watch of the family.
    pub watches_replaced: usize,
    /// Ordinary people who put their card into a new phone.
    pub phones_replaced: usize,
    /// Share of phones with calls over LTE.
    pub volte: f64,
    /// Multiplies the calls and messages of people.
    #[serde(default = "super::one")]
    pub activity: f64,
}

/// A city's subscribers.
const USUAL: [(Archetype, f64); 25] = [
    (Archetype::Ordinary, 0.46),
    (Archetype::Light, 0.13),
    (Archetype::Heavy, 0.045),
    (Archetype::Student, 0.06),
    (Archetype::Elderly, 0.08),
    (Archetype::NightWorker, 0.02),
    (Archetype::SecondPhone, 0.03),
    (Archetype::PrepaidVisitor, 0.01),
    (Archetype::Watch, 0.03),
    (Archetype::CallCentre, 0.003),
    (Archetype::Telesales, 0.002),
    (Archetype::Courier, 0.006),
    (Archetype::Taxi, 0.003),
    (Archetype::Shop, 0.006),
    (Archetype::DealerCard, 0.002),
    (Archetype::RepairShop, 0.0004),
    (Archetype::Meter, 0.045),
    (Archetype::Lift, 0.004),
    (Archetype::Alarm, 0.006),
    (Archetype::PaymentTerminal, 0.012),
    (Archetype::Tracker, 0.016),
    (Archetype::Router, 0.016),
    (Archetype::Probe, 0.0003),
    (Archetype::Application, 0.0005),
    (Archetype::Visitor, 0.0128),
];

impl Population {
    /// How many of one archetype, before the scale.
    pub fn heads(&self, archetype: Archetype) -> usize {
        let named = match archetype {
            Archetype::Ordinary => self.ordinary,
            Archetype::Watch => self.watches,
            Archetype::CallCentre => self.call_centre,
            Archetype::Courier => self.couriers,
            Archetype::Meter => self.meters,
            Archetype::Visitor => self.visitors,
            _ => 0,
        };
        let share = if self.shares.is_empty() {
            USUAL.iter().find(|(usual, _)| *usual == archetype).map_or(0.0, |(_, share)| *share)
        } else {
            self.shares.get(archetype.name()).copied().unwrap_or(0.0)
        };
        let counted = self.counts.get(archetype.name()).copied().unwrap_or(0);
        named + counted + (self.size as f64 * share).round() as usize
    }

    /// The first key that makes no sense, and why.
    pub fn problem(&self) -> Option<(String, String)> {
        let known = |name: &str| Archetype::named(name).is_some_and(|archetype| archetype != Archetype::Gateway);
        let names = || Archetype::ALL.map(Archetype::name).join(", ").replace(", gateway", "");
        let shares = self.shares.keys().map(|name| ("shares", name));
        let counts = self.counts.keys().map(|name| ("counts", name));
        if let Some((table, name)) = shares.chain(counts).find(|(_, name)| !known(name)) {
            let problem = format!("no such archetype; there are: {}", names());
            return Some((format!("population.{table}.{name}"), problem));
        }
        if let Some((name, _)) = self.shares.iter().find(|(_, share)| !(0.0..=1.0).contains(*share)) {
            return Some((format!("population.shares.{name}"), "0 to 1".to_owned()));
        }
        let sum: f64 = self.shares.values().sum();
        if !self.shares.is_empty() && (sum - 1.0).abs() > 0.001 {
            return Some(("population.shares".to_owned(), format!("shares add up to 1, not to {sum:.3}")));
        }
        if !self.shares.is_empty() && self.size == 0 {
            return Some(("population.size".to_owned(), "shares of how many?".to_owned()));
        }
        let people = Archetype::ALL.into_iter().filter(|&archetype| archetype < Archetype::SecondPhone);
        let children = self.heads(Archetype::Watch) + self.heads(Archetype::SecondPhone);
        let alone = children > 0 && people.map(|archetype| self.heads(archetype)).sum::<usize>() == 0;
        alone.then(|| ("population".to_owned(), "watches need parents, second phones first ones".to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn population(text: &str) -> Population {
        toml::from_str(text).unwrap()
    }

    #[test]
    fn counts_and_shares_add_up() {
        let city = population("size = 100000");
        let all: usize = Archetype::ALL.into_iter().map(|archetype| city.heads(archetype)).sum();
        assert_eq!((all, city.problem()), (100_000, None));
        let town =
            population("size = 1000\nordinary = 7\nshares = { ordinary = 0.9, lift = 0.1 }\ncounts = { lift = 3 }");
        assert_eq!(town.heads(Archetype::Ordinary), 907);
        assert_eq!(town.heads(Archetype::Lift), 103);
        assert_eq!(town.heads(Archetype::Watch), 0);
    }

    #[test]
    fn complaints_name_the_key() {
        let complaint = |text| population(text).problem().unwrap();
        assert_eq!(complaint("size = 9\nshares = { ordinary = 0.5 }").0, "population.shares");
        assert_eq!(complaint("shares = { ordinary = 1 }").0, "population.size");
        let (key, problem) = complaint("counts = { robots = 1 }");
        assert!(key == "population.counts.robots" && problem.contains("payment_terminal"), "{problem}");
        assert_eq!(complaint("watches = 2").0, "population");
    }
}
