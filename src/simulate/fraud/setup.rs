//! A fraud before it begins: its slots, its cards and whence they come, and its first steps.

use super::limits::Ledger;
use super::plan::{GapLaw, Plan, Radio};
use super::{Callee, Fraud, Group, Slot, Step, Stock, label, place};
use crate::simulate::clock::{DAY, HOUR, MINUTE, NEVER, SECOND, Time};
use crate::simulate::people::contacts::Contacts;
use crate::simulate::people::habits::Mobility;
use crate::simulate::people::numbering::Numbering;
use crate::simulate::people::person::{Access, Archetype, Custody, Peer};
use crate::simulate::people::population::Population;
use crate::simulate::people::{habits, rhythm};
use crate::simulate::random::{Dice, Stream};
use crate::simulate::scenario::{Scenario, hour_of_day};
use crate::simulate::town::Town;
use std::collections::{BTreeMap, VecDeque};

impl Fraud {
    /// The frauds of a scenario. Their slots and own cards are in the population already.
    pub fn all(
        scenario: &Scenario,
        seed: u64,
        town: &Town,
        numbering: &Numbering,
        population: &mut Population,
    ) -> Vec<Self> {
        let plans = scenario.frauds();
        let mut victims = Victims::new(&mut Dice::new(seed, Stream::Fraud(plans.len())), population);
        let made = plans.into_iter().enumerate();
        made.map(|(number, plan)| {
            let dice = Dice::new(seed, Stream::Fraud(number));
            let mut fraud = Self::new(number, plan, dice, population);
            let taken = victims.split_off(&fraud.plan);
            fraud.groups = place::groups(&fraud.plan, town, population, &taken, &mut fraud.dice);
            fraud.settle(population);
            fraud.stock(scenario, population);
            fraud.start = fraud.first(scenario);
            fraud.first_steps(scenario, population, taken);
            fraud.know(numbering, population);
            fraud
        })
        .collect()
    }

    fn new(number: usize, plan: Plan, dice: Dice, population: &Population) -> Self {
        let mut slots: Vec<(usize, Slot)> = Vec::with_capacity(plan.ports);
        for (device, about) in population.devices.iter().enumerate() {
            if let Some((of, slot)) = about.slot
                && of == number
            {
                let empty = Slot { own: device, shown: device, calls: 0, site: 0, card: None, next: NEVER };
                slots.push((slot, empty));
            }
        }
        slots.sort_by_key(|(slot, _)| *slot);
        Self {
            plan,
            economy: super::Economy::default(),
            number,
            slots: slots.into_iter().map(|(_, slot)| slot).collect(),
            cards: Vec::new(),
            shelf: VecDeque::new(),
            groups: Vec::new(),
            callees: Vec::new(),
            start: 0,
            last_routed: 0,
            dice,
            steps: BTreeMap::new(),
            count: 0,
        }
    }

    /// Its slots stand where their group is.
    fn settle(&mut self, population: &mut Population) {
        for group in &self.groups {
            for slot in group.slots.clone() {
                if let Some(slot) = self.slots.get_mut(slot) {
                    slot.site = group.home;
                }
            }
        }
        let home = self.groups.first().map_or(0, |group| group.home);
        for person in population.people.iter_mut().filter(|person| person.farm == Some(self.number)) {
            (person.home, person.work, person.site) = (home, home, home);
        }
    }

    /// The cards that it starts with.
    fn stock(&mut self, scenario: &Scenario, population: &mut Population) {
        let own: Vec<usize> = population
            .people
            .iter()
            .enumerate()
            .filter(|(_, person)| person.farm == Some(self.number))
            .map(|(index, _)| index)
            .collect();
        for &person in &own {
            let sacrificial = self.cards.len() < self.plan.sacrificial;
            self.add_card(scenario, person, sacrificial);
        }
        let [short, long] = self.plan.talk_seconds;
        for &index in own.iter().filter(|_| long > 0.0) {
            if let Some(person) = population.people.get_mut(index) {
                person.habits.duration.0 = self.dice.magnitude(short, long).ln();
            }
        }
        if !self.plan.lives() {
            for &index in &own {
                if let Some(person) = population.people.get_mut(index) {
                    person.habits.inbound = self.plan.called_a_day;
                }
            }
            return;
        }
        for &index in &own {
            let others = (0..self.plan.circle).filter_map(|_| self.dice.pick(&own).filter(|&other| other != index));
            let circle = Contacts::of(others);
            if let Some(person) = population.people.get_mut(index) {
                person.contacts = circle;
                person.habits = life(&self.plan, scenario, &mut self.dice);
            }
        }
    }

