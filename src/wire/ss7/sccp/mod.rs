//! SCCP: signalling connection control part (ITU-T Q.713 (03/2001)).
//!
//! ```text
//! UDT   type | class                 | ->called | ->calling | ->data             | len called | ...
//! XUDT  type | class | hop counter   | ->called | ->calling | ->data | ->options | len called | ... | name len value | 0
//! LUDT  the same as XUDT with pointers and data length of two octets, low octet first
//! ```
//! A pointer counts from its own octet (in LUDT from its second one) to the length octet of its parameter. UDTS, XUDTS
//! and LUDTS have the return cause in place of the protocol class.
//!
//! Called by `dissect` with the user data of MTP3, M3UA and their like. It gives `data` to TCAP, after the segments
//! of XUDT and LUDT were put together.
//!
//! **Handled:** UDT, UDTS, XUDT, XUDTS, LUDT, LUDTS with their addresses, segmentation and importance. Parameters may
//! stand in any order. **Not handled:** the messages of connections (CR, CC, DT1, ...), recognised by name and returned
//! as unsupported; ANSI T1.112, whose addresses differ.

mod address;
mod probe;

pub use address::{Address, GlobalTitle};
pub use probe::probe;

use crate::health::Layer;
use crate::wire::DecodeError;

const LAYER: Layer = Layer::Sccp;

macro_rules! message_types {
    ($($constant:ident = $code:literal => $name:literal;)*) => {
        /// Message type code (Table 1/Q.713).
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub struct MessageType(pub u8);

        #[allow(missing_docs)]
        impl MessageType {
            $(pub const $constant: Self = Self($code);)*

            /// The acronym in the table; `None` for a code that it does not have.
            pub fn name(self) -> Option<&'static str> {
                match self.0 {
                    $($code => Some($name),)*
                    _ => None,
                }
            }
        }
    };
}

message_types! {
    CR = 1 => "CR";
    CC = 2 => "CC";
    CREF = 3 => "CREF";
    RLSD = 4 => "RLSD";
    RLC = 5 => "RLC";
    DT1 = 6 => "DT1";
    DT2 = 7 => "DT2";
    AK = 8 => "AK";
    UDT = 9 => "UDT";
    UDTS = 10 => "UDTS";
    ED = 11 => "ED";
    EA = 12 => "EA";
    RSR = 13 => "RSR";
    RSC = 14 => "RSC";
    ERR = 15 => "ERR";
    IT = 16 => "IT";
    XUDT = 17 => "XUDT";
    XUDTS = 18 => "XUDTS";
    LUDT = 19 => "LUDT";
    LUDTS = 20 => "LUDTS";
}

/// The segmentation parameter (Q.713 §3.17).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Segmentation {
    /// This is the first segment.
    pub first: bool,
    /// In-sequence delivery was asked for (class 1 rather than 0).
    pub class: u8,
    /// How many segments follow.
    pub remaining: u8,
    /// Segmentation local reference: the same in all segments of one message.
    pub local_reference: u32,
}

/// One connectionless message.
#[derive(Debug, Clone, Copy)]
pub struct Sccp<'a> {
    /// Message type.
    pub message_type: MessageType,
    /// Protocol class of UDT, XUDT, LUDT: 0 or 1.
    pub protocol_class: Option<u8>,
    /// Return cause of UDTS, XUDTS, LUDTS (Q.713 §3.12).
    pub return_cause: Option<u8>,
    /// Hop counter of the extended and long messages.
    pub hop_counter: Option<u8>,
    /// Called party address.
    pub called: Address<'a>,
    /// Calling party address.
    pub calling: Address<'a>,
    /// User data, or one segment of them.
    pub data: &'a [u8],
    /// Offset of the user data in the message.
    pub data_offset: usize,
    /// Segmentation, where sent.
    pub segmentation: Option<Segmentation>,
    /// Importance, where sent.
    pub importance: Option<u8>,
    /// What ended the decoding early.
    pub stop: Option<DecodeError>,
}

/// Where the parts of a message lie.
struct Layout {
    /// Octets before the first pointer.
    fixed: usize,
    /// Octets of a pointer, and of the length of the data.
    wide: bool,
    options: bool,
}

impl<'a> Sccp<'a> {
    /// Reads one message. An error only for a message of a connection or one whose fixed part is cut.
    pub fn parse(octets: &'a [u8]) -> Result<Self, DecodeError> {
        let Some(&code) = octets.first() else {
            return Err(DecodeError::short(LAYER, 0, 1, 0));
        };
        let message_type = MessageType(code);
        let layout = match message_type {
            MessageType::UDT | MessageType::UDTS => Layout { fixed: 2, wide: false, options: false },
            MessageType::XUDT | MessageType::XUDTS => Layout { fixed: 3, wide: false, options: true },
            MessageType::LUDT | MessageType::LUDTS => Layout { fixed: 3, wide: true, options: true },
            other => {
                let what = other.name().unwrap_or("SCCP message type");
                return Err(DecodeError::unsupported(LAYER, 0, what, u32::from(code)));
            }
        };
        let pointers = layout.pointers();
        let Some(fixed) = octets.get(1..pointers.end) else {
            return Err(DecodeError::short(LAYER, 0, pointers.end, octets.len()));
        };
        let second = fixed.first().copied();
        let service = matches!(message_type, MessageType::UDTS | MessageType::XUDTS | MessageType::LUDTS);
        let mut message = Self {
            message_type,
            protocol_class: second.filter(|_| !service).map(|class| class & 0x0f),
            return_cause: second.filter(|_| service),
            hop_counter: fixed.get(1).copied().filter(|_| layout.options),
            called: Address::default(),
            calling: Address::default(),
            data: &[],
            data_offset: 0,
            segmentation: None,
            importance: None,
            stop: None,
        };
        let (called, offset) = message.variable(octets, &layout, 0);
        message.called = message.address(called, offset);
        let (calling, offset) = message.variable(octets, &layout, 1);
        message.calling = message.address(calling, offset);
        (message.data, message.data_offset) = message.variable(octets, &layout, 2);
        if layout.options
            && let Some(at) = layout.pointer(octets, 3)
        {
            message.optional(octets, at);
        }
        Ok(message)
    }

