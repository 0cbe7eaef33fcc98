//! Messages in a TCP stream, RFC 6733 §2.1: no delimiter, only the length of each header.
//!
//! A stream in step asks little: the header must be possible. After a gap any octet may stand first, so there a command
//! of the dictionary and a possible first AVP must be found before the stream is believed to be in step again.

use super::commands::command;
use super::{Avp, Header};
use crate::wire::Framing;

/// The longest message that is believed on a stream. The length field allows 16 MiB; real messages are a few KiB.
pub const MAX_LENGTH: usize = 1 << 20;

enum Likeness {
    Message(usize),
    Perhaps,
    No,
}

/// The message at the head of a stream. With `resync`, octets before the next likely header are skipped.
pub fn frame(stream: &[u8], resync: bool) -> Framing {
    match likeness(stream, resync) {
        Likeness::Message(length) if length <= stream.len() => Framing::Message(length),
        Likeness::Message(_) | Likeness::Perhaps => Framing::NeedMore,
        Likeness::No if resync => Framing::Skip(next_start(stream)),
        Likeness::No => Framing::NotMine,
    }
}

/// The length of the message that starts here, where the header is possible. Its octets need not be there yet.
pub fn length_of(octets: &[u8]) -> Option<usize> {
    match likeness(octets, false) {
        Likeness::Message(length) => Some(length),
        Likeness::Perhaps | Likeness::No => None,
    }
}

fn next_start(stream: &[u8]) -> usize {
    memchr::memchr_iter(1, stream)
        .find(|&at| {
            let rest = stream.get(at..).unwrap_or_default();
            at > 0 && !matches!(likeness(rest, true), Likeness::No)
        })
        .unwrap_or(stream.len())
}

fn likeness(octets: &[u8], strict: bool) -> Likeness {
    let Ok(header) = Header::parse(octets) else {
        return short_likeness(octets);
    };
    let length = header.length as usize;
    if length > MAX_LENGTH || !length.is_multiple_of(4) || header.has_reserved_flags() {
        return Likeness::No;
    }
    let known = command(header.command, header.application).is_some();
    let likely = match first_avp(octets, length) {
        Some(possible) if strict => known && possible,
        Some(possible) => known || possible,
        None if strict => {
            return if known { Likeness::Perhaps } else { Likeness::No };
        }
        None if known => true,
        None => return Likeness::Perhaps,
    };
    if likely { Likeness::Message(length) } else { Likeness::No }
}

/// Whether the first AVP's header is possible; `None` while it has not come. A message without AVPs has none to fail.
fn first_avp(octets: &[u8], length: usize) -> Option<bool> {
    let room = length.saturating_sub(Header::LEN);
    if room == 0 {
        return Some(true);
    }
    let (head, _) = octets.get(Header::LEN..)?.split_first_chunk::<8>()?;
    let [c1, c2, c3, c4, flags, l1, l2, l3] = *head;
    let least = if flags & Avp::VENDOR == 0 { 8 } else { 12 };
    let avp_length = u32::from_be_bytes([0, l1, l2, l3]) as usize;
    Some(u32::from_be_bytes([c1, c2, c3, c4]) != 0 && flags & 0x1f == 0 && (least..=room).contains(&avp_length))
}

/// Fewer octets than a header, or a header that cannot be.
fn short_likeness(octets: &[u8]) -> Likeness {
    let possible = octets.len() < Header::LEN
        && octets.first().is_none_or(|&version| version == 1)
        && octets.get(1..4).is_none_or(|length| matches!(length, [high, _, low] if *high <= 0x10 && low % 4 == 0))
        && octets.get(4).is_none_or(|flags| flags & 0x0f == 0);
    if possible { Likeness::Perhaps } else { Likeness::No }
}
