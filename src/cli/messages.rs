//! `simhound messages`: decoded messages as a table, or as lines for reading.

use super::aside::relayed;
use super::identities::Filters;
use super::inputs::{Done, Inputs, Opened};
use super::output::{TableOrLines, Written};
use super::{Common, Failure};
use crate::event::Event;
use crate::identity::Names;
use crate::message::{Kept, Line, MESSAGE_COLUMNS, MESSAGES, Message, MessageRow, Selection};
use crate::session::Listener;

/// Print decoded signaling messages
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    simhound messages capture.pcapng --format text\n  \
    simhound messages capture.pcapng --protocol map,cap | jq .operation\n  \
    simhound messages 'day/*.pcap.gz' --imsi 001010000000001 -o one.csv\n  \
    simhound messages day/ --imsi @suspects.txt --since 2026-03-17T20:00 -o suspects.parquet\n  \
    zcat capture.pcap.gz | simhound messages - --operation updateLocation --cell 001-01-4098")]
pub(super) struct Arguments {
    #[command(flatten)]
    inputs: Inputs,
    #[command(flatten)]
    output: TableOrLines,
    #[command(flatten)]
    filters: Filters,
}

/// Messages that are handed over together.
const BATCH: usize = 512;

/// Writes messages.
struct Writer<'a> {
    paths: &'a [String],
    out: Written,
}

impl Writer<'_> {
    /// `false` when there is no use in going on.
    fn write(&mut self, message: &Message<'_>) -> bool {
        let file = self.paths.get(message.source.file as usize).map_or("", String::as_str);
        match &mut self.out {
            Written::Table(table) => table.write(&MessageRow { message, file }),
            Written::Lines(lines) => {
                let file = (self.paths.len() > 1).then_some(file);
                lines.write(&Line { message, file, colour: lines.coloured(), brief: false });
            }
        }
        !self.out.failed()
    }
}

/// Gives what is wanted to `take`, as long as that says `true`.
struct Wanted<F> {
    selection: Selection,
    /// Operations that were asked for and did not come yet.
    missed: Vec<String>,
    take: F,
    goes_on: bool,
}

impl<F> Wanted<F> {
    fn new(selection: Selection, take: F) -> Self {
        let missed = selection.operations.clone();
        Self { selection, missed, take, goes_on: true }
    }

    /// A name that is spelt otherwise gives nothing, and nobody would know why.
    fn tell_missed(&self) {
        if !self.missed.is_empty() {
            log::warn!("nothing that was asked for has the operation {}", self.missed.join(", "));
        }
    }
}

impl<F: FnMut(&Message<'_>) -> bool> Listener for Wanted<F> {
    fn wants_messages(&self) -> bool {
        self.goes_on
    }

    fn message(&mut self, message: &Message<'_>) {
        if self.selection.takes(message) {
            if !self.missed.is_empty() {
                let name = message.operation.to_string();
                self.missed.retain(|missed| !missed.eq_ignore_ascii_case(&name));
            }
            self.goes_on = (self.take)(message);
        }
    }

    fn event(&mut self, _event: &Event, _names: &Names) {}
}

/// Reads all, and gives what is selected to `take`.
fn read(
    opened: Opened,
    common: &Common,
    selection: Selection,
    take: impl FnMut(&Message<'_>) -> bool,
) -> Result<Done, Failure> {
    let mut wanted = Wanted::new(selection, take);
    let done = opened.read(common, &mut wanted)?;
    // What came to nothing because nobody reads it any more says nothing of the names.
    if wanted.goes_on {
        wanted.tell_missed();
    }
    Ok(done)
}

pub(super) fn run(arguments: &Arguments, common: &Common) -> Result<u8, Failure> {
    let opened = arguments.inputs.open(common)?;
    let paths = opened.paths.clone();
    arguments.output.spare(&opened.paths)?;
    let out = arguments.output.open(MESSAGES, MESSAGE_COLUMNS)?;
    let mut writer = Writer { paths: &paths, out };
    let selection = arguments.filters.selection();
    let done = if common.threads == 1 {
        read(opened, common, selection, |message| writer.write(message))
    } else {
        let mut write = |kept: &mut Kept| {
            let mut goes_on = true;
            kept.drain(|message| goes_on = writer.write(message));
            goes_on
        };
        relayed(&mut write, |relay| {
            read(opened, common, selection, |message| {
                relay.batch.push(message);
                relay.batch.len() < BATCH || relay.hand_over()
            })
        })
    }?;
    writer.out.finish()?;
    Ok(done.code())
}
