//! JSON Lines, CSV and Parquet say the same; outputs are private.

use crate::support::{Folder, simhound};
use crate::traffic::{crowd, pcap};
use simhound::table::{Cell, Frame, read};

/// Rows as text by column name, so that formats compare; columns without a value are left out.
fn rows(frame: &Frame) -> Vec<Vec<(String, String)>> {
    let text = |cell: &Cell| match (cell.number(), cell) {
        (Some(number), _) => Some(format!("{number}")),
        (None, cell) => cell.text(),
    };
    let row = |row: &Vec<Cell>| {
        let cells = frame.columns.iter().zip(row);
        let mut cells: Vec<_> = cells.filter_map(|(name, cell)| Some((name.clone(), text(cell)?))).collect();
        cells.sort();
        cells
    };
    frame.rows.iter().map(row).collect()
}

#[test]
fn the_three_formats_hold_the_same_rows() {
    let folder = Folder::new();
    let path = folder.write("crowd.pcap", &pcap(&crowd(120)));
    for product in ["messages", "events", "features"] {
        let file = |ending: &str| {
            let name = format!("{product}.{ending}");
            let ran = simhound(&[product, &path, "-o", &folder.arg(&name)]).ended(0);
            assert_eq!(ran.out(), "");
            read(&folder.path(&name), product, 1).unwrap()
        };
        let lines = file("jsonl");
        let (csv, parquet) = (file("csv"), file("parquet"));
        assert!(lines.rows.len() >= 120, "{product}: {} rows", lines.rows.len());
        assert_eq!(csv.columns, parquet.columns);
        assert!(rows(&lines) == rows(&csv), "{product}: JSON Lines and CSV differ");
        assert!(rows(&csv) == rows(&parquet), "{product}: CSV and Parquet differ");
        // standard output is the same as a file
        let ran = simhound(&[product, &path, "--format", "csv"]).ended(0);
        assert_eq!(ran.out(), folder.text(&format!("{product}.csv")));
        let ran = simhound(&[product, &path]).ended(0);
        assert_eq!(ran.out(), folder.text(&format!("{product}.jsonl")));
        assert_eq!(ran.lines().len(), lines.rows.len());
    }
}

#[test]
fn every_value_of_messages_and_events_has_its_type() {
    let folder = Folder::new();
    let path = folder.write("crowd.pcap", &pcap(&crowd(60)));
    let numbers = ["frame", "version", "cause", "repeat_of", "duration_ms", "auth_latency_ms", "sms_parts"];
    for product in ["messages", "events"] {
        for line in simhound(&[product, &path]).ended(0).lines() {
            for (name, value) in &line {
                let fits = match name.as_str() {
                    "inferred" => value.is_boolean(),
                    name if numbers.contains(&name) => value.is_i64(),
                    _ => value.is_string(),
                };
                assert!(fits, "{name}: {value}");
            }
            let required: &[&str] = match product {
                "messages" => &["file", "frame", "time", "protocol", "operation", "role", "status"],
                _ => &["file", "frame", "time", "kind", "direction", "interface", "outcome", "resolved_by"],
            };
            assert!(required.iter().all(|name| line.contains_key(*name)), "{line:?}");
        }
    }
}

/// docs/formats.md is written by hand; no column may be missing from it or from docs/features.md.
#[test]
fn every_column_is_documented() {
    let folder = Folder::new();
    let document = concat!(include_str!("../../docs/formats.md"), include_str!("../../docs/features.md"));
    let path = folder.write("crowd.pcap", &pcap(&crowd(3)));
    for product in ["messages", "events", "features"] {
        let table = simhound(&[product, &path, "--format", "csv"]).ended(0);
        for column in table.out().lines().next().unwrap().split(',') {
            assert!(document.contains(&format!("`{column}`")), "{product}: {column}");
        }
    }
}

