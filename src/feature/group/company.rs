//! Company: what a first look says of those with whom a subscriber has to do.
//!
//! A card that hides well looks like a person by itself; the other cards of its box do not hide equally well. A first model
//! scores everybody; then each subscriber is measured by the scores of those whom it calls, who call it or the same numbers
//! as it does, whose IMSI or device is next to its own. A second model sees these values beside all others, and not what the first
//! said of the subscriber itself: that would count its behaviour twice.

use super::parties::{POPULAR, SKETCH, subscribers_here};
use super::{NEIGHBOUR_SERIALS, Rows, buckets};
use crate::feature::definition::definitions;
use crate::feature::{Definition, Profile};
use crate::identity::Imei;

/// IMSIs this close come out of one lot.
const LOT: u64 = 4;
/// Neighbours that are looked at, to each side.
const NEAREST: usize = 4;
/// A first look never says more than this: the logarithm of some three thousand to one.
const SUREST: f64 = 8.0;

const SECOND: &str = "Cortes, Pregibon and Volinsky 2001 (communities of interest): guilt by association";
const NOBODY: &str = "there was no first look, or there is nobody like that";

pub(super) const DEFINITIONS: &[Definition] = definitions! {
    "company_called" Ratio: "mean first look (logarithm of the odds, 8 at most) of the subscribers whom it called",
        says "those whom it called looked like fraud with log-odds of {} in the mean",
        from SECOND, needs [CallsOut], absent NOBODY;
    "company_called_most" Ratio: "greatest first look of the subscribers whom it called",
        says "one whom it called looked like fraud with log-odds of {}",
        from SECOND, needs [CallsOut], absent NOBODY;
    "company_callers" Ratio: "mean first look of the subscribers who called it",
        says "those who called it looked like fraud with log-odds of {} in the mean",
        from SECOND, needs [CallsIn], absent NOBODY;
    "company_rivals" Ratio: "mean first look of others who called the same numbers (16 compared, up to 32 callers)",
        says "others who called the same numbers looked like fraud with log-odds of {} in the mean",
        from SECOND, needs [CallsOut], absent NOBODY;
    "company_rivals_most" Ratio: "greatest first look of others who called the same numbers",
        says "one who called a same number looked like fraud with log-odds of {}",
        from SECOND, needs [CallsOut], absent NOBODY;
    "company_lot" Ratio: "mean first look of others whose IMSI is within 4 of its own",
        says "cards next to its own looked like fraud with log-odds of {} in the mean",
        from SECOND, needs [], absent NOBODY;
    "company_lot_most" Ratio: "greatest first look of others whose IMSI is within 4 of its own",
        says "a card next to its own looked like fraud with log-odds of {}",
        from SECOND, needs [], absent NOBODY;
    "company_device" Ratio:
        "mean first look of others in the same device, or in one of the same model with a serial within 64 (4 to each side)",
        says "cards in devices next to its own looked like fraud with log-odds of {} in the mean",
        from SECOND, needs [Device], absent NOBODY;
    "company_device_most" Ratio: "greatest first look of those",
        says "one in a device next to its own looked like fraud with log-odds of {}",
        from SECOND, needs [Device], absent NOBODY;
};

const COUNT: usize = 9;
const _: () = assert!(DEFINITIONS.len() == COUNT, "a value for each definition");

/// The values before anybody looked.
pub(super) fn unknown(profiles: &[Profile]) -> Rows<COUNT> {
    vec![[f64::NAN; COUNT]; profiles.len()]
}

/// Fills in the company's values, given what a first look says of each profile: the logarithm of the odds.
pub fn meet(profiles: &mut [Profile], first: &[f64]) {
    let first: Vec<f64> = first.iter().map(|look| look.clamp(-SUREST, SUREST)).collect();
    let parties = parties(profiles, &first);
    let rivals = rivals(profiles, &first);
    let lots = lots(profiles, &first);
    let devices = devices(profiles, &first);
    let of = |all: &[Tally], index: usize| all.get(index).copied().unwrap_or_default();
    for (index, profile) in profiles.iter_mut().enumerate() {
        let [called, callers] = parties.get(index).copied().unwrap_or_default();
        let (rivals, lot, device) = (of(&rivals, index), of(&lots, index), of(&devices, index));
        let row: [f64; COUNT] = [
            called.mean(),
            called.most(),
            callers.mean(),
            rivals.mean(),
            rivals.most(),
            lot.mean(),
            lot.most(),
            device.mean(),
            device.most(),
        ];
        let from = profile.values.len().saturating_sub(COUNT);
        profile.values.iter_mut().skip(from).zip(row).for_each(|(value, met)| *value = met);
    }
}

/// What was thought of some company.
#[derive(Debug, Clone, Copy, Default)]
struct Tally {
    sum: f64,
    count: u32,
    most: f64,
}

impl Tally {
    fn add(&mut self, look: f64) {
        self.most = if self.count == 0 { look } else { self.most.max(look) };
        self.sum += look;
        self.count = self.count.saturating_add(1);
    }

