//! What the parameter of a component says.

use super::{Operated, note};
use crate::health::Layer;
use crate::session::{Context, Origin};
use crate::wire::sms::Tpdu;
use crate::wire::ss7::Direction as CallDirection;
use crate::wire::ss7::tcap::{Component, ComponentKind};
use crate::wire::ss7::{cap, map};
use crate::wire::{DecodeError, Named};

/// What the parameter of a component said.
#[derive(Default)]
pub(super) struct Read<'a> {
    pub(super) named: Named,
    pub(super) extra: cap::CallExtra<'a>,
    pub(super) tpdu: Option<&'a [u8]>,
    pub(super) sms_direction: Option<CallDirection>,
}

impl<'a> Read<'a> {
    pub(super) fn parameter(
        &mut self,
        operation: Operated,
        component: &Component<'a>,
    ) -> std::result::Result<(), DecodeError> {
        if component.parameter.is_empty() {
            return Ok(());
        }
        match (operation, component.kind) {
            (Operated::Map(operation), ComponentKind::Invoke) => {
                let mut extra = map::MapExtra::default();
                let result = map::argument(operation, component.parameter, &mut self.named, &mut extra);
                (self.tpdu, self.sms_direction) = (extra.tpdu, extra.direction);
                result
            }
            (Operated::Map(operation), ComponentKind::ReturnResultLast | ComponentKind::ReturnResultNotLast) => {
                map::result(operation, component.parameter, &mut self.named, &mut map::MapExtra::default())
            }
            (Operated::Cap(operation), ComponentKind::Invoke) => {
                cap::argument(operation, component.parameter, &mut self.named, &mut self.extra)
            }
            _ => Ok(()),
        }
    }

    /// Names the peer of a short message.
    pub(super) fn peer(&mut self, context: &mut Context<'_>, origin: &Origin<'_>) {
        let (Some(octets), Some(direction)) = (self.tpdu, self.sms_direction) else { return };
        context.health.seen(Layer::Sms, octets.len());
        match Tpdu::parse(octets, direction) {
            Ok(tpdu) => {
                tpdu.name(&mut self.named);
                match tpdu.stop {
                    Some(error) => note(context, origin, error),
                    None => context.health.decoded(Layer::Sms),
                }
            }
            Err(error) => note(context, origin, error),
        }
    }
}
