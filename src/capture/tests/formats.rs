//! One file of each format, whole, cut, random and mutated.

use super::*;
use proptest::prelude::*;

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
    file.block(0x777, &[0; 20]); // unknown
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

/// A Network Monitor capture with two packets of one octet, 2.5 ms after its start.
fn netmon(minor: u8, trailer: &[u8]) -> Vec<u8> {
    let record = |octet: u8| {
        let mut record = 2_500u64.to_le_bytes().to_vec();
        record.extend([60, 0, 0, 0, 1, 0, 0, 0, octet]);
        record.extend(trailer);
        record
    };
    let records = [record(b'a'), record(b'b')].concat();
    let mut file = b"GMBU".to_vec();
    file.extend([minor, 2, 1, 0]);
    for word in [2026u16, 3, 2, 17, 8, 30, 1, 250] {
        file.extend(word.to_le_bytes());
    }
    file.extend((128 + records.len() as u32).to_le_bytes());
    file.resize(128, 0);
    file.extend(records);
    file.extend([0; 8]); // the frame table, which is not read
    file
}

#[test]
fn network_monitor() {
    let start = crate::time::Rfc3339::parse("2026-03-17T08:30:01.250Z").unwrap().0;
    let trailers: [&[u8]; 4] = [&[], &[1, 0], &[0x71, 0xe0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], &[1; 15]];
    for (minor, trailer) in trailers.into_iter().enumerate() {
        let file = netmon(minor as u8, trailer);
        let (packets, faults, errors) = read_one(&file);
        assert!(faults.is_empty() && errors.is_empty(), "{faults:?} {errors:?}");
        let octets: Vec<&[u8]> = packets.iter().map(|(_, octets)| octets.as_slice()).collect();
        assert_eq!(octets, [b"a", b"b"], "2.{minor}");
        let (packet, _) = &packets[1];
        assert_eq!((packet.frame, packet.time, packet.original_len), (2, start + 2_500_000, 60));
        let link = [LinkType::ETHERNET, LinkType::ETHERNET, LinkType(0x71), LinkType(u16::MAX)][minor];
        assert_eq!(packet.link, link, "2.{minor}");
        for length in 0..file.len() - 8 {
            let (before, _, _) = read_one(&file[..length]);
            assert!(before.len() < 2);
        }
    }
    assert_eq!(read_one(&netmon(4, &[])).1.len(), 1);
}
