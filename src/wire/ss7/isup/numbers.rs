//! The numbers of parties (Q.763 §3.9, §3.10, §3.16, §3.26, §3.30, §3.39, §3.44 to §3.46, §3.51).
//!
//! ```text
//! |o/e| nature of address |        generic number: one octet with the qualifier before it
//! |inn|  plan | pres | scr |       subsequent number: only the odd/even bit
//! | digit 2   | digit 1    | ...   15 is ST, the end of the number
//! ```

use super::Name;
use crate::identity::{LongDigits, Nature, Number};

/// Address presentation (Q.763 §3.10 e).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presentation {
    /// May be shown.
    Allowed,
    /// May not be shown.
    Restricted,
    /// The address is not there.
    NotAvailable,
    /// Reserved for restriction by the network.
    Reserved,
}

/// A number of a party with what stands beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PartyNumber {
    /// Digits and nature. Codes 11 and 12 are shown as `#` and `a`.
    pub number: Number,
    /// Nature of address indicator as sent.
    pub nature: u8,
    /// Numbering plan indicator: 1 is E.164.
    pub plan: u8,
    /// Presentation, where the parameter has it.
    pub presentation: Option<Presentation>,
    /// Screening, where the parameter has it: 0 user provided and not verified, 1 verified, 2 failed, 3 network provided.
    pub screening: Option<u8>,
    /// Number incomplete, or routing to internal network numbers not allowed.
    pub indicator: bool,
    /// The digits end with ST: no more will come.
    pub complete: bool,
    /// Number qualifier of a generic number: 6 is an additional calling party number.
    pub qualifier: Option<u8>,
}

/// The number in a parameter; `None` for a parameter that is none, and one without digits.
pub fn party_number(name: Name, value: &[u8]) -> Option<PartyNumber> {
    let (shown, screened) = match name {
        Name::CALLED_PARTY_NUMBER | Name::REDIRECTION_NUMBER | Name::CALLED_IN_NUMBER | Name::CHARGE_NUMBER => {
            (name == Name::CALLED_IN_NUMBER, false)
        }
        Name::REDIRECTING_NUMBER | Name::ORIGINAL_CALLED_NUMBER => (true, false),
        Name::CALLING_PARTY_NUMBER
        | Name::CONNECTED_NUMBER
        | Name::LOCATION_NUMBER
        | Name::CALL_TRANSFER_NUMBER
        | Name::GENERIC_NUMBER => (true, true),
        Name::SUBSEQUENT_NUMBER => {
            let (first, octets) = value.split_first()?;
            let (digits, complete) = address_signals(octets, first & 0x80 != 0)?;
            return Some(PartyNumber {
                number: Number::new(digits, Nature::Unknown),
                nature: 0,
                plan: 0,
                presentation: None,
                screening: None,
                indicator: false,
                complete,
                qualifier: None,
            });
        }
        _ => return None,
    };
    let (qualifier, value) = match name {
        Name::GENERIC_NUMBER => value.split_first().map(|(qualifier, value)| (Some(*qualifier), value))?,
        _ => (None, value),
    };
    let (&[first, second], octets) = value.split_first_chunk::<2>()?;
    let (digits, complete) = address_signals(octets, first & 0x80 != 0)?;
    // A number that consists of ST alone has no digit.
    if digits.is_empty() {
        return None;
    }
    Some(PartyNumber {
        number: Number::new(digits, nature(first & 0x7f)),
        nature: first & 0x7f,
        plan: (second >> 4) & 0x07,
        presentation: shown.then_some(match (second >> 2) & 0x03 {
            0 => Presentation::Allowed,
            1 => Presentation::Restricted,
            2 => Presentation::NotAvailable,
            _ => Presentation::Reserved,
        }),
        screening: screened.then_some(second & 0x03),
        indicator: second & 0x80 != 0,
        complete,
        qualifier,
    })
}

/// Nature of address. ANSI puts numbers whose country code was cut off or that need an operator beside those of the
/// ITU (T1.113.3 §3.6).
fn nature(code: u8) -> Nature {
    match code {
        1 => Nature::Subscriber,
        3 => Nature::National,
        4 => Nature::International,
        5 => Nature::NetworkSpecific,
        _ => Nature::Unknown,
    }
}

/// Address signals, low half of an octet first, and whether ST ends them. More than 32 are no number.
fn address_signals(octets: &[u8], odd: bool) -> Option<(LongDigits, bool)> {
    const ST: u8 = 15;
    let count = octets.len().saturating_mul(2).saturating_sub(usize::from(odd));
    let signals = octets.iter().flat_map(|octet| [octet & 0x0f, octet >> 4]).take(count);
    let mut digits = LongDigits::EMPTY;
    for signal in signals {
        if signal == ST {
            return Some((digits, true));
        }
        digits = digits.push(signal)?;
    }
    Some((digits, false))
}
