//! Cells and who is in them: callers of strangers, users of one's own kind, users calling where one calls.
//!
//! Many cards of one behaviour in one cell are what a farm cannot avoid without as many places as cards.

use super::{Map, Rows};
use crate::feature::definition::definitions;
use crate::feature::place::Place;
use crate::feature::{Definition, Profile, share};

/// Who counts as calling strangers: so many calls, so many of them to different numbers, so few coming in.
const STRANGERS: (u32, f64, f64) = (5, 0.7, 0.2);

const ABSENT: &str = "no message named a cell";
const KOUAM: &str = "Kouam et al. 2024: users making calls in the same cell";

pub(super) const DEFINITIONS: &[Definition] = definitions! {
    "cell_callers" Count:
        "others with the same main cell who call strangers (5 calls, 70 % different, 20 % incoming at most)",
        says "its cell holds {} other caller{s} of strangers",
        from KOUAM, needs [Cell, CallsOut, CallsIn], absent ABSENT;
    "cell_users" Count: "others with the same main cell",
        says "its cell holds {} other subscriber{s}", from KOUAM, needs [Cell], absent ABSENT;
    "cell_alike" Count:
        "others with the same main cell and the same kind (classes of calls out, calls in, new numbers, messages, data, cells)",
        says "its cell holds {} other{s} who behave alike",
        from KOUAM, needs [Cell, CallsOut], absent "no message named a cell, or no call or message";
    "cell_alike_excess" Ratio: "logarithm to base 2 of the share of its kind in its cell over that in the population",
        says "its behaviour is {times} as common in its cell as elsewhere",
        from KOUAM, needs [Cell, CallsOut], absent "no message named a cell, or no call or message";
    "cell_call_users" Count: "mean over its outgoing calls of the subscribers with outgoing calls in the same cell",
        says "called from cells in which {} other{s} call",
        from KOUAM, needs [Cell, CallsOut], absent "no outgoing call with a cell";
};

/// 0, then doublings: the class of a count.
fn class(count: u32) -> u32 {
    count.checked_ilog2().map_or(0, |log| log.saturating_add(1).min(7))
}

/// The kind of a subscriber by what it does: classes, three bits each; none for one who does nothing.
fn kind(profile: &Profile) -> Option<u32> {
    let of = &profile.accumulator;
    let calls = of.calls.get();
    let [out, incoming, sent, received] = profile.traffic();
    if profile.traffic() == [0; 4] {
        return None;
    }
    let different = calls
        .filter(|calls| calls.outgoing() > 0)
        .map_or(0, |calls| 1 + (calls.callees() / f64::from(calls.outgoing()) * 3.0).clamp(0.0, 3.0) as u32);
    let data = of.data.get().map_or(0, |data| class(data.starts()).min(3));
    let moves = class(of.place.get().map_or(0, Place::moves_kept) as u32).min(3);
    let classes = [class(out), class(incoming), different, class(sent).min(3), class(received).min(3), data, moves];
    Some(classes.into_iter().fold(0, |kind, class| kind << 3 | class))
}

fn calls_strangers(profile: &Profile) -> bool {
    let Some(calls) = profile.accumulator.calls.get() else { return false };
    let (outgoing, incoming) = (calls.outgoing(), calls.incoming());
    let (least, different, inbound) = STRANGERS;
    outgoing >= least
        && calls.callees() >= different * f64::from(outgoing)
        && f64::from(incoming) <= inbound * (f64::from(outgoing) + f64::from(incoming))
}

/// Users of a cell, and those of them who call strangers.
#[derive(Default)]
struct Cell {
    users: u32,
    callers: u32,
}

pub(super) fn measure(profiles: &[Profile]) -> Rows<5> {
    let mut cells: Map<u64, Cell> = Map::default();
    let mut kinds: Map<u32, u32> = Map::default();
    let mut in_cells: Map<(u64, u32), u32> = Map::default();
    let mut calling: Map<u64, u32> = Map::default();
    let mut all = 0u32;
    let about: Vec<(u64, Option<u32>, bool)> =
        profiles.iter().map(|profile| (profile.main_spot().place(), kind(profile), calls_strangers(profile))).collect();
    for (profile, (place, kind, strangers)) in profiles.iter().zip(&about) {
        all = all.saturating_add(1);
        if let Some(kind) = kind {
            *kinds.entry(*kind).or_default() += 1;
        }
        if *place != 0 {
            let cell = cells.entry(*place).or_default();
            cell.users += 1;
            cell.callers += u32::from(*strangers);
            if let Some(kind) = kind {
                *in_cells.entry((*place, *kind)).or_default() += 1;
            }
        }
        for (place, _) in profile.accumulator.calls.get().into_iter().flat_map(|calls| calls.places()) {
            *calling.entry(place).or_default() += 1;
        }
    }
    let row = |(profile, (place, kind, strangers)): (&Profile, &(u64, Option<u32>, bool))| {
        let here = cells.get(place);
        let others = |count: u32, oneself: u32| f64::from(count.saturating_sub(oneself));
        let (mut alike, mut excess) = (f64::NAN, f64::NAN);
        if let (Some(cell), Some(kind)) = (here, kind) {
            let same = in_cells.get(&(*place, *kind)).copied().unwrap_or(1);
            let everywhere = kinds.get(kind).copied().unwrap_or(1);
            alike = others(same, 1);
            let (in_cell, in_all) = (f64::from(same) / f64::from(cell.users), f64::from(everywhere) / f64::from(all));
            excess = (in_cell / in_all).log2();
        }
        let (mut users, mut calls) = (0.0, 0.0);
        for (place, count) in profile.accumulator.calls.get().into_iter().flat_map(|calls| calls.places()) {
            users += f64::from(count) * others(calling.get(&place).copied().unwrap_or(1), 1);
            calls += f64::from(count);
        }
        [
            here.map_or(f64::NAN, |cell| others(cell.callers, u32::from(*strangers))),
            here.map_or(f64::NAN, |cell| others(cell.users, 1)),
            alike,
            excess,
            share(users, calls),
        ]
    };
    profiles.iter().zip(&about).map(row).collect()
}
