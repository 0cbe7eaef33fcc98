//! SCCP: signalling connection control part (ITU-T Q.713 (03/2001)).
//!
//! ```text
//! UDT   type | class                 | ->called | ->calling | ->data             | len called | ...
//! XUDT  type | class | hop counter   | ->called | ->calling | ->data | ->options | len called | ... | name len value | 0
//! LUDT  the same as XUDT with pointers and data length of two octets, low octet first
//! CR    type | source reference (3) | class | ->called | ->options | len called | name len value ... | 0
//! CC    type | destination reference (3) | source reference (3) | class | ->options | name len value ... | 0
//! DT1   type | destination reference (3) | more data | ->data | len data
//! RLSD  type | destination reference (3) | source reference (3) | cause | ->options | ...
//! ```
//! A pointer counts from its own octet (in LUDT from its second one) to the length octet of its parameter. UDTS, XUDTS
//! and LUDTS have the return cause in place of the protocol class. `layout` lists the parts of all messages.
//!
//! Called by `dissect` with the user data of MTP3, M3UA and their like. It gives `data` to TCAP, BSSAP, RANAP or
//! management, after the segments of XUDT and LUDT, or of DT1 and DT2, were put together.
//!
//! **Handled:** all messages of Table 1/Q.713; addresses, references, data, segmentation, importance, causes; addresses
//! of ANSI T1.112, and those with the point codes of China and Japan. Parameters may stand in any order.
//! **Not handled:** the flow control of class 3 (its numbers are kept, not judged); the intermediate signalling network
//! identification of ANSI.

mod address;
mod causes;
mod layout;
pub mod management;
mod probe;

pub use address::{Address, AddressForm, GlobalTitle};
pub use causes::{refusal_cause_name, release_cause_name, return_cause_name};
pub use probe::probe;

use crate::health::Layer;
use crate::wire::DecodeError;
use layout::{Fixed, Layout, Variable};

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

/// One message.
#[derive(Debug, Clone, Copy)]
pub struct Sccp<'a> {
    /// Message type.
    pub message_type: MessageType,
    /// Protocol class: 0 or 1 of UDT, XUDT, LUDT; 2 or 3 of CR, CC, IT.
    pub protocol_class: Option<u8>,
    /// Return cause of UDTS, XUDTS, LUDTS (Q.713 §3.12).
    pub return_cause: Option<u8>,
    /// Refusal, release, reset or error cause of CREF, RLSD, RSR, ERR.
    pub cause: Option<u8>,
    /// Hop counter of the extended and long messages.
    pub hop_counter: Option<u8>,
    /// Local reference that the receiver chose, its octets in the order in which they were sent.
    pub destination: Option<u32>,
    /// Local reference that the sender chose.
    pub source: Option<u32>,
    /// More data of the same message follow (DT1, DT2).
    pub more: bool,
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

impl<'a> Sccp<'a> {
    /// Reads one message of the ITU. An error only for an unknown message or one whose fixed part is cut.
    pub fn parse(octets: &'a [u8]) -> Result<Self, DecodeError> {
        Self::parse_as(octets, AddressForm::Itu)
    }

    /// Reads one message whose addresses have the form of a national variant.
    pub fn parse_as(octets: &'a [u8], form: AddressForm) -> Result<Self, DecodeError> {
        let Some(&code) = octets.first() else {
            return Err(DecodeError::short(LAYER, 0, 1, 0));
        };
        let message_type = MessageType(code);
        let what = "SCCP message type";
        let unknown = DecodeError::unsupported(LAYER, 0, what, u32::from(code));
        let layout = Layout::of(message_type).ok_or(unknown)?;
        let pointers = layout.pointers();
        let Some(fixed) = octets.get(1..pointers.end) else {
            return Err(DecodeError::short(LAYER, 0, pointers.end, octets.len()));
        };
        let mut message = Self {
            message_type,
            protocol_class: None,
            return_cause: None,
            cause: None,
            hop_counter: None,
            destination: None,
            source: None,
            more: false,
            called: Address::default(),
            calling: Address::default(),
            data: &[],
            data_offset: 0,
            segmentation: None,
            importance: None,
            stop: None,
        };
        message.fixed(layout.fixed, fixed);
        for (index, parameter) in layout.variable.iter().enumerate() {
            let wide = layout.wide && *parameter == Variable::Data;
            let (octets, offset) = message.variable(octets, &layout, index, wide);
            match parameter {
                Variable::Called => message.called = message.address(octets, offset, form),
                Variable::Calling => message.calling = message.address(octets, offset, form),
                Variable::Data => (message.data, message.data_offset) = (octets, offset),
            }
        }
        if layout.options
            && let Some(at) = layout.pointer(octets, layout.variable.len())
        {
            message.optional(octets, at, form);
        }
        Ok(message)
    }

    /// True for the messages of a connection.
    pub fn is_connection(&self) -> bool {
        self.destination.is_some() || self.source.is_some()
    }

    fn fixed(&mut self, parameters: &[Fixed], mut octets: &[u8]) {
        for parameter in parameters {
            let Some((value, rest)) = octets.split_at_checked(parameter.len()) else { return };
            octets = rest;
            let number = value.iter().fold(0u32, |number, octet| (number << 8) | u32::from(*octet));
            let octet = value.last().copied();
            match parameter {
                Fixed::Destination => self.destination = Some(number),
                Fixed::Source => self.source = Some(number),
                Fixed::Class => self.protocol_class = octet.map(|class| class & 0x0f),
                Fixed::Hops => self.hop_counter = octet,
                Fixed::ReturnCause => self.return_cause = octet,
                Fixed::Cause => self.cause = octet,
                // M is the lowest bit of the only octet, and of the second one (Q.713 §3.7, §3.9).
                Fixed::Segmenting | Fixed::Sequencing => self.more = number & 1 != 0,
                Fixed::Received | Fixed::Credit => {}
            }
        }
    }

    fn note(&mut self, error: DecodeError) {
        self.stop.get_or_insert(error);
    }

    /// The n-th mandatory variable parameter and its offset. One that is cut gives what is there.
    fn variable(&mut self, octets: &'a [u8], layout: &Layout, index: usize, wide: bool) -> (&'a [u8], usize) {
        let Some(at) = layout.pointer(octets, index) else {
            let what = "pointer to a mandatory parameter is zero";
            self.note(DecodeError::malformed(LAYER, layout.pointer_offset(index), what));
            return (&[], 0);
        };
        let length = octets.get(at..).unwrap_or_default();
        let (len, rest) = match (wide, length) {
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

    fn address(&mut self, octets: &'a [u8], offset: usize, form: AddressForm) -> Address<'a> {
        if offset == 0 {
            return Address::default();
        }
        let (address, defect) = Address::parse(octets, offset, form);
        if let Some(error) = defect {
            self.note(error);
        }
        address
    }

    /// The optional parameters up to the end-of-optional-parameters octet (Q.713 §1.7).
    fn optional(&mut self, octets: &'a [u8], start: usize, form: AddressForm) {
        const CALLED: u8 = 0x03;
        const CALLING: u8 = 0x04;
        const DATA: u8 = 0x0f;
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
            let value_offset = offset.saturating_add(2);
            match (name, value) {
                (CALLED, value) => self.called = self.address(value, value_offset, form),
                (CALLING, value) => self.calling = self.address(value, value_offset, form),
                (DATA, value) => (self.data, self.data_offset) = (value, value_offset),
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

#[cfg(test)]
mod tests;
