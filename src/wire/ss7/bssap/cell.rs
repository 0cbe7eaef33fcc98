//! Cell identifiers (TS 48.008 §3.2.2.17, §3.2.2.27).
//!
//! ```text
//! spare | discriminator (4) | identification; in a list, further ones of the same form
//! ```

use crate::identity::{CellId, CellKind};
use crate::wire::Named;

/// Octets of an identification by its discriminator; `None` for a reserved one.
fn len(discriminator: u8) -> Option<usize> {
    Some(match discriminator {
        0 | 8 | 11 => 7, // CGI; PLMN, LAC and RNC; SAI
        1 | 10 => 4,     // LAC and CI; LAC and RNC
        2 | 5 | 9 => 2,  // CI; LAC; RNC
        3 | 6 => 0,      // none; all on the BSS
        4 => 5,          // LAI
        12 => 6,         // LAC, RNC and CI
        _ => return None,
    })
}

/// One identification; `None` in it where its network is not said, or it is no cell or area.
fn identification(discriminator: u8, octets: &[u8]) -> Option<Option<CellId>> {
    let octets = octets.get(..len(discriminator)?)?;
    Some(match discriminator {
        0 => octets.first_chunk().and_then(|cgi| CellId::from_cgi_octets(*cgi)),
        4 => octets.first_chunk().and_then(|lai| CellId::from_lai_octets(*lai)),
        8 => octets.first_chunk().and_then(|lai| CellId::from_lai_octets(*lai)),
        11 => {
            let sai = octets.first_chunk().and_then(|sai| CellId::from_cgi_octets(*sai));
            sai.map(|sai| CellId { kind: CellKind::Sai, ..sai })
        }
        _ => None,
    })
}

/// A cell identifier; `None` for one that is cut or reserved.
pub(super) fn identifier(octets: &[u8]) -> Option<Option<CellId>> {
    let (discriminator, rest) = octets.split_first()?;
    identification(discriminator & 0x0f, rest)
}

/// All cells of a list; false where it is not possible.
pub(super) fn list(octets: &[u8], named: &mut Named) -> bool {
    let Some((discriminator, mut rest)) = octets.split_first() else { return false };
    let discriminator = discriminator & 0x0f;
    let Some(len) = len(discriminator) else { return false };
    if len == 0 {
        return rest.is_empty();
    }
    while !rest.is_empty() {
        let Some(found) = identification(discriminator, rest) else { return false };
        if let Some(cell) = found {
            named.cell(cell);
        }
        rest = rest.get(len..).unwrap_or_default();
    }
    true
}
