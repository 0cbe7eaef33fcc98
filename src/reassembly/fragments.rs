//! IP packets from their fragments (RFC 791 §3.2, RFC 8200 §4.5).
//!
//! **Handled:** fragments in any order, of IPv4 and IPv6, of packets in packets; repeated and overlapping ones: of each
//! octet the first copy wins, whatever the order (RFC 5722 would have the receiver drop the whole packet; a tap can't
//! know which copies it got); fragments that the capture cut: the packet is as long as its first hole is far.
//! **Not handled:** what a router would answer; packets longer than 65 535 octets.

use super::{Origin, SECOND};
use crate::frame::Fragment;
use crate::health::{Health, Layer, Outcome};
use foldhash::fast::RandomState;
use hashbrown::HashMap;
use hashbrown::hash_map::Entry;
use std::collections::VecDeque;
use std::net::IpAddr;

/// Packets that wait for fragments at the same time.
const MAX_PACKETS: usize = 4096;
/// Packets in the order of their first fragments, with those that were completed since.
const MAX_WAITING: usize = 65_536;
/// Octets that wait.
const MAX_OCTETS: usize = 16 << 20;
/// Fragments of one packet.
const MAX_FRAGMENTS: usize = 512;
/// How long the first fragment waits for the last.
const WAIT: i64 = 30 * SECOND;
/// The longest packet.
const MAX_PACKET: usize = 65_535;

const UNFINISHED: &str = "fragment of a packet that was not completed";

/// What all fragments of a packet have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Key {
    src: IpAddr,
    dst: IpAddr,
    id: u32,
    /// RFC 791; of IPv6 all are one (RFC 8200 §4.5: fragments may differ in their next header).
    protocol: Option<u8>,
}

/// A packet of which not all is there.
struct Partial {
    /// Without overlap, ascending.
    parts: Vec<Part>,
    /// How long the packet is, where its last fragment is there.
    length: Option<usize>,
    /// As the fragment with offset 0 says.
    protocol: u8,
    /// The fragments that brought something.
    origins: Vec<Origin>,
    /// How many of them the capture did not cut.
    uncut: u64,
    octets: usize,
}

struct Part {
    start: usize,
    end: usize,
    /// Fewer than from start to end where the capture cut it.
    octets: Box<[u8]>,
}

/// A packet that is complete.
pub(super) struct Joined {
    /// What IP carried.
    pub(super) octets: Vec<u8>,
    /// How many octets behind them the capture does not have.
    pub(super) missing: usize,
    pub(super) protocol: u8,
    pub(super) origins: Vec<Origin>,
    /// How many of the fragments the capture did not cut.
    pub(super) uncut: u64,
}

/// All packets that wait.
pub(super) struct Fragments {
    table: HashMap<Key, Partial, RandomState>,
    /// By the arrival of the first fragment; some may be gone since.
    waiting: VecDeque<(Key, Origin)>,
    octets: usize,
}

impl Fragments {
    pub(super) fn new() -> Self {
        Self { table: HashMap::default(), waiting: VecDeque::new(), octets: 0 }
    }

    /// Takes a fragment of which the capture lacks `missing` octets; gives the packet where it is complete now.
    pub(super) fn add(
        &mut self,
        (src, dst): (IpAddr, IpAddr),
        fragment: &Fragment<'_>,
        missing: usize,
        origin: &Origin,
        health: &mut Health,
    ) -> Option<Joined> {
        let length = fragment.payload.len().saturating_add(missing);
        let end = fragment.offset.saturating_add(length);
        let defect = if length == 0 {
            Some("fragment without octets")
        } else if end > MAX_PACKET {
            Some("fragment beyond the longest packet")
        } else if fragment.more && !length.is_multiple_of(8) {
            Some("fragment whose length is no multiple of 8")
        } else {
            None
        };
        if let Some(defect) = defect {
            origin.note(health, Layer::Ip, Outcome::Malformed, defect);
            return None;
        }
        let protocol = matches!(src, IpAddr::V4(_)).then_some(fragment.protocol);
        let key = Key { src, dst, id: fragment.id, protocol };
        let partial = match self.table.entry(key) {
            Entry::Occupied(entry) => entry.into_mut(),
            Entry::Vacant(entry) => {
                self.waiting.push_back((key, *origin));
                entry.insert(Partial::new(fragment.protocol))
            }
        };
        let before = partial.octets;
        partial.add(fragment, end, origin, health);
        self.octets = self.octets.saturating_add(partial.octets.saturating_sub(before));
        if partial.is_complete() {
            let partial = self.table.remove(&key)?;
            self.octets = self.octets.saturating_sub(partial.octets);
            return Some(partial.join());
        }
        if partial.parts.len() > MAX_FRAGMENTS
            && let Some(partial) = self.table.remove(&key)
        {
            self.give_up(&partial, health);
        }
        None
    }

