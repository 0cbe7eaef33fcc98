//! The one loop of the program: packets in, messages and events out.
//!
//! Reading, framing and reassembly run in order on one thread. The PDUs of a batch are taken apart on all cores;
//! sessions take the results in capture order. With one thread all of it runs in turn. Either way the result is the
//! same: nothing depends on which thread did what.

use crate::capture::{Batch, CaptureError, Filled, PacketSource};
use crate::dissect::{Dissected, StreamFramer, dissect};
use crate::event::Source;
use crate::health::Health;
use crate::reassembly::{PduBatch, Reassembler};
use crate::session::{Listener, Origin, Sessions};
use crossbeam_channel::{Receiver, Sender, bounded};
use rayon::prelude::*;

/// PDUs that one task takes apart.
const CHUNK: usize = 256;
/// Batches on their way between the threads.
const IN_FLIGHT: usize = 4;

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
    let mut decode = Decode::default();
    let mut front = Front::new(source);
    if threads == 1 {
        let mut pdus = PduBatch::default();
        while front.next(&mut pdus)? {
            decode.in_turn(&pdus, listener);
        }
    } else {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .map_err(|error| CaptureError::Interface { interface: "threads".to_owned(), what: error.to_string() })?;
        front = read_ahead(front, |pdus| decode.in_parallel(&pool, pdus, listener))?;
    }
    let Front { mut totals, .. } = front;
    decode.sessions.finish(&mut decode.health, listener);
    totals.health.merge(&decode.health);
    Ok(totals)
}

/// Reads on a thread of its own and hands the batches to `take`, in order.
fn read_ahead<'s>(mut front: Front<'s>, mut take: impl FnMut(&PduBatch)) -> Result<Front<'s>, CaptureError> {
    let (full, filled): (Sender<PduBatch>, Receiver<PduBatch>) = bounded(IN_FLIGHT);
    let (empty, emptied): (Sender<PduBatch>, Receiver<PduBatch>) = bounded(IN_FLIGHT);
    std::thread::scope(|scope| {
        let reader = scope.spawn(move || {
            loop {
                let mut pdus = emptied.try_recv().unwrap_or_default();
                if !front.next(&mut pdus)? {
                    return Ok(front);
                }
                if full.send(pdus).is_err() {
                    return Ok(front);
                }
            }
        });
        for pdus in filled {
            take(&pdus);
            // A full channel drops the buffer; the reader makes another.
            let _ = empty.try_send(pdus);
        }
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

/// Taking apart, and sessions.
#[derive(Default)]
struct Decode {
    sessions: Sessions,
    health: Health,
}

impl Decode {
    fn in_turn(&mut self, batch: &PduBatch, listener: &mut dyn Listener) {
        for pdu in &batch.pdus {
            let what = dissect(pdu, batch.bytes(pdu), &mut self.health);
            self.session(batch, pdu, &what, listener);
        }
    }

    fn in_parallel(&mut self, pool: &rayon::ThreadPool, batch: &PduBatch, listener: &mut dyn Listener) {
        let parts: Vec<(Vec<Dissected<'_>>, Health)> = pool.install(|| {
            let part = |pdus: &[crate::reassembly::Pdu]| {
                let mut health = Health::default();
                (pdus.iter().map(|pdu| dissect(pdu, batch.bytes(pdu), &mut health)).collect(), health)
            };
            batch.pdus.par_chunks(CHUNK).map(part).collect()
        });
        for (pdus, (dissected, health)) in batch.pdus.chunks(CHUNK).zip(&parts) {
            self.health.merge(health);
            for (pdu, what) in pdus.iter().zip(dissected) {
                self.session(batch, pdu, what, listener);
            }
        }
    }

    fn session(
        &mut self,
        batch: &PduBatch,
        pdu: &crate::reassembly::Pdu,
        what: &Dissected<'_>,
        listener: &mut dyn Listener,
    ) {
        let origin = Origin {
            source: Source { file: pdu.file, frame: pdu.frame },
            frames: batch.frames(pdu),
            time: pdu.time,
            flow: pdu.flow,
        };
        self.sessions.consume(origin, what, &mut self.health, listener);
    }
}
