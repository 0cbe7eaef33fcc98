//! Messages about circuits as records.

use super::call::Circuit;
use super::protocol;
use crate::dissect::IsupMessage;
use crate::event::{Interface, Source};
use crate::identity::PointCode;
use crate::message::{Dialogue, Exchange, Message, Operation, Party, Role};
use crate::session::{Context, Origin, status};
use crate::wire::ss7::isup::Phase;

fn party(point_code: Option<PointCode>) -> Party<'static> {
    point_code.map_or(Party::None, |point_code| Party::Sccp { title: None, point_code: Some(point_code), ssn: None })
}

/// A call begins with its IAM and ends with its release; what is about circuits asks and is answered.
fn role(phase: Phase) -> Role {
    match phase {
        Phase::Setup => Role::Begin,
        Phase::Digits | Phase::Progress | Phase::Answer | Phase::During => Role::Continue,
        Phase::Release | Phase::Complete => Role::End,
        Phase::Reset | Phase::Supervision => Role::Request,
        Phase::Acknowledgement => Role::Answer,
    }
}

pub(super) fn tell(
    context: &mut Context<'_>,
    origin: &Origin<'_>,
    message: &IsupMessage<'_>,
    exchange: Exchange,
    circuit: Option<&Circuit>,
    repeat_of: Option<Source>,
) {
    if !context.listener.wants_messages() {
        return;
    }
    let IsupMessage { route, bicc, circuit: code, message, .. } = message;
    let phase = message.message_type.phase();
    let mut named = message.named();
    if phase == Phase::Digits {
        // All digits so far; where the start was not seen, those of this message.
        let own = message.subsequent_number().map(|number| number.number);
        named.called = circuit.and_then(|circuit| circuit.called).or(own);
    }
    let kind = message.message_type;
    context.listener.message(&Message {
        source: origin.source,
        frames: origin.frames,
        time: origin.time,
        protocol: protocol(*bicc),
        interface: Some(Interface::Isup),
        operation: kind.name().map_or(Operation::Code(i64::from(kind.0)), Operation::Name),
        version: None,
        role: role(phase),
        dialogue: Dialogue::Circuit(*code),
        exchange,
        calling: party(route.opc),
        called: party(route.dpc),
        named,
        cause: message.cause.map(|cause| i64::from(cause.value)),
        inferred: false,
        repeat_of,
        status: status(message.stop),
    });
}
