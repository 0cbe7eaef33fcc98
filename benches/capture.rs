//! Reading savefiles into batches, by container.

mod common;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use simhound::capture::{Batch, Filled, PacketSource};

fn read(c: &mut Criterion) {
    let folder = common::simulated("demo");
    let mut group = c.benchmark_group("capture/read");
    for ending in ["pcap", "pcap.gz", "pcap.zst", "pcapng.zst"] {
        let named = |path: &std::path::PathBuf| path.to_string_lossy().ends_with(&format!(".{ending}"));
        let files =
            std::fs::read_dir(&folder).expect("the simulated town").filter_map(|entry| Some(entry.ok()?.path()));
        let Some(path) = files.filter(named).min() else { continue };
        let count = || {
            let (mut files, mut batch, mut octets) = (common::open(&path), Batch::default(), 0);
            loop {
                batch.clear();
                let filled = files.fill(&mut batch).expect("a readable capture");
                octets += batch.data.len() as u64;
                if filled == Filled::Done {
                    return octets;
                }
            }
        };
        group.throughput(Throughput::Bytes(count()));
        group.bench_function(BenchmarkId::from_parameter(ending), |b| b.iter(count));
    }
}

criterion_group!(benches, read);
criterion_main!(benches);