    fn add_card(&mut self, scenario: &Scenario, person: usize, sacrificial: bool) {
        let access = self.access(scenario.population.volte);
        let human = self.plan.gaps == GapLaw::Human;
        let ledger = Ledger::of(human.then(|| ordinary(scenario, &mut self.dice)));
        self.cards.push(Stock { person, access, device: None, closes: NEVER, sacrificial, ledger });
    }

    /// Over what a card calls.
    fn access(&mut self, volte: f64) -> Access {
        match self.plan.radio {
            Radio::Circuit => Access::Circuit,
            Radio::Volte => Access::Volte,
            Radio::Mixed => match self.dice.unit() {
                share if share < volte => Access::Volte,
                _ if self.dice.chance(0.55) => Access::Fallback,
                _ => Access::Circuit,
            },
        }
    }

    /// When it begins to work: when the scenario does, later, or shortly before its hours on the first day.
    fn first(&mut self, scenario: &Scenario) -> Time {
        let (begin, clock) = (scenario.begin(), scenario.clock());
        if self.plan.running {
            return begin + SECOND;
        }
        let earliest = begin + (self.plan.start_hours * HOUR as f64) as Time;
        let open = rhythm::next_daily(clock, clock.midnight(earliest), hour_of_day(self.plan.hours[0]));
        open.saturating_sub(self.dice.whole(4 * MINUTE, 15 * MINUTE)).max(earliest + 6 * SECOND)
    }

    fn first_steps(&mut self, scenario: &Scenario, population: &Population, taken: Vec<usize>) {
        let start = self.start;
        for card in &mut self.cards {
            card.ledger.start(&scenario.days, start, &mut self.dice);
        }
        let [early, late] = self.plan.wake_hours;
        for card in 0..self.cards.len() {
            let wake = self.dice.between(early, late);
            if late > 0.0 {
                self.step(start + (wake * HOUR as f64) as Time, Step::Insert(card));
            } else if let Some(slot) = self.slots.get_mut(card) {
                slot.card = Some(card);
            } else {
                self.shelf.push_back(card);
            }
        }
        let spread = if self.plan.running { 0 } else { 100 * SECOND };
        for slot in 0..self.slots.len() {
            let at = start + self.dice.whole(0, spread);
            self.step(at, Step::Boot(slot));
        }
        let pauses = |minutes: f64| (minutes * MINUTE as f64) as Time;
        if self.plan.rotate_minutes > 0.0 {
            self.step(start + pauses(self.plan.rotate_minutes), Step::Exchange);
        }
        if self.plan.diverted_minutes > 0.0 {
            self.step(start + SECOND, Step::Ask);
        }
        if self.plan.travel != super::plan::Travel::Static || self.plan.hops > 0.0 {
            self.step(start + SECOND, Step::Day);
        }
        if self.plan.house_hours > 0.0 {
            let at = scenario.begin() + pauses(self.plan.house_hours * 60.0);
            self.step(at.max(start), Step::House);
        }
        self.plan_taking(scenario, population, taken);
    }

