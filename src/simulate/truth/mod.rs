//! What is true: `truth.csv` with one row for each subscriber, `devices.csv` with one for each stay of a card in
//! a device, both in the order of the identities, so that the order tells nothing; and `frauds.csv` with the books of each
//! fraud.

pub mod happened;

use super::SimulateError;
use super::clock::rfc3339;
use super::device::{Device, Stay};
use super::fraud::label::{Label, label};
use super::fraud::{Fraud, Plan, economy};
use super::person::{Archetype, Person};
use super::population::Population;
use std::path::{Path, PathBuf};

/// Writes the tables; gives their paths.
pub fn write(population: &Population, frauds: &[Fraud], folder: &Path) -> Result<Vec<PathBuf>, SimulateError> {
    let plans: Vec<Plan> = frauds.iter().map(|fraud| fraud.plan.clone()).collect();
    let truth = folder.join("truth.csv");
    let mut people: Vec<&Person> = population.people.iter().collect();
    people.sort_by_key(|person| person.imsi);
    let rows = people.iter().map(|person| subscriber(person, population, &plans));
    let head = [
        "imsi",
        "msisdn",
        "archetype",
        "fraud",
        "fraud_kind",
        "becomes",
        "fraud_model",
        "farm",
        "imei_first",
        "imei_last",
        "watch_imei",
        "moved_at",
        "first_seen",
        "last_seen",
        "plan",
    ];
    table(&truth, &head, rows)?;
    let devices = folder.join("devices.csv");
    let stays = |device: &&Device| !device.stays.is_empty();
    let mut seen: Vec<&Device> = population.devices.iter().filter(stays).collect();
    seen.sort_by_key(|device| device.imei);
    let rows =
        seen.iter().flat_map(|device| device.stays.iter().map(|stay| equipment(device, stay, population, &plans)));
    let head = ["imei", "tac", "model", "kind", "farm", "slot", "imsi", "from", "to"];
    table(&devices, &head, rows)?;
    Ok([truth, devices].into_iter().chain(books(frauds, folder)?).collect())
}

fn subscriber(person: &Person, population: &Population, plans: &[Plan]) -> Vec<String> {
    let fraud = label(person, plans);
    let last = person.seen.and(population.devices.get(person.device));
    let moved = person.stolen.and_then(|(imei, moved)| Some((imei, moved?)));
    let watch = moved.filter(|_| person.archetype == Archetype::Watch);
    let word = |of: fn(Label<'_>) -> &str| fraud.map_or(String::new(), |label| of(label).to_owned());
    vec![
        person.imsi.to_string(),
        person.msisdn.to_string(),
        person.archetype.name().to_owned(),
        fraud.is_some().to_string(),
        word(|label| label.card),
        word(|label| label.becomes),
        word(|label| label.model),
        word(|label| label.name),
        person.first_imei.map_or(String::new(), |imei| imei.to_string()),
        last.map_or(String::new(), |device| device.imei.to_string()),
        watch.map_or(String::new(), |(imei, _)| imei.to_string()),
        moved.map_or(String::new(), |(_, moved)| rfc3339(moved)),
        person.seen.map_or(String::new(), |(first, _)| rfc3339(first)),
        person.seen.map_or(String::new(), |(_, last)| rfc3339(last)),
        person.plan.and_then(|plan| population.plans.get(usize::from(plan))).cloned().unwrap_or_default(),
    ]
}

fn equipment(device: &Device, stay: &Stay, population: &Population, plans: &[Plan]) -> Vec<String> {
    let model = device.describe();
    let farm = device.slot.and_then(|(farm, _)| plans.get(farm));
    let person = population.people.get(stay.person);
    vec![
        device.imei.to_string(),
        device.imei.tac().to_string(),
        model.name.to_owned(),
        model.kind.name().to_owned(),
        farm.map_or(String::new(), |farm| farm.name.clone()),
        device.slot.map_or(String::new(), |(_, slot)| slot.to_string()),
        person.map_or(String::new(), |person| person.imsi.to_string()),
        rfc3339(stay.from),
        rfc3339(stay.to),
    ]
}

/// The books of the frauds; nothing is written where there is none.
fn books(frauds: &[Fraud], folder: &Path) -> Result<Option<PathBuf>, SimulateError> {
    if frauds.is_empty() {
        return Ok(None);
    }
    let path = folder.join("frauds.csv");
    let head: Vec<&str> = ["name", "kind", "cards", "slots"].into_iter().chain(economy::COLUMNS).collect();
    let rows = frauds.iter().map(|fraud| {
        let plan = &fraud.plan;
        let first = [plan.name.clone(), plan.kind.name().to_owned(), plan.cards().to_string(), plan.ports.to_string()];
        first.into_iter().chain(fraud.economy.values().map(|value| value.to_string())).collect()
    });
    table(&path, &head, rows)?;
    Ok(Some(path))
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
