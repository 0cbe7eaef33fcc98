//! The folder of a run: `summary.json`, `subscribers.csv`, `devices.csv`, `farms.json`, `cases.json`.
//!
//! Subscriber data is personal: the files are made readable for their owner only.

use super::Run;
use crate::farm::{Case, DeviceKind, Evidence, Place};
use crate::feature::View;
use crate::feature::registry;
use crate::health::Outcome;
use crate::model::Explainer;
use crate::table::{Column, CsvRows, Format, Kind, Product, Put, Record, TableWriter, Value};
use crate::time::Rfc3339;
use rayon::prelude::*;
use serde_json::{Value as Json, json};
use std::fmt::Display;
use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::sync::LazyLock;

/// A new file that only its owner can read; one that was there before is emptied and becomes private.
pub fn private_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let named = |error: io::Error| io::Error::new(error.kind(), format!("{}: {error}", path.display()));
    let file = options.open(path).map_err(named)?;
    #[cfg(unix)]
    if file.metadata().map_err(named)?.is_file() {
        let private = std::os::unix::fs::PermissionsExt::from_mode(0o600);
        file.set_permissions(private).map_err(named)?;
    }
    Ok(file)
}

/// Writes all files of a run.
pub fn write_run(run: &Run<'_>, folder: &Path) -> io::Result<()> {
    let named = |error: io::Error| io::Error::new(error.kind(), format!("{}: {error}", folder.display()));
    std::fs::create_dir_all(folder).map_err(named)?;
    json_file(&folder.join("summary.json"), &summary(run))?;
    json_file(&folder.join("farms.json"), &farms(run))?;
    json_file(&folder.join("cases.json"), &cases(run))?;
    subscribers(run, &folder.join("subscribers.csv"))?;
    devices(run, &folder.join("devices.csv"))
}

fn json_file(path: &Path, value: &Json) -> io::Result<()> {
    let mut out = BufWriter::new(private_file(path)?);
    serde_json::to_writer_pretty(&mut out, value)?;
    out.write_all(b"\n")?;
    out.flush()
}

fn time(nanoseconds: i64) -> String {
    Rfc3339(nanoseconds).to_string()
}

fn texts<T: Display>(all: &[T]) -> Vec<String> {
    all.iter().map(T::to_string).collect()
}

/// Six digits behind the point.
fn round(value: f64) -> f64 {
    // Most are counts.
    let whole = value as i32;
    if f64::from(whole) == value { value } else { (value * 1e6).round() / 1e6 }
}

fn summary(run: &Run<'_>) -> Json {
    let totals = run.totals;
    let layers: Vec<Json> = totals
        .health
        .layers()
        .map(|(layer, counts)| {
            let mut row = serde_json::to_value(counts).unwrap_or(Json::Null);
            if let Json::Object(fields) = &mut row {
                fields.insert("layer".to_owned(), json!(layer.name()));
            }
            row
        })
        .collect();
    let reasons: Vec<Json> = totals
        .health
        .reasons()
        .filter(|(_, outcome, _, _)| *outcome != Outcome::Decoded)
        .map(|(layer, outcome, reason, what)| {
            let examples: Vec<Json> = what
                .examples
                .iter()
                .map(|example| json!({"file": run.path(example.file), "frame": example.frame, "offset": example.offset}))
                .collect();
            json!({"layer": layer.name(), "outcome": outcome, "reason": reason, "count": what.count, "examples": examples})
        })
        .collect();
    let inputs: Vec<Json> = run.inputs.iter().map(|input| json!({"path": input.path, "fault": input.fault})).collect();
    let events: serde_json::Map<String, Json> =
        run.events.iter().map(|(kind, count)| ((*kind).to_owned(), json!(count))).collect();
    json!({
        "version": env!("CARGO_PKG_VERSION"),
        "complete": run.errors.is_empty() && run.inputs.iter().all(|input| input.fault.is_none()),
        "inputs": inputs,
        "unusable": run.errors,
        "first": totals.first.map(time),
        "last": totals.last.map(time),
        "packets": totals.packets,
        "octets": totals.octets,
        "events": events,
        "subscribers": run.subscribers(),
        "flagged": run.flagged(),
        "devices": run.findings.devices.len(),
        "farms": run.findings.farms.len(),
        "cases": run.findings.cases.len(),
        "model": {
            "made_by": run.model.made_by,
            "version": run.model.version,
            "checksum": run.model.checksum,
            "data": run.model.training.data,
            "threshold": run.model.threshold,
        },
        "sight": {
            "interfaces": run.sight.interfaces().iter().map(|interface| interface.name()).collect::<Vec<_>>(),
            "unseen": View::ALL.iter().filter(|view| !run.sight.sees(**view)).map(|view| view.name()).collect::<Vec<_>>(),
            "profile": run.tap,
        },
        "health": {"layers": layers, "reasons": reasons},
    })
}

