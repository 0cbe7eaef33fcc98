//! Rhythm (call-burst regularity): how outgoing calls follow each other, and when.
//!
//! A gap runs from the end of one outgoing call (or its attempt, where no end was seen) to the next attempt.

use super::definition::{NEVER, definitions};
use super::histogram::Histogram;
use super::slots::Fullest;
use super::spot::FineClock;
use super::{Definition, Family, Occasional, Span, entropy, share};
use crate::event::{Direction, Event, EventKind};
use crate::time::{HOUR, SECOND};

const ABSENT: &str = "fewer than two outgoing calls";
const ABSENT_THREE: &str = "fewer than three outgoing calls";
const ABSENT_CALL: &str = "no outgoing call";
const GOH: &str = "Goh and Barabási 2008";
const JIANG: &str = "Jiang et al. 2013: times between calls";
const MURYNETS: &str = "Murynets et al. 2014";

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
        self.merge(&Self { count: 1.0, x, y, xx: x * x, yy: y * y, xy: x * y });
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

/// Seconds between two calls, or none, in eight octets.
#[derive(Debug, Clone, Copy)]
struct Gap(f64);

impl Default for Gap {
    fn default() -> Self {
        Self(f64::NAN)
    }
}

impl Gap {
    fn get(self) -> Option<f64> {
        (!self.0.is_nan()).then_some(self.0)
    }
    /// This, or the other where there is none.
    fn or(self, other: Self) -> Self {
        if self.0.is_nan() { other } else { self }
    }
}

/// See the module.
#[derive(Debug, Clone, Default)]
pub struct Rhythm {
    gaps: Histogram,
    gap_sum: f64,
    gap_squares: f64,
    pairs: Pairs,
    first_attempt: FineClock,
    /// End of the last outgoing call: its release, else its attempt.
    last_end: FineClock,
    /// Last release before any attempt: of a call that an earlier part began.
    leading_end: FineClock,
    first_gap: Gap,
    last_gap: Gap,
    /// Attempts while an earlier call was not over, and releases, without which that cannot be told.
    overlaps: u32,
    releases: u32,
    /// True from an attempt to the next release.
    busy: bool,
    /// By the hour of the day, UTC.
    hours: [u16; 24],
    minutes: Fullest<1>,
    ten_minutes: Fullest<10>,
    full_hours: Fullest<60>,
}

/// A gap in seconds, on the scale on which gaps compare.
fn log_gap(seconds: f64) -> f64 {
    seconds.max(0.0).ln_1p()
}

impl Rhythm {
    fn gap(&mut self, seconds: f64) {
        if let Some(last) = self.last_gap.get() {
            self.pairs.add(log_gap(last), log_gap(seconds));
        }
        self.last_gap = Gap(seconds);
        self.first_gap = self.first_gap.or(self.last_gap);
        self.gaps.add(seconds.max(1.0) as u32);
        self.gap_sum += seconds;
        self.gap_squares += seconds * seconds;
    }

    /// The last call ended, or one that began before any attempt that was seen.
    fn ended(&mut self, end: FineClock) {
        let ended = if self.last_end.get().is_some() { &mut self.last_end } else { &mut self.leading_end };
        *ended = end;
    }

    fn attempt(&mut self, time: i64) {
        if let Some(end) = self.last_end.get() {
            self.gap(time.saturating_sub(end) as f64 / SECOND as f64);
        }
        self.last_end = FineClock::at(time);
        self.first_attempt = self.first_attempt.or(self.last_end);
        self.overlaps = self.overlaps.saturating_add(u32::from(self.busy));
        self.busy = true;
        let hour = time.div_euclid(HOUR).rem_euclid(24) as usize;
        if let Some(count) = self.hours.get_mut(hour) {
            *count = count.saturating_add(1);
        }
        self.minutes.add(time);
        self.ten_minutes.add(time);
        self.full_hours.add(time);
    }
}

impl Occasional for Rhythm {
    fn concerns(event: &Event) -> bool {
        event.direction == Direction::Mo && matches!(event.kind, EventKind::CallAttempt | EventKind::CallEnd)
    }
}

