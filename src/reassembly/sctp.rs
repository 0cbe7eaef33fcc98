//! SCTP messages from DATA chunks (RFC 9260 §6.9 fragmentation and reassembly).
//!
//! **Handled:** bundled chunks; messages fragmented over the B and E bits, in any order; TSNs repeated with the same
//! octets (retransmissions, a second copy of the packet from a mirror port); both directions and all associations apart, by
//! addresses, ports and verification tag; a restart by INIT or INIT ACK; a start in the middle; TSN wrap; chunks cut
//! by the capture (delivered as truncated).
//! **Not handled:** I-DATA (counted); a retransmission over another pair of addresses (see the head of this module's
//! parent); a verification tag that is reflected (ABORT) is not followed, as DATA never comes with one.

use super::table::Table;
use super::tsn::TsnWindow;
use super::{Carrier, Counter, Flow, Origin, PduBatch, SECOND, Sink};
use crate::frame::{Chunk, ChunkKind, Data, SctpPacket};
use crate::health::{Health, Layer, Outcome};
use std::collections::{BTreeMap, VecDeque};

/// Directions of associations that are tracked at the same time.
const MAX_ASSOCIATIONS: usize = 16_384;
/// A direction without DATA for so long is forgotten.
const ASSOCIATION_IDLE: i64 = 3600 * SECOND;
/// How long fragments wait for the rest of their message.
const FRAGMENT_WAIT: i64 = 30 * SECOND;
/// Octets of fragments that wait, over all associations.
const MAX_FRAGMENT_OCTETS: usize = 64 << 20;
/// Fragments that wait, over all associations (with those behind the oldest that found their message since).
const MAX_FRAGMENTS: usize = 1 << 19;
/// Fragments that wait in one direction of an association.
const MAX_FRAGMENTS_EACH: usize = 1024;

/// One direction of an association.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Key {
    flow: Flow,
    tag: u32,
}

struct Association {
    window: TsnWindow,
    /// Waiting fragments by TSN.
    fragments: BTreeMap<u32, Fragment>,
}

struct Fragment {
    beginning: bool,
    ending: bool,
    /// What all fragments of a message have in common.
    message: Message,
    cut: bool,
    origin: Origin,
    octets: Box<[u8]>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
struct Message {
    stream: u16,
    sequence: u16,
    unordered: bool,
    ppid: u32,
}

/// All associations.
pub(super) struct Associations {
    table: Table<Key, Association>,
    /// Fragments by arrival; some may be gone since.
    waiting: VecDeque<(i64, Key, u32)>,
    fragment_octets: usize,
    pub(super) counter: Counter,
}

const UNFINISHED: &str = "fragment of a message that was not completed";

impl Associations {
    pub(super) fn new() -> Self {
        Self {
            table: Table::new(MAX_ASSOCIATIONS, ASSOCIATION_IDLE),
            waiting: VecDeque::new(),
            fragment_octets: 0,
            counter: Counter::default(),
        }
    }

    /// Takes one packet, which the capture cut or not.
    pub(super) fn packet(
        &mut self,
        flow: Flow,
        packet: &SctpPacket<'_>,
        is_cut: bool,
        origin: &Origin,
        sink: &mut Sink<'_>,
    ) {
        let key = Key { flow, tag: packet.verification_tag };
        for chunk in packet.chunks() {
            let chunk = match chunk {
                Ok(chunk) => chunk,
                Err(unframed) => {
                    self.counter.seen(0);
                    let outcome = if is_cut { Outcome::Truncated } else { Outcome::Malformed };
                    sink.note(origin, Layer::Sctp, outcome, unframed.reason);
                    return;
                }
            };
            self.counter.seen(chunk.value.len().saturating_add(4));
            if chunk.missing > 0 && !is_cut {
                let reason = "chunk longer than its packet";
                sink.note(origin, Layer::Sctp, Outcome::Malformed, reason);
                return;
            }
            match chunk.kind {
                ChunkKind::DATA => self.data_chunk(key, &chunk, origin, sink),
                ChunkKind::I_DATA => {
                    sink.note(origin, Layer::Sctp, Outcome::Unsupported, "I-DATA (RFC 8260)");
                }
                ChunkKind::INIT | ChunkKind::INIT_ACK => {
                    self.restart(flow, &chunk, sink.health);
                    self.control(&chunk, origin, sink);
                }
                _ => self.control(&chunk, origin, sink),
            }
        }
    }

