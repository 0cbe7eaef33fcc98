//! Time: nanoseconds since 1970 (UTC), and what the clock on the wall shows.

use toml::value::{Datetime, Offset};

/// Nanoseconds since 1970-01-01T00:00:00Z.
pub type Time = u64;
/// A millisecond.
pub const MILLISECOND: Time = 1_000_000;
/// A second.
pub const SECOND: Time = 1_000_000_000;
/// A minute.
pub const MINUTE: Time = 60 * SECOND;
/// An hour.
pub const HOUR: Time = 60 * MINUTE;
/// A day.
pub const DAY: Time = 24 * HOUR;
/// Later than anything.
pub const NEVER: Time = Time::MAX;

/// A span given in (fractions of) seconds.
pub fn seconds(value: f64) -> Time {
    (value.max(0.0) * SECOND as f64) as Time
}

/// The local time of the simulated country: a fixed offset from UTC.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Clock {
    /// Minutes east of Greenwich.
    pub offset_minutes: i64,
}

impl Clock {
    fn local(self, time: Time) -> u64 {
        (time as i128 + self.offset_minutes as i128 * i128::from(MINUTE)).max(0) as u64
    }

    /// Local days since 1970-01-01.
    pub fn day(self, time: Time) -> u64 {
        self.local(time) / DAY
    }

    /// Nanoseconds since local midnight.
    pub fn time_of_day(self, time: Time) -> Time {
        self.local(time) % DAY
    }

    /// The local hour, 0 to 23.
    pub fn hour(self, time: Time) -> usize {
        (self.time_of_day(time) / HOUR) as usize
    }

    /// The local midnight before or at `time`.
    pub fn midnight(self, time: Time) -> Time {
        time.saturating_sub(self.time_of_day(time))
    }

    /// Year, month, day, hour, minute, second on the wall.
    pub fn civil(self, time: Time) -> [u32; 6] {
        let local = self.local(time);
        let [year, month, day] = civil_from_days((local / DAY) as i64);
        let second = (local % DAY / SECOND) as u32;
        [year, month, day, second / 3600, second / 60 % 60, second % 60]
    }
}

/// `2026-03-17T08:05:00.123456789Z`.
pub fn rfc3339(time: Time) -> String {
    let [year, month, day, hour, minute, second] = Clock { offset_minutes: 0 }.civil(time);
    let nanos = time % SECOND;
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{nanos:09}Z")
}

/// The instant and the offset (minutes) of a TOML date-time; one without offset is UTC, one without date is refused.
pub fn from_toml(value: &Datetime) -> Option<(Time, i64)> {
    let (date, time) = (value.date?, value.time?);
    // Captures count seconds in 32 bits.
    if date.year >= 2100 {
        return None;
    }
    let offset = match value.offset {
        Some(Offset::Custom { minutes }) => i64::from(minutes),
        Some(Offset::Z) | None => 0,
    };
    let days = days_from_civil(i64::from(date.year), i64::from(date.month), i64::from(date.day));
    let second = u64::from(time.hour) * 3600 + u64::from(time.minute) * 60 + u64::from(time.second.unwrap_or(0));
    let local = u64::try_from(days).ok()? * DAY + second * SECOND + u64::from(time.nanosecond.unwrap_or(0));
    let utc = i128::from(local) - i128::from(offset) * i128::from(MINUTE);
    Some((Time::try_from(utc).ok()?, offset))
}

/// Days since 1970-01-01 of a TOML date.
pub fn day_of(value: &Datetime) -> Option<u64> {
    let date = value.date?;
    u64::try_from(days_from_civil(i64::from(date.year), i64::from(date.month), i64::from(date.day))).ok()
}

// Days of the proleptic Gregorian calendar, counted in eras of 400 years that begin on 1 March.
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

fn civil_from_days(days: i64) -> [u32; 3] {
    let days = days + 719_468;
    let (era, day_of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let month = (shifted + 2) % 12 + 1;
    let year = era * 400 + year_of_era + i64::from(month <= 2);
    [year as u32, month as u32, (day_of_year - (153 * shifted + 2) / 5 + 1) as u32]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_and_the_wall() {
        let (time, offset_minutes) = from_toml(&"2026-03-17T08:05:00+08:00".parse().unwrap()).unwrap();
        assert_eq!(rfc3339(time), "2026-03-17T00:05:00.000000000Z");
        let clock = Clock { offset_minutes };
        assert_eq!(clock.hour(time), 8);
        assert_eq!(clock.civil(time), [2026, 3, 17, 8, 5, 0]);
    }

    #[test]
    fn days_go_both_ways() {
        for days in (0..40_000).step_by(17) {
            let [year, month, day] = civil_from_days(days);
            assert_eq!(days_from_civil(year.into(), month.into(), day.into()), days);
        }
    }
}
