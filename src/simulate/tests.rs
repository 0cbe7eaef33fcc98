//! Whole runs of the tiny scenario, and of the demo where tshark looks at it.

#![allow(clippy::arithmetic_side_effects)]

use super::*;
use std::collections::BTreeMap;
use std::process::Command;

fn scenario(name: &str) -> Scenario {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    Scenario::load(&folder.join(name)).unwrap()
}

/// A folder of this test's own, emptied.
fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("simhound-simulate-{}-{name}", std::process::id()));
    if folder.exists() {
        std::fs::remove_dir_all(&folder).unwrap();
    }
    folder
}

fn octets(summary: &Summary) -> Vec<Vec<u8>> {
    summary.files.iter().map(|file| std::fs::read(file).unwrap()).collect()
}

#[test]
fn the_same_seed_gives_the_same_octets() {
    let tiny = scenario("tiny.toml");
    let (first, second, other) = (folder("same-a"), folder("same-b"), folder("same-c"));
    let mut told = Vec::new();
    let a = run(&tiny, 5, &first, &mut |share| told.push(share)).unwrap();
    let b = run(&tiny, 5, &second, &mut |_| ()).unwrap();
    let c = run(&tiny, 6, &other, &mut |_| ()).unwrap();
    assert_eq!(octets(&a), octets(&b));
    assert_ne!(octets(&a)[0], octets(&c)[0]);
    assert_eq!(told.last(), Some(&1.0));
    for folder in [first, second, other] {
        std::fs::remove_dir_all(folder).unwrap();
    }
}

#[test]
fn captures_of_an_earlier_run_go_and_files_of_others_stay() {
    let out = folder("earlier");
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/tiny.toml");
    let text = std::fs::read_to_string(&file).unwrap();
    let tapped = Scenario::parse(&format!("{text}\n[[taps]]\nname = \"edge\"\n"), &file).unwrap();
    run(&tapped, 3, &out, &mut |_| ()).unwrap();
    let before: Vec<PathBuf> =
        std::fs::read_dir(out.join("edge")).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert!(!before.is_empty());
    let own = [out.join("edge/mine.pcap"), out.join("tiny-77.pcap"), out.join("notes.txt")];
    own.iter().for_each(|path| std::fs::write(path, "mine").unwrap());
    let after = run(&scenario("tiny.toml"), 3, &out, &mut |_| ()).unwrap();
    assert!(before.iter().all(|path| !path.exists()));
    assert!(own.iter().all(|path| std::fs::read(path).unwrap() == b"mine"));
    assert!(after.files.iter().all(|path| path.exists()));
    std::fs::remove_dir_all(out).unwrap();
}

#[test]
fn the_truth_counts_what_the_scenario_says() {
    let tiny = scenario("tiny.toml");
    let out = folder("truth");
    let summary = run(&tiny, 3, &out, &mut |_| ()).unwrap();
    assert_eq!(summary.subscribers, 10);
    assert_eq!(summary.files.len(), 7);
    assert!(summary.packets > 500 && summary.octets > 100 * summary.packets / 2 && summary.messages > 300);
    let mut reader = csv::Reader::from_path(out.join("truth.csv")).unwrap();
    let mut kinds: BTreeMap<(String, String), usize> = BTreeMap::new();
    let mut imsis = Vec::new();
    for row in reader.deserialize::<BTreeMap<String, String>>() {
        let row = row.unwrap();
        assert_eq!(row["fraud"] == "true", !row["fraud_kind"].is_empty());
        assert_eq!(row["fraud"] == "true", row["farm"] == "tiny-a");
        if row["fraud_kind"] == "stolen_watch" {
            assert_ne!(row["imei_last"], row["watch_imei"]);
            assert!(row["moved_at"].starts_with("2026-03-17T07:"), "{}", row["moved_at"]);
        }
        for key in ["imei_first", "imei_last"] {
            let imei = &row[key];
            assert!(imei.is_empty() || imei.parse::<crate::identity::Imei>().unwrap().luhn_ok());
        }
        *kinds.entry((row["archetype"].clone(), row["fraud_kind"].clone())).or_default() += 1;
        imsis.push(row["imsi"].clone());
    }
    assert!(imsis.is_sorted());
    let count = |archetype: &str, kind: &str| kinds.get(&(archetype.to_owned(), kind.to_owned())).copied().unwrap_or(0);
    assert_eq!(count("ordinary", ""), 4);
    assert_eq!(count("courier", "") + count("meter", ""), 2);
    assert_eq!(count("watch", "") + count("watch", "stolen_watch"), 2);
    assert_eq!(count("gateway", "gateway_card"), 2);
    std::fs::remove_dir_all(out).unwrap();
}

#[test]
fn packets_are_in_order_of_time() {
    let tiny = scenario("tiny.toml");
    let out = folder("order");
    let summary = run(&tiny, 9, &out, &mut |_| ()).unwrap();
    let capture = std::fs::read(&summary.files[0]).unwrap();
    let word = |at: usize| u32::from_le_bytes(capture[at..at + 4].try_into().unwrap());
    let (mut at, mut last, mut count) = (24, (0, 0), 0);
    while at < capture.len() {
        let time = (word(at), word(at + 4));
        assert!(time >= last);
        last = time;
        at += 16 + word(at + 8) as usize;
        count += 1;
    }
    assert!(count > 100);
    std::fs::remove_dir_all(out).unwrap();
}

