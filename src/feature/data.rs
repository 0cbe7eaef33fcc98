//! Data: sessions, and whether there are any.

use super::definition::{NEVER, definitions};
use super::histogram::Histogram;
use super::slots::Distinct;
use super::spot::{Clock, second};
use super::visits::Visits;
use super::{Definition, Family, Occasional, Span, Spot, Visit};
use crate::event::{Event, EventKind};
use crate::time::HOUR;

/// Session starts whose time and place are kept, to compare them with calls of others.
const MAX_VISITS: usize = 24;

const RELAY: &str = "reports of 2023 to 2026 on relays of two phones: the call's other half goes over data";
const KOUAM: &str = "Kouam et al. 2024: traffic of a card beside calls";

/// See the module.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Data {
    starts: u32,
    hours: Distinct<60>,
    lengths: Histogram,
    visits: Visits<MAX_VISITS>,
    /// The last start, while no end came.
    since: Clock,
    /// The first end before any start, for merging.
    first_end: Clock,
}

impl Data {
    /// Sessions that began.
    pub(super) fn starts(&self) -> u32 {
        self.starts
    }
    /// True where any sign of a session was seen.
    pub(super) fn any(&self) -> bool {
        self.hours.count() > 0
    }
    /// When and where the first sessions began.
    pub(super) fn visits(&self) -> impl Iterator<Item = Visit> + '_ {
        self.visits.iter()
    }
}

impl Occasional for Data {
    fn concerns(event: &Event) -> bool {
        matches!(event.kind, EventKind::DataStart | EventKind::DataUpdate | EventKind::DataEnd)
    }
}

impl Family for Data {
    const DEFINITIONS: &'static [Definition] = definitions! {
        "data_starts_per_hour" PerHour: "data sessions that began, by the hour",
            says "began {} data sessions an hour", from KOUAM, needs [Data], absent NEVER;
        "data_hours_share" Share: "hours with a sign of a data session / hours covered",
            says "used data in {} of the hours", from KOUAM, needs [Data], absent NEVER;
        "data_typical" Seconds: "median time from the start of a data session to the next end of one",
            says "its data sessions lasted {} as a rule", from RELAY, needs [Data],
            absent "no session was seen from start to end";
    };

    fn push(&mut self, event: &Event) {
        self.hours.add(event.time);
        let now = second(event.time);
        match event.kind {
            EventKind::DataStart => {
                self.starts = self.starts.saturating_add(1);
                self.since = Clock::at(event.time);
                if let Some(cell) = event.cell {
                    self.visits.push(Visit::new(event.time, Spot::from(cell)));
                }
            }
            EventKind::DataEnd => match self.since.take().get() {
                Some(since) => self.lengths.add(now.saturating_sub(since)),
                None if self.starts == 0 => self.first_end = self.first_end.or(Clock::at(event.time)),
                None => {}
            },
            _ => {}
        }
    }

    fn merge(&mut self, later: &Self) {
        if let (Some(since), Some(end)) = (self.since.get(), later.first_end.get()) {
            self.lengths.add(end.saturating_sub(since));
            self.since = Clock::default();
        }
        if self.starts == 0 {
            self.first_end = self.first_end.or(later.first_end);
        }
        if later.starts > 0 {
            self.since = later.since;
        }
        self.starts = self.starts.saturating_add(later.starts);
        self.hours.merge(&later.hours);
        self.lengths.merge(&later.lengths);
        self.visits.merge(&later.visits);
    }

    fn finish(&self, span: Span, out: &mut Vec<f64>) {
        let covered = (span.end.saturating_sub(span.start) as f64 / HOUR as f64).ceil().max(1.0);
        out.push(f64::from(self.starts) / span.hours());
        out.push((f64::from(self.hours.count()) / covered).min(1.0));
        out.push(self.lengths.quantile(0.5));
    }
}
