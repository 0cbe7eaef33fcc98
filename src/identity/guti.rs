//! Globally unique temporary identities of EPS and 5GS (TS 23.003 §2.8, §2.10).

use super::Plmn;
use crate::text::{Hex32, Text, decimal, displayed};

/// Which system gave it: it tells how the parts are cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum GutiKind {
    /// MME group (16 bits) and code (8 bits).
    Eps,
    /// AMF region and set (8 and 10 bits) and pointer (6 bits).
    FiveGs,
}

/// A temporary identity with the network and the node that gave it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Guti {
    /// The network.
    pub plmn: Plmn,
    /// MMEGI; or AMF region and set, as 18 bits.
    pub group: u32,
    /// MMEC; or AMF pointer.
    pub node: u8,
    /// M-TMSI or 5G-TMSI.
    pub tmsi: u32,
    /// EPS or 5GS.
    pub kind: GutiKind,
}

/// `MCC-MNC-group-node-tmsi`: group and node in decimal, the temporary identity in hexadecimal. In 5GS the group is
/// region and set, with a dot between.
impl Text for Guti {
    fn is_plain(&self) -> bool {
        true
    }

    fn append(&self, to: &mut Vec<u8>) {
        self.plmn.append(to);
        to.push(b'-');
        match self.kind {
            GutiKind::Eps => decimal(to, self.group),
            GutiKind::FiveGs => {
                decimal(to, self.group >> 10);
                to.push(b'.');
                decimal(to, self.group & 0x3ff);
            }
        }
        to.push(b'-');
        decimal(to, self.node);
        to.push(b'-');
        Hex32(self.tmsi).append(to);
    }
}

displayed!(Guti);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_systems_are_written_in_their_parts() {
        let plmn = Plmn::new(1, 1, 2).unwrap();
        let eps = Guti { plmn, group: 0x8001, node: 7, tmsi: 0xc000_0001, kind: GutiKind::Eps };
        assert_eq!(eps.to_string(), "001-01-32769-7-c0000001");
        let five = Guti { group: 2 << 10 | 64, kind: GutiKind::FiveGs, ..eps };
        assert_eq!(five.to_string(), "001-01-2.64-7-c0000001");
    }
}
