//! Group: what a subscriber has in common with others in the same window.
//!
//! Computed over the whole population without comparing everybody with everybody: what is compared is sorted or put in
//! buckets (device, serial, IMSI, cell, moment, party), and a bucket in which there are more than a bound tells nothing
//! (a mast that comes back, a number that everybody calls). So the work grows with the events kept, not with their square.

mod cells;
mod company;
mod devices;
mod meetings;
mod neighbours;
mod odds;
mod parties;

pub use company::meet;

use super::{Definition, Profile};
use hashbrown::HashMap;

type Map<K, V> = HashMap<K, V, foldhash::fast::FixedState>;

/// Devices of one model whose serials are this close are neighbours.
pub const NEIGHBOUR_SERIALS: u32 = 64;

/// A few values for each profile, in the order of the definitions that they belong to.
type Rows<const N: usize> = Vec<[f64; N]>;

/// All families with their titles, in the order in which [`fill`] gives the values.
pub(super) fn families() -> [(&'static str, &'static [Definition]); 7] {
    [
        ("Group: devices", devices::DEFINITIONS),
        ("Group: neighbouring cards", neighbours::DEFINITIONS),
        ("Group: cells", cells::DEFINITIONS),
        ("Group: meetings", meetings::DEFINITIONS),
        ("Group: parties", parties::DEFINITIONS),
        ("Group: odds", odds::DEFINITIONS),
        ("Group: company", company::DEFINITIONS),
    ]
}

/// Fills the group's values into the profiles of one window, which are sorted by IMSI.
pub(super) fn fill(profiles: &mut [Profile]) {
    append(profiles, &devices::measure(profiles));
    append(profiles, &neighbours::measure(profiles));
    append(profiles, &cells::measure(profiles));
    append(profiles, &meetings::measure(profiles));
    append(profiles, &parties::measure(profiles));
    append(profiles, &odds::measure(profiles));
    append(profiles, &company::unknown(profiles));
}

fn append<const N: usize>(profiles: &mut [Profile], rows: &Rows<N>) {
    for (profile, row) in profiles.iter_mut().zip(rows) {
        profile.values.extend(row);
    }
}

/// Groups of neighbours in a sorted list that have the same key.
fn buckets<T, K: PartialEq>(sorted: &[T], key: impl Fn(&T) -> K) -> impl Iterator<Item = &[T]> {
    sorted.chunk_by(move |a, b| key(a) == key(b))
}

/// Different subscribers among the places of profiles in a list. Two parts of one subscriber stand next to each other.
fn subscribers(profiles: &[Profile], mut places: Vec<usize>) -> u32 {
    places.sort_unstable();
    let imsi = |place: &usize| profiles.get(*place).map(|profile| profile.imsi);
    places.dedup_by_key(|place| imsi(place));
    places.len() as u32
}
