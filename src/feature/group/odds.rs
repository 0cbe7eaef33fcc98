//! Odds: what a subscriber shows against what others with the same model of device, or all others, show.
//!
//! A gateway can show the IMEI of any phone. It cannot become that phone: its radio is older than that of others of the
//! model, its software has another name, and a card far from it answers late.

use super::{Map, Rows};
use crate::feature::authentication::Authentication;
use crate::feature::definition::definitions;
use crate::feature::{Definition, Profile, share};
use crate::identity::Name;

/// Fewer others of a model tell nothing.
const LEAST_USERS: u32 = 3;

const OH: &str = "Oh et al. 2023: capabilities of a device do not lie";
const CN: &str = "CN113660721A: cards switched on and off together";
const SIGN: &str = "Kouam et al. 2025 (SigN): up to 23 times the least latency of a phone";

pub(super) const DEFINITIONS: &[Definition] = definitions! {
    "radio_behind_share" Share:
        "others with the same model of device who use a newer generation of radio / others with it (3 at least)",
        says "{} of the others with its model of device use newer radio",
        from OH, needs [Device, Radio], absent "no device or radio was named, or fewer than 3 others have the model";
    "client_odd_share" Share:
        "others with the same model whose software has another name / others with it (3 at least)",
        says "{} of the others with its model of device have software of another name",
        from OH, needs [Device, Client], absent "no device or software was named, or fewer than 3 others have the model";
    "data_odd_share" Share: "others with the same model who have data sessions, where it has none / others with it (3 at least)",
        says "does without the data sessions that {} of the others with its model of device have",
        from "Kouam et al. 2024: traffic of a card beside calls", needs [Device, Data],
        absent "no device was named, or fewer than 3 others have the model";
    "registers_odd" Ratio: "logarithm to base 2 of its registrations over the median of those with the same model (one added)",
        says "registered {times} as often as others with its model of device",
        from CN, needs [Device, Registers], absent "no device was named, or fewer than 3 others have the model";
    "calls_odd" Ratio: "logarithm to base 2 of its outgoing calls over the median of those with the same model (one added)",
        says "made {times} as many calls as others with its model of device",
        from "reports of 2025 on cards from children's watches", needs [Device, CallsOut],
        absent "no device was named, or fewer than 3 others have the model";
    "auth_latency_excess" Ratio: "logarithm to base 2 of its shortest latency over the median of all subscribers'",
        says "took {times} as long as others to answer a challenge",
        from SIGN, needs [Latency], absent "no challenge and answer were seen";
    "auth_to_register_excess" Ratio:
        "logarithm to base 2 of its shortest time from vectors to registration over the median of all subscribers'",
        says "took {times} as long as others from its vectors to its registration",
        from SIGN, needs [Authentications, Registers], absent "no registration after vectors were fetched";
};

/// What the users of one model show.
#[derive(Default)]
struct Model {
    /// Users by the newest generation of their radio.
    radios: [u32; 8],
    clients: Map<Name, u32>,
    users: u32,
    with_data: u32,
    registers: Vec<u32>,
    calls: Vec<u32>,
}

/// The median, and the values in order.
fn median(values: &mut [u32]) -> f64 {
    values.sort_unstable();
    values.get(values.len() / 2).map_or(f64::NAN, |value| f64::from(*value))
}

/// The logarithm of a value over what is usual, one added to each.
fn excess(own: u32, usual: f64) -> f64 {
    ((f64::from(own) + 1.0) / (usual + 1.0)).log2()
}

pub(super) fn measure(profiles: &[Profile]) -> Rows<7> {
    let mut models: Map<u64, Model> = Map::default();
    let model_of = |profile: &Profile| profile.main_device().map(|imei| imei.tac().to_bits());
    let has_data = |profile: &Profile| profile.accumulator.data.get().is_some_and(|data| data.any());
    for profile in profiles {
        let Some(tac) = model_of(profile) else { continue };
        let model = models.entry(tac).or_default();
        model.users += 1;
        model.with_data += u32::from(has_data(profile));
        model.registers.push(profile.accumulator.registration.registers());
        model.calls.push(profile.calls_out());
        let radio = &profile.accumulator.radio;
        if let Some(count) = radio.newest().and_then(|newest| model.radios.get_mut(usize::from(newest))) {
            *count += 1;
        }
        if let Some(client) = radio.client() {
            *model.clients.entry(client).or_default() += 1;
        }
    }
    let of = |what: fn(&Authentication) -> Option<u32>| -> Vec<Option<u32>> {
        profiles.iter().map(|profile| profile.accumulator.authentication.get().and_then(what)).collect()
    };
    let (latencies, waits) = (of(Authentication::shortest), of(Authentication::shortest_wait));
    let usual = |all: &[Option<u32>]| median(&mut all.iter().flatten().copied().collect::<Vec<u32>>());
    let (usual_latency, usual_wait) = (usual(&latencies), usual(&waits));
    let usual_of_model: Map<u64, (f64, f64)> = models
        .iter_mut()
        .filter(|(_, model)| model.users > LEAST_USERS)
        .map(|(tac, model)| (*tac, (median(&mut model.registers), median(&mut model.calls))))
        .collect();
    let row = |((profile, latency), wait): ((&Profile, &Option<u32>), &Option<u32>)| {
        let model = model_of(profile).and_then(|tac| models.get(&tac));
        let by_model = model_of(profile).and_then(|tac| usual_of_model.get(&tac).copied());
        let radio = &profile.accumulator.radio;
        let enough = |part: u32, others: u32| if others >= LEAST_USERS { share(part, others) } else { f64::NAN };
        let behind = model.zip(radio.newest()).map(|(model, newest)| {
            let newer = model.radios.iter().skip(usize::from(newest).saturating_add(1)).sum();
            enough(newer, model.radios.iter().sum::<u32>().saturating_sub(1))
        });
        let odd = model.zip(radio.client()).map(|(model, client)| {
            let all: u32 = model.clients.values().sum();
            let same = model.clients.get(&client).copied().unwrap_or(1);
            enough(all.saturating_sub(same), all.saturating_sub(1))
        });
        let data = model.map(|model| {
            let others = model.users.saturating_sub(1);
            enough(if has_data(profile) { 0 } else { model.with_data }, others)
        });
        [
            behind.unwrap_or(f64::NAN),
            odd.unwrap_or(f64::NAN),
            data.unwrap_or(f64::NAN),
            by_model.map_or(f64::NAN, |(registers, _)| excess(profile.accumulator.registration.registers(), registers)),
            by_model.map_or(f64::NAN, |(_, calls)| excess(profile.calls_out(), calls)),
            latency.map_or(f64::NAN, |own| excess(own, usual_latency)),
            wait.map_or(f64::NAN, |own| excess(own, usual_wait)),
        ]
    };
    profiles.iter().zip(&latencies).zip(&waits).map(row).collect()
}
