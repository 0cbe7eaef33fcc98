//! What nodes give to a subscriber for a time: TMSI and area in the VLR.

use super::{Card, Net};

/// What the VLR has given to a subscriber.
#[derive(Debug, Clone, Copy)]
pub(super) struct InVlr {
    /// The MSC with the VLR.
    pub msc: usize,
    /// The location area of the last update.
    pub area: [u8; 5],
    /// The present TMSI.
    pub tmsi: u32,
}

impl Net {
    /// PLMN and location area code of a place.
    pub(super) fn area(card: &Card) -> [u8; 5] {
        let [a, b, c, d, e, _, _] = card.cgi;
        [a, b, c, d, e]
    }

    /// A TMSI that nobody has; the two highest bits are those of a TMSI (TS 23.003 §2.4).
    pub(super) fn fresh_tmsi(&mut self) -> u32 {
        self.tmsis = self.tmsis.wrapping_add(1 + self.dice.word() % 5) & 0x3fff_ffff;
        self.tmsis
    }

    /// What the VLR of an MSC has given; who was registered before the beginning has a TMSI too.
    pub(super) fn in_vlr(&mut self, card: &Card, msc: usize) -> InVlr {
        match self.vlrs.get(&card.index) {
            Some(known) if known.msc == msc => *known,
            _ => self.enter_vlr(card, msc),
        }
    }

    /// The subscriber is in the VLR now, with a new TMSI.
    pub(super) fn enter_vlr(&mut self, card: &Card, msc: usize) -> InVlr {
        let known = InVlr { msc, area: Self::area(card), tmsi: self.fresh_tmsi() };
        self.vlrs.insert(card.index, known);
        known
    }
}
