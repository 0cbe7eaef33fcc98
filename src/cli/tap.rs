//! What a tap shows, where it is told on the command line.

use crate::event::Interface;
use crate::feature::{Extractor, Interfaces};

/// The interfaces of a tap.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct Tap {
    /// Interfaces that the tap shows, such as s6a,cap: what only others show is unknown, not zero [default: those of
    /// which something was decoded]
    #[arg(long, value_name = "LIST", value_delimiter = ',', value_parser = interface)]
    interfaces: Vec<Interface>,
}

fn interface(name: &str) -> Result<Interface, String> {
    Interface::from_name(name).ok_or_else(|| {
        let known: Vec<&str> = Interface::ALL.iter().map(|interface| interface.name()).collect();
        format!("none of {}", known.join(", "))
    })
}

impl Tap {
    /// The extractor for it.
    pub(super) fn extractor(&self, window: i64, clock: i64) -> Extractor {
        let extractor = Extractor::new(window, clock);
        if self.interfaces.is_empty() {
            return extractor;
        }
        extractor.with_interfaces(self.interfaces.iter().copied().collect::<Interfaces>())
    }
}
