//! `simhound events`: subscriber events as a table.

use super::identities::{Identities, Span, lets, words};
use super::inputs::Inputs;
use super::output::{Output, Table};
use super::{Common, Failure};
use crate::event::{EVENT_COLUMNS, EVENTS, Event, EventKind, EventRow};
use crate::identity::Names;
use crate::message::Wanted;
use crate::session::Listener;

/// Print subscriber events
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    simhound events capture.pcap -o events.parquet\n  \
    simhound events day/ --imsi 001010000000001 --format csv\n  \
    simhound events day/ --kind call_attempt,sms_submit --since 2026-03-17")]
pub(super) struct Arguments {
    #[command(flatten)]
    inputs: Inputs,
    #[command(flatten)]
    output: Output,
    /// Only these kinds of events; several with commas between them
    #[arg(long, value_name = "KIND", value_delimiter = ',', value_parser = words(EventKind::ALL, EventKind::name))]
    kind: Vec<String>,
    #[command(flatten)]
    identities: Identities,
    #[command(flatten)]
    span: Span,
}

struct Events<'a> {
    arguments: &'a Arguments,
    wanted: Wanted,
    paths: &'a [String],
    table: Table,
}

impl Events<'_> {
    /// Of each kind of identity that is asked, the subscriber has one.
    fn takes(&self, event: &Event) -> bool {
        let Wanted { imsis, msisdns, imeis } = &self.wanted;
        self.arguments.span.times().has(event.time)
            && lets(&self.arguments.kind, event.kind.name())
            && (imsis.is_empty() || event.imsi.is_some_and(|imsi| self.wanted.imsi(imsi)))
            && (msisdns.is_empty() || event.msisdn.is_some_and(|msisdn| msisdns.contains(&msisdn)))
            && (imeis.is_empty() || event.imei.is_some_and(|imei| self.wanted.imei(imei)))
    }
}

impl Listener for Events<'_> {
    fn event(&mut self, event: &Event, names: &Names) {
        if self.takes(event) {
            let file = self.paths.get(event.source.file as usize).map_or("", String::as_str);
            self.table.write(&EventRow { event, names, file });
        }
    }
}

pub(super) fn run(arguments: &Arguments, common: &Common) -> Result<u8, Failure> {
    let opened = arguments.inputs.open(common)?;
    let paths = opened.paths.clone();
    arguments.output.spare(&opened.paths)?;
    let table = arguments.output.open(EVENTS, EVENT_COLUMNS)?;
    let mut listener = Events { arguments, wanted: arguments.identities.wanted(), paths: &paths, table };
    let done = opened.read(common, &mut listener)?;
    listener.table.finish()?;
    Ok(done.code())
}
