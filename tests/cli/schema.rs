//! The JSON files of a run, field for field: an unknown or a missing one fails.

use crate::support::{Folder, simhound};
use crate::traffic::{crowd, pcap};
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct Summary {
    pub version: String,
    pub complete: bool,
    pub inputs: Vec<Input>,
    pub unusable: Vec<String>,
    pub first: Option<String>,
    pub last: Option<String>,
    pub packets: u64,
    pub octets: u64,
    pub events: BTreeMap<String, u64>,
    pub subscribers: u64,
    pub flagged: u64,
    pub devices: u64,
    pub farms: u64,
    pub cases: u64,
    pub model: Model,
    pub sight: Sight,
    pub health: Health,
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct Input {
    pub path: String,
    pub fault: Option<String>,
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct Sight {
    pub interfaces: Vec<String>,
    pub unseen: Vec<String>,
    pub profile: Option<String>,
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct Model {
    pub made_by: String,
    pub version: u32,
    pub checksum: String,
    pub data: String,
    pub threshold: f64,
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct Health {
    pub layers: Vec<Layer>,
    pub reasons: Vec<Reason>,
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct Layer {
    pub layer: String,
    pub seen: u64,
    pub bytes: u64,
    pub decoded: u64,
    pub truncated: u64,
    pub malformed: u64,
    pub unsupported: u64,
    pub evicted: u64,
    pub unresolved: u64,
    pub repeated: u64,
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct Reason {
    pub layer: String,
    pub outcome: String,
    pub reason: String,
    pub count: u64,
    pub examples: Vec<Example>,
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct Example {
    pub file: String,
    pub frame: u64,
    pub offset: u64,
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct Farms {
    pub farms: Vec<Farm>,
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct Farm {
    pub id: String,
    pub kind: String,
    pub score: f64,
    pub cells: Vec<String>,
    pub first_seen: String,
    pub last_seen: String,
    pub devices: Vec<String>,
    pub cards: Vec<String>,
    pub evidence: Vec<Evidence>,
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    pub file: String,
    pub frame: u64,
    pub time: String,
    pub what: String,
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct Cases {
    pub cases: Vec<Case>,
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct Case {
    pub id: String,
    pub kind: String,
    pub imsi: String,
    pub msisdn: Option<String>,
    pub before: Before,
    pub after: After,
    pub calls_since: u64,
    pub evidence: Vec<Evidence>,
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct Before {
    pub imei: String,
    pub cell: Option<String>,
    pub last_seen: String,
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct After {
    pub device: Option<String>,
    pub farm: String,
    pub imei: String,
    pub cell: Option<String>,
    pub first_seen: String,
}

#[test]
fn the_folder_of_a_run() {
    let folder = Folder::new();
    let packets = crowd(90);
    let path = folder.write("crowd.pcap", &pcap(&packets));
    let ran = simhound(&["analyze", &path, "--out", &folder.arg("out")]).ended(0);
    assert!(ran.out().contains("No SIM farm found among 90 subscribers."), "{}", ran.out());
    let summary: Summary = folder.json("out/summary.json");
    assert_eq!(summary.version, env!("CARGO_PKG_VERSION"));
    assert!(summary.complete && summary.unusable.is_empty());
    assert_eq!((summary.inputs.len(), summary.inputs[0].path.as_str()), (1, path.as_str()));
    assert_eq!(summary.packets, packets.len() as u64);
    assert_eq!(summary.octets, packets.iter().map(|(_, octets)| octets.len() as u64).sum::<u64>());
    assert!(summary.first.unwrap().starts_with("2026-01-01T00:"));
    assert!(summary.last.unwrap().starts_with("2026-01-01T01:"));
    assert_eq!((summary.subscribers, summary.flagged), (90, 0));
    assert_eq!((summary.devices, summary.farms, summary.cases), (0, 0, 0));
    assert_eq!((summary.events["register"], summary.events["call_end"]), (90, 30));
    assert!(!summary.model.checksum.is_empty() && summary.model.version > 0);
    assert!(summary.model.threshold > 0.0 && summary.model.threshold <= 1.0);
    let layer = |name: &str| summary.health.layers.iter().find(|layer| layer.layer == name).unwrap();
    for name in ["udp", "sctp", "m3ua", "sccp", "tcap", "diameter", "sip"] {
        let counts = layer(name);
        assert!(counts.seen > 0 && counts.decoded == counts.seen, "{counts:?}");
    }
    assert_eq!(folder.json::<Farms>("out/farms.json"), Farms { farms: vec![] });
    assert_eq!(folder.json::<Cases>("out/cases.json"), Cases { cases: vec![] });
    let devices = "device,kind,farm,imeis,imsis,cells,first_seen,last_seen,score\n";
    assert_eq!(folder.text("out/devices.csv"), devices);
    let subscribers = folder.text("out/subscribers.csv");
    assert_eq!(subscribers.lines().count(), 91);
    let head = "imsi,msisdn,window_start,window_end,score,flagged,archetype,device,farm,case,reasons,";
    assert!(subscribers.starts_with(head), "{}", subscribers.lines().next().unwrap());
}
