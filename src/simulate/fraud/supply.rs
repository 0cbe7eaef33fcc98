//! Whence cards come: taken from their owners, on the way, and into a slot.

use super::setup::life;
use super::{Fraud, Step};
use crate::simulate::city::City;
use crate::simulate::clock::{MINUTE, SECOND, Time};
use crate::simulate::people::diary::{Diary, Errand};
use crate::simulate::people::person::Custody;

impl Fraud {
    /// The card leaves its owner's device: nothing is heard of it until it is in a slot.
    pub(super) fn pull(&mut self, city: &mut City<'_>, card: usize, now: Time) {
        let Some(index) = self.cards.get(card).map(|stock| stock.person) else {
            return;
        };
        let Some(imei) = city.card(index).map(|card| card.imei) else {
            return;
        };
        let Some(person) = city.person(index) else { return };
        if person.busy_until > now {
            let later = person.busy_until + 40 * SECOND;
            self.step(later, Step::Pull(card));
            return;
        }
        let [soon, late] = self.plan.transit_minutes;
        let arrival = now + (self.dice.between(soon, late) * MINUTE as f64) as Time;
        self.step(arrival, Step::Insert(card));
        let polite = self.dice.chance(0.4);
        if person.on {
            city.switch_off(index, polite, now);
        }
        self.economy.taken += 1;
        let Some(person) = city.person(index) else { return };
        person.custody = Custody::Pocket;
        person.ims = false;
        person.stolen = Some((imei, None));
        // Relatives and applications go on; its owner's own errands end.
        let kept = [Errand::Inbound, Errand::Notice].map(|errand| (errand, person.diary.at(errand)));
        person.diary = Diary::default();
        for (errand, time) in kept {
            person.diary.set(errand, time);
        }
        city.schedule(index);
    }

    /// Into a free slot, or in place of a card that the box had.
    pub(super) fn insert(&mut self, city: &mut City<'_>, card: usize, now: Time) {
        let callers: Vec<usize> = (0..self.slots.len()).filter(|&slot| !self.carries(slot)).collect();
        let free: Vec<usize> = callers
            .iter()
            .copied()
            .filter(|&slot| self.slots.get(slot).is_some_and(|slot| slot.card.is_none()))
            .collect();
        let any = self.dice.pick(&callers);
        let Some(slot) = self.dice.pick(&free).or(any) else {
            return;
        };
        let before = self.take_out(city, slot, now);
        self.shelf.extend(before);
        if let Some(place) = self.slots.get_mut(slot) {
            place.card = Some(card);
        }
        if self.plan.lives() {
            self.live(city, card, now);
        }
        self.put_on(city, slot, now);
    }

    /// A card of somebody else begins to live as those of the box do.
    fn live(&mut self, city: &mut City<'_>, card: usize, now: Time) {
        let Some(index) = self.cards.get(card).map(|stock| stock.person) else {
            return;
        };
        let scenario = city.scenario;
        let Some(person) = city.person(index).filter(|person| person.stolen.is_some()) else {
            return;
        };
        person.habits = life(&self.plan, scenario, &mut self.dice);
        for errand in [Errand::Call, Errand::Text, Errand::Notice] {
            city.again(index, errand, now);
        }
    }
}
