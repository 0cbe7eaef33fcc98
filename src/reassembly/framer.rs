//! Where one message of a TCP stream ends is the business of the protocol on it.

use super::Flow;
pub use crate::wire::Framing;

/// Cuts streams into messages.
pub trait Framer: Copy {
    /// Looks at the start of what is there of a stream; `stream` is never empty. `resync` tells that octets before
    /// it are unknown: it may start in the middle of a message.
    fn frame(&self, flow: &Flow, stream: &[u8], resync: bool) -> Framing;

    /// The name under which a stream is counted whose start is [`Framing::NotMine`].
    fn foreign(&self, _flow: &Flow, _stream: &[u8]) -> &'static str {
        "a protocol that is not read"
    }
}
