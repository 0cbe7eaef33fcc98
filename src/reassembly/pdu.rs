//! Complete protocol data units and where their octets lie.

use super::Origin;
use super::lists::FrameLists;
use crate::health::Layer;
use std::hash::{Hash, Hasher};
use std::net::IpAddr;
use std::ops::Range;

/// Who sent to whom: one direction of a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Flow {
    pub src: IpAddr,
    pub dst: IpAddr,
    pub src_port: u16,
    pub dst_port: u16,
}

impl Flow {
    /// The other direction.
    #[must_use]
    pub fn reversed(&self) -> Self {
        Self { src: self.dst, dst: self.src, src_port: self.dst_port, dst_port: self.src_port }
    }
}

/// Few and whole words are faster to hash than the derived octet by octet.
impl Hash for Flow {
    fn hash<H: Hasher>(&self, state: &mut H) {
        for address in [self.src, self.dst] {
            match address {
                IpAddr::V4(address) => state.write_u32(address.to_bits()),
                IpAddr::V6(address) => state.write_u128(address.to_bits()),
            }
        }
        state.write_u32((u32::from(self.src_port) << 16) | u32::from(self.dst_port));
    }
}

/// What carried a PDU.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Carrier {
    /// A user datagram.
    Udp,
    /// A TCP stream.
    Tcp,
    /// An SCTP stream.
    Sctp {
        /// Payload protocol identifier.
        ppid: u32,
        /// Stream number.
        stream: u16,
    },
    /// No transport: the capture itself tells the protocol (link type, exported PDU, GSMTAP).
    Told(Layer),
}

/// Where octets lie in a [`PduBatch`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Octets {
    /// In the packets: [`PduBatch::data`].
    Packet(Range<usize>),
    /// Put together from several packets: [`PduBatch::assembled`].
    Assembled(Range<usize>),
}

/// One message of the protocol above the transport.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pdu {
    /// Number of the input file.
    pub file: u32,
    /// The frame that completes it.
    pub frame: u64,
    /// When that frame was captured: nanoseconds since 1970 UTC.
    pub time: i64,
    /// Who sent it to whom.
    pub flow: Flow,
    /// What carried it.
    pub carrier: Carrier,
    /// Its octets; see [`PduBatch::bytes`].
    pub octets: Octets,
    /// Its frames in [`PduBatch::frame_lists`], where there are several; see [`PduBatch::frames`].
    pub frames: Range<usize>,
    /// The capture cut it: the octets are only its start.
    pub truncated: bool,
}

/// The PDUs that a batch of packets completed, in the order in which they became complete.
#[derive(Debug, Default)]
pub struct PduBatch {
    /// The octets of the packets.
    pub data: Vec<u8>,
    /// The octets of PDUs that had to be put together.
    pub assembled: Vec<u8>,
    /// The PDUs.
    pub pdus: Vec<Pdu>,
    /// Lists of frames, one after the other.
    pub frame_lists: Vec<u64>,
}

impl PduBatch {
    /// The octets of one of its PDUs.
    pub fn bytes(&self, pdu: &Pdu) -> &[u8] {
        match &pdu.octets {
            Octets::Packet(range) => self.data.get(range.clone()),
            Octets::Assembled(range) => self.assembled.get(range.clone()),
        }
        .unwrap_or_default()
    }

    /// All frames of the PDU's file that carried a part of it, ascending. (Where a message began in the file before,
    /// as may be with rotated captures, the frames there are not listed.)
    pub fn frames<'a>(&'a self, pdu: &'a Pdu) -> &'a [u64] {
        match self.frame_lists.get(pdu.frames.clone()) {
            Some(frames) if !frames.is_empty() => frames,
            _ => std::slice::from_ref(&pdu.frame),
        }
    }

    /// Empties it; the memory is kept.
    pub fn clear(&mut self) {
        self.data.clear();
        self.assembled.clear();
        self.pdus.clear();
        self.frame_lists.clear();
    }

    /// Adds a PDU that lies in one packet. `frames` are those of the packet, where it came in several.
    #[inline]
    pub(super) fn whole(
        &mut self,
        origin: &Origin,
        flow: Flow,
        carrier: Carrier,
        octets: Octets,
        frames: &[u64],
        truncated: bool,
    ) {
        let first_frame = self.frame_lists.len();
        self.frame_lists.extend_from_slice(frames);
        self.pdus.push(Pdu {
            file: origin.file,
            frame: origin.frame,
            time: origin.time,
            flow,
            carrier,
            octets,
            frames: first_frame..self.frame_lists.len(),
            truncated,
        });
    }

    /// Adds a PDU whose octets were appended to `assembled` from `start` on. The packets are those that carried its
    /// parts; the one that came last completed it.
    pub(super) fn joined(
        &mut self,
        start: usize,
        origins: impl Iterator<Item = Origin> + Clone,
        lists: &FrameLists,
        flow: Flow,
        carrier: Carrier,
        truncated: bool,
    ) {
        let Some(last) = origins.clone().max_by_key(|origin| origin.arrival) else {
            return;
        };
        let first_frame = self.frame_lists.len();
        for origin in origins.filter(|origin| origin.file == last.file) {
            self.frame_lists.extend_from_slice(lists.of(&origin));
            self.frame_lists.push(origin.frame);
        }
        if let Some(frames) = self.frame_lists.get_mut(first_frame..) {
            frames.sort_unstable();
        }
        self.unique_from(first_frame);
        if self.frame_lists.len() == first_frame.saturating_add(1) {
            self.frame_lists.truncate(first_frame);
        }
        self.pdus.push(Pdu {
            file: last.file,
            frame: last.frame,
            time: last.time,
            flow,
            carrier,
            octets: Octets::Assembled(start..self.assembled.len()),
            frames: first_frame..self.frame_lists.len(),
            truncated,
        });
    }

    /// Removes repeated numbers from the sorted tail of `frame_lists`.
    fn unique_from(&mut self, first: usize) {
        let mut kept = first;
        for at in first..self.frame_lists.len() {
            let Some(frame) = self.frame_lists.get(at).copied() else {
                break;
            };
            let previous = kept.checked_sub(1).filter(|previous| *previous >= first);
            if previous.and_then(|previous| self.frame_lists.get(previous)) == Some(&frame) {
                continue;
            }
            if let Some(slot) = self.frame_lists.get_mut(kept) {
                *slot = frame;
            }
            kept = kept.saturating_add(1);
        }
        self.frame_lists.truncate(kept);
    }
}
