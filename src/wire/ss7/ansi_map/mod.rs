//! MAP of ANSI networks (TIA-41, 3GPP2 X.S0004-540-E and -550-E; MEID from X.S0008, IMSI from IS-751).
//!
//! ```text
//! RegistrationNotification ::= [PRIVATE 18] SET {electronicSerialNumber [9], mobileIdentificationNumber [8] or imsi [242],
//!     mscid [21], ..., locationAreaID [33], ..., senderIdentificationNumber [103], ..., meid [390], ...}
//! ```
//!
//! A parameter has the same tag in all operations, so that one table reads all of them.
//! Called by `session` with the parameters of components of ANSI TCAP. Calls nothing.
//!
//! **Handled:** the names of all operations and errors; MIN, IMSI, ESN, MEID, directory numbers, dialled, calling,
//! redirecting, routing and destination digits, addresses of short messages, network TMSI, MSCID, location area, serving
//! and target cell; the lists of terminations. **Not handled:** profiles, triggers and feature indicators; authentication
//! parameters; the text of short messages (SMS_BearerData); digits of billing, carriers and voice mail.
//!
//! A MIN is a subscriber and an ESN or MEID a device, but they are not IMSI and IMEI: they go to [`Named::more`]. Systems,
//! areas and cells have no PLMN: they go there as well.

mod operation;

pub use operation::{Operation, Purpose, operation};

use super::fields::Tag::Context;
use super::fields::{Field, Role, into, take, walk};
use super::{Direction, names};
use crate::health::Layer;
use crate::identity::{Digits, Imsi, LongDigits, Nature, Number};
use crate::wire::asn1::{Element, Elements};
use crate::wire::{DecodeError, Identity, Named};

const LAYER: Layer = Layer::AnsiMap;

/// The parameters that are read.
macro_rules! parameters {
    ($($more:expr,)*) => {
        &[
            take(Context(2), Role::ServingCell),
            take(Context(3), Role::ServingCell),
            take(Context(4), Role::Digits),
            take(Context(8), Role::Min),
            take(Context(9), Role::Esn),
            take(Context(21), Role::MscId),
            take(Context(33), Role::LocationArea),
            take(Context(80), Role::CallingDigits),
            take(Context(81), Role::CallingDigits),
            take(Context(82), Role::CallingDigits),
            take(Context(83), Role::CallingDigits),
            take(Context(87), Role::CalledDigits),
            take(Context(93), Role::DirectoryNumber),
            take(Context(94), Role::NodeDigits),
            take(Context(100), Role::CallingDigits),
            take(Context(101), Role::CallingDigits),
            take(Context(103), Role::NodeDigits),
            take(Context(104), Role::NodeDigits),
            take(Context(107), Role::CalledDigits),
            take(Context(110), Role::SmsDestination),
            take(Context(112), Role::SmsOriginator),
            take(Context(114), Role::CallingDigits),
            take(Context(150), Role::CalledDigits),
            take(Context(184), Role::Min),
            take(Context(187), Role::Min),
            take(Context(233), Role::NetworkTmsi),
            take(Context(235), Role::NetworkTmsi),
            take(Context(242), Role::Imsi),
            take(Context(286), Role::Imsi),
            take(Context(287), Role::Imsi),
            take(Context(390), Role::Meid),
            $($more,)*
        ]
    };
}
const IN_TERMINATION: &[Field] = parameters!();
// TerminationList [120] ::= SET OF CHOICE {intersystemTermination [89], localTermination [91], pstnTermination [95]},
// each a SET of parameters.
const TERMINATIONS: &[Field] =
    &[into(Context(89), IN_TERMINATION), into(Context(91), IN_TERMINATION), into(Context(95), IN_TERMINATION)];
const PARAMETERS: &[Field] = parameters!(into(Context(120), TERMINATIONS),);

/// What a message says beside the identities.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Extra {
    /// Which way a short message goes, where the addresses tell.
    pub direction: Option<Direction>,
}

/// Reads the parameters of an invoke, a result or an error. What stands before or after a defect is read all the same;
/// the first defect is returned.
pub fn parameters(parameter: &[u8], named: &mut Named, extra: &mut Extra) -> Result<(), DecodeError> {
    let mut first = None;
    for set in Elements::new(parameter, LAYER) {
        let defect = match set {
            Ok(set) => walk(set.children(), PARAMETERS, &mut |role, element| name(role, element, named, extra)),
            Err(error) => Some(error),
        };
        first = first.or(defect);
    }
    first.map_or(Ok(()), Err)
}

