//! Messages kept for a while, apart from the octets that they came from: to be written by another thread.

use super::{Dialogue, Message, Operation, Party};
use std::ops::Range;

/// Messages with the texts and frames that they name, in few places that are used again.
#[derive(Debug, Default)]
pub struct Kept {
    messages: Vec<(Message<'static>, Texts)>,
    octets: Vec<u8>,
    frames: Vec<u64>,
}

/// Where the texts of a message stand; a range without octets where it has none.
#[derive(Debug, Clone, Default)]
struct Texts {
    operation: Range<usize>,
    dialogue: Range<usize>,
    calling: Range<usize>,
    called: Range<usize>,
    frames: Range<usize>,
}

impl Kept {
    /// How many.
    pub fn len(&self) -> usize {
        self.messages.len()
    }

    /// True without any.
    pub fn is_empty(&self) -> bool {
        self.messages.is_empty()
    }

    /// Adds a message.
    pub fn push(&mut self, message: &Message<'_>) {
        let mut keep = |text: &[u8]| {
            let start = self.octets.len();
            self.octets.extend_from_slice(text);
            start..self.octets.len()
        };
        let mut texts = Texts::default();
        let operation = match message.operation {
            Operation::Text(text) => {
                texts.operation = keep(text);
                Operation::Text(b"")
            }
            Operation::Name(name) => Operation::Name(name),
            Operation::Code(code) => Operation::Code(code),
            Operation::Unknown => Operation::Unknown,
        };
        let dialogue = match message.dialogue {
            Dialogue::Text(text) => {
                texts.dialogue = keep(text);
                Dialogue::Text(b"")
            }
            Dialogue::None => Dialogue::None,
            Dialogue::Tcap { otid, dtid } => Dialogue::Tcap { otid, dtid },
            Dialogue::Connection { source, destination } => Dialogue::Connection { source, destination },
            Dialogue::Circuit(code) => Dialogue::Circuit(code),
            Dialogue::Ue { core, radio } => Dialogue::Ue { core, radio },
            Dialogue::Tunnel(endpoint) => Dialogue::Tunnel(endpoint),
        };
        let mut party = |party: Party<'_>| match party {
            Party::Text(text) => (Party::Text(&b""[..]), keep(text)),
            Party::None => (Party::None, 0..0),
            Party::Sccp { title, point_code, ssn } => (Party::Sccp { title, point_code, ssn }, 0..0),
            Party::Address(address) => (Party::Address(address), 0..0),
        };
        let (calling, called);
        (calling, texts.calling) = party(message.calling);
        (called, texts.called) = party(message.called);
        let start = self.frames.len();
        self.frames.extend_from_slice(message.frames);
        texts.frames = start..self.frames.len();
        let named = message.named.clone();
        let message = Message { frames: &[], operation, dialogue, calling, called, named, ..*message };
        self.messages.push((message, texts));
    }

    /// Gives the messages, in the order in which they came, and forgets them; the memory is kept.
    pub fn drain(&mut self, mut take: impl FnMut(&Message<'_>)) {
        let Self { messages, octets, frames } = self;
        for (message, texts) in messages.drain(..) {
            take(&whole(message, &texts, octets, frames));
        }
        octets.clear();
        frames.clear();
    }
}

/// A message with its texts and frames.
fn whole<'a>(message: Message<'static>, texts: &Texts, octets: &'a [u8], frames: &'a [u64]) -> Message<'a> {
    let text = |range: &Range<usize>| octets.get(range.clone()).unwrap_or_default();
    let party = |party, range| match party {
        Party::Text(_) => Party::Text(text(range)),
        other => other,
    };
    Message {
        frames: frames.get(texts.frames.clone()).unwrap_or_default(),
        operation: match message.operation {
            Operation::Text(_) => Operation::Text(text(&texts.operation)),
            other => other,
        },
        dialogue: match message.dialogue {
            Dialogue::Text(_) => Dialogue::Text(text(&texts.dialogue)),
            other => other,
        },
        calling: party(message.calling, &texts.calling),
        called: party(message.called, &texts.called),
        ..message
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::Source;
    use crate::message::{Exchange, Protocol, Role, Status};
    use crate::wire::{Identity, Named};

    fn message<'a>(frames: &'a [u64], dialogue: Dialogue<'a>, operation: Operation<'a>) -> Message<'a> {
        Message {
            source: Source { file: 1, frame: 7 },
            frames,
            time: 3,
            protocol: Protocol::Sip,
            interface: None,
            operation,
            version: Some(2),
            role: Role::Status(200),
            dialogue,
            exchange: Exchange(9),
            calling: Party::Text(b"alice"),
            called: Party::Sccp { title: None, point_code: None, ssn: Some(6) },
            named: Named { more: vec![Identity::Tmsi(5)], ..Named::default() },
            cause: Some(-1),
            inferred: true,
            repeat_of: Some(Source { file: 1, frame: 2 }),
            status: Status::Truncated,
        }
    }

    #[test]
    fn what_was_kept_comes_back() {
        let messages = [
            message(&[1, 2], Dialogue::Text(b"call-id"), Operation::Text(b"INVITE")),
            message(&[], Dialogue::Tunnel(4), Operation::Name("updateLocation")),
            Message {
                calling: Party::None,
                called: Party::Text(b""),
                ..message(&[3], Dialogue::None, Operation::Code(1))
            },
        ];
        let mut kept = Kept::default();
        for _ in 0..2 {
            messages.iter().for_each(|message| kept.push(message));
            assert_eq!(kept.len(), messages.len());
            let mut expected = messages.iter().map(|message| format!("{message:?}"));
            kept.drain(|message| assert_eq!(Some(format!("{message:?}")), expected.next()));
            assert!(kept.is_empty() && expected.next().is_none());
        }
    }
}
