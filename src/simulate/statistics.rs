//! Statistics: what each subscriber did over the whole time, one row each, for comparison with real records of calls.
//!
//! Counted as such records are: calls with an answer, by the side that they were recorded on, and messages. No packets
//! are made, so months take minutes.

use super::SimulateError;
use super::act::{Act, Deed};
use super::clock::{Clock, SECOND, Time};
use super::fraud::Plan;
use super::fraud::label::label;
use super::network::Card;
use super::network::call::{Outcome, Party};
use super::population::Population;
use super::relay::Stage;
use super::scenario::Scenario;
use std::collections::BTreeSet;
use std::path::Path;

/// What one subscriber did.
#[derive(Debug, Clone, Default)]
struct Record {
    made: u64,
    received: u64,
    callees: BTreeSet<u64>,
    imeis: BTreeSet<u64>,
    seconds: Vec<u32>,
    sent: u64,
    delivered: u64,
    /// Calls by the day of the month, and by the hour.
    days: [u32; 31],
    hours: [u32; 24],
}

impl Record {
    fn call(&mut self, clock: Clock, at: Time, lasted: Time) {
        let [_, _, day, hour, ..] = clock.civil(at);
        for (counts, at) in [(&mut self.days[..], day.saturating_sub(1)), (&mut self.hours[..], hour)] {
            if let Some(count) = counts.get_mut(at as usize) {
                *count += 1;
            }
        }
        self.seconds.push((lasted / SECOND).max(1) as u32);
    }

    fn values(&mut self) -> Vec<String> {
        self.seconds.sort_unstable();
        let calls = self.seconds.len().max(1);
        let mean = self.seconds.iter().map(|&seconds| f64::from(seconds)).sum::<f64>() / calls as f64;
        let median = self.seconds.get(self.seconds.len() / 2).copied().unwrap_or(0);
        let used = |counts: &[u32]| counts.iter().filter(|&&count| count > 0).count();
        let busiest = self.days.iter().max().copied().unwrap_or(0);
        let mut values = vec![
            self.made.to_string(),
            self.received.to_string(),
            self.callees.len().to_string(),
            format!("{mean:.1}"),
            median.to_string(),
            self.sent.to_string(),
            self.delivered.to_string(),
            used(&self.days).to_string(),
            format!("{:.4}", f64::from(busiest) / calls as f64),
            used(&self.hours).to_string(),
            self.imeis.len().to_string(),
        ];
        values.extend(self.hours.iter().map(u32::to_string));
        values
    }
}

const COLUMNS: [&str; 14] = [
    "imsi",
    "archetype",
    "fraud",
    "calls_made",
    "calls_received",
    "callees",
    "mean_seconds",
    "median_seconds",
    "messages_sent",
    "messages_received",
    "days_of_month",
    "busiest_day_share",
    "hours",
    "imeis",
];

/// The records of all subscribers.
#[derive(Debug)]
pub struct Statistics {
    clock: Clock,
    end: Time,
    records: Vec<Record>,
}

impl Statistics {
    /// Nothing has happened yet.
    pub fn new(scenario: &Scenario, subscribers: usize) -> Self {
        Self { clock: scenario.clock(), end: scenario.end(), records: vec![Record::default(); subscribers] }
    }

    /// Writes one row for each subscriber; gives how many.
    pub fn write(mut self, population: &Population, plans: &[Plan], path: &Path) -> Result<u64, SimulateError> {
        let error = |error: csv::Error| SimulateError::Write { path: path.to_owned(), error: error.into() };
        let mut writer = csv::Writer::from_path(path).map_err(error)?;
        let hours = (0..24).map(|hour| format!("hour_{hour:02}"));
        writer.write_record(COLUMNS.map(str::to_owned).into_iter().chain(hours)).map_err(error)?;
        let mut rows = 0;
        for (person, record) in population.people.iter().zip(&mut self.records) {
            let fraud = label(person, plans).map_or("", |label| label.card);
            let first = [person.imsi.to_string(), person.archetype.name().to_owned(), fraud.to_owned()];
            writer.write_record(first.into_iter().chain(record.values())).map_err(error)?;
            rows += 1;
        }
        writer.flush().map_err(|error| SimulateError::Write { path: path.to_owned(), error })?;
        Ok(rows)
    }

    fn record(&mut self, card: &Card) -> Option<&mut Record> {
        self.records.get_mut(card.index)
    }
}

impl Stage for Statistics {
    fn act(&mut self, act: &Act) -> Result<(), SimulateError> {
        let clock = self.clock;
        if act.at >= self.end {
            return Ok(());
        }
        match &act.deed {
            Deed::Call { caller, called, line } => {
                let Outcome::Answered(lasted, _) = line.outcome else {
                    return Ok(());
                };
                if let Party::Card(card) = caller
                    && let Some(record) = self.record(card)
                {
                    record.made += 1;
                    record.callees.insert(called.number().to_bits());
                    record.imeis.insert(card.imei.to_bits());
                    record.call(clock, line.dialled, lasted);
                }
                if let Party::Card(card) = called
                    && let Some(record) = self.record(card)
                {
                    record.received += 1;
                    record.call(clock, line.dialled, lasted);
                }
            }
            Deed::Submit { card, .. } => {
                if let Some(record) = self.record(card) {
                    record.sent += 1;
                }
            }
            Deed::Deliver { card, .. } => {
                if let Some(record) = self.record(card) {
                    record.delivered += 1;
                }
            }
            _ => (),
        }
        Ok(())
    }

    fn finish(&mut self) -> Result<(), SimulateError> {
        Ok(())
    }
}
