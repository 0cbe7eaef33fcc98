//! The scenario: what is simulated, as a TOML file says it.

mod area;
mod check;
mod doubts;
mod frauds;
mod operator;
mod population;
mod taps;

pub use area::{Area, Cells, District, Occasion, OccasionKind};
pub use frauds::Farm;
pub use operator::{Identities, Operator};
pub use population::Population;
pub use taps::{Sight, Tap};

use super::calendar::{self, Calendar};
use super::clock::{self, Clock, HOUR, MINUTE, Time};
use super::fraud;
use super::network::Interface;
use super::people::archetype::Archetype;
use super::people::profile::Profiles;
use crate::identity::Plmn;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use toml::value::Datetime;

/// A scenario that can't be used.
#[derive(Debug, thiserror::Error)]
pub enum ScenarioError {
    /// The file can't be read.
    #[error("{path}: {error}")]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        error: std::io::Error,
    },
    /// It is not TOML, a key is unknown or missing, or a value has the wrong type.
    #[error("{path}:{line}: {what}")]
    Parse {
        /// The file.
        path: PathBuf,
        /// Where.
        line: usize,
        /// What is wrong.
        what: String,
    },
    /// A value makes no sense.
    #[error("{path}:{line}: {key}: {problem}")]
    Value {
        /// The file.
        path: PathBuf,
        /// The line of the key, or of its table where the key is left out.
        line: usize,
        /// The key with its table.
        key: String,
        /// What is wrong.
        problem: String,
    },
}

/// A whole scenario.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// What it is called; the first part of the names of the captures.
    pub name: String,
    /// When it begins, with the offset of local time (`2026-03-17T00:00:00+08:00`); without offset UTC.
    start: Datetime,
    /// Seed of all chance, where the command gives none.
    #[serde(default = "first")]
    pub seed: u64,
    /// How long it lasts.
    pub duration_minutes: u64,
    /// Multiplies all counts of people (not of farms and cells).
    #[serde(default = "one")]
    pub scale: f64,
    /// Identities.
    pub identities: Identities,
    /// Places.
    pub cells: Cells,
    /// What stands where.
    #[serde(default)]
    pub area: Area,
    /// Days of work and rest.
    #[serde(default)]
    calendar: calendar::Plan,
    /// What happens once.
    #[serde(default)]
    pub occasions: Vec<Occasion>,
    /// Plans.
    #[serde(default)]
    pub operator: Operator,
    /// Nodes.
    #[serde(default)]
    pub network: Network,
    /// People and machines.
    pub population: Population,
    /// What differs from the built-in profiles.
    #[serde(default)]
    archetypes: BTreeMap<String, toml::Table>,
    /// The profiles with these changes.
    #[serde(skip)]
    pub profiles: Profiles,
    /// The days.
    #[serde(skip)]
    pub days: Calendar,
    /// Gateways.
    #[serde(default)]
    pub farms: Vec<Farm>,
    /// Frauds of all kinds.
    #[serde(default)]
    frauds: Vec<fraud::Settings>,
    /// What goes wrong on the transport.
    #[serde(default)]
    pub faults: Faults,
    /// Probes.
    #[serde(default)]
    pub taps: Vec<Tap>,
    /// The captures.
    pub output: Output,
}

/// Core nodes and their timers.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Network {
    /// MSC/VLRs.
    pub mscs: usize,
    /// MMEs.
    pub mmes: usize,
    /// The interfaces whose links are simulated.
    pub interfaces: Vec<Interface>,
    /// SCTP and M3UA heartbeats and Diameter watchdogs, in seconds; 0: none.
    pub heartbeat_seconds: u64,
    /// Mean time between two re-authentications or re-registrations of a phone.
    pub refresh_minutes: u64,
    /// Share of registrations after which the equipment is checked.
    pub equipment_check: f64,
    /// Share of subscribers whose incoming calls are charged too (T-CSI).
    pub terminating_csi: f64,
}

impl Default for Network {
    fn default() -> Self {
        Self {
            mscs: 3,
            mmes: 2,
            interfaces: Interface::USUAL.to_vec(),
            heartbeat_seconds: 60,
            refresh_minutes: 240,
            equipment_check: 0.6,
            terminating_csi: 0.3,
        }
    }
}

