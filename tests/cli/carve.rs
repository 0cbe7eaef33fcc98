//! The packets of some, and only those.

use crate::support::{Folder, simhound};
use crate::traffic::{imsi, pcap, scene};
use std::collections::BTreeSet;
use std::path::Path;

const DEMO: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/pcaps/demo");
/// A card that was taken from a watch, and its number.
const CARD: &str = "001010123400332";
const NUMBER: &str = "999712069116";

/// Protocol, operation, role and time of what names a subscriber.
fn named(capture: &str, identity: &[&str]) -> Vec<String> {
    let arguments = [&["messages", capture], identity].concat();
    let rows = simhound(&arguments).ended(0).lines();
    let text = |row: &serde_json::Map<String, serde_json::Value>, name: &str| row[name].to_string();
    let mut rows: Vec<String> = rows
        .iter()
        .map(|row| ["time", "protocol", "operation", "role"].map(|name| text(row, name)).join(" "))
        .collect();
    rows.sort();
    rows
}

#[test]
fn what_names_a_subscriber_is_in_its_capture() {
    let folder = Folder::new();
    let demo = DEMO.to_owned();
    let out = folder.arg("one.pcapng");
    let ran = simhound(&["carve", &demo, "--imsi", CARD, "-o", &out]).ended(0);
    assert!(ran.err.contains(" packets"), "{}", ran.err);
    for identity in [["--imsi", CARD], ["--msisdn", NUMBER]] {
        let all = named(&demo, &identity);
        assert!(all.len() > 50, "{}", all.len());
        assert_eq!(named(&out, &identity), all, "{identity:?}");
    }
    // Of others there is only who spoke with the subscriber.
    let packets = |path: &str| simhound(&["messages", path]).ended(0).lines().len();
    assert!(packets(&out) * 20 < packets(&demo));
    let by_number = folder.arg("number.pcapng");
    simhound(&["carve", &demo, "--msisdn", NUMBER, "-o", &by_number]).ended(0);
    assert_eq!(std::fs::read(&by_number).unwrap(), std::fs::read(&out).unwrap());
}

#[test]
fn the_dialogue_of_an_imsi_comes_whole() {
    let folder = Folder::new();
    let path = folder.write("scene.pcap", &pcap(&scene()));
    let filter = simhound(&["carve", &path, "--imsi", &imsi(2), "--print-filter"]).ended(0);
    let rows = simhound(&["messages", &path]).ended(0).lines();
    let naming = rows.iter().filter(|row| row.get("imsi").is_some_and(|named| named.as_str() == Some(&imsi(2))));
    let dialogues: BTreeSet<String> = naming.map(|row| row["dialogue"].to_string()).collect();
    let expected: BTreeSet<String> = rows
        .iter()
        .filter(|row| row.get("dialogue").is_some_and(|dialogue| dialogues.contains(&dialogue.to_string())))
        .map(|row| row["frame"].to_string())
        .collect();
    assert!(!expected.is_empty());
    let shown = filter.out().trim();
    assert!(shown.starts_with("frame.number in {") && shown.ends_with('}'), "{shown}");
    for frame in expected {
        let range = shown.trim_end_matches('}').split(['{', ',']).skip(1).any(|range| {
            let (first, last) = range.trim().split_once("..").unwrap_or((range.trim(), range.trim()));
            let frame: u64 = frame.parse().unwrap();
            (first.parse().unwrap()..=last.parse().unwrap()).contains(&frame)
        });
        assert!(range, "{frame} in {shown}");
    }
}

#[test]
fn a_farm_of_a_run_is_carved_by_its_id() {
    let folder = Folder::new();
    let (run, out) = (folder.arg("run"), folder.arg("farm.pcapng"));
    let demo = DEMO.to_owned();
    simhound(&["analyze", &demo, "--out", &run, "--quiet"]).ended(0);
    simhound(&["carve", &demo, "--run", &run, "--farm", "farm-1", "-o", &out, "--quiet"]).ended(0);
    assert_eq!(named(&out, &["--imsi", CARD]), named(&demo, &["--imsi", CARD]));
    simhound(&["carve", &demo, "--run", &run, "--case", "case-1", "--print-filter"]).ended(0);
    for what in ["--device", "--case", "--farm"] {
        let missing = simhound(&["carve", &demo, "--run", &run, what, "none-9", "-o", &out]).ended(1);
        assert!(missing.err.contains("has no \"none-9\""), "{}", missing.err);
    }
}

#[test]
fn packets_are_as_they_were_captured() {
    let folder = Folder::new();
    let scene = pcap(&scene());
    let path = folder.write("scene.pcap", &scene);
    let carved = simhound(&["carve", &path, "--imsi", &imsi(1)]).ended(0).out;
    assert_eq!(&carved[..4], &[0x0a, 0x0d, 0x0d, 0x0a]);
    let again = folder.write("carved.pcapng", &carved);
    // A carved capture can be carved again, to the same packets.
    let twice = simhound(&["carve", &again, "--imsi", &imsi(1)]).ended(0).out;
    let rows = |octets: &[u8], name: &str| {
        let path = folder.write(name, octets);
        let mut rows = simhound(&["messages", &path]).ended(0).lines();
        rows.iter_mut().for_each(|row| row.retain(|name, _| name != "file" && name != "frame"));
        rows
    };
    assert_eq!(rows(&carved, "a.pcapng"), rows(&twice, "b.pcapng"));
}

#[test]
fn what_cannot_be_carved() {
    let folder = Folder::new();
    let path = folder.write("scene.pcap", &pcap(&scene()));
    let nobody = simhound(&["carve", &path, "--imsi", &imsi(9), "-o", &folder.arg("x.pcapng")]).ended(1);
    assert!(nobody.err.contains("no packet concerns"), "{}", nobody.err);
    assert!(!Path::new(&folder.arg("x.pcapng")).exists());
    simhound(&["carve", &path]).ended(2);
    simhound(&["carve", &path, "--farm", "farm-1"]).ended(2);
    let over = simhound(&["carve", &path, "--imsi", &imsi(1), "-o", &path]).ended(2);
    assert!(over.err.contains("is an input"), "{}", over.err);
    let once = simhound(&["carve", "-", "--imsi", &imsi(1), "-o", &folder.arg("x.pcapng")]).ended(1);
    assert!(!once.err.is_empty());
}
