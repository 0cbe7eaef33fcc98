//! The taps: which packets a probe sees, by which clock, and what it loses, cuts and sees twice.
//!
//! A probe draws from a stream of its own, so that another probe changes nothing of what this one sees.

pub mod earlier;
mod savefiles;
pub mod sight;
#[cfg(test)]
mod tests;

use super::SimulateError;
use super::clock::{Time, seconds};
use super::network::Link;
use super::queue::Queue;
use super::random::{Dice, Stream};
use super::scenario::{Scenario, Tap as Plan};
use savefiles::Savefiles;
use std::path::{Path, PathBuf};

/// All taps.
pub struct Taps {
    taps: Vec<Tap>,
}

/// One probe.
struct Tap {
    plan: Plan,
    begin: Time,
    span: [Time; 2],
    dice: Dice,
    /// Packets of the second port, which come a moment later.
    again: Queue<Vec<u8>>,
    savefiles: Savefiles,
    packets: u64,
    octets: u64,
}

impl Taps {
    /// The taps of a scenario, each with a folder of its own within `out`; without any, one that sees all writes into
    /// `out` itself.
    pub fn new(scenario: &Scenario, seed: u64, out: &Path) -> Result<Self, SimulateError> {
        let apart = !scenario.taps.is_empty();
        let taps = scenario.probes().into_iter().enumerate().map(|(index, plan)| {
            let folder = if apart { out.join(&plan.name) } else { out.to_owned() };
            std::fs::create_dir_all(&folder).map_err(|error| SimulateError::Write { path: folder.clone(), error })?;
            Ok(Tap::new(scenario, plan, Dice::new(seed, Stream::Tap(index)), folder.join(&scenario.name)))
        });
        Ok(Self { taps: taps.collect::<Result<_, SimulateError>>()? })
    }

    /// A packet passes on a link; times never go back.
    pub fn packet(&mut self, link: Link, time: Time, packet: &[u8]) -> Result<(), SimulateError> {
        self.taps
            .iter_mut()
            .filter(|tap| sight::sees(&tap.plan.sees, link))
            .try_for_each(|tap| tap.packet(time, packet))
    }

    /// Nothing comes any more.
    pub fn finish(&mut self) -> Result<(), SimulateError> {
        self.taps.iter_mut().try_for_each(Tap::finish)
    }

    /// Packets written, and their octets.
    pub fn written(&self) -> [u64; 2] {
        self.taps.iter().fold([0, 0], |[packets, octets], tap| [packets + tap.packets, octets + tap.octets])
    }

    /// Captures written, tap by tap.
    pub fn files(self) -> Vec<PathBuf> {
        self.taps.into_iter().flat_map(|tap| tap.savefiles.files).collect()
    }
}

impl Tap {
    fn new(scenario: &Scenario, plan: Plan, dice: Dice, prefix: PathBuf) -> Self {
        let (begin, end) = (scenario.begin(), scenario.end());
        let span = plan.span(begin, end);
        let files = plan.files.clone().unwrap_or_else(|| scenario.output.files.clone());
        let savefiles = Savefiles::new(prefix, files, plan.snaplen, span);
        Self { plan, begin, span, dice, again: Queue::default(), savefiles, packets: 0, octets: 0 }
    }

    fn packet(&mut self, time: Time, packet: &[u8]) -> Result<(), SimulateError> {
        let [from, until] = self.span;
        if !(from..until).contains(&time) {
            return Ok(());
        }
        self.second_port(time)?;
        if self.plan.duplicate > 0.0 && self.dice.chance(self.plan.duplicate) {
            let delay = self.plan.duplicate_delay_us * self.dice.between(0.5, 1.5);
            self.again.push(time + seconds(delay / 1e6).max(1), packet.to_vec());
        }
        self.write(time, packet)
    }

    /// What the second port has shown by now.
    fn second_port(&mut self, time: Time) -> Result<(), SimulateError> {
        while let Some((at, packet)) = self.again.pop_before(time) {
            self.write(at, &packet)?;
        }
        Ok(())
    }

    fn write(&mut self, time: Time, packet: &[u8]) -> Result<(), SimulateError> {
        if self.plan.loss > 0.0 && self.dice.chance(self.plan.loss) {
            return Ok(());
        }
        self.packets += 1;
        self.octets += (packet.len() as u64).min(u64::from(self.plan.snaplen));
        self.savefiles.packet(self.shown(time), packet)
    }

    /// The time by the probe's own clock, which is off by some and goes too fast or too slow.
    fn shown(&self, time: Time) -> Time {
        let since = time.saturating_sub(self.begin) as f64;
        let wrong = self.plan.clock_offset_ms * 1e6 + since * self.plan.clock_drift_ppm / 1e6;
        time.saturating_add_signed(wrong as i64)
    }

    fn finish(&mut self) -> Result<(), SimulateError> {
        self.second_port(Time::MAX)?;
        self.savefiles.finish()
    }
}
