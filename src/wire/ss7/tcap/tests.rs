#![allow(clippy::arithmetic_side_effects)]

use super::*;
use proptest::prelude::*;

/// Begin with AARQ of networkLocUpContext-v3 and one Invoke of updateLocation.
pub(crate) fn begin() -> Vec<u8> {
    vec![
        0x62, 0x3b, // Begin
        0x48, 0x04, 0x00, 0x00, 0x10, 0x01, // otid
        0x6b, 0x1e, // dialogue portion
        0x28, 0x1c, // EXTERNAL
        0x06, 0x07, 0x00, 0x11, 0x86, 0x05, 0x01, 0x01, 0x01, // dialogue-as-id
        0xa0, 0x11, // single-ASN1-type
        0x60, 0x0f, // AARQ
        0x80, 0x02, 0x07, 0x80, // protocol-version 1
        0xa1, 0x09, 0x06, 0x07, 0x04, 0x00, 0x00, 0x01, 0x00, 0x01, 0x03, // context
        0x6c, 0x13, // component portion
        0xa1, 0x11, // Invoke
        0x02, 0x01, 0x05, // invoke ID 5
        0x02, 0x01, 0x02, // local 2: updateLocation
        0x30, 0x09, 0x04, 0x07, 0x00, 0x01, 0x11, 0x32, 0x54, 0x76, 0x98, // IMSI and nothing else
    ]
}

#[test]
fn begin_known_answer() {
    let octets = begin();
    let message = Tcap::parse(&octets).unwrap();
    assert_eq!(message.kind, Kind::Begin);
    assert_eq!(message.otid.unwrap().to_string(), "00001001");
    assert_eq!(message.dtid, None);
    let dialogue = message.dialogue.unwrap();
    assert_eq!(dialogue.kind, DialogueKind::Aarq);
    let context = message.application_context().unwrap();
    assert_eq!(context.to_string(), "networkLocUpContext-v3");
    let components: Vec<_> = message.components.collect();
    assert_eq!(components.len(), 1);
    let invoke = components[0].unwrap();
    assert_eq!(invoke.kind, ComponentKind::Invoke);
    assert_eq!((invoke.invoke_id, invoke.linked_id), (Some(5), None));
    assert_eq!(invoke.code, Some(Code::Local(2)));
    assert_eq!(invoke.parameter.len(), 11);
    assert_eq!(&octets[invoke.parameter_offset..], invoke.parameter);
    assert_eq!(message.stop, None);
}

#[test]
fn end_with_aare_results_and_errors() {
    let octets = [
        0x64, 0x55, // End
        0x49, 0x02, 0xab, 0xcd, // dtid of two octets
        0x6b, 0x2a, 0x28, 0x28, // dialogue portion, EXTERNAL
        0x06, 0x07, 0x00, 0x11, 0x86, 0x05, 0x01, 0x01, 0x01, // dialogue-as-id
        0xa0, 0x1d, 0x61, 0x1b, // AARE
        0x80, 0x02, 0x07, 0x80, // protocol-version
        0xa1, 0x09, 0x06, 0x07, 0x04, 0x00, 0x00, 0x01, 0x00, 0x0e, 0x02, // infoRetrieval v2
        0xa2, 0x03, 0x02, 0x01, 0x01, // result: reject-permanent
        0xa3, 0x05, 0xa1, 0x03, 0x02, 0x01, 0x02, // user: context not supported
        0x6c, 0x23, // component portion
        0xa2, 0x03, 0x02, 0x01, 0x01, // ReturnResultLast, invoke 1, nothing else
        0xa7, 0x0a, 0x02, 0x01, 0x02, 0x30, 0x05, 0x02, 0x01, 0x38, 0x30, 0x00, // not last, 56
        0xa3, 0x06, 0x02, 0x01, 0x03, 0x02, 0x01, 0x22, // ReturnError 34
        0xa4, 0x05, 0x05, 0x00, 0x80, 0x01, 0x02, // Reject: no invoke ID, general problem 2
        0xa1, 0x01, 0x00, // Invoke without an invoke ID
    ];
    let message = Tcap::parse(&octets).unwrap();
    assert_eq!(message.stop, None);
    assert_eq!(message.dtid.unwrap().to_string(), "abcd");
    let dialogue = message.dialogue.unwrap();
    assert_eq!(dialogue.kind, DialogueKind::Aare);
    assert_eq!(dialogue.result, Some(1));
    assert_eq!(dialogue.diagnostic, Some(Diagnostic::User(2)));
    let components: Vec<_> = message.components.collect();
    let [result, not_last, error, reject, broken, defect] = components[..] else {
        panic!("{components:?}");
    };
    assert_eq!(result.unwrap().code, None);
    let not_last = not_last.unwrap();
    assert_eq!(not_last.kind, ComponentKind::ReturnResultNotLast);
    assert_eq!(not_last.code, Some(Code::Local(56)));
    assert_eq!(not_last.parameter, [0x30, 0x00]);
    assert_eq!(error.unwrap().code, Some(Code::Local(34)));
    let reject = reject.unwrap();
    assert_eq!((reject.invoke_id, reject.problem), (None, Some(Problem::General(2))));
    assert_eq!(broken.unwrap().invoke_id, None);
    assert!(defect.is_err());
}

