//! `simhound messages`: decoded messages as a table, or as lines for reading.

use super::identities::Filters;
use super::inputs::Inputs;
use super::output::{TableOrLines, Written};
use super::{Common, Failure};
use crate::event::Event;
use crate::identity::Names;
use crate::message::{Line, MESSAGE_COLUMNS, MESSAGES, Message, MessageRow, Selection};
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

struct Messages<'a> {
    selection: Selection,
    paths: &'a [String],
    out: Written,
}

impl Listener for Messages<'_> {
    fn wants_messages(&self) -> bool {
        !self.out.failed()
    }

    fn message(&mut self, message: &Message<'_>) {
        if !self.selection.takes(message) {
            return;
        }
        let file = self.paths.get(message.source.file as usize).map_or("", String::as_str);
        match &mut self.out {
            Written::Table(table) => table.write(&MessageRow { message, file }),
            Written::Lines(lines) => {
                let file = (self.paths.len() > 1).then_some(file);
                lines.write(&Line { message, file, colour: lines.coloured(), brief: false });
            }
        }
    }

    fn event(&mut self, _event: &Event, _names: &Names) {}
}

pub(super) fn run(arguments: &Arguments, common: &Common) -> Result<u8, Failure> {
    let opened = arguments.inputs.open(common)?;
    let paths = opened.paths.clone();
    arguments.output.spare(&opened.paths)?;
    let out = arguments.output.open(MESSAGES, MESSAGE_COLUMNS)?;
    let mut listener = Messages { selection: arguments.filters.selection(), paths: &paths, out };
    let done = opened.read(common, &mut listener)?;
    listener.out.finish()?;
    Ok(done.code())
}
