//! Header compression: RFC 7541.
//!
//! A table of fields is kept on both sides; a field refers to it by index. Who begins to listen in the middle does not
//! know what is in it. As new fields come in front and move the others back, indices of fields that were added since
//! are right; those behind are fields of which nothing is known. Libraries for endpoints give up there; this one goes
//! on, which is why it is our own.

use super::statics::STATIC;
use super::{LAYER, huffman};
use crate::wire::DecodeError;
use std::collections::VecDeque;

/// The largest table that a sender may have here; the default is 4 096 (§4.2).
pub const MAX_TABLE: usize = 64 << 10;
const DEFAULT_TABLE: usize = 4096;
/// What an entry takes beside its octets (§4.1).
const ENTRY: usize = 32;
/// The longest name or value that is read.
const MAX_STRING: usize = 16 << 10;
/// Fields of one block that are read.
const MAX_FIELDS: usize = 1024;

/// A field of a header block; name or value may refer to what came before the capture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field<'a> {
    /// Its name, in lower case.
    pub name: Option<&'a [u8]>,
    /// Its value.
    pub value: Option<&'a [u8]>,
}

#[derive(Debug)]
struct Entry {
    name: Option<Box<[u8]>>,
    value: Box<[u8]>,
}

impl Entry {
    fn size(&self) -> usize {
        self.name.as_ref().map_or(0, |name| name.len()).saturating_add(self.value.len()).saturating_add(ENTRY)
    }
}

/// The table of one direction of a connection.
#[derive(Debug)]
pub struct Hpack {
    entries: VecDeque<Entry>,
    size: usize,
    most: usize,
    name: Vec<u8>,
    value: Vec<u8>,
}

impl Default for Hpack {
    fn default() -> Self {
        let (name, value) = (Vec::new(), Vec::new());
        Self { entries: VecDeque::new(), size: 0, most: DEFAULT_TABLE, name, value }
    }
}

impl Hpack {
    /// Octets that it holds, as the RFC counts them.
    pub fn size(&self) -> usize {
        self.size
    }

    /// Reads a header block, whole. What is read before a defect is given.
    pub fn decode(&mut self, block: &[u8], mut each: impl FnMut(Field<'_>)) -> Result<(), DecodeError> {
        let mut rest = block;
        for _ in 0..MAX_FIELDS {
            let Some(first) = rest.first().copied() else { return Ok(()) };
            let at = block.len().saturating_sub(rest.len());
            let wrong = |what| DecodeError::malformed(LAYER, at, what);
            rest = match first {
                0x80.. => self.indexed(rest, &mut each).map_err(wrong)?,
                0x40..=0x7f => self.literal(rest, 6, &mut each).map_err(wrong)?,
                0x20..=0x3f => self.resize(rest).map_err(wrong)?,
                // Without indexing, and never indexed.
                _ => self.literal(rest, 4, &mut each).map_err(wrong)?,
            };
        }
        Err(DecodeError::limit(LAYER, block.len().saturating_sub(rest.len()), "too many header fields"))
    }

    fn indexed<'b>(&self, octets: &'b [u8], each: &mut impl FnMut(Field<'_>)) -> Result<&'b [u8], &'static str> {
        let (index, rest) = integer(octets, 7)?;
        if index == 0 {
            return Err("header field of index 0");
        }
        each(self.field(index));
        Ok(rest)
    }

    /// The field of an index: static, of the table, or not known.
    fn field(&self, index: usize) -> Field<'_> {
        if let Some((name, value)) = index.checked_sub(1).and_then(|index| STATIC.get(index)) {
            return Field { name: Some(name), value: Some(value) };
        }
        let place = index.saturating_sub(STATIC.len().saturating_add(1));
        match self.entries.get(place) {
            Some(entry) => Field { name: entry.name.as_deref(), value: Some(&entry.value) },
            None => Field { name: None, value: None },
        }
    }

    fn literal<'b>(
        &mut self,
        octets: &'b [u8],
        prefix: u32,
        each: &mut impl FnMut(Field<'_>),
    ) -> Result<&'b [u8], &'static str> {
        let (index, mut rest) = integer(octets, prefix)?;
        let mut name = std::mem::take(&mut self.name);
        let mut value = std::mem::take(&mut self.value);
        name.clear();
        value.clear();
        let mut named = true;
        if index == 0 {
            rest = string(rest, &mut name)?;
        } else {
            match self.field(index).name {
                Some(known) => name.extend_from_slice(known),
                None => named = false,
            }
        }
        rest = string(rest, &mut value)?;
        each(Field { name: named.then_some(&name), value: Some(&value) });
        if prefix == 6 {
            let entry = Entry { name: named.then(|| name.as_slice().into()), value: value.as_slice().into() };
            self.insert(entry);
        }
        (self.name, self.value) = (name, value);
        Ok(rest)
    }

    fn resize<'b>(&mut self, octets: &'b [u8]) -> Result<&'b [u8], &'static str> {
        let (most, rest) = integer(octets, 5)?;
        if most > MAX_TABLE {
            return Err("header table larger than is read");
        }
        self.most = most;
        self.shrink(0);
        Ok(rest)
    }

    fn insert(&mut self, entry: Entry) {
        let size = entry.size();
        self.shrink(size);
        if size <= self.most {
            self.size = self.size.saturating_add(size);
            self.entries.push_front(entry);
        }
    }

    /// Drops the oldest entries until there is room.
    fn shrink(&mut self, room: usize) {
        while self.size.saturating_add(room) > self.most {
            let Some(oldest) = self.entries.pop_back() else { break };
            self.size = self.size.saturating_sub(oldest.size());
        }
    }
}

/// An integer whose first octet has `prefix` bits of it (§5.1).
fn integer(octets: &[u8], prefix: u32) -> Result<(usize, &[u8]), &'static str> {
    let short = "header block ends within a field";
    let (first, mut rest) = octets.split_first().ok_or(short)?;
    let full = 0xffu8.wrapping_shr(8u32.saturating_sub(prefix));
    let mut value = usize::from(first & full);
    if first & full != full {
        return Ok((value, rest));
    }
    for shift in [0u32, 7, 14, 21] {
        let (octet, after) = rest.split_first().ok_or(short)?;
        rest = after;
        value = value.saturating_add(usize::from(octet & 0x7f).wrapping_shl(shift));
        if octet & 0x80 == 0 {
            return Ok((value, rest));
        }
    }
    Err("header field with too long an integer")
}

/// A string, plain or coded (§5.2).
fn string<'b>(octets: &'b [u8], text: &mut Vec<u8>) -> Result<&'b [u8], &'static str> {
    let coded = octets.first().is_some_and(|first| first & 0x80 != 0);
    let (length, rest) = integer(octets, 7)?;
    let (own, rest) = rest.split_at_checked(length).ok_or("header block ends within a field")?;
    if coded {
        huffman::decode(own, MAX_STRING, text).ok_or("header field that is no Huffman code")?;
    } else if own.len() > MAX_STRING {
        return Err("header field too long to be read");
    } else {
        text.extend_from_slice(own);
    }
    Ok(rest)
}
