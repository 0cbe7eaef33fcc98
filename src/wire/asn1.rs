//! BER: walking tag, length, value (ITU-T X.690 (2021), clause 8.1).
//!
//! ```text
//!  identifier octets                        length octets                    contents
//! +-------+---+-----------+                +---------------------------+    +------------+
//! | class |P/C|  number   | [more number]  | 0nnnnnnn short form       |    | n octets,  |
//! | 8   7 | 6 | 5 4 3 2 1 |                | 1kkkkkkk k octets follow  |    | or up to   |
//! +-------+---+-----------+                | 10000000 indefinite       |    | 00 00      |
//!                                          +---------------------------+    +------------+
//! ```
//!
//! Called by the TCAP, MAP and CAP decoders. Calls nothing.
//!
//! An element that is cut short is still of use when it is constructed: [`Elements`] yields it with the contents that
//! are there and the defect after it. A primitive one that is cut is not yielded, since half an identity is a wrong
//! identity.
//!
//! **Handled:** definite and indefinite lengths, multi-octet tags up to 32 bits, long lengths up to 32 bits.
//! **Not handled:** joining constructed (segmented) strings; DER and CER restrictions are not checked.
//!
//! Limits: [`MAX_DEPTH`] nested indefinite lengths.

use super::DecodeError;
use crate::health::Layer;

/// How deep elements of indefinite length may lie in each other.
pub const MAX_DEPTH: usize = 64;

/// The class of a tag (Table 1/X.690).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Class {
    Universal,
    Application,
    Context,
    Private,
}

/// Universal tag numbers that the protocols here use (Table 1/X.680).
#[allow(missing_docs)]
pub mod universal {
    pub const BOOLEAN: u32 = 1;
    pub const INTEGER: u32 = 2;
    pub const OCTET_STRING: u32 = 4;
    pub const NULL: u32 = 5;
    pub const OBJECT_IDENTIFIER: u32 = 6;
    pub const EXTERNAL: u32 = 8;
    pub const ENUMERATED: u32 = 10;
    pub const SEQUENCE: u32 = 16;
}

/// One element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Element<'a> {
    /// Class of its tag.
    pub class: Class,
    /// True when its contents are elements.
    pub constructed: bool,
    /// Number of its tag.
    pub number: u32,
    /// The contents octets, without the end-of-contents octets of an indefinite length.
    pub content: &'a [u8],
    /// Offset of the identifier octet from the start of the octets that the layer was given.
    pub offset: usize,
    /// All octets of the element.
    pub raw: &'a [u8],
    header: u8,
    layer: Layer,
}

impl<'a> Element<'a> {
    /// Class and number together, for `match`.
    #[inline]
    pub fn tag(&self) -> (Class, u32) {
        (self.class, self.number)
    }

    /// Offset of the contents octets.
    #[inline]
    pub fn content_offset(&self) -> usize {
        self.offset.saturating_add(usize::from(self.header))
    }

    /// The elements in the contents. For a primitive element these are encapsulated ones, as in an
    /// `OCTET STRING (CONTAINING ...)`.
    #[inline]
    pub fn children(&self) -> Elements<'a> {
        Elements::at(self.content, self.content_offset(), self.layer)
    }

    /// The value of an INTEGER or ENUMERATED (clauses 8.3, 8.4) of at most eight octets.
    #[inline]
    pub fn integer(&self) -> Result<i64, DecodeError> {
        let Some((first, rest)) = self.content.split_first() else {
            return Err(self.malformed("integer without octets"));
        };
        if rest.len() > 7 {
            return Err(DecodeError::limit(self.layer, self.offset, "integer of more than 64 bits"));
        }
        let sign = i64::from(i8::from_be_bytes([*first]));
        Ok(rest.iter().fold(sign, |value, octet| (value << 8) | i64::from(*octet)))
    }

    /// The value of an INTEGER that its type does not let be negative. Some equipment leaves out the zero octet before
    /// a first octet above 0x7f; it is meant as a positive number all the same.
    #[inline]
    pub fn unsigned(&self) -> Result<u64, DecodeError> {
        let value = self.integer()?;
        let bits = (self.content.len() as u32).saturating_mul(8);
        let mask = u64::MAX.checked_shr(64u32.saturating_sub(bits));
        Ok(value.cast_unsigned() & mask.unwrap_or(0))
    }

    /// A defect of this element.
    #[inline]
    pub fn malformed(&self, what: &'static str) -> DecodeError {
        DecodeError::malformed(self.layer, self.offset, what)
    }
}

