//! Frames in a TCP stream.
//!
//! A frame has no mark. What its type allows of length, flags and stream tells it well enough on a stream in step. After
//! a gap, and where a capture begins in the middle, that is too little (a vendor's number in an AVP of Diameter is a long
//! DATA frame as well): there the frame must be whole, of a client's stream, and end with what is there or before
//! another possible one.

use super::{Frame, FrameType, PREFACE, header};
use crate::wire::Framing;

/// The longest frame that is believed. The default is 16 384; services ask for no more than this.
const MAX_LENGTH: usize = 0xffff;
/// The highest stream that is believed where a frame is searched.
const MAX_STREAM: u32 = 0x00ff_ffff;

/// The frame at the head of a stream. With `resync`, octets before the next likely frame are skipped.
pub fn frame(stream: &[u8], resync: bool) -> Framing {
    if stream.starts_with(PREFACE) {
        return Framing::Message(PREFACE.len());
    }
    if PREFACE.starts_with(stream) {
        return Framing::NeedMore;
    }
    if resync {
        return match likely(stream) {
            true => whole(stream),
            false => {
                let rest = stream.get(1..).unwrap_or_default();
                let mut places = memchr::memchr2_iter(0, b'P', rest).map(|at| at.saturating_add(1));
                let next = places.find(|at| stream.get(*at..).is_some_and(likely));
                Framing::Skip(next.unwrap_or(stream.len()))
            }
        };
    }
    match possible(stream) {
        Some(true) => whole(stream),
        Some(false) => Framing::NotMine,
        None if stream.first() == Some(&0) => Framing::NeedMore,
        None => Framing::NotMine,
    }
}

fn whole(stream: &[u8]) -> Framing {
    if stream.starts_with(PREFACE) {
        return Framing::Message(PREFACE.len());
    }
    let Some((length, ..)) = header(stream) else { return Framing::NeedMore };
    let length = length.saturating_add(Frame::HEADER);
    if length <= stream.len() { Framing::Message(length) } else { Framing::NeedMore }
}

/// Whether a frame may start here; `None` while its header has not come.
fn possible(octets: &[u8]) -> Option<bool> {
    let (length, kind, flags, stream) = header(octets)?;
    // Length, flags and stream that each type allows (RFC 9113 §6).
    let (right_length, allowed, of_connection) = match kind {
        FrameType::DATA => (true, 0x09, false),
        FrameType::HEADERS => (length > 0, 0x2d, false),
        FrameType::PRIORITY => (length == 5, 0, false),
        FrameType::RST_STREAM => (length == 4, 0, false),
        FrameType::SETTINGS => (length % 6 == 0 && (flags == 0 || length == 0), 0x01, true),
        FrameType::PING => (length == 8, 0x01, true),
        FrameType::GOAWAY => (length >= 8, 0, true),
        FrameType::WINDOW_UPDATE => (length == 4, 0, stream == 0),
        FrameType::CONTINUATION => (true, 0x04, false),
        _ => return Some(false),
    };
    let right_stream = (stream == 0) == of_connection && stream & 0x8000_0000 == 0;
    Some(length <= MAX_LENGTH && right_length && flags & !allowed == 0 && right_stream)
}

/// A whole frame starts here, and ends where the octets end or where another one may start.
fn likely(octets: &[u8]) -> bool {
    if octets.starts_with(PREFACE) {
        return true;
    }
    let Some((length, kind, _, stream)) = header(octets) else { return false };
    // What services say in data is JSON or a multipart body; zeros of other protocols are empty data.
    let says = octets.get(Frame::HEADER).is_some_and(|first| matches!(first, b'{' | b'[' | b'-'));
    if kind == FrameType::DATA && !says {
        return false;
    }
    // Clients choose odd numbers (RFC 9113 §5.1.1), and servers push nothing here.
    let of_client = stream == 0 || (stream & 1 == 1 && stream <= MAX_STREAM);
    if possible(octets) != Some(true) || !of_client {
        return false;
    }
    let behind = octets.get(length.saturating_add(Frame::HEADER)..);
    behind.is_some_and(|behind| behind.is_empty() || possible(behind) == Some(true))
}
