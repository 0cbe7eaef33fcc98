//! TCAP of ANSI networks (T1.114 (2000)), as the same message that Q.773 gives.
//!
//! ```text
//! package  [PRIVATE 1] Unidirectional      [PRIVATE 2] QueryWithPermission  [PRIVATE 3] QueryWithoutPermission
//!          [PRIVATE 4] Response            [PRIVATE 5] ConversationWithPermission
//!          [PRIVATE 6] ConversationWithoutPermission                        [PRIVATE 22] Abort
//!   { transaction ids [PRIVATE 7]: none, one of four octets, or two: originating, then responding
//!     dialogue portion [PRIVATE 25] { ..., application context [PRIVATE 27] INTEGER or [PRIVATE 28] OID, ... }
//!     component sequence [PRIVATE 8] {
//!       InvokeLast [PRIVATE 9], InvokeNotLast [PRIVATE 13]
//!                               { component ids [PRIVATE 15] (invoke, correlation), operation code, parameters }
//!       ReturnResultLast [PRIVATE 10], ReturnResultNotLast [PRIVATE 14] { component id, parameters }
//!       ReturnError [PRIVATE 11]       { component id, error code [PRIVATE 19] or [PRIVATE 20], parameters }
//!       Reject [PRIVATE 12]            { component id, problem [PRIVATE 21] of two octets, parameters } } }
//! operation code: national [PRIVATE 16] or private [PRIVATE 17], family and specifier
//! parameters: set [PRIVATE 18] or sequence [PRIVATE 16]
//! P-abort cause [PRIVATE 23], user abort information [PRIVATE 24]
//! ```

use super::component::{Code, Component, ComponentKind, Problem};
use super::{Components, Kind, Tcap, TransactionId};
use crate::wire::DecodeError;
use crate::wire::asn1::{Class, Element};

/// The message of a package.
pub(super) fn kind(number: u32) -> Option<Kind> {
    Some(match number {
        1 => Kind::Unidirectional,
        2 => Kind::QueryWithPermission,
        3 => Kind::QueryWithoutPermission,
        4 => Kind::Response,
        5 => Kind::ConversationWithPermission,
        6 => Kind::ConversationWithoutPermission,
        22 => Kind::Abort,
        _ => return None,
    })
}

/// Reads a member of a package.
pub(super) fn read<'a>(tcap: &mut Tcap<'a>, element: &Element<'a>) -> Result<(), DecodeError> {
    match element.tag() {
        (Class::Private, 7) => ids(tcap, element),
        (Class::Private, 8) => {
            tcap.components = Components::ansi(element.children());
            Ok(())
        }
        (Class::Private, 23) => {
            let cause = u8::try_from(element.unsigned()?);
            tcap.p_abort_cause = Some(cause.map_err(|_| element.malformed("P-Abort cause"))?);
            Ok(())
        }
        // Dialogue portion and user abort information name nobody; MAP of ANSI has its context in the operation code.
        (Class::Private, 24 | 25) => Ok(()),
        _ => Err(element.malformed("unknown member of a TCAP package")),
    }
}

/// The transaction ids: which of them, the package tells.
fn ids<'a>(tcap: &mut Tcap<'a>, element: &Element<'a>) -> Result<(), DecodeError> {
    let id = |octets: [u8; 4]| Some(TransactionId { value: u32::from_be_bytes(octets), len: 4 });
    match (tcap.kind, element.content) {
        (_, []) => {}
        (Kind::QueryWithPermission | Kind::QueryWithoutPermission, &[a, b, c, d]) => tcap.otid = id([a, b, c, d]),
        (Kind::Response | Kind::Abort, &[a, b, c, d]) => tcap.dtid = id([a, b, c, d]),
        (Kind::ConversationWithPermission | Kind::ConversationWithoutPermission, &[a, b, c, d, e, f, g, h]) => {
            (tcap.otid, tcap.dtid) = (id([a, b, c, d]), id([e, f, g, h]));
        }
        _ => return Err(element.malformed("transaction ids of a TCAP package")),
    }
    Ok(())
}

