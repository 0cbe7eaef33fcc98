//! What the benches share: a simulated town of constant seed, as files, packets and PDUs.

#![allow(dead_code, reason = "each bench uses its part")]

use simhound::capture::{Batch, Filled, PacketSource, Savefiles, expand};
use simhound::dissect::StreamFramer;
use simhound::event::Event;
use simhound::health::Health;
use simhound::identity::Names;
use simhound::pipeline;
use simhound::reassembly::{PduBatch, Reassembler};
use simhound::session::Listener;
use simhound::simulate::{Scenario, run};
use std::path::{Path, PathBuf};

const SEED: u64 = 1;

/// Simulates a scenario into `target/bench/NAME`; once, where it was done before.
pub fn simulated(name: &str) -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = root.join("target/bench").join(name);
    if !folder.join("truth.csv").exists() {
        let scenario = Scenario::load(&root.join("scenarios").join(format!("{name}.toml"))).expect("a scenario");
        run(&scenario, SEED, &folder, &mut |_| {}).expect("a simulated town");
    }
    folder
}

/// The captures of a folder.
pub fn open(path: &Path) -> Savefiles {
    Savefiles::open(expand(&[path.display().to_string()]).inputs)
}

/// All packets of the demo scenario.
pub fn batches() -> Vec<Batch> {
    let mut files = open(&simulated("demo"));
    let mut batches = Vec::new();
    loop {
        let mut batch = Batch::default();
        let filled = files.fill(&mut batch).expect("readable captures");
        batches.push(batch);
        if filled == Filled::Done {
            return batches;
        }
    }
}

pub fn copies(batches: &[Batch]) -> Vec<Batch> {
    let copy = |batch: &Batch| Batch { data: batch.data.clone(), packets: batch.packets.clone() };
    batches.iter().map(copy).collect()
}

/// All PDUs of the demo scenario.
pub fn pdus() -> Vec<PduBatch> {
    let (mut reassembler, mut health) = (Reassembler::new(StreamFramer), Health::default());
    let push = |mut batch: Batch| {
        let mut pdus = PduBatch::default();
        reassembler.push(&mut batch, &mut pdus, &mut health);
        pdus
    };
    batches().into_iter().map(push).collect()
}

/// Keeps all events.
#[derive(Default)]
pub struct Events(pub Vec<Event>);

impl Listener for Events {
    fn event(&mut self, event: &Event, _names: &Names) {
        self.0.push(*event);
    }
}

/// All events of the demo scenario.
pub fn events() -> Vec<Event> {
    let mut events = Events::default();
    pipeline::run(&mut open(&simulated("demo")), 0, &mut events).expect("readable captures");
    events.0
}

/// Counts events.
#[derive(Default)]
pub struct Counter(pub u64);

impl Listener for Counter {
    fn event(&mut self, _event: &Event, _names: &Names) {
        self.0 += 1;
    }
}
