//! Who lives in the town: people, machines, their cards, devices and homes.

use super::super::clock::{DAY, HOUR, Time};
use super::super::fraud::Hardware;
use super::super::random::{Dice, Stream};
use super::super::scenario::Scenario;
use super::super::town::Town;
use super::device::{self, Device, Factory, Kind};
use super::numbering::Numbering;
use super::person::{Access, Archetype, Custody, Diary, Errand, Habits, Mobility, Person};
use super::{contacts, habits};
use std::collections::VecDeque;

/// All subscribers and devices.
#[derive(Debug, Default)]
pub struct Population {
    /// Subscribers; those of frauds stand last.
    pub people: Vec<Person>,
    /// Devices.
    pub devices: Vec<Device>,
    /// Makes further devices.
    pub factory: Factory,
}

/// What the building needs.
struct Builder<'a> {
    scenario: &'a Scenario,
    seed: u64,
    town: &'a Town,
    dice: Dice,
    numbering: Numbering,
    made: Population,
}

impl Population {
    /// Builds the population of a scenario; `None` where identities run out. The numbering goes on for
    /// the numbers of others.
    pub fn new(scenario: &Scenario, seed: u64, town: &Town, mut dice: Dice) -> Option<(Self, Numbering)> {
        let numbering = Numbering::new(scenario, &mut dice)?;
        let mut builder = Builder {
            scenario,
            seed,
            town,
            dice,
            numbering,
            made: Self { factory: Factory::new(&scenario.identities.tac_block), ..Self::default() },
        };
        builder.ordinary()?;
        builder.watches()?;
        builder.call_centre()?;
        builder.couriers()?;
        builder.meters()?;
        builder.visitors()?;
        builder.frauds()?;
        builder.replacements()?;
        let Builder { mut dice, numbering, mut made, .. } = builder;
        contacts::acquaint(&mut made.people, &numbering, &mut dice);
        Some((made, numbering))
    }
}

impl Population {
    /// A new device of some model of that kind; gives its index.
    pub fn device(&mut self, kind: Kind, dice: &mut Dice) -> Option<usize> {
        let device = self.factory.any(kind, dice)?;
        self.devices.push(device);
        Some(self.devices.len() - 1)
    }
}

