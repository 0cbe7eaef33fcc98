//! When and where a subscriber was seen doing something, the first times, in three octets for most.
//!
//! Octets: how many visits; for each the seconds since the one before (a base 128 number, lowest digits first, the high
//! bit set on all but the last), then where: 0 and four octets for a new place, else how many visits ago it was there.

use super::Visit;

/// The first visits: `N` of them, 255 at most.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Visits<const N: usize>(Box<[u8]>);

impl<const N: usize> Visits<N> {
    /// One more, while there is room.
    pub(super) fn push(&mut self, visit: Visit) {
        if self.len() >= N {
            return;
        }
        let mut known = self.iter();
        known.by_ref().for_each(drop);
        let Walk { count, places, second, .. } = known;
        let before = places.get(..count).unwrap_or_default();
        let mut more = [0u8; 10];
        let mut length = 0;
        let mut put = |octet: u8| {
            more.iter_mut().skip(length).take(1).for_each(|place| *place = octet);
            length = length.saturating_add(1);
        };
        // A visit that is late goes all the way round.
        let mut rest = visit.second.wrapping_sub(second);
        while rest > 0x7f {
            put(rest as u8 | 0x80);
            rest >>= 7;
        }
        put(rest as u8);
        match before.iter().rev().position(|place| *place == visit.place) {
            Some(ago) => put(ago.saturating_add(1) as u8),
            None => [0].into_iter().chain(visit.place.to_le_bytes()).for_each(put),
        }
        let mut octets = std::mem::take(&mut self.0).into_vec();
        octets.reserve_exact(length.saturating_add(usize::from(octets.is_empty())));
        match octets.first_mut() {
            Some(first) => *first = first.saturating_add(1),
            None => octets.push(1),
        }
        octets.extend(more.iter().take(length));
        self.0 = octets.into_boxed_slice();
    }

    /// Takes in those after.
    pub(super) fn merge(&mut self, later: &Self) {
        later.iter().for_each(|visit| self.push(visit));
    }

    /// How many are kept.
    pub(super) fn len(&self) -> usize {
        self.0.first().map_or(0, |count| usize::from(*count))
    }

    /// All of them, in time order.
    pub(super) fn iter(&self) -> Walk<'_, N> {
        Walk { octets: self.0.get(1..).unwrap_or_default(), count: 0, places: [0; N], second: 0 }
    }
}

impl<const N: usize> FromIterator<Visit> for Visits<N> {
    fn from_iter<T: IntoIterator<Item = Visit>>(visits: T) -> Self {
        let mut all = Self::default();
        visits.into_iter().for_each(|visit| all.push(visit));
        all
    }
}

/// A walk through visits.
pub(super) struct Walk<'v, const N: usize> {
    octets: &'v [u8],
    count: usize,
    places: [u32; N],
    second: u32,
}

impl<const N: usize> Walk<'_, N> {
    fn octet(&mut self) -> Option<u8> {
        let (first, rest) = self.octets.split_first()?;
        self.octets = rest;
        Some(*first)
    }
}

impl<const N: usize> Iterator for Walk<'_, N> {
    type Item = Visit;

    fn next(&mut self) -> Option<Visit> {
        let mut wait = 0u32;
        let mut shift = 0u32;
        loop {
            let octet = self.octet()?;
            wait |= u32::from(octet & 0x7f).checked_shl(shift)?;
            shift = shift.saturating_add(7);
            if octet < 0x80 {
                break;
            }
        }
        self.second = self.second.wrapping_add(wait);
        let place = match self.octet()? {
            0 => {
                let (place, rest) = self.octets.split_first_chunk()?;
                self.octets = rest;
                u32::from_le_bytes(*place)
            }
            ago => *self.places.get(self.count.checked_sub(usize::from(ago))?)?,
        };
        *self.places.get_mut(self.count)? = place;
        self.count = self.count.saturating_add(1);
        Some(Visit { place, second: self.second })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_first_visits_come_back(all in prop::collection::vec((0u32..5, any::<u32>()), 0..60)) {
            let visits: Vec<Visit> =
                all.iter().map(|(place, second)| Visit { place: place.wrapping_mul(0x9e37_79b9), second: *second }).collect();
            let kept: Visits<48> = visits.iter().copied().collect();
            let first: Vec<Visit> = visits.iter().copied().take(48).collect();
            prop_assert_eq!(kept.len(), first.len());
            prop_assert_eq!(kept.iter().collect::<Vec<_>>(), first);
        }
    }

    #[test]
    fn who_stays_takes_three_octets_for_a_visit() {
        let visits: Visits<48> =
            (0..20).map(|step| Visit { place: 7, second: 1_700_000_000 + step * 10_800 }).collect();
        assert_eq!((visits.len(), visits.0.len()), (20, 1 + 10 + 19 * 3));
    }
}
