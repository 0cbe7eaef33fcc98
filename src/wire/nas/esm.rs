//! EPS session management (TS 24.301 §8.3, table 9.8.2).

use super::fields::{Coding, Fields, LAYER};
use super::{Nas, System, messages, unknown};
use crate::wire::DecodeError;
use crate::wire::layer3::Layer3;
use crate::wire::ss7::Direction;

pub(super) const DISCRIMINATOR: u8 = 0x02;

const CODING: Coding = Coding { fixed, extended_from: 0x78 };

/// Octets of the elements without a length (§8.3, format TV).
fn fixed(_code: u8, iei: u8) -> Option<usize> {
    // negotiated LLC SAPI, ESM cause
    matches!(iei, 0x32 | 0x58).then_some(1)
}

messages! {
    193 => "Activate default EPS bearer context request", Step::SessionAccepted, [Lv, Lv, Lv];
    194 => "Activate default EPS bearer context accept", Step::Other, [];
    195 => "Activate default EPS bearer context reject", Step::SessionRejected, [V(1)];
    197 => "Activate dedicated EPS bearer context request", Step::Other, [V(1), Lv, Lv];
    198 => "Activate dedicated EPS bearer context accept", Step::Other, [];
    199 => "Activate dedicated EPS bearer context reject", Step::Other, [V(1)];
    201 => "Modify EPS bearer context request", Step::Other, [];
    202 => "Modify EPS bearer context accept", Step::Other, [];
    203 => "Modify EPS bearer context reject", Step::Other, [V(1)];
    205 => "Deactivate EPS bearer context request", Step::SessionEnd, [V(1)];
    206 => "Deactivate EPS bearer context accept", Step::Other, [];
    208 => "PDN connectivity request", Step::SessionRequest, [V(1)];
    209 => "PDN connectivity reject", Step::SessionRejected, [V(1)];
    210 => "PDN disconnect request", Step::Other, [V(1)];
    211 => "PDN disconnect reject", Step::Other, [V(1)];
    212 => "Bearer resource allocation request", Step::Other, [V(1), Lv, Lv];
    213 => "Bearer resource allocation reject", Step::Other, [V(1)];
    214 => "Bearer resource modification request", Step::Other, [V(1), Lv];
    215 => "Bearer resource modification reject", Step::Other, [V(1)];
    217 => "ESM information request", Step::Other, [];
    218 => "ESM information response", Step::Other, [];
    219 => "Notification", Step::Other, [Lv];
    220 => "ESM dummy message", Step::Other, [];
    232 => "ESM status", Step::Other, [V(1)];
    233 => "Remote UE report", Step::Other, [];
    234 => "Remote UE report response", Step::Other, [];
    235 => "ESM data transport", Step::Other, [LvE];
}

/// A plain message: bearer identity and discriminator, procedure transaction identity, type.
pub(super) fn read(octets: &[u8], direction: Option<Direction>) -> Result<Nas<'_>, DecodeError> {
    let Some((&[_bearer, pti, code], body)) = octets.split_first_chunk::<3>() else {
        return Err(DecodeError::short(LAYER, 0, 3, octets.len()));
    };
    let (name, step, forms) = message(code).ok_or(unknown(2, code))?;
    let fields = Fields::of(code, body, 3, forms, CODING);
    let mut message = Layer3::new(name, step);
    message.stop = fields.stop;
    message.transaction = Some(transaction(pti, direction));
    if matches!(code, 195 | 199 | 203 | 205 | 209 | 211 | 213 | 215 | 232) {
        message.cause = fields.octet(0);
    }
    message.cause = message.cause.or(fields.optional(0x58).and_then(|octets| octets.first().copied()));
    Ok(Nas::new(System::Eps, message))
}

/// The mobile chooses procedure transaction identities, and those of sessions: what the network sends answers it.
pub(super) fn transaction(identity: u8, direction: Option<Direction>) -> u8 {
    let answer = direction == Some(Direction::Terminating);
    identity & 0x7f | if answer { 0x80 } else { 0 }
}
