//! Life: how much of the window the card was there, and how its activity is spread.

use super::definition::definitions;
use super::slots::{Distinct, Slots};
use super::spot::second;
use super::{Definition, Family, Span, share};
use crate::event::{Direction, Event, EventKind};
use crate::time::HOUR;

const SICHUAN: &str = "Sichuan 2020 (published records of users with fraud labels)";
const ABSENT: &str = "no call or message of its own";

/// What it did of its own accord: calls and messages.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Own {
    count: u32,
    hours: Slots<60>,
    days: Slots<1440>,
    first: u32,
    last: u32,
}

/// See the module.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Life {
    hours: Distinct<60>,
    events: u32,
    first: u32,
    own: Option<Box<Own>>,
}

impl Life {
    /// Events in all.
    pub fn events(&self) -> u32 {
        self.events
    }

    /// When it was seen first, in seconds.
    pub(super) fn first(&self) -> u32 {
        self.first
    }

    /// The first and last call or message of its own, in seconds.
    pub(super) fn own(&self) -> Option<(u32, u32)> {
        self.own.as_deref().map(|own| (own.first, own.last))
    }

    /// Hours with any event, and hours with a call or message of its own.
    pub(super) fn hours(&self) -> (u32, u32) {
        (self.hours.count(), self.own.as_deref().map_or(0, |own| own.hours.distinct()))
    }
}

impl Family for Life {
    const DEFINITIONS: &'static [Definition] = definitions! {
        "present_share" Share: "hours with any event / hours covered",
            says "was seen in {} of the hours", from SICHUAN, needs [], absent "never";
        "busiest_hour_share" Share: "calls and messages of its own in its busiest hour / all of them",
            says "{} of what it did fell in its busiest hour",
            from SICHUAN, needs [CallsOut], absent ABSENT;
        "busiest_day_share" Share: "calls and messages of its own on its busiest day (UTC) / all of them",
            says "{} of what it did fell on its busiest day",
            from SICHUAN, needs [CallsOut], absent ABSENT;
        "active_days" Count: "days (UTC) with a call or message of its own",
            says "called or wrote on {} day{s}", from SICHUAN, needs [CallsOut],
            absent "never: none is zero";
        "active_span_share" Share: "time from its first to its last call or message / time covered",
            says "its calls and messages span {} of the time",
            from "Murynets et al. 2014: short life of cards in boxes", needs [CallsOut], absent ABSENT;
        "first_activity" Seconds: "time from when it was first seen to its first call or message",
            says "first called or wrote {} after it was first seen",
            from "CN113660721A: switched on to call", needs [CallsOut], absent ABSENT;
    };

    fn push(&mut self, event: &Event) {
        self.hours.add(event.time);
        let now = second(event.time);
        if self.events == 0 {
            self.first = now;
        }
        self.events = self.events.saturating_add(1);
        let own = matches!(event.kind, EventKind::CallAttempt | EventKind::SmsSubmit);
        if own && event.direction == Direction::Mo {
            let own = self.own.get_or_insert_default();
            if own.count == 0 {
                own.first = now;
            }
            own.last = now;
            own.count = own.count.saturating_add(1);
            own.hours.add(event.time);
            own.days.add(event.time);
        }
    }

    fn merge(&mut self, later: &Self) {
        if self.events == 0 {
            self.first = later.first;
        }
        self.hours.merge(&later.hours);
        self.events = self.events.saturating_add(later.events);
        match (&mut self.own, &later.own) {
            (Some(own), Some(next)) => {
                own.count = own.count.saturating_add(next.count);
                own.hours.merge(&next.hours);
                own.days.merge(&next.days);
                own.last = next.last;
            }
            (None, Some(next)) => self.own = Some(next.clone()),
            (_, None) => {}
        }
    }

    fn finish(&self, span: Span, out: &mut Vec<f64>) {
        let own = self.own.as_deref().copied().unwrap_or_default();
        let known = |value: f64| if own.count > 0 { value } else { f64::NAN };
        let first = span.start.div_euclid(HOUR);
        let last = span.end.saturating_sub(1).max(span.start).div_euclid(HOUR);
        let covered = last.saturating_sub(first).saturating_add(1) as f64;
        let active = f64::from(own.last.saturating_sub(own.first)) / 3600.0 / span.hours();
        out.push((f64::from(self.hours.count()) / covered).min(1.0));
        out.push(share(own.hours.most(), own.count));
        out.push(share(own.days.most(), own.count));
        out.push(f64::from(own.days.distinct()));
        out.push(known(active.min(1.0)));
        out.push(known(f64::from(own.first.saturating_sub(self.first))));
    }
}
