//! Version 0: the header of GSM 09.60 V7.10.0 §6, whose tunnel identifier names the subscriber, and its elements.
//!
//! ```text
//! TID   IMSI digit 2, 1 | 4, 3 | ... | NSAPI, IMSI digit 15
//! ```

use super::v1::elements;
use super::{Gtp, LAYER, Reader, Version};
use crate::identity::{Digits, Imsi};
use crate::wire::DecodeError;

/// Length of the value of elements without a length field (§7.9).
pub(super) fn fixed_length(kind: u8) -> Option<usize> {
    Some(match kind {
        1 | 8 | 11 | 13..=15 | 19 => 1,
        2 => 8,
        3 => 6,
        4 | 5 | 127 => 4,
        6 | 12 | 18 => 3,
        9 => 28,
        16 | 17 => 2,
        _ => return None,
    })
}

pub(super) fn parse(octets: &[u8]) -> Result<Gtp<'_>, DecodeError> {
    let mut reader = Reader { rest: octets, offset: 0 };
    let [flags, message_type, l1, l2] = reader.array()?;
    if flags & 0x10 == 0 {
        return Err(DecodeError::unsupported(LAYER, 0, "GTP' (charging records)", 0));
    }
    let mut gtp = Gtp::new(Version::V0, message_type);
    let [s1, s2, f1, f2] = reader.array()?;
    gtp.sequence = Some(u32::from(u16::from_be_bytes([s1, s2])));
    gtp.teid = Some(u32::from(u16::from_be_bytes([f1, f2])));
    let [_, _, _, _] = reader.array()?;
    let tid: [u8; 8] = reader.array()?;
    if tid != [0; 8] {
        gtp.tid = Some(u64::from_be_bytes(tid));
        // Signalling of the path has a TID of zeros.
        let digits = Digits::from_tbcd(&tid).map(|digits| digits.prefix(15));
        match digits.and_then(Imsi::new) {
            Some(imsi) => gtp.named.imsi(imsi),
            None => gtp.defect(DecodeError::malformed(LAYER, 12, "tunnel identifier without an IMSI")),
        }
    }
    let wrong = reader.measure(usize::from(u16::from_be_bytes([l1, l2])));
    elements(&mut gtp, reader, fixed_length);
    if let Some(wrong) = wrong {
        gtp.defect(wrong);
    }
    Ok(gtp)
}
