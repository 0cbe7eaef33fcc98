//! What a file is, by its first octets and never by its name.

/// How many octets suffice to tell.
pub(super) const MAGIC_LEN: usize = 16;

/// What the first octets say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Magic {
    /// pcap of any resolution and byte order.
    Pcap,
    /// pcapng: a Section Header Block.
    Pcapng,
    /// Microsoft Network Monitor, version 2.
    Netmon,
    /// gzip member (RFC 1952 §2.3.1).
    Gzip,
    /// zstd frame or skippable frame (RFC 8878 §3.1).
    Zstd,
}

/// Tells a capture or a compression by its first octets.
pub(super) fn detect(start: &[u8]) -> Option<Magic> {
    if start.starts_with(&[0x1f, 0x8b]) {
        return Some(Magic::Gzip);
    }
    match u32::from_be_bytes(*start.first_chunk()?) {
        // micro- and nanoseconds in both byte orders, and the "modified" format in little-endian
        0xa1b2_c3d4 | 0xd4c3_b2a1 | 0xa1b2_3c4d | 0x4d3c_b2a1 | 0x34cd_b2a1 => Some(Magic::Pcap),
        0x0a0d_0d0a => Some(Magic::Pcapng),
        0x474d_4255 => Some(Magic::Netmon), // "GMBU"
        0x28b5_2ffd => Some(Magic::Zstd),
        // 0x184D2A5? in little-endian
        skippable if skippable & 0xf0ff_ffff == 0x502a_4d18 => Some(Magic::Zstd),
        _ => None,
    }
}

/// Names what is no capture: a known other format, or its first octets.
pub(super) fn describe(start: &[u8]) -> String {
    const OTHERS: [(&[u8], &str); 9] = [
        (b"RTSS", "a Microsoft Network Monitor capture, version 1; convert it with editcap"),
        (b"snoop\0\0\0", "a snoop capture; convert it with editcap"),
        (&[0xa1, 0xb2, 0xcd, 0x34], "a big-endian modified pcap; convert it with editcap"),
        (b"BZh", "compressed with bzip2; unpack it first"),
        (&[0xfd, b'7', b'z', b'X', b'Z'], "compressed with xz; unpack it first"),
        (&[0x04, 0x22, 0x4d, 0x18], "compressed with lz4; unpack it first"),
        (b"PK\x03\x04", "a zip archive; unpack it first"),
        (b"PAR1", "a Parquet file"),
        (b"<?xml", "an XML text"),
    ];
    if let Some((_, what)) = OTHERS.iter().find(|(magic, _)| start.starts_with(magic)) {
        return (*what).to_owned();
    }
    let shown = start.get(..start.len().min(MAGIC_LEN)).unwrap_or_default();
    let is_text = shown.iter().all(|octet| octet.is_ascii_graphic() || octet.is_ascii_whitespace());
    if is_text {
        format!("starts with \"{}\"", shown.escape_ascii())
    } else {
        let hex: Vec<String> = shown.iter().map(|octet| format!("{octet:02x}")).collect();
        format!("starts with {}", hex.join(" "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_and_unknown_starts() {
        assert_eq!(detect(&[0xd4, 0xc3, 0xb2, 0xa1]), Some(Magic::Pcap));
        assert_eq!(detect(&[0x1f, 0x8b]), Some(Magic::Gzip));
        assert_eq!(detect(&[0x5e, 0x2a, 0x4d, 0x18]), Some(Magic::Zstd));
        assert_eq!(detect(&[0xd4, 0xc3, 0xb2]), None);
        assert_eq!(detect(b""), None);
        assert_eq!(describe(b"imsi,label\n"), r#"starts with "imsi,label\n""#);
        assert_eq!(describe(&[0, 1, 0xff]), "starts with 00 01 ff");
        assert_eq!(detect(b"GMBU\0\x02"), Some(Magic::Netmon));
        assert!(describe(b"RTSS\0\x01").contains("Network Monitor"));
    }
}
