//! The information elements of a layer 3 message: mandatory ones by their place, optional ones by their identifier
//! (TS 24.007 §11.2).

use crate::health::Layer;
use crate::wire::DecodeError;
use arrayvec::ArrayVec;

pub(super) const LAYER: Layer = Layer::Nas;

/// Mandatory elements that one message may have.
const MANDATORY: usize = 4;
/// Optional elements that are kept of one message; those beyond are stepped over.
const OPTIONAL: usize = 32;

/// The form of a mandatory element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// So many octets (V).
    V(usize),
    /// A length of one octet (LV).
    Lv,
    /// A length of two octets (LV-E).
    LvE,
}

/// A type, then an identity.
pub(super) const TYPE_AND_LV: &[Form] = &[Form::V(1), Form::Lv];

/// How the optional elements of a protocol are cut.
#[derive(Debug, Clone, Copy)]
pub(super) struct Coding {
    /// Octets of the value of an element without a length (TV), by the type of the message and its identifier; `None`
    /// where it has one.
    pub(super) fixed: fn(u8, u8) -> Option<usize>,
    /// The first identifier, up to `7f`, whose length has two octets (TLV-E).
    pub(super) extended_from: u8,
}

/// The elements of one message.
#[derive(Debug, Default)]
pub(super) struct Fields<'a> {
    mandatory: ArrayVec<&'a [u8], MANDATORY>,
    optional: ArrayVec<(u8, &'a [u8]), OPTIONAL>,
    /// The first defect.
    pub(super) stop: Option<DecodeError>,
}

impl<'a> Fields<'a> {
    /// Cuts the octets that follow the head of a message of type `code`; `head` octets stand before them.
    pub(super) fn of(code: u8, octets: &'a [u8], head: usize, forms: &[Form], coding: Coding) -> Self {
        let mut fields = Self::default();
        let mut reader = Reader { octets, rest: octets, head };
        fields.stop = fields.read(code, &mut reader, forms, coding).err();
        fields
    }

    fn read(&mut self, code: u8, reader: &mut Reader<'a>, forms: &[Form], coding: Coding) -> Result<(), DecodeError> {
        for form in forms {
            let length = match form {
                Form::V(length) => *length,
                Form::Lv => usize::from(reader.octet()?),
                Form::LvE => reader.number()?,
            };
            let value = reader.take(length)?;
            let _kept = self.mandatory.try_push(value);
        }
        while let Some(&iei) = reader.rest.first() {
            let (iei, value) = if iei & 0x80 != 0 {
                // Type 1 and 2: the identifier is the high half of the octet, the value its low half.
                (iei & 0xf0, reader.take(1)?)
            } else {
                reader.octet()?;
                let length = match (coding.fixed)(code, iei) {
                    Some(length) => length,
                    None if iei >= coding.extended_from => reader.number()?,
                    None => usize::from(reader.octet()?),
                };
                (iei, reader.take(length)?)
            };
            let _kept = self.optional.try_push((iei, value));
        }
        Ok(())
    }

    /// A mandatory element by its place.
    pub(super) fn mandatory(&self, place: usize) -> Option<&'a [u8]> {
        self.mandatory.get(place).copied()
    }

    /// The first octet of a mandatory element.
    pub(super) fn octet(&self, place: usize) -> Option<u8> {
        self.mandatory(place)?.first().copied()
    }

    /// The first optional element with an identifier; of type 1 by its high half.
    pub(super) fn optional(&self, iei: u8) -> Option<&'a [u8]> {
        self.optional.iter().find(|(theirs, _)| *theirs == iei).map(|(_, value)| *value)
    }
}

struct Reader<'a> {
    octets: &'a [u8],
    rest: &'a [u8],
    head: usize,
}

impl<'a> Reader<'a> {
    fn take(&mut self, length: usize) -> Result<&'a [u8], DecodeError> {
        let offset = self.octets.len().saturating_sub(self.rest.len()).saturating_add(self.head);
        let error = DecodeError::short(LAYER, offset, length, self.rest.len());
        let (taken, rest) = self.rest.split_at_checked(length).ok_or(error)?;
        self.rest = rest;
        Ok(taken)
    }

    fn octet(&mut self) -> Result<u8, DecodeError> {
        self.take(1).map(|taken| taken.first().copied().unwrap_or_default())
    }

    fn number(&mut self) -> Result<usize, DecodeError> {
        Ok(usize::from(u16::from_be_bytes([self.octet()?, self.octet()?])))
    }
}
