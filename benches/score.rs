//! From features to a verdict: one subscriber through the model that is built in.

mod common;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use simhound::feature::Extractor;
use simhound::model::Model;
use simhound::time::DAY;

fn score(c: &mut Criterion) {
    let model =
        Model::parse(include_str!("../models/default.json"), "models/default.json").expect("the built-in model");
    let places = model.places_in_registry("models/default.json").expect("features of the registry");
    let mut extractor = Extractor::new(7 * DAY, 0);
    common::events().iter().for_each(|event| drop(extractor.push(event)));
    let window = extractor.finish().expect("a window");
    let value = |values: &[f64], place: &usize| values.get(*place).copied().unwrap_or(f64::NAN);
    let rows: Vec<Vec<f64>> = window
        .profiles
        .iter()
        .map(|profile| places.iter().map(|place| value(&profile.values, place)).collect())
        .collect();
    let mut group = c.benchmark_group("score");
    group.throughput(Throughput::Elements(rows.len() as u64));
    group.bench_function(format!("{} subscribers", rows.len()), |b| {
        let scorer = model.scorer();
        b.iter(|| rows.iter().map(|row| scorer.score(row).probability).sum::<f64>());
    });
}

criterion_group!(benches, score);
criterion_main!(benches);
