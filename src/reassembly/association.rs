//! One direction of an SCTP association: what of it was seen, and which fragments wait.

use super::tsn::TsnWindow;
use super::{Carrier, Flow, Origin, Sink};
use crate::frame::{Data, Place, Space};
use std::collections::BTreeMap;
use std::net::IpAddr;
use std::ops::RangeInclusive;

/// Fragments that wait in one direction of an association.
const MAX_FRAGMENTS_EACH: usize = 1024;
/// Synthetic traffic has small tags, the same for all associations. A real one is random (RFC 9260 §5.3.1).
const LOWEST_RANDOM_TAG: u32 = 1 << 16;

/// One direction of an association.
#[derive(Default)]
pub(super) struct Association {
    pub(super) window: TsnWindow,
    /// Where the receiver can be reached, if it told.
    homes: Vec<IpAddr>,
    /// Waiting fragments.
    fragments: BTreeMap<Place, Fragment>,
}

pub(super) struct Fragment {
    beginning: bool,
    ending: bool,
    /// What all fragments of a message have in common.
    message: Message,
    ppid: u32,
    cut: bool,
    pub(super) origin: Origin,
    pub(super) octets: Box<[u8]>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
struct Message {
    stream: u16,
    sequence: u16,
    unordered: bool,
    /// Of DATA; the parts of I-DATA other than the first have none.
    ppid: u32,
}

impl Fragment {
    pub(super) fn new(data: &Data<'_>, cut: bool, origin: &Origin) -> Self {
        let is_data = data.place.space == Space::Association;
        Self {
            beginning: data.beginning,
            ending: data.ending,
            message: Message {
                stream: data.stream,
                // §3.3.1: without meaning where U is set
                sequence: if data.unordered { 0 } else { data.stream_sequence },
                unordered: data.unordered,
                ppid: if is_data { data.ppid } else { 0 },
            },
            ppid: data.ppid,
            cut,
            origin: *origin,
            octets: data.payload.into(),
        }
    }
}

impl Association {
    /// One that begins, of which the receiver's addresses are known, or none.
    pub(super) fn reachable_at(homes: Vec<IpAddr>) -> Self {
        Self { homes, ..Self::default() }
    }

    /// Whether the receiver told this address.
    pub(super) fn is_reachable_at(&self, address: &IpAddr) -> bool {
        self.homes.contains(address)
    }

    /// Whether DATA to another address of the receiver is of this association: it told the address, or the tag is
    /// one that no other association has by chance, and the TSN follows.
    pub(super) fn accepts(&self, dst: IpAddr, tag: u32, tsn: u32) -> bool {
        self.is_reachable_at(&dst) || (tag >= LOWEST_RANDOM_TAG && self.window.is_near(tsn))
    }

    /// Keeps a fragment, and gives back the one that was in its place.
    pub(super) fn keep(&mut self, place: Place, fragment: Fragment) -> Option<Fragment> {
        self.fragments.insert(place, fragment)
    }

    /// The fragments that wait.
    pub(super) fn waiting(&self) -> impl Iterator<Item = &Fragment> {
        self.fragments.values()
    }

    /// Gives up a fragment, if it is the one that came at this time.
    pub(super) fn give_up(&mut self, place: Place) -> Option<Fragment> {
        self.fragments.remove(&place)
    }

    /// Whether a fragment waits since this time.
    pub(super) fn waits_since(&self, place: Place, time: i64) -> bool {
        self.fragments.get(&place).is_some_and(|fragment| fragment.origin.time == time)
    }

    /// The oldest fragment, where there are too many.
    pub(super) fn surplus(&mut self) -> Option<Fragment> {
        if self.fragments.len() <= MAX_FRAGMENTS_EACH {
            return None;
        }
        let (place, _) = self.fragments.iter().min_by_key(|(_, fragment)| fragment.origin.arrival)?;
        let place = *place;
        self.fragments.remove(&place)
    }

    /// The fragments of DATA that its sender gives up (RFC 3758 §3.2).
    pub(super) fn forward(&mut self, tsn: u32) -> Vec<Fragment> {
        let is_behind =
            |place: &Place| place.space == Space::Association && tsn.wrapping_sub(place.number) <= u32::MAX / 2;
        let all = Space::Association;
        self.take(Place { space: all, number: 0 }..=Place { space: all, number: u32::MAX }, is_behind)
    }

