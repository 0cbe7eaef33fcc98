//! Meetings: who registers, moves, comes in place of another, or uses data at the same place within moments of another.
//!
//! What happened is sorted by place and time; each is compared with those within seconds of it, up to a bound.

use super::Rows;
use crate::feature::definition::definitions;
use crate::feature::{Definition, Profile, Visit, share};

/// Registrations in one cell this close belong together.
const SYNCHRONY: u32 = 30;
/// Registrations under one node this close may be those of cards that travel together.
const ARRIVAL: u32 = 3;
/// Changes to one cell this close are made together.
const COMOVEMENT: u32 = 90;
/// A card that comes so soon after another went may have taken its slot.
const TURN: u32 = 120;
/// A data session that begins so close to a call may carry its other half.
const RELAY: u32 = 15;
/// In a moment with more than this (a mast that comes back) company tells nothing.
const CROWD: usize = 64;

const CN: &str = "CN113660721A: cards at one place switched on and off together";
const KOUAM: &str = "Kouam et al. 2024: pairs of slots that travel";
const RELAYS: &str = "reports of 2023 to 2026 on relays of two phones";

pub(super) const DEFINITIONS: &[Definition] = definitions! {
    "synchrony_share" Share: "registrations within 30 s of another's in the same cell / registrations with a cell",
        says "{} of its registrations were within 30 s of another's in the same cell",
        from CN, needs [Registers, Cell], absent "no registration with a cell";
    "synchrony_company" Count: "others with whom it registered so at least twice",
        says "registered repeatedly within 30 s of {} other{s} in the same cell",
        from CN, needs [Registers, Cell], absent "no registration with a cell";
    "register_company" Count: "others with whom it registered within 3 s under the same node at least twice (of the first 24)",
        says "registered repeatedly within 3 s of {} other{s} under the same node",
        from KOUAM, needs [Registers], absent "no registration under a known node";
    "register_main_share" Share:
        "registrations within 3 s of one of the other with whom that happens most, under the same node / registrations under a node (of the first 24)",
        says "{} of its registrations were within 3 s of those of one other",
        from KOUAM, needs [Registers], absent "no registration under a known node";
    "comove_share" Share: "changes to a cell within 90 s of another's change to it / changes of cell (of the first 24)",
        says "{} of its changes of cell were together with others",
        from KOUAM, needs [Cell], absent "no change of cell";
    "comove_company" Count: "others with whom it changed so at least twice",
        says "changed its cell repeatedly together with {} other{s}", from KOUAM, needs [Cell],
        absent "no change of cell";
    "comove_main_share" Share: "changes to a cell together with the one with whom it changes most / changes of cell (of the first 24)",
        says "{} of its changes of cell were together with one other",
        from KOUAM, needs [Cell], absent "no change of cell";
    "comove_mate_distance" Ratio:
        "how unlike the one with whom it changes most is: differences of calls out and in, messages sent and received as logarithms to base 2 (one added), summed",
        says "who moves with it has traffic {} doublings away from its own",
        from KOUAM, needs [Cell, CallsOut], absent "it never changed with one other at least twice";
    "turn_share" Share: "registrations within 120 s after another was switched off in the same cell / registrations with a cell",
        says "{} of its registrations came within 2 min after another left the cell",
        from "Kouam et al. 2024: cards that take turns in a slot", needs [Registers, Leaves, Cell],
        absent "no registration with a cell";
    "relay_share" Share: "outgoing calls within 15 s of the start of a data session of the other in the same cell with whom that happens most / outgoing calls with a cell (of the first 24)",
        says "{} of its calls came within 15 s of a data session of one other in the cell",
        from RELAYS, needs [CallsOut, Data, Cell], absent "no outgoing call with a cell";
    "call_company" Count: "others who began an outgoing call within 30 s of its own in the same cell at least twice",
        says "called repeatedly within 30 s of {} other{s} in the same cell",
        from "Kouam et al. 2024: round robin over the cards of a box", needs [CallsOut, Cell],
        absent "no outgoing call with a cell";
};

/// What happened: place, second, whose profile.
type Happening = (Visit, usize);

