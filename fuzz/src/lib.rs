//! What the targets share.

use simhound::event::{Event, EventRow};
use simhound::identity::Names;
use simhound::message::{Message, MessageRow};
use simhound::session::Listener;
use simhound::table::{Each, Record, Value};
use simhound::text::Text;
use simhound::time::Rfc3339;
use simhound::wire::{DecodeError, Framing};
use std::time::Duration;

/// The longest that one input may take.
const LONGEST: Duration = Duration::from_millis(100);

/// A fuzz target: as libFuzzer's `fuzz_target`, and an input that takes too long is a finding. What counts is the time
/// on the processor, so that a busy machine finds nothing.
#[macro_export]
macro_rules! target {
    (|$data:ident: &[u8]| $body:block) => {
        libfuzzer_sys::fuzz_target!(|$data: &[u8]| { $crate::timed($data.len(), || $body) });
    };
}

/// Runs a target on one input of so many octets.
pub fn timed(octets: usize, body: impl FnOnce()) {
    let start = cpu_time::ThreadTime::now();
    body();
    let taken = start.elapsed();
    assert!(taken < LONGEST, "{octets} octets took {taken:?}");
}

/// Prints everything that it is told, so that formatting is tested too.
#[derive(Default)]
pub struct Printer(Vec<u8>);

impl Printer {
    fn print(&mut self, record: &impl Record) {
        self.0.clear();
        record.values(&mut Each(|value| match value {
            Value::Text(text) => text.append(&mut self.0),
            Value::Word(word) => word.append(&mut self.0),
            Value::Shown(shown) => shown.append(&mut self.0),
            Value::Time(time) => Rfc3339(time).append(&mut self.0),
            Value::Null | Value::Int(_) | Value::Real(_) | Value::Bool(_) => {}
        }));
        assert!(std::str::from_utf8(&self.0).is_ok());
    }
}

impl Listener for Printer {
    fn wants_messages(&self) -> bool {
        true
    }

    fn message(&mut self, message: &Message<'_>) {
        self.print(&MessageRow { message, file: "" });
    }

    fn event(&mut self, event: &Event, names: &Names) {
        self.print(&EventRow { event, names, file: "" });
    }
}

/// A defect lies within the octets in which it was found, or at their end.
pub fn within(defect: Option<DecodeError>, octets: &[u8]) {
    if let Some(defect) = defect {
        assert!(defect.offset <= octets.len(), "{defect:?} in {} octets", octets.len());
    }
}

/// Cuts octets as a stream of messages, as it would come from TCP: every verdict makes headway and none goes too far.
pub fn cut(mut stream: &[u8], frame: fn(&[u8], bool) -> Framing, mut message: impl FnMut(&[u8])) {
    let mut resync = false;
    while !stream.is_empty() {
        let taken = match frame(stream, resync) {
            Framing::Message(taken) => {
                assert!(taken > 0 && taken <= stream.len());
                message(&stream[..taken]);
                resync = false;
                taken
            }
            Framing::Skip(taken) => {
                assert!(taken > 0 && taken <= stream.len());
                taken
            }
            Framing::NeedMore => return,
            Framing::NotMine if resync => return,
            Framing::NotMine => {
                resync = true;
                0
            }
        };
        stream = &stream[taken..];
    }
}
