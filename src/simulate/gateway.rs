//! A gateway: slots that take cards, calls in regular turns, exchanges of cards, and the thefts that feed it.

use super::city::{City, Due};
use super::clock::{DAY, HOUR, MINUTE, NEVER, SECOND, Time, seconds};
use super::person::{Access, Archetype, Custody, Diary, Errand, Peer};
use super::population::Population;
use super::random::{Dice, Stream};
use super::scenario::{Farm, Scenario, hour_of_day};
use std::collections::BTreeMap;

/// One slot.
#[derive(Debug)]
struct Slot {
    device: usize,
    card: Option<usize>,
    next: Time,
}

/// What the people behind the gateway do.
#[derive(Debug, Clone, Copy)]
enum Step {
    /// Switch a slot on for the first time.
    Boot(usize),
    /// Take the card out of a watch.
    Pull(usize),
    /// Put it into a slot.
    Insert(usize),
    /// Exchange the cards of two slots.
    Exchange,
    /// A slot with a new card registers.
    Register(usize),
}

/// One gateway.
#[derive(Debug)]
pub struct Gateway {
    plan: Farm,
    site: usize,
    slots: Vec<Slot>,
    dice: Dice,
    steps: BTreeMap<(Time, u32), Step>,
    count: u32,
}

impl Gateway {
    /// The gateways of a scenario with their plans.
    pub fn all(scenario: &Scenario, seed: u64, population: &mut Population) -> Vec<Self> {
        let mut choice = Dice::new(seed, Stream::Gateway(scenario.farms.len()));
        let mut watches: Vec<usize> = population
            .people
            .iter()
            .enumerate()
            .filter(|(_, person)| person.archetype == Archetype::Watch && person.spare.is_none())
            .map(|(index, _)| index)
            .collect();
        choice.shuffle(&mut watches);
        let farms = scenario.farms.iter().enumerate();
        farms
            .map(|(number, farm)| {
                let victims = watches.split_off(watches.len().saturating_sub(farm.stolen_watches));
                Self::new(scenario, seed, population, number, farm, victims)
            })
            .collect()
    }

    fn new(
        scenario: &Scenario,
        seed: u64,
        population: &mut Population,
        number: usize,
        farm: &Farm,
        mut victims: Vec<usize>,
    ) -> Self {
        let mut slots: Vec<(usize, Slot)> = population
            .devices
            .iter()
            .enumerate()
            .filter_map(|(device, about)| match about.slot {
                Some((of, slot)) if of == number => Some((slot, Slot { device, card: None, next: NEVER })),
                _ => None,
            })
            .collect();
        slots.sort_by_key(|(slot, _)| *slot);
        let mut gateway = Self {
            plan: farm.clone(),
            site: 0,
            slots: slots.into_iter().map(|(_, slot)| slot).collect(),
            dice: Dice::new(seed, Stream::Gateway(number)),
            steps: BTreeMap::new(),
            count: 0,
        };
        let dice = &mut gateway.dice;
        // A flat among flats, not a place of its own.
        gateway.site = dice.pick(&population.people.iter().map(|p| p.home).collect::<Vec<_>>()).unwrap_or(0);
        let (begin, clock) = (scenario.begin(), scenario.clock());
        let open = clock.midnight(begin) + hour_of_day(farm.hours[0]);
        let start = open.saturating_sub(dice.whole(4 * MINUTE, 15 * MINUTE)).max(begin + 6 * SECOND);
        for (index, person) in population.people.iter_mut().enumerate() {
            if let Custody::Slot(of, slot) = person.custody
                && of == number
            {
                person.site = gateway.site;
                if let Some(slot) = gateway.slots.get_mut(slot) {
                    slot.card = Some(index);
                }
            }
        }
        for slot in 0..gateway.slots.len() {
            let at = start + gateway.dice.whole(0, 100 * SECOND);
            gateway.step(at, Step::Boot(slot));
        }
        // At one school gate after the other.
        victims.sort_by_key(|&index| population.people.get(index).map_or(0, |person| person.work));
        gateway.plan_thefts(scenario, &victims);
        if farm.rotate_minutes > 0 {
            gateway.step(start + farm.rotate_minutes * MINUTE, Step::Exchange);
        }
        gateway
    }

    fn step(&mut self, at: Time, step: Step) {
        self.count += 1;
        self.steps.insert((at, self.count), step);
    }

