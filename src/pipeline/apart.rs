//! A batch with what its PDUs turned out to be, which borrows from it.

use crate::dissect::{Dissected, Settings, dissect_with};
use crate::health::Health;
use crate::reassembly::PduBatch;

/// What the PDUs of a batch turned out to be, in their order, and what was counted.
pub(super) struct Parts<'a> {
    pub(super) dissected: Vec<Dissected<'a>>,
    pub(super) health: Health,
}

self_cell::self_cell!(
    struct Cell {
        owner: PduBatch,
        #[covariant]
        dependent: Parts,
    }
);

/// See the module.
pub(super) struct Apart(Cell);

impl Apart {
    /// Takes all PDUs of a batch apart, into a place of another batch that was used.
    pub(super) fn of(batch: PduBatch, place: Place, settings: Settings) -> Self {
        Self(Cell::new(batch, |batch| {
            let mut health = Health::default();
            let Place(mut dissected) = place;
            let part = |pdu| dissect_with(settings, pdu, batch.bytes(pdu), &mut health);
            dissected.extend(batch.pdus.iter().map(part));
            Parts { dissected, health }
        }))
    }

    pub(super) fn batch(&self) -> &PduBatch {
        self.0.borrow_owner()
    }

    pub(super) fn parts(&self) -> &Parts<'_> {
        self.0.borrow_dependent()
    }

    /// Both may be used again.
    pub(super) fn into_emptied(mut self) -> (PduBatch, Place) {
        let place = self.0.with_dependent_mut(|_, parts| Place::emptied(std::mem::take(&mut parts.dissected)));
        (self.0.into_owner(), place)
    }
}

/// Where parts may be put: it is large, and a new one for each batch would cost more than filling it.
#[derive(Default)]
pub(super) struct Place(Vec<Dissected<'static>>);

impl Place {
    /// Nothing is left that borrows; the memory stays.
    fn emptied(mut parts: Vec<Dissected<'_>>) -> Self {
        parts.clear();
        Self(parts.into_iter().map_while(|_| None).collect())
    }
}
