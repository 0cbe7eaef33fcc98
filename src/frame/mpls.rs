//! MPLS label stacks (RFC 3032) and what can lie below them.
//!
//! ```text
//! entry:  label(20 bits) class(3) bottom of stack(1) time to live(8)
//! ```
//!
//! The payload has no type. Its first four bits tell IP; 0 is the control word of a pseudowire (RFC 4385 §3), 1 an
//! associated channel (§5). An Ethernet pseudowire may lack the control word (RFC 4448 §4.6), and its first octet may
//! be any: then the frame must look like Ethernet, and not like IP.
//!
//! **Handled:** IP; Ethernet with and without control word. **Not handled:** other pseudowires.

use super::cursor::{Cursor, Followed};
use super::ether::{ethernet, looks_like_ethernet};
use super::ip;
use crate::health::Layer;

/// The most labels that are passed over.
const MAX_LABELS: usize = 16;
const CONTROL_WORD: usize = 4;

pub(super) fn labels(mut cursor: Cursor<'_>) -> Followed<'_> {
    for _ in 0..MAX_LABELS {
        let [_, _, class_and_bottom, _] = cursor.take(Layer::Link)?;
        if class_and_bottom & 1 == 1 {
            return below(cursor);
        }
    }
    Err(cursor.unsupported(Layer::Link, "too many MPLS labels"))
}

fn below(mut cursor: Cursor<'_>) -> Followed<'_> {
    let rest = cursor.rest();
    let looks = looks_like_ethernet(rest);
    match rest.first().map(|octet| octet >> 4) {
        None => Err(cursor.short(Layer::Link)),
        Some(4) if !looks || ip::has_checksum(rest) => ip::ip(cursor),
        Some(6) if !looks || ip::has_length(rest) => ip::ip(cursor),
        Some(0) if looks_like_ethernet(rest.get(CONTROL_WORD..).unwrap_or_default()) => {
            cursor.skip(CONTROL_WORD, Layer::Link)?;
            ethernet(cursor.inside()?)
        }
        _ if looks => ethernet(cursor.inside()?),
        Some(1) => Err(cursor.unsupported(Layer::Link, "MPLS associated channel")),
        Some(_) => Err(cursor.unsupported(Layer::Link, "MPLS that carries neither IP nor Ethernet")),
    }
}
