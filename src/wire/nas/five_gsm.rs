//! 5GS session management (TS 24.501 §8.3, table 9.7.2). Its optional elements are not read.

use super::fields::LAYER;
use super::{Nas, System, esm, messages, unknown};
use crate::wire::DecodeError;
use crate::wire::layer3::Layer3;
use crate::wire::ss7::Direction;

pub(super) const DISCRIMINATOR: u8 = 0x2e;

messages! {
    193 => "PDU session establishment request", Step::SessionRequest, [];
    194 => "PDU session establishment accept", Step::SessionAccepted, [];
    195 => "PDU session establishment reject", Step::SessionRejected, [V(1)];
    197 => "PDU session authentication command", Step::Other, [];
    198 => "PDU session authentication complete", Step::Other, [];
    199 => "PDU session authentication result", Step::Other, [];
    201 => "PDU session modification request", Step::Other, [];
    202 => "PDU session modification reject", Step::Other, [V(1)];
    203 => "PDU session modification command", Step::Other, [];
    204 => "PDU session modification complete", Step::Other, [];
    205 => "PDU session modification command reject", Step::Other, [V(1)];
    209 => "PDU session release request", Step::Other, [];
    210 => "PDU session release reject", Step::Other, [V(1)];
    211 => "PDU session release command", Step::SessionEnd, [V(1)];
    212 => "PDU session release complete", Step::Other, [];
    214 => "5GSM status", Step::Other, [V(1)];
    216 => "Service-level authentication command", Step::Other, [];
    217 => "Service-level authentication complete", Step::Other, [];
    218 => "Remote UE report", Step::Other, [];
    219 => "Remote UE report response", Step::Other, [];
}

/// A message: discriminator, PDU session identity, procedure transaction identity, type.
pub(super) fn read(octets: &[u8], direction: Option<Direction>) -> Result<Nas<'_>, DecodeError> {
    let Some((&[_, session, _pti, code], body)) = octets.split_first_chunk::<4>() else {
        return Err(DecodeError::short(LAYER, 0, 4, octets.len()));
    };
    let (name, step, forms) = message(code).ok_or(unknown(3, code))?;
    let mut message = Layer3::new(name, step);
    message.transaction = Some(esm::transaction(session, direction));
    if !forms.is_empty() {
        // All those that have a mandatory element here have a cause.
        message.cause = body.first().copied();
        message.stop = message.cause.is_none().then(|| DecodeError::short(LAYER, 4, 1, 0));
    }
    Ok(Nas::new(System::FiveGs, message))
}
