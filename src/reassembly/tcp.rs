//! TCP streams (RFC 9293) as a tap sees them.
//!
//! **Handled:** order, retransmission and overlap (the first copy wins), segments that come early, connections whose
//! start was not captured, a new connection on the same ports (SYN), gaps: octets that were not captured are waited
//! for during [`GAP_WAIT`], then the stream goes on behind them and the framer finds the next message.
//! **Not handled:** acknowledgements (octets that the receiver refused are taken as received), PAWS, urgent data.

use super::stream::{Place, Stream};
use super::table::Table;
use super::{Counter, Flow, Framer, Origin, SECOND, Sink};
use crate::frame::TcpSegment;
use crate::health::{Health, Layer, Outcome};
use std::collections::VecDeque;

/// Streams that are tracked at the same time.
const MAX_STREAMS: usize = 65_536;
/// A stream without payload for so long is forgotten; what comes later starts in the middle.
const STREAM_IDLE: i64 = 3600 * SECOND;
/// How long octets that were not captured are waited for.
const GAP_WAIT: i64 = 3 * SECOND;
/// Octets that all streams together may hold.
const MAX_HELD: usize = 64 << 20;
/// A sequence number that is further away than this belongs to another connection on the same ports.
const MAX_JUMP: u32 = 16 << 20;

/// All streams.
pub(super) struct Streams<F> {
    framer: F,
    table: Table<Flow, Stream>,
    /// Gaps by age; some may be closed since.
    gaps: VecDeque<(i64, Flow)>,
    held: usize,
    pub(super) counter: Counter,
}

const LOST: &str = "message of which octets were not captured";
const UNFINISHED: &str = "message that was not completed";

impl<F: Framer> Streams<F> {
    pub(super) fn new(framer: F) -> Self {
        Self {
            framer,
            table: Table::new(MAX_STREAMS, STREAM_IDLE),
            gaps: VecDeque::new(),
            held: 0,
            counter: Counter::default(),
        }
    }

    /// Takes one segment, whose payload lacks `missing` octets in the capture.
    pub(super) fn segment(
        &mut self,
        flow: Flow,
        segment: &TcpSegment<'_>,
        missing: usize,
        origin: &Origin,
        sink: &mut Sink<'_>,
    ) {
        self.counter.seen(segment.payload.len());
        if segment.syn {
            self.open(flow, segment.sequence.wrapping_add(1), origin, sink.health);
        }
        if segment.rst {
            self.reset(&flow, origin, sink);
        }
        if segment.rst || (segment.payload.is_empty() && missing == 0) {
            self.counter.decoded();
            return;
        }
        let received = Received {
            framer: self.framer,
            flow: &flow,
            // the SYN takes a sequence number (§3.4)
            sequence: segment.sequence.wrapping_add(u32::from(segment.syn)),
            payload: segment.payload,
            missing,
            origin,
        };
        let make = || Stream::new(received.sequence, true);
        let (stream, made) = self.table.get_or(flow, origin.time, make);
        if let Some(reason) = stream.not_mine {
            return sink.note(origin, Layer::Tcp, Outcome::Unsupported, reason);
        }
        let before = stream.held();
        let is_used = received.put(stream, sink);
        match stream.not_mine {
            Some(reason) if is_used => sink.note(origin, Layer::Tcp, Outcome::Unsupported, reason),
            None if is_used => self.counter.decoded(),
            _ => {}
        }
        if stream.gap_since.is_none() && stream.has_gap() {
            stream.gap_since = Some(origin.time);
            self.gaps.push_back((origin.time, flow));
        }
        let after = stream.held();
        self.held = self.held.saturating_sub(before).saturating_add(after);
        if (made && self.table.is_over()) || self.held > MAX_HELD {
            let held = &mut self.held;
            let health = &mut *sink.health;
            self.table.evict_oldest(|stream| drop_stream(&stream, held, health));
        }
    }

    /// A SYN starts the stream anew, unless it is a second copy.
    fn open(&mut self, flow: Flow, first: u32, origin: &Origin, health: &mut Health) {
        let make = || Stream::new(first, false);
        let (stream, made) = self.table.get_or(flow, origin.time, make);
        if !made && stream.first != first {
            drop_stream(stream, &mut self.held, health);
            *stream = make();
        }
    }

    /// A RST ends the stream. It stays known, so that late copies of its segments are told.
    fn reset(&mut self, flow: &Flow, origin: &Origin, sink: &mut Sink<'_>) {
        if let Some(stream) = self.table.peek_mut(flow) {
            if stream.held() > 0 {
                sink.note(origin, Layer::Tcp, Outcome::Evicted, UNFINISHED);
            }
            self.held = self.held.saturating_sub(stream.held());
            stream.close();
        }
    }

    /// Goes on behind gaps that were waited for long enough.
    #[inline]
    pub(super) fn expire(&mut self, now: i64, sink: &mut Sink<'_>) {
        while let Some((since, flow)) = self.gaps.front().copied() {
            if since.saturating_add(GAP_WAIT) >= now {
                return;
            }
            self.gaps.pop_front();
            self.skip_gap(since, flow, now, sink);
        }
    }

