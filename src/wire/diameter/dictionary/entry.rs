//! A row of the dictionary, and the form of its lists.

/// What an AVP's data are (RFC 6733 §4.2 to §4.4), as far as it says how to read them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// OctetString, and what is built on it.
    Octets,
    /// UTF8String, DiameterIdentity, DiameterURI, filter rules.
    Text,
    /// Unsigned32, Integer32, Float32, Enumerated, Time.
    Bits32,
    /// Unsigned64, Integer64, Float64.
    Bits64,
    /// Address.
    Address,
    /// Grouped.
    Group,
}

#[derive(Debug)]
pub(super) struct Entry {
    pub code: u32,
    pub name: &'static str,
    pub kind: Kind,
}

/// Rows `code type "name";` in ascending order of their codes.
macro_rules! avps {
    ($($code:literal $kind:ident $name:literal;)*) => {
        pub(super) const ENTRIES: &[$crate::wire::diameter::dictionary::entry::Entry] = &[$(
            $crate::wire::diameter::dictionary::entry::Entry {
                code: $code,
                name: $name,
                kind: $crate::wire::diameter::dictionary::entry::Kind::$kind,
            },
        )*];
    };
}

pub(super) use avps;

/// The types of lists by code.
#[allow(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "in constants only: the compiler refuses what does not fit"
)]
pub(super) const fn kinds<const SIZE: usize>(lists: &[&[Entry]]) -> [Option<Kind>; SIZE] {
    let mut table = [None; SIZE];
    let mut list = 0;
    while list < lists.len() {
        let mut row = 0;
        while row < lists[list].len() {
            let entry = &lists[list][row];
            table[entry.code as usize] = Some(entry.kind);
            row += 1;
        }
        list += 1;
    }
    table
}
