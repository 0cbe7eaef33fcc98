//! What the parameter of a component says.

use super::Operated;
use crate::dissect::{self, AccessMessage, User};
use crate::event::Source;
use crate::health::Example;
use crate::session::{Context, Origin, sms};
use crate::wire::ss7::Direction as CallDirection;
use crate::wire::ss7::tcap::{Component, ComponentKind};
use crate::wire::ss7::{ansi_map, cap, inap, map};
use crate::wire::{DecodeError, Named};

/// What the parameter of a component said.
#[derive(Default)]
pub(super) struct Read<'a> {
    pub(super) named: Named,
    pub(super) extra: cap::CallExtra<'a>,
    pub(super) tpdu: Option<&'a [u8]>,
    pub(super) sms_direction: Option<CallDirection>,
    /// Signalling of the radio side, in a handover.
    pub(super) access: Option<(map::Access, &'a [u8])>,
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
                (self.tpdu, self.sms_direction, self.access) = (extra.tpdu, extra.direction, extra.access);
                result
            }
            (Operated::Map(operation), ComponentKind::ReturnResultLast | ComponentKind::ReturnResultNotLast) => {
                let mut extra = map::MapExtra::default();
                let result = map::result(operation, component.parameter, &mut self.named, &mut extra);
                self.access = extra.access;
                result
            }
            (Operated::Map(_), ComponentKind::ReturnError) => {
                let code = component.code.and_then(|code| code.local());
                code.map_or(Ok(()), |code| map::error(code, component.parameter, &mut self.named))
            }
            (Operated::Cap(operation), ComponentKind::Invoke) => {
                cap::argument(operation, component.parameter, &mut self.named, &mut self.extra)
            }
            (Operated::Inap(operation), ComponentKind::Invoke) => {
                inap::argument(operation, component.parameter, &mut self.named, &mut self.extra)
            }
            (Operated::AnsiMap(_), kind) if kind != ComponentKind::Reject => {
                let mut extra = ansi_map::Extra::default();
                let result = ansi_map::parameters(component.parameter, &mut self.named, &mut extra);
                self.sms_direction = extra.direction;
                result
            }
            _ => Ok(()),
        }
    }

    /// Names the peer of a short message.
    pub(super) fn peer(&mut self, context: &mut Context<'_>, origin: &Origin<'_>) {
        let (Some(octets), Some(direction)) = (self.tpdu, self.sms_direction) else { return };
        if let Some(tpdu) = sms::read(context.health, origin.source, octets, direction) {
            tpdu.name(&mut self.named);
        }
    }

    /// Whom the signalling of the radio side names, in a handover.
    pub(super) fn access(&mut self, context: &mut Context<'_>, origin: &Origin<'_>) {
        let Some((access, octets)) = self.access else { return };
        let Source { file, frame } = origin.source;
        let example = Example { file, frame, offset: 0 };
        let user = match access {
            map::Access::Bssap => User::Bssap,
            map::Access::Ranap => User::Ranap,
            map::Access::Layer3 | map::Access::Other => User::Other("signalling of a handover within MAP"),
        };
        let message = dissect::access(user, octets, None, false, example, context.health);
        match message {
            Some(AccessMessage::Bssap(message)) => {
                message.bssmap.into_iter().for_each(|bssmap| self.named.merge(bssmap.named));
                message.layer3.into_iter().flatten().for_each(|layer3| self.named.merge(layer3.named));
            }
            Some(AccessMessage::Ranap(message)) => {
                self.named.merge(message.facts.named);
                message.layer3.into_iter().for_each(|layer3| self.named.merge(layer3.message.named));
            }
            None => {}
        }
    }
}
