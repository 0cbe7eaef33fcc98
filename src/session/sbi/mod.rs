//! Service based interfaces: frames of HTTP/2 and messages of HTTP/1.1 become requests and answers, and those events.
//!
//! ```text
//! frames ──▶ connection: header tables ──▶ stream: two halves, headers and body ──▶ what they say ──▶ event
//!            (connection.rs)                (this file)                              (exchange.rs)
//! messages ─▶ connection: who waits for an answer ─▶ a half  (pipeline.rs) ────────────┘
//! ```
//!
//! A connection that was open before the capture is read from the first frame that can be told; fields that refer to
//! earlier ones are missing then. Of a request without its method or path, the body still names its subscriber.

mod connection;
mod exchange;
mod pipeline;
#[cfg(test)]
mod pipeline_tests;
#[cfg(test)]
mod tests;

use super::aging::Aging;
use super::{Context, Origin};
use crate::event::Source;
use crate::health::{Example, Layer, Outcome};
use crate::reassembly::Flow;
use crate::time::{HOUR, MINUTE};
use crate::wire::http2::{Frame, FrameType, Http2};
use connection::{Ends, Head, Side, ends};
use exchange::{Asked, Resources};
use pipeline::Pipeline;

/// Directions of connections that are followed at the same time; each may hold a header table.
const SIDES: usize = 1 << 14;
/// A connection without frames is known for so long.
const KEEP: i64 = HOUR;
/// Requests that wait for their answer, and how long.
const STREAMS: usize = 1 << 16;
const WAIT: i64 = MINUTE;
/// Octets of one body that are kept; what follows is not read.
const MAX_BODY: usize = 256 << 10;
/// Octets of all bodies that are kept at the same time.
const MAX_BODIES: usize = 64 << 20;
/// Frames of a capture that one message lists.
const MAX_FRAMES: usize = 256;

/// One half of a stream: what one side said.
#[derive(Debug)]
struct Half {
    head: Head,
    body: Vec<u8>,
    /// Not all of the body was kept.
    is_cut: bool,
    frames: Vec<u64>,
    source: Source,
    /// When it began.
    time: i64,
    flow: Flow,
    /// It came to its end.
    is_whole: bool,
    /// It may belong to anything but the core: nothing but what it says tells.
    is_doubtful: bool,
}

impl Half {
    fn new(origin: &Origin<'_>) -> Self {
        Self {
            head: Head::default(),
            body: Vec::new(),
            is_cut: false,
            frames: Vec::new(),
            source: origin.source,
            time: origin.time,
            flow: origin.flow,
            is_whole: false,
            is_doubtful: false,
        }
    }

    /// A frame brought a part of it.
    fn seen(&mut self, origin: &Origin<'_>) {
        if origin.source.file != self.source.file {
            self.frames.clear();
        }
        self.source = origin.source;
        for frame in origin.frames {
            if self.frames.len() < MAX_FRAMES && !self.frames.contains(frame) {
                self.frames.push(*frame);
            }
        }
    }
}

/// A stream: what is being said, by either side, and what was asked.
#[derive(Debug, Default)]
struct Stream {
    halves: [Option<Half>; 2],
    asked: Option<Asked>,
}

impl Stream {
    fn held(&self) -> usize {
        self.halves.iter().flatten().map(|half| half.body.len()).fold(0, usize::saturating_add)
    }
}

/// All connections.
#[derive(Debug)]
pub(super) struct Connections {
    sides: Aging<Ends, Side>,
    pipelines: Aging<Ends, Pipeline>,
    streams: Aging<(Ends, u32), Stream>,
    resources: Resources,
    held: usize,
}

impl Default for Connections {
    fn default() -> Self {
        Self {
            sides: Aging::new(SIDES, KEEP),
            pipelines: Aging::new(SIDES, WAIT),
            streams: Aging::new(STREAMS, WAIT),
            resources: Resources::default(),
            held: 0,
        }
    }
}

impl Connections {
    pub(super) fn pass(&mut self, context: &mut Context<'_>, now: i64) {
        let gone = self.sides.pass(now);
        for _ in gone.iter().filter(|(_, side)| side.is_within_block()) {
            context.health.note(Layer::Http2, Outcome::Evicted, "header block that was not completed", None);
        }
        let idle = self.pipelines.pass(now);
        self.close(context, idle);
        self.resources.pass(now);
        let given_up = self.streams.pass(now);
        self.give_up(context, given_up);
    }

    pub(super) fn finish(&mut self, context: &mut Context<'_>) {
        let open = self.pipelines.drain();
        self.close(context, open);
        let left = self.streams.drain();
        self.give_up(context, left);
    }

    fn close(&mut self, context: &mut Context<'_>, pipelines: Vec<(Ends, Pipeline)>) {
        for (pair, pipeline) in pipelines {
            let held = pipeline.close(context, &mut self.resources, pair);
            self.held = self.held.saturating_sub(held);
        }
    }

