//! The calendar: which days are for work, rest, holidays and school.

use super::clock::{Clock, DAY, HOUR, Time, day_of};
use serde::Deserialize;
use toml::value::Datetime;

/// `[calendar]` of a scenario.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Plan {
    /// The days of rest of each week.
    weekend: Option<Vec<Weekday>>,
    /// Days on which hardly anybody works, whatever the weekday: days, or first and last days.
    holidays: Vec<Span>,
    /// Working days that would be days of rest otherwise.
    working: Vec<Span>,
    /// When there is school: first and last days; without any, always.
    terms: Vec<Span>,
    /// Share of people who are away over the holidays.
    pub away: f64,
}

/// A day of the week, with Thursday first as 1970 began.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Weekday {
    Thursday,
    Friday,
    Saturday,
    Sunday,
    Monday,
    Tuesday,
    Wednesday,
}

/// One day, or the first and the last of several.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
enum Span {
    Day(Datetime),
    Days([Datetime; 2]),
}

impl Span {
    /// Days since 1970.
    fn days(&self) -> Option<(u64, u64)> {
        let (first, last) = match self {
            Self::Day(day) => (day, day),
            Self::Days([first, last]) => (first, last),
        };
        let (first, last) = (day_of(first)?, day_of(last)?);
        (first <= last && last - first < 400).then_some((first, last))
    }
}

impl Plan {
    /// The key of the first value that makes no sense, and why.
    pub fn problem(&self) -> Option<(&'static str, &'static str)> {
        let fine = |spans: &[Span]| spans.iter().all(|span| span.days().is_some());
        let why = "dates like 2026-05-01, or pairs of them in order, at most 400 days apart";
        let checks = [
            ("calendar.holidays", fine(&self.holidays), why),
            ("calendar.working", fine(&self.working), why),
            ("calendar.terms", fine(&self.terms), why),
            ("calendar.away", (0.0..=1.0).contains(&self.away), "0 to 1"),
        ];
        checks.into_iter().find(|(_, good, _)| !good).map(|(key, _, why)| (key, why))
    }

    /// The calendar of the days from `begin` to `end`, and of some more.
    pub fn calendar(&self, clock: Clock, begin: Time, end: Time) -> Calendar {
        let first = clock.day(begin).saturating_sub(1);
        let last = clock.day(end) + 400;
        let within = |spans: &[Span], day| {
            spans.iter().filter_map(Span::days).any(|(first, last)| (first..=last).contains(&day))
        };
        let weekend = self.weekend.clone().unwrap_or(vec![Weekday::Saturday, Weekday::Sunday]);
        let days = (first..=last)
            .map(|day| {
                let holiday = within(&self.holidays, day);
                let free = weekend.iter().any(|&weekday| weekday as u64 == day % 7);
                let rest = holiday || (free && !within(&self.working, day));
                Day { rest, holiday, school: !rest && (self.terms.is_empty() || within(&self.terms, day)) }
            })
            .collect();
        Calendar { clock, first, days }
    }
}

/// What kind of day it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day {
    /// Nobody works in offices.
    pub rest: bool,
    /// Many are away.
    pub holiday: bool,
    /// There is school.
    pub school: bool,
}

/// All days of a scenario.
#[derive(Debug, Clone, Default)]
pub struct Calendar {
    /// Local time.
    pub clock: Clock,
    first: u64,
    days: Vec<Day>,
}

/// The lessons of a morning, in hours of the day.
const LESSONS: [f64; 2] = [8.25, 11.75];

impl Calendar {
    /// True in the lessons of a school day.
    pub fn lessons(&self, time: Time) -> bool {
        let hour = self.clock.time_of_day(time) as f64 / HOUR as f64;
        (LESSONS[0]..LESSONS[1]).contains(&hour) && self.day(time).school
    }

    /// The day of that time.
    pub fn day(&self, time: Time) -> Day {
        let index = self.clock.day(time).saturating_sub(self.first) as usize;
        let weekday = Day { rest: false, holiday: false, school: true };
        self.days.get(index).or(self.days.last()).copied().unwrap_or(weekday)
    }

    /// The first midnight after `time` that does not begin a holiday.
    pub fn after_holiday(&self, time: Time) -> Time {
        let mut midnight = self.clock.midnight(time) + DAY;
        while self.day(midnight).holiday && midnight < time + 400 * DAY {
            midnight += DAY;
        }
        midnight
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weekends_holidays_and_terms() {
        let text = "holidays = [2026-05-01, [2026-05-03, 2026-05-05]]\nworking = [2026-05-09]\n\
                    terms = [[2026-05-01, 2026-05-12]]";
        let plan: Plan = toml::from_str(text).unwrap();
        assert_eq!(plan.problem(), None);
        let clock = Clock { offset_minutes: 480 };
        let first = day_of(&"2026-04-30".parse().unwrap()).unwrap() * DAY - 8 * HOUR;
        let calendar = plan.calendar(clock, first, first + 20 * DAY);
        let days: String = (0..15)
            .map(|day| match calendar.day(first + day * DAY + HOUR) {
                Day { holiday: true, .. } => 'h',
                Day { rest: true, .. } => 'r',
                Day { school: true, .. } => 's',
                _ => 'w',
            })
            .collect();
        // Thursday 30 April is before the term; Saturday 2 May rests, Saturday 9 May is worked.
        assert_eq!(&days[..7], "whrhhhs");
        assert_eq!(&days[9..11], "sr");
        assert_eq!(&days[13..], "ww");
        assert_eq!(calendar.after_holiday(first + 3 * DAY + HOUR), first + 6 * DAY);
        let lessons = |day: u64| (0..24).filter(|hour| calendar.lessons(first + day * DAY + hour * HOUR)).count();
        assert_eq!([lessons(0), lessons(1), lessons(9), lessons(10)], [0, 0, 3, 0]);
    }

    #[test]
    fn dates_are_checked() {
        let plan: Plan = toml::from_str("terms = [[2026-05-03, 2026-05-01]]").unwrap();
        assert_eq!(plan.problem().unwrap().0, "calendar.terms");
        assert!(toml::from_str::<Plan>("weekend = ['caturday']").is_err());
    }
}
