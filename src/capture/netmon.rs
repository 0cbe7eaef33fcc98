//! Captures of Microsoft Network Monitor, version 2 (as its public format description says).
//!
//! ```text
//! file:    "GMBU" minor(1) major(1) link type(2) start: eight words of 16 bits, year to millisecond(16)
//!          offset of the frame table(4) its length(4) and more, 128 octets in all
//! record:  microseconds since the start(8) original(4) captured(4) octets(captured)
//!          from 2.1 on: link type(2); from 2.2 on: process(4) and time(8); from 2.3 on: time zone(1)
//! ```
//!
//! **Handled:** versions 2.0 to 2.3 in one pass: records lie one after the other up to the frame table. **Not
//! handled:** version 1 ("RTSS"); records that the frame table names in another order; the time zone of the machine that
//! captured, which the file does not name before 2.3 (its clock is taken for UTC).

use super::LinkType;
use super::buffer::{Buffer, Short};
use super::savefile::{MAX_PACKET, NANOS, Record, Wrong};
use crate::time::Rfc3339;

/// What the file header says.
pub(super) struct Netmon {
    link: LinkType,
    start: i64,
    /// Where the records end.
    end: u64,
    /// Octets after the packet in each record.
    trailer: usize,
}

impl Netmon {
    /// Octets of the file header.
    const HEADER_LEN: usize = 128;
    /// Octets before the packet in each record.
    const RECORD_LEN: usize = 16;

    pub(super) fn open(buffer: &mut Buffer) -> Result<Self, Wrong> {
        match buffer.want(Self::HEADER_LEN) {
            Ok(()) => {}
            Err(Short::End) => return Err(Wrong::text("ends within the file header")),
            Err(Short::Broken(what)) => return Err(Wrong(what)),
        }
        let header = buffer.available();
        let word = |at: usize| header.get(at..).and_then(<[u8]>::first_chunk).map(|octets| u16::from_le_bytes(*octets));
        let (Some(version), Some(network)) = (word(4), word(6)) else {
            return Err(Wrong::text("ends within the file header"));
        };
        let trailer = match version {
            0x0200 => 0,
            0x0201 => 2,
            0x0202 => 14,
            0x0203 => 15,
            _ => return Err(Wrong::text("a version of Network Monitor that is not read; convert it with editcap")),
        };
        let clock: Vec<u16> = (8..24).step_by(2).filter_map(word).collect();
        let [year, month, _, day, hour, minute, second, millisecond] = *clock.as_slice() else {
            return Err(Wrong::text("ends within the file header"));
        };
        let start = format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{millisecond:03}Z");
        let start = Rfc3339::parse(&start).ok_or(Wrong::text("the time in the file header is none"))?.0;
        let end = header.get(24..).and_then(<[u8]>::first_chunk).map_or(0, |octets| u32::from_le_bytes(*octets));
        buffer.consume(Self::HEADER_LEN);
        Ok(Self { link: of_network(network), start, end: u64::from(end), trailer })
    }

    /// The next record; none at the end of the records.
    pub(super) fn next(&self, buffer: &mut Buffer) -> Result<Option<Record>, Wrong> {
        if buffer.offset() >= self.end {
            return Ok(None);
        }
        Self::want(buffer, Self::RECORD_LEN)?;
        let header = buffer.available().first_chunk::<{ Self::RECORD_LEN }>().copied().unwrap_or_default();
        let [t1, t2, t3, t4, t5, t6, t7, t8, o1, o2, o3, o4, c1, c2, c3, c4] = header;
        let microseconds = i64::from_le_bytes([t1, t2, t3, t4, t5, t6, t7, t8]);
        let original_len = u32::from_le_bytes([o1, o2, o3, o4]);
        let len = usize::try_from(u32::from_le_bytes([c1, c2, c3, c4])).unwrap_or(usize::MAX);
        if len > MAX_PACKET {
            return Err(Wrong::long(len));
        }
        let whole = Self::RECORD_LEN.saturating_add(len).saturating_add(self.trailer);
        Self::want(buffer, whole)?;
        // From 2.1 on each packet has a link type of its own.
        let own = buffer.available().get(Self::RECORD_LEN.saturating_add(len)..).and_then(<[u8]>::first_chunk);
        let link = match own {
            Some(network) if self.trailer > 0 => of_network(u16::from_le_bytes(*network)),
            _ => self.link,
        };
        let record = Record {
            time: self.start.saturating_add(microseconds.saturating_mul(NANOS / 1_000_000)),
            link,
            original_len,
            position: buffer.position().saturating_add(Self::RECORD_LEN),
            len,
        };
        buffer.consume(whole);
        Ok(Some(record))
    }

    fn want(buffer: &mut Buffer, octets: usize) -> Result<(), Wrong> {
        match buffer.want(octets) {
            Ok(()) => Ok(()),
            Err(Short::End) => Err(Wrong::cut(octets, buffer.available().len())),
            Err(Short::Broken(what)) => Err(Wrong(what)),
        }
    }
}

/// The link type of a medium: Ethernet is 1, and those from 0xe000 on are types of pcap's.
fn of_network(network: u16) -> LinkType {
    const OF_PCAP: u16 = 0xe000;
    match network {
        1 => LinkType::ETHERNET,
        of_pcap if of_pcap >= OF_PCAP => LinkType(of_pcap & 0x0fff),
        _ => LinkType(u16::MAX),
    }
}
