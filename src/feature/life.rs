//! Life: how much of the window the card was there, and how its activity is spread.

use super::{Definition, Family, Span, Tally, Unit, share};
use crate::event::{Direction, Event, EventKind};
use crate::time::HOUR;

/// See the module.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Life {
    hours: Tally<i64, 256>,
    own_hours: Tally<i64, 256>,
    events: u32,
}

impl Life {
    /// Events in all.
    pub fn events(&self) -> u32 {
        self.events
    }
}

impl Family for Life {
    const DEFINITIONS: &'static [Definition] = &[
        Definition {
            name: "present_share",
            unit: Unit::Share,
            meaning: "hours with any event / hours covered",
            source: "FEATURES: active days",
            fed_by: "all",
            absent: "never",
        },
        Definition {
            name: "busiest_hour_share",
            unit: Unit::Share,
            meaning: "calls and messages of its own in its busiest hour / all of them",
            source: "FEATURES: busiest day's share; Sichuan 2020: median .066 normal, .35 fraud (by day)",
            fed_by: "all that show calls or messages",
            absent: "no call or message of its own",
        },
    ];

    fn push(&mut self, event: &Event) {
        let hour = event.time.div_euclid(HOUR);
        self.events = self.events.saturating_add(1);
        self.hours.add(hour);
        let own = matches!(event.kind, EventKind::CallAttempt | EventKind::SmsSubmit);
        if own && event.direction == Direction::Mo {
            self.own_hours.add(hour);
        }
    }

    fn merge(&mut self, later: &Self) {
        self.hours.merge(&later.hours);
        self.own_hours.merge(&later.own_hours);
        self.events = self.events.saturating_add(later.events);
    }

    fn finish(&self, span: Span, out: &mut Vec<f64>) {
        let first = span.start.div_euclid(HOUR);
        let last = span.end.saturating_sub(1).max(span.start).div_euclid(HOUR);
        let covered = last.saturating_sub(first).saturating_add(1) as f64;
        out.push((f64::from(self.hours.distinct()) / covered).min(1.0));
        out.push(share(self.own_hours.main().map_or(0, |(_, count)| count), self.own_hours.total()));
    }
}
