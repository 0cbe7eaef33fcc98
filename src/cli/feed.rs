//! Where events come from: captures, or tables of events that were written before.

use super::aside::aside;
use super::identities::{lets, words};
use super::inputs::{Done, Opened};
use super::{Common, Failure};
use crate::event::{Event, EventKind, Interface, Texts, read_events};
use crate::pipeline::Totals;
use crate::report::RunInput;
use std::path::Path;

/// Which events count.
#[derive(Debug, Clone, Default, clap::Args)]
pub(super) struct Sieve {
    /// Only these kinds of events, with commas between them: what call records show is call_attempt, call_answer,
    /// call_end, sms_submit, sms_deliver
    #[arg(long, value_name = "KIND", value_delimiter = ',', value_parser = words(EventKind::ALL, EventKind::name))]
    kind: Vec<String>,
    /// Only events of these interfaces, such as s6a,s13: what a tap there would show
    #[arg(long, value_name = "LIST", value_delimiter = ',', value_parser = words(Interface::ALL, Interface::name))]
    only: Vec<String>,
}

impl Sieve {
    fn lets_through(&self, event: &Event) -> bool {
        lets(&self.kind, event.kind.name()) && lets(&self.only, event.interface.name())
    }
}

/// Inputs that give events.
pub(super) enum Feed {
    Captures(Box<Opened>),
    Tables(Vec<String>),
}

impl Feed {
    /// The paths that are read.
    pub(super) fn paths(&self) -> Vec<String> {
        match self {
            Self::Captures(opened) => opened.paths.clone(),
            Self::Tables(paths) => paths.clone(),
        }
    }

    /// Gives the events that count to `take`, in their order.
    pub(super) fn read(
        self,
        common: &Common,
        sieve: &Sieve,
        take: &mut (dyn FnMut(&Event) + Send),
    ) -> Result<Done, Failure> {
        let mut take = |event: &Event| {
            if sieve.lets_through(event) {
                take(event);
            }
        };
        match self {
            Self::Captures(opened) => aside(common, &mut take, |listener| opened.read(common, listener)),
            Self::Tables(paths) => from_tables(&paths, &mut take),
        }
    }
}

fn from_tables(paths: &[String], take: &mut dyn FnMut(&Event)) -> Result<Done, Failure> {
    let (mut texts, mut totals) = (Texts::default(), Totals::default());
    for path in paths {
        read_events(Path::new(path), &mut texts, &mut |event| {
            totals.first.get_or_insert(event.time);
            totals.last = Some(event.time);
            take(event);
        })?;
    }
    let inputs = texts.files.into_iter().map(|path| RunInput { path, fault: None }).collect();
    Ok(Done { totals, inputs, errors: Vec::new() })
}
