//! The chronicle: the events of all acts in order of time, as a table.
//!
//! Either `events-truth.csv`, every event with the probes that could see it; or, where no packets are made, the table
//! that `simhound events` would write of the captures: those that some probe could see.

use super::SimulateError;
use super::account::{Teller, Told};
use super::act::Act;
use super::clock::Time;
use super::queue::Queue;
use super::relay::Stage;
use super::scenario::{Scenario, Tap};
use super::tap::sight;
use super::truth::happened::{HAPPENED, HAPPENED_COLUMNS, Happened};
use crate::event::{EVENT_COLUMNS, EVENTS, Event, EventRow, Interface, ResolvedBy};
use crate::identity::CellId;
use crate::table::{Format, TableWriter};
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, BufWriter};
use std::path::{Path, PathBuf};

/// What is written of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Truth,
    Events,
}

/// An event that waits for its turn.
struct Waiting {
    event: Event,
    cells: [Option<CellId>; 2],
    /// A bit for each probe.
    seen_by: u64,
    over: Time,
}

/// A probe: when it listens, and whether it shows each interface, to subscribers of this network and of the foreign one.
struct Probe {
    name: String,
    span: [Time; 2],
    shows: [BTreeSet<Interface>; 2],
}

impl Probe {
    fn new(scenario: &Scenario, plan: Tap) -> Self {
        let shows = [false, true].map(|abroad| {
            let shown = Interface::ALL.iter().copied();
            shown.filter(|&interface| sight::shows(scenario, &plan, interface, abroad)).collect()
        });
        Self { span: plan.span(scenario.begin(), scenario.end()), name: plan.name, shows }
    }

    fn sees(&self, told: &Told<'_>, time: Time) -> bool {
        let [from, until] = self.span;
        let [home, abroad] = &self.shows;
        let shows = if told.card.visitor { abroad } else { home };
        (from..until).contains(&time) && told.shown_on.iter().any(|interface| shows.contains(interface))
    }
}

/// An event of somebody who is not known: a number is all that some interfaces tell.
fn nameless(event: Event) -> Event {
    let msisdn = event.msisdn.filter(|_| matches!(event.interface, Interface::Sip | Interface::Cx));
    Event { imsi: None, imei: None, msisdn, resolved_by: ResolvedBy::Unresolved, ..event }
}

/// The events of a run being written.
pub struct Chronicle {
    kind: Kind,
    path: PathBuf,
    teller: Teller,
    probes: Vec<Probe>,
    waiting: Queue<Waiting>,
    end: Time,
    table: Option<TableWriter<BufWriter<File>>>,
    /// Rows written.
    pub rows: u64,
}

impl Chronicle {
    /// Everything that happens, with who could see it, into `events-truth.csv` of a folder.
    pub fn truth(scenario: &Scenario, folder: &Path) -> Result<Self, SimulateError> {
        Self::new(scenario, Kind::Truth, folder.join("events-truth.csv"))
    }

    /// What some probe could see, in the product of events.
    pub fn events(scenario: &Scenario, path: &Path) -> Result<Self, SimulateError> {
        Self::new(scenario, Kind::Events, path.to_owned())
    }

    fn new(scenario: &Scenario, kind: Kind, path: PathBuf) -> Result<Self, SimulateError> {
        let table = (|| {
            let out = BufWriter::with_capacity(1 << 18, File::create(&path)?);
            let format = Format::of_path(&path).unwrap_or(Format::JsonLines);
            match kind {
                Kind::Truth => TableWriter::new(out, format, HAPPENED, HAPPENED_COLUMNS),
                Kind::Events => TableWriter::new(out, format, EVENTS, EVENT_COLUMNS),
            }
        })();
        let table = table.map_err(|error| SimulateError::Write { path: path.clone(), error })?;
        Ok(Self {
            kind,
            path,
            teller: Teller::new(scenario)?,
            probes: scenario.probes().into_iter().map(|plan| Probe::new(scenario, plan)).collect(),
            waiting: Queue::default(),
            end: scenario.end(),
            table: Some(table),
            rows: 0,
        })
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn write(&mut self, until: Time) -> Result<(), SimulateError> {
        let until = until.min(self.end);
        while let (Some((_, waiting)), Some(table)) = (self.waiting.pop_before(until), &mut self.table) {
            let (event, names) = (&waiting.event, &self.teller.names);
            let written = match self.kind {
                Kind::Truth => {
                    let probes = self.probes.iter().zip(0..64).filter(|(_, bit)| waiting.seen_by >> bit & 1 == 1);
                    let seen_by: Vec<&str> = probes.map(|(probe, _)| probe.name.as_str()).collect();
                    table.write(&Happened {
                        event,
                        names,
                        cells: waiting.cells,
                        over: waiting.over as i64,
                        seen_by: &seen_by.join(";"),
                    })
                }
                Kind::Events => table.write(&EventRow { event, names, file: "" }),
            };
            written.map_err(|error| SimulateError::Write { path: self.path.clone(), error })?;
            self.rows += 1;
        }
        Ok(())
    }
}

impl Stage for Chronicle {
    fn act(&mut self, act: &Act) -> Result<(), SimulateError> {
        self.write(act.told)?;
        let Self { teller, waiting, probes, kind, .. } = self;
        teller.tell(act, &mut |told| {
            let time = told.event.time.unsigned_abs();
            let bits = probes.iter().zip(0..64);
            let seen_by = bits.fold(0, |bits, (probe, bit)| bits | u64::from(probe.sees(told, time)) << bit);
            let event = match kind {
                Kind::Events if !told.named => nameless(told.event),
                _ => told.event,
            };
            if *kind == Kind::Truth || seen_by != 0 {
                waiting.push(told.known, Waiting { event, cells: told.cells, seen_by, over: told.over });
            }
        });
        Ok(())
    }

    fn finish(&mut self) -> Result<(), SimulateError> {
        self.write(Time::MAX)?;
        let flush = |table: TableWriter<BufWriter<File>>| -> io::Result<()> {
            table.finish()?.into_inner().map_err(io::IntoInnerError::into_error)?.sync_data()
        };
        let done = self.table.take().map_or(Ok(()), flush);
        done.map_err(|error| SimulateError::Write { path: self.path.clone(), error })
    }
}
