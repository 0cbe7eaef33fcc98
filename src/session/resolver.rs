//! Who it was: IMSI, MSISDN, IMEI and cell tied over time, so that a message that names only one of them still lands
//! on its subscriber.
//!
//! What a message ties is learnt as it comes; later messages profit, earlier ones do not. All tables are bounded and
//! forget what was not used for long.

use super::aging::Aging;
use super::temporary::{System, Temporaries, Temporary};
use crate::event::{Event, EventKind, ResolvedBy, Result};
use crate::identity::{CellId, Digits, Imei, Imsi, Msisdn, Number, Plmn};
use crate::time::{DAY, MINUTE};

/// Subscribers that are known at the same time.
const SUBSCRIBERS: usize = 1 << 23;
/// A tie that was not used for so long is forgotten.
const FORGET: i64 = 8 * DAY;
/// A cell is taken over from the last message only if that is no older.
const CELL_HOLDS: i64 = 10 * MINUTE;
/// Digits of a national number that are unambiguous enough to find a subscriber by.
const LEAST_NATIONAL_DIGITS: usize = 9;

#[derive(Debug, Clone, Copy, Default)]
struct Known {
    msisdn: Option<Msisdn>,
    imei: Option<Imei>,
    cell: Option<(CellId, i64)>,
    plmn: Option<Plmn>,
}

/// What ties identities.
#[derive(Debug)]
pub struct Resolver {
    subscribers: Aging<Imsi, Known>,
    numbers: Aging<Msisdn, Imsi>,
    /// By the last nine digits, for numbers in national form; `None` where two subscribers share them.
    national: Aging<Digits, Option<Imsi>>,
    devices: Aging<Digits, Imsi>,
    temporaries: Temporaries,
}

impl Default for Resolver {
    fn default() -> Self {
        Self {
            subscribers: Aging::new(SUBSCRIBERS, FORGET),
            numbers: Aging::new(SUBSCRIBERS, FORGET),
            national: Aging::new(SUBSCRIBERS, FORGET),
            devices: Aging::new(SUBSCRIBERS, FORGET),
            temporaries: Temporaries::default(),
        }
    }
}

fn national(digits: Digits) -> Option<Digits> {
    let len = digits.len();
    (len >= LEAST_NATIONAL_DIGITS).then(|| digits.skip(len.saturating_sub(LEAST_NATIONAL_DIGITS)))
}

impl Resolver {
    /// Lets time pass.
    pub fn pass(&mut self, now: i64) {
        self.subscribers.forget(now);
        self.numbers.forget(now);
        self.national.forget(now);
        self.devices.forget(now);
        self.temporaries.pass(now);
    }

    /// Applies a change to what is known of a subscriber; gives what is known then.
    fn update(&mut self, imsi: Imsi, change: impl FnOnce(&mut Known)) -> Known {
        let known = self.subscribers.get_or_default(imsi);
        change(known);
        *known
    }

    /// A number is a subscriber's.
    pub fn tie_msisdn(&mut self, imsi: Imsi, msisdn: Msisdn) {
        let before = self.subscribers.peek(&imsi).and_then(|known| known.msisdn);
        if before == Some(msisdn) && self.numbers.peek(&msisdn) == Some(&imsi) {
            return;
        }
        self.update(imsi, |known| known.msisdn = Some(msisdn));
        self.lead(msisdn, imsi);
    }

    /// A number leads to a subscriber.
    fn lead(&mut self, msisdn: Msisdn, imsi: Imsi) {
        self.numbers.insert(msisdn, imsi);
        if let Some(tail) = national(msisdn.digits()) {
            let unique = match self.national.peek(&tail) {
                Some(Some(other)) if *other != imsi => None,
                Some(None) => None,
                _ => Some(imsi),
            };
            self.national.insert(tail, unique);
        }
    }

    /// A subscriber is in a device.
    pub fn tie_imei(&mut self, imsi: Imsi, imei: Imei) {
        self.update(imsi, |known| known.imei = Some(imei));
        if !imei.is_zero() {
            self.devices.insert(imei.device(), imsi);
        }
    }

    /// A subscriber is in a cell.
    pub fn tie_cell(&mut self, imsi: Imsi, cell: CellId, time: i64) {
        self.update(imsi, |known| known.cell = Some((cell, time)));
    }

    /// A temporary identity is a subscriber's.
    pub fn tie_temporary(&mut self, imsi: Imsi, temporary: Temporary) {
        self.temporaries.tie(imsi, temporary);
    }

    /// The mobile confirmed its newest temporary identity.
    pub fn settle_temporary(&mut self, imsi: Imsi, system: System) {
        self.temporaries.settle(imsi, system);
    }

    /// Whose a temporary identity is.
    pub fn of_temporary(&mut self, temporary: Temporary) -> Option<Imsi> {
        self.temporaries.of(temporary)
    }

