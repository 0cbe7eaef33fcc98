//! Packets of a pcapng savefile (draft-ietf-opsawg-pcapng-02 §3, §4).
//!
//! ```text
//! block:  type(4) length(4) body... length(4)
//! ```
//!
//! A file is a sequence of sections, each with its own byte order and interfaces. Read are the Section Header (SHB),
//! Interface Description (IDB), Enhanced Packet (EPB), Simple Packet (SPB) and the obsolete Packet Block; the others
//! are passed over. Some of those have a frame number in Wireshark; they are counted, so that our frame numbers are
//! Wireshark's.
//!
//! A Simple Packet has no time: it gets that of the packet before it (0 at the start of a file).

use super::LinkType;
use super::buffer::{Buffer, Short};
use super::savefile::{MAX_PACKET, NANOS, Record, Wrong};
use pcap_parser::pcapng::{
    parse_interfacedescriptionblock_be, parse_interfacedescriptionblock_le, parse_simplepacketblock_be,
    parse_simplepacketblock_le,
};
use pcap_parser::{EPB_MAGIC, IDB_MAGIC, SHB_MAGIC, SPB_MAGIC};
use pcap_parser::{InterfaceDescriptionBlock, OptionCode};

/// Obsolete Packet Block (appendix A).
const PACKET_BLOCK: u32 = 2;
/// Blocks that are no packets, but records with a frame number in Wireshark (as of 4.0): systemd Journal Export
/// (§4.7), Custom in both forms (§4.8), and Sysdig's events in three versions.
const NUMBERED: [u32; 6] = [9, 0xbad, 0x4000_0bad, 0x204, 0x216, 0x221];
/// The longest block that is kept in memory as a whole. Others are passed over at any length.
const MAX_BLOCK: u32 = 16 << 20;
/// The most interfaces that one section may declare.
const MAX_INTERFACES: usize = 65_536;

/// How an interface counts time.
#[derive(Debug, Clone, Copy)]
struct Clock {
    /// Units in a second.
    per_second: u128,
    /// Nanoseconds in a unit where that is whole, which it is nearly always.
    nanos: Option<i64>,
    /// Seconds to add.
    offset: i64,
}

impl Clock {
    /// if_tsresol (§4.2): a power of ten, or with the highest bit set a power of two.
    fn new(resolution: u8, offset: i64) -> Option<Self> {
        let exponent = u32::from(resolution & 0x7f);
        let base: u128 = if resolution & 0x80 == 0 { 10 } else { 2 };
        let per_second = base.checked_pow(exponent).filter(|units| *units <= 1 << 64)?;
        let nanos = NANOS.unsigned_abs();
        let whole = u64::try_from(per_second)
            .ok()
            .filter(|units| nanos.is_multiple_of(*units))
            .and_then(|units| nanos.checked_div(units));
        Some(Self { per_second, nanos: whole.and_then(|nanos| i64::try_from(nanos).ok()), offset })
    }

    fn time(&self, high: u32, low: u32) -> i64 {
        let units = (u64::from(high) << 32) | u64::from(low);
        let nanos = match self.nanos {
            Some(nanos) => i64::try_from(units).unwrap_or(i64::MAX).saturating_mul(nanos),
            None => u128::from(units)
                .saturating_mul(NANOS.unsigned_abs().into())
                .checked_div(self.per_second)
                .and_then(|nanos| i64::try_from(nanos).ok())
                .unwrap_or(i64::MAX),
        };
        nanos.saturating_add(self.offset.saturating_mul(NANOS))
    }
}

#[derive(Debug, Clone, Copy)]
struct Interface {
    link: LinkType,
    snaplen: u32,
    clock: Clock,
}

/// The section that is being read.
pub(super) struct Pcapng {
    big_endian: bool,
    interfaces: Vec<Interface>,
    last_time: i64,
}

/// What one block was.
pub(super) enum Block {
    /// A packet.
    Packet(Record),
    /// Something else that has a frame number in Wireshark.
    Frame,
    /// Anything else.
    Other,
}

impl Pcapng {
    pub(super) fn new() -> Self {
        Self { big_endian: false, interfaces: Vec::new(), last_time: 0 }
    }

    fn u32_at(&self, octets: &[u8], at: usize) -> Option<u32> {
        let octets = octets.get(at..)?.first_chunk()?;
        Some(if self.big_endian { u32::from_be_bytes(*octets) } else { u32::from_le_bytes(*octets) })
    }

