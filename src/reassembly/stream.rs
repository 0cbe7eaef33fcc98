//! One direction of a TCP connection: what is next, what waits for the rest of a message, what came too early.

use super::{Carrier, Flow, Framer, Framing, Origin, Sink};
use crate::health::{Example, Layer, Outcome};
use std::ops::Range;

/// Octets of an unfinished message that one stream may hold.
pub(super) const MAX_PARTIAL: usize = 256 << 10;
/// Octets behind a gap that one stream may hold.
pub(super) const MAX_EARLY: usize = 256 << 10;
/// Segments behind a gap that one stream may hold.
pub(super) const MAX_EARLY_SEGMENTS: usize = 512;

/// One direction of a TCP connection.
#[derive(Default)]
pub(super) struct Stream {
    /// The sequence number after its SYN, or of the first octet that was captured.
    pub(super) first: u32,
    /// The sequence number that comes next.
    pub(super) next: u32,
    /// Octets before `next` are unknown.
    pub(super) resync: bool,
    /// The framer gave up, and this is why.
    pub(super) not_mine: Option<&'static str>,
    /// Since when octets at `next` are missed while later ones are there.
    pub(super) gap_since: Option<i64>,
    /// The start of a message that is not complete, and who brought how much of it.
    partial: Vec<u8>,
    parts: Vec<Part>,
    /// Segments behind a gap, by sequence number, without overlap.
    early: Vec<Early>,
    early_octets: usize,
}

struct Part {
    len: usize,
    origin: Origin,
}

struct Early {
    sequence: u32,
    octets: Box<[u8]>,
    origin: Origin,
}

/// Where delivered octets lie.
#[derive(Clone, Copy)]
pub(super) enum Place {
    /// In the batch, from this offset on: messages are borrowed.
    Batch(usize),
    /// In a buffer of the stream: messages are copied.
    Held,
}

impl Stream {
    pub(super) fn new(first: u32, resync: bool) -> Self {
        Self { first, next: first, resync, ..Self::default() }
    }

    /// Octets that it holds.
    pub(super) fn held(&self) -> usize {
        self.partial.len().saturating_add(self.early_octets)
    }

    /// Whether the start of a message waits for its rest.
    pub(super) fn is_within_message(&self) -> bool {
        !self.partial.is_empty()
    }

    /// Whether segments wait behind a gap.
    pub(super) fn has_gap(&self) -> bool {
        !self.early.is_empty()
    }

    /// Forgets the start of a message, as octets after it are lost.
    pub(super) fn lose_message(&mut self) {
        self.partial = Vec::new();
        self.parts.clear();
        self.resync = true;
    }

    /// A frame of it: of the segment behind its gap, else of the message that is not complete.
    pub(super) fn example(&self) -> Option<Example> {
        let early = self.early.first().map(|early| &early.origin);
        let origin = early.or_else(|| self.parts.last().map(|part| &part.origin))?;
        Some(Example { file: origin.file, frame: origin.frame, offset: 0 })
    }

    /// Keeps a segment from behind a gap. Of octets that are there already the first copy is kept; `false` where all
    /// of them are.
    pub(super) fn keep_early(&mut self, sequence: u32, octets: &[u8], origin: &Origin) -> bool {
        let base = self.next;
        let ahead = |sequence: u32| sequence.wrapping_sub(base) as usize;
        let start = ahead(sequence);
        let end = start.saturating_add(octets.len());
        let mut at = start;
        let mut index = 0usize;
        let mut kept = false;
        while at < end {
            let (known_start, known_end) = match self.early.get(index) {
                Some(known) => {
                    let known_start = ahead(known.sequence);
                    (known_start, known_start.saturating_add(known.octets.len()))
                }
                None => (usize::MAX, usize::MAX),
            };
            if at < known_start {
                let until = end.min(known_start);
                let range = at.saturating_sub(start)..until.saturating_sub(start);
                let octets: Box<[u8]> = octets.get(range.clone()).unwrap_or_default().into();
                self.early_octets = self.early_octets.saturating_add(octets.len());
                let offset = u32::try_from(range.start).unwrap_or(u32::MAX);
                let early = Early { sequence: sequence.wrapping_add(offset), octets, origin: *origin };
                self.early.insert(index, early);
                index = index.saturating_add(1);
                kept = true;
            }
            at = at.max(known_end);
            index = index.saturating_add(1);
        }
        kept
    }

