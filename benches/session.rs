//! From dissected messages to events: dialogues, calls, identities. With and without the records of messages.

mod common;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use simhound::dissect::dissect;
use simhound::event::{Event, Source};
use simhound::health::Health;
use simhound::identity::Names;
use simhound::session::{Listener, Origin, Sessions};

struct Taker {
    messages: bool,
}

impl Listener for Taker {
    fn wants_messages(&self) -> bool {
        self.messages
    }
    fn event(&mut self, _event: &Event, _names: &Names) {}
}

fn consume(c: &mut Criterion) {
    let batches = common::pdus();
    let mut health = Health::default();
    let dissected: Vec<_> = batches
        .iter()
        .flat_map(|batch| batch.pdus.iter().map(move |pdu| (batch, pdu)))
        .map(|(batch, pdu)| (batch, pdu, dissect(pdu, batch.bytes(pdu), &mut health)))
        .collect();
    let mut group = c.benchmark_group("session/consume");
    group.throughput(Throughput::Elements(dissected.len() as u64));
    for (name, messages) in [("events", false), ("events and messages", true)] {
        group.bench_function(name, |b| {
            let fresh = || (Sessions::default(), Health::default());
            let run = |(sessions, health): &mut (Sessions, Health)| {
                for (batch, pdu, what) in &dissected {
                    let source = Source { file: pdu.file, frame: pdu.frame };
                    let origin = Origin { source, frames: batch.frames(pdu), time: pdu.time, flow: pdu.flow };
                    sessions.consume(origin, what, health, &mut Taker { messages });
                }
            };
            b.iter_batched_ref(fresh, run, BatchSize::LargeInput);
        });
    }
}

criterion_group!(benches, consume);
criterion_main!(benches);
