//! Device (IMEI churn): which devices the card was in.

use super::definition::definitions;
use super::histogram::Histogram;
use super::sample::{Sample, mix, unmix};
use super::{Definition, Family, Moment, Occasional, Sighting, Span, Spot, share};
use crate::event::Event;
use crate::identity::{Digits, Imei};
use crate::time::SECOND;

/// Stays that are kept; later ones lengthen the last.
const MAX_STAYS: usize = 64;
/// Devices that are counted each by itself.
const MAX_DEVICES: usize = 64;

const ABSENT: &str = "no message named a device";

/// A card in one device, from its first to its last sighting there.
#[derive(Debug, Clone, PartialEq)]
pub struct Stay {
    /// The device.
    pub imei: Imei,
    first: Moment,
    last: Moment,
    from: Spot,
    to: Spot,
    shown: Shown,
}

/// The messages of a stay that name the subscriber themselves.
#[derive(Debug, Clone, PartialEq)]
enum Shown {
    None,
    /// The first and the last of the stay do.
    Ends,
    /// The first and the last that do.
    Within(Box<(Moment, Moment)>),
}

impl Stay {
    fn of(imei: Imei, event: &Event) -> Self {
        let Sighting { moment, spot } = Sighting::of(event);
        let shown = if event.shows_subscriber() { Shown::Ends } else { Shown::None };
        Self { imei, first: moment, last: moment, from: spot, to: spot, shown }
    }

    /// First seen in it.
    pub fn first(&self) -> Sighting {
        Sighting { moment: self.first, spot: self.from }
    }

    /// Last seen in it.
    pub fn last(&self) -> Sighting {
        Sighting { moment: self.last, spot: self.to }
    }

    /// The first and the last message of the stay that name the subscriber themselves: what a person can open.
    pub fn shown(&self) -> Option<(Moment, Moment)> {
        match &self.shown {
            Shown::None => None,
            Shown::Ends => Some((self.first, self.last)),
            Shown::Within(moments) => Some(**moments),
        }
    }

    /// Goes on until `later`.
    fn extend(&mut self, later: &Self) {
        let shown = match (self.shown(), later.shown()) {
            (Some((first, _)), Some((_, last))) => Some((first, last)),
            (known, new) => known.or(new),
        };
        (self.last, self.to) = (later.last, later.to);
        self.show(shown);
    }

    fn show(&mut self, moments: Option<(Moment, Moment)>) {
        match (moments, &mut self.shown) {
            (None, known) => *known = Shown::None,
            (Some(ends), known) if ends == (self.first, self.last) => *known = Shown::Ends,
            (Some(moments), Shown::Within(known)) => **known = moments,
            (Some(moments), known) => *known = Shown::Within(Box::new(moments)),
        }
    }
}

/// Stays in time order; most cards have one.
#[derive(Debug, Clone, PartialEq)]
enum Stays {
    One(Stay),
    /// None, or several.
    Several(Box<[Stay]>),
}

impl Default for Stays {
    fn default() -> Self {
        Self::Several(Box::default())
    }
}

impl Stays {
    fn all(&self) -> &[Stay] {
        match self {
            Self::One(stay) => std::slice::from_ref(stay),
            Self::Several(stays) => stays,
        }
    }

    fn last_mut(&mut self) -> Option<&mut Stay> {
        match self {
            Self::One(stay) => Some(stay),
            Self::Several(stays) => stays.last_mut(),
        }
    }

    fn push(&mut self, next: Stay) {
        *self = match std::mem::take(self) {
            Self::Several(stays) if stays.is_empty() => Self::One(next),
            Self::One(stay) => Self::Several(Box::new([stay, next])),
            Self::Several(stays) => {
                let mut stays = stays.into_vec();
                stays.reserve_exact(1);
                stays.push(next);
                Self::Several(stays.into_boxed_slice())
            }
        };
    }
}

/// See the module.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Device {
    stays: Stays,
    devices: Sample<u64, u32, MAX_DEVICES>,
    changes: u32,
    invalid: u32,
}

impl Device {
    /// The stays in time order.
    pub fn stays(&self) -> &[Stay] {
        self.stays.all()
    }

    /// The device with most events, as it was named last.
    pub fn main(&self) -> Option<Imei> {
        let (device, _) = self.devices.main()?;
        self.stays().iter().rev().map(|stay| stay.imei).find(|imei| mix(imei.device().to_bits()) == device)
    }

