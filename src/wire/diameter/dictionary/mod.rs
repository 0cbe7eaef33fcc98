//! The dictionary: code, name and type of the AVPs of the IETF, 3GPP, 3GPP2 and ETSI, one list for each (TS 29.230 and
//! IANA's registry name where each is specified).
//!
//! A type is asked for with each AVP of each message, so it is found by one look into a table by code; names are asked
//! for seldom, and searched.

mod entry;
mod etsi;
mod ietf;
pub mod keys;
mod tgpp2;
mod tgpp_high;
mod tgpp_low;

pub use entry::Kind;

use entry::{Entry, avps, kinds};

/// Vendor id of 3GPP.
pub const TGPP: u32 = 10415;
/// Vendor id of 3GPP2.
pub const TGPP2: u32 = 5535;
/// Vendor id of ETSI.
pub const ETSI: u32 = 13019;

/// Vendor and code of an AVP. Vendor 0 is the IETF.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(u64);

impl Key {
    /// From vendor (0 without V flag) and code.
    pub const fn new(vendor: u32, code: u32) -> Self {
        Self((vendor as u64) << 32 | code as u64)
    }
    /// AVP code.
    pub fn code(self) -> u32 {
        self.0 as u32
    }
    /// Vendor id, 0 without.
    pub fn vendor(self) -> u32 {
        (self.0 >> 32) as u32
    }
}

static OF_IETF: [Option<Kind>; 1024] = kinds(&[ietf::ENTRIES]);
static OF_TGPP: [Option<Kind>; 4608] = kinds(&[tgpp_low::ENTRIES, tgpp_high::ENTRIES]);
static OF_ETSI: [Option<Kind>; 1024] = kinds(&[etsi::ENTRIES]);

/// The type of an AVP's data; `None` for one that the dictionary does not have.
pub fn kind(key: Key) -> Option<Kind> {
    let table: &[Option<Kind>] = match key.vendor() {
        0 => &OF_IETF,
        TGPP => &OF_TGPP,
        ETSI => &OF_ETSI,
        TGPP2 => return entry(key).map(|entry| entry.kind),
        _ => return None,
    };
    *table.get(key.code() as usize)?
}

/// The specification's name of an AVP.
pub fn name(key: Key) -> Option<&'static str> {
    entry(key).map(|entry| entry.name)
}

fn entry(key: Key) -> Option<&'static Entry> {
    let code = key.code();
    let list = match key.vendor() {
        0 => ietf::ENTRIES,
        TGPP if code < 1400 => tgpp_low::ENTRIES,
        TGPP => tgpp_high::ENTRIES,
        TGPP2 => tgpp2::ENTRIES,
        ETSI => etsi::ENTRIES,
        _ => return None,
    };
    list.get(list.binary_search_by_key(&code, |entry| entry.code).ok()?)
}

/// True for vendors whose AVPs the dictionary means to have.
pub(super) fn has_vendor(key: Key) -> bool {
    matches!(key.vendor(), 0 | TGPP | ETSI | TGPP2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted_without_doubles() {
        for list in [ietf::ENTRIES, tgpp_low::ENTRIES, tgpp_high::ENTRIES, tgpp2::ENTRIES, etsi::ENTRIES] {
            assert!(list.windows(2).all(|pair| pair[0].code < pair[1].code));
            assert!(list.iter().all(|entry| !entry.name.is_empty()));
        }
        assert!(tgpp_low::ENTRIES.iter().all(|entry| entry.code < 1400));
        assert!(tgpp_high::ENTRIES.iter().all(|entry| entry.code >= 1400));
    }

    #[test]
    fn the_table_by_code_has_all_of_the_lists() {
        for (vendor, list) in [(0, ietf::ENTRIES), (TGPP, tgpp_low::ENTRIES), (TGPP, tgpp_high::ENTRIES)] {
            for entry in list {
                assert_eq!(kind(Key::new(vendor, entry.code)), Some(entry.kind), "{}", entry.name);
            }
        }
        assert_eq!(kind(Key::new(TGPP2, 9010)), Some(Kind::Text));
        assert_eq!(kind(Key::new(ETSI, 350)), Some(Kind::Group));
        assert_eq!((kind(Key::new(TGPP, u32::MAX)), kind(Key::new(9, 1))), (None, None));
    }

    #[test]
    fn constants_are_those_of_the_lists() {
        for (constant, key) in keys::ALL {
            let name = name(*key).unwrap_or_else(|| panic!("{constant}"));
            let expected = name.to_uppercase().replace('-', "_").replace("3GPP", "TGPP");
            // User-Data is the name of two.
            assert_eq!(constant.split("_OF_C").next().unwrap().trim_end_matches("_OF_SH"), expected, "{key:?}");
        }
    }
}
