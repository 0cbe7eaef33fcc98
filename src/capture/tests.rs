#![allow(clippy::arithmetic_side_effects)]

use super::*;
use flate2::Compression;
use flate2::write::GzEncoder;
use proptest::prelude::*;
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
fn byte_orders_and_resolutions() {
    let expected = 1_700_000_000_123_456_000;
    for (magic, big, fraction) in [
        (0xa1b2_c3d4u32, false, 123_456u32),
        (0xa1b2_c3d4, true, 123_456),
        (0xa1b2_3c4d, false, 123_456_000),
        (0xa1b2_3c4d, true, 123_456_000),
        (0xa1b2_cd34, false, 123_456),
    ] {
        let mut file = Vec::new();
        let mut put = |value: u32| match big {
            true => file.extend(value.to_be_bytes()),
            false => file.extend(value.to_le_bytes()),
        };
        for value in [magic, if big { 0x0002_0004 } else { 0x0004_0002 }, 0, 0, 65_535, 113] {
            put(value);
        }
        for value in [1_700_000_000, fraction, 4, 60] {
            put(value);
        }
        if magic == 0xa1b2_cd34 {
            put(0);
            put(0);
        }
        file.extend(b"abcd");
        let (packets, faults, errors) = read_one(&file);
        assert!(faults.is_empty() && errors.is_empty(), "{faults:?} {errors:?}");
        let (packet, octets) = &packets[0];
        assert_eq!(packets.len(), 1);
        assert_eq!((packet.time, packet.frame), (expected, 1), "{magic:x}");
        assert_eq!((packet.link, packet.original_len), (LinkType::LINUX_SLL, 60));
        assert!(packet.is_cut());
        assert_eq!(octets, b"abcd");
    }
}

/// Writes pcapng blocks.
struct Blocks {
    big: bool,
    octets: Vec<u8>,
}

impl Blocks {
    fn u32(&self, value: u32) -> [u8; 4] {
        if self.big { value.to_be_bytes() } else { value.to_le_bytes() }
    }
    fn u16(&self, value: u16) -> [u8; 2] {
        if self.big { value.to_be_bytes() } else { value.to_le_bytes() }
    }
    fn block(&mut self, kind: u32, body: &[u8]) {
        let len = self.u32(u32::try_from(12 + body.len().next_multiple_of(4)).unwrap());
        self.octets.extend(self.u32(kind));
        self.octets.extend(len);
        self.octets.extend(body);
        self.octets.resize(self.octets.len().next_multiple_of(4), 0);
        self.octets.extend(len);
    }
    fn section(&mut self, big: bool) {
        self.big = big;
        let mut body = self.u32(0x1a2b_3c4d).to_vec();
        body.extend(self.u16(1));
        body.extend(self.u16(0));
        body.extend([0xff; 8]);
        self.block(0x0a0d_0d0a, &body);
    }
    fn interface(&mut self, link: u16, snaplen: u32, options: &[(u16, &[u8])]) {
        let mut body = self.u16(link).to_vec();
        body.extend([0, 0]);
        body.extend(self.u32(snaplen));
        for (code, value) in options {
            body.extend(self.u16(*code));
            body.extend(self.u16(u16::try_from(value.len()).unwrap()));
            body.extend(*value);
            body.resize(body.len().next_multiple_of(4), 0);
        }
        self.block(1, &body);
    }
    fn enhanced(&mut self, interface: u32, units: u64, data: &[u8]) {
        let mut body = self.u32(interface).to_vec();
        body.extend(self.u32((units >> 32) as u32));
        body.extend(self.u32(units as u32));
        body.extend(self.u32(data.len() as u32));
        body.extend(self.u32(data.len() as u32));
        body.extend(data);
        self.block(6, &body);
    }
}

#[test]
fn pcapng_sections_interfaces_and_clocks() {
    let mut file = Blocks { big: false, octets: Vec::new() };
    file.section(false);
    file.interface(1, 0, &[]);
    file.interface(113, 0, &[(9, &[9])]);
    file.enhanced(0, 1_000_000, b"a");
    file.enhanced(1, 2_000_000_000, b"bb");
    file.block(0xbad, &[0; 20]); // custom
    file.block(9, b"MESSAGE=journal"); // has a frame number, but is no packet
    file.section(true);
    let offset = 10i64.to_be_bytes();
    file.interface(101, 3, &[(9, &[0x80 | 10]), (14, &offset)]);
    file.enhanced(0, 1024 + 512, b"ccc");
    let mut simple = file.u32(7).to_vec();
    simple.extend(b"ddd"); // cut to the snaplen of 3
    file.block(3, &simple);
    let mut old = file.u16(0).to_vec();
    old.extend(file.u16(0));
    for value in [0, 2048, 4, 9] {
        old.extend(file.u32(value));
    }
    old.extend(b"eeee");
    file.block(2, &old);
    let (packets, faults, errors) = read_one(&file.octets);
    assert!(faults.is_empty() && errors.is_empty(), "{faults:?} {errors:?}");
    let seen: Vec<_> = packets
        .iter()
        .map(|(packet, octets)| (packet.frame, packet.time, packet.link.0, packet.original_len, octets.as_slice()))
        .collect();
    assert_eq!(
        seen,
        [
            (1, 1_000_000_000, 1, 1, &b"a"[..]),
            (2, 2_000_000_000, 113, 2, b"bb"),
            (4, 11_500_000_000, 101, 3, b"ccc"),
            (5, 11_500_000_000, 101, 7, b"ddd"),
            (6, 12_000_000_000, 101, 9, b"eeee"),
        ]
    );
}

