//! Slots on the move: cars that commute or drive about, short changes of the cell, and another house.

use super::plan::Travel;
use super::{Fraud, Step, place};
use crate::simulate::city::City;
use crate::simulate::clock::{DAY, HOUR, MINUTE, SECOND, Time};
use crate::simulate::town::Town;

/// A way: when which site is reached.
struct Way<'a> {
    town: &'a Town,
    stops: Vec<(Time, usize)>,
    site: usize,
}

impl Way<'_> {
    fn go(&mut self, at: Time, pace: Time, to: usize) {
        let mut time = at.max(self.stops.last().map_or(0, |&(last, _)| last + MINUTE));
        for site in self.town.way(self.site, to) {
            self.stops.push((time, site));
            time += pace;
        }
        self.site = to;
    }
}

impl Fraud {
    /// The ways of the day that `now` belongs to, and when the next is planned.
    pub(super) fn plan_day(&mut self, city: &City<'_>, now: Time) {
        let midnight = city.clock.midnight(now);
        self.step(midnight + DAY + SECOND, Step::Day);
        for group in 0..self.groups.len() {
            for (time, site) in self.ways(city, group, midnight) {
                // Each module notices the next cell by itself: not two in the same second.
                let slots = self.groups.get(group).map_or(0..0, |group| group.slots.clone());
                for slot in slots {
                    let at = time + self.dice.whole(0, 55 * SECOND);
                    if at > now {
                        self.step(at, Step::Arrive(slot, site));
                    }
                }
            }
        }
    }

    fn ways(&mut self, city: &City<'_>, group: usize, midnight: Time) -> Vec<(Time, usize)> {
        let Some(&super::Group { home, work, .. }) = self.groups.get(group) else {
            return Vec::new();
        };
        let (town, dice) = (&city.town, &mut self.dice);
        let mut way = Way { town, stops: Vec::new(), site: home };
        let hour = |hour: f64| midnight + (hour.clamp(0.2, 23.5) * HOUR as f64) as Time;
        match self.plan.travel {
            Travel::Static => (),
            // Not every car drives every day.
            Travel::Commute if !city.scenario.days.day(midnight + 12 * HOUR).rest && dice.chance(0.7) => {
                let (out, back) = (dice.normal(7.8, 0.8), dice.normal(18.2, 1.1));
                way.go(hour(out), 5 * MINUTE, work);
                if dice.chance(0.4) {
                    let near = town.nearby(work, 1.5, dice);
                    let lunch = dice.between(11.9, 12.6);
                    way.go(hour(lunch), 4 * MINUTE, near);
                    way.go(hour(lunch + 0.6), 4 * MINUTE, work);
                }
                way.go(hour(back), 5 * MINUTE, home);
            }
            Travel::Commute => {
                if dice.chance(0.55) {
                    let out = dice.between(9.0, 17.0);
                    way.go(hour(out), 5 * MINUTE, town.nearby(home, 5.0, dice));
                    way.go(hour(out + dice.between(0.5, 2.5)), 5 * MINUTE, home);
                }
            }
            Travel::Drive => {
                let [open, close] = self.plan.hours;
                let mut time = open + dice.between(-0.3, 0.3);
                while time < close {
                    way.go(hour(time), 3 * MINUTE, town.nearby(way.site, 2.2, dice));
                    time += dice.between(0.1, 0.35);
                }
                way.go(hour(close + 0.3), 4 * MINUTE, home);
            }
        }
        let whole = self.plan.hops as u64;
        let hops = whole + u64::from(dice.chance(self.plan.hops.fract()));
        for _ in 0..hops {
            let time = dice.between(19.8, 23.0);
            way.go(hour(time), MINUTE, town.nearby(home, 1.0, dice));
            way.go(hour(time + dice.between(0.05, 0.25)), MINUTE, home);
        }
        way.stops
    }

    /// A slot comes to another site; a new area may belong to another node.
    pub(super) fn arrive(&mut self, city: &mut City<'_>, slot: usize, site: usize, now: Time) {
        if let Some(slot) = self.slots.get_mut(slot) {
            slot.site = site;
        }
        let Some(index) = self.person_in(slot) else { return };
        let Some(person) = city.person(index) else { return };
        person.site = site;
        let (on, access, vlr, mme) = (person.on, person.access, person.vlr, person.mme);
        if on {
            let site = city.town.site(site);
            let new_vlr = access.circuit() && vlr != Some(site.msc);
            let new_mme = access.packet() && mme != Some(site.mme);
            city.register(index, new_vlr, new_mme, now);
        }
    }

    /// Everything is switched off, and on again elsewhere some hours later.
    pub(super) fn move_house(&mut self, city: &mut City<'_>, now: Time) {
        let homes: Vec<usize> = city.population.people.iter().map(|person| person.home).collect();
        for group in &mut self.groups {
            let others: Vec<usize> = homes.iter().copied().filter(|&home| home != group.home).collect();
            group.home = place::another(&others, &mut self.dice);
        }
        let there = now + self.dice.whole(2 * HOUR, 5 * HOUR);
        for group in 0..self.groups.len() {
            let Some((slots, home)) = self.groups.get(group).map(|group| (group.slots.clone(), group.home)) else {
                continue;
            };
            for slot in slots {
                let card = self.take_out(city, slot, now);
                if let Some(place) = self.slots.get_mut(slot) {
                    place.card = card;
                    place.site = home;
                }
                let at = there + self.dice.whole(0, 100 * SECOND);
                self.step(at, Step::Register(slot));
            }
        }
    }
}
