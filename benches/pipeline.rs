//! The whole pipeline from files to events, for one thread and for all.
//!
//! `SIMHOUND_BENCH_CAPTURE` names captures to read; otherwise the scenario `bench` is simulated into `target/bench`.

mod common;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use simhound::pipeline;
use std::path::PathBuf;

fn run(c: &mut Criterion) {
    let named = std::env::var_os("SIMHOUND_BENCH_CAPTURE").map(PathBuf::from);
    let path = named.unwrap_or_else(|| common::simulated("bench"));
    let mut group = c.benchmark_group("pipeline");
    group.sample_size(10);
    let read = |threads| {
        let mut events = common::Counter::default();
        pipeline::run(&mut common::open(&path), threads, &mut events).expect("readable captures")
    };
    let octets = read(0).octets;
    group.throughput(Throughput::Bytes(octets));
    for (name, threads) in [("one thread", 1), ("all threads", 0)] {
        group.bench_function(format!("{name}/{} MB", octets / 1_000_000), |b| b.iter(|| read(threads)));
    }
}

criterion_group!(benches, run);
criterion_main!(benches);