fn evidence(run: &Run<'_>, all: &[Evidence]) -> Vec<Json> {
    let one = |evidence: &Evidence| {
        let source = evidence.source;
        json!({"file": run.path(source.file), "frame": source.frame, "time": time(evidence.time), "what": evidence.what})
    };
    all.iter().map(one).collect()
}

fn farms(run: &Run<'_>) -> Json {
    let farms: Vec<Json> = run
        .findings
        .farms
        .iter()
        .enumerate()
        .map(|(place, farm)| {
            let devices: Vec<String> = farm.devices.iter().map(|device| Run::device_id(*device)).collect();
            let kind = farm.kind.map_or("unknown", DeviceKind::name);
            json!({
                "id": Run::farm_id(place),
                "kind": kind,
                "score": round(farm.score),
                "cells": texts(&farm.cells),
                "first_seen": time(farm.first_seen),
                "last_seen": time(farm.last_seen),
                "devices": devices,
                "cards": texts(&farm.cards),
                "evidence": evidence(run, &farm.evidence),
            })
        })
        .collect();
    json!({"farms": farms})
}

fn cases(run: &Run<'_>) -> Json {
    let cases: Vec<Json> =
        run.findings.cases.iter().enumerate().map(|(place, case)| case_json(run, place, case)).collect();
    json!({"cases": cases})
}

fn case_json(run: &Run<'_>, place: usize, case: &Case) -> Json {
    let cell = |place: &Place| place.cell.map(|cell| cell.to_string());
    json!({
        "id": Run::case_id(place),
        "kind": case.kind.name(),
        "imsi": case.imsi.to_string(),
        "msisdn": case.msisdn.map(|msisdn| msisdn.to_string()),
        "before": {
            "imei": case.before.imei.to_string(),
            "cell": cell(&case.before),
            "last_seen": time(case.before.time),
        },
        "after": {
            "device": case.device.map(Run::device_id),
            "farm": Run::farm_id(case.farm),
            "imei": case.after.imei.to_string(),
            "cell": cell(&case.after),
            "first_seen": time(case.after.time),
        },
        "calls_since": case.calls_since,
        "evidence": evidence(run, &case.evidence),
    })
}

const SUBSCRIBER_HEAD: [Column; 11] = [
    Column::new("imsi", Kind::Text),
    Column::new("msisdn", Kind::Text),
    Column::new("window_start", Kind::Time),
    Column::new("window_end", Kind::Time),
    Column::new("score", Kind::Real),
    Column::new("flagged", Kind::Bool),
    Column::new("archetype", Kind::Text),
    Column::new("device", Kind::Text),
    Column::new("farm", Kind::Text),
    Column::new("case", Kind::Text),
    Column::new("reasons", Kind::Text),
];

struct SubscriberRow<'a> {
    run: &'a Run<'a>,
    explainer: &'a Explainer<'a>,
    /// Where the features of the model stand among all.
    places: &'a [usize],
    place: usize,
}

