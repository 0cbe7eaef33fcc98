//! Temporary identities over time: TMSI, P-TMSI, GUTI and 5G-GUTI, and whose they are.
//!
//! A temporary identity means something only in the area (TMSI, P-TMSI: TS 23.003 §2.4) or at the node (GUTI: §2.8,
//! §2.10) that gave it. A subscriber has one in each system, and for a moment two: the new one holds when the mobile
//! confirms it. The network gives it to another subscriber later; then the newest tie holds.
//!
//! A message may name the temporary identity without its area (paging in all cells). Then it tells its subscriber only
//! where one alone has it.

use super::aging::Aging;
use crate::identity::{CellId, Guti, GutiKind, Imsi, Plmn};
use crate::time::DAY;
use arrayvec::ArrayVec;

/// Temporary identities that are known at the same time.
const CAPACITY: usize = 1 << 22;
/// One that was not used for so long is forgotten: periodic updating comes at least each few hours.
const FORGET: i64 = 2 * DAY;
/// The one that holds, and the one before.
const HELD: usize = 2;

/// The system that gave a temporary identity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum System {
    /// TMSI, from the VLR.
    Circuit,
    /// P-TMSI, from the SGSN.
    Packet,
    /// GUTI, from the MME.
    Eps,
    /// 5G-GUTI, from the AMF.
    FiveGs,
}

/// A temporary identity, with what makes it unique.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Temporary {
    /// Who gave it.
    pub system: System,
    /// In which network.
    pub plmn: Option<Plmn>,
    /// Location area (TMSI, P-TMSI); MME code; AMF set and pointer.
    pub node: Option<u32>,
    /// TMSI, P-TMSI, M-TMSI or 5G-TMSI.
    pub tmsi: u32,
}

impl Temporary {
    /// One that an area tells from others.
    pub fn in_area(system: System, tmsi: u32, area: Option<CellId>) -> Self {
        let node = area.and_then(|area| area.area);
        Self { system, plmn: area.map(|area| area.plmn), node, tmsi }
    }

    /// The part of a GUTI that paging and service requests name too (S-TMSI), in its network.
    pub fn of_guti(guti: Guti) -> Self {
        let (system, node) = match guti.kind {
            GutiKind::Eps => (System::Eps, u32::from(guti.node)),
            // Set (10 bits) and pointer (6 bits), without the region.
            GutiKind::FiveGs => (System::FiveGs, (guti.group & 0x3ff) << 6 | u32::from(guti.node & 0x3f)),
        };
        Self { system, plmn: Some(guti.plmn), node: Some(node), tmsi: guti.tmsi }
    }

    /// It can be told from the same digits elsewhere.
    fn is_placed(self) -> bool {
        self.plmn.is_some() && self.node.is_some()
    }
}

/// Whose temporary identities are.
#[derive(Debug)]
pub(super) struct Temporaries {
    placed: Aging<Temporary, Imsi>,
    /// By the digits alone; `None` where two subscribers have them.
    alone: Aging<(System, u32), Option<Imsi>>,
    held: Aging<(Imsi, System), ArrayVec<Temporary, HELD>>,
}

impl Default for Temporaries {
    fn default() -> Self {
        Self {
            placed: Aging::new(CAPACITY, FORGET),
            alone: Aging::new(CAPACITY, FORGET),
            held: Aging::new(CAPACITY, FORGET),
        }
    }
}

impl Temporaries {
    pub(super) fn pass(&mut self, now: i64) {
        self.placed.forget(now);
        self.alone.forget(now);
        self.held.forget(now);
    }

