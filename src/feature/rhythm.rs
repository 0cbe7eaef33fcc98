//! Rhythm (call-burst regularity): how outgoing calls follow each other, and when.
//!
//! A gap runs from the end of one outgoing call (or its attempt, where no end was seen) to the next attempt. Gaps are
//! kept in an HDR histogram of seconds with one significant digit, made when the first gap comes: it starts at a few
//! hundred octets and grows with the longest gap.

use super::{Definition, Family, Span, Tally, Unit, share};
use crate::event::{Direction, Event, EventKind};
use crate::time::{HOUR, MINUTE, SECOND};
use hdrhistogram::Histogram;

const FED_BY: &str = "CAP initialDP and reports, SIP INVITE to BYE, call records";
const ABSENT: &str = "fewer than two outgoing calls";
const ABSENT_THREE: &str = "fewer than three outgoing calls";
const ABSENT_CALL: &str = "no outgoing call";

/// Sums over pairs of a gap and the next one.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Pairs {
    count: f64,
    x: f64,
    y: f64,
    xx: f64,
    yy: f64,
    xy: f64,
}

impl Pairs {
    fn add(&mut self, x: f64, y: f64) {
        self.count += 1.0;
        self.x += x;
        self.y += y;
        self.xx += x * x;
        self.yy += y * y;
        self.xy += x * y;
    }

    fn merge(&mut self, other: &Self) {
        self.count += other.count;
        self.x += other.x;
        self.y += other.y;
        self.xx += other.xx;
        self.yy += other.yy;
        self.xy += other.xy;
    }

    /// Correlation of a gap with the next (memory coefficient of Goh and Barabási).
    fn correlation(&self) -> f64 {
        if self.count < 2.0 {
            return f64::NAN;
        }
        let covariance = self.xy - self.x * self.y / self.count;
        let spread = ((self.xx - self.x * self.x / self.count) * (self.yy - self.y * self.y / self.count)).sqrt();
        if spread > 1e-9 { (covariance / spread).clamp(-1.0, 1.0) } else { 0.0 }
    }
}

/// See the module.
#[derive(Debug, Clone, Default)]
pub struct Rhythm {
    gaps: Option<Box<Histogram<u32>>>,
    gap_count: f64,
    gap_sum: f64,
    gap_squares: f64,
    pairs: Pairs,
    first_attempt: Option<i64>,
    /// End of the last outgoing call: its release, else its attempt.
    last_end: Option<i64>,
    /// Last release before any attempt: of a call that an earlier part began.
    leading_end: Option<i64>,
    first_gap: Option<f64>,
    last_gap: Option<f64>,
    /// By the hour of the day, UTC.
    hours: [u16; 24],
    ten_minutes: Tally<i64, 1024>,
}

/// A gap in seconds, on the scale on which gaps compare.
fn log_gap(seconds: f64) -> f64 {
    seconds.max(0.0).ln_1p()
}

impl Rhythm {
    fn gap(&mut self, seconds: f64) {
        if let Some(last) = self.last_gap {
            self.pairs.add(log_gap(last), log_gap(seconds));
        }
        self.first_gap.get_or_insert(seconds);
        self.last_gap = Some(seconds);
        self.record(seconds);
    }

    fn record(&mut self, seconds: f64) {
        if self.gaps.is_none() {
            self.gaps = Histogram::new(1).ok().map(|mut histogram: Histogram<u32>| {
                histogram.auto(true);
                Box::new(histogram)
            });
        }
        if let Some(gaps) = &mut self.gaps {
            // It grows by itself, so that recording cannot fail for lack of range.
            let _ = gaps.record(seconds.max(1.0) as u64);
        }
        self.gap_count += 1.0;
        self.gap_sum += seconds;
        self.gap_squares += seconds * seconds;
    }

    /// Entropy of the gaps over bins that double: 1-2 s, 2-4 s and so on.
    fn gap_entropy(&self) -> f64 {
        let Some(gaps) = &self.gaps else {
            return f64::NAN;
        };
        let total = gaps.len() as f64;
        if total < 2.0 {
            return f64::NAN;
        }
        let bins = gaps.iter_log(1, 2.0);
        bins.map(|bin| bin.count_since_last_iteration() as f64 / total)
            .filter(|p| *p > 0.0)
            .fold(0.0, |sum, p| sum - p * p.log2())
    }
}

