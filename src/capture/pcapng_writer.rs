//! Writes pcapng with a comment for each packet (draft-ietf-opsawg-pcapng-02 §4.1 to §4.3), by pcap-parser.

use super::{LinkType, Packet};
use pcap_parser::pcapng::{OptionCode, PcapNGOption};
use pcap_parser::{EnhancedPacketBlock, InterfaceDescriptionBlock, Linktype, SectionHeaderBlock, ToVec};
use std::borrow::Cow;
use std::io::{self, Write};

/// `shb_userappl` (§4.1) and `if_name` (§4.2).
const USER_APPLICATION: OptionCode = OptionCode(4);
const INTERFACE_NAME: OptionCode = OptionCode(2);
/// `if_tsresol`: nanoseconds.
const NANOSECONDS: u8 = 9;

/// Writes packets of any link types into one section; each link type of each source is an interface of its own.
pub struct PcapngWriter<W: Write> {
    out: W,
    interfaces: Vec<(LinkType, String)>,
}

impl<W: Write> PcapngWriter<W> {
    /// Writes the section header.
    pub fn new(mut out: W) -> io::Result<Self> {
        let application = concat!("simhound ", env!("CARGO_PKG_VERSION"));
        let mut header = SectionHeaderBlock {
            block_type: 0,
            block_len1: 0,
            bom: 0,
            major_version: 1,
            minor_version: 0,
            section_len: -1,
            options: option(USER_APPLICATION, application).into_iter().collect(),
            block_len2: 0,
        };
        out.write_all(&block(header.to_vec())?)?;
        Ok(Self { out, interfaces: Vec::new() })
    }

    /// Writes a packet as it was captured. `source` names where it comes from, for the interface; the comment may have
    /// several lines.
    pub fn packet(&mut self, packet: &Packet, octets: &[u8], source: &str, comment: &str) -> io::Result<()> {
        let interface = self.interface(packet.link, source)?;
        let length = u32::try_from(octets.len()).map_err(io::Error::other)?;
        // Times are unsigned here: what lies before 1970 is written as 1970.
        let time = u64::try_from(packet.time).unwrap_or(0);
        let mut written = EnhancedPacketBlock {
            block_type: 0,
            block_len1: 0,
            if_id: interface,
            ts_high: u32::try_from(time >> 32).unwrap_or(0),
            ts_low: u32::try_from(time & 0xffff_ffff).unwrap_or(0),
            caplen: length,
            origlen: packet.original_len.max(length),
            data: octets,
            options: option(OptionCode::Comment, comment).into_iter().collect(),
            block_len2: 0,
        };
        self.out.write_all(&block(written.to_vec())?)
    }

    fn interface(&mut self, link: LinkType, source: &str) -> io::Result<u32> {
        let known = self.interfaces.iter().position(|(known, name)| *known == link && name == source);
        let place = match known {
            Some(place) => place,
            None => {
                let mut description = InterfaceDescriptionBlock {
                    block_type: 0,
                    block_len1: 0,
                    linktype: Linktype(i32::from(link.0)),
                    reserved: 0,
                    snaplen: 0,
                    options: option(INTERFACE_NAME, source).into_iter().collect(),
                    block_len2: 0,
                    if_tsresol: NANOSECONDS,
                    if_tsoffset: 0,
                };
                self.out.write_all(&block(description.to_vec())?)?;
                self.interfaces.push((link, source.to_owned()));
                self.interfaces.len().saturating_sub(1)
            }
        };
        u32::try_from(place).map_err(io::Error::other)
    }

    /// Flushes and gives back what was written to.
    pub fn finish(mut self) -> io::Result<W> {
        self.out.flush()?;
        Ok(self.out)
    }
}

/// An option with a text; none for an empty one. A text that is too long for it is cut.
fn option(code: OptionCode, text: &str) -> Option<PcapNGOption<'_>> {
    let fits = text.len().min(usize::from(u16::MAX));
    let end = (0..=fits).rev().find(|end| text.is_char_boundary(*end))?;
    let value = text.as_bytes().get(..end).filter(|value| !value.is_empty())?;
    Some(PcapNGOption { code, len: u16::try_from(value.len()).ok()?, value: Cow::Borrowed(value) })
}

fn block<E: std::fmt::Debug>(written: Result<Vec<u8>, E>) -> io::Result<Vec<u8>> {
    written.map_err(|error| io::Error::other(format!("{error:?}")))
}