    /// A subscriber has it from now on.
    pub(super) fn tie(&mut self, imsi: Imsi, temporary: Temporary) {
        let alone = (temporary.system, temporary.tmsi);
        let known = match temporary.is_placed() {
            true => self.placed.get_mut(&temporary).copied() == Some(imsi),
            false => self.alone.get_mut(&alone).copied() == Some(Some(imsi)),
        };
        if known {
            return;
        }
        let mut displaced = None;
        if temporary.is_placed() {
            displaced = self.placed.insert(temporary, imsi).filter(|other| *other != imsi);
            if let Some(other) = displaced
                && let Some(held) = self.held.get_mut(&(other, temporary.system))
            {
                held.retain(|theirs| *theirs != temporary);
            }
        }
        let unique = match self.alone.peek(&alone) {
            Some(Some(other)) if *other != imsi && displaced != Some(*other) && temporary.is_placed() => None,
            Some(None) => None,
            _ => Some(imsi),
        };
        self.alone.insert(alone, unique);
        let key = (imsi, temporary.system);
        let mut held = self.held.get_mut(&key).cloned().unwrap_or_default();
        held.retain(|mine| *mine != temporary);
        if held.is_full() {
            let oldest = held.remove(0);
            self.forget(imsi, oldest);
        }
        held.push(temporary);
        self.held.insert(key, held);
    }

    /// The mobile confirmed the newest one: those before no longer hold.
    pub(super) fn settle(&mut self, imsi: Imsi, system: System) {
        let Some(held) = self.held.get_mut(&(imsi, system)) else { return };
        let Some(newest) = held.pop() else { return };
        let before = std::mem::take(held);
        held.push(newest);
        for old in before {
            self.forget(imsi, old);
        }
    }

    fn forget(&mut self, imsi: Imsi, old: Temporary) {
        if self.placed.peek(&old) == Some(&imsi) {
            self.placed.remove(&old);
        }
        let alone = (old.system, old.tmsi);
        if self.alone.peek(&alone) == Some(&Some(imsi)) {
            self.alone.remove(&alone);
        }
    }

    /// Whose it is.
    pub(super) fn of(&mut self, temporary: Temporary) -> Option<Imsi> {
        if temporary.is_placed() {
            return self.placed.get_mut(&temporary).copied();
        }
        *self.alone.get_mut(&(temporary.system, temporary.tmsi))?
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::CellKind;

    fn imsi(last: u8) -> Imsi {
        format!("00101000000000{last}").parse().unwrap()
    }

    fn tmsi(area: Option<u32>, tmsi: u32) -> Temporary {
        let plmn = Plmn::new(1, 1, 2).unwrap();
        let lai = area.map(|area| CellId { plmn, area: Some(area), cell: None, kind: CellKind::Lai });
        Temporary::in_area(System::Circuit, tmsi, lai)
    }

    #[test]
    fn the_area_tells() {
        let mut table = Temporaries::default();
        table.tie(imsi(1), tmsi(Some(1), 7));
        assert_eq!(table.of(tmsi(Some(1), 7)), Some(imsi(1)));
        assert_eq!(table.of(tmsi(Some(2), 7)), None);
        assert_eq!(table.of(tmsi(None, 7)), Some(imsi(1)), "one alone has it");
        table.tie(imsi(2), tmsi(Some(2), 7));
        assert_eq!(table.of(tmsi(None, 7)), None, "two have it");
        assert_eq!(table.of(tmsi(Some(2), 7)), Some(imsi(2)));
    }

    #[test]
    fn it_is_given_to_another() {
        let mut table = Temporaries::default();
        table.tie(imsi(1), tmsi(Some(1), 7));
        table.tie(imsi(2), tmsi(Some(1), 7));
        assert_eq!(table.of(tmsi(Some(1), 7)), Some(imsi(2)));
        assert_eq!(table.of(tmsi(None, 7)), Some(imsi(2)));
    }

    #[test]
    fn the_old_one_holds_until_the_new_one_is_confirmed() {
        let mut table = Temporaries::default();
        table.tie(imsi(1), tmsi(Some(1), 7));
        table.tie(imsi(1), tmsi(Some(1), 8));
        assert_eq!(table.of(tmsi(Some(1), 7)), Some(imsi(1)));
        table.settle(imsi(1), System::Circuit);
        assert_eq!(table.of(tmsi(Some(1), 7)), None);
        assert_eq!(table.of(tmsi(Some(1), 8)), Some(imsi(1)));
        table.tie(imsi(1), tmsi(Some(1), 9));
        table.tie(imsi(1), tmsi(Some(1), 10));
        assert_eq!(table.of(tmsi(Some(1), 8)), None, "two at most");
    }
}
