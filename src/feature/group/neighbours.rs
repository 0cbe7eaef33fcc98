//! Neighbouring IMSIs: cards of one batch, at one place or that came up in one hour.

use super::{Map, Rows};
use crate::feature::definition::definitions;
use crate::feature::{Definition, Profile};

/// IMSIs this close are neighbours.
const NEAR: u64 = 32;
/// IMSIs this close come out of one lot.
const LOT: u64 = 8;
/// Seconds in which cards of one batch come up together.
const HOUR: u32 = 3600;

const MIIT: &str = "MIIT 2021 on cards activated in bulk";

pub(super) const DEFINITIONS: &[Definition] = definitions! {
    "imsi_neighbours" Count: "others whose IMSI is within 32 of its own, with the same main cell",
        says "its cell holds {} card{s} with IMSIs near its own",
        from MIIT, needs [Cell], absent "no message named a cell";
    "imsi_neighbours_new" Count: "others whose IMSI is within 32 of its own, first seen in the window within one hour of it",
        says "{} card{s} with IMSIs near its own came up within one hour of it",
        from MIIT, needs [Registers], absent "never: none is zero";
    "imsi_neighbours_model" Ratio:
        "logarithm to base 2 of the others whose IMSI is within 8 of its own and whose device is of the same model, over those that chance puts there (one added to each)",
        says "cards near its own in devices of its model are {times} as many as by chance",
        from MIIT, needs [Device], absent "no message named a device";
};

pub(super) fn measure(profiles: &[Profile]) -> Rows<3> {
    struct Card {
        number: u64,
        place: u64,
        first: u32,
        model: u64,
    }
    let model_of = |profile: &Profile| profile.main_device().map_or(0, |imei| imei.tac().to_bits());
    // The first part of each subscriber; profiles are in the order of IMSIs.
    let mut cards: Vec<(usize, Card)> = Vec::new();
    for (index, profile) in profiles.iter().enumerate() {
        let known =
            cards.last().and_then(|(last, _)| profiles.get(*last)).is_some_and(|last| last.imsi == profile.imsi);
        if !known {
            let number = profile.imsi.digits().value().unwrap_or(0);
            let place = profile.main_spot().place();
            let first = profile.accumulator.life.first();
            cards.push((index, Card { number, place, first, model: model_of(profile) }));
        }
    }
    let mut users: Map<u64, u32> = Map::default();
    cards.iter().for_each(|(_, card)| *users.entry(card.model).or_default() += 1);
    let mut rows: Rows<3> = vec![[f64::NAN; 3]; profiles.len()];
    for (at, (index, card)) in cards.iter().enumerate() {
        let close = |(_, other): &&(usize, Card)| other.number.abs_diff(card.number) <= NEAR;
        let (mut here, mut together) = (0u32, 0u32);
        let (mut lot, mut alike) = (0u32, 0u32);
        let before = cards.iter().take(at).rev().take_while(close);
        let after = cards.iter().skip(at.saturating_add(1)).take_while(close);
        for (_, other) in before.chain(after) {
            here = here.saturating_add(u32::from(other.place == card.place));
            together = together.saturating_add(u32::from(other.first.abs_diff(card.first) <= HOUR));
            if other.number.abs_diff(card.number) <= LOT {
                lot = lot.saturating_add(1);
                alike = alike.saturating_add(u32::from(other.model == card.model));
            }
        }
        let common = f64::from(users.get(&card.model).copied().unwrap_or(0)) / cards.len() as f64;
        let row = [
            if card.place == 0 { f64::NAN } else { f64::from(here) },
            f64::from(together),
            if card.model == 0 {
                f64::NAN
            } else {
                ((f64::from(alike) + 1.0) / (f64::from(lot) * common + 1.0)).log2()
            },
        ];
        // Both parts of a subscriber have the same neighbours.
        for place in [*index, index.saturating_add(1)] {
            let same = profiles.get(place).zip(profiles.get(*index)).is_some_and(|(a, b)| a.imsi == b.imsi);
            if let Some(known) = rows.get_mut(place).filter(|_| same) {
                *known = row;
            }
        }
    }
    rows
}