impl Family for Rhythm {
    const DEFINITIONS: &'static [Definition] = definitions! {
        "gap_typical" Seconds: "median time from the end of an outgoing call to the next attempt (classes of 6 %)",
            says "left {} between calls as a rule",
            from JIANG, needs [CallsOut], absent ABSENT;
        "gap_tenth" Seconds: "the gap that one in ten is shorter than (classes of 6 %)",
            says "left {} or less before one call in ten",
            from "Kouam et al. 2024: gaps of gateways", needs [CallsOut], absent ABSENT;
        "gap_mean" Seconds: "mean of the gaps",
            says "left {} between calls in the mean", from JIANG, needs [CallsOut], absent ABSENT;
        "gap_variation" Ratio: "standard deviation / mean of the gaps",
            says "its gaps between calls vary by {} times their mean", from GOH, needs [CallsOut], absent ABSENT_THREE;
        "gap_burstiness" Ratio: "(deviation - mean) / (deviation + mean) of the gaps: -1 regular, 0 random, 1 bursts",
            says "its calls follow each other with burstiness {}, where -1 is a clock and 1 bursts",
            from GOH, needs [CallsOut], absent ABSENT_THREE;
        "gap_memory" Ratio: "correlation of the logarithm of a gap with that of the next",
            says "its gaps between calls follow the one before with correlation {}",
            from GOH, needs [CallsOut], absent "fewer than four outgoing calls";
        "gap_entropy" Bits: "entropy of the gaps over bins that double",
            says "its gaps between calls are spread as over {even} equal length{s}", from JIANG, needs [CallsOut], absent ABSENT_THREE;
        "gap_main_share" Share: "gaps in the most frequent class of 6 % / gaps: 1 where calls follow a clock",
            says "{} of its gaps between calls have one length",
            from "Kouam et al. 2024: fixed gaps", needs [CallsOut], absent ABSENT_THREE;
        "calls_max_1min" Count: "most outgoing calls in one minute of the clock",
            says "made up to {} call{s} in one minute", from MURYNETS, needs [CallsOut], absent NEVER;
        "calls_max_10min" Count: "most outgoing calls in ten minutes of the clock",
            says "made up to {} call{s} in ten minutes", from MURYNETS, needs [CallsOut], absent NEVER;
        "calls_max_60min" Count: "most outgoing calls in one hour of the clock",
            says "made up to {} call{s} in one hour", from MURYNETS, needs [CallsOut], absent NEVER;
        "calls_overlap_share" Share: "outgoing calls that begin before the last one was over / outgoing calls",
            says "{} of its calls began before the last one was over",
            from "Sahin et al. 2017: concurrent calls of one card", needs [CallsOut, CallEnds], absent "no end of a call was seen";
        "call_hours" Count: "hours of the day with an outgoing call",
            says "called in {} hour{s} of the day", from MURYNETS, needs [CallsOut], absent NEVER;
        "night_share" Share: "outgoing calls from 23 h to 6 h local time / outgoing calls",
            says "{} of its calls were at night, from 23 h to 6 h",
            from MURYNETS, needs [CallsOut], absent ABSENT_CALL;
        "hour_entropy" Bits: "entropy of outgoing calls over the hours of the day",
            says "its calls are spread as over {even} equal hour{s} of the day",
            from "Kouam et al. 2024", needs [CallsOut], absent ABSENT_CALL;
    };

    fn push(&mut self, event: &Event) {
        match event.kind {
            EventKind::CallAttempt => self.attempt(event.time),
            EventKind::CallEnd => {
                self.releases = self.releases.saturating_add(1);
                self.busy = false;
                self.ended(FineClock::at(event.time));
            }
            _ => {}
        }
    }

    fn merge(&mut self, later: &Self) {
        if later.leading_end.get().is_some() {
            self.ended(later.leading_end);
            self.busy = false;
        }
        // The gap across the border, with its neighbours on both sides.
        if let (Some(end), Some(start)) = (self.last_end.get(), later.first_attempt.get()) {
            self.gap(start.saturating_sub(end) as f64 / SECOND as f64);
            self.overlaps = self.overlaps.saturating_add(u32::from(self.busy));
        }
        if later.first_attempt.get().is_some() {
            self.busy = later.busy;
        }
        if let (Some(last), Some(first)) = (self.last_gap.get(), later.first_gap.get()) {
            self.pairs.add(log_gap(last), log_gap(first));
        }
        self.pairs.merge(&later.pairs);
        self.gaps.merge(&later.gaps);
        self.gap_sum += later.gap_sum;
        self.gap_squares += later.gap_squares;
        self.first_gap = self.first_gap.or(later.first_gap);
        self.last_gap = later.last_gap.or(self.last_gap);
        self.first_attempt = self.first_attempt.or(later.first_attempt);
        self.last_end = later.last_end.or(self.last_end);
        self.overlaps = self.overlaps.saturating_add(later.overlaps);
        self.releases = self.releases.saturating_add(later.releases);
        for (count, more) in self.hours.iter_mut().zip(later.hours) {
            *count = count.saturating_add(more);
        }
        self.minutes.merge(&later.minutes);
        self.ten_minutes.merge(&later.ten_minutes);
        self.full_hours.merge(&later.full_hours);
    }

    fn finish(&self, span: Span, out: &mut Vec<f64>) {
        let gaps = f64::from(self.gaps.total());
        let mean = self.gap_sum / gaps;
        let deviation = (self.gap_squares / gaps - mean * mean).max(0.0).sqrt();
        let three = |value: f64| {
            if gaps >= 2.0 { value } else { f64::NAN }
        };
        let calls: u32 = self.hours.iter().map(|count| u32::from(*count)).sum();
        let ahead = span.clock.div_euclid(HOUR);
        let utc = |local: i64| local.saturating_sub(ahead).rem_euclid(24) as usize;
        let night = [23, 0, 1, 2, 3, 4, 5].into_iter().filter_map(|local| self.hours.get(utc(local)));
        let night: u32 = night.map(|count| u32::from(*count)).sum();
        let hour_entropy = entropy(self.hours.iter().map(|count| f64::from(*count) / f64::from(calls)));
        out.push(self.gaps.quantile(0.5));
        out.push(self.gaps.quantile(0.1));
        out.push(if gaps > 0.0 { mean } else { f64::NAN });
        out.push(three(deviation / mean.max(1e-9)));
        out.push(three((deviation - mean) / (deviation + mean).max(1e-9)));
        out.push(self.pairs.correlation());
        out.push(three(self.gaps.entropy()));
        out.push(three(self.gaps.main_share()));
        out.push(f64::from(self.minutes.most()));
        out.push(f64::from(self.ten_minutes.most()));
        out.push(f64::from(self.full_hours.most()));
        out.push(if self.releases > 0 { share(self.overlaps, calls) } else { f64::NAN });
        out.push(self.hours.iter().filter(|count| **count > 0).count() as f64);
        out.push(share(night, calls));
        out.push(if calls > 0 { hour_entropy } else { f64::NAN });
    }
}
