//! What is ordinary in the population at hand: how many share a device, a model, a cell. Ties are weighed against it.

use super::Subject;
use crate::identity::{Digits, Imsi, PlaceKey, Tac};
use std::collections::{BTreeMap, BTreeSet};

/// Counts of subscribers.
#[derive(Debug, Default)]
pub(super) struct Background {
    /// All subscribers.
    pub(super) subscribers: f64,
    /// By device.
    pub(super) of_device: BTreeMap<Digits, u32>,
    /// By model of device.
    pub(super) of_tac: BTreeMap<Tac, u32>,
    /// By main cell.
    pub(super) of_cell: BTreeMap<PlaceKey, u32>,
}

impl Background {
    pub(super) fn of(subjects: &[Subject]) -> Self {
        let (mut all, mut devices, mut tacs, mut cells) =
            (BTreeSet::new(), BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        for Subject { profile, .. } in subjects {
            all.insert(profile.imsi);
            for stay in profile.stays() {
                devices.insert((stay.imei.device(), profile.imsi));
                tacs.insert((stay.imei.tac(), profile.imsi));
            }
            if let Some(cell) = profile.main_cell() {
                cells.insert((cell.place(), profile.imsi));
            }
        }
        Self { subscribers: all.len() as f64, of_device: count(devices), of_tac: count(tacs), of_cell: count(cells) }
    }

    /// The chance that two subscribers at random agree in what `counts` counts.
    pub(super) fn chance<K>(&self, counts: &BTreeMap<K, u32>) -> f64 {
        let pairs = self.subscribers * (self.subscribers - 1.0).max(1.0);
        let agreeing: f64 = counts.values().map(|count| f64::from(*count) * (f64::from(*count) - 1.0)).sum();
        (agreeing / pairs.max(1.0)).max(1.0 / pairs.max(1.0))
    }
}

fn count<K: Ord>(pairs: BTreeSet<(K, Imsi)>) -> BTreeMap<K, u32> {
    let mut counts = BTreeMap::new();
    for (key, _) in pairs {
        *counts.entry(key).or_insert(0) += 1;
    }
    counts
}