    fn control(&mut self, chunk: &Chunk<'_>, origin: &Origin, sink: &mut Sink<'_>) {
        if chunk.missing == 0 {
            self.counter.decoded();
        } else {
            let reason = "control chunk cut by the capture";
            sink.note(origin, Layer::Sctp, Outcome::Truncated, reason);
        }
    }

    /// §5.2: DATA to the sender of an INIT or INIT ACK will carry the tag in it, and count from the start.
    fn restart(&mut self, flow: Flow, chunk: &Chunk<'_>, health: &mut Health) {
        let Some(tag) = chunk.initiate_tag() else {
            return;
        };
        let key = Key { flow: flow.reversed(), tag };
        if let Some(association) = self.table.remove(&key) {
            drop_association(association, &mut self.fragment_octets, health);
        }
    }

    #[inline]
    fn data_chunk(&mut self, key: Key, chunk: &Chunk<'_>, origin: &Origin, sink: &mut Sink<'_>) {
        let Some(data) = chunk.data() else {
            let outcome = if chunk.missing > 0 { Outcome::Truncated } else { Outcome::Malformed };
            return sink.note(origin, Layer::Sctp, outcome, "DATA shorter than its header");
        };
        let (association, made) = self.table.get_or(key, origin.time, Association::new);
        if !association.window.is_new(data.tsn, data.payload) {
            return sink.note(origin, Layer::Sctp, Outcome::Repeated, "TSN seen before");
        }
        let is_cut = chunk.missing > 0;
        if is_cut {
            sink.note(origin, Layer::Sctp, Outcome::Truncated, "DATA cut by the capture");
        } else if data.payload.is_empty() {
            // §6.2: an error that the receiver answers with ABORT
            return sink.note(origin, Layer::Sctp, Outcome::Malformed, "DATA without user data");
        }
        if data.beginning && data.ending {
            let start = sink.offset_of(data.payload);
            let carrier = Carrier::Sctp { ppid: data.ppid, stream: data.stream };
            let octets = start..start.saturating_add(data.payload.len());
            sink.out.whole(origin, key.flow, carrier, octets, is_cut);
            if !is_cut {
                self.counter.decoded();
            }
        } else {
            self.fragment(key, &data, is_cut, origin, sink);
        }
        if made && self.table.is_over() {
            let octets = &mut self.fragment_octets;
            let health = &mut *sink.health;
            self.table.evict_oldest(|association| drop_association(association, octets, health));
        }
    }

    fn fragment(&mut self, key: Key, data: &Data<'_>, cut: bool, origin: &Origin, sink: &mut Sink<'_>) {
        let Some(association) = self.table.peek_mut(&key) else {
            return;
        };
        let fragment = Fragment {
            beginning: data.beginning,
            ending: data.ending,
            message: Message {
                stream: data.stream,
                // §3.3.1: without meaning where U is set
                sequence: if data.unordered { 0 } else { data.stream_sequence },
                unordered: data.unordered,
                ppid: data.ppid,
            },
            cut,
            origin: *origin,
            octets: data.payload.into(),
        };
        self.fragment_octets = self.fragment_octets.saturating_add(fragment.octets.len());
        let replaced = association.fragments.insert(data.tsn, fragment);
        if let Some((first, count)) = association.complete(data.tsn) {
            let (octets, uncut) = association.join(key.flow, first, count, sink.out);
            self.fragment_octets = self.fragment_octets.saturating_sub(octets);
            self.counter.decoded = self.counter.decoded.saturating_add(uncut);
        } else {
            self.waiting.push_back((origin.time, key, data.tsn));
        }
        let surplus = association.surplus();
        for dropped in [replaced, surplus].into_iter().flatten() {
            self.fragment_octets = self.fragment_octets.saturating_sub(dropped.octets.len());
            drop_fragment(&dropped, sink.health);
        }
    }

