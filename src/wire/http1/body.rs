//! How long a body is, and its chunks: RFC 9112 §6.3, §7.1.

use super::{Headers, LAYER, MAX_HEADERS, Start, end_of_head};
use crate::wire::DecodeError;

/// The longest body that is believed.
pub const MAX_BODY: usize = 1 << 20;
/// Chunks of one body that are looked at.
pub const MAX_CHUNKS: usize = 4096;
/// The longest line of a chunk's size.
const MAX_SIZE_LINE: usize = 256;

/// A body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Body<'a> {
    /// In one piece.
    Plain(&'a [u8]),
    /// In chunks, with their sizes and the trailer.
    Chunked(&'a [u8]),
}

impl<'a> Body<'a> {
    /// Its pieces, without what is around them. The last one may be cut.
    pub fn pieces(self) -> impl Iterator<Item = &'a [u8]> + use<'a> {
        let (plain, chunked): (&[u8], &[u8]) = match self {
            Self::Plain(octets) => (octets, &[]),
            Self::Chunked(octets) => (&[], octets),
        };
        let chunks = Chunks::new(chunked).map_while(|chunk| match chunk {
            Chunk::Data(data) | Chunk::Cut(data, _) => Some(data),
            Chunk::End(_) | Chunk::Broken(_) => None,
        });
        std::iter::once(plain).chain(chunks).filter(|piece| !piece.is_empty())
    }
}

/// How a body is delimited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Length {
    Known(usize),
    Chunked,
}

impl Length {
    pub(super) fn of(start: &Start<'_>, headers: Headers<'_>) -> Result<Self, DecodeError> {
        if matches!(start, Start::Answer { status: 100..=199 | 204 | 304 }) {
            return Ok(Self::Known(0));
        }
        let mut length = None;
        for (name, value) in headers.take(MAX_HEADERS) {
            if name.eq_ignore_ascii_case(b"transfer-encoding") {
                return match value.eq_ignore_ascii_case(b"chunked") {
                    true => Ok(Self::Chunked),
                    false => Err(DecodeError::unsupported(LAYER, 0, "transfer coding", 0)),
                };
            }
            if name.eq_ignore_ascii_case(b"content-length") {
                let own = number(value, 10).ok_or(DecodeError::malformed(LAYER, 0, "Content-Length is no number"))?;
                if length.is_some_and(|length| length != own) {
                    return Err(DecodeError::malformed(LAYER, 0, "two values of Content-Length"));
                }
                if own > MAX_BODY {
                    return Err(DecodeError::limit(LAYER, 0, "body longer than is read"));
                }
                length = Some(own);
            }
        }
        Ok(Self::Known(length.unwrap_or(0)))
    }
}

fn number(text: &[u8], radix: u32) -> Option<usize> {
    if text.is_empty() || text.len() > 16 {
        return None;
    }
    text.iter().try_fold(0usize, |value, digit| {
        let digit = char::from(*digit).to_digit(radix)?;
        value.checked_mul(radix as usize)?.checked_add(digit as usize)
    })
}

/// The body at the head of the octets, which stand at an offset of the message.
pub(super) fn cut(length: Length, octets: &[u8], at: usize) -> (Body<'_>, Option<DecodeError>) {
    match length {
        Length::Known(length) => match octets.get(..length) {
            Some(body) => (Body::Plain(body), None),
            None => (Body::Plain(octets), Some(DecodeError::short(LAYER, at, length, octets.len()))),
        },
        Length::Chunked => match chunked(octets) {
            Ok(end) => (Body::Chunked(octets.get(..end).unwrap_or(octets)), None),
            Err(error) => (Body::Chunked(octets), Some(error.at(at))),
        },
    }
}

/// Octets of a body in chunks, with its trailer.
pub(super) fn chunked(octets: &[u8]) -> Result<usize, DecodeError> {
    let mut total = 0usize;
    for chunk in Chunks::new(octets).take(MAX_CHUNKS) {
        match chunk {
            Chunk::Data(data) => total = total.saturating_add(data.len()),
            Chunk::End(end) => return Ok(end),
            Chunk::Cut(_, error) | Chunk::Broken(error) => return Err(error),
        }
        if total > MAX_BODY {
            break;
        }
    }
    Err(DecodeError::limit(LAYER, 0, "body longer than is read"))
}

/// The chunks of a body.
#[derive(Debug, Clone)]
pub struct Chunks<'a> {
    octets: &'a [u8],
    at: usize,
    left: usize,
}

/// One of them, or how they end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chunk<'a> {
    /// A whole one.
    Data(&'a [u8]),
    /// The first octets of one.
    Cut(&'a [u8], DecodeError),
    /// The last one and the trailer were met; the body has so many octets.
    End(usize),
    /// No chunk.
    Broken(DecodeError),
}

impl<'a> Chunks<'a> {
    /// Walks over a body.
    pub fn new(octets: &'a [u8]) -> Self {
        Self { octets, at: 0, left: MAX_CHUNKS.saturating_add(1) }
    }

    fn short(&self) -> DecodeError {
        DecodeError::short(LAYER, self.at, self.octets.len().saturating_add(1), self.octets.len())
    }

    fn chunk(&mut self) -> Chunk<'a> {
        let rest = self.octets.get(self.at..).unwrap_or_default();
        let broken = Chunk::Broken(DecodeError::malformed(LAYER, self.at, "chunk without a size"));
        let Some(end) = memchr::memchr(b'\n', rest.get(..rest.len().min(MAX_SIZE_LINE)).unwrap_or_default()) else {
            return if rest.len() < MAX_SIZE_LINE { Chunk::Broken(self.short()) } else { broken };
        };
        let line = rest.get(..end).unwrap_or_default();
        let size = line.split(|octet| *octet == b';').next().unwrap_or_default().trim_ascii();
        let Some(size) = number(size, 16) else { return broken };
        let data_at = self.at.saturating_add(end).saturating_add(1);
        let after = self.octets.get(data_at..).unwrap_or_default();
        if size == 0 {
            return match end_of_head(after) {
                Some((_, trailer)) => Chunk::End(data_at.saturating_add(trailer)),
                None => Chunk::Broken(self.short()),
            };
        }
        if size > MAX_BODY {
            return Chunk::Broken(DecodeError::limit(LAYER, self.at, "body longer than is read"));
        }
        let Some(data) = after.get(..size) else { return Chunk::Cut(after, self.short()) };
        let next = data_at.saturating_add(size);
        self.at = match self.octets.get(next..) {
            Some([b'\r', b'\n', ..]) => next.saturating_add(2),
            Some([b'\n', ..]) => next.saturating_add(1),
            Some([] | [b'\r']) | None => return Chunk::Cut(data, self.short()),
            Some(_) => return Chunk::Cut(data, DecodeError::malformed(LAYER, next, "chunk longer than its size")),
        };
        Chunk::Data(data)
    }
}

impl<'a> Iterator for Chunks<'a> {
    type Item = Chunk<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        self.left = self.left.checked_sub(1)?;
        let chunk = self.chunk();
        if !matches!(chunk, Chunk::Data(_)) {
            self.left = 0;
        }
        Some(chunk)
    }
}