fn name(role: Role, element: &Element<'_>, named: &mut Named, extra: &mut Extra) -> Result<(), DecodeError> {
    let content = element.content;
    match role {
        Role::Imsi => named.imsi(Imsi::from_tbcd(content).ok_or_else(|| element.malformed("IMSI"))?),
        Role::Min => {
            let min = Digits::from_tbcd(content).filter(|min| min.len() == 10 && min.is_decimal());
            named.further(Identity::Min(min.ok_or_else(|| element.malformed("MIN not of ten digits"))?));
        }
        Role::Esn => {
            let esn = content.try_into().map_err(|_| element.malformed("ESN not of four octets"))?;
            named.further(Identity::Esn(u32::from_be_bytes(esn)));
        }
        Role::Meid => match *content {
            [a, b, c, d, e, f, g] => named.further(Identity::Meid(u64::from_be_bytes([0, a, b, c, d, e, f, g]))),
            // Sent empty where the mobile has none.
            [] => {}
            _ => return Err(element.malformed("MEID not of seven octets")),
        },
        Role::NetworkTmsi => {
            if let Ok(tmsi) = content.try_into() {
                named.tmsi(u32::from_be_bytes(tmsi));
            }
        }
        Role::MscId => match *content {
            [high, low, switch] => named.further(Identity::MscId(u16::from_be_bytes([high, low]), switch)),
            _ => return Err(element.malformed("MSCID not of three octets")),
        },
        Role::LocationArea | Role::ServingCell => {
            let id = content.try_into().map_err(|_| element.malformed("area or cell not of two octets"))?;
            let id = u16::from_be_bytes(id);
            named.further(if role == Role::ServingCell { Identity::AnsiCell(id) } else { Identity::AnsiArea(id) });
        }
        Role::Digits => {
            let Some((kind, number)) = digits(content) else { return Ok(()) };
            match kind {
                2 => named.calling(number),
                _ => named.called(number),
            }
        }
        Role::SmsDestination | Role::SmsOriginator => {
            let Some((_, number)) = digits(content) else { return Ok(()) };
            // Each address stands in the message that needs it; both only in one that was forwarded.
            let direction = match role {
                Role::SmsDestination => Direction::Originating,
                _ => Direction::Terminating,
            };
            extra.direction = if extra.direction.is_none() { Some(direction) } else { None };
            match role {
                Role::SmsDestination => named.called(number),
                _ => named.calling(number),
            }
        }
        Role::CallingDigits => digits(content).into_iter().for_each(|(_, number)| named.calling(number)),
        Role::CalledDigits => digits(content).into_iter().for_each(|(_, number)| named.called(number)),
        Role::NodeDigits => digits(content).into_iter().for_each(|(_, number)| named.node(number)),
        Role::DirectoryNumber => digits(content).into_iter().for_each(|(_, number)| named.own_number(number)),
        _ => {}
    }
    Ok(())
}

/// The type and the number of a DigitsType (X.S0004-550-E, 1.1.4): type, nature, plan and encoding, count, digits.
/// `None` for an address that is no number, or one without digits.
fn digits(content: &[u8]) -> Option<(u8, Number)> {
    let ([kind, nature, coding, count], rest) = content.split_first_chunk::<4>()?;
    // Plans 13 and 14 are a point code and an internet address.
    if *coding >> 4 >= 13 {
        return None;
    }
    let digits = match coding & 0x0f {
        // Beside the decimal digits: 11 is *, 12 is #, the others code 11, code 12, ST.
        1 => bcd(rest)?,
        2 => LongDigits::from_ascii(rest)?,
        _ => return None,
    };
    let digits = digits.prefix(usize::from(*count));
    let nature = if nature & 1 == 1 { Nature::International } else { Nature::National };
    (!digits.is_empty()).then_some((*kind, Number::new(digits, nature)))
}

fn bcd(octets: &[u8]) -> Option<LongDigits> {
    let mut digits = LongDigits::EMPTY;
    for half in octets.iter().flat_map(|octet| [octet & 0x0f, octet >> 4]) {
        digits = match half {
            0..=9 => digits.push(half)?,
            // 13 is *, 14 is # in this code, 10 and 11 in that of the digits here.
            13 => digits.push(10)?,
            14 => digits.push(11)?,
            11 | 12 => digits.push(half.saturating_add(1))?,
            _ => break,
        };
    }
    Some(digits)
}

names! {
    /// The name of an error (X.S0004-540-E, table 12).
    error_name(i32);
    0x81 => "UnrecognizedMIN",
    0x82 => "UnrecognizedESN",
    0x83 => "MIN/HLRMismatch",
    0x84 => "OperationSequenceProblem",
    0x85 => "ResourceShortage",
    0x86 => "OperationNotSupported",
    0x87 => "TrunkUnavailable",
    0x88 => "ParameterError",
    0x89 => "SystemFailure",
    0x8a => "UnrecognizedParameterValue",
    0x8b => "FeatureInactive",
    0x8c => "MissingParameter",
}

#[cfg(test)]
mod tests;
