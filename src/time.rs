//! Capture time: nanoseconds since 1970-01-01T00:00:00Z, written as RFC 3339.
//!
//! simhound never asks the machine for the time; all times come from captures.

use crate::text::{Text, displayed};

/// Nanoseconds in a second.
pub const SECOND: i64 = 1_000_000_000;
/// Nanoseconds in a minute.
pub const MINUTE: i64 = 60 * SECOND;
/// Nanoseconds in an hour.
pub const HOUR: i64 = 60 * MINUTE;
/// Nanoseconds in a day.
pub const DAY: i64 = 24 * HOUR;

/// Nanoseconds since 1970, shown as RFC 3339 in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rfc3339(pub i64);

/// Days since 1970-01-01 to year, month, day in the proleptic Gregorian calendar.
fn civil(days: i64) -> (i64, i64, i64) {
    // Years are counted from 1 March, so that the leap day is the last of a year, in eras of 400 years.
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day)
}

/// Year, month, day to days since 1970-01-01.
fn days_of(year: i64, month: i64, day: i64) -> i64 {
    let year = year - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let month_from_march = (month + 9) % 12;
    let day_of_year = (153 * month_from_march + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

impl Text for Rfc3339 {
    fn is_plain(&self) -> bool {
        true
    }

    fn append(&self, to: &mut Vec<u8>) {
        to.extend_from_slice(&seconds(self.0.div_euclid(SECOND)));
        fraction(self.0.rem_euclid(SECOND), to);
    }
}

/// Writes times that follow each other: mostly the second is that of the one before.
#[derive(Debug, Clone, Default)]
pub struct Stamps {
    last: Option<(i64, [u8; 19])>,
}

impl Stamps {
    /// Appends nanoseconds since 1970 as [`Rfc3339`] does.
    pub fn append(&mut self, nanoseconds: i64, to: &mut Vec<u8>) {
        let second = nanoseconds.div_euclid(SECOND);
        let text = match self.last {
            Some((last, text)) if last == second => text,
            _ => seconds(second),
        };
        self.last = Some((second, text));
        to.extend_from_slice(&text);
        fraction(nanoseconds.rem_euclid(SECOND), to);
    }
}

/// A number below a hundred in two digits. Put together by hand, since it is done for each record.
#[allow(clippy::cast_possible_truncation, reason = "below a hundred")]
fn two(number: u32) -> [u8; 2] {
    [b'0' + number as u8 / 10, b'0' + number as u8 % 10]
}

/// A second since 1970 up to its whole. Years of 64-bit nanoseconds have four digits.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "parts of a date")]
fn seconds(second: i64) -> [u8; 19] {
    let (year, month, day) = civil(second.div_euclid(DAY / SECOND));
    let (year, month, day) = (year as u32, month as u32, day as u32);
    let rest = second.rem_euclid(DAY / SECOND) as u32;
    let ([y1, y2], [y3, y4]) = (two(year / 100), two(year % 100));
    let ([m1, m2], [d1, d2]) = (two(month), two(day));
    let ([h1, h2], [i1, i2], [s1, s2]) = (two(rest / 3600), two(rest / 60 % 60), two(rest % 60));
    [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2, b'T', h1, h2, b':', i1, i2, b':', s1, s2]
}

/// Nanoseconds of a second: none, six digits or nine, then `Z`.
fn fraction(nanoseconds: i64, to: &mut Vec<u8>) {
    let nanoseconds = u32::try_from(nanoseconds).unwrap_or_default();
    let ([n1, n2], [n3, n4]) = (two(nanoseconds / 10_000_000), two(nanoseconds / 100_000 % 100));
    let ([n5, n6], [n7, n8], [_, n9]) =
        (two(nanoseconds / 1000 % 100), two(nanoseconds / 10 % 100), two(nanoseconds % 10));
    match nanoseconds {
        0 => to.push(b'Z'),
        _ if nanoseconds % 1000 == 0 => to.extend_from_slice(&[b'.', n1, n2, n3, n4, n5, n6, b'Z']),
        _ => to.extend_from_slice(&[b'.', n1, n2, n3, n4, n5, n6, n7, n8, n9, b'Z']),
    }
}

displayed!(Rfc3339);

impl Rfc3339 {
    /// Reads an RFC 3339 time with `Z` or a numeric offset; seconds and fraction may be left out.
    pub fn parse(text: &str) -> Option<Self> {
        let number = |range: std::ops::Range<usize>| -> Option<i64> {
            let part = text.get(range)?;
            part.bytes().all(|byte| byte.is_ascii_digit()).then(|| part.parse().ok())?
        };
        let sep = |at: usize, allowed: &[u8]| text.as_bytes().get(at).is_some_and(|byte| allowed.contains(byte));
        let (year, month, day) = (number(0..4)?, number(5..7)?, number(8..10)?);
        let fits = sep(4, b"-") && sep(7, b"-") && (1..=12).contains(&month) && (1..=31).contains(&day);
        if !fits {
            return None;
        }
        let mut time = days_of(year, month, day) * DAY;
        if text.len() == 10 {
            return Some(Self(time));
        }
        let (hour, minute) = (number(11..13)?, number(14..16)?);
        if !sep(10, b"Tt ") || !sep(13, b":") || hour > 23 || minute > 59 {
            return None;
        }
        time += hour * HOUR + minute * MINUTE;
        let mut rest = text.get(16..)?;
        if let Some(after) = rest.strip_prefix(':') {
            let second: i64 = after.get(..2)?.parse().ok().filter(|second| (0..=60).contains(second))?;
            time += second * SECOND;
            rest = after.get(2..)?;
        }
        if let Some(after) = rest.strip_prefix('.') {
            let digits = after.bytes().take_while(u8::is_ascii_digit).count();
            let fraction = after.get(..digits.min(9))?;
            time += fraction.parse::<i64>().ok()? * 10i64.pow(9 - fraction.len() as u32);
            rest = after.get(digits..)?;
        }
        let offset = match rest.as_bytes() {
            b"Z" | b"z" | b"" => 0,
            [sign @ (b'+' | b'-'), ..] => {
                let hours: i64 = rest.get(1..3)?.parse().ok()?;
                let minutes: i64 = rest.get(4..6)?.parse().ok()?;
                let offset = hours * HOUR + minutes * MINUTE;
                if *sign == b'-' { -offset } else { offset }
            }
            _ => return None,
        };
        Some(Self(time - offset))
    }
}

/// Reads a span of time as people write it: `90s`, `15m`, `1h`, `7d`.
pub fn parse_span(text: &str) -> Result<i64, String> {
    let unit = match text.bytes().last() {
        Some(b's') => SECOND,
        Some(b'm') => MINUTE,
        Some(b'h') => HOUR,
        Some(b'd') => DAY,
        _ => {
            return Err(format!("{text:?}: a span of time is a number and s, m, h or d, for example 1d"));
        }
    };
    let number: i64 = text
        .get(..text.len().saturating_sub(1))
        .and_then(|number| number.parse().ok())
        .filter(|number| *number > 0)
        .ok_or_else(|| format!("{text:?}: a span of time starts with a whole number above 0, for example 1d"))?;
    number.checked_mul(unit).ok_or_else(|| format!("{text:?}: too long"))
}

/// Reads what a local clock is ahead of UTC: `+08:00`, `-03:30`, `Z`.
pub fn parse_offset(text: &str) -> Result<i64, String> {
    // The time of that zone at which it is midnight in UTC is the offset.
    match text {
        "Z" | "z" | "UTC" => Some(0),
        _ if text.len() == 6 => Rfc3339::parse(&format!("1970-01-01T00:00{text}")).map(|time| -time.0),
        _ => None,
    }
    .ok_or_else(|| format!("{text:?}: an offset is written like +08:00 or -03:30"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn known_times() {
        assert_eq!(Rfc3339(0).to_string(), "1970-01-01T00:00:00Z");
        assert_eq!(Rfc3339(951_782_400 * SECOND).to_string(), "2000-02-29T00:00:00Z");
        assert_eq!(Rfc3339(-SECOND).to_string(), "1969-12-31T23:59:59Z");
        assert_eq!(Rfc3339(1_500_000).to_string(), "1970-01-01T00:00:00.001500Z");
        assert_eq!(Rfc3339::parse("1970-01-01T08:00:00+08:00"), Some(Rfc3339(0)));
        assert_eq!(Rfc3339::parse("2000-02-29"), Some(Rfc3339(951_782_400 * SECOND)));
        assert_eq!(Rfc3339::parse("2000-13-29"), None);
        assert_eq!(parse_span("7d"), Ok(7 * DAY));
        assert_eq!(parse_offset("+08:00"), Ok(8 * HOUR));
        assert_eq!(parse_offset("-03:30"), Ok(-(3 * HOUR + 30 * MINUTE)));
        assert_eq!(parse_offset("UTC"), Ok(0));
        assert!(parse_offset("+8").is_err() && parse_offset("12:000").is_err());
        assert!(parse_span("d").is_err() && parse_span("0h").is_err());
    }

    proptest! {
        #[test]
        fn one_after_the_other(times in prop::collection::vec(-5_000_000_000i64..5_000_000_000, 1..9)) {
            let (mut stamps, mut text, mut expected) = (Stamps::default(), Vec::new(), String::new());
            for time in times {
                stamps.append(time, &mut text);
                expected.push_str(&Rfc3339(time).to_string());
            }
            prop_assert_eq!(String::from_utf8(text).unwrap(), expected);
        }

        #[test]
        fn text_round_trips(time in -4_000_000_000_000_000_000i64..4_000_000_000_000_000_000) {
            prop_assert_eq!(Rfc3339::parse(&Rfc3339(time).to_string()), Some(Rfc3339(time)));
        }

        #[test]
        fn any_text_is_read_or_refused(text in "[0-9TZ:.+ -]{0,40}") {
            let _ = Rfc3339::parse(&text);
            let _ = parse_span(&text);
        }
    }
}
