//! The one loop of the program: packets in, messages and events out.
//!
//! Reading, framing and reassembly run in order on one thread, sessions in capture order on another. Between them PDUs
//! are taken apart, which needs no order, by whichever thread has time: `queue`. With one thread all of it runs in
//! turn. Either way the result is the same: nothing depends on which thread did what.

mod apart;
mod queue;

use crate::capture::{Batch, CaptureError, Filled, PacketSource};
use crate::dissect::{Dissected, Settings, StreamFramer, dissect_with};
use crate::event::Source;
use crate::health::Health;
use crate::reassembly::{Pdu, PduBatch, Reassembler};
use crate::session::{Listener, Origin, Sessions};
use apart::Apart;
use queue::{Hold, Next, Queue, Wish};

/// What a run counted.
#[derive(Debug, Clone, Default)]
pub struct Totals {
    /// Packets read.
    pub packets: u64,
    /// Their octets, as captured.
    pub octets: u64,
    /// Time of the first packet, nanoseconds since 1970.
    pub first: Option<i64>,
    /// Time of the last.
    pub last: Option<i64>,
    /// All counters.
    pub health: Health,
}

/// Reads everything from a source, with as many threads as asked for (0 is as many as there are cores).
///
/// An error is one of the source as a whole; broken files are among its faults.
pub fn run(
    source: &mut (dyn PacketSource + Send),
    threads: usize,
    listener: &mut dyn Listener,
) -> Result<Totals, CaptureError> {
    run_with(source, Settings::default(), threads, listener)
}

/// As [`run`], with what is known of the capture beside it.
pub fn run_with(
    source: &mut (dyn PacketSource + Send),
    settings: Settings,
    threads: usize,
    listener: &mut dyn Listener,
) -> Result<Totals, CaptureError> {
    let threads = match threads {
        0 => std::thread::available_parallelism().map_or(1, usize::from),
        threads => threads,
    };
    let mut decode = Decode { settings, ..Decode::default() };
    let mut front = Front::new(source);
    if threads == 1 {
        let mut pdus = PduBatch::default();
        while front.next(&mut pdus)? {
            decode.in_turn(&pdus, listener);
        }
    } else {
        // Two of them read, and follow sessions.
        front = side_by_side(front, settings, threads.saturating_sub(2), |queue| decode.follow(queue, listener))?;
    }
    let Front { mut totals, .. } = front;
    decode.sessions.finish(&mut decode.following, listener);
    totals.health.merge(&decode.apart);
    totals.health.merge(&decode.following);
    Ok(totals)
}

/// Reads on a thread of its own, with helpers that take batches apart, while `follow` takes them from the queue.
fn side_by_side<'s>(
    mut front: Front<'s>,
    settings: Settings,
    helpers: usize,
    follow: impl FnOnce(&Queue),
) -> Result<Front<'s>, CaptureError> {
    let queue = &Queue::new(settings);
    std::thread::scope(|scope| {
        let reader = scope.spawn(move || {
            let _hold = Hold::new(queue, Wish::UseUp);
            loop {
                let mut pdus = queue.spare();
                if !front.next(&mut pdus)? || !queue.push(pdus) {
                    return Ok(front);
                }
            }
        });
        for _ in 0..helpers {
            scope.spawn(move || {
                let _hold = Hold::new(queue, Wish::Nothing);
                queue.help();
            });
        }
        let hold = Hold::new(queue, Wish::Stop);
        follow(queue);
        drop(hold);
        match reader.join() {
            Ok(result) => result,
            Err(panic) => std::panic::resume_unwind(panic),
        }
    })
}

/// Reading, framing and reassembly.
struct Front<'s> {
    source: &'s mut (dyn PacketSource + Send),
    reassembler: Reassembler<StreamFramer>,
    batch: Batch,
    totals: Totals,
    done: bool,
    finished: bool,
}

impl<'s> Front<'s> {
    fn new(source: &'s mut (dyn PacketSource + Send)) -> Self {
        Self {
            source,
            reassembler: Reassembler::new(StreamFramer),
            batch: Batch::default(),
            totals: Totals::default(),
            done: false,
            finished: false,
        }
    }

    /// The PDUs of the next batch; false after the last.
    fn next(&mut self, pdus: &mut PduBatch) -> Result<bool, CaptureError> {
        if self.done {
            if !self.finished {
                self.finished = true;
                self.reassembler.finish(pdus, &mut self.totals.health);
                return Ok(true);
            }
            return Ok(false);
        }
        self.done = self.source.fill(&mut self.batch)? == Filled::Done;
        let totals = &mut self.totals;
        for packet in &self.batch.packets {
            totals.packets += 1;
            totals.octets += packet.len as u64;
            totals.first = Some(totals.first.map_or(packet.time, |first| first.min(packet.time)));
            totals.last = Some(totals.last.map_or(packet.time, |last| last.max(packet.time)));
        }
        self.reassembler.push(&mut self.batch, pdus, &mut totals.health);
        Ok(true)
    }
}

/// Taking apart, and sessions. Their counters are kept apart until the end: which example of a reason comes first
/// must not depend on who was faster.
#[derive(Default)]
struct Decode {
    settings: Settings,
    sessions: Sessions,
    apart: Health,
    following: Health,
}

impl Decode {
    /// Takes batches from the queue until there are no more.
    fn follow(&mut self, queue: &Queue, listener: &mut dyn Listener) {
        while let Some(next) = queue.next() {
            match next {
                Next::Read(batch) => {
                    self.in_turn(&batch, listener);
                    queue.recycle(batch, None);
                }
                Next::Apart(apart) => {
                    self.taken_apart(&apart, listener);
                    let (batch, place) = apart.into_emptied();
                    queue.recycle(batch, Some(place));
                }
            }
        }
    }

    fn in_turn(&mut self, batch: &PduBatch, listener: &mut dyn Listener) {
        for pdu in &batch.pdus {
            let what = dissect_with(self.settings, pdu, batch.bytes(pdu), &mut self.apart);
            self.session(batch, pdu, &what, listener);
        }
    }

    fn taken_apart(&mut self, apart: &Apart, listener: &mut dyn Listener) {
        let (batch, parts) = (apart.batch(), apart.parts());
        self.apart.merge(&parts.health);
        for (pdu, what) in batch.pdus.iter().zip(&parts.dissected) {
            self.session(batch, pdu, what, listener);
        }
    }

    fn session(&mut self, batch: &PduBatch, pdu: &Pdu, what: &Dissected<'_>, listener: &mut dyn Listener) {
        let origin = Origin {
            source: Source { file: pdu.file, frame: pdu.frame },
            frames: batch.frames(pdu),
            time: pdu.time,
            flow: pdu.flow,
        };
        self.sessions.consume(origin, what, &mut self.following, listener);
    }
}
