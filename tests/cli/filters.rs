//! Only what was asked for.

use crate::support::{Folder, simhound};
use crate::traffic::{imei, imsi, pcap, scene};

#[test]
fn messages() {
    let folder = Folder::new();
    let path = folder.write("scene.pcap", &pcap(&scene()));
    let count = |more: &[&str]| {
        let arguments: Vec<&str> = ["messages", &path].iter().chain(more).copied().collect();
        simhound(&arguments).ended(0).lines().len()
    };
    let all = count(&[]);
    assert_eq!(count(&["--protocol", "map"]), 2);
    assert_eq!(count(&["--protocol", "diameter"]), 4);
    assert_eq!(count(&["--protocol", "sip"]), 5);
    assert_eq!(count(&["--protocol", "cap"]), 0);
    assert_eq!(all, 11);
    assert_eq!(count(&["--imsi", &imsi(2)]), 1);
    assert_eq!(count(&["--imsi", &imsi(9)]), 0);
    assert_eq!(count(&["--imei", &imei(3)]), 1);
    assert_eq!(count(&["--imei", &imei(3), "--imsi", &imsi(2)]), 0);
}

#[test]
fn events() {
    let folder = Folder::new();
    let path = folder.write("scene.pcap", &pcap(&scene()));
    let all = simhound(&["events", &path]).ended(0).lines();
    for number in 1..=4 {
        let own = simhound(&["events", &path, "--imsi", &imsi(number)]).ended(0).lines();
        assert!(!own.is_empty(), "subscriber {number}");
        assert!(own.iter().all(|event| event["imsi"] == imsi(number)));
        let expected: Vec<_> = all.iter().filter(|event| event.get("imsi") == own[0].get("imsi")).cloned().collect();
        assert_eq!(own, expected);
    }
    let own = simhound(&["events", &path, "--imei", &imei(2)]).ended(0).lines();
    assert!(!own.is_empty() && own.iter().all(|event| event["imsi"] == imsi(2)));
}

#[test]
fn wrong_identities_are_wrong_usage() {
    for (option, value) in [("--imsi", "12"), ("--imsi", "abc"), ("--imei", "1"), ("--msisdn", "")] {
        let ran = simhound(&["messages", "any.pcap", option, value]).ended(2);
        assert!(ran.err.contains(option), "{}", ran.err);
    }
}

#[test]
fn an_input_is_not_written_over() {
    let folder = Folder::new();
    let capture = pcap(&scene());
    let path = folder.write("scene.pcap", &capture);
    for command in ["messages", "events", "features"] {
        let ran = simhound(&[command, &path, "--format", "csv", "-o", &path]).ended(2);
        assert!(ran.err.contains("is an input"), "{}", ran.err);
        assert_eq!(std::fs::read(&path).unwrap(), capture);
    }
    let ran = simhound(&["carve", &path, "--imsi", &imsi(2), "-o", &path]).ended(2);
    assert!(ran.err.contains("is an input"), "{}", ran.err);
    assert_eq!(std::fs::read(&path).unwrap(), capture);
    let ran = simhound(&["events", &path, "-o", &folder.arg("events.foo")]).ended(2);
    assert!(ran.err.contains(".parquet"), "{}", ran.err);
    let ran = simhound(&["events", &path, "--filter", "udp port or"]).ended(2);
    assert!(ran.err.contains("filter"), "{}", ran.err);
}

#[test]
fn an_operation_that_does_not_come_is_named() {
    let folder = Folder::new();
    let path = folder.write("scene.pcap", &pcap(&scene()));
    let ran = simhound(&["messages", &path, "--operation", "UPDATELOCATION,updateLocatoin"]).ended(0);
    assert!(ran.err.contains("updateLocatoin") && !ran.err.contains("UPDATELOCATION"), "{}", ran.err);
    assert!(!ran.lines().is_empty());
}