    /// Ones and twos, over the days of the scenario and the hours of theft.
    fn plan_thefts(&mut self, scenario: &Scenario, victims: &[usize]) {
        let (begin, end) = (scenario.begin(), scenario.end());
        let midnight = scenario.clock().midnight(begin);
        let days = (scenario.duration_minutes / (24 * 60)).max(1);
        let [from, to] = self.plan.theft_hours.map(hour_of_day);
        let mut gates = Vec::new();
        while gates.len() < victims.len() {
            let day = midnight + self.dice.whole(0, days - 1) * DAY;
            let mut at = (day + self.dice.whole(from, to)).max(begin + MINUTE);
            if at >= end {
                at = begin + self.dice.whole(MINUTE, (end - begin).max(2 * MINUTE) / 2);
            }
            gates.push(at);
            if self.dice.chance(0.45) {
                gates.push(at + self.dice.whole(MINUTE, 6 * MINUTE));
            }
        }
        gates.truncate(victims.len());
        gates.sort_unstable();
        for (&watch, at) in victims.iter().zip(gates) {
            self.step(at, Step::Pull(watch));
        }
    }

    fn next(&self) -> Time {
        let call = self.slots.iter().map(|slot| slot.next).min().unwrap_or(NEVER);
        let step = self.steps.keys().next().map_or(NEVER, |&(time, _)| time);
        call.min(step)
    }
}

