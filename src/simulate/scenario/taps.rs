//! The section `[[taps]]`: which links a probe sees, and how well.

use super::super::clock::{MINUTE, Time};
use super::OutputFile;
use super::check::is_name;
use serde::Deserialize;

/// One probe. Without any, one that sees everything and loses nothing writes the captures.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Tap {
    /// What its folder is called.
    pub name: String,
    /// What it sees; more than one is the sum of them.
    pub sees: Vec<Sight>,
    /// What its clock is ahead at the beginning, in milliseconds.
    pub clock_offset_ms: f64,
    /// What its clock gains, in millionths.
    pub clock_drift_ppm: f64,
    /// Share of packets that a second port shows once more.
    pub duplicate: f64,
    /// Mean delay of the second port, in microseconds.
    pub duplicate_delay_us: f64,
    /// Share of packets that it loses.
    pub loss: f64,
    /// Octets of a packet that it keeps at most.
    pub snaplen: u32,
    /// The minute of the scenario with which it begins.
    pub from_minute: u64,
    /// The minute with which it ends; none: that of the scenario.
    pub until_minute: Option<u64>,
    /// Its captures, where they are not those of `[output]`.
    pub files: Option<Vec<OutputFile>>,
}

impl Default for Tap {
    fn default() -> Self {
        Self {
            name: "all".to_owned(),
            sees: vec![Sight::All],
            clock_offset_ms: 0.0,
            clock_drift_ppm: 0.0,
            duplicate: 0.0,
            duplicate_delay_us: 40.0,
            loss: 0.0,
            snaplen: 262_144,
            from_minute: 0,
            until_minute: None,
            files: None,
        }
    }
}

/// Where a probe sits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sight {
    /// On all links.
    All,
    /// At the signaling transfer point, on the links of the exchanges.
    Stp,
    /// On the signaling of the circuits between exchanges.
    Trunks,
    /// At the home registers alone.
    Hlr,
    /// Where other networks are reached.
    Roaming,
    /// Between base stations of 2G and exchanges.
    A,
    /// Between controllers of 3G and exchanges or packet nodes.
    Iu,
    /// Both.
    AIu,
    /// Around the nodes of packet data.
    PacketCore,
    /// At the edge of IMS.
    Ims,
}

impl Tap {
    /// From when to when it listens.
    pub fn span(&self, begin: Time, end: Time) -> [Time; 2] {
        let at = |minute: u64| begin.saturating_add(minute.saturating_mul(MINUTE)).min(end);
        [at(self.from_minute), self.until_minute.map_or(end, at)]
    }

    /// The first value that makes no sense: its key and why.
    pub(super) fn problem(&self) -> Option<(&'static str, &'static str)> {
        let share = |value: f64| (0.0..=1.0).contains(&value);
        let files = self.files.as_ref();
        let checks = [
            ("taps.name", is_name(&self.name), "letters, digits, - and _ only"),
            ("taps.sees", !self.sees.is_empty(), "at least one"),
            ("taps.clock_offset_ms", self.clock_offset_ms.abs() <= 3.6e6, "an hour at most"),
            ("taps.clock_drift_ppm", self.clock_drift_ppm.abs() <= 1000.0, "-1000 to 1000"),
            ("taps.duplicate", share(self.duplicate), "0 to 1"),
            ("taps.duplicate_delay_us", (0.0..=1e6).contains(&self.duplicate_delay_us), "a second at most"),
            ("taps.loss", share(self.loss), "0 to 1"),
            ("taps.snaplen", (64..=262_144).contains(&self.snaplen), "64 to 262144"),
            ("taps.until_minute", self.until_minute.is_none_or(|until| until > self.from_minute), "after from_minute"),
            ("taps.files", files.is_none_or(|files| !files.is_empty()), "at least one"),
            (
                "taps.files",
                files.is_none_or(|files| files.iter().all(|file| file.minutes > 0)),
                "at least 1 minute each",
            ),
        ];
        checks.into_iter().find(|(_, good, _)| !good).map(|(key, _, problem)| (key, problem))
    }
}
