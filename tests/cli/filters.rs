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
        let ran = simhound(&[command, &path, "--format", "csv", "-o", &path]).ended(1);
        assert!(ran.err.contains("is an input"), "{}", ran.err);
        assert_eq!(std::fs::read(&path).unwrap(), capture);
    }
    let ran = simhound(&["events", &path, "-o", &folder.arg("events.foo")]).ended(1);
    assert!(ran.err.contains(".parquet"), "{}", ran.err);
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
