//! Where one message ends in a stream of octets: the answer that every protocol over TCP gives.

/// What stands at the head of a stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Framing {
    /// A whole message of this many octets. Never zero, never more than the stream holds.
    Message(usize),
    /// So far it could be a message; more octets must come before that is sure.
    NeedMore,
    /// This many octets belong to no message: keep-alives, or what a gap left over. Never zero.
    Skip(usize),
    /// Not a message of this protocol.
    NotMine,
}