    fn note(&mut self, error: DecodeError) {
        self.stop.get_or_insert(error);
    }

    /// The n-th mandatory variable parameter and its offset. One that is cut gives what is there.
    fn variable(&mut self, octets: &'a [u8], layout: &Layout, index: usize) -> (&'a [u8], usize) {
        let Some(at) = layout.pointer(octets, index) else {
            let what = "pointer to a mandatory parameter is zero";
            self.note(DecodeError::malformed(LAYER, layout.fixed, what));
            return (&[], 0);
        };
        let length = octets.get(at..).unwrap_or_default();
        let (len, rest) = match (layout.wide && index == 2, length) {
            (false, [len, rest @ ..]) => (usize::from(*len), rest),
            (true, [low, high, rest @ ..]) => (usize::from(u16::from_le_bytes([*low, *high])), rest),
            _ => {
                let what = "pointer beyond the message";
                self.note(DecodeError::malformed(LAYER, layout.pointer_offset(index), what));
                return (&[], 0);
            }
        };
        let offset = octets.len().saturating_sub(rest.len());
        match rest.get(..len) {
            Some(value) => (value, offset),
            None => {
                self.note(DecodeError::short(LAYER, offset, len, rest.len()));
                (rest, offset)
            }
        }
    }

    fn address(&mut self, octets: &'a [u8], offset: usize) -> Address<'a> {
        if offset == 0 {
            return Address::default();
        }
        let (address, defect) = Address::parse(octets, offset);
        if let Some(error) = defect {
            self.note(error);
        }
        address
    }

    /// The optional parameters up to the end-of-optional-parameters octet (Q.713 §1.7).
    fn optional(&mut self, octets: &[u8], start: usize) {
        const SEGMENTATION: u8 = 0x10;
        const IMPORTANCE: u8 = 0x12;
        let mut rest = octets.get(start..).unwrap_or_default();
        loop {
            let offset = octets.len().saturating_sub(rest.len());
            let (name, len, value) = match rest {
                [0, ..] => return,
                [name, len, value @ ..] => (*name, usize::from(*len), value),
                _ => {
                    let what = "optional parameters without end";
                    return self.note(DecodeError::malformed(LAYER, offset, what));
                }
            };
            let Some((value, after)) = value.split_at_checked(len) else {
                return self.note(DecodeError::short(LAYER, offset, len, value.len()));
            };
            match (name, value) {
                (SEGMENTATION, &[flags, r1, r2, r3]) => {
                    self.segmentation = Some(Segmentation {
                        first: flags & 0x80 != 0,
                        class: (flags >> 6) & 1,
                        remaining: flags & 0x0f,
                        local_reference: u32::from_le_bytes([r1, r2, r3, 0]),
                    });
                }
                (SEGMENTATION, _) => {
                    let what = "segmentation parameter not of four octets";
                    self.note(DecodeError::malformed(LAYER, offset, what));
                }
                (IMPORTANCE, &[importance, ..]) => self.importance = Some(importance & 0x07),
                _ => {}
            }
            rest = after;
        }
    }
}

impl Layout {
    fn pointers(&self) -> std::ops::Range<usize> {
        let count = if self.options { 4usize } else { 3 };
        let octets = if self.wide { count.saturating_mul(2) } else { count };
        self.fixed..self.fixed.saturating_add(octets)
    }

    /// Where the n-th pointer stands.
    fn pointer_offset(&self, index: usize) -> usize {
        let width = if self.wide { 2usize } else { 1 };
        self.fixed.saturating_add(index.saturating_mul(width))
    }

    /// Where the n-th pointer leads; `None` when it is zero.
    fn pointer(&self, octets: &[u8], index: usize) -> Option<usize> {
        let pointers = octets.get(self.pointers())?;
        let (value, base) = if self.wide {
            let at = index.saturating_mul(2);
            let [low, high] = *pointers.get(at..)?.first_chunk()?;
            let last = at.saturating_add(1);
            (usize::from(u16::from_le_bytes([low, high])), last)
        } else {
            (usize::from(*pointers.get(index)?), index)
        };
        let from = self.fixed.saturating_add(base);
        (value != 0).then(|| from.saturating_add(value))
    }
}

names! {
    /// The name of a return cause (Q.713 §3.12).
    return_cause_name(u8);
    0 => "no translation for an address of such nature",
    1 => "no translation for this specific address",
    2 => "subsystem congestion",
    3 => "subsystem failure",
    4 => "unequipped user",
    5 => "MTP failure",
    6 => "network congestion",
    7 => "unqualified",
    8 => "error in message transport",
    9 => "error in local processing",
    10 => "destination cannot perform reassembly",
    11 => "SCCP failure",
    12 => "hop counter violation",
    13 => "segmentation not supported",
    14 => "segmentation failure",
}
use super::names;

#[cfg(test)]
mod tests;
