//! What an operation code is: MAP, CAP and INAP codes collide, the context decides.

use super::{Dialogue, Read, Seen};
use crate::event::Interface;
use crate::health::Layer;
use crate::message::{Operation, Protocol};
use crate::wire::ss7::family_of_ssn;
use crate::wire::ss7::tcap::{ApplicationContext, Code, Component, ComponentKind, Family};
use crate::wire::ss7::{ansi_map, cap, inap, map};

/// What an operation code was found to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operated {
    Map(map::Operation),
    Cap(cap::Operation),
    Inap(inap::Operation),
    AnsiMap(ansi_map::Operation),
    Unknown(Option<i32>),
}

impl Operated {
    /// The layer in which its parameters are counted.
    pub(super) fn layer(self) -> Option<Layer> {
        match self {
            Self::Map(_) => Some(Layer::Map),
            Self::Cap(_) => Some(Layer::Cap),
            Self::Inap(_) => Some(Layer::Inap),
            Self::AnsiMap(_) => Some(Layer::AnsiMap),
            Self::Unknown(_) => None,
        }
    }

    /// Protocol, interface and name in records.
    pub(super) fn words(self, seen: &Seen<'_, '_>) -> (Protocol, Option<Interface>, Operation<'static>) {
        match self {
            Self::Map(operation) => {
                (Protocol::Map, Some(seen.map_interface(operation)), Operation::Name(operation.name()))
            }
            Self::Cap(operation) => (Protocol::Cap, Some(Interface::Cap), Operation::Name(operation.name())),
            Self::Inap(operation) => (Protocol::Inap, Some(Interface::Inap), Operation::Name(operation.name())),
            Self::AnsiMap(operation) => {
                (Protocol::AnsiMap, Some(Interface::AnsiMap), Operation::Name(operation.name()))
            }
            Self::Unknown(Some(code)) => (Protocol::Tcap, None, Operation::Code(i64::from(code))),
            Self::Unknown(None) => (Protocol::Tcap, None, Operation::Unknown),
        }
    }
}

/// Applications in the order in which they are tried where nothing tells.
const FAMILIES: [Family; 3] = [Family::Map, Family::Cap, Family::Inap];

/// A local code by the operations of one application.
fn of_family(family: Family, context: Option<ApplicationContext>, code: i32) -> Option<Operated> {
    match family {
        Family::Map => map::operation(context, code).map(Operated::Map),
        Family::Cap => cap::operation(context, code).map(Operated::Cap),
        Family::Inap => inap::operation(context, code).map(Operated::Inap),
        Family::Other => None,
    }
}

impl Seen<'_, '_> {
    /// The application by the subsystem numbers. Equipment that serves CAP or INAP has one for MAP as well, so that those
    /// two say more.
    fn by_subsystem(&self) -> Option<Family> {
        let ssns = [self.message.called.ssn, self.message.calling.ssn];
        let mut families = ssns.into_iter().flatten().filter_map(family_of_ssn);
        let first = families.next()?;
        Some(families.find(|family| *family != Family::Map).filter(|_| first == Family::Map).unwrap_or(first))
    }

    /// The operation of a code, and whether its application had to be guessed: it comes from the application context,
    /// else from what the dialogue was taken for before, else from what other dialogues between these subsystems were,
    /// else from the subsystem numbers, else from which application has such a code with such an argument.
    pub(super) fn operation(
        &self,
        dialogue: &mut Dialogue,
        component: &Component<'_>,
        code: Code<'_>,
    ) -> (Operated, bool) {
        let code = match code {
            Code::Local(code) => code,
            Code::Private(code) => {
                let known = ansi_map::operation(code).map(Operated::AnsiMap);
                return (known.unwrap_or(Operated::Unknown(Some(code))), false);
            }
            Code::National(code) => return (Operated::Unknown(Some(code)), false),
            Code::Global(_) => return (Operated::Unknown(None), false),
        };
        let context = dialogue.context.filter(|context| context.family != Family::Other);
        if let Some(context) = context {
            let known = of_family(context.family, Some(context), code);
            return (known.unwrap_or(Operated::Unknown(Some(code))), false);
        }
        let reads = |operation: Operated| {
            component.kind == ComponentKind::Invoke && Read::default().parameter(operation, component).is_ok()
        };
        // What other dialogues were is more than what a number is meant for, if it fits.
        let learned = self.learned.filter(|_| dialogue.context.is_none());
        let alike = learned.and_then(|family| of_family(family, None, code));
        if let (None, Some(operation)) = (dialogue.family, alike.filter(|operation| reads(*operation))) {
            dialogue.told = learned;
            return (operation, true);
        }
        let told = dialogue.family.or_else(|| self.by_subsystem()).or(learned).or(dialogue.told);
        dialogue.told = told;
        let known = match (told, dialogue.context) {
            (Some(family), _) => of_family(family, None, code),
            // A context of another application, and subsystem numbers that say nothing.
            (None, Some(_)) => None,
            (None, None) => {
                let found = || FAMILIES.iter().filter_map(|family| Some((*family, of_family(*family, None, code)?)));
                let found = found().find(|(_, operation)| reads(*operation)).or_else(|| found().next());
                // A code that MAP does not have, or not with such an argument, tells the application of the others.
                dialogue.family = found.map(|(family, _)| family).filter(|family| *family != Family::Map);
                found.map(|(_, operation)| operation)
            }
        };
        (known.unwrap_or(Operated::Unknown(Some(code))), true)
    }
}

/// Subsystem number of an SGSN (TS 23.003 annex).
const SGSN: u8 = 149;

impl Seen<'_, '_> {
    /// The interface of a MAP operation: the same operations are of MSC, VLR and SGSN.
    pub(super) fn map_interface(&self, operation: map::Operation) -> Interface {
        let ssns = [self.message.called.ssn, self.message.calling.ssn];
        map_interface(operation, ssns.contains(&Some(SGSN)))
    }
}

/// The interface of an operation (TS 29.002 §17.2, TS 23.002 §6.4).
fn map_interface(operation: map::Operation, sgsn: bool) -> Interface {
    use map::Operation as Op;
    match operation {
        Op::UpdateGprsLocation => Interface::MapGr,
        Op::SendRoutingInfoForGprs | Op::NoteMsPresentForGprs | Op::FailureReport => Interface::MapGc,
        Op::CancelLocation
        | Op::PurgeMs
        | Op::InsertSubscriberData
        | Op::DeleteSubscriberData
        | Op::SendAuthenticationInfo
        | Op::AuthenticationFailureReport
        | Op::ProvideSubscriberInfo
        | Op::RestoreData
        | Op::Reset
            if sgsn =>
        {
            Interface::MapGr
        }
        Op::CheckImei => Interface::MapF,
        Op::MoForwardSm
        | Op::MtForwardSm
        | Op::ForwardSm
        | Op::SendRoutingInfoForSm
        | Op::ReportSmDeliveryStatus
        | Op::AlertServiceCentre
        | Op::InformServiceCentre => Interface::MapSms,
        Op::UpdateLocation
        | Op::CancelLocation
        | Op::PurgeMs
        | Op::InsertSubscriberData
        | Op::DeleteSubscriberData
        | Op::SendAuthenticationInfo
        | Op::SendRoutingInfo
        | Op::ProvideRoamingNumber
        | Op::ProvideSubscriberInfo
        | Op::RestoreData => Interface::MapD,
        _ => Interface::Map,
    }
}