/// Probabilities, each for one message or packet.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Faults {
    /// An SCTP packet is sent again with the same TSN.
    pub sctp_retransmit: f64,
    /// It arrives late.
    pub sctp_reorder: f64,
    /// A DATA chunk joins the packet before it.
    pub sctp_bundle: f64,
    /// A message of over 200 octets goes in several DATA chunks.
    pub sctp_fragment: f64,
    /// A packet takes the second path; above 0 all associations have two addresses at each end.
    pub sctp_second_path: f64,
    /// An association is set up anew, at each heartbeat of its link.
    pub sctp_restart: f64,
    /// A packet of over 576 octets goes in IP fragments.
    pub ip_fragment: f64,
    /// A TCP message is cut in the middle.
    pub tcp_split: f64,
    /// A segment is sent again.
    pub tcp_retransmit: f64,
    /// It arrives late.
    pub tcp_reorder: f64,
    /// A TCAP message goes in XUDT segments though it would fit.
    pub xudt_split: f64,
}

/// The captures.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Output {
    /// One capture after another; the last entry repeats until the end.
    pub files: Vec<OutputFile>,
}

/// One capture, or the form of the rest.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OutputFile {
    /// The time that it covers.
    pub minutes: u64,
    /// Savefile format.
    pub format: Format,
    /// Compression.
    #[serde(default)]
    pub compression: Compression,
}

/// Savefile formats.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// Microseconds.
    Pcap,
    /// Nanoseconds.
    PcapNanosecond,
    /// Nanoseconds, with blocks.
    Pcapng,
}

/// Compressions.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Compression {
    /// As it is.
    #[default]
    None,
    /// RFC 1952.
    Gzip,
    /// RFC 8878.
    Zstd,
}

fn first() -> u64 {
    1
}

fn one() -> f64 {
    1.0
}

impl Scenario {
    /// Reads and checks a scenario.
    pub fn load(path: &Path) -> Result<Self, ScenarioError> {
        let text =
            std::fs::read_to_string(path).map_err(|error| ScenarioError::Read { path: path.to_owned(), error })?;
        Self::parse(&text, path)
    }

    /// The same from text; `path` is for messages.
    pub fn parse(text: &str, path: &Path) -> Result<Self, ScenarioError> {
        let unread = |error: toml::de::Error| {
            let before = text.get(..error.span().map_or(0, |span| span.start)).unwrap_or(text);
            let line = before.matches('\n').count() + 1;
            ScenarioError::Parse { path: path.to_owned(), line, what: error.message().to_owned() }
        };
        let mut scenario: Self = toml::from_str(text).map_err(unread)?;
        let wrong = |(key, problem): (String, String)| ScenarioError::Value {
            path: path.to_owned(),
            line: check::line_of(text, &key),
            key,
            problem,
        };
        scenario.profiles = Profiles::new(&scenario.archetypes).map_err(wrong)?;
        scenario.days = scenario.calendar.calendar(scenario.clock(), scenario.begin(), scenario.end());
        match scenario.problem() {
            None => Ok(scenario),
            Some(problem) => Err(wrong(problem)),
        }
    }

    /// How many subscribers of an archetype there are.
    pub fn heads(&self, archetype: Archetype) -> usize {
        self.scaled(self.population.heads(archetype))
    }

    /// Share of people who are away over holidays.
    pub fn away(&self) -> f64 {
        self.calendar.away
    }

    /// The simulated network.
    pub fn plmn(&self) -> Option<Plmn> {
        self.identities.plmn.parse().ok()
    }

    /// When it begins.
    pub fn begin(&self) -> Time {
        clock::from_toml(&self.start).map_or(0, |(time, _)| time)
    }

    /// When it ends.
    pub fn end(&self) -> Time {
        self.begin() + self.duration_minutes * MINUTE
    }

    /// Local time.
    pub fn clock(&self) -> Clock {
        Clock { offset_minutes: clock::from_toml(&self.start).map_or(0, |(_, offset)| offset) }
    }

    /// The probes: those that are told, or one that sees everything.
    pub fn probes(&self) -> Vec<Tap> {
        if self.taps.is_empty() { vec![Tap::default()] } else { self.taps.clone() }
    }

    /// A count of people under the scale.
    pub fn scaled(&self, count: usize) -> usize {
        (count as f64 * self.scale).round() as usize
    }
}

/// A local hour with fraction as a span since midnight.
pub fn hour_of_day(hour: f64) -> Time {
    (hour * HOUR as f64) as Time
}