impl City<'_> {
    /// Puts the gateway's next step into the queue.
    pub(super) fn schedule_gateway(&mut self, index: usize) {
        if let Some(next) = self.gateways.get(index).map(Gateway::next)
            && next != NEVER
        {
            self.queue.push(next, Due::Gateway(index));
        }
    }

    /// A gateway's step is due; an entry that is no longer next is passed over.
    pub(super) fn gateway(&mut self, index: usize, now: Time) {
        let Some(gateway) = self.gateways.get_mut(index) else {
            return;
        };
        if gateway.next() != now {
            return;
        }
        if gateway.steps.keys().next().is_some_and(|&(time, _)| time <= now) {
            if let Some((_, step)) = gateway.steps.pop_first() {
                self.take_step(index, step, now);
            }
        } else if let Some(slot) = gateway.slots.iter().position(|slot| slot.next <= now) {
            self.dial(index, slot, now);
        }
        self.schedule_gateway(index);
    }

    fn take_step(&mut self, index: usize, step: Step, now: Time) {
        match step {
            Step::Boot(slot) | Step::Register(slot) => self.register_slot(index, slot, now),
            Step::Pull(watch) => self.pull(index, watch, now),
            Step::Insert(watch) => self.insert(index, watch, now),
            Step::Exchange => self.exchange_cards(index, now),
        }
    }

    /// A card comes on the air in its slot.
    fn register_slot(&mut self, index: usize, slot: usize, now: Time) {
        let Some(gateway) = self.gateways.get_mut(index) else {
            return;
        };
        let (site, wait) = (gateway.site, gateway.dice.whole(MINUTE, 6 * MINUTE));
        let Some(place) = gateway.slots.get_mut(slot) else {
            return;
        };
        let Some(card) = place.card else { return };
        place.next = now + wait;
        let device = place.device;
        if let Some(person) = self.person(card) {
            person.device = device;
            person.site = site;
            person.custody = Custody::Slot(index, slot);
            person.access = Access::Circuit;
            person.on = true;
            person.farm = Some(index);
            if let Some((_, moved @ None)) = &mut person.stolen {
                *moved = Some(now);
            }
        }
        self.register(card, true, false, now);
    }

    /// The card leaves the watch: nothing is heard of it until it is in the gateway.
    fn pull(&mut self, index: usize, watch: usize, now: Time) {
        let Some(imei) = self.card(watch).map(|card| card.imei) else {
            return;
        };
        let Some(person) = self.population.people.get_mut(watch) else {
            return;
        };
        let Some(gateway) = self.gateways.get_mut(index) else {
            return;
        };
        if person.busy_until > now {
            gateway.step(person.busy_until + 40 * SECOND, Step::Pull(watch));
            return;
        }
        let arrival = now + gateway.dice.whole(15 * MINUTE, 2 * HOUR);
        gateway.step(arrival, Step::Insert(watch));
        let polite = gateway.dice.chance(0.4);
        if person.on {
            self.switch_off(watch, polite, now);
        }
        let Some(person) = self.person(watch) else {
            return;
        };
        person.custody = Custody::Pocket;
        person.ims = false;
        person.stolen = Some((imei, None));
        // Relatives and applications go on; the child's own errands end.
        let kept = [Errand::Inbound, Errand::Notice].map(|errand| (errand, person.diary.at(errand)));
        person.diary = Diary::default();
        for (errand, time) in kept {
            person.diary.set(errand, time);
        }
        self.schedule(watch);
    }

    /// Into a free slot, or in place of a card that the gateway had.
    fn insert(&mut self, index: usize, card: usize, now: Time) {
        let Some(gateway) = self.gateways.get_mut(index) else {
            return;
        };
        let free: Vec<usize> = (0..gateway.slots.len())
            .filter(|&slot| gateway.slots.get(slot).is_some_and(|slot| slot.card.is_none()))
            .collect();
        let any = gateway.dice.below(gateway.slots.len());
        let slot = gateway.dice.pick(&free).unwrap_or(any);
        let Some(place) = gateway.slots.get_mut(slot) else {
            return;
        };
        let before = place.card.replace(card);
        if let Some(before) = before {
            self.switch_off(before, false, now);
            if let Some(person) = self.person(before) {
                person.custody = Custody::Pocket;
            }
        }
        self.register_slot(index, slot, now);
    }

    /// Two slots exchange their cards, which then register with each other's IMEI.
    fn exchange_cards(&mut self, index: usize, now: Time) {
        let people = &self.population.people;
        let Some(gateway) = self.gateways.get_mut(index) else {
            return;
        };
        let every = gateway.plan.rotate_minutes * MINUTE;
        let pause = every + gateway.dice.whole(0, every / 4);
        gateway.step(now + pause, Step::Exchange);
        let idle = |slot: &Slot| {
            slot.card.and_then(|card| people.get(card)).is_some_and(|person| person.on && person.busy_until <= now)
        };
        let ready: Vec<usize> =
            (0..gateway.slots.len()).filter(|&slot| gateway.slots.get(slot).is_some_and(idle)).collect();
        let (Some(a), Some(b)) = (gateway.dice.pick(&ready), gateway.dice.pick(&ready)) else {
            return;
        };
        if a == b {
            return;
        }
        let card = |gateway: &Gateway, slot: usize| gateway.slots.get(slot).and_then(|slot| slot.card);
        let (first, second) = (card(gateway, a), card(gateway, b));
        for (slot, card) in [(a, second), (b, first)] {
            if let Some(place) = gateway.slots.get_mut(slot) {
                place.card = card;
                place.next = NEVER;
            }
            let at = now + gateway.dice.whole(20 * SECOND, 70 * SECOND);
            gateway.step(at, Step::Register(slot));
        }
        for card in [first, second].into_iter().flatten() {
            if let Some(person) = self.person(card) {
                person.on = false;
            }
        }
    }

    /// A slot calls a stranger anywhere in the country.
    fn dial(&mut self, index: usize, slot: usize, now: Time) {
        let clock = self.clock;
        let people = self.population.people.len();
        let Some(gateway) = self.gateways.get_mut(index) else {
            return;
        };
        let dice = &mut gateway.dice;
        let [open, close] = gateway.plan.hours.map(hour_of_day);
        let of_day = clock.time_of_day(now);
        let Some(place) = gateway.slots.get_mut(slot) else {
            return;
        };
        if of_day < open || of_day >= close {
            let morning = super::rhythm::next_daily(clock, now, open);
            place.next = morning + dice.whole(0, 4 * MINUTE);
            return;
        }
        let Some(card) = place.card else {
            place.next = NEVER;
            return;
        };
        let busy = self.population.people.get(card).map_or(0, |person| person.busy_until);
        if busy > now {
            place.next = busy + dice.whole(SECOND, 5 * SECOND);
            return;
        }
        let called = if dice.chance(gateway.plan.own_network) {
            Some(Peer::Subscriber(dice.below(people)))
        } else {
            self.numbering.outside(false, dice).map(Peer::Outside)
        };
        let [low, high] = gateway.plan.pause_seconds;
        let pause = seconds(dice.between(low, high));
        let over = called
            .filter(|&called| called != Peer::Subscriber(card))
            .and_then(|called| self.call(Peer::Subscriber(card), called, false, now))
            .map_or(now, |(over, _)| over);
        if let Some(place) = self.gateways.get_mut(index).and_then(|gateway| gateway.slots.get_mut(slot)) {
            place.next = over + pause;
        }
    }
}
