//! When people are active: weights of the hours of the day, and the next time under them.

use super::super::calendar::Calendar;
use super::super::clock::{Clock, DAY, HOUR, NEVER, Time};
use serde::Deserialize;

/// A daily rhythm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rhythm {
    /// Most people.
    Day,
    /// Up early, early to bed.
    Early,
    /// Up late.
    Late,
    /// Children: before school, at noon, after school.
    Pupil,
    /// Office hours on working days.
    Office,
    /// Deliveries and shops, every day.
    Delivery,
    /// Night workers.
    Night,
    /// Machines.
    Even,
}

/// The weights of the hours of a day.
type Hours = [f64; 24];

const DAY_HOURS: Hours = [
    0.3, 0.15, 0.08, 0.06, 0.08, 0.25, 1.2, 3.2, 5.2, 6.2, 6.6, 6.9, 6.4, 5.6, 5.8, 6.2, 6.6, 7.4, 8.0, 7.4, 6.2, 4.4,
    2.6, 1.2,
];
const EARLY: Hours = [
    0.02, 0.02, 0.02, 0.05, 0.2, 1.2, 3.5, 6.5, 8.5, 9.0, 8.5, 7.5, 5.0, 3.5, 4.5, 6.0, 7.0, 7.5, 7.5, 6.0, 3.5, 1.2,
    0.3, 0.05,
];
const LATE: Hours = [
    2.6, 1.5, 0.8, 0.4, 0.2, 0.15, 0.3, 0.9, 2.0, 3.4, 4.6, 5.8, 6.6, 5.6, 5.2, 5.4, 5.8, 7.0, 8.0, 8.0, 7.6, 7.4, 6.6,
    4.6,
];
const PUPIL: Hours = [
    0.3, 0.2, 0.15, 0.15, 0.15, 0.2, 1.2, 3.2, 2.0, 1.9, 2.2, 4.0, 6.5, 5.5, 6.5, 8.0, 10.5, 10.0, 8.2, 7.5, 6.0, 3.8,
    1.2, 0.5,
];
const OFFICE: Hours = [
    0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.2, 4.0, 10.0, 11.0, 9.5, 3.5, 6.0, 10.0, 10.0, 9.0, 6.0, 2.0, 1.0, 0.4, 0.0,
    0.0, 0.0,
];
const DELIVERY: Hours = [
    0.1, 0.0, 0.0, 0.0, 0.0, 0.2, 1.0, 4.0, 8.0, 9.0, 9.5, 10.5, 9.0, 6.0, 7.0, 8.0, 8.5, 9.5, 9.0, 6.0, 3.0, 1.5, 0.5,
    0.2,
];
const NIGHT: Hours = [
    6.0, 6.0, 5.5, 5.0, 4.5, 4.5, 5.0, 4.0, 2.0, 0.8, 0.4, 0.3, 0.3, 0.5, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 8.0,
    7.0,
];
const EVEN: Hours = [1.0; 24];

/// Weights and their sum.
const fn summed(hours: &'static Hours) -> (&'static Hours, f64) {
    let (mut sum, mut rest): (f64, &[f64]) = (0.0, hours);
    while let [first, others @ ..] = rest {
        sum += *first;
        rest = others;
    }
    (hours, sum)
}

impl Rhythm {
    fn weights(self) -> (&'static Hours, f64) {
        match self {
            Self::Day => const { summed(&DAY_HOURS) },
            Self::Early => const { summed(&EARLY) },
            Self::Late => const { summed(&LATE) },
            Self::Pupil => const { summed(&PUPIL) },
            Self::Office => const { summed(&OFFICE) },
            Self::Delivery => const { summed(&DELIVERY) },
            Self::Night => const { summed(&NIGHT) },
            Self::Even => const { summed(&EVEN) },
        }
    }

    /// The time by which `days` average days' worth of activity have passed after `from`.
    pub fn after(self, calendar: &Calendar, from: Time, days: f64) -> Time {
        let clock = calendar.clock;
        let mut left = days.max(0.0);
        let mut time = from;
        // Far beyond any scenario when nothing is found within the limit.
        for _ in 0..400 {
            let day = calendar.day(time);
            let (hours, total) = match self {
                Self::Office if day.rest => (&[0.0; 24], 1.0),
                Self::Pupil if !day.school => Self::Late.weights(),
                rhythm => rhythm.weights(),
            };
            let of_day = clock.time_of_day(time);
            let next = time + DAY - of_day;
            if of_day == 0 && left >= 1.0 {
                left -= hours.iter().sum::<f64>() / total;
                time = next;
                continue;
            }
            for &weight in hours.iter().skip((of_day / HOUR) as usize) {
                let to_hour = HOUR - clock.time_of_day(time) % HOUR;
                let here = weight / total * to_hour as f64 / HOUR as f64;
                if left < here {
                    return time + (left / here * to_hour as f64) as Time;
                }
                left -= here;
                time += to_hour;
            }
            time = next;
        }
        NEVER
    }

    /// True when less than a quarter of the average hour's activity is usual now.
    pub fn asleep(self, clock: Clock, time: Time) -> bool {
        let (hours, total) = self.weights();
        hours.get(clock.hour(time)).is_some_and(|&weight| weight < total / 24.0 / 4.0)
    }
}

/// The next local time of day at or after `from`.
pub fn next_daily(clock: Clock, from: Time, time_of_day: Time) -> Time {
    let today = clock.midnight(from) + time_of_day;
    if today >= from { today } else { today + DAY }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simulate::clock::MINUTE;

    fn calendar(text: &str) -> Calendar {
        let plan: crate::simulate::calendar::Plan = toml::from_str(text).unwrap();
        plan.calendar(Clock { offset_minutes: 480 }, FROM, FROM + 30 * DAY)
    }

    /// A Tuesday.
    const FROM: Time = 1_773_676_800 * 1_000_000_000 + 17 * MINUTE;

    #[test]
    fn a_day_of_activity_takes_a_day() {
        let calendar = calendar("");
        for rhythm in [Rhythm::Day, Rhythm::Early, Rhythm::Late, Rhythm::Night, Rhythm::Even, Rhythm::Delivery] {
            for days in [1, 3] {
                let later = rhythm.after(&calendar, FROM, days as f64);
                assert!((later as i128 - (FROM + days * DAY) as i128).abs() < 1_000_000_000, "{rhythm:?}");
            }
        }
        assert!(Rhythm::Office.asleep(calendar.clock, FROM) || Rhythm::Day.asleep(calendar.clock, FROM));
    }

    #[test]
    fn offices_rest_when_the_calendar_does() {
        let free = calendar("holidays = [[2026-03-17, 2026-03-20]]");
        // From Tuesday on: a holiday until Friday, then a weekend.
        let monday = Rhythm::Office.after(&free, FROM, 0.5);
        assert_eq!(free.clock.civil(monday)[..3], [2026, 3, 23]);
        assert_eq!(free.clock.civil(Rhythm::Office.after(&calendar(""), FROM, 0.5))[2], 17);
    }
}