    /// How many octets may come before those that came early.
    pub(super) fn before_early(&self) -> usize {
        match self.early.first() {
            Some(early) => early.sequence.wrapping_sub(self.next) as usize,
            None => usize::MAX,
        }
    }

    /// Whether what lies behind the gap is more than one stream may hold.
    pub(super) fn is_over(&self) -> bool {
        self.early_octets > MAX_EARLY || self.early.len() > MAX_EARLY_SEGMENTS
    }

    /// Moves over the gap to the first segment behind it.
    pub(super) fn skip_gap(&mut self) {
        if let Some(early) = self.early.first() {
            self.next = early.sequence;
            self.lose_message();
        }
    }

    /// Delivers the segments that the gap held up and that follow now.
    pub(super) fn drain_early<F: Framer>(&mut self, framer: F, flow: &Flow, sink: &mut Sink<'_>) {
        while let Some(early) = self.early.first() {
            let behind = self.next.wrapping_sub(early.sequence);
            if behind > u32::MAX / 2 {
                break; // still ahead
            }
            let early = self.early.remove(0);
            self.early_octets = self.early_octets.saturating_sub(early.octets.len());
            let fresh = early.octets.get(behind as usize..).unwrap_or_default();
            self.deliver(framer, flow, fresh, Place::Held, &early.origin, sink);
        }
        if self.early.is_empty() {
            self.gap_since = None;
        }
    }

    /// Takes the octets that come next in the stream and delivers the messages that they complete.
    pub(super) fn deliver<F: Framer>(
        &mut self,
        framer: F,
        flow: &Flow,
        octets: &[u8],
        place: Place,
        origin: &Origin,
        sink: &mut Sink<'_>,
    ) {
        let len = u32::try_from(octets.len()).unwrap_or(u32::MAX);
        self.next = self.next.wrapping_add(len);
        if self.not_mine.is_some() {
            return;
        }
        let mut at = 0;
        if self.is_within_message() {
            match self.continue_message(framer, flow, octets, origin, sink) {
                Some(used) => at = used,
                None => return,
            }
        }
        loop {
            let rest = octets.get(at..).unwrap_or_default();
            if rest.is_empty() {
                return;
            }
            match self.ask(framer, flow, rest) {
                Framing::Message(len) => {
                    let end = at.saturating_add(len);
                    match place {
                        Place::Batch(offset) => {
                            let range = offset.saturating_add(at)..offset.saturating_add(end);
                            sink.whole_at(origin, *flow, Carrier::Tcp, range, false);
                        }
                        Place::Held => {
                            let start = sink.out.assembled.len();
                            let message = rest.get(..len).unwrap_or_default();
                            sink.out.assembled.extend_from_slice(message);
                            let origins = std::iter::once(*origin);
                            sink.joined(start, origins, *flow, Carrier::Tcp, false);
                        }
                    }
                    at = end;
                    self.resync = false;
                }
                Framing::Skip(len) => {
                    self.skipped(rest.get(..len), origin, sink);
                    at = at.saturating_add(len);
                }
                Framing::NeedMore => {
                    self.hold(rest, origin, sink);
                    return;
                }
                Framing::NotMine => return self.give_up(framer.foreign(flow, rest)),
            }
        }
    }

