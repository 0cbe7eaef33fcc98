//! What happens to people and their cards: new phones, lost ones, empty batteries, lent cards, journeys, masts that
//! fail.

use super::super::city::{City, Due};
use super::super::clock::{DAY, HOUR, MINUTE, NEVER, SECOND, Time, seconds};
use super::super::scenario::OccasionKind;
use super::device::Kind;
use super::person::{Errand, Person};

/// What happens.
#[derive(Debug, Clone, Copy)]
enum Mishap {
    NewPhone,
    OtherPhone,
    LostPhone,
    DeadBattery,
    Lent,
    Away,
}

const MISHAPS: [Mishap; 6] =
    [Mishap::NewPhone, Mishap::OtherPhone, Mishap::LostPhone, Mishap::DeadBattery, Mishap::Lent, Mishap::Away];

/// How often each happens, in the order of [`MISHAPS`].
fn rates(person: &Person) -> [f64; 6] {
    let rates = person.habits.mishaps;
    [rates.new_phone, rates.other_phone, rates.lost_phone, rates.dead_battery, rates.lent, rates.away].map(f64::from)
}

impl City<'_> {
    /// Schedules what happens without anybody's doing.
    pub(in crate::simulate) fn open_calendar(&mut self) {
        for (index, occasion) in self.scenario.occasions.iter().enumerate() {
            let (from, _) = occasion.span(self.clock);
            if occasion.kind == OccasionKind::Outage && from >= self.begin {
                self.queue.push(from, Due::Occasion(index));
            }
        }
        let mut midnight = self.clock.midnight(self.begin) + DAY;
        while midnight < self.end && self.scenario.away() > 0.0 {
            let days = &self.scenario.days;
            if days.day(midnight).holiday && !days.day(midnight - HOUR).holiday {
                self.queue.push(midnight, Due::Holidays);
            }
            midnight += DAY;
        }
    }

    /// Sites fail: all devices there lose the network, and come back within seconds of each other.
    pub(in crate::simulate) fn outage(&mut self, index: usize, now: Time) {
        let Some(&occasion) = self.scenario.occasions.get(index) else { return };
        let (_, to) = occasion.span(self.clock);
        for index in 0..self.population.people.len() {
            let Some(person) = self.population.people.get_mut(index) else { continue };
            let near = self.town.distance(person.site, occasion.km) <= occasion.radius_km;
            if !near || !person.on || !person.owned() || !person.dice.chance(occasion.share) {
                continue;
            }
            let back = to + seconds(person.dice.lognormal(2.0, 0.8).clamp(0.4, 90.0));
            person.busy_until = person.busy_until.min(now);
            self.switch_off(index, false, now);
            if let Some(person) = self.person(index) {
                person.diary.set(Errand::Power, back);
            }
            self.schedule(index);
        }
    }

    /// The first day of holidays: some leave in the course of it.
    pub(in crate::simulate) fn holidays(&mut self, now: Time) {
        let away = self.scenario.away();
        for index in 0..self.population.people.len() {
            let Some(person) = self.person(index) else { continue };
            if person.archetype.personal() && person.owned() && person.dice.chance(away) {
                let leaves = now + person.dice.whole(6 * HOUR, 16 * HOUR);
                person.diary.set(Errand::Mishap, leaves);
                self.schedule(index);
            }
        }
    }

    /// When something happens next.
    pub(super) fn next_mishap(&mut self, index: usize, now: Time) {
        let days = &self.scenario.days;
        let Some(person) = self.population.people.get_mut(index) else { return };
        let a_day = rates(person).iter().sum::<f64>() / 365.0;
        let next = if a_day > 0.0 {
            let gap = person.dice.weibull_gap(1.0) / a_day;
            person.habits.rhythm.after(days, now, gap)
        } else {
            NEVER
        };
        person.diary.set(Errand::Mishap, next.min(person.leaves));
    }

    /// Something happens.
    pub(super) fn mishap(&mut self, index: usize, now: Time) {
        let holiday = self.scenario.days.day(now).holiday && self.scenario.away() > 0.0;
        self.next_mishap(index, now + SECOND);
        let Some(person) = self.person(index) else { return };
        if now >= person.leaves {
            person.diary = Default::default();
            if person.on {
                self.switch_off(index, true, now);
            }
            return;
        }
        if !person.on || !person.owned() || person.busy_until > now {
            return;
        }
        let chosen = person.dice.weighted(rates(person).into_iter());
        let what = if holiday { Mishap::Away } else { MISHAPS.get(chosen).copied().unwrap_or(Mishap::DeadBattery) };
        let hours = |low, high, person: &mut Person| (person.dice.between(low, high) * HOUR as f64) as Time;
        match what {
            Mishap::NewPhone => self.renew(index, 3 * MINUTE, 18 * MINUTE, now),
            Mishap::OtherPhone => self.change_over(index, now),
            Mishap::LostPhone => self.renew(index, 6 * HOUR, 72 * HOUR, now),
            Mishap::DeadBattery => {
                let back = now + hours(0.2, 5.0, person);
                self.off_until(index, false, back, now);
            }
            Mishap::Lent => {
                let back = now + hours(2.0, 48.0, person);
                self.change_over(index, now);
                if let Some(person) = self.person(index) {
                    person.diary.set(Errand::Return, back);
                }
            }
            Mishap::Away => {
                let end = self.scenario.days.after_holiday(now);
                let Some(person) = self.person(index) else { return };
                let back = if holiday { end } else { now + person.dice.whole(2 * DAY, 9 * DAY) };
                let back = back.saturating_sub(hours(0.0, 12.0, person)).max(now + HOUR);
                self.off_until(index, true, back, now);
            }
        }
    }

    /// The lent card comes back.
    pub(super) fn give_back(&mut self, index: usize, now: Time) {
        let Some(person) = self.person(index) else { return };
        person.diary.set(Errand::Return, NEVER);
        if person.owned() {
            self.change_over(index, now);
        }
    }

    /// The card is tried in the next customer's phone.
    pub(super) fn swap(&mut self, index: usize, now: Time) {
        let idle = self.person(index).is_some_and(|person| person.on && person.owned() && person.busy_until <= now);
        if idle {
            self.renew(index, MINUTE, 4 * MINUTE, now);
        }
    }

    fn off_until(&mut self, index: usize, polite: bool, back: Time, now: Time) {
        self.switch_off(index, polite, now);
        if let Some(person) = self.person(index) {
            person.diary.set(Errand::Power, back);
        }
    }

    /// Off for a while, then on in another device.
    fn move_card(&mut self, index: usize, device: usize, wait: [Time; 2], now: Time) {
        let polite = self.person(index).is_some_and(|person| person.dice.chance(0.6));
        self.switch_off(index, polite, now);
        if let Some(person) = self.person(index) {
            person.device = device;
            let on = now + person.dice.whole(wait[0], wait[1]);
            person.diary.set(Errand::Power, on);
        }
    }

    fn renew(&mut self, index: usize, low: Time, high: Time, now: Time) {
        if let Some(device) = self.fresh(index) {
            self.move_card(index, device, [low, high], now);
        }
    }

    /// Between two devices of one owner: the second slot, the old phone, or a friend's.
    fn change_over(&mut self, index: usize, now: Time) {
        let other = self.person(index).and_then(|person| person.other);
        let Some(other) = other.or_else(|| self.fresh(index)) else { return };
        if let Some(person) = self.person(index) {
            person.other = Some(person.device);
        }
        self.move_card(index, other, [20 * SECOND, 10 * MINUTE], now);
    }

    /// A device of the kind that the subscriber has.
    fn fresh(&mut self, index: usize) -> Option<usize> {
        let population = &mut self.population;
        let person = population.people.get_mut(index)?;
        let kind = population.devices.get(person.device).map_or(Kind::Phone, |device| device.describe().kind);
        let device = population.factory.any(kind, &mut person.dice)?;
        population.devices.push(device);
        Some(population.devices.len() - 1)
    }
}
