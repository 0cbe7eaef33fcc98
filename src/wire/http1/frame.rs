//! Messages in a TCP stream.

use super::{Body, Http1, Start, start};
use crate::wire::{DecodeErrorKind, Framing};

/// The longest start line and headers that are believed.
pub const MAX_HEAD: usize = 32 << 10;

/// The message at the head of a stream. With `resync`, octets before the next likely start line are skipped.
pub fn frame(stream: &[u8], resync: bool) -> Framing {
    let breaks = stream.iter().position(|octet| !matches!(octet, b'\r' | b'\n')).unwrap_or(stream.len());
    if breaks > 0 {
        return Framing::Skip(breaks);
    }
    match message(stream) {
        Framing::NotMine if resync => Framing::Skip(start::next(stream).max(1)),
        framing => framing,
    }
}

fn message(stream: &[u8]) -> Framing {
    let Some((line, _)) = start::line(stream) else {
        let may = stream.len() < MAX_HEAD && start::may_begin(stream);
        return if may { Framing::NeedMore } else { Framing::NotMine };
    };
    if Start::parse(line).is_none() {
        return Framing::NotMine;
    }
    let Ok(message) = Http1::parse(stream) else { return Framing::NotMine };
    let within = message.body_at < stream.len() || message.stop.is_none();
    if message.head.len() > MAX_HEAD || !within && stream.len() > MAX_HEAD {
        return Framing::NotMine;
    }
    match message.stop.map(|stop| stop.kind) {
        None => Framing::Message(message.body_at.saturating_add(match message.body {
            Body::Plain(octets) | Body::Chunked(octets) => octets.len(),
        })),
        Some(DecodeErrorKind::Truncated { .. }) => Framing::NeedMore,
        Some(_) => Framing::NotMine,
    }
}
