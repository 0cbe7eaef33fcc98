//! Broken and foreign inputs: told on standard error with file, packet and offset; everything before the break used.

use crate::schema::Summary;
use crate::support::{Folder, simhound};
use crate::traffic::{cut_pcap, pcap, scene};

/// Analyses one input beside a good capture of 11 packets.
fn analyze_beside_good(input: &[u8]) -> (String, Summary) {
    let folder = Folder::new();
    let good = folder.write("good.pcap", &pcap(&scene()));
    let bad = folder.write("bad.pcap", input);
    let ran = simhound(&["analyze", &good, &bad, "--out", &folder.arg("out")]).ended(1);
    (ran.err.replace(&bad, "BAD"), folder.json("out/summary.json"))
}

#[test]
fn no_capture_at_all() {
    let folder = Folder::new();
    for command in ["analyze", "messages", "events", "features"] {
        let absent = simhound(&[command, "no-such-file.pcap"]).ended(1);
        assert!(absent.err.starts_with("simhound: no-such-file.pcap: No such file"), "{}", absent.err);
        let empty = folder.write("empty.pcap", b"");
        let ran = simhound(&[command, &empty]).ended(1);
        assert_eq!(ran.err, format!("simhound: {empty}: empty file\n"));
        let text = folder.write("notes.txt", b"Meeting notes, not packets.\n");
        let ran = simhound(&[command, &text]).ended(1);
        assert_eq!(ran.err, format!("simhound: {text}: not a capture: starts with \"Meeting notes, n\"\n"));
        assert_eq!(ran.out(), "");
    }
}

#[test]
fn an_empty_file_and_a_text_beside_a_good_capture() {
    for (input, what) in [(&b""[..], "BAD: empty file"), (b"imsi,label\n", "BAD: not a capture: starts with \"imsi")] {
        let (err, summary) = analyze_beside_good(input);
        assert!(err.contains(what), "{err}");
        assert!(!summary.complete);
        assert_eq!((summary.packets, summary.inputs.len(), summary.unusable.len()), (11, 1, 1));
        assert_eq!(summary.inputs[0].fault, None);
    }
}

#[test]
fn a_capture_cut_within_a_packet() {
    let packets = scene();
    let whole = pcap(&packets);
    // the header of the file, four records, and the fifth without its last 10 octets
    let offset = 24 + packets[..4].iter().map(|(_, octets)| 16 + octets.len()).sum::<usize>();
    let end = offset + 16 + packets[4].1.len() - 10;
    let (err, summary) = analyze_beside_good(&whole[..end]);
    assert!(err.contains(&format!("BAD: packet 5 at octet {offset}: cut within a record")), "{err}");
    assert!(err.contains("everything before it was used"), "{err}");
    assert!(!summary.complete);
    assert_eq!(summary.packets, 11 + 4);
    let fault = summary.inputs[1].fault.as_ref().unwrap();
    assert!(fault.contains("packet 5"), "{fault}");
    assert_eq!(summary.inputs[0].fault, None);
}

#[test]
fn every_length_of_a_capture_ends_in_order() {
    let folder = Folder::new();
    let whole = pcap(&scene()[..3]);
    for end in (1..whole.len()).step_by(37) {
        let path = folder.write("cut.pcap", &whole[..end]);
        let ran = simhound(&["messages", &path]);
        let at_border = ran.code == 0;
        assert!(at_border || ran.err.contains(&path), "{end}: {}", ran.err);
        assert!(ran.code <= 1, "{end}");
    }
}

#[test]
fn a_damaged_gzip_yields_what_came_before() {
    let folder = Folder::new();
    let packed = super::inputs::gzip(&pcap(&crate::traffic::crowd(2000)));
    let path = folder.write("cut.pcap.gz", &packed[..packed.len() / 2]);
    let ran = simhound(&["messages", &path, "--format", "csv"]).ended(1);
    assert!(ran.err.contains(&format!("{path}: packet ")), "{}", ran.err);
    assert!(ran.out().lines().count() > 100);
}

#[test]
fn short_snaplen_is_counted_and_no_error() {
    let folder = Folder::new();
    for snaplen in [0, 1, 14, 20, 34, 42, 60, 61, 62, 70, 100] {
        let path = folder.write("short.pcap", &cut_pcap(&scene(), snaplen));
        simhound(&["analyze", &path, "--out", &folder.arg("out")]).ended(0);
        let summary: Summary = folder.json("out/summary.json");
        assert!(summary.complete);
        assert_eq!(summary.packets, 11);
        let truncated: u64 = summary.health.layers.iter().map(|layer| layer.truncated).sum();
        assert!(truncated >= 11, "snaplen {snaplen}: {truncated} of 11 counted as cut");
    }
}

#[test]
fn a_megabyte_of_chance_after_a_header() {
    let folder = Folder::new();
    // xorshift64 (Marsaglia 2003)
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut chance = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_le_bytes()
    };
    let noise: Vec<u8> = std::iter::repeat_with(&mut chance).take(1 << 17).flatten().collect();
    for header in [pcap(&[]), crate::traffic::pcapng(&[]), pcap(&scene()), crate::traffic::pcapng(&scene())] {
        let path = folder.write("noise.pcap", &[header.as_slice(), &noise].concat());
        let ran = simhound(&["analyze", &path, "--out", &folder.arg("out")]).ended(1);
        assert!(ran.err.contains(&format!("{path}: packet ")), "{}", ran.err);
        assert!(ran.err.contains(&format!(" at octet {}", header.len())), "{}", ran.err);
        let summary: Summary = folder.json("out/summary.json");
        assert!(!summary.complete);
        assert!(summary.inputs[0].fault.is_some());
    }
    // the same noise as packets
    let packets = noise.chunks(1021).zip(0..).map(|(octets, n)| (crate::traffic::START + n, octets.to_vec()));
    let path = folder.write("noise.pcap", &pcap(&packets.collect::<Vec<_>>()));
    simhound(&["analyze", &path]).ended(0);
}
