//! Messages of HTTP/1.1: the answers of a connection come in the order of its requests (RFC 9112 §9.3.2).
//!
//! Each request gets a number, as if it were a stream of HTTP/2; so what begins here and is upgraded to HTTP/2 (stream
//! 1 is then the first request) goes on there. A gap may hold requests back, so that an answer is there before its
//! request; it waits. By their times such an answer is told from one whose request was lost.

use super::connection::{Ends, Head, MAX_PATH, ends};
use super::{Connections, Half, MAX_BODIES, MAX_BODY, Stream};
use crate::health::{Example, Layer, Outcome};
use crate::session::{Context, Origin};
use crate::wire::http1::{Http1, Start};
use std::collections::VecDeque;

/// Requests, and answers, that one connection lets wait.
const MAX_WAITING: usize = 64;

/// Who waits for whom on a connection.
#[derive(Debug, Default)]
pub(super) struct Pipeline {
    last: u32,
    requests: VecDeque<u32>,
    /// Answers before their requests, and when they came.
    answers: VecDeque<(u32, i64)>,
}

impl Pipeline {
    fn number(&mut self) -> u32 {
        self.last = self.last.wrapping_add(1);
        self.last
    }
}

impl Connections {
    pub(in crate::session) fn message(&mut self, context: &mut Context<'_>, origin: &Origin<'_>, message: &Http1<'_>) {
        let (_, pair, is_low) = ends(&origin.flow);
        match message.start {
            Start::Request { .. } => {
                let half = self.read(context, origin, message);
                self.request(context, pair, half);
            }
            // What comes before the answer says nothing.
            Start::Answer { status: ..=199 } => {}
            Start::Answer { .. } => {
                let half = self.read(context, origin, message);
                self.answer(context, pair, half, usize::from(is_low));
            }
        }
    }

    fn request(&mut self, context: &mut Context<'_>, pair: Ends, half: Half) {
        let time = half.time;
        let pipeline = self.pipelines.get_or_default(pair);
        let number = pipeline.number();
        let mut early = None;
        let mut alone = Vec::new();
        while let Some((answer, answered)) = pipeline.answers.pop_front() {
            let Some(stream) = self.streams.remove(&(pair, answer)) else { continue };
            if answered >= time {
                early = Some(stream);
                break;
            }
            alone.push(((pair, answer), stream));
        }
        if early.is_none() {
            pipeline.requests.push_back(number);
            if pipeline.requests.len() > MAX_WAITING
                && let Some(first) = pipeline.requests.pop_front()
            {
                alone.extend(self.streams.remove(&(pair, first)).map(|stream| ((pair, first), stream)));
            }
        }
        self.give_up(context, alone);
        let mut asked = None;
        self.resources.said(context, (pair, number), half, &mut asked);
        match early {
            Some(stream) => self.give_up(context, vec![((pair, number), Stream { asked, ..stream })]),
            None => {
                self.streams.insert((pair, number), Stream { asked, ..Stream::default() });
            }
        }
    }

    fn answer(&mut self, context: &mut Context<'_>, pair: Ends, mut half: Half, place: usize) {
        let Some(pipeline) = self.pipelines.get_mut(&pair) else {
            // Nothing of the core was asked here.
            half.is_doubtful = true;
            return self.resources.said(context, (pair, 0), half, &mut None);
        };
        while let Some(number) = pipeline.requests.pop_front() {
            // One that waited too long is gone: its answer was lost.
            let Some(mut stream) = self.streams.remove(&(pair, number)) else { continue };
            half.is_doubtful = stream.asked.is_none();
            return self.resources.said(context, (pair, number), half, &mut stream.asked);
        }
        let number = pipeline.number();
        pipeline.answers.push_back((number, half.time));
        let over = if pipeline.answers.len() > MAX_WAITING { pipeline.answers.pop_front() } else { None };
        let over = over.and_then(|(first, _)| Some(((pair, first), self.streams.remove(&(pair, first))?)));
        self.held = self.held.saturating_add(half.body.len());
        let mut stream = Stream::default();
        if let Some(own) = stream.halves.get_mut(place) {
            *own = Some(half);
        }
        self.streams.insert((pair, number), stream);
        self.give_up(context, over.into_iter().collect());
    }

    fn read(&self, context: &mut Context<'_>, origin: &Origin<'_>, message: &Http1<'_>) -> Half {
        let mut half = Half::new(origin);
        half.seen(origin);
        half.is_whole = message.stop.is_none();
        half.head = head(message);
        let mut room = MAX_BODY.min(MAX_BODIES.saturating_sub(self.held));
        for piece in message.body.pieces() {
            let fits = room.min(piece.len());
            half.body.extend_from_slice(piece.get(..fits).unwrap_or_default());
            half.is_cut |= fits < piece.len();
            room = room.saturating_sub(fits);
        }
        if half.is_cut {
            let example = Example { file: origin.source.file, frame: origin.source.frame, offset: message.body_at };
            context.health.also(Layer::Http1, Outcome::Evicted, "body too long to be held", Some(example));
        }
        half
    }
}

fn head(message: &Http1<'_>) -> Head {
    let short = |text: &&[u8]| text.len() <= MAX_PATH;
    let location = message.header("location").filter(short).map(Box::from);
    match message.start {
        Start::Request { method, target } => Head {
            method: Some(method.into()),
            path: Some(target).filter(short).map(Box::from),
            asks: Some(true),
            location,
            ..Head::default()
        },
        Start::Answer { status } => Head { status: Some(status), location, asks: Some(false), ..Head::default() },
    }
}
