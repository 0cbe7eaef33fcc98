//! State across packets: from packets to complete protocol data units (PDUs).
//!
//! A passive tap is no endpoint: it can't ask for what it missed. So a message is delivered as soon as its octets are
//! there, never twice, and never waits for an order that only the receiver needs.
//!
//! **Handled:** IP fragments, also of packets in packets ([`fragments`](self)); UDP datagrams; SCTP messages, bundled
//! and fragmented, over all addresses of an association ([`sctp`](self)); TCP streams, cut into messages by the caller's
//! [`Framer`]; what the capture itself tells; segmented SCCP messages ([`SccpSegments`], driven by whoever reads SCCP).
//!
//! All tables are bounded by the constants beside them; what a full table or a timeout gives up is counted as
//! evicted. Time is that of the packets.
//!
//! What is counted in [`Health`]: for Link, Ip and Udp packets, for Tcp segments, for Sctp chunks.

#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)]

mod association;
mod fragments;
mod framer;
mod lists;
mod pdu;
mod push;
mod sccp;
mod sctp;
mod stream;
mod table;
mod tcp;
mod tsn;

#[cfg(test)]
mod tests;

pub use framer::{Framer, Framing};
pub use pdu::{Carrier, Flow, Octets, Pdu, PduBatch};
pub use push::Reassembler;
pub use sccp::{SccpSegments, Segment, SegmentKey, Segmented};

use crate::health::{Example, Health, Layer, Outcome};
use lists::FrameLists;
use std::ops::Range;

/// Nanoseconds in a second.
const SECOND: i64 = 1_000_000_000;

/// The packet from which octets came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Origin {
    file: u32,
    frame: u64,
    time: i64,
    /// How many packets came before it, over all files.
    arrival: u64,
}

impl Origin {
    fn note(&self, health: &mut Health, layer: Layer, outcome: Outcome, reason: &'static str) {
        let example = Example { file: self.file, frame: self.frame, offset: 0 };
        health.note(layer, outcome, reason, Some(example));
    }
}

/// Where reassembled messages go, and what did not become one.
struct Sink<'a> {
    /// The octets that packets borrow from: those of the batch that is being reassembled, or those of one packet that
    /// was put together from fragments.
    data: &'a [u8],
    /// Where in [`PduBatch::assembled`] a copy of `data` lies, where it is not the batch.
    copy: Option<usize>,
    out: &'a mut PduBatch,
    health: &'a mut Health,
    lists: &'a mut FrameLists,
}

impl Sink<'_> {
    /// Where in the batch a part of a packet lies.
    fn offset_of(&self, part: &[u8]) -> usize {
        crate::frame::offset_in(self.data, part)
    }

    /// Delivers a message that lies in one packet.
    #[inline]
    fn whole(&mut self, origin: &Origin, flow: Flow, carrier: Carrier, part: &[u8], truncated: bool) {
        let start = self.offset_of(part);
        self.whole_at(origin, flow, carrier, start..start.saturating_add(part.len()), truncated);
    }

    /// The same, by where it lies in `data`.
    #[inline]
    fn whole_at(&mut self, origin: &Origin, flow: Flow, carrier: Carrier, range: Range<usize>, truncated: bool) {
        let octets = match self.copy {
            None => Octets::Packet(range),
            Some(base) => Octets::Assembled(base.saturating_add(range.start)..base.saturating_add(range.end)),
        };
        self.out.whole(origin, flow, carrier, octets, self.lists.of(origin), truncated);
    }

    /// Delivers a message whose octets were appended to [`PduBatch::assembled`] from `start` on.
    fn joined(
        &mut self,
        start: usize,
        origins: impl Iterator<Item = Origin> + Clone,
        flow: Flow,
        carrier: Carrier,
        truncated: bool,
    ) {
        self.out.joined(start, origins, self.lists, flow, carrier, truncated);
    }

    fn note(&mut self, origin: &Origin, layer: Layer, outcome: Outcome, reason: &'static str) {
        origin.note(self.health, layer, outcome, reason);
    }
}

/// Counters of what happens to nearly every packet, kept here and added to the [`Health`] once for each batch.
#[derive(Debug, Default)]
struct Counter {
    seen: u64,
    bytes: u64,
    decoded: u64,
}

impl Counter {
    #[inline]
    fn seen(&mut self, octets: usize) {
        self.seen = self.seen.saturating_add(1);
        self.bytes = self.bytes.saturating_add(octets as u64);
    }

    #[inline]
    fn decoded(&mut self) {
        self.decoded = self.decoded.saturating_add(1);
    }
}
