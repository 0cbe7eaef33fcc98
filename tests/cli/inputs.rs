//! How captures may be named and packed, and how several become one.

use crate::support::{Folder, Ran, simhound, simhound_reading};
use crate::traffic::{crowd, pcap, pcapng, scene};
use simhound::time::Rfc3339;
use std::io::Write;

pub fn gzip(octets: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(octets).unwrap();
    encoder.finish().unwrap()
}

fn zstd(octets: &[u8]) -> Vec<u8> {
    zstd::stream::encode_all(octets, 0).unwrap()
}

/// The messages without the name of their file.
fn messages(ran: &Ran) -> Vec<serde_json::Map<String, serde_json::Value>> {
    let mut lines = ran.lines();
    for line in &mut lines {
        assert!(line.remove("file").is_some());
    }
    lines
}

#[test]
fn all_containers_give_the_same() {
    let folder = Folder::new();
    let plain = pcap(&scene());
    let reference = simhound(&["messages", &folder.write("plain.pcap", &plain)]).ended(0);
    let reference = messages(&reference);
    assert!(reference.len() >= 11);
    let with_sections = [pcapng(&scene()[..4]), pcapng(&scene()[4..])].concat();
    let files = [
        ("a.pcap.gz", gzip(&plain)),
        ("b.pcap.zst", zstd(&plain)),
        ("c.pcapng", pcapng(&scene())),
        ("d.pcapng.gz", gzip(&pcapng(&scene()))),
        ("e.pcapng", with_sections),
        ("no ending", plain.clone()),
    ];
    for (name, octets) in files {
        let ran = simhound(&["messages", &folder.write(name, &octets)]).ended(0);
        assert!(messages(&ran) == reference, "{name}");
        let ran = simhound_reading(&["messages", "-"], &octets).ended(0);
        assert!(messages(&ran) == reference, "{name} on standard input");
    }
    // a gzip of two members
    let members = [gzip(&plain[..100]), gzip(&plain[100..])].concat();
    assert!(messages(&simhound_reading(&["messages", "-"], &members).ended(0)) == reference);
}

#[test]
fn folders_and_patterns() {
    let folder = Folder::new();
    let (first, second) = (pcap(&scene()[..4]), pcap(&scene()[4..]));
    folder.write("day/1.pcap", &first);
    folder.write("day/deeper/2.pcap.gz", &gzip(&second));
    let readme = folder.write("day/README.txt", b"Which captures these are.\n");
    folder.write("day/empty", b"");
    let ran = simhound(&["messages", &folder.arg("day")]).ended(0);
    assert!(ran.err.contains(&format!("passed over {readme}: not a capture")), "{}", ran.err);
    assert!(ran.err.contains("empty: empty file"), "{}", ran.err);
    let whole = simhound(&["messages", &folder.write("whole.pcap", &pcap(&scene()))]).ended(0);
    assert_eq!(ran.lines().len(), whole.lines().len());
    let quiet = simhound(&["messages", &folder.arg("day"), "--quiet"]).ended(0);
    assert_eq!(quiet.err, "");
    for pattern in ["day/*.pcap", "day/?.pcap", "day/[0-9].pcap"] {
        assert_eq!(simhound(&["messages", &folder.arg(pattern)]).ended(0).lines().len(), 4, "{pattern}");
    }
    let ran = simhound(&["messages", &folder.arg("day/**/*.gz")]).ended(0);
    assert_eq!(ran.lines().len(), whole.lines().len() - 4);
    // the same file twice is read once
    let twice = simhound(&["messages", &folder.arg("day"), &folder.arg("day/1.pcap")]).ended(0);
    assert_eq!(twice.lines().len(), whole.lines().len());
    assert!(twice.err.contains("named twice"), "{}", twice.err);
    // nothing there
    let ran = simhound(&["messages", &folder.arg("*.nothing")]).ended(1);
    assert!(ran.err.contains("no file matches"), "{}", ran.err);
    std::fs::create_dir(folder.path("bare")).unwrap();
    let ran = simhound(&["messages", &folder.arg("bare")]).ended(1);
    assert!(ran.err.contains("no captures in this folder"), "{}", ran.err);
}

#[test]
fn overlapping_files_come_in_the_order_of_time() {
    let folder = Folder::new();
    let packets = crowd(300);
    for part in 0..5 {
        let own: Vec<_> = packets.iter().skip(part).step_by(5).cloned().collect();
        folder.write(&format!("parts/{}.pcap", 5 - part), &pcap(&own));
    }
    let whole = folder.write("whole.pcap", &pcap(&packets));
    for command in ["messages", "events"] {
        let without_source = |ran: &Ran| {
            let mut lines = ran.lines();
            for line in &mut lines {
                for field in ["file", "frame", "repeat_of"] {
                    line.remove(field);
                }
            }
            lines
        };
        let (parts, whole) = (simhound(&[command, &folder.arg("parts")]), simhound(&[command, &whole]));
        let (parts, whole) = (without_source(&parts.ended(0)), without_source(&whole.ended(0)));
        let times = parts.iter().map(|line| Rfc3339::parse(line["time"].as_str().unwrap()).unwrap());
        assert!(times.is_sorted(), "{command}");
        assert!(!whole.is_empty() && parts == whole, "{command}");
    }
}

#[test]
fn packet_filter() {
    let folder = Folder::new();
    let path = folder.write("scene.pcap", &pcap(&scene()));
    let ran = simhound(&["messages", &path, "--filter", "udp port 5060"]).ended(0);
    assert_eq!(ran.lines().len(), 5);
    // frames are those of the file
    assert_eq!(ran.lines()[0]["frame"], 7);
    let ran = simhound(&["messages", &path, "--filter", "no such thing"]).ended(2);
    assert!(ran.err.contains("no such thing"), "{}", ran.err);
}
