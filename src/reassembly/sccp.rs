//! Segmented SCCP messages (ITU-T Q.713 (03/2001) §3.17, Q.714 (05/2001) §4.1.1.2.3 and §4.1.1.3).
//!
//! ```text
//! segmentation:  F(1) C(1) spare(2) remaining segments(4) | local reference(24)
//! ```
//!
//! The first segment (F) says how many follow; each later one counts down to 0. SCCP sends them in sequence, but a tap
//! may see them otherwise (SCTP streams, two links), so any order is taken.
//!
//! **Not handled:** the maximal length of the whole (3952 octets, §4.1.1.2.3) is not enforced: a message has at most
//! 16 segments.

use super::SECOND;
use crate::health::{Example, Health, Layer, Outcome};
use arrayvec::ArrayVec;
use foldhash::fast::RandomState;
use hashbrown::HashMap;
use std::collections::VecDeque;

/// Messages that wait for segments at the same time.
const MAX_MESSAGES: usize = 16_384;
/// Entries of the list of ages, which holds messages that are complete since, too.
const MAX_AGES: usize = 8 * MAX_MESSAGES;
/// T(reass), 10 to 20 s (Q.714 table in annex C).
const WAIT: i64 = 20 * SECOND;
/// Octets of a calling address that tell messages apart; addresses are shorter.
const ADDRESS_LEN: usize = 32;
/// Segments of a message: the first and up to 15 that remain.
const MAX_SEGMENTS: usize = 16;

/// What segments of one message have in common.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct SegmentKey {
    opc: u32,
    dpc: u32,
    reference: u32,
    calling: ArrayVec<u8, ADDRESS_LEN>,
}

impl SegmentKey {
    /// From the point codes, the segmentation local reference, and the calling party address as it was sent.
    pub fn new(opc: u32, dpc: u32, reference: u32, calling: &[u8]) -> Self {
        Self { opc, dpc, reference, calling: calling.iter().copied().take(ADDRESS_LEN).collect() }
    }
}

/// One segment.
#[derive(Debug, Clone)]
pub struct Segment<'a> {
    /// Which message it belongs to.
    pub key: SegmentKey,
    /// F: the first one.
    pub first: bool,
    /// How many follow it.
    pub remaining: u8,
    /// Its part of the data.
    pub data: &'a [u8],
    /// Input file.
    pub file: u32,
    /// Frame.
    pub frame: u64,
    /// Capture time.
    pub time: i64,
}

/// What became of a segment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Segmented {
    /// The message is complete.
    Complete {
        /// Its data.
        data: Vec<u8>,
        /// The frames that carried it, in the order of the segments.
        frames: Vec<u64>,
    },
    /// Other segments are missed.
    Stored,
    /// The segment was there before.
    Repeated,
    /// Not a possible segment.
    Rejected(&'static str),
}

/// Messages of which not all segments are there.
pub struct SccpSegments {
    messages: HashMap<SegmentKey, Message, RandomState>,
    /// Messages by age; some may be complete since.
    ages: VecDeque<(i64, SegmentKey)>,
}

struct Message {
    started: i64,
    file: u32,
    frame: u64,
    /// How many segments there are, known from the first.
    count: Option<usize>,
    /// By how many follow.
    parts: [Option<(Box<[u8]>, u64)>; MAX_SEGMENTS],
}

impl Default for SccpSegments {
    fn default() -> Self {
        Self::new()
    }
}

impl SccpSegments {
    /// With no segments.
    pub fn new() -> Self {
        Self { messages: HashMap::default(), ages: VecDeque::new() }
    }

    /// Takes a segment. A message that is given up, for its age or because there are too many, is counted.
    pub fn push(&mut self, segment: Segment<'_>, health: &mut Health) -> Segmented {
        self.expire(segment.time, health);
        let place = usize::from(segment.remaining);
        if place >= MAX_SEGMENTS {
            return Segmented::Rejected("more than 15 remaining segments");
        }
        if segment.first && segment.remaining == 0 {
            return Segmented::Complete { data: segment.data.to_vec(), frames: vec![segment.frame] };
        }
        let key = segment.key;
        let message = self.messages.entry_ref(&key).or_insert_with(|| {
            self.ages.push_back((segment.time, key.clone()));
            Message {
                started: segment.time,
                file: segment.file,
                frame: segment.frame,
                count: None,
                parts: Default::default(),
            }
        });
        let Some(part) = message.parts.get_mut(place) else {
            return Segmented::Rejected("more than 15 remaining segments");
        };
        if let Some((known, _)) = part {
            if **known == *segment.data {
                return Segmented::Repeated;
            }
            // the reference is used for another message: what is there of the old one will not be completed
            let (started, file, frame) = (segment.time, segment.file, segment.frame);
            let old =
                std::mem::replace(message, Message { started, file, frame, count: None, parts: Default::default() });
            old.give_up(health);
            self.ages.push_back((started, key.clone()));
        }
        if segment.first {
            message.count = Some(place.saturating_add(1));
        }
        if let Some(part) = message.parts.get_mut(place) {
            *part = Some((segment.data.into(), segment.frame));
        }
        match message.joined() {
            Some((data, frames)) => {
                self.messages.remove(&key);
                Segmented::Complete { data, frames }
            }
            None => Segmented::Stored,
        }
    }

