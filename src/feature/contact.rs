//! The other party of a call or message as a number, and what two parties had with each other.

use super::sample::{Count, mix, unmix};
use crate::event::Peer;
use crate::identity::{Digits, Msisdn, Nature, Number};

/// What stands below the last ten digits of a number.
const FILLERS: u64 = 0xff_ffff;

/// A party as a key, scrambled: the last ten digits of a number, so that its national and international form agree.
pub(super) fn key(peer: Peer) -> u64 {
    match peer {
        Peer::Number(Number { digits, .. }) => {
            let skip = digits.len().saturating_sub(10);
            mix(digits.skip(skip).short().map_or(0, Digits::to_bits))
        }
        Peer::Name(name) => {
            use std::hash::BuildHasher;

            mix(foldhash::fast::FixedState::with_seed(1).hash_one(name) & !FILLERS)
        }
    }
}

/// The key of a subscriber's own number.
pub(super) fn key_of(msisdn: Msisdn) -> u64 {
    key(Peer::Number(msisdn.into()))
}

/// The last ten digits behind a key, where it is that of a number.
pub(super) fn number(key: u64) -> Option<Digits> {
    let bits = unmix(key);
    (bits & FILLERS == FILLERS).then(|| Digits::from_bits(bits))
}

/// The region of a number: its last ten digits without the last seven.
pub(super) fn region(key: u64) -> Option<u64> {
    let digits = number(key)?;
    let len = digits.len().checked_sub(7).filter(|len| *len > 0)?;
    Some(digits.prefix(len).to_bits())
}

/// The ten numbers among which a number is.
pub(super) fn decade(key: u64) -> Option<u64> {
    let digits = number(key)?;
    let len = digits.len().checked_sub(1).filter(|len| *len > 0)?;
    Some(digits.prefix(len).to_bits())
}

/// Different values of what keys have.
pub(super) fn different(values: impl Iterator<Item = u64>) -> usize {
    let mut values: Vec<u64> = values.collect();
    values.sort_unstable();
    values.dedup();
    values.len()
}

/// True where a number lies in another country than the subscriber's; unknown without the country code of both.
pub(super) fn is_abroad(peer: Peer, own: Option<Msisdn>) -> Option<bool> {
    let Peer::Number(number) = peer else { return None };
    let (own, other) = (own?.digits(), number.international().map(Msisdn::digits));
    match (other, number.nature) {
        (Some(other), _) => Some(country(other) != country(own)),
        (None, Nature::International) => None,
        // Dialled without a country code: a number of one's own.
        (None, _) => Some(false),
    }
}

/// The country code: one, two or three digits (ITU-T E.164, list of assigned codes).
fn country(digits: Digits) -> Digits {
    let two = digits.prefix(2).value().unwrap_or(0);
    let len = match two {
        10..=19 | 70..=79 => 1,
        20 | 27 | 30..=34 | 36 | 39 | 40 | 41 | 43..=49 | 51..=58 | 60..=66 | 81 | 82 | 84 | 86 | 90..=95 | 98 => 2,
        _ => 3,
    };
    digits.prefix(len)
}

/// What was between a subscriber and one party: calls to it, and calls from it before and after the first to it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Ties {
    pub(super) to: u16,
    pub(super) from_before: u16,
    pub(super) from_after: u16,
}

impl Ties {
    /// A call to it.
    pub(super) const TO: Self = Self { to: 1, from_before: 0, from_after: 0 };
    /// A call from it, to whom nothing was said before.
    pub(super) const FROM: Self = Self { to: 0, from_before: 1, from_after: 0 };
}

impl Count for Ties {
    fn add(&mut self, later: Self) {
        let (before, after) = if self.to > 0 { (0, later.from_before) } else { (later.from_before, 0) };
        self.to = self.to.saturating_add(later.to);
        self.from_before = self.from_before.saturating_add(before);
        self.from_after = self.from_after.saturating_add(after).saturating_add(later.from_after);
    }

    fn times(self) -> u32 {
        u32::from(self.to).saturating_add(u32::from(self.from_before)).saturating_add(u32::from(self.from_after))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number_of(text: &str) -> Peer {
        Peer::Number(Number::from_text(text.as_bytes()).unwrap())
    }

    #[test]
    fn national_and_international_agree() {
        assert_eq!(key(number_of("+861385550100")), key(number_of("1385550100")));
        assert_eq!(region(key(number_of("+15551234567"))), region(key(number_of("+15557654321"))));
        assert_eq!(decade(key(number_of("+15551234567"))), decade(key(number_of("+15551234560"))));
        assert_ne!(decade(key(number_of("+15551234567"))), decade(key(number_of("+15551234577"))));
    }

    #[test]
    fn countries_are_told_apart() {
        let own: Option<Msisdn> = "999170000001".parse().ok();
        assert_eq!(is_abroad(number_of("+998170000001"), own), Some(true));
        assert_eq!(is_abroad(number_of("+999179999999"), own), Some(false));
        assert_eq!(is_abroad(number_of("0170000001"), own), Some(false));
        assert_eq!(is_abroad(number_of("+998170000001"), None), None);
        let own: Option<Msisdn> = "15550100123".parse().ok();
        assert_eq!(is_abroad(number_of("+12025550100"), own), Some(false));
    }
}
