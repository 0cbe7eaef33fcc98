//! Profiles: an archetype is a table of laws, built in (`profiles/*.toml`) and changed by a scenario's
//! `[archetypes.NAME]`.
//!
//! A table says what differs from another one that it is `like`; the first of all is `ordinary`.

use super::archetype::Archetype;
use super::device::Kind;
use super::habits::Mobility;
use super::law::Law;
use super::person::Access;
use super::rhythm::Rhythm;
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::{Table, Value};

/// The built-in tables.
const BUILT_IN: [&str; 4] = [
    include_str!("profiles/persons.toml"),
    include_str!("profiles/trades.toml"),
    include_str!("profiles/machines.toml"),
    include_str!("profiles/guests.toml"),
];

/// Where a subscriber lives or works.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// At a home of the town.
    Home,
    /// In one of the dormitories.
    Dormitory,
    /// Where people work.
    Work,
    /// At the school that is nearest to its home.
    School,
    /// In the one building of all that are of this archetype.
    Building,
    /// Where it lives.
    Same,
}

/// What one archetype draws from for each of its subscribers.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// What its device is.
    pub device: Kind,
    /// Over what it calls, by weight; without it as phones do in this scenario.
    #[serde(default)]
    pub access: BTreeMap<Access, f64>,
    /// How many devices are bought at once, with neighbouring serial numbers.
    pub lot: u32,
    /// Chance that its card follows the last one made.
    pub run: f64,
    /// Where it lives.
    pub home: Place,
    /// Where it works.
    pub work: Place,
    /// How it moves, by weight.
    pub mobility: BTreeMap<Mobility, f64>,
    /// When it is active, by weight.
    pub rhythm: BTreeMap<Rhythm, f64>,
    /// Calls with an answer a day, made and received.
    pub voice: Law,
    /// Share of those that it receives.
    pub inbound: Law,
    /// Messages sent a day.
    pub texts: Law,
    /// Messages of applications received a day.
    pub notices: Law,
    /// How many people it knows.
    pub contacts: Law,
    /// Share of those who are simulated too.
    pub circle: Law,
    /// How much more the first of them are called than the rest: the exponent of Zipf's law.
    pub closeness: Law,
    /// Share of calls to numbers never called before.
    pub strangers: Law,
    /// Share of those that are in other regions.
    pub nationwide: Law,
    /// Share of calls to it that it answers.
    pub answers: Law,
    /// Chance of calling back after a missed call.
    pub calls_back: Law,
    /// Median seconds of a call.
    pub talk: Law,
    /// Deviation of the logarithm of a call's seconds.
    pub talk_sigma: Law,
    /// Weibull shape of the gaps between calls: below 1 in bursts, far above 1 by the clock.
    pub gap_shape: Law,
    /// Chance of being switched off at night.
    pub off_at_night: Law,
    /// Minutes between two reports by the clock; 0: refreshes as phones do.
    pub report_minutes: Law,
    /// Phones a day that its card is tried in.
    pub swaps: Law,
    /// New phones a year.
    pub new_phone: Law,
    /// Moves a year between two phones (or two slots of one) of its owner.
    pub other_phone: Law,
    /// Lost phones a year.
    pub lost_phone: Law,
    /// Empty batteries a year.
    pub dead_battery: Law,
    /// How often a year the card is lent to somebody.
    pub lent: Law,
    /// Journeys a year out of the network's reach.
    pub away: Law,
    /// Days for which it is here at all; 0: always.
    pub stay_days: Law,
}

/// The profiles of one scenario.
#[derive(Debug, Clone, Default)]
pub struct Profiles(BTreeMap<Archetype, Profile>);

