//! SCTP messages from DATA and I-DATA chunks (RFC 9260 §6.9 fragmentation and reassembly, RFC 8260).
//!
//! **Handled:** bundled chunks; messages fragmented over the B and E bits, in any order, or interleaved; TSNs repeated
//! with the same octets (retransmissions, a second copy of the packet from a mirror port); both directions and all
//! associations apart, by addresses, ports and verification tag; a restart by INIT or INIT ACK; a start in the middle;
//! TSN wrap; chunks cut by the capture (delivered as truncated); FORWARD-TSN; an association over several pairs of
//! addresses (§6.4), which INIT and INIT ACK list, or else the same ports, the same random tag and the TSN tell. Its
//! messages carry the addresses of its first packet, so that requests find their answers.
//! **Not handled:** address changes (ASCONF is stepped over; the tag and the TSN tell here too); a verification tag
//! that is reflected (ABORT) is not followed, as DATA never comes with one.

use super::association::{Association, Fragment};
use super::table::Table;
use super::{Carrier, Counter, Flow, Origin, SECOND, Sink};
use crate::frame::{Chunk, ChunkKind, Data, Place, SctpPacket};
use crate::health::{Health, Layer, Outcome};
use foldhash::fast::RandomState;
use hashbrown::HashMap;
use std::collections::VecDeque;

/// Directions of associations that are tracked at the same time, each once for each pair of addresses.
const MAX_ASSOCIATIONS: usize = 16_384;
/// A direction without DATA for so long is forgotten.
const ASSOCIATION_IDLE: i64 = 3600 * SECOND;
/// How long fragments wait for the rest of their message.
const FRAGMENT_WAIT: i64 = 30 * SECOND;
/// Octets of fragments that wait, over all associations.
const MAX_FRAGMENT_OCTETS: usize = 64 << 20;
/// Fragments that wait, over all associations (with those behind the oldest that found their message since).
const MAX_FRAGMENTS: usize = 1 << 19;

/// One direction of an association on one pair of addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Key {
    flow: Flow,
    tag: u32,
}

/// What all pairs of addresses of an association have in common.
type PortsAndTag = (u16, u16, u32);

impl Key {
    fn ports_and_tag(&self) -> PortsAndTag {
        (self.flow.src_port, self.flow.dst_port, self.tag)
    }
}

enum Entry {
    /// The pair of addresses on which the association was first seen.
    Own(Association),
    /// A further pair.
    Alias(Key),
}

impl Entry {
    fn new() -> Self {
        Self::Own(Association::default())
    }
}

/// All associations.
pub(super) struct Associations {
    table: Table<Key, Entry>,
    /// Where an association may be found whose addresses are others. Each of them is looked up before it is believed.
    by_tag: HashMap<PortsAndTag, Key, RandomState>,
    /// Fragments by arrival; some may be gone since.
    waiting: VecDeque<(i64, Key, Place)>,
    fragment_octets: usize,
    pub(super) counter: Counter,
}

const UNFINISHED: &str = "fragment of a message that was not completed";

