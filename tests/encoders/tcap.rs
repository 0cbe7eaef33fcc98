//! The crate `tcap`.

use simhound::simulate::encode::tcap as ours;
use simhound::wire::ss7::tcap::{Code, ComponentKind, Kind, Problem, Tcap};
use tcap::{
    Abort, Begin, Component, Continue, DialoguePortion, End, ErrorCode, GeneralProblem, Invoke, InvokeProblem,
    OperationCode, PAbortCause, Reject, ReturnError, ReturnResult, ReturnResultValue, TcapMessage,
};

/// networkLocUpContext-v3: as an object identifier of the other crate, and as octets of ours.
const CONTEXT: [u8; 7] = [4, 0, 0, 1, 0, 1, 3];

fn encoded(message: TcapMessage) -> Vec<u8> {
    tcap::encode(&message).unwrap()
}

fn portion() -> DialoguePortion {
    DialoguePortion::aarq(&gsm_map::application_context::network_loc_up_context(3))
}

#[test]
fn begin_and_continue() {
    let invoke = |linked_id| {
        Component::Invoke(Invoke { invoke_id: 5, linked_id, operation_code: OperationCode::Local(2), parameter: None })
    };
    let octets = encoded(TcapMessage::Begin(Begin {
        otid: vec![0, 0, 0x10, 1].into(),
        dialogue_portion: Some(portion()),
        components: Some(vec![invoke(None)]),
    }));
    let message = Tcap::parse(&octets).unwrap();
    assert_eq!((message.kind, message.stop), (Kind::Begin, None));
    assert_eq!(message.otid.unwrap().to_string(), "00001001");
    assert_eq!(message.application_context().unwrap().to_string(), "networkLocUpContext-v3");
    let component = message.components.into_iter().next().unwrap().unwrap();
    assert_eq!((component.kind, component.invoke_id), (ComponentKind::Invoke, Some(5)));
    assert_eq!(component.code, Some(Code::Local(2)));
    let octets = encoded(TcapMessage::Continue(Continue {
        otid: vec![1].into(),
        dtid: vec![0, 0, 0x10, 1].into(),
        dialogue_portion: None,
        components: Some(vec![invoke(Some(-1))]),
    }));
    let message = Tcap::parse(&octets).unwrap();
    assert_eq!((message.kind, message.stop), (Kind::Continue, None));
    assert_eq!((message.otid.unwrap().len, message.dtid.unwrap().value), (1, 0x1001));
    assert_eq!(message.components.into_iter().next().unwrap().unwrap().linked_id, Some(-1));
}

#[test]
fn end_with_every_component() {
    let octets = encoded(TcapMessage::End(End {
        dtid: vec![0, 7].into(),
        dialogue_portion: None,
        components: Some(vec![
            Component::ReturnResultLast(ReturnResult { invoke_id: 1, result: None }),
            Component::ReturnError(ReturnError { invoke_id: 2, error_code: ErrorCode::Local(34), parameter: None }),
            Component::Reject(Reject::invoke(3, InvokeProblem::UNRECOGNIZED_OPERATION)),
            Component::Reject(Reject::general(None, GeneralProblem::MISTYPED_COMPONENT)),
        ]),
    }));
    let message = Tcap::parse(&octets).unwrap();
    assert_eq!((message.kind, message.stop), (Kind::End, None));
    let components: Vec<_> = message.components.map(Result::unwrap).collect();
    assert_eq!(components[0].code, None);
    assert_eq!(components[1].code, Some(Code::Local(34)));
    assert_eq!(components[2].problem, Some(Problem::Invoke(1)));
    assert_eq!(components[2].problem.unwrap().name(), Some("unrecognizedOperation"));
    assert_eq!((components[3].invoke_id, components[3].problem), (None, Some(Problem::General(1))));
}

#[test]
fn aborts() {
    let octets = encoded(TcapMessage::Abort(Abort::p_abort(vec![9].into(), PAbortCause::UNRECOGNIZED_TRANSACTION_ID)));
    let message = Tcap::parse(&octets).unwrap();
    assert_eq!((message.kind, message.p_abort_cause, message.stop), (Kind::Abort, Some(1), None));
}

/// What the simulator encodes, the other crate decodes.
#[test]
fn ours_is_understood() {
    let components = [
        ours::Component::Invoke(1, 2, vec![0x30, 0x00]),
        ours::Component::Result(2, 7, vec![0x30, 0x00]),
        ours::Component::Error(3, 27, vec![0x30, 0x00]),
    ];
    let begin = ours::message(ours::Transaction::Begin { otid: 0x1001 }, ours::Dialogue::Request(CONTEXT), &components);
    let TcapMessage::Begin(begin) = tcap::decode(&begin).unwrap() else { panic!("not a Begin") };
    assert_eq!(begin.otid.as_ref(), [0, 0, 0x10, 1]);
    assert!(begin.dialogue_portion.unwrap().dialogue_pdu().unwrap().is_some());
    let components = begin.components.unwrap();
    let Component::Invoke(invoke) = &components[0] else { panic!("{components:?}") };
    assert_eq!((invoke.invoke_id, &invoke.operation_code), (1, &OperationCode::Local(2)));
    let Component::ReturnResultLast(ReturnResult { invoke_id: 2, result: Some(result) }) = &components[1] else {
        panic!("{components:?}")
    };
    let ReturnResultValue { operation_code, .. } = result;
    assert_eq!(*operation_code, OperationCode::Local(7));
    let Component::ReturnError(error) = &components[2] else { panic!("{components:?}") };
    assert_eq!(error.error_code, ErrorCode::Local(27));
    let end = ours::message(ours::Transaction::End { dtid: 0x1001 }, ours::Dialogue::Response(CONTEXT), &[]);
    assert!(matches!(tcap::decode(&end), Ok(TcapMessage::End(_))));
    let on =
        ours::message(ours::Transaction::Continue { otid: 2, dtid: 0x1001 }, ours::Dialogue::Response(CONTEXT), &[]);
    assert!(matches!(tcap::decode(&on), Ok(TcapMessage::Continue(_))));
}
