//! What the user adaptation layers share: header and parameters (RFC 4666 §3.1, §3.2; the same in RFC 3331, RFC 3868).

use crate::health::Layer;
use crate::wire::{DecodeError, DecodeErrorKind};

/// Octets of the common header.
pub(super) const HEADER_LEN: usize = 8;

/// Message classes and types of one layer: one list.
macro_rules! message_types {
    ($specification:literal; $($constant:ident = $class:literal, $kind:literal => $name:literal;)*) => {
        #[doc = concat!("Message class and type (", $specification, ").")]
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub struct MessageType {
            /// Message class.
            pub class: u8,
            /// Type within the class.
            pub kind: u8,
        }

        #[allow(missing_docs)]
        impl MessageType {
            $(pub const $constant: Self = Self { class: $class, kind: $kind };)*

            /// The name in the specification; `None` for one that it does not define.
            pub fn name(self) -> Option<&'static str> {
                match (self.class, self.kind) {
                    $(($class, $kind) => Some($name),)*
                    _ => None,
                }
            }
        }
    };
}
pub(super) use message_types;

/// What the common header says.
pub(super) struct Head<'a> {
    pub(super) class: u8,
    pub(super) kind: u8,
    pub(super) body: &'a [u8],
    pub(super) stop: Option<DecodeError>,
}

impl<'a> Head<'a> {
    /// Reads the common header. `version` is the text under which other versions are counted.
    pub(super) fn parse(octets: &'a [u8], layer: Layer, version: &'static str) -> Result<Self, DecodeError> {
        let Some((&[number, _, class, kind, l1, l2, l3, l4], _)) = octets.split_first_chunk::<HEADER_LEN>() else {
            return Err(DecodeError::short(layer, 0, HEADER_LEN, octets.len()));
        };
        if number != 1 {
            return Err(DecodeError::unsupported(layer, 0, version, u32::from(number)));
        }
        let (body, stop) = body(octets, u32::from_be_bytes([l1, l2, l3, l4]), layer);
        Ok(Self { class, kind, body, stop })
    }

    /// The parameters.
    pub(super) fn parameters(&self, layer: Layer) -> Parameters<'a> {
        Parameters::new(self.body, HEADER_LEN, layer)
    }
}

/// What the Message Length leaves as parameters. Padding may be counted or not (RFC 4666 §3.1.5 lets receivers accept
/// both).
fn body(octets: &[u8], length: u32, layer: Layer) -> (&[u8], Option<DecodeError>) {
    let length = usize::try_from(length).unwrap_or(usize::MAX);
    let available = octets.len();
    let all = octets.get(HEADER_LEN..).unwrap_or_default();
    if length < HEADER_LEN {
        let error = DecodeError::malformed(layer, 4, "message length shorter than the header");
        return (all, Some(error));
    }
    if length > available {
        // The padding of the last parameter may be counted without being there.
        let missing = length.saturating_sub(available);
        let error = (missing > 3).then(|| DecodeError::short(layer, 4, length, available));
        return (all, error);
    }
    let trailing = available.saturating_sub(length);
    let rest = octets.get(length..).unwrap_or_default();
    if trailing > 3 || rest.iter().any(|&octet| octet != 0) {
        let body = octets.get(HEADER_LEN..length).unwrap_or_default();
        let error = DecodeError { layer, offset: length, kind: DecodeErrorKind::TrailingData { octets: trailing } };
        return (body, Some(error));
    }
    (all, None)
}

/// One parameter (RFC 4666 §3.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parameter<'a> {
    /// Parameter Tag.
    pub tag: u16,
    /// Parameter Value, without padding.
    pub value: &'a [u8],
    /// Offset of the parameter in the message.
    pub offset: usize,
}

impl Parameter<'_> {
    /// The value as a number of 32 bits.
    pub fn word(&self) -> Option<u32> {
        self.value.first_chunk().copied().map(u32::from_be_bytes)
    }

    /// Offset of the value in the message.
    pub fn value_offset(&self) -> usize {
        self.offset.saturating_add(4)
    }
}

/// The parameters of a message, in order. One that is cut is yielded with what is there, then the defect.
#[derive(Debug, Clone, Copy)]
pub struct Parameters<'a> {
    rest: &'a [u8],
    offset: usize,
    layer: Layer,
    defect: Option<DecodeError>,
}

impl<'a> Parameters<'a> {
    /// The parameters in `octets`, which stand at `offset` of the message.
    pub(super) fn new(octets: &'a [u8], offset: usize, layer: Layer) -> Self {
        Self { rest: octets, offset, layer, defect: None }
    }
}

impl<'a> Iterator for Parameters<'a> {
    type Item = Result<Parameter<'a>, DecodeError>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(error) = self.defect.take() {
            return Some(Err(error));
        }
        let available = self.rest.len();
        let Some((&[t1, t2, l1, l2], value)) = self.rest.split_first_chunk::<4>() else {
            // Up to three octets are the padding of the last parameter.
            let padding = self.rest.iter().all(|&octet| octet == 0);
            self.rest = &[];
            return (!padding).then(|| Err(DecodeError::short(self.layer, self.offset, 4, available)));
        };
        let offset = self.offset;
        let length = usize::from(u16::from_be_bytes([l1, l2]));
        let Some(len) = length.checked_sub(4) else {
            self.rest = &[];
            let what = "parameter length shorter than its header";
            return Some(Err(DecodeError::malformed(self.layer, offset, what)));
        };
        let tag = u16::from_be_bytes([t1, t2]);
        let Some(whole) = value.get(..len) else {
            self.rest = &[];
            self.defect = Some(DecodeError::short(self.layer, offset, length, available));
            return Some(Ok(Parameter { tag, value, offset }));
        };
        let padded = len.next_multiple_of(4);
        self.rest = value.get(padded..).unwrap_or_default();
        self.offset = offset.saturating_add(4).saturating_add(padded);
        Some(Ok(Parameter { tag, value: whole, offset }))
    }
}

/// A message signal unit without its layer 2: service information octet and signalling information field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Msu<'a> {
    /// From the service information octet on.
    pub octets: &'a [u8],
    /// Offset in the message.
    pub offset: usize,
    /// Priority, where layer 2 carries it (JT-Q703).
    pub priority: Option<u8>,
}

impl<'a> Msu<'a> {
    /// The value of a parameter that holds nothing else.
    pub(super) fn plain(parameter: &Parameter<'a>) -> Self {
        Self { octets: parameter.value, offset: parameter.value_offset(), priority: None }
    }

    /// The value of a parameter that starts with the length indicator of JT-Q703, in whose spare bits the priority is.
    pub(super) fn with_length(parameter: &Parameter<'a>) -> Self {
        match parameter.value.split_first() {
            Some((length, octets)) => {
                let offset = parameter.value_offset().saturating_add(1);
                Self { octets, offset, priority: Some(length >> 6) }
            }
            None => Self::plain(parameter),
        }
    }

    /// Whether the first octet is the length indicator of what follows (Q.703 §2.3.3: 63 stands for all that is
    /// longer).
    pub(super) fn starts_with_length(value: &[u8]) -> bool {
        value.split_first().is_some_and(|(length, rest)| usize::from(length & 0x3f) == rest.len().min(63))
    }
}