    fn stay(&mut self, next: Stay) {
        let full = self.stays().len() >= MAX_STAYS;
        match self.stays.last_mut() {
            Some(stay) if stay.imei.device() == next.imei.device() => stay.extend(&next),
            Some(stay) if full => {
                self.changes = self.changes.saturating_add(1);
                let shown = next.shown();
                *stay = Stay { first: stay.first, from: stay.from, ..next };
                stay.show(shown);
            }
            last => {
                self.changes = self.changes.saturating_add(u32::from(last.is_some()));
                self.stays.push(next);
            }
        }
    }

    /// Different models among the devices that are counted by themselves.
    fn models(&self) -> usize {
        let tac = |(device, _)| Digits::from_bits(unmix(device)).prefix(8).to_bits();
        let mut tacs: Vec<u64> = self.devices.iter().map(tac).collect();
        tacs.sort_unstable();
        tacs.dedup();
        tacs.len()
    }

    /// Stays in a device in which the card was before.
    fn returns(&self) -> usize {
        let came_back = |(place, stay): &(usize, &Stay)| {
            self.stays().iter().take(*place).any(|earlier| earlier.imei.device() == stay.imei.device())
        };
        self.stays().iter().enumerate().filter(came_back).count()
    }
}

impl Occasional for Device {
    fn concerns(event: &Event) -> bool {
        event.imei.is_some()
    }
}

impl Family for Device {
    const DEFINITIONS: &'static [Definition] = definitions! {
        "imeis" Count: "different devices (TAC and serial) of the card",
            says "was in {} device{s}",
            from "LATRO and HAUD on detection in practice: ratio of IMSI to IMEI", needs [Device], absent ABSENT;
        "imei_changes_per_hour" PerHour: "changes from one device to another, by the hour",
            says "changed its device {} times an hour",
            from "Murynets et al. 2014", needs [Device], absent ABSENT;
        "imei_main_share" Share: "events with the most frequent device / events with a device",
            says "{} of its events were in one device",
            from "Murynets et al. 2014", needs [Device], absent ABSENT;
        "imei_entropy" Bits: "entropy of events over devices",
            says "its events are spread as over {even} equal device{s}", from "Murynets et al. 2014", needs [Device], absent ABSENT;
        "tacs" Count: "different models of device (TAC)",
            says "was in {} model{s} of device", from "3GPP TS 23.003 §6.2", needs [Device], absent ABSENT;
        "imei_invalid_share" Share:
            "events whose IMEI is all zero or has a wrong check digit (one sent as 0 is not wrong) / events with a device",
            says "{} of its events had an IMEI that is zero or has a wrong check digit",
            from "3GPP TS 23.003 annex B", needs [Device], absent ABSENT;
        "imei_returns_share" Share: "changes back to a device that the card was in before / changes of device",
            says "{} of its changes of device went back to one where it was before",
            from "Kouam et al. 2024: cards that move between modules", needs [Device], absent "no change of device";
        "imei_stay" Seconds: "median time seen in one device without another between",
            says "stayed {} in a device as a rule",
            from "Kouam et al. 2024: IMEI change per card, period or metric", needs [Device], absent ABSENT;
    };

    fn push(&mut self, event: &Event) {
        let Some(imei) = event.imei else { return };
        self.devices.add(mix(imei.device().to_bits()), 1);
        let check_digit_sent = imei.digits().len() == 15 && imei.digits().digit(14) != Some(0);
        if imei.is_zero() || (check_digit_sent && !imei.luhn_ok()) {
            self.invalid = self.invalid.saturating_add(1);
        }
        self.stay(Stay::of(imei, event));
    }

    fn merge(&mut self, later: &Self) {
        self.devices.merge(&later.devices);
        self.invalid = self.invalid.saturating_add(later.invalid);
        // Changes that the later part counted beyond the stays that it kept.
        let kept = later.stays().len().saturating_sub(1) as u32;
        self.changes = self.changes.saturating_add(later.changes.saturating_sub(kept));
        later.stays().iter().for_each(|stay| self.stay(stay.clone()));
    }

    fn finish(&self, span: Span, out: &mut Vec<f64>) {
        let named = self.devices.total();
        let known = |value: f64| if named > 0 { value } else { f64::NAN };
        let mut lengths = Histogram::default();
        for stay in self.stays() {
            let length = stay.last.time.saturating_sub(stay.first.time).div_euclid(SECOND);
            lengths.add(u32::try_from(length).unwrap_or(0));
        }
        out.push(known(self.devices.distinct()));
        out.push(known(f64::from(self.changes) / span.hours()));
        out.push(self.devices.main_share());
        out.push(self.devices.entropy());
        out.push(known(self.models() as f64));
        out.push(share(self.invalid, named));
        out.push(share(self.returns() as f64, self.stays().len().saturating_sub(1) as f64));
        out.push(lengths.quantile(0.5));
    }
}
