//! Where a fraud is: a flat among flats, the most crowded cells, or far from where its cards were taken.

use super::Group;
use super::plan::Plan;
use super::setup::{group, share};
use crate::simulate::people::population::Population;
use crate::simulate::random::Dice;
use crate::simulate::town::Town;
use std::collections::BTreeMap;

/// The groups of slots with their places.
pub(super) fn groups(
    plan: &Plan,
    town: &Town,
    population: &Population,
    taken: &[usize],
    dice: &mut Dice,
) -> Vec<Group> {
    let homes: Vec<usize> = population.people.iter().filter(|p| p.farm.is_none()).map(|person| person.home).collect();
    let crowded = by_crowd(&homes);
    (0..plan.groups())
        .map(|number| {
            let home = if plan.crowded {
                crowded.get(number % crowded.len().max(1)).copied().unwrap_or(0)
            } else if plan.far {
                farthest(town, population, taken, dice)
            } else {
                another(&homes, dice)
            };
            group(share(plan.ports, plan.groups(), number), home, another(&homes, dice))
        })
        .collect()
}

/// A flat among flats.
pub(super) fn another(homes: &[usize], dice: &mut Dice) -> usize {
    dice.pick(homes).unwrap_or(0)
}

/// The sites of homes, the most frequent first.
fn by_crowd(homes: &[usize]) -> Vec<usize> {
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for &home in homes {
        *counts.entry(home).or_default() += 1;
    }
    let mut sites: Vec<(usize, usize)> = counts.into_iter().collect();
    sites.sort_by_key(|&(site, count)| (std::cmp::Reverse(count), site));
    sites.into_iter().map(|(site, _)| site).collect()
}

/// One of the farthest sites from the homes of those whose cards are taken.
fn farthest(town: &Town, population: &Population, taken: &[usize], dice: &mut Dice) -> usize {
    let homes: Vec<_> =
        taken.iter().filter_map(|&index| population.people.get(index)).map(|person| town.site(person.home)).collect();
    let count = homes.len().max(1) as f64;
    let (x, y) = homes.iter().fold((0.0, 0.0), |(x, y), site| (x + site.x / count, y + site.y / count));
    let mut sites: Vec<usize> = (0..town.len()).collect();
    let distance = |&site: &usize| {
        let site = town.site(site);
        (site.x - x).hypot(site.y - y)
    };
    sites.sort_by(|a, b| distance(b).total_cmp(&distance(a)));
    sites.truncate((town.len() / 20).max(1));
    dice.pick(&sites).unwrap_or(0)
}