    /// Delivers the message that has begun, where these octets complete it. Gives back how many of them were used;
    /// none where all were.
    fn continue_message<F: Framer>(
        &mut self,
        framer: F,
        flow: &Flow,
        octets: &[u8],
        origin: &Origin,
        sink: &mut Sink<'_>,
    ) -> Option<usize> {
        let before = self.partial.len();
        self.partial.extend_from_slice(octets);
        self.parts.push(Part { len: octets.len(), origin: *origin });
        let mut done = 0usize;
        // from here on the octets lie in the packet alone
        while done < before {
            let partial = self.partial.get(done..).unwrap_or_default();
            match self.ask(framer, flow, partial) {
                Framing::Message(len) => {
                    let start = sink.out.assembled.len();
                    let message = partial.get(..len).unwrap_or_default();
                    sink.out.assembled.extend_from_slice(message);
                    let end = done.saturating_add(len);
                    let origins = self.origins(done..end);
                    sink.joined(start, origins, *flow, Carrier::Tcp, false);
                    done = end;
                    self.resync = false;
                }
                Framing::Skip(len) => {
                    self.skipped(partial.get(..len), origin, sink);
                    done = done.saturating_add(len);
                }
                Framing::NeedMore => {
                    self.forget(done);
                    if self.partial.len() > MAX_PARTIAL {
                        self.lose_message();
                        sink.note(origin, Layer::Tcp, Outcome::Evicted, TOO_LONG);
                    }
                    return None;
                }
                Framing::NotMine => {
                    let reason = framer.foreign(flow, partial);
                    self.give_up(reason);
                    return None;
                }
            }
        }
        self.partial.clear();
        self.parts.clear();
        if self.partial.capacity() > MAX_PARTIAL / 4 {
            self.partial = Vec::new();
        }
        Some(done.saturating_sub(before))
    }

    /// Asks the framer, and holds its answer to what is there.
    fn ask<F: Framer>(&self, framer: F, flow: &Flow, octets: &[u8]) -> Framing {
        match framer.frame(flow, octets, self.resync) {
            Framing::Message(0) | Framing::Skip(0) => Framing::NeedMore,
            Framing::Message(len) if len > octets.len() => Framing::NeedMore,
            Framing::Skip(len) => Framing::Skip(len.min(octets.len())),
            other => other,
        }
    }

    fn hold(&mut self, rest: &[u8], origin: &Origin, sink: &mut Sink<'_>) {
        if rest.len() > MAX_PARTIAL {
            self.resync = true;
            sink.note(origin, Layer::Tcp, Outcome::Evicted, TOO_LONG);
            return;
        }
        self.partial.extend_from_slice(rest);
        self.parts.push(Part { len: rest.len(), origin: *origin });
    }

    /// The packets that brought a range of `partial`.
    fn origins(&self, range: Range<usize>) -> impl Iterator<Item = Origin> + Clone + '_ {
        let mut end = 0usize;
        self.parts.iter().filter_map(move |part| {
            let start = end;
            end = end.saturating_add(part.len);
            (start < range.end && end > range.start).then_some(part.origin)
        })
    }

    /// Forgets the first octets of `partial`.
    fn forget(&mut self, octets: usize) {
        self.partial.drain(..octets.min(self.partial.len()));
        let mut left = octets;
        self.parts.retain_mut(|part| {
            let gone = left.min(part.len);
            left = left.saturating_sub(gone);
            part.len = part.len.saturating_sub(gone);
            part.len > 0
        });
    }

    /// Forgets what it holds; the connection is over.
    pub(super) fn close(&mut self) {
        *self = Self { first: self.first, next: self.next, resync: true, ..Self::default() };
    }

    fn give_up(&mut self, reason: &'static str) {
        *self = Self { first: self.first, next: self.next, not_mine: Some(reason), ..Self::default() };
    }

    /// Counts octets that belong to no message. Keepalives (line ends, RFC 5626 §3.5.1) are as they should be.
    fn skipped(&self, octets: Option<&[u8]>, origin: &Origin, sink: &mut Sink<'_>) {
        let is_keepalive = |octet: &u8| matches!(octet, b'\r' | b'\n');
        if octets.unwrap_or_default().iter().all(is_keepalive) {
            return;
        }
        if self.resync {
            let reason = "octets before the first whole message";
            sink.note(origin, Layer::Tcp, Outcome::Evicted, reason);
        } else {
            let reason = "octets between messages";
            sink.note(origin, Layer::Tcp, Outcome::Malformed, reason);
        }
    }
}

const TOO_LONG: &str = "message too long to be held";
