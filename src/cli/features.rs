//! `simhound features`: what was measured of every subscriber, by window.

use super::feed::Sieve;
use super::inputs::Inputs;
use super::output::{Output, Table};
use super::tap::Tap;
use super::{Common, Failure};
use crate::event::Event;
use crate::feature::{Extractor, FEATURES, FeatureRow, Window, document, feature_columns, listing};
use crate::model::{FirstLook, Model};
use crate::time::{parse_offset, parse_span};
use std::io::Write;
use std::path::PathBuf;

/// Measure every subscriber: one row for each and window
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    simhound features day.pcap.gz -o features.parquet\n  \
    simhound features 'day/*.pcap' --window 1h --format csv\n  \
    simhound features events.parquet -o features.parquet\n  \
    simhound features --list")]
pub(super) struct Arguments {
    #[command(flatten)]
    inputs: Option<Inputs>,
    #[command(flatten)]
    output: Output,
    #[command(flatten)]
    sieve: Sieve,
    /// Length of a window: 1h, 1d, 7d
    #[arg(long, default_value = "1d", value_parser = parse_span)]
    window: i64,
    /// What the local clock is ahead of UTC, for days and nights: +08:00
    #[arg(long, default_value = "UTC", value_parser = parse_offset, value_name = "OFFSET", allow_hyphen_values = true)]
    utc_offset: i64,
    #[command(flatten)]
    tap: Tap,
    /// Let a model look first, and measure what company each subscriber keeps by its scores
    #[arg(long, value_name = "FILE")]
    first: Option<PathBuf>,
    /// List the features with their meanings instead; as the tables of docs/features.md with --list=markdown
    #[arg(long, exclusive = true, value_enum, num_args = 0..=1, require_equals = true, default_missing_value = "text")]
    list: Option<List>,
}

/// How features are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum List {
    Text,
    Markdown,
}

struct Features<'m> {
    first: Option<FirstLook<'m>>,
    extractor: Extractor,
    table: Table,
}

impl Features<'_> {
    fn write(&mut self, window: Option<Window>) {
        let mut profiles = window.map(|window| window.profiles).unwrap_or_default();
        if let Some(first) = &self.first {
            first.at(&mut profiles);
        }
        for profile in &profiles {
            self.table.write(&FeatureRow(profile));
        }
    }

    fn take(&mut self, event: &Event) {
        let closed = self.extractor.push(event);
        self.write(closed);
    }

    fn end(mut self, code: u8) -> Result<u8, Failure> {
        let last = self.extractor.finish();
        self.write(last);
        self.table.finish()?;
        Ok(code)
    }
}

pub(super) fn run(arguments: &Arguments, common: &Common) -> Result<u8, Failure> {
    if let Some(list) = arguments.list {
        let text = match list {
            List::Text => listing(),
            List::Markdown => document(),
        };
        std::io::stdout().lock().write_all(text.as_bytes())?;
        return Ok(super::DONE);
    }
    let Some(inputs) = &arguments.inputs else {
        return Err("no capture was named; see simhound features --help".into());
    };
    let first = arguments.first.as_ref().map(|path| Model::load(path)).transpose()?;
    let named = arguments.first.as_ref().map(|path| path.display().to_string()).unwrap_or_default();
    let first = first.as_ref().map(|model| model.first_look(&named)).transpose()?;
    let feed = inputs.feed(common)?;
    arguments.output.spare(&feed.paths())?;
    let table = arguments.output.open(FEATURES, feature_columns())?;
    let extractor = arguments.tap.extractor(arguments.window, arguments.utc_offset);
    let mut listener = Features { first, extractor, table };
    let done = feed.read(common, &arguments.sieve, &mut |event| listener.take(event))?;
    listener.end(done.code())
}