    fn u16_at(&self, octets: &[u8], at: usize) -> Option<u16> {
        let octets = octets.get(at..)?.first_chunk()?;
        Some(if self.big_endian { u16::from_be_bytes(*octets) } else { u16::from_le_bytes(*octets) })
    }

    /// The next block; none at the end of the file.
    pub(super) fn next(&mut self, buffer: &mut Buffer) -> Result<Option<Block>, Wrong> {
        if let Err(short) = buffer.want(12) {
            let there = buffer.available().len();
            return match short {
                Short::End if there == 0 => Ok(None),
                Short::End => Err(Wrong::cut(12, there)),
                Short::Broken(what) => Err(Wrong(what)),
            };
        }
        let start = buffer.available();
        if start.starts_with(&SHB_MAGIC.to_be_bytes()) {
            // §4.1: the byte-order magic comes before anything is read in that order
            self.big_endian = match start.get(8..12) {
                Some([0x1a, 0x2b, 0x3c, 0x4d]) => true,
                Some([0x4d, 0x3c, 0x2b, 0x1a]) => false,
                _ => return Err(Wrong::text("a section without byte-order magic")),
            };
        }
        let kind = self.u32_at(start, 0).unwrap_or(0);
        let len = self.u32_at(start, 4).unwrap_or(0);
        if len < 12 || !len.is_multiple_of(4) {
            return Err(Wrong(format!("block length {len} is impossible")));
        }
        let kept = matches!(kind, SHB_MAGIC | IDB_MAGIC | EPB_MAGIC | SPB_MAGIC | PACKET_BLOCK);
        if !kept {
            if let Err(short) = buffer.skip(u64::from(len)) {
                return Err(short.within_block(len));
            }
            let numbered = NUMBERED.contains(&kind);
            return Ok(Some(if numbered { Block::Frame } else { Block::Other }));
        }
        if len > MAX_BLOCK {
            return Err(Wrong(format!("block of {len} octets is too long (at most {MAX_BLOCK})")));
        }
        let octets = usize::try_from(len).unwrap_or(usize::MAX);
        if let Err(short) = buffer.want(octets) {
            return Err(short.within_block(len));
        }
        let position = buffer.position();
        let block = buffer.available().get(..octets).unwrap_or_default();
        let what = match kind {
            SHB_MAGIC => self.section(block)?,
            IDB_MAGIC => self.interface(block)?,
            EPB_MAGIC => self.enhanced_packet(block, position)?,
            SPB_MAGIC => self.simple_packet(block, position)?,
            _ => self.obsolete_packet(block, position)?,
        };
        buffer.consume(octets);
        if let Block::Packet(record) = &what {
            self.last_time = record.time;
        }
        Ok(Some(what))
    }

    fn section(&mut self, block: &[u8]) -> Result<Block, Wrong> {
        let major = self.u16_at(block, 12);
        if major != Some(1) || block.len() < 28 {
            return Err(Wrong::text("a section of an unknown version"));
        }
        self.interfaces.clear();
        Ok(Block::Other)
    }

    fn interface(&mut self, block: &[u8]) -> Result<Block, Wrong> {
        let parsed = if self.big_endian {
            parse_interfacedescriptionblock_be(block)
        } else {
            parse_interfacedescriptionblock_le(block)
        };
        let Ok((_, description)) = parsed else {
            return Err(Wrong::text("an interface description that can't be read"));
        };
        if self.interfaces.len() >= MAX_INTERFACES {
            return Err(Wrong::text("too many interfaces in one section"));
        }
        let Some(clock) = self.clock(&description) else {
            return Err(Wrong::text("an interface with an impossible time resolution"));
        };
        self.interfaces.push(Interface {
            link: LinkType(u16::try_from(description.linktype.0).unwrap_or(u16::MAX)),
            snaplen: description.snaplen,
            clock,
        });
        Ok(Block::Other)
    }

    /// The options if_tsresol and if_tsoffset, in the section's byte order (which pcap-parser 0.17 does not mind).
    fn clock(&self, description: &InterfaceDescriptionBlock<'_>) -> Option<Clock> {
        let value = |code| description.options.iter().find(|option| option.code == code).map(|option| option.value());
        let resolution = value(OptionCode::IfTsresol).and_then(|value| value.first());
        let offset = value(OptionCode::IfTsoffset).and_then(|value| value.first_chunk());
        let offset = match offset {
            Some(octets) if self.big_endian => i64::from_be_bytes(*octets),
            Some(octets) => i64::from_le_bytes(*octets),
            None => 0,
        };
        Clock::new(resolution.copied().unwrap_or(6), offset)
    }