impl Builder<'_> {
    fn count(&self, count: usize) -> usize {
        self.scenario.scaled(count)
    }

    fn device(&mut self, kind: Kind) -> Option<usize> {
        self.made.device(kind, &mut self.dice)
    }

    /// Adds a subscriber with a card of its own.
    fn add(
        &mut self,
        archetype: Archetype,
        access: Access,
        habits: Habits,
        device: usize,
        [home, work]: [usize; 2],
        run: bool,
    ) -> Option<usize> {
        let index = self.made.people.len();
        let (imsi, msisdn) = self.numbering.card(archetype == Archetype::Visitor, run, &mut self.dice)?;
        let scf = self.dice.chance(self.scenario.network.terminating_csi);
        self.made.people.push(Person {
            imsi,
            msisdn,
            archetype,
            access,
            habits,
            dice: Dice::new(self.seed, Stream::Subscriber(index)),
            contacts: Vec::new(),
            terminating_csi: scf && archetype != Archetype::Visitor,
            home,
            work,
            device,
            spare: None,
            diary: Diary::default(),
            itinerary: VecDeque::new(),
            call_back: None,
            tries: 0,
            site: home,
            on: true,
            vlr: None,
            mme: None,
            ims: false,
            busy_until: 0,
            custody: Custody::Owner,
            seen: None,
            first_imei: None,
            stolen: None,
            farm: None,
        });
        Some(index)
    }

    /// Over what a phone calls.
    fn access(&mut self) -> Access {
        match self.dice.unit() {
            share if share < self.scenario.population.volte => Access::Volte,
            _ if self.dice.chance(0.55) => Access::Fallback,
            _ => Access::Circuit,
        }
    }

    /// People of all intensities: most call a few times a day, some hardly ever, some all the time; some stay at
    /// home, some work at night, some are never called.
    fn ordinary(&mut self) -> Option<()> {
        let activity = self.scenario.population.activity;
        for _ in 0..self.count(self.scenario.population.ordinary) {
            let home = self.town.home(&mut self.dice);
            let work = self.town.home(&mut self.dice);
            let mobility = match self.dice.unit() {
                share if share < 0.22 => Mobility::Static,
                share if share < 0.45 => Mobility::Errands,
                share if share < 0.95 => Mobility::Commuter,
                _ => Mobility::NightShift,
            };
            let desk = mobility == Mobility::Static && self.dice.chance(0.2);
            let habits = habits::ordinary(activity, mobility, &mut self.dice);
            // A desk phone or a router with a socket for one holds the same modules as meters and gateways do.
            let (kind, access) = if desk { (Kind::Module, Access::Circuit) } else { (Kind::Phone, self.access()) };
            let device = self.device(kind)?;
            self.add(Archetype::Ordinary, access, habits, device, [home, work], false)?;
        }
        Some(())
    }

    /// Watches: school by day, few contacts, called more than they call. A family often has neighbouring cards.
    fn watches(&mut self) -> Option<()> {
        let schools: Vec<usize> = (0..self.town.len() / 12 + 1).map(|_| self.town.home(&mut self.dice)).collect();
        let parents = self.made.people.len();
        for _ in 0..self.count(self.scenario.population.watches) {
            let parent = self.dice.below(parents);
            let home = self.made.people.get(parent)?.home;
            let nearest = |&school: &usize| {
                let (a, b) = (self.town.site(school), self.town.site(home));
                ((a.x - b.x).hypot(a.y - b.y) * 1000.0) as u64
            };
            let school = schools.iter().copied().min_by_key(nearest).unwrap_or(home);
            let habits = habits::watch(&mut self.dice);
            let access = match self.dice.unit() {
                share if share < 0.55 => Access::Volte,
                share if share < 0.9 => Access::Fallback,
                _ => Access::Circuit,
            };
            let device = self.device(Kind::Watch)?;
            let run = self.dice.chance(0.25);
            let watch = self.add(Archetype::Watch, access, habits, device, [home, school], run)?;
            contacts::family(&mut self.made.people, watch, parent, &self.numbering, &mut self.dice);
        }
        Some(())
    }

    /// One building: many calls out to many people all over the country, each agent with a card and phone for good.
    fn call_centre(&mut self) -> Option<()> {
        let building = self.town.home(&mut self.dice);
        let (model, first) = (self.dice.below(9), self.dice.whole(0, 900_000) as u32);
        for agent in 0..self.count(self.scenario.population.call_centre) {
            let habits = habits::call_centre(&mut self.dice);
            let phone = self.made.factory.numbered(model, first + 7 * agent as u32)?;
            self.made.devices.push(phone);
            let device = self.made.devices.len() - 1;
            let access = if self.dice.chance(0.6) { Access::Circuit } else { self.access() };
            self.add(Archetype::CallCentre, access, habits, device, [building; 2], agent > 0)?;
        }
        Some(())
    }

    /// Couriers call the people whom they bring something, and are always under way.
    fn couriers(&mut self) -> Option<()> {
        for _ in 0..self.count(self.scenario.population.couriers) {
            let home = self.town.home(&mut self.dice);
            let depot = self.town.home(&mut self.dice);
            let habits = habits::courier(&mut self.dice);
            let device = self.device(Kind::Phone)?;
            let access = self.access();
            self.add(Archetype::Courier, access, habits, device, [home, depot], false)?;
        }
        Some(())
    }

    /// Meters and panels: static modules bought in lots; an alarm panel calls now and then.
    fn meters(&mut self) -> Option<()> {
        let mut lot = (device::module(0), 0);
        for index in 0..self.count(self.scenario.population.meters) {
            if index % 10 == 0 {
                lot = (device::module(self.dice.below(3)), self.dice.whole(0, 900_000) as u32);
            }
            let panel = self.dice.chance(0.12);
            let home = self.town.home(&mut self.dice);
            let habits = habits::meter(panel);
            let module = self.made.factory.numbered(lot.0, lot.1 + index as u32 % 10)?;
            self.made.devices.push(module);
            let device = self.made.devices.len() - 1;
            let access = if panel || self.dice.chance(0.4) { Access::Circuit } else { Access::Data };
            self.add(Archetype::Meter, access, habits, device, [home; 2], index % 10 != 0)?;
        }
        Some(())
    }

    fn visitors(&mut self) -> Option<()> {
        for _ in 0..self.count(self.scenario.population.visitors) {
            let home = self.town.home(&mut self.dice);
            let work = self.town.home(&mut self.dice);
            let habits = habits::visitor();
            let device = self.device(Kind::Phone)?;
            self.add(Archetype::Visitor, Access::Circuit, habits, device, [home, work], false)?;
        }
        Some(())
    }

    /// The slots of each fraud, and the cards that it starts with: some of a lot, some from anywhere.
    fn frauds(&mut self) -> Option<()> {
        for (number, plan) in self.scenario.frauds().iter().enumerate() {
            let first = self.made.devices.len();
            for slot in 0..plan.ports {
                let mut device = match plan.hardware {
                    Hardware::Phones => self.made.factory.any(Kind::Phone, &mut self.dice)?,
                    Hardware::Modules => {
                        let serial = plan.first_serial + slot as u32;
                        self.made.factory.numbered(device::module(plan.module), serial)?
                    }
                };
                device.slot = Some((number, slot));
                self.made.devices.push(device);
            }
            for card in 0..plan.sims {
                let run = card > 0 && self.dice.chance(plan.neighbours);
                let device = first + card % plan.ports;
                let card = self.add(Archetype::Gateway, Access::Circuit, habits::gateway(), device, [0; 2], run)?;
                let card = self.made.people.get_mut(card)?;
                card.custody = Custody::Pocket;
                card.farm = Some(number);
                card.on = false;
            }
        }
        Some(())
    }

    /// Cards that change devices in honest hands, at some time of the day.
    fn replacements(&mut self) -> Option<()> {
        let people = &self.scenario.population;
        for (archetype, kind, count) in [
            (Archetype::Watch, Kind::Watch, self.count(people.watches_replaced)),
            (Archetype::Ordinary, Kind::Phone, self.count(people.phones_replaced)),
        ] {
            // Watches from the end: those at the beginning are the ones that are stolen.
            let of_kind: Vec<usize> = (0..self.made.people.len())
                .rev()
                .filter(|&index| self.made.people.get(index).is_some_and(|p| p.archetype == archetype))
                .collect();
            let step = if archetype == Archetype::Watch { 1 } else { (of_kind.len() / count.max(1)).max(1) };
            for &index in of_kind.iter().step_by(step).take(count) {
                let spare = self.device(kind)?;
                let begin = self.scenario.begin();
                let midnight = self.scenario.clock().midnight(begin);
                let span = (self.scenario.duration_minutes / (24 * 60)).max(1);
                let day = midnight + self.dice.whole(0, span - 1) * DAY;
                let at = day + (self.dice.between(9.0, 20.5) * HOUR as f64) as Time;
                let person = self.made.people.get_mut(index)?;
                person.spare = Some(spare);
                person.diary.set(Errand::NewDevice, at.max(begin));
            }
        }
        Some(())
    }
}
