//! EPS mobility management (TS 24.301 §8.2, table 9.8.1).

use super::fields::{Coding, Fields, LAYER};
use super::{Nas, System, identity, messages, unknown};
use crate::identity::{CellKind, LongDigits, Nature, Number};
use crate::wire::layer3::{Layer3, Service, Step};
use crate::wire::{DecodeError, Identity};
use identity::Mobile;

pub(super) const DISCRIMINATOR: u8 = 0x07;

const CODING: Coding = Coding { fixed, extended_from: 0x78 };

/// Octets of the elements without a length (§8.2, format TV).
fn fixed(_code: u8, iei: u8) -> Option<usize> {
    Some(match iei {
        // T3402, T3412, T3423, T3442; local time zone; EMM cause; SS code; LCS indicator
        0x17 | 0x46 | 0x53 | 0x59..=0x5b | 0x61 | 0x62 => 1,
        // DRX parameter
        0x5c => 2,
        // P-TMSI signature
        0x19 => 3,
        // nonces
        0x55 | 0x56 => 4,
        // location area, tracking area
        0x13 | 0x52 => 5,
        // universal time
        0x47 => 7,
        _ => return None,
    })
}

messages! {
    65 => "Attach request", Step::Register { periodic: false }, [V(1), Lv, Lv, LvE];
    66 => "Attach accept", Step::Registered, [V(1), V(1), Lv, LvE];
    67 => "Attach complete", Step::RegistrationComplete, [LvE];
    68 => "Attach reject", Step::RegistrationRejected, [V(1)];
    // The mobile's has an identity, the network's does not; both start with the type.
    69 => "Detach request", Step::Deregister, [V(1)];
    70 => "Detach accept", Step::Other, [];
    72 => "Tracking area update request", Step::Register { periodic: false }, [V(1), Lv];
    73 => "Tracking area update accept", Step::Registered, [V(1)];
    74 => "Tracking area update complete", Step::RegistrationComplete, [];
    75 => "Tracking area update reject", Step::RegistrationRejected, [V(1)];
    76 => "Extended service request", Step::ServiceRequest(Service::Call), [V(1), Lv];
    77 => "Control plane service request", Step::ServiceRequest(Service::Data), [V(1)];
    78 => "Service reject", Step::ServiceRejected, [V(1)];
    79 => "Service accept", Step::ServiceAccepted, [];
    80 => "GUTI reallocation command", Step::Reallocation, [Lv];
    81 => "GUTI reallocation complete", Step::ReallocationComplete, [];
    82 => "Authentication request", Step::AuthenticationRequest, [V(1), V(16), Lv];
    83 => "Authentication response", Step::AuthenticationResponse, [Lv];
    84 => "Authentication reject", Step::AuthenticationRejected, [];
    85 => "Identity request", Step::IdentityRequest, [V(1)];
    86 => "Identity response", Step::IdentityResponse, [Lv];
    92 => "Authentication failure", Step::AuthenticationFailure, [V(1)];
    93 => "Security mode command", Step::Other, [V(1), V(1), Lv];
    94 => "Security mode complete", Step::Other, [];
    95 => "Security mode reject", Step::Other, [V(1)];
    96 => "EMM status", Step::Other, [V(1)];
    97 => "EMM information", Step::Other, [];
    98 => "Downlink NAS transport", Step::Other, [Lv];
    99 => "Uplink NAS transport", Step::Other, [Lv];
    100 => "CS service notification", Step::Other, [V(1)];
    104 => "Downlink generic NAS transport", Step::Other, [V(1), LvE];
    105 => "Uplink generic NAS transport", Step::Other, [V(1), LvE];
}

/// Service request in its short form (§8.2.25): the S-TMSI stands in the message around it.
pub(super) fn service_request(octets: &[u8], security: u8) -> Result<Nas<'_>, DecodeError> {
    if octets.len() < 4 {
        return Err(DecodeError::short(LAYER, 0, 4, octets.len()));
    }
    let message = Layer3::new("Service request", Step::ServiceRequest(Service::Data));
    Ok(Nas { security, ..Nas::new(System::Eps, message) })
}

/// A plain message.
pub(super) fn read(octets: &[u8]) -> Result<Nas<'_>, DecodeError> {
    let Some((&[_, code], body)) = octets.split_first_chunk::<2>() else {
        return Err(DecodeError::short(LAYER, 0, 2, octets.len()));
    };
    let (name, step, forms) = message(code).ok_or(unknown(1, code))?;
    // What follows the type of a mobile's detach is its identity.
    let (forms, identified) = match (code, body) {
        (69, [_, length, rest @ ..]) if usize::from(*length) <= rest.len() && *length > 0 && !is_cause(body) => {
            (super::fields::TYPE_AND_LV, true)
        }
        _ => (forms, false),
    };
    let fields = Fields::of(code, body, 2, forms, CODING);
    let mut message = Layer3::new(name, step);
    message.stop = fields.stop;
    if let Err(what) = fill(&mut message, code, &fields, identified) {
        message.stop = message.stop.or(Some(DecodeError::malformed(LAYER, 2, what)));
    }
    Ok(Nas::new(System::Eps, message))
}

