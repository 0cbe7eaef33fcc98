//! Messages of the IPA multiplex in a TCP stream.
//!
//! Connections of the port of GSUP are taken as IPA; elsewhere, and after a gap, a GSUP message with its subscriber or a
//! message of connection management must be found.

use super::{EXTENSION_GSUP, STREAM_EXTENDED, STREAM_MANAGEMENT, message};
use crate::wire::Framing;

/// The port of GSUP.
pub const PORT: u16 = 4222;

/// Element of the IMSI, which every message has first, and lengths that it can have.
const IMSI: u8 = 0x01;
const IMSI_LENGTHS: std::ops::RangeInclusive<u8> = 3..=8;
/// Kinds of connection management messages.
const MANAGEMENT_KINDS: std::ops::RangeInclusive<u8> = 0..=8;
/// Octets from which on a header tells itself.
const TELLING: usize = 7;

/// The message at the head of a stream. `own` tells that the stream is IPA by its port.
pub fn frame(stream: &[u8], own: bool, resync: bool) -> Framing {
    match start(stream, own && !resync) {
        Framing::NotMine if own && resync => {
            let next = (1..stream.len()).find(|at| {
                let rest = stream.get(*at..).unwrap_or_default();
                rest.len() >= TELLING && start(rest, false) != Framing::NotMine
            });
            Framing::Skip(next.unwrap_or(stream.len()))
        }
        framing => framing,
    }
}

fn start(stream: &[u8], trusted: bool) -> Framing {
    let Some(([l1, l2, kind], rest)) = stream.split_first_chunk::<3>() else {
        return if trusted { Framing::NeedMore } else { Framing::NotMine };
    };
    let length = usize::from(u16::from_be_bytes([*l1, *l2]));
    if !trusted {
        let telling = match (*kind, rest) {
            (STREAM_EXTENDED, [EXTENSION_GSUP, code, IMSI, imsi, ..]) => {
                message(*code).is_some() && IMSI_LENGTHS.contains(imsi) && length >= usize::from(*imsi)
            }
            (STREAM_MANAGEMENT, [kind, ..]) => length == 1 && MANAGEMENT_KINDS.contains(kind),
            _ => false,
        };
        if !telling {
            return Framing::NotMine;
        }
    }
    let whole = length.saturating_add(3);
    if whole <= stream.len() { Framing::Message(whole) } else { Framing::NeedMore }
}
