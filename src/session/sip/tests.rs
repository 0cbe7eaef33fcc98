//! Calls on several legs and with several contacts, registrations, texts.

use crate::event::{Direction, Event, EventKind, Result};
use crate::reassembly::Carrier;
use crate::session::tests::{octets, run};

/// A message of one call: first line, branch, tag of To, CSeq; further headers and a body.
fn message(first: &str, branch: &str, tag: &str, cseq: &str, more: &str) -> Vec<u8> {
    let tag = if tag.is_empty() { String::new() } else { format!(";tag={tag}") };
    format!(
        "{first}\r\nVia: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK{branch}\r\nFrom: <tel:+15550100>;tag=a\r\n\
         To: <tel:+15550101>{tag}\r\nCall-ID: c\r\nCSeq: {cseq}\r\n{more}\r\n"
    )
    .into_bytes()
}

fn invite(branch: &str) -> Vec<u8> {
    message("INVITE tel:+15550101 SIP/2.0", branch, "", "1 INVITE", "")
}

fn response(code: &str, branch: &str, tag: &str) -> Vec<u8> {
    message(&format!("SIP/2.0 {code} x"), branch, tag, "1 INVITE", "")
}

fn request(method: &str, branch: &str, tag: &str, cseq: u32) -> Vec<u8> {
    message(&format!("{method} tel:+15550101 SIP/2.0"), branch, tag, &format!("{cseq} {method}"), "")
}

fn calls(messages: &[Vec<u8>]) -> Vec<(EventKind, Result)> {
    run(Carrier::Udp, messages).0.events.iter().map(|event: &Event| (event.kind, event.outcome)).collect()
}

const ATTEMPT: (EventKind, Result) = (EventKind::CallAttempt, Result::Unknown);
const ANSWER: (EventKind, Result) = (EventKind::CallAnswer, Result::Success);

fn end(outcome: Result) -> (EventKind, Result) {
    (EventKind::CallEnd, outcome)
}

#[test]
fn early_media_is_no_answer_and_a_changed_session_no_call() {
    let seen = calls(&[
        invite("1"),
        response("183", "1", "b"),
        request("PRACK", "2", "b", 2),
        response("200", "1", "b"),
        message("INVITE sip:x@192.0.2.2 SIP/2.0", "3", "b", "3 INVITE", ""),
        message("SIP/2.0 488 x", "3", "b", "3 INVITE", ""),
        request("BYE", "4", "b", 4),
    ]);
    assert_eq!(seen, [ATTEMPT, ANSWER, end(Result::Success)]);
}

#[test]
fn the_first_contact_that_answers_makes_the_call() {
    // From the caller on leg 1, to two contacts on legs 2 and 3: one is busy, the other answers; a proxy cancels more.
    let seen = calls(&[
        invite("1"),
        invite("2"),
        invite("3"),
        response("180", "2", "b"),
        response("486", "2", "b"),
        response("200", "3", "c"),
        request("CANCEL", "2", "", 1),
        request("BYE", "4", "d", 2),
        request("BYE", "5", "c", 2),
    ]);
    assert_eq!(seen, [ATTEMPT, ANSWER, end(Result::Success)]);
}

#[test]
fn a_call_fails_with_its_first_leg_or_with_all() {
    let busy = |branch| response("486", branch, "b");
    assert_eq!(calls(&[invite("1"), invite("2"), busy("2"), busy("1")]), [ATTEMPT, end(Result::Busy)]);
    let seen = calls(&[invite("1"), invite("2"), invite("3"), busy("2")]);
    assert_eq!(seen, [ATTEMPT]);
    let seen = calls(&[invite("1"), request("CANCEL", "1", "", 1), response("487", "1", "b")]);
    assert_eq!(seen, [ATTEMPT, end(Result::NoAnswer)]);
    let refused = message("SIP/2.0 500 x", "1", "b", "1 INVITE", "Reason: Q.850;cause=17\r\n");
    assert_eq!(calls(&[invite("1"), refused]), [ATTEMPT, end(Result::Busy)]);
}

#[test]
fn a_challenged_call_is_one_call() {
    let again = message("INVITE tel:+15550101 SIP/2.0", "2", "", "2 INVITE", "");
    let answer = message("SIP/2.0 200 x", "2", "c", "2 INVITE", "");
    let seen = calls(&[invite("1"), response("407", "1", "b"), again, answer]);
    assert_eq!(seen, [ATTEMPT, ANSWER]);
}

#[test]
fn texts_are_messages_and_signs_of_typing_are_not() {
    let text = |kind: &str| {
        let more = format!("Content-Type: {kind}\r\nContent-Length: 2\r\n");
        let mut octets = message("MESSAGE tel:+15550101 SIP/2.0", "1", "", "1 MESSAGE", &more);
        octets.extend(b"Hi");
        octets
    };
    assert_eq!(calls(&[text("text/plain")]), [(EventKind::SmsSubmit, Result::Success)]);
    assert_eq!(calls(&[text("application/im-iscomposing+xml")]), []);
}

#[test]
fn who_registers_and_who_is_dropped() {
    let register = |from: &str| {
        format!(
            "REGISTER sip:example.com SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1\r\nFrom: <{from}>;tag=1\r\n\
             To: <sip:+15550101@example.com>\r\nCall-ID: r\r\nCSeq: 1 REGISTER\r\n\r\n"
        )
        .into_bytes()
    };
    let register_event = [(EventKind::Register, Result::Unknown)];
    assert_eq!(calls(&[register("sip:+15550101@example.com")]), register_event);
    // A node that registers the subscriber with an application server.
    assert_eq!(calls(&[register("sip:scscf.example.com")]), []);
    let dropped = |call_id: &str| {
        let body = "<reginfo><registration aor=\"tel:+15550101\" state=\"terminated\"/></reginfo>";
        format!(
            "NOTIFY sip:192.0.2.1 SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1\r\nFrom: <sip:x.com>;tag=1\r\n\
             To: <sip:y.com>;tag=2\r\nCall-ID: {call_id}\r\nCSeq: 1 NOTIFY\r\nContent-Type: application/reginfo+xml\r\n\
             \r\n{body}"
        )
        .into_bytes()
    };
    // The handset and a node are told.
    assert_eq!(calls(&[dropped("1"), dropped("2")]), [(EventKind::Deregister, Result::Success)]);
}

#[test]
fn a_short_message_is_its_receivers_though_nobody_is_known() {
    // RP-DATA to the handset without addresses, and an SMS-DELIVER from +15550100 with "Hi".
    let body = octets("01 01 00 00 13 00 08 91 51551000 00 00 62307100000000 02 c834");
    let more = format!("Content-Type: application/vnd.3gpp.sms\r\nContent-Length: {}\r\n", body.len());
    let head = message("MESSAGE sip:a@192.0.2.9 SIP/2.0", "1", "", "1 MESSAGE", &more);
    let (seen, _) = run(Carrier::Udp, &[[head, body].concat()]);
    let [event] = seen.events.as_slice() else { panic!("{:?}", seen.events) };
    assert_eq!((event.kind, event.direction), (EventKind::SmsDeliver, Direction::Mt));
    assert_eq!(event.msisdn.map(|msisdn| msisdn.to_string()).as_deref(), Some("15550101"));
}
