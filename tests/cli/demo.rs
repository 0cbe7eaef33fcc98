//! The demo captures, a town with a SIM farm in it: what is found, how the command ends, and that the evidence holds.

use crate::schema::{Cases, Evidence, Farms, Summary};
use crate::support::{Folder, simhound};
use simhound::capture::{Batch, Filled, LinkType, PacketSource, PcapWriter, Savefiles, expand};
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use std::sync::LazyLock;

const DEMO: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/pcaps/demo");
const SCENARIO: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/demo.toml");

/// All packets of the town in the order of time.
static PACKETS: LazyLock<Vec<(i64, Vec<u8>)>> = LazyLock::new(|| {
    let mut files = Savefiles::open(expand(&[DEMO.to_owned()]).inputs);
    assert!(files.inputs().len() > 1 && files.errors().is_empty());
    let mut packets = Vec::new();
    let mut batch = Batch::default();
    loop {
        batch.clear();
        let filled = files.fill(&mut batch).unwrap();
        assert!(batch.packets.iter().all(|packet| packet.link == LinkType::ETHERNET && !packet.is_cut()));
        packets.extend(batch.packets.iter().map(|packet| (packet.time, batch.bytes(packet).to_vec())));
        if filled == Filled::Done {
            assert!(files.faults().is_empty());
            return packets;
        }
    }
});

fn write(path: &Path, packets: &[(i64, Vec<u8>)]) {
    let file = std::io::BufWriter::new(std::fs::File::create(path).unwrap());
    let mut writer = PcapWriter::new(file, LinkType::ETHERNET).unwrap();
    packets.iter().for_each(|(time, octets)| writer.packet(*time, octets).unwrap());
    writer.finish().unwrap();
}

/// Analyses the town as one file: the path of the file, and the folder with `out` in it.
fn whole() -> (String, Folder) {
    let folder = Folder::new();
    write(&folder.path("town.pcap"), &PACKETS);
    simhound(&["analyze", &folder.arg("town.pcap"), "--out", &folder.arg("out"), "--quiet"]).ended(0);
    (folder.arg("town.pcap"), folder)
}

fn farms_and_cases(folder: &Folder) -> (Farms, Cases) {
    (folder.json("out/farms.json"), folder.json("out/cases.json"))
}

#[test]
fn the_demo_is_what_its_scenario_gives() {
    let folder = Folder::new();
    simhound(&["simulate", SCENARIO, "--out", &folder.arg("town"), "--seed", "2", "--quiet"]).ended(0);
    let mut captures = 0;
    for entry in std::fs::read_dir(DEMO).unwrap() {
        let path = entry.unwrap().path();
        let made = folder.path("town").join(path.file_name().unwrap());
        assert!(std::fs::read(&path).unwrap() == std::fs::read(made).unwrap(), "{}", path.display());
        captures += 1;
    }
    assert!(captures > 1);
}

#[test]
fn a_farm_is_found_and_told_by_the_exit_code() {
    let (path, folder) = whole();
    let (Farms { farms }, Cases { cases }) = farms_and_cases(&folder);
    assert_eq!(farms.len(), 1);
    assert!(cases.iter().any(|case| case.kind == "stolen_watch"));
    assert!(cases.iter().all(|case| case.after.farm == farms[0].id && farms[0].cards.contains(&case.imsi)));
    let summary: Summary = folder.json("out/summary.json");
    assert_eq!((summary.farms, summary.cases), (1, cases.len() as u64));
    let ran = simhound(&["analyze", &path, "--fail-on-farm"]).ended(3);
    assert!(ran.out().starts_with("1 SIM farm with "), "{}", ran.out());
    // that not everything could be read is the graver news
    let broken = folder.write("broken.pcap", b"");
    simhound(&["analyze", &path, &broken, "--fail-on-farm"]).ended(1);
}

