//! HTTP/2 in the clear: frames (RFC 9113 §4, §6) and header compression (RFC 7541).
//!
//! ```text
//! frame   length (3) | type | flags | reserved (1 bit), stream (31 bits) | payload
//! HEADERS [pad length] | [priority (5)] | fragment | [padding]      DATA [pad length] | data | [padding]
//! ```
//!
//! Called by `dissect` with the frames of TCP streams. The header table of a connection is state across messages: it is
//! a [`Hpack`] that `session` holds. Calls nothing.
//!
//! **Handled:** the preface; all frame types by name; padding and priority; header blocks with a table of which the
//! beginning is not known, so that a capture that starts in the middle of a connection loses only what refers to it.
//! **Not handled:** server push (its frames are not taken for HTTP/2), TLS.

#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)]

mod frame;
mod hpack;
mod huffman;
mod statics;
#[cfg(test)]
mod tests;

pub use frame::frame;
pub use hpack::{Field, Hpack, MAX_TABLE};

use super::DecodeError;
use crate::health::Layer;

const LAYER: Layer = Layer::Http2;

/// What a client sends first (§3.4).
pub const PREFACE: &[u8; 24] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

macro_rules! frame_types {
    ($($constant:ident = $code:literal => $name:literal,)*) => {
        /// Type of a frame.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub struct FrameType(pub u8);

        impl FrameType {
            $(#[allow(missing_docs)] pub const $constant: Self = Self($code);)*

            /// The name in RFC 9113 §6.
            pub fn name(self) -> Option<&'static str> {
                match self.0 {
                    $($code => Some($name),)*
                    _ => None,
                }
            }
        }
    };
}

frame_types! {
    DATA = 0 => "DATA",
    HEADERS = 1 => "HEADERS",
    PRIORITY = 2 => "PRIORITY",
    RST_STREAM = 3 => "RST_STREAM",
    SETTINGS = 4 => "SETTINGS",
    PUSH_PROMISE = 5 => "PUSH_PROMISE",
    PING = 6 => "PING",
    GOAWAY = 7 => "GOAWAY",
    WINDOW_UPDATE = 8 => "WINDOW_UPDATE",
    CONTINUATION = 9 => "CONTINUATION",
}

/// What one PDU of a connection is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Http2<'a> {
    /// The client's connection begins.
    Preface,
    /// A frame.
    Frame(Frame<'a>),
}

/// One frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Frame<'a> {
    /// Its type.
    pub kind: FrameType,
    /// Its flags.
    pub flags: u8,
    /// The stream that it belongs to; 0 is the connection.
    pub stream: u32,
    /// Its payload without padding and priority.
    pub content: &'a [u8],
    /// Its first defect.
    pub stop: Option<DecodeError>,
}

impl Frame<'_> {
    /// Octets of a frame's header.
    pub const HEADER: usize = 9;
    const END_STREAM: u8 = 0x01;
    const END_HEADERS: u8 = 0x04;
    const PADDED: u8 = 0x08;
    const PRIORITY: u8 = 0x20;

    /// The sender's half of the stream ends with it.
    pub fn ends_stream(&self) -> bool {
        matches!(self.kind, FrameType::DATA | FrameType::HEADERS) && self.flags & Self::END_STREAM != 0
    }

    /// The header block ends with it.
    pub fn ends_headers(&self) -> bool {
        matches!(self.kind, FrameType::HEADERS | FrameType::CONTINUATION) && self.flags & Self::END_HEADERS != 0
    }
}

/// The length of a payload, and type, flags and stream.
type Header = (usize, FrameType, u8, u32);

fn header(octets: &[u8]) -> Option<Header> {
    let [l1, l2, l3, kind, flags, s1, s2, s3, s4] = *octets.first_chunk()?;
    let length = u32::from_be_bytes([0, l1, l2, l3]) as usize;
    Some((length, FrameType(kind), flags, u32::from_be_bytes([s1, s2, s3, s4])))
}

/// Reads the preface or one frame. An error only where not even the header of a frame is there.
pub fn parse(octets: &[u8]) -> Result<Http2<'_>, DecodeError> {
    if octets.starts_with(PREFACE) {
        return Ok(Http2::Preface);
    }
    let short = DecodeError::short(LAYER, 0, Frame::HEADER, octets.len());
    let (length, kind, flags, stream) = header(octets).ok_or(short)?;
    let payload = octets.get(Frame::HEADER..).unwrap_or_default();
    let mut stop = None;
    if payload.len() < length {
        stop = Some(DecodeError::short(LAYER, Frame::HEADER, length, payload.len()));
    }
    let payload = payload.get(..length).unwrap_or(payload);
    let padded = matches!(kind, FrameType::DATA | FrameType::HEADERS) && flags & Frame::PADDED != 0;
    let priority = kind == FrameType::HEADERS && flags & Frame::PRIORITY != 0;
    let content = content(payload, padded, priority).unwrap_or_else(|| {
        stop = stop.or(Some(DecodeError::malformed(LAYER, Frame::HEADER, "padding longer than the frame")));
        &[]
    });
    Ok(Http2::Frame(Frame { kind, flags, stream: stream & 0x7fff_ffff, content, stop }))
}

fn content(payload: &[u8], padded: bool, priority: bool) -> Option<&[u8]> {
    let (padding, rest) = match payload.split_first() {
        Some((length, rest)) if padded => (usize::from(*length), rest),
        _ if padded => return None,
        _ => (0, payload),
    };
    let rest = if priority { rest.get(5..)? } else { rest };
    rest.get(..rest.len().checked_sub(padding)?)
}