/// The elements in a run of octets, in order.
///
/// After the first defect in the framing nothing follows: what lies behind it cannot be told.
#[derive(Debug, Clone, Copy)]
pub struct Elements<'a> {
    rest: &'a [u8],
    offset: usize,
    layer: Layer,
    defect: Option<DecodeError>,
}

impl<'a> Elements<'a> {
    /// Over the octets that a layer was given.
    #[inline]
    pub fn new(octets: &'a [u8], layer: Layer) -> Self {
        Self::at(octets, 0, layer)
    }

    /// Over octets that start at `offset` of those that the layer was given.
    #[inline]
    pub fn at(octets: &'a [u8], offset: usize, layer: Layer) -> Self {
        Self { rest: octets, offset, layer, defect: None }
    }

    /// The octets that were not walked yet.
    pub fn rest(&self) -> &'a [u8] {
        self.rest
    }

    /// Offset of the next element.
    pub fn offset(&self) -> usize {
        self.offset
    }

    fn fail(&mut self, error: DecodeError) -> Option<Result<Element<'a>, DecodeError>> {
        self.rest = &[];
        Some(Err(error))
    }

    fn take(&mut self, header: &Header, len: usize, end: usize) -> Option<Element<'a>> {
        let (raw, after) = self.rest.split_at_checked(end)?;
        let first = usize::from(header.octets);
        let element = Element {
            class: header.class,
            constructed: header.constructed,
            number: header.number,
            content: raw.get(first..first.saturating_add(len))?,
            offset: self.offset,
            raw,
            header: header.octets,
            layer: self.layer,
        };
        self.rest = after;
        self.offset = self.offset.saturating_add(end);
        Some(element)
    }

    /// A constructed element whose end is missing: what is there of it, then the defect.
    fn take_cut(&mut self, header: &Header, error: DecodeError) -> Option<Result<Element<'a>, DecodeError>> {
        let all = self.rest.len();
        let len = all.saturating_sub(usize::from(header.octets));
        match header.constructed.then(|| self.take(header, len, all)) {
            Some(Some(element)) => {
                self.defect = Some(error);
                Some(Ok(element))
            }
            _ => self.fail(error),
        }
    }

    /// What is not an element in the short form: longer headers, indefinite lengths, the end, and defects.
    #[cold]
    fn next_long(&mut self) -> Option<Result<Element<'a>, DecodeError>> {
        if let Some(error) = self.defect.take() {
            return Some(Err(error));
        }
        if self.rest.is_empty() {
            return None;
        }
        let header = match Header::parse(self.rest, self.layer) {
            Ok(header) => header,
            Err(error) => return self.fail(error.at(self.offset)),
        };
        let octets = usize::from(header.octets);
        if let Some(len) = header.len {
            let end = octets.saturating_add(len);
            return match self.take(&header, len, end) {
                Some(element) => Some(Ok(element)),
                None => {
                    let error = DecodeError::short(self.layer, self.offset, end, self.rest.len());
                    self.take_cut(&header, error)
                }
            };
        }
        if !header.constructed {
            let what = "indefinite length of a primitive element";
            return self.fail(DecodeError::malformed(self.layer, self.offset, what));
        }
        let contents = self.rest.get(octets..).unwrap_or_default();
        match end_of_contents(contents, self.layer) {
            Ok(len) => {
                let end = octets.saturating_add(len).saturating_add(2);
                self.take(&header, len, end).map(Ok)
            }
            Err(error) => {
                let error = error.at(self.offset.saturating_add(octets));
                self.take_cut(&header, error)
            }
        }
    }
}

