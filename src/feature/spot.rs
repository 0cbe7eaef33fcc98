//! A sighting in few octets: when, in which frame, in which cell.

use super::sample::{Key, mix};
use crate::event::{Event, Source};
use crate::identity::{CellId, CellKind, Name, Plmn};

/// A cell, or none, in twelve octets.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub struct Spot {
    /// From the top: one where there is a cell; kind; cell known; area known; digits of the network code less two;
    /// country and network code; the highest bits of the cell.
    head: u32,
    area: u32,
    cell: u32,
}

const KINDS: [CellKind; 6] =
    [CellKind::Cgi, CellKind::Sai, CellKind::Lai, CellKind::Ecgi, CellKind::Tai, CellKind::Ncgi];

impl Spot {
    /// The cell.
    pub fn cell(self) -> Option<CellId> {
        if self.head >> 31 == 0 {
            return None;
        }
        let bit = |place: u32| self.head >> place & 1 == 1;
        let number = |place: u32| (self.head >> place & 0x3ff) as u16;
        let plmn = Plmn::new(number(14), number(4), 2 + u8::from(bit(24)))?;
        let cell = u64::from(self.head & 0xf) << 32 | u64::from(self.cell);
        Some(CellId {
            plmn,
            area: bit(26).then_some(self.area),
            cell: bit(27).then_some(cell),
            kind: KINDS.get((self.head >> 28 & 7) as usize).copied()?,
        })
    }

    /// True for a single cell.
    pub(super) fn is_cell(self) -> bool {
        self.head >> 27 & 1 == 1
    }

    /// A number for its place, equal for all names of one place and different for different ones; 0 for none.
    pub fn place(self) -> u64 {
        const PLMN: u32 = 0x01ff_fff0;
        if self.head >> 31 == 0 {
            return 0;
        }
        let wide = KINDS.get((self.head >> 28 & 7) as usize).is_some_and(|kind| kind.is_wide());
        let area = if self.head >> 26 & 1 == 1 && !wide { u64::from(self.area).wrapping_add(1) } else { 0 };
        let cell =
            if self.is_cell() { (u64::from(self.head & 0xf) << 32 | u64::from(self.cell)).wrapping_add(1) } else { 0 };
        mix(mix(u64::from(self.head & PLMN) << 32 ^ area) ^ cell) | 1
    }
}

impl From<CellId> for Spot {
    fn from(cell: CellId) -> Self {
        let kind = KINDS.iter().position(|kind| *kind == cell.kind).unwrap_or(0) as u32;
        let number = cell.cell.unwrap_or(0);
        let head = 1 << 31
            | kind << 28
            | u32::from(cell.cell.is_some()) << 27
            | u32::from(cell.area.is_some()) << 26
            | u32::from(cell.plmn.mnc_digits() == 3) << 24
            | u32::from(cell.plmn.mcc()) << 14
            | u32::from(cell.plmn.mnc()) << 4
            | (number >> 32) as u32 & 0xf;
        Self { head, area: cell.area.unwrap_or(0), cell: number as u32 }
    }
}

impl std::fmt::Debug for Spot {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.cell().fmt(f)
    }
}

impl Key for Spot {
    fn rank(self) -> u64 {
        self.place()
    }
}

/// When something was seen, and in which frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// Nanoseconds since 1970.
    pub time: i64,
    /// File (24 bits) and frame (40 bits).
    at: u64,
}

impl Moment {
    /// Of an event.
    pub fn of(event: &Event) -> Self {
        let Source { file, frame } = event.source;
        Self { time: event.time, at: u64::from(file) << 40 | frame & 0xff_ffff_ffff }
    }

    /// File and frame.
    pub fn source(self) -> Source {
        Source { file: (self.at >> 40) as u32, frame: self.at & 0xff_ffff_ffff }
    }
}

/// When, where and in which frame something was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sighting {
    /// When, in which frame.
    pub moment: Moment,
    /// The cell, where it was known.
    pub spot: Spot,
}

impl Sighting {
    /// Of an event.
    pub fn of(event: &Event) -> Self {
        Self { moment: Moment::of(event), spot: event.cell.map(Spot::from).unwrap_or_default() }
    }

    /// Nanoseconds since 1970.
    pub fn time(&self) -> i64 {
        self.moment.time
    }

    /// The cell, where it was known.
    pub fn cell(&self) -> Option<CellId> {
        self.spot.cell()
    }
}

/// Something that happened at a place, to the second: what is compared between subscribers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Visit {
    /// A number for the place.
    pub place: u32,
    /// Seconds since 1970.
    pub second: u32,
}

/// Seconds since 1970.
pub(super) fn second(time: i64) -> u32 {
    time.div_euclid(crate::time::SECOND).clamp(0, i64::from(u32::MAX)) as u32
}

/// Seconds since 1970 or none, in four octets.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Clock(u32);

impl Clock {
    /// At a time.
    pub(super) fn at(time: i64) -> Self {
        Self(second(time).saturating_add(1))
    }
    /// The second.
    pub(super) fn get(self) -> Option<u32> {
        self.0.checked_sub(1)
    }
    /// This, or the other where there is none.
    pub(super) fn or(self, other: Self) -> Self {
        if self.0 == 0 { other } else { self }
    }
    /// This, which is none from now on.
    pub(super) fn take(&mut self) -> Self {
        std::mem::take(self)
    }
}

/// Nanoseconds since 1970 or none, in eight octets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct FineClock(i64);

impl Default for FineClock {
    fn default() -> Self {
        Self(i64::MIN)
    }
}

impl FineClock {
    /// At a time.
    pub(super) fn at(time: i64) -> Self {
        Self(time)
    }
    /// The time.
    pub(super) fn get(self) -> Option<i64> {
        (self.0 != i64::MIN).then_some(self.0)
    }
    /// This, or the other where there is none.
    pub(super) fn or(self, other: Self) -> Self {
        if self.0 == i64::MIN { other } else { self }
    }
    /// This, which is none from now on.
    pub(super) fn take(&mut self) -> Self {
        std::mem::take(self)
    }
}

impl Visit {
    /// Of an event, at the place where the subscriber is.
    pub(super) fn new(time: i64, spot: Spot) -> Self {
        Self { place: (spot.place() >> 32) as u32, second: second(time) }
    }

    /// Of an event, under a node.
    pub(super) fn under(time: i64, node: Name) -> Self {
        use std::hash::BuildHasher;

        let hash = foldhash::fast::FixedState::with_seed(2).hash_one(node);
        Self { place: (hash >> 32) as u32 | 1, second: second(time) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn nothing_of_a_cell_is_lost(
            mcc in 0u16..1000, mnc in 0u16..100, digits in 2u8..=3,
            area in prop::option::of(0u32..1 << 24), cell in prop::option::of(0u64..1 << 36), kind in 0usize..6,
        ) {
            let cell = CellId { plmn: Plmn::new(mcc, mnc, digits).unwrap(), area, cell, kind: KINDS[kind] };
            prop_assert_eq!(Spot::from(cell).cell(), Some(cell));
        }
    }

    #[test]
    fn a_place_has_one_number() {
        let cell: CellId = CellId::parse("001-01-7-99", CellKind::Ecgi).unwrap();
        let bare = CellId { area: None, ..cell };
        assert_eq!(Spot::from(cell).place(), Spot::from(bare).place());
        assert_ne!(Spot::from(cell).place(), Spot::from(CellId { kind: CellKind::Cgi, ..cell }).place());
        assert_eq!((Spot::default().place(), Spot::default().cell()), (0, None));
    }
}
