//! Packet data on 2G and 3G: attach, moves, one session, detach.

use super::super::clock::{MILLISECOND, Time};
use super::super::network::Card;
use super::super::network::luck::PROOF;
use super::{Account, By};
use crate::event::Interface::{Gn, IuPs};
use crate::event::{Direction, EventKind};

impl Account<'_, '_> {
    fn knows_gprs(&self, card: &Card) -> bool {
        card.has_gprs() && (self.says(Gn) || self.on_iu(card))
    }

    fn on_iu(&self, card: &Card) -> bool {
        card.utran && self.says(IuPs)
    }

    /// It is registered in circuits, and attaches, or moves with its session.
    pub(super) fn gprs_registered(&mut self, card: &Card, at: Time) {
        if !self.knows_gprs(card) {
            return;
        }
        let before = self.teller.sgsns.insert(card.index, card.msc);
        let attached = self.teller.packets.is_known(card);
        self.teller.packets.set(card, true);
        let on_iu = self.on_iu(card);
        if attached && before.is_some_and(|sgsn| sgsn != card.msc) {
            if on_iu {
                self.step(EventKind::Register, Direction::Mo, card, at, &[IuPs]);
                self.ties(card, By::Sgsn);
            }
            self.session(EventKind::DataUpdate, card, at + 100 * MILLISECOND, &[Gn]);
            return;
        }
        if attached {
            self.session(EventKind::DataEnd, card, at, &[Gn]);
        }
        let started = if on_iu {
            self.challenge(card, PROOF, &[IuPs], &[IuPs], at);
            self.step(EventKind::Register, Direction::Mo, card, at, &[IuPs]);
            self.ties(card, By::Sgsn);
            at + 1000 * MILLISECOND
        } else {
            at
        };
        let shown_on: &[_] = if on_iu { &[IuPs, Gn] } else { &[Gn] };
        self.session(EventKind::DataStart, card, started, shown_on);
        self.ties(card, By::Context);
    }

    /// It uses its data.
    pub(super) fn gprs_used(&mut self, card: &Card, at: Time) {
        if !self.knows_gprs(card) || self.teller.packets.is_detached(card) {
            return;
        }
        self.first_seen(card);
        if self.on_iu(card) {
            self.ties(card, By::Sgsn);
        }
        self.session(EventKind::DataUpdate, card, at, &[Gn]);
    }

    /// It is switched off.
    pub(super) fn gprs_detached(&mut self, card: &Card) {
        if !self.knows_gprs(card) || self.teller.packets.is_detached(card) {
            return;
        }
        self.first_seen(card);
        if self.on_iu(card) {
            self.step(EventKind::Deregister, Direction::Mo, card, self.at, &[IuPs]);
        }
        self.session(EventKind::DataEnd, card, self.at, &[Gn]);
        self.teller.packets.set(card, false);
    }

    /// Who was attached before the beginning is so where it is now.
    fn first_seen(&mut self, card: &Card) {
        self.teller.packets.used(card);
        self.teller.sgsns.entry(card.index).or_insert(card.vlr.unwrap_or(card.msc));
    }
}
