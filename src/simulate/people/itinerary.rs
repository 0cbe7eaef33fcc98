//! Where people go in a day.

use super::super::calendar::Day;
use super::super::clock::{HOUR, MILLISECOND, MINUTE, SECOND, Time};
use super::super::random::Dice;
use super::super::town::Town;
use super::habits::Mobility;

/// The places of one day in order, each with the time of arrival: eight octets for each.
#[derive(Debug, Clone, Default)]
pub struct Itinerary {
    midnight: Time,
    next: u32,
    stops: Box<[Stop]>,
}

/// Milliseconds since midnight, and a site.
#[derive(Debug, Clone, Copy)]
struct Stop(u32, u32);

impl Itinerary {
    /// The next place and when to be there.
    pub fn first(&self) -> Option<(Time, usize)> {
        let &Stop(at, site) = self.stops.get(self.next as usize)?;
        Some((self.midnight + Time::from(at) * MILLISECOND, site as usize))
    }

    /// It was reached.
    pub fn reached(&mut self) {
        self.next += 1;
        if self.next as usize >= self.stops.len() {
            self.stops = Box::default();
        }
    }

    /// Of stops in order; each subscriber is a few seconds behind the plan.
    fn new(midnight: Time, stops: &[(Time, usize)], dice: &mut Dice) -> Self {
        let late = dice.whole(0, 9 * SECOND);
        let stops = stops
            .iter()
            .map(|&(time, site)| Stop(((time + late).saturating_sub(midnight) / MILLISECOND) as u32, site as u32))
            .collect();
        Self { midnight, next: 0, stops }
    }
}

/// Whose day it is.
#[derive(Debug, Clone, Copy)]
pub struct Whose {
    /// How it moves.
    pub mobility: Mobility,
    /// Where it lives.
    pub home: usize,
    /// Where it works or learns.
    pub work: usize,
}

/// Something that draws people to a place for a while.
#[derive(Debug, Clone, Copy)]
pub struct Crowd {
    /// From when.
    pub from: Time,
    /// To when.
    pub to: Time,
    /// Where.
    pub site: usize,
}

/// The places of the day that begins at `midnight`. Who draws `route` from the same stream goes together.
pub fn plan(
    whose: Whose,
    town: &Town,
    midnight: Time,
    day: Day,
    crowd: Option<Crowd>,
    route: &mut Dice,
    own: &mut Dice,
) -> Itinerary {
    let mut way = Way { town, stops: Vec::new(), site: whose.home };
    if let Some(crowd) = crowd {
        let early = route.whole(5 * MINUTE, 60 * MINUTE);
        let late = route.whole(0, 25 * MINUTE);
        way.day(whose, midnight, day, route);
        // What was planned for the evening is left out.
        way.stops.retain(|&(time, _)| time + early < crowd.from);
        way.site = way.stops.last().map_or(whose.home, |&(_, site)| site);
        way.go(crowd.from.saturating_sub(early), 3 * MINUTE, crowd.site);
        way.go(crowd.to + late, 3 * MINUTE, whose.home);
    } else {
        way.day(whose, midnight, day, route);
    }
    // The stops of a slow way may lie behind the start of the next one.
    let mut latest = midnight;
    for (time, _) in &mut way.stops {
        *time = (*time).max(latest + MINUTE / 2);
        latest = *time;
    }
    // Nobody passes a cell on a full second, nor twice after the same time.
    for (time, _) in &mut way.stops {
        *time += route.whole(0, 29_000) * MILLISECOND;
    }
    Itinerary::new(midnight, &way.stops, own)
}

/// The way so far.
struct Way<'a> {
    town: &'a Town,
    stops: Vec<(Time, usize)>,
    site: usize,
}

impl Way<'_> {
    fn go(&mut self, at: Time, step: Time, to: usize) {
        let mut time = at;
        for site in self.town.way(self.site, to) {
            self.stops.push((time, site));
            time += step;
        }
        self.site = to;
    }

    fn day(&mut self, whose: Whose, midnight: Time, day: Day, dice: &mut Dice) {
        let Whose { mobility, home, work } = whose;
        let at = |hour: f64, deviation: f64, dice: &mut Dice| {
            let hour = dice.normal(hour, deviation).clamp(0.2, 23.8);
            midnight + (hour * HOUR as f64) as Time
        };
        match mobility {
            Mobility::Static => (),
            Mobility::Commuter if !day.rest => {
                let (out, back) = (at(7.8, 0.8, dice), at(18.2, 1.1, dice));
                self.go(out, 5 * MINUTE, work);
                if dice.chance(0.4) {
                    let lunch = midnight + 12 * HOUR + dice.whole(0, 40) * MINUTE;
                    let near = self.town.nearby(work, 1.5, dice);
                    self.go(lunch, 4 * MINUTE, near);
                    self.go(lunch + 35 * MINUTE, 4 * MINUTE, work);
                }
                self.go(back, 5 * MINUTE, home);
                if dice.chance(0.25) {
                    let shop = self.town.nearby(home, 3.0, dice);
                    self.go(back + 70 * MINUTE, 5 * MINUTE, shop);
                    self.go(back + 130 * MINUTE, 5 * MINUTE, home);
                }
            }
            Mobility::NightShift => {
                let (back, out) = (at(6.5, 0.4, dice), at(21.5, 0.4, dice));
                self.go(back, 5 * MINUTE, home);
                if !day.holiday {
                    self.go(out, 5 * MINUTE, work);
                }
            }
            Mobility::Pupil if day.school => {
                let (out, back) = (at(7.35, 0.2, dice), at(16.7, 0.5, dice));
                self.go(out, 4 * MINUTE, work);
                if dice.chance(0.25) {
                    let park = self.town.nearby(work, 2.0, dice);
                    self.go(back, 4 * MINUTE, park);
                    self.go(back + 50 * MINUTE, 4 * MINUTE, home);
                } else {
                    self.go(back, 4 * MINUTE, home);
                }
            }
            Mobility::Student if day.school => {
                for lecture in [at(8.0, 0.3, dice), at(14.0, 0.4, dice)] {
                    if dice.chance(0.75) {
                        self.go(lecture, 3 * MINUTE, work);
                        self.go(lecture + dice.whole(90, 220) * MINUTE, 3 * MINUTE, home);
                    }
                }
                if dice.chance(0.35) {
                    let out = self.town.nearby(home, 3.0, dice);
                    let evening = at(18.5, 0.6, dice);
                    self.go(evening, 4 * MINUTE, out);
                    self.go(evening + dice.whole(60, 200) * MINUTE, 4 * MINUTE, home);
                }
            }
            Mobility::Rover => {
                let (mut time, end) = (at(8.0, 0.6, dice), at(19.5, 0.9, dice));
                self.go(time, 4 * MINUTE, work);
                let mut place = work;
                while time < end {
                    time += dice.whole(6, 22) * MINUTE;
                    place = self.town.nearby(if dice.chance(0.1) { work } else { place }, 2.2, dice);
                    self.go(time, 3 * MINUTE, place);
                }
                self.go(end + 20 * MINUTE, 4 * MINUTE, home);
            }
            Mobility::Errands | Mobility::Commuter | Mobility::Pupil | Mobility::Student => {
                if dice.chance(0.55) {
                    let out = midnight + (dice.between(9.0, 17.0) * HOUR as f64) as Time;
                    let place = self.town.nearby(home, 5.0, dice);
                    self.go(out, 5 * MINUTE, place);
                    self.go(out + dice.whole(30, 150) * MINUTE, 5 * MINUTE, home);
                }
            }
        }
    }
}