#[test]
fn linked_invoke_and_global_code() {
    let octets = [
        0x65, 0x1a, // Continue
        0x48, 0x01, 0x01, 0x49, 0x01, 0x02, // one octet each
        0x6c, 0x12, 0xa1, 0x10, // Invoke
        0x02, 0x01, 0x80, 0x80, 0x01, 0x03, // invoke ID -128, linked 3
        0x06, 0x04, 0x2a, 0x03, 0x04, 0x05, // global code
        0x04, 0x02, 0xaa, 0xbb, // parameter
    ];
    let message = Tcap::parse(&octets).unwrap();
    let invoke = message.components.into_iter().next().unwrap().unwrap();
    assert_eq!((invoke.invoke_id, invoke.linked_id), (Some(-128), Some(3)));
    assert_eq!(invoke.code, Some(Code::Global(&[0x2a, 3, 4, 5])));
    assert_eq!(invoke.code.unwrap().local(), None);
    assert_eq!(invoke.parameter, [0x04, 0x02, 0xaa, 0xbb]);
}

#[test]
fn aborts() {
    let by_provider = [0x67, 0x06, 0x49, 0x01, 0x07, 0x4a, 0x01, 0x01];
    let message = Tcap::parse(&by_provider).unwrap();
    assert_eq!(message.kind, Kind::Abort);
    assert_eq!(message.p_abort_cause, Some(1));
    assert_eq!(p_abort_cause_name(1), Some("unrecognizedTransactionID"));
    let by_user = [
        0x67, 0x17, 0x49, 0x01, 0x07, // Abort
        0x6b, 0x12, 0x28, 0x10, // dialogue portion, EXTERNAL
        0x06, 0x07, 0x00, 0x11, 0x86, 0x05, 0x01, 0x01, 0x01, // dialogue-as-id
        0xa0, 0x05, 0x64, 0x03, 0x80, 0x01, 0x00, // ABRT, source user
    ];
    let message = Tcap::parse(&by_user).unwrap();
    assert_eq!(message.stop, None);
    let dialogue = message.dialogue.unwrap();
    assert_eq!((dialogue.kind, dialogue.abort_source), (DialogueKind::Abrt, Some(0)));
}

#[test]
fn abort_of_the_blue_book() {
    // user abort information that is no EXTERNAL
    let message = Tcap::parse(&[0x67, 0x07, 0x49, 0x01, 0x07, 0x4b, 0x02, 0x04, 0x01]).unwrap();
    assert_eq!((message.stop, message.dialogue), (None, None));
    assert_eq!(message.dtid.unwrap().value, 7);
}

#[test]
fn indefinite_lengths() {
    let octets = [
        0x62, 0x80, 0x48, 0x01, 0x01, // Begin, otid
        0x6c, 0x80, 0xa1, 0x80, 0x02, 0x01, 0x01, 0x02, 0x01, 0x2d, // Invoke 45
        0x30, 0x80, 0x80, 0x01, 0x91, 0x00, 0x00, // parameter
        0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
    ];
    let message = Tcap::parse(&octets).unwrap();
    assert_eq!(message.stop, None);
    let components: Vec<_> = message.components.collect();
    assert_eq!(components.len(), 1);
    let invoke = components[0].unwrap();
    assert_eq!(invoke.code, Some(Code::Local(45)));
    assert_eq!(invoke.parameter, [0x30, 0x80, 0x80, 0x01, 0x91, 0x00, 0x00]);
}

#[test]
fn other_protocols() {
    assert_eq!(Tcap::parse(&[0x30, 0x00]).unwrap_err().reason(), "TCAP message type");
    assert!(Tcap::parse(&[]).is_err());
}

#[test]
fn many_components() {
    let mut portion = Vec::new();
    for _ in 0..1000 {
        portion.extend([0xa2, 0x03, 0x02, 0x01, 0x01]);
    }
    let mut octets = vec![0x64, 0x82, 0x13, 0x8f, 0x49, 0x01, 0x01, 0x6c, 0x82, 0x13, 0x88];
    octets.extend(portion);
    let message = Tcap::parse(&octets).unwrap();
    assert_eq!(message.stop, None);
    assert_eq!(message.components.filter(Result::is_ok).count(), 1000);
}

#[test]
fn every_prefix_keeps_what_came_before() {
    let octets = begin();
    for end in 0..octets.len() {
        let Ok(message) = Tcap::parse(&octets[..end]) else {
            assert!(end < 2, "{end}");
            continue;
        };
        assert!(message.stop.is_some(), "{end}");
        assert_eq!(message.otid.is_some(), end >= 8);
        assert_eq!(message.application_context().is_some(), end >= 40);
    }
}

proptest! {
    #[test]
    fn any_octets(octets in prop::collection::vec(any::<u8>(), 0..120)) {
        if let Ok(message) = Tcap::parse(&octets) {
            prop_assert!(message.components.count() <= octets.len());
        }
    }

    #[test]
    fn mutated(at in 0usize..61, value: u8) {
        let mut octets = begin();
        octets[at] = value;
        if let Ok(message) = Tcap::parse(&octets) {
            prop_assert!(message.components.count() <= octets.len());
        }
    }
}
