//! Where messages of a TCP stream end.

use super::foreign;
use crate::reassembly::{Flow, Framer};
use crate::wire::{Framing, diameter, sip};

/// Cuts TCP streams into messages: by what their first octets look like.
#[derive(Debug, Clone, Copy, Default)]
pub struct StreamFramer;

impl Framer for StreamFramer {
    fn frame(&self, _flow: &Flow, stream: &[u8], resync: bool) -> Framing {
        if foreign::stream(stream).is_some() {
            return Framing::NotMine;
        }
        match (diameter::frame(stream, resync), sip::frame(stream, resync)) {
            (message @ Framing::Message(_), _) | (_, message @ Framing::Message(_)) => message,
            (Framing::NotMine, other) | (other, Framing::NotMine) => other,
            (Framing::Skip(a), Framing::Skip(b)) => Framing::Skip(a.min(b)),
            (Framing::NeedMore, _) | (_, Framing::NeedMore) => Framing::NeedMore,
        }
    }

    fn foreign(&self, _flow: &Flow, stream: &[u8]) -> &'static str {
        foreign::stream(stream).unwrap_or("a protocol that is not read")
    }
}
