//! What a tap shows, where it is told on the command line.

use crate::event::Interface;
use crate::feature::{Extractor, Interfaces, TapProfile};

/// The interfaces of a tap.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct Tap {
    /// Interfaces that the tap shows, such as s6a,cap: what only others show is unknown, not zero [default: those of
    /// which something was decoded]
    #[arg(long, value_name = "LIST", value_delimiter = ',', value_parser = interface)]
    interfaces: Vec<Interface>,
    /// The same by the usual place of a probe: hlr, roaming, a-iu, packet-core, ims or charging
    #[arg(long, value_name = "NAME", value_parser = profile, conflicts_with = "interfaces")]
    profile: Option<&'static TapProfile>,
}

/// A profile of a tap by its name.
pub(super) fn profile(name: &str) -> Result<&'static TapProfile, String> {
    TapProfile::named(name)
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
        match self.profile {
            Some(profile) => extractor.with_interfaces(profile.set()),
            None if self.interfaces.is_empty() => extractor,
            None => extractor.with_interfaces(self.interfaces.iter().copied().collect::<Interfaces>()),
        }
    }
}
