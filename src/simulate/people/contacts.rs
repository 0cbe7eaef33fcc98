//! Who knows whom: families, and acquaintances by preferential attachment (who has many gets more).
//!
//! Somebody's contacts stand in order of closeness; how often each is called follows Zipf's law over that order. One
//! contact takes four octets: the index of a subscriber, or the nine digits of a number outside.

use super::super::random::Dice;
use super::archetype::Archetype;
use super::numbering::{Numbering, Outside};
use super::person::{Peer, Person};
use super::profile::Profiles;

/// The contacts of one subscriber, the closest first.
#[derive(Debug, Clone, Default)]
pub struct Contacts(Vec<u32>);

/// Marks a subscriber of the simulation.
const INSIDE: u32 = 1 << 31;

fn peer(known: u32) -> Option<Peer> {
    if known & INSIDE != 0 {
        return Some(Peer::Subscriber((known & !INSIDE) as usize));
    }
    Outside(known).number().map(Peer::Outside)
}

fn inside(index: usize) -> u32 {
    INSIDE | index as u32
}

impl Contacts {
    /// These subscribers, the closest first.
    pub fn of(subscribers: impl Iterator<Item = usize>) -> Self {
        Self(subscribers.map(inside).collect())
    }

    /// One of them, the closer the likelier; `None` where there are none.
    pub fn pick(&self, closeness: f64, dice: &mut Dice) -> Option<Peer> {
        let rank = dice.zipf(self.0.len(), closeness);
        self.0.get(rank).copied().and_then(peer)
    }

    /// One of those who are not simulated.
    pub fn outside(&self, closeness: f64, dice: &mut Dice) -> Option<Peer> {
        // A few tries find one where there are any to speak of.
        (0..6).find_map(|_| self.pick(closeness, dice).filter(|peer| matches!(peer, Peer::Outside(_))))
    }

    /// Adds somebody who is closer than all others.
    fn closest(&mut self, known: u32) {
        self.0.insert(0, known);
    }
}

/// The share of calls that go to each rank among `count` contacts.
fn shares(count: usize, closeness: f64) -> Vec<f64> {
    let weights: Vec<f64> = (1..=count).map(|rank| (rank as f64).powf(-closeness)).collect();
    let sum: f64 = weights.iter().sum();
    weights.into_iter().map(|weight| weight / sum).collect()
}

/// A watch and its family: one or two parents, who call it.
pub fn family(people: &mut [Person], watch: usize, parent: usize, dice: &mut Dice) {
    let mut circle = vec![parent];
    if dice.chance(0.7) {
        let other = dice.below(watch);
        if other != parent && people.get(other).is_some_and(|person| person.archetype.personal()) {
            circle.push(other);
        }
    }
    for &relative in circle.iter().rev() {
        if let Some(relative) = people.get_mut(relative) {
            relative.contacts.closest(inside(watch));
        }
        if let Some(watch) = people.get_mut(watch) {
            watch.contacts.closest(inside(relative));
        }
    }
}

/// Gives everybody acquaintances, inside and outside of the simulation, and takes from each one's calls from outside
/// what the others will call.
pub fn acquaint(people: &mut [Person], profiles: &Profiles, numbering: &Numbering, dice: &mut Dice) {
    // Who may be called by others: people whom anybody calls, as often as they have contacts already.
    let mut ends: Vec<u32> = (0u32..)
        .zip(people.iter())
        .filter(|(_, person)| person.habits.inbound > 0.0 && sociable(person.archetype))
        .map(|(index, _)| index)
        .collect();
    // Calls that others will make to each.
    let mut expected = vec![0.0; people.len()];
    for index in 0..people.len() {
        let Some(person) = people.get(index) else { continue };
        let Some(profile) = profiles.of(person.archetype) else { continue };
        let wanted = profile.contacts.draw(dice).round().max(0.0) as usize;
        let circle = profile.circle.draw(dice);
        let had = person.contacts.0.len();
        let known_calls = person.habits.calls * (1.0 - person.habits.strangers);
        let shares = shares(had + wanted.saturating_sub(had), person.habits.closeness);
        let called = person.habits.inbound > 0.0;
        let far = person.habits.nationwide * 0.5;
        let mut found = person.contacts.0.clone();
        for (&known, share) in found.iter().zip(&shares) {
            if known & INSIDE != 0
                && let Some(sum) = expected.get_mut((known & !INSIDE) as usize)
            {
                *sum += known_calls * share;
            }
        }
        for share in shares.iter().skip(had) {
            let rate = known_calls * share;
            let friend = dice.chance(circle).then(|| dice.pick(&ends)).flatten().filter(|&other| {
                let room = people.get(other as usize).map_or(0.0, |other| other.habits.inbound);
                other as usize != index && expected.get(other as usize).is_some_and(|sum| sum + rate < room)
            });
            match friend {
                Some(other) => {
                    if let Some(sum) = expected.get_mut(other as usize) {
                        *sum += rate;
                    }
                    // Half of those whose turn is still to come have the caller among their first contacts.
                    if other as usize > index
                        && called
                        && dice.chance(0.5)
                        && let Some(other) = people.get_mut(other as usize)
                    {
                        other.contacts.0.push(inside(index));
                    }
                    ends.push(other);
                    found.push(INSIDE | other);
                }
                None => found.push(numbering.outside_digits(!dice.chance(far), dice).0),
            }
        }
        found.shrink_to_fit();
        if let Some(person) = people.get_mut(index) {
            person.contacts.0 = found;
        }
    }
    for (person, expected) in people.iter_mut().zip(expected) {
        person.habits.inbound = (person.habits.inbound - expected).max(0.0);
    }
}

/// Of those whom others know.
fn sociable(archetype: Archetype) -> bool {
    archetype.personal() || matches!(archetype, Archetype::Shop | Archetype::CallCentre)
}
