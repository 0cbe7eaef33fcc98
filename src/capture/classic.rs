//! Records of a pcap savefile (draft-ietf-opsawg-pcap-04 §4, §5).
//!
//! ```text
//! file:    magic(4) major(2) minor(2) zone(4) sigfigs(4) snaplen(4) link type(4)
//! record:  seconds(4) micro- or nanoseconds(4) captured(4) original(4) octets(captured)
//! ```
//!
//! The "modified" format (0xa1b2cd34) has eight more octets in each record's header. The time zone is ignored, as
//! all readers do: it was never filled in.

use super::LinkType;
use super::buffer::{Buffer, Short};
use super::savefile::{MAX_PACKET, NANOS, Record, Wrong};
use pcap_parser::{LegacyPcapBlock, PcapError, parse_pcap_header};
use pcap_parser::{parse_pcap_frame, parse_pcap_frame_be, parse_pcap_frame_modified};

type Parse =
    for<'a> fn(&'a [u8]) -> Result<(&'a [u8], LegacyPcapBlock<'a>), pcap_parser::nom::Err<PcapError<&'a [u8]>>>;

/// What the file header says.
pub(super) struct Classic {
    link: LinkType,
    parse: Parse,
    /// Octets before the packet in each record.
    header_len: usize,
    /// Nanoseconds in one unit of the second time field.
    unit: i64,
}

impl Classic {
    /// Octets of the file header.
    const HEADER_LEN: usize = 24;

    pub(super) fn open(buffer: &mut Buffer) -> Result<Self, Wrong> {
        match buffer.want(Self::HEADER_LEN) {
            Ok(()) => {}
            Err(Short::End) => return Err(Wrong::text("ends within the file header")),
            Err(Short::Broken(what)) => return Err(Wrong(what)),
        }
        let Ok((_, header)) = parse_pcap_header(buffer.available()) else {
            return Err(Wrong::text("the file header is not that of a pcap"));
        };
        buffer.consume(Self::HEADER_LEN);
        let modified = header.is_modified_format();
        Ok(Self {
            // §4: the upper 16 bits tell the length of a frame check sequence
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            link: LinkType(header.network.0 as u16),
            parse: match (modified, header.is_bigendian()) {
                (true, _) => parse_pcap_frame_modified,
                (false, true) => parse_pcap_frame_be,
                (false, false) => parse_pcap_frame,
            },
            header_len: if modified { 24 } else { 16 },
            unit: if header.is_nanosecond_precision() { 1 } else { 1000 },
        })
    }

    /// The next record; none at the end of the file.
    #[inline]
    pub(super) fn next(&self, buffer: &mut Buffer) -> Result<Option<Record>, Wrong> {
        loop {
            let available = buffer.available();
            match (self.parse)(available) {
                Ok((_, block)) => {
                    let len = block.data.len();
                    if len > MAX_PACKET {
                        return Err(Wrong::long(len));
                    }
                    let record = Record {
                        time: i64::from(block.ts_sec)
                            .saturating_mul(NANOS)
                            .saturating_add(i64::from(block.ts_usec).saturating_mul(self.unit)),
                        link: self.link,
                        original_len: block.origlen,
                        position: buffer.position().saturating_add(self.header_len),
                        len,
                    };
                    buffer.consume(self.header_len.saturating_add(len));
                    return Ok(Some(record));
                }
                Err(pcap_parser::nom::Err::Incomplete(needed)) => {
                    let missing = match needed {
                        pcap_parser::nom::Needed::Size(octets) => octets.get(),
                        pcap_parser::nom::Needed::Unknown => 1,
                    };
                    let there = available.len();
                    let needed = there.saturating_add(missing);
                    if needed > MAX_PACKET.saturating_add(self.header_len) {
                        return Err(Wrong::long(needed.saturating_sub(self.header_len)));
                    }
                    match buffer.want(needed) {
                        Ok(()) => {}
                        Err(Short::End) if buffer.available().is_empty() => return Ok(None),
                        Err(Short::End) => {
                            return Err(Wrong::cut(needed, buffer.available().len()));
                        }
                        Err(Short::Broken(what)) => return Err(Wrong(what)),
                    }
                }
                Err(_) => return Err(Wrong::text("the record can't be read")),
            }
        }
    }
}
