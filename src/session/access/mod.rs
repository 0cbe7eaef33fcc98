//! Access: the signalling connection of one UE, whatever radio access network carries it.
//!
//! Each network has its own decoder and its own connections (SCCP on A and Iu, the pair of UE identities on S1 and N2).
//! What they say comes here in the same words, and becomes events once its outcome is known:
//!
//! ```text
//! BSSAP, RANAP, S1AP, NGAP                                            DTAP, GMM, EPS and 5GS NAS
//!   Access::names(link, what the network says of the UE)                Access::layer3(link, uplink, message)
//!   Access::temporary(link, S-TMSI and its like)
//!   Access::handover(link, step)    Access::locate(link, outcome)
//!   Access::page(interface, names)                                      Access::release(key) ends it
//! ```
//!
//! How to use it: one [`Link`] for each message of a connection, with the same key; the key is also the `exchange` of
//! its records. Only messages that are news: those seen before (`repeat_of`) are recorded and not brought here. A
//! message within a layer 3 message ([`Layer3::contained`]) is read by the caller and brought here after it.
//!
//! - [`Access::names`] takes the IMSI (Common ID), the IMEI, the cell or area where the UE is **now**, the network.
//!   Never brings what a message says of another place (targets of a handover, the old area in an update).
//! - [`Access::layer3`] looks at the step, the cause, the transaction and these names: in [`Step::Register`] the area
//!   is the old one; in [`Step::Registered`] and [`Step::Reallocation`] area and temporary identity are new; in
//!   [`Step::Setup`] `calling` and `called` are the parties.
//! - The IMSI may come late (identity response, Common ID). Events wait for it until the connection is released; a
//!   temporary identity that is known tells it at once.

mod call;
mod paging;
mod step;
#[cfg(test)]
mod tests;
mod ue;

use super::aging::Aging;
use super::temporary::{System, Temporary};
use super::{Context, Origin};
use crate::event::{Interface, Rat};
use crate::health::{Layer, Outcome};
use crate::message::Exchange;
use crate::time::MINUTE;
use crate::wire::Named;
use crate::wire::layer3::Layer3;
use paging::Pages;
use ue::Ue;

/// Connections that are followed at the same time.
const CAPACITY: usize = 1 << 18;
/// One of which nothing is heard for so long is given up: a call may last, and says nothing meanwhile.
const HOLDS: i64 = 120 * MINUTE;

/// The connection of a message.
#[derive(Debug, Clone, Copy)]
pub(super) struct Link {
    /// The same for all its messages, and for no others.
    pub(super) key: Exchange,
    /// The interface that shows it.
    pub(super) interface: Interface,
    /// The radio access behind it.
    pub(super) rat: Rat,
}

impl Link {
    /// Who gives temporary identities here.
    fn system(self) -> System {
        match self.interface {
            Interface::IuPs => System::Packet,
            Interface::S1 => System::Eps,
            Interface::N2 => System::FiveGs,
            _ => System::Circuit,
        }
    }
}

/// What became of a handover, as its source tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Handover {
    /// The network asks for one (required).
    Asked,
    /// It succeeded: the UE left for its target, or is in another cell of the same network.
    Done,
    /// It was refused, or the UE came back.
    Failed,
}

/// The connections that are open.
#[derive(Debug)]
pub(super) struct Access {
    ues: Aging<Exchange, Ue>,
    pages: Pages,
}

impl Default for Access {
    fn default() -> Self {
        Self { ues: Aging::new(CAPACITY, HOLDS), pages: Pages::default() }
    }
}

impl Access {
    pub(super) fn pass(&mut self, context: &mut Context<'_>, now: i64) {
        self.pages.pass(context, now);
        for (_, ue) in self.ues.pass(now) {
            context.health.note(Layer::Session, Outcome::Evicted, "connection of a subscriber without an end", None);
            ue.end(context, None);
        }
    }

    pub(super) fn finish(&mut self, context: &mut Context<'_>) {
        for (_, ue) in self.ues.drain() {
            ue.end(context, None);
        }
        self.pages.finish(context);
    }

    fn ue(ues: &mut Aging<Exchange, Ue>, link: Link) -> Option<&mut Ue> {
        if ues.peek(&link.key).is_none() {
            ues.insert(link.key, Ue::new(link));
        }
        ues.get_mut(&link.key)
    }

    /// A layer 3 message. `uplink`: the UE sent it; `None` where nobody can tell.
    pub(super) fn layer3(
        &mut self,
        context: &mut Context<'_>,
        origin: &Origin<'_>,
        link: Link,
        uplink: Option<bool>,
        message: &Layer3<'_>,
    ) {
        let Some(ue) = Self::ue(&mut self.ues, link) else { return };
        ue.layer3(context, origin, uplink, message, &mut self.pages);
    }

    /// What the radio access network says of the UE: who it is, and where it is now.
    pub(super) fn names(&mut self, context: &mut Context<'_>, origin: &Origin<'_>, link: Link, named: &Named) {
        let Some(ue) = Self::ue(&mut self.ues, link) else { return };
        ue.names(context, origin, named);
    }

    /// The UE has this temporary identity.
    pub(super) fn temporary(
        &mut self,
        context: &mut Context<'_>,
        origin: &Origin<'_>,
        link: Link,
        temporary: Temporary,
    ) {
        let Some(ue) = Self::ue(&mut self.ues, link) else { return };
        ue.has(context, origin, temporary);
    }

    /// A handover of the UE.
    pub(super) fn handover(&mut self, context: &mut Context<'_>, origin: &Origin<'_>, link: Link, handover: Handover) {
        let Some(ue) = Self::ue(&mut self.ues, link) else { return };
        ue.handover(context, origin, handover);
    }

    /// The network asks the radio network where the UE is; `outcome` once that answered.
    pub(super) fn locate(
        &mut self,
        context: &mut Context<'_>,
        origin: &Origin<'_>,
        link: Link,
        outcome: Option<crate::event::Result>,
    ) {
        let Some(ue) = Self::ue(&mut self.ues, link) else { return };
        ue.locate(context, origin, outcome);
    }

    /// The connection ends. Everything that still waits for its outcome is told.
    pub(super) fn release(&mut self, context: &mut Context<'_>, origin: &Origin<'_>, key: Exchange) {
        if let Some(ue) = self.ues.remove(&key) {
            ue.end(context, Some(origin));
        }
    }

    /// The network pages: by IMSI, by `temporary`, or both.
    pub(super) fn page(
        &mut self,
        context: &mut Context<'_>,
        origin: &Origin<'_>,
        (interface, rat): (Interface, Rat),
        named: &Named,
        temporary: Option<Temporary>,
    ) {
        self.pages.page(context, origin, (interface, rat), named, temporary);
    }
}