#[test]
fn features_of_a_table_of_events_are_those_of_its_captures() {
    let folder = Folder::new();
    let path = folder.write("crowd.pcap", &pcap(&crowd(30)));
    let events = folder.arg("events.parquet");
    simhound(&["events", &path, "-o", &events]).ended(0);
    let [direct, read] = [&path, &events].map(|input| simhound(&["features", input, "--format", "csv"]).ended(0));
    assert!(direct.out().lines().count() > 20);
    assert_eq!(direct.out(), read.out());
    let some = |input| simhound(&["features", input, "--kind", "call_attempt", "--format", "csv"]).ended(0);
    let [direct, read] = [&path, &events].map(|input| some(input).out().to_owned());
    assert!(direct.lines().count() > 1 && direct == read);
    assert_eq!(simhound(&["features", &path, "--only", "gx", "--format", "csv"]).ended(0).out().lines().count(), 1);
    let features = folder.arg("features.parquet");
    simhound(&["features", &events, "-o", &features]).ended(0);
    assert!(simhound(&["features", &features]).ended(1).err.contains("not a table of events"));
}

#[test]
fn the_verdicts_on_a_table_of_events_are_those_on_its_captures() {
    let folder = Folder::new();
    let path = folder.write("crowd.pcap", &pcap(&crowd(30)));
    let events = folder.arg("events.parquet");
    simhound(&["events", &path, "-o", &events]).ended(0);
    simhound(&["analyze", &path, "--out", &folder.arg("direct")]).ended(0);
    let read = simhound(&["analyze", &events, "--out", &folder.arg("read")]).ended(0);
    assert!(!read.out().contains("Decode health"));
    for name in ["subscribers.csv", "devices.csv", "farms.json", "cases.json"] {
        let [direct, read] =
            ["direct", "read"].map(|run| std::fs::read_to_string(folder.path(run).join(name)).unwrap());
        assert_eq!(direct, read, "{name}");
    }
    assert!(simhound(&["analyze", &events, "--filter", "sctp"]).ended(1).err.contains("--filter is for packets"));
}

#[test]
fn a_newer_parquet_is_refused() {
    let folder = Folder::new();
    let path = folder.write("crowd.pcap", &pcap(&crowd(3)));
    simhound(&["events", &path, "-o", &folder.arg("events.parquet")]).ended(0);
    let error = read(&folder.path("events.parquet"), "events", 0).unwrap_err().to_string();
    assert!(error.contains("events of version 1; this simhound reads up to version 0"), "{error}");
}

#[cfg(unix)]
#[test]
fn outputs_are_for_their_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new();
    let mode = |name: &str| folder.path(name).metadata().unwrap().permissions().mode() & 0o777;
    let path = folder.write("crowd.pcap", &pcap(&crowd(30)));
    // one that was there before, readable for everybody
    folder.write("messages.jsonl", b"old");
    std::fs::set_permissions(folder.path("messages.jsonl"), std::fs::Permissions::from_mode(0o644)).unwrap();
    for (product, name) in [("messages", "messages.jsonl"), ("events", "events.csv"), ("features", "features.parquet")]
    {
        simhound(&[product, &path, "-o", &folder.arg(name)]).ended(0);
        assert_eq!(mode(name), 0o600, "{name}");
    }
    simhound(&["analyze", &path, "--out", &folder.arg("out")]).ended(0);
    for name in ["summary.json", "subscribers.csv", "devices.csv", "farms.json", "cases.json"] {
        assert_eq!(mode(&format!("out/{name}")), 0o600, "{name}");
    }
}

#[test]
fn outputs_that_cannot_be_written() {
    let folder = Folder::new();
    let path = folder.write("crowd.pcap", &pcap(&crowd(3)));
    let ran = simhound(&["events", &path, "-o", &folder.arg("no/such/folder.csv")]).ended(1);
    assert!(ran.err.contains("folder.csv"), "{}", ran.err);
    let ran = simhound(&["analyze", &path, "--out", &path]).ended(1);
    assert!(ran.err.contains(&path), "{}", ran.err);
}
