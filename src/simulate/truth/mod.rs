//! What is true: `truth.csv` with one row for each subscriber, `devices.csv` with one for each device that was on the
//! air. Both are in the order of the identities, so that the order tells nothing.

pub mod happened;

use super::SimulateError;
use super::clock::rfc3339;
use super::device::Device;
use super::person::{Archetype, Person};
use super::population::Population;
use super::scenario::Scenario;
use std::path::{Path, PathBuf};

/// Writes both tables; gives their paths.
pub fn write(population: &Population, scenario: &Scenario, folder: &Path) -> Result<[PathBuf; 2], SimulateError> {
    let truth = folder.join("truth.csv");
    let mut people: Vec<&Person> = population.people.iter().collect();
    people.sort_by_key(|person| person.imsi);
    let rows = people.iter().map(|person| subscriber(person, population, scenario));
    let head = [
        "imsi",
        "msisdn",
        "archetype",
        "fraud",
        "fraud_kind",
        "becomes",
        "farm",
        "imei_first",
        "imei_last",
        "watch_imei",
        "moved_at",
        "first_seen",
        "last_seen",
    ];
    table(&truth, &head, rows)?;
    let devices = folder.join("devices.csv");
    let mut seen: Vec<&Device> = population.devices.iter().filter(|device| device.seen.is_some()).collect();
    seen.sort_by_key(|device| device.imei);
    let rows = seen.iter().map(|device| equipment(device, population, scenario));
    let head = ["imei", "tac", "model", "kind", "farm", "slot", "imsis", "first_seen", "last_seen"];
    table(&devices, &head, rows)?;
    Ok([truth, devices])
}

/// Whether a subscriber is in a gateway, and how it came there.
fn fraud(person: &Person) -> Option<&'static str> {
    match (person.archetype, &person.stolen) {
        (Archetype::Gateway, _) => Some("gateway_card"),
        (_, Some((_, Some(_)))) => Some("stolen_watch"),
        _ => None,
    }
}

fn subscriber(person: &Person, population: &Population, scenario: &Scenario) -> Vec<String> {
    let kind = fraud(person);
    let farm = person.farm.and_then(|farm| scenario.farms.get(farm));
    let last = person.seen.and(population.devices.get(person.device));
    let (watch, moved) = match person.stolen {
        Some((imei, Some(moved))) => (imei.to_string(), rfc3339(moved)),
        _ => (String::new(), String::new()),
    };
    vec![
        person.imsi.to_string(),
        person.msisdn.to_string(),
        person.archetype.name().to_owned(),
        kind.is_some().to_string(),
        kind.unwrap_or("").to_owned(),
        kind.map_or("", |_| "voice_gateway").to_owned(),
        farm.map_or(String::new(), |farm| farm.name.clone()),
        person.first_imei.map_or(String::new(), |imei| imei.to_string()),
        last.map_or(String::new(), |device| device.imei.to_string()),
        watch,
        moved,
        person.seen.map_or(String::new(), |(first, _)| rfc3339(first)),
        person.seen.map_or(String::new(), |(_, last)| rfc3339(last)),
    ]
}

fn equipment(device: &Device, population: &Population, scenario: &Scenario) -> Vec<String> {
    let model = device.describe();
    let farm = device.slot.and_then(|(farm, _)| scenario.farms.get(farm));
    let mut imsis: Vec<String> = Vec::new();
    for person in device.users.iter().filter_map(|&user| population.people.get(user)) {
        let imsi = person.imsi.to_string();
        if !imsis.contains(&imsi) {
            imsis.push(imsi);
        }
    }
    vec![
        device.imei.to_string(),
        device.imei.tac().to_string(),
        model.name.to_owned(),
        model.kind.name().to_owned(),
        farm.map_or(String::new(), |farm| farm.name.clone()),
        device.slot.map_or(String::new(), |(_, slot)| slot.to_string()),
        imsis.join(";"),
        device.seen.map_or(String::new(), |(first, _)| rfc3339(first)),
        device.seen.map_or(String::new(), |(_, last)| rfc3339(last)),
    ]
}

fn table(path: &Path, head: &[&str], rows: impl Iterator<Item = Vec<String>>) -> Result<(), SimulateError> {
    let error = |error: csv::Error| SimulateError::Write { path: path.to_owned(), error: error.into() };
    let mut writer = csv::Writer::from_path(path).map_err(error)?;
    writer.write_record(head).map_err(error)?;
    for row in rows {
        writer.write_record(row).map_err(error)?;
    }
    writer.flush().map_err(|error| SimulateError::Write { path: path.to_owned(), error })
}