    /// Who has a number: in international form by all digits, in national form by its end, where that is unique.
    pub fn of_number(&mut self, number: Number) -> Option<Imsi> {
        if let Some(msisdn) = number.international()
            && let Some(imsi) = self.numbers.get_mut(&msisdn)
        {
            return Some(*imsi);
        }
        let digits = number.digits.short()?;
        if let Some(msisdn) = Msisdn::new(digits)
            && let Some(imsi) = self.numbers.get_mut(&msisdn)
        {
            return Some(*imsi);
        }
        if number.nature == crate::identity::Nature::International {
            return None;
        }
        *self.national.get_mut(&national(digits)?)?
    }

    /// Who was last seen in a device.
    pub fn of_imei(&mut self, imei: Imei) -> Option<Imsi> {
        self.devices.get_mut(&imei.device()).copied()
    }

    /// Completes an event with what is known, and learns from it.
    pub fn complete(&mut self, event: &mut Event) {
        if event.imsi.is_none() {
            if let Some(imsi) = event.msisdn.and_then(|msisdn| self.of_number(msisdn.into())) {
                (event.imsi, event.resolved_by) = (Some(imsi), ResolvedBy::Msisdn);
            } else if let Some(imsi) = event.imei.and_then(|imei| self.of_imei(imei)) {
                (event.imsi, event.resolved_by) = (Some(imsi), ResolvedBy::Imei);
            }
        }
        let Some(imsi) = event.imsi else { return };
        // All at once, as this comes for each event.
        let mut before = None;
        let known = self.update(imsi, |known| {
            before = known.msisdn;
            known.msisdn = event.msisdn.or(known.msisdn);
            known.imei = event.imei.or(known.imei);
            known.cell = event.cell.map(|cell| (cell, event.time)).or(known.cell);
            known.plmn = event.plmn.or(known.plmn);
        });
        if let Some(msisdn) = event.msisdn
            && (before != Some(msisdn) || self.numbers.peek(&msisdn) != Some(&imsi))
        {
            self.lead(msisdn, imsi);
        }
        if let Some(imei) = event.imei.filter(|imei| !imei.is_zero()) {
            self.devices.insert(imei.device(), imsi);
        }
        event.msisdn = event.msisdn.or(known.msisdn);
        event.plmn = known.plmn;
        if proves_device(event) {
            event.imei = event.imei.or(known.imei);
        }
        if event.cell.is_none() && proves_device(event) {
            let fresh = known.cell.filter(|(_, seen)| event.time.saturating_sub(*seen) <= CELL_HOLDS);
            event.cell = fresh.map(|(cell, _)| cell);
        }
    }
}

/// True for what a card can only do in its device, so that the device known for it is the one that did it. A
/// registration is not: it may be the first in another device.
fn proves_device(event: &Event) -> bool {
    use crate::event::Direction::Mo;
    match event.kind {
        EventKind::CallAttempt | EventKind::SmsSubmit => event.direction == Mo,
        EventKind::CallAnswer | EventKind::CallEnd | EventKind::Handover => true,
        EventKind::SmsDeliver => event.outcome == Result::Success,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::{Direction, Interface, Source};

    fn imsi(last: u8) -> Imsi {
        format!("00101000000000{last}").parse().unwrap()
    }

    #[test]
    fn a_number_leads_to_its_subscriber() {
        let mut resolver = Resolver::default();
        resolver.tie_msisdn(imsi(1), "15550100123".parse().unwrap());
        let find =
            |resolver: &mut Resolver, text: &str| resolver.of_number(Number::from_text(text.as_bytes()).unwrap());
        assert_eq!(find(&mut resolver, "+15550100123"), Some(imsi(1)));
        assert_eq!(find(&mut resolver, "0015550100123"), Some(imsi(1)));
        assert_eq!(find(&mut resolver, "5550100123"), Some(imsi(1)));
        assert_eq!(find(&mut resolver, "+445550100123"), None);
        // Another subscriber with the same end: the national form no longer tells.
        resolver.tie_msisdn(imsi(2), "445550100123".parse().unwrap());
        assert_eq!(find(&mut resolver, "5550100123"), None);
    }

    #[test]
    fn a_registration_does_not_inherit_the_old_device() {
        let mut resolver = Resolver::default();
        resolver.tie_imei(imsi(1), "356938035643809".parse().unwrap());
        let mut event = Event::new(EventKind::Register, 0, Interface::Map, Source::default());
        event.imsi = Some(imsi(1));
        resolver.complete(&mut event);
        assert_eq!(event.imei, None);
        event.kind = EventKind::CallAttempt;
        event.direction = Direction::Mo;
        resolver.complete(&mut event);
        assert!(event.imei.is_some());
    }

    #[test]
    fn an_old_cell_is_not_taken_over() {
        let mut resolver = Resolver::default();
        let cell = CellId::from_cgi_octets([0x00, 0xf1, 0x10, 0, 1, 0, 1]).unwrap();
        resolver.tie_cell(imsi(1), cell, 0);
        let mut call = Event::new(EventKind::CallAttempt, CELL_HOLDS, Interface::Cap, Source::default());
        (call.imsi, call.direction) = (Some(imsi(1)), Direction::Mo);
        let mut late = Event { time: 2 * CELL_HOLDS, ..call };
        resolver.complete(&mut call);
        assert_eq!(call.cell, Some(cell));
        resolver.complete(&mut late);
        assert_eq!(late.cell, None);
    }
}
