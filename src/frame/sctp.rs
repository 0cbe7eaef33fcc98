//! SCTP packets and their chunks (RFC 9260, June 2022).
//!
//! ```text
//! packet:  source port(2) destination port(2) verification tag(4) CRC-32C(4) chunks...
//! chunk:   type(1) flags(1) length(2) value(length - 4) padding to 4 octets
//! DATA:    TSN(4) stream(2) stream sequence(2) payload protocol(4) user data   flags: I U B E (§3.3.1)
//! ```
//!
//! **Handled:** all chunks as octets, DATA in full. **Not handled:** I-DATA (RFC 8260), encrypted chunks (DTLS). The
//! checksum is not verified: on a sending host with offload it is wrong in the capture.

use crate::health::Layer;

use super::Unframed;

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
}

/// Octets of the common header (§3.1).
const HEADER_LEN: usize = 12;

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

/// A DATA chunk (§3.3.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Data<'a> {
    pub tsn: u32,
    pub stream: u16,
    pub stream_sequence: u16,
    /// Payload protocol identifier (IANA "SCTP Payload Protocol Identifiers").
    pub ppid: u32,
    /// First part of a message.
    pub beginning: bool,
    /// Last part of a message.
    pub ending: bool,
    /// To be delivered without regard to the stream sequence.
    pub unordered: bool,
    pub payload: &'a [u8],
}

impl<'a> Chunk<'a> {
    /// Reads a DATA chunk; none where the header is not whole.
    pub fn data(&self) -> Option<Data<'a>> {
        let ([tsn1, tsn2, tsn3, tsn4, sid1, sid2, seq1, seq2, p1, p2, p3, p4], payload) =
            self.value.split_first_chunk()?;
        Some(Data {
            tsn: u32::from_be_bytes([*tsn1, *tsn2, *tsn3, *tsn4]),
            stream: u16::from_be_bytes([*sid1, *sid2]),
            stream_sequence: u16::from_be_bytes([*seq1, *seq2]),
            ppid: u32::from_be_bytes([*p1, *p2, *p3, *p4]),
            ending: self.flags & 0x01 != 0,
            beginning: self.flags & 0x02 != 0,
            unordered: self.flags & 0x04 != 0,
            payload,
        })
    }

    /// The tag that an INIT or INIT ACK asks its receiver to send with (§3.3.2).
    pub fn initiate_tag(&self) -> Option<u32> {
        self.value.first_chunk().map(|tag| u32::from_be_bytes(*tag))
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
