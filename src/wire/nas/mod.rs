//! Non-access stratum of EPS (TS 24.301 V17: EMM and ESM) and of 5GS (TS 24.501 V18: 5GMM and 5GSM).
//!
//! ```text
//! EPS   security header type (4), protocol discriminator 7 (4) | message type | elements            EMM, plain
//!       security header type, 7 | MAC (4) | sequence number | message                               protected
//!       12 to 15, 7 | key set and sequence number | short MAC (2)                                   Service request
//!       bearer identity (4), discriminator 2 (4) | PTI | message type | elements                    ESM
//! 5GS   7e | security header type | message type | elements                                         5GMM, plain
//!       7e | security header type | MAC (4) | sequence number | message                             protected
//!       2e | PDU session identity | PTI | message type | elements                                   5GSM
//! ```
//!
//! Called by `dissect` with a NAS-PDU of S1AP or NGAP, and again with what a message contains (ESM, 5GSM, a whole
//! message, or a short message's CP layer, which is not read here).
//!
//! **Handled:** all messages by name; mobile identities (IMSI, IMEI, IMEISV, GUTI, 5G-GUTI, S-TMSI, SUCI in the null
//! scheme); temporary identities that are given; causes; the calling line of a CS service notification; containers.
//! Integrity protection is stepped over. A message that is said to be ciphered is read where it turns out not to be
//! (the null algorithm): its head is known, and it can be cut to its end; else it is counted as ciphered.
//! **Not handled:** access point names, qualities, protocol configuration; lists of tracking areas; subscribers by
//! network access identifier (private networks).

mod emm;
mod esm;
mod fields;
mod five_gmm;
mod five_gsm;
mod identity;

use super::layer3::Layer3;
use super::ss7::Direction;
use super::{DecodeError, DecodeErrorKind};
use fields::LAYER;

/// The system.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum System {
    Eps,
    FiveGs,
}

/// A NAS message.
#[derive(Debug, Clone)]
pub struct Nas<'a> {
    /// The system.
    pub system: System,
    /// Security header type, 0 for a plain message.
    pub security: u8,
    /// What it says.
    pub message: Layer3<'a>,
    /// It names a subscriber that its home network alone can read (SUCI).
    pub concealed: bool,
}

/// The reason of [`Nas::parse`] for a message that cannot be read.
pub const CIPHERED: &str = "ciphered NAS message";

/// What is said of one.
pub fn ciphered() -> DecodeError {
    DecodeError::unsupported(LAYER, 0, CIPHERED, 0)
}

/// Whether octets start as a NAS message does; other layer 3 messages (TS 24.007 §11.2.3.1.1) do not.
pub fn is_nas(octets: &[u8]) -> bool {
    octets.first().is_some_and(|&first| {
        matches!(first, five_gmm::DISCRIMINATOR | five_gsm::DISCRIMINATOR)
            || matches!(first & 0x0f, emm::DISCRIMINATOR | esm::DISCRIMINATOR)
    })
}

/// Octets of a security header: discriminator and type, message authentication code, sequence number; 5GS has the type
/// in an octet of its own.
const EPS_SECURITY_HEADER: usize = 6;
const FIVE_GS_SECURITY_HEADER: usize = 7;

impl<'a> Nas<'a> {
    /// Reads a message; `uplink` where it is known which way it goes.
    pub fn parse(octets: &'a [u8], direction: Option<Direction>) -> Result<Self, DecodeError> {
        let Some((&first, rest)) = octets.split_first() else {
            return Err(DecodeError::short(LAYER, 0, 1, 0));
        };
        match (first, first & 0x0f) {
            (five_gmm::DISCRIMINATOR, _) => match rest.first().map(|octet| octet & 0x0f) {
                None => Err(DecodeError::short(LAYER, 1, 1, 0)),
                Some(0) => five_gmm::read(octets),
                Some(security) => protected(octets, FIVE_GS_SECURITY_HEADER, security, direction),
            },
            (five_gsm::DISCRIMINATOR, _) => five_gsm::read(octets, direction),
            (_, emm::DISCRIMINATOR) => match first >> 4 {
                0 => emm::read(octets),
                security @ 12.. => emm::service_request(octets, security),
                security => protected(octets, EPS_SECURITY_HEADER, security, direction),
            },
            (_, esm::DISCRIMINATOR) => esm::read(octets, direction),
            _ => Err(DecodeError::unsupported(LAYER, 0, "protocol discriminator", u32::from(first))),
        }
    }

    fn new(system: System, message: Layer3<'a>) -> Self {
        Self { system, security: 0, message, concealed: false }
    }
}

/// The message behind a security header. Types 2 and 4 say that it is ciphered.
fn protected(octets: &[u8], header: usize, security: u8, direction: Option<Direction>) -> Result<Nas<'_>, DecodeError> {
    let Some(inner) = octets.get(header..).filter(|inner| !inner.is_empty()) else {
        return Err(DecodeError::short(LAYER, octets.len().min(header), header, octets.len()));
    };
    let said_ciphered = matches!(security, 2 | 4);
    let ciphered = DecodeError::unsupported(LAYER, header, CIPHERED, u32::from(security));
    // A message in a security header has none itself: this bounds the depth, too.
    let plain = match *inner {
        // Some cores repeat the security header type here, without the header.
        [five_gmm::DISCRIMINATOR, kind, ..] if kind == 0 || kind == security => header == FIVE_GS_SECURITY_HEADER,
        [five_gsm::DISCRIMINATOR, ..] => header == FIVE_GS_SECURITY_HEADER,
        [first, ..] if header == EPS_SECURITY_HEADER => {
            first == emm::DISCRIMINATOR || first & 0x0f == esm::DISCRIMINATOR
        }
        _ => false,
    };
    if !plain {
        let other = DecodeError::malformed(LAYER, header, "no NAS message behind a security header");
        return Err(if said_ciphered { ciphered } else { other });
    }
    let read = match inner.first() {
        Some(&five_gmm::DISCRIMINATOR) => five_gmm::read(inner),
        _ => Nas::parse(inner, direction),
    };
    match read {
        Ok(nas) if said_ciphered && nas.message.stop.is_some() => Err(ciphered),
        Ok(mut nas) => {
            nas.security = security;
            nas.message.stop = nas.message.stop.map(|stop| stop.at(header));
            Ok(nas)
        }
        Err(_) if said_ciphered => Err(ciphered),
        Err(error) => Err(error.at(header)),
    }
}

/// A message type that the specification does not have.
fn unknown(offset: usize, message_type: u8) -> DecodeError {
    DecodeError {
        layer: LAYER,
        offset,
        kind: DecodeErrorKind::Unsupported { what: "type of NAS message", value: u32::from(message_type) },
    }
}

/// The list of a protocol's messages: type, name, step, mandatory elements.
macro_rules! messages {
    ($($code:literal => $name:literal, $step:expr, [$($form:expr),*];)*) => {
        /// Name, step and mandatory elements of a message.
        fn message(code: u8) -> Option<(&'static str, $crate::wire::layer3::Step, &'static [$crate::wire::nas::fields::Form])> {
            use $crate::wire::layer3::{Service, Step};
            #[allow(unused_imports, reason = "not each list has all")]
            use $crate::wire::nas::fields::Form::{Lv, LvE, V};
            let _ = Service::Other;
            Some(match code {
                $($code => ($name, $step, &[$($form),*]),)*
                _ => return None,
            })
        }
    };
}
use messages;

#[cfg(test)]
mod tests;
