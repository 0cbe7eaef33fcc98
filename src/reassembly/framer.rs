//! Where one message of a TCP stream ends is the business of the protocol on it.

use super::Flow;

/// What the start of a stream is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Framing {
    /// The first octets, this many, are one message.
    Message(usize),
    /// The message goes on: ask again when more is there.
    NeedMore,
    /// The first octets, this many, belong to no message (a keepalive, garbage before the next message).
    Skip(usize),
    /// Not a protocol that is read: the stream is not followed any more.
    NotMine,
}

/// Cuts streams into messages.
pub trait Framer: Copy {
    /// Looks at the start of what is there of a stream; `stream` is never empty. `resync` tells that octets before
    /// it are unknown: it may start in the middle of a message.
    fn frame(&self, flow: &Flow, stream: &[u8], resync: bool) -> Framing;
}
