//! The frame that S1AP, NGAP and RANAP share: the PDU, its procedure, and the walk over its information elements.
//!
//! All fields of the frame start on octets (X.691 aligned variant). Lengths of open types are unconstrained (§11.9):
//! `0xxxxxxx`; `10xxxxxx xxxxxxxx`; or `11xxxxxx`, a fragment of so many times 16K octets, after which a further length
//! follows. Fragments are not put together: what lies in one is given, what crosses a border is stepped over.

use crate::health::Layer;
use crate::wire::DecodeError;

/// Octets of a fragment's unit.
const FRAGMENT: usize = 16 * 1024;

/// Which part of its procedure a message is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Outcome {
    Initiating,
    Successful,
    Unsuccessful,
    /// RANAP only: one of several answers.
    Outcome,
}

/// A PDU.
#[derive(Debug, Clone, Copy)]
pub struct Pdu<'a> {
    /// Which part of the procedure.
    pub outcome: Outcome,
    /// Procedure code.
    pub procedure: u8,
    message: Cursor<'a>,
}

/// An information element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Element<'a> {
    /// ProtocolIE-ID.
    pub id: u16,
    /// Its value: the octets of the open type.
    pub value: &'a [u8],
    /// Where the element starts in the PDU.
    pub offset: usize,
}

impl<'a> Pdu<'a> {
    /// Reads the head of a PDU.
    pub fn parse(layer: Layer, octets: &'a [u8]) -> Result<Self, DecodeError> {
        let Some((&[choice, procedure, _criticality], rest)) = octets.split_first_chunk::<3>() else {
            return Err(DecodeError::short(layer, 0, 3, octets.len()));
        };
        // A bit for the extension marker, two for the index; the criticality has two as well.
        let outcome = match (choice, layer) {
            (0x00, _) => Outcome::Initiating,
            (0x20, _) => Outcome::Successful,
            (0x40, _) => Outcome::Unsuccessful,
            (0x60, Layer::Ranap) => Outcome::Outcome,
            _ => return Err(DecodeError::unsupported(layer, 0, "kind of PDU", u32::from(choice))),
        };
        let mut message = Cursor { octets: rest, left: rest.len(), more: false, offset: 3 };
        let Some((left, more)) = message.length() else {
            return Err(DecodeError::malformed(layer, 3, "length of the message"));
        };
        (message.left, message.more) = (left, more);
        Ok(Self { outcome, procedure, message })
    }

    /// True where octets look like a PDU: a kind, a criticality, and a length that ends with them.
    pub fn probe(layer: Layer, octets: &'a [u8]) -> bool {
        octets.get(2).is_some_and(|criticality| matches!(criticality, 0x00 | 0x40 | 0x80))
            && Self::parse(layer, octets).is_ok_and(|Self { message, .. }| message.is_all())
    }

    /// Its information elements, in order; a defect is the last item, or stands for an element that is stepped over.
    pub fn elements(&self, layer: Layer) -> Elements<'a> {
        let mut cursor = self.message;
        // The extension marker, in RANAP the presence of protocolExtensions; then the number of elements.
        let head = (cursor.octet(), cursor.number());
        let (extensions, left, defect) = match head {
            (Some(preamble), Some(number)) => (layer == Layer::Ranap && preamble & 0x40 != 0, u32::from(number), None),
            _ => (false, 0, Some(DecodeError::short(layer, cursor.offset, 1, 0))),
        };
        Elements { cursor, left, extensions, layer, defect }
    }
}

/// The information elements of a message.
#[derive(Debug, Clone)]
pub struct Elements<'a> {
    cursor: Cursor<'a>,
    left: u32,
    /// A list of protocolExtensions follows.
    extensions: bool,
    layer: Layer,
    defect: Option<DecodeError>,
}

impl<'a> Elements<'a> {
    /// The items of a list of single containers (`SEQUENCE (SIZE (1..256)) OF ProtocolIE-SingleContainer`), which is
    /// the value of an element.
    pub fn of_list(layer: Layer, list: &Element<'a>) -> Self {
        let Element { value, offset, .. } = *list;
        let mut cursor = Cursor { octets: value, left: value.len(), more: false, offset };
        // The number, less one, in eight bits (X.691 §11.5.7.2).
        let left = cursor.octet().map_or(0, |less| u32::from(less).saturating_add(1));
        let defect = (left == 0).then(|| DecodeError::short(layer, offset, 1, 0));
        Self { cursor, left, extensions: false, layer, defect }
    }

