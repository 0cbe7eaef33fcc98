//! Slots that call of their own accord, one stranger after the other.

use super::slots::open;
use super::{Fraud, Step};
use crate::simulate::act::{Deed, Domain};
use crate::simulate::city::City;
use crate::simulate::clock::{MINUTE, SECOND, Time, seconds};
use crate::simulate::network::call::Outcome;
use crate::simulate::people::person::Peer;
use crate::simulate::people::rhythm;
use crate::simulate::scenario::hour_of_day;

impl Fraud {
    /// A slot calls then; what was planned for it before is void.
    pub(super) fn dial_at(&mut self, slot: usize, at: Time) {
        if let Some(place) = self.slots.get_mut(slot) {
            place.next = at;
        }
        self.step(at, Step::Dial(slot));
    }

    /// A slot calls a stranger anywhere in the country.
    pub(super) fn dial(&mut self, city: &mut City<'_>, slot: usize, now: Time) {
        if self.slots.get(slot).is_none_or(|slot| slot.next != now) {
            return;
        }
        if !open(&self.plan, city.clock, now) {
            let morning = rhythm::next_daily(city.clock, now, hour_of_day(self.plan.hours[0]));
            let at = morning + self.dice.whole(0, 4 * MINUTE);
            self.dial_at(slot, at);
            return;
        }
        let busy = self.person_in(slot).and_then(|index| city.person(index)).map_or(0, |person| person.busy_until);
        if busy > now {
            let at = busy + self.dice.whole(SECOND, 5 * SECOND);
            self.dial_at(slot, at);
            return;
        }
        self.economy.asked += 1;
        let [low, high] = self.plan.pause_seconds;
        let pause = seconds(self.dice.between(low, high));
        let over = match self.may_call(city, slot, now) {
            Ok(()) => self.stranger(city).and_then(|called| self.place(city, slot, called, false, now)),
            Err(refusal) => {
                self.economy.refuse(refusal);
                None
            }
        };
        self.dial_at(slot, over.unwrap_or(now) + pause);
    }

    /// Anybody who has nothing to do with it.
    pub(super) fn stranger(&mut self, city: &City<'_>) -> Option<Peer> {
        let anybody = self.dice.below(city.population.people.len());
        let honest = city.population.people.get(anybody).is_some_and(|person| person.farm.is_none());
        if self.dice.chance(self.plan.own_network) && honest {
            Some(Peer::Subscriber(anybody))
        } else {
            city.numbering.outside(false, &mut self.dice).map(Peer::Outside)
        }
    }

    /// A slot calls; gives when that is over.
    pub(super) fn place(
        &mut self,
        city: &mut City<'_>,
        slot: usize,
        called: Peer,
        expected: bool,
        now: Time,
    ) -> Option<Time> {
        let index = self.person_in(slot)?;
        self.carry(city, slot, [now, now]);
        let (over, outcome) = city.call(Peer::Subscriber(index), called, expected, now)?;
        self.carry(city, slot, [now, over]);
        self.economy.placed += 1;
        if let Outcome::Answered(duration, _) = outcome {
            self.economy.answered += 1;
            self.economy.talked += duration;
        }
        let place = self.slots.get_mut(slot)?;
        place.calls += 1;
        let (card, worn) = (place.card?, place.calls >= self.plan.imei_calls);
        let stock = self.cards.get_mut(card)?;
        stock.ledger.note(&self.plan, &city.scenario.days, [now, over], &mut self.dice);
        if worn && self.plan.imei == super::plan::ImeiTrigger::Metric {
            self.step(over + 10 * SECOND, Step::Renew(slot));
        }
        Some(over)
    }

    /// The other phone of a pair uses its data, from when the call begins until it is over.
    fn carry(&self, city: &mut City<'_>, slot: usize, [now, at]: [Time; 2]) {
        let Some(other) = slot.checked_sub(1).filter(|&other| self.carries(other)) else {
            return;
        };
        let Some(index) = self.person_in(other) else { return };
        if let Some(card) = city.card(index).filter(|card| card.access.packet())
            && city.person(index).is_some_and(|person| person.on && person.mme.is_some())
        {
            city.act(now, at, Deed::Authenticate { card, domain: Domain::Packet, checked: false });
        }
    }
}
