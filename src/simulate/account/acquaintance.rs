//! Whom a probe knows by what: who was registered before it listened is named by its temporary identity, its tunnel or
//! its number alone, until something ties these to the card.

use super::super::network::Card;
use crate::event::Interface::{A, Cx, Gn, IuCs, IuPs, S1, S11, Sip};
use crate::event::{Event, EventKind, Interface};
use hashbrown::HashMap;

/// By what a subscriber can be known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum By {
    /// Its number.
    Number = 1,
    /// Its tunnels.
    Tunnel = 2,
    /// Its identity in the MME.
    Mme = 4,
    /// Its identity in the VLR.
    Vlr = 8,
    /// Its tunnels of 2G and 3G.
    Context = 16,
    /// Its identity in the SGSN.
    Sgsn = 32,
}

/// Who is known by what.
#[derive(Debug, Default)]
pub(super) struct Acquaintance(HashMap<usize, u8, foldhash::fast::FixedState>);

impl Acquaintance {
    /// It was seen by its card and by this.
    pub(super) fn tie(&mut self, card: &Card, by: By) {
        *self.0.entry(card.index).or_default() |= by as u8;
    }

    /// Whether the event, as its interface tells it, is known to be the card's.
    pub(super) fn names(&self, card: &Card, event: &Event) -> bool {
        needed(event.kind, event.interface).is_none_or(|by| self.knows(card, by))
    }

    /// Whether it was tied.
    pub(super) fn knows(&self, card: &Card, by: By) -> bool {
        self.0.get(&card.index).is_some_and(|known| known & by as u8 != 0)
    }
}

/// What an event is told by, where that is not the card itself.
fn needed(kind: EventKind, interface: Interface) -> Option<By> {
    use EventKind::{Authenticate, DataEnd, DataUpdate, Deregister, Paging, Register, RouteQuery};
    match (interface, kind) {
        (Sip, Register | Deregister | Authenticate) => None,
        (Sip, _) | (Cx, RouteQuery) => Some(By::Number),
        (S1, Paging | Deregister) => Some(By::Mme),
        (S11, DataUpdate) => Some(By::Tunnel),
        (A | IuCs, Deregister) => Some(By::Vlr),
        (Gn, DataUpdate | DataEnd) => Some(By::Context),
        (IuPs, Deregister) => Some(By::Sgsn),
        _ => None,
    }
}
