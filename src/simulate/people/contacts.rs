//! Who knows whom: families, and acquaintances by preferential attachment (who has many gets more).

use super::super::random::Dice;
use super::numbering::Numbering;
use super::person::{Archetype, Contact, Peer, Person};

/// A watch and its family: one or two parents, who call it, and a few others that it may call.
pub fn family(people: &mut [Person], watch: usize, parent: usize, numbering: &Numbering, dice: &mut Dice) {
    let mut circle = vec![Contact { peer: Peer::Subscriber(parent), weight: 3.0 }];
    if dice.chance(0.7) {
        let other = dice.below(watch);
        let is_other = |person: &Person| person.archetype == Archetype::Ordinary;
        if other != parent && people.get(other).is_some_and(is_other) {
            circle.push(Contact { peer: Peer::Subscriber(other), weight: 2.0 });
        }
    }
    for _ in 0..dice.whole(1, 3) {
        if let Some(number) = numbering.outside(dice.chance(0.8), dice) {
            circle.push(Contact { peer: Peer::Outside(number), weight: dice.between(0.3, 1.2) });
        }
    }
    for contact in &circle {
        if let Peer::Subscriber(relative) = contact.peer
            && let Some(relative) = people.get_mut(relative)
        {
            relative.contacts.push(Contact { peer: Peer::Subscriber(watch), weight: 4.0 });
            // Who has a child with a watch calls it.
            relative.habits.calls += dice.between(0.8, 2.5);
        }
    }
    if let Some(watch) = people.get_mut(watch) {
        watch.contacts = circle;
    }
}

/// Gives everybody else acquaintances, inside and outside of the simulation.
pub fn acquaint(people: &mut [Person], numbering: &Numbering, dice: &mut Dice) {
    let mut ends: Vec<usize> = people
        .iter()
        .enumerate()
        .filter(|(_, person)| {
            matches!(person.archetype, Archetype::Ordinary | Archetype::Courier | Archetype::CallCentre)
        })
        .map(|(index, _)| index)
        .collect();
    let sociable = ends.clone();
    for index in sociable {
        let wanted = dice.lognormal(2.1, 0.7).clamp(2.0, 80.0) as usize;
        let mut found = Vec::with_capacity(wanted);
        for rank in 1..=wanted {
            let weight = 1.0 / rank as f64;
            let peer = if dice.chance(0.5) {
                dice.pick(&ends).filter(|&other| other != index).map(Peer::Subscriber)
            } else {
                let local = dice.chance(0.8);
                numbering.outside(local, dice).map(Peer::Outside)
            };
            let Some(peer) = peer else { continue };
            if let Peer::Subscriber(other) = peer {
                ends.push(other);
                if let Some(other) = people.get_mut(other) {
                    let weight = weight * dice.between(0.3, 1.0);
                    other.contacts.push(Contact { peer: Peer::Subscriber(index), weight });
                }
            }
            found.push(Contact { peer, weight });
        }
        if let Some(person) = people.get_mut(index) {
            person.contacts.append(&mut found);
        }
    }
    for person in people {
        // Machines report to their owner, visitors to a friend at home.
        if matches!(person.archetype, Archetype::Meter | Archetype::Visitor)
            && let Some(number) = numbering.outside(true, dice)
        {
            person.contacts.push(Contact { peer: Peer::Outside(number), weight: 1.0 });
        }
    }
}
