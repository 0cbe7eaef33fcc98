//! MM contexts of version 2 (TS 29.274 §8.38): security material, stepped over, and behind it the device.
//!
//! ```text
//! 107 EPS      mode | counts | algorithms | NAS counts (6) | KASME (32) | quadruplets | quintuplets | DRX (2) | NH, NCC
//! 108 UMTS     mode | counts | - | CK, IK (32)             | quadruplets | quintuplets | DRX (2)
//! 104, 106     mode | counts | algorithms | CK, IK (32)    | quintuplets | DRX (2)
//! 103, 105     mode | counts | algorithms | Kc (8)         | triplets or quintuplets | DRX (2)
//! all then     subscribed AMBR (8) | used AMBR (8) | UE capability | MS capability | MEI, each with a length octet
//! ```

use super::{LAYER, Reader};
use crate::identity::Imei;
use crate::wire::DecodeError;

/// The device that an MM context names.
pub(super) fn imei(kind: u8, octets: &[u8]) -> Option<Imei> {
    let mut reader = Reader { rest: octets, offset: 0 };
    let mei = device(kind, &mut reader).ok()?;
    Imei::from_tbcd(mei)
}

fn device<'a>(kind: u8, reader: &mut Reader<'a>) -> Result<&'a [u8], DecodeError> {
    let [mode, counts, algorithms] = reader.array()?;
    let eps = kind == 107;
    let (drx, next_hop) = (mode & 0x08 != 0, eps && mode & 0x10 != 0);
    let used_ambr = counts & 0x02 != 0;
    let subscribed_ambr = if eps { algorithms & 0x80 != 0 } else { counts & 0x01 != 0 };
    reader.take(match kind {
        107 => 38,
        104 | 106 | 108 => 32,
        _ => 8,
    })?;
    let vectors = usize::from(counts >> 5);
    match kind {
        // RAND, SRES, Kc
        103 => {
            reader.take(vectors.saturating_mul(28))?;
        }
        104..=106 => quintuplets(reader, vectors)?,
        _ => {
            quadruplets(reader, usize::from(counts >> 2 & 0x07))?;
            quintuplets(reader, vectors)?;
        }
    }
    let optional = [(drx, 2), (next_hop, 33), (subscribed_ambr, 8), (used_ambr, 8)];
    for (_, length) in optional.into_iter().filter(|(there, _)| *there) {
        reader.take(length)?;
    }
    counted(reader)?;
    counted(reader)?;
    let mei = counted(reader)?;
    if mei.is_empty() { Err(DecodeError::malformed(LAYER, reader.offset, "no MEI")) } else { Ok(mei) }
}

/// Octets with their number before them.
fn counted<'a>(reader: &mut Reader<'a>) -> Result<&'a [u8], DecodeError> {
    let [length] = reader.array()?;
    reader.take(usize::from(length))
}

/// RAND, XRES, AUTN, KASME.
fn quadruplets(reader: &mut Reader<'_>, number: usize) -> Result<(), DecodeError> {
    for _ in 0..number {
        reader.take(16)?;
        counted(reader)?;
        counted(reader)?;
        reader.take(32)?;
    }
    Ok(())
}

/// RAND, XRES, CK, IK, AUTN.
fn quintuplets(reader: &mut Reader<'_>, number: usize) -> Result<(), DecodeError> {
    for _ in 0..number {
        reader.take(16)?;
        counted(reader)?;
        reader.take(32)?;
        counted(reader)?;
    }
    Ok(())
}
