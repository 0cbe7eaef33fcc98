//! HTTP/1.1 in the clear (RFC 9112): some 5G cores speak their service based interfaces over it.
//!
//! ```text
//! PUT /nudm-uecm/v1/imsi-.../registrations/amf-3gpp-access HTTP/1.1     request line; or HTTP/1.1 201 Created
//! Content-Type: application/json                                       headers, a name in any case
//! Content-Length: 258                                                  or Transfer-Encoding: chunked
//!                                                                      a blank line
//! {...}                  body; chunks: size in hexadecimal | line end | octets | line end, the last of size 0
//! ```
//!
//! Called by `dissect` with octets of TCP streams. Calls nothing.
//!
//! **Handled:** request and status lines, headers, bodies by Content-Length and in chunks, trailers; blank lines before a
//! request, line ends without CR; framing on TCP, also from the middle of a stream on.
//! **Not handled:** bodies that end with the connection and answers to HEAD (the message ends with its headers), other
//! transfer codings, compressed bodies, folded header lines (stepped over), HTTP/1.0 and TLS.
//! **Limits**: [`MAX_HEAD`] and [`MAX_BODY`], [`MAX_HEADERS`] lines, [`MAX_CHUNKS`].

#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)]

mod body;
mod frame;
mod start;
#[cfg(test)]
mod tests;

pub use body::{Body, Chunks, MAX_BODY, MAX_CHUNKS};
pub use frame::{MAX_HEAD, frame};
pub use start::Start;

use super::DecodeError;
use crate::health::Layer;
use body::Length;

const LAYER: Layer = Layer::Http1;

/// Header lines that are looked at.
pub const MAX_HEADERS: usize = 256;

/// One message, borrowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Http1<'a> {
    /// Request or answer.
    pub start: Start<'a>,
    /// The header lines, without the blank line.
    pub head: &'a [u8],
    /// Where the body begins.
    pub body_at: usize,
    /// The body.
    pub body: Body<'a>,
    /// Its first defect.
    pub stop: Option<DecodeError>,
}

impl<'a> Http1<'a> {
    /// True where a start line stands at the head.
    pub fn probe(octets: &[u8]) -> bool {
        start::line(octets).is_some_and(|(line, _)| Start::parse(line).is_some())
    }

    /// Reads a message. An error only where no start line is at the head.
    pub fn parse(octets: &'a [u8]) -> Result<Self, DecodeError> {
        let none = || DecodeError::malformed(LAYER, 0, "no start line of a request or an answer");
        let (line, head_at) = start::line(octets).ok_or_else(none)?;
        let start = Start::parse(line).ok_or_else(none)?;
        let after = octets.get(head_at..).unwrap_or_default();
        let Some((end, body)) = end_of_head(after) else {
            // The last line may be cut.
            let end = memchr::memrchr(b'\n', after).map_or(0, |at| at.saturating_add(1));
            let stop = DecodeError::short(LAYER, head_at, octets.len().saturating_add(2), octets.len());
            let head = after.get(..end).unwrap_or_default();
            return Ok(Self { start, head, body_at: octets.len(), body: Body::Plain(&[]), stop: Some(stop) });
        };
        let head = after.get(..end).unwrap_or_default();
        let body_at = head_at.saturating_add(body);
        let rest = octets.get(body_at..).unwrap_or_default();
        let (body, stop) = match Length::of(&start, Headers(head)) {
            Ok(length) => body::cut(length, rest, body_at),
            Err(error) => (Body::Plain(rest), Some(error.at(head_at))),
        };
        Ok(Self { start, head, body_at, body, stop })
    }

    /// The header lines, in order: name and value.
    pub fn headers(&self) -> impl Iterator<Item = (&'a [u8], &'a [u8])> + use<'a> {
        Headers(self.head).take(MAX_HEADERS)
    }

    /// The value of the first header of a name.
    pub fn header(&self, name: &str) -> Option<&'a [u8]> {
        self.headers().find(|(own, _)| own.eq_ignore_ascii_case(name.as_bytes())).map(|(_, value)| value)
    }
}

/// Lines of headers. A line without a colon, and one that continues another, is stepped over.
#[derive(Debug, Clone, Copy)]
struct Headers<'a>(&'a [u8]);

impl<'a> Iterator for Headers<'a> {
    type Item = (&'a [u8], &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        while !self.0.is_empty() {
            let end = memchr::memchr(b'\n', self.0).map_or(self.0.len(), |at| at.saturating_add(1));
            let (line, rest) = self.0.split_at_checked(end)?;
            self.0 = rest;
            let Some(colon) = memchr::memchr(b':', line) else { continue };
            let (name, value) = line.split_at_checked(colon)?;
            if name.is_empty() || name.iter().any(|octet| octet.is_ascii_whitespace()) {
                continue;
            }
            return Some((name, value.get(1..).unwrap_or_default().trim_ascii()));
        }
        None
    }
}

/// Where the headers end and where the body begins: after the first empty line.
fn end_of_head(octets: &[u8]) -> Option<(usize, usize)> {
    let mut at = 0usize;
    loop {
        match octets.get(at..)? {
            [b'\r', b'\n', ..] => return Some((at, at.saturating_add(2))),
            [b'\n', ..] => return Some((at, at.saturating_add(1))),
            line => at = at.saturating_add(memchr::memchr(b'\n', line)?).saturating_add(1),
        }
    }
}
