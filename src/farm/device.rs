//! The devices of a farm: IMEIs of one model with neighbouring serials in one place are the slots of one box.

use super::Subject;
use crate::feature::NEIGHBOUR_SERIALS;
use crate::identity::{CellId, Digits, Imei, Imsi, PlaceKey, Tac};
use std::collections::{BTreeMap, BTreeSet};

/// So many slots make a gateway or a pool; fewer are phones.
const BOX_SLOTS: usize = 4;

/// A guess at what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeviceKind {
    /// Many slots that call.
    VoiceGateway,
    /// Many slots that only receive messages.
    ModemPool,
    /// One or a few slots that cards take turns on.
    Phone,
}

impl DeviceKind {
    /// The word in records.
    pub fn name(self) -> &'static str {
        match self {
            Self::VoiceGateway => "voice_gateway",
            Self::ModemPool => "modem_pool",
            Self::Phone => "phone",
        }
    }
}

/// One device of a farm.
#[derive(Debug, Clone, PartialEq)]
pub struct Device {
    /// What it probably is.
    pub kind: DeviceKind,
    /// Its farm.
    pub farm: usize,
    /// The identities of its slots, as they were last named.
    pub imeis: Vec<Imei>,
    /// The cards that were in it.
    pub imsis: Vec<Imsi>,
    /// Where it was.
    pub cells: Vec<CellId>,
    /// First seen, nanoseconds since 1970.
    pub first_seen: i64,
    /// Last seen.
    pub last_seen: i64,
    /// Mean score of its cards.
    pub score: f64,
}

#[derive(Default)]
struct Slot {
    imei: Option<Imei>,
    cell: Option<CellId>,
    cards: BTreeMap<Imsi, f64>,
    first: Option<i64>,
    last: Option<i64>,
    calls: u32,
}

type SlotKey = (Tac, Option<PlaceKey>, u32, Digits);

/// The devices of the subjects at `group`.
pub(super) fn devices(subjects: &[Subject], group: &[usize], farm: usize) -> Vec<Device> {
    let mut slots: BTreeMap<SlotKey, Slot> = BTreeMap::new();
    for subject in group.iter().filter_map(|index| subjects.get(*index)) {
        let cell = subject.profile.main_cell();
        for stay in subject.profile.stays() {
            let key = (stay.imei.tac(), cell.map(CellId::place), stay.imei.serial(), stay.imei.device());
            let slot = slots.entry(key).or_default();
            slot.imei = Some(stay.imei);
            slot.cell = slot.cell.or(cell);
            slot.cards.insert(subject.profile.imsi, subject.score.probability);
            slot.first = Some(slot.first.map_or(stay.first().time(), |first| first.min(stay.first().time())));
            slot.last = Some(slot.last.map_or(stay.last().time(), |last| last.max(stay.last().time())));
            slot.calls = slot.calls.saturating_add(subject.profile.calls_out());
        }
    }
    let slots: Vec<(SlotKey, Slot)> = slots.into_iter().collect();
    let one_box = |a: &(SlotKey, Slot), b: &(SlotKey, Slot)| {
        let ((tac, cell, serial, _), (other_tac, other_cell, other, _)) = (a.0, b.0);
        tac == other_tac && cell == other_cell && other.abs_diff(serial) <= NEIGHBOUR_SERIALS
    };
    slots.chunk_by(one_box).map(|slots| device(slots, farm)).collect()
}

fn device(slots: &[(SlotKey, Slot)], farm: usize) -> Device {
    let each = || slots.iter().map(|(_, slot)| slot);
    let cards: BTreeMap<Imsi, f64> = each().flat_map(|slot| slot.cards.clone()).collect();
    let cells: BTreeSet<CellId> = each().filter_map(|slot| slot.cell).collect();
    let calls: u32 = each().fold(0, |sum, slot| sum.saturating_add(slot.calls));
    let kind = match (slots.len() >= BOX_SLOTS, calls > 0) {
        (true, true) => DeviceKind::VoiceGateway,
        (true, false) => DeviceKind::ModemPool,
        (false, _) => DeviceKind::Phone,
    };
    Device {
        kind,
        farm,
        imeis: each().filter_map(|slot| slot.imei).collect(),
        score: cards.values().sum::<f64>() / (cards.len() as f64).max(1.0),
        imsis: cards.into_keys().collect(),
        cells: cells.into_iter().collect(),
        first_seen: each().filter_map(|slot| slot.first).min().unwrap_or(0),
        last_seen: each().filter_map(|slot| slot.last).max().unwrap_or(0),
    }
}
