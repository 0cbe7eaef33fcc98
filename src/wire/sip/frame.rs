//! Messages in a TCP stream: RFC 3261 §18.3 (Content-Length), RFC 5626 §3.5.1 (keep-alives of line breaks).

use super::header::{HeaderName, Headers};
use super::start::{self, Method, is_token};
use super::{StartLine, end_of_head};
use crate::wire::Framing;

/// The longest start line and headers that are believed on a stream.
pub const MAX_HEAD: usize = 64 << 10;

/// The longest body that is believed on a stream.
pub const MAX_BODY: usize = 1 << 20;

/// The longest method that an unfinished start line may begin with.
const MAX_METHOD: usize = 32;

/// The message at the head of a stream. With `resync`, octets before the next likely start line are skipped.
pub fn frame(stream: &[u8], resync: bool) -> Framing {
    let breaks = stream.iter().position(|byte| !matches!(byte, b'\r' | b'\n')).unwrap_or(stream.len());
    if breaks > 0 {
        return Framing::Skip(breaks);
    }
    match message(stream, resync) {
        Framing::NotMine if resync => Framing::Skip(next_start(stream)),
        framing => framing,
    }
}

fn message(stream: &[u8], resync: bool) -> Framing {
    let Some(line_end) = memchr::memchr(b'\n', stream) else {
        return if stream.len() <= MAX_HEAD && may_begin(stream) { Framing::NeedMore } else { Framing::NotMine };
    };
    let (line, after) = stream.split_at_checked(line_end.saturating_add(1)).unwrap_or((stream, &[]));
    if !is_start(line, resync) {
        return Framing::NotMine;
    }
    let Some((head, body)) = end_of_head(after) else {
        return if stream.len() <= MAX_HEAD { Framing::NeedMore } else { Framing::NotMine };
    };
    let head_len = line.len().saturating_add(body);
    let content_length = content_length(after.get(..head).unwrap_or_default());
    if head_len > MAX_HEAD || content_length > MAX_BODY {
        return Framing::NotMine;
    }
    let length = head_len.saturating_add(content_length);
    if length <= stream.len() { Framing::Message(length) } else { Framing::NeedMore }
}

/// Content-Length; 0 where it is missing or no number (RFC 3261 §20.14: mandatory on streams).
fn content_length(head: &[u8]) -> usize {
    Headers::new(head)
        .filter_map(Result::ok)
        .find(|header| header.name == HeaderName::ContentLength)
        .and_then(|header| number(header.value))
        .map_or(0, |length| length as usize)
}

/// A number of decimal digits.
pub(super) fn number(text: &[u8]) -> Option<u32> {
    if text.is_empty() {
        return None;
    }
    text.iter().try_fold(0u32, |value, digit| {
        let digit = digit.is_ascii_digit().then_some(digit & 0x0f)?;
        value.checked_mul(10)?.checked_add(u32::from(digit))
    })
}

/// A whole line that begins a message without doubt. After a gap `NVITE` is no method: only known ones count.
fn is_start(line: &[u8], resync: bool) -> bool {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    start::parse(line).is_some_and(|(line, oddities)| match line {
        StartLine::Request { method, .. } if method.is_known() => !oddities.contains(super::Oddity::Junk),
        StartLine::Request { .. } => !resync && oddities.is_empty(),
        StartLine::Response { .. } => oddities.is_empty(),
    })
}

/// The beginning of a line that may yet become a start line.
fn may_begin(text: &[u8]) -> bool {
    let version = b"SIP/2.0 ";
    if text.starts_with(version) || version.starts_with(text) {
        return true;
    }
    match memchr::memchr(b' ', text).and_then(|at| text.get(..at)) {
        Some(method) => method.len() <= MAX_METHOD && Method::parse(method).is_known(),
        None => text.len() <= MAX_METHOD && text.iter().all(|&byte| is_token(byte)),
    }
}

/// The next line that begins a message, or a last line that may.
fn next_start(stream: &[u8]) -> usize {
    memchr::memchr_iter(b'\n', stream)
        .map(|at| at.saturating_add(1))
        .find(|&at| {
            let rest = stream.get(at..).unwrap_or_default();
            match memchr::memchr(b'\n', rest) {
                Some(end) => is_start(rest.get(..end).unwrap_or_default(), true),
                None => rest.is_empty() || may_begin(rest),
            }
        })
        .unwrap_or(stream.len())
}
