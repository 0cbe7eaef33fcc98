//! SCTP packets and their chunks (RFC 9260, June 2022).
//!
//! ```text
//! packet:  source port(2) destination port(2) verification tag(4) CRC-32C(4) chunks...
//! chunk:   type(1) flags(1) length(2) value(length - 4) padding to 4 octets
//! DATA:    TSN(4) stream(2) stream sequence(2) payload protocol(4) user data   flags: I U B E (§3.3.1)
//! I-DATA:  TSN(4) stream(2) reserved(2) message(4) payload protocol or fragment(4) user data   (RFC 8260 §2.1)
//! INIT:    initiate tag(4) window(4) streams(2) streams(2) TSN(4) parameters: type(2) length(2) value
//! ```
//!
//! **Handled:** all chunks as octets; DATA, I-DATA, INIT and INIT ACK, FORWARD-TSN (RFC 3758) and I-FORWARD-TSN (RFC
//! 8260) in what a tap needs. **Not handled:** the checksum, but for SCTP over UDP: on a sending host with offload it
//! is wrong in the capture. Address changes (RFC 5061): see `reassembly`.

use super::Unframed;
use crate::health::Layer;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// The type of a chunk (§3.2, IANA "SCTP Chunk Types").
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ChunkKind(pub u8);

#[allow(missing_docs)]
impl ChunkKind {
    pub const DATA: Self = Self(0);
    pub const INIT: Self = Self(1);
    pub const INIT_ACK: Self = Self(2);
    pub const SACK: Self = Self(3);
    pub const I_DATA: Self = Self(64);
    pub const FORWARD_TSN: Self = Self(192);
    pub const I_FORWARD_TSN: Self = Self(194);

    /// Whether IANA lists it: RFC 9260, 4895 (AUTH), 8260, 5061 (ASCONF), 6525 (RE-CONFIG), 4820 (PAD), 3758.
    pub fn is_known(self) -> bool {
        matches!(self.0, 0..=15 | 64 | 128 | 129 | 130 | 132 | 192 | 193 | 194)
    }
}

/// Octets of the common header (§3.1).
const HEADER_LEN: usize = 12;
/// The most chunks that are looked at to tell whether octets are SCTP.
const MAX_PROBED: usize = 64;
/// The most addresses that are taken from an INIT.
const MAX_ADDRESSES: usize = 16;

/// An SCTP packet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct SctpPacket<'a> {
    pub src_port: u16,
    pub dst_port: u16,
    pub verification_tag: u32,
    chunks: &'a [u8],
}

impl<'a> SctpPacket<'a> {
    #[inline]
    pub(super) fn parse(octets: &'a [u8]) -> Option<Self> {
        let ([src1, src2, dst1, dst2, tag1, tag2, tag3, tag4, ..], chunks) =
            octets.split_first_chunk::<HEADER_LEN>()?;
        Some(Self {
            src_port: u16::from_be_bytes([*src1, *src2]),
            dst_port: u16::from_be_bytes([*dst1, *dst2]),
            verification_tag: u32::from_be_bytes([*tag1, *tag2, *tag3, *tag4]),
            chunks,
        })
    }

    /// Its chunks, in order.
    pub fn chunks(&self) -> Chunks<'a> {
        Chunks { rest: self.chunks }
    }

    /// Whether it could be SCTP at all: chunks of known types fill it. The last may be cut where `cut` is allowed.
    pub(super) fn is_plausible(&self, cut: bool) -> bool {
        let fits = |chunk: Result<Chunk<'_>, Unframed>| {
            chunk.is_ok_and(|chunk| chunk.kind.is_known() && (cut || chunk.missing == 0))
        };
        self.src_port != 0 && self.dst_port != 0 && !self.chunks.is_empty() && self.chunks().take(MAX_PROBED).all(fits)
    }
}

/// A chunk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chunk<'a> {
    /// Its type.
    pub kind: ChunkKind,
    /// Its flags.
    pub flags: u8,
    /// What follows its header, without padding.
    pub value: &'a [u8],
    /// Octets that its length announces and the packet does not have.
    pub missing: usize,
}

/// A DATA (§3.3.1) or I-DATA (RFC 8260 §2.1) chunk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Data<'a> {
    pub tsn: u32,
    pub stream: u16,
    /// Of DATA only.
    pub stream_sequence: u16,
    /// Payload protocol identifier (IANA "SCTP Payload Protocol Identifiers"). In I-DATA only the first part has it.
    pub ppid: u32,
    /// First part of a message.
    pub beginning: bool,
    /// Last part of a message.
    pub ending: bool,
    /// To be delivered without regard to the stream sequence.
    pub unordered: bool,
    /// Which parts belong to the same message, and in what order.
    pub place: Place,
    pub payload: &'a [u8],
}

/// Where a part of a message stands: parts with successive numbers in one space make a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// What numbers the parts.
    pub space: Space,
    /// TSN of DATA; fragment sequence number of I-DATA.
    pub number: u32,
}

/// A space of part numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Space {
    /// All DATA of an association.
    Association,
    /// The I-DATA of one message.
    Message { stream: u16, unordered: bool, message: u32 },
}

