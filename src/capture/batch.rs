//! Some thousand packets in one buffer.

use super::{CaptureError, CaptureFault, LinkType};

/// One packet of a [`Batch`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Packet {
    /// Number of the input file, from 0, in the order of the inputs.
    pub file: u32,
    /// Frame number in it, from 1, as Wireshark numbers it.
    pub frame: u64,
    /// When it was captured: nanoseconds since 1970 UTC.
    pub time: i64,
    /// What its first octets are.
    pub link: LinkType,
    /// Where its octets start in [`Batch::data`].
    pub offset: usize,
    /// How many octets were captured.
    pub len: usize,
    /// How many octets the network carried (more than `len` where the capture cut the packet).
    pub original_len: u32,
}

impl Packet {
    /// Whether the capture holds less than the network carried (snaplen).
    pub fn is_cut(&self) -> bool {
        self.len < usize::try_from(self.original_len).unwrap_or(usize::MAX)
    }
}

/// Packets with their octets; reused from one filling to the next.
#[derive(Debug, Default)]
pub struct Batch {
    /// The octets of all packets, one after the other.
    pub data: Vec<u8>,
    /// The packets, in the order of the capture.
    pub packets: Vec<Packet>,
}

impl Batch {
    /// A batch with this many packets is full.
    pub const PACKETS: usize = 512;
    /// A batch with this many octets is full; the last packet may exceed it.
    pub const OCTETS: usize = 128 << 10;

    /// The octets of one of its packets.
    pub fn bytes(&self, packet: &Packet) -> &[u8] {
        packet.offset.checked_add(packet.len).and_then(|end| self.data.get(packet.offset..end)).unwrap_or_default()
    }

    /// Empties it; the memory is kept.
    pub fn clear(&mut self) {
        self.data.clear();
        self.packets.clear();
    }

    /// Whether nothing more should be appended.
    pub fn is_full(&self) -> bool {
        self.packets.len() >= Self::PACKETS || self.data.len() >= Self::OCTETS
    }

    /// Appends a packet; its `offset` and `len` are set from `bytes`.
    pub fn push(&mut self, packet: Packet, bytes: &[u8]) {
        self.packets.push(Packet { offset: self.data.len(), len: bytes.len(), ..packet });
        self.data.extend_from_slice(bytes);
    }
}

/// Whether a source has more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Filled {
    /// More may come, even when nothing was appended this time (a quiet live interface).
    More,
    /// That was the last packet.
    Done,
}

/// Where packets come from.
pub trait PacketSource {
    /// Appends packets until the batch is full or the source has no more for now.
    fn fill(&mut self, batch: &mut Batch) -> Result<Filled, CaptureError>;

    /// What was broken so far.
    fn faults(&self) -> &[CaptureFault] {
        &[]
    }
}
