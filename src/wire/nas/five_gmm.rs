//! 5GS mobility management (TS 24.501 §8.2, table 9.7.1).

use super::fields::{Coding, Fields, LAYER};
use super::{Nas, System, identity, messages, unknown};
use crate::identity::CellKind;
use crate::wire::DecodeError;
use crate::wire::layer3::{Layer3, Service, Step};
use identity::Mobile;

pub(super) const DISCRIMINATOR: u8 = 0x7e;

const CODING: Coding = Coding { fixed, extended_from: 0x70 };

/// Octets of the elements without a length (§8.2, format TV): one identifier may have one in one message and none in
/// another.
fn fixed(code: u8, iei: u8) -> Option<usize> {
    Some(match (code, iei) {
        // EPS security algorithms; PDU session identities, cause
        (93, 0x57) | (103, 0x12 | 0x59) | (104, 0x12 | 0x58) | (71, 0x58) => 1,
        // local time zone, universal time
        (84, 0x46) => 1,
        (84, 0x47) => 7,
        // last visited tracking area
        (65, 0x52) => 6,
        // RAND
        (86, 0x21) => 16,
        _ => return None,
    })
}

messages! {
    65 => "Registration request", Step::Register { periodic: false }, [V(1), LvE];
    66 => "Registration accept", Step::Registered, [Lv];
    67 => "Registration complete", Step::RegistrationComplete, [];
    68 => "Registration reject", Step::RegistrationRejected, [V(1)];
    69 => "Deregistration request (UE originating)", Step::Deregister, [V(1), LvE];
    70 => "Deregistration accept (UE originating)", Step::Other, [];
    71 => "Deregistration request (UE terminated)", Step::Deregister, [V(1)];
    72 => "Deregistration accept (UE terminated)", Step::Other, [];
    76 => "Service request", Step::ServiceRequest(Service::Data), [V(1), LvE];
    77 => "Service reject", Step::ServiceRejected, [V(1)];
    78 => "Service accept", Step::ServiceAccepted, [];
    79 => "Control plane service request", Step::ServiceRequest(Service::Data), [V(1)];
    80 => "Network slice-specific authentication command", Step::Other, [Lv, LvE];
    81 => "Network slice-specific authentication complete", Step::Other, [Lv, LvE];
    82 => "Network slice-specific authentication result", Step::Other, [Lv, LvE];
    84 => "Configuration update command", Step::Other, [];
    85 => "Configuration update complete", Step::ReallocationComplete, [];
    86 => "Authentication request", Step::AuthenticationRequest, [V(1), Lv];
    87 => "Authentication response", Step::AuthenticationResponse, [];
    88 => "Authentication reject", Step::AuthenticationRejected, [];
    89 => "Authentication failure", Step::AuthenticationFailure, [V(1)];
    90 => "Authentication result", Step::Other, [V(1), LvE];
    91 => "Identity request", Step::IdentityRequest, [V(1)];
    92 => "Identity response", Step::IdentityResponse, [LvE];
    93 => "Security mode command", Step::Other, [V(1), V(1), Lv];
    94 => "Security mode complete", Step::Other, [];
    95 => "Security mode reject", Step::Other, [V(1)];
    100 => "5GMM status", Step::Other, [V(1)];
    101 => "Notification", Step::Other, [V(1)];
    102 => "Notification response", Step::Other, [];
    103 => "UL NAS transport", Step::Other, [V(1), LvE];
    104 => "DL NAS transport", Step::Other, [V(1), LvE];
    105 => "Relay key request", Step::Other, [V(1), LvE];
    106 => "Relay key accept", Step::Other, [V(1), LvE];
    107 => "Relay key reject", Step::Other, [V(1)];
    108 => "Relay authentication request", Step::Other, [V(1), LvE];
    109 => "Relay authentication response", Step::Other, [V(1), LvE];
}

/// A plain message.
pub(super) fn read(octets: &[u8]) -> Result<Nas<'_>, DecodeError> {
    let Some((&[_, _, code], body)) = octets.split_first_chunk::<3>() else {
        return Err(DecodeError::short(LAYER, 0, 3, octets.len()));
    };
    let (name, step, forms) = message(code).ok_or(unknown(2, code))?;
    let fields = Fields::of(code, body, 3, forms, CODING);
    let mut nas = Nas::new(System::FiveGs, Layer3::new(name, step));
    nas.message.stop = fields.stop;
    if let Err(what) = fill(&mut nas, code, &fields) {
        nas.message.stop = nas.message.stop.or(Some(DecodeError::malformed(LAYER, 3, what)));
    }
    Ok(nas)
}

fn fill<'a>(nas: &mut Nas<'a>, code: u8, fields: &Fields<'a>) -> Result<(), &'static str> {
    let message = &mut nas.message;
    let octet = fields.octet(0).unwrap_or_default();
    let mobile = match code {
        65 => {
            message.step = Step::Register { periodic: octet & 0x07 == 3 };
            fields.mandatory(1)
        }
        69 | 76 => fields.mandatory(1),
        92 => fields.mandatory(0),
        // IMEISV; 5G-GUTI that is given
        94 | 66 | 84 => fields.optional(0x77),
        79 => None,
        _ => None,
    };
    if code == 76 {
        // Table 9.11.3.50.1: signalling, data, mobile terminated, emergency, its fallback ...
        message.step = match octet >> 4 {
            2 => Step::PagingResponse,
            3 | 4 => Step::ServiceRequest(Service::EmergencyCall),
            0 | 5 => Step::ServiceRequest(Service::Other),
            _ => Step::ServiceRequest(Service::Data),
        };
    }
    match code {
        68 | 77 | 89 | 95 | 100 | 107 => message.cause = fields.octet(0),
        // Whole messages that are sent again with what was left out (§4.4.6).
        65 | 69 | 76 | 79 | 94 => message.contained = fields.optional(0x71),
        // Payload container types: N1 SM information, SMS (§9.11.3.40). Others are not layer 3 messages.
        103 | 104 if matches!(octet & 0x0f, 1 | 2) => message.contained = fields.mandatory(1),
        _ => {}
    }
    message.cause = message.cause.or(fields.optional(0x58).and_then(|octets| octets.first().copied()));
    if let Some(octets) = fields.optional(0x52) {
        identity::former(&mut message.named, octets, CellKind::Tai);
    }
    for octets in [mobile, fields.optional(0x77).filter(|_| code == 65)].into_iter().flatten() {
        let mobile = identity::five_gs(octets)?;
        nas.concealed |= matches!(mobile, Mobile::Concealed(_));
        mobile.name(&mut message.named);
        if let (Mobile::Guti(guti), 66 | 84) = (mobile, code) {
            message.given = Some(guti);
            message.step = if code == 84 { Step::Reallocation } else { message.step };
        }
    }
    Ok(())
}