#[test]
fn events_without_packets_are_those_that_probes_of_the_captures_could_see() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/tiny.toml");
    let taps = "[[taps]]\nname = \"edge\"\nsees = [\"ims\"]\n[[taps]]\nname = \"core\"\nsees = [\"packet-core\"]";
    let text = format!("{}\n{taps}", std::fs::read_to_string(&file).unwrap());
    let tiny = Scenario::parse(&text, &file).unwrap();
    let out = folder("events");
    run(&tiny, 11, &out, &mut |_| ()).unwrap();
    let table = out.join("events.csv");
    let summary = run_events(&tiny, 11, &table, None, &mut |_| ()).unwrap();
    let rows = |path: &Path| -> Vec<BTreeMap<String, String>> {
        csv::Reader::from_path(path).unwrap().deserialize().map(Result::unwrap).collect()
    };
    let (events, mut truth) = (rows(&table), rows(&out.join("events-truth.csv")));
    assert!(truth.iter().any(|row| row["seen_by"].is_empty()));
    truth.retain(|row| !row["seen_by"].is_empty());
    assert!(truth.iter().all(|row| (row["interface"] == "sip") == (row["seen_by"] == "edge")));
    assert!(events.len() > 30, "{}", events.len());
    assert_eq!(summary.events, events.len() as u64);
    assert_eq!(events.len(), truth.len());
    assert!(events.is_sorted_by_key(|row| row["time"].clone()));
    for (event, truth) in events.iter().zip(&truth) {
        for key in ["time", "kind", "direction", "peer", "interface", "outcome", "duration_ms"] {
            assert_eq!(event[key], truth[key], "{key}");
        }
        // Whose number it is may not have been told yet.
        for key in ["imsi", "imei"] {
            assert!(event[key] == truth[key] || event["imsi"].is_empty() && event["interface"] == "sip", "{key}");
        }
    }
    std::fs::remove_dir_all(out).unwrap();
}

#[test]
fn a_stolen_card_stays_in_its_watch_then_in_a_slot() {
    let out = folder("stays");
    let rows = |name: &str| -> Vec<BTreeMap<String, String>> {
        csv::Reader::from_path(out.join(name)).unwrap().deserialize().map(Result::unwrap).collect()
    };
    // Of some seeds the hour is over before the card is on the air again.
    let stolen = (1..20).find_map(|seed| {
        run(&scenario("tiny.toml"), seed, &out, &mut |_| ()).unwrap();
        rows("truth.csv").into_iter().find(|row| !row["watch_imei"].is_empty())
    });
    let stolen = stolen.unwrap();
    let mut stays = rows("devices.csv");
    assert!(stays.iter().all(|stay| stay["from"] <= stay["to"]));
    stays.retain(|stay| stay["imsi"] == stolen["imsi"]);
    stays.sort_by_key(|stay| stay["from"].clone());
    let [first, .., last] = stays.as_slice() else { panic!("{stays:?}") };
    assert_eq!(first["imei"], stolen["watch_imei"]);
    assert_eq!((first["kind"].as_str(), first["slot"].as_str()), ("watch", ""));
    assert_eq!((last["farm"].as_str(), last["imei"].as_str()), ("tiny-a", stolen["imei_last"].as_str()));
    assert!(first["to"] < last["from"] && last["from"] >= stolen["moved_at"]);
    std::fs::remove_dir_all(out).unwrap();
}

/// What tshark finds wrong in a capture, one line each; none where tshark is missing and not required.
fn complaints(capture: &Path) -> Option<String> {
    let output = Command::new("tshark")
        .args(["-o", "ip.check_checksum:TRUE", "-o", "tcp.check_checksum:TRUE"])
        .args(["-o", "udp.check_checksum:TRUE", "-o", "sctp.checksum:CRC 32c"])
        .args(["-Y", "_ws.malformed || _ws.expert.severity >= 8388608 || sctp.checksum.status == 0"])
        .arg("-r")
        .arg(capture)
        .output();
    match output {
        Ok(output) if output.status.success() => Some(String::from_utf8_lossy(&output.stdout).into_owned()),
        other => {
            let required = std::env::var("SIMHOUND_REQUIRE_TSHARK").is_ok_and(|value| value == "1");
            assert!(!required, "tshark is required: {other:?}");
            None
        }
    }
}

/// What tshark finds wrong in all captures of a scenario.
fn tshark_finds_nothing(name: &str, seed: u64) {
    let out = folder(&format!("tshark-{name}"));
    let summary = run(&scenario(name), seed, &out, &mut |_| ()).unwrap();
    for capture in summary.files.iter().filter(|file| file.extension().is_none_or(|kind| kind != "csv")) {
        match complaints(capture) {
            Some(found) => assert_eq!(found, "", "{}", capture.display()),
            None => eprintln!("SKIPPED: tshark is not installed; {} not checked", capture.display()),
        }
    }
    std::fs::remove_dir_all(out).unwrap();
}

#[test]
fn tshark_finds_nothing_malformed() {
    tshark_finds_nothing("tiny.toml", 7);
}

#[test]
fn tshark_finds_nothing_malformed_on_any_interface() {
    tshark_finds_nothing("all-interfaces.toml", 7);
}