/// Reads one component. What was read before a defect is returned with it; nothing for an unknown type.
pub(super) fn component<'a>(element: &Element<'a>) -> (Option<Component<'a>>, Option<DecodeError>) {
    let kind = match element.tag() {
        (Class::Private, 9 | 13) => ComponentKind::Invoke,
        (Class::Private, 10) => ComponentKind::ReturnResultLast,
        (Class::Private, 11) => ComponentKind::ReturnError,
        (Class::Private, 12) => ComponentKind::Reject,
        (Class::Private, 14) => ComponentKind::ReturnResultNotLast,
        _ => return (None, Some(element.malformed("unknown component type"))),
    };
    let mut component = Component::empty(kind);
    let mut defect = None;
    for member in element.children() {
        let read = member.and_then(|member| part(&mut component, &member));
        defect = defect.or(read.err());
    }
    let no_code = matches!(kind, ComponentKind::Invoke | ComponentKind::ReturnError) && component.code.is_none();
    let missing = || no_code.then(|| element.malformed("component without code"));
    (Some(component), defect.or_else(missing))
}

fn part<'a>(component: &mut Component<'a>, member: &Element<'a>) -> Result<(), DecodeError> {
    match (component.kind, member.tag()) {
        (_, (Class::Private, 15)) => match (component.kind, member.content) {
            (_, []) => {}
            (ComponentKind::Invoke, &[invoke]) => component.invoke_id = Some(invoke.cast_signed()),
            // An invoke that answers another one: its correlation id.
            (ComponentKind::Invoke, &[invoke, correlation]) => {
                (component.invoke_id, component.linked_id) =
                    (Some(invoke.cast_signed()), Some(correlation.cast_signed()));
            }
            (_, &[correlation]) => component.invoke_id = Some(correlation.cast_signed()),
            _ => return Err(member.malformed("component ids")),
        },
        (ComponentKind::Invoke, (Class::Private, 16)) if !member.constructed => {
            component.code = Some(Code::National(code(member)?));
        }
        (ComponentKind::Invoke, (Class::Private, 17)) => component.code = Some(Code::Private(code(member)?)),
        (ComponentKind::ReturnError, (Class::Private, 19)) => component.code = Some(Code::National(code(member)?)),
        (ComponentKind::ReturnError, (Class::Private, 20)) => component.code = Some(Code::Private(code(member)?)),
        (ComponentKind::Reject, (Class::Private, 21)) => {
            let [group, problem] = *member.content else { return Err(member.malformed("problem of a reject")) };
            component.problem = Some(Problem::Ansi(group, problem));
        }
        (_, (Class::Private, 16 | 18) | (Class::Universal, 16 | 17)) => {
            component.parameter = member.raw;
            component.parameter_offset = member.offset;
        }
        _ => return Err(member.malformed("unknown member of a component")),
    }
    Ok(())
}

