//! Group: what a subscriber has in common with others in the same window. Computed over the whole population without
//! comparing everybody with everybody: by sorting on device, on model and serial, on cell, on cell and time.

use super::{Definition, Profile, Unit, share};
use crate::identity::{CellId, Imei, Imsi, PlaceKey};
use crate::time::SECOND;
use hashbrown::HashMap;

type Map<K, V> = HashMap<K, V, foldhash::fast::FixedState>;

/// Registrations in one cell this close belong together (FEATURES: ±30 s).
const SYNCHRONY: i64 = 30 * SECOND;
/// Devices of one model whose serials are this close are neighbours.
pub const NEIGHBOUR_SERIALS: u32 = 64;
/// In a moment with more registrations than this (a mast that comes back) company tells nothing.
const CROWD: usize = 64;
/// Who counts as calling strangers: so many calls, so many of them to different numbers, so few coming in.
const STRANGERS: (u32, f64, f64) = (5, 0.7, 0.2);

pub(super) const DEFINITIONS: &[Definition] = &[
    Definition {
        name: "imsis_per_imei",
        unit: Unit::Count,
        meaning: "most subscribers seen in one of its devices",
        source: "FEATURES: IMSIs in my IMEIs; LATRO, HAUD",
        fed_by: "all that name devices",
        absent: "no message named a device",
    },
    Definition {
        name: "imei_neighbours",
        unit: Unit::Count,
        meaning: "other devices of the same model, serial within 64, in the same main cell",
        source: "FEATURES: neighbouring serials of my TAC near me",
        fed_by: "all that name devices and cells",
        absent: "no message named a device or a cell",
    },
    Definition {
        name: "cell_callers",
        unit: Unit::Count,
        meaning: "others with the same main cell who call strangers (5 calls, 70 % different, 20 % incoming at most)",
        source: "Kouam et al. 2024: users per cell of my kind",
        fed_by: "all that name cells and calls",
        absent: "no message named a cell",
    },
    Definition {
        name: "synchrony_share",
        unit: Unit::Share,
        meaning: "registrations within 30 s of another's in the same cell / registrations with a cell",
        source: "FEATURES: synchrony; CN113660721A",
        fed_by: "all that name registrations and cells",
        absent: "no registration with a cell",
    },
    Definition {
        name: "synchrony_company",
        unit: Unit::Count,
        meaning: "others with whom it registered so at least twice",
        source: "FEATURES: how often with the same others",
        fed_by: "all that name registrations and cells",
        absent: "no registration with a cell",
    },
];

/// Fills the group's values into the profiles of one window.
pub(super) fn fill(profiles: &mut [Profile]) {
    let users = users_of_devices(profiles);
    let neighbours = neighbours(profiles);
    let callers = callers_in_cells(profiles);
    let company = company(profiles);
    for (index, profile) in profiles.iter_mut().enumerate() {
        let stays = profile.accumulator.device.stays();
        let most = stays.iter().filter_map(|stay| users.get(&stay.imei.device().to_bits())).max();
        profile.values.push(most.map_or(f64::NAN, |count| f64::from(*count)));
        let known = profile.main_cell().is_some() && !stays.is_empty();
        let near = neighbours.get(index).copied().unwrap_or(0);
        profile.values.push(if known { f64::from(near) } else { f64::NAN });
        let others = profile.main_cell().map(|cell| {
            let all = callers.get(&cell.place()).copied().unwrap_or(0);
            f64::from(all.saturating_sub(u32::from(calls_strangers(profile))))
        });
        profile.values.push(others.unwrap_or(f64::NAN));
        let (together, attaches, mates) = company.get(index).copied().unwrap_or_default();
        profile.values.push(share(together, attaches));
        profile.values.push(if attaches > 0 { f64::from(mates) } else { f64::NAN });
    }
}

/// Different subscribers by device.
fn users_of_devices(profiles: &[Profile]) -> Map<u64, u32> {
    let mut pairs: Vec<(u64, Imsi)> = profiles
        .iter()
        .flat_map(|profile| {
            let stays = profile.accumulator.device.stays().iter();
            stays.filter(|stay| !stay.imei.is_zero()).map(|stay| (stay.imei.device().to_bits(), profile.imsi))
        })
        .collect();
    pairs.sort_unstable();
    pairs.dedup();
    let mut users = Map::default();
    for (device, _) in pairs {
        *users.entry(device).or_insert(0u32) += 1;
    }
    users
}

