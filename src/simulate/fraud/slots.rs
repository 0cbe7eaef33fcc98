//! Slots and the cards in them: on the air, off it, exchanged, with another IMEI.

use super::plan::{ImeiTrigger, Plan};
use super::{Fraud, Step};
use crate::simulate::city::City;
use crate::simulate::clock::{DAY, HOUR, MINUTE, NEVER, SECOND, Time, seconds};
use crate::simulate::people::diary::Errand;
use crate::simulate::people::person::{Access, Custody};
use crate::simulate::people::presence;

impl Fraud {
    /// A slot comes on the air for the first time; one that ran before the scenario began says nothing.
    pub(super) fn boot(&mut self, city: &mut City<'_>, slot: usize, now: Time) {
        if self.plan.running && now <= self.start {
            self.was_on(city, slot, now);
        } else {
            self.put_on(city, slot, now);
        }
        if self.plan.imei == ImeiTrigger::Periodic {
            let first = self.dice.between(0.1, 1.0) * self.plan.imei_hours;
            self.step(now + (first * HOUR as f64) as Time, Step::Renew(slot));
        }
        for (an_hour, step) in
            [(self.plan.texts_an_hour, Step::Text(slot)), (self.plan.codes_an_hour, Step::Code(slot))]
        {
            if an_hour > 0.0 {
                let first = self.dice.between(0.0, 1.0) / an_hour;
                self.step(now + MINUTE + (first * HOUR as f64) as Time, step);
            }
        }
    }

    /// The card of a slot is in the hands of the fraud, with the slot's place and the device that it shows.
    fn hold(&mut self, city: &mut City<'_>, slot: usize, now: Time) -> Option<usize> {
        let card = self.slots.get(slot)?.card?;
        let device = self.device(city, slot, card)?;
        let (stock, site) = (self.cards.get(card)?, self.slots.get(slot)?.site);
        let answers = self.plan.answers;
        let (mut access, index, lives) = (stock.access, stock.person, self.plan.lives());
        if self.carries(slot) && access == Access::Circuit {
            access = Access::Fallback;
        }
        self.note_life(card, now);
        let refresh = city.scenario.network.refresh_minutes * MINUTE;
        let [near, far] = self.plan.remote_ms;
        let latency = seconds(self.dice.between(near, far) / 1000.0);
        city.population.devices.get_mut(device)?.latency = latency;
        let refresh = now + self.dice.whole(MINUTE, refresh.max(2 * MINUTE));
        let person = city.person(index)?;
        person.device = device;
        person.site = site;
        person.access = access;
        person.farm = Some(self.number);
        person.custody = if lives { Custody::Guise(self.number, slot) } else { Custody::Slot(self.number, slot) };
        if let Some((_, moved @ None)) = &mut person.stolen {
            *moved = Some(now);
        }
        if !lives {
            // What is left of its owner's life is who calls it.
            person.habits.off_at_night = 0.0;
            person.habits.answers = answers;
        }
        if person.diary.at(Errand::Refresh) == NEVER {
            person.diary.set(Errand::Refresh, refresh);
        }
        Some(index)
    }

    /// With its first use a card's days are counted.
    fn note_life(&mut self, card: usize, now: Time) {
        let [short, long] = self.plan.life_days;
        if long > 0.0
            && let Some(stock) = self.cards.get_mut(card)
            && stock.closes == NEVER
        {
            stock.closes = now + (self.dice.magnitude(short, long) * DAY as f64) as Time;
            let at = stock.closes;
            self.step(at, Step::Close(card));
        }
    }

    /// The card of a slot comes on the air.
    pub(super) fn put_on(&mut self, city: &mut City<'_>, slot: usize, now: Time) {
        let Some(index) = self.hold(city, slot, now) else {
            return;
        };
        if let Some(person) = city.person(index) {
            person.on = false;
        }
        city.power(index, now);
        city.schedule(index);
        self.call_soon(slot, now);
    }

    /// The card of a slot has been on the air for long.
    fn was_on(&mut self, city: &mut City<'_>, slot: usize, now: Time) {
        let Some(index) = self.hold(city, slot, now) else {
            return;
        };
        let clock = city.clock;
        let Some(site) = city.population.people.get(index).map(|person| city.town.site(person.site)) else {
            return;
        };
        let Some(person) = city.person(index) else {
            return;
        };
        person.on = true;
        person.vlr = person.access.circuit().then_some(site.msc);
        person.mme = person.access.packet().then_some(site.mme);
        person.ims = person.access == Access::Volte;
        let bed = presence::bedtime(person, clock, now);
        person.diary.set(Errand::Power, bed);
        city.schedule(index);
        self.call_soon(slot, now);
    }

