//! The parties of calls and messages, and nodes by number.

use super::Avp;
use super::dictionary::{Key, keys};
use super::walk::Walk;
use crate::identity::{Imsi, LongDigits, Nature, Number};
use crate::wire::{Identity, ims};

/// AddressFamilyNumbers of an Address (RFC 6733 §4.3.1): 8 is E.164.
const FAMILY_E164: [u8; 2] = [0, 8];

impl Walk<'_> {
    pub(super) fn calling_uri(&mut self, text: &[u8]) {
        if let Some(number) = self.party(text) {
            self.facts.named.calling(number);
        }
    }

    pub(super) fn called_uri(&mut self, text: &[u8]) {
        if let Some(number) = self.party(text) {
            self.facts.named.called(number);
        }
    }

    /// The party that forwarded the call (TS 32.299 §7.2.12A).
    pub(super) fn associated_uri(&mut self, text: &[u8]) {
        if let Some(number) = self.party(text) {
            self.facts.named.further(Identity::Called(number));
        }
    }

    /// The number of a party's URI; an identity made from an IMSI is noted as such.
    fn party(&mut self, text: &[u8]) -> Option<Number> {
        let uri = ims::Uri::parse(text)?;
        if let Some(imsi) = uri.imsi() {
            self.facts.named.other_imsi(imsi);
            return None;
        }
        uri.number()
    }

    /// TS 32.299 §7.2.7, §7.2.8: 1 MSISDN, 4 numeric short code, 7 IMSI; names and addresses of other kinds are left.
    pub(super) fn address_of_party(&mut self, key: Key) {
        let pair = std::mem::take(&mut self.pair);
        let Some(text) = pair.value else { return };
        let named = &mut self.facts.named;
        let number = match pair.kind {
            Some(1) => match Number::from_text(text) {
                // Digits of an MSISDN are international with and without the plus.
                Some(number) => Number::new(number.digits, Nature::International),
                None => return,
            },
            Some(4) => match Number::from_text(text) {
                Some(number) => number,
                None => return,
            },
            Some(7) => {
                if let Some(imsi) = Imsi::from_ascii(text) {
                    named.other_imsi(imsi);
                }
                return;
            }
            _ => return,
        };
        match key {
            keys::ORIGINATOR_ADDRESS | keys::ORIGINATOR_RECEIVED_ADDRESS => named.calling(number),
            _ => named.called(number),
        }
    }

    /// TBCD of an international number without nature of address (TS 29.272 §7.3.102 and its like).
    pub(super) fn node(&mut self, avp: &Avp<'_>) {
        match LongDigits::from_tbcd(avp.data).filter(|digits| !digits.is_empty()) {
            Some(digits) => self.facts.named.node(Number::new(digits, Nature::International)),
            None => self.wrong(avp, "number of a node is not TBCD digits"),
        }
    }

    /// An Address that may be a number.
    pub(super) fn node_address(&mut self, data: &[u8]) {
        if let Some(number) = data.strip_prefix(&FAMILY_E164).and_then(Number::from_text) {
            self.facts.named.node(Number::new(number.digits, Nature::International));
        }
    }

    /// The other side of a short message as TS 23.040 §9.1.2.5 codes it: count of digits, type of number, TBCD.
    pub(super) fn short_message_entity(&mut self, avp: &Avp<'_>) {
        let number = match avp.data {
            // Type of number 5 is text: no number.
            [_, kind, ..] if kind >> 4 & 7 == 5 => return,
            [count, kind, digits @ ..] => LongDigits::from_tbcd(digits).map(|digits| {
                let nature = if kind >> 4 & 7 == 1 { Nature::International } else { Nature::Unknown };
                Number::new(digits.prefix(usize::from(*count)), nature)
            }),
            _ => None,
        };
        match number {
            Some(number) => self.facts.named.calling(number),
            None => self.wrong(avp, "address of a short message entity is not TBCD digits"),
        }
    }
}