    /// Gives up packets that waited too long or are too many, the oldest first.
    #[inline]
    pub(super) fn expire(&mut self, now: i64, health: &mut Health) {
        while let Some((key, first)) = self.waiting.front().copied() {
            // what is not where it waited is complete, or another packet since
            let waits = self.table.get(&key).is_some_and(|partial| partial.origins.first() == Some(&first));
            let is_late = first.time.saturating_add(WAIT) < now;
            let is_over =
                self.octets > MAX_OCTETS || self.table.len() > MAX_PACKETS || self.waiting.len() > MAX_WAITING;
            if waits && !is_late && !is_over {
                return;
            }
            if waits && let Some(partial) = self.table.remove(&key) {
                self.give_up(&partial, health);
            }
            self.waiting.pop_front();
        }
    }

    /// The capture is over: what still waits is given up.
    pub(super) fn finish(&mut self, health: &mut Health) {
        while let Some((key, _)) = self.waiting.pop_front() {
            if let Some(partial) = self.table.remove(&key) {
                self.give_up(&partial, health);
            }
        }
    }

    fn give_up(&mut self, partial: &Partial, health: &mut Health) {
        self.octets = self.octets.saturating_sub(partial.octets);
        for origin in &partial.origins {
            origin.note(health, Layer::Ip, Outcome::Evicted, UNFINISHED);
        }
    }
}

impl Partial {
    fn new(protocol: u8) -> Self {
        Self { parts: Vec::new(), length: None, protocol, origins: Vec::new(), uncut: 0, octets: 0 }
    }

    fn add(&mut self, fragment: &Fragment<'_>, end: usize, origin: &Origin, health: &mut Health) {
        if fragment.offset == 0 {
            self.protocol = fragment.protocol;
        }
        if !fragment.more {
            match self.length {
                Some(length) if length != end => {
                    return origin.note(
                        health,
                        Layer::Ip,
                        Outcome::Malformed,
                        "fragments that end at different places",
                    );
                }
                _ => self.length = Some(end),
            }
        }
        let mut at = fragment.offset;
        let mut fresh = 0usize;
        let mut index = 0usize;
        while at < end {
            let (known, known_end) =
                self.parts.get(index).map_or((usize::MAX, usize::MAX), |part| (part.start, part.end));
            if at < known {
                let until = end.min(known);
                let payload = fragment.payload;
                let from = at.saturating_sub(fragment.offset).min(payload.len());
                let to = until.saturating_sub(fragment.offset).min(payload.len());
                let octets: Box<[u8]> = payload.get(from..to).unwrap_or_default().into();
                self.octets = self.octets.saturating_add(octets.len());
                fresh = fresh.saturating_add(until.saturating_sub(at));
                self.parts.insert(index, Part { start: at, end: until, octets });
                index = index.saturating_add(1);
            }
            at = at.max(known_end);
            index = index.saturating_add(1);
        }
        if fresh == 0 {
            return origin.note(health, Layer::Ip, Outcome::Repeated, "fragment seen before");
        }
        if fresh < end.saturating_sub(fragment.offset) {
            let example = crate::health::Example { file: origin.file, frame: origin.frame, offset: 0 };
            health.also(Layer::Ip, Outcome::Malformed, "fragments that overlap", Some(example));
        }
        if fragment.offset.saturating_add(fragment.payload.len()) == end {
            self.uncut = self.uncut.saturating_add(1);
        }
        self.origins.push(*origin);
    }

    fn is_complete(&self) -> bool {
        let Some(length) = self.length else { return false };
        let mut next = 0;
        for part in &self.parts {
            // what lies behind the last fragment is ignored
            if part.start != next || next >= length {
                break;
            }
            next = part.end;
        }
        next >= length
    }

    fn join(self) -> Joined {
        let length = self.length.unwrap_or_default();
        let mut octets = Vec::with_capacity(self.octets.min(MAX_PACKET));
        for part in &self.parts {
            octets.extend_from_slice(&part.octets);
            if part.octets.len() < part.end.saturating_sub(part.start) {
                break;
            }
        }
        octets.truncate(length);
        let missing = length.saturating_sub(octets.len());
        Joined { octets, missing, protocol: self.protocol, origins: self.origins, uncut: self.uncut }
    }
}
