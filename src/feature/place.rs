//! Place (cell stasis): where the card was, and whether it ever moves.

use super::definition::definitions;
use super::sample::{Key, Sample, mix};
use super::visits::Visits;
use super::{Definition, Family, Occasional, Span, Spot, Visit, share};
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
    areas: Sample<Area, (), 32>,
    /// The first stay in a cell; it may go on from an earlier part.
    first: Option<Stay>,
    moved: Option<Box<Moved>>,
}

/// Seen in one cell without another between.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Stay {
    /// The number of the place.
    place: u32,
    /// In seconds.
    since: u32,
    until: u32,
}

impl Stay {
    fn length(self) -> u32 {
        self.until.saturating_sub(self.since)
    }
}

/// What came after the first stay.
#[derive(Debug, Clone, PartialEq)]
struct Moved {
    changes: u32,
    /// Arrivals in another cell than the one before.
    moves: Visits<MAX_MOVES>,
    last: Stay,
    /// The longest of the stays between the first and the last, in seconds.
    longest: u32,
}

/// The number of a location or tracking area.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Area(u32);

impl Key for Area {
    fn rank(self) -> u64 {
        mix(u64::from(self.0))
    }
}

impl Place {
    /// The cell with most events.
    pub(super) fn main(&self) -> Spot {
        self.cells.main().map_or(Spot::default(), |(spot, _)| spot)
    }

    /// The cells with the number of events in each.
    pub(super) fn cells(&self) -> impl Iterator<Item = (Spot, u32)> + '_ {
        self.cells.iter()
    }

    /// The first changes of cell.
    pub(super) fn moves(&self) -> impl Iterator<Item = Visit> + '_ {
        self.moved.as_deref().into_iter().flat_map(|moved| moved.moves.iter())
    }

    /// How many of them are kept.
    pub(super) fn moves_kept(&self) -> usize {
        self.moved.as_deref().map_or(0, |moved| moved.moves.len())
    }

    /// Goes on in the same cell, or moves to another.
    fn go_on(&mut self, next: Stay) {
        let Some(first) = &mut self.first else {
            self.first = Some(next);
            return;
        };
        let visit = Visit { place: next.place, second: next.since };
        match &mut self.moved {
            None if first.place == next.place => first.until = next.until,
            None => {
                let moves = [visit].into_iter().collect();
                self.moved = Some(Box::new(Moved { changes: 1, moves, last: next, longest: 0 }));
            }
            Some(moved) if moved.last.place == next.place => moved.last.until = next.until,
            Some(moved) => {
                moved.changes = moved.changes.saturating_add(1);
                moved.moves.push(visit);
                moved.longest = moved.longest.max(moved.last.length());
                moved.last = next;
            }
        }
    }

    /// The longest stay in one cell, in seconds.
    fn longest(&self) -> u32 {
        let after = self.moved.as_deref().map_or(0, |moved| moved.longest.max(moved.last.length()));
        self.first.map_or(0, Stay::length).max(after)
    }

    /// Moves to a cell and soon back again, among those kept; and how many are kept.
    fn hops(&self) -> (f64, f64) {
        let moves: Vec<Visit> = self.moves().collect();
        let first = self.first.iter().map(|stay| stay.place);
        let places = first.chain(moves.iter().map(|visit| visit.place));
        // For each move but the first: where it was two moves before, and the move before.
        let steps = moves.iter().zip(moves.iter().skip(1)).zip(places);
        let back = |((before, visit), place): &((&Visit, &Visit), u32)| {
            visit.place == *place && visit.second.saturating_sub(before.second) <= HOP_SECONDS
        };
        (steps.filter(back).count() as f64, moves.len() as f64)
    }
}

impl Occasional for Place {
    fn concerns(event: &Event) -> bool {
        event.cell.is_some()
    }
}

impl Family for Place {
    const DEFINITIONS: &'static [Definition] = definitions! {
        "cells" Count: "different cells",
            says "was in {} cell{s}", from "Murynets et al. 2014; Kouam et al. 2024", needs [Cell], absent ABSENT;
        "areas" Count: "different location or tracking areas",
            says "was in {} area{s}", from "3GPP TS 23.003 §4, §19.4.2.3",
            needs [Cell], absent "no message named an area";
        "cell_main_share" Share: "events in the most frequent cell / events with a cell",
            says "{} of its events were in one cell",
            from "Murynets et al. 2014", needs [Cell], absent ABSENT;
        "cell_entropy" Bits: "entropy of events over cells",
            says "its events are spread as over {even} equal cell{s}", from "Kouam et al. 2024", needs [Cell], absent ABSENT;
        "cell_changes_per_hour" PerHour: "changes from one cell to another, by the hour",
            says "changed its cell {} times an hour",
            from "Kouam et al. 2024", needs [Cell], absent ABSENT;
        "cell_longest_share" Share: "longest time seen in one cell without another between / time covered",
            says "stayed {} of the time in one cell",
            from "Murynets et al. 2014", needs [Cell], absent ABSENT;
        "cell_hops_share" Share: "changes to a cell and back within 15 min / changes (of the first 24)",
            says "{} of its changes of cell went back within 15 min",
            from "Kouam et al. 2024: switching of base stations", needs [Cell], absent "no change of cell";
    };

    fn push(&mut self, event: &Event) {
        let Some(cell) = event.cell else { return };
        if let Some(area) = cell.area {
            self.areas.add(Area(area), ());
        }
        if cell.is_cell() {
            // One cell may come with its area and without; it is the same cell.
            let spot = Spot::from(CellId { area: cell.telling_area(), ..cell });
            self.cells.add(spot, 1);
            let Visit { place, second } = Visit::new(event.time, spot);
            self.go_on(Stay { place, since: second, until: second });
        }
    }

    fn merge(&mut self, later: &Self) {
        self.cells.merge(&later.cells);
        self.areas.merge(&later.areas);
        if let Some(next) = later.first {
            self.go_on(next);
        }
        match (&mut self.moved, &later.moved) {
            (Some(moved), Some(next)) => {
                moved.changes = moved.changes.saturating_add(next.changes);
                moved.moves.merge(&next.moves);
                moved.longest = moved.longest.max(moved.last.length()).max(next.longest);
                moved.last = next.last;
            }
            (None, Some(next)) => self.moved = Some(next.clone()),
            (_, None) => {}
        }
    }

    fn finish(&self, span: Span, out: &mut Vec<f64>) {
        let total = self.cells.total();
        let known = |value: f64| if total > 0 { value } else { f64::NAN };
        let areas = self.areas.distinct();
        out.push(known(self.cells.distinct()));
        out.push(if areas > 0.0 { areas } else { f64::NAN });
        out.push(self.cells.main_share());
        out.push(self.cells.entropy());
        let changes = self.moved.as_deref().map_or(0, |moved| moved.changes);
        out.push(known(f64::from(changes) / span.hours()));
        let longest = f64::from(self.longest()) / 3600.0 / span.hours();
        out.push(known(longest.clamp(0.0, 1.0)));
        let (hops, moves) = self.hops();
        out.push(share(hops, moves));
    }
}
