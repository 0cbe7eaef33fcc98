//! Acts: what subscribers do, and what is done to them.
//!
//! They are all that the network and the truth are told of the people, and nothing of what the network makes of them
//! comes back. So the same people do the same things, whether packets are made of it or not.

use super::clock::{SECOND, Time};
use super::encode::sms::Sender;
use super::network::Card;
use super::network::call::{Outcome, Party, Timeline};
use super::network::ims::Registration;
use crate::identity::Msisdn;
use std::borrow::Cow;

/// One act.
#[derive(Debug, Clone)]
pub struct Act {
    /// When it was decided: no act that is told later begins before.
    pub told: Time,
    /// When it begins.
    pub at: Time,
    /// What it is.
    pub deed: Deed,
}

/// Which part of the core network a subscriber deals with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Domain {
    /// MSC and VLR.
    Circuit,
    /// MME.
    Packet,
}

/// What is done.
#[derive(Debug, Clone)]
pub enum Deed {
    /// Registers in the node of its place, coming from another or from none.
    Register {
        /// Who.
        card: Card,
        /// Where.
        domain: Domain,
        /// The node that it was registered in.
        old: Option<usize>,
        /// The equipment is checked too.
        checked: bool,
    },
    /// Is authenticated where it is registered.
    Authenticate {
        /// Who.
        card: Card,
        /// Where.
        domain: Domain,
        /// The equipment is checked too.
        checked: bool,
    },
    /// Switches off, and says so.
    Detach {
        /// Who.
        card: Card,
        /// Where.
        domain: Domain,
        /// The node that it was registered in.
        node: usize,
    },
    /// A node forgets it.
    Purge {
        /// Who.
        card: Card,
        /// Where.
        domain: Domain,
        /// The node.
        node: usize,
    },
    /// Registers in IMS, for the first or the last time or in between.
    Ims {
        /// Who.
        card: Card,
        /// Why.
        why: Registration,
    },
    /// The P-CSCF looks whether it is there.
    KeepAlive {
        /// Who.
        card: Card,
    },
    /// Leaves IMS without a word.
    Vanish {
        /// Who.
        card: Card,
    },
    /// Sends a short message.
    Submit {
        /// Who.
        card: Card,
        /// To whom.
        to: Msisdn,
        /// What.
        text: Cow<'static, str>,
    },
    /// Receives one.
    Deliver {
        /// Who.
        card: Card,
        /// From whom.
        from: Sender,
        /// What.
        text: Cow<'static, str>,
    },
    /// A call.
    Call {
        /// Who calls.
        caller: Party,
        /// Whom.
        called: Party,
        /// When what happens, and how it ends.
        line: Timeline,
    },
}

impl Deed {
    /// For how long nothing else should be begun that waits for its end.
    fn takes(&self, at: Time) -> Time {
        match self {
            Self::Register { .. } | Self::Ims { .. } | Self::Submit { .. } => 4 * SECOND,
            Self::Authenticate { checked, .. } => SECOND / if *checked { 1 } else { 2 },
            Self::Detach { .. } | Self::Purge { .. } | Self::KeepAlive { .. } | Self::Vanish { .. } => SECOND,
            Self::Deliver { .. } => 6 * SECOND,
            Self::Call { line, .. } => line.over.saturating_sub(at),
        }
    }

    /// The subscribers who are on the air in it.
    pub fn present(&self) -> [Option<&Card>; 2] {
        match self {
            Self::Register { card, .. }
            | Self::Authenticate { card, .. }
            | Self::Detach { card, .. }
            | Self::Purge { card, .. }
            | Self::Ims { card, .. }
            | Self::KeepAlive { card }
            | Self::Vanish { card }
            | Self::Submit { card, .. }
            | Self::Deliver { card, .. } => [Some(card), None],
            Self::Call { caller, called, line } => {
                [caller.card(), called.card().filter(|_| line.outcome != Outcome::Absent)]
            }
        }
    }
}

impl Act {
    /// An act that is decided now.
    pub fn new(told: Time, at: Time, deed: Deed) -> Self {
        Self { told, at: at.max(told), deed }
    }

    /// When the next thing may begin.
    pub fn over(&self) -> Time {
        self.at + self.deed.takes(self.at)
    }
}
