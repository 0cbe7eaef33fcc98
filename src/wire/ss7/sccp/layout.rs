//! Where the parts of each message lie (Q.713 §4): the parameters of fixed length in their order, then the pointers to
//! those of variable length, then the one to the optional ones.

use super::MessageType;

/// A mandatory parameter of fixed length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fixed {
    Destination,
    Source,
    Class,
    Hops,
    ReturnCause,
    /// Refusal, release, reset or error cause.
    Cause,
    /// More data (DT1).
    Segmenting,
    /// Numbers and more data (DT2, IT).
    Sequencing,
    Received,
    Credit,
}

impl Fixed {
    pub(super) fn len(self) -> usize {
        match self {
            Self::Destination | Self::Source => 3,
            Self::Sequencing => 2,
            _ => 1,
        }
    }
}

/// A mandatory parameter of variable length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Variable {
    Called,
    Calling,
    Data,
}

/// The parts of a message.
pub(super) struct Layout {
    pub(super) fixed: &'static [Fixed],
    pub(super) variable: &'static [Variable],
    /// There is a pointer to optional parameters.
    pub(super) options: bool,
    /// Pointers, and the length of the data, have two octets.
    pub(super) wide: bool,
    /// Octets before the first pointer.
    head: usize,
}

impl Layout {
    /// The layout of a message type; `None` for one that Q.713 does not have.
    pub(super) fn of(message_type: MessageType) -> Option<Self> {
        use Fixed::{Cause, Class, Credit, Destination, Hops, Received, ReturnCause, Segmenting, Sequencing, Source};
        use Variable::{Called, Calling, Data};
        const ALL: &[Variable] = &[Called, Calling, Data];
        let (fixed, variable, options): (&'static [Fixed], &'static [Variable], bool) = match message_type {
            MessageType::CR => (&[Source, Class], &[Called], true),
            MessageType::CC => (&[Destination, Source, Class], &[], true),
            MessageType::CREF => (&[Destination, Cause], &[], true),
            MessageType::RLSD => (&[Destination, Source, Cause], &[], true),
            MessageType::RLC | MessageType::RSC => (&[Destination, Source], &[], false),
            MessageType::DT1 => (&[Destination, Segmenting], &[Data], false),
            MessageType::DT2 => (&[Destination, Sequencing], &[Data], false),
            MessageType::AK => (&[Destination, Received, Credit], &[], false),
            MessageType::UDT => (&[Class], ALL, false),
            MessageType::UDTS => (&[ReturnCause], ALL, false),
            MessageType::ED => (&[Destination], &[Data], false),
            MessageType::EA => (&[Destination], &[], false),
            MessageType::RSR => (&[Destination, Source, Cause], &[], false),
            MessageType::ERR => (&[Destination, Cause], &[], false),
            MessageType::IT => (&[Destination, Source, Class, Sequencing, Credit], &[], false),
            MessageType::XUDT | MessageType::LUDT => (&[Class, Hops], ALL, true),
            MessageType::XUDTS | MessageType::LUDTS => (&[ReturnCause, Hops], ALL, true),
            _ => return None,
        };
        let wide = matches!(message_type, MessageType::LUDT | MessageType::LUDTS);
        let head = fixed.iter().fold(1usize, |len, parameter| len.saturating_add(parameter.len()));
        Some(Self { fixed, variable, options, wide, head })
    }

    pub(super) fn pointers(&self) -> std::ops::Range<usize> {
        let count = self.variable.len().saturating_add(usize::from(self.options));
        let octets = if self.wide { count.saturating_mul(2) } else { count };
        self.head..self.head.saturating_add(octets)
    }

    /// Where the n-th pointer stands.
    pub(super) fn pointer_offset(&self, index: usize) -> usize {
        let width = if self.wide { 2usize } else { 1 };
        self.head.saturating_add(index.saturating_mul(width))
    }

    /// Where the n-th pointer leads; `None` when it is zero.
    pub(super) fn pointer(&self, octets: &[u8], index: usize) -> Option<usize> {
        let pointers = octets.get(self.head..)?;
        let (value, base) = if self.wide {
            let at = index.saturating_mul(2);
            let [low, high] = *pointers.get(at..)?.first_chunk()?;
            let last = at.saturating_add(1);
            (usize::from(u16::from_le_bytes([low, high])), last)
        } else {
            (usize::from(*pointers.get(index)?), index)
        };
        let from = self.head.saturating_add(base);
        (value != 0).then(|| from.saturating_add(value))
    }
}
