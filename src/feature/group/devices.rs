//! Devices and who uses them: cards in turn in one device, devices with neighbouring serials, users of a model.

use super::{Map, NEIGHBOUR_SERIALS, Rows, subscribers};
use crate::feature::definition::definitions;
use crate::feature::{Definition, Profile, Spot};
use crate::identity::Imei;

const ABSENT: &str = "no message named a device";

pub(super) const DEFINITIONS: &[Definition] = definitions! {
    "imsis_per_imei" Count: "most subscribers seen in one of its devices",
        says "one of its devices held {} card{s}",
        from "LATRO and HAUD on detection in practice: ratio of IMSI to IMEI", needs [Device], absent ABSENT;
    "slot_turns" Count: "changes from one card to another in its devices, most of one device",
        says "one of its devices changed its card {} time{s}",
        from "Kouam et al. 2024: round robin over the cards of a slot", needs [Device], absent ABSENT;
    "tac_users" Count: "subscribers whose main device is of the same model, itself among them",
        says "its model of device has {} user{s}",
        from "Kouam et al. 2024: random IMEIs and IMEIs of common phones", needs [Device], absent ABSENT;
    "imei_neighbours" Count: "other devices of the same model, serial within 64, in the same main cell",
        says "its cell holds {} device{s} with serials near its own",
        from "Kouam et al. 2024: gateways with modules of one batch", needs [Device, Cell],
        absent "no message named a device or a cell";
    "imei_batch" Ratio:
        "logarithm to base 2 of the other devices of the same model with a serial within 64, wherever they are, over those that chance puts there (one added to each)",
        says "devices with serials near its own are {times} as many as by chance",
        from "Kouam et al. 2024: gateways with modules of one batch", needs [Device], absent ABSENT;
};

/// Serials of one model: six digits (3GPP TS 23.003 §6.2.1).
const SERIALS: f64 = 1e6;

pub(super) fn measure(profiles: &[Profile]) -> Rows<5> {
    let users = users_of_devices(profiles);
    let models = users_of_models(profiles);
    // Only devices of one model in one cell are neighbours; those of a batch are anywhere.
    let near = neighbours(profiles, |profile| {
        let spot = profile.main_spot();
        (spot != Spot::default()).then(|| spot.place())
    });
    let batches = neighbours(profiles, |_| Some(0));
    let row = |((profile, near), batch): ((&Profile, u32), u32)| {
        let stays = profile.stays();
        let shared = || stays.iter().filter_map(|stay| users.get(&stay.imei.device().to_bits()));
        let most = |of: fn(&Users) -> u32| shared().map(of).max().map_or(f64::NAN, f64::from);
        let main = profile.main_device();
        let alike = main.and_then(|imei| models.get(&imei.tac().to_bits()));
        let placed = profile.main_cell().is_some() && !stays.is_empty();
        let by_chance = |users: f64| (users - 1.0) * f64::from(2 * NEIGHBOUR_SERIALS) / SERIALS;
        let batch = |users: &u32| ((f64::from(batch) + 1.0) / (by_chance(f64::from(*users)) + 1.0)).log2();
        [
            most(|users| users.cards),
            most(|users| users.turns),
            alike.map_or(f64::NAN, |count| f64::from(*count)),
            if placed { f64::from(near) } else { f64::NAN },
            alike.map_or(f64::NAN, batch),
        ]
    };
    profiles.iter().zip(near).zip(batches).map(row).collect()
}

/// Who was in a device.
struct Users {
    /// Different subscribers.
    cards: u32,
    /// Changes from one to another.
    turns: u32,
}

fn users_of_devices(profiles: &[Profile]) -> Map<u64, Users> {
    let mut stays: Vec<(u64, i64, usize)> = Vec::new();
    for (index, profile) in profiles.iter().enumerate() {
        for stay in profile.stays().iter().filter(|stay| !stay.imei.is_zero()) {
            stays.push((stay.imei.device().to_bits(), stay.first().time(), index));
        }
    }
    stays.sort_unstable();
    let imsi = |index: usize| profiles.get(index).map(|profile| profile.imsi);
    super::buckets(&stays, |(device, _, _)| *device)
        .filter_map(|bucket| {
            let (device, _, _) = bucket.first()?;
            let turn = |pair: &&[(u64, i64, usize)]| matches!(pair, [a, b] if imsi(a.2) != imsi(b.2));
            let turns = bucket.windows(2).filter(turn).count() as u32;
            let cards = subscribers(profiles, bucket.iter().map(|(_, _, index)| *index).collect());
            Some((*device, Users { cards, turns }))
        })
        .collect()
}

fn users_of_models(profiles: &[Profile]) -> Map<u64, u32> {
    let main = |(index, profile): (usize, &Profile)| Some((profile.main_device()?.tac().to_bits(), index));
    let mut users: Vec<(u64, usize)> = profiles.iter().enumerate().filter_map(main).collect();
    users.sort_unstable();
    super::buckets(&users, |(tac, _)| *tac)
        .filter_map(|bucket| {
            let (tac, _) = bucket.first()?;
            Some((*tac, subscribers(profiles, bucket.iter().map(|(_, index)| *index).collect())))
        })
        .collect()
}

/// For each profile, the devices next to its own in serial among those with the same `place`.
fn neighbours(profiles: &[Profile], place: impl Fn(&Profile) -> Option<u64>) -> Vec<u32> {
    let mut devices: Vec<(Imei, u64, usize)> = Vec::new();
    for (index, profile) in profiles.iter().enumerate() {
        if let Some((imei, place)) = profile.main_device().zip(place(profile)) {
            devices.push((imei, place, index));
        }
    }
    devices.sort_unstable_by_key(|(imei, place, index)| (imei.tac(), *place, imei.serial(), imei.device(), *index));
    let mut near = vec![0u32; profiles.len()];
    for bucket in super::buckets(&devices, |(imei, place, _)| (imei.tac(), *place)) {
        let mut serials: Vec<u32> = bucket.iter().map(|(imei, _, _)| imei.serial()).collect();
        serials.dedup();
        for (imei, _, index) in bucket {
            let low = imei.serial().saturating_sub(NEIGHBOUR_SERIALS);
            let high = imei.serial().saturating_add(NEIGHBOUR_SERIALS);
            let from = serials.partition_point(|serial| *serial < low);
            let to = serials.partition_point(|serial| *serial <= high);
            if let Some(count) = near.get_mut(*index) {
                *count = to.saturating_sub(from).saturating_sub(1) as u32;
            }
        }
    }
    near
}
