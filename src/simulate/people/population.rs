//! Who lives in the town: people, machines, their cards, devices and homes.

use super::super::clock::{DAY, HOUR, MINUTE, NEVER, Time};
use super::super::fraud::Hardware;
use super::super::random::{Dice, Stream};
use super::super::scenario::Scenario;
use super::super::town::Town;
use super::contacts::{self, Contacts};
use super::device::{self, Device, Factory, Kind};
use super::habits::{self, one_of};
use super::itinerary::Itinerary;
use super::numbering::Numbering;
use super::person::{Access, Archetype, Custody, Diary, Errand, Habits, Person};
use super::profile::{Place, Profile};

/// All subscribers and devices.
#[derive(Debug, Default)]
pub struct Population {
    /// Subscribers; those of frauds stand last.
    pub people: Vec<Person>,
    /// Devices.
    pub devices: Vec<Device>,
    /// Makes further devices.
    pub factory: Factory,
    /// Of all chance.
    pub seed: u64,
    /// The names of the operator's plans.
    pub plans: Vec<String>,
}

/// What the building needs.
struct Builder<'a> {
    scenario: &'a Scenario,
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
        let factory = Factory::new(&scenario.identities.tac_block);
        let plans = scenario.operator.plans.iter().map(|plan| plan.name.clone()).collect();
        let made = Self { factory, seed, plans, ..Self::default() };
        let mut builder = Builder { scenario, town, dice, numbering, made };
        for archetype in Archetype::ALL {
            if let Some(profile) = scenario.profiles.of(archetype) {
                builder.members(archetype, profile)?;
            }
        }
        builder.frauds()?;
        builder.replacements()?;
        let Builder { mut dice, numbering, mut made, .. } = builder;
        contacts::acquaint(&mut made.people, &scenario.profiles, &numbering, &mut dice);
        Some((made, numbering))
    }

    /// A new device of some model of that kind; gives its index.
    pub fn device(&mut self, kind: Kind, dice: &mut Dice) -> Option<usize> {
        let device = self.factory.any(kind, dice)?;
        self.devices.push(device);
        Some(self.devices.len() - 1)
    }

    /// One of a lot with neighbouring serial numbers.
    fn of_lot(&mut self, model: usize, serial: u32) -> Option<usize> {
        let device = self.factory.numbered(model, serial)?;
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
        let plan = self.plan(archetype);
        let (imsi, msisdn) = self.numbering.card_of(plan, archetype == Archetype::Visitor, run, &mut self.dice)?;
        let scf = self.dice.chance(self.scenario.network.terminating_csi);
        self.made.people.push(Person {
            imsi,
            msisdn,
            archetype,
            access,
            habits,
            dice: Dice::new(self.made.seed, Stream::Subscriber(index)),
            contacts: Contacts::default(),
            terminating_csi: scf && archetype != Archetype::Visitor,
            home,
            work,
            device,
            spare: None,
            other: None,
            diary: Diary::default(),
            itinerary: Itinerary::default(),
            company: [index as u32; 2],
            born: 0,
            leaves: NEVER,
            plan,
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

    /// The plan of a new card.
    fn plan(&mut self, archetype: Archetype) -> Option<u8> {
        let plans: Vec<(u8, f64)> =
            self.scenario.operator.plans_of(archetype).map(|(index, plan)| (index as u8, plan.share)).collect();
        let mut left = if plans.is_empty() { 1.0 } else { self.dice.unit() };
        for (index, share) in plans {
            if left < share {
                return Some(index);
            }
            left -= share;
        }
        None
    }

    /// Over what a phone calls.
    fn phone_access(&mut self) -> Access {
        match self.dice.unit() {
            share if share < self.scenario.population.volte => Access::Volte,
            _ if self.dice.chance(0.55) => Access::Fallback,
            _ => Access::Circuit,
        }
    }

    /// All of one archetype.
    fn members(&mut self, archetype: Archetype, profile: &Profile) -> Option<()> {
        let activity = if archetype.personal() { self.scenario.population.activity } else { 1.0 };
        let building = self.town.work(&mut self.dice);
        let grown = self.made.people.len();
        let (mut lot, mut counter) = ((0, 0), None);
        for number in 0..self.scenario.heads(archetype) {
            let with = match archetype {
                Archetype::Watch => self.parent(grown),
                Archetype::SecondPhone => Some(self.dice.below(grown)).filter(|_| grown > 0),
                _ => None,
            };
            let mut habits = habits::draw(profile, activity, &mut self.dice);
            let host = with.and_then(|with| self.made.people.get(with));
            let mut places = host.map(|host| [host.home, host.work]);
            if archetype == Archetype::SecondPhone
                && let Some(host) = host
            {
                (habits.mobility, habits.rhythm) = (host.habits.mobility, host.habits.rhythm);
            } else {
                let home = match places {
                    Some([home, _]) => home,
                    None => self.place(profile.home, building, building),
                };
                places = Some([home, self.place(profile.work, home, building)]);
            }
            if profile.lot > 1 && (number as u32).is_multiple_of(profile.lot) {
                lot = (device::some(profile.device, &mut self.dice), self.dice.whole(0, 900_000) as u32);
            }
            let device = match (archetype, profile.lot) {
                // Forty of them are tried in one phone, on one counter.
                (Archetype::DealerCard, _) => match counter.filter(|_| number % 40 != 0) {
                    Some((device, _)) => device,
                    None => {
                        let device = self.device(profile.device)?;
                        counter = Some((device, self.town.work(&mut self.dice)));
                        device
                    }
                },
                (_, 0 | 1) => self.device(profile.device)?,
                (_, size) => self.made.of_lot(lot.0, lot.1 + number as u32 % size)?,
            };
            let access = match one_of(&profile.access, &mut self.dice) {
                Some(access) => access,
                None => self.phone_access(),
            };
            let run = self.dice.chance(profile.run);
            let member = self.add(archetype, access, habits, device, places?, run)?;
            self.lifetime(member, profile);
            match (archetype, with) {
                (Archetype::Watch, Some(parent)) => {
                    contacts::family(&mut self.made.people, member, parent, &mut self.dice);
                    self.join(member, parent, false);
                }
                (Archetype::SecondPhone, Some(first)) => self.join(member, first, true),
                (Archetype::DealerCard, _) => self.tried(member, counter.map_or(building, |(_, site)| site))?,
                _ => (),
            }
        }
        Some(())
    }

    /// Somebody of those that live here who calls enough to call a child too.
    fn parent(&mut self, grown: usize) -> Option<usize> {
        let calls = |index: &usize| self.made.people.get(*index).map_or(0.0, |person| person.habits.calls);
        let [a, b, c] = [0; 3].map(|_| self.dice.below(grown));
        let likely = [a, b, c].into_iter().find(|index| calls(index) > 1.0);
        likely.or(Some(a)).filter(|_| grown > 0)
    }

    /// One goes with the other on days of rest, or always.
    fn join(&mut self, member: usize, with: usize, always: bool) {
        let [working, rest] = self.made.people.get(with).map_or([with as u32; 2], |host| host.company);
        if let Some(person) = self.made.people.get_mut(member) {
            person.company = if always { [working, rest] } else { [member as u32, rest] };
        }
    }

    fn place(&mut self, place: Place, home: usize, building: usize) -> usize {
        match place {
            Place::Home => self.town.home(&mut self.dice),
            Place::Dormitory => self.town.dormitory(&mut self.dice),
            Place::Work => self.town.work(&mut self.dice),
            Place::School => self.town.school(home),
            Place::Building => building,
            Place::Same => home,
        }
    }

    /// Who stays for some days only comes or leaves while the scenario runs.
    fn lifetime(&mut self, member: usize, profile: &Profile) {
        let days = profile.stay_days.draw(&mut self.dice);
        if days <= 0.0 {
            return;
        }
        let (begin, end) = (self.scenario.begin(), self.scenario.end());
        let stay = (days * DAY as f64) as Time;
        let back = self.dice.whole(0, (end - begin) + stay);
        if let Some(person) = self.made.people.get_mut(member) {
            let leaves = begin + back;
            let born = leaves.saturating_sub(stay);
            person.born = if born > begin { born } else { 0 };
            person.leaves = if leaves < end { leaves } else { NEVER };
        }
    }

    /// A dealer puts the card into the phone on his counter, in shop hours of some day; minutes later it has its own.
    fn tried(&mut self, member: usize, counter: usize) -> Option<()> {
        let own = self.device(Kind::Phone)?;
        let at = self.some_hour(9.0, 20.0);
        let person = self.made.people.get_mut(member)?;
        person.site = counter;
        person.born = at;
        person.spare = Some(own);
        person.diary.set(Errand::NewDevice, at + self.dice.whole(3 * MINUTE, 12 * MINUTE));
        Some(())
    }

    /// A time between two hours of some day of the scenario.
    fn some_hour(&mut self, from: f64, to: f64) -> Time {
        let (begin, end) = (self.scenario.begin(), self.scenario.end());
        let midnight = self.scenario.clock().midnight(begin);
        let span = (self.scenario.duration_minutes / (24 * 60)).max(1);
        let day = midnight + self.dice.whole(0, span - 1) * DAY;
        let at = day + (self.dice.between(from, to) * HOUR as f64) as Time;
        if (begin + MINUTE..end).contains(&at) {
            at
        } else {
            begin + self.dice.whole(MINUTE, (end - begin).max(MINUTE))
        }
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
                let at = self.some_hour(9.0, 20.5);
                let person = self.made.people.get_mut(index)?;
                person.spare = Some(spare);
                person.diary.set(Errand::NewDevice, at);
            }
        }
        Some(())
    }
}
