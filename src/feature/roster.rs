//! Subscribers of a window by IMSI, close together: a table of places, and chunks that never move.
//!
//! A box for each would be rounded up by the allocator, and one list would be copied whenever it grows.

use crate::identity::Imsi;
use hashbrown::HashTable;
use std::hash::BuildHasher;

/// Entries of one chunk.
const CHUNK: usize = 256;

/// One `T` for each IMSI.
#[derive(Debug)]
pub(super) struct Roster<T> {
    places: HashTable<u32>,
    chunks: Vec<Vec<(Imsi, T)>>,
}

impl<T> Default for Roster<T> {
    fn default() -> Self {
        Self { places: HashTable::new(), chunks: Vec::new() }
    }
}

fn hash(imsi: Imsi) -> u64 {
    foldhash::fast::FixedState::default().hash_one(imsi.to_bits())
}

fn at<T>(chunks: &[Vec<(Imsi, T)>], place: u32) -> Option<&(Imsi, T)> {
    let place = place as usize;
    chunks.get(place / CHUNK)?.get(place % CHUNK)
}

impl<T: Default> Roster<T> {
    /// The entry of an IMSI, which is made where there is room for `capacity`; `None` where there is not.
    pub(super) fn entry(&mut self, imsi: Imsi, capacity: usize) -> Option<&mut T> {
        let Self { places, chunks } = self;
        let hash_of = |place: &u32| at(chunks, *place).map_or(0, |(imsi, _)| hash(*imsi));
        let known = places.find(hash(imsi), |place| at(chunks, *place).is_some_and(|(known, _)| *known == imsi));
        let place = match known {
            Some(place) => *place,
            None if places.len() >= capacity => return None,
            None => {
                let place = places.len() as u32;
                places.insert_unique(hash(imsi), place, hash_of);
                if (place as usize).is_multiple_of(CHUNK) {
                    chunks.push(Vec::with_capacity(CHUNK));
                }
                chunks.last_mut()?.push((imsi, T::default()));
                place
            }
        };
        let place = place as usize;
        chunks.get_mut(place / CHUNK)?.get_mut(place % CHUNK).map(|(_, entry)| entry)
    }

    /// Takes all out, by IMSI.
    pub(super) fn drain(&mut self) -> impl Iterator<Item = (Imsi, T)> {
        let Self { places, mut chunks } = std::mem::take(self);
        drop(places);
        let mut order: Vec<(Imsi, u32)> = chunks.iter().flatten().map(|(imsi, _)| *imsi).zip(0..).collect();
        order.sort_unstable();
        order.into_iter().filter_map(move |(imsi, place)| {
            let place = place as usize;
            let (_, entry) = chunks.get_mut(place / CHUNK)?.get_mut(place % CHUNK)?;
            Some((imsi, std::mem::take(entry)))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybody_is_found_again_and_comes_out_in_order() {
        let imsi = |number: u64| format!("00101{:010}", number * 7919 % 10_007).parse::<Imsi>().unwrap();
        let mut roster = Roster::<u64>::default();
        for round in 1..=2 {
            for number in 0..2000 {
                *roster.entry(imsi(number), 2000).unwrap() += number * round;
            }
        }
        assert_eq!(roster.entry(imsi(2000), 2000), None);
        assert_eq!(roster.entry(imsi(7), 2000), Some(&mut 21));
        let all: Vec<(Imsi, u64)> = roster.drain().collect();
        assert!(all.is_sorted() && all.len() == 2000);
        assert_eq!(all.iter().map(|(_, sum)| sum).sum::<u64>(), 3 * (0..2000).sum::<u64>());
        assert_eq!(roster.drain().count(), 0);
    }
}
