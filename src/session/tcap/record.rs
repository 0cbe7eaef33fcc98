//! Messages as records: the envelope, and one record for each component.

use crate::dissect::{Route, Transaction};
use crate::event::{Interface, Source};
use crate::identity::PointCode;
use crate::message::{Dialogue as Ids, Exchange, Message, Operation, Party, Protocol, Role};
use crate::session::{Origin, status};
use crate::wire::ss7::sccp::Address;
use crate::wire::ss7::tcap::Kind;
use crate::wire::{DecodeError, Named};

pub(in crate::session) fn party(address: &Address<'_>, route: &Route, of_label: Option<PointCode>) -> Party<'static> {
    let title = address.global_title.map(|title| title.digits);
    let point_code = address.point_code.map(|value| route.point_code(value)).or(of_label);
    match (title, point_code, address.ssn) {
        (None, None, None) => Party::None,
        (title, point_code, ssn) => Party::Sccp { title, point_code, ssn },
    }
}

/// An object identifier with dots (X.690 clause 8.19).
pub(super) fn dotted(oid: &[u8]) -> String {
    let mut text = String::new();
    let mut arc = 0u64;
    for octet in oid {
        arc = (arc << 7) | u64::from(octet & 0x7f);
        if octet & 0x80 != 0 {
            continue;
        }
        if text.is_empty() {
            let first = (arc / 40).min(2);
            text = format!("{first}.{}", arc.saturating_sub(first.saturating_mul(40)));
        } else {
            text.push_str(&format!(".{arc}"));
        }
        arc = 0;
    }
    text
}

/// The record of a message without components.
pub(super) fn envelope<'a>(
    origin: &Origin<'a>,
    message: &Transaction<'a>,
    repeat_of: Option<Source>,
    stop: Option<DecodeError>,
) -> Message<'a> {
    let tcap = &message.tcap;
    let route = &message.route;
    let role = if message.returned.is_some() { Role::Service } else { role_of(tcap.kind) };
    Message {
        source: origin.source,
        frames: origin.frames,
        time: origin.time,
        protocol: Protocol::Tcap,
        interface: tcap.ansi.then_some(Interface::AnsiMap),
        operation: Operation::Name(tcap.kind.name()),
        version: tcap.application_context().map(|context| context.version).filter(|version| *version > 0),
        role,
        dialogue: Ids::Tcap { otid: tcap.otid.map(|id| id.value), dtid: tcap.dtid.map(|id| id.value) },
        exchange: Exchange::NONE,
        calling: party(&message.calling, route, route.opc),
        called: party(&message.called, route, route.dpc),
        named: Named::default(),
        cause: tcap.p_abort_cause.or(message.returned).map(i64::from),
        inferred: false,
        repeat_of,
        status: status(stop),
    }
}

fn role_of(kind: Kind) -> Role {
    match kind {
        Kind::Unidirectional => Role::Unidirectional,
        Kind::Begin | Kind::QueryWithPermission | Kind::QueryWithoutPermission => Role::Begin,
        Kind::Continue | Kind::ConversationWithPermission | Kind::ConversationWithoutPermission => Role::Continue,
        Kind::End | Kind::Response => Role::End,
        Kind::Abort => Role::Abort,
    }
}