    fn skip_gap(&mut self, since: i64, flow: Flow, now: i64, sink: &mut Sink<'_>) {
        let stream = self.table.peek_mut(&flow);
        let Some(stream) = stream.filter(|stream| stream.gap_since == Some(since)) else {
            return;
        };
        let before = stream.held();
        note_gap(stream, sink.health);
        stream.skip_gap();
        stream.drain_early(self.framer, &flow, sink);
        if stream.has_gap() {
            stream.gap_since = Some(now);
            self.gaps.push_back((now, flow));
        }
        let after = stream.held();
        self.held = self.held.saturating_sub(before).saturating_add(after);
    }

    /// Forgets streams that are idle.
    pub(super) fn sweep(&mut self, now: i64, health: &mut Health) {
        let held = &mut self.held;
        self.table.sweep(now, |stream| drop_stream(&stream, held, health));
    }

    /// The capture is over: what lies behind gaps is delivered, what is incomplete is given up.
    pub(super) fn finish(&mut self, sink: &mut Sink<'_>) {
        while let Some((since, flow)) = self.gaps.pop_front() {
            self.skip_gap(since, flow, since, sink);
        }
        for stream in self.table.drain() {
            drop_stream(&stream, &mut self.held, sink.health);
        }
    }
}

/// A segment on its way into its stream.
struct Received<'a, F> {
    framer: F,
    flow: &'a Flow,
    sequence: u32,
    payload: &'a [u8],
    missing: usize,
    origin: &'a Origin,
}

impl<F: Framer> Received<'_, F> {
    /// Delivers or keeps the payload. `false` where that is counted already.
    fn put(&self, stream: &mut Stream, sink: &mut Sink<'_>) -> bool {
        let ahead = self.sequence.wrapping_sub(stream.next);
        let behind = stream.next.wrapping_sub(self.sequence);
        if ahead.min(behind) > MAX_JUMP {
            note_gap(stream, sink.health);
            *stream = Stream::new(self.sequence, true);
            self.put_next(stream, 0, sink)
        } else if behind <= MAX_JUMP {
            self.put_next(stream, behind as usize, sink)
        } else {
            self.put_early(stream, sink)
        }
    }

    /// Octets that come too early wait until the gap before them is closed.
    fn put_early(&self, stream: &mut Stream, sink: &mut Sink<'_>) -> bool {
        let kept = stream.keep_early(self.sequence, self.payload, self.origin);
        if stream.is_over() {
            note_gap(stream, sink.health);
            stream.skip_gap();
            stream.drain_early(self.framer, self.flow, sink);
        }
        if !kept {
            sink.note(self.origin, Layer::Tcp, Outcome::Repeated, REPEATED);
        } else if self.missing > 0 {
            sink.note(self.origin, Layer::Tcp, Outcome::Truncated, CUT);
        }
        kept && self.missing == 0
    }

    /// Octets that come next, but for the first ones, which were there before, and those that came early.
    fn put_next(&self, stream: &mut Stream, mut behind: usize, sink: &mut Sink<'_>) -> bool {
        let len = self.payload.len().saturating_add(self.missing);
        if behind >= len {
            sink.note(self.origin, Layer::Tcp, Outcome::Repeated, REPEATED);
            return false;
        }
        while behind < self.payload.len() {
            let end = behind.saturating_add(stream.before_early());
            let fresh = self.payload.get(behind..end.min(self.payload.len()));
            let fresh = fresh.unwrap_or_default();
            let place = Place::Batch(sink.offset_of(fresh));
            stream.deliver(self.framer, self.flow, fresh, place, self.origin, sink);
            stream.drain_early(self.framer, self.flow, sink);
            behind = stream.next.wrapping_sub(self.sequence) as usize;
        }
        if self.missing > 0 {
            sink.note(self.origin, Layer::Tcp, Outcome::Truncated, CUT);
            if stream.is_within_message() {
                sink.note(self.origin, Layer::Tcp, Outcome::Evicted, LOST);
            }
            let len = u32::try_from(len).unwrap_or(u32::MAX);
            stream.next = self.sequence.wrapping_add(len);
            stream.lose_message();
            stream.drain_early(self.framer, self.flow, sink);
        }
        self.missing == 0
    }
}

const REPEATED: &str = "octets seen before";
const CUT: &str = "segment cut by the capture";

fn note_gap(stream: &Stream, health: &mut Health) {
    let example = stream.example();
    health.note(Layer::Tcp, Outcome::Evicted, "gap in a stream", example.clone());
    if stream.is_within_message() {
        health.note(Layer::Tcp, Outcome::Evicted, LOST, example);
    }
}

fn drop_stream(stream: &Stream, held: &mut usize, health: &mut Health) {
    *held = held.saturating_sub(stream.held());
    if stream.held() > 0 {
        // which streams go together has no order, so no example is kept
        health.note(Layer::Tcp, Outcome::Evicted, UNFINISHED, None);
    }
}