#[test]
fn compressions_of_several_parts() {
    let whole = pcap(&[1, 2, 3]);
    let (first, second) = whole.split_at(50);
    let gz = [gzip(first), gzip(second)].concat();
    let zst = |octets: &[u8]| zstd::encode_all(octets, 1).unwrap();
    let skippable = [&[0x50, 0x2a, 0x4d, 0x18, 2, 0, 0, 0, 9, 9][..], &zst(&whole)].concat();
    for packed in [gz, [zst(first), zst(second)].concat(), skippable] {
        let (packets, faults, errors) = read_one(&packed);
        assert_eq!(order(&packets), [(0, 1, 1), (0, 2, 2), (0, 3, 3)], "{errors:?}");
        assert_eq!(faults, []);
        let (packets, faults, _) = read_one(&packed[..packed.len() - 9]);
        assert!(packets.len() <= 3 && faults.len() == 1, "{faults:?}");
    }
    let (_, _, errors) = read_one(&gzip(&gzip(&whole)));
    assert!(errors[0].contains("not a capture: unpacked, "), "{errors:?}");
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

#[test]
fn names_are_expanded() {
    let folder = Folder::new();
    let capture = pcap(&[1]);
    folder.file("b/2.bin", &capture);
    folder.file("b/1.gz", &gzip(&capture));
    folder.file("b/README.md", b"# Captures");
    folder.file("b/none", b"");
    folder.file("a.pcap", &capture);
    folder.file("a.csv", b"imsi,label\n");
    folder.file("c/x.txt", b"text");
    let name = |name: &str| folder.0.join(name).to_str().unwrap().to_owned();
    let short = |path: &Path| path.strip_prefix(&folder.0).unwrap().to_str().unwrap().to_owned();

    let done = expand(&[name("b"), name("a.*"), name("b/2.bin"), "-".to_owned()]);
    assert!(done.errors.is_empty(), "{:?}", done.errors);
    let paths: Vec<String> = done.inputs[..3].iter().map(|input| short(&input.path)).collect();
    assert_eq!(paths, ["b/1.gz", "b/2.bin", "a.pcap"]);
    assert_eq!(done.inputs[3], Input::stdin());
    let skipped: Vec<String> =
        done.skipped.iter().map(|skipped| format!("{}: {}", short(&skipped.path), skipped.reason)).collect();
    assert_eq!(
        skipped,
        [
            "b/README.md: not a capture: starts with \"# Captures\"",
            "b/none: empty file",
            "a.csv: not a capture: starts with \"imsi,label\\n\"",
            "b/2.bin: named twice",
        ]
    );

    let done = expand(&[name("a.csv"), name("missing"), name("x*"), name("c"), name("b/none"), name("a.pcap")]);
    assert_eq!(done.inputs.len(), 1);
    let errors: Vec<String> = done.errors.iter().map(ToString::to_string).collect();
    assert_eq!(errors[0], format!("{}: not a capture: starts with \"imsi,label\\n\"", name("a.csv")));
    assert!(errors[1].starts_with(&format!("{}: No such file", name("missing"))));
    assert_eq!(errors[2], format!("{}: no file matches", name("x*")));
    assert_eq!(errors[3], format!("{}: no captures in this folder", name("c")));
    assert_eq!(errors[4], format!("{}: empty file", name("b/none")));
}

#[test]
fn every_prefix_of_a_file_gives_its_whole_packets() {
    let mut file = Blocks { big: true, octets: Vec::new() };
    file.section(true);
    file.interface(1, 0, &[(9, &[9])]);
    file.enhanced(0, 1, b"a");
    file.enhanced(0, 2, b"b");
    for whole in [pcap(&[1, 2]), file.octets, gzip(&pcap(&[1, 2]))] {
        for end in 0..whole.len() {
            let (packets, faults, errors) = read_one(&whole[..end]);
            assert!(packets.len() <= 2);
            assert!(faults.len() + errors.len() <= 1, "{end}: {faults:?} {errors:?}");
        }
        assert_eq!(read_one(&whole).0.len(), 2);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn random_octets_after_a_header_end_in_a_fault(octets in prop::collection::vec(any::<u8>(), 0..2000), ng in any::<bool>()) {
        let mut file = pcap(&[1]);
        if ng {
            let mut blocks = Blocks { big: false, octets: Vec::new() };
            blocks.section(false);
            blocks.interface(1, 0, &[]);
            file = blocks.octets;
        }
        file.extend(octets);
        let (_, faults, errors) = read_one(&file);
        prop_assert!(faults.len() <= 1 && errors.is_empty());
    }

    #[test]
    fn mutated_files_do_not_panic(at in 0usize..200, value in any::<u8>()) {
        let mut blocks = Blocks { big: true, octets: Vec::new() };
        blocks.section(true);
        blocks.interface(1, 0, &[(9, &[0x8a]), (14, &[0; 8])]);
        blocks.enhanced(0, 77, b"packet");
        blocks.block(3, b"\0\0\0\x06packet");
        let at = at % blocks.octets.len();
        blocks.octets[at] = value;
        read_one(&blocks.octets);
    }
}
