//! A subscriber in a window: what was gathered, and what was measured.

use super::device::Device;
use super::place::Place;
use super::{Accumulator, Calls, Moment, Span, Spot, Stay, Visit, contact};
use crate::identity::{CellId, Imei, Imsi, Msisdn, Plmn};

/// Which part of the window a profile covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Part {
    /// All of it: the card stayed in one model of device.
    Whole,
    /// Up to the first change of model.
    Before,
    /// From the first change of model.
    After,
}

impl Part {
    /// The word in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Whole => "whole",
            Self::Before => "before",
            Self::After => "after",
        }
    }
}

impl Accumulator {
    /// Its stays in devices.
    pub(super) fn stays(&self) -> &[Stay] {
        self.device.get().map_or(&[], Device::stays)
    }
    /// Its cells with the number of events in each.
    pub(super) fn cells(&self) -> impl Iterator<Item = (Spot, u32)> + '_ {
        self.place.get().into_iter().flat_map(Place::cells)
    }
}

/// One subscriber in one window, or in one part of it.
#[derive(Debug, Clone)]
pub struct Profile {
    /// The subscriber.
    pub imsi: Imsi,
    /// Its number, where known.
    pub msisdn: Option<Msisdn>,
    /// Its home or serving network, as last seen.
    pub plmn: Option<Plmn>,
    /// Which part of the window.
    pub part: Part,
    /// The time that it covers.
    pub span: Span,
    /// What was gathered.
    pub accumulator: Box<Accumulator>,
    /// The values of the features, in the order of the registry.
    pub values: Vec<f64>,
}

impl Profile {
    /// The cell with most events.
    pub fn main_cell(&self) -> Option<CellId> {
        self.main_spot().cell()
    }
    /// The same in its packed form.
    pub(super) fn main_spot(&self) -> Spot {
        self.accumulator.place.get().map(Place::main).unwrap_or_default()
    }
    /// The device with most events, as it was named last.
    pub fn main_device(&self) -> Option<Imei> {
        self.accumulator.device.get().and_then(Device::main)
    }
    /// Its stays in devices.
    pub fn stays(&self) -> &[Stay] {
        self.accumulator.stays()
    }
    /// Outgoing calls.
    pub fn calls_out(&self) -> u32 {
        self.accumulator.calls.get().map_or(0, Calls::outgoing)
    }
    /// Its number as others' calls have it in [`Self::called`].
    pub fn number_key(&self) -> Option<u64> {
        self.msisdn.map(contact::key_of)
    }
    /// The numbers that it called, as keys.
    pub fn called(&self) -> impl Iterator<Item = u64> + '_ {
        self.accumulator.calls.get().into_iter().flat_map(|calls| calls.called().map(|(key, _)| key))
    }
    /// Calls out and in, messages sent and received.
    pub(super) fn traffic(&self) -> [u32; 4] {
        self.accumulator.traffic()
    }
    /// The first outgoing calls, as examples.
    pub fn call_examples(&self) -> &[Moment] {
        self.accumulator.calls.get().map_or(&[], Calls::examples)
    }
    /// When and where it registered.
    pub fn attaches(&self) -> impl Iterator<Item = Visit> + '_ {
        self.accumulator.registration.attaches()
    }
    /// Events in all.
    pub fn events(&self) -> u32 {
        self.accumulator.life.events()
    }
}