    fn mean(self) -> f64 {
        if self.count > 0 { self.sum / f64::from(self.count) } else { f64::NAN }
    }

    fn most(self) -> f64 {
        if self.count > 0 { self.most } else { f64::NAN }
    }
}

/// Those whom each called, and those who called it.
fn parties(profiles: &[Profile], first: &[f64]) -> Vec<[Tally; 2]> {
    let here = subscribers_here(profiles);
    let of = |profile: &Profile| {
        let mut tallies = [Tally::default(); 2];
        let calls = profile.accumulator.calls.get();
        for (key, ties) in calls.into_iter().flat_map(|calls| calls.contacts().iter()) {
            let Some(other) = here.get(&key).copied() else { continue };
            let own = profiles.get(other).is_none_or(|other| other.imsi == profile.imsi);
            let Some(look) = first.get(other).filter(|_| !own) else { continue };
            let [called, callers] = &mut tallies;
            if ties.to > 0 {
                called.add(*look);
            }
            if ties.from_before > 0 || ties.from_after > 0 {
                callers.add(*look);
            }
        }
        tallies
    };
    profiles.iter().map(of).collect()
}

/// Others who called the same numbers, each as often as they have numbers in common.
fn rivals(profiles: &[Profile], first: &[f64]) -> Vec<Tally> {
    let mut calls: Vec<(u64, u32)> = Vec::new();
    for (index, profile) in profiles.iter().enumerate() {
        let called = profile.accumulator.calls.get().into_iter().flat_map(|calls| calls.called());
        calls.extend(called.take(SKETCH).map(|(key, _)| (key, index as u32)));
    }
    calls.sort_unstable();
    let mut tallies = vec![Tally::default(); profiles.len()];
    for bucket in buckets(&calls, |(key, _)| *key).filter(|bucket| bucket.len() <= POPULAR) {
        let callers: Vec<usize> = bucket.iter().map(|(_, index)| *index as usize).collect();
        meet_all(profiles, first, &callers, &mut tallies);
    }
    tallies
}

/// Everybody in a small group meets everybody else in it.
fn meet_all(profiles: &[Profile], first: &[f64], group: &[usize], tallies: &mut [Tally]) {
    let imsi = |index: &usize| profiles.get(*index).map(|profile| profile.imsi);
    for one in group {
        let Some(tally) = tallies.get_mut(*one) else { continue };
        for other in group.iter().filter(|other| imsi(other) != imsi(one)) {
            if let Some(look) = first.get(*other) {
                tally.add(*look);
            }
        }
    }
}

/// Others whose IMSI is next to one's own. Profiles are in the order of IMSIs.
fn lots(profiles: &[Profile], first: &[f64]) -> Vec<Tally> {
    let numbers: Vec<u64> = profiles.iter().map(|profile| profile.imsi.digits().value().unwrap_or(0)).collect();
    let near = |from: usize, to: usize| {
        let apart = numbers.get(from).zip(numbers.get(to)).map(|(a, b)| a.abs_diff(*b));
        apart.is_some_and(|apart| apart <= LOT)
    };
    let of = |index: usize| {
        let mut tally = Tally::default();
        let before = (0..index).rev().take_while(|other| near(index, *other));
        let after = (index.saturating_add(1)..profiles.len()).take_while(|other| near(index, *other));
        for other in before.chain(after).filter(|other| numbers.get(*other) != numbers.get(index)) {
            if let Some(look) = first.get(other) {
                tally.add(*look);
            }
        }
        tally
    };
    (0..profiles.len()).map(of).collect()
}

/// Others in the same device or in one next to it.
fn devices(profiles: &[Profile], first: &[f64]) -> Vec<Tally> {
    let main = |(index, profile): (usize, &Profile)| {
        let imei = profile.main_device()?;
        Some((imei, index))
    };
    let mut devices: Vec<(Imei, usize)> = profiles.iter().enumerate().filter_map(main).collect();
    devices.sort_unstable_by_key(|(imei, index)| (imei.tac(), imei.serial(), *index));
    let near = |a: &Imei, b: &Imei| a.tac() == b.tac() && a.serial().abs_diff(b.serial()) <= NEIGHBOUR_SERIALS;
    let mut tallies = vec![Tally::default(); profiles.len()];
    for (at, (imei, index)) in devices.iter().enumerate() {
        let Some(tally) = tallies.get_mut(*index) else { continue };
        let own = |other: usize| profiles.get(other).zip(profiles.get(*index)).is_none_or(|(a, b)| a.imsi == b.imsi);
        let close = |(other, _): &&(Imei, usize)| near(imei, other);
        let before = devices.iter().take(at).rev().take_while(close).take(NEAREST);
        let after = devices.iter().skip(at.saturating_add(1)).take_while(close).take(NEAREST);
        for (_, other) in before.chain(after).filter(|(_, other)| !own(*other)) {
            if let Some(look) = first.get(*other) {
                tally.add(*look);
            }
        }
    }
    tallies
}