impl Associations {
    pub(super) fn new() -> Self {
        Self {
            table: Table::new(MAX_ASSOCIATIONS, ASSOCIATION_IDLE),
            by_tag: HashMap::default(),
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
                ChunkKind::DATA | ChunkKind::I_DATA => {
                    self.data_chunk(key, &chunk, origin, sink);
                    continue;
                }
                ChunkKind::INIT | ChunkKind::INIT_ACK => self.restart(flow, &chunk, origin, sink.health),
                ChunkKind::FORWARD_TSN | ChunkKind::I_FORWARD_TSN => self.forward(key, &chunk, sink.health),
                _ => {}
            }
            self.control(&chunk, origin, sink);
        }
    }

    fn control(&mut self, chunk: &Chunk<'_>, origin: &Origin, sink: &mut Sink<'_>) {
        if chunk.missing > 0 {
            let reason = "control chunk cut by the capture";
            sink.note(origin, Layer::Sctp, Outcome::Truncated, reason);
        } else if chunk.kind.is_known() {
            self.counter.decoded();
        } else {
            sink.note(origin, Layer::Sctp, Outcome::Unsupported, "chunk of an unknown type");
        }
    }

    /// §5.2: DATA to the sender of an INIT or INIT ACK will carry the tag in it, and count from the start.
    fn restart(&mut self, flow: Flow, chunk: &Chunk<'_>, origin: &Origin, health: &mut Health) {
        let Some(initiation) = chunk.initiation() else {
            return;
        };
        let mut key = Key { flow: flow.reversed(), tag: initiation.tag };
        let mut homes = initiation.addresses;
        if !homes.is_empty() {
            homes.push(key.flow.dst);
            // the same INIT on a second way to the peer
            let known = self.by_tag.get(&key.ports_and_tag()).copied().filter(|known| *known != key);
            if let Some(known) = known
                && self.own(&known).is_some_and(|association| association.is_reachable_at(&key.flow.dst))
            {
                self.put(key, Entry::Alias(known), origin.time, health);
                key = known;
            }
        }
        self.put(key, Entry::Own(Association::reachable_at(homes)), origin.time, health);
        self.by_tag.insert(key.ports_and_tag(), key);
    }

    /// Sets what a key leads to.
    fn put(&mut self, key: Key, entry: Entry, time: i64, health: &mut Health) {
        let (place, made) = self.table.get_or(key, time, Entry::new);
        let old = std::mem::replace(place, entry);
        drop_entry(old, &mut self.fragment_octets, health);
        if made && self.table.is_over() {
            self.evict(health);
        }
    }

    fn own(&mut self, key: &Key) -> Option<&mut Association> {
        match self.table.peek_mut(key) {
            Some(Entry::Own(association)) => Some(association),
            _ => None,
        }
    }

    /// Where the association of a key lives that was met for the first time, or is a further pair of addresses.
    #[cold]
    fn home(&mut self, key: Key, tsn: u32, time: i64, health: &mut Health) -> Key {
        let known = match self.table.peek_mut(&key) {
            Some(Entry::Alias(home)) => Some(*home),
            _ => self.by_tag.get(&key.ports_and_tag()).copied(),
        };
        let is_home = known.is_some_and(|known| {
            let association = if known == key { None } else { self.own(&known) };
            association.is_some_and(|association| association.accepts(key.flow.dst, key.tag, tsn))
        });
        match known {
            Some(known) if is_home => {
                self.put(key, Entry::Alias(known), time, health);
                self.table.get_or(known, time, Entry::new);
                known
            }
            _ => {
                self.put(key, Entry::new(), time, health);
                self.by_tag.insert(key.ports_and_tag(), key);
                key
            }
        }
    }

    #[inline]
    fn data_chunk(&mut self, key: Key, chunk: &Chunk<'_>, origin: &Origin, sink: &mut Sink<'_>) {
        let Some(data) = chunk.data() else {
            let outcome = if chunk.missing > 0 { Outcome::Truncated } else { Outcome::Malformed };
            return sink.note(origin, Layer::Sctp, outcome, "DATA shorter than its header");
        };
        let (entry, made) = self.table.get_or(key, origin.time, Entry::new);
        let (home, is_new) = match entry {
            Entry::Own(association) if !made => (key, association.window.is_new(data.tsn, data.payload)),
            _ => {
                if made && self.table.is_over() {
                    self.evict(sink.health);
                }
                let home = self.home(key, data.tsn, origin.time, sink.health);
                let association = self.own(&home);
                (home, association.is_none_or(|association| association.window.is_new(data.tsn, data.payload)))
            }
        };
        if !is_new {
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
            let carrier = Carrier::Sctp { ppid: data.ppid, stream: data.stream };
            sink.whole(origin, home.flow, carrier, data.payload, is_cut);
            if !is_cut {
                self.counter.decoded();
            }
        } else {
            self.fragment(home, &data, is_cut, origin, sink);
        }
    }

    fn fragment(&mut self, key: Key, data: &Data<'_>, cut: bool, origin: &Origin, sink: &mut Sink<'_>) {
        let Some(Entry::Own(association)) = self.table.peek_mut(&key) else {
            return;
        };
        let fragment = Fragment::new(data, cut, origin);
        self.fragment_octets = self.fragment_octets.saturating_add(fragment.octets.len());
        let replaced = association.keep(data.place, fragment);
        if let Some((first, count)) = association.complete(data.place) {
            let (octets, uncut) = association.join(key.flow, first, count, sink);
            self.fragment_octets = self.fragment_octets.saturating_sub(octets);
            self.counter.decoded = self.counter.decoded.saturating_add(uncut);
        } else {
            self.waiting.push_back((origin.time, key, data.place));
        }
        let surplus = association.surplus();
        for dropped in [replaced, surplus].into_iter().flatten() {
            self.drop_fragment(&dropped, UNFINISHED, sink.health);
        }
    }

    /// The sender gives up messages: their fragments wait no longer.
    fn forward(&mut self, key: Key, chunk: &Chunk<'_>, health: &mut Health) {
        let home = match self.table.peek_mut(&key) {
            Some(Entry::Alias(home)) => *home,
            _ => key,
        };
        let Some(association) = self.own(&home) else { return };
        let mut dropped = Vec::new();
        if chunk.kind == ChunkKind::I_FORWARD_TSN {
            for last in chunk.given_up() {
                dropped.extend(association.forward_stream(last));
            }
        } else if let Some(tsn) = chunk.new_cumulative_tsn() {
            dropped.extend(association.forward(tsn));
        }
        for fragment in dropped {
            self.drop_fragment(&fragment, "fragment of a message that its sender gave up", health);
        }
    }

    fn drop_fragment(&mut self, fragment: &Fragment, reason: &'static str, health: &mut Health) {
        self.fragment_octets = self.fragment_octets.saturating_sub(fragment.octets.len());
        fragment.origin.note(health, Layer::Sctp, Outcome::Evicted, reason);
    }

    /// Gives up fragments that waited too long or are too many, the oldest first.
    #[inline]
    pub(super) fn expire(&mut self, now: i64, health: &mut Health) {
        while let Some((time, key, place)) = self.waiting.front().copied() {
            let is_late = time.saturating_add(FRAGMENT_WAIT) < now;
            let is_over = self.fragment_octets > MAX_FRAGMENT_OCTETS || self.waiting.len() > MAX_FRAGMENTS;
            let waiting = self.own(&key).filter(|association| association.waits_since(place, time));
            if waiting.is_some() && !is_late && !is_over {
                return;
            }
            if let Some(dropped) = waiting.and_then(|association| association.give_up(place)) {
                self.drop_fragment(&dropped, UNFINISHED, health);
            }
            self.waiting.pop_front();
        }
    }

    fn evict(&mut self, health: &mut Health) {
        let octets = &mut self.fragment_octets;
        self.table.evict_oldest(|entry| drop_entry(entry, octets, health));
        self.forget_tags();
    }

    fn forget_tags(&mut self) {
        self.by_tag.retain(|_, key| self.table.peek_mut(key).is_some());
    }

    /// Forgets associations that are idle.
    pub(super) fn sweep(&mut self, now: i64, health: &mut Health) {
        let octets = &mut self.fragment_octets;
        if self.table.sweep(now, |entry| drop_entry(entry, octets, health)) {
            self.forget_tags();
        }
    }

    /// The capture is over: what still waits is given up.
    pub(super) fn finish(&mut self, health: &mut Health) {
        self.waiting.clear();
        for entry in self.table.drain() {
            drop_entry(entry, &mut self.fragment_octets, health);
        }
    }
}

fn drop_entry(entry: Entry, octets: &mut usize, health: &mut Health) {
    let Entry::Own(association) = entry else { return };
    for fragment in association.waiting() {
        *octets = octets.saturating_sub(fragment.octets.len());
        // which associations go together has no order, so no example is kept
        health.note(Layer::Sctp, Outcome::Evicted, UNFINISHED, None);
    }
}
