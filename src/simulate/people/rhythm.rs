//! When people are active: weights of the hours of the day, and the next time under them.

use super::super::clock::{Clock, DAY, HOUR, NEVER, Time};

/// A daily rhythm.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rhythm {
    /// Most people.
    Day,
    /// Children: before school, at noon, after school.
    Pupil,
    /// Office hours on working days.
    Office,
    /// Deliveries, every day.
    Delivery,
    /// Night workers.
    Night,
    /// Machines.
    Even,
}

impl Rhythm {
    fn weights(self) -> [f64; 24] {
        match self {
            Self::Day => [
                0.6, 0.35, 0.2, 0.15, 0.2, 0.5, 1.4, 3.2, 5.2, 6.2, 6.6, 6.9, 6.4, 5.6, 5.8, 6.2, 6.6, 7.4, 8.0, 7.4,
                6.2, 4.4, 2.6, 1.2,
            ],
            Self::Pupil => [
                0.05, 0.02, 0.02, 0.02, 0.05, 0.2, 2.0, 5.0, 1.5, 1.2, 1.4, 3.5, 6.0, 3.0, 3.0, 6.0, 10.5, 9.5, 8.2,
                7.0, 5.0, 2.5, 0.6, 0.1,
            ],
            Self::Office => [
                0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.2, 4.0, 10.0, 11.0, 9.5, 3.5, 6.0, 10.0, 10.0, 9.0, 6.0, 2.0, 1.0,
                0.4, 0.0, 0.0, 0.0,
            ],
            Self::Delivery => [
                0.1, 0.0, 0.0, 0.0, 0.0, 0.2, 1.0, 4.0, 8.0, 9.0, 9.5, 10.5, 9.0, 6.0, 7.0, 8.0, 8.5, 9.5, 9.0, 6.0,
                3.0, 1.5, 0.5, 0.2,
            ],
            Self::Night => [
                6.0, 6.0, 5.5, 5.0, 4.5, 4.5, 5.0, 4.0, 2.0, 0.8, 0.4, 0.3, 0.3, 0.5, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0,
                7.0, 8.0, 8.0, 7.0,
            ],
            Self::Even => [1.0; 24],
        }
    }

    /// The time by which `days` average days' worth of activity have passed after `from`.
    pub fn after(self, clock: Clock, from: Time, days: f64) -> Time {
        let weights = self.weights();
        let total: f64 = weights.iter().sum();
        let mut left = days.max(0.0);
        let mut time = from;
        // Far beyond any scenario when nothing is found within the limit.
        for _ in 0..24 * 400 {
            let resting = self == Self::Office && clock.weekend(time);
            let weight = if resting { 0.0 } else { weights.get(clock.hour(time)).copied().unwrap_or(0.0) / total };
            let to_hour = HOUR - clock.time_of_day(time) % HOUR;
            let here = weight * to_hour as f64 / HOUR as f64;
            if left < here {
                return time + (left / here * to_hour as f64) as Time;
            }
            left -= here;
            time += to_hour;
        }
        NEVER
    }

    /// True when less than a quarter of the average hour's activity is usual now.
    pub fn asleep(self, clock: Clock, time: Time) -> bool {
        let weights = self.weights();
        let mean = weights.iter().sum::<f64>() / 24.0;
        weights.get(clock.hour(time)).is_some_and(|&weight| weight < mean / 4.0)
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

    #[test]
    fn a_day_of_activity_takes_a_day() {
        let clock = Clock { offset_minutes: 480 };
        let from = 1_773_676_800 * 1_000_000_000 + 17 * MINUTE;
        for rhythm in [Rhythm::Day, Rhythm::Pupil, Rhythm::Night, Rhythm::Even] {
            let later = rhythm.after(clock, from, 1.0);
            assert!((later as i128 - (from + DAY) as i128).abs() < 1_000_000_000, "{rhythm:?}");
        }
        assert!(Rhythm::Office.asleep(clock, from) || Rhythm::Day.asleep(clock, from));
    }
}
