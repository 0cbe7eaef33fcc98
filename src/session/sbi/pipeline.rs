//! Messages of HTTP/1.1: the answers of a connection come in the order of its requests (RFC 9112 §9.3.2).
//!
//! Two requests may wait because they were sent one behind the other, or because the capture lacks the answer to the
//! first; two answers in a row tell the first case. So an answer waits until there are as many as requests, and the next
//! request settles whose they are: then the last answer is that to the last request before it. A gap may hold requests back; by
//! their times they are told from later ones.

use super::connection::{Ends, Head, MAX_PATH, ends};
use super::exchange::{Asked, Resources};
use super::{Connections, Half, MAX_BODIES, MAX_BODY, Stream, unanswered};
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
    /// What was asked and when, by the number of its request; none where it was nothing of the core.
    requests: VecDeque<(u32, i64, Option<Asked>)>,
    answers: VecDeque<Half>,
}

impl Pipeline {
    /// Gives the answers from before a time to their requests, all of which were made before. Gives back how many
    /// octets they held.
    fn settle(&mut self, context: &mut Context<'_>, resources: &mut Resources, pair: Ends, before: i64) -> usize {
        let mut upto = self.requests.len();
        let count = self.answers.iter().take_while(|half| half.time < before).count();
        let answers = self.answers.iter().take(count).rev();
        // From the last answer on: it belongs to the last request before it.
        let places = answers.map(|half| {
            let place = self.requests.iter().take(upto).rposition(|(_, time, _)| *time <= half.time);
            upto = place.unwrap_or(upto);
            place
        });
        let places: Vec<_> = places.collect();
        let (mut held, mut gone) = (0usize, 0usize);
        for place in places.into_iter().rev() {
            let Some(half) = self.answers.pop_front() else { break };
            held = held.saturating_add(half.body.len());
            let mut request = None;
            while place.is_some_and(|place| gone <= place) {
                let next = self.requests.pop_front();
                gone = gone.saturating_add(1);
                if let Some((_, _, asked)) = std::mem::replace(&mut request, next) {
                    unanswered(context, asked);
                }
            }
            self.give(context, resources, pair, request.map(|(number, _, asked)| (number, asked)), half);
        }
        held
    }

    fn give(
        &mut self,
        context: &mut Context<'_>,
        resources: &mut Resources,
        pair: Ends,
        request: Option<(u32, Option<Asked>)>,
        mut half: Half,
    ) {
        let (number, mut asked) = request.unwrap_or_else(|| {
            self.last = self.last.wrapping_add(1);
            (self.last, None)
        });
        half.is_doubtful = asked.is_none();
        resources.said(context, (pair, number), half, &mut asked);
    }

    /// The connection is over. Gives back how many octets it held.
    pub(super) fn close(mut self, context: &mut Context<'_>, resources: &mut Resources, pair: Ends) -> usize {
        let held = self.settle(context, resources, pair, i64::MAX);
        for (_, _, asked) in self.requests {
            unanswered(context, asked);
        }
        held
    }
}

impl Connections {
    pub(in crate::session) fn message(&mut self, context: &mut Context<'_>, origin: &Origin<'_>, message: &Http1<'_>) {
        let (_, pair, _) = ends(&origin.flow);
        match message.start {
            Start::Request { .. } => {
                let half = self.read(context, origin, message);
                self.request(context, pair, half);
            }
            Start::Answer { status: 101 } => {
                // It goes on as HTTP/2, with the answer on stream 1 (RFC 7540 §3.2).
                let request = self.pipelines.get_mut(&pair).and_then(|pipeline| pipeline.requests.pop_front());
                if let Some((_, _, asked)) = request {
                    self.streams.insert((pair, 1), Stream { asked, ..Stream::default() });
                }
            }
            // What comes before the answer says nothing.
            Start::Answer { status: ..=199 } => {}
            Start::Answer { .. } => {
                let half = self.read(context, origin, message);
                self.answer(context, pair, half);
            }
        }
    }

    fn request(&mut self, context: &mut Context<'_>, pair: Ends, half: Half) {
        let Self { pipelines, resources, held, .. } = self;
        let pipeline = pipelines.get_or_default(pair);
        *held = held.saturating_sub(pipeline.settle(context, resources, pair, half.time));
        pipeline.last = pipeline.last.wrapping_add(1);
        let (number, time, mut asked) = (pipeline.last, half.time, None);
        resources.said(context, (pair, number), half, &mut asked);
        if pipeline.requests.is_empty()
            && let Some(answer) = pipeline.answers.pop_front()
        {
            // It was here before what a gap held back.
            *held = held.saturating_sub(answer.body.len());
            return pipeline.give(context, resources, pair, Some((number, asked)), answer);
        }
        pipeline.requests.push_back((number, time, asked));
        if pipeline.requests.len() > MAX_WAITING {
            unanswered(context, pipeline.requests.pop_front().and_then(|(_, _, asked)| asked));
        }
    }

    fn answer(&mut self, context: &mut Context<'_>, pair: Ends, mut half: Half) {
        let Self { pipelines, resources, held, .. } = self;
        let Some(pipeline) = pipelines.get_mut(&pair) else {
            // Nothing of the core was asked here.
            half.is_doubtful = true;
            return resources.said(context, (pair, 0), half, &mut None);
        };
        *held = held.saturating_add(half.body.len());
        pipeline.answers.push_back(half);
        let waiting = pipeline.answers.len();
        if waiting == pipeline.requests.len() || waiting > MAX_WAITING {
            *held = held.saturating_sub(pipeline.settle(context, resources, pair, i64::MAX));
        }
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
