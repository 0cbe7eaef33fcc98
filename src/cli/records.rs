//! `simhound messages` and `simhound events`: decoded messages and subscriber events as tables.

use super::inputs::Inputs;
use super::output::{Output, Table};
use super::{Common, Failure};
use crate::event::{EVENT_COLUMNS, EVENTS, Event, EventRow};
use crate::identity::{Imei, Imsi, Msisdn, Names};
use crate::message::{MESSAGE_COLUMNS, MESSAGES, Message, MessageRow};
use crate::session::Listener;
use crate::wire::Identity;

/// Print decoded signaling messages
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    simhound messages capture.pcapng | jq .operation\n  \
    simhound messages 'day/*.pcap.gz' --imsi 001010000000001 -o one.csv\n  \
    zcat capture.pcap.gz | simhound messages - --protocol map")]
pub(super) struct MessageArguments {
    #[command(flatten)]
    inputs: Inputs,
    #[command(flatten)]
    output: Output,
    /// Only this protocol: map, cap, tcap, diameter or sip
    #[arg(long, value_parser = ["map", "cap", "tcap", "diameter", "sip"])]
    protocol: Option<String>,
    /// Only messages that name this subscriber
    #[arg(long)]
    imsi: Option<Imsi>,
    /// Only messages that name this number
    #[arg(long)]
    msisdn: Option<Msisdn>,
    /// Only messages that name this device (TAC and serial count)
    #[arg(long)]
    imei: Option<Imei>,
}

/// Print subscriber events
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    simhound events capture.pcap -o events.parquet\n  \
    simhound events day/ --imsi 001010000000001 --format csv")]
pub(super) struct EventArguments {
    #[command(flatten)]
    inputs: Inputs,
    #[command(flatten)]
    output: Output,
    /// Only events of this subscriber
    #[arg(long)]
    imsi: Option<Imsi>,
    /// Only events in this device (TAC and serial count)
    #[arg(long)]
    imei: Option<Imei>,
}

struct Messages<'a> {
    arguments: &'a MessageArguments,
    paths: &'a [String],
    table: Table,
}

impl Messages<'_> {
    fn wanted(&self, message: &Message<'_>) -> bool {
        let named = &message.named;
        let also = |wanted: Identity| named.more.contains(&wanted);
        let MessageArguments { protocol, imsi, msisdn, imei, .. } = self.arguments;
        let same_device = |other: Imei, wanted: Imei| other.device() == wanted.device();
        protocol.as_ref().is_none_or(|protocol| message.protocol.name() == protocol)
            && imsi.is_none_or(|imsi| named.imsi == Some(imsi) || also(Identity::Imsi(imsi)))
            && msisdn.is_none_or(|msisdn| named.msisdn == Some(msisdn) || also(Identity::Msisdn(msisdn)))
            && imei.is_none_or(|imei| named.imei.is_some_and(|other| same_device(other, imei)))
    }
}

impl Listener for Messages<'_> {
    fn wants_messages(&self) -> bool {
        !self.table.failed()
    }

    fn message(&mut self, message: &Message<'_>) {
        if self.wanted(message) {
            let file = self.paths.get(message.source.file as usize).map_or("", String::as_str);
            self.table.write(&MessageRow { message, file });
        }
    }

    fn event(&mut self, _event: &Event, _names: &Names) {}
}

pub(super) fn messages(arguments: &MessageArguments, common: &Common) -> Result<u8, Failure> {
    let opened = arguments.inputs.open(common)?;
    let paths = opened.paths.clone();
    arguments.output.spare(&opened.paths)?;
    let table = arguments.output.open(MESSAGES, MESSAGE_COLUMNS)?;
    let mut listener = Messages { arguments, paths: &paths, table };
    let done = opened.read(common, &mut listener)?;
    listener.table.finish()?;
    Ok(done.code())
}

struct Events<'a> {
    arguments: &'a EventArguments,
    paths: &'a [String],
    table: Table,
}

impl Listener for Events<'_> {
    fn event(&mut self, event: &Event, names: &Names) {
        let EventArguments { imsi, imei, .. } = self.arguments;
        let device = imei.is_none_or(|imei| event.imei.is_some_and(|other| other.device() == imei.device()));
        if device && (imsi.is_none() || event.imsi == *imsi) {
            let file = self.paths.get(event.source.file as usize).map_or("", String::as_str);
            self.table.write(&EventRow { event, names, file });
        }
    }
}

pub(super) fn events(arguments: &EventArguments, common: &Common) -> Result<u8, Failure> {
    let opened = arguments.inputs.open(common)?;
    let paths = opened.paths.clone();
    arguments.output.spare(&opened.paths)?;
    let table = arguments.output.open(EVENTS, EVENT_COLUMNS)?;
    let mut listener = Events { arguments, paths: &paths, table };
    let done = opened.read(common, &mut listener)?;
    listener.table.finish()?;
    Ok(done.code())
}
