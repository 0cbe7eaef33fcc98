//! The counters of everything that was seen, and of everything that was not used, and why.
//!
//! Every layer reports to a [`Health`]. Nothing is dropped without a number: a byte that no decoder used is in one
//! of these counters, and the first few of each kind are kept as examples that can be opened in Wireshark.

use serde::Serialize;
use std::collections::BTreeMap;

macro_rules! layers {
    ($($layer:ident = $name:literal,)*) => {
        /// A layer of a packet, from the file inwards. The name is the one of the decode-health table.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
        #[serde(rename_all = "lowercase")]
        #[non_exhaustive]
        #[allow(missing_docs)]
        pub enum Layer { $($layer,)* }

        impl Layer {
            /// All of them, from the outermost in.
            pub const ALL: &'static [Self] = &[$(Self::$layer,)*];
            /// How many.
            pub const COUNT: usize = Self::ALL.len();

            /// The name in tables and records.
            pub fn name(self) -> &'static str {
                match self { $(Self::$layer => $name,)* }
            }
        }
    };
}

layers! {
    File = "file",
    Link = "link",
    Ip = "ip",
    Udp = "udp",
    Tcp = "tcp",
    Sctp = "sctp",
    Payload = "payload",
    M3ua = "m3ua",
    M2pa = "m2pa",
    M2ua = "m2ua",
    Sua = "sua",
    Mtp2 = "mtp2",
    Mtp3 = "mtp3",
    Sccp = "sccp",
    Tcap = "tcap",
    Map = "map",
    Cap = "cap",
    Inap = "inap",
    AnsiMap = "ansimap",
    Isup = "isup",
    Bicc = "bicc",
    Bssap = "bssap",
    Ranap = "ranap",
    S1ap = "s1ap",
    Ngap = "ngap",
    Sgsap = "sgsap",
    Dtap = "dtap",
    Nas = "nas",
    Sms = "sms",
    Diameter = "diameter",
    Sip = "sip",
    Gtp = "gtp",
    Pfcp = "pfcp",
    Gsup = "gsup",
    Http1 = "http1",
    Http2 = "http2",
    Sbi = "sbi",
    Session = "session",
}

/// What became of one unit (packet, PDU, message) at one layer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// Decoded to the end.
    Decoded,
    /// The capture cut it (snaplen); what was there was used.
    Truncated,
    /// Not as the specification says; what could be read was used.
    Malformed,
    /// Well formed, but not something simhound reads.
    Unsupported,
    /// Given up: a table with state was full or a timeout came.
    Evicted,
    /// Decoded, but it could not be told whose it is.
    Unresolved,
    /// Seen before (retransmission, second leg, second probe); counted once.
    Repeated,
}

/// The counters of one layer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct LayerCounts {
    /// Units seen.
    pub seen: u64,
    /// Their octets.
    pub bytes: u64,
    /// Units decoded to the end.
    pub decoded: u64,
    /// Units that the capture cut.
    pub truncated: u64,
    /// Units with a defect.
    pub malformed: u64,
    /// Units that simhound does not read.
    pub unsupported: u64,
    /// Units that a full table or a timeout gave up.
    pub evicted: u64,
    /// Units of which it could not be told whose they are.
    pub unresolved: u64,
    /// Units that were seen before.
    pub repeated: u64,
}

impl LayerCounts {
    const NONE: Self = Self {
        seen: 0,
        bytes: 0,
        decoded: 0,
        truncated: 0,
        malformed: 0,
        unsupported: 0,
        evicted: 0,
        unresolved: 0,
        repeated: 0,
    };
}

/// Where an example can be opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Example {
    /// Number of the input file (in the order of `inputs`).
    pub file: u32,
    /// Frame number in it, from 1.
    pub frame: u64,
    /// Offset of the defect within the unit.
    pub offset: usize,
}

/// How often one named thing happened, with its first examples.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Reason {
    /// How often.
    pub count: u64,
    /// The first few.
    pub examples: Vec<Example>,
}

/// All counters of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Health {
    layers: [LayerCounts; Layer::COUNT],
    reasons: BTreeMap<(Layer, Outcome, &'static str), Reason>,
}

impl Default for Health {
    fn default() -> Self {
        Self { layers: [LayerCounts::NONE; Layer::COUNT], reasons: BTreeMap::new() }
    }
}

impl Health {
    /// How many examples of each reason are kept.
    pub const EXAMPLES: usize = 3;

    fn counts(&mut self, layer: Layer) -> &mut LayerCounts {
        let place = (layer as usize).min(Layer::COUNT.saturating_sub(1));
        #[allow(clippy::indexing_slicing, reason = "bounded by the line above")]
        &mut self.layers[place]
    }