fn happenings<'p, V: Iterator<Item = Visit>>(profiles: &'p [Profile], of: impl Fn(&'p Profile) -> V) -> Vec<Happening> {
    let visits = |(index, profile): (usize, &'p Profile)| of(profile).map(move |visit| (visit, index));
    let mut all: Vec<Happening> = profiles.iter().enumerate().flat_map(visits).collect();
    all.retain(|(visit, _)| visit.place != 0);
    all.sort_unstable();
    all
}

/// What one profile shared with others.
#[derive(Debug, Clone, Copy, Default)]
struct Company {
    /// What happened to it.
    all: u32,
    /// Of that, what happened with others.
    together: u32,
    /// Others with whom it happened at least twice.
    mates: u32,
    /// The one with whom it happened most, and how often: the first of several.
    most: u32,
    main: Option<usize>,
}

/// Compares what happened to each with what happened to others at the same place, from `before` seconds earlier to
/// `after` seconds later.
fn company(profiles: &[Profile], mine: &[Happening], others: &[Happening], before: u32, after: u32) -> Vec<Company> {
    let imsi = |index: usize| profiles.get(index).map(|profile| profile.imsi);
    let mut result = vec![Company::default(); profiles.len()];
    let mut meetings: Vec<(usize, usize)> = Vec::new();
    let mut found: Vec<usize> = Vec::new();
    let mut from = 0usize;
    for (visit, index) in mine {
        let first = Visit { place: visit.place, second: visit.second.saturating_sub(before) };
        let last = Visit { place: visit.place, second: visit.second.saturating_add(after) };
        // Both lists are sorted alike: who came too early for this one did so for all after it.
        let skipped = others.iter().skip(from).take_while(|(other, _)| *other < first).count();
        from = from.saturating_add(skipped);
        let near = others.iter().skip(from).take_while(|(other, _)| *other <= last);
        found.clear();
        found.extend(near.map(|(_, other)| *other).filter(|other| imsi(*other) != imsi(*index)).take(CROWD));
        let Some(known) = result.get_mut(*index) else { continue };
        known.all = known.all.saturating_add(1);
        if found.is_empty() || found.len() >= CROWD {
            continue;
        }
        known.together = known.together.saturating_add(1);
        found.sort_unstable();
        found.dedup();
        meetings.extend(found.iter().map(|other| (*index, *other)));
    }
    meetings.sort_unstable();
    for pair in meetings.chunk_by(|a, b| a == b) {
        let known = pair.first().and_then(|(index, _)| result.get_mut(*index));
        if let Some(known) = known {
            known.mates = known.mates.saturating_add(u32::from(pair.len() >= 2));
            if pair.len() as u32 > known.most {
                known.most = pair.len() as u32;
                known.main = pair.first().map(|(_, other)| *other);
            }
        }
    }
    result
}

/// How unlike two subscribers are.
fn distance(a: &Profile, b: &Profile) -> f64 {
    let counts = a.traffic().into_iter().zip(b.traffic());
    counts.map(|(a, b)| ((f64::from(a) + 1.0) / (f64::from(b) + 1.0)).log2().abs()).sum()
}

pub(super) fn measure(profiles: &[Profile]) -> Rows<11> {
    let attaches = happenings(profiles, |profile| profile.attaches());
    let synchrony = company(profiles, &attaches, &attaches, SYNCHRONY, SYNCHRONY);
    let arrivals = happenings(profiles, |profile| profile.accumulator.registration.arrivals());
    let arrivals = company(profiles, &arrivals, &arrivals, ARRIVAL, ARRIVAL);
    let departures = happenings(profiles, |profile| profile.accumulator.registration.departures());
    let turns = company(profiles, &attaches, &departures, TURN, 0);
    let moves =
        happenings(profiles, |profile| profile.accumulator.place.get().into_iter().flat_map(|place| place.moves()));
    let movement = company(profiles, &moves, &moves, COMOVEMENT, COMOVEMENT);
    let calls =
        happenings(profiles, |profile| profile.accumulator.calls.get().into_iter().flat_map(|calls| calls.visits()));
    let data =
        happenings(profiles, |profile| profile.accumulator.data.get().into_iter().flat_map(|data| data.visits()));
    let relays = company(profiles, &calls, &data, RELAY, RELAY);
    let together = company(profiles, &calls, &calls, SYNCHRONY, SYNCHRONY);
    let row = |index: usize| {
        let of = |all: &[Company]| all.get(index).copied().unwrap_or_default();
        let count = |company: Company| if company.all > 0 { f64::from(company.mates) } else { f64::NAN };
        let (synchrony, turns, movement) = (of(&synchrony), of(&turns), of(&movement));
        let (arrivals, relays, together) = (of(&arrivals), of(&relays), of(&together));
        let mate =
            movement.main.filter(|_| movement.most >= 2).and_then(|mate| profiles.get(index).zip(profiles.get(mate)));
        [
            share(synchrony.together, synchrony.all),
            count(synchrony),
            count(arrivals),
            share(if arrivals.most >= 2 { arrivals.most.min(arrivals.all) } else { 0 }, arrivals.all),
            share(movement.together, movement.all),
            count(movement),
            share(movement.most, movement.all),
            mate.map_or(f64::NAN, |(profile, mate)| distance(profile, mate)),
            share(turns.together, turns.all),
            share(relays.most.min(relays.all), relays.all),
            count(together),
        ]
    };
    (0..profiles.len()).map(row).collect()
}
