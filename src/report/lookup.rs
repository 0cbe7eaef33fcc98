//! Finding in the folder of an earlier run who is behind a farm, a device or a case.

use crate::message::Wanted;
use std::io;
use std::path::Path;
use std::str::FromStr;

fn wrong(path: &Path, what: impl std::fmt::Display) -> io::Error {
    io::Error::other(format!("{}: {what}", path.display()))
}

/// Reads identities out of texts of the run.
fn parsed<'a, T: FromStr>(path: &Path, texts: impl Iterator<Item = &'a str>) -> io::Result<Vec<T>> {
    texts.map(|text| text.parse().map_err(|_| wrong(path, format_args!("{text:?} is no identity")))).collect()
}

/// The entry with an id in one of the JSON files of a run.
fn entry(path: &Path, list: &str, id: &str) -> io::Result<serde_json::Value> {
    let text = std::fs::read_to_string(path).map_err(|error| wrong(path, error))?;
    let mut document: serde_json::Value = serde_json::from_str(&text).map_err(|error| wrong(path, error))?;
    let entries = document.get_mut(list).and_then(serde_json::Value::as_array_mut);
    let mut entries = entries.map(std::mem::take).unwrap_or_default().into_iter();
    let found = entries.find(|entry| entry.get("id").and_then(serde_json::Value::as_str) == Some(id));
    found.ok_or_else(|| wrong(path, format_args!("has no {id:?}")))
}

/// The cards of a farm.
pub fn farm(run: &Path, id: &str) -> io::Result<Wanted> {
    let path = run.join("farms.json");
    let farm = entry(&path, "farms", id)?;
    let cards = farm.get("cards").and_then(serde_json::Value::as_array).cloned().unwrap_or_default();
    let imsis: Vec<_> = parsed(&path, cards.iter().filter_map(serde_json::Value::as_str))?;
    Ok(Wanted { imsis: imsis.into_iter().collect(), ..Wanted::default() })
}

/// The card of a case.
pub fn case(run: &Path, id: &str) -> io::Result<Wanted> {
    let path = run.join("cases.json");
    let case = entry(&path, "cases", id)?;
    let imsis: Vec<_> = parsed(&path, case.get("imsi").and_then(serde_json::Value::as_str).into_iter())?;
    Ok(Wanted { imsis: imsis.into_iter().collect(), ..Wanted::default() })
}

/// The slots of a device.
pub fn device(run: &Path, id: &str) -> io::Result<Wanted> {
    let path = run.join("devices.csv");
    let mut reader = csv::Reader::from_path(&path).map_err(|error| wrong(&path, error))?;
    let head = reader.headers().map_err(|error| wrong(&path, error))?.clone();
    let column = |name: &str| {
        head.iter().position(|column| column == name).ok_or_else(|| wrong(&path, format_args!("has no column {name}")))
    };
    let (own, imeis) = (column("device")?, column("imeis")?);
    for row in reader.records() {
        let row = row.map_err(|error| wrong(&path, error))?;
        if row.get(own) == Some(id) {
            let imeis: Vec<_> = parsed(&path, row.get(imeis).unwrap_or_default().split_whitespace())?;
            return Ok(Wanted { imeis: imeis.into_iter().collect(), ..Wanted::default() });
        }
    }
    Err(wrong(&path, format_args!("has no {id:?}")))
}