impl Profiles {
    /// The built-in profiles with what a scenario changes. The error names the key and says what is wrong.
    pub fn new(changes: &BTreeMap<String, Table>) -> Result<Self, (String, String)> {
        let mut tables = Table::new();
        for text in BUILT_IN {
            let table: Table = text.parse().map_err(|error| ("archetypes".to_owned(), format!("{error}")))?;
            tables.extend(table);
        }
        let unknown = |name: &str| format!("no archetype {name}; there are: {}", names(&tables));
        for name in changes.keys() {
            if !tables.contains_key(name) {
                return Err((format!("archetypes.{name}"), unknown(name)));
            }
        }
        let mut profiles = BTreeMap::new();
        for archetype in Archetype::ALL {
            let name = archetype.name();
            if !tables.contains_key(name) {
                continue;
            }
            let mut table = inherited(&tables, name, 0);
            if let Some(change) = changes.get(name) {
                table.extend(change.clone());
            }
            profiles.insert(archetype, read(name, table)?);
        }
        Ok(Self(profiles))
    }

    /// That of an archetype; gateways have none.
    pub fn of(&self, archetype: Archetype) -> Option<&Profile> {
        self.0.get(&archetype)
    }
}

fn names(tables: &Table) -> String {
    tables.keys().map(String::as_str).collect::<Vec<_>>().join(", ")
}

/// A table with what it has of those that it is like.
fn inherited(tables: &Table, name: &str, depth: u32) -> Table {
    let Some(Value::Table(own)) = tables.get(name) else {
        return Table::new();
    };
    let mut table = match own.get("like") {
        Some(Value::String(like)) if depth < 8 => inherited(tables, like, depth + 1),
        _ => Table::new(),
    };
    table.extend(own.clone());
    table.remove("like");
    table
}

/// Reads one profile; each key by itself first, so that the error names it.
fn read(name: &str, table: Table) -> Result<Profile, (String, String)> {
    let whole = |error: toml::de::Error| (format!("archetypes.{name}"), error.message().to_owned());
    const SHARES: [&str; 8] =
        ["inbound", "circle", "strangers", "nationwide", "answers", "calls_back", "off_at_night", "run"];
    for (key, value) in &table {
        let wrong = |problem: String| (format!("archetypes.{name}.{key}"), problem);
        let words = ["device", "access", "lot", "home", "work", "mobility", "rhythm"];
        if words.contains(&key.as_str()) {
            continue;
        }
        let law = Law::try_from(value.clone()).map_err(wrong)?;
        let (high, range) = if SHARES.contains(&key.as_str()) { (1.0, "0 to 1") } else { (f64::MAX, "0 or more") };
        if !law.within(0.0, high) {
            return Err(wrong(format!("{range}; set min and max where the law goes beyond")));
        }
    }
    Value::Table(table).try_into().map_err(whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(name: &str, text: &str) -> BTreeMap<String, Table> {
        BTreeMap::from([(name.to_owned(), text.parse().unwrap())])
    }

    #[test]
    fn every_archetype_but_the_gateway_has_a_profile() {
        let profiles = Profiles::new(&BTreeMap::new()).unwrap();
        for archetype in Archetype::ALL {
            assert_eq!(profiles.of(archetype).is_some(), archetype != Archetype::Gateway, "{archetype:?}");
        }
    }

    #[test]
    fn a_scenario_changes_what_it_names_and_nothing_else() {
        let plain = Profiles::new(&BTreeMap::new()).unwrap();
        let changed = Profiles::new(&change("watch", "voice = 9")).unwrap();
        let [before, after] = [&plain, &changed].map(|profiles| profiles.of(Archetype::Watch).unwrap());
        assert_eq!(after.voice, Law::from(9.0));
        assert_eq!(Profile { voice: before.voice.clone(), ..after.clone() }, *before);
        assert_eq!(plain.of(Archetype::Meter), changed.of(Archetype::Meter));
    }

    #[test]
    fn complaints_name_archetype_and_key() {
        let complaint = |name, text| Profiles::new(&change(name, text)).unwrap_err();
        assert_eq!(complaint("watch", "voice = 'x'").0, "archetypes.watch.voice");
        assert_eq!(complaint("watch", "inbound = 1.5").0, "archetypes.watch.inbound");
        assert_eq!(complaint("clock", "voice = 1").0, "archetypes.clock");
        let (key, problem) = complaint("watch", "height = 3");
        assert!(key == "archetypes.watch" && problem.contains("height"), "{key}: {problem}");
    }
}