#[test]
fn windows_that_the_model_does_not_know_are_refused() {
    let folder = Folder::new();
    let path = folder.write("scene.pcap", &pcap(&scene()));
    let ran = simhound(&["analyze", &path, "--window", "1h"]).ended(1);
    assert!(ran.err.contains("trained on windows of 24 h"), "{}", ran.err);
    let ran = simhound(&["analyze", &path, "--window", "7d"]).ended(0);
    assert!(ran.err.contains("less sure"), "{}", ran.err);
    assert!(simhound(&["analyze", &path, "--threads", "99999"]).ended(2).err.contains("--threads"));
}

#[test]
fn operations_times_places_and_lists() {
    let folder = Folder::new();
    let path = folder.write("scene.pcap", &pcap(&scene()));
    let rows = |more: &[&str]| {
        let arguments: Vec<&str> = ["messages", &path].iter().chain(more).copied().collect();
        simhound(&arguments).ended(0).lines()
    };
    let all = rows(&[]);
    let operation = all[0]["operation"].as_str().unwrap().to_uppercase();
    let own = rows(&["--operation", &operation]);
    assert!(!own.is_empty() && own.iter().all(|row| row["operation"] == all[0]["operation"]));
    assert_eq!(rows(&["--protocol", "map,sip"]).len(), 7);
    let both = rows(&["--imsi", &format!("{},{}", imsi(2), imsi(9))]);
    assert_eq!(both, rows(&["--imsi", &imsi(2)]));
    let list = folder.write("list.txt", format!("# suspects\n{}\n", imsi(2)).as_bytes());
    assert_eq!(rows(&["--imsi", &format!("@{list}")]), both);
    let time = all[4]["time"].as_str().unwrap();
    let (before, after) = (rows(&["--until", time]), rows(&["--since", time]));
    assert!(before.len() >= 4 && !after.is_empty());
    assert_eq!(before.len() + after.len(), all.len());
    for wrong in [["--cell", "001-01"], ["--since", "yesterday"], ["--protocol", "smtp"], ["--imsi", "@/no/such"]] {
        simhound(&["messages", &path, wrong[0], wrong[1]]).ended(2);
    }
}

#[test]
fn cells_and_areas() {
    let demo = concat!(env!("CARGO_MANIFEST_DIR"), "/pcaps/demo/demo-01.pcap");
    let (cell, area) = ("001-01-4099-10121", "001-01-4099");
    let rows = |cell: &str| simhound(&["messages", demo, "--cell", cell]).ended(0).lines();
    let (there, around) = (rows(cell), rows(area));
    assert!(!there.is_empty() && there.iter().all(|row| row["cell"] == cell));
    assert!(around.len() > there.len());
    assert!(around.iter().all(|row| row["cell"].as_str().unwrap().starts_with(area)));
    assert_eq!(rows("001-01-?-10121"), there);
}

#[test]
fn lines_for_reading() {
    let folder = Folder::new();
    let path = folder.write("scene.pcap", &pcap(&scene()));
    let plain = simhound(&["messages", &path, "--format", "text"]).ended(0);
    let count = simhound(&["messages", &path]).ended(0).lines().len();
    assert_eq!(plain.out().lines().count(), count);
    assert!(plain.out().contains(&format!("imsi={}", imsi(2))) && !plain.out().contains('\u{1b}'));
    let coloured = simhound(&["messages", &path, "--format", "text", "--color", "always"]).ended(0);
    assert!(coloured.out().contains(&format!("\u{1b}[32m{}\u{1b}[0m", imsi(2))));
    let file = folder.arg("lines.txt");
    simhound(&["messages", &path, "-o", &file]).ended(0);
    assert_eq!(folder.text("lines.txt"), plain.out());
    simhound(&["messages", &path, "--format", "xml"]).ended(2);
}

#[test]
fn decode_health_on_request() {
    let folder = Folder::new();
    let mut scene = pcap(&scene());
    scene.truncate(scene.len() - 3);
    let path = folder.write("scene.pcap", &scene);
    let silent = simhound(&["messages", &path, "--quiet"]).ended(1);
    assert!(!silent.err.contains("layer"));
    let told = simhound(&["messages", &path, "--quiet", "--health"]).ended(1);
    assert_eq!(told.out, silent.out);
    for word in ["Decode health", "sctp", "diameter"] {
        assert!(told.err.contains(word), "{}", told.err);
    }
}
