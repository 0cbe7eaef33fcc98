//! Device (IMEI churn): which devices the card was in.

use super::{Definition, Family, Sighting, Span, Tally, Unit, share};
use crate::event::Event;
use crate::identity::Imei;

/// Stays that are kept; later ones lengthen the last.
const MAX_STAYS: usize = 64;

const FED_BY: &str = "MAP updateLocation (ADD), CAP initialDP, S6a ULR, S13 ECR, SIP +sip.instance";
const ABSENT: &str = "no message named a device";

/// A card in one device, from its first to its last sighting there.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stay {
    /// The device.
    pub imei: Imei,
    /// First seen in it.
    pub first: Sighting,
    /// Last seen in it.
    pub last: Sighting,
    /// The first and the last message of the stay that name the subscriber themselves: what a person can open.
    pub shown: Option<(Sighting, Sighting)>,
}

impl Stay {
    fn of(imei: Imei, event: &Event) -> Self {
        let sighting = Sighting::of(event);
        Self { imei, first: sighting, last: sighting, shown: event.shows_subscriber().then_some((sighting, sighting)) }
    }

    /// Goes on until `later`.
    fn extend(&mut self, later: &Self) {
        self.last = later.last;
        self.shown = match (self.shown, later.shown) {
            (Some((first, _)), Some((_, last))) => Some((first, last)),
            (known, new) => known.or(new),
        };
    }
}

/// See the module.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Device {
    stays: Vec<Stay>,
    devices: Tally<u64, 32>,
    tacs: Tally<u64, 32>,
    changes: u32,
    invalid: u32,
    named: u32,
}

impl Device {
    /// The stays in time order.
    pub fn stays(&self) -> &[Stay] {
        &self.stays
    }

    /// The device with most events, as it was named last.
    pub fn main(&self) -> Option<Imei> {
        let (device, _) = self.devices.main()?;
        self.stays.iter().rev().map(|stay| stay.imei).find(|imei| imei.device().to_bits() == device)
    }

    fn stay(&mut self, next: Stay) {
        let full = self.stays.len() >= MAX_STAYS;
        match self.stays.last_mut() {
            Some(stay) if stay.imei.device() == next.imei.device() => stay.extend(&next),
            Some(stay) if full => {
                self.changes = self.changes.saturating_add(1);
                *stay = Stay { first: stay.first, ..next };
            }
            Some(_) => {
                self.changes = self.changes.saturating_add(1);
                self.stays.push(next);
            }
            None => self.stays.push(next),
        }
    }
}

impl Family for Device {
    const DEFINITIONS: &'static [Definition] = &[
        Definition {
            name: "imeis",
            unit: Unit::Count,
            meaning: "different devices (TAC and serial) of the card",
            source: "FEATURES: IMEI churn; LATRO, HAUD: IMSI/IMEI ratio",
            fed_by: FED_BY,
            absent: ABSENT,
        },
        Definition {
            name: "imei_changes_per_hour",
            unit: Unit::PerHour,
            meaning: "changes from one device to another, by the hour",
            source: "FEATURES: IMEI churn",
            fed_by: FED_BY,
            absent: ABSENT,
        },
        Definition {
            name: "imei_main_share",
            unit: Unit::Share,
            meaning: "events with the most frequent device / events with a device",
            source: "FEATURES: IMEI churn",
            fed_by: FED_BY,
            absent: ABSENT,
        },
        Definition {
            name: "imei_entropy",
            unit: Unit::Bits,
            meaning: "entropy of events over devices",
            source: "FEATURES: IMEI churn",
            fed_by: FED_BY,
            absent: ABSENT,
        },
        Definition {
            name: "tacs",
            unit: Unit::Count,
            meaning: "different models of device (TAC)",
            source: "FEATURES: changes of device class",
            fed_by: FED_BY,
            absent: ABSENT,
        },
        Definition {
            name: "imei_invalid_share",
            unit: Unit::Share,
            meaning: "events whose IMEI is all zero or has a wrong check digit (one sent as 0 is not wrong)",
            source: "TS 23.003 annex B",
            fed_by: FED_BY,
            absent: ABSENT,
        },
    ];

    fn push(&mut self, event: &Event) {
        let Some(imei) = event.imei else { return };
        self.named = self.named.saturating_add(1);
        self.devices.add(imei.device().to_bits());
        self.tacs.add(imei.tac().to_bits());
        let check_digit_sent = imei.digits().len() == 15 && imei.digits().digit(14) != Some(0);
        if imei.is_zero() || (check_digit_sent && !imei.luhn_ok()) {
            self.invalid = self.invalid.saturating_add(1);
        }
        self.stay(Stay::of(imei, event));
    }

    fn merge(&mut self, later: &Self) {
        self.devices.merge(&later.devices);
        self.tacs.merge(&later.tacs);
        self.invalid = self.invalid.saturating_add(later.invalid);
        self.named = self.named.saturating_add(later.named);
        // Changes that the later part counted beyond the stays that it kept.
        let kept = later.stays.len().saturating_sub(1) as u32;
        self.changes = self.changes.saturating_add(later.changes.saturating_sub(kept));
        later.stays.iter().for_each(|stay| self.stay(*stay));
    }

    fn finish(&self, span: Span, out: &mut Vec<f64>) {
        let known = |value: f64| if self.named > 0 { value } else { f64::NAN };
        let main = self.devices.main().map_or(0, |(_, count)| count);
        out.push(known(f64::from(self.devices.distinct())));
        out.push(known(f64::from(self.changes) / span.hours()));
        out.push(share(main, self.named));
        out.push(self.devices.entropy());
        out.push(known(f64::from(self.tacs.distinct())));
        out.push(share(self.invalid, self.named));
    }
}