impl Record for SubscriberRow<'_> {
    fn values(&self, put: &mut impl Put) {
        let (Some(subject), Some(verdict)) =
            (self.run.subjects.get(self.place), self.run.findings.verdicts.get(self.place))
        else {
            return;
        };
        let value_of = |place: usize| {
            let place = self.places.get(place)?;
            subject.profile.values.get(*place).copied()
        };
        let mut reasons = self.explainer.explain_all(&subject.score, |place| value_of(place).unwrap_or(f64::NAN));
        if let Some(note) = verdict.note {
            let joint = if reasons.is_empty() { "" } else { "; " };
            reasons = format!("{note}{joint}{reasons}");
        }
        put.put(Value::Shown(&subject.profile.imsi));
        put.put(Value::shown(&subject.profile.msisdn));
        put.put(Value::Time(subject.profile.span.start));
        put.put(Value::Time(subject.profile.span.end));
        put.put(Value::Real(round(verdict.score)));
        put.put(Value::Bool(verdict.flagged));
        put.put(Value::Text(&subject.score.archetype));
        put.put(Value::text(verdict.device.map(Run::device_id).as_deref()));
        put.put(Value::text(verdict.farm.map(Run::farm_id).as_deref()));
        put.put(Value::text(verdict.case.map(Run::case_id).as_deref()));
        put.put(Value::Text(&reasons));
        for value in &subject.profile.values {
            put.put(Value::Real(round(*value)));
        }
    }
}

fn subscribers(run: &Run<'_>, path: &Path) -> io::Result<()> {
    static COLUMNS: LazyLock<Vec<Column>> = LazyLock::new(|| {
        let features = registry().iter().map(|definition| Column::new(definition.name, Kind::Real));
        SUBSCRIBER_HEAD.into_iter().chain(features).collect()
    });
    let product = Product { name: "subscribers", version: 1 };
    let out = BufWriter::new(private_file(path)?);
    let mut out = TableWriter::new(out, Format::Csv, product, &COLUMNS)?.finish()?;
    let explainer = &run.model.explainer();
    // A model with other features would not have scored.
    let places = &run.model.places_in_registry("").unwrap_or_default();
    // Each part on its own, on all cores; a few at a time in memory.
    let rows = |part: usize| {
        let mut rows = CsvRows::new(Vec::new());
        for place in (part..run.subjects.len()).take(PART) {
            rows.write(&SubscriberRow { run, explainer, places, place })?;
        }
        rows.finish()
    };
    let parts: Vec<usize> = (0..run.subjects.len()).step_by(PART).collect();
    for some in parts.chunks(PARTS) {
        let written: Vec<io::Result<Vec<u8>>> = some.par_iter().map(|part| rows(*part)).collect();
        for octets in written {
            out.write_all(&octets?)?;
        }
    }
    out.flush()
}

/// Rows that are written together.
const PART: usize = 512;
/// Parts in memory at a time.
const PARTS: usize = 16;

const DEVICE_COLUMNS: [Column; 9] = [
    Column::new("device", Kind::Text),
    Column::new("kind", Kind::Text),
    Column::new("farm", Kind::Text),
    Column::new("imeis", Kind::Text),
    Column::new("imsis", Kind::Text),
    Column::new("cells", Kind::Text),
    Column::new("first_seen", Kind::Time),
    Column::new("last_seen", Kind::Time),
    Column::new("score", Kind::Real),
];

struct DeviceRow<'a> {
    device: &'a crate::farm::Device,
    place: usize,
}

impl Record for DeviceRow<'_> {
    fn values(&self, put: &mut impl Put) {
        let device = self.device;
        put.put(Value::Text(&Run::device_id(self.place)));
        put.put(Value::Text(device.kind.name()));
        put.put(Value::Text(&Run::farm_id(device.farm)));
        put.put(Value::Text(&texts(&device.imeis).join(" ")));
        put.put(Value::Text(&texts(&device.imsis).join(" ")));
        put.put(Value::Text(&texts(&device.cells).join(" ")));
        put.put(Value::Time(device.first_seen));
        put.put(Value::Time(device.last_seen));
        put.put(Value::Real(round(device.score)));
    }
}

fn devices(run: &Run<'_>, path: &Path) -> io::Result<()> {
    let product = Product { name: "devices", version: 1 };
    let out = BufWriter::new(private_file(path)?);
    let mut table = TableWriter::new(out, Format::Csv, product, &DEVICE_COLUMNS)?;
    for (place, device) in run.findings.devices.iter().enumerate() {
        table.write(&DeviceRow { device, place })?;
    }
    table.finish()?.flush()
}