    /// One unit came to a layer.
    pub fn seen(&mut self, layer: Layer, bytes: usize) {
        let counts = self.counts(layer);
        counts.seen = counts.seen.saturating_add(1);
        counts.bytes = counts.bytes.saturating_add(bytes as u64);
    }

    /// One unit was decoded to the end.
    pub fn decoded(&mut self, layer: Layer) {
        let counts = self.counts(layer);
        counts.decoded = counts.decoded.saturating_add(1);
    }

    /// One unit was not decoded to the end, for a named reason.
    pub fn note(&mut self, layer: Layer, outcome: Outcome, reason: &'static str, at: Option<Example>) {
        let counts = self.counts(layer);
        let counter = match outcome {
            Outcome::Decoded => &mut counts.decoded,
            Outcome::Truncated => &mut counts.truncated,
            Outcome::Malformed => &mut counts.malformed,
            Outcome::Unsupported => &mut counts.unsupported,
            Outcome::Evicted => &mut counts.evicted,
            Outcome::Unresolved => &mut counts.unresolved,
            Outcome::Repeated => &mut counts.repeated,
        };
        *counter = counter.saturating_add(1);
        self.also(layer, outcome, reason, at);
    }

    /// A further reason of a unit that is already counted.
    pub fn also(&mut self, layer: Layer, outcome: Outcome, reason: &'static str, at: Option<Example>) {
        let entry = self.reasons.entry((layer, outcome, reason)).or_default();
        entry.count = entry.count.saturating_add(1);
        if let Some(example) = at
            && entry.examples.len() < Self::EXAMPLES
        {
            entry.examples.push(example);
        }
    }

    /// Adds counters that a layer kept by itself, where one call for each unit would cost too much.
    pub fn add(&mut self, layer: Layer, more: &LayerCounts) {
        let counts = self.counts(layer);
        for (count, more) in [
            (&mut counts.seen, more.seen),
            (&mut counts.bytes, more.bytes),
            (&mut counts.decoded, more.decoded),
            (&mut counts.truncated, more.truncated),
            (&mut counts.malformed, more.malformed),
            (&mut counts.unsupported, more.unsupported),
            (&mut counts.evicted, more.evicted),
            (&mut counts.unresolved, more.unresolved),
            (&mut counts.repeated, more.repeated),
        ] {
            *count = count.saturating_add(more);
        }
    }

    /// Adds the counters of another part of the same run. Examples of the earlier part stay first.
    pub fn merge(&mut self, other: &Self) {
        for (layer, more) in other.layers() {
            self.add(layer, more);
        }
        for (key, more) in &other.reasons {
            let entry = self.reasons.entry(*key).or_default();
            entry.count = entry.count.saturating_add(more.count);
            let room = Self::EXAMPLES.saturating_sub(entry.examples.len());
            entry.examples.extend(more.examples.iter().take(room).cloned());
        }
    }

    /// The layers that were met, from the outermost in.
    pub fn layers(&self) -> impl Iterator<Item = (Layer, &LayerCounts)> {
        Layer::ALL.iter().copied().zip(&self.layers).filter(|(_, counts)| **counts != LayerCounts::default())
    }

    /// The named reasons, by layer and outcome.
    pub fn reasons(&self) -> impl Iterator<Item = (Layer, Outcome, &'static str, &Reason)> {
        self.reasons.iter().map(|((layer, outcome, reason), what)| (*layer, *outcome, *reason, what))
    }

    /// How often a reason was noted.
    pub fn count(&self, layer: Layer, outcome: Outcome, reason: &'static str) -> u64 {
        self.reasons.get(&(layer, outcome, reason)).map_or(0, |entry| entry.count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn merging_parts_equals_counting_all() {
        let example = |frame| Some(Example { file: 0, frame, offset: 4 });
        let (mut whole, mut first, mut second) = (Health::default(), Health::default(), Health::default());
        for frame in 1..=6 {
            let part = if frame < 4 { &mut first } else { &mut second };
            for health in [&mut whole, part] {
                health.seen(Layer::Sccp, 20);
                health.note(Layer::Sccp, Outcome::Malformed, "pointer", example(frame));
            }
        }
        first.merge(&second);
        assert_eq!(first, whole);
        assert_eq!(whole.count(Layer::Sccp, Outcome::Malformed, "pointer"), 6);
        assert_eq!(whole.reasons().next().unwrap().3.examples.len(), Health::EXAMPLES);
    }
}