/// What an INIT or INIT ACK says (§3.3.2, §3.3.3).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Initiation {
    /// The tag that its receiver shall send with.
    pub tag: u32,
    /// The addresses at which its sender can be reached, where it lists any.
    pub addresses: Vec<IpAddr>,
}

impl<'a> Chunk<'a> {
    /// Reads a DATA or I-DATA chunk; none where the header is not whole.
    #[inline]
    pub fn data(&self) -> Option<Data<'a>> {
        let ([tsn1, tsn2, tsn3, tsn4, sid1, sid2, seq1, seq2, rest @ ..], payload) =
            self.value.split_first_chunk::<12>()?;
        let tsn = u32::from_be_bytes([*tsn1, *tsn2, *tsn3, *tsn4]);
        let data = Data {
            tsn,
            stream: u16::from_be_bytes([*sid1, *sid2]),
            stream_sequence: u16::from_be_bytes([*seq1, *seq2]),
            ppid: u32::from_be_bytes(*rest),
            ending: self.flags & 0x01 != 0,
            beginning: self.flags & 0x02 != 0,
            unordered: self.flags & 0x04 != 0,
            place: Place { space: Space::Association, number: tsn },
            payload,
        };
        if self.kind == ChunkKind::I_DATA { Self::interleaved(data) } else { Some(data) }
    }

    /// The same fields as in DATA are the message; behind them stands what DATA does not have.
    fn interleaved(data: Data<'a>) -> Option<Data<'a>> {
        let (last, payload) = data.payload.split_first_chunk::<4>()?;
        let last = u32::from_be_bytes(*last);
        // §2.1: the first fragment has the payload protocol here and the number 0, the others their number
        let (ppid, number) = if data.beginning { (last, 0) } else { (0, last) };
        let space = Space::Message { stream: data.stream, unordered: data.unordered, message: data.ppid };
        Some(Data { stream_sequence: 0, ppid, place: Place { space, number }, payload, ..data })
    }

    /// Reads an INIT or INIT ACK.
    pub fn initiation(&self) -> Option<Initiation> {
        let ([t1, t2, t3, t4, ..], mut rest) = self.value.split_first_chunk::<16>()?;
        let mut addresses = Vec::new();
        while let Some(([k1, k2, l1, l2], body)) = rest.split_first_chunk::<4>() {
            let length = usize::from(u16::from_be_bytes([*l1, *l2]));
            let Some(length) = length.checked_sub(4) else { break };
            let value = body.get(..length).unwrap_or_default();
            let address: Option<IpAddr> = match u16::from_be_bytes([*k1, *k2]) {
                5 => value.try_into().ok().map(|value: [u8; 4]| Ipv4Addr::from(value).into()),
                6 => value.try_into().ok().map(|value: [u8; 16]| Ipv6Addr::from(value).into()),
                _ => None,
            };
            if addresses.len() < MAX_ADDRESSES {
                addresses.extend(address);
            }
            rest = body.get(length.next_multiple_of(4)..).unwrap_or_default();
        }
        Some(Initiation { tag: u32::from_be_bytes([*t1, *t2, *t3, *t4]), addresses })
    }

    /// Up to which TSN a FORWARD-TSN or I-FORWARD-TSN gives up (RFC 3758 §3.2).
    pub fn new_cumulative_tsn(&self) -> Option<u32> {
        self.value.first_chunk().map(|tsn| u32::from_be_bytes(*tsn))
    }

    /// The messages, each the last of its stream, up to which an I-FORWARD-TSN gives up (RFC 8260 §2.3.1).
    pub fn given_up(&self) -> impl Iterator<Item = Space> + use<'a> {
        let entries = self.value.get(4..).unwrap_or_default().chunks_exact(8);
        entries.filter_map(|entry| {
            let [s1, s2, _, flags, m1, m2, m3, m4] = *entry.first_chunk()?;
            Some(Space::Message {
                stream: u16::from_be_bytes([s1, s2]),
                unordered: flags & 1 != 0,
                message: u32::from_be_bytes([m1, m2, m3, m4]),
            })
        })
    }
}

/// The chunks of a packet; an error is the last item.
#[derive(Debug, Clone)]
pub struct Chunks<'a> {
    rest: &'a [u8],
}

impl<'a> Iterator for Chunks<'a> {
    type Item = Result<Chunk<'a>, Unframed>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        let Some(([kind, flags, len1, len2], body)) = self.rest.split_first_chunk::<4>() else {
            self.rest = &[];
            return Some(Err(Unframed::short(Layer::Sctp, 0)));
        };
        let length = usize::from(u16::from_be_bytes([*len1, *len2]));
        let Some(value_len) = length.checked_sub(4) else {
            self.rest = &[];
            return Some(Err(Unframed::malformed(Layer::Sctp, 0, "chunk length below 4")));
        };
        let value = body.get(..value_len).unwrap_or(body);
        self.rest = body.get(value_len.next_multiple_of(4)..).unwrap_or_default();
        Some(Ok(Chunk { kind: ChunkKind(*kind), flags: *flags, value, missing: value_len.saturating_sub(value.len()) }))
    }
}