    /// Gives up fragments that waited too long or are too many, the oldest first.
    #[inline]
    pub(super) fn expire(&mut self, now: i64, health: &mut Health) {
        while let Some((time, key, tsn)) = self.waiting.front() {
            let is_late = time.saturating_add(FRAGMENT_WAIT) < now;
            let is_over = self.fragment_octets > MAX_FRAGMENT_OCTETS || self.waiting.len() > MAX_FRAGMENTS;
            let association = self.table.peek_mut(key);
            let fragments = association.map(|association| &mut association.fragments);
            let waits = fragments
                .as_ref()
                .is_some_and(|fragments| fragments.get(tsn).is_some_and(|fragment| fragment.origin.time == *time));
            if waits && !is_late && !is_over {
                return;
            }
            if waits && let Some(dropped) = fragments.and_then(|fragments| fragments.remove(tsn)) {
                self.fragment_octets = self.fragment_octets.saturating_sub(dropped.octets.len());
                drop_fragment(&dropped, health);
            }
            self.waiting.pop_front();
        }
    }

    /// Forgets associations that are idle.
    pub(super) fn sweep(&mut self, now: i64, health: &mut Health) {
        let octets = &mut self.fragment_octets;
        self.table.sweep(now, |association| drop_association(association, octets, health));
    }

    /// The capture is over: what still waits is given up.
    pub(super) fn finish(&mut self, health: &mut Health) {
        self.waiting.clear();
        for association in self.table.drain() {
            drop_association(association, &mut self.fragment_octets, health);
        }
    }
}

impl Association {
    fn new() -> Self {
        Self { window: TsnWindow::new(), fragments: BTreeMap::new() }
    }

    /// The oldest fragment, where there are too many.
    fn surplus(&mut self) -> Option<Fragment> {
        if self.fragments.len() <= MAX_FRAGMENTS_EACH {
            return None;
        }
        let arrivals = self.fragments.iter();
        let (tsn, _) = arrivals.min_by_key(|(_, fragment)| fragment.origin.arrival)?;
        let tsn = *tsn;
        self.fragments.remove(&tsn)
    }

    /// The first TSN and the number of fragments of the message to which `tsn` belongs, where all are there.
    fn complete(&self, tsn: u32) -> Option<(u32, usize)> {
        let message = self.fragments.get(&tsn)?.message;
        let part = |tsn| self.fragments.get(&tsn).filter(|part| part.message == message);
        let mut first = tsn;
        while !part(first)?.beginning {
            first = first.wrapping_sub(1);
            if part(first)?.ending {
                return None;
            }
        }
        let mut last = first;
        let mut count = 1usize;
        while !part(last)?.ending {
            last = last.wrapping_add(1);
            if part(last)?.beginning {
                return None;
            }
            count = count.saturating_add(1);
        }
        Some((first, count))
    }

    /// Delivers a message; gives back how many octets it held, and how many of its fragments were whole. A cut
    /// fragment ends the message: what follows the hole can't be placed.
    fn join(&mut self, flow: Flow, first: u32, count: usize, out: &mut PduBatch) -> (usize, u64) {
        let mut tsn = first;
        let mut parts = Vec::with_capacity(count);
        for _ in 0..count {
            parts.extend(self.fragments.remove(&tsn));
            tsn = tsn.wrapping_add(1);
        }
        let Some(message) = parts.first().map(|part| part.message) else {
            return (0, 0);
        };
        let start = out.assembled.len();
        let mut truncated = false;
        for part in &parts {
            out.assembled.extend_from_slice(&part.octets);
            if part.cut {
                truncated = true;
                break;
            }
        }
        let carrier = Carrier::Sctp { ppid: message.ppid, stream: message.stream };
        let origins = parts.iter().map(|part| part.origin);
        out.joined(start, origins, flow, carrier, truncated);
        let octets = parts.iter().map(|part| part.octets.len());
        let uncut = parts.iter().filter(|part| !part.cut).count();
        (octets.fold(0, usize::saturating_add), uncut as u64)
    }
}

fn drop_fragment(fragment: &Fragment, health: &mut Health) {
    fragment.origin.note(health, Layer::Sctp, Outcome::Evicted, UNFINISHED);
}

fn drop_association(association: Association, octets: &mut usize, health: &mut Health) {
    for fragment in association.fragments.values() {
        *octets = octets.saturating_sub(fragment.octets.len());
        // which associations go together has no order, so no example is kept
        health.note(Layer::Sctp, Outcome::Evicted, UNFINISHED, None);
    }
}
