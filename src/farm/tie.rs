//! The kinds of ties between suspects, and what each weighs.
//!
//! A weight is a log-likelihood ratio: ln(P(tie | cards of one farm) / P(tie | two subscribers at random)). The second
//! is measured on the population; the first is set here. Suspects are joined when their ties, with what the less
//! sure of both leans towards fraud, weigh [`JOIN`] or more.

use super::Subject;
use super::background::Background;
use super::kin;
use crate::feature::{NEIGHBOUR_SERIALS, Visit};
use crate::identity::{CellId, Digits, PlaceKey, Tac};
use std::collections::{BTreeMap, BTreeSet};

/// What ties must weigh together: some four hundred to one.
pub(super) const JOIN: f64 = 6.0;
/// No single kind of tie weighs more.
pub(super) const HEAVIEST: f64 = 10.0;
/// A cell by itself weighs less than [`JOIN`], however small it is.
const HEAVIEST_CELL: f64 = 4.0;
/// Excess of suspects in a cell weighs at most this.
const HEAVIEST_EXCESS: f64 = 4.0;
/// One in so many cards of a slot, at least, is a suspect.
pub(super) const SLOT_SUSPECTS: usize = 3;
/// One registration together.
const MEETING: f64 = 1.5;
/// Registrations together weigh at most this.
const HEAVIEST_MEETINGS: f64 = 6.0;
/// Registrations this close, in seconds, are together (CN113660721A: switched on and off together).
const SYNCHRONY: u32 = 30;
/// In a larger crowd of registrations, being together says nothing.
const CROWD: usize = 64;
/// P(two cards of a farm share a device), and likewise for neighbouring serials: cards rotate over slots, but not over
/// all of them.
const FARM_SHARES_DEVICE: f64 = 0.2;
const FARM_HAS_NEIGHBOURS: f64 = 0.3;
const FARM_SHARES_CELL: f64 = 0.9;

/// Two suspects and what ties them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Tie {
    pub(super) a: usize,
    pub(super) b: usize,
    pub(super) weight: f64,
}

/// All ties among the subjects at `suspects` that are worth a look. Chains stand for cliques: who shares a device with
/// two others is tied to one of them, and that one to the next.
pub(super) fn ties(subjects: &[Subject], suspects: &[usize], background: &Background) -> Vec<Tie> {
    let mut ties = same_device(subjects, suspects, background);
    ties.extend(neighbouring_devices(subjects, suspects, background));
    ties.extend(crowding(subjects, suspects, background));
    ties.extend(synchrony(subjects, suspects, background));
    ties.extend(kin::calls(subjects, suspects, background.subscribers));
    ties.extend(kin::lots(subjects, suspects));
    ties
}

pub(super) fn weight(in_farm: f64, at_random: f64, heaviest: f64) -> f64 {
    (in_farm / at_random.max(1e-12)).ln().clamp(0.0, heaviest)
}

fn chain(members: &[usize], weight: f64) -> impl Iterator<Item = Tie> + '_ {
    members.windows(2).filter_map(move |pair| match pair {
        [a, b] if a != b => Some(Tie { a: *a, b: *b, weight }),
        _ => None,
    })
}

fn devices(subject: &Subject) -> impl Iterator<Item = Digits> + '_ {
    subject.profile.stays().iter().filter(|stay| !stay.imei.is_zero()).map(|stay| stay.imei.device())
}

fn same_device(subjects: &[Subject], suspects: &[usize], background: &Background) -> Vec<Tie> {
    let mut users: BTreeMap<Digits, Vec<usize>> = BTreeMap::new();
    for &index in suspects {
        for device in subjects.get(index).into_iter().flat_map(devices) {
            users.entry(device).or_default().push(index);
        }
    }
    let weight = weight(FARM_SHARES_DEVICE, background.chance(&background.of_device), HEAVIEST);
    // A device most of whose cards nobody suspects is that of somebody who tries cards, not a slot.
    let slot = |(device, members): &(&Digits, &Vec<usize>)| {
        let all = background.of_device.get(device).map_or(0, |count| *count as usize);
        let cards = members.iter().filter_map(|index| subjects.get(*index)).map(|subject| subject.profile.imsi);
        cards.collect::<BTreeSet<_>>().len() * SLOT_SUSPECTS >= all
    };
    users.iter().filter(slot).flat_map(|(_, members)| chain(members, weight)).collect()
}

