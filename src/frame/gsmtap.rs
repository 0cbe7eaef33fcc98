//! GSMTAP: a header that tells what follows (libosmocore, `gsmtap.h` and `gsmtapv3.h`).
//!
//! ```text
//! version 2:  version(1) length in 4 octets(1) type(1) time slot(1) channel(2) signal(1) noise(1) frame(4) ...
//! version 3:  version(1) reserved(1) length in 4 octets(2) type(2) sub-type(2) metadata
//! ```
//!
//! **Handled:** NAS of EPS and 5GS. **Not handled:** radio interfaces, Abis, SIM cards and logs: out of scope, counted
//! by name.

use super::cursor::{Cursor, Followed};
use crate::health::Layer;

pub(super) const PORT: u16 = 4729;

/// None where it does not look like GSMTAP.
pub(super) fn follow((src_port, dst_port): (u16, u16), mut cursor: Cursor<'_>) -> Option<Followed<'_>> {
    let [version, second, third, fourth, fifth, sixth, ..] = *cursor.rest().first_chunk::<8>()?;
    let (length, name) = match version {
        2 if second >= 4 => (usize::from(second), v2(third)),
        3 if second == 0 => (usize::from(u16::from_be_bytes([third, fourth])), v3(u16::from_be_bytes([fifth, sixth]))),
        _ => return None,
    };
    cursor.skip(length.saturating_mul(4), Layer::Link).ok()?;
    Some(match name {
        None => Ok(cursor.told(Layer::Nas, (src_port, dst_port))),
        Some(name) => Err(cursor.unsupported(Layer::Udp, name)),
    })
}

/// The name of a type that is not read; none is NAS.
fn v2(kind: u8) -> Option<&'static str> {
    Some(match kind {
        0x12 => return None,
        0x01 | 0x03 => "GSMTAP Um",
        0x02 => "GSMTAP Abis",
        0x04 => "GSMTAP SIM",
        0x05 | 0x06 => "GSMTAP TETRA",
        0x08 | 0x09 => "GSMTAP Gb",
        0x0a => "GSMTAP GMR-1",
        0x0b => "GSMTAP UMTS RLC/MAC",
        0x0c => "GSMTAP UMTS RRC",
        0x0d => "GSMTAP LTE RRC",
        0x0e | 0x0f => "GSMTAP LTE MAC",
        0x10 => "GSMTAP log",
        0x11 => "GSMTAP diagnosis",
        0x13 => "GSMTAP E1/T1",
        _ => "GSMTAP of another type",
    })
}

fn v3(kind: u16) -> Option<&'static str> {
    Some(match kind {
        0x0404 | 0x0504 => return None,
        0x0000 => "GSMTAP log",
        0x0001 => "GSMTAP SIM",
        0x0002 => "GSMTAP diagnosis",
        0x0004 | 0x0005 => "GSMTAP TETRA",
        0x0006 => "GSMTAP GMR-1",
        0x0007 => "GSMTAP E1/T1",
        0x0200..=0x02ff => "GSMTAP Um",
        0x0300..=0x03ff => "GSMTAP UMTS",
        0x0400..=0x04ff => "GSMTAP LTE",
        0x0500..=0x05ff => "GSMTAP NR",
        _ => "GSMTAP of another type",
    })
}
