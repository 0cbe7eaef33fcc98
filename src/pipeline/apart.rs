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
    /// Takes all PDUs of a batch apart.
    pub(super) fn of(batch: PduBatch, settings: Settings) -> Self {
        Self(Cell::new(batch, |batch| {
            let mut health = Health::default();
            let part = |pdu| dissect_with(settings, pdu, batch.bytes(pdu), &mut health);
            let dissected = batch.pdus.iter().map(part).collect();
            Parts { dissected, health }
        }))
    }

    pub(super) fn batch(&self) -> &PduBatch {
        self.0.borrow_owner()
    }

    pub(super) fn parts(&self) -> &Parts<'_> {
        self.0.borrow_dependent()
    }

    pub(super) fn into_batch(self) -> PduBatch {
        self.0.into_owner()
    }
}