/// The network's detach has at most a cause (`53`) after the type.
fn is_cause(body: &[u8]) -> bool {
    matches!(body, [_, 0x53, _])
}

fn fill<'a>(message: &mut Layer3<'a>, code: u8, fields: &Fields<'a>, identified: bool) -> Result<(), &'static str> {
    // What is wanted first stands first: a defect in one element does not cost those before it.
    let old = |message: &mut Layer3<'a>, octets: Option<&'a [u8]>| {
        octets.map_or(Ok(()), |octets| identity::eps(octets).map(|old| old.name(&mut message.named)))
    };
    match code {
        65 => {
            message.contained = fields.mandatory(3);
            old(message, fields.mandatory(1))?;
            old(message, fields.optional(0x50))?;
        }
        66 => {
            message.contained = fields.mandatory(3);
            given(message, fields.optional(0x50))?;
        }
        67 => message.contained = fields.mandatory(0),
        69 if identified => old(message, fields.mandatory(1))?,
        72 => {
            let kind = fields.octet(0).map_or(0, |octet| octet & 0x07);
            message.step = Step::Register { periodic: kind == 3 };
            old(message, fields.mandatory(1))?;
            old(message, fields.optional(0x50))?;
        }
        73 => given(message, fields.optional(0x50))?,
        76 => {
            // Table 9.9.3.27.1: originating and terminating CS fallback, emergency, packet services.
            message.step = match fields.octet(0).map_or(0, |octet| octet & 0x0f) {
                0 => Step::ServiceRequest(Service::Call),
                1 => Step::PagingResponse,
                2 => Step::ServiceRequest(Service::EmergencyCall),
                _ => Step::ServiceRequest(Service::Data),
            };
            named(message, fields.mandatory(1))?;
        }
        77 => message.contained = fields.optional(0x78).filter(|octets| !octets.is_empty()),
        80 => given(message, fields.mandatory(0))?,
        86 => named(message, fields.mandatory(0))?,
        94 => {
            message.contained = fields.optional(0x79);
            named(message, fields.optional(0x23))?;
        }
        98 | 99 => message.contained = fields.mandatory(0),
        100 => {
            if let Some(number) = fields.optional(0x60).and_then(line) {
                message.named.calling(number);
            }
        }
        _ => {}
    }
    if let (66 | 73, Some(octets)) = (code, fields.optional(0x23))
        && let Mobile::Tmsi(tmsi) = identity::mobile(octets)?
    {
        // Of the VLR (combined attach): not the M-TMSI.
        message.named.further(Identity::Tmsi(tmsi));
    }
    if matches!(code, 68 | 75 | 78 | 92 | 95 | 96) {
        message.cause = fields.octet(0);
    }
    message.cause = message.cause.or(fields.optional(0x53).and_then(|octets| octets.first().copied()));
    for (iei, kind) in [(0x52, CellKind::Tai), (0x13, CellKind::Lai)] {
        if let Some(octets) = fields.optional(iei) {
            identity::former(&mut message.named, octets, kind);
        }
    }
    Ok(())
}

fn named(message: &mut Layer3<'_>, octets: Option<&[u8]>) -> Result<(), &'static str> {
    octets.map_or(Ok(()), |octets| identity::mobile(octets).map(|mobile| mobile.name(&mut message.named)))
}

fn given(message: &mut Layer3<'_>, octets: Option<&[u8]>) -> Result<(), &'static str> {
    let Some(octets) = octets else { return Ok(()) };
    let mobile = identity::eps(octets)?;
    if let Mobile::Guti(guti) = mobile {
        message.given = Some(guti);
    }
    mobile.name(&mut message.named);
    Ok(())
}

/// CLI (§9.9.3.38): a calling party number of TS 24.008 §10.5.4.9.
fn line(octets: &[u8]) -> Option<Number> {
    let (&head, rest) = octets.split_first()?;
    // Without the extension bit an octet with presentation and screening follows.
    let digits = if head & 0x80 == 0 { rest.get(1..)? } else { rest };
    let nature = match head >> 4 & 0x07 {
        1 => Nature::International,
        2 => Nature::National,
        3 => Nature::NetworkSpecific,
        4 => Nature::Subscriber,
        _ => Nature::Unknown,
    };
    let digits = LongDigits::from_tbcd(digits).filter(|digits| !digits.is_empty())?;
    Some(Number::new(digits, nature))
}