    fn expire(&mut self, now: i64, health: &mut Health) {
        while let Some((started, key)) = self.ages.front() {
            let waits = self.messages.get(key).is_some_and(|message| message.started == *started);
            let is_late = started.saturating_add(WAIT) < now;
            let is_over = self.messages.len() >= MAX_MESSAGES || self.ages.len() >= MAX_AGES;
            if waits && !is_late && !is_over {
                return;
            }
            if waits && let Some(message) = self.messages.remove(key) {
                message.give_up(health);
            }
            self.ages.pop_front();
        }
    }

    /// The capture is over: what still waits is given up.
    pub fn finish(&mut self, health: &mut Health) {
        self.expire(i64::MAX, health);
    }
}

impl Message {
    fn joined(&self) -> Option<(Vec<u8>, Vec<u64>)> {
        let parts = self.parts.get(..self.count?)?;
        if parts.iter().any(Option::is_none) {
            return None;
        }
        let in_order = parts.iter().rev().flatten();
        let mut data = Vec::new();
        let mut frames = Vec::new();
        for (octets, frame) in in_order {
            data.extend_from_slice(octets);
            frames.push(*frame);
        }
        Some((data, frames))
    }

    fn give_up(self, health: &mut Health) {
        let example = Example { file: self.file, frame: self.frame, offset: 0 };
        let reason = "segmented message that was not completed";
        health.note(Layer::Sccp, Outcome::Evicted, reason, Some(example));
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::arithmetic_side_effects)]

    use super::*;

    fn segment(reference: u32, first: bool, remaining: u8, data: &[u8], frame: u64) -> Segment<'_> {
        Segment {
            key: SegmentKey::new(1, 2, reference, &[0x42, 8]),
            first,
            remaining,
            data,
            file: 0,
            frame,
            time: i64::try_from(frame).unwrap() * SECOND,
        }
    }

    fn complete(data: &[u8], frames: &[u64]) -> Segmented {
        Segmented::Complete { data: data.to_vec(), frames: frames.to_vec() }
    }

    #[test]
    fn two_messages_interleaved_and_out_of_order() {
        let (mut segments, mut health) = (SccpSegments::new(), Health::default());
        let mut push = |segment| segments.push(segment, &mut health);
        assert_eq!(push(segment(7, true, 2, b"ab", 1)), Segmented::Stored);
        assert_eq!(push(segment(8, false, 0, b"yz", 2)), Segmented::Stored);
        assert_eq!(push(segment(7, false, 0, b"ef", 3)), Segmented::Stored);
        assert_eq!(push(segment(7, false, 0, b"ef", 4)), Segmented::Repeated);
        assert_eq!(push(segment(8, true, 1, b"wx", 5)), complete(b"wxyz", &[5, 2]));
        assert_eq!(push(segment(7, false, 1, b"cd", 6)), complete(b"abcdef", &[1, 6, 3]));
        assert_eq!(push(segment(9, true, 0, b"one", 7)), complete(b"one", &[7]));
        assert_eq!(health, Health::default());
    }

    #[test]
    fn late_and_reused_references_are_counted() {
        let (mut segments, mut health) = (SccpSegments::new(), Health::default());
        segments.push(segment(7, true, 1, b"old", 1), &mut health);
        segments.push(segment(7, true, 1, b"new", 2), &mut health);
        let done = segments.push(segment(7, false, 0, b"!", 3), &mut health);
        assert_eq!(done, complete(b"new!", &[2, 3]));
        segments.push(segment(8, true, 1, b"lost", 4), &mut health);
        segments.push(segment(9, true, 1, b"lost", 40), &mut health);
        segments.finish(&mut health);
        let reason = "segmented message that was not completed";
        assert_eq!(health.count(Layer::Sccp, Outcome::Evicted, reason), 3);
        let rejected = segments.push(segment(7, true, 16, b"", 50), &mut health);
        assert!(matches!(rejected, Segmented::Rejected(_)));
    }

    #[test]
    fn the_table_is_bounded() {
        let (mut segments, mut health) = (SccpSegments::new(), Health::default());
        for reference in 0..20_000 {
            let mut one = segment(reference, true, 1, b"x", 1);
            one.time = 0;
            segments.push(one, &mut health);
        }
        assert!(segments.messages.len() <= MAX_MESSAGES);
    }
}
