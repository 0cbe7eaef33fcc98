//! Registration and what belongs to it: proof of the card, check of the device, the end in the node before, detach.

use super::super::act::Domain;
use super::super::clock::{MILLISECOND, Time};
use super::super::network::Card;
use super::super::network::ims::Registration;
use super::super::network::luck::{Luck, PROOF, PROOF_IN_IMS, PROOF_ON_LTE};
use super::{Account, By, radio};
use crate::event::Interface::{A, Cx, IuCs, MapD, MapF, S1, S6a, S13, Sgs, Sip};
use crate::event::{Direction, Event, EventKind, Interface};

/// What the radio network shows, and the home register.
fn radio_and_home(card: &Card, domain: Domain) -> (&'static [Interface], &'static [Interface]) {
    match domain {
        Domain::Circuit => (radio(card), &[MapD]),
        Domain::Packet => (&[S1], &[S6a]),
    }
}

impl Account<'_, '_> {
    pub(super) fn register(&mut self, card: &Card, domain: Domain, old: Option<usize>, checked: bool) {
        let (_, home) = radio_and_home(card, domain);
        let over_sgs = domain == Domain::Circuit && self.over_sgs(card);
        let registered = if over_sgs {
            // The MME has seen to its proof.
            self.at + 60 * MILLISECOND
        } else {
            self.proof(card, domain, true, self.at);
            self.proven(card, domain, checked)
        };
        if over_sgs && checked {
            self.step(EventKind::EquipmentCheck, Direction::None, card, self.at + 20 * MILLISECOND, &[MapF]);
        } else if !over_sgs {
            self.device(card, domain, checked, registered - 50 * MILLISECOND);
        }
        self.ties(card, By::Number);
        let (shown_on, here): (&[_], _) = match domain {
            Domain::Circuit if over_sgs => (&[MapD, Sgs], card.msc),
            Domain::Circuit if card.utran => (&[MapD, IuCs], card.msc),
            Domain::Circuit => (&[MapD, A], card.msc),
            Domain::Packet => (&[S6a, S1], card.mme),
        };
        let event = self.event(EventKind::Register, Direction::Mo, card, registered, shown_on);
        self.put(card, Event { serving_node: self.teller.node(domain, here), ..event }, shown_on);
        if let Some(old) = old.filter(|&old| old != here) {
            let event = self.event(EventKind::Moved, Direction::None, card, registered, home);
            self.put(card, Event { serving_node: self.teller.node(domain, old), ..event }, home);
        }
        if domain == Domain::Packet {
            // It attaches with its IMSI where it has no other identity yet.
            if !self.teller.sessions.has(card) {
                self.ties(card, By::Mme);
            }
            self.attached(card, old, registered);
            self.ties(card, By::Tunnel);
        } else {
            self.gprs_registered(card, registered + 600 * MILLISECOND);
        }
    }

    /// A mobile that is registered proves itself anew, with a periodic update.
    pub(super) fn renew(&mut self, card: &Card, domain: Domain, checked: bool) {
        if domain == Domain::Circuit && self.over_sgs(card) {
            return;
        }
        let (radio, _) = radio_and_home(card, domain);
        self.proof(card, domain, true, self.at);
        let known = self.proven(card, domain, false);
        self.device(card, domain, checked, known - 50 * MILLISECOND);
        match domain {
            Domain::Packet => self.data_used(card, known),
            Domain::Circuit => self.gprs_used(card, self.at + 1100 * MILLISECOND),
        }
        if radio.iter().any(|interface| self.teller.said.contains(interface)) {
            let event = self.event(EventKind::Register, Direction::Mo, card, self.at, radio);
            self.put_until(card, event, radio, [known, known]);
        }
    }

    /// When the network goes on after vectors, proof, ciphering and perhaps the check of the device.
    fn proven(&self, card: &Card, domain: Domain, checked: bool) -> Time {
        let (span, usual) = match domain {
            Domain::Circuit => (PROOF, 180 * MILLISECOND),
            Domain::Packet => (PROOF_ON_LTE, 130 * MILLISECOND),
        };
        let check = if checked { 35 * MILLISECOND } else { 0 };
        self.at + usual + check + Luck::of(card, self.at).answers_after(span) + card.latency
    }