    /// The next element; `None` where not even its head is there.
    fn element(&mut self) -> Option<Result<Element<'a>, DecodeError>> {
        let (offset, layer) = (self.cursor.offset, self.layer);
        let (id, _criticality) = self.cursor.number().zip(self.cursor.octet())?;
        let length = self.cursor.length();
        let value = length.map_or(Taken::Cut, |(length, more)| self.cursor.open_type(length, more));
        Some(match value {
            Taken::Whole(value) => Ok(Element { id, value, offset }),
            Taken::Split => {
                Err(DecodeError::unsupported(layer, offset, "information element in fragments", u32::from(id)))
            }
            Taken::Cut => {
                (self.left, self.extensions) = (0, false);
                let needed = length.map_or(1, |(length, _)| length);
                Err(DecodeError::short(layer, offset, needed, self.cursor.octets.len()))
            }
        })
    }
}

impl<'a> Iterator for Elements<'a> {
    type Item = Result<Element<'a>, DecodeError>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(defect) = self.defect.take() {
            return Some(Err(defect));
        }
        if self.left == 0 && self.extensions {
            self.extensions = false;
            // SIZE (1..65535): the number less one.
            self.left = self.cursor.number().map_or(1, |less| u32::from(less).saturating_add(1));
        }
        self.left = self.left.checked_sub(1)?;
        self.element().or_else(|| {
            (self.left, self.extensions) = (0, false);
            Some(Err(DecodeError::short(self.layer, self.cursor.offset, 4, self.cursor.octets.len())))
        })
    }
}

/// What came of taking octets.
enum Taken<'a> {
    Whole(&'a [u8]),
    /// They were there, in several fragments.
    Split,
    /// They were not all there.
    Cut,
}

/// A position in an open type, which may lie in fragments.
#[derive(Debug, Clone, Copy)]
struct Cursor<'a> {
    /// From here on; they may end before the fragment does.
    octets: &'a [u8],
    /// What is left of this fragment.
    left: usize,
    /// After this fragment comes a length and another one.
    more: bool,
    /// Where it stands in the PDU.
    offset: usize,
}

impl<'a> Cursor<'a> {
    /// All octets that are there are of this open type, and it has no others.
    fn is_all(&self) -> bool {
        !self.more && self.left == self.octets.len()
    }

    fn advance(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.octets.split_at_checked(count)?;
        self.octets = rest;
        self.left = self.left.checked_sub(count)?;
        self.offset = self.offset.saturating_add(count);
        Some(taken)
    }

    /// Goes into the next fragment where this one is used up; none where there is no more.
    fn refill(&mut self) -> Option<()> {
        while self.left == 0 {
            if !self.more {
                return None;
            }
            self.left = self.octets.len().min(2);
            self.more = false;
            (self.left, self.more) = self.length()?;
        }
        Some(())
    }

    fn octet(&mut self) -> Option<u8> {
        self.refill()?;
        self.advance(1)?.first().copied()
    }

    fn number(&mut self) -> Option<u16> {
        Some(u16::from_be_bytes([self.octet()?, self.octet()?]))
    }

    /// A length (§11.9), and whether a further one follows after so many octets.
    fn length(&mut self) -> Option<(usize, bool)> {
        let first = self.octet()?;
        match first >> 6 {
            0 | 1 => Some((usize::from(first), false)),
            2 => Some((usize::from(u16::from_be_bytes([first & 0x3f, self.octet()?])), false)),
            _ => {
                let units = usize::from(first & 0x3f);
                (1..=4).contains(&units).then_some((units.saturating_mul(FRAGMENT), true))
            }
        }
    }

    /// The octets of an open type whose first length was read.
    fn open_type(&mut self, length: usize, more: bool) -> Taken<'a> {
        let first = self.take(length);
        if !more || matches!(first, Taken::Cut) {
            return first;
        }
        loop {
            let Some((length, more)) = self.length() else { return Taken::Cut };
            match self.take(length) {
                Taken::Cut => return Taken::Cut,
                _ if !more => return Taken::Split,
                _ => {}
            }
        }
    }

    fn take(&mut self, count: usize) -> Taken<'a> {
        if count <= self.left {
            return self.advance(count).map_or(Taken::Cut, Taken::Whole);
        }
        let mut wanted = count;
        while wanted > 0 {
            if self.refill().is_none() {
                return Taken::Cut;
            }
            let part = wanted.min(self.left);
            if self.advance(part).is_none() {
                return Taken::Cut;
            }
            wanted = wanted.saturating_sub(part);
        }
        Taken::Split
    }
}