    /// Ones and twos, over the days of the scenario and the hours of theft.
    fn plan_taking(&mut self, scenario: &Scenario, population: &Population, mut taken: Vec<usize>) {
        // At one school gate after the other.
        taken.sort_by_key(|&index| population.people.get(index).map_or(0, |person| person.work));
        let (begin, end) = (scenario.begin(), scenario.end());
        let first = scenario.clock().midnight(begin.max(self.start));
        // Who is to arrive before the end is taken in time.
        let transit = (self.plan.transit_minutes[1] * MINUTE as f64) as Time;
        let days = (end.saturating_sub(first).saturating_sub(transit).div_ceil(DAY)).max(1);
        let [from, to] = self.plan.taken_hours.map(hour_of_day);
        let mut times = Vec::new();
        while times.len() < taken.len() {
            let day = first + self.dice.whole(0, days - 1) * DAY;
            let mut at = (day + self.dice.whole(from, to)).max(begin + MINUTE);
            if at >= end {
                at = begin + self.dice.whole(MINUTE, (end - begin).max(2 * MINUTE) / 2);
            }
            times.push(at);
            if self.dice.chance(0.45) {
                times.push(at + self.dice.whole(MINUTE, 6 * MINUTE));
            }
        }
        times.truncate(taken.len());
        times.sort_unstable();
        for (person, at) in taken.into_iter().zip(times) {
            let card = self.cards.len();
            self.add_card(scenario, person, false);
            self.step(at, Step::Pull(card));
        }
    }

    /// Whom customers ask for again and again.
    fn know(&mut self, numbering: &Numbering, population: &Population) {
        let reached: Vec<usize> = population
            .people
            .iter()
            .enumerate()
            .filter(|(_, person)| label::lends(person.archetype))
            .map(|(index, _)| index)
            .collect();
        for _ in 0..self.plan.callees {
            let own = self.dice.chance(self.plan.own_network);
            let peer = match self.dice.pick(&reached).filter(|_| own) {
                Some(person) => Some(Peer::Subscriber(person)),
                None => numbering.outside(self.dice.chance(0.7), &mut self.dice).map(Peer::Outside),
            };
            self.callees.extend(peer.map(|peer| Callee { peer, card: None }));
        }
    }
}

/// The habits of a card that lives as people do: their times, durations and nights; contacts among the box's own cards.
pub(super) fn life(plan: &Plan, scenario: &Scenario, dice: &mut Dice) -> habits::Habits {
    let people = ordinary(scenario, dice);
    // As unequal as people are.
    let lively = dice.lognormal(-0.25, 0.7);
    habits::Habits {
        calls: plan.own_calls * lively,
        texts: plan.own_texts * lively,
        notices: plan.own_notices * dice.lognormal(-0.25, 0.7),
        inbound: 0.0,
        strangers: 0.0,
        answers: dice.between(0.6, 0.9),
        mobility: Mobility::Static,
        ..people
    }
}

/// The habits of somebody.
fn ordinary(scenario: &Scenario, dice: &mut Dice) -> habits::Habits {
    let profile = scenario.profiles.of(Archetype::Ordinary);
    profile.map(|profile| habits::draw(profile, scenario.population.activity, dice)).unwrap_or_default()
}

/// Subscribers whose cards can be taken, in random order.
struct Victims {
    watches: Vec<usize>,
    people: Vec<usize>,
    machines: Vec<usize>,
}

impl Victims {
    fn new(dice: &mut Dice, population: &Population) -> Self {
        let mut of = |taken: fn(Archetype) -> bool| {
            let mut found: Vec<usize> = population
                .people
                .iter()
                .enumerate()
                .filter(|(_, person)| taken(person.archetype) && person.spare.is_none())
                .filter(|(_, person)| person.custody == Custody::Owner)
                .map(|(index, _)| index)
                .collect();
            dice.shuffle(&mut found);
            found
        };
        Self {
            watches: of(|archetype| archetype == Archetype::Watch),
            people: of(label::lends),
            machines: of(label::machine),
        }
    }

    /// Those of one fraud.
    fn split_off(&mut self, plan: &Plan) -> Vec<usize> {
        let wanted = [
            (&mut self.watches, plan.stolen_watches),
            (&mut self.people, plan.rented_cards),
            (&mut self.machines, plan.iot_cards),
        ];
        wanted.into_iter().flat_map(|(of, count)| of.split_off(of.len().saturating_sub(count))).collect()
    }
}

/// The slots of one group: `count` slots spread over `groups`.
pub(super) fn share(count: usize, groups: usize, group: usize) -> std::ops::Range<usize> {
    let edge = |group: usize| group * count / groups.max(1);
    edge(group)..edge(group + 1)
}

/// A group at a place.
pub(super) fn group(slots: std::ops::Range<usize>, home: usize, work: usize) -> Group {
    Group { slots, home, work }
}
