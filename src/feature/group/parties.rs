//! Parties: whom a subscriber calls and writes to, against whom others do, and who of them is a subscriber here.
//!
//! Overlap of callees is found in buckets by callee, over the callees with the smallest ranks of each caller: a sample
//! that is coordinated, so that a number that two share is in both samples or in neither (MinHash, Broder 1997).

use super::{Map, Rows};
use crate::feature::contact::key_of;
use crate::feature::definition::definitions;
use crate::feature::{Definition, Profile, share};

/// Callees of one caller that are compared.
pub(super) const SKETCH: usize = 16;
/// A number that more call (a service) says nothing.
pub(super) const POPULAR: usize = 32;
/// Parties of one subscriber among which acquaintance is looked for.
const CIRCLE: usize = 16;

const KOUAM: &str = "Kouam et al. 2024: calls and messages among cards of a box";
const BRODER: &str = "Murynets et al. 2014, by MinHash (Broder 1997)";

pub(super) const DEFINITIONS: &[Definition] = definitions! {
    "callee_shared_share" Share: "numbers called that others called too, up to 32 of them / numbers called (16 compared)",
        says "{} of the numbers that it called were called by others, too",
        from BRODER, needs [CallsOut], absent "no outgoing call";
    "callee_overlap" Share: "greatest overlap of its callees with those of another: common ones / all (Jaccard, 16 compared)",
        says "shares {} of its numbers with one other",
        from BRODER, needs [CallsOut], absent "no outgoing call";
    "contacts_here_share" Share: "parties of calls that are subscribers seen in the window / parties (256 compared)",
        says "{} of its parties are subscribers seen here",
        from KOUAM, needs [CallsOut], absent "no call with a known party";
    "contacts_cell_share" Share: "parties that are subscribers with the same main cell / parties that are subscribers seen",
        says "{} of its parties seen here are in its cell",
        from KOUAM, needs [CallsOut, Cell], absent "no party is a subscriber seen, or no cell";
    "contacts_linked_share" Share:
        "pairs among its parties here (16 at most) that call each other / such pairs: closed circles",
        says "{} of the pairs among its parties call each other",
        from "Sichuan 2020: graphs of calls", needs [CallsOut], absent "fewer than two parties are subscribers seen";
    "sms_text_senders" Count: "others who sent the text that it sent most often",
        says "sent the same text as {} other{s}",
        from "Murynets and Piqueras Jover 2012", needs [SmsOut, SmsText], absent "no message whose text was seen was sent";
};

pub(super) fn measure(profiles: &[Profile]) -> Rows<6> {
    let here = subscribers_here(profiles);
    let overlaps = overlaps(profiles);
    let senders = senders(profiles);
    let row = |(index, profile): (usize, &Profile)| {
        let (shared, overlap) = overlaps.get(index).copied().unwrap_or((f64::NAN, f64::NAN));
        let [known, cell, linked] = circle(profiles, profile, &here);
        let text = profile.accumulator.messages.get().and_then(|messages| messages.main_text());
        let text = text.and_then(|text| senders.get(&text));
        [shared, overlap, known, cell, linked, text.map_or(f64::NAN, |count| f64::from(count.saturating_sub(1)))]
    };
    profiles.iter().enumerate().map(row).collect()
}

/// The profile of each number; of a subscriber in two parts, the later one.
pub(super) fn subscribers_here(profiles: &[Profile]) -> Map<u64, usize> {
    let numbered = profiles.iter().enumerate();
    numbered.filter_map(|(index, profile)| Some((key_of(profile.msisdn?), index))).collect()
}

/// Parties here, those in the same cell, and how many pairs of them call each other: each as a share.
fn circle(profiles: &[Profile], profile: &Profile, here: &Map<u64, usize>) -> [f64; 3] {
    let Some(calls) = profile.accumulator.calls.get() else { return [f64::NAN; 3] };
    let of = |index: &usize| profiles.get(*index);
    let (mut all, mut friends) = (0u32, Vec::new());
    for (key, _) in calls.contacts().iter() {
        all = all.saturating_add(1);
        let friend = here.get(&key).and_then(|index| Some((key, of(index)?)));
        friends.extend(friend.filter(|(_, friend)| friend.imsi != profile.imsi));
    }
    let place = profile.main_spot().place();
    let near = friends.iter().filter(|(_, friend)| friend.main_spot().place() == place).count();
    let (mut pairs, mut linked) = (0u32, 0u32);
    for (at, (key, _)) in friends.iter().take(CIRCLE).enumerate() {
        for (_, other) in friends.iter().take(at) {
            pairs = pairs.saturating_add(1);
            let acquainted = other.accumulator.calls.get().is_some_and(|calls| calls.contacts().of(*key).is_some());
            linked = linked.saturating_add(u32::from(acquainted));
        }
    }
    let near = if place == 0 { f64::NAN } else { share(near as f64, friends.len() as f64) };
    [share(friends.len() as f64, all), near, share(linked, pairs)]
}

/// For each profile, the share of its callees that others call, and the greatest overlap with another.
fn overlaps(profiles: &[Profile]) -> Vec<(f64, f64)> {
    let mut calls: Vec<(u64, u32)> = Vec::new();
    let mut sizes: Vec<u32> = Vec::with_capacity(profiles.len());
    for (index, profile) in profiles.iter().enumerate() {
        let before = calls.len();
        let called = profile.accumulator.calls.get().into_iter().flat_map(|calls| calls.called());
        calls.extend(called.take(SKETCH).map(|(key, _)| (key, index as u32)));
        sizes.push(calls.len().saturating_sub(before) as u32);
    }
    calls.sort_unstable();
    let imsi = |index: u32| profiles.get(index as usize).map(|profile| profile.imsi);
    let mut shared = vec![0u32; profiles.len()];
    let mut pairs: Vec<(u32, u32)> = Vec::new();
    for bucket in super::buckets(&calls, |(key, _)| *key) {
        if bucket.len() < 2 || bucket.len() > POPULAR {
            continue;
        }
        for (_, index) in bucket {
            let before = pairs.len();
            pairs.extend(
                bucket.iter().filter(|(_, other)| imsi(*other) != imsi(*index)).map(|(_, other)| (*index, *other)),
            );
            if let Some(count) = shared.get_mut(*index as usize) {
                *count = count.saturating_add(u32::from(pairs.len() > before));
            }
        }
    }
    pairs.sort_unstable();
    let size = |index: u32| sizes.get(index as usize).copied().unwrap_or(0);
    let mut greatest = vec![0f64; profiles.len()];
    for pair in pairs.chunk_by(|a, b| a == b) {
        let Some((index, other)) = pair.first() else { continue };
        let common = pair.len() as f64;
        let all = f64::from(size(*index)) + f64::from(size(*other)) - common;
        if let Some(known) = greatest.get_mut(*index as usize) {
            *known = known.max(common / all.max(1.0));
        }
    }
    let row = |((size, shared), greatest): ((u32, u32), f64)| {
        (share(shared, size), if size > 0 { greatest } else { f64::NAN })
    };
    sizes.into_iter().zip(shared).zip(greatest).map(row).collect()
}

/// Different senders of each text that somebody sent most often.
fn senders(profiles: &[Profile]) -> Map<u64, u32> {
    let mut senders: Map<u64, u32> = Map::default();
    let mut last = None;
    for profile in profiles {
        let text = profile.accumulator.messages.get().and_then(|messages| messages.main_text());
        if let Some(text) = text.filter(|text| last != Some((profile.imsi, *text))) {
            *senders.entry(text).or_default() += 1;
            last = Some((profile.imsi, text));
        }
    }
    senders
}
