//! Place (cell stasis): where the card was, and whether it ever moves.

use super::definition::definitions;
use super::sample::{Sample, mix};
use super::spot::{Visits, second};
use super::{Definition, Family, Span, Spot, Visit, share};
use crate::event::Event;
use crate::identity::CellId;

/// Changes of cell that are kept, for those who move along and for short hops.
const MAX_MOVES: usize = 24;
/// A hop to a cell and back that takes no longer is short.
const HOP_SECONDS: u32 = 15 * 60;

const ABSENT: &str = "no message named a cell";

/// See the module.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Place {
    cells: Sample<Spot, u32, 64>,
    areas: Sample<u64, u32, 32>,
    changes: u32,
    first: Spot,
    last: Spot,
    /// Arrivals in another cell than the one before.
    moves: Visits<MAX_MOVES>,
    /// In seconds: start of the present stay, and the longest stay that ended.
    since: u32,
    until: u32,
    longest: u32,
    /// Start and end of the first stay, for merging: it may go on from an earlier part.
    first_since: u32,
    first_until: u32,
}

impl Place {
    /// The cell with most events.
    pub fn main(&self) -> Option<CellId> {
        self.main_spot().cell()
    }

    /// The same in its packed form.
    pub(super) fn main_spot(&self) -> Spot {
        self.cells.main().map_or(Spot::default(), |(spot, _)| spot)
    }

    /// The cells with the number of events in each.
    pub(super) fn cells(&self) -> impl Iterator<Item = (Spot, u32)> + '_ {
        self.cells.iter()
    }

    /// The first changes of cell.
    pub(super) fn moves(&self) -> &[Visit] {
        self.moves.all()
    }

    fn longest(&self) -> u32 {
        self.longest.max(self.until.saturating_sub(self.since))
    }

    /// Moves to a cell and soon back again, among those kept.
    fn hops(&self) -> f64 {
        let first = (self.first.place() >> 32) as u32;
        let places: Vec<u32> = std::iter::once(first).chain(self.moves().iter().map(|visit| visit.place)).collect();
        let back = |(place, visit): &(usize, &Visit)| {
            let before = place.checked_sub(1).and_then(|place| self.moves().get(place));
            let soon = before.is_some_and(|before| visit.second.saturating_sub(before.second) <= HOP_SECONDS);
            soon && place.checked_sub(1).and_then(|place| places.get(place)) == Some(&visit.place)
        };
        self.moves().iter().enumerate().filter(back).count() as f64
    }
}

impl Family for Place {
    const DEFINITIONS: &'static [Definition] = definitions! {
        "cells" Count: "different cells", from "Murynets et al. 2014; Kouam et al. 2024", needs [Cell], absent ABSENT;
        "areas" Count: "different location or tracking areas", from "3GPP TS 23.003 §4, §19.4.2.3",
            needs [Cell], absent "no message named an area";
        "cell_main_share" Share: "events in the most frequent cell / events with a cell",
            from "Murynets et al. 2014", needs [Cell], absent ABSENT;
        "cell_entropy" Bits: "entropy of events over cells", from "Kouam et al. 2024", needs [Cell], absent ABSENT;
        "cell_changes_per_hour" PerHour: "changes from one cell to another, by the hour",
            from "Kouam et al. 2024", needs [Cell], absent ABSENT;
        "cell_longest_share" Share: "longest time seen in one cell without another between / time covered",
            from "Murynets et al. 2014", needs [Cell], absent ABSENT;
        "cell_hops_share" Share: "changes to a cell and back within 15 min / changes (of the first 24)",
            from "Kouam et al. 2024: switching of base stations", needs [Cell], absent "no change of cell";
    };

    fn push(&mut self, event: &Event) {
        let Some(cell) = event.cell else { return };
        if let Some(area) = cell.area {
            self.areas.add(mix(u64::from(area)), 1);
        }
        if !cell.is_cell() {
            return;
        }
        // One cell may come with its area and without; it is the same cell.
        let spot = Spot::from(CellId { area: cell.telling_area(), ..cell });
        self.cells.add(spot, 1);
        let now = second(event.time);
        if self.last == spot {
            self.until = now;
        } else {
            if self.first == Spot::default() {
                (self.first, self.first_since) = (spot, now);
            } else {
                self.changes = self.changes.saturating_add(1);
                self.moves.push(Visit::new(event.time, spot));
            }
            self.longest = self.longest();
            (self.since, self.until, self.last) = (now, now, spot);
        }
        if self.changes == 0 {
            self.first_until = now;
        }
    }

    fn merge(&mut self, later: &Self) {
        self.cells.merge(&later.cells);
        self.areas.merge(&later.areas);
        if later.first == Spot::default() {
            return;
        }
        if self.first == Spot::default() {
            let (cells, areas) = (std::mem::take(&mut self.cells), std::mem::take(&mut self.areas));
            *self = Self { cells, areas, ..later.clone() };
            return;
        }
        let goes_on = self.last == later.first;
        let unmoved = self.changes == 0 && goes_on;
        if goes_on {
            self.longest = self.longest.max(later.first_until.saturating_sub(self.since));
        } else {
            self.longest = self.longest();
            self.changes = self.changes.saturating_add(1);
            self.moves.push(Visit { second: later.first_since, ..Visit::new(0, later.first) });
        }
        self.moves.merge(&later.moves);
        if !(goes_on && later.changes == 0) {
            self.since = later.since;
        }
        if unmoved {
            self.first_until = later.first_until;
        }
        self.longest = self.longest.max(later.longest);
        self.changes = self.changes.saturating_add(later.changes);
        (self.until, self.last) = (later.until, later.last);
    }

    fn finish(&self, span: Span, out: &mut Vec<f64>) {
        let total = self.cells.total();
        let known = |value: f64| if total > 0 { value } else { f64::NAN };
        let areas = self.areas.distinct();
        out.push(known(self.cells.distinct()));
        out.push(if areas > 0.0 { areas } else { f64::NAN });
        out.push(self.cells.main_share());
        out.push(self.cells.entropy());
        out.push(known(f64::from(self.changes) / span.hours()));
        let longest = f64::from(self.longest()) / 3600.0 / span.hours();
        out.push(known(longest.clamp(0.0, 1.0)));
        out.push(share(self.hops(), self.moves().len() as f64));
    }
}