    /// A slot that calls of its own accord does so in a few minutes.
    fn call_soon(&mut self, slot: usize, now: Time) {
        if self.plan.pause_seconds[0] <= 0.0 || self.carries(slot) {
            return;
        }
        let wait = self.dice.whole(MINUTE, 6 * MINUTE);
        self.dial_at(slot, now + wait);
    }

    /// Takes the card out of a slot.
    pub(super) fn take_out(&mut self, city: &mut City<'_>, slot: usize, now: Time) -> Option<usize> {
        let place = self.slots.get_mut(slot)?;
        place.next = NEVER;
        let card = place.card.take()?;
        let index = self.cards.get(card)?.person;
        if city.person(index)?.on {
            city.switch_off(index, false, now);
        }
        let person = city.person(index)?;
        person.custody = Custody::Pocket;
        person.diary.set(Errand::Power, NEVER);
        Some(card)
    }

    /// A slot exchanges its card for one that has no slot, or two slots exchange theirs.
    pub(super) fn exchange(&mut self, city: &mut City<'_>, now: Time) {
        let every = (self.plan.rotate_minutes * MINUTE as f64) as Time;
        let pause = every + self.dice.whole(0, every / 4);
        self.step(now + pause, Step::Exchange);
        let ready: Vec<usize> =
            (0..self.slots.len()).filter(|&slot| !self.carries(slot) && self.idle(city, slot, now)).collect();
        let (Some(a), Some(b)) = (self.dice.pick(&ready), self.dice.pick(&ready)) else {
            return;
        };
        if let Some(fresh) = self.shelf.pop_front() {
            let old = self.take_out(city, a, now);
            self.shelf.extend(old);
            self.put_in(a, fresh, now);
        } else if a != b {
            let (first, second) = (self.take_out(city, a, now), self.take_out(city, b, now));
            for (slot, card) in [(a, second), (b, first)] {
                if let Some(card) = card {
                    self.put_in(slot, card, now);
                }
            }
        }
    }

    /// The operator closes a card: it goes off the air for good, and one that has no slot gets its slot.
    pub(super) fn close(&mut self, city: &mut City<'_>, card: usize, now: Time) {
        self.economy.closed += 1;
        self.shelf.retain(|&other| other != card);
        if let Some(slot) = self.slots.iter().position(|slot| slot.card == Some(card)) {
            self.take_out(city, slot, now);
            if let Some(fresh) = self.shelf.pop_front() {
                self.put_in(slot, fresh, now);
            }
        }
    }

    /// A card goes into an empty slot and comes on the air in a while.
    pub(super) fn put_in(&mut self, slot: usize, card: usize, now: Time) {
        if let Some(slot) = self.slots.get_mut(slot) {
            slot.card = Some(card);
        }
        let at = now + self.dice.whole(20 * SECOND, 70 * SECOND);
        self.step(at, Step::Register(slot));
    }

    /// A slot shows another IMEI: its card goes off the air and comes back.
    pub(super) fn renew(&mut self, city: &mut City<'_>, slot: usize, now: Time) {
        if let Some(busy) = self.person_in(slot).and_then(|index| city.person(index)).map(|person| person.busy_until)
            && busy > now
        {
            self.step(busy + 10 * SECOND, Step::Renew(slot));
            return;
        }
        if self.plan.imei == ImeiTrigger::Periodic {
            let next = self.dice.between(0.85, 1.15) * self.plan.imei_hours;
            self.step(now + (next * HOUR as f64) as Time, Step::Renew(slot));
        }
        self.show_another(city, slot);
        if let Some(card) = self.take_out(city, slot, now) {
            self.put_in(slot, card, now);
        }
    }
}

/// The time of a rate's next event: gaps as of chance, not shorter than a second.
pub(super) fn after(an_hour: f64, dice: &mut crate::simulate::random::Dice) -> Time {
    ((dice.weibull_gap(1.0) / an_hour * HOUR as f64) as Time).max(SECOND)
}

/// True within the hours of work.
pub(super) fn open(plan: &Plan, clock: crate::simulate::clock::Clock, now: Time) -> bool {
    let [from, to] = plan.hours.map(crate::simulate::scenario::hour_of_day);
    (from..to).contains(&clock.time_of_day(now))
}
