//! Frames that were found, what is in them, and how Wireshark finds them again.

use crate::message::{Line, Message};
use std::collections::BTreeMap;
use std::fmt::{self, Write};

/// Lines that a frame's comment holds at most: one for each of its messages.
const LINES: usize = 16;

/// What is said of a frame.
#[derive(Debug, Default)]
struct Comment {
    text: String,
    lines: usize,
}

/// Frames with comments, in the order of files and frames.
#[derive(Debug, Default)]
pub struct Frames {
    found: BTreeMap<(u32, u64), Comment>,
}

impl Frames {
    /// A message: the frame that completes it, and those that hold its other parts.
    pub(super) fn add(&mut self, message: &Message<'_>) {
        let file = message.source.file;
        let whole = Line { message, file: None, colour: false, brief: true };
        self.comment((file, message.source.frame), &whole);
        for part in message.frames.iter().filter(|part| **part != message.source.frame) {
            self.comment((file, *part), &format_args!("a part of what frame {} completes", message.source.frame));
        }
    }

    fn comment(&mut self, frame: (u32, u64), line: &dyn fmt::Display) {
        let comment = self.found.entry(frame).or_default();
        comment.lines = comment.lines.saturating_add(1);
        if comment.lines <= LINES {
            let newline = if comment.text.is_empty() { "" } else { "\n" };
            // Writing to a String cannot fail.
            let _ = write!(comment.text, "{newline}{line}");
        }
    }

    /// True when nothing was found.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.found.len()
    }

    /// What is said of a frame; nothing for those that were not found.
    pub fn get(&self, file: u32, frame: u64) -> Option<&str> {
        self.found.get(&(file, frame)).map(|comment| comment.text.as_str())
    }

    /// The frames of a file as a display filter of Wireshark; none where it has none.
    pub fn display_filter(&self, file: u32) -> Option<String> {
        let mut ranges: Vec<(u64, u64)> = Vec::new();
        for ((_, frame), _) in self.found.range((file, 0)..=(file, u64::MAX)) {
            match ranges.last_mut() {
                Some((_, last)) if last.checked_add(1) == Some(*frame) => *last = *frame,
                _ => ranges.push((*frame, *frame)),
            }
        }
        if ranges.is_empty() {
            return None;
        }
        let words = ranges.iter().map(|(first, last)| match first == last {
            true => first.to_string(),
            false => format!("{first}..{last}"),
        });
        Some(format!("frame.number in {{{}}}", words.collect::<Vec<_>>().join(", ")))
    }
}