    /// The fragments of I-DATA that its sender gives up: those of this message and of those before it in its stream
    /// (RFC 8260 §2.3.1).
    pub(super) fn forward_stream(&mut self, last: Space) -> Vec<Fragment> {
        let Space::Message { stream, unordered, message } = last else { return Vec::new() };
        let is_behind = |place: &Place| match place.space {
            Space::Message { message: number, .. } => message.wrapping_sub(number) <= u32::MAX / 2,
            Space::Association => false,
        };
        let at = |message, number| Place { space: Space::Message { stream, unordered, message }, number };
        self.take(at(0, 0)..=at(u32::MAX, u32::MAX), is_behind)
    }

    fn take(&mut self, places: RangeInclusive<Place>, which: impl Fn(&Place) -> bool) -> Vec<Fragment> {
        let places: Vec<Place> = self.fragments.range(places).map(|(place, _)| *place).filter(which).collect();
        places.iter().filter_map(|place| self.fragments.remove(place)).collect()
    }

    /// The first place and the number of fragments of the message to which `place` belongs, where all are there.
    pub(super) fn complete(&self, place: Place) -> Option<(Place, usize)> {
        let fragment = self.fragments.get(&place)?;
        let next = Place { number: place.number.wrapping_add(1), ..place };
        // fragments come in order, mostly: then the next is not there, and the walk is not worth it
        if !fragment.ending && !self.fragments.contains_key(&next) {
            return None;
        }
        let belongs = |part: &Fragment| part.message == fragment.message;
        let mut number = place.number;
        let mut first = None;
        for (at, part) in self.backwards(place) {
            if at.number != number || !belongs(part) || (part.ending && *at != place) {
                return None;
            }
            if part.beginning {
                first = Some(*at);
                break;
            }
            number = number.wrapping_sub(1);
        }
        let first = first?;
        number = place.number;
        for (at, part) in self.forwards(place) {
            if at.number != number || !belongs(part) || (part.beginning && *at != first) {
                return None;
            }
            if part.ending {
                let count = number.wrapping_sub(first.number) as usize;
                return Some((first, count.saturating_add(1)));
            }
            number = number.wrapping_add(1);
        }
        None
    }

    /// The fragments of a space from a place on, over the end of the numbers.
    fn forwards(&self, place: Place) -> impl Iterator<Item = (&Place, &Fragment)> {
        let at = |number| Place { number, ..place };
        self.fragments.range(place..=at(u32::MAX)).chain(self.fragments.range(at(0)..place))
    }

    /// The same the other way.
    fn backwards(&self, place: Place) -> impl Iterator<Item = (&Place, &Fragment)> {
        let at = |number| Place { number, ..place };
        let behind = (std::ops::Bound::Excluded(place), std::ops::Bound::Included(at(u32::MAX)));
        self.fragments.range(at(0)..=place).rev().chain(self.fragments.range(behind).rev())
    }

    /// Delivers a message; gives back how many octets it held, and how many of its fragments were whole. A cut
    /// fragment ends the message: what follows the hole can't be placed.
    pub(super) fn join(&mut self, flow: Flow, first: Place, count: usize, sink: &mut Sink<'_>) -> (usize, u64) {
        let mut place = first;
        let mut parts = Vec::with_capacity(count);
        for _ in 0..count {
            parts.extend(self.fragments.remove(&place));
            place.number = place.number.wrapping_add(1);
        }
        let Some(head) = parts.first() else {
            return (0, 0);
        };
        let carrier = Carrier::Sctp { ppid: head.ppid, stream: head.message.stream };
        let start = sink.out.assembled.len();
        let mut truncated = false;
        for part in &parts {
            sink.out.assembled.extend_from_slice(&part.octets);
            if part.cut {
                truncated = true;
                break;
            }
        }
        let origins = parts.iter().map(|part| part.origin);
        sink.joined(start, origins, flow, carrier, truncated);
        let octets = parts.iter().map(|part| part.octets.len());
        let uncut = parts.iter().filter(|part| !part.cut).count();
        (octets.fold(0, usize::saturating_add), uncut as u64)
    }
}