    fn interface_of(&self, number: u32) -> Result<&Interface, Wrong> {
        usize::try_from(number)
            .ok()
            .and_then(|index| self.interfaces.get(index))
            .ok_or_else(|| Wrong(format!("a packet of interface {number}, which is not declared")))
    }

    /// §4.3: interface(4) time high(4) time low(4) captured(4) original(4) octets.
    fn enhanced_packet(&self, block: &[u8], position: usize) -> Result<Block, Wrong> {
        let number = |at| self.u32_at(block, at).unwrap_or(0);
        self.packet_block(block, position, self.interface_of(number(8))?)
    }

    /// What Packet Block (appendix A) and Enhanced Packet Block have in common behind the interface.
    fn packet_block(&self, block: &[u8], position: usize, interface: &Interface) -> Result<Block, Wrong> {
        let number = |at| self.u32_at(block, at).unwrap_or(0);
        record(
            interface,
            interface.clock.time(number(12), number(16)),
            (number(20), number(24)),
            (position, 28, block.len().saturating_sub(32)),
        )
    }

    /// Appendix A: interface(2) drops(2), then as an Enhanced Packet Block.
    fn obsolete_packet(&self, block: &[u8], position: usize) -> Result<Block, Wrong> {
        let interface = self.interface_of(self.u16_at(block, 8).unwrap_or(0).into())?;
        self.packet_block(block, position, interface)
    }

    /// §4.4: always interface 0, cut at its snaplen.
    fn simple_packet(&self, block: &[u8], position: usize) -> Result<Block, Wrong> {
        let parsed =
            if self.big_endian { parse_simplepacketblock_be(block) } else { parse_simplepacketblock_le(block) };
        let Ok((_, packet)) = parsed else {
            return Err(Wrong::text("a packet block that can't be read"));
        };
        let interface = self.interface_of(0)?;
        let snaplen = match interface.snaplen {
            0 => u32::MAX,
            snaplen => snaplen,
        };
        let captured = packet.origlen.min(snaplen);
        record(interface, self.last_time, (captured, packet.origlen), (position, 12, packet.data.len()))
    }
}

/// A packet at `position + header`, whose `captured` octets lie within the `room` that the block has for them.
fn record(
    interface: &Interface,
    time: i64,
    (captured, original_len): (u32, u32),
    (position, header, room): (usize, usize, usize),
) -> Result<Block, Wrong> {
    let len = usize::try_from(captured).unwrap_or(usize::MAX);
    if len > room {
        return Err(Wrong::text("a packet that is longer than its block"));
    }
    if len > MAX_PACKET {
        return Err(Wrong::long(len));
    }
    Ok(Block::Packet(Record {
        time,
        link: interface.link,
        original_len,
        position: position.saturating_add(header),
        len,
    }))
}

impl Short {
    fn within_block(self, len: u32) -> Wrong {
        match self {
            Self::End => Wrong(format!("cut within a block of {len} octets")),
            Self::Broken(what) => Wrong(what),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn time(resolution: u8, offset: i64, units: u64) -> i64 {
        #[allow(clippy::cast_possible_truncation)]
        Clock::new(resolution, offset).unwrap().time((units >> 32) as u32, units as u32)
    }

    #[test]
    fn resolutions() {
        assert_eq!(time(6, 0, 1_500_000), 1_500_000_000);
        assert_eq!(time(9, 0, 1_500_000_001), 1_500_000_001);
        assert_eq!(time(3, -1, 2_500), 1_500_000_000);
        assert_eq!(time(12, 0, 1_999), 1); // picoseconds are cut, as Wireshark cuts them
        assert_eq!(time(0x80 | 10, 0, 1024 + 512), 1_500_000_000);
        assert_eq!(time(0x80 | 32, 5, 1 << 31), 5_500_000_000);
        assert_eq!(time(0x80, 0, 7), 7_000_000_000);
        assert!(Clock::new(20, 0).is_none());
        assert!(Clock::new(0x80 | 65, 0).is_none());
        assert!(Clock::new(0x7f, 0).is_none());
    }
}