impl<'a> Iterator for Elements<'a> {
    type Item = Result<Element<'a>, DecodeError>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        // Nearly all elements: one identifier octet, or two for numbers from 31 to 127, and one length octet.
        let (identifier, number, header, len, body) = match self.rest {
            [identifier, len @ 0..=0x7f, body @ ..] if identifier & 0x1f != 0x1f && *identifier != 0 => {
                (*identifier, identifier & 0x1f, 2u8, *len, body)
            }
            [identifier, number @ 0..=0x7f, len @ 0..=0x7f, body @ ..] if identifier & 0x1f == 0x1f => {
                (*identifier, *number, 3u8, *len, body)
            }
            _ => return self.next_long(),
        };
        let Some((content, after)) = body.split_at_checked(usize::from(len)) else {
            return self.next_long();
        };
        let end = usize::from(header).wrapping_add(content.len());
        let element = Element {
            class: class(identifier),
            constructed: identifier & 0x20 != 0,
            number: u32::from(number),
            content,
            offset: self.offset,
            raw: self.rest.get(..end).unwrap_or(content),
            header,
            layer: self.layer,
        };
        self.rest = after;
        self.offset = self.offset.wrapping_add(end);
        Some(Ok(element))
    }
}

/// Identifier and length octets.
struct Header {
    class: Class,
    constructed: bool,
    number: u32,
    /// `None` for the indefinite form.
    len: Option<usize>,
    octets: u8,
}

#[inline]
fn class(identifier: u8) -> Class {
    match identifier >> 6 {
        0 => Class::Universal,
        1 => Class::Application,
        2 => Class::Context,
        _ => Class::Private,
    }
}

impl Header {
    fn parse(octets: &[u8], layer: Layer) -> Result<Self, DecodeError> {
        let all = octets.len();
        let short = |needed: usize| DecodeError::short(layer, 0, needed, all);
        let mut rest = octets.iter().copied();
        let mut used = 0u8;
        let mut next = || {
            used = used.wrapping_add(1);
            rest.next().ok_or(short(usize::from(used)))
        };
        let identifier = next()?;
        let mut header = Self {
            class: class(identifier),
            constructed: identifier & 0x20 != 0,
            number: u32::from(identifier & 0x1f),
            len: None,
            octets: 0,
        };
        if header.number == 0x1f {
            // Clause 8.1.2.4: seven bits an octet, the last one has bit 8 zero.
            header.number = 0;
            loop {
                let octet = next()?;
                if header.number >> 25 != 0 {
                    let what = "tag number of more than 32 bits";
                    return Err(DecodeError::limit(layer, 0, what));
                }
                header.number = (header.number << 7) | u32::from(octet & 0x7f);
                if octet & 0x80 == 0 {
                    break;
                }
            }
        }
        header.len = match next()? {
            len @ 0..=0x7f => Some(usize::from(len)),
            0x80 => None,
            0xff => return Err(DecodeError::malformed(layer, 0, "reserved length octet")),
            long => {
                let mut len = 0u32;
                for _ in 0..long & 0x7f {
                    let octet = next()?;
                    if len >> 24 != 0 {
                        let what = "length of more than 32 bits";
                        return Err(DecodeError::limit(layer, 0, what));
                    }
                    len = (len << 8) | u32::from(octet);
                }
                Some(usize::try_from(len).unwrap_or(usize::MAX))
            }
        };
        header.octets = used;
        if identifier == 0 {
            let what = "end-of-contents octets outside an indefinite length";
            return Err(DecodeError::malformed(layer, 0, what));
        }
        Ok(header)
    }
}

/// The length of the contents of an indefinite length (clause 8.1.5): up to the end-of-contents octets that are not
/// those of an element within.
fn end_of_contents(octets: &[u8], layer: Layer) -> Result<usize, DecodeError> {
    let mut depth = 1usize;
    let mut at = 0usize;
    loop {
        let rest = octets.get(at..).unwrap_or_default();
        if let [0, 0, ..] = rest {
            depth = depth.saturating_sub(1);
            if depth == 0 {
                return Ok(at);
            }
            at = at.saturating_add(2);
            continue;
        }
        if rest.is_empty() {
            let needed = octets.len().saturating_add(2);
            return Err(DecodeError::short(layer, at, needed, octets.len()));
        }
        let header = Header::parse(rest, layer).map_err(|error| error.at(at))?;
        let start = at;
        at = at.saturating_add(usize::from(header.octets));
        match header.len {
            Some(len) => {
                at = at.saturating_add(len);
                if at > octets.len() {
                    return Err(DecodeError::short(layer, start, at, octets.len()));
                }
            }
            None => {
                depth = depth.saturating_add(1);
                if depth > MAX_DEPTH {
                    let what = "indefinite lengths nested too deep";
                    return Err(DecodeError::limit(layer, at, what));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests;