    /// The card answers a challenge, of vectors that come from its home (`fetched`) or were left.
    fn proof(&mut self, card: &Card, domain: Domain, fetched: bool, at: Time) {
        let (radio, home) = radio_and_home(card, domain);
        let span = if domain == Domain::Circuit { PROOF } else { PROOF_ON_LTE };
        let at = if fetched { at + 20 * MILLISECOND } else { at };
        let shown_on = if fetched { [home, radio].concat() } else { radio.to_vec() };
        self.challenge(card, span, &shown_on, radio, at);
    }

    /// `answered_on`: where challenge and answer show.
    pub(super) fn challenge(
        &mut self,
        card: &Card,
        span: [f64; 2],
        shown_on: &[Interface],
        answered_on: &[Interface],
        at: Time,
    ) {
        let event = self.event(EventKind::Authenticate, Direction::None, card, at, shown_on);
        let latency = Luck::of(card, self.at).answers_after(span) + card.latency;
        let seen = answered_on.iter().any(|interface| self.teller.seen.contains(interface));
        let auth_latency_ms = u32::try_from(latency / MILLISECOND).ok().filter(|_| seen);
        self.put_step(card, Event { auth_latency_ms, ..event }, shown_on);
    }

    /// A mobile is served: on 2G it says which device it is, and sometimes it proves itself before.
    pub(super) fn served(&mut self, card: &Card, at: Time) {
        if Luck::of(card, self.at).proves() {
            self.proof(card, Domain::Circuit, false, at);
        }
        if card.utran {
            self.ties(card, By::Vlr);
        } else {
            self.device(card, Domain::Circuit, false, at);
        }
    }

    /// The mobile says which device it is, and the register is asked (`checked`).
    fn device(&mut self, card: &Card, domain: Domain, checked: bool, at: Time) {
        if domain == Domain::Circuit {
            self.ties(card, By::Vlr);
        }
        let shown_on: &[_] = match (domain, checked) {
            (Domain::Circuit, true) if card.utran => &[IuCs, MapF],
            (Domain::Circuit, true) => &[A, MapF],
            (Domain::Circuit, false) => radio(card),
            (Domain::Packet, true) => &[S1, S13],
            (Domain::Packet, false) => &[S1],
        };
        self.step(EventKind::EquipmentCheck, Direction::None, card, at, shown_on);
    }

    /// The mobile is called in its area, and answers.
    pub(super) fn paged(&mut self, card: &Card, domain: Domain, at: Time) {
        let (mut radio, _) = radio_and_home(card, domain);
        if domain == Domain::Circuit && self.over_sgs(card) {
            radio = &[Sgs];
        }
        self.step(EventKind::Paging, Direction::Mt, card, at, radio);
    }

    pub(super) fn detach(&mut self, card: &Card, domain: Domain, node: usize) {
        let (mut radio, _) = radio_and_home(card, domain);
        if domain == Domain::Circuit && self.over_sgs(card) {
            radio = &[Sgs];
        }
        self.leaves(card, domain, node, Direction::Mo, radio);
        match domain {
            Domain::Packet => self.detached(card),
            Domain::Circuit => self.gprs_detached(card),
        }
    }

    /// A node forgets it.
    pub(super) fn purge(&mut self, card: &Card, domain: Domain, node: usize) {
        let (_, home) = radio_and_home(card, domain);
        self.leaves(card, domain, node, Direction::None, home);
    }

    fn leaves(&mut self, card: &Card, domain: Domain, node: usize, direction: Direction, shown_on: &[Interface]) {
        let event = self.event(EventKind::Deregister, direction, card, self.at, shown_on);
        self.put(card, Event { serving_node: self.teller.node(domain, node), ..event }, shown_on);
    }

    pub(super) fn ims(&mut self, card: &Card, why: Registration) {
        let shown_on = &[Cx, Sip];
        let mut at = self.at;
        if why == Registration::Initial {
            // SIP tells of the challenge when it is over; the HSS is asked before.
            at += 100 * MILLISECOND + Luck::of(card, self.at).answers_after(PROOF_IN_IMS) + card.latency;
            let asked = if self.teller.seen.contains(&Cx) { self.at + 60 * MILLISECOND } else { at };
            self.challenge(card, PROOF_IN_IMS, shown_on, &[Sip], asked);
        }
        let kind = if why == Registration::Off { EventKind::Deregister } else { EventKind::Register };
        let event = self.event(kind, Direction::Mo, card, at, shown_on);
        self.put(card, event, shown_on);
        self.ties(card, By::Number);
    }
}
