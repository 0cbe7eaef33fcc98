//! Where people go in a day.

use super::super::clock::{Clock, HOUR, MINUTE, Time};
use super::super::town::Town;
use super::person::{Mobility, Person};
use std::collections::VecDeque;

/// The places of the day that begins at `midnight`, with the times of arrival.
pub fn plan(person: &mut Person, town: &Town, clock: Clock, midnight: Time) -> VecDeque<(Time, usize)> {
    let mut route = Route { town, stops: VecDeque::new(), site: person.home };
    let (home, work) = (person.home, person.work);
    let weekend = clock.weekend(midnight + 12 * HOUR);
    let dice = &mut person.dice;
    let mut at = |hour: f64, deviation: f64| {
        let hour = dice.normal(hour, deviation).clamp(0.2, 23.8);
        midnight + (hour * HOUR as f64) as Time
    };
    match person.habits.mobility {
        Mobility::Static => (),
        Mobility::Commuter if !weekend => {
            let (out, back) = (at(7.8, 0.8), at(18.2, 1.1));
            route.go(out, 5 * MINUTE, work);
            if person.dice.chance(0.4) {
                let lunch = midnight + 12 * HOUR + person.dice.whole(0, 40) * MINUTE;
                let near = town.nearby(work, 1.5, &mut person.dice);
                route.go(lunch, 4 * MINUTE, near);
                route.go(lunch + 35 * MINUTE, 4 * MINUTE, work);
            }
            route.go(back, 5 * MINUTE, home);
            if person.dice.chance(0.25) {
                let shop = town.nearby(home, 3.0, &mut person.dice);
                route.go(back + 70 * MINUTE, 5 * MINUTE, shop);
                route.go(back + 130 * MINUTE, 5 * MINUTE, home);
            }
        }
        Mobility::NightShift => {
            let (back, out) = (at(6.5, 0.4), at(21.5, 0.4));
            route.go(back, 5 * MINUTE, home);
            route.go(out, 5 * MINUTE, work);
        }
        Mobility::Pupil if !weekend => {
            let (out, back) = (at(7.35, 0.2), at(16.7, 0.5));
            route.go(out, 4 * MINUTE, work);
            if person.dice.chance(0.25) {
                let park = town.nearby(work, 2.0, &mut person.dice);
                route.go(back, 4 * MINUTE, park);
                route.go(back + 50 * MINUTE, 4 * MINUTE, home);
            } else {
                route.go(back, 4 * MINUTE, home);
            }
        }
        Mobility::Rover => {
            let (mut time, end) = (at(8.0, 0.6), at(19.5, 0.9));
            route.go(time, 4 * MINUTE, work);
            let mut place = work;
            while time < end {
                time += person.dice.whole(6, 22) * MINUTE;
                place = town.nearby(if person.dice.chance(0.1) { work } else { place }, 2.2, &mut person.dice);
                route.go(time, 3 * MINUTE, place);
            }
            route.go(end + 20 * MINUTE, 4 * MINUTE, home);
        }
        Mobility::Errands | Mobility::Commuter | Mobility::Pupil => {
            if person.dice.chance(0.55) {
                let out = midnight + (person.dice.between(9.0, 17.0) * HOUR as f64) as Time;
                let place = town.nearby(home, 5.0, &mut person.dice);
                route.go(out, 5 * MINUTE, place);
                route.go(out + person.dice.whole(30, 150) * MINUTE, 5 * MINUTE, home);
            }
        }
    }
    // The stops of a slow way may lie behind the start of the next one.
    let mut latest = 0;
    for (time, _) in &mut route.stops {
        *time = (*time).max(latest + MINUTE / 2);
        latest = *time;
    }
    // Nobody passes a cell on a full second, nor twice after the same time.
    for (time, _) in &mut route.stops {
        *time += person.dice.whole(0, 29_000_000_000);
    }
    route.stops
}

struct Route<'a> {
    town: &'a Town,
    stops: VecDeque<(Time, usize)>,
    site: usize,
}

impl Route<'_> {
    fn go(&mut self, at: Time, step: Time, to: usize) {
        let mut time = at;
        for site in self.town.way(self.site, to) {
            self.stops.push_back((time, site));
            time += step;
        }
        self.site = to;
    }
}
