//! Calls of customers: who asks, which card takes the call, and why one is refused.

use super::limits::Refusal;
use super::plan::Routing;
use super::slots::open;
use super::{Fraud, Step};
use crate::simulate::city::City;
use crate::simulate::clock::{SECOND, Time};
use crate::simulate::people::person::Peer;
use crate::simulate::people::rhythm::Rhythm;

/// How often a call of the operator is recognised as one.
const RECOGNISED: f64 = 0.7;

impl Fraud {
    /// A customer wants a call to be placed.
    pub(super) fn ask(&mut self, city: &mut City<'_>, now: Time) {
        let days = self.dice.weibull_gap(1.0) * self.plan.diverted_minutes / (24.0 * 60.0);
        let next = Rhythm::Day.after(&city.scenario.days, now, days).max(now + SECOND);
        self.step(next, Step::Ask);
        self.economy.asked += 1;
        let test = self.dice.chance(self.plan.test_calls);
        let known = test && self.dice.chance(RECOGNISED);
        self.economy.tests[0] += u64::from(test);
        let Some((called, entry)) = self.wanted(city, test) else {
            return;
        };
        match self.route(city, entry, known, now) {
            Ok(slot) => {
                self.last_routed = slot;
                let card = self.slots.get(slot).and_then(|slot| slot.card);
                if let Some(entry) = entry.and_then(|entry| self.callees.get_mut(entry)) {
                    entry.card = entry.card.or(card);
                }
                let sacrificed = card.and_then(|card| self.cards.get(card)).is_some_and(|card| card.sacrificial);
                self.economy.tests[1] += u64::from(test && sacrificed);
                self.place(city, slot, called, true, now);
            }
            Err(refusal) => self.economy.refuse(refusal),
        }
    }

    /// Whom the customer wants: some numbers again and again, as people abroad call their families.
    fn wanted(&mut self, city: &City<'_>, test: bool) -> Option<(Peer, Option<usize>)> {
        if test {
            return city.numbering.outside(true, &mut self.dice).map(|number| (Peer::Outside(number), None));
        }
        if self.callees.is_empty() {
            return self.stranger(city).map(|peer| (peer, None));
        }
        // Of n numbers the k-th is asked for in proportion to 1/k.
        let rank = (self.callees.len() as f64).powf(self.dice.unit()) as usize;
        let entry = rank.min(self.callees.len()) - 1;
        self.callees.get(entry).map(|callee| (callee.peer, Some(entry)))
    }

    /// Whether a slot may call now.
    pub(super) fn may_call(&self, city: &City<'_>, slot: usize, now: Time) -> Result<(), Refusal> {
        if !self.idle(city, slot, now) {
            return Err(Refusal::NoSlot);
        }
        let card = self.slots.get(slot).and_then(|slot| slot.card).and_then(|card| self.cards.get(card));
        card.map_or(Err(Refusal::NoSlot), |card| card.ledger.allows(&self.plan, city.clock, now))
    }

    /// The slot that takes a call; where none can, the reason that would pass first.
    fn route(&mut self, city: &City<'_>, entry: Option<usize>, known: bool, now: Time) -> Result<usize, Refusal> {
        if !open(&self.plan, city.clock, now) {
            return Err(Refusal::Closed);
        }
        let sacrificed = known && self.plan.sacrificial > 0;
        let (mut able, mut refusal) = (Vec::new(), Refusal::NoSlot);
        for slot in 0..self.slots.len() {
            let card = self.slots.get(slot).and_then(|slot| slot.card).and_then(|card| self.cards.get(card));
            if card.is_none_or(|card| card.sacrificial != sacrificed) || self.carries(slot) {
                continue;
            }
            match self.may_call(city, slot, now) {
                Ok(()) => able.push(slot),
                Err(Refusal::Gap) => refusal = Refusal::Gap,
                Err(Refusal::Capped) if refusal == Refusal::NoSlot => refusal = Refusal::Capped,
                Err(_) => (),
            }
        }
        let card_in = |slot: usize| self.slots.get(slot).and_then(|slot| slot.card);
        let calls =
            |slot: &usize| card_in(*slot).and_then(|card| self.cards.get(card)).map_or(0, |card| card.ledger.calls);
        let before = entry.and_then(|entry| self.callees.get(entry)).and_then(|callee| callee.card);
        let chosen = match self.plan.routing {
            Routing::InTurn => {
                let next = able.iter().copied().find(|&slot| slot > self.last_routed);
                next.or(able.first().copied())
            }
            Routing::Balanced => able.iter().copied().min_by_key(calls),
            Routing::History if before.is_some() => able.iter().copied().find(|&slot| card_in(slot) == before),
            Routing::Random | Routing::History => None,
        };
        let weight = |&slot: &usize| {
            card_in(slot).and_then(|card| self.cards.get(card)).map_or(0.0, |card| card.ledger.weight())
        };
        let any = self.dice.weighted(able.iter().map(weight));
        chosen.or_else(|| able.get(any).copied()).ok_or(refusal)
    }
}