fn code(element: &Element<'_>) -> Result<i32, DecodeError> {
    i32::try_from(element.unsigned()?).map_err(|_| element.malformed("code of more than 32 bits"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::arithmetic_side_effects)]

    use super::super::{Code, ComponentKind, Kind, Problem, Tcap};
    use proptest::prelude::*;

    /// A query with one RegistrationNotification.
    fn query() -> Vec<u8> {
        vec![
            0xe2, 0x20, // QueryWithPermission
            0xc7, 0x04, 0x00, 0x00, 0x10, 0x01, // transaction id
            0xe8, 0x18, // component sequence
            0xe9, 0x16, // InvokeLast
            0xcf, 0x01, 0x05, // invoke id 5
            0xd1, 0x02, 0x09, 0x0d, // private operation code, family 9, 13
            0xf2, 0x0d, // parameter set
            0x88, 0x05, 0x55, 0x05, 0x01, 0x32, 0x54, // MIN
            0x89, 0x04, 0x80, 0x01, 0x02, 0x03, // ESN
        ]
    }

    #[test]
    fn query_known_answer() {
        let octets = query();
        let message = Tcap::parse(&octets).unwrap();
        assert_eq!((message.kind, message.stop), (Kind::QueryWithPermission, None));
        assert!(message.kind.begins() && !message.kind.ends());
        assert_eq!(message.otid.unwrap().to_string(), "00001001");
        assert_eq!(message.dtid, None);
        let components: Vec<_> = message.components.collect();
        assert_eq!(components.len(), 1);
        let invoke = components[0].unwrap();
        assert_eq!((invoke.kind, invoke.invoke_id), (ComponentKind::Invoke, Some(5)));
        assert_eq!(invoke.code, Some(Code::Private(0x090d)));
        assert_eq!(invoke.parameter.len(), 15);
        assert_eq!(&octets[invoke.parameter_offset..], invoke.parameter);
    }

    #[test]
    fn conversation_response_and_abort() {
        let conversation = [
            0xe5, 0x1d, // ConversationWithPermission
            0xc7, 0x08, 0, 0, 0, 1, 0, 0, 0, 2, // originating, responding
            0xe8, 0x11, // component sequence
            0xed, 0x08, 0xcf, 0x02, 0x01, 0x05, 0xd0, 0x02, 0x81, 0x01, // InvokeNotLast, correlation 5, national
            0xec, 0x05, 0xcf, 0x00, 0xd5, 0x01, 0x02, // Reject with half a problem
        ];
        let message = Tcap::parse(&conversation).unwrap();
        assert_eq!(message.kind.name(), "ConversationWithPermission");
        assert_eq!((message.otid.unwrap().value, message.dtid.unwrap().value), (1, 2));
        let components: Vec<_> = message.components.collect();
        let invoke = components[0].unwrap();
        assert_eq!((invoke.invoke_id, invoke.linked_id), (Some(1), Some(5)));
        assert_eq!(invoke.code, Some(Code::National(0x8101)));
        assert!(components[1].unwrap().problem.is_none() && components[2].is_err());
        let response = [
            0xe4, 0x20, 0xc7, 0x04, 0, 0, 0, 1, // Response, responding id
            0xe8, 0x18, // component sequence
            0xea, 0x05, 0xcf, 0x01, 0x05, 0xf2, 0x00, // ReturnResultLast, empty set
            0xeb, 0x08, 0xcf, 0x01, 0x06, 0xd4, 0x01, 0x81, 0xf2, 0x00, // ReturnError, private 0x81
            0xec, 0x05, 0xcf, 0x00, 0xd5, 0x01, 0x02, // Reject: half a problem
        ];
        let message = Tcap::parse(&response).unwrap();
        assert!(message.kind.ends());
        assert_eq!((message.otid, message.dtid.unwrap().value), (None, 1));
        let components: Vec<_> = message.components.collect();
        assert_eq!(components[0].unwrap().kind, ComponentKind::ReturnResultLast);
        assert_eq!(components[1].unwrap().code, Some(Code::Private(0x81)));
        let reject = [0xe4, 0x10, 0xc7, 0x04, 0, 0, 0, 1, 0xe8, 0x08, 0xec, 0x06, 0xcf, 0x00, 0xd5, 0x02, 0x02, 0x02];
        let message = Tcap::parse(&reject).unwrap();
        let component = message.components.into_iter().next().unwrap().unwrap();
        assert_eq!(component.problem, Some(Problem::Ansi(2, 2)));
        assert_eq!(component.problem.unwrap().name(), Some("unrecognizedOperationCode"));
        let abort = [0xf6, 0x09, 0xc7, 0x04, 0, 0, 0, 1, 0xd7, 0x01, 0x04];
        let message = Tcap::parse(&abort).unwrap();
        assert_eq!((message.kind, message.p_abort_cause), (Kind::Abort, Some(4)));
        assert_eq!(Tcap::parse(&[0xe7, 0x00]).unwrap_err().reason(), "TCAP package type");
    }

    #[test]
    fn every_prefix_keeps_what_came_before() {
        let octets = query();
        for end in 0..octets.len() {
            let Ok(message) = Tcap::parse(&octets[..end]) else {
                assert!(end < 2, "{end}");
                continue;
            };
            assert!(message.stop.is_some(), "{end}");
            assert_eq!(message.otid.is_some(), end >= 8);
        }
    }

    proptest! {
        #[test]
        fn mutated(at in 0usize..34, value: u8) {
            let mut octets = query();
            octets[at] = value;
            if let Ok(message) = Tcap::parse(&octets) {
                prop_assert!(message.components.count() <= octets.len());
            }
        }
    }
}
