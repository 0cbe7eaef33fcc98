#![allow(clippy::arithmetic_side_effects)]

mod formats;
mod inputs;

use super::*;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

/// A folder that goes away with the test.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("simhound-capture-{}-{number}", std::process::id());
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn file(&self, name: &str, octets: &[u8]) -> PathBuf {
        let path = self.0.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, octets).unwrap();
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A pcap of packets with these times, each holding its time.
fn pcap(times: &[i64]) -> Vec<u8> {
    let mut writer = PcapWriter::new(Vec::new(), LinkType::RAW).unwrap();
    for time in times {
        writer.packet(*time, &time.to_be_bytes()).unwrap();
    }
    writer.finish().unwrap()
}

fn gzip(octets: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(octets).unwrap();
    encoder.finish().unwrap()
}

fn inputs(paths: &[&Path]) -> Vec<Input> {
    let file = |path: &&Path| Input::file(path.to_path_buf(), path.metadata().unwrap().len());
    paths.iter().map(file).collect()
}

/// Packets with their octets.
type Packets = Vec<(Packet, Vec<u8>)>;

/// All packets of a source.
fn read(source: &mut Savefiles) -> Packets {
    let mut batch = Batch::default();
    let mut packets = Vec::new();
    loop {
        let filled = source.fill(&mut batch).unwrap();
        let owned = |packet: &Packet| (*packet, batch.bytes(packet).to_vec());
        packets.extend(batch.packets.iter().map(owned));
        batch.clear();
        if filled == Filled::Done {
            return packets;
        }
    }
}

fn read_one(octets: &[u8]) -> (Packets, Vec<CaptureFault>, Vec<String>) {
    let folder = Folder::new();
    let path = folder.file("x", octets);
    let mut source = Savefiles::open(inputs(&[&path]));
    let packets = read(&mut source);
    let errors = source.errors().iter().map(ToString::to_string).collect();
    (packets, source.faults().to_vec(), errors)
}

/// (file, frame, time) of each packet.
fn order(packets: &[(Packet, Vec<u8>)]) -> Vec<(u32, u64, i64)> {
    let key = |(packet, _): &(Packet, Vec<u8>)| (packet.file, packet.frame, packet.time);
    packets.iter().map(key).collect()
}

#[test]
fn files_are_merged_by_time_and_ties_by_order() {
    let folder = Folder::new();
    let first = folder.file("a", &pcap(&[5, 7, 6, 9]));
    let second = folder.file("b.gz", &gzip(&pcap(&[1, 5, 8])));
    let third = folder.file("c", &pcap(&[]));
    let mut source = Savefiles::open(inputs(&[&first, &second, &third]));
    let progress = source.progress();
    let packets = read(&mut source);
    assert_eq!(order(&packets), [(1, 1, 1), (0, 1, 5), (1, 2, 5), (0, 2, 7), (0, 3, 6), (1, 3, 8), (0, 4, 9)]);
    assert_eq!(progress.read(), progress.total());
    assert_eq!(source.faults(), []);
}

#[test]
fn rotated_files_are_open_one_at_a_time() {
    let folder = Folder::new();
    let times: Vec<i64> = (0..3000).collect();
    let paths: Vec<PathBuf> =
        times.chunks(3).map(|times| folder.file(&format!("{:04}", times[0]), &pcap(times))).collect();
    let paths: Vec<&Path> = paths.iter().rev().map(PathBuf::as_path).collect();
    let packets = read(&mut Savefiles::open(inputs(&paths)));
    let seen: Vec<i64> = packets.iter().map(|(packet, _)| packet.time).collect();
    assert_eq!(seen, times);
}

#[test]
fn a_broken_file_gives_what_came_before_and_the_others_go_on() {
    let folder = Folder::new();
    let whole = pcap(&[10, 20, 30]);
    let cut = folder.file("cut", &whole[..whole.len() - 3]);
    let mut garbage = pcap(&[11]);
    garbage.extend([0xee; 100]);
    let garbage = folder.file("garbage", &garbage);
    let fine = folder.file("fine", &pcap(&[12, 40]));
    let header = folder.file("header", &whole[..20]);
    let mut source = Savefiles::open(inputs(&[&cut, &garbage, &fine, &header]));
    let packets = read(&mut source);
    assert_eq!(order(&packets), [(0, 1, 10), (1, 1, 11), (2, 1, 12), (0, 2, 20), (2, 2, 40)]);
    let faults = source.faults();
    assert_eq!(faults.len(), 3, "{faults:?}");
    assert_eq!(
        faults[0].to_string(),
        format!("{}: packet 1 at octet 0: ends within the file header", header.display())
    );
    assert_eq!((faults[1].index, faults[1].offset, faults[1].packet), (1, 48, 2));
    assert_eq!(faults[1].what, "a record of 4008636142 octets is longer than any packet (at most 262144)");
    assert_eq!((faults[2].index, faults[2].offset, faults[2].packet), (0, 72, 3));
    assert_eq!(faults[2].what, "cut within a record: 21 of 24 octets");
}

#[test]
fn a_filter_leaves_packets_out_and_keeps_frame_numbers() {
    use crate::frame::build::{A, B, ipv4, udp};
    let folder = Folder::new();
    let mut writer = PcapWriter::new(Vec::new(), LinkType::RAW).unwrap();
    for port in [5060, 53, 5060] {
        writer.packet(1, &ipv4(A, B, 17, &udp((port, 9), b"x"))).unwrap();
    }
    let path = folder.file("x", &writer.finish().unwrap());
    let mut source = Savefiles::open(inputs(&[&path])).with_filter("udp port 5060").unwrap();
    let frames: Vec<u64> = read(&mut source).iter().map(|(packet, _)| packet.frame).collect();
    assert_eq!(frames, [1, 3]);
    assert_eq!(source.filtered(), 1);
    let wrong = Savefiles::open(Vec::new()).with_filter("udp prot 5060").err().unwrap();
    assert!(wrong.to_string().starts_with("filter `udp prot 5060` on Ethernet: "), "{wrong}");
}
