//! From events to features: taking events in, and finishing a window.

mod common;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use simhound::event::Event;
use simhound::feature::Extractor;
use simhound::time::DAY;

/// An extractor with the events of one window.
fn fed(events: &[Event]) -> Extractor {
    let mut extractor = Extractor::new(7 * DAY, 0);
    for event in events {
        extractor.push(event);
    }
    extractor
}

fn features(c: &mut Criterion) {
    let events = common::events();
    let mut group = c.benchmark_group("feature");
    group.throughput(Throughput::Elements(events.len() as u64));
    group.bench_function(format!("push/{} events", events.len()), |b| b.iter(|| fed(&events)));
    let rows = fed(&events).finish().map_or(0, |window| window.profiles.len());
    group.throughput(Throughput::Elements(rows as u64));
    group.bench_function(format!("finish/{rows} subscribers"), |b| {
        b.iter_batched_ref(|| fed(&events), Extractor::finish, BatchSize::LargeInput);
    });
}

criterion_group!(benches, features);
criterion_main!(benches);
