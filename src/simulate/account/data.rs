//! Data sessions, as the network keeps them: two for a mobile with calls over IMS, else one.

use super::super::clock::{MILLISECOND, Time};
use super::super::network::Card;
use super::super::people::person::Access;
use super::Account;
use crate::event::Interface::{Gx, Gy, S1, S11};
use crate::event::{Direction, EventKind, Interface};
use hashbrown::HashMap;

/// Whose sessions the network knows of, by subscriber: attached or detached. Who was there before the beginning is
/// known from its first use on.
#[derive(Debug, Default)]
pub(super) struct Sessions(HashMap<usize, bool, foldhash::fast::FixedState>);

impl Sessions {
    pub(super) fn is_detached(&self, card: &Card) -> bool {
        self.0.get(&card.index) == Some(&false)
    }

    /// Whether it was seen before.
    pub(super) fn has(&self, card: &Card) -> bool {
        self.0.contains_key(&card.index)
    }

    pub(super) fn is_known(&self, card: &Card) -> bool {
        self.0.get(&card.index) == Some(&true)
    }

    /// It is attached, or is not any more.
    pub(super) fn set(&mut self, card: &Card, attached: bool) {
        self.0.insert(card.index, attached);
    }

    /// The network has looked for its sessions.
    pub(super) fn used(&mut self, card: &Card) {
        self.0.entry(card.index).or_insert(true);
    }
}

/// Where the life of each session shows: the first one is charged online, and asked for with the attach.
fn sessions(card: &Card) -> &'static [&'static [Interface]] {
    let all: &[&[_]] = &[&[Gx, Gy, S11], &[Gx, S11]];
    if card.access == Access::Volte { all } else { all.get(..1).unwrap_or_default() }
}

impl Account<'_, '_> {
    pub(super) fn says(&self, interface: Interface) -> bool {
        self.teller.said.contains(&interface)
    }

    fn knows_sessions(&self) -> bool {
        [S11, Gx, Gy, S1].into_iter().any(|interface| self.says(interface))
    }

    pub(super) fn session(&mut self, kind: EventKind, card: &Card, at: Time, shown_on: &[Interface]) {
        let direction = if kind == EventKind::DataStart { Direction::Mo } else { Direction::None };
        self.step(kind, direction, card, at, shown_on);
    }

    /// A mobile is registered in an MME: its sessions begin, or are taken over from the MME before.
    pub(super) fn attached(&mut self, card: &Card, old: Option<usize>, at: Time) {
        if !self.knows_sessions() {
            return;
        }
        let moved = old.is_some_and(|old| old != card.mme) && !self.teller.sessions.is_detached(card);
        if !moved && self.teller.sessions.is_known(card) {
            self.sessions_end(card, at);
        }
        let later = at + 200 * MILLISECOND;
        for shown_on in sessions(card) {
            if moved {
                self.session(EventKind::DataStart, card, at, &[S11]);
                self.session(EventKind::DataUpdate, card, later, &[Gx]);
                self.session(EventKind::DataEnd, card, later, &[S11]);
            } else {
                self.session(EventKind::DataStart, card, at, shown_on);
            }
            self.session(EventKind::DataUpdate, card, later, &[S11]);
        }
        self.teller.sessions.0.insert(card.index, true);
    }

    /// A mobile that is attached uses its data.
    pub(super) fn data_used(&mut self, card: &Card, at: Time) {
        if !self.knows_sessions() || self.teller.sessions.is_detached(card) {
            return;
        }
        for shown_on in sessions(card) {
            self.session(EventKind::DataUpdate, card, at, &[S11]);
            if shown_on.contains(&Gy) {
                self.session(EventKind::DataUpdate, card, at + 20 * MILLISECOND, &[Gy]);
            }
        }
        self.teller.sessions.used(card);
    }

    /// All sessions end with the detach.
    pub(super) fn detached(&mut self, card: &Card) {
        if !self.knows_sessions() {
            return;
        }
        if self.teller.sessions.is_known(card) {
            self.sessions_end(card, self.at);
        }
        self.teller.sessions.0.insert(card.index, false);
    }

    fn sessions_end(&mut self, card: &Card, at: Time) {
        for shown_on in sessions(card) {
            self.session(EventKind::DataEnd, card, at, shown_on);
        }
    }

    /// A mobile gets its bearers for a call or a message over data; `speech`: there is a rule for it.
    pub(super) fn bearers(&mut self, card: &Card, speech: bool) {
        if self.says(S1) || speech && self.says(Gx) {
            self.teller.sessions.used(card);
        }
    }
}
