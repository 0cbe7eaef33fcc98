//! Writes a pcap savefile with nanoseconds (draft-ietf-opsawg-pcap-04 §4, §5), little-endian.

use super::LinkType;
use super::savefile::NANOS;
use std::io::{self, Write};

/// Writes packets with the times that the caller gives.
#[derive(Debug)]
pub struct PcapWriter<W: Write> {
    out: W,
}

impl<W: Write> PcapWriter<W> {
    /// The snaplen in the header: what readers accept.
    const SNAPLEN: u32 = 262_144;

    /// Writes the file header.
    pub fn new(mut out: W, link: LinkType) -> io::Result<Self> {
        out.write_all(&0xa1b2_3c4d_u32.to_le_bytes())?;
        out.write_all(&2u16.to_le_bytes())?;
        out.write_all(&4u16.to_le_bytes())?;
        out.write_all(&[0; 8])?; // time zone and accuracy are always 0
        out.write_all(&Self::SNAPLEN.to_le_bytes())?;
        out.write_all(&u32::from(link.0).to_le_bytes())?;
        Ok(Self { out })
    }

    /// Writes a whole packet, captured at `time` (nanoseconds since 1970).
    pub fn packet(&mut self, time: i64, octets: &[u8]) -> io::Result<()> {
        let original_len = u32::try_from(octets.len()).unwrap_or(u32::MAX);
        self.cut_packet(time, octets, original_len)
    }

    /// Writes a packet of which the network carried `original_len` octets.
    pub fn cut_packet(&mut self, time: i64, octets: &[u8], original_len: u32) -> io::Result<()> {
        let outside = |what| io::Error::new(io::ErrorKind::InvalidInput, what);
        let seconds = u32::try_from(time.div_euclid(NANOS))
            .map_err(|_| outside("a pcap can't hold a time before 1970 or after 2106"))?;
        let nanos = u32::try_from(time.rem_euclid(NANOS)).unwrap_or(0);
        let len = u32::try_from(octets.len())
            .ok()
            .filter(|len| *len <= Self::SNAPLEN)
            .ok_or_else(|| outside("packet too long"))?;
        for field in [seconds, nanos, len, original_len] {
            self.out.write_all(&field.to_le_bytes())?;
        }
        self.out.write_all(octets)
    }

    /// Flushes and gives back what was written to.
    pub fn finish(mut self) -> io::Result<W> {
        self.out.flush()?;
        Ok(self.out)
    }
}