    /// Streams that did not end: what was said is printed, and events go without their outcome.
    fn give_up(&mut self, context: &mut Context<'_>, streams: Vec<((Ends, u32), Stream)>) {
        for (key, mut stream) in streams {
            self.held = self.held.saturating_sub(stream.held());
            for half in stream.halves.iter_mut().filter_map(Option::take) {
                self.resources.said(context, key, half, &mut stream.asked);
            }
            unanswered(context, stream.asked);
        }
    }

    pub(super) fn consume(&mut self, context: &mut Context<'_>, origin: &Origin<'_>, what: &Http2<'_>) {
        let (own, pair, is_low) = ends(&origin.flow);
        let frame = match what {
            Http2::Preface => {
                // A new connection: what was known of one between the same ports is over.
                self.sides.insert(own, Side::client());
                self.sides.remove(&ends(&origin.flow.reversed()).0);
                return;
            }
            Http2::Frame(frame) => frame,
        };
        let place = usize::from(is_low);
        match frame.kind {
            FrameType::HEADERS | FrameType::CONTINUATION => {
                if self.sides.peek(&own).is_none() {
                    self.sides.insert(own, Side::default());
                }
                let Some(side) = self.sides.get_mut(&own) else { return };
                let block = match side.block(frame) {
                    Ok(Some(block)) => block,
                    Ok(None) => return,
                    Err(reason) => return note(context, origin, Outcome::Malformed, reason),
                };
                let ends_stream = block.ends_stream;
                let half = half(&mut self.streams, (pair, frame.stream), place, origin);
                if let Err(reason) = half.map_or(Ok(()), |half| {
                    half.is_doubtful = false;
                    side.read(block, &mut half.head)
                }) {
                    note(context, origin, Outcome::Malformed, reason);
                }
                if ends_stream {
                    self.end(context, (pair, frame.stream), place);
                }
            }
            FrameType::DATA => {
                let room = MAX_BODIES.saturating_sub(self.held);
                let Some(half) = half(&mut self.streams, (pair, frame.stream), place, origin) else { return };
                let fits = room.min(MAX_BODY.saturating_sub(half.body.len())).min(frame.content.len());
                half.body.extend_from_slice(frame.content.get(..fits).unwrap_or_default());
                if fits < frame.content.len() && !std::mem::replace(&mut half.is_cut, true) {
                    note(context, origin, Outcome::Evicted, "body too long to be held");
                }
                self.held = self.held.saturating_add(fits);
                if frame.ends_stream() {
                    self.end(context, (pair, frame.stream), place);
                }
            }
            FrameType::RST_STREAM => {
                if let Some(stream) = self.streams.remove(&(pair, frame.stream)) {
                    self.give_up(context, vec![((pair, frame.stream), stream)]);
                }
            }
            _ => {}
        }
    }

    /// One side has said all.
    fn end(&mut self, context: &mut Context<'_>, key: (Ends, u32), place: usize) {
        let Some(stream) = self.streams.get_mut(&key) else { return };
        let Some(half) = stream.halves.get_mut(place).and_then(Option::as_mut) else { return };
        half.is_whole = true;
        if half.head.asks == Some(false) && stream.asked.is_none() {
            // A gap holds the request up, or it was not captured.
            return;
        }
        let halves = [place, place ^ 1];
        for place in halves {
            let Some(half) = stream.halves.get_mut(place).and_then(|half| half.take_if(|half| half.is_whole)) else {
                break;
            };
            self.held = self.held.saturating_sub(half.body.len());
            self.resources.said(context, key, half, &mut stream.asked);
        }
        if stream.asked.is_none() {
            let rest = self.streams.remove(&key);
            self.held = self.held.saturating_sub(rest.map_or(0, |rest| rest.held()));
        }
    }
}

/// Nobody answered: the event goes without its outcome.
fn unanswered(context: &mut Context<'_>, asked: Option<Asked>) {
    if let Some(event) = asked.and_then(|asked| asked.event) {
        context.health.note(Layer::Sbi, Outcome::Evicted, "request without an answer", None);
        context.emit(event);
    }
}

/// A half of a stream, which begins where it is not there.
fn half<'s>(
    streams: &'s mut Aging<(Ends, u32), Stream>,
    key: (Ends, u32),
    place: usize,
    origin: &Origin<'_>,
) -> Option<&'s mut Half> {
    if streams.peek(&key).is_none() {
        streams.insert(key, Stream::default());
    }
    let half = streams.get_mut(&key)?.halves.get_mut(place)?.get_or_insert_with(|| {
        // Until headers come: other protocols have octets that look like a frame of data.
        Half { is_doubtful: true, ..Half::new(origin) }
    });
    half.seen(origin);
    Some(half)
}

fn note(context: &mut Context<'_>, origin: &Origin<'_>, outcome: Outcome, reason: &'static str) {
    let Source { file, frame } = origin.source;
    context.health.also(Layer::Http2, outcome, reason, Some(Example { file, frame, offset: Frame::HEADER }));
}