impl Family for Rhythm {
    const DEFINITIONS: &'static [Definition] = &[
        Definition {
            name: "gap_typical",
            unit: Unit::Seconds,
            meaning: "median time from the end of an outgoing call to the next attempt",
            source: "FEATURES: gap between release and next set-up",
            fed_by: FED_BY,
            absent: ABSENT,
        },
        Definition {
            name: "gap_tenth",
            unit: Unit::Seconds,
            meaning: "the gap that one in ten is shorter than",
            source: "FEATURES: round-robin timing",
            fed_by: FED_BY,
            absent: ABSENT,
        },
        Definition {
            name: "gap_burstiness",
            unit: Unit::Ratio,
            meaning: "(deviation - mean) / (deviation + mean) of the gaps: -1 regular, 0 random, 1 bursts",
            source: "Goh and Barabási 2008",
            fed_by: FED_BY,
            absent: ABSENT_THREE,
        },
        Definition {
            name: "gap_memory",
            unit: Unit::Ratio,
            meaning: "correlation of the logarithm of a gap with that of the next",
            source: "Goh and Barabási 2008",
            fed_by: FED_BY,
            absent: "fewer than four outgoing calls",
        },
        Definition {
            name: "gap_entropy",
            unit: Unit::Bits,
            meaning: "entropy of the gaps over bins that double",
            source: "FEATURES: entropy of the log-binned gap histogram",
            fed_by: FED_BY,
            absent: ABSENT_THREE,
        },
        Definition {
            name: "calls_max_10min",
            unit: Unit::Count,
            meaning: "most outgoing calls in ten minutes of the clock",
            source: "FEATURES: max calls in 10 min",
            fed_by: FED_BY,
            absent: "never: no call is zero calls",
        },
        Definition {
            name: "call_hours",
            unit: Unit::Count,
            meaning: "hours of the day with an outgoing call",
            source: "FEATURES: active hours; Sichuan 2020: median 18 normal, 11 fraud (8 months)",
            fed_by: FED_BY,
            absent: "never: no call is zero hours",
        },
        Definition {
            name: "night_share",
            unit: Unit::Share,
            meaning: "outgoing calls from 23 h to 6 h local time / outgoing calls",
            source: "FEATURES: night share",
            fed_by: FED_BY,
            absent: ABSENT_CALL,
        },
        Definition {
            name: "hour_entropy",
            unit: Unit::Bits,
            meaning: "entropy of outgoing calls over the hours of the day",
            source: "FEATURES: calls per hour of day",
            fed_by: FED_BY,
            absent: ABSENT_CALL,
        },
    ];

    fn push(&mut self, event: &Event) {
        if event.direction != Direction::Mo {
            return;
        }
        match event.kind {
            EventKind::CallAttempt => {
                if let Some(end) = self.last_end {
                    self.gap(event.time.saturating_sub(end) as f64 / SECOND as f64);
                }
                self.first_attempt.get_or_insert(event.time);
                self.last_end = Some(event.time);
                let hour = event.time.div_euclid(HOUR).rem_euclid(24) as usize;
                if let Some(count) = self.hours.get_mut(hour) {
                    *count = count.saturating_add(1);
                }
                self.ten_minutes.add(event.time.div_euclid(10 * MINUTE));
            }
            EventKind::CallEnd if self.last_end.is_some() => self.last_end = Some(event.time),
            EventKind::CallEnd => self.leading_end = Some(event.time),
            _ => {}
        }
    }

    fn merge(&mut self, later: &Self) {
        match (self.last_end, later.leading_end) {
            (Some(_), Some(end)) => self.last_end = Some(end),
            (None, Some(end)) => self.leading_end = Some(end),
            (_, None) => {}
        }
        // The gap across the border, with its neighbours on both sides.
        if let (Some(end), Some(start)) = (self.last_end, later.first_attempt) {
            self.gap(start.saturating_sub(end) as f64 / SECOND as f64);
        }
        if let (Some(last), Some(first)) = (self.last_gap, later.first_gap) {
            self.pairs.add(log_gap(last), log_gap(first));
        }
        self.pairs.merge(&later.pairs);
        match (&mut self.gaps, &later.gaps) {
            (Some(gaps), Some(more)) => {
                // Both grow by themselves, so that adding cannot fail for lack of range.
                let _ = gaps.add(&**more);
            }
            (None, Some(more)) => self.gaps = Some(more.clone()),
            (_, None) => {}
        }
        self.gap_count += later.gap_count;
        self.gap_sum += later.gap_sum;
        self.gap_squares += later.gap_squares;
        self.first_gap = self.first_gap.or(later.first_gap);
        self.last_gap = later.last_gap.or(self.last_gap);
        self.first_attempt = self.first_attempt.or(later.first_attempt);
        self.last_end = later.last_end.or(self.last_end);
        for (count, more) in self.hours.iter_mut().zip(later.hours) {
            *count = count.saturating_add(more);
        }
        self.ten_minutes.merge(&later.ten_minutes);
    }

    fn finish(&self, span: Span, out: &mut Vec<f64>) {
        let quantile = |q: f64| self.gaps.as_ref().map_or(f64::NAN, |gaps| gaps.value_at_quantile(q) as f64);
        let mean = self.gap_sum / self.gap_count;
        let deviation = (self.gap_squares / self.gap_count - mean * mean).max(0.0).sqrt();
        let three = |value: f64| {
            if self.gap_count >= 2.0 { value } else { f64::NAN }
        };
        let calls: u32 = self.hours.iter().map(|count| u32::from(*count)).sum();
        let ahead = span.clock.div_euclid(HOUR);
        let utc = |local: i64| local.saturating_sub(ahead).rem_euclid(24) as usize;
        let night = [23, 0, 1, 2, 3, 4, 5].into_iter().filter_map(|local| self.hours.get(utc(local)));
        let night: u32 = night.map(|count| u32::from(*count)).sum();
        let hour_entropy = self.hours.iter().filter(|count| **count > 0).fold(0.0, |sum, count| {
            let p = f64::from(*count) / f64::from(calls);
            sum - p * p.log2()
        });
        out.push(quantile(0.5));
        out.push(quantile(0.1));
        out.push(three((deviation - mean) / (deviation + mean).max(1e-9)));
        out.push(self.pairs.correlation());
        out.push(three(self.gap_entropy()));
        out.push(f64::from(self.ten_minutes.main().map_or(0, |(_, count)| count)));
        out.push(self.hours.iter().filter(|count| **count > 0).count() as f64);
        out.push(share(night, calls));
        out.push(if calls > 0 { hour_entropy } else { f64::NAN });
    }
}
