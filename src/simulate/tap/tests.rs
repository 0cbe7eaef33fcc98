//! Probes on the tiny scenario: what they see, lose, cut and see twice.

#![allow(clippy::arithmetic_side_effects)]

use super::super::{Scenario, run};
use std::collections::HashSet;
use std::path::{Path, PathBuf};

/// Where each place is: the networks of nodes that all its links begin or end at, by their second and third octets.
const PLACES: [(&str, &[[u8; 2]]); 9] = [
    ("stp", &[[10, 0], [20, 0]]),
    ("trunks", &[[91, 0]]),
    ("hlr", &[[20, 0], [30, 0]]),
    ("roaming", &[[90, 0]]),
    ("a", &[[11, 1], [11, 2]]),
    ("iu", &[[12, 1], [12, 2]]),
    ("a-iu", &[[11, 1], [11, 2], [12, 1], [12, 2]]),
    ("packet-core", &[[30, 1], [50, 1], [52, 0]]),
    ("ims", &[[40, 0]]),
];

#[test]
fn each_place_has_links_and_no_others() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/all-interfaces.toml");
    let text = std::fs::read_to_string(&file).unwrap().replace("\"roaming\"", "\"roaming\", \"hlr\"");
    let text = text.replace("duration_minutes = 60", "duration_minutes = 20").replace("minutes = 60", "minutes = 20");
    let taps = PLACES.map(|(place, _)| format!("[[taps]]\nname = {place:?}\nsees = [{place:?}]\n")).concat();
    let out = std::env::temp_dir().join(format!("simhound-taps-{}-each", std::process::id()));
    run(&Scenario::parse(&format!("{text}\n{taps}"), &file).unwrap(), 4, &out, &mut |_| ()).unwrap();
    for (place, nodes) in PLACES {
        let packets = packets_of(&out.join(place).join("all-interfaces-01.pcap"));
        assert!(packets.len() > 5, "{place}: {} packets", packets.len());
        for (_, packet, _) in packets {
            // The second path of 10.b.c.d is of 100.64/10, with what fits in of b.
            let network = |at: usize| [packet[at] & 0x3f, packet[at + 1]];
            let ends = [network(27), network(31)];
            assert!(nodes.iter().any(|&[b, c]| ends.contains(&[b & 0x3f, c])), "{place}: {ends:?}");
        }
    }
    std::fs::remove_dir_all(out).unwrap();
}

fn tiny() -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/tiny.toml")).unwrap()
}

/// Runs the tiny scenario with these taps into a folder of its own.
fn captured(name: &str, taps: &str) -> PathBuf {
    let out = std::env::temp_dir().join(format!("simhound-taps-{}-{name}", std::process::id()));
    let text = format!("{}\n{taps}", tiny());
    run(&Scenario::parse(&text, Path::new("tiny")).unwrap(), 4, &out, &mut |_| ()).unwrap();
    out
}

/// Time in microseconds, kept octets and length on the wire of each packet of a tap that wrote one pcap.
fn packets(out: &Path, tap: &str) -> Vec<(u64, Vec<u8>, u32)> {
    packets_of(&out.join(tap).join("tiny-01.pcap"))
}

fn packets_of(file: &Path) -> Vec<(u64, Vec<u8>, u32)> {
    let capture = std::fs::read(file).unwrap();
    let word = |at: usize| u32::from_le_bytes(capture[at..at + 4].try_into().unwrap());
    let (mut at, mut packets) = (24, Vec::new());
    while at < capture.len() {
        let time = u64::from(word(at)) * 1_000_000 + u64::from(word(at + 4));
        let kept = word(at + 8) as usize;
        packets.push((time, capture[at + 16..at + 16 + kept].to_vec(), word(at + 12)));
        at += 16 + kept;
    }
    packets
}

const PLAIN: &str = "files = [{ minutes = 60, format = \"pcap\" }]";

#[test]
fn a_probe_has_a_clock_of_its_own_and_others_change_nothing_of_what_it_sees() {
    let alone = captured("alone", &format!("[[taps]]\nname = \"a\"\n{PLAIN}"));
    let both = captured(
        "both",
        &format!(
            "[[taps]]\nname = \"a\"\n{PLAIN}\n[[taps]]\nname = \"late\"\n{PLAIN}\n\
             clock_offset_ms = -250.0\nclock_drift_ppm = 100.0\nfrom_minute = 30"
        ),
    );
    let all = packets(&alone, "a");
    assert_eq!(all, packets(&both, "a"));
    let late = packets(&both, "late");
    let start = all[0].0 - all[0].0 % 60_000_000;
    let second_half: Vec<_> = all.iter().filter(|packet| packet.0 >= start + 30 * 60_000_000).collect();
    assert!(late.len() > 50);
    assert_eq!(late.len(), second_half.len());
    for (theirs, ours) in late.iter().zip(second_half) {
        let expected = ours.0 as f64 - 250_000.0 + (ours.0 - start) as f64 * 1e-4;
        assert!((theirs.0 as f64 - expected).abs() < 3.0);
        assert_eq!(theirs.1, ours.1);
    }
    [alone, both].iter().for_each(|out| std::fs::remove_dir_all(out).unwrap());
}

#[test]
fn a_probe_loses_cuts_and_sees_twice() {
    let out = captured(
        "faulty",
        &format!(
            "[[taps]]\nname = \"whole\"\n{PLAIN}\n[[taps]]\nname = \"lossy\"\n{PLAIN}\nloss = 0.2\n\
             [[taps]]\nname = \"twice\"\n{PLAIN}\nduplicate = 1.0\n[[taps]]\nname = \"short\"\n{PLAIN}\nsnaplen = 90"
        ),
    );
    let [whole, lossy, twice, short] = ["whole", "lossy", "twice", "short"].map(|tap| packets(&out, tap));
    let share = lossy.len() as f64 / whole.len() as f64;
    assert!((0.74..0.86).contains(&share), "{share}");
    let known: HashSet<&Vec<u8>> = whole.iter().map(|packet| &packet.1).collect();
    assert!(lossy.iter().all(|packet| known.contains(&packet.1)));
    assert_eq!(twice.len(), 2 * whole.len());
    assert!(twice.is_sorted_by_key(|packet| packet.0));
    assert!(whole.iter().any(|packet| packet.2 > 90));
    for (cut, packet) in short.iter().zip(&whole) {
        assert_eq!(cut.2, packet.2);
        assert_eq!(cut.1, packet.1[..packet.1.len().min(90)]);
    }
    std::fs::remove_dir_all(out).unwrap();
}

#[test]
fn a_probe_sees_its_links_alone() {
    let out = captured(
        "places",
        &format!(
            "[[taps]]\nname = \"everything\"\n{PLAIN}\n[[taps]]\nname = \"ims\"\nsees = [\"ims\"]\n{PLAIN}\n\
             [[taps]]\nname = \"core\"\nsees = [\"packet-core\"]\n{PLAIN}"
        ),
    );
    let [all, ims, core] = ["everything", "ims", "core"].map(|tap| packets(&out, tap));
    assert!(!ims.is_empty() && !core.is_empty());
    assert!(ims.len() + core.len() < all.len());
    let sip = |packet: &[u8]| packet.windows(7).any(|octets| octets == b"SIP/2.0");
    assert!(ims.iter().any(|packet| sip(&packet.1)));
    assert!(!core.iter().any(|packet| sip(&packet.1)));
    std::fs::remove_dir_all(out).unwrap();
}
