//! Lists of identities, places and times on the command line.

use crate::identity::{Imei, Imsi, Msisdn};
use crate::message::{Place, Protocol, Selection, Times, Wanted};
use crate::time::Rfc3339;
use clap::builder::PossibleValuesParser;
use std::str::FromStr;

/// Values with commas between them, or `@FILE` with one or several in each line.
#[derive(Debug, Clone)]
pub(super) struct List<T>(Vec<T>);

impl<T: FromStr<Err: std::fmt::Display>> FromStr for List<T> {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let read;
        let text = match text.strip_prefix('@') {
            Some(path) => {
                read = std::fs::read_to_string(path).map_err(|error| format!("{path}: {error}"))?;
                &*read
            }
            None => text,
        };
        // Editors may put a mark at the start, and people a plus before numbers.
        let text = text.trim_start_matches('\u{feff}');
        let lines = text.lines().map(|line| line.split('#').next().unwrap_or_default());
        let words = lines.flat_map(|line| line.split([',', ' ', '\t', ';'])).filter(|word| !word.is_empty());
        let values: Vec<T> = words
            .map(|word| word.trim_start_matches('+').parse().map_err(|error| format!("{word:?}: {error}")))
            .collect::<Result<_, _>>()?;
        if values.is_empty() { Err("no value".to_owned()) } else { Ok(Self(values)) }
    }
}

/// The words of a closed set, for what parses arguments.
pub(super) fn words<T: Copy>(all: &[T], name: fn(T) -> &'static str) -> PossibleValuesParser {
    PossibleValuesParser::new(all.iter().copied().map(name))
}

/// Whether a word is among those that were asked for; where none was, all are.
pub(super) fn lets(asked: &[String], word: &str) -> bool {
    asked.is_empty() || asked.iter().any(|asked| asked == word)
}

fn flat<T: Clone>(lists: &[List<T>]) -> impl Iterator<Item = T> {
    lists.iter().flat_map(|List(values)| values.iter().cloned())
}

/// Who and what is looked for.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct Identities {
    /// This subscriber; several with commas between them, or @FILE with one in each line
    #[arg(long, value_name = "IMSI")]
    pub(super) imsi: Vec<List<Imsi>>,
    /// This number, as a subscriber's own or as a party's; several as with --imsi
    #[arg(long, value_name = "NUMBER")]
    pub(super) msisdn: Vec<List<Msisdn>>,
    /// This device (type and serial number count); several as with --imsi
    #[arg(long, value_name = "IMEI")]
    pub(super) imei: Vec<List<Imei>>,
}

impl Identities {
    /// All of them together.
    pub(super) fn wanted(&self) -> Wanted {
        Wanted {
            imsis: flat(&self.imsi).collect(),
            msisdns: flat(&self.msisdn).collect(),
            imeis: flat(&self.imei).collect(),
        }
    }
}

/// When.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct Span {
    /// Not before this time (RFC 3339, or a date; UTC unless it says otherwise)
    #[arg(long, value_name = "TIME", value_parser = time)]
    since: Option<i64>,
    /// Before this time
    #[arg(long, value_name = "TIME", value_parser = time)]
    until: Option<i64>,
}

impl Span {
    /// What is asked.
    pub(super) fn times(&self) -> Times {
        Times { since: self.since, until: self.until }
    }
}

fn time(text: &str) -> Result<i64, String> {
    let what = "not a time: for example 2026-03-17, 2026-03-17T08:30 or 2026-03-17T08:30:00+08:00";
    Rfc3339::parse(text).map(|Rfc3339(time)| time).ok_or_else(|| what.to_owned())
}

/// Which messages.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct Filters {
    /// Only these protocols (map, diameter, sip, ...); several with commas between them
    #[arg(long, value_name = "NAME", value_delimiter = ',', value_parser = words(Protocol::ALL, Protocol::name))]
    protocol: Vec<String>,
    /// Only these operations, by their name in the specification; several with commas between them
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    operation: Vec<String>,
    #[command(flatten)]
    identities: Identities,
    /// Only in this cell (MCC-MNC-area-cell, MCC-MNC-?-cell) or area (MCC-MNC-area); several as with --imsi
    #[arg(long, value_name = "CELL")]
    cell: Vec<List<Place>>,
    #[command(flatten)]
    span: Span,
}

impl Filters {
    /// What is asked.
    pub(super) fn selection(&self) -> Selection {
        let Wanted { imsis, msisdns, imeis } = self.identities.wanted();
        let wanted = [
            Wanted { imsis, ..Wanted::default() },
            Wanted { msisdns, ..Wanted::default() },
            Wanted { imeis, ..Wanted::default() },
        ];
        Selection {
            protocols: self.protocol.clone(),
            operations: self.operation.clone(),
            wanted,
            places: flat(&self.cell).collect(),
            times: self.span.times(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_take_commas_and_files() {
        let List(numbers) = "1,2 3".parse::<List<u32>>().unwrap();
        assert_eq!(numbers, [1, 2, 3]);
        let List(numbers) = "\u{feff}+4".parse::<List<u32>>().unwrap();
        assert_eq!(numbers, [4]);
        let path = std::env::temp_dir().join(format!("simhound-list-{}", std::process::id()));
        std::fs::write(&path, "4 # four\n\n5,6\n").unwrap();
        let List(numbers) = format!("@{}", path.display()).parse::<List<u32>>().unwrap();
        std::fs::remove_file(path).unwrap();
        assert_eq!(numbers, [4, 5, 6]);
        assert!("".parse::<List<u32>>().is_err() && "x".parse::<List<u32>>().is_err());
        assert!("@/no/such/file".parse::<List<u32>>().is_err());
    }
}