/// For each profile, the devices next to its own in serial and place.
fn neighbours(profiles: &[Profile]) -> Vec<u32> {
    let mut devices: Vec<(Imei, CellId, usize)> = Vec::new();
    for (index, profile) in profiles.iter().enumerate() {
        if let (Some(imei), Some(cell)) = (profile.accumulator.device.main(), profile.main_cell()) {
            devices.push((imei, cell, index));
        }
    }
    devices.sort_unstable_by_key(|(imei, _, index)| (imei.device(), *index));
    let mut near = vec![0u32; profiles.len()];
    for (at, (imei, cell, index)) in devices.iter().enumerate() {
        let close = |other: &&(Imei, CellId, usize)| {
            other.0.tac() == imei.tac() && other.0.serial().abs_diff(imei.serial()) <= NEIGHBOUR_SERIALS
        };
        let mut found: Vec<u64> = Vec::new();
        let before = devices.iter().take(at).rev().take_while(close);
        let after = devices.iter().skip(at + 1).take_while(close);
        for (other, place_of_other, _) in before.chain(after) {
            if other.device() != imei.device() && place_of_other.place() == cell.place() {
                found.push(other.device().to_bits());
            }
        }
        found.sort_unstable();
        found.dedup();
        if let Some(count) = near.get_mut(*index) {
            *count = found.len() as u32;
        }
    }
    near
}

fn calls_strangers(profile: &Profile) -> bool {
    let calls = &profile.accumulator.calls;
    let (outgoing, incoming) = (calls.outgoing(), calls.incoming());
    let (least, different, inbound) = STRANGERS;
    outgoing >= least
        && f64::from(calls.callees()) >= different * f64::from(outgoing)
        && f64::from(incoming) <= inbound * f64::from(outgoing + incoming)
}

fn callers_in_cells(profiles: &[Profile]) -> Map<PlaceKey, u32> {
    let mut callers = Map::default();
    for profile in profiles.iter().filter(|profile| calls_strangers(profile)) {
        if let Some(cell) = profile.main_cell() {
            *callers.entry(cell.place()).or_insert(0u32) += 1;
        }
    }
    callers
}

/// For each profile: registrations in company, registrations with a cell, others met so at least twice.
fn company(profiles: &[Profile]) -> Vec<(u32, u32, u32)> {
    let mut attaches = Vec::new();
    for (index, profile) in profiles.iter().enumerate() {
        for attach in profile.accumulator.registration.attaches() {
            if let Some(cell) = attach.cell {
                attaches.push((cell.place(), attach.time, index));
            }
        }
    }
    attaches.sort_unstable();
    let mut result = vec![(0u32, 0u32, 0u32); profiles.len()];
    let mut meetings: Vec<(usize, usize)> = Vec::new();
    for (at, (cell, time, index)) in attaches.iter().enumerate() {
        let close = |other: &&((_, _, _), i64, usize)| other.0 == *cell && other.1.abs_diff(*time) <= SYNCHRONY as u64;
        let before = attaches.iter().take(at).rev().take_while(close);
        let after = attaches.iter().skip(at + 1).take_while(close);
        let others: Vec<usize> =
            before.chain(after).map(|other| other.2).filter(|other| other != index).take(CROWD).collect();
        if let Some((together, all, _)) = result.get_mut(*index) {
            *all += 1;
            *together += u32::from(!others.is_empty() && others.len() < CROWD);
        }
        if others.len() < CROWD {
            let mut others = others;
            others.sort_unstable();
            others.dedup();
            meetings.extend(others.into_iter().map(|other| (*index, other)));
        }
    }
    meetings.sort_unstable();
    for pair in meetings.chunk_by(|a, b| a == b).filter(|pair| pair.len() >= 2) {
        if let Some((_, _, mates)) = pair.first().and_then(|(index, _)| result.get_mut(*index)) {
            *mates += 1;
        }
    }
    result
}