#[test]
fn ten_files_say_what_one_says() {
    let (_, one) = whole();
    let ten = Folder::new();
    std::fs::create_dir(ten.path("parts")).unwrap();
    for (number, part) in PACKETS.chunks(PACKETS.len().div_ceil(10)).enumerate() {
        write(&ten.path(&format!("parts/{number}.pcap")), part);
    }
    simhound(&["analyze", &ten.arg("parts"), "--out", &ten.arg("out"), "--quiet"]).ended(0);
    for name in ["out/subscribers.csv", "out/devices.csv"] {
        assert!(one.text(name) == ten.text(name), "{name}");
    }
    // evidence says in which frame of which file a packet lies, and that differs
    let without_places = |folder: &Folder| {
        let (mut farms, mut cases) = farms_and_cases(folder);
        let evidence = farms.farms.iter_mut().flat_map(|farm| &mut farm.evidence);
        for evidence in evidence.chain(cases.cases.iter_mut().flat_map(|case| &mut case.evidence)) {
            evidence.file.clear();
            evidence.frame = 0;
        }
        (farms, cases)
    };
    assert_eq!(without_places(&one), without_places(&ten));
}

/// What tshark prints of frames, by number; nothing where there is no tshark and none is required.
fn tshark(path: &str, frames: &[u64]) -> Option<BTreeMap<u64, String>> {
    let wanted: Vec<String> = frames.iter().map(|frame| format!("frame.number=={frame}")).collect();
    match Command::new("tshark").args(["-r", path, "-V", "-Y", &wanted.join("||")]).output() {
        Ok(output) => {
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            let mut printed: BTreeMap<u64, String> = BTreeMap::new();
            let mut current = 0;
            for line in String::from_utf8_lossy(&output.stdout).lines() {
                let number = line.strip_prefix("Frame ").and_then(|rest| rest.split(':').next()?.parse().ok());
                current = number.unwrap_or(current);
                let text = printed.entry(current).or_default();
                text.push_str(line);
                text.push('\n');
            }
            Some(printed)
        }
        Err(error) => {
            assert!(std::env::var_os("SIMHOUND_REQUIRE_TSHARK").is_none(), "tshark is required: {error}");
            eprintln!("SKIPPED: no tshark ({error}); the evidence was not checked against it");
            None
        }
    }
}

#[test]
fn evidence_shows_its_subscriber_in_wireshark() {
    let (path, folder) = whole();
    let (Farms { farms }, Cases { cases }) = farms_and_cases(&folder);
    // a card by IMSI, with its number
    let table = simhound::table::read(&folder.path("out/subscribers.csv"), "subscribers", 1).unwrap();
    let (imsi, msisdn) = (table.column("imsi").unwrap(), table.column("msisdn").unwrap());
    let numbers: BTreeMap<String, String> =
        table.rows.iter().filter_map(|row| Some((row[imsi].text()?, row[msisdn].text()?))).collect();
    let names = |imsi: &String| [Some(imsi.clone()), numbers.get(imsi).cloned()].into_iter().flatten();
    // each piece of evidence, and how its subscriber may be named there
    let mut all: Vec<(&Evidence, Vec<String>)> = Vec::new();
    for farm in &farms {
        for evidence in &farm.evidence {
            // "IMSI ... in IMEI ..." says which card
            let told: Vec<&String> = farm.cards.iter().filter(|card| evidence.what.contains(*card)).collect();
            let cards = if told.is_empty() { farm.cards.iter().collect() } else { told };
            all.push((evidence, cards.into_iter().flat_map(names).collect()));
        }
    }
    for case in &cases {
        all.extend(case.evidence.iter().map(|evidence| (evidence, names(&case.imsi).collect())));
    }
    assert!(all.len() >= cases.len() + farms.len());
    let frames: Vec<u64> = all.iter().map(|(evidence, _)| evidence.frame).collect();
    let Some(printed) = tshark(&path, &frames) else { return };
    let mut wrong = Vec::new();
    for (evidence, names) in all {
        assert_eq!(evidence.file, path);
        let text = &printed[&evidence.frame];
        // in SIP a number may be written with its plus, a user part with more behind it: digits suffice
        if !names.iter().any(|name| text.contains(name)) {
            wrong.push(format!("frame {} ({}) shows none of {names:?}", evidence.frame, evidence.what));
        }
    }
    assert!(wrong.is_empty(), "{} frames: {}", wrong.len(), wrong.join("\n"));
}
