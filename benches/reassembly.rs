//! From packets to PDUs: framing, TCP, SCTP.

mod common;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use simhound::dissect::StreamFramer;
use simhound::health::Health;
use simhound::reassembly::{PduBatch, Reassembler};

fn push(c: &mut Criterion) {
    let batches = common::batches();
    let packets: usize = batches.iter().map(|batch| batch.packets.len()).sum();
    let mut group = c.benchmark_group("reassembly/push");
    group.throughput(Throughput::Elements(packets as u64));
    group.bench_function(format!("{packets} packets"), |b| {
        b.iter_batched_ref(
            || common::copies(&batches),
            |batches| {
                let mut reassembler = Reassembler::new(StreamFramer);
                let (mut pdus, mut health) = (PduBatch::default(), Health::default());
                let mut count = 0;
                for batch in batches {
                    reassembler.push(batch, &mut pdus, &mut health);
                    count += pdus.pdus.len();
                }
                count
            },
            BatchSize::LargeInput,
        );
    });
}

criterion_group!(benches, push);
criterion_main!(benches);
