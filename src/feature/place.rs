//! Place (cell stasis): where the card was, and whether it ever moves.

use super::{Definition, Family, Span, Tally, Unit, share};
use crate::event::{Event, EventKind};
use crate::identity::CellId;

const FED_BY: &str = "MAP/CAP location, S6a/SGs location, SIP P-Access-Network-Info";
const ABSENT: &str = "no message named a cell";

/// See the module.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Place {
    cells: Tally<CellId, 64>,
    areas: Tally<u64, 32>,
    call_cells: Tally<u64, 64>,
    changes: u32,
    first: Option<CellId>,
    last: Option<CellId>,
    /// Start of the present stay, and the longest stay that ended.
    since: i64,
    until: i64,
    longest: i64,
    /// End of the first stay, for merging: it may go on from an earlier part.
    first_until: i64,
}

impl Place {
    /// The cell with most events.
    pub fn main(&self) -> Option<CellId> {
        self.cells.main().map(|(cell, _)| cell)
    }

    fn longest(&self) -> i64 {
        self.longest.max(self.until.saturating_sub(self.since))
    }
}

impl Family for Place {
    const DEFINITIONS: &'static [Definition] = &[
        Definition {
            name: "cells",
            unit: Unit::Count,
            meaning: "different cells",
            source: "FEATURES: cell stasis; Kouam et al. 2024",
            fed_by: FED_BY,
            absent: ABSENT,
        },
        Definition {
            name: "areas",
            unit: Unit::Count,
            meaning: "different location or tracking areas",
            source: "FEATURES: cell stasis",
            fed_by: FED_BY,
            absent: "no message named an area",
        },
        Definition {
            name: "cell_main_share",
            unit: Unit::Share,
            meaning: "events in the most frequent cell / events with a cell",
            source: "FEATURES: cell stasis",
            fed_by: FED_BY,
            absent: ABSENT,
        },
        Definition {
            name: "cell_entropy",
            unit: Unit::Bits,
            meaning: "entropy of events over cells",
            source: "FEATURES: cell stasis",
            fed_by: FED_BY,
            absent: ABSENT,
        },
        Definition {
            name: "cell_changes_per_hour",
            unit: Unit::PerHour,
            meaning: "changes from one cell to another, by the hour",
            source: "FEATURES: cell stasis",
            fed_by: FED_BY,
            absent: ABSENT,
        },
        Definition {
            name: "cell_longest_share",
            unit: Unit::Share,
            meaning: "longest time seen in one cell without another between / time covered",
            source: "FEATURES: cell stasis",
            fed_by: FED_BY,
            absent: ABSENT,
        },
        Definition {
            name: "cells_per_call",
            unit: Unit::Ratio,
            meaning: "different cells of outgoing calls / outgoing calls with a cell",
            source: "FEATURES: cell stasis; Murynets et al. 2014",
            fed_by: FED_BY,
            absent: "no outgoing call with a cell",
        },
    ];

    fn push(&mut self, event: &Event) {
        let Some(cell) = event.cell else { return };
        if let Some(area) = cell.area {
            self.areas.add(u64::from(area));
        }
        let Some(number) = cell.cell else { return };
        // One cell may come with its area and without; it is the same cell.
        let cell = CellId { area: cell.telling_area(), ..cell };
        self.cells.add(cell);
        if event.kind == EventKind::CallAttempt && event.direction == crate::event::Direction::Mo {
            self.call_cells.add(number);
        }
        if self.last == Some(cell) {
            self.until = event.time;
        } else {
            if self.last.is_some() {
                self.changes = self.changes.saturating_add(1);
            } else {
                self.first = Some(cell);
            }
            self.longest = self.longest();
            (self.since, self.until, self.last) = (event.time, event.time, Some(cell));
        }
        if self.changes == 0 {
            self.first_until = event.time;
        }
    }

    fn merge(&mut self, later: &Self) {
        self.cells.merge(&later.cells);
        self.areas.merge(&later.areas);
        self.call_cells.merge(&later.call_cells);
        let (Some(first), Some(_)) = (later.first, later.last) else {
            return;
        };
        if self.last.is_none() {
            (self.first, self.first_until) = (later.first, later.first_until);
            (self.since, self.until, self.longest) = (later.since, later.until, later.longest);
            (self.changes, self.last) = (later.changes, later.last);
            return;
        }
        let goes_on = self.last == Some(first);
        let unmoved = self.changes == 0 && goes_on;
        if goes_on {
            self.longest = self.longest.max(later.first_until.saturating_sub(self.since));
        } else {
            self.longest = self.longest();
            self.changes = self.changes.saturating_add(1);
        }
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
        let areas = f64::from(self.areas.distinct());
        out.push(known(f64::from(self.cells.distinct())));
        out.push(if areas > 0.0 { areas } else { f64::NAN });
        out.push(share(self.cells.main().map_or(0, |(_, count)| count), total));
        out.push(self.cells.entropy());
        out.push(known(f64::from(self.changes) / span.hours()));
        let longest = self.longest() as f64 / crate::time::HOUR as f64 / span.hours();
        out.push(known(longest.clamp(0.0, 1.0)));
        out.push(share(self.call_cells.distinct(), self.call_cells.total()));
    }
}