fn neighbouring_devices(subjects: &[Subject], suspects: &[usize], background: &Background) -> Vec<Tie> {
    let mut serials: BTreeMap<Tac, Vec<(u32, usize)>> = BTreeMap::new();
    for &index in suspects {
        for stay in subjects.get(index).into_iter().flat_map(|subject| subject.profile.stays()) {
            serials.entry(stay.imei.tac()).or_default().push((stay.imei.serial(), index));
        }
    }
    let mut ties = Vec::new();
    for (tac, mut members) in serials {
        members.sort_unstable();
        // Serials of one model spread over a million: how likely is one so near by chance?
        let owners = f64::from(background.of_tac.get(&tac).copied().unwrap_or(1));
        let share = owners / background.subscribers.max(1.0);
        let near = share * share * f64::from(2 * NEIGHBOUR_SERIALS) / 1e6;
        let base = weight(FARM_HAS_NEIGHBOURS, near, HEAVIEST);
        for pair in members.windows(2) {
            let [(first, a), (second, b)] = pair else { continue };
            if a != b && first != second && second - first <= NEIGHBOUR_SERIALS {
                let cell = same_cell_weight(subjects, *a, *b, background);
                // Neighbours in one batch are sold all over the country; only in one place they say something.
                ties.push(Tie { a: *a, b: *b, weight: if cell > 0.0 { base + cell } else { base * 0.5 } });
            }
        }
    }
    ties
}

fn cell_of(subjects: &[Subject], index: usize) -> Option<PlaceKey> {
    subjects.get(index)?.profile.main_cell().map(CellId::place)
}

fn cell_weight(cell: &PlaceKey, background: &Background) -> f64 {
    let there = f64::from(background.of_cell.get(cell).copied().unwrap_or(1));
    weight(FARM_SHARES_CELL, there / background.subscribers.max(1.0), HEAVIEST_CELL)
}

fn same_cell_weight(subjects: &[Subject], a: usize, b: usize, background: &Background) -> f64 {
    match (cell_of(subjects, a), cell_of(subjects, b)) {
        (Some(one), Some(other)) if one == other => cell_weight(&one, background),
        _ => 0.0,
    }
}

/// More suspects in one cell than the rate elsewhere would put among those who live there.
fn crowding(subjects: &[Subject], suspects: &[usize], background: &Background) -> Vec<Tie> {
    let mut by_cell: BTreeMap<PlaceKey, Vec<usize>> = BTreeMap::new();
    for &index in suspects {
        if let Some(cell) = cell_of(subjects, index) {
            by_cell.entry(cell).or_default().push(index);
        }
    }
    let all = suspects.len() as f64;
    let mut ties = Vec::new();
    for (cell, members) in by_cell.iter().filter(|(_, members)| members.len() >= 3) {
        let there = f64::from(background.of_cell.get(cell).copied().unwrap_or(1));
        let here = members.len() as f64;
        let elsewhere = (background.subscribers - there).max(1.0);
        let expected = there * (all - here + 0.5) / elsewhere + 0.5;
        let excess = weight(here, expected, HEAVIEST_EXCESS);
        // How likely it is to live here is told by those who are not suspects.
        let residents = (there - here + 1.0).max(1.0) / background.subscribers.max(1.0);
        ties.extend(chain(members, weight(FARM_SHARES_CELL, residents, HEAVIEST_CELL) + excess));
    }
    ties
}

fn synchrony(subjects: &[Subject], suspects: &[usize], background: &Background) -> Vec<Tie> {
    let mut attaches: Vec<(Visit, usize)> = Vec::new();
    for &index in suspects {
        let visits = subjects.get(index).into_iter().flat_map(|subject| subject.profile.attaches());
        attaches.extend(visits.map(|visit| (visit, index)));
    }
    attaches.sort_unstable();
    let mut meetings: BTreeMap<(usize, usize), u32> = BTreeMap::new();
    for (at, (visit, index)) in attaches.iter().enumerate() {
        let close = |(other, _): &&(Visit, usize)| {
            other.place == visit.place && other.second.saturating_sub(visit.second) <= SYNCHRONY
        };
        let others: Vec<usize> =
            attaches.iter().skip(at + 1).take_while(close).map(|(_, other)| *other).take(CROWD).collect();
        if others.len() < CROWD {
            for other in others.into_iter().filter(|other| other != index) {
                *meetings.entry((*index.min(&other), *index.max(&other))).or_default() += 1;
            }
        }
    }
    let tied = meetings.into_iter().map(|((a, b), count)| {
        let together = (MEETING * f64::from(count)).min(HEAVIEST_MEETINGS);
        Tie { a, b, weight: together + same_cell_weight(subjects, a, b, background) }
    });
    tied.collect()
}
